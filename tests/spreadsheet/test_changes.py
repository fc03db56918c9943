"""Only edited cells are changes; problems name their cells."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from support.golden import Golden
from support.spreadsheets import (
    FILES,
    FORMS,
    as_csv,
    as_workbook,
    cell,
    edited,
    handmade_workbook,
    imported,
    of_forms,
    plan,
    sentences,
)  # fmt: skip

EXPECTED = Path(__file__).parent / "expected"
LANGUAGES = ("fr", "en", "es")
FORUM: tuple[Any, ...] = ("moments", 0)
JOUR: tuple[Any, ...] = ("moments", 1)
REUNION: tuple[Any, ...] = ("moments", 2)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("back", LANGUAGES)
def test_an_unchanged_sheet_changes_nothing(tmp_path: Path, language: str, back: str) -> None:
    read = plan(tmp_path, {**FILES, "dates": of_forms()})
    for data in (as_workbook(read, language), as_csv(read, language)):
        changes = imported(read, data, back)
        assert (changes.changesets, changes.new_waves, changes.problems, changes.changed_moments) == ({}, {}, [], [])


def test_three_cells_are_three_changes(tmp_path: Path, golden: Golden) -> None:
    read = plan(tmp_path)

    def change(book: Any) -> None:
        cell(book, "forum", "Date").value = "14-17 septembre"
        cell(book, "forum", "Lieu (fr)").value = "Séoul"
        cell(book, "reunion", "Statut").value = "reporté"

    changes = imported(read, edited(as_workbook(read), change))
    assert changes.changesets == {
        "housing": {
            (*FORUM, "when"): "2017-09-14/2017-09-17",
            (*FORUM, "place", "name"): "Séoul",
            (*REUNION, "status"): "postponed",
        }
    }
    assert changes.changed_moments == ["housing/forum", "housing/reunion"]
    assert sentences(changes) == []
    (note,) = sentences(changes, notes=True)
    golden(EXPECTED / "year-of-the-plan.txt", f"{note}\n")


@pytest.mark.parametrize(
    ("id_", "heading", "text", "changeset"),
    [
        ("forum", "Titre (fr)", "Forum", {(*FORUM, "title"): {"fr": "Forum", "en": "World forum"}}),
        (
            "forum",
            "Titre (es)",
            "Foro",
            {(*FORUM, "title"): {"fr": "Forum mondial", "en": "World forum", "es": "Foro"}},
        ),
        ("jour", "Titre (en)", "Day", {(*JOUR, "title"): {"fr": "Journée", "en": "Day"}}),
        ("forum", "Pays", "Japon", {(*FORUM, "place", "country"): "JP"}),
        ("jour", "Pays", "", {(*JOUR, "place", "scope"): None}),
        ("reunion", "Pays", "Suisse", {(*REUNION, "place"): {"name": "Genève", "country": "CH"}}),
        ("reunion", "Lieu (fr)", "Berne", {(*REUNION, "place"): "Berne"}),
        ("reunion", "Lieu (fr)", "", {(*REUNION, "place"): None}),
        ("forum", "Acteurs", "CISDPDH; Gwangju", {(*FORUM, "actors"): ["cisdpdh", "gwangju"]}),
        ("forum", "Acteurs", "", {(*FORUM, "actors"): None}),
        ("reunion", "Priorités", "Plaidoyer", {(*REUNION, "priorities"): ["advocacy"]}),
        ("reunion", "Adresse web", "https://example.org/b", {(*REUNION, "url"): "https://example.org/b"}),
        ("reunion", "Responsable (interne)", "Ana", {(*REUNION, "owner"): "Ana"}),
        ("reunion", "À confirmer avant le (interne)", "2 avril", {(*REUNION, "confirm_by"): "2018-04-02"}),
        ("reunion", "À confirmer avant le (interne)", "", {(*REUNION, "confirm_by"): None}),
        ("forum", "Note (interne)", "", {(*FORUM, "note"): None}),
        ("forum", "Note (interne)", "=1+1", {(*FORUM, "note"): "=1+1"}),
        ("forum", "Résultat (fr)", "Déclaration", {(*FORUM, "outcome"): {"fr": "Déclaration"}}),
        ("forum", "Type", "échéance", {(*FORUM, "kind"): "deadline"}),
        ("reunion", "Brouillon (interne)", "", {(*REUNION, "draft"): None}),
        ("forum", "Brouillon (interne)", "oui", {(*FORUM, "draft"): True}),
        ("forum", "Source (interne)", "La page", {(*FORUM, "source"): "La page"}),
    ],
)
def test_each_column_can_be_edited(
    tmp_path: Path, id_: str, heading: str, text: str, changeset: dict[Any, Any]
) -> None:
    read = plan(tmp_path)

    def change(book: Any) -> None:
        edited_cell = cell(book, id_, heading)
        edited_cell.value = text or None
        edited_cell.data_type = "s" if text else "n"

    changes = imported(read, edited(as_workbook(read), change))
    assert sentences(changes) == []
    assert changes.changesets == {"housing": changeset}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_vague_date_that_the_spreadsheet_rewrote_stays(tmp_path: Path, language: str) -> None:
    read = plan(tmp_path)
    heading = {"es": "Fecha"}.get(language, "Date")

    def change(book: Any) -> None:
        one = cell(book, "forum", heading)
        one.value, one.number_format = datetime(2017, 9, 1), "mmm\\-yy"  # noqa: DTZ001

    data = edited(as_workbook(read, language), change)
    assert imported(read, data, language).changesets == {}
    text = as_csv(read, language).decode("utf-8-sig")
    month = {"fr": "septembre 2017", "en": "September 2017", "es": "septiembre de 2017"}[language]
    for rewritten in ("sept-17", "01/09/2017", "2017-09-01", "1-Sep-17"):
        changes = imported(read, text.replace(month, rewritten).encode("cp1252"), language)
        assert changes.changesets == {}, rewritten
    accepted = imported(read, text.replace(month, "01/09/2017", 1).encode(), language, accept_dates=True)
    assert accepted.changesets == {"housing": {(*FORUM, "when"): "2017-09-01"}}


def test_changes_that_excel_makes_to_texts_do_not_count(tmp_path: Path) -> None:
    read = plan(tmp_path)
    text = as_csv(read).decode("utf-8-sig").replace("à suivre", "a\u0300\u00a0suivre ")
    assert imported(read, text.encode("utf-16")).changesets == {}
    assert imported(read, text.replace(";", "\t").encode("utf-16")).changesets == {}
    assert imported(read, f"sep=;\n{text}".encode()).changesets == {}


def test_newer_values_of_the_plan_are_not_undone(tmp_path: Path) -> None:
    old, new = plan(tmp_path / "a"), plan(tmp_path / "b", {**FILES, "housing": changed_since()})
    for data in (as_workbook(old), as_csv(old)):
        changes = imported(new, data)
        assert changes.changesets in ({}, {"housing": {(*FORUM, "note"): "à suivre"}})
        assert [problem.column for problem in changes.problems if problem.is_note][:1] == ["Date"]
    assert imported(new, as_workbook(old)).changesets == {}


def changed_since() -> str:
    text = FILES["housing"].replace("when: 2017-09\n", "when: 2017-09-14\n")
    return text.replace('note: "à suivre"', 'note: "fait"')


# -- problems


INVALID_CELLS = (
    ("forum", "Date", "le jour où"),
    ("jour", "Titre (fr)", ""),
    ("forum", "Statut", "peut-être"),
    ("forum", "Pays", "Atlantide"),
    ("forum", "Acteurs", "Personne"),
    ("reunion", "Adresse web", "exemple"),
    ("reunion", "À confirmer avant le (interne)", "mars 2018"),
    ("rapport", "Source (interne)", "autre"),
    ("forum", "Vague", "migration"),
    ("jour", "Vague", "migration"),
    ("jour", "Vague", "nulle"),
    ("jour", "Identifiant", "jours"),
    ("jour", "Identifiant", "forum"),
)


def test_an_invalid_cell_is_named(tmp_path: Path, golden: Golden) -> None:
    read = plan(tmp_path)
    data = as_workbook(read)
    lines = []
    for id_, heading, text in INVALID_CELLS:
        book = edited(data, lambda book, at=(id_, heading), text=text: setattr(cell(book, *at), "value", text or None))
        changes = imported(read, book)
        (error,) = [problem for problem in changes.problems if not problem.is_note]
        assert error.sheet
        assert error.row
        assert error.column in (heading, "")
        lines.append(f"{id_}, {heading}, {text!r}: {sentences(changes)[0]}; {error.hint}\n")
    golden(EXPECTED / "invalid-cells.txt", "".join(lines))


def test_an_emptied_translation_is_removed(tmp_path: Path) -> None:
    read = plan(tmp_path)
    book = edited(as_workbook(read), lambda book: setattr(cell(book, "forum", "Titre (fr)"), "value", None))
    assert imported(read, book).changesets == {"housing": {(*FORUM, "title"): {"en": "World forum"}}}


@pytest.mark.parametrize(
    ("heading", "text"), [("Date", "2018"), ("Lieu (fr)", "Séoul"), ("Pays", "Japon"), ("Statut", "annulé")]
)
def test_inherited_values_are_changed_in_the_row_of_the_root(tmp_path: Path, heading: str, text: str) -> None:
    read = plan(tmp_path)

    def change(book: Any) -> None:
        cell(book, "forum", heading, 2).value = text

    changes = imported(read, edited(as_workbook(read), change))
    if heading == "Statut":  # not stated, so not inherited
        assert changes.changesets == {"migration": {("moments", 0, "status"): "cancelled"}}
    else:
        assert changes.changesets == {}
        (problem,) = changes.problems
        assert (problem.column, problem.message.values) == (heading, {"moment": "housing/forum"})


def test_an_emptied_date_and_columns_for_information_change_nothing(tmp_path: Path) -> None:
    read = plan(tmp_path)

    def change(book: Any) -> None:
        cell(book, "forum", "Date").value = None
        cell(book, "forum", "Statut").value = None
        cell(book, "forum", "Date en EDTF (pour information)").value = "2018"

    changes = imported(read, edited(as_workbook(read), change))
    assert (changes.changesets, sentences(changes), len(sentences(changes, notes=True))) == ({}, [], 3)


def test_a_formula_is_an_error(tmp_path: Path) -> None:
    read = plan(tmp_path)

    def change(book: Any) -> None:
        cell(book, "forum", "Note (interne)").value = "=HYPERLINK(1)"

    changes = imported(read, edited(as_workbook(read), change))
    assert changes.changesets == {}
    assert [problem.column for problem in changes.problems if not problem.is_note] == ["Note (interne)"]


# -- new and deleted rows


def test_a_deleted_row_removes_nothing(tmp_path: Path) -> None:
    read = plan(tmp_path)
    changes = imported(read, edited(as_workbook(read), lambda book: book.worksheets[1].delete_rows(2)))
    assert changes.changesets == {}
    assert [(one.is_note, one.message.values) for one in changes.problems] == [(True, {"moment": "housing/forum"})]


def test_a_new_row_is_a_new_moment(tmp_path: Path) -> None:
    read = plan(tmp_path)

    def change(book: Any) -> None:
        page = book.worksheets[1]
        for at, text in enumerate(("", "", "Forum", "12 mai")):
            page.cell(page.max_row + (at == 0), 1 + at).value = text or " "

    data = edited(as_workbook(read), change)
    changes = imported(read, data)
    assert changes.changesets == {
        "housing": {("moments", 4): {"id": "forum-2", "title": {"fr": "Forum"}, "when": "2018-05-12"}}
    }
    assert changes.changed_moments == ["housing/forum-2"]


def test_a_new_row_that_is_imported_twice_is_added_once(tmp_path: Path) -> None:
    more = FILES["housing"] + "  - {id: forum-2, title: {fr: Forum}, when: 2018-05-12}\n"
    old, new = plan(tmp_path / "a"), plan(tmp_path / "b", {**FILES, "housing": more})

    def change(book: Any) -> None:
        page = book.worksheets[1]
        row = page.max_row + 1
        page.cell(row, 3).value, page.cell(row, 4).value = "Forum", "12 mai 2018"

    assert imported(new, edited(as_workbook(old), change)).changesets == {}


def test_a_wave_without_moments_gets_its_first(tmp_path: Path) -> None:
    read = plan(tmp_path, {**FILES, "finance": "title: {fr: Finances, en: Finance}\nstatus: announced\n"})

    def change(book: Any) -> None:
        page = book["Finances"]
        page["C2"], page["D2"] = "Lancement", "2019"

    changes = imported(read, edited(as_workbook(read), change))
    assert changes.changesets == {
        "finance": {("moments", 0): {"id": "lancement", "title": {"fr": "Lancement"}, "when": "2019"}}
    }


# -- sheets of other origin


ROWS = (
    ["Plan de l'équipe"],
    [],
    ["Événement", "Date", "Ville", "Pays", "Budget"],
    ["Sommet", "12-14 novembre 2018", "Katowice", "Pologne", 1000],
    ["Réunion", "décembre", "Bonn"],
    ["COP", datetime(2019, 12, 1), "Madrid"],  # noqa: DTZ001
    ["Bilan"],
)


def test_a_handmade_sheet_is_a_new_wave(tmp_path: Path, golden: Golden) -> None:
    changes = imported(plan(tmp_path), handmade_workbook(*ROWS, formats={"B6": "mmm yyyy"}))
    assert sentences(changes) == []
    assert changes.changesets == {}
    assert changes.new_waves == {
        "agenda-climat": {
            "title": "Agenda climat",
            "period": "2018-11/2019-12",
            "moments": [
                {
                    "id": "sommet",
                    "title": {"fr": "Sommet"},
                    "when": "2018-11-12/2018-11-14",
                    "place": {"name": "Katowice", "country": "PL"},
                },
                {"id": "reunion", "title": {"fr": "Réunion"}, "when": "2018-12", "place": "Bonn"},
                {"id": "cop", "title": {"fr": "COP"}, "when": "2019-12", "place": "Madrid"},
                {"id": "bilan", "title": {"fr": "Bilan"}, "when": "unknown"},
            ],
        }
    }
    golden(EXPECTED / "handmade-sheet.txt", "".join(f"{line}\n" for line in sentences(changes, notes=True)))


def test_a_wave_is_named_by_the_option_or_the_file(tmp_path: Path) -> None:
    read = plan(tmp_path)
    assert list(imported(read, handmade_workbook(*ROWS), wave="climat").new_waves) == ["climat"]
    assert list(imported(read, handmade_workbook(*ROWS, title="Feuille1"), name="Notre été").new_waves) == ["notre-ete"]
    (problem,) = imported(read, handmade_workbook(*ROWS, title="Feuille1"), name="Sheet2").problems
    assert (problem.is_note, problem.sheet) == (False, "Feuille1")
    assert "--wave" in str(problem.hint)


def test_a_wave_without_dates_is_announced(tmp_path: Path) -> None:
    changes = imported(plan(tmp_path), handmade_workbook(["Title"], ["One"]))
    (wave,) = changes.new_waves.values()
    assert wave["status"] == "announced"


def test_handmade_rows_can_go_into_an_existing_wave(tmp_path: Path) -> None:
    rows = (["Titre", "Date"], ["Forum mondial", "14 septembre 2017"], ["Atelier", "mai 2018"])
    changes = imported(plan(tmp_path), handmade_workbook(*rows), wave="housing")
    assert changes.changesets == {
        "housing": {
            (*FORUM, "when"): "2017-09-14",
            ("moments", 4): {"id": "atelier", "title": {"fr": "Atelier"}, "when": "2018-05"},
        }
    }
    assert sentences(changes, notes=True) == []


def test_other_headings_can_be_mapped(tmp_path: Path) -> None:
    data = handmade_workbook(["Sujet", "Quand ?"], ["Atelier", "mai 2018"])
    read = plan(tmp_path)
    assert any("--map" in str(problem.hint) for problem in imported(read, data).problems if not problem.is_note)
    changes = imported(read, data, heading_map={"sujet": "title:en"})
    assert changes.new_waves["agenda-climat"]["moments"] == [
        {"id": "atelier", "title": {"en": "Atelier"}, "when": "2018-05"}
    ]


def test_another_text_file_is_not_a_sheet(tmp_path: Path) -> None:
    changes = imported(plan(tmp_path), FILES["housing"].encode())
    assert (changes.new_waves, changes.changesets) == ({}, {})
    assert any("--map" in str(problem.hint) for problem in changes.problems if not problem.is_note)


def test_a_row_without_a_title_is_an_error(tmp_path: Path) -> None:
    changes = imported(plan(tmp_path), handmade_workbook(["Titre", "Date"], ["", "mai 2018"], ["Atelier", "juin 2018"]))
    assert [(one.is_note, one.sheet, one.row) for one in changes.problems] == [(False, "Agenda climat", 2)]


def test_a_day_of_each_year_repeats(tmp_path: Path) -> None:
    rows = (["Title", "Date"], ["Day", "10 December 2018, every year"])
    changes = imported(plan(tmp_path), handmade_workbook(*rows))
    (moment,) = next(iter(changes.new_waves.values()))["moments"]
    assert (moment["when"], moment["repeat"]) == ("2018-12-10", "yearly")


def test_a_day_of_each_year_needs_its_first_year(tmp_path: Path) -> None:
    """It is asked for as such; of a day without a year, only the year is."""
    rows = (
        ["Title", "Date"],
        ["A", "10 December, every year"],
        ["B", "10 décembre"],
        ["C", "10 de diciembre, cada año"],
    )
    asked = [str(problem.hint) for problem in imported(plan(tmp_path), handmade_workbook(*rows)).errors]
    assert ["every year" in hint for hint in asked] == [True, False, True]


def test_every_form_of_a_date_can_be_typed(tmp_path: Path) -> None:
    changes = imported(
        plan(tmp_path), handmade_workbook(["Titre", "Date"], *([f"M{at}", form] for at, form in enumerate(FORMS)))
    )
    moments: list[Any] = next(iter(changes.new_waves.values()))["moments"]
    assert [one["when"] for one in moments] == FORMS


def test_a_changed_date_that_is_not_shown_gets_a_note(tmp_path: Path) -> None:
    read = plan(tmp_path, {**FILES, "migration": FILES["migration"] + "    when: 2017-09\n"})

    def one(book: Any) -> None:
        cell(book, "forum", "Date", 2).value = "octobre 2017"

    def both(book: Any) -> None:
        one(book)
        cell(book, "forum", "Date").value = "octobre 2017"

    changes = imported(read, edited(as_workbook(read), one))
    assert changes.changed_moments == ["migration/forum"]
    assert [one.message.values.get("root") for one in changes.problems if one.is_note] == ["housing/forum"]
    changes = imported(read, edited(as_workbook(read), both))
    assert not any("root" in one.message.values for one in changes.problems)


def test_a_newer_value_of_the_plan_that_is_replaced_gets_a_note(tmp_path: Path) -> None:
    book = as_workbook(plan(tmp_path / "before"))
    later = {**FILES, "housing": FILES["housing"].replace("when: 2017-09\n", "when: 2017-09-20\n")}

    def change(book: Any) -> None:
        cell(book, "forum", "Date").value = "14-17 septembre 2017"
        cell(book, "forum", "Note (interne)").value = "vu"

    changes = imported(plan(tmp_path / "after", later), edited(book, change))
    assert changes.changesets["housing"][*FORUM, "when"] == "2017-09-14/2017-09-17"
    replaced = [
        (one.column, one.message.values["current"]) for one in changes.problems if "current" in one.message.values
    ]
    assert [(column, str(current)) for column, current in replaced] == [("Date", '"20 septembre 2017"')]
