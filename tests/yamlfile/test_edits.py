"""Text edits and fixes change their places and no other character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wavectl.diagnostics import Span
from wavectl.yamlfile.patch import TextEdit, apply_edits, apply_fixes, diff_lines


def test_a_fix_replaces_its_span() -> None:
    text = "a: b # c\nd: é\n"
    fixes = [(Span(2, 4, 2, 5), '"e"'), (Span(1, 1, 1, 2), "title")]
    assert apply_fixes(text, fixes) == 'title: b # c\nd: "e"\n'
    assert apply_fixes(text, []) == text


def test_at_one_offset_the_deeper_block_comes_first() -> None:
    edits = [TextEdit(3, 3, "outer\n", 1), TextEdit(3, 6, ""), TextEdit(3, 3, "inner\n", 2)]
    assert apply_edits("a\r\nb\r\nc\r\n", edits) == "a\r\ninner\r\nouter\r\nc\r\n"


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="TextEdit"):
        apply_edits("abcdef", [TextEdit(1, 3, ""), TextEdit(2, 4, "")])


def test_a_fix_of_several_lines_has_the_line_end_of_the_file() -> None:
    fix = (Span(1, 4, 1, 6), "\n  - x\n  - y")
    assert apply_fixes("a: #b\r\nc: d\r\n", [fix]) == "a:\r\n  - x\r\n  - y\r\nc: d\r\n"
    assert apply_fixes("a: #b", [fix]) == "a:\n  - x\n  - y"


def test_of_two_fixes_that_overlap_the_first_one_counts() -> None:
    fixes = [(Span(1, 2, 1, 4), "x"), (Span(1, 3, 1, 5), "y"), (Span(1, 5, 1, 6), "z")]
    assert apply_fixes("abcdef", fixes) == "axdzf"


LINES = st.lists(st.text(alphabet="ab é", max_size=8), min_size=1, max_size=6)


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.data())
def test_a_fix_changes_nothing_else(lines: list[str], line_end: str, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(lines) - 1))
    begin = data.draw(st.integers(0, len(lines[number])))
    end = data.draw(st.integers(begin, len(lines[number])))
    changed = apply_fixes(line_end.join(lines), [(Span(number + 1, begin + 1, number + 1, end + 1), "X")])
    lines[number] = f"{lines[number][:begin]}X{lines[number][end:]}"
    assert changed == line_end.join(lines)


def test_a_difference_is_a_unified_diff() -> None:
    diff = "".join(diff_lines("a\nb", "a\nc", "x.yaml"))
    assert diff == (
        "--- x.yaml\n+++ x.yaml\n@@ -1,2 +1,2 @@\n a\n"
        "-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n"
    )
    assert list(diff_lines("a\r\n", "a\r\n", "x.yaml")) == []
