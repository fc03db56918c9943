"""The documentation is true: its examples are run, its tables computed, its links followed, its lists complete.

A page is held against itself made anew (`fresh`): what its commands print, how its dates read, which rules there are.
`--rewrite` writes the pages and pictures so. In the pages:

- ```` ```console ```` holds commands after `$` and what they print; `exit=1` says that the last of them fails so.
- ```` ```yaml title=waves/housing.yaml ```` is a file; a page with such blocks starts in an empty folder and grows
  its plan, other pages work on a copy of the project's waves. `mistake=invalid-date` names the error it holds.
- ```` ```yaml part=wave ```` (or `part=programme`) is a part of a file; what the file needs besides is added.
- ```` ```sh ```` holds commands of which those of wavectl and `export` are run and must succeed;
  `folder=empty` on the first such block starts the page in an empty folder.
- ```` ```yml ```` is a file for another program; the commands of wavectl in it are run and must succeed.
- ```` ```text layers ```` is the list of layers that import-linter holds.
"""

from __future__ import annotations

import difflib
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import typer
import yaml

import wavectl
from support import dates_in_words
from support.model_keys import KEYS
from support.plans import GROUPS, commands, run
from wavectl import rules
from wavectl.cli.app import app
from wavectl.dates import edtf, parser
from wavectl.dates.edtf import When
from wavectl.i18n.date_format import format_date
from wavectl.model import ActorKind, MomentKind, Status, WaveStatus
from wavectl.model import programme as of_programme
from wavectl.model import types as of_values
from wavectl.model import wave as of_wave
from wavectl.model.types import ModelBase
from wavectl.plan.loader import load
from wavectl.render.context import STATE_MARKS, RenderContext
from wavectl.render.diagnostics.rule_manual import manual_markdown
from wavectl.render.timeline.csv import COLUMNS
from wavectl.rules.rule import rule_pages

