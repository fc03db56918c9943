"""The annotations of GitHub Actions, read back the way its runner reads them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from support.golden import Golden
from support.sample_findings import ERROR, INFO, WARNING, diagnostic
from wavectl.diagnostics import Diagnostic, Severity, Span, Summary, msg
from wavectl.render.context import RenderContext
from wavectl.render.diagnostics.github import render

EN = RenderContext(("en",))

EXPECTED = Path(__file__).parent / "expected"
NONE = Summary(1, 0, 0, 0, 0)


class Command(NamedTuple):
    """A workflow command as the runner understands it."""

    name: str
    properties: dict[str, str]
    data: str


def understood(line: str) -> Command | None:
    """Return the command of a line of a log: ``::name key=value,key=value::data``; None where the line is none."""
    found = re.match(r"\s*::(\w[\w-]*)(?: (.*?))?::(.*)$", line)
    if not found:
        assert "##[" not in line, "an older form of a command, which the runner finds anywhere in a line"
        return None
    pairs = (pair.split("=", 1) for pair in (found[2] or "").split(",") if pair)
    return Command(found[1], {name: unescaped(value, "\r\n:,%") for name, value in pairs}, unescaped(found[3], "\r\n%"))


def unescaped(text: str, signs: str) -> str:
    for sign in signs:
        text = text.replace(f"%{ord(sign):02X}", sign)
    return text


def commands(found: list[Diagnostic], style: RenderContext | None = None) -> list[Command | None]:
    return [understood(line) for line in render(found, NONE, style or EN).splitlines()]


def test_the_report(golden: Golden) -> None:
    found = [
        diagnostic("title: x", "x", severity=WARNING, rule="missing-slogan", message=msg("the wave has no slogan")),
        diagnostic("when: soon", "soon", severity=INFO, rule="stale-date", line=3),
        diagnostic("    when: soon", "soon", hint=msg("write {date}", date="2017-09"), file="waves/100%, a:b.yaml"),
        diagnostic("title: [one,", "[one,")._replace(span=Span(7, 8, 9, 3)),
    ]
    golden(EXPECTED / "github.txt", render(found, Summary(3, 2, 1, 1, 2), EN._replace(width=40, colour=False)))


def test_an_annotation_names_the_place_and_says_what_to_do() -> None:
    (command, closing) = commands([diagnostic("    when: soon", "soon", hint=msg("write {date}", date="2017-09"))])
    place = {"line": "7", "col": "11", "endLine": "7", "endColumn": "15"}
    expected = {"file": "waves/housing.yaml", **place, "title": "invalid-date"}
    assert command == Command("error", expected, '"soon" is not a date — write 2017-09')
    assert closing is None


def test_a_value_over_several_lines_is_shown_where_it_starts() -> None:
    command, _ = commands([diagnostic("title: [one,", "[one,")._replace(span=Span(7, 8, 9, 3))])
    assert command is not None
    assert command.properties == {"file": "waves/housing.yaml", "line": "7", "col": "8", "title": "invalid-date"}


HOSTILE = [
    "\n::error::stolen",
    "\r\n::add-mask::x",
    "::stop-commands::x",
    "x::error file=y::z",
    "##[error]stolen",
    "%0A::error::stolen",
    "100% %25 %0D",
    "a,line=1,b:c",
    "\u2028::error::x\u0085::warning::y\x0b::debug::z",
    "\x1b[31mred\x9b\u202e",
]


def shown(text: str) -> str:
    return re.sub("[\x1b\x9b\u202e]+", "\ufffd", re.sub(r"\s+", " ", text))


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_plan_starts_another_command(text: str) -> None:
    found = diagnostic("a: b", "b", message=msg("{value}", value=text), hint=msg("{value}", value=text), file=text)
    written = render([found], NONE, EN)
    assert written.count("\n") == len(written.splitlines()) == 2
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]", written)
    command, closing = map(understood, written.splitlines())
    assert closing is None
    assert command is not None
    assert (command.name, command.data) == ("error", shown(f"{text} — {text}"))
    assert command.properties["file"] == shown(text)
    assert list(command.properties) == ["file", "line", "col", "endLine", "endColumn", "title"]


def test_a_name_that_is_no_text_can_be_written() -> None:
    written = render([diagnostic("a: b", "b", file="waves/\udcff.yaml")], NONE, EN).encode("utf-8")
    assert written.startswith(b"::error file=waves/?.yaml,")


def test_errors_come_first_and_the_order_of_places_stays() -> None:
    weights = (INFO, ERROR, WARNING, ERROR, INFO, WARNING)
    found = [diagnostic("a: b", "b", severity=weight, line=line) for line, weight in enumerate(weights, 1)]
    listed = [(one.name, one.properties["line"]) for one in commands(found) if one]
    assert listed == [
        ("error", "2"), ("error", "4"), ("warning", "3"), ("warning", "6"), ("notice", "1"), ("notice", "5"),
    ]  # fmt: skip


def closing(number: int, language: str = "en", severity: Severity = ERROR) -> str:
    found = [diagnostic("a: b", "b", severity=severity)] * number + [diagnostic("a: b", "b", severity=WARNING)] * 10
    text = render(found, Summary(4, number, 10, 0, 0), RenderContext((language,)))
    assert len(text.splitlines()) == len(found) + 1
    return text.splitlines()[-1]


def test_the_last_line_counts_all_and_what_github_leaves_out() -> None:
    assert closing(10) == "4 files: 10 errors, 10 warnings"
    assert closing(13) == "4 files: 13 errors, 10 warnings; not shown by GitHub, but in this log: 3"
    assert closing(13, "fr").endswith("; non montrés par GitHub, mais dans ce journal : 3")


def test_nothing_found_is_one_line() -> None:
    assert render([], NONE, EN) == "1 file: no problems found\n"
