"""The agenda: months and their parts in order, sentences to be read aloud, lines that fit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from support.golden import Golden
from support.plans import REAL, TODAY, run
from support.timeline_views import everything, of_moments, of_plan
from wavectl.render.colours import sgr_code, wave_colours
from wavectl.render.timeline import RenderContext, render_timeline

EXPECTED = Path(__file__).parent / "expected"
EN = RenderContext(("en",))
SGR = re.compile("\x1b\\[[0-9;]*m")


@pytest.mark.parametrize("lang", ["fr", "en", "es"])
def test_the_real_waves(lang: str, golden: Golden) -> None:
    outcome = run("--waves", str(REAL), "--today", TODAY, "--lang", lang, "timeline", "--format", "agenda")
    golden(EXPECTED / f"agenda-{lang}.txt", outcome.out)


def test_moments_of_every_kind(golden: Golden, tmp_path: Path) -> None:
    golden(
        EXPECTED / "agenda-everything.txt",
        render_timeline("agenda", everything(tmp_path), RenderContext(("en",), 72, ascii_only=True)),
    )


def test_a_month_has_its_days_then_what_may_fall_on_any_of_them_then_what_may_fall_later(tmp_path: Path) -> None:
    moments = (
        "id: year, title: Year, when: 2018",
        "id: month, title: Month, when: 2018-01",
        "id: doubt, title: Doubt, when: 2018-01-03?",
        "id: day, title: Day, when: 2018-01-31",
        "id: open, title: Open, when: 2018-01-30/..",
        "id: loose, title: Loose, when: 2018-01/..",
        "id: until, title: Until, when: ../2018-01",
        "id: choice, title: Choice, when: '[2018-01-29,2018-02-02]'",
        "id: stretch, title: Stretch, when: '[2018-01-05..2018-01-20]'",
        "id: none, title: None, when: unknown",
    )
    lines = render_timeline("agenda", of_moments(tmp_path, *moments), EN).splitlines()
    assert lines[lines.index("January 2018") :] == [
        "January 2018",
        "────────────",
        "  • 3 January 2018 (?): Doubt.",
        "  • Between 5 and 20 January 2018: Stretch.",
        "  • 29 January or 2 February 2018: Choice.",
        "  • From 30 January 2018: Open.",
        "  • 31 January 2018: Day.",
        "  • Until January 2018: Until.",
        "  On a day of the month that is not known yet:",
        "  • Month.",
        "  From this month on, on a day that is not known yet:",
        "  • 2018: Year.",
        "  • From January 2018: Loose.",
        "",
        "Without a date",
        "──────────────",
        "  • None.",
    ]


def test_an_open_status_is_written_in_words(tmp_path: Path) -> None:
    moment = "id: a, title: Is it?, when: 2017-09-14, status: postponed, kind: deadline, draft: true, place: Bonn"
    text = render_timeline("agenda", of_moments(tmp_path, moment), EN)
    assert "  • 14 September 2017: Is it?, Bonn.\n    Deadline. Postponed, draft.\n" in text
    assert "Is it?\n" in render_timeline(
        "agenda", of_moments(tmp_path / "b", "id: a, title: Is it?, when: 2017-09-14"), EN
    )


def test_the_waves_are_named_where_several_are_shown(tmp_path: Path) -> None:
    files = {
        "one": "title: T\nperiod: 2017\nmoments:\n  - {id: a, title: A, when: 2017-05, same_as: two/a}\n",
        "two": "title: U\nperiod: 2017\nmoments:\n  - {id: a, title: B, when: 2017-05-02}\n",
    }
    shown = of_plan(tmp_path, files)
    assert "  U; T\n  • 2 May 2017: B.\n" in render_timeline("agenda", shown, EN)
    bars = "".join(f"\x1b[{sgr_code(wave_colours(shown.waves)[wave])}m▌\x1b[0m" for wave in ("two", "one"))
    assert f"  {bars}\x1b[1mU; T\x1b[0m\n" in render_timeline("agenda", shown, RenderContext(("en",), 80, colour=True))
    assert "U" not in render_timeline("agenda", of_plan(tmp_path, files, ["one"]), EN)


def test_moments_of_one_wave_that_follow_one_another_have_one_heading(tmp_path: Path) -> None:
    wave = "title: {}\nperiod: 2017\nmoments:\n" + "".join("  - {{id: m{}, title: M, when: 2017-05-{}}}\n" * 2)
    files = {"one": wave.format("One", 1, "02", 2, "03"), "two": wave.format("Two", 1, "04", 2, "05")}
    lines = render_timeline("agenda", of_plan(tmp_path, files), EN).splitlines()
    days = [f"  • {day} May 2017: M." for day in (2, 3, 4, 5)]
    assert lines[lines.index("May 2017") + 2 :] == ["  One", *days[:2], "  Two", *days[2:]]


def test_a_cancelled_moment_is_struck_out(tmp_path: Path) -> None:
    shown = of_moments(tmp_path, "id: a, title: A, when: 2017-09-14, status: cancelled")
    assert "  • \x1b[9m14 September 2017: A.\x1b[0m" in render_timeline(
        "agenda", shown, RenderContext(("en",), 80, colour=True)
    )


def test_no_moments(tmp_path: Path) -> None:
    text = render_timeline("agenda", of_plan(tmp_path, {"one": "title: T\nstatus: announced\n"}), EN)
    assert text == "  T, announced\nAs of 1 June 2017\n\nno moments\n"


@pytest.mark.parametrize("width", [20, 60, 80, 200])
@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize("lang", ["fr", "es", "ja"])
def test_lines_fit_and_nothing_steers_the_screen(width: int, colour: bool, lang: str, tmp_path: Path) -> None:
    text = render_timeline("agenda", everything(tmp_path), RenderContext((lang,), width, colour))
    assert max(cell_len(SGR.sub("", line)) for line in text.splitlines()) <= min(width, 100)
    assert ("\x1b" in text) is colour
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", SGR.sub("", text))
