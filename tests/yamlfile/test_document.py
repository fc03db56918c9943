"""Documents: exact positions, YAML 1.2 values, limits, and never a crash."""

from __future__ import annotations

import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from support.fuzz import examples
from wavectl.diagnostics import FILE_START, KeyPath, Span
from wavectl.yamlfile.document import Document
from wavectl.yamlfile.parser import TypedScalar
from wavectl.yamlfile.reader import parse_document


def read(text: str | bytes, **bounds: float) -> Document:
    return parse_document(text if isinstance(text, bytes) else text.encode(), "a.yaml", **bounds)


def slice_of(read: Document, span: Span) -> str:
    """Return the text of a span on one line."""
    assert span.line == span.end_line
    return read.line(span.line)[span.column - 1 : span.end_column - 1]


def errors(read: Document) -> list[tuple[str, tuple[int, int] | None]]:
    """Return the rule, the line and the column of each finding."""
    return [
        (finding.rule, (finding.span.line, finding.span.column) if finding.span else None) for finding in read.findings
    ]


HOUSING = """\
# a comment: with colon
title: {fr: "Le droit été", en: 😀 housing}
hashtags: ["#Éé", '#b']   # more
moments:
  - id: one
    when: 2017-11-02/2017-11-03
    place: {name: {fr: Genève, en: "Geneva"}, country: CH}
  -   id: two
      title: >-
        folded text
        on two lines

      when:   2018 # after it
empty:
nothing: ~
"quoted key" : value
last: |
  kept

"""
PLACES: list[tuple[KeyPath, str, str]] = [
    (("title", "fr"), '"Le droit été"', "fr"),
    (("title", "en"), "😀 housing", "en"),
    (("hashtags",), "[\"#Éé\", '#b']", "hashtags"),
    (("hashtags", 0), '"#Éé"', '"#Éé"'),
    (("hashtags", 1), "'#b'", "'#b'"),
    (("moments", 0, "id"), "one", "id"),
    (("moments", 0, "when"), "2017-11-02/2017-11-03", "when"),
    (("moments", 0, "place", "name"), '{fr: Genève, en: "Geneva"}', "name"),
    (("moments", 0, "place", "name", "en"), '"Geneva"', "en"),
    (("moments", 0, "place", "country"), "CH", "country"),
    (("moments", 1, "id"), "two", "id"),
    (("moments", 1, "when"), "2018", "when"),
    (("empty",), "", "empty"),
    (("nothing",), "~", "nothing"),
    (("quoted key",), "value", '"quoted key"'),
]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "BOM"])
@pytest.mark.parametrize("with_libyaml", [True, False], ids=["libyaml", "pure"])
def test_every_value_and_key_has_its_position(
    end: str, mark: str, with_libyaml: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not with_libyaml:
        monkeypatch.setattr("wavectl.yamlfile.parser.HAS_LIBYAML", False)
    housing = read(mark + HOUSING.replace("\n", end))
    assert housing.findings == []
    for path, value, key in PLACES:
        assert slice_of(housing, housing.locate(path)) == value
        assert slice_of(housing, housing.locate(path, key=True)) == key
    assert housing.locate(("title",)) == Span(2, 8, 2, 43)
    assert housing.locate(("moments",)) == Span(5, 3, 13, 19)
    assert housing.locate(("moments", 0)) == Span(5, 5, 7, 59)
    assert housing.locate(("moments", 1)) == Span(8, 7, 13, 19)
    assert housing.locate(("moments", 1, "title")) == Span(9, 14, 11, 21)
    assert housing.locate(("last",)) == Span(17, 7, 18, 7)
    assert housing.locate(()) == Span(2, 1, 18, 7)


def test_columns_count_characters() -> None:
    assert read('{é😀: "ü", x: y}').locate(("x",)) == Span(1, 14, 1, 15)


def test_what_is_missing_is_where_its_block_is() -> None:
    housing = read(HOUSING)
    for path, nearest in [
        (("moments", 0, "title"), ("moments", 0)),
        (("moments", 7, "title"), ("moments",)),
        (("title", "#map", "fr"), ("title", "fr")),
        (("title", "fr", "[key]"), ("title", "fr")),
        (("moments", "id"), ("moments",)),
        (("nowhere",), ()),
        (("title", 0), ("title",)),
    ]:
        assert housing.locate(path) == housing.locate(nearest)
        assert housing.existing_path(path) == nearest
    assert read("").locate(("title",)) == FILE_START
    assert read("").existing_path(("title",)) == ()


def test_lines_are_without_their_ends() -> None:
    windows = read("a: b\r\nc: d\re: f\n")
    assert [windows.line(number) for number in range(6)] == ["", "a: b", "c: d", "e: f", "", ""]


@pytest.mark.parametrize(("text", "value"), [("2018", 2018), ("0x1F", 31), ("true", True), ("False", False)])
def test_unquoted_numbers_and_truth_values_keep_their_text(text: str, value: int | bool) -> None:
    data = read(f"a: {text}\nb: '{text}'").data
    assert data == {"a": text, "b": text}
    assert isinstance(data["a"], TypedScalar)
    assert data["a"].value == value
    assert type(data["b"]) is str


def test_keys_are_texts_as_written() -> None:
    assert read("2018: a\nNO: b\n~: c\n1.10: d\ntrue: e").data == {
        "2018": "a",
        "NO": "b",
        "~": "c",
        "1.10": "d",
        "true": "e",
    }


def test_the_values_of_yaml_1_2() -> None:
    data = read("a: NO\nb: 1.10\nc: 017\nd: 12:30\ne: 2017-11-02\nf: yes\ng: 1_000\nh: null\ni: 'null'\nj: ''").data
    assert data == {
        "a": "NO",
        "b": "1.10",
        "c": "017",
        "d": "12:30",
        "e": "2017-11-02",
        "f": "yes",
        "g": "1_000",
        "h": None,
        "i": "null",
        "j": "",
    }


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment", "---", "---\n", "null", "~\n", "\ufeff"])
def test_an_empty_file_is_an_empty_block(text: str) -> None:
    empty = read(text)
    assert (empty.data, empty.findings, empty.locate(("title",))) == ({}, [], FILE_START)


@pytest.mark.parametrize(
    ("text", "end"), [("- a\n- b\n", (2, 4)), ("just text", (1, 10)), ("[a]", (1, 4)), ("2018", (1, 5))]
)
def test_a_file_without_keys_is_refused(text: str, end: tuple[int, int]) -> None:
    listed = read(text)
    assert listed.data is None
    assert errors(listed) == [("invalid-value", (1, 1))]
    assert listed.findings[0].span == Span(1, 1, *end)


def test_a_second_key_is_reported_and_the_first_one_kept() -> None:
    twice = read("a: 1\nb: {c: 1, d: 2, c: 3}\na: 2\n'b': 4\n")
    assert errors(twice) == [("duplicate-key", (2, 17)), ("duplicate-key", (3, 1)), ("duplicate-key", (4, 1))]
    assert twice.findings[2].span == Span(4, 1, 4, 4)
    assert twice.data == {"a": "1", "b": {"c": "1", "d": "2"}}
    assert slice_of(twice, twice.locate(("b", "d"))) == "2"


def test_two_angle_brackets_are_an_ordinary_key() -> None:
    assert read("a: &a {b: c}\n<<: *a\n").data == {"a": {"b": "c"}, "<<": {"b": "c"}}


def test_a_second_document_is_refused() -> None:
    assert errors(read("a: b\n---\nc: d\n")) == [("yaml-syntax", (2, 1))]
    assert read("---\na: b\n...\n").data == {"a": "b"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a:\tb", (1, 3)),
        ("\ta: b", (1, 1)),
        ("a: b\n\tc: d", (2, 1)),
        ("a: [b,\tc]", (1, 7)),
        ("a: b\t# comment", (1, 5)),
        ("a: b\t", (1, 5)),
        ("a: 'x'\t", (1, 7)),
        ("-\ta", (1, 2)),
        ('a: "x\ty"\nb:\tc', (2, 3)),
    ],
)
def test_a_tab_as_separation_is_refused(text: str, place: tuple[int, int]) -> None:
    assert errors(read(text)) == [("yaml-syntax", place)]


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ('a: "x\ty"', {"a": "x\ty"}),
        ("a: 'x\ty' # re\tmark", {"a": "x\ty"}),
        ("# re\tmark\na: b", {"a": "b"}),
        ("a: |\n  x\ty\n  z # no\tremark\n", {"a": "x\ty\nz # no\tremark\n"}),
        ("a: b#c # re\tmark", {"a": "b#c"}),
        ('a: "x\n\ty"\nb: c', {"a": "x y", "b": "c"}),
    ],
)
def test_a_tab_inside_a_text_or_a_comment_is_allowed(text: str, data: object) -> None:
    assert (read(text).data, errors(read(text))) == (data, [])


