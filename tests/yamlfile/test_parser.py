"""libyaml and PyYAML's pure parser give the same data, the same positions, the same errors and the same limits."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.cases import CASES
from support.plans import REAL
from wavectl import diagnostics
from wavectl.yamlfile import parser
from wavectl.yamlfile.document import Document
from wavectl.yamlfile.parser import (
    MAX_DEPTH,
    TYPED_FIRST_CHARACTERS,
    ComposeError,
    TypedScalar,
    compose,
    resolve_scalar,
)
from wavectl.yamlfile.reader import parse_document

FILES = sorted([*REAL.glob("*.yaml"), *CASES.rglob("*.y*ml")])
BOTH = ("libyaml", "pure")
needs_libyaml = pytest.mark.skipif(not parser.HAS_LIBYAML, reason="PyYAML was built without libyaml")

TEXTS = [
    ": b",
    "a: b\n: c\nd: 'e\n",
    "a: b\n: c\nd: e",
    "a:\n  - : b\n  - c",
    "a: 1",
    "a:\n  b",
    "a:\nb: ~\nc: null",
    "a: [x, , y]",
    "a: [ ]\nb: {}\nc: {x: , y}",
    "- a\n- \n- b",
    "a:\n- \n- x\nb:\n-",
    "a: \"x\n  y\"\nb: 'z''z'",
    "a: |\n  text\n  more\n\nb: >-\n  folded\n  more",
    "a: |\n  last\n   \n# comment",
    "a: # comment\n  b: c # other\n  # trailing\nd: e",
    "? a\n: b",
    "? [x]\n: b",
    "a: &x {b: c}\nd: *x\ne: [*x, *x]",
    "a: &x 1\nb:\n  c: *x",
    "b: *x",
    "a: &x [*x]",
    "a: &x 1\nb: &x 2",
    "<<: {a: b}",
    "a: b: c",
    "a: *",
    "a: &",
    "a: @x",
    "a: `x",
    "a: %x",
    'a: "unclosed\nb: c',
    "a: 'unclosed",
    "a: [b\nc: d",
    "a: {b\nc: d",
    "a: ]",
    "a: }",
    "a: [b, c]]",
    "a",
    "a\nb: c",
    "a: b\n c: d",
    "a:\n  b: c\n d: e",
    "  a: b\nc: d",
    "a: - b",
    "- a\nb: c",
    "a: b\n- c",
    "a: !foo b",
    "a: !!str b",
    "a: !!int b",
    "!foo a: b",
    "a: ! b",
    'a: "\\q"',
    'a: "\\ud83d\\ude00"',
    'a: "\\ud83d"',
    'a: "\\x85 \\N \\L \\P \\_ \\0 \\e"',
    'a: "\\/"',
    "{url: https://x.org/a?b=c, when: 2018-10?, t: 2017-11-08T15:00}",
    "[a, b]",
    "a: [2018-07-05..2018-07-20]",
    "a: {b: [c, {d: e}]}",
    'a: "b"#c',
    "a: b#c",
    "a: [b #c\n , d]",
    "a: [b, # c\n d]",
    "\"a\": b\n'c': d",
    '{"a":b}',
    '{"a":"b"}',
    "{a:b}",
    "[a:b, c: d]",
    "a:b",
    "a: \n  - b\n  -c",
    'a: "multi\n\n  para"',
    "a: >\n  x\n\n  y\n   z",
    "a: |2\n   x",
    "a: |+\n  x\n\nb: c",
    "a: |-1\n  x",
    "a: |0\n  x",
    "a: |x\n  y",
    "%YAML 1.2\n---\na: b",
    "a: b\n...",
    "a: b\n...\nc: d",
    "a: b\n---\nc: d",
    "---\na: b",
    "---",
    "# only",
    "null",
    "~",
    "foo",
    '"foo"',
    'é: ü\n"😀": [😀, a]\nx: 😀 b',
    "a: [😀😀, b, {c: 😀}]",
    "a: - ",
    "a: b\n  c\nd: e",
    "a: b\n  c: d",
    "key with spaces: v",
    "a : b",
    "? ",
    "a: ?",
    "a: ? b",
    "a: -",
    "a: --",
    "a: -b",
    "a: :b",
    "a: ::",
    "a: ,b",
    "a: [,]",
    "a: [a,]",
    "a: {,}",
    "a: {a: b,}",
    "a: [[[a]]]",
    "a: >",
    "a: |\nb: c",
    "a: # x",
    "a: 'x' y",
    'a: "x" y',
    "a: [b] c",
    "a: {b: c} d",
    "a: &anch\nb: c",
    "a: &anch\n  b: c",
    "&a b: c",
    "&a\nb: c",
    "a: *b c",
    "*a : b",
    "a: &é b",
    "a: *é",
    "a: !<tag:yaml.org,2002:str> b",
    "a: !e!x b",
    "- - a\n  - b\n- - c",
    "- a: b\n  c: d\n-   e: f",
    "a:\n    - b: c\n      d:\n        - e",
    'a: "b\nc"',
    "a: b\n\tc: d",
    "a:\tb",
    "\ta: b",
    'a: "x\ty"',
    "a: b\t",
    "a: b\t# c",
    "# x\ty\na: b",
    "a:\n\t\nb: c",
    "a: [\tb]",
    "a: |\n  x\ty\n\tz",
    "a: 'x\n\ty'",
    "-\ta",
    "a: b #x\ty",
    "!!map {a: b}",
    "!!seq [a]",
    "a: 0x1F\nb: 0o17\nc: 017\nd: +1\ne: -0\nf: 1.5\ng: True\nh: NO",
    "a: b\n \n \nc: d\n  ",
    "a: 'it''s'",
    "a: >-\n\n  x",
    "--- ",
    "--- a",
    "--- a: b",
    "--- {a: b}",
    "--- |\n a",
    "a: {b: c\n  d: e}",
    "a: {b, c: , ? d : e}",
    "a: [? b : c]",
    "a: [? b]",
    "{? [a, b] : c}",
    "? a\n? b\n: c",
    'a: "x\\\n  y"',
    'a: "x\\ty"',
    'a: \n "b": c\n "d"  : e',
    "[a, b]: c",
    "{a: b}: c",
    "a:\n  - b\n - c",
    "a:\n - b\n  - c",
    "a:\n - b\n c: d",
    'a: "\\UFFFFFFFF"',
    'a: "\\xZZ"',
    "%YAML 1.1\n---\na: 017",
    "%YAML 2.0\n---\na: b",
    "%YAML 1.2\n%YAML 1.2\n---\na: b",
    "%TAG ! tag:x,2000:\n---\na: !b c",
    "a: !<",
    "a: !é b",
    "a: !!float 1.0",
    "{a: b c: d}",
    "[a b: c]",
    "a: {x: 1\n}\n}",
    "a: #b\nc",
    "a: b\tc",
    "a: [b\tc, d\t]",
    "a: b\t\n  c",
    "a: x\n \tb",
    "{a:?}",
    "[a:,b]",
    "{a: b?c, d: e?}",
    "[?a]",
    "%FOO x\n---\na: b",
    "a: b\n%FOO",
    "a: b # c\n d",
    "- a: b\n c: d",
    "a: !b!c d",
    "title: [draft] Forum",
    "title: 'L'avenir'",
    'title: "Le "droit" au"',
    "title: !now",
    "title: > x",
    "title: | x",
    "a: {b, c}, d",
    "hashtags: #a, #b",
    "hashtags: [#a, #b]\nb: c",
    "a: !",
    "a: &x [1, 2]\nb: [*x, *x]\nc: {d: *x}\ne: *x",
    "a: &x {b: &y [c]}\nd:\n  e: *y\nf:\n  - *x\n",
    'é: "\\u00e9 \\x1b"\n😀:\n  - "😀": é',
]


def paths(data: object, at: diagnostics.KeyPath = ()) -> Iterator[diagnostics.KeyPath]:
    yield at
    children = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for name, child in children:
        yield from paths(child, (*at, name))


def summary(read: Document) -> tuple[object, ...]:
    """Return the data of a document with its types and spans; or the rules and lines of its findings."""
    if read.findings:
        return tuple((finding.rule, finding.span.line if finding.span else None) for finding in read.findings)
    return repr(read.data), [(path, read.locate(path), read.locate(path, key=True)) for path in paths(read.data)]


def summaries(raw: bytes, monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """Return the summary of a text with each of the two parsers."""
    results = []
    for with_libyaml in (True, False):
        monkeypatch.setattr(parser, "HAS_LIBYAML", with_libyaml)
        results.append(summary(parse_document(raw, "a.yaml")))
    monkeypatch.undo()
    return results


@needs_libyaml
@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\r"], ids=["no end", "LF", "CRLF", "CR"])
def test_small_texts_are_read_alike(end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    errors = 0
    for text in TEXTS:
        written = text.replace("\n", end or "\n") + end
        libyaml, pure = summaries(written.encode(), monkeypatch)
        assert libyaml == pure, written
        errors += isinstance(libyaml[0], tuple)
    assert 40 < errors < len(TEXTS) - 40


@needs_libyaml
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_real_files_are_read_alike(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    libyaml, pure = summaries(path.read_bytes(), monkeypatch)
    assert libyaml == pure


def test_the_real_waves_are_among_the_files() -> None:
    assert {"programme.yaml", "housing.yaml", "local-finance.yaml", "migration.yaml"} <= {path.name for path in FILES}


SIGNS = [
    '"',
    "'",
    ": ",
    ":",
    "- ",
    "[",
    "]",
    "{",
    "}",
    " #",
    "&a ",
    "*a ",
    "| ",
    ">",
    "!",
    "? ",
    "%",
    "@",
    "\n",
    " ",
    "\\",
]


@needs_libyaml
def test_broken_waves_are_read_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(2017)  # noqa: S311 - a sample that stays
    texts = [path.read_text(encoding="utf-8") for path in FILES if path.parent.name == "waves"]
    errors = 0
    for _ in range(150):
        lines = chance.choice(texts).splitlines(keepends=True)
        first = chance.randrange(len(lines))
        text = "".join(lines[first : first + 20])
        place = chance.randrange(len(text))
        broken = text[:place] + chance.choice(SIGNS) + text[place + chance.randrange(3) :]
        libyaml, pure = summaries(broken.encode(), monkeypatch)
        assert libyaml == pure, broken
        errors += isinstance(libyaml[0], tuple)
    assert errors > 20


@pytest.fixture(params=BOTH)
def each_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run a test with each of the two parsers."""
    if request.param == "libyaml" and not parser.HAS_LIBYAML:
        pytest.skip("PyYAML was built without libyaml")
    monkeypatch.setattr(parser, "HAS_LIBYAML", request.param == "libyaml")
    return str(request.param)


