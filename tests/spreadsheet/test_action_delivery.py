"""Deliveries of actions: their headings, cells and contact data, read into rows by column of the register."""

from __future__ import annotations

import pytest

from support.deliveries import as_csv, as_workbook, delivery, write_wave
from wavectl.actions.sources import Source
from wavectl.plan.loader import Plan, load
from wavectl.spreadsheet.action_columns import ACTION_FIELDS, ACTION_HEADINGS
from wavectl.spreadsheet.action_delivery import ReadDelivery, read_delivery
from wavectl.spreadsheet.columns import SheetColumn, column_for_heading
from wavectl.spreadsheet.reader import SheetError, read_tables
from wavectl.text.suggest import normalize_name

pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return load(write_wave(tmp_path_factory.mktemp("plan")))


def read(plan: Plan, data: bytes, source: Source | None = None, **columns: str) -> ReadDelivery:
    tables = read_tables(data, 4, ACTION_HEADINGS)
    heading_map = {normalize_name(heading): column for heading, column in columns.items()}
    return read_delivery(plan, "housing", tables, source or Source(), heading_map)


def cells(plan: Plan, source: Source | None = None, **row: str) -> dict[str, str]:
    """Return the cells of one row, given by heading."""
    return dict(read(plan, as_csv([{"Title": "A day", "Organiser": "Tunis", **row}]), source).rows[0].cells)


