"""An export that is killed, or meets a full disk, leaves whole files; the next one makes good what is missing."""

from __future__ import annotations

import gc
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from support.bounded import Ended, Fork
from support.plans import process, run, write_plan
from support.rfc5545 import faults
from wavectl.__main__ import main
from wavectl.i18n import UI_LANGUAGES, translator
from wavectl.lockfile.reader import parse_lockfile

if sys.platform != "win32":
    import resource

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")

KILLS = 100 if "WAVECTL_FUZZ" in os.environ else 3
"""How many exports are killed at a random moment."""
FIRST, LATER = "2017-06-01", "2017-06-03"
HOUSING = "title: Housing\nperiod: 2017/2018\nmoments:\n  - {id: forum, title: Forum, when: 2017-09}\n"
CHANGED = HOUSING.replace("2017-09", "2017-09-14")
FEEDS = ("all.ics", "housing.ics")

STEPS = 4 * (1 + len(FEEDS))


def dying(left: int) -> None:
    """Kill this process before the n-th time that it opens, saves, allows or moves one of its files."""
    count = iter(range(left - 1, -1, -1))

    def deadly(name: str) -> None:
        once = getattr(os, name)

        def call(one: Any, *rest: Any, **named: Any) -> Any:
            if name == "open" and not rest[0] & os.O_CREAT:  # it only reads
                return once(one, *rest, **named)
            saved = name == "fsync" or any(end in str(one) for end in (".ics", ".lock", ".yaml"))
            if saved and next(count, 1) == 0:
                if name == "fsync":  # half of it is on the disk
                    os.ftruncate(one, os.fstat(one).st_size // 2)
                os.kill(os.getpid(), signal.SIGKILL)
            return once(one, *rest, **named)

        setattr(os, name, call)

    for name in ("open", "fsync", "chmod", "replace"):
        deadly(name)


def full(size: int) -> None:
    """Let no file of this process grow beyond some octets."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def export(home: Path, prepare: Callable[[], object] = lambda: None) -> Ended:
    """Publish the plan as it is now, in another process that is prepared so."""
    return Fork(home, "export-ics", "--today", LATER, prepare=prepare).end()


def again(home: Path) -> dict[str, bytes]:
    """Publish the plan once more, undisturbed, and return the files that are there then."""
    done = run("export-ics", "--today", LATER, cwd=home)
    assert done.code == 0, done.err
    return files(home)


def published(home: Path, housing: str, *, today: str = FIRST) -> dict[str, bytes]:
    """Publish a plan in a folder and return the files that are there then."""
    write_plan(home, {"programme": "uid_domain: network.org\n", "housing": housing})
    assert run("export-ics", "--today", today, cwd=home).code == 0
    return files(home)


def files(home: Path) -> dict[str, bytes]:
    """Return the feeds, as a server gives them out, and the record."""
    found = {file.name: file.read_bytes() for file in (home / "feeds").glob("*.ics")}
    return found | {file.name: file.read_bytes() for file in (home / "waves").glob("*.lock")}


def left(home: Path) -> list[str]:
    """Return the names of files that are only there for the time of an export."""
    return [file.name for file in home.rglob(".*")]


def whole(found: Mapping[str, bytes], old: Mapping[str, bytes], new: Mapping[str, bytes]) -> bool:
    """Tell whether each file is the old or the new one, and no feed is ahead of the record."""
    assert found.keys() == old.keys()
    assert all(data in (old[name], new[name]) for name, data in found.items())
    return found["wavectl.lock"] == new["wavectl.lock"] or found == old


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def new(tmp_path: Path) -> dict[str, bytes]:
    """Return what an export that nothing befalls comes to."""
    published(tmp_path / "other", HOUSING)
    return published(tmp_path / "other", CHANGED, today=LATER)


@pytest.mark.parametrize("step", range(1, STEPS + 2))
def test_killed_at_any_step_it_leaves_whole_files_and_the_next_run_goes_on(home, new, step):
    old = published(home, HOUSING)
    write_plan(home, {"housing": CHANGED})
    done = export(home, partial(dying, step))
    assert done.code == (-signal.SIGKILL if step <= STEPS else 0), done.err
    found = files(home)
    assert whole(found, old, new)
    assert (found == old, found == new) == (step <= 4, step > STEPS)
    assert len(left(home)) <= 1
    assert again(home) == new


def test_killed_at_any_moment_it_leaves_whole_files_and_the_next_run_goes_on(home, tmp_path):
    """Many waves, so that writing takes its time."""
    waves = {f"w{number}": HOUSING for number in range(30)}
    changed = dict.fromkeys(waves, CHANGED)
    for folder in (home, tmp_path / "other"):
        write_plan(folder, {"programme": "uid_domain: network.org\n", **waves})
        assert run("export-ics", "--today", FIRST, cwd=folder).code == 0
    old = files(home)
    write_plan(tmp_path / "other", changed)
    start = time.monotonic()
    assert process("export-ics", "--today", LATER, cwd=tmp_path / "other").code == 0
    takes = time.monotonic() - start
    new = files(tmp_path / "other")
    chance = random.Random(7)  # noqa: S311 - no secret
    for _ in range(KILLS):
        write_plan(home, changed)
        with subprocess.Popen(
            [sys.executable, "-m", "wavectl", "export-ics", "--today", LATER], cwd=home, stdout=subprocess.DEVNULL
        ) as child:
            time.sleep(takes * chance.uniform(0.3, 1.1))
            child.kill()
        assert whole(files(home), old, new)
        assert again(home) == new
        for name, data in old.items():
            (home / ("waves" if name == "wavectl.lock" else "feeds") / name).write_bytes(data)


AT_IMPORT = """
import os, signal, sys
module = sys.argv.pop(1)

class Interrupt:
    def find_spec(name, *_):
        if name == module:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupt)
