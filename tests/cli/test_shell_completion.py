"""Shell completion: the words that each shell gets, in its own format."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

from support.golden import Golden
from support.plans import GROUPS, ROOT, process, write_plan
from wavectl.actions.action import HEADER, OrganiserType
from wavectl.actions.sources import MAPPED_COLUMNS
from wavectl.cli.app import COMMANDS, app
from wavectl.cli.help import _TYPER_OPTION_HELP
from wavectl.cli.shell_completion import respond_to_shell
from wavectl.model.types import COUNTRIES
from wavectl.rules import ALL_RULES
from wavectl.spreadsheet.columns import FIELDS

TABLE = ROOT / "src" / "wavectl" / "cli" / "completions.json"
_CHOSEN = ("FORMAT", "HOW", "KIND", "STATE", "STATUS", "WHEN")
_LIST = re.compile(r"(?:[\w-]+, )*[\w-]+ or [\w-]+")


def choices(metavar: str, help_text: str) -> list[str]:
    """Return the values that a parameter can have, from what its help says of it."""
    found = _LIST.search(help_text) if metavar in _CHOSEN else _LIST.fullmatch(metavar) if metavar.islower() else None
    return re.split(", | or ", found[0]) if found else []


def described(command: Any, help_text: str) -> dict[str, Any]:
    """Return what the table says of a command, and of those below it."""
    found: dict[str, Any] = {"help": help_text, "options": [], "arguments": []}
    for one in command.params:
        value = "" if getattr(one, "is_flag", False) else one.metavar or ""
        offers = {"value": value, "choices": choices(value, one.help or "")}
        if one.param_type_name == "argument":
            found["arguments"].append({**offers, "many": one.nargs == -1})
        elif not one.hidden:
            found["options"].append(
                {
                    "names": [*one.opts, *one.secondary_opts],
                    **offers,
                    "help": _TYPER_OPTION_HELP.get(one.name, one.help),
                }
            )
    if hasattr(command, "list_commands"):
        names = command.list_commands(None)
        below = {name: command.get_command(None, name) for name in names}
        found["commands"] = {
            name: described(one, COMMANDS[name][1] if command.name not in GROUPS and name in COMMANDS else summary(one))
            for name, one in below.items()
        }
    return found


def summary(command: Any) -> str:
    return " ".join((command.help or "").partition("\n\n")[0].split())


def test_the_table_is_what_the_command_line_says(golden: Golden) -> None:
    table = {**described(typer.main.get_command(app), ""), "rules": list(ALL_RULES), "countries": sorted(COUNTRIES)}
    table["fields"] = [field.name for field in FIELDS.values() if not field.read_only]
    table |= {"action_columns": list(MAPPED_COLUMNS), "organiser_types": list(OrganiserType)}
    golden(TABLE, json.dumps(table, indent=1) + "\n")


PLAN = {
    "programme": """\
        languages: [fr, pt]
        feeds: {firm: {fuzzy: omit}}
        regions: {africa: Africa}
        actors:
          uclg: {name: CGLU, kind: association}
        """,
    "housing": """\
        title: T
        period: 2017-05/2018-12
        moments:
          - id: forum
            title: F
            when: 2018
          - {title: G, id: day, when: 2018}
        actors: [uclg, {id: centres, name: C, kind: research}]
        """,
    "broken": "title: [\n",
    "$(touch${IFS}x).yaml": "title: T\n",
    "migration.yml": "title: T\nmoments:\n  - id: $(touch${IFS}x)\n  - id: forum\n",
}


def offered(home: Path, line: str, **environment: str) -> list[str]:
    """Return what bash is offered after a line, whose words have one space between."""
    words = ["wavectl", *line.split(" ")]
    requested = {"COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1), **environment}
    found = respond_to_shell("complete_bash", requested, home)
    assert found.code == 0
    return found.text.splitlines()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = write_plan(tmp_path, PLAN)
    (folder / "actions").mkdir()
    (folder / "actions" / "sources.yaml").write_text("sources: {form: {}, partners: {}, $(x): {}}\n")
    for wave, ids in (("housing", ("form-1", "page-1", "page-2", "$(x)")), ("migration", ("page-3",))):
        lines = [HEADER, *(f'{id_},"a, b",' for id_ in ids)]
        (folder / "actions" / f"{wave}.csv").write_text("\n".join(lines))
    return tmp_path


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("va", ["validate"]),
        ("", list(COMMANDS)),
        ("--waves x --lang en ti", ["timeline"]),
        ("validate h", ["housing"]),
        ("validate ", ["broken", "housing", "migration", "programme"]),
        ("timeline ", ["broken", "housing", "migration"]),
        ("timeline housing m", ["migration"]),
        ("moment edit housing/forum --add-actor ", ["uclg", "centres"]),
        ("moment edit housing/forum --add-priority a", []),
        ("moment edit housing/forum --kind d", ["deadline"]),
        ("moment add housing --country B", [code for code in sorted(COUNTRIES) if code.startswith("B")]),
        ("wave edit h", ["housing"]),
        ("wave edit housing --status c", ["closed"]),
        ("actor confirm h", ["housing"]),
        ("actor confirm housing c", ["centres"]),
        ("actor add A --kind wo", ["working_group"]),
        ("actor add A --wave ", ["broken", "housing", "migration"]),
        ("validate --fo", ["--format"]),
        ("validate --format ", ["text", "concise", "json", "github", "sarif"]),
        ("validate --format = c", ["concise"]),
        ("validate --format =", ["text", "concise", "json", "github", "sarif"]),
        ("validate --format json --str", ["--strict"]),
        ("validate --select missing-s", ["missing-slogan"]),
        ("explain missing-s", ["missing-slogan"]),
        ("explain missing-slogan ", []),
        ("timeline --actor ", ["uclg", "centres"]),
        ("timeline --region ", ["africa"]),
        ("timeline --country Z", ["ZA", "ZM", "ZW"]),
        ("timeline --timezone Asia/Se", ["Asia/Seoul"]),
        ("moment show --timezone Europe/Mad", ["Europe/Madrid"]),
        ("timeline --kind d", ["deadline"]),
        ("actions list --moment ", ["forum", "day"]),
        ("actions list migration --moment ", ["forum"]),
        ("actions count --source ", ["form", "partners"]),
        ("actions import a.csv --source p", ["partners"]),
        ("actions import a.csv --map Ville=pla", ["Ville=place"]),
        ("actions import a.csv --map Ville=out", ["Ville=outcome"]),
        ("actions import a.csv --wave h", ["housing"]),
        ("actions form --format t", ["text"]),
        ("actions count --by w", ["week"]),
        ("actions review --review ", ["pending", "accepted", "refused"]),
        ("actions count --organiser-type re", ["research"]),
        ("actions accept ", ["form-1", "page-1", "page-2", "page-3"]),
        ("actions refuse --wave migration ", ["page-3"]),
        ("actions report form-1 --wave ", ["broken", "housing", "migration"]),
        ("actions report p", ["page-1", "page-2", "page-3"]),
        ("actions merge page-1 page-2", ["page-2"]),
        ("actions merge page-1 page-2 ", []),
        ("actions forget --priority ", []),
        ("timeline --lang ", ["fr", "pt", "en", "es"]),
        ("timeline --from ", []),
        ("export-ics ", ["broken", "housing", "migration", "all", "firm"]),
        ("export-ics -o ", []),
        ("schema ", ["wave", "programme", "action"]),
        ("new ", []),
        ("nonsense ", []),
        ("import-sheet a.csv --map Event = ti", ["title", "time", "timezone"]),
        ("import-sheet a.csv --map Ville = pla", ["place"]),
        ("import-sheet a.csv --map = Ville = pla", ["place"]),
        ("import-sheet a.csv --map Event=tit", ["Event=title"]),  # in quotation marks
        ("import-sheet a.csv --map $(x)=tit", []),
        ("import-sheet a.csv --map Ev", []),
        ("import-sheet a.csv --map Event = title --wave h", ["housing"]),
    ],
)
def test_what_is_offered(home: Path, line: str, words: list[str]) -> None:
    assert offered(home, line) == words


def test_moments_are_offered_with_their_wave(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = json.loads(TABLE.read_bytes())
    table["commands"]["move"] = {
        "help": "", "options": [], "arguments": [{"value": "WAVE/MOMENT", "choices": [], "many": False}]
    }  # fmt: skip
    (home / "table.json").write_text(json.dumps(table))
    monkeypatch.setattr("wavectl.cli.shell_completion._COMPLETIONS_FILE", home / "table.json")
    assert offered(home, "move ") == ["housing/forum", "housing/day", "migration/forum"]
    assert offered(home, "move housing/f") == ["housing/forum"]


WIDE = "title: T\nmoments:\n" + "".join(f"  - {{id: m{number}, title: T}}\n" for number in range(10))
"""A wave of 63 nodes."""


@pytest.mark.parametrize(("name", "bound"), [("_MAX_BYTES", 2 * len(WIDE)), ("_MAX_NODES", 150)])
def test_what_is_read_of_all_files_together_is_bounded(
    name: str, bound: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_plan(tmp_path, {f"wave-{number}": WIDE for number in range(5)})
    assert len(offered(tmp_path, "moment show ")) == 50
    monkeypatch.setattr(f"wavectl.cli.shell_completion.{name}", bound)
    assert {word.partition("/")[0] for word in offered(tmp_path, "moment show ")} == {"wave-0", "wave-1"}
    assert offered(tmp_path, "moment show wave-4/m3") == ["wave-4/m3"]  # no other wave is read


def test_of_a_long_file_the_first_moments_are_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_plan(tmp_path, {"housing": WIDE})
    monkeypatch.setattr("wavectl.cli.shell_completion._MAX_BYTES", 150)
    assert offered(tmp_path, "moment show ") == [f"housing/m{number}" for number in range(5)]


def test_what_is_read_and_offered_of_registers_is_bounded(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wavectl.cli.shell_completion._MAX_ACTIONS", 2)
    assert offered(home, "actions accept ") == ["form-1", "page-1"]
    assert offered(home, "actions accept page") == ["page-1", "page-2"]
    monkeypatch.setattr("wavectl.cli.shell_completion._MAX_REGISTER_BYTES", len(HEADER) + 20)
    assert offered(home, "actions accept ") == ["form-1"]


def test_actors_of_the_waves_on_the_line_are_read_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_plan(tmp_path, {name: f"title: T\nactors: [{{id: of-{name}, name: N}}]\n" for name in ("one", "two")})
    assert offered(tmp_path, "timeline two --actor ") == ["of-two", "of-one"]
    monkeypatch.setattr("wavectl.cli.shell_completion._MAX_BYTES", 50)
    assert offered(tmp_path, "timeline two --actor ") == ["of-two"]


def test_the_second_moment_of_a_tie_and_the_wave_of_a_sheet_are_offered(home: Path) -> None:
    assert offered(home, "moment tie housing/day housing/f") == ["housing/forum"]
    assert offered(home, "import-sheet a.xlsx --wave h") == ["housing"]


def test_the_plan_is_the_one_that_is_named(home: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert offered(elsewhere, "timeline ") == ["broken", "housing", "migration"]  # in the folder above
    assert offered(elsewhere, "timeline --waves none ") == []
    assert offered(elsewhere, "--waves=none timeline ") == []
    assert offered(home.parent, "timeline ", WAVECTL_WAVES=str(home / "waves")) == ["broken", "housing", "migration"]
    assert offered(home.parent, "timeline ") == []


def test_each_shell_is_answered_in_its_own_form(home: Path) -> None:
    def output(shell: str, line: str, **more: str) -> tuple[str, int]:
        return tuple(respond_to_shell(f"complete_{shell}", {"_TYPER_COMPLETE_ARGS": line, **more}, home))

    row = '"schema":"Écrire le schéma JSON des fichiers du plan, pour les éditeurs de texte."'
    assert output("zsh", "wavectl sc")[0] == f"_arguments '*: :(({row}))'\n"
    assert output("zsh", "wavectl timeline --from ")[0] == "_files\n"
    assert output("zsh", "wavectl timeline h")[0] == """_arguments '*: :(("housing"))'\n"""
    get, ask = ({"_TYPER_COMPLETE_FISH_ACTION": action} for action in ("get-args", "is-args"))
    assert output("fish", "wavectl --lang en fm", **get)[0] == "fmt\tFormat the files of the plan in one style.\n"
    assert [output("fish", line, **ask)[1] for line in ("wavectl fm", "wavectl timeline --from ")] == [0, 1]
    assert output("pwsh", "wavectl timeline h", _TYPER_COMPLETE_WORD_TO_COMPLETE="h")[0] == "housing::: \n"


def test_no_shell_ever_sees_an_error(home: Path) -> None:
    for words in ({}, {"COMP_WORDS": "wavectl\nva", "COMP_CWORD": "x"}, {"COMP_WORDS": "wavectl", "COMP_CWORD": "9"}):
        outcome = process(cwd=home, env={"_WAVECTL_COMPLETE": "complete_bash", **words})
        assert outcome.err == ""
    fish = {"_WAVECTL_COMPLETE": "complete_fish", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    narrow = {"PYTHONIOENCODING": "ascii", "_TYPER_COMPLETE_ARGS": "wavectl "}
    outcome = process(cwd=home, env={**fish, **narrow})
    assert (outcome.code, outcome.err, "validate\tV" in outcome.out) == (0, "", True)


def test_neither_the_command_line_nor_the_models_are_loaded(home: Path) -> None:
    code = """
import sys
from pathlib import Path
from wavectl.cli.shell_completion import respond_to_shell
respond_to_shell("complete_zsh", {"_TYPER_COMPLETE_ARGS": "wavectl timeline --actor u"}, Path.cwd())
respond_to_shell("complete_zsh", {"_TYPER_COMPLETE_ARGS": "wavectl "}, Path.cwd())
print(sorted({"typer", "pydantic", "rich", "babel", "wavectl.model", "wavectl.cli.app"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=home, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_a_bash_completes(home: Path) -> None:
    script = """
source <(wavectl --show-completion)
try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _wavectl_completion wavectl; echo "${COMPREPLY[@]}"; }
try wavectl va
try wavectl validate ""
try wavectl timeline --actor c
try wavectl validate --format = c
complete -p wavectl
"""
    programs = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "HOME": str(home)}
    done = subprocess.run(
        ["bash", "-c", script], cwd=home, env=environment, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "validate",
        "broken housing migration programme",
        "centres",
        "concise",
        "complete -o default -F _wavectl_completion wavectl",
    ]
    assert not list(home.rglob("x"))
