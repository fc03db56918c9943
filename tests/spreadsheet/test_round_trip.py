"""The whole way of a sheet, on the real waves and on plans with every form of a date: out, changed, and back."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.plans import REAL, read_plan
from support.spreadsheets import FILES, FORMS, as_csv, as_workbook, cell, edited, imported, of_forms, plan
from wavectl.dates import edtf
from wavectl.diagnostics import msg
from wavectl.i18n.date_format import format_date
from wavectl.model.key_order import wave_keys_at
from wavectl.plan.loader import Plan, load
from wavectl.spreadsheet.matching import add_period
from wavectl.spreadsheet.reader import Problem, SheetRow, SheetTable
from wavectl.spreadsheet.row_changes import place_changes
from wavectl.spreadsheet.rows import build_sheets
from wavectl.spreadsheet.writer import is_info_sheet, readme_lines
from wavectl.yamlfile import patch

LANGUAGES = ("fr", "en", "es")


@lru_cache(maxsize=1)
def real() -> Plan:
    return load(REAL)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_real_waves_come_back_as_they_were(language: str) -> None:
    for data in (as_workbook(real(), language), as_csv(real(), language)):
        changes = imported(real(), data)
        assert (changes.changesets, changes.new_waves, changes.problems) == ({}, {}, [])


def test_all_that_moments_say_has_a_place(tmp_path: Path) -> None:
    """Each text of a moment that is not an id, a date or a word of the format is in a cell as it is."""
    made = build_sheets(real(), list(real().waves), "fr")
    cells = {text for sheet in made for row in sheet.rows for text in row}
    for wave in real().waves.values():
        for moment in wave.moments:
            for text in (moment.title, moment.short, moment.note, moment.place and moment.place.name):
                assert set([text] if isinstance(text, str) else (text or {}).values()) <= cells
            assert not moment.source or moment.source in cells


def test_moments_are_in_order_of_time(tmp_path: Path) -> None:
    (made,) = build_sheets(read_plan(tmp_path, {"dates": of_forms()}), ["dates"], "fr")
    found = [edtf.parse(FORMS[int(row[1][1:])]) for row in made.rows]
    assert found[-1].earliest is None
    assert [one.earliest for one in found[:-1]] == sorted(one.earliest for one in found[:-1] if one.earliest)


def test_the_zone_of_a_moment_has_a_column_where_one_has_its_own(tmp_path: Path) -> None:
    moments = "  - {id: a, title: A, when: 2017-11-08T15:00, timezone: Asia/Seoul}\n  - {id: b, title: B, when: 2017}\n"
    abroad = read_plan(tmp_path, {"w": f"title: T\nperiod: 2017-01/2018-12\nmoments:\n{moments}"})
    data = as_csv(abroad).decode()
    assert ("Fuseau horaire" in data, "Fuseau horaire" in as_csv(real()).decode()) == (True, False)
    assert imported(abroad, data.encode()).changesets == {}


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Asia/Tokyo", {"timezone": "Asia/Tokyo"}),
        ("", {"timezone": None}),
        ("JST", {"timezone": "Asia/Tokyo"}),
        ("Asia/Seoul", {}),
    ],
)
def test_a_zone_is_changed_without_its_date(tmp_path: Path, zone: str, expected: dict[str, object]) -> None:
    moment = "{id: a, title: A, when: 2017-11-08T15:00, timezone: Asia/Seoul, place: {country: JP}}"
    abroad = read_plan(tmp_path, {"w": f"title: T\nperiod: 2017-01/2018-12\nmoments:\n  - {moment}\n"})
    data = as_csv(abroad).decode().replace("Asia/Seoul", zone)
    changes = imported(abroad, data.encode())
    assert not changes.problems
    assert {path[-1]: value for path, value in changes.changesets.get("w", {}).items()} == expected


def test_a_zone_of_a_day_is_left_out_with_a_note(tmp_path: Path) -> None:
    moments = "  - {id: a, title: A, when: 2017-11-08T15:00, timezone: Asia/Seoul}\n  - {id: b, title: B, when: 2017}\n"
    abroad = read_plan(tmp_path, {"w": f"title: T\nperiod: 2017-01/2018-12\nmoments:\n{moments}"})
    rows = list(csv.reader(as_csv(abroad).decode("utf-8-sig").splitlines(), delimiter=";"))
    next(row for row in rows if "b" in row)[rows[0].index("Fuseau horaire")] = "Asia/Tokyo"
    changes = imported(abroad, "\n".join(";".join(row) for row in rows).encode())
    assert changes.changesets == {}
    assert [(problem.is_note, problem.column) for problem in changes.problems] == [(True, "Fuseau horaire")]


def test_columns_are_there_for_the_languages_that_are_in_use(tmp_path: Path) -> None:
    (made, _) = build_sheets(plan(tmp_path), ["housing", "migration"], "en")
    assert [one for one in made.headings if "(fr)" in one or "(en)" in one or "(es)" in one] == [
        "Title (en)", "Place (en)", "Outcome (en)", "Short title (en)", "Title (fr)", "Title (es)",
    ]  # fmt: skip
    (single,) = build_sheets(read_plan(tmp_path / "b", {"a": "title: T\nstatus: announced\n"}), ["a"], "en")
    assert [one for one in single.headings if one.startswith("Title")] == ["Title"]


COLUMNS = ("Titre (fr)", "Titre (es)", "Date", "Note (interne)", "Lieu (fr)", "Adresse web")
EDITS = st.dictionaries(
    st.tuples(st.sampled_from(["forum", "jour", "reunion", "rapport"]), st.sampled_from(COLUMNS)),
    st.integers(1, 999_999),
    max_size=6,
)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, bytes]:
    """Return a plan and its workbook, which all examples edit."""
    before = plan(tmp_path_factory.mktemp("before"))
    return before, as_workbook(before)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS)
def test_edited_cells_change_the_plan_and_nothing_else(
    exported: tuple[Plan, bytes], tmp_path: Path, edits: dict[tuple[str, str], int]
) -> None:
    before, workbook = exported
    dates = [edtf.parse(form) for form in FORMS if edtf.parse(form).is_exact]

    def typed(heading: str, number: int) -> str:
        if heading == "Date":
            return format_date(dates[number % len(dates)], "fr")
        return f"https://example.org/{number}" if heading == "Adresse web" else f"=Texte {number}"

    def change(book: Any) -> None:
        for (id_, heading), number in edits.items():
            one = cell(book, id_, heading)
            one.value = typed(heading, number)
            one.data_type = "s"

    changes = imported(before, edited(workbook, change))
    assert [one for one in changes.problems if not one.is_note] == []
    changeset = changes.changesets.get("housing", {})
    document = before.documents["housing.yaml"]
    after = read_plan(tmp_path / "after", {**FILES, "housing": patch.patch_document(document, changeset, wave_keys_at)})
    old = build_sheets(before, ["housing"], "fr")[0]
    new = build_sheets(after, ["housing"], "fr")[0]
    place = {heading: at for at, heading in enumerate(old.headings)}
    rows = {row[1]: row for row in new.rows}
    found = 0
    for row in old.rows:
        for heading in place.keys() & new.headings:
            text = rows[row[1]][new.headings.index(heading)]
            if (row[1], heading) in edits:
                assert text == typed(heading, edits[row[1], heading])
                found += 1
            elif heading not in ("Date en EDTF (pour information)",):
                assert text == row[place[heading]], (row[1], heading)
    assert found == len(edits)


@pytest.mark.parametrize(
    ("written", "expected", "changes"),
    [
        ("Genève", {"place": "Berne"}, {("p", "place"): "Berne"}),
        ({"fr": "Genève"}, {"place": {"fr": "Berne"}}, {("p", "place"): {"fr": "Berne"}}),
        (
            {"fr": "Genève"},
            {"country": {"country": "CH"}},
            {("p", "place"): {"name": {"fr": "Genève"}, "country": "CH"}},
        ),
        ({"name": "Genève", "country": "CH"}, {"country": {}}, {("p", "place", "country"): None}),
        ({"name": "Genève"}, {"place": None}, {("p", "place", "name"): None}),
        (None, {"country": {"online": True}}, {("p", "place"): {"online": True}}),
        (None, {"place": "Berne", "country": {"country": "CH"}}, {("p", "place"): {"name": "Berne", "country": "CH"}}),
        ("Genève", {"title": "T"}, {}),
    ],
)
def test_a_place_is_changed_in_the_form_it_has(written: Any, expected: Any, changes: Any) -> None:
    assert place_changes(("p",), written, expected) == changes


def test_the_calendar_of_a_new_wave_goes_around_its_moments() -> None:
    moments = [{"when": "2018-03"}, {"when": "unknown"}, {"when": "2017-11-30/.."}, {"when": "2019"}]
    assert add_period({"moments": moments})["period"] == "2017-11/2019-12"
    assert add_period({"moments": [{"when": "unknown"}]})["status"] == "announced"


def test_the_first_sheet_says_what_the_file_is() -> None:
    lines = readme_lines("Plan", edtf.parse("2017-06-01").earliest, "plan.xlsx", "fr")
    assert lines[:2] == ["Plan", "État au 1er juin 2017"]
    assert "wavectl import-sheet plan.xlsx" in lines
    assert any("interne" in line for line in lines)
    assert [is_info_sheet(name) for name in ("Read me", "à lire", "LISTAS", "wavectl", "", "housing")] == [True] * 4 + [
        False
    ] * 2


def test_a_problem_has_its_place() -> None:
    one = Problem(msg("x"), sheet="Feuille", row=3, column="Date")
    assert [str(part) for part in one.location] == ['sheet "Feuille"', "row 3", 'column "Date"']
    assert Problem(msg("x")).location == []
    assert SheetTable("a", [SheetRow(1, [])]).rows[0].number == 1
