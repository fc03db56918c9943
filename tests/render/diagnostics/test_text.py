"""The report for people: the marker is under the value, whatever the characters and the width of the screen."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from rich.cells import cell_len

from support.golden import Golden
from support.sample_findings import ERROR, INFO, WARNING, diagnostic
from wavectl.diagnostics import Diagnostic, Span, Summary, msg
from wavectl.render.context import RenderContext
from wavectl.render.diagnostics.text import render

EN = RenderContext(("en",))

EXPECTED = Path(__file__).parent / "expected"
NONE = Summary(1, 0, 0, 0, 0)
LONG = (
    "  - {id: forum, title: Forum mondial des villes pour les droits humains, when: soon, place: Gwangju, kind: event}"
)
SAMPLES = [
    diagnostic("    when: soon  # perhaps", "soon", hint=msg("write {date}", date="2017-09")),
    diagnostic("한국어: {날짜: 곧, when: soon}", "soon", line=12),
    diagnostic('\ttitle:\t"soon"', '"soon"', severity=WARNING, rule="missing-slogan"),
    diagnostic("  عربي: soon 👩‍🚀", "soon", severity=INFO, rule="stale-date", line=1234),
    diagnostic(
        LONG, "soon", hint=msg("write a day, a month or a year, such as 2017-09-14, 2017-09 or 2017, or unknown")
    ),
    diagnostic(f"x: {'ab ' * 100}when: soon {'cd ' * 100}", "soon"),
    diagnostic(f"x: {'한국 ' * 40}when: {'어말' * 60}", "어말" * 60),
    diagnostic("    when:"),
    diagnostic("title: \x1b[31mred\x9b \u202eturned [red]", "red"),
]


@pytest.mark.parametrize("width", [0, 40, 60, 80, 200])
def test_the_report_at_each_width(width: int, golden: Golden) -> None:
    golden(EXPECTED / f"width-{width or 'none'}.txt", render(SAMPLES, Summary(3, 7, 1, 1, 2), EN._replace(width=width)))


def test_the_report_in_colour(golden: Golden) -> None:
    golden(EXPECTED / "colour.txt", render(SAMPLES[:4], Summary(3, 2, 1, 1, 0), EN._replace(width=80, colour=True)))


def test_the_report_with_hyperlinks(golden: Golden) -> None:
    style = RenderContext(("en",), width=60, colour=True, base_folder=Path("/2017, été"))
    samples = [SAMPLES[0], SAMPLES[3], diagnostic("when: soon", "soon", file="waves/un été; 100%.yaml")]
    golden(EXPECTED / "links.txt", render(samples, Summary(2, 2, 0, 1, 0), style))


@pytest.mark.parametrize("width", [0, 30, 80])
def test_a_hyperlink_takes_no_room(width: int) -> None:
    plain = render(SAMPLES, NONE, EN._replace(width=width))
    linked = render(SAMPLES, NONE, RenderContext(("en",), width=width, base_folder=Path("/2017")))
    assert linked.count("\x1b]8;;file:///2017/waves/housing.yaml\x1b\\waves/housing.yaml:") == len(SAMPLES)
    assert re.sub(r"\x1b\]8;;[^\x1b]*\x1b\\", "", linked) == plain


def excerpt_lines(found: Diagnostic, width: int) -> list[str]:
    """Return the line of the file and the marker below it, which follow the line of the place."""
    lines = render([found], NONE, EN._replace(width=width)).splitlines()
    place = next(number for number, line in enumerate(lines) if "-->" in line)
    return lines[place + 1 : place + 3]


@pytest.mark.parametrize("width", [0, 30, 40, 60, 80, 200])
@pytest.mark.parametrize("found", SAMPLES[:6], ids=range(6))
def test_the_marker_is_under_the_value(found: Diagnostic, width: int) -> None:
    value = found.source_line[found.span.column - 1 : found.span.end_column - 1]
    excerpt, marker = (line.partition("|")[2] for line in excerpt_lines(found, width))
    before = cell_len(marker[: marker.index("^")])
    shown = next(excerpt[at:] for at in range(len(excerpt) + 1) if cell_len(excerpt[:at]) == before)
    assert shown.startswith(value)
    assert marker.count("^") == cell_len(value)


@pytest.mark.parametrize("width", [30, 40, 60, 80, 200])
@pytest.mark.parametrize("found", SAMPLES, ids=range(len(SAMPLES)))
def test_an_excerpt_and_its_marker_fit_the_screen(found: Diagnostic, width: int) -> None:
    excerpt, marker = excerpt_lines(found, width)
    assert marker.strip(" |").startswith("^")
    assert max(map(cell_len, (excerpt, marker))) <= width


def test_a_value_over_several_lines_is_marked_to_the_end_of_the_first() -> None:
    found = diagnostic("title: [one,", "[one,")._replace(span=Span(7, 8, 9, 3))
    assert render([found], NONE, EN).splitlines()[2:4] == ["7 | title: [one,", "  |        ^^^^^"]


def test_a_line_of_which_there_is_nothing_to_show_is_left_out() -> None:
    for source in ("", "   "):
        text = render([diagnostic(source, line=1)], NONE, EN)
        assert "|" not in text
        assert "waves/housing.yaml:1:" in text


@pytest.mark.parametrize("text", [render(SAMPLES, NONE, EN), render(SAMPLES, NONE, EN._replace(width=60))])
def test_no_plan_steers_the_terminal(text: str) -> None:
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
    assert "[red]" in text


def test_a_very_long_line_costs_no_time() -> None:
    source = f"title: {'été ' * 250_000}soon {'한' * 250_000}"
    found = diagnostic(source, "soon")
    began = time.process_time()
    texts = [render([found] * 20, NONE, EN._replace(width=width)) for width in (0, 80)]
    assert time.process_time() - began < 1
    assert max(map(len, texts)) < 20 * 800


def test_messages_and_hints_are_translated_and_their_values_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    words = {
        "error": "erreur",
        "hint": "conseil",
        "{date} is not a date": "{date} n’est pas une date",
        "write {date}": "écrire {date}",
        "1 file": "1 fichier",
        "1 error": "1 erreur",
    }
    monkeypatch.setattr("wavectl.render.context.translator", lambda _: lambda phrase: words.get(phrase, phrase))
    text = render(SAMPLES[:1], Summary(1, 1, 0, 0, 0), RenderContext(("fr",)))
    assert text == (
        'erreur[invalid-date]: "soon" n’est pas une date\n'
        " --> waves/housing.yaml:7:11\n"
        "7 |     when: soon  # perhaps\n"
        "  |           ^^^^\n"
        "  = conseil: écrire 2017-09\n"
        "\n"
        "1 fichier: 1 erreur\n"
    )


def test_errors_warnings_and_notes_differ() -> None:
    found = [diagnostic("when: soon", "soon", severity=severity) for severity in (ERROR, WARNING, INFO)]
    heads = [line for line in render(found, NONE, EN).splitlines() if "not a date" in line]
    assert [head.partition("[")[0] for head in heads] == ["error", "warning", "note"]
