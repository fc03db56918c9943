"""The parts of a file: where each opens and ends, whoever reads it."""

from __future__ import annotations

import pytest

from support.plans import REAL
from wavectl.yamlfile import parser
from wavectl.yamlfile.syntax_tree import SyntaxNode, SyntaxTree, block_header, has_references, last_block_line

WAVE = """\
title: &t "T" # here
moments:
- id: a
  note: >-
    One

    two

-
  # later
  id: b
  was: [c,
    d]
slogan: *t
hashtags:
"""


def found(text: str) -> dict[str, SyntaxNode]:
    root = SyntaxTree(text).root
    assert root is not None
    return {str(part.key or part.value or number): part for number, part in enumerate(root.walk())}


def test_parts_know_where_they_stand_and_how_they_are_written() -> None:
    parts = found(WAVE)
    title, slogan, was, note = (parts[key] for key in ("title", "slogan", "was", "note"))
    assert (title.anchor, title.style, title.value_start, title.end) == ("t", '"', (0, 7), (0, 13))
    assert (slogan.kind, slogan.anchor) == ("alias", "t")
    assert (was.kind, was.is_flow, was.end, [one.value for one in was.children]) == ("list", True, (12, 6), ["c", "d"])
    assert (block_header(note, WAVE.split("\n")), last_block_line(note, WAVE.split("\n"))) == (">-", 6)
    assert parts["hashtags"].is_empty
    assert [one.start for one in parts["moments"].children] == [(2, 0), (8, 0)]


def test_a_reference_is_seen() -> None:
    for text, references in ((WAVE, True), ("a: &b c\n", False)):
        root = SyntaxTree(text).root
        assert root is not None
        assert has_references(root) is references


@pytest.mark.parametrize("text", [WAVE, *(file.read_text(encoding="utf-8") for file in sorted(REAL.glob("*.yaml")))])
def test_both_parsers_find_the_same_parts(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def told(root: SyntaxNode | None) -> list[tuple[object, ...]]:
        assert root is not None
        return [
            (one.start, one.key_end, one.key, one.value, one.style, one.kind, one.is_flow, one.anchor)
            for one in root.walk()
        ]

    libyaml = told(SyntaxTree(text).root)
    monkeypatch.setattr(parser, "HAS_LIBYAML", False)
    assert told(SyntaxTree(text).root) == libyaml
