"""Several runs that change one plan at once: none loses what another wrote, and none is left half done."""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from support.bounded import Fork
from support.fuzz import FUZZ
from support.plans import GROUPS, TODAY, commands, run, write_plan
from support.registers import register_bytes
from wavectl.cli import plan_lock as plan_lock_module
from wavectl.cli.console import Console
from wavectl.cli.plan_lock import plan_lock

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no fork and no such signals")

ROUNDS = 200 if FUZZ else 40
"""How often each two commands run at once."""
PLAN = {
    "programme": """uid_domain: waves.uclg.org
languages: [en, fr]
actors:
  lima: {name: City of Lima, kind: member}
  quito: {name: City of Quito, kind: member}
""",
    "housing": """title: Housing
slogan: A right
period: 2017/2018
actors: [{id: lima, confirmed: false}]
moments:
  - {id: a, title: Aaa, when: 2017-09}
  - {id: b, title: {fr: Bbb}, when: 2017-10, status: tentative}
  - {id: c, title: Ccc, when: 2017-11, status: cancelled}
  - {id: d, title: Ddd, same_as: water/d}
""",
    "water": """title: Water
slogan: A right
period: 2017/2018
moments:
  - {id: a, title: Aaa, when: 2017-09}
  - {id: d, title: Ddd, when: 2017-12}
hashtags: ["#a",]
""",
}
SHEETS = {"one.csv": "id;title;when\n;Eee;2018-06-12\n", "two.csv": "id;title;when\n;Fff;2018-06-13\n"}
SHEETS |= {"day.csv": 'event_name,event_date,place\nOpen day,2017-09-20,"Tunis, Tunisia"\n'}
BEFORE = "moment rename water/d e"
"""What was done to the plan before: a change of two files, which ``undo`` takes back."""
MOVE = "moment move housing/b --when 2017-10-14"
PAIRS: Sequence[tuple[str, str]] = (
    ("moment edit housing/a --title Z", MOVE),
    ("moment confirm housing/b", "moment postpone housing/a"),
    ("moment cancel housing/a", "moment restore housing/c"),
    ("moment add housing --title E --when 2018-01", "wave edit housing --title Z"),
    ("moment tie housing/a water/a", "moment rename water/a z"),
    ("moment remove housing/a -y", "actor rename lima callao"),
    ("programme edit --name Z", MOVE),
    ("actor add Cusco --kind member --wave housing", "actor confirm housing lima"),
    ("actor remove quito -y", "new land --title L --announced"),
    ("validate --fix", "fmt"),
    ("import-sheet one.csv --wave housing -y", "import-sheet two.csv --wave housing -y"),
    ("export-sheet -o plan.csv", MOVE),
    ("export-ics", "undo -y"),
    ("publish", "site"),
    ("schema -o waves/.wave.schema.json", "new food --title F --announced"),
    ("translate -y", MOVE),
    ("actions accept form-1", "actions refuse form-2"),
    ("actions cancel form-3", "actions report form-4 --people 20-30"),
    ("actions merge form-2 form-1", "actions forget form-5 -y"),
    ("actions import day.csv --source form --wave housing -y", "actions accept form-1"),
    ("actions review housing", "actions refuse form-5"),
)
"""Two commands that run at once; each command that writes is in one of these pairs at least."""
MORE_PAIRS: Sequence[tuple[str, str]] = (
    ("moment move housing/a --when 2017-09-14", MOVE),
    ("moment move water/a --when 2017-09-14", MOVE),
    ("undo -y", MOVE),
    ("undo -y", "undo -y"),
    ("undo -y", "moment rename water/a z"),
    ("import-sheet one.csv --wave land -y", MOVE),
    ("export-ics housing", "export-ics water"),
    ("publish", MOVE),
    ("translate -y", "undo -y"),
)
"""Others that come into each other's way, for some rounds."""
TYPED = {"translate": ("Typed", "stop"), "actions review": ("a", "q")}
"""The commands that write only what a person types at a terminal, and what that is; the last is typed for the rest."""
READERS = {
    "explain": "stale-date",
    "timeline": "",
    "status": "",
    "show": "housing",
    "converge": "",
    "todo": "",
    "report": "",
    "diff": "waves waves",
    "coverage": "",
    "moment show": "housing/a",
    "actor list": "",
    "actions list": "housing",
    "actions count": "housing",
    "actions map": "housing",
    "actions export": "housing",
    "actions rhythm": "housing",
    "actions form": "--wave housing --format text",
}
"""The commands that write nothing, with what they need."""