DEEP = [("[", "]", ""), ("[", "]", "a"), ("{a: ", "}", ""), ("!!seq [", "]", "a"), ("- ", "", "a"), ("? ", "", "a")]


@pytest.mark.usefixtures("each_parser")
@pytest.mark.parametrize(("left", "right", "inside"), DEEP)
def test_a_hundred_lists_may_be_nested(left: str, right: str, inside: str) -> None:
    assert compose(left * MAX_DEPTH + inside + right * MAX_DEPTH, 1000) is not None
    deeper = MAX_DEPTH + 1
    with pytest.raises(ComposeError, match="more than 100 levels deep") as caught:
        compose(left * deeper + inside + right * deeper, 1000)
    assert caught.value.line == 0
    assert caught.value.column in ((MAX_DEPTH - 1) * len(left), MAX_DEPTH * len(left))


@pytest.mark.usefixtures("each_parser")
@pytest.mark.parametrize("left", ["[", "{", "- ", "[{a: ", "&a ["])
def test_a_hundred_thousand_brackets_are_refused_quickly(left: str) -> None:
    start = time.process_time()
    with pytest.raises(ComposeError):
        compose(left * 100_000, 1_000_000)
    assert time.process_time() - start < 5


@pytest.mark.usefixtures("each_parser")
@pytest.mark.parametrize("item", ["a", "!!str a", "[]", '"a"'])
def test_the_number_of_nodes_is_bounded(item: str) -> None:
    text = "[" + ", ".join([item] * 99) + "]"
    assert compose(text, 100) is not None
    with pytest.raises(ComposeError, match="more than wavectl reads") as caught:
        compose(text, 99)
    assert "--max-size" in str(caught.value.hint)


