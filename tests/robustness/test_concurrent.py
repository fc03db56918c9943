"""Several runs that change one plan at once: none loses what another wrote, and none is left half done."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

from support.fuzz import FUZZ
from support.plans import run, write_plan
from wavectl.cli.console import Console
from wavectl.cli.plan_lock import plan_lock

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no fork and no such signals")

ROUNDS = 40 if FUZZ else 3
"""How often each two commands run at once."""
PROGRAMME = "uid_domain: waves.uclg.org\nlanguages: [en]\n"
WAVE = """title: {}
slogan: A right
period: 2017/2018
moments:
  - {{id: a, title: Aaa, when: 2017-09}}
  - {{id: b, title: Bbb, when: 2017-10, status: tentative}}
"""
PLAN = {"programme": PROGRAMME, "housing": WAVE.format("Housing"), "water": WAVE.format("Water")}
SHEETS = {"one.csv": "id;title;when\n;Ccc;2018-06-12\n", "two.csv": "id;title;when\n;Ddd;2018-06-13\n"}
MOVE = "moment move housing/b --when 2017-10-14"
PAIRS: Mapping[str, tuple[str, str]] = {
    "move": ("moment move housing/a --when 2017-09-14", MOVE),
    "move of two waves": ("moment move water/a --when 2017-09-14", MOVE),
    "postpone": ("moment postpone housing/a", MOVE),
    "confirm": ("moment confirm housing/b", "moment move housing/a --when 2017-09-14"),
    "cancel": ("moment cancel housing/a", MOVE),
    "add": ("moment add housing --title C --when 2018-01", MOVE),
    "moment edit": ("moment edit housing/a --title Z", MOVE),
    "wave edit": ("wave edit housing --title Z", MOVE),
    "rename": ("moment rename housing/a c", MOVE),
    "tie": ("moment tie housing/a water/a", MOVE),
    "remove": ("moment remove housing/a -y", MOVE),
    "import-sheet": ("import-sheet one.csv --wave housing -y", "import-sheet two.csv --wave housing -y"),
    "import-sheet with a new wave": ("import-sheet one.csv --wave land -y", MOVE),
    "fmt": ("fmt", MOVE),
    "validate --fix": ("validate --fix", MOVE),
    "new": ("new land --title L --announced", "new food --title F --announced"),
    "export-ics": ("export-ics", MOVE),
    "two export-ics": ("export-ics housing", "export-ics water"),
    "schema": ("schema -o waves/.wave.schema.json", "new land --title L --announced"),
    "export-sheet": ("export-sheet -o plan.csv", MOVE),
}
"""Two commands that run at once."""


def reset(home: Path) -> None:
    for file in sorted(home.rglob("*"), reverse=True):
        file.unlink() if file.is_file() else file.rmdir()
    home.mkdir(exist_ok=True)
    write_plan(home, PLAN)
    (home / "waves" / "water.yaml").write_text((home / "waves" / "water.yaml").read_text() + 'hashtags: ["#a",]\n')
    for name, text in SHEETS.items():
        (home / name).write_text(text, encoding="utf-8")


def contents(home: Path) -> dict[str, bytes]:
    return {str(file.relative_to(home)): file.read_bytes() for file in sorted(home.rglob("*")) if file.is_file()}


def execute(home: Path, command: str) -> int:
    return run(*command.split(), "--today", "2017-06-01", "--lang", "en", cwd=home).code


def run_at_once(home: Path, *commands: str) -> list[int]:
    """Run commands at once, each in a process of its own, which need not start Python."""
    children = []
    for command in commands:
        child = os.fork()
        if child == 0:  # pragma: no cover - another process
            code = 99
            try:
                code = execute(home, command)
            finally:
                os._exit(code)
        children.append(child)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


@pytest.mark.parametrize("commands", PAIRS.values(), ids=PAIRS)
def test_two_runs_at_once_come_to_what_one_after_the_other_does(commands: tuple[str, str], tmp_path: Path) -> None:
    expected, codes = [], set()
    for order in (commands, commands[::-1]):
        reset(tmp_path)
        codes |= {execute(tmp_path, command) for command in order}
        expected.append(contents(tmp_path))
    assert codes == {0}
    for _ in range(ROUNDS):
        reset(tmp_path)
        assert run_at_once(tmp_path, *commands) == [0, 0]
        assert contents(tmp_path) in expected


def test_of_two_init_at_once_one_writes(tmp_path: Path) -> None:
    for number in range(ROUNDS):
        home = tmp_path / str(number)
        home.mkdir()
        assert sorted(run_at_once(home, "init --lang en", "init --lang fr")) == [0, 2]
        assert len(contents(home)) == 3


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
        assert execute(tmp_path, MOVE) == 2
        assert execute(tmp_path, "timeline") == 0  # a reader does not wait
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


KILLED = """
import os, signal, sys
left, replace = int(sys.argv.pop(1)), os.replace
def dying(*names):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    replace(*names)
os.replace = dying
from wavectl.__main__ import main
main()
"""
"""wavectl, killed before it replaces the n-th file."""


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
        done = subprocess.run(
            [sys.executable, "-c", KILLED, str(step), *command.split(), "--today", "2017-06-01", "--lang", "en"],
            cwd=tmp_path,
            capture_output=True,
            check=False,
        )
        assert done.returncode in (0, -signal.SIGKILL)
        folder = "new" if command == "init new" else "waves"
        execute(tmp_path, f"timeline --waves {folder}")
        found = {name: data for name, data in contents(tmp_path).items() if not Path(name).name.startswith(".")}
        assert found in (before, after)
        states.append((done.returncode == 0, found == after))
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
