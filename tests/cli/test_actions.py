"""The commands that change local actions: by ids or filters, shown first, written as a whole."""

import multiprocessing
from pathlib import Path

import pytest

from support.plans import run, type_answers
from support.registers import read_actions, write_actions
from wavectl.actions.action import FORGOTTEN, PERSONAL_COLUMNS, PRIVATE_COLUMNS

ROWS = (
    {"source": "form", "country": "TN", "organiser": "City of Tunis", "people": "~50", "people_low": "50"},
    {"source": "partners", "country": "FR", "note": "call again", "title": 'Fête, "ville"'},
    {"source": "partners", "country": "FR", "review": "accepted", "people": "Ana and three others"},
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_actions(tmp_path, *ROWS)


def change(folder: Path, *arguments: str):
    state = {"XDG_STATE_HOME": str(folder.parent / "state")}
    return run("actions", *arguments, "--today", "2017-12-01", cwd=folder.parent, env=state)


def column(folder: Path, name: str) -> list[str]:
    return [row.get(name) for row in read_actions(folder).rows.values()]


@pytest.mark.parametrize(
    ("arguments", "name", "expected"),
    [
        (("accept", "form-2"), "review", ["", "accepted", "accepted"]),
        (("refuse", "form-1", "form-2"), "review", ["refused", "refused", "accepted"]),
        (("cancel", "form-1"), "status", ["cancelled", "", ""]),
        (("accept", "--source", "partners", "-y"), "review", ["", "accepted", "accepted"]),
        (("accept", "--region", "africa", "-y"), "review", ["accepted", "", "accepted"]),
        (("refuse", "--country", "France", "--review", "accepted", "-y"), "review", ["", "", "refused"]),
        (("accept", "--wave", "housing", "-y"), "review", ["accepted"] * 3),
        (("refuse", "form-1", "--reason", "not\nours"), "reason", ["not ours", "", ""]),
        (("refuse", "form-1"), "updated", ["2017-12-01", "", ""]),
    ],
)
def test_actions_are_decided_by_ids_or_filters(folder, arguments, name, expected):
    lines = (folder / "actions/housing.csv").read_bytes().splitlines()
    assert change(folder, *arguments).code == 0
    assert column(folder, name) == expected
    after = (folder / "actions/housing.csv").read_bytes().splitlines()
    changed = [row.get("updated") == "2017-12-01" for row in read_actions(folder).rows.values()]
    assert [old for old, new in zip(lines[1:], changed, strict=True) if not new] == [
        line for line, new in zip(after[1:], changed, strict=True) if not new
    ]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("accept",), 2),
        (("accept", "form-9"), 2),
        (("accept", "--source", "form"), 2),  # nobody is there to confirm
        (("accept", "--kind", "party", "-y"), 2),
        (("accept", "form-1", "--dry-run"), 0),
        (("accept", "form-3"), 0),
        (("forget", "form-1"), 2),
        (("refuse", "form-1", "--reason", "ask ana@ciudad.example"), 2),
        (("report", "form-1", "--outcome", "call +33 1 23 45 67 89"), 2),
        (("report", "form-1", "--people", "20", "--evidence", "ana@ciudad.example"), 2),
        (("report", "form-1"), 2),
        (("report", "form-1", "--people", "9 groups"), 2),
        (("merge", "form-1", "form-1"), 2),
    ],
)
def test_nothing_is_written_without_a_clear_decision(folder, arguments, code):
    before = (folder / "actions/housing.csv").read_bytes()
    assert change(folder, *arguments).code == code
    assert (folder / "actions/housing.csv").read_bytes() == before


def test_what_came_of_an_action_is_written_with_its_figures(folder):
    assert (
        change(folder, "report", "form-2", "--people", "20-30", "--outcome", "A charter", "--on", "2017-11-30").code
        == 0
    )
    row = read_actions(folder).rows["form-2"]
    assert [row.get(name) for name in ("people", "people_low", "people_high", "outcome", "reported")] == [
        *("20-30", "20", "30", "A charter", "2017-11-30")
    ]
    assert change(folder, "report", "form-2", "--people", "70+").code == 0
    assert [column(folder, name)[1] for name in ("people_low", "people_high")] == ["70", ""]


def test_a_merged_action_gives_what_the_other_lacks_and_its_ids(folder):
    assert change(folder, "merge", "form-2", "form-1").code == 0
    rows = read_actions(folder).rows
    assert list(rows) == ["form-2", "form-3"]
    names = ("also", "country", "organiser", "people", "people_low", "note", "source")
    assert [rows["form-2"].get(name) for name in names] == [
        *("form-1", "FR", "City of Tunis", "~50", "50", "call again", "partners")
    ]
    assert change(folder, "merge", "form-3", "form-2").code == 0
    assert read_actions(folder).rows["form-3"].get("also") == "form-2 form-1"
    assert column(folder, "people") == ["Ana and three others"]


def test_two_actions_that_only_look_the_same_are_remembered(folder):
    assert change(folder, "merge", "form-1", "form-2", "--not-same").code == 0
    assert column(folder, "not_same") == ["form-2", "form-1", ""]
    before = (folder / "actions/housing.csv").read_bytes()
    assert change(folder, "merge", "form-2", "form-1", "--not-same").code == 0
    assert (folder / "actions/housing.csv").read_bytes() == before