def reset(home: Path) -> None:
    for file in sorted(home.rglob("*"), reverse=True):
        file.unlink() if file.is_file() else file.rmdir()
    home.mkdir(exist_ok=True)
    waves = write_plan(home, PLAN)
    (waves / "actions").mkdir()
    (waves / "actions" / "housing.csv").write_bytes(register_bytes(*({"country": "TN"} for _ in range(5))))
    for name, text in SHEETS.items():
        (home / name).write_text(text, encoding="utf-8")


def contents(home: Path) -> dict[str, bytes]:
    return {str(file.relative_to(home)): file.read_bytes() for file in sorted(home.rglob("*")) if file.is_file()}


def execute(home: Path, command: str) -> int:
    return run(*command.split(), "--today", TODAY, "--lang", "en", cwd=home).code


def command_name(command: str) -> str:
    words = command.split()
    return next(name for size in (2, 1) if (name := " ".join(words[:size])) in commands())


def is_typed(command: str) -> bool:
    return command_name(command) in TYPED


class Writer:
    """A process that runs commands, one after the other; it need not start Python for each."""

    def __init__(self) -> None:
        context = get_context("fork")
        self.jobs, jobs = context.Pipe()
        self.process = context.Process(target=self._work, args=(jobs,), daemon=True)
        self.process.start()

    def start(self, home: Path, command: str) -> None:
        self.jobs.send((home, command))

    def end(self) -> int:
        code: int = self.jobs.recv()
        return code

    @staticmethod
    def _work(jobs: Any) -> None:  # pragma: no cover - another process
        gc.freeze()  # what the tests have in memory is not searched
        plan_lock_module._INTERVAL = 0.001
        os.fsync = lambda _: None  # nobody cuts the power
        while True:
            home, command = jobs.recv()
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("XDG_STATE_HOME", str(home / "state"))
                at_terminal(patch, command)
                jobs.send(execute(home, command))


def at_terminal(patch: pytest.MonkeyPatch, command: str) -> None:
    """Let a command run at a terminal if it writes only what is typed there, and type that."""
    if not is_typed(command):
        return
    *answers, last = TYPED[command_name(command)]
    left = iter(answers)
    for name, module in list(sys.modules.items()):
        if name.startswith("wavectl.cli") and hasattr(module, "is_interactive"):
            patch.setattr(module, "is_interactive", lambda: True)
    patch.setattr(Console, "ask_line", lambda *_: next(left, last))


@pytest.fixture(scope="module")
def writers() -> Iterator[tuple[Writer, Writer]]:
    both = Writer(), Writer()
    yield both
    for writer in both:
        writer.process.kill()
        writer.process.join()


class Result(NamedTuple):
    """What two commands come to: the exit code of each, and the files."""

    codes: list[int]
    files: dict[str, bytes]


@dataclass
class Race:
    """Two commands that run on one plan in two processes, again and again."""

    home: Path
    writers: tuple[Writer, Writer]
    pair: tuple[str, str]

    def __post_init__(self) -> None:
        reset(self.home)
        self.writers[0].start(self.home, BEFORE)
        assert self.writers[0].end() == 0
        if "validate --fix" in self.pair:  # which needs a mistake
            file = self.home / "waves" / "housing.yaml"
            file.write_text(file.read_text().replace("when: 2017-11", "when: novembre 2017"))
        self.before = contents(self.home)

    def restore(self) -> None:
        """Put all files back, as they were before the commands."""
        found = contents(self.home)
        for name in found.keys() - self.before.keys():
            (self.home / name).unlink()
        for name, data in self.before.items():
            if found.get(name) != data:
                (self.home / name).write_bytes(data)

    def in_turn(self, *order: int) -> Result:
        """Run the commands with these numbers one after the other; one that is left out is refused."""
        self.restore()
        codes = [2, 2]
        for number in order:
            self.writers[number].start(self.home, self.pair[number])
            codes[number] = self.writers[number].end()
        return Result(codes, contents(self.home))

    def at_once(self) -> Result:
        self.restore()
        for writer, command in zip(self.writers, self.pair, strict=True):
            writer.start(self.home, command)
        return Result([writer.end() for writer in self.writers], contents(self.home))

    def run(self, rounds: int) -> None:
        """Hold what comes of the commands at once against each order of them.

        What a person was typing while the plan was changed is refused.
        """
        expected = [self.in_turn(0, 1), self.in_turn(1, 0)]
        assert all(0 in result.codes for result in expected)
        if any(map(is_typed, self.pair)):
            expected += [self.in_turn(0), self.in_turn(1)]
        for number in range(rounds):
            assert self.at_once() in expected, f"round {number}"