from wavectl.__main__ import main
main()
"""
"""wavectl, interrupted as it begins to import a module."""


@pytest.fixture
def _takes_ctrl_c() -> Iterator[None]:
    """Take SIGINT, which a shell makes the programs that it starts in the background ignore."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_takes_ctrl_c")
@pytest.mark.parametrize("module", ["typer", "pydantic", "wavectl.cli.console", "wavectl.render.timeline.table"])
def test_ctrl_c_at_the_start_is_no_traceback(module: str, tmp_path: Path) -> None:
    write_plan(tmp_path, {"programme": "languages: [fr]\n", "housing": HOUSING})
    done = subprocess.run(
        [sys.executable, "-c", AT_IMPORT, module, "timeline"], cwd=tmp_path, capture_output=True, check=False
    )
    word = translator("fr")("interrupted")
    assert (done.returncode, done.stdout, done.stderr.decode()) == (1, b"", f"{word}\n")


@pytest.mark.usefixtures("_takes_ctrl_c")
@pytest.mark.parametrize("language", UI_LANGUAGES)
def test_ctrl_c_during_a_command_is_no_traceback(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_plan(tmp_path, {"programme": "languages: [es]\n", "housing": HOUSING})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["wavectl", "validate", "--lang", language])
    monkeypatch.setattr("wavectl.rules.check", lambda *_, **__: os.kill(os.getpid(), signal.SIGINT))
    before = signal.getsignal(signal.SIGINT)
    try:
        with pytest.raises(SystemExit) as end:
            main()
    finally:
        signal.signal(signal.SIGINT, before)
        gc.enable()
    assert (end.value.code, *capsys.readouterr()) == (1, "", f"{translator(language)('interrupted')}\n")


def test_a_full_disk_leaves_whole_files_and_the_next_run_goes_on(home, new):
    old = published(home, HOUSING)
    write_plan(home, {"housing": CHANGED})
    lock, feed = (len(new[name]) for name in ("wavectl.lock", "housing.ics"))
    assert lock < feed
    for size, names in ((lock - 1, "wavectl.lock"), (feed - 1, "housing.ics")):
        done = export(home, partial(full, size))
        assert done.code == 2
        assert f"{names} cannot be written: File too large" in done.err
        assert whole(files(home), old, new)
        assert left(home) == []
    assert files(home)["wavectl.lock"] == new["wavectl.lock"]
    assert again(home) == new


def test_concurrent_exports_leave_one_lockfile_and_its_feeds(tmp_path):
    """Four runs, each of other waves or of all, again and again: none fails, and nothing is lost."""
    waves = {f"w{number}": HOUSING for number in range(4)}
    write_plan(tmp_path, {"programme": "uid_domain: network.org\n", **waves})
    for month in ("07", "08", "09"):
        write_plan(tmp_path, {name: HOUSING.replace("2017-09", f"2017-{month}") for name in waves})
        runs = [
            Fork(tmp_path, "export-ics", "--today", FIRST, *names)
            for names in (["w0"], ["w1", "w2"], ["w3", "all"], [])
        ]
        assert [one.end().code for one in runs] == [0] * 4
        record = parse_lockfile((tmp_path / "waves" / "wavectl.lock").read_bytes())
        assert {(line.when, line.sequence) for line in record.entries.values()} == {(f"2017-{month}", int(month) - 7)}
        assert len(record.entries) == 4
        assert left(tmp_path) == []
        found = files(tmp_path)
        assert [faults(data) for name, data in found.items() if name != "wavectl.lock"] == [[]] * 5
        assert run("export-ics", "--locked", cwd=tmp_path).code == 0
        assert files(tmp_path) == found


def test_a_change_of_the_plan_that_is_killed_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    new = HOUSING.replace("2017-09}", "2017-09-14}")
    move = ["moment", "move", "housing/forum", "--when", "2017-09-14", "--today", FIRST]
    seen = set()
    for left in range(1, 7):
        home = tmp_path / str(left)
        file = write_plan(home, {"housing": HOUSING}) / "housing.yaml"
        done = Fork(home, *move, prepare=partial(dying, left)).end()
        seen.add((done.code, file.read_text() == new))
        assert file.read_text() in (HOUSING, new)
        assert run(*move, cwd=home).code == 0
        assert file.read_text() == new
    # The new file comes before the record for wavectl undo.
    assert seen == {(-signal.SIGKILL, False), (-signal.SIGKILL, True), (0, True)}
