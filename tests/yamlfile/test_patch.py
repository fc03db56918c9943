"""A changeset changes its places in a file and no other line."""

from __future__ import annotations

import json
from pathlib import Path as File
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.fuzz import examples
from support.plans import REAL, ROOT
from wavectl.diagnostics import KeyPath, Span
from wavectl.model.key_order import wave_keys_at
from wavectl.yamlfile.document import Document, has_child
from wavectl.yamlfile.patch import (
    CannotEditError,
    RenamedKey,
    TextEdit,
    apply_edits,
    apply_fixes,
    as_read_back,
    data_after,
    diff_lines,
    emit_in_style_of,
    group_by_block,
    patch_document,
    value_at,
)
from wavectl.yamlfile.reader import parse_document

WAVE = """\
title: Housing   # a comment
moments:
  - id: forum
    title: {fr: Forum, en: "Forum"}
    when: 2017-09 # not exact

  - id: day   # no date yet
    title: 'Day'
    when:
    actors: [a, b]
    description: |
      One

      Two
  # after
content:
"""


def edited(text: str, changeset: dict[KeyPath, Any]) -> str:
    return patch_document(parse_document(text.encode(), "housing.yaml"), changeset, wave_keys_at)


EXAMPLES: list[tuple[str, dict[KeyPath, Any], str, str]] = [
    ("a date", {("moments", 0, "when"): "2017-09-14/2017-09-17"}, "when: 2017-09 #", "when: 2017-09-14/2017-09-17 #"),
    ("in single quotes", {("moments", 1, "title"): "L'été"}, "'Day'", "'L''été'"),
    ("in double ones", {("moments", 0, "title", "en"): 'A "b"'}, '"Forum"', '"A \\"b\\""'),
    ("without", {("title",): "Right to housing"}, "title: Housing ", "title: Right to housing "),
    ("without, no more", {("title",): "Housing: a right"}, "title: Housing ", 'title: "Housing: a right" '),
    ("in braces", {("moments", 0, "title", "fr"): "Forum, encore"}, "{fr: Forum,", '{fr: "Forum, encore",'),
    ("where there is no value", {("moments", 1, "when"): "2018"}, "    when:\n", "    when: 2018\n"),
    ("one more language", {("moments", 0, "title", "es"): "Foro"}, '"Forum"}', '"Forum", es: "Foro"}'),
    ("a key in its place", {("moments", 0, "status"): "tentative"}, "exact\n", "exact\n    status: tentative\n"),
    ("a key before", {("moments", 0, "kind"): "deadline"}, "    when: 2017", "    kind: deadline\n    when: 2017"),
    ("a block", {("moments", 0, "place", "country"): "KR"}, "exact\n", "exact\n    place:\n      country: KR\n"),
    ("taken away", {("moments", 1, "title"): None}, "    title: 'Day'\n", ""),
    ("taken from after a hyphen", {("moments", 0, "id"): None}, "- id: forum\n    title", "- title"),
    ("of a list", {("moments", 1, "actors", 0): None}, "[a, b]", "[b]"),
    ("of its end", {("moments", 1, "actors", 1): None}, "[a, b]", "[a]"),
    ("all", {("moments", 1, "actors", 0): None, ("moments", 1, "actors", 1): None}, "    actors: [a, b]\n", ""),
    ("one more", {("moments", 1, "actors", 2): "c"}, "[a, b]", "[a, b, c]"),
    ("a whole list", {("moments", 1, "actors"): ["c"]}, "[a, b]", "[c]"),
    ("a text of lines", {("moments", 1, "description"): "One\n\nThree\n"}, "Two", "Three"),
    ("on one line", {("moments", 1, "description"): "One"}, "|\n      One\n\n      Two", '"One"'),
    ("a text for a block", {("moments", 0, "title"): "Forum"}, '{fr: Forum, en: "Forum"}', '"Forum"'),
    (
        "a moment",
        {("moments", 2): {"when": "2018-05", "title": {"fr": "Suite"}, "id": "next"}},
        "      Two\n",
        '      Two\n\n  - id: next\n    title:\n      fr: "Suite"\n    when: 2018-05\n',
    ),
    ("a moment away", {("moments", 1): None}, WAVE[WAVE.index("\n  - id: day") : WAVE.index("  # after")], ""),
    ("at the end", {("waive", "a-rule"): "None"}, "content:\n", 'content:\nwaive:\n  a-rule: "None"\n'),
]  # fmt: skip


