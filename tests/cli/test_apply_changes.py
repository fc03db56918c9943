"""Changes of a plan: checked, shown as a difference, written whole, and what subscribers will see."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer

from support.plans import ANNOUNCED, SOUND, TODAY, run, state, write_plan
from wavectl.cli import context
from wavectl.cli.apply_changes import (
    BOM,
    FileChange,
    apply_changes,
    build_file_change,
    read_unchanged,
    show_diff,
    write_file_changes,
)
from wavectl.cli.atomic_files import write_atomically
from wavectl.cli.context import AppContext, load_app
from wavectl.cli.options import CommonOptions

MOMENTS = """\
title: Housing
slogan: A right
hashtags: ["#Housing"]
period: 2017-05/2018-12
moments:
  - {id: forum, title: Forum, when: 2017-09}
  - {id: day, title: Day, when: 2017-12-10}
"""


HEADINGS = ["What", "Before", "After", "Read as"]
DAYS = "14–17 September 2017"
WEEKDAYS = "Thursday 14 September 2017 – Sunday 17 September 2017"


def rows(out: str) -> list[list[str]]:
    """Return the cells of the lines of a table."""
    return [re.split(" {2,}", line) for line in out.splitlines()]


def load(home: Path, monkeypatch: pytest.MonkeyPatch) -> AppContext:
    monkeypatch.chdir(home)
    return load_app(CommonOptions(today=TODAY))


def test_a_change_is_shown_written_and_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_plan(tmp_path, {"housing": MOMENTS, "programme": "uid_domain: network.org\n"})
    assert run("export-ics", "-o", "feeds", cwd=tmp_path).code == 0
    text = MOMENTS.replace("2017-09}", "2017-09-14/2017-09-17}")
    apply_changes(load(tmp_path, monkeypatch), {"housing.yaml": text})
    out, err = capsys.readouterr()
    assert rows(out) == [["Forum"], HEADINGS, ["Date", "September 2017", DAYS, WEEKDAYS]]
    assert (folder / "housing.yaml").read_text() == text
    assert "what subscribers will see:" in err
    assert "14–17 September 2017 · Forum" in err
    assert "next: wavectl publish" in err


@pytest.mark.parametrize(
    ("old", "new", "is_seen"),
    [
        ("when: 2017-09}", "when: 2017-10}", True),
        ("when: 2017-09}", "when: 2017-09, owner: Ana}", False),
        ("moments:\n", "moments:\n  - {id: secret, title: Secret, when: 2017-10-01, draft: true}\n", False),
        ("moments:\n", "moments:\n  - {id: some-day, title: Some day, when: unknown}\n", False),
        ("moments:\n", "moments:\n  - {id: new, title: New, when: 2017-10-01}\n", True),
    ],
)
def test_only_what_subscribers_will_see_is_to_be_published(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    old: str,
    new: str,
    *,
    is_seen: bool,
) -> None:
    write_plan(tmp_path, {"housing": MOMENTS})
    assert old in MOMENTS
    apply_changes(load(tmp_path, monkeypatch), {"housing.yaml": MOMENTS.replace(old, new)})
    assert ("next: wavectl publish" in capsys.readouterr().err) is is_seen


def test_a_dry_run_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_plan(tmp_path, {"housing": MOMENTS})
    apply_changes(load(tmp_path, monkeypatch), {"housing.yaml": MOMENTS.replace("2017-09}", "2017-10}")}, dry_run=True)
    assert (folder / "housing.yaml").read_text() == MOMENTS
    out, err = capsys.readouterr()
    assert rows(out)[2] == [
        "Date",
        "September 2017",
        "October 2017",
        "between Sunday 1 October 2017 and Tuesday 31 October 2017",
    ]
    assert "nothing is written" in err
    assert "next:" not in err


def test_a_plan_never_gets_more_errors_than_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = MOMENTS.replace("title: Day", "titel: Day")
    folder = write_plan(tmp_path, {"housing": wrong})
    here = load(tmp_path, monkeypatch)
    with pytest.raises(typer.Exit) as ended:
        apply_changes(here, {"housing.yaml": wrong.replace("2017-09}", "2019-09}")})
    assert ended.value.exit_code == 1
    err = capsys.readouterr().err
    assert "moment-outside-period" in err
    assert "unknown-key" not in err  # that one was there before
    assert (folder / "housing.yaml").read_text() == wrong
    apply_changes(here, {"housing.yaml": wrong.replace("2017-09}", "2017-10}")})
    assert "2017-10}" in (folder / "housing.yaml").read_text()


def test_a_new_file_is_written_and_the_bytes_before_the_text_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_plan(tmp_path, {"housing": b"\xef\xbb\xbf" + ANNOUNCED.encode()})
    new = {"housing.yaml": ANNOUNCED.replace("Housing", "Home"), "migration.yaml": ANNOUNCED}
    apply_changes(load(tmp_path, monkeypatch), new)
    assert (folder / "housing.yaml").read_bytes() == b"\xef\xbb\xbf" + ANNOUNCED.replace("Housing", "Home").encode()
    assert (folder / "migration.yaml").read_text() == ANNOUNCED


def test_a_missing_confirmation_is_reported_with_a_hint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_plan(tmp_path, {"housing": ANNOUNCED})
    with pytest.raises(typer.Exit) as ended:
        apply_changes(load(tmp_path, monkeypatch), {"housing.yaml": ANNOUNCED + "color: teal\n"}, ask=True)
    assert ended.value.exit_code == 2
    assert "add --yes" in capsys.readouterr().err
    assert (folder / "housing.yaml").read_text() == ANNOUNCED


def test_a_change_that_the_plan_already_has_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_plan(tmp_path, {"housing": ANNOUNCED})
    with pytest.raises(typer.Exit) as ended:
        apply_changes(load(tmp_path, monkeypatch), {"housing.yaml": ANNOUNCED})
    assert ended.value.exit_code == 0
    assert "nothing changes" in capsys.readouterr().err


def test_a_new_file_is_never_put_over_one_that_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write_plan(tmp_path, {"housing": ANNOUNCED}) / "housing.yaml"
    monkeypatch.chdir(tmp_path)
    with pytest.raises(typer.Exit):
        write_file_changes(load_app(CommonOptions()), [FileChange(file, None, b"title: Other\n")])
    assert file.read_text() == ANNOUNCED


def test_a_plan_that_is_changed_while_it_is_read_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_plan(tmp_path, {"housing": ANNOUNCED, "water": ANNOUNCED})
    texts, read = iter(["teal", "navy"]), context.read_app

    def read_and_change(*arguments: Any, **options: Any) -> AppContext:
        app = read(*arguments, **options)
        if color := next(texts, None):
            write_atomically(folder / "water.yaml", f"{ANNOUNCED}color: {color}\n".encode())
        return app

    monkeypatch.setattr(context, "read_app", read_and_change)
    assert load(tmp_path, monkeypatch).plan.waves["water"].color == "navy"


def test_changes_apply_to_the_files_as_they_were_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_plan(tmp_path, {"housing": ANNOUNCED, "water": ANNOUNCED})
    app = load(tmp_path, monkeypatch)
    (folder / "water.yaml").write_text("title: [\n")
    changed = app.with_changes({"housing.yaml": ANNOUNCED.encode() + b"color: teal\n"})
    assert sorted(changed.plan.waves) == ["housing", "water"]
    assert sorted(app.with_changes().plan.waves) == ["housing"]


def test_a_file_that_was_changed_since_it_was_read_ends_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_plan(tmp_path, {"housing": ANNOUNCED}) / "housing.yaml"
    monkeypatch.chdir(tmp_path)
    app = load_app(CommonOptions())
    assert read_unchanged(app, app.plan, "housing.yaml") == ANNOUNCED.encode()
    file.write_text("title: Other\n")
    with pytest.raises(typer.Exit):
        read_unchanged(app, app.plan, "housing.yaml")


def test_a_file_that_opens_with_the_mark_of_its_encoding_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_plan(tmp_path, {"housing": ANNOUNCED, "water": ANNOUNCED})
    (folder / "water.yaml").write_bytes(BOM + ANNOUNCED.encode())
    monkeypatch.chdir(tmp_path)
    app = load_app(CommonOptions())
    made = [build_file_change(app, f"{wave}.yaml", "title: É\n") for wave in ("housing", "water", "new")]
    assert [one.before for one in made] == [ANNOUNCED.encode(), BOM + ANNOUNCED.encode(), None]
    assert [one.after for one in made] == ["title: É\n".encode(), BOM + "title: É\n".encode(), "title: É\n".encode()]


def test_a_difference_names_the_file_as_people_see_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write_plan(tmp_path, {"housing": ANNOUNCED})
    show_diff(load_app(CommonOptions()), [FileChange(tmp_path / "waves" / "new.yaml", None, b"title: A\n")])
    assert capsys.readouterr().out.startswith("--- waves/new.yaml\n+++ waves/new.yaml\n")


_EXACT = {
    "moment": ("moment", "move", "housing/forum", "--when", "2017-10"),
    "wave": ("wave", "edit", "housing", "--title", "Homes"),
    "new": ("new", "sea", "--title", "Sea", "--announced"),
    "actor": ("actor", "add", "Lima", "--kind", "member"),
}
_WORDS = {
    "moment": ("moment", "cancel", "worl foru"),
    "wave": ("wave", "edit", "waters", "--title", "Sea"),
    "actor": ("actor", "rename", "lisb", "lisboa"),
}


@pytest.fixture
def words_plan(tmp_path: Path) -> Path:
    moments = "moments:\n  - {id: forum, title: World Forum, when: 2017-09}\n"
    programme = "actors: {lisbon: {name: City of Lisbon, kind: member}}\n"
    seas = SOUND.replace("title: Housing", "title: Clean waters")
    write_plan(tmp_path, {"programme": programme, "housing": SOUND + moments, "seas": seas})
    return tmp_path


@pytest.mark.parametrize("name", _EXACT)
def test_a_terminal_asks_once_for_every_change(words_plan: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    command = (*_EXACT[name], "--today", "2017-06-01")
    asked: list[str] = []
    monkeypatch.setattr("wavectl.cli.apply_changes.is_interactive", lambda: True)
    monkeypatch.setattr("builtins.input", lambda: (asked.append(""), "n")[1])
    before = state(words_plan)
    assert (run(*command, cwd=words_plan).code, len(asked), state(words_plan)) == (2, 1, before)
    assert (run(*command, "--dry-run", cwd=words_plan).code, len(asked), state(words_plan)) == (0, 1, before)
    assert (run(*command, "--yes", cwd=words_plan).code, len(asked)) == (0, 1)
    assert state(words_plan) != before


@pytest.mark.parametrize("name", _EXACT)
def test_a_script_writes_what_is_exact(words_plan: Path, name: str) -> None:
    before = state(words_plan)
    assert run(*_EXACT[name], "--today", "2017-06-01", cwd=words_plan).code == 0
    assert state(words_plan) != before


@pytest.mark.parametrize("name", _WORDS)
def test_a_script_only_shows_what_words_match(words_plan: Path, name: str) -> None:
    command, before = (*_WORDS[name], "--today", "2017-06-01"), state(words_plan)
    assert run(*command, cwd=words_plan).code == 2
    shown = run(*command, "--dry-run", cwd=words_plan)
    assert (shown.code, bool(shown.out), state(words_plan)) == (0, True, before), shown.err
    assert {"moment": "World Forum", "wave": "Clean waters", "actor": "City of Lisbon"}[name] in shown.err
