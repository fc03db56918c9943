"""Rows belong to the wave that they name, or to the one that their sheet or file goes by."""

from __future__ import annotations

from dataclasses import replace

import pytest

from support.plans import REAL
from wavectl.dates import edtf
from wavectl.plan.loader import load
from wavectl.spreadsheet.matching import find_wave, infer_wave, single_year, wave_of_row

PLAN = load(REAL)


@pytest.mark.parametrize(
    ("name", "wave"),
    [
        ("housing", "housing"),
        ("Migration", "migration"),
        ("Le droit au logement", "housing"),
        ("Water", None),
        ("", None),
    ],
)
def test_a_wave_goes_by_its_id_and_its_titles(name: str, wave: str | None) -> None:
    assert find_wave(PLAN, name) == wave


@pytest.mark.parametrize(
    ("stated", "names", "wave"),
    [
        (["", "?", "migration", "housing"], ["housing", "plan"], "migration"),
        ([], ["Feuil1", "housing"], "housing"),
        ([], ["Le droit au logement"], "housing"),
        ([], ["Water is a right", "housing"], "water-is-right"),
        ([], ["Sheet1", "export"], None),
    ],
)
def test_rows_without_a_wave_get_that_of_the_sheet(stated: list[str], names: list[str], wave: str | None) -> None:
    assert infer_wave(PLAN, stated, names) == wave


@pytest.mark.parametrize(
    ("stated", "of_sheet", "wave"),
    [
        (" ", "housing", "housing"),
        ("migration", "housing", "migration"),
        ("water", "housing", None),
        ("Water", "water", "water"),
    ],
)
def test_a_row_may_name_another_wave_than_its_sheet(stated: str, of_sheet: str, wave: str | None) -> None:
    assert wave_of_row(PLAN, stated, of_sheet) == wave


def test_a_title_that_is_too_long_for_a_sheet_is_a_name_too() -> None:
    title = "A right to the city for all who live in it"
    one = PLAN.waves["housing"].model_copy(update={"title": title})
    plan = replace(PLAN, waves={"housing": one})
    assert find_wave(plan, title) == find_wave(plan, title[:31]) == "housing"


def test_the_year_of_a_calendar_within_one_year() -> None:
    assert single_year(PLAN, "housing") is None
    assert single_year(PLAN, "water") is None
    one = PLAN.waves["housing"].model_copy(update={"period": edtf.parse("2018-02/2018-11")})
    assert single_year(replace(PLAN, waves={"housing": one}), "housing") == 2018