@pytest.mark.parametrize(("changeset", "old", "new"), [one[1:] for one in EXAMPLES], ids=[one[0] for one in EXAMPLES])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_only_the_place_changes(changeset: dict[KeyPath, Any], old: str, new: str, line_end: str) -> None:
    assert WAVE.count(old) == 1
    expected = WAVE.replace(old, new)
    assert edited(WAVE.replace("\n", line_end), changeset) == expected.replace("\n", line_end)


def test_current_values_change_nothing() -> None:
    same = {("title",): "Housing", ("moments", 1, "actors"): ["a", "b"], ("moments", 7, "when"): None, ("nix",): None}
    assert edited(WAVE, same) == WAVE


def test_several_keys_at_one_place_are_inserted_in_order() -> None:
    text = dedent("""\
        title: a
        moments:
        - id: b
          place:
            name: c""")
    changeset: dict[KeyPath, Any] = {
        ("waive", "x"): "y",
        ("moments", 0, "draft"): True,
        ("moments", 0, "url"): "https://a.org",
        ("moments", 0, "place", "country"): "KR",
        ("period",): "2017",
    }
    assert edited(text, changeset) == dedent("""\
        title: a
        period: 2017
        moments:
        - id: b
          place:
            name: c
            country: KR
          url: https://a.org
          draft: true
        waive:
          x: "y\"""")


def test_the_first_item_of_a_list_in_a_list_gives_way_to_the_next() -> None:
    assert edited('a:\n - - "b"\n\n   - "c"\n', {("a", 0, 0): None}) == 'a:\n - - "c"\n'


def test_an_empty_list_gets_its_first_item_on_lines_of_its_own() -> None:
    changeset: dict[KeyPath, Any] = {("moments", 0): {"when": "2018", "id": "a"}}
    assert edited("title: A\nmoments: []\nwas: [b]\n", changeset) == (
        "title: A\nmoments:\n  - id: a\n    when: 2018\nwas: [b]\n"
    )
    assert edited("place: {}\n", {("place", "name"): "B"}) == 'place:\n  name: "B"\n'


def test_an_empty_file_gets_its_first_keys() -> None:
    assert edited("# nothing\n", {("title",): "A"}) == '# nothing\ntitle: "A"\n'


def test_a_reference_gives_way_to_a_value() -> None:
    text = "a: &x [b, c]\nwas: *x\ntitle: t\n"
    assert edited(text, {("was",): ["d"]}) == "a: &x [b, c]\nwas: [d]\ntitle: t\n"


def test_what_references_repeat_is_not_changed() -> None:
    text = "a: &x [b, c]\nwas: *x\n"
    with pytest.raises(CannotEditError):
        edited(text, {("a", 0): "d"})
    with pytest.raises(CannotEditError):
        edited(text, {("was", 0): "d"})


FILES = sorted(file for file in (*(ROOT / "tests" / "cases").rglob("*.yaml"), *REAL.glob("*.yaml")))
VALUES = st.one_of(
    st.sampled_from(["2018-05", "a", "", "null", "été : un #mot", "a\nb\n", 'x "y" \\z', "- b", "한국어"]),
    st.just("[2018-07-05..2018-07-20]"),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=12),
    st.just(None),
    st.lists(st.sampled_from(["a", "b"]), min_size=1, max_size=2),
    st.dictionaries(st.sampled_from(["fr", "en", "name"]), st.sampled_from(["x", "y: z", "a\n\nb\n"]), min_size=1),
)  # fmt: skip


def paths(data: Any, path: KeyPath = ()) -> list[KeyPath]:
    """Return the paths of all values of some data, and of what could be added to each block."""
    result: list[KeyPath] = [path] if path else []
    if isinstance(data, dict):
        for key, value in data.items():
            result += paths(value, (*path, key))
        result += [(*path, key) for key in ("status", "when", "x-new") if key not in data]
    elif isinstance(data, list):
        for number, value in enumerate(data):
            result += paths(value, (*path, number))
        result.append((*path, len(data)))
    return result


