"""The status page: what has changed, the order of rows, and which columns there are."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from support.pages import of
from support.plans import write_plan
from support.timelines import wave
from wavectl.insights.status import CertaintyCounts, EarlierStatus, PlanStatus, as_data, build_page, build_status
from wavectl.plan.loader import load
from wavectl.render.context import RenderContext
from wavectl.render.page import Page, PageLine, Table

TODAY = date(2017, 6, 1)
EN = RenderContext(("en",))


def facts_of(home: Path, files: dict[str, str], earlier: EarlierStatus | None = None) -> PlanStatus:
    return build_status(load(write_plan(home, files)), TODAY, earlier=earlier)


def text_of(line: object) -> str:
    assert isinstance(line, PageLine)
    return "".join(cell.text for cell in line.cells)


def table_of(shown: Page, heading: str) -> Table:
    (section,) = [section for section in shown.sections if section.heading == heading]
    assert isinstance(section.blocks[0], Table)
    return section.blocks[0]


FILES = {
    "one": wave("id: a, title: A, when: 2017-09-14", "id: b, title: B, when: 2017-10", "id: c, title: C, when: 2018")
}


@pytest.mark.parametrize(
    ("name", "day", "firm", "english", "french"),
    [
        ("HEAD", date(2017, 5, 1), 0, "1 more than on 1 May 2017", "1 de plus qu'au 1er mai 2017"),
        ("HEAD", date(2017, 5, 1), 1, "as many as on 1 May 2017", "autant qu'au 1er mai 2017"),
        ("HEAD", date(2017, 5, 1), 3, "2 fewer than on 1 May 2017", "2 de moins qu'au 1er mai 2017"),
        ("../copy", None, 0, "1 more than in ../copy", "1 de plus que dans ../copy"),
        ("../copy", None, 1, "as many as in ../copy", "autant que dans ../copy"),
        ("../copy", None, 3, "2 fewer than in ../copy", "2 de moins que dans ../copy"),
    ],
)
def test_the_change_is_one_sentence(
    name: str, day: date | None, firm: int, english: str, french: str, tmp_path: Path
) -> None:
    facts = facts_of(tmp_path, FILES, EarlierStatus(name, day, CertaintyCounts(firm=firm, vague=2)))
    assert text_of(build_page(facts, EN, None).lead[0]) == f"firm: 1 of 3 moments, {english}"
    assert (
        text_of(build_page(facts, RenderContext(("fr",)), None).lead[0]) == f"dates fermes : 1 sur 3 moments, {french}"
    )
    row = table_of(build_page(facts, EN, None), "Moments by wave").rows[0]
    assert row[1].text == ("1" if firm == 1 else f"1 ({1 - firm:+})")
    assert row[5].text == ("3" if firm == 1 else f"3 ({1 - firm:+})")
    since = as_data(facts, EN)["since"]
    assert (since["name"], since["day"], since["change"]["firm"]) == (name, day, 1 - firm)


def test_without_an_earlier_plan_nothing_is_compared(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, FILES)
    assert text_of(build_page(facts, EN, None).lead[0]) == "firm: 1 of 3 moments"
    assert as_data(facts, EN)["since"] is None


def test_postponed_and_cancelled_moments_have_columns_where_there_are_some(tmp_path: Path) -> None:
    heads = [
        column.heading
        for column in table_of(build_page(facts_of(tmp_path, FILES), EN, None), "Moments by wave").columns
    ]
    assert heads == ["Wave", "Firm", "To confirm", "Not exact", "No date", "Total"]
    files = {"one": wave("id: a, title: A, when: 2017-09-14, status: cancelled")}
    heads = [
        column.heading
        for column in table_of(build_page(facts_of(tmp_path, files), EN, None), "Moments by time").columns
    ]
    assert heads == ["", "Firm", "To confirm", "Not exact", "No date", "Total", "Cancelled"]


def test_of_many_waves_and_years_the_past_ones_come_last(tmp_path: Path) -> None:
    """Tables have three rows at most here; the first row of all is not counted among the waves."""
    files = {
        f"wave-{year}": wave(f"id: a, title: A, when: {year}-05-01", period=f"{year}") for year in range(2014, 2020)
    }
    shown = build_page(facts_of(tmp_path, files), EN, 3)
    rows = {
        heading: [row[0].text for row in table_of(shown, heading).rows]
        for heading in ("Moments by wave", "Moments by time", "Texts and findings")
    }
    assert rows == {
        "Moments by wave": ["All waves", "wave-2017", "wave-2018", "wave-2019"],
        "Moments by time": ["1 June 2017 – 31 May 2018", "2017", "2018"],
        "Texts and findings": ["All", "wave-2017", "wave-2018", "wave-2019"],
    }
    assert {
        table_of(shown, heading).omitted_rows for heading in ("Waves", "Moments by wave", "Texts and findings")
    } == {3}
    assert table_of(shown, "Moments by time").omitted_rows == 4


def test_the_legend_explains_the_marks_of_the_waves_that_are_shown(tmp_path: Path) -> None:
    files = {
        "one": wave("id: a, title: A, when: 2017-05-20"),
        "two": wave("id: b, title: B, when: 2017-09-14"),
        "zed": wave("id: c, title: C, when: 2017-10"),
    }
    shown = {limit: build_page(facts_of(tmp_path, files), EN, limit).notes for limit in (1, 2, 3)}
    assert {limit: [text_of(line) for line in lines] for limit, lines in shown.items()} == {
        1: [],
        2: ["● firm"],
        3: ["● firm   ≈ date not exact"],
    }


def test_the_next_moment_has_the_title_that_it_has_this_once(tmp_path: Path) -> None:
    weekly = "id: a, title: W, when: 2017-06-05, repeat: FREQ=WEEKLY;BYDAY=MO, except: {2017-06-05: {title: Once}}"
    facts = facts_of(tmp_path, {"one": wave(weekly)})
    assert [cell.text for cell in table_of(build_page(facts, EN, None), "Waves").rows[0]][3:] == [
        "Once", "5 June 2017", "in 4 days"
    ]  # fmt: skip


def test_a_moment_under_way_and_a_wave_without_a_next_moment(tmp_path: Path) -> None:
    write_plan(
        tmp_path,
        {
            "one": wave("id: a, title: A, short: S, when: 2017-05-20/2017-06-10"),
            "two": wave("id: a, title: B, when: 2017-06-01, status: tentative", period="2017-05/.."),
            "three": wave("id: a, title: C, when: 2017-05-31"),
        },
    )
    text = of(tmp_path, "status")
    assert re.search(r"month 2 of 20 +● +S +20 May – 10 June 2017 +under way\n", text)
    assert re.search(r"^three +█░+ month 2 of 20 +none\n", text, re.MULTILINE)
    assert re.search(r"^two +month 2 +\? +B +1 June 2017 +today\n", text, re.MULTILINE)
    assert text.endswith("● firm   ? to be confirmed\n")
    found = {one["wave"]: one for one in json.loads(of(tmp_path, "status", "--format", "json"))["waves"]}
    assert (found["one"]["next"]["days"], found["three"]["next"], found["two"]["months"]) == (0, None, None)


def test_no_row_says_the_same_twice(tmp_path: Path) -> None:
    """One wave, all in one year: its row and that of the year would repeat the row of the plan."""
    moments = ("id: a, title: A, when: 2017-09-01", "id: b, title: B, when: 2017-03-01")
    write_plan(tmp_path, {"one": wave(*moments, period="2017")})
    lines = of(tmp_path, "status").splitlines()
    assert [line for line in lines if line.startswith(("one ", "2017 "))] == []
    rows = [line for line in lines if line.startswith("All")]
    assert [row.split()[-1] for row in rows] == ["2", "warnings"]
