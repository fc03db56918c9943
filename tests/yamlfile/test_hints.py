"""Common mistakes in YAML: which part of the line is marked, and how it is fixed."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from support.fuzz import examples
from wavectl.yamlfile import parser
from wavectl.yamlfile.hints import explain_syntax_error, tab_problem
from wavectl.yamlfile.parser import ComposeError, compose, quote_scalar
from wavectl.yamlfile.reader import parse_document

NBSP = "\xa0"
MISTAKES = [
    # the text; the marked part; the fix, None where several are possible
    ("title: Pacte : session\n", "Pacte : session", '"Pacte : session"'),
    ("a:\n  - title: Pacte : b # comment\n", "Pacte : b", '"Pacte : b"'),
    (f"a:\n  fr: Pacte{NBSP}: session\n", f"Pacte{NBSP}: session", f'"Pacte{NBSP}: session"'),
    ("a: {fr: Pacte : session, en: x}\n", "Pacte : session", '"Pacte : session"'),
    ("a: {fr: x, en: Pact : it}\n", "Pact : it", '"Pact : it"'),
    ("a: {fr: 'Journée de l'eau', en: x}\n", "'Journée de l'eau'", '"Journée de l\'eau"'),
    ("a: 'Journée de l'eau'\nb: c\n", "'Journée de l'eau'", '"Journée de l\'eau"'),
    ("a: 'l'eau et l''air'\nb: c\n", "'l'eau et l''air'", "\"l'eau et l'air\""),
    ('a: "Le "droit" d\'eau"\nb: c\n', '"Le "droit" d\'eau"', "'Le \"droit\" d''eau'"),
    ('a: "Le \\"droit\\" d"eau"\n', '"Le \\"droit\\" d"eau"', '\'Le "droit" d"eau\''),
    ('a: "b" c\nd: e\n', '"b" c', "'\"b\" c'"),
    ('a: "#b", "#c"\nd: e\n', '"#b", "#c"', None),
    ("a: @CGLU # x\n", "@CGLU", '"@CGLU"'),
    ("a:\n  - @CGLU\n", "@CGLU", '"@CGLU"'),
    ("a: `b`\n", "`b`", '"`b`"'),
    ("a: %b\n", "%b", '"%b"'),
    ("a: *TBC*\n", "*TBC*", '"*TBC*"'),
    ("a: *tbc\n", "*tbc", None),  # it may be a misspelt reference
    ("a: > 500 villes\n", "> 500 villes", '"> 500 villes"'),
    ("when: ?\n", "?", "unknown"),
    ("a:\n  - {id: b, when: ?}\n", "?", "unknown"),
    ("title: ?\n", "?", '"?"'),
    ("a: “b: c”\n", "“b: c”", '"b: c"'),
    ("a: ‘b: c’\n", "‘b: c’", '"b: c"'),
    ("a: «b: c»\n", "«b: c»", '"«b: c»"'),
    ("a: [#B, #C]\nd: e\n", "[#B, #C]", '["#B", "#C"]'),
    ("a: ['#B', #C ]\nd: e\n", "['#B', #C ]", '["#B", "#C"]'),
    ("aa:b\nc: d\n", ":", ": "),
    ("c: d\naa:b\ne: f\n", ":", ": "),
    ("a:\n  - id:b\n    c: d\n", ":", ": "),
    ("a:\n  • id: b\n    c: d\n", "•", "-"),
    ("a:\n  – id: b\n    c: d\n", "–", "-"),
    (f"a:\n{NBSP}{NBSP}b: c\n  d: e\n", NBSP * 2, "  "),
    (f"a:\n {NBSP}b: c\n  d: e\n", NBSP, " "),
    ("a: b\n  c: d\n", "c: d", None),
    ('a: "b\nc: d\ne: "f"\n', '"', None),
    ('a: "C:\\Users"\n', '"C:\\Users"', "'C:\\Users'"),
    ("a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> x\n", "<<<<<<< HEAD", None),
    ("a:\n  - b: c\n\td: e\n", "\t", None),
    ("a: 'C'est \"b\" c\n", "'C'est \"b\" c", None),
    ('a: "il dit "oui"\n', '"il dit "oui"', None),
    ('a: "b";\nc: d\n', '"b";', '"b"'),
    ("a: {id: b}\nc:\n  - id: b, title: c\n", "b, title: c", None),
    ("hashtags: [#A #B]\n", "[#A #B]", '["#A", "#B"]'),
    ("a: fr: b - en: c\n", "fr: b - en: c", '{fr: "b", en: "c"}'),
    ("when: *TBC*\n", "*TBC*", "unknown"),
    ("when: -\n", "-", "unknown"),
    ("when: *2017-09-14*\n", "*2017-09-14*", "2017-09-14"),
    ("a: ''b''\n", "''b''", '"b"'),
    ('a: "Le "droit" d\n', '"Le "droit" d', None),  # the last mark is missing, or the first is one too many
    ('a: {fr: "b" en: "c"}\n', " ", ", "),
    ('a: {fr: "b"; en: "c"}\n', "; ", ", "),
    ('a: fr: "b", en: c\n', 'fr: "b", en: c', '{fr: "b", en: "c"}'),
    ("a:\n  fr: b, en: c\n", "b, en: c", None),
    ("a:\n  - fr : b : c\n", "b : c", '"b : c"'),  # a French colon, and one language
    ("hashtags: - '#B'\n", "-", None),
    ("a: - b\n", "- b", '"- b"'),
    ("moments: - id: b\n", "-", None),
    ("a: | b\n  c\n", "b", None),  # the text continues below, so the sign is right
    ("url: [b](https://c.org/d)\n", "[b](https://c.org/d)", "https://c.org/d"),
    ("a:\n  1. id: b\n     c: d\n", "1.", None),  # the lines below have to move as well
    ("a:\n  -id: b\n    c: d\n", "-", "- "),
    ("b\nc: d\n", "b", None),
    ("a:\n  - id: b\n  c: d\n", "c: d", None),
    ("a:\n  - id: b\n    c: d\n   e: f\n", "e: f", None),
]


@pytest.mark.parametrize(("text", "marked", "fix"), MISTAKES)
def test_a_mistake_is_marked_and_fixed(text: str, marked: str, fix: str | None) -> None:
    read = parse_document(text.encode(), "a.yaml")
    (finding,) = read.findings
    assert finding.rule == "yaml-syntax"
    assert finding.span is not None
    assert finding.span.line == finding.span.end_line
    assert read.line(finding.span.line)[finding.span.column - 1 : finding.span.end_column - 1] == marked
    assert finding.fix == fix


@pytest.mark.parametrize(("text", "marked", "fix"), MISTAKES)
def test_both_parsers_lead_to_the_same_fix(
    text: str, marked: str, fix: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    problems = []
    for with_libyaml in (True, False):
        monkeypatch.setattr(parser, "HAS_LIBYAML", with_libyaml and parser.HAS_LIBYAML)
        with pytest.raises(ComposeError) as caught:
            compose(text, 1000)
        problems.append(explain_syntax_error(text, caught.value, 1000))
    assert problems[0] == problems[1]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a:\n  - id: b\n  c: d\n", {"count": 4, "key": "id:"}),
        ("a:\n  - id: b\n    c: d\n   e: f\n", {"count": 4, "key": "c:"}),
        ("a:\n  - id: b\n      c: d\n", {"count": 4, "key": "id:"}),
        ("a: b\n  c: d\n", {}),
        ("a:\n  - b\n - c\n", {"count": 2}),
    ],
)
def test_the_hint_for_a_misaligned_line_counts_the_spaces(text: str, values: dict[str, object]) -> None:
    (finding,) = parse_document(text.encode(), "a.yaml").findings
    assert finding.hint is not None
    assert dict(finding.hint.values) == values


def test_a_fix_that_does_not_help_is_dropped() -> None:
    # The colon is inside a text, but quotation marks do not close the bracket of another line.
    finding = parse_document(b"a: [b\nc: d : e\n", "a.yaml").findings[0]
    assert finding.fix is None


def test_lines_are_fixed_one_by_one() -> None:
    """The first of two broken lines is fixed although the file cannot be read then either."""
    finding = parse_document(b"a: b : c\nd: e : f\n", "a.yaml").findings[0]
    assert (finding.span and finding.span.line, finding.fix) == (1, '"b : c"')


@pytest.mark.parametrize(
    ("line", "column", "end", "fix"),
    [
        ("a:\tb", 2, 3, " "),
        ("a: \t b", 3, 5, " "),
        ("a: b\t", 4, 5, ""),
        ("\ta: b", 0, 1, None),
        ("  \ta: b", 2, 3, None),
    ],
)
def test_a_tab_becomes_a_space_where_that_is_certain(line: str, column: int, end: int, fix: str | None) -> None:
    problem = tab_problem(0, line, column)
    assert (problem.column, problem.end, problem.fix) == (column, end, fix)


@given(st.text(alphabet="ab'\"\\:#- \xa0é{}", min_size=1).filter(lambda text: text == text.strip()))
@example('"')
@example("\\'")
def test_a_text_in_quotation_marks_is_that_text(text: str) -> None:
    assert parse_document(f"a: {quote_scalar(text)}\n".encode(), "a.yaml").data == {"a": text}


LINE = st.text(alphabet="ab: '\"[]{}#&*!|>%@`?-,•“”‘’«»\xa0\t\\", max_size=20)


def stop(text: str) -> ComposeError | None:
    """Return the error of a text; None if it is YAML."""
    try:
        compose(text, 1000)
    except ComposeError as error:
        return error
    return None


@given(st.lists(LINE, max_size=6).map("\n".join))
@settings(max_examples=examples(500), deadline=None)
def test_with_a_fix_more_of_any_text_is_read(text: str) -> None:
    error = stop(text)
    problem = explain_syntax_error(text, error, 1000) if error else None
    if error and problem and problem.fix is not None:
        lines = text.split("\n")
        line = lines[problem.line]
        lines[problem.line] = line[: problem.column] + problem.fix + line[problem.end :]
        further = stop("\n".join(lines))
        if further:
            grown = max(len(lines[problem.line]) - len(line), 0) if further.line == problem.line else 0
            assert (further.line, further.column - grown) > (error.line, error.column)


def test_very_long_lines_are_not_examined() -> None:
    findings = parse_document(f"a: {'b : ' * 500_000}\n".encode(), "a.yaml").findings
    assert [(finding.rule, finding.fix) for finding in findings] == [("yaml-syntax", None)]