def documents() -> list[Document]:
    parsed = [parse_document(file.read_bytes(), file.name) for file in FILES]
    return [document for document in parsed if document.data and not document.findings]


SOUND = documents()


def lines_about(document: Document, path: KeyPath) -> tuple[int, int]:
    """Return the first and the last line of the value at a path, counted from 0; both included."""
    value = document.locate(path)
    if isinstance(path[-1], str):
        key = document.locate(path, key=True)
        return min(key.line, value.line) - 1, max(key.end_line, value.end_line) - 1
    hyphen = value.line - 1
    while hyphen and "-" not in document.line(hyphen + 1)[: value.column - 1] and not _flow(document, path):
        hyphen -= 1
    return hyphen, value.end_line - 1


def _flow(document: Document, path: KeyPath) -> bool:
    span = document.locate(path[:-1])
    return document.line(span.line)[span.column - 1 : span.column] == "["


@settings(max_examples=examples(300), deadline=None)
@given(st.sampled_from(SOUND), st.data(), VALUES)
def test_an_edit_changes_its_lines_and_no_other(document: Document, data: st.DataObject, value: Any) -> None:
    path = data.draw(st.sampled_from(paths(document.data)))
    work = group_by_block(document.data, {path: value})
    try:
        text = patch_document(document, {path: value}, wave_keys_at)
    except CannotEditError:
        assert "&" in document.text  # there are references
        return
    assert as_read_back(parse_document(text.encode("utf-8", "surrogatepass"), "x.yaml").data) == data_after(
        document.data, work
    )
    if not work:
        assert text == document.text
        return
    old, new = document.text.splitlines(keepends=True), text.splitlines(keepends=True)
    ((block, task),) = work.items()
    gone = (*block, next(iter(task)))
    if has_child(value_at(document.data, block), gone[-1]):
        first, last = lines_about(document, gone)
        behind_hyphen = old[first].lstrip().startswith("-")
        while first and not old[first - 1].strip():
            first -= 1  # the blank lines before an item go with it
        assert new[:first] == old[:first]
        rest = old[last + 1 :]
        if value is None and isinstance(gone[-1], str) and behind_hyphen:
            rest = rest[1:]  # the next key comes after the hyphen
        assert not rest or new[-len(rest) :] == rest
    else:
        same_before = next((n for n, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), len(old))
        same_behind = next(
            (n for n, (one, other) in enumerate(zip(old[::-1], new[::-1], strict=False)) if one != other), len(old)
        )
        changed_lines = len(old) - same_before - same_behind
        assert changed_lines <= 1  # in braces, the line of the last part; else none


def test_the_files_of_the_tests_are_used() -> None:
    assert len(SOUND) > 60
    assert {document.file for document in SOUND} >= {File(file).name for file in REAL.glob("*.yaml")}


def beside(path: KeyPath, others: list[KeyPath]) -> bool:
    """Return whether a path is neither above nor below any of the others."""
    return all(path[: len(other)] != other[: len(path)] for other in others)


@settings(max_examples=examples(300), deadline=None)
@given(st.sampled_from([document for document in SOUND if "&" not in document.text]), st.data())
def test_many_edits_of_a_file_are_made_at_once(document: Document, data: st.DataObject) -> None:
    changeset: dict[KeyPath, Any] = {}
    for path in data.draw(st.lists(st.sampled_from(paths(document.data)), min_size=2, max_size=8)):
        if beside(path, list(changeset)):
            changeset[path] = data.draw(VALUES)
    text = patch_document(document, changeset, wave_keys_at)
    assert as_read_back(parse_document(text.encode("utf-8", "surrogatepass"), "x.yaml").data) == data_after(
        document.data, group_by_block(document.data, changeset)
    )


NAMES = st.sampled_from(["title", "when", "actors", "x-a", "x-b", "moments", "place", "note"])
COMMENTS = st.sampled_from(["", "", " # why", "   # été: 'x'"])
TEXTS = st.sampled_from(
    ["a", "été, ici", "l'an", 'dit "oui"', "2017-09", "a: b", "x #y", "un\n\ndeux\n", "fin \\ ici", "-"]
)
GENERATED = st.recursive(
    TEXTS,
    lambda below: st.lists(below, min_size=1, max_size=3) | st.dictionaries(NAMES, below, min_size=1, max_size=4),
    max_leaves=12,
)


