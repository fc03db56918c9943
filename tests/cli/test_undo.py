"""The last change of the plan is taken back: all of its files, or none."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from support.plans import SOUND, TODAY, Outcome, run, write_plan

PLAN = {
    "programme": "languages: [en, fr]\nuid_domain: network.org\n",
    "housing": SOUND + "moments:\n  - {id: forum, title: Forum, when: 2017-09}\n",
    "water": SOUND + "moments:\n  - {id: forum, title: Forum, same_as: housing/forum}\n",
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a plan of two waves; the state of its user is beside it."""
    monkeypatch.setenv("LOCALAPPDATA" if os.name == "nt" else "XDG_STATE_HOME", str(tmp_path / "state"))
    write_plan(tmp_path, PLAN)
    return tmp_path


def wavectl(home: Path, *arguments: str) -> Outcome:
    return run("--today", TODAY, "--lang", "en", *arguments, cwd=home)


def files(home: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted((home / "waves").iterdir())}


CHANGES = {
    "move": ("moment", "move", "housing/forum", "--when", "14-17 September 2017"),
    "several files": ("moment", "rename", "housing/forum", "world-forum"),
    "a new file": ("new", "sea", "--title", "Sea", "--announced"),
    "a sheet": ("import-sheet", "more.csv", "--wave", "housing", "--yes"),
    "a layout": ("fmt",),
    "a wave": ("wave", "edit", "water", "--title", "Water"),
    "an actor": ("actor", "add", "City of Lima", "--kind", "member"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_taken_back_to_the_byte(home: Path, name: str) -> None:
    (home / "more.csv").write_text("Title,Date\nMeeting,2017-10\n")
    before = files(home)
    done = wavectl(home, *CHANGES[name])
    assert done.code == 0, done.err
    assert "wavectl undo takes this back" in done.err
    after = files(home)
    assert after != before
    shown = wavectl(home, "undo", "--dry-run")
    assert (shown.code, files(home)) == (0, after)
    assert shown.out
    undone = wavectl(home, "undo", "--yes")
    assert (undone.code, undone.out, files(home)) == (0, shown.out, before), undone.err
    assert undone.err.startswith("this is taken back: ")
    again = wavectl(home, "undo", "--yes")
    assert (again.code, again.out, files(home)) == (1, "", before)


def test_what_validate_fixes_is_taken_back(home: Path) -> None:
    file = home / "waves" / "water.yaml"
    file.write_text(file.read_text().replace("same_as: housing/forum", "when: septembre 2017"))
    before = files(home)
    assert "wavectl undo takes this back" in wavectl(home, "validate", "--fix").err
    assert files(home) != before
    assert wavectl(home, "undo", "--yes").code == 0  # although the plan has an error again
    assert files(home) == before


def test_only_the_last_change_is_taken_back(home: Path) -> None:
    assert wavectl(home, "moment", "cancel", "housing/forum").code == 0
    before = files(home)
    assert wavectl(home, "new", "sea", "--title", "Sea", "--announced").code == 0
    assert wavectl(home, "undo", "--yes").code == 0
    assert files(home) == before


def test_nothing_is_taken_back_if_one_of_the_files_has_changed(home: Path) -> None:
    assert wavectl(home, *CHANGES["several files"]).code == 0
    with (home / "waves" / "water.yaml").open("a") as file:
        file.write("color: teal\n")
    before = files(home)
    done = wavectl(home, "undo", "--yes")
    assert (done.code, files(home)) == (1, before)
    assert "waves/water.yaml has changed since" in done.err


def test_it_is_confirmed_before_it_is_written(home: Path) -> None:
    assert wavectl(home, *CHANGES["move"]).code == 0
    before = files(home)
    done = wavectl(home, "undo")
    assert (done.code, files(home)) == (2, before)
    assert "14–17 September 2017  September 2017" in done.out


def test_what_was_published_stays(home: Path) -> None:
    assert wavectl(home, *CHANGES["move"]).code == 0
    assert wavectl(home, "export-ics").code == 0
    published = {file.name: file.read_bytes() for file in (home / "feeds").iterdir()}
    lock = files(home)["wavectl.lock"]
    assert wavectl(home, "undo", "--yes").code == 0
    assert {file.name: file.read_bytes() for file in (home / "feeds").iterdir()} == published
    assert files(home)["wavectl.lock"] == lock
    assert b"2017-09-14" not in files(home)["housing.yaml"]


def test_the_last_change_is_private_and_beside_the_plan(home: Path) -> None:
    assert wavectl(home, *CHANGES["move"]).code == 0
    (record,) = (home / "state" / "wavectl" / "undo").iterdir()
    assert stat.S_IMODE(record.stat().st_mode) == 0o600
    assert sorted(files(home)) == ["housing.yaml", "programme.yaml", "water.yaml"]


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"schema": "wavectl/undo/1", "files": [{"name": "../a.yaml"}]}', "[" * 9999]
)
def test_a_damaged_record_takes_nothing_back(home: Path, text: str) -> None:
    assert wavectl(home, *CHANGES["move"]).code == 0
    (record,) = (home / "state" / "wavectl" / "undo").iterdir()
    record.write_text(text)
    before = files(home)
    assert (wavectl(home, "undo", "--yes").code, files(home)) == (1, before)


def test_a_record_names_no_file_outside_the_plan(home: Path) -> None:
    assert wavectl(home, *CHANGES["move"]).code == 0
    (record,) = (home / "state" / "wavectl" / "undo").iterdir()
    data = json.loads(record.read_text())
    data["files"][0]["name"] = "../other.yaml"
    record.write_text(json.dumps(data))
    assert wavectl(home, "undo", "--yes").code == 1
    assert not (home / "other.yaml").exists()


def test_a_change_is_made_where_it_cannot_be_kept(home: Path) -> None:
    (home / "state").write_text("not a folder")
    done = wavectl(home, *CHANGES["move"])
    assert done.code == 0
    assert b"2017-09-14/2017-09-17" in files(home)["housing.yaml"]
    assert "wavectl undo cannot take this back" in done.err
    assert wavectl(home, "undo", "--yes").code == 1


def test_a_plan_without_its_only_wave_is_what_it_was(tmp_path: Path) -> None:
    write_plan(tmp_path, {"programme": PLAN["programme"]})
    assert wavectl(tmp_path, *CHANGES["a new file"]).code == 0
    assert wavectl(tmp_path, "undo", "--yes").code == 0
    assert sorted(files(tmp_path)) == ["programme.yaml"]
