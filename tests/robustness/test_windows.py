"""What differs on Windows, as far as it can be held here: consoles, files that are open elsewhere, names, line ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.bounded import Fork
from support.plans import TODAY, run, state, write_plan
from wavectl.cli.app import COMMANDS

WIDE = {
    "programme": 'languages: [fr, ko]\nname: {fr: "Vagues œuvre ≈ 한국어", ko: "물결"}\ntimezone: Asia/Seoul\n',
    "housing": """\
        title: {fr: "Le droit au logement – « œuvre »", ko: "주거권 🏠"}
        slogan: "→ العربية"
        hashtags: ["#주거권"]
        period: 2017-05/2018-04
        moments:
          - {id: forum, title: {fr: "Forum ✓ œ", ko: "광주 포럼"}, when: 2017-09, place: "광주"}
          - {id: day, title: "日本語", when: 2017-10-05}
        """,
}
LINES = {
    "init": ["init", "plan", "--lang", "fr"],
    "new": ["new", "climat", "--title", "fr=Climat 한국어", "--announced"],
    "validate": ["validate"],
    "explain": ["explain", "missing-slogan"],
    "timeline": ["timeline", "--lang", "ko"],
    "status": ["status", "--lang", "fr"],
    "show": ["show", "housing"],
    "converge": ["converge"],
    "todo": ["todo"],
    "coverage": ["coverage"],
    "export-ics": ["export-ics"],
    "moment": ["moment", "cancel", "housing/forum", "--said", "메일"],
    "export-sheet": ["export-sheet", "-o", "계획.csv"],
    "import-sheet": ["import-sheet", "계획.xlsx"],
    "fmt": ["fmt", "--diff"],
    "schema": ["schema"],
}
"""A line for each command; for those that are not here only the help is run."""


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "ascii"])
@pytest.mark.parametrize("command", COMMANDS)
def test_no_console_is_too_narrow(command: str, encoding: str, tmp_path: Path) -> None:
    write_plan(tmp_path, WIDE)
    for line in (LINES.get(command, [command, "--help"]), [command, "--nonsense", "한국어"]):
        outcome = Fork(tmp_path, *line, "--today", TODAY, encoding=encoding).end()
        assert outcome.code in (0, 1, 2), outcome.err
        assert "Traceback" not in outcome.err
        assert "UnicodeEncodeError" not in outcome.err
        assert outcome.out or outcome.err


@pytest.mark.parametrize(
    "line",
    [
        ["fmt"],
        ["validate", "--fix"],
        ["export-ics", "-o", "trial"],
        ["export-ics", "-o", "all.ics"],
        ["schema", "-o", "waves/.schema.json"],
        ["new", "climate", "--title", "T", "--announced"],
        ["init", "plan"],
        ["moment", "add", "housing", "--title", "T", "--when", "2018"],
        ["export-sheet", "-o", "plan.xlsx"],
    ],
    ids=" ".join,
)
def test_a_file_open_in_another_program_is_reported_with_a_hint(
    line: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = "@CGLU" if "--fix" in line else "Housing"
    write_plan(tmp_path, {"housing": f"title: {title}\nstatus: announced\n"})

    def held(*_: object) -> None:
        raise PermissionError(13, "The process cannot access the file because it is being used by another process")

    before = state(tmp_path)
    monkeypatch.setattr(Path, "replace", held)
    outcome = run(*line, "--lang", "en", cwd=tmp_path)
    assert outcome.code == 2
    assert " cannot be written: The process cannot access the file" in outcome.err
    hint = "name another folder" if line[0] == "init" else "close it in Excel, Word or another program"
    assert f"= hint: {hint}" in outcome.err
    assert state(tmp_path) == before


def test_what_windows_and_office_leave_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    left = {
        "~$plan.xlsx": "x",
        "~$housing.yaml": b"\x00",
        "desktop.ini": "x",
        "Thumbs.db": b"\x00",
        ".~lock.a.xlsx#": ",",
    }
    folder = write_plan(tmp_path, {"housing": 'title: "Housing"\nstatus: announced\n', **left})
    assert (folder / "~$housing.yaml").exists()
    for line in (["validate"], ["timeline"], ["fmt"], ["export-ics", "-o", "trial"]):
        assert run(*line, cwd=tmp_path).code == 0


def test_names_with_spaces_and_accents_are_names_like_others(tmp_path: Path) -> None:
    home = tmp_path / "Mes documents été"
    write_plan(home, {"housing": "title: Housing\nstatus: announced\n"})
    lines = (
        ["validate"],
        ["fmt"],
        ["export-ics", "-o", "été"],
        ["schema", "-o", "mon schéma.json"],
        ["validate", "--fix"],
    )
    for line in lines:
        assert run(*line, "--waves", "Mes documents été/waves", cwd=tmp_path).code == 0
    assert run("validate", "Mes documents été/waves/housing.yaml", cwd=tmp_path).code == 0


def test_lines_that_end_as_on_windows_stay_so(tmp_path: Path) -> None:
    text = b"\xef\xbb\xbfstatus: announced\r\ntitle: @CGLU\r\n"
    folder = write_plan(tmp_path, {"housing.yaml": text})
    assert run("validate", "--fix", cwd=tmp_path).code == 0
    assert run("fmt", cwd=tmp_path).code == 0
    after = (folder / "housing.yaml").read_bytes()
    assert after == b'\xef\xbb\xbftitle: "@CGLU"\r\nstatus: announced\r\n'
