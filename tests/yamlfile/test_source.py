"""The places of the parts of a file, in offsets from its start."""

from __future__ import annotations

from wavectl.yamlfile.builder import parse_document
from wavectl.yamlfile.source import SourceFile


def source(text: str) -> SourceFile:
    return SourceFile(parse_document(text.encode(), "x.yaml"))


def test_values_stand_where_they_are_written() -> None:
    text = "a: &n [x, y]\nb: *n\nc:\nd: 'z' # why\n"
    at = source(text)
    assert text[slice(*at.value_extent(("a",)))].endswith("[x, y]")
    assert text[slice(*at.value_extent(("b",)))] == "*n"
    assert at.value_extent(("c",)) == (text.index("c:") + 2, text.index("c:") + 2)
    assert text[slice(*at.value_extent(("d",)))] == "'z'"
    assert text[slice(*at.key_extent(("d",)))] == "d"
    assert at.rest_of_line(at.value_extent(("d",)).end) == "# why"


def test_blocks_in_brackets_are_told_from_lines() -> None:
    at = source("a: &n {x: y}\nb:\n  - c\n")
    assert at.is_flow(("a",))
    assert not at.is_flow(("b",))


def test_lines_begin_where_the_one_before_ends() -> None:
    at = source("a: b\r\nc: d")
    assert at.newline == "\r\n"
    assert (at.line_start(7), at.next_line_start(3), at.next_line_start(7)) == (6, 6, 10)
    assert at.column(8) == 2
    assert at.opens_line(6)
    assert not at.opens_line(8)
