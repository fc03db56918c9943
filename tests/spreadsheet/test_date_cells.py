"""A spreadsheet that makes a day of a month changes nothing; a day that was typed does."""

from __future__ import annotations

from datetime import datetime

import pytest

from wavectl.dates import edtf
from wavectl.spreadsheet.columns import DATE_PARTS
from wavectl.spreadsheet.date_cells import CellDate, month_comes_first, read_date, read_date_cell
from wavectl.spreadsheet.reader import BLANK_CELL, InvalidCell, SheetCell, ShownPrecision


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
        # no program makes a day of these
        ("[2017-11-08,2017-11-15]", day("2017-11-08"), "2017-11-08"),
        ("[2017-11-08,2017-12-01]", SheetCell("01/12/2017"), "2017-12-01"),
        ("../2018-07-20", day("2018-07-20"), "2018-07-20"),
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
def test_an_invalid_date_is_an_error_with_a_hint(text: str) -> None:
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


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-30T20:00/2026-12-31T00:00",
        "30 December 2026, 20:00 - 31 December 2026, 00:00",
        "30 décembre 2026, 20:00 - 31 décembre 2026, 00:00",
        "30 de diciembre de 2026, 20:00 - 31 de diciembre de 2026, 00:00",
    ],
)
def test_a_date_with_hours_keeps_the_midnight_of_its_end(text: str) -> None:
    present = edtf.parse("2026-12-30T20:00/2026-12-31T00:00")
    assert read_date_cell(SheetCell(text), present) == CellDate(present)
    found = read_date_cell(SheetCell(text), None)
    assert isinstance(found, CellDate)
    assert found.when == present


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-12-31 00:00:00", "2026-12-31"),
        ("31/12/2026 00:00:00", "2026-12-31"),
        ("2026-12-31T00:00:00", "2026-12-31"),
        ("2026-12-31T00:00", "2026-12-31T00:00"),
        ("31 December 2026, 00:00", "2026-12-31T00:00"),
    ],
)
def test_only_a_date_and_midnight_is_a_day(text: str, expected: str) -> None:
    found = read_date_cell(SheetCell(text), None)
    assert isinstance(found, CellDate)
    assert found.when.text == expected


@pytest.mark.parametrize(
    ("column", "month_first"),
    [
        (["05/01/2026", "07/13/2026"], True),
        (["05/01/2026", "13/07/2026"], False),
        (["5.1.26", "13.7.26"], False),
        (["05/01/2026", "06/02/2026"], None),
        (["07/13/2026", "13/07/2026"], None),
        (["2026-07-13", "13 July 2026", "07/13/2026 - 07/15/2026"], True),
        (["1/2/2026 10:00", "2/28/2026 10:00"], True),
    ],
)
def test_the_order_of_day_and_month_comes_from_the_whole_column(column: list[str], month_first: bool | None) -> None:
    assert month_comes_first(map(SheetCell, column)) is month_first


@pytest.mark.parametrize(
    ("text", "month_first", "expected", "doubts"),
    [
        ("05/01/2026", True, "2026-05-01", 0),
        ("05/01/2026", False, "2026-01-05", 0),
        ("05/01/2026", None, "2026-01-05", 1),
        ("5/1/26", True, "2026-05-01", 0),
        ("05/01/2026 - 05/03/2026", True, "2026-05-01/2026-05-03", 0),
        ("05/01/2026 18:00", True, "2026-05-01T18:00", 0),
        ("2026-05-01", True, "2026-05-01", 0),
    ],
)
def test_a_numeric_date_is_read_in_the_order_of_its_column(
    text: str, month_first: bool | None, expected: str, doubts: int
) -> None:
    found = read_date_cell(SheetCell(text), None, month_first=month_first)
    assert isinstance(found, CellDate)
    assert (found.when.text, len(found.notes)) == (expected, doubts)