@st.composite
def files(draw: st.DrawFn) -> str:
    """Return a file as people may write it: blocks and braces, any quotation marks, comments, blank lines."""
    data = draw(st.dictionaries(NAMES, GENERATED, min_size=1, max_size=4))
    text = "".join(f"{line}\n" for line in rendered(draw, data, 0))
    line_end = draw(st.sampled_from(["\n", "\r\n"]))
    whole = text if draw(st.booleans()) else text.rstrip("\n")
    return whole.replace("\n", line_end)


def rendered(draw: st.DrawFn, data: Any, indent: int) -> list[str]:
    lines: list[str] = []
    step = draw(st.integers(1, 4))
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        head = f"{' ' * indent}{key}:" if isinstance(data, dict) else f"{' ' * indent}-"
        if draw(st.integers(0, 5)) == 0:
            lines += draw(st.sampled_from([[""], [f"{' ' * indent}# comment"]]))
        if isinstance(value, str) and "\n" in value and draw(st.booleans()):
            lines += [
                f"{head} |",
                *(f"{' ' * (indent + step)}{line}" if line else "" for line in value.split("\n")[:-1]),
            ]
        elif isinstance(value, str):
            lines.append(f"{head} {one_line(draw, value)}{draw(COMMENTS)}")
        elif draw(st.integers(0, 2)) == 0:
            lines.append(f"{head} {in_braces(draw, value)}{draw(COMMENTS)}")
        else:
            below = rendered(draw, value, indent + step if isinstance(data, dict) else indent + 2)
            if not isinstance(data, dict) and below[0].strip() and not below[0].lstrip().startswith("#"):
                lines += [f"{head} {below[0].lstrip()}", *below[1:]]
            else:
                lines += [f"{head}{draw(COMMENTS)}", *below]
    return lines


def one_line(draw: st.DrawFn, text: str) -> str:
    styles = ['"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"']
    if "\n" not in text:
        styles.append("'" + text.replace("'", "''") + "'")
    if not any(sign in text for sign in ":#\n\"',-\\"):
        styles.append(text)
    return draw(st.sampled_from(styles))


def in_braces(draw: st.DrawFn, data: Any) -> str:
    if isinstance(data, str):
        return one_line(draw, data)
    space = draw(st.sampled_from(["", " "]))
    if isinstance(data, dict):
        return "{" + space + ", ".join(f"{key}: {in_braces(draw, one)}" for key, one in data.items()) + space + "}"
    return "[" + space + ", ".join(in_braces(draw, one) for one in data) + space + "]"


def without_ends(data: Any) -> str:
    """Return data for a comparison that ignores the line ends at the end of texts."""
    return json.dumps(data, sort_keys=True).replace('\\n"', '"')


@settings(max_examples=examples(300), deadline=None)
@given(files(), st.data())
def test_files_as_people_write_them_are_edited_in_place(text: str, data: st.DataObject) -> None:
    document = parse_document(text.encode(), "x.yaml")
    assert not document.findings
    path = data.draw(st.sampled_from(paths(document.data)))
    value = data.draw(VALUES)
    work = group_by_block(document.data, {path: value})
    after = patch_document(document, {path: value}, wave_keys_at)
    data_read, expected = as_read_back(parse_document(after.encode(), "x.yaml").data), data_after(document.data, work)
    if text.endswith("\n"):
        assert data_read == expected
    else:  # what has no end there may get one
        assert without_ends(data_read) == without_ends(expected)
    if not work:
        assert after == text
    if not has_child(document.data, path[0]):
        left = iter(after.splitlines())
        assert all(line in left for line in text.splitlines())  # each old line, in the old order