ROOT = Path(__file__).parents[2]
SOURCES = str(Path(wavectl.__file__).parents[1])
"""Where the examples import wavectl from: the same sources as the tests."""
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
NAMES = [page.relative_to(ROOT).as_posix() for page in PAGES]
WIDTH = "96"
FENCE = re.compile(r"^```(?P<lang>\w+)(?P<info>[^\n`]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
TABLE = re.compile(r"^\|[^\n]*\|\n\|[-| :]+\|\n(?:\|[^\n]*\|\n)*", re.MULTILINE)


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


# -- a page made anew


def fresh(text: str, folder: Path) -> str:
    """Return a page as it should be; `folder` is where its commands run. Fail on an example that does not work.

    The manual of the rules is what `wavectl explain` says: its examples are tried by `test_rules.py`.
    """
    if text.startswith("# Rules\n"):
        return manual_markdown(rule_pages(), RenderContext(("en",)))
    desk = Desk(folder)
    if "```yaml title=" not in text and " folder=empty" not in text:
        copytree(ROOT / "waves", desk.here / "waves")
    text = FENCE.sub(lambda found: f"```{found['lang']}{found['info']}\n{desk.block(found)}```", text)
    outside = FENCE.split(text)  # lang, info and body of each block are in between
    pieces = [TABLE.sub(lambda found: computed(found[0]), piece) for piece in outside[::4]]
    blocks = [found[0] for found in FENCE.finditer(text)]
    return "".join(piece + block for piece, block in zip(pieces, [*blocks, ""], strict=True))


@dataclass
class Desk:
    """A folder in which the examples of one page are tried one after the other."""

    folder: Path
    here: Path = field(init=False)

    def __post_init__(self) -> None:
        self.here = self.folder / "desk"
        self.here.mkdir()
        tools = self.folder / "tools"
        tools.mkdir()
        wavectl = tools / "wavectl"  # on a terminal of a fixed width
        wavectl.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m wavectl --color always "$@"\n', encoding="utf-8")
        wavectl.chmod(0o755)
        self.settings = {"PATH": f"{tools}{os.pathsep}{os.defpath}", "HOME": str(self.folder), "COLUMNS": WIDTH}
        self.settings |= {"PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}
        self.settings["PYTHONPATH"] = SOURCES

    def block(self, found: re.Match[str]) -> str:
        """Return the body of a block as it should be."""
        info = dict(re.findall(r"(\w+)=(\S+)", found["info"]))
        kind, body = found["lang"], found["body"]
        if kind == "console":
            return self.console(body, int(info.get("exit", "0")))
        if kind == "sh":
            for line in body.splitlines():
                if line.startswith(("wavectl ", "export ")):
                    self.run(line)
        elif kind == "yml":
            assert yaml.safe_load(body)
            for command in re.findall(r"^ *- (?:run: )?(wavectl .*)$", body, re.MULTILINE):
                self.run(command)
        elif kind == "yaml":
            self.yaml(body, info)
        elif kind == "text" and "layers" in found["info"]:
            return layers()
        return body

    def run(self, command: str, code: int = 0) -> str:
        """Return what a command prints, as a terminal without colours shows it."""
        if command.startswith("cd "):
            self.here /= command[3:]
            assert self.here.is_dir(), command
            return ""
        if command.startswith("export "):
            name, _, value = command.removeprefix("export ").partition("=")
            self.settings[name] = value
            return ""
        bare = re.sub(r'"[^"$`\\]*"', "", command)
        if bare.startswith("wavectl ") and not re.search(r"[|&;<>()$`\\*?~#]", bare):  # the shell changes nothing
            arguments = ("--color", "always", *shlex.split(command)[1:])
            done = run(*arguments, cwd=self.here, env=self.settings)
            ended, text = done.code, done.both
        else:
            process = subprocess.run(
                ["sh", "-c", command], cwd=self.here, env=self.settings, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, encoding="utf-8", check=False,
            )  # fmt: skip
            ended, text = process.returncode, process.stdout
        printed = re.sub(r"\x1b\[[0-9;]*m", "", text)
        assert ended == code, f"{command}: exit code {ended}\n{printed}"
        return "".join(f"{line.rstrip()}\n" for line in printed.splitlines())

    def console(self, body: str, code: int) -> str:
        commands = [line[2:] for line in body.splitlines() if line.startswith("$ ")]
        assert commands, f"no command in the console example\n{body}"
        shown = ""
        for command in commands:
            shown += f"$ {command}\n{self.run(command, code if command is commands[-1] else 0)}"
        return shown

    def yaml(self, body: str, info: Mapping[str, str]) -> None:
        assert "mistake" in info or ill_styled(body) == []
        if "title" in info:
            file = self.here / info["title"]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(body, encoding="utf-8")
            if file.stem != "programme":
                wanted = [info["mistake"]] if "mistake" in info else []
                assert errors(file.parent, file.name) == wanted, body
            return
        assert info.get("part") in ("wave", "programme"), f"say which file this is, or what it is a part of\n{body}"
        waves = self.folder / "parts"
        if not waves.exists():
            copytree(ROOT / "waves", waves)
        if info["part"] == "programme":
            (waves / "programme.yaml").write_text(completed(body, page("waves/programme.yaml")), encoding="utf-8")
            assert errors(waves, "programme.yaml") == [], body
        else:
            (waves / "programme.yaml").write_text(page("waves/programme.yaml"), encoding="utf-8")
            besides = 'title: "Example"\nslogan: "Example"\nhashtags:\n  - "#Example"\nperiod: 2017-01/2019-12\n'
            (waves / "example.yaml").write_text(completed(body, besides), encoding="utf-8")
            assert errors(waves, "example.yaml") == [], body


def completed(body: str, besides: str) -> str:
    """Return a part of a file with the top-level keys it lacks, taken from another text."""
    own = yaml.safe_load(body).keys()
    others = re.split(r"^(?=\w+:)", besides, flags=re.MULTILINE)
    return "".join(other for other in others if re.match(r"\w+:", other) and other.partition(":")[0] not in own) + body


def errors(waves: Path, file: str) -> list[str]:
    """Return the names of the rules whose errors one file of a plan has."""
    checked = rules.check(load(waves))
    return [found.rule for found in checked.findings if found.severity == "error" and found.file == file]


def ill_styled(body: str) -> list[str]:
    """Return what of a YAML example is not block style with its texts in quotation marks."""
    faults, before = [], None
    for token in yaml.scan(body):
        if isinstance(token, yaml.FlowMappingStartToken):
            faults.append(f"braces in line {token.start_mark.line + 1}")
        is_value = isinstance(token, yaml.ScalarToken) and not isinstance(before, yaml.KeyToken)
        if is_value and token.plain and re.search(r"[^!-~]", token.value):
            faults.append(f"no quotation marks: {token.value}")
        before = token
    return faults


def layers() -> str:
    """Return the layers of the program, from the top."""
    tables = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return "".join(f"{layer}\n" for layer in tables["tool"]["importlinter"]["contracts"][0]["layers"])


# -- tables that are computed


def computed(table: str) -> str:
    """Return a table as it should be: one of dates or words by what wavectl makes of it, one of rules by them."""
    head, line, *rows = [cells(row) for row in table.splitlines()]
    if head[0] == "`when`":
        columns = [_dated(name, rows) or [row[number] for row in rows] for number, name in enumerate(head)]
        rows = [list(row) for row in zip(*columns, strict=True)]
    elif head[0] == "Rule":
        rows = list(_ruled())
    elif head[0] in WORDS:
        rows = WORDS[head[0]](rows)
    else:
        return table
    return "".join((table_row(head), f"|{'|'.join(line)}|\n", *map(table_row, rows)))


def table_row(row: list[str]) -> str:
    return f"| {' | '.join(row)} |\n".replace("|  |", "| |").replace("|  |", "| |")


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def bare(cell: str) -> str:
    return cell.strip().strip("`")


@lru_cache
def entries(whens: tuple[str, ...], fuzzy: str) -> dict[str, str]:
    """Return the days that the entry of each date fills in a calendar, both ends included."""
    with TemporaryDirectory() as folder:
        moments = "".join(
            f'  - id: m{number}\n    title: "M"\n    when: "{when}"\n' for number, when in enumerate(whens)
        )
        wave = Path(folder) / "wave.yaml"
        wave.write_text(f'title: "W"\nstatus: announced\nmoments:\n{moments}', encoding="utf-8")
        command = [sys.executable, "-m", "wavectl", "--waves", folder, "export-ics", "-o", "-", "--fuzzy", fuzzy]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    found = dict.fromkeys(whens, "no entry")
    for event in done.stdout.split("BEGIN:VEVENT")[1:]:
        lines = dict(re.findall(r"^(UID|DTSTART|DTEND)[^:\n]*:([^@.\r\n]+)", event, flags=re.MULTILINE))
        found[whens[int(lines["UID"][1:])]] = _filled(lines["DTSTART"], lines.get("DTEND"))
    return found


def _filled(start: str, end: str | None) -> str:
    """Return the time from DTSTART to DTEND as people write it."""
    if "T" in start:
        first, last = (datetime.strptime(text[:15], "%Y%m%dT%H%M%S") for text in (start, end or start))  # noqa: DTZ007
        return f"{first:%Y-%m-%d, %H:%M}-{last:%H:%M}" if end else f"{first:%Y-%m-%d, %H:%M}"
    day = date.fromisoformat(start)
    last_day = date.fromisoformat(end) - timedelta(days=1) if end else day
    return f"{day}" if last_day == day else f"{day} to {last_day}"


def _marked(when: When) -> str:
    state = "open" if when.start is None else "firm" if when.is_exact else "vague"
    return f"{STATE_MARKS[state]} {format_date(when, 'en')}"


DATED: Mapping[str, Callable[[When], str]] = {
    "In the timeline": _marked,
    "In English": lambda when: format_date(when, "en"),
    "In French": lambda when: format_date(when, "fr"),
    "In Spanish": lambda when: format_date(when, "es"),
    "Precision": lambda when: f"`{when.precision}`",
    "Exact": lambda when: "yes" if when.is_exact else "no",
    "First day": lambda when: f"{when.bounds[0] or 'not known'}",
    "Last day": lambda when: f"{when.latest or 'not known'}",
}
"""The columns of a table of dates that are computed, and how."""
FUZZY = ("auto", "span", "first-day", "omit")
"""The columns that are read from the calendars that wavectl writes."""


def _dated(column: str, rows: list[list[str]]) -> list[str] | None:
    """Return the cells of a column of a table of dates; None where it is not computed."""
    whens = tuple(bare(row[0]) for row in rows)
    if bare(column) in FUZZY:
        found = entries(whens, bare(column))
        return [found[when] for when in whens]
    return [DATED[column](edtf.parse(when)) for when in whens] if column in DATED else None


def _read(rows: list[list[str]]) -> list[list[str]]:
    """Return rows of dates in several languages, each with the form that all of them have."""
    found = [{parser.parse_date(text) for text in row[:-1]} for row in rows]
    for row, readings in zip(rows, found, strict=True):
        assert [one.certain for one in readings] == [True], row
    return [[*row[:-1], f"`{readings.pop().edtf}`"] for row, readings in zip(rows, found, strict=True)]


def _doubted(rows: list[list[str]]) -> list[list[str]]:
    """Return rows of words that take an assumption, each with its meaning and its doubts."""
    found = [(row[0], parser.parse_date(row[0])) for row in rows]
    assert not any(one.certain for _, one in found)
    return [
        [text, f"`{one.edtf}`", "; ".join(map(RenderContext(("en",)).format_message, one.doubts))]
        for text, one in found
    ]


def _refused(rows: list[list[str]]) -> list[list[str]]:
    """Return rows of words that are refused, each with fault and cure."""
    found = []
    for text, *_ in rows:
        with pytest.raises(parser.DatePhraseError) as caught:
            parser.parse_date(text)
        found.append([text, str(caught.value.message), str(caught.value.hint)])
    return found


def _measured(_: list[list[str]]) -> list[list[str]]:
    """Return how the dates of calendars are read, a row for each language."""
    names = {"en": "English", "fr": "French", "es": "Spanish"}
    found = dates_in_words.counts(dates_in_words.written())
    kinds = dates_in_words.Kind
    return [
        [name, str(found[lang].total()), *(str(found[lang][kind]) for kind in kinds)] for lang, name in names.items()
    ]


SUBSCRIBERS, HEAD_SIZE = 1_000_000, 400
"""How many subscribers the costs are of, and the bytes of the head of an answer."""


def _costs(rows: list[list[str]]) -> list[list[str]]:
    """Return rows of feeds, each with its size, and what subscribers fetch on one day."""
    with TemporaryDirectory() as folder:
        assert run("export-ics", "--locked", "--lang", "fr", "-o", folder).code == 0
        sizes = [(Path(folder) / bare(row[0])).stat().st_size for row in rows]
    found = []
    for (name, *_), size in zip(rows, sizes, strict=True):
        whole, unchanged = size + HEAD_SIZE, HEAD_SIZE
        days = (whole, unchanged, (2 * whole + 28 * unchanged) / 30)
        found.append([name, f"{size / 1000:.1f} kB", *(f"{bytes_ * SUBSCRIBERS / 1e9:.1f} GB" for bytes_ in days)])
    return found


WORDS: Mapping[str, Callable[[list[list[str]]], list[list[str]]]] = {
    "Words in English": _read,
    "Doubtful words": _doubted,
    "Refused words": _refused,
    "Calendars in": _measured,
    "Feed of the real waves": _costs,
}
"""The tables that are computed besides, by their first heading, and how."""


def _ruled() -> Iterator[list[str]]:
    """Return the rows of a table of rules: how much each weighs, the title of its page in the manual, a link there."""
    for documented in rule_pages():
        severity = "note" if documented.severity == "info" else documented.severity.value
        yield [f"[`{documented.name}`](rules.md#{documented.name})", severity, documented.title]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_shows_what_wavectl_does(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    text = page(name)
    made = fresh(text, tmp_path)
    if made != text and request.config.getoption("--rewrite", default=False):
        (ROOT / name).write_text(made, encoding="utf-8", newline="\n")
    elif made != text:
        changes = difflib.unified_diff(text.splitlines(), made.splitlines(), name, "as it should be", lineterm="", n=1)
        pytest.fail("\n".join([*changes, "if that is right: pytest tests/project/test_docs.py --rewrite"]))


def test_there_are_examples_of_every_kind() -> None:
    blocks = [(name, found["lang"], found["info"]) for name in NAMES for found in FENCE.finditer(page(name))]
    for kind, part, least in (("console", "", 15), ("yaml", "title=", 3), ("yaml", "part=", 10), ("sh", "", 3)):
        assert sum(lang == kind and part in info for _, lang, info in blocks) >= least, (kind, part)


@pytest.mark.parametrize(
    "wrong",
    [
        "```console\n$ wavectl --version\nwavectl 0.0.0\n```\n",
        "```console\n$ wavectl timeline housing --lang en --country KR\nno moments\n```\n",
        "| `when` | In English |\n|---|---|\n| `2018-03` | 1 March 2018 |\n",
        "| `when` | `auto` |\n|---|---|\n| `2018-03` | 2018-03-01 |\n",
        "| Words in English | In French | `when` |\n|---|---|---|\n| March 2018 | mars 2018 | `2018-04` |\n",
        "| Doubtful words | Perhaps | Told |\n|---|---|---|\n| 05/09/2018 | `2018-05-09` | |\n",
        "| Refused words | Why | What to do |\n|---|---|---|\n| Easter 2018 | | |\n",
        "| Calendars in | Dates | Right |\n|---|---|---|\n| English | 1 | 1 |\n",
        "| Rule | Severity | What it says |\n|---|---|---|\n| `missing-slogan` | error | Anything. |\n",
        "# Rules\n\nAnything.\n",
        "```text layers\ncli\n```\n",
    ],
)
def test_a_wrong_example_is_found(tmp_path: Path, wrong: str) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    made = fresh(wrong, first)
    assert made != wrong
    assert fresh(made, second) == made


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        ("```console\n$ wavectl timeline nowhere\n```\n", "exit code 2"),
        ("```console\n$ wavectl validate\n```\n", None),
        ("```console exit=1\n$ wavectl validate\n```\n", "exit code 0"),
        ("```sh\nwavectl timeline --formt json\n```\n", "exit code 2"),
        ("```yml\nscript:\n  - wavectl export-ics --lockd\n```\n", "exit code 2"),
        ("```yml\n- run: wavectl export-ics --lockd\n```\n", "exit code 2"),
        ("```yml\n- run: wavectl validate --format github\n```\n", None),
        ("```console\nwavectl validate\n```\n", "no command"),
        ('```yaml part=wave\ntitel: "Housing"\n```\n', "unknown-key"),
        ("```yaml part=wave\ntitle: {fr: Logement}\n```\n", "braces"),
        ("```yaml part=wave\ntitle: Right to housing\n```\n", "no quotation marks"),
        ('```yaml part=programme\nname: "Waves"\nregions:\n  x-y: "?"\n  A: "a"\n```\n', "invalid-value"),
        ('```yaml\ntitle: "Housing"\n```\n', "say which file"),
        ('```yaml title=waves/a.yaml mistake=invalid-date\ntitle: "A"\nstatus: announced\n```\n', "invalid-date"),
    ],
)
def test_an_example_that_does_not_work_is_found(tmp_path: Path, broken: str, fault: str | None) -> None:
    if fault is None:
        fresh(broken, tmp_path)
    else:
        with pytest.raises(AssertionError, match=fault):
            fresh(broken, tmp_path)


# -- lists that are complete


def sections(text: str) -> dict[str, str]:
    """Return the text under each heading, up to the next one of any level."""
    parts = re.split(r"^#+ (.+)$", FENCE.sub("", text), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def table_rows(section: str, head: str = "") -> list[list[str]]:
    """Return the rows of a section's tables, or only of those whose first column is headed so."""
    tables = [[cells(row) for row in found[0].splitlines()] for found in TABLE.finditer(section)]
    return [row for table in tables if head in ("", table[0][0]) for row in table[2:]]


def first_cells(section: str, head: str = "") -> list[str]:
    """Return the first column of a section's tables."""
    return [bare(row[0]) for row in table_rows(section, head)]


PARTS: Mapping[str, type[ModelBase]] = {
    "The programme": of_programme.Programme,
    "The organiser": of_programme.Organiser,
    "Regions": of_programme.Region,
    "The rules of the house": of_programme.Design,
    "Publication": of_programme.Publish,
    "Feeds": of_programme.Feed,
    "The register of actors": of_programme.Actor,
    "The wave": of_wave.Wave,
    "Moments": of_wave.Moment,
    "Places": of_values.Place,
    "Repeats and exceptions": of_wave.OccurrenceChange,
    "Actors of a wave": of_wave.WaveActor,
    "Campaigns": of_wave.Campaign,
}
"""The sections of the reference, and the block of keys that each tells of."""


def key_faults(heading: str, section: str) -> list[str]:
    """Return the keys that a section of the reference leaves out, invents, or asks for where they are optional."""
    part = PARTS[heading]
    documented = first_cells(section, "Key")
    faults = [f"{heading}: {key} is missing" for key in sorted(part.yaml_keys - set(documented))]
    faults += [f"{heading}: there is no {key}" for key in documented if key not in part.yaml_keys]
    needed = {info.alias or name for name, info in part.model_fields.items() if info.is_required()}
    rows = table_rows(section, "Key")
    faults += [
        f"{heading}: {key} {default}"
        for key, _, default, *_ in rows
        if (default == "**needed**") != (bare(key) in needed)
    ]
    return faults


def test_every_key_is_described() -> None:
    assert set(PARTS.values()) == set(KEYS)
    found = sections(page("docs/wave-files.md"))
    assert [fault for heading in PARTS for fault in key_faults(heading, found[heading])] == []


def test_a_wrong_description_of_keys_is_found() -> None:
    section = "\n| Key | Type | Default |\n|---|---|---|\n| `name` | text | |\n| `nmae` | text | |\n"
    faults = ["The organiser: url is missing", "The organiser: there is no nmae", "The organiser: `name` "]
    assert key_faults("The organiser", section) == faults


def opening(text: str) -> str:
    """Return the words of a description, without links, marks, and the full stop at its end."""
    bare_text = re.sub(r"\[([^]]*)\]\([^)]*\)|\*[^*]+\*", r"\1", text)
    return re.sub(r'[`"]', "", bare_text).strip().rstrip(".").lower()


def test_what_editors_say_of_a_key_opens_as_the_reference_does() -> None:
    found = sections(page("docs/wave-files.md"))
    compared = 0
    for heading, part in PARTS.items():
        for key, *_, documented in table_rows(found[heading], "Key"):
            compared += bool(opening(documented))
            assert opening(KEYS[part][bare(key)].description or "").startswith(opening(documented)), (heading, key)
    assert compared > 60


@pytest.mark.parametrize(
    ("heading", "words"),
    [("The register of actors", ActorKind), ("Moments", MomentKind), ("Moments", Status), ("The wave", WaveStatus)],
)
def test_every_word_that_a_key_takes_is_named(heading: str, words: type[StrEnum]) -> None:
    section = sections(page("docs/wave-files.md"))[heading]
    assert [word.value for word in words if f"`{word.value}`" not in section] == []


def options_of(command: Any) -> set[str]:
    """Return the long names of a command's options."""
    options = (param for param in command.params if param.param_type_name == "option")
    return {name for option in options for name in (*option.opts, *option.secondary_opts) if name.startswith("--")}


SHOWING = ("moment show", "actor list")
"""The commands of groups that change nothing."""


def options_in(section: str) -> set[str]:
    """Return the long names of the options that the tables of a section tell of."""
    return {name for cell in first_cells(section) for name in re.findall(r"--[a-z][\w-]*", cell)}


def test_every_command_and_option_is_described() -> None:
    text = page("docs/commands.md")
    found = sections(text)
    group: Any = typer.main.get_command(app)
    shared = options_of(group)
    assert options_in(found["Options of every command"]) == shared
    every = {name: command for name, command in commands().items() if name}
    assert [heading for heading in found if heading.startswith("wavectl ")] == [f"wavectl {name}" for name in every]
    parts = {"(#filters)": options_in(found["Filters"]), "(#facts-of-a-moment)": options_in(found["Facts of a moment"])}

    def described(name: str) -> set[str]:
        section = found[f"wavectl {name}"]
        return options_in(section).union(*(options for link, options in parts.items() if link in section))

    for name, command in every.items():
        if name in GROUPS:
            continue
        documented, group_of = described(name), name.partition(" ")[0]
        if group_of in GROUPS and name not in SHOWING:
            documented |= described(group_of) & options_of(command)
        assert documented - shared == options_of(command) - shared, name
    variables = {param.envvar for param in group.params if param.envvar}
    assert len(variables) >= 3
    assert variables <= set(first_cells(found["Environment variables"]))


def test_every_column_of_the_timeline_is_described() -> None:
    assert tuple(first_cells(sections(page("docs/commands.md"))["The columns of JSON and CSV"])) == COLUMNS


def test_every_rule_is_described() -> None:
    found = sections(page("docs/commands.md"))
    documented = {cell.partition("`]")[0].lstrip("[`") for cell in first_cells(found["Rules"])}
    assert documented == set(rules.ALL_RULES)
    assert {rule.name for rule in rule_pages()} == documented == sections(page("docs/rules.md")).keys() - {"Rules"}


def test_every_form_of_a_date_is_described() -> None:
    documented = [edtf.parse(text) for text in first_cells(page("docs/dates.md"), "`when`")]
    assert {when.form for when in documented} == set(edtf.DateForm)
    assert {when.precision for when in documented} == set(edtf.Precision)
    assert {point.qualifier for when in documented for point in (when.start, when.end) if point} == {"", "?", "~", "%"}
    points = {point.text[5:7] for when in documented for point in (when.start, when.end) if point}
    assert points >= {"21", "22", "23", "24", "25", "29", "33", "34", "35", "36", "37", "40", "41", "XX", "03"}


def test_an_invalid_date_is_refused_and_its_hint_is_valid() -> None:
    rows = table_rows(page("docs/dates.md"), "Written")
    assert len(rows) >= 5
    for written, _, cure in rows:
        with pytest.raises(edtf.DateError):
            edtf.parse(written.strip('"'))
        for date_written in re.findall(r"`([^`]+)`", cure):
            edtf.parse(date_written)


# -- links, pictures, commands of make


def anchors(text: str) -> set[str]:
    """Return the anchors that a page gives its headings."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def link_faults(file: Path) -> list[str]:
    """Return the links of a page that lead nowhere."""
    text = file.read_text(encoding="utf-8")
    faults = []
    for link in re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", text)):
        target, _, anchor = link.partition("#")
        if re.match(r"https?:", target):
            continue
        there = (file.parent / target).resolve() if target else file
        if not there.exists() or (
            anchor and (there.suffix != ".md" or anchor not in anchors(there.read_text(encoding="utf-8")))
        ):
            faults.append(f"{file.name}: {link}")
    return faults


def test_every_link_leads_somewhere() -> None:
    assert [fault for file in PAGES for fault in link_faults(file)] == []
    index = page("docs/index.md")
    assert [
        file.name for file in PAGES if file.name not in ("CHANGELOG.md", "index.md") and f"{file.name})" not in index
    ] == []


def test_a_link_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    file.write_text(
        "# Where it *is*\n\n[a](#where-it-is) [b](#nowhere) [c](none.md) [d](page.md#x)\n", encoding="utf-8"
    )
    assert link_faults(file) == ["page.md: #nowhere", "page.md: none.md", "page.md: page.md#x"]


def test_every_target_of_make_exists() -> None:
    targets = re.findall(r"^([a-z][\w-]*):", page("Makefile"), flags=re.MULTILINE)
    documented = {
        target for name in NAMES for target in re.findall(r"(?:^|`)make ([a-z]+)\b`?", code(page(name)), re.MULTILINE)
    }
    assert {"demo", "test", "clients"} <= documented
    assert documented - set(targets) == set()


def code(text: str) -> str:
    """Return what of a page is code."""
    return "\n".join([*re.findall(r"`[^`\n]+`", text), *(found["body"] for found in FENCE.finditer(text))])


def test_the_pictures_are_fresh(request: pytest.FixtureRequest) -> None:
    rewrite = request.config.getoption("--rewrite", default=False)
    command = [sys.executable, str(ROOT / "scripts" / "pictures.py"), *([] if rewrite else ["--check"])]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def foreign(svg: str) -> list[str]:
    """Return what a picture would fetch from elsewhere."""
    return re.findall(r"@font-face|@import|<image|<script|url\((?!#)|(?:href|src)=", svg)


def test_the_pictures_fetch_nothing_and_are_shown() -> None:
    pictures = sorted((ROOT / "docs" / "pictures").glob("*.svg"))
    assert len(pictures) >= 3
    shown = "".join(map(page, NAMES))
    for file in pictures:
        assert foreign(file.read_text(encoding="utf-8")) == []
        assert f"pictures/{file.name})" in shown
    assert foreign("<style>@font-face { src: url('https://example.org/a.woff2') }</style>") == ["@font-face", "url("]


def test_the_page_of_limits_has_the_limits_of_the_code() -> None:
    from wavectl.cli import action_feeds, context, feed_files, plan_lock, revisions
    from wavectl.dates import edtf
    from wavectl.diagnostics import MAX_FINDINGS
    from wavectl.insights.convergence import pairs
    from wavectl.lockfile.reader import MAX_LOCK_LINES, MAX_LOCK_SIZE
    from wavectl.model.programme import MAX_FEEDS
    from wavectl.plan import loader
    from wavectl.spreadsheet import reader
    from wavectl.yamlfile.reader import MAX_SIZE

    page = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")
    for row in (
        f"| a file of the plan, a workbook or a CSV file | {MAX_SIZE} MiB;",
        f"| `wavectl.lock` | {MAX_LOCK_SIZE} MiB and {MAX_LOCK_LINES:,} lines,",
        f"`export-ics --check` compares | {feed_files.MAX_FEED_SIZE} MiB |",
        f"(`--since`, `diff`) | {loader.MAX_PLAN_SIZE} MiB together |",
        f"| files of a plan, also at a git revision | {loader.MAX_FILES:,} |",
        f"| dates of all repeating moments of a plan | {loader.MAX_PLAN_OCCURRENCES:,} |",
        f"{pairs.MAX_PAIRS:,} pairs of moments of each kind, {pairs.MAX_WAVE_PAIRS:,} pairs of waves |",
        f"(`--since`, `diff`, `site`) | {revisions.MAX_WAIT} seconds |",
        f"| the latest {revisions.MAX_REVISIONS}, {revisions.MAX_HISTORY_SIZE} MiB together |",
        f"| findings of one rule in one file | {MAX_FINDINGS:,} |",
        f"| local actions in the feeds | {action_feeds.MAX_ACTIONS:,} |",
        f"| `feeds` in `programme.yaml` | {MAX_FEEDS} |",
        f"| {reader.MAX_SHEETS} sheets, {reader.MAX_ROWS:,} rows, {reader.MAX_CELLS:,} cells |",
        f"| {plan_lock.MAX_WAIT} seconds |",
        f"the last year of dates: {edtf.LAST_YEAR - context.YEARS_AHEAD} |",
    ):
        assert row in page
