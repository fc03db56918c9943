"""Edits of a text: what they are about changes, and no other character."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wavectl.diagnostics import Span
from wavectl.yamlfile.changeset import Edit, apply_edits, diff_lines


def test_edits_stand_where_they_are_meant() -> None:
    text = "a: b # c\nd: é\n"
    edits = [Edit(Span(2, 4, 2, 5), '"e"'), Edit(Span(1, 1, 1, 2), "title")]
    assert apply_edits(text, edits) == 'title: b # c\nd: "e"\n'
    assert apply_edits(text, []) == text


def test_an_edit_of_lines_takes_the_line_end_of_the_file() -> None:
    edit = Edit(Span(1, 4, 1, 6), "\n  - x\n  - y")
    assert apply_edits("a: #b\r\nc: d\r\n", [edit]) == "a:\r\n  - x\r\n  - y\r\nc: d\r\n"
    assert apply_edits("a: #b", [edit]) == "a:\n  - x\n  - y"


def test_of_two_edits_that_meet_the_first_one_counts() -> None:
    edits = [Edit(Span(1, 2, 1, 4), "x"), Edit(Span(1, 3, 1, 5), "y"), Edit(Span(1, 5, 1, 6), "z")]
    assert apply_edits("abcdef", edits) == "axdzf"


LINES = st.lists(st.text(alphabet="ab é", max_size=8), min_size=1, max_size=6)


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.data())
def test_nothing_else_changes(lines: list[str], line_end: str, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(lines) - 1))
    begin = data.draw(st.integers(0, len(lines[number])))
    end = data.draw(st.integers(begin, len(lines[number])))
    changed = apply_edits(line_end.join(lines), [Edit(Span(number + 1, begin + 1, number + 1, end + 1), "X")])
    lines[number] = f"{lines[number][:begin]}X{lines[number][end:]}"
    assert changed == line_end.join(lines)


def test_a_difference_is_told_as_usual() -> None:
    told = "".join(diff_lines("a\nb", "a\nc", "x.yaml"))
    assert told == (
        "--- x.yaml\n+++ x.yaml\n@@ -1,2 +1,2 @@\n a\n"
        "-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n"
    )
    assert list(diff_lines("a\r\n", "a\r\n", "x.yaml")) == []