def test_tabs_are_searched_for_in_one_pass() -> None:
    text = "".join(f"key-{number}: [a, b, c] # re\tmark\n" for number in range(20_000))
    start = time.process_time()
    assert len(read(text).data) == 20_000
    assert time.process_time() - start < 5  # a look at all texts for each line would take minutes


@pytest.mark.parametrize(
    ("character", "code"),
    [
        ("\x85", "U+0085"),
        ("\u2028", "U+2028"),
        ("\u2029", "U+2029"),
        ("\x00", "U+0000"),
        ("\x07", "U+0007"),
        ("\x1b", "U+001B"),
        ("\x7f", "U+007F"),
        ("\x9b", "U+009B"),
        ("\ufeff", "U+FEFF"),
        ("\ufffe", "U+FFFE"),
    ],
)
@pytest.mark.parametrize("form", ["é: x{0}y", "é: 'x{0}y'", "é: |\n x{0}y", "# {0}"])
def test_invisible_characters_are_refused(character: str, code: str, form: str) -> None:
    text = "first: line\r\n" + form.format(character)
    before = text[: text.index(character)].split("\n")
    line, column = len(before), len(before[-1]) + 1
    strange = read(text)
    assert errors(strange) == [("yaml-syntax", (line, column))]
    assert strange.data is None


