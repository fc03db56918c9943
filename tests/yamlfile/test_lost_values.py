"""Texts that YAML cuts off without an error."""

from __future__ import annotations

import pytest

from wavectl.diagnostics import KeyPath
from wavectl.yamlfile.reader import parse_document

LOST: list[tuple[str, str, str, KeyPath]] = [
    ("hashtags: #A #B\nx: y\n", "#A #B", '\n  - "#A"\n  - "#B"', ("hashtags",)),
    ("hashtags: #A, #B\n", "#A, #B", '\n  - "#A"\n  - "#B"', ("hashtags",)),
    ("hashtags:\n  - #A\n  - '#B'\n", "#A", '"#A"', ("hashtags", 0)),
    ("a:\n  - hashtag: #A\n", "#A", '"#A"', ("a", 0, "hashtag")),
    ("slogan: #A, toujours \n", "#A, toujours", '"#A, toujours"', ("slogan",)),
    ("title:\n  fr: #A\n", "#A", '"#A"', ("title", "fr")),
    ("title: {fr: A, b, en: c}\n", "A, b", '"A, b"', ("title", "b")),
    ("title: {fr: A, b, c d, en: e}\n", "A, b, c d", '"A, b, c d"', ("title", "b")),
    ("m:\n  - {id: x, title: A, b}\n", "A, b", '"A, b"', ("m", 0, "b")),
]


@pytest.mark.parametrize(("text", "marked", "fix", "path"), LOST)
def test_a_lost_text_is_reported(text: str, marked: str, fix: str, path: KeyPath) -> None:
    read = parse_document(text.encode(), "a.yaml")
    (finding,) = read.findings
    assert (finding.rule, finding.path, finding.fix) == ("yaml-syntax", path, fix)
    assert finding.span is not None
    assert read.line(finding.span.line)[finding.span.column - 1 : finding.span.end_column - 1] == marked
    assert path in read.lost_paths


@pytest.mark.parametrize(
    "text",
    [
        "hashtags: # always in quotes\n",
        "hashtags: #comment about nothing much\n",  # not all of it are hashtags
        "moments: #to come\n",
        "moments:\n  - #one\n",
        "notes: {id: x, draft, title: y}\n",  # an id is not a text, so the rest may be keys
        'title: {fr: "A", b: }\n',
        "title: {fr: , en: b}\n",
        "hashtags:\n  - '#A' #B\n",
        "hashtags: #\n",
    ],
)
def test_what_may_be_intended_is_left_alone(text: str) -> None:
    assert parse_document(text.encode(), "a.yaml").findings == []


def test_a_limited_number_is_examined() -> None:
    text = "a:\n" + "".join(f"  - {{fr: x, y{number}}}\n" for number in range(5_000))
    read = parse_document(text.encode(), "a.yaml")
    assert 0 < len(read.findings) <= 100
