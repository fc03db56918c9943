"""The timeline for spreadsheets: the columns of the JSON view, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.timeline_views import KEYS, PLAN, of_moments, of_plan
from wavectl.render.timeline import RenderContext, render_timeline
from wavectl.render.timeline.csv import COLUMNS, csv_cell

FR = RenderContext(("fr",))


def test_the_columns_are_those_of_the_json_view(tmp_path: Path) -> None:
    shown = of_plan(tmp_path, PLAN)
    (entry,) = json.loads(render_timeline("json", shown, FR))["entries"]
    assert list(COLUMNS) == list(entry)
    assert list(COLUMNS[: len(KEYS)]) == KEYS


def test_a_row_says_what_an_entry_says(tmp_path: Path) -> None:
    text = render_timeline("csv", of_plan(tmp_path, PLAN, ["housing"]), FR)
    assert text == (
        "wave,id,kind,title,when,stated,text,earliest,latest,precision,exact,firm,repeat,starts_at,ends_at,timezone,"
        "status,place,country,online,regions,priorities,actors,url,also_in,draft\r\n"
        "housing,gwangju-forum,event,7e Forum,2017-09-14/2017-09-17,2017-09,14–17 septembre 2017,2017-09-14,2017-09-17,"
        "day,true,true,,,,,confirmed,Gwangju,KR,false,asia-pacific,learning,gwangju,,migration/gwangju-forum,false\r\n"
    )


def test_lists_are_joined_and_texts_are_quoted_where_they_have_to_be(tmp_path: Path) -> None:
    text = render_timeline(
        "csv",
        of_moments(tmp_path, 'id: a, title: "A, \\"B\\" C; été", when: 2017-11, priorities: [learning, advocacy]'),
        FR,
    )
    assert '"A, ""B"" C; été"' in text
    (row,) = csv.DictReader(StringIO(text, newline=""))
    assert (row["title"], row["priorities"]) == ('A, "B" C; été', "advocacy learning")


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u00a0=1", "\u3000=1", "\u200b=1",
        "\ufeff=1", "\u202e=1", "＝1", "＋1", "－1", "＠a", "﹦1", "﹢1", "﹣1", "﹫a", "\xad=1",
    ],
)  # fmt: skip
def test_no_cell_is_a_formula(text: str) -> None:
    assert csv_cell(text).startswith("'")
    assert csv_cell(text)[1:] == text.replace("\r", " ").replace("\t", " ")


@pytest.mark.parametrize(
    "text", ["2017-09", "unknown", "a=b", "1-2", "'quoted", "", "[2018-01..2018-06]", "été", "#Housing"]
)
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert csv_cell(text) == text


@pytest.mark.parametrize(
    ("value", "shown"), [(None, ""), (True, "true"), (False, "false"), ([], ""), (["a", "b"], "a b")]
)
def test_what_is_no_text(value: object, shown: str) -> None:
    assert csv_cell(value) == shown


def test_control_characters_do_not_reach_a_terminal() -> None:
    assert csv_cell("a\x1b[31m\x9bb\tc\rd\x7f\ne") == "a\ufffd[31m\ufffdb c d\ufffd\ne"


@given(text=st.text())
def test_a_cell_never_opens_like_a_formula(text: str) -> None:
    shown = csv_cell(text)
    assert shown.lstrip()[:1] not in ("=", "+", "-", "@", "\t", "\r")
    written = StringIO(newline="")
    csv.writer(written).writerow([shown])
    assert next(csv.reader(StringIO(written.getvalue(), newline="")), [""]) == ([shown] if shown else [""])


def test_a_moment_cannot_bring_a_formula_along(tmp_path: Path) -> None:
    moments = of_moments(tmp_path, 'id: a, title: "=cmd()", when: 2017-11, place: {name: "@x"}')
    (row,) = csv.DictReader(StringIO(render_timeline("csv", moments, FR), newline=""))
    assert (row["title"], row["place"]) == ("'=cmd()", "'@x")
