"""The timeline as Markdown: one row an entry, read as the table that it is, whatever the texts hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.golden import Golden
from support.plans import REAL, TODAY, run
from support.timeline_views import everything, of_moments, of_plan
from wavectl.render.timeline import RenderContext, render_timeline

EXPECTED = Path(__file__).parent / "expected"
EN = RenderContext(("en",))
CELL = re.compile(r"(?<!\\)\|")


def table(text: str) -> list[list[str]]:
    """Return the cells of a table as a reader of Markdown takes them apart."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in CELL.split(line)[1:-1]] for line in lines]


@pytest.mark.parametrize("lang", ["fr", "es"])
def test_the_real_waves(lang: str, golden: Golden) -> None:
    outcome = run("--waves", str(REAL), "--today", TODAY, "--lang", lang, "timeline", "--format", "markdown")
    golden(EXPECTED / f"markdown-{lang}.md", outcome.raw.decode())


def test_every_row_has_as_many_cells_as_the_heading(tmp_path: Path) -> None:
    shown = everything(tmp_path)
    text = render_timeline("markdown", shown, EN)
    head, rule, *rows = table(text)
    assert head == ["Date", "Moment", "Place", "Wave", "Status"]
    assert rule == ["---"] * 5
    assert [len(row) for row in rows] == [5] * len(shown.entries)
    assert not re.search(r"(?<!\\)<(?!https://)", text.replace("(<https", "(https"))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)


def test_a_row_says_what_an_entry_is(tmp_path: Path) -> None:
    rows = {row[1]: row for row in table(render_timeline("markdown", everything(tmp_path), EN))}
    assert rows["~~Cancelled~~"][0] == "✗ 14–20 March 2018"
    assert rows["~~Cancelled~~"][4] == "cancelled"
    assert rows["Draft"][4] == "draft"
    assert rows["[Deadline](<https://example.org/a?b=(c)&d>)"][0] == "● 30 April 2018"
    assert rows["Shared"][3].startswith("Open wave; 세계의 물결")
    assert rows["Undated"][0] == "? date to be confirmed"


def test_one_wave_is_the_heading_and_empty_columns_are_left_out(tmp_path: Path) -> None:
    head = 'title: "A | B"\nslogan: "It is *ours*!"\nhashtags: ["#A", "#B"]\nperiod: 2017\n'
    text = render_timeline("markdown", of_moments(tmp_path, "id: a, title: A, when: 2017-05", head=head), EN)
    assert text == (
        "## A \\| B\n\n2017 · *It is \\*ours\\*\\!* · \\#A \\#B\n\n"
        "| Date | Moment |\n|---|---|\n| ≈ May 2017 | A |\n\n≈ date not exact\n"
    )


def test_no_moments(tmp_path: Path) -> None:
    text = render_timeline("markdown", of_plan(tmp_path, {"one": "title: T\nstatus: announced\nnotice: Soon\n"}), EN)
    assert text == "## T\n\nannounced · Soon\n\nno moments\n"
