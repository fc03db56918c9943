"""Only what somebody changed in a sheet is a change; what cannot be taken is told with its place."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from support.spreadsheets import (
    FILES,
    FORMS,
    as_csv,
    as_workbook,
    by_hand,
    cell,
    edited,
    of_forms,
    plan,
    said,
    taken,
)  # fmt: skip

LANGUAGES = ("fr", "en", "es")
FORUM: tuple[Any, ...] = ("moments", 0)
JOUR: tuple[Any, ...] = ("moments", 1)
REUNION: tuple[Any, ...] = ("moments", 2)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("back", LANGUAGES)
def test_a_sheet_that_nobody_changed_changes_nothing(tmp_path: Path, language: str, back: str) -> None:
    read = plan(tmp_path, {**FILES, "dates": of_forms()})
    for data in (as_workbook(read, language), as_csv(read, language)):
        changes = taken(read, data, back)
        assert (changes.changesets, changes.new_waves, changes.problems, changes.changed_moments) == ({}, {}, [], [])


def test_three_cells_are_three_changes(tmp_path: Path) -> None:
    read = plan(tmp_path)

    def change(book: Any) -> None:
        cell(book, "forum", "Date").value = "14-17 septembre"
        cell(book, "forum", "Lieu (fr)").value = "Séoul"
        cell(book, "reunion", "Statut").value = "reporté"

    changes = taken(read, edited(as_workbook(read), change))
    assert changes.changesets == {
        "housing": {
            (*FORUM, "when"): "2017-09-14/2017-09-17",
            (*FORUM, "place", "name"): "Séoul",
            (*REUNION, "status"): "postponed",
        }
    }
    assert changes.changed_moments == ["housing/forum", "housing/reunion"]
    assert said(changes) == []
    assert said(changes, notes=True) == [
        'sheet "Le droit au logement", row 2, column "Date", "17 septembre" does not say which year: 2017 is taken'
    ]


@pytest.mark.parametrize(
    ("id_", "heading", "text", "wishes"),
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
        ("forum", "Genre", "échéance", {(*FORUM, "kind"): "deadline"}),
        ("reunion", "Brouillon (interne)", "", {(*REUNION, "draft"): None}),
        ("forum", "Brouillon (interne)", "oui", {(*FORUM, "draft"): True}),
        ("forum", "Source (interne)", "La page", {(*FORUM, "source"): "La page"}),
    ],
)
def test_each_column_comes_back(tmp_path: Path, id_: str, heading: str, text: str, wishes: dict[Any, Any]) -> None:
    read = plan(tmp_path)

    def change(book: Any) -> None:
        one = cell(book, id_, heading)
        one.value = text or None
        one.data_type = "s" if text else "n"

    changes = taken(read, edited(as_workbook(read), change))
    assert said(changes) == []
    assert changes.changesets == {"housing": wishes}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_vague_date_that_the_spreadsheet_rewrote_stays(tmp_path: Path, language: str) -> None:
    read = plan(tmp_path)
    heading = {"es": "Fecha"}.get(language, "Date")

    def change(book: Any) -> None:
        one = cell(book, "forum", heading)
        one.value, one.number_format = datetime(2017, 9, 1), "mmm\\-yy"  # noqa: DTZ001

    data = edited(as_workbook(read, language), change)
    assert taken(read, data, language).changesets == {}
    text = as_csv(read, language).decode("utf-8-sig")
    month = {"fr": "septembre 2017", "en": "September 2017", "es": "septiembre de 2017"}[language]
    for rewritten in ("sept-17", "01/09/2017", "2017-09-01", "1-Sep-17"):
        changes = taken(read, text.replace(month, rewritten).encode("cp1252"), language)
        assert changes.changesets == {}, rewritten
    accepted = taken(read, text.replace(month, "01/09/2017", 1).encode(), language, accept=True)
    assert accepted.changesets == {"housing": {(*FORUM, "when"): "2017-09-01"}}


def test_what_excel_does_to_texts_is_no_change(tmp_path: Path) -> None:
    read = plan(tmp_path)
    text = as_csv(read).decode("utf-8-sig").replace("à suivre", "a\u0300\u00a0suivre ")
    assert taken(read, text.encode("utf-16")).changesets == {}
    assert taken(read, text.replace(";", "\t").encode("utf-16")).changesets == {}
    assert taken(read, f"sep=;\n{text}".encode()).changesets == {}


def test_what_the_plan_says_by_now_is_not_undone(tmp_path: Path) -> None:
    old, new = plan(tmp_path / "a"), plan(tmp_path / "b", {**FILES, "housing": changed_since()})
    for data in (as_workbook(old), as_csv(old)):
        changes = taken(new, data)
        assert changes.changesets in ({}, {"housing": {(*FORUM, "note"): "à suivre"}})
        assert any("after the sheet was written" in one for one in said(changes, notes=True))
    assert taken(new, as_workbook(old)).changesets == {}


def changed_since() -> str:
    text = FILES["housing"].replace("when: 2017-09\n", "when: 2017-09-14\n")
    return text.replace('note: "à suivre"', 'note: "fait"')


# -- what cannot be taken


@pytest.mark.parametrize(
    ("id_", "heading", "text", "fault"),
    [
        ("forum", "Date", "le jour où", "cannot be read as a date"),
        ("forum", "Titre (fr)", "", ""),
        ("jour", "Titre (fr)", "", "no title any more"),
        ("forum", "Statut", "peut-être", "none of the words"),
        ("forum", "Pays", "Atlantide", "no country"),
        ("forum", "Acteurs", "Personne", "no actor"),
        ("reunion", "Adresse web", "exemple", "no web address"),
        ("reunion", "À confirmer avant le (interne)", "mars 2018", "not one day"),
        ("rapport", "Source (interne)", "autre", "several facts"),
        ("forum", "Vague", "migration", "stands in row"),
        ("jour", "Vague", "migration", "is in the wave housing"),
        ("jour", "Vague", "nulle", "no wave"),
        ("jour", "Identifiant", "jours", "has no moment"),
        ("jour", "Identifiant", "forum", "stands in row"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_named(tmp_path: Path, id_: str, heading: str, text: str, fault: str) -> None:
    read = plan(tmp_path)

    def change(book: Any) -> None:
        cell(book, id_, heading).value = text or None

    changes = taken(read, edited(as_workbook(read), change))
    if not fault:
        assert changes.changesets == {"housing": {(*FORUM, "title"): {"en": "World forum"}}}
        return
    (told,) = said(changes)
    assert fault in told
    assert 'sheet "' in told
    assert "row " in told
    assert all(str(one.hint) for one in changes.problems if not one.is_note)


@pytest.mark.parametrize(
    ("heading", "text"), [("Date", "2018"), ("Lieu (fr)", "Séoul"), ("Pays", "Japon"), ("Statut", "annulé")]
)
def test_what_comes_from_the_same_moment_is_changed_there(tmp_path: Path, heading: str, text: str) -> None:
    read = plan(tmp_path)

    def change(book: Any) -> None:
        cell(book, "forum", heading, 2).value = text

    changes = taken(read, edited(as_workbook(read), change))
    if heading == "Statut":  # which nobody states
        assert changes.changesets == {"migration": {("moments", 0, "status"): "cancelled"}}
    else:
        assert changes.changesets == {}
        (told,) = said(changes)
        assert "this comes from housing/forum" in told


def test_an_emptied_date_and_columns_for_information_change_nothing(tmp_path: Path) -> None:
    read = plan(tmp_path)

    def change(book: Any) -> None:
        cell(book, "forum", "Date").value = None
        cell(book, "forum", "Statut").value = None
        cell(book, "forum", "Date en EDTF (pour information)").value = "2018"

    changes = taken(read, edited(as_workbook(read), change))
    assert (changes.changesets, said(changes), len(said(changes, notes=True))) == ({}, [], 3)


def test_a_formula_is_no_value(tmp_path: Path) -> None:
    read = plan(tmp_path)

    def change(book: Any) -> None:
        cell(book, "forum", "Note (interne)").value = "=HYPERLINK(1)"

    changes = taken(read, edited(as_workbook(read), change))
    assert changes.changesets == {}
    assert "a formula stands here" in said(changes)[0]


# -- rows that come and go


def test_a_row_that_is_gone_takes_nothing_away(tmp_path: Path) -> None:
    read = plan(tmp_path)
    changes = taken(read, edited(as_workbook(read), lambda book: book.worksheets[1].delete_rows(2)))
    assert changes.changesets == {}
    assert said(changes, notes=True) == ["the moment housing/forum has no row: it stays in the plan"]


def test_a_new_row_is_a_new_moment(tmp_path: Path) -> None:
    read = plan(tmp_path)

    def change(book: Any) -> None:
        page = book.worksheets[1]
        for at, text in enumerate(("", "", "Forum", "12 mai")):
            page.cell(page.max_row + (at == 0), 1 + at).value = text or " "

    data = edited(as_workbook(read), change)
    changes = taken(read, data)
    assert changes.changesets == {
        "housing": {("moments", 4): {"id": "forum-2", "title": {"fr": "Forum"}, "when": "2018-05-12"}}
    }
    assert changes.changed_moments == ["housing/forum-2"]


def test_a_new_row_that_is_taken_twice_is_there_once(tmp_path: Path) -> None:
    more = FILES["housing"] + "  - {id: forum-2, title: {fr: Forum}, when: 2018-05-12}\n"
    old, new = plan(tmp_path / "a"), plan(tmp_path / "b", {**FILES, "housing": more})

    def change(book: Any) -> None:
        page = book.worksheets[1]
        row = page.max_row + 1
        page.cell(row, 3).value, page.cell(row, 4).value = "Forum", "12 mai 2018"

    assert taken(new, edited(as_workbook(old), change)).changesets == {}


def test_a_wave_without_moments_gets_its_first(tmp_path: Path) -> None:
    read = plan(tmp_path, {**FILES, "finance": "title: {fr: Finances, en: Finance}\nstatus: announced\n"})

    def change(book: Any) -> None:
        page = book["Finances"]
        page["C2"], page["D2"] = "Lancement", "2019"

    changes = taken(read, edited(as_workbook(read), change))
    assert changes.changesets == {
        "finance": {("moments", 0): {"id": "lancement", "title": {"fr": "Lancement"}, "when": "2019"}}
    }


# -- sheets that somebody made


ROWS = (
    ["Plan de l'équipe"],
    [],
    ["Événement", "Date", "Ville", "Pays", "Budget"],
    ["Sommet", "12-14 novembre 2018", "Katowice", "Pologne", 1000],
    ["Réunion", "décembre", "Bonn"],
    ["COP", datetime(2019, 12, 1), "Madrid"],  # noqa: DTZ001
    ["Bilan"],
)


def test_a_sheet_of_ones_own_is_a_new_wave(tmp_path: Path) -> None:
    changes = taken(plan(tmp_path), by_hand(*ROWS, formats={"B6": "mmm yyyy"}))
    assert said(changes) == []
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
                    "place": {"name": {"fr": "Katowice"}, "country": "PL"},
                },
                {"id": "reunion", "title": {"fr": "Réunion"}, "when": "2018-12", "place": {"fr": "Bonn"}},
                {"id": "cop", "title": {"fr": "COP"}, "when": "2019-12", "place": {"fr": "Madrid"}},
                {"id": "bilan", "title": {"fr": "Bilan"}, "when": "unknown"},
            ],
        }
    }
    assert [str(one.message) for one in changes.problems] == [
        'not known, and left out: "Budget"',
        '"décembre" does not say which year: 2018 is taken',
        "the cell holds a day and shows less: 2019-12 is taken",
    ]


def test_a_wave_is_called_as_asked_or_after_the_file(tmp_path: Path) -> None:
    read = plan(tmp_path)
    assert list(taken(read, by_hand(*ROWS), wave="climat").new_waves) == ["climat"]
    assert list(taken(read, by_hand(*ROWS, title="Feuille1"), name="Notre été").new_waves) == ["notre-ete"]
    (told,) = said(taken(read, by_hand(*ROWS, title="Feuille1"), name="Sheet2"))
    assert "does not say of which wave" in told


def test_a_wave_without_dates_is_announced(tmp_path: Path) -> None:
    changes = taken(plan(tmp_path), by_hand(["Title"], ["One"]))
    (wave,) = changes.new_waves.values()
    assert wave["status"] == "announced"


def test_rows_of_ones_own_go_into_a_wave_that_is_there(tmp_path: Path) -> None:
    rows = (["Titre", "Date"], ["Forum mondial", "14 septembre 2017"], ["Atelier", "mai 2018"])
    changes = taken(plan(tmp_path), by_hand(*rows), wave="housing")
    assert changes.changesets == {
        "housing": {
            (*FORUM, "when"): "2017-09-14",
            ("moments", 4): {"id": "atelier", "title": {"fr": "Atelier"}, "when": "2018-05"},
        }
    }
    assert said(changes, notes=True) == []


def test_headings_of_ones_own_are_named(tmp_path: Path) -> None:
    data = by_hand(["Sujet", "Quand ?"], ["Atelier", "mai 2018"])
    read = plan(tmp_path)
    assert "no sheet has a column for the title" in said(taken(read, data))[0]
    changes = taken(read, data, mapped={"sujet": "title:en"})
    assert changes.new_waves["agenda-climat"]["moments"] == [
        {"id": "atelier", "title": {"en": "Atelier"}, "when": "2018-05"}
    ]


def test_a_text_file_of_another_kind_is_no_sheet(tmp_path: Path) -> None:
    changes = taken(plan(tmp_path), FILES["housing"].encode())
    assert (changes.new_waves, changes.changesets) == ({}, {})
    assert "no sheet has a column for the title" in said(changes)[0]


def test_a_row_without_a_title_is_told(tmp_path: Path) -> None:
    changes = taken(plan(tmp_path), by_hand(["Titre", "Date"], ["", "mai 2018"], ["Atelier", "juin 2018"]))
    assert said(changes) == ['sheet "Agenda climat", row 2, the row has no title']


def test_a_day_of_each_year_repeats(tmp_path: Path) -> None:
    rows = (["Title", "Date"], ["Day", "10 December 2018, every year"])
    changes = taken(plan(tmp_path), by_hand(*rows))
    (moment,) = next(iter(changes.new_waves.values()))["moments"]
    assert (moment["when"], moment["repeat"]) == ("2018-12-10", "yearly")


def test_every_form_of_a_date_can_be_typed(tmp_path: Path) -> None:
    changes = taken(plan(tmp_path), by_hand(["Titre", "Date"], *([f"M{at}", form] for at, form in enumerate(FORMS))))
    moments: list[Any] = next(iter(changes.new_waves.values()))["moments"]
    assert [one["when"] for one in moments] == FORMS


def test_a_date_that_the_root_of_a_tie_goes_on_telling_is_told(tmp_path: Path) -> None:
    read = plan(tmp_path, {**FILES, "migration": FILES["migration"] + "    when: 2017-09\n"})

    def one(book: Any) -> None:
        cell(book, "forum", "Date", 2).value = "octobre 2017"

    def both(book: Any) -> None:
        one(book)
        cell(book, "forum", "Date").value = "octobre 2017"

    changes = taken(read, edited(as_workbook(read), one))
    assert changes.changed_moments == ["migration/forum"]
    assert any("migration/forum is one moment with housing/forum" in told for told in said(changes, notes=True))
    assert not any("is one moment" in told for told in said(taken(read, edited(as_workbook(read), both)), notes=True))


def test_what_has_changed_in_the_plan_and_in_the_sheet_is_told_before_it_gives_way(tmp_path: Path) -> None:
    book = as_workbook(plan(tmp_path / "before"))
    later = {**FILES, "housing": FILES["housing"].replace("when: 2017-09\n", "when: 2017-09-20\n")}

    def change(book: Any) -> None:
        cell(book, "forum", "Date").value = "14-17 septembre 2017"
        cell(book, "forum", "Note (interne)").value = "vu"

    changes = taken(plan(tmp_path / "after", later), edited(book, change))
    assert changes.changesets["housing"][*FORUM, "when"] == "2017-09-14/2017-09-17"
    (note,) = [told for told in said(changes, notes=True) if "too since" in told]
    assert 'column "Date"' in note
    assert '"20 septembre 2017" gives way' in note