def test_invisible_characters_may_be_escaped() -> None:
    assert read(r'a: "\N\L\P\x85\u2028\0\e\x7f"').data == {"a": "\x85\u2028\u2029\x85\u2028\0\x1b\x7f"}
    assert read("a: x\u00a0y\u200by😀\ue000").findings == []


def test_references_share_their_part() -> None:
    tied = read("a: &a {b: [c]}\nd: *a\ne:\n  - *a\nf: &f text\ng:\n  h: *f\ni: j\n")
    assert tied.data == {
        "a": {"b": ["c"]},
        "d": {"b": ["c"]},
        "e": [{"b": ["c"]}],
        "f": "text",
        "g": {"h": "text"},
        "i": "j",
    }
    assert tied.locate(("d", "b", 0)) == tied.locate(("a", "b", 0)) == Span(1, 12, 1, 13)
    assert tied.locate(("e", 0, "b")) == tied.locate(("a", "b"))
    assert tied.locate(("g", "h")) == tied.locate(("f",))
    assert tied.locate(("i",)) == Span(8, 4, 8, 5)


def test_a_block_of_references_does_not_end_before_it_begins() -> None:
    tied = read("f: &f text\ng:\n  h: *f\ne:\n  - *f\n")
    assert tied.locate(("g",)) == Span(3, 3, 3, 4)
    assert tied.locate(("e",)) == Span(5, 3, 5, 3)
    assert tied.locate(()) == Span(1, 1, 5, 3)


def test_a_part_that_contains_itself_is_reported() -> None:
    for text, place in [("x: y\na: &a [b, *a]", (2, 4)), ("a: &a {b: {c: *a}}", (1, 4))]:
        assert errors(read(text))[0] == ("yaml-syntax", place)
    assert read("a: &a [b, *a]\nc: d").locate(("c",)) == Span(2, 4, 2, 5)


def test_references_that_expand_without_end_are_refused_quickly() -> None:
    lines = ["l0: &l0 [a, a, a, a, a, a, a, a, a, a]"]
    lines += [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 12)]
    start = time.process_time()
    bomb = read("\n".join(lines))
    assert errors(bomb) == [("yaml-syntax", (1, 1))]
    assert bomb.data is None
    assert bomb.locate(("l0",)) == FILE_START
    assert time.process_time() - start < 2
    assert read("\n".join(lines[:4])).findings == []


def test_many_references_to_a_large_part_are_refused_before_they_expand() -> None:
    text = "a: &a [" + "x, " * 5_000 + "]\nb: [" + "*a, " * 5_000 + "]"
    start = time.process_time()
    assert errors(read(text)) == [("yaml-syntax", (1, 1))]
    assert time.process_time() - start < 3  # the whole would be 25 million parts


def test_many_references_to_one_text_are_bounded_too() -> None:
    assert errors(read("a: &a x\nb: [" + "*a, " * 260_000 + "]")) == [("yaml-syntax", (1, 1))]


def test_large_files_are_refused_before_they_are_parsed() -> None:
    large = b"a: |\n" + b"  text text text text\n" * 200_000
    start = time.process_time()
    refused = read(large)
    assert time.process_time() - start < 0.1
    assert errors(refused) == [("unreadable-file", (1, 1))]
    assert "--max-size" in str(refused.findings[0].hint)
    assert read(large, max_size=5).findings == []
    assert errors(read(b"a: b", max_size=0.000001)) == [("unreadable-file", (1, 1))]