@pytest.mark.parametrize(
    ("headings", "column"),
    [
        ("Title; Titre; Título; Event name; event_name; Nom de l'action; Intitulé; Nombre de la actividad", "title"),
        ("Date; Fecha; Quand; event_date; Date de l'événement; Fecha del evento; Start date; DTSTART", "when"),
        ("End date; Date de fin; Fecha de fin", "end"),
        ("Start time; event_time; Heure de début; Hora de inicio", "time"),
        ("Place; Lieu; Lugar; City; Ville; Venue; Town, Country; Ville, pays; Ciudad y país", "place"),
        ("Country; Pays; País", "country"),
        ("Organiser; Organisers; Nom de l'organisation; Nombre de la organización; Entidad organizadora", "organiser"),
        ("Type of organiser; Type d'organisation; Tipo de organización", "organiser_type"),
        ("Kind; Type; Type d'action; Tipo; Type of event", "kind"),
        ("Number of participants; num_participants; Nombre de participants; Número de asistentes", "people"),
        ("Expected participants; Participants attendus; Asistentes previstos", "expected"),
        ("Latitude; lat; Latitud", "lat"),
        ("Longitude; lng; lon; Longitud", "lon"),
        ("ID; Identifiant; slug; Reference; Response ID", "source_id"),
        ("URL; Website; Lien; Enlace; Sitio web", "url"),
        ("Language; Langue; Idioma", "language"),
        ("Moment; Momento", "moment"),
        ("Strategic priority; Priorité; Prioridad", "priority"),
        ("Online; Is the event online?; En ligne; En línea", "online"),
        ("Timestamp; Horodateur; Marca temporal; Email address; Adresse e-mail; Teléfono; Submission date", ""),
        ("event_photo_url; online_event_url; Contact name; No.; event_purpose", ""),
    ],
)
def test_a_heading_means_a_column_of_the_register(headings: str, column: str) -> None:
    found = {one: column_for_heading(one, "", {}, ACTION_HEADINGS) for one in headings.split("; ")}
    assert found == {one: SheetColumn(column) if column else None for one in found}


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_the_titles_of_columns_are_headings_in_three_languages(language: str) -> None:
    for name, field in ACTION_FIELDS.items():
        heading = ACTION_HEADINGS.label(name, language)
        assert column_for_heading(heading, "", {}, ACTION_HEADINGS) == SheetColumn(field.name), heading


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"Place": "Tunis, Tunisie"}, {"place": "Tunis", "country": "TN"}),
        ({"Place": "Alanno,PE,Italy"}, {"place": "Alanno,PE", "country": "IT"}),
        ({"Lugar": "Lima", "País": "Perú"}, {"place": "Lima", "country": "PE"}),
        ({"Place": "Tbilisi, Georgia"}, {"place": "Tbilisi, Georgia"}),
        ({"Place": "Tbilisi, Georgia", "Country": "GEO"}, {"place": "Tbilisi", "country": "GE"}),
        ({"Place": "Luxembourg", "Country": "Luxembourg"}, {"place": "Luxembourg", "country": "LU"}),
        ({"Place": "Online"}, {"online": "true"}),
        ({"Place": "Nairobi (Kenya) and online"}, {"place": "Nairobi", "country": "KE", "online": "true"}),
        ({"Place": "Kisumu", "Online": "non"}, {"place": "Kisumu", "online": "false"}),
        ({"Place": "?", "Country": "TBC"}, {}),
        ({"Date": "14-17 septembre 2027"}, {"when": "2027-09-14/2027-09-17"}),
        ({"Fecha": "marzo de 2027"}, {"when": "2027-03"}),
        ({"Date": "14 March"}, {"when": "2027-03-14"}),
        ({"Date": "TBC"}, {"when": "unknown"}),
        ({"Date": ""}, {}),
        ({"Start date": "2027-03-14", "End date": "2027-03-16"}, {"when": "2027-03-14/2027-03-16"}),
        ({"Date": "2027-03-14", "Start time": "9:30"}, {"when": "2027-03-14T09:30"}),
        (
            {"Date": "2027-03-14", "Start time": "9:30", "Time zone": "Africa/Nairobi"},
            {"when": "2027-03-14T09:30+03:00"},
        ),
        (
            {"Date": "2027-07-01", "Start time": "9:00", "Time zone": "CET", "Country": "France"},
            {"when": "2027-07-01T09:00+02:00", "country": "FR"},
        ),
        ({"Type": "atelier"}, {"kind": "learning"}),
        ({"Kind": "Événement"}, {"kind": "event"}),
        ({"Type of organiser": "Ciudad"}, {"organiser_type": "member"}),
        ({"Status": "annulé"}, {"status": "cancelled"}),
        ({"Language": "Français"}, {"language": "fr"}),
        ({"Language": "pt-BR"}, {"language": "pt-BR"}),
        ({"Hashtags": "MakeTheShift, #housing"}, {"hashtags": "#MakeTheShift #housing"}),
        ({"URL": "www.example.org/a"}, {"url": "https://www.example.org/a"}),
        ({"Moment": "Forum mondial"}, {"moment": "forum"}),
        ({"Priority": "Plaidoyer"}, {"priority": "advocacy"}),
        ({"Publication": "Oui"}, {"publish": "full"}),
        ({"Publication": "solo contarla"}, {"publish": "anonymous"}),
        ({"Latitude": "-33,9249", "Longitude": "18.4241"}, {"lat": "-33.9249", "lon": "18.4241"}),
        ({"lat": "41°42'23\"04 N", "lon": "15°58'6\"60 O"}, {"lat": "41.7064", "lon": "-15.9685"}),
        ({"lat": "0.0", "lon": "0"}, {}),
        ({"Participants": "~50"}, {"people": "~50"}),
        ({"Participants": "TBD"}, {}),
        ({"Participants": "sin límite"}, {"people": "sin límite"}),
        ({"Slug": "row-12"}, {"source_id": "row-12"}),
        ({"Id": "partners-0f3a9c2b71de"}, {"source_id": "partners-0f3a9c2b71de"}),
        ({"Note": "'=1+1"}, {"note": "=1+1"}),
        ({"Note": "a\nb\x07"}, {"note": "a b\ufffd"}),
    ],
)
def test_a_cell_becomes_a_value_of_the_register(plan: Plan, row: dict[str, str], expected: dict[str, str]) -> None:
    assert cells(plan, **row) == {"title": "A day", "organiser": "Tunis", **expected}


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"Date": "32 Octember"}, "Date"),
        ({"Country": "Phillipines"}, "Country"),
        ({"Title": ""}, ""),
        ({"Title": "?"}, ""),
    ],
)
def test_a_row_without_title_date_or_country_that_can_be_read_is_a_problem(
    plan: Plan, row: dict[str, str], column: str
) -> None:
    found = read(plan, as_csv([{"Title": "A day", "Place": "Lima", **row}]))
    assert [problem.column for problem in found.problems[0]] == [column]
    assert found.rows[0].problem is not None


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Type", "Mapathon"), ("Type of organiser", "???!"), ("Status", "Submitted"), ("URL", "Facebook"),
        ("Moment", "Morning"), ("Priority", "High"), ("lat", "888.0"), ("lon", "15 deg"), ("Online", "perhaps"),
        ("Language", "Klingonish"), ("Publication", "ask me"), ("Start time", "9:00"),
    ],
)  # fmt: skip
def test_any_other_cell_that_cannot_be_read_is_left_empty_and_counted(plan: Plan, heading: str, text: str) -> None:
    rows = [{"Title": f"Day {n}", "Place": "Lima", "Date": "", heading: text} for n in range(3)]
    found = read(plan, as_csv(rows))
    assert not found.problems
    assert found.left_out == {(heading, text): 3}
    assert all(set(row.cells) == {"title", "place"} for row in found.rows)