def parts(when: str, **others: str) -> dict[str, SheetCell]:
    cells = dict.fromkeys(DATE_PARTS, BLANK_CELL)
    return cells | {"when": SheetCell(when)} | {field: SheetCell(text) for field, text in others.items()}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (parts("13 July 2026", end="15 July 2026"), "2026-07-13/2026-07-15"),
        (parts("13 juillet 2026", end="15 juillet"), "2026-07-13/2026-07-15"),
        (parts("mai 2026", end="juin 2026"), "2026-05/2026-06"),
        (parts("2026-07-13", end="2026-07-13"), "2026-07-13"),
        (parts("2026-07-13", time="10:00:00 AM", end="2026-07-13", end_time="1:00:00 PM"),
         "2026-07-13T10:00/2026-07-13T13:00"),
        (parts("2026-07-13", time="18h30"), "2026-07-13T18:30"),
        (parts("2026-07-13", time="9"), "2026-07-13T09:00"),
        (parts("2026-07-13", time="18:00-20:00"), "2026-07-13T18:00/2026-07-13T20:00"),
        (parts("2026-07-13", time="TBC"), "2026-07-13"),
        (parts("2026-07-13", time="18:00", end_time="20:00"), "2026-07-13T18:00/2026-07-13T20:00"),
        (parts("2026-12-31", time="22:00", end_time="02:00"), "2026-12-31T22:00/2027-01-01T02:00"),
        (parts("2026-05-01", time="12:00 AM", end="2026-05-03", end_time="12:00 AM", all_day="True"),
         "2026-05-01/2026-05-02"),
        (parts("2026-05-01", end="2026-05-03", all_day="TRUE"), "2026-05-01/2026-05-03"),
        (parts("2026-05-01", time="00:00", end="2026-05-02", end_time="00:00"), "2026-05-01"),
        (parts("2026-05-01", time="00:00", end="2026-05-02", end_time="00:00", all_day="False"),
         "2026-05-01T00:00/2026-05-02T00:00"),
        (parts("2026-05-01T09:00", time="9:00", end="2026-05-01T10:00"), "2026-05-01T09:00/2026-05-01T10:00"),
        (parts("2026-05-01", time="10:00", timezone="UTC+1"), "2026-05-01T10:00+01:00"),
        (parts("2026-05-01", time="10:00", end_time="11:00", timezone="UTC"), "2026-05-01T10:00Z/2026-05-01T11:00Z"),
        (parts("2026-05-01", timezone="WAT"), "2026-05-01"),
    ],
)  # fmt: skip
def test_the_columns_of_one_date_are_joined(cells: dict[str, SheetCell], expected: str) -> None:
    found = read_date(cells, None)
    assert isinstance(found, CellDate), found
    assert found.when.text == expected


def test_a_time_zone_of_its_own_column_is_kept() -> None:
    found = read_date(parts("2026-05-01", time="10:00", timezone="africa/nairobi"), None)
    assert isinstance(found, CellDate)
    assert (found.when.text, found.timezone) == ("2026-05-01T10:00", "Africa/Nairobi")


@pytest.mark.parametrize(
    ("zone", "country", "expected"),
    [
        ("WAT", "NG", "Africa/Lagos"),
        ("wat", "CM", "Africa/Douala"),
        ("EAT", "UG", "Africa/Kampala"),
        ("CST", "US", "America/Chicago"),
        ("CST", "CN", "Asia/Shanghai"),
        ("CST", "MX", "America/Mexico_City"),
        ("CEST", "DE", "Europe/Berlin"),
        ("GET", "GE", "Asia/Tbilisi"),
    ],
)
def test_an_abbreviation_of_one_zone_of_the_country_is_read(zone: str, country: str, expected: str) -> None:
    found = read_date(parts("2026-05-01T10:00", timezone=zone), None, country=country)
    assert isinstance(found, CellDate), found
    assert (found.when.text, found.timezone) == ("2026-05-01T10:00", expected)


@pytest.mark.parametrize(
    ("zone", "country", "choices"),
    [
        ("MST", "US", "America/Denver, America/Phoenix"),
        ("AEST", "AU", "Australia/Sydney, Australia/Brisbane"),
        ("CST", "CA", "America/Winnipeg, America/Regina"),
        ("JST", "BR", "Asia/Tokyo"),
        ("WAT", "UY", "America/Montevideo"),
        ("local time", "KH", "Asia/Phnom_Penh"),
        ("WAT", "", "Africa/Lagos, Africa/Kinshasa"),
    ],
)
def test_an_abbreviation_of_other_zones_names_the_choices_once(zone: str, country: str, choices: str) -> None:
    found = read_date(parts("2026-05-01T10:00", timezone=zone), None, country=country)
    assert isinstance(found, InvalidCell)
    assert f"{found.message} {found.hint}".count(choices) == 1


@pytest.mark.parametrize(
    "cells",
    [
        parts("", end="2026-05-02"),
        parts("", time="10:00"),
        parts("mai 2026", time="10:00"),
        parts("2026-05-03", end="2026-05-01"),
        parts("12-14 mai 2026", end="2026-05-20"),
        parts("2026-05-01", time="10:00", end="2026-05-02"),
        parts("2026-05-01", time="10:00", timezone="WAT"),
        parts("2026-05-01T09:00", time="11:00"),
        parts("2026-05-01", time="soon"),
        parts("2026-05-01", all_day="maybe"),
    ],
)
def test_parts_that_give_no_date_are_an_error(cells: dict[str, SheetCell]) -> None:
    found = read_date(cells, None)
    assert isinstance(found, InvalidCell), found
    assert str(found.hint)
