"""Plans for the tests of spreadsheets, and functions that export, edit and import them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from support.plans import read_plan
from wavectl.dates.edtf import parse
from wavectl.plan.loader import Plan
from wavectl.spreadsheet.changes import ImportOptions, SheetChanges, compare
from wavectl.spreadsheet.reader import read_tables
from wavectl.spreadsheet.rows import build_sheets
from wavectl.spreadsheet.writer import WorkbookInfo, csv_bytes, workbook_bytes

_FORMS = """
    2017-11-02 2017-11-01 2017-11-02/2017-11-03 2017-09-30/2017-10-01 2017-12-30/2018-01-02 2018-02/2018-07
    2018-11/2019-02 2017/2018 2018-03 2018 2018-21 2018-22 2018-23 2018-24 2018-33 2018-34 2018-35 2018-36 2018-40
    2018-41 2018-34/2018-35 2018-07-XX 2018-XX [2018-07-05..2018-07-20] [2018-07-05..2018-08-20]
    [2017-12-05..2018-08-20] [2018-01..2018-06] [2018..2019] 2018-07-05/.. 2018-07/.. 2018/.. 2018-10? 2018-10~ 2018-10%
    2018-10-05? 2018-10-05~ 2018? 2018~ 2018-21~ 2018-10?/2018-12 2018-10/2018-12~ 2018-10-05/2018-10-06?
    2017-11-08T15:00 2017-11-08T15:00/2017-11-08T16:30 2017-11-08T15:00/2017-11-09T02:00 2017-11-08T15:00Z
    2017-11-08T15:00:30 2017-11-08T15:00+02:00/2017-11-08T16:30+02:00 2017-11-08T15:00? unknown
    [2017-11-08,2017-11-15] [2017-11-08,2018-01-03] [2018-01..2018-06-05] ../2018-07-20 ../2018-07 ../2018-07-20T18:00
    2018-25 2018-29 2018-32 2018-37 2018-37/2018-38
"""
FORMS = _FORMS.split()
"""Every form of an EDTF date."""

PROGRAMME = """\
name: {fr: Programme, en: Programme}
languages: [fr, en, es]
uid_domain: waves.example
priorities:
  advocacy: {fr: Plaidoyer, en: Advocacy}
  learning: {fr: Apprentissage, en: Learning}
actors:
  gwangju: {name: {fr: Ville de Gwangju, en: City of Gwangju}, short: Gwangju, kind: member, country: KR}
  cisdpdh: {name: "Commission Inclusion sociale, démocratie participative", short: CISDPDH, kind: committee}
"""
HOUSING = """\
title: {fr: Le droit au logement, en: The right to housing}
period: 2017-01/2019-12
moments:
  - id: forum
    title: {fr: Forum mondial, en: World forum}
    when: 2017-09
    place: {name: Gwangju, country: KR}
    actors: [gwangju]
    note: "à suivre"
  - id: jour
    title: "Journée"
    kind: observance
    when: 2017-12-10
    repeat: yearly
    place: {scope: worldwide}
  - id: reunion
    title: {fr: Réunion, en: Meeting}
    when: 2018-10?
    place: Genève
    owner: gwangju
    confirm_by: 2018-03-01
    url: https://example.org/a
    priorities: [learning, advocacy]
    draft: true
  - id: rapport
    title: {fr: Rapport}
    when: 2018-03-05
    status: tentative
    source: {when: "mars 2018"}
"""
MIGRATION = """\
title: {fr: Migrations, en: Migration}
period: 2017-01/2018-12
moments:
  - id: forum
    title: {fr: 7e Forum, en: 7th Forum}
    same_as: housing/forum
"""
FILES = {"programme": PROGRAMME, "housing": HOUSING, "migration": MIGRATION}


def plan(home: Path, files: Mapping[str, str] = FILES) -> Plan:
    return read_plan(home, files)


def of_forms(forms: Iterable[str] = FORMS) -> str:
    """Return a wave with a moment for each form of a date."""
    moments = "".join(
        f'  - {{id: m{number}, title: "Moment {number}", when: "{form}"}}\n' for number, form in enumerate(forms)
    )
    assert all(parse(form) for form in forms)
    return f"title: Dates\nperiod: 2017/2019\nmoments:\n{moments}"


def as_workbook(of: Plan, language: str = "fr") -> bytes:
    sheets = build_sheets(of, list(of.waves), language)
    titles = {
        wave: str(one.title["fr"] if isinstance(one.title, dict) else one.title) for wave, one in of.waves.items()
    }
    return workbook_bytes(sheets, WorkbookInfo(titles, ["Plan"], None, language))


def as_csv(of: Plan, language: str = "fr") -> bytes:
    return csv_bytes(build_sheets(of, list(of.waves), language), language)


def imported(of: Plan, data: bytes, language: str = "fr", **options: Any) -> SheetChanges:
    """Return what a file changes of a plan."""
    return compare(
        of, read_tables(data, 4), ImportOptions(**{"name": "plan", "language": language, "heading_map": {}, **options})
    )


def edited(data: bytes, change: Callable[[Workbook], None]) -> bytes:
    """Return a workbook after a change."""
    book = load_workbook(BytesIO(data))
    change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def cell(book: Workbook, id_: str, heading: str, sheet: int = 1) -> Any:
    """Return the cell of a moment under a heading."""
    page = book.worksheets[sheet]
    column = next(one.column for one in page[1] if one.value == heading)
    ids = next(one.column for one in page[1] if one.value in ("Identifiant", "Id", "Identificador"))
    row = next(row for row in range(2, page.max_row + 1) if page.cell(row, ids).value == id_)
    return page.cell(row, column)


def handmade_workbook(*rows: Sequence[Any], title: str = "Agenda climat", formats: Mapping[str, str] = {}) -> bytes:
    """Return a workbook that was not exported by wavectl."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = title
    for row in rows:
        page.append(list(row))
    for place, form in formats.items():
        page[place].number_format = form
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def sentences(changes: SheetChanges, *, notes: bool = False) -> list[str]:
    """Return the errors (or notes) of a sheet as sentences with their locations."""
    return [", ".join(map(str, (*one.location, one.message))) for one in changes.problems if one.is_note == notes]