@pytest.mark.usefixtures("each_parser")
def test_references_do_not_count_as_nodes() -> None:
    assert compose("[&a b, " + ", ".join(["*a"] * 50) + "]", 2) is not None


ERRORS = [
    # text, part of the message, part of the hint, line and column from 0
    ("title: Forum: the day", "a colon followed by a space", "quotation marks", (0, 12)),
    ("title: *Forum", "starts with *", "quotation marks", (0, 7)),
    ("title: & co", "starts with &", "quotation marks", (0, 8)),
    ("title: @co", 'cannot start with "@"', "quotation marks", (0, 7)),
    ("title: %x", 'cannot start with "%"', "quotation marks", (0, 7)),
    ("title: ? x", "question mark", "quotation marks", (0, 7)),
    ("title: !x!y z", "starts with !", "quotation marks", (0, 7)),
    ("title: - x", "a hyphen starts a list", "on the next line", (0, 7)),
    ("title: > x", "must start on the next line", "spaces before it", (0, 9)),
    ("title: ]", "a value is missing", "quotation marks", (0, 7)),
    ("title: 'L'avenir'", "after the end of the value", "one pair of quotation marks", (0, 10)),
    ("title: [draft] Forum", "after the end of the value", "one pair of quotation marks", (0, 15)),
    ('a: b\ntitle: "x\nc: d\n', "never closed", "close it", (1, 7)),
    ("a: b\ntitle: 'x\nc: d\n", "never closed", "close it", (1, 7)),
    ("a: b\ntags: [x, y\nc: d\n", "the bracket [", "close it with ]", (1, 6)),
    ("a: b\ntags: [#x, y]\nc: d\n", "the bracket [", "texts with #", (1, 6)),
    ("a: b\ntags: {x, y\nc: d\n", "the brace {", "close it with }", (1, 6)),
    ("{a: b: c}", "a comma is missing", "quotation marks", (0, 5)),
    ("a: b\ntitle\nc: d", "a word and a colon", "two spaces", (1, 0)),
    ("a:\n  b: c\n d: e", "does not line up", "as many spaces", (2, 1)),
    ("a:\n  - b\n - c", "does not line up", "as many spaces", (2, 1)),
    ("  a: b\nc: d", "does not line up", "as many spaces", (1, 0)),
    ("a: b\n---\nc: d", "three hyphens", "a file of its own", (1, 0)),
    ("a: &x 1\nb: &x 2", "the same name", "different names", (1, 3)),
    ("%YAML 2.0\n---\na: b", "starts with %", "delete the line", (0, 0)),
    ("\ta: b", "a tab", "spaces", (0, 0)),
]


