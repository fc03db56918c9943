"""What a command is about to write: a table of what, before and after, with dates in words."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from support.plans import REAL, SOUND, TODAY, run, write_plan

PROGRAMME = """\
languages: [en, fr, es]
priorities: {advocacy: {en: Advocacy, fr: Plaidoyer}}
actors:
  gwangju: {name: {en: City of Gwangju, fr: Ville de Gwangju}, kind: member}
"""
PLAN = (
    SOUND
    + """\
moments:
  - id: forum
    title: {en: Forum, fr: Forum mondial}
    when: 2017-09
    place: Gwangju
  - {id: day, title: Day, when: 2017-12-10, repeat: yearly}
actors: [{id: gwangju, confirmed: false}]
"""
)


def table(home: Path, *command: str, lang: str = "en") -> dict[str, list[list[str]]]:
    """Return the rows of the table that a command shows by heading, without those of the columns' names."""
    outcome = run("--lang", lang, "--today", TODAY, *command, "--dry-run", cwd=home)
    assert outcome.code == 0, outcome.err
    found: dict[str, list[list[str]]] = {}
    for section in outcome.out.rstrip("\n").split("\n\n"):
        heading, _, *rows = section.split("\n")
        found[heading] = [re.split(" {2,}", row) for row in rows]
    return found


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write_plan(tmp_path, {"programme": PROGRAMME, "housing": PLAN})
    return tmp_path


@pytest.mark.parametrize(
    ("lang", "heading", "row"),
    [
        (
            "en",
            "Forum",
            ["Date", "September 2017", "14–17 September 2017", "Thursday 14 September 2017 – Sunday 17 September 2017"],
        ),
        (
            "fr",
            "Forum mondial",
            ["Date", "septembre 2017", "14–17 septembre 2017", "jeudi 14 septembre 2017 – dimanche 17 septembre 2017"],
        ),
        (
            "es",
            "Forum",
            [
                "Fecha",
                "septiembre de 2017",
                "14–17 de septiembre de 2017",
                "jueves 14 de septiembre de 2017 – domingo 17 de septiembre de 2017",
            ],
        ),
    ],
)
def test_a_date_is_shown_in_words(home: Path, lang: str, heading: str, row: list[str]) -> None:
    rows = table(home, "moment", "move", "housing/forum", "--when", "2017-09-14/2017-09-17", lang=lang)
    assert rows == {heading: [row]}


@pytest.mark.parametrize(
    ("command", "row"),
    [
        (("cancel", "housing/forum"), ["Status", "confirmed", "cancelled"]),
        (("cancel", "housing/day", "--on", "2018"), ["10 December 2018: Status", "confirmed", "cancelled"]),
    ],
)
def test_a_status_is_shown_with_what_held_before(home: Path, command: tuple[str, ...], row: list[str]) -> None:
    assert next(iter(table(home, "moment", *command).values())) == [row]


def test_a_new_moment_is_shown_in_the_words_of_the_sheet(home: Path) -> None:
    options = ("--title", "Call", "--title", "fr=Appel", "--when", "unknown", "--country", "MY", "--actor", "gwangju")
    assert table(home, "moment", "add", "housing", *options, "--status", "tentative") == {
        "Call": [
            ["Title (en)", "Call"],
            ["Title (fr)", "Appel"],
            ["Date", "date to be confirmed"],
            ["Status", "tentative"],
            ["Country", "Malaysia"],
            ["Actors", "City of Gwangju"],
        ]
    }


def test_a_moment_that_is_removed_is_one_row_of_its_wave(home: Path) -> None:
    assert table(home, "moment", "remove", "housing/forum", lang="fr") == {
        "Housing": [["Forum mondial", "septembre 2017", "retiré"]]
    }


def test_a_moment_with_a_new_id_is_the_same_moment(home: Path) -> None:
    assert table(home, "moment", "rename", "housing/forum", "gwangju-forum") == {
        "Forum": [["Id", "forum", "gwangju-forum"], ["Earlier ids", "forum"]]
    }


def test_a_tie_is_shown_by_title(tmp_path: Path) -> None:
    shutil.copytree(REAL, tmp_path / "waves")
    rows = table(tmp_path, "moment", "tie", "housing/gwangju-forum", "--undo")
    assert rows["World Human Rights Cities Forum"] == [["The same as", "7th World Human Rights Cities Forum", "–"]]


def test_moments_with_one_title_are_told_apart_by_their_reference(tmp_path: Path) -> None:
    day = "moments: [{id: day, title: Day, when: 2017-12-10}]\n"
    write_plan(tmp_path, {"programme": PROGRAMME, "housing": SOUND + day, "water": SOUND + day})
    (tmp_path / "plan.csv").write_text("Wave,Id,Title,Date\nhousing,day,Day,2017-12-11\nwater,day,Day,2017-12-12\n")
    assert list(table(tmp_path, "import-sheet", "plan.csv")) == ["Day (housing/day)", "Day (water/day)"]


def test_a_table_that_changes_much_shows_the_beginning(tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": SOUND})
    (tmp_path / "plan.csv").write_text("Title,Date\n" + "".join(f"Meeting {n},2017-09\n" for n in range(50)))
    done = run("import-sheet", "plan.csv", "--wave", "housing", "--dry-run", "--today", TODAY, cwd=tmp_path)
    lines = done.out.splitlines()
    assert len(lines) == 2 + 40 + 2
    assert re.split(" {2,}", lines[2]) == [
        "Meeting 0",
        "added: September 2017",
        "between Friday 1 September 2017 and Saturday 30 September 2017",
    ]
    assert lines[-1].startswith("and 10 more")


def test_a_change_of_a_long_text_shows_where_it_differs(home: Path) -> None:
    note = "word " * 60
    assert run("moment", "confirm", "housing/forum", "--said", note, "--today", TODAY, cwd=home).code == 0
    rows = table(home, "moment", "postpone", "housing/forum", "--said", "mail")["Forum"]
    label, before, after = rows[-1]
    assert label == "Note (internal)"
    assert before.startswith("…")
    assert after.endswith("mail")
    assert max(len(before), len(after)) < 80


def test_the_lines_of_the_file_are_behind_an_option(home: Path) -> None:
    options = ("moment", "move", "housing/forum", "--when", "2017-10", "--dry-run", "--diff", "--today", TODAY)
    out = run(*options, cwd=home).out
    assert out.startswith("--- waves/housing.yaml\n+++ waves/housing.yaml\n@@")
    assert "-    when: 2017-09\n+    when: 2017-10\n" in out


def test_texts_of_the_plan_cannot_command_the_terminal(tmp_path: Path) -> None:
    write_plan(
        tmp_path,
        {"housing": SOUND + f"moments: [{{id: a, title: {json.dumps('A' + chr(27) + '[2J')}, when: 2017-09}}]\n"},
    )
    done = run("moment", "move", "housing/a", "--when", "2017-10", "--dry-run", "--today", TODAY, cwd=tmp_path)
    assert done.code == 0
    assert "\x1b" not in done.out + done.err


def test_a_new_actor_of_the_register_is_shown_in_words(home: Path) -> None:
    rows = table(home, "actor", "add", "City of Lima", "--kind", "member", "--country", "PE", lang="fr")
    assert rows == {"City of Lima": [["Nom (fr)", "City of Lima"], ["Type", "membre"], ["Pays", "Pérou"]]}