def test_files_of_many_parts_are_refused_unless_allowed() -> None:
    text = "a: [" + "b, " * 126_000 + "]"
    (finding,) = read(text).findings
    assert (finding.rule, "--max-size" in str(finding.hint)) == ("yaml-syntax", True)
    assert len(read(text, max_size=8).data["a"]) == 126_000


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b"a: caf\xe9\n", (1, 7)),
        ("é: ü\nb: ".encode() + b"\x80", (2, 4)),
        ("\ufeffé: ".encode() + b"\xff", (1, 4)),
        (b"a: \xed\xa0\x80", (1, 4)),
        (b"a: b\xc3", (1, 5)),
        ("a: b".encode("utf-16"), (1, 1)),
        (b"\xfe\xff\x00a", (1, 1)),
    ],
)
def test_other_encodings_are_refused(raw: bytes, place: tuple[int, int]) -> None:
    other = read(raw)
    assert errors(other) == [("unreadable-file", place)]
    assert "UTF-8" in str(other.findings[0].hint)
    assert other.data is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[a, b]: c", (1, 1)),
        ("{? {a: b} : c}", (1, 4)),
        ("a: !foo b", (1, 4)),
        ("a: !foo [b]", (1, 4)),
        ("x: y\n!foo a: b", (2, 1)),
        ("a: !!python/name:os.system b", (1, 4)),
        ("a: b\n?\n: c", (2, 2)),
    ],
)
def test_what_wave_files_do_not_use_is_refused(text: str, place: tuple[int, int]) -> None:
    assert errors(read(text))[0] == ("yaml-syntax", place)


def test_types_may_be_named_and_change_nothing() -> None:
    assert read("a: !!str 2018\nb: !!seq [c]\nd: ! e").data == {"a": "2018", "b": ["c"], "d": "e"}


YAML = st.text(alphabet="ab:-[]{}#&*!|>'\"%@`,? \n\t\r\\é😀\x85\x00~0", max_size=60)


@given(st.one_of(YAML.map(str.encode), st.binary(max_size=60)))
@settings(max_examples=examples(400), deadline=None)
def test_anything_is_read_and_each_error_is_inside_the_file(raw: bytes) -> None:
    anything = read(raw)
    assert (anything.data is None) <= bool(anything.findings)
    for finding in anything.findings:
        assert finding.span is not None
        assert_inside(anything, finding.span)


def assert_inside(read: Document, span: Span) -> None:
    lines = read.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert 1 <= span.line <= span.end_line <= len(lines)
    assert 1 <= span.column <= len(lines[span.line - 1]) + 1
    assert 1 <= span.end_column <= len(lines[span.end_line - 1]) + 1
    assert (span.line, span.column) <= (span.end_line, span.end_column)


def test_the_path_of_a_key_that_appears_twice() -> None:
    text = b"title: a\nmoments:\n  - id: b\n    place: {name: c, country: KR, name: d}\n  - {id: e, id: f}\ntitle: g\n"
    findings = parse_document(text, "x.yaml").findings
    assert [finding.path for finding in findings] == [("moments", 0, "place", "name"), ("moments", 1, "id"), ("title",)]


WORDS = st.text(alphabet="abé:#'\"-😀 한&*!|>%@0", min_size=1, max_size=12)
NAMES = st.text(alphabet="abcé-", min_size=1, max_size=5)
DATA = st.dictionaries(
    NAMES,
    st.recursive(
        WORDS,
        lambda part: st.lists(part, min_size=1, max_size=3) | st.dictionaries(NAMES, part, min_size=1, max_size=3),
        max_leaves=12,
    ),
    min_size=1,
    max_size=4,
)


def leaves(data: object, path: KeyPath = ()) -> list[tuple[KeyPath, str]]:
    """Return every text of some data with its path."""
    if isinstance(data, str):
        return [(path, data)]
    parts = data.items() if isinstance(data, dict) else enumerate(data)  # type: ignore[arg-type]
    return [leaf for part, below in parts for leaf in leaves(below, (*path, part))]


@given(
    DATA, st.sampled_from([None, "'", '"']), st.booleans(), st.sampled_from([20, 80]), st.sampled_from(["\n", "\r\n"])
)
@settings(max_examples=examples(300), deadline=None)
def test_the_text_at_the_span_of_a_path_is_its_value(
    data: dict[str, object], style: str | None, flow: bool, width: int, line_end: str
) -> None:
    """For any path of any data, however it is written, the text at the reported span is that value."""
    text = yaml.dump(
        data, default_style=style, default_flow_style=flow, width=width, allow_unicode=True, line_break=line_end
    )
    written = read(text)
    assert written.data == data
    for path, value in leaves(data):
        span = written.locate(path)
        lines = [written.line(number) for number in range(span.line, span.end_line + 1)]
        lines[-1] = lines[-1][: span.end_column - 1]
        lines[0] = lines[0][span.column - 1 :]
        assert yaml.load("\n".join(lines), yaml.BaseLoader) == value  # noqa: S506 - it makes texts only
        if isinstance(path[-1], str):
            name = slice_of(written, written.locate(path, key=True))
            assert yaml.load(name, yaml.BaseLoader) == path[-1]  # noqa: S506