@pytest.mark.parametrize(("text", "message", "hint", "place"), ERRORS)
def test_errors_are_explained(text: str, message: str, hint: str, place: tuple[int, int], each_parser: str) -> None:
    with pytest.raises(ComposeError) as caught:
        compose(text, 1000)
    error = caught.value
    assert message in str(error.message)
    assert hint in str(error.hint)
    assert (error.line, error.column) == place, each_parser


@pytest.mark.parametrize("text", ['a: "\\q"', 'a: "\\xZZ"', 'a: "\\ud83d"', 'a: "\\UFFFFFFFF"', 'a: "\\U00110000"'])
def test_escapes_for_what_is_no_character_are_refused(text: str, each_parser: str) -> None:
    with pytest.raises(ComposeError, match="a backslash in double quotation marks") as caught:
        compose("\n" + text, 1000)
    assert caught.value.line == 1, each_parser


@pytest.mark.usefixtures("each_parser")
def test_no_technical_words_are_shown() -> None:
    jargon = re.compile(r"mapping|scalar|token|node|flow|indicator|stream|alias|anchor|directive|while |expected")
    shown = 0
    for text in TEXTS:
        try:
            compose(text, 1000)
        except ComposeError as error:
            explanation = f"{error.message} {error.hint}"
            shown += 1
        else:
            continue
        assert not jargon.search(explanation), text
        assert "the file cannot be read here" not in explanation, text
    assert shown > 40


def test_an_empty_text_has_no_root() -> None:
    for text in ("", "\n", "# only a comment\n"):
        assert compose(text, 10) is None


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_nothing_is_none(text: str) -> None:
    assert resolve_scalar(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("True", True),
        ("TRUE", True),
        ("false", False),
        ("False", False),
        ("FALSE", False),
        ("0", 0),
        ("2018", 2018),
        ("-3", -3),
        ("+3", 3),
        ("017", 17),
        ("0o17", 15),
        ("0x1F", 31),
        ("9" * 18, 10**18 - 1),
    ],
)
def test_numbers_and_truth_values_keep_their_text(text: str, value: int | bool) -> None:
    read = resolve_scalar(text)
    assert isinstance(read, TypedScalar)
    assert read == text
    assert read.value == value
    assert type(read.value) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "No",
        "on",
        "NO",
        "tRUE",
        "nULL",
        "1.10",
        "1e3",
        "0b1",
        "0o8",
        "0xG",
        "1_000",
        "12:30",
        "--3",
        "\u0663",
        "9" * 19,
        "0x" + "F" * 16,
        "2017-11-02",
        ".inf",
        "none",
    ],
)
def test_everything_else_is_a_text(text: str) -> None:
    read = resolve_scalar(text)
    assert read == text
    assert type(read) is str


@given(st.text(max_size=8))
def test_only_some_characters_open_what_is_no_text(text: str) -> None:
    if text[:1] not in TYPED_FIRST_CHARACTERS and text:
        assert type(resolve_scalar(text)) is str