def test_the_order_of_day_and_month_comes_from_the_whole_column_or_the_source(plan: Plan) -> None:
    dates = [{"Title": "A", "Place": "Lima", "Date": text} for text in ("03/04/2027", "13/04/2027")]
    american = [{**row, "Date": text} for row, text in zip(dates, ("03/04/2027", "04/13/2027"), strict=True)]
    found = read(plan, as_csv(dates))
    assert (found.month_first, [row.cells["when"] for row in found.rows]) == (False, ["2027-04-03", "2027-04-13"])
    found = read(plan, as_csv(american))
    assert (found.month_first, [row.cells["when"] for row in found.rows]) == (True, ["2027-03-04", "2027-04-13"])
    found = read(plan, as_csv(dates[:1]), Source(dates="month-day"))
    assert (found.month_first, found.rows[0].cells["when"]) == (None, "2027-03-04")
    found = read(plan, as_csv(dates), Source(dates="month-day"))
    assert sorted(found.problems) == [1]  # what the source says wins: the other row is given back


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "cp1252"), ("\t", "utf-16"), (",", "utf-8-sig")])
def test_separators_and_encodings_are_recognised(plan: Plan, delimiter: str, encoding: str) -> None:
    rows = [{"Nom de l'organisation": "Réseau", "Intitulé": "Fête, à Lomé; ici", "Ville": "Lomé"}]
    found = read(plan, as_csv(rows, delimiter, encoding))
    assert found.rows[0].cells == {"organiser": "Réseau", "title": "Fête, à Lomé; ici", "place": "Lomé"}


def test_contact_data_never_enter_and_are_counted_by_column(plan: Plan) -> None:
    rows = [
        {"Title": "Open day: write to ana@example.org", "Organiser": "Group <g@example.org>", "Mail": "x@example.org"},
        {"Title": "Visit", "Organiser": "Tel. +33 1 23 45 67 89", "Mail": "y@example.org, z@example.org"},
    ]
    found = read(plan, as_csv(rows))
    assert [dict(row.cells) for row in found.rows] == [
        {"title": "Open day: write to", "organiser": "Group"},
        {"title": "Visit"},
    ]
    assert found.dropped == {"Title": 1, "Organiser": 2, "Mail": 3}
    assert not any("@" in cell.text for table in found.tables for row in table.rows for cell in row.cells)


def test_no_contact_data_of_generated_rows_enter_and_figures_stay(plan: Plan) -> None:
    found = read(plan, as_csv(delivery(120)))
    assert found.dropped == {"event_name": 12, "organisers": 12, "email": 12}
    assert not any("@" in text for row in found.rows for text in row.cells.values())
    assert not found.problems
    assert not found.left_out


def test_the_name_of_a_person_is_not_stored(plan: Plan) -> None:
    found = read(plan, as_csv([{"Title": "A walk", "Organiser": "Ana", "Type of organiser": "Particular"}]))
    assert found.rows[0].cells == {"title": "A walk", "organiser_type": "person"}
    assert found.dropped == {"Organiser": 1}


def test_a_mapping_comes_before_what_headings_mean(plan: Plan) -> None:
    rows = [{"Title": "A day", "Program": "Open house", "Number of participants": "50"}]
    found = read(plan, as_csv(rows), program="title", **{"number-of-participants": "expected"})
    assert found.rows[0].cells == {"title": "Open house", "expected": "50"}


@pytest.mark.parametrize(
    ("heading", "column", "notes"),
    [
        ("Number of participants", None, 1),
        ("num_participants", "people", 0),
        ("num_participants", "expected", 0),
        ("People", None, 0),
        ("Personnes", None, 0),
    ],
)
def test_a_heading_that_may_be_of_those_expected_gets_a_note(
    plan: Plan, heading: str, column: str | None, notes: int
) -> None:
    columns = {normalize_name(heading): column} if column else {}
    found = read(plan, as_csv([{"Title": "A day", heading: "50"}]), **columns)
    assert found.rows[0].cells[column or "people"] == "50"
    assert len(found.notes) == notes


def test_formulas_and_errors_of_a_workbook_are_problems(plan: Plan) -> None:
    found = read(plan, as_workbook(["Title", "Note"], ["A", "=1+1"], ["B", 12]))
    assert sorted(found.problems) == [0]
    assert found.rows[1].cells == {"title": "B", "note": "12"}


def test_rows_that_were_given_back_are_not_a_whole_delivery(plan: Plan) -> None:
    assert read(plan, as_csv([{"Title": "A", "Place": "Lima"}])).is_complete
    assert not read(plan, as_csv([{"Title": "A", "Place": "Lima", "Motif (à corriger)": "no"}])).is_complete


def test_a_table_without_titles_is_refused(plan: Plan) -> None:
    with pytest.raises(SheetError):
        read(plan, as_csv([{"Colour": "red", "Size": "12"}]))
