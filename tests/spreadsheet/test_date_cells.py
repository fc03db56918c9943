"""A spreadsheet that makes a day of a month changes nothing; a day that was typed does."""

from __future__ import annotations

from datetime import datetime

import pytest

from wavectl.dates import edtf
from wavectl.spreadsheet.cell_values import CellDate, read_date_cell
from wavectl.spreadsheet.reader import InvalidCell, SheetCell, ShownPrecision


def day(text: str, shows: ShownPrecision = ShownPrecision.DAY) -> SheetCell:
    return SheetCell(text, datetime.fromisoformat(text), shows)


@pytest.mark.parametrize(
    "cell",
    [
        day("2017-09-01"),
        day("2017-09-01", ShownPrecision.MONTH),
        SheetCell("2017-09-01"),
        SheetCell("01/09/2017"),
        SheetCell("1-Sep-17"),
        SheetCell("01-sept-2017"),
        SheetCell("sept-17"),
        SheetCell("09/2017"),
        SheetCell("2017-09-01 00:00:00"),
        SheetCell("1/9/2017"),
        SheetCell("01.09.2017"),
        SheetCell("sept.-17"),
        SheetCell("09/01/2017"),
        SheetCell("9/1/17"),
        SheetCell("9/1/2017 0:00"),
    ],
)
def test_a_month_stays_a_month(cell: SheetCell) -> None:
    found = read_date_cell(cell, edtf.parse("2017-09"))
    assert isinstance(found, CellDate)
    assert found.when.text == "2017-09"


@pytest.mark.parametrize(
    ("present", "cell"),
    [
        ("2017", day("2017-01-01")), ("2017", day("1905-07-09")), ("2018-21", day("2018-03-01")),
        ("2018-33", SheetCell("01/01/2018")), ("2018-07-05/..", day("2018-07-05")), ("2018-10?", SheetCell("oct-18")),
        ("[2018-07-05..2018-07-20]", SheetCell("05/07/2018")), ("2018-10-05?", day("2018-10-05")),
    ],
)  # fmt: skip
def test_other_vague_dates_stay_too_with_a_note(present: str, cell: SheetCell) -> None:
    found = read_date_cell(cell, edtf.parse(present))
    assert isinstance(found, CellDate)
    assert (found.when.text, len(found.notes)) == (edtf.parse(present).text, 1)
    assert "--accept-dates" in str(found.notes[0])


def test_the_first_of_another_month_is_that_month() -> None:
    found = read_date_cell(day("2017-10-01"), edtf.parse("2017-09"))
    assert isinstance(found, CellDate)
    assert (found.when.text, len(found.notes)) == ("2017-10", 1)
    typed = read_date_cell(SheetCell("1 octobre 2017"), edtf.parse("2017-09"))
    assert typed == CellDate(edtf.parse("2017-10-01"))


@pytest.mark.parametrize("cell", [day("2017-09-01"), SheetCell("01/09/2017"), SheetCell("1-Sep-17")])
def test_accepted_dates_count_as_they_are(cell: SheetCell) -> None:
    found = read_date_cell(cell, edtf.parse("2017-09"), accept_dates=True)
    assert isinstance(found, CellDate)
    assert found.when.text == "2017-09-01"


@pytest.mark.parametrize(
    ("present", "cell", "expected"),
    [
        ("2017-09", day("2017-09-14"), "2017-09-14"),
        ("2017-09", SheetCell("14/09/2017"), "2017-09-14"),
        ("2017-09", SheetCell("14-17 septembre"), "2017-09-14/2017-09-17"),
        ("2017-09", SheetCell("1er septembre 2017"), "2017-09-01"),
        ("2017-09-14", day("2017-10-01"), "2017-10-01"),
        ("2017-09-14", SheetCell("septembre 2017"), "2017-09"),
        ("2017-09-14", day("2017-09-14", ShownPrecision.MONTH), "2017-09-14"),
        ("2017-09-14", day("2017-09-20", ShownPrecision.MONTH), "2017-09"),
        ("2017-09-12", SheetCell("09/12/2017"), "2017-09-12"),
        ("2017-09-12", SheetCell("10/12/2017"), "2017-12-10"),
        ("unknown", day("2017-09-01"), "2017-09-01"),
        ("2017-09", SheetCell("TBD"), "unknown"),
    ],
)
def test_a_typed_date_is_taken(present: str, cell: SheetCell, expected: str) -> None:
    found = read_date_cell(cell, edtf.parse(present))
    assert isinstance(found, CellDate)
    assert found.when.text == expected


def test_a_date_cell_of_a_new_moment_says_what_it_shows() -> None:
    for shows, expected in (
        (ShownPrecision.DAY, "2017-09-01"),
        (ShownPrecision.MONTH, "2017-09"),
        (ShownPrecision.YEAR, "2017"),
    ):
        found = read_date_cell(day("2017-09-01", shows), None)
        assert isinstance(found, CellDate)
        assert (found.when.text, len(found.notes)) == (expected, shows is not ShownPrecision.DAY)
    clock = read_date_cell(day("2017-09-01T15:30", ShownPrecision.TIME), None)
    assert isinstance(clock, CellDate)
    assert clock.when.text == "2017-09-01T15:30"


def test_a_year_that_is_left_out_comes_from_the_date_that_is_there() -> None:
    found = read_date_cell(SheetCell("3 juin"), edtf.parse("2018-05"), year=2011)
    assert isinstance(found, CellDate)
    assert found.when.text == "2018-06-03"
    assert "2018" in str(found.notes[0])
    new = read_date_cell(SheetCell("3 juin"), None, year=2011)
    assert isinstance(new, CellDate)
    assert new.when.text == "2011-06-03"


@pytest.mark.parametrize("text", ["3 juin", "le jour où", "2017-02-30", "reporté", "43000", "x" * 5000])
def test_what_is_no_date_is_a_fault_with_a_cure(text: str) -> None:
    found = read_date_cell(SheetCell(text), None)
    assert isinstance(found, InvalidCell)
    assert str(found.message)
    assert str(found.hint)


def test_a_date_cell_outside_the_calendar_is_a_fault() -> None:
    assert isinstance(read_date_cell(SheetCell("1066-10-14", datetime(1066, 10, 14)), None), InvalidCell)  # noqa: DTZ001


def test_a_postponed_date_is_a_matter_of_the_status_column() -> None:
    found = read_date_cell(SheetCell("reporté"), edtf.parse("2017-09"))
    assert isinstance(found, InvalidCell)
    assert found.hint.values == {}
    assert "status" in str(found.hint)