def pair_name(pair: tuple[str, str]) -> str:
    return " and ".join(map(command_name, pair))


@pytest.mark.parametrize("pair", PAIRS, ids=pair_name)
def test_two_commands_at_once_come_to_what_one_after_the_other_does(
    pair: tuple[str, str], tmp_path: Path, writers: tuple[Writer, Writer]
) -> None:
    Race(tmp_path, writers, pair).run(ROUNDS)


@pytest.mark.parametrize("pair", MORE_PAIRS, ids=pair_name)
def test_commands_that_come_into_each_other_s_way(
    pair: tuple[str, str], tmp_path: Path, writers: tuple[Writer, Writer]
) -> None:
    Race(tmp_path, writers, pair).run(ROUNDS // 5)


def test_every_command_that_writes_runs_with_another() -> None:
    tried = {command_name(command) for pair in PAIRS for command in pair}
    assert tried | {"init"} == commands().keys() - {"", *GROUPS} - READERS.keys()


def test_of_two_init_at_once_one_writes(tmp_path: Path, writers: tuple[Writer, Writer]) -> None:
    for number in range(ROUNDS):
        home = tmp_path / str(number)
        home.mkdir()
        for writer, language in zip(writers, ("en", "fr"), strict=True):
            writer.start(home, f"init --lang {language}")
        assert sorted(writer.end() for writer in writers) == [0, 2]
        assert len(contents(home)) == 3


def test_two_whole_processes_at_once(tmp_path: Path) -> None:
    pair = ("moment edit housing/a --title Z", MOVE)
    reset(tmp_path)
    assert [execute(tmp_path, command) for command in pair] == [0, 0]
    expected = contents(tmp_path)
    for _ in range(2):
        reset(tmp_path)
        runs = [
            subprocess.Popen(
                [sys.executable, "-m", "wavectl", *command.split(), "--today", TODAY, "--lang", "en"],
                cwd=tmp_path,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            for command in pair
        ]
        assert [one.wait() for one in runs] == [0, 0]
        assert contents(tmp_path) == expected


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the lock of a plan in another process."""
    script = "import fcntl, os, sys; fcntl.flock(os.open(sys.argv[1], 0), 2); print(flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", script, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout
        other.stdout.readline()
        try:
            yield
        finally:
            other.kill()


def test_a_run_that_waits_too_long_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reset(tmp_path)
    before = contents(tmp_path)
    monkeypatch.setattr("wavectl.cli.plan_lock.MAX_WAIT", 0.1)
    with held(tmp_path / "waves"):
        for command in {command for pair in PAIRS for command in pair}:
            with pytest.MonkeyPatch.context() as patch:
                at_terminal(patch, command)
                assert execute(tmp_path, command) == 2, command
        for name, arguments in READERS.items():  # which need not wait
            assert execute(tmp_path, f"{name} {arguments}") == 0, name
    assert contents(tmp_path) == before
    assert execute(tmp_path, MOVE) == 0  # the lock of a killed process is free


def test_a_folder_that_cannot_be_locked_has_its_lock_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    reset(tmp_path)
    flock = fcntl.flock
    waves, state = (tmp_path / "waves").stat(), tmp_path / "state"

    def refuse(handle: int, how: int) -> None:
        if os.path.samestat(os.fstat(handle), waves):
            raise OSError(9, "Bad file descriptor")
        flock(handle, how)

    monkeypatch.setattr(fcntl, "flock", refuse)
    monkeypatch.setenv("XDG_STATE_HOME", str(state))
    assert execute(tmp_path, MOVE) == 0
    (lock,) = (file for file in (state / "wavectl" / "locks").rglob("*") if file.is_file())
    monkeypatch.setattr("wavectl.cli.plan_lock.MAX_WAIT", 0.1)
    with held(lock):
        assert execute(tmp_path, "moment cancel housing/a") == 2
    monkeypatch.setenv("XDG_STATE_HOME", str(lock))
    assert execute(tmp_path, "moment cancel housing/a") == 2


def test_a_file_that_another_program_changes_meanwhile_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not only the file that is to change: the check of the plan holds for all of them."""
    for name in ("housing.yaml", "water.yaml", "new.yaml"):
        reset(tmp_path)
        file = tmp_path / "waves" / name

        def ask(*_: object, file: Path = file) -> bool:
            file.write_text("title: Changed\nstatus: announced\n")
            return True

        monkeypatch.setattr("wavectl.cli.apply_changes.is_interactive", lambda: True)
        monkeypatch.setattr("wavectl.cli.context.is_interactive", lambda: True)
        monkeypatch.setattr(Console, "ask_yes_no", ask)
        assert execute(tmp_path, "moment remove housing/a") == 2
        assert file.read_text() == "title: Changed\nstatus: announced\n"
        assert "Aaa" in (tmp_path / "waves" / "water.yaml").read_text() or name == "water.yaml"


def dying(step: int) -> None:
    """Kill this process before it replaces its n-th file."""
    replace, left = os.replace, iter(range(step - 1, -1, -1))

    def deadly(*names: Any) -> None:
        if next(left, 1) == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        replace(*names)

    os.replace = deadly


@pytest.mark.parametrize("command", ["moment rename water/a c", "import-sheet both.csv -y", "init new"])
def test_a_change_of_several_files_that_is_killed_is_finished_or_taken_back(command: str, tmp_path: Path) -> None:
    def prepare() -> None:
        reset(tmp_path)
        file = tmp_path / "waves" / "housing.yaml"
        file.write_text(file.read_text().replace("Aaa, when: 2017-09", "Aaa, same_as: water/a"))
        (tmp_path / "both.csv").write_text("wave;id;title;when\nhousing;;L;2018-06-12\nwater;;F;2018-06-12\n")

    prepare()
    before = contents(tmp_path)
    assert execute(tmp_path, command) == 0
    after = contents(tmp_path)
    states = []
    for step in range(1, 7):
        prepare()
        words = [*command.split(), "--today", TODAY, "--lang", "en"]
        code = Fork(tmp_path, *words, prepare=partial(dying, step)).end().code
        assert code in (0, -signal.SIGKILL)
        folder = "new" if command == "init new" else "waves"
        execute(tmp_path, f"timeline --waves {folder}")
        found = {name: data for name, data in contents(tmp_path).items() if not Path(name).name.startswith(".")}
        assert found in (before, after)
        states.append((code == 0, found == after))
    assert states[0] == (False, False)
    assert (False, True) in states  # killed in the middle, and finished
    assert states[-1] == (True, True)


def journal(folder: Path, *files: tuple[str, bytes | None, str]) -> Path:
    """Write what a killed run leaves: the name of each file, its content before, and the one after."""
    entries = [
        {"name": name, "before": before and sha256(before).hexdigest(), "after": after} for name, before, after in files
    ]
    file = folder / ".wavectl.change"
    file.write_text(json.dumps({"schema": "wavectl/change/1", "files": entries}))
    return file


def test_an_interrupted_change_does_not_overwrite_later_work(tmp_path: Path) -> None:
    reset(tmp_path)
    before = contents(tmp_path)
    left = journal(tmp_path / "waves", ("housing.yaml", b"another", "title: X\n"), ("food.yaml", None, "title: X\n"))
    assert execute(tmp_path, "timeline") == 0
    assert contents(tmp_path) == before
    assert not left.exists()


@pytest.mark.parametrize(
    "name", ["../secret", "/etc/x.yaml", ".hidden.yaml", "run.sh", "wavectl.lock", "", "link.yaml"]
)
def test_a_journal_writes_files_of_the_plan_only(name: str, tmp_path: Path) -> None:
    reset(tmp_path)
    (tmp_path / "secret").write_text("precious")
    if name == "link.yaml":
        (tmp_path / "waves" / "link.yaml").symlink_to("../secret")
    before = contents(tmp_path)
    left = journal(tmp_path / "waves", (name, None, "title: X\n"), ("food.yaml", None, "title: X\n"))
    execute(tmp_path, "timeline")
    left.unlink(missing_ok=True)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": "wavectl/change/1", "files": [1]}', "[" * 100_000])
def test_a_damaged_journal_is_reported(text: str, tmp_path: Path) -> None:
    reset(tmp_path)
    (tmp_path / "waves" / ".wavectl.change").write_text(text)
    assert execute(tmp_path, "timeline") == 0
    assert execute(tmp_path, MOVE) == 0


def test_a_run_may_lock_a_plan_again(tmp_path: Path) -> None:
    with plan_lock(Console(), tmp_path), plan_lock(Console(), tmp_path / "." / ""):
        pass
    with plan_lock(Console(), tmp_path):
        pass
