"""Columns are known by their names in three languages, and by what people write instead."""

from __future__ import annotations

import pytest

from wavectl.i18n import UI_LANGUAGES
from wavectl.spreadsheet.columns import FIELDS, SheetColumn, column_for_heading, match_columns


@pytest.mark.parametrize("language", UI_LANGUAGES)
@pytest.mark.parametrize("field", FIELDS)
def test_a_heading_is_known_in_every_language(field: str, language: str) -> None:
    column = SheetColumn(field, "pt-BR" if FIELDS[field].translatable else "")
    assert column_for_heading(column.heading(language), "fr", {}) == column
    assert column_for_heading(column.heading(language).upper(), "fr", {}) == column
    assert column_for_heading(f"  {column.heading(language)} ", "fr", {}) == column


def test_no_two_columns_are_called_alike() -> None:
    for language in UI_LANGUAGES:
        assert len({SheetColumn(field).heading(language) for field in FIELDS}) == len(FIELDS)


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Titre", SheetColumn("title", "fr", language_assumed=True)),
        ("TITULO", SheetColumn("title", "es", language_assumed=True)),
        ("Event", SheetColumn("title", "fr", language_assumed=True)),
        ("Programme", SheetColumn("title", "fr", language_assumed=True)),
        ("Ville", SheetColumn("place", "fr", language_assumed=True)),
        ("date", SheetColumn("when")),
        ("Note", SheetColumn("note")),
        ("note (en)", SheetColumn("note", "en")),
        ("Owner", SheetColumn("owner")),
        ("Budget", None),
        ("Budget (fr)", None),
        ("Date (fr)", SheetColumn("when")),
        ("()", None),
    ],
)
def test_other_headings(heading: str, column: SheetColumn | None) -> None:
    assert column_for_heading(heading, "fr", {}) == column


def test_a_plan_in_one_language_needs_none_in_headings() -> None:
    assert column_for_heading("Titre", "", {}) == SheetColumn("title")


def test_a_heading_can_be_named() -> None:
    mapped = {"evenement-majeur": "title:en", "ou-ca": "place", "quand-exactement": "when"}
    assert column_for_heading("Événement majeur", "fr", mapped) == SheetColumn("title", "en")
    assert column_for_heading("Où ça ?", "fr", mapped) == SheetColumn("place", "fr", language_assumed=True)
    assert column_for_heading("Quand exactement", "fr", mapped) == SheetColumn("when")


def test_of_two_alike_the_first_counts() -> None:
    assert match_columns(["Titre", "", "Date", "Title (fr)", "Dates"], "fr", {}) == {
        0: SheetColumn("title", "fr", language_assumed=True),
        2: SheetColumn("when"),
    }


@pytest.mark.parametrize(
    ("field", "headings"),
    [
        ("title", "Subject; Name; Nom; Nombre; Objet; Asunto; event_name; Name of the event; Nombre de la actividad"),
        ("when", "Start Date; inicio; jour1; Jour 1; Début; Date de début; Fecha de inicio; event_date; StartDate; "
                 "Starts at; DTSTART; Desde; Date et heure; Fecha y hora de inicio; Date (start); Du"),
        ("time", "Start Time; heure; Hora de inicio; Heure de début; event_time; Horaires"),
        ("end", "End Date; fin; jour2; Fecha fin; Date de fin; DTEND; Hasta; Fecha de finalización; Ends at; Au"),
        ("end_time", "End Time; Heure de fin; Hora de finalización; end_time"),
        ("all_day", "All Day Event; All day event; Journée entière; Todo el día; Toute la journée"),
        ("timezone", "timezone; Time zone; Fuseau horaire; Zona horaria"),
        ("place", "Location; Ville; Nom de la ville; Emplacement; Ubicación; event_location"),
        ("country", "Country; Pays; País; event_country"),
        ("url", "Link; Enlace; Event URL"),
        ("kind", "Event type; Tipo de evento; Type d’événement"),
        ("actors", "Organizers; organisers; Organizador; Organisateurs"),
        ("description", "Description; Descripción; Details; event_purpose"),
        ("draft", "Private; Privado"),
    ],
)  # fmt: skip
def test_headings_of_calendars_and_forms(field: str, headings: str) -> None:
    for heading in headings.split("; "):
        column = column_for_heading(heading, "fr", {})
        assert column is not None, heading
        assert column.field == field, heading


@pytest.mark.parametrize(
    "heading", ["Title FR", "title_fr", "Titre (français)", "TITRE fr", "Titre en français", "Name (fr)"]
)
def test_a_heading_may_end_with_its_language(heading: str) -> None:
    assert column_for_heading(heading, "en", {}) == SheetColumn("title", "fr")


@pytest.mark.parametrize(
    "heading",
    ["Reminder Date", "Reminder Time", "Meeting Organizer", "Email address", "num_participants", "online_event_url",
     "Number of Participants", "Created", "Timestamp", "1", "2", "12", "Show time as", " " * 50_000 + "(fr"],
)  # fmt: skip
def test_headings_of_other_things(heading: str) -> None:
    assert column_for_heading(heading, "fr", {}) is None


_EXPORTED_FIELDS = [field.name for field in FIELDS.values() if not field.input_only]
_OLD_HEADINGS = {
    "fr": "Vague; Identifiant; Titre (fr); Date; Date en EDTF (pour information); Répétition (pour information); "
    "Lieu (fr); Pays; Statut; Genre; Acteurs; Priorités; Adresse web; Responsable (interne); "
    "À confirmer avant le (interne); Note (interne); Résultat (fr); Titre court (fr); Source (interne); "
    "Brouillon (interne)",
    "en": "Wave; Id; Title (en); Date; Date in EDTF (for information); Repeats (for information); Place (en); Country; "
    "Status; Kind; Actors; Priorities; Web address; Owner (internal); Confirm by (internal); Note (internal); "
    "Outcome (en); Short title (en); Source (internal); Draft (internal)",
    "es": "Ola; Identificador; Título (es); Fecha; Fecha en EDTF (informativa); Repetición (informativa); Lugar (es); "
    "País; Estado; Tipo; Actores; Prioridades; Dirección web; Responsable (interno); Confirmar antes del (interno); "
    "Nota (interna); Resultado (es); Título corto (es); Fuente (interna); Borrador (interno)",
}
"""The headings of sheets that are still in use. Never change one: add the new ones."""


@pytest.mark.parametrize("language", _OLD_HEADINGS)
def test_headings_of_sheets_from_older_versions_are_read(language: str) -> None:
    columns = match_columns(_OLD_HEADINGS[language].split("; "), "en", {})
    assert [column.field for column in columns.values()] == _EXPORTED_FIELDS
    assert {column.language for column in columns.values()} == {"", language}


def test_a_mapped_heading_comes_before_a_known_one() -> None:
    assert match_columns(["Date", "Début"], "fr", {"debut": "when"}) == {1: SheetColumn("when")}