def test_forgetting_empties_personal_cells_and_cannot_be_taken_back(folder):
    assert change(folder, "accept", "form-1").code == 0
    assert change(folder, "forget", "form-1", "form-3", "-y").code == 0
    rows = read_actions(folder).rows
    for name in ("form-1", "form-3"):
        assert rows[name].get("title") == FORGOTTEN
        assert not any(rows[name].get(one) for one in PERSONAL_COLUMNS - {"title"})
    assert (rows["form-1"].get("country"), rows["form-1"].get("people"), rows["form-3"].get("people")) == (
        "TN",
        "~50",
        "",
    )
    state = {"XDG_STATE_HOME": str(folder.parent / "state")}
    assert run("undo", "-y", cwd=folder.parent, env=state).code == 1
    assert not [file for file in (folder.parent / "state").rglob("*") if file.is_file()]


@pytest.mark.parametrize(
    "command", [("accept", "form-1"), ("report", "form-1", "--people", "70+"), ("merge", "form-1", "form-2")]
)
def test_a_terminal_asks_once_for_every_change(folder, command, monkeypatch):
    before = (folder / "actions/housing.csv").read_bytes()
    type_answers(monkeypatch, ["apply_changes"], "n")
    assert change(folder, *command).code == 2
    assert (folder / "actions/housing.csv").read_bytes() == before
    type_answers(monkeypatch, ["apply_changes"])
    assert change(folder, *command, "-y").code == 0
    assert (folder / "actions/housing.csv").read_bytes() != before


def test_a_change_of_actions_is_taken_back_to_the_byte(folder):
    before = (folder / "actions/housing.csv").read_bytes()
    change(folder, "refuse", "form-1")
    assert (folder / "actions/housing.csv").read_bytes() != before
    assert run("undo", "-y", cwd=folder.parent, env={"XDG_STATE_HOME": str(folder.parent / "state")}).code == 0
    assert (folder / "actions/housing.csv").read_bytes() == before


@pytest.mark.parametrize("options", [(), ("--diff",)])
def test_undo_shows_no_private_cells_of_actions(folder, options):
    assert change(folder, "report", "form-1", "--outcome", "A charter", "--evidence", "SECRET").code == 0
    shown = run("undo", "--dry-run", *options, cwd=folder.parent, env={"XDG_STATE_HOME": str(folder.parent / "state")})
    assert (shown.code, shown.out.splitlines()[-1].split(": ")[-1]) == (0, "1")
    assert "SECRET" not in shown.out + shown.err


@pytest.mark.parametrize("content", [b"title,country\nA,FR\n", b"\xff\xfe\n", None])
def test_a_file_that_cannot_be_read_is_left_alone(folder, content):
    file = folder / "actions/housing.csv"
    if content is None:
        file.unlink()
        file.mkdir()
    else:
        file.write_bytes(content)
    assert change(folder, "accept", "--review", "pending", "-y").code in (1, 2)
    assert content is None or file.read_bytes() == content


def test_cells_with_control_characters_do_not_reach_the_terminal(tmp_path):
    folder = write_actions(tmp_path, {"title": "A \x1b[31m \u202e B", "organiser": "=1+1"})
    outcome = change(folder, "accept", "form-1")
    assert "\x1b" not in outcome.out
    assert "\u202e" not in outcome.out


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_private_cells_are_not_shown_by_a_change(tmp_path, language):
    folder = write_actions(tmp_path, {"source": "form", **{column: f"canary-{column}" for column in PRIVATE_COLUMNS}})
    for arguments in (("forget", "form-1"), ("refuse", "form-1", "--reason", "canary"), ("refuse", "form-1")):
        outcome = change(folder, *arguments, "--dry-run", "--lang", language)
        assert outcome.code == 0
        assert "canary" not in outcome.both


def _accept(folder: Path, name: str) -> None:
    assert change(folder, "accept", name).code == 0


def test_two_writers_lose_nothing(tmp_path):
    folder = write_actions(tmp_path, *({} for _ in range(6)))
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_accept, args=(folder, f"form-{number}")) for number in range(1, 7)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0] * 6
    assert column(folder, "review") == ["accepted"] * 6


def test_an_id_that_several_waves_have_needs_the_wave(folder):
    (folder / "migration.yaml").write_text((folder / "housing.yaml").read_text())
    (folder / "actions/migration.csv").write_bytes((folder / "actions/housing.csv").read_bytes())
    commands = (("accept", "form-1"), ("report", "form-1", "--people", "20"), ("merge", "form-1", "form-2"))
    for command in commands:
        assert change(folder, *command).code == 2
        outcome = change(folder, *command, "--wave", "migration")
        assert outcome.code == 0, outcome.err
    assert column(folder, "review") == ["", "", "accepted"]
    assert [row.get("review") for row in read_actions(folder, "migration").rows.values()] == ["accepted", "accepted"]


def test_contacts_and_names_of_persons_are_not_shown_by_a_change(tmp_path):
    row = {
        "title": "Walk ana@example.org",
        "organiser": "Ana Lopez",
        "organiser_type": "person",
        "place": "call 0612345678",
    }
    folder = write_actions(tmp_path, row)
    shown = change(folder, "forget", "form-1", "--dry-run")
    assert shown.code == 0
    assert not [text for text in ("ana@", "Lopez", "0612345678") if text in shown.out + shown.err]
