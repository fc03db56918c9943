"""Where waves meet and collide, for people: golden screens of all there is, and what is left out is counted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.busy_plan import PLAN
from support.golden import Golden
from support.plans import TODAY, run, write_plan

EXPECTED = Path(__file__).parent / "expected"
SGR = re.compile("\x1b\\[[0-9;]*m")


def shown(waves: Path, *arguments: str, lang: str = "en", width: int | None = None) -> str:
    """Return the page of a plan, on a coloured screen of that width or in a pipe."""
    colour = ("--color", "always") if width else ()
    options = ("--waves", str(waves), "--today", TODAY, "--lang", lang, *colour)
    outcome = run(*options, "converge", *arguments, env={"COLUMNS": str(width)} if width else {})
    assert outcome.code == 0, outcome.err
    return outcome.out


def plain(text: str) -> str:
    """Return a text without colours, and without the spaces that fill its lines."""
    return "".join(f"{line.rstrip()}\n" for line in SGR.sub("", text).splitlines())


@pytest.mark.parametrize("lang", ["en", "fr", "es"])
def test_every_way_to_meet_and_collide(lang: str, golden: Golden, tmp_path: Path) -> None:
    waves = write_plan(tmp_path, PLAN)
    golden(EXPECTED / f"busy-100.{lang}.txt", plain(shown(waves, width=100, lang=lang)))
    golden(EXPECTED / f"busy.{lang}.md", shown(waves, "--format", "markdown", lang=lang))


def test_one_wave_and_the_others(golden: Golden, tmp_path: Path) -> None:
    golden(EXPECTED / "busy-focus.txt", shown(write_plan(tmp_path, PLAN), "migration"))


def test_many_waves_have_a_row_for_each_two_and_tables_end_with_what_is_left_out(tmp_path: Path) -> None:
    more = {name: PLAN["migration"].replace("title: ", f"title: {name} ", 1) for name in ("a", "b", "c")}
    text = shown(write_plan(tmp_path, {**PLAN, **more}), "--limit", "2")
    lines = text.splitlines()
    start = lines.index("Pairs of waves")
    assert lines[start + 1].split("  ")[0] == "Waves"
    assert [line.split("  ")[0] for line in lines[start + 2 : start + 4]] == ["Climate, Housing", "Housing, Migration"]
    assert lines[start + 4].startswith("and ")
    every = shown(tmp_path / "waves", "--limit", "0")
    assert "--limit" not in every
    assert every.count("\n") > text.count("\n")


def test_a_wave_that_collides_with_itself_has_a_row_of_its_own(tmp_path: Path) -> None:
    twice = PLAN["climate"] + "  - {id: also, title: Also, when: 2017-09-15, place: Lyon, actors: [un]}\n"
    lines = shown(write_plan(tmp_path, {**PLAN, "climate": twice})).splitlines()
    start = lines.index("Pairs of waves")
    assert [line.split("  ")[0] for line in lines[start + 2 : start + 4]] == ["Climate, Housing", "Climate"]


def test_a_plan_without_meetings(tmp_path: Path) -> None:
    text = shown(write_plan(tmp_path, {"water": PLAN["water"], "earth": PLAN["water"]}))
    assert text == (
        "Where waves meet and where they clash\nnothing found\nnothing in common with another wave: earth, water\n"
        "\nClashes\nnone\n"
    )


def test_numbers_that_are_not_all_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waves = write_plan(tmp_path, PLAN)
    assert "numbers are minimums" not in shown(waves)
    monkeypatch.setattr("wavectl.insights.convergence.pairs.MAX_PAIRS", 1)
    assert "numbers are minimums" in shown(waves)


def test_what_is_found_but_not_kept_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waves = write_plan(tmp_path, PLAN)
    monkeypatch.setattr("wavectl.insights.convergence.MAX_LISTED", 1)
    lines = shown(waves, "--limit", "0").splitlines()
    start = lines.index("Clashes")
    assert lines[start + 3].startswith("and ")