@pytest.mark.parametrize(
    ("old", "value", "key", "in_flow", "expected"),
    [
        ('"a"', "b", "title", False, '"b"'),
        ('"a"', 'b "c"', "title", False, '"b \\"c\\""'),
        ('"2017"', "2018", "when", False, '"2018"'),
        ("'a'", "l'été", "title", False, "'l''été'"),
        ("'a'", "a\nb", "title", False, '"a\\nb"'),
        ("a", "b c", "title", False, "b c"),
        ("a", "b: c", "title", False, '"b: c"'),
        ("a", "b, c", "title", False, "b, c"),
        ("a", "b, c", "title", True, '"b, c"'),
        ("a", "null", "title", False, '"null"'),
        ("2017", "[2018-07-05..2018-07-20]", "when", False, "[2018-07-05..2018-07-20]"),
        ("a", "[2018]", "title", False, '"[2018]"'),
        ("", "2018", "when", False, "2018"),
        ("", "a b", "title", False, '"a b"'),
        ("|\n  a", "b", "title", False, '"b"'),
        ("false", True, "draft", False, "true"),
        ("a", "b\tc", "title", False, '"b\\tc"'),
    ],
)
def test_a_value_keeps_its_style(old: str, value: str | bool, key: str, in_flow: bool, expected: str) -> None:
    assert emit_in_style_of(old, value, key, in_flow=in_flow) == expected
    line = f"{{{key}: {expected}}}" if in_flow else f"{key}: {expected}"
    data = parse_document(f"{line}\n".encode(), "x.yaml").data
    assert data == {key: [value[1:-1]] if expected[0] == "[" else "true" if value is True else value}


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


DATA = {"title": "A", "moments": [{"id": "a"}, {"id": "b", "place": {"name": "x"}}]}


def test_a_change_belongs_to_the_deepest_existing_block() -> None:
    changes = {
        ("moments", 0, "except", "2018", "status"): "cancelled",
        ("moments", 0, "except", "2018", "when"): "2019",
    }
    assert group_by_block(DATA, changes) == {
        ("moments", 0): {"except": {"2018": {"status": "cancelled", "when": "2019"}}}
    }


@pytest.mark.parametrize("above", [("moments", 0), ("moments",), ("title",), ("slogan",)])
@pytest.mark.parametrize("value", [None, "a", {"title": "B"}, ["a"]])
def test_a_path_and_one_below_it_are_a_mistake_of_the_caller(above: KeyPath, value: Any) -> None:
    document = parse_document(b"title: A\nmoments: [{id: a, title: A}]\n", "a.yaml")
    below = (*above, 0, "title") if above == ("moments",) else (*above, "title")
    for changeset in ({above: value, below: "C"}, {below: "C", above: value}):
        with pytest.raises(ValueError, match="below it"):
            patch_document(document, changeset, wave_keys_at)


def test_a_block_that_would_be_empty_is_removed() -> None:
    assert group_by_block(DATA, {("moments", 1, "place", "name"): None}) == {("moments", 1): {"place": None}}
    assert group_by_block({"a": [{"b": {"c": "d"}}]}, {("a", 0, "b", "c"): None}) == {(): {"a": None}}


def test_current_values_are_dropped() -> None:
    assert group_by_block(DATA, {("title",): "A", ("moments", 0): {"id": "a"}, ("moments", 5, "id"): None}) == {}
    assert group_by_block(DATA, {("moments", 1, "place"): {"name": "x"}}) == {}


def test_the_data_after_changes() -> None:
    work = group_by_block(DATA, {("title",): None, ("moments", 0): None, ("moments", 2): {"id": "c", "draft": True}})
    assert data_after(DATA, work) == {"moments": [{"id": "b", "place": {"name": "x"}}, {"id": "c", "draft": "true"}]}
    assert DATA["title"] == "A"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a:\n  old: {x: 1} # why\n  b: 2\n", "a:\n  new: {x: 1} # why\n  b: 2\n"),
        ("a: {b: 2, old: {x: 1}}\n", "a: {b: 2, new: {x: 1}}\n"),
        ('a:\n  b: 2\n  "old":\n    x: 1 # why\n', 'a:\n  b: 2\n  "new":\n    x: 1 # why\n'),
    ],
)
def test_a_key_gets_another_name_and_keeps_its_value(before: str, after: str) -> None:
    document = parse_document(before.encode(), "housing.yaml")
    assert patch_document(document, {("a", "old"): RenamedKey("new")}, wave_keys_at) == after
