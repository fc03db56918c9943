"""The report: one page and annexes, in three languages; its figures, and what it leaves out."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from support.golden import Golden
from support.pages import real
from support.plans import SOUND, read_plan
from wavectl.insights.plan_changes import compare_plans
from wavectl.insights.plan_changes.page import PlanDiff
from wavectl.insights.report import build_page, build_report
from wavectl.insights.status import EarlierStatus, count_by_certainty
from wavectl.render.context import RenderContext
from wavectl.render.page import Bars, KeyFigures, PageLine, Section, Table, markdown
from wavectl.timeline.groups import resolve_groups

EXPECTED = Path(__file__).parent / "expected"
TODAY = date(2017, 9, 1)
MOMENTS = (
    SOUND
    + """\
moments:
  - {id: a, title: A, when: 2017-09-14}
  - {id: b, title: B, when: 2017-10}
  - {id: c, title: C, when: 2018-03}
"""
)


@pytest.mark.parametrize("lang", ["fr", "en", "es"])
def test_the_report_as_markdown(lang: str, golden: Golden) -> None:
    golden(EXPECTED / f"report-{lang}.md", real("report", "--format", "markdown", lang=lang, today="2017-09-01"))


def test_the_report_as_a_page(golden: Golden) -> None:
    golden(EXPECTED / "report.html", real("report", today="2017-09-01"))


def front(tmp_path: Path, text: str, **options: object) -> tuple[KeyFigures, Bars, dict[str, Section]]:
    plan = read_plan(tmp_path, {"housing": text})
    facts = build_report(plan, TODAY, **options)  # type: ignore[arg-type]
    page = build_page(facts, RenderContext(("en",)))
    figures, bars = page.lead[1:]
    assert isinstance(figures, KeyFigures)
    assert isinstance(bars, Bars)
    return figures, bars, {section.heading: section for section in page.sections}


def test_the_share_of_firm_dates_and_its_change(tmp_path: Path) -> None:
    before = read_plan(tmp_path / "before", {"housing": MOMENTS.replace("2017-09-14", "2017-09")})
    earlier = EarlierStatus("x", date(2017, 8, 1), count_by_certainty(resolve_groups(before, drafts=True)))
    figures, bars, _ = front(tmp_path, MOMENTS, earlier=earlier)
    assert figures.figures[0][::2] == ("33%", "1 of 3; on 1 August 2017 0%, 0 of 3")
    assert [(bar.label, bar.parts) for bar in bars.bars] == [
        ("All waves", (1, 2)),
        ("All waves, 1 August 2017", (0, 3)),
    ]


def test_the_moments_of_a_period(tmp_path: Path) -> None:
    figures, _, sections = front(tmp_path, MOMENTS, period=(date(2018, 1, 1), date(2018, 3, 1)))
    assert figures.figures[1].value == "1"
    (table,) = sections["Moments: 1 January – 1 March 2018"].blocks
    assert isinstance(table, Table)
    assert [row[2].text for row in table.rows] == ["C"]


def test_a_plan_without_moments_has_a_report(tmp_path: Path) -> None:
    figures, bars, sections = front(tmp_path, SOUND)
    assert [one.value for one in figures.figures] == ["0", "0"]
    assert figures.figures[0].note == "1 September – 31 October 2017"
    assert bars.bars == ()
    assert "Where waves meet" not in sections


def test_the_first_page_is_short(tmp_path: Path) -> None:
    """However many moments there are and however long their titles, it lists a few and cuts them."""
    days = "".join(f"  - {{id: m{n}, title: {'long ' * 99}{n}, when: 2017-09}}\n" for n in range(40))
    _, _, sections = front(tmp_path, SOUND + "moments:\n" + days)
    tables = [block for section in sections.values() if section.level == 2 for block in section.blocks]
    rows = [row for table in tables if isinstance(table, Table) for row in table.rows]
    assert len(rows) < 20
    assert max(len(cell.text) for row in rows for cell in row) <= 90


def test_long_titles_are_cut_after_a_word(tmp_path: Path) -> None:
    day = "  - {id: m, title: An international conference of many cities, when: 2017-09}\n"
    _, _, sections = front(tmp_path, f"{SOUND}moments:\n{day}")
    (table,) = sections["Moments: 1 September – 31 October 2017"].blocks
    assert isinstance(table, Table)
    assert table.rows[0][2].text == "An international conference of many cities"
    _, _, sections = front(tmp_path, f"{SOUND}moments:\n{day.replace('many', 'manymany')}")
    (table,) = sections["Moments: 1 September – 31 October 2017"].blocks
    assert isinstance(table, Table)
    assert table.rows[0][2].text == "An international conference of manymany…"


def test_dates_are_never_cut(tmp_path: Path) -> None:
    long = "2018-09-28T09:00/2018-10-12T18:00"
    after = MOMENTS.replace("2018-03", long)
    _, *rows = changes_on_the_first_page(tmp_path, {"housing": MOMENTS}, {"housing": after})
    assert [row[2] for row in rows] == ["March 2018 → 28 September 2018, 09:00 – 12 October 2018, 18:00"]


def test_figures_say_one_or_several(tmp_path: Path) -> None:
    """One moment is no "Moments", and none of none is not firm."""
    figures, _, sections = front(tmp_path, MOMENTS, period=(date(2018, 1, 1), date(2018, 3, 1)))
    assert [one.label for one in figures.figures[1:]] == ["Moment", "Dates to firm up"]
    assert figures.figures[1].note == "1 January – 1 March 2018; without a firm date"
    figures, _, _ = front(tmp_path, MOMENTS)
    assert figures.figures[1].note == "1 September – 31 October 2017; 1 of them firm"
    days = "  - {id: d, title: D, when: 2017-09-18, repeat: FREQ=WEEKLY;COUNT=2}\n"
    off = "  - {id: e, title: E, when: 2017-09-19, status: cancelled}\n"
    figures, _, sections = front(tmp_path, MOMENTS + days + off)
    assert figures.figures[1].value == "3"
    table, note = sections["Moments: 1 September – 31 October 2017"].blocks
    assert isinstance(table, Table)
    assert (len(table.rows), table.omitted_rows) == (3, 2)
    assert isinstance(note, PageLine)
    assert note.cells[0].text == "A series counts once; what is cancelled or postponed does not count."


def changes_on_the_first_page(tmp_path: Path, before: dict[str, str], after: dict[str, str]) -> list[list[str]]:
    """Return the texts of the lines and rows of what has changed, as the public sees it."""
    plans = [read_plan(tmp_path / name, files) for name, files in (("before", before), ("after", after))]
    diff = PlanDiff(compare_plans(*plans, public=True), "x")
    page = build_page(build_report(plans[1], TODAY, diff=diff), RenderContext(("en",)))
    blocks = next(section for section in page.sections if section.heading.startswith("What has changed")).blocks
    rows = [row for block in blocks for row in (block.rows if isinstance(block, Table) else [])]
    lines = [block.cells for block in blocks if isinstance(block, PageLine)]
    return [[cell.text for cell in row] + [cell.style for cell in row[1:2]] for row in (*lines, *rows)]


def test_what_people_have_to_know_is_first_in_what_has_changed(tmp_path: Path) -> None:
    series = "  - {id: s, title: S, when: 2017-09-04, repeat: FREQ=WEEKLY;COUNT=2}\n"
    gone = "  - {id: x, title: X, when: 2018-09-05}\n"
    before = MOMENTS + series + gone
    after = MOMENTS.replace("title: A,", "title: AA,").replace("title: B,", "title: BB,").replace("2018-03", "2018-04")
    after += series.replace("COUNT=2}", "COUNT=2, except: {2017-09-11: cancelled}}")
    _, *rows = changes_on_the_first_page(tmp_path, {"housing": before}, {"housing": after})
    assert rows == [
        ["S", "cancelled", "11 September 2017: as planned → cancelled", "cancelled"],
        ["C", "moved", "March 2018 → April 2018", "vague"],
        ["X", "removed", "5 September 2018", "firm"],
    ]


@pytest.mark.parametrize("for_site", [True, False])
def test_the_public_report_names_no_ids_and_the_site_no_translations(tmp_path: Path, *, for_site: bool) -> None:
    before, after = MOMENTS, MOMENTS.replace("id: a,", "id: other, was: [a],") + "was: [housing]\n"
    after = after.replace("title: B,", "title: {en: B, fr: BB},")
    plans = [
        read_plan(tmp_path / wave, {wave: text, "programme": "languages: [en, fr]\n"})
        for wave, text in (("housing", before), ("homes", after))
    ]
    for public in (True, False):
        diff = PlanDiff(compare_plans(*plans, public=public), "x")
        report = build_report(plans[1], TODAY, diff=diff, is_public=public, for_site=for_site and public)
        text = markdown.render(build_page(report, RenderContext(("en",))), RenderContext(("en",)))
        assert ("Id of the wave" in text, "another id" in text, "a → other" in text) == (not public,) * 3
        assert ("translated" in text) is not (for_site and public)


def test_a_change_of_the_programme_alone_is_no_change_of_moments(tmp_path: Path) -> None:
    before = {"programme": "name: Waves\n", "housing": MOMENTS}
    after = {**before, "programme": "name: New waves\n"}
    assert changes_on_the_first_page(tmp_path, before, after) == [["No moment has changed."]]


def test_no_command_is_named(tmp_path: Path) -> None:
    """No option either, such as the one that shows all quarters."""
    regions = "regions: {africa: {name: Africa, countries: [TN]}}\n"
    plan = read_plan(tmp_path, {"programme": regions, "housing": MOMENTS.replace("2018-12", "2020-12")})
    sections = build_page(build_report(plan, TODAY), RenderContext(("en",))).sections
    assert "Regions by quarter" in [section.heading for section in sections]
    lines = [line for section in sections for line in section.blocks if isinstance(line, PageLine)]
    assert not [cell.text for line in lines for cell in line.cells if "wavectl" in cell.text or "--" in cell.text]
    assert "wavectl" not in real("report", "--format", "markdown")


def test_the_annexes_are_numbered() -> None:
    text = real("report", "--format", "markdown", today="2017-09-01")
    assert re.findall(r"^### Annex (\d)", text, re.M) == list("1234567")
