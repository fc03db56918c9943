"""Links, devices, pipes and files of any size under the names that wavectl reads or replaces."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from support.bounded import bounded
from support.plans import ANNOUNCED, run, write_plan
from wavectl.lockfile.reader import MAX_LOCK_SIZE
from wavectl.publishing.ical.vcalendar import PRODUCT_ID

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has neither these links nor devices")

PROGRAMME = "uid_domain: waves.uclg.org\n"
WAVE = "title: Housing\nperiod: 2017/2018\nmoments:\n  - {id: forum, title: Forum, when: 2017-09}\n"
LOCK = "waves/wavectl.lock"
FEED = "feeds/all.ics"
MEMBER = '"m{}.housing@{}": {{"members": ["housing/m{}"], "when": "2017-09", "title": "M", "digest": "0", "sequence": 0'
DATED = ', "published": "2017-06-01", "modified": "2017-06-01"}},\n\n'
LAST = '"wavectl": {"schema": "wavectl/lock/1", "uid_domain": "waves.uclg.org"}\n}\n'


def members(domain: str, count: int = 15_000, more: str = "") -> str:
    """Return the lines of a lockfile with many entries of a domain."""
    one = MEMBER + more + DATED
    return "".join(one.format(number, domain, number) for number in range(count))


LOCKS = {
    "short lines": "x\n" * 2_000_000,
    "lines that are JSON": '"a": {"b": 1},\n' * 250_000,
    "entries of another domain": members("example.org"),
    "entries replaced by none": members("waves.uclg.org", more=', "into": "b"'),
    "one entry again and again": MEMBER.format(1, "waves.uclg.org", 1) + DATED.format() * 20_000,
    "empty lines": "\n" * 4_000_000,
    "one long line": '"a": {"b": "' + "x" * 4_000_000 + '"},\n',
    "nested lists": '"a": {"b": ' + "[" * 4_000_000 + "},\n",
    "merge conflicts": "=======\n" * 500_000,
}


def secret(file: Path) -> None:
    (file.parent.parent / "secret").write_text('{\n"key": "SECRET",\n}\n')
    file.unlink(missing_ok=True)
    file.symlink_to("../secret")


def device(file: Path) -> None:
    file.unlink(missing_ok=True)
    file.symlink_to("/dev/zero")


def pipe(file: Path) -> None:
    file.unlink(missing_ok=True)
    os.mkfifo(file)


def huge(file: Path) -> None:
    file.unlink(missing_ok=True)
    file.touch()
    os.truncate(file, 700 * 1024 * 1024)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a folder with a plan that was published."""
    write_plan(tmp_path, {"programme": PROGRAMME, "housing": WAVE})
    assert run("export-ics", cwd=tmp_path).code == 0
    return tmp_path


@pytest.mark.parametrize("make", [secret, device, pipe, huge])
def test_a_lock_that_is_no_file_of_the_plan_is_not_read(home: Path, make: Callable[[Path], None]) -> None:
    make(home / LOCK)
    for command in ("validate", "export-ics"):
        code, out, err = bounded(home, command)
        assert (code, "damaged-lock" in out + err, "SECRET" in out + err) == (1, True, False)
    assert "SECRET" not in "".join(bounded(home, "timeline")[1:])


@pytest.mark.parametrize("text", LOCKS.values(), ids=LOCKS)
def test_the_findings_of_a_damaged_lock_are_bounded(home: Path, text: str) -> None:
    (home / LOCK).write_text("{\n" + text + LAST)
    code, out, _ = bounded(home, "validate", "--format", "concise")
    assert code == 1
    assert 1 <= out.count("damaged-lock") <= 1000


def test_a_lock_of_the_largest_size_is_read(home: Path) -> None:
    count = MAX_LOCK_SIZE * 1024 * 1024 // len(members("waves.uclg.org", 1)) - 2_000
    (home / LOCK).write_text("{\n" + members("waves.uclg.org", count) + LAST)
    assert bounded(home, "validate")[0] == 0


@pytest.mark.parametrize("make", [secret, device, pipe, huge])
def test_check_reads_no_feed_that_is_no_file(home: Path, make: Callable[[Path], None]) -> None:
    make(home / FEED)
    code, out, err = bounded(home, "export-ics", "--check")
    assert code != 0
    assert "SECRET" not in out + err


def test_check_refuses_a_feed_that_leads_to_one_elsewhere(home: Path) -> None:
    (home / "copy.ics").write_bytes((home / FEED).read_bytes())
    (home / FEED).unlink()
    (home / FEED).symlink_to("../copy.ics")
    assert PRODUCT_ID in (home / FEED).read_text()
    assert bounded(home, "export-ics", "--check")[0] != 0


@pytest.mark.parametrize("make", [secret, device, pipe, huge])
def test_a_sheet_that_is_no_file_is_not_read(home: Path, make: Callable[[Path], None]) -> None:
    name = "plan.xlsx"
    make(home / name)
    code, out, err = bounded(home, "import-sheet", name, "-y")
    assert code in (1, 2)
    assert "SECRET" not in out + err
    code, out, err = bounded(home, "export-sheet", "-o", name)
    assert code in (1, 2) or stat.S_ISREG(os.lstat(home / name).st_mode)  # a link is replaced, never followed
    assert "SECRET" not in out + err


@pytest.mark.parametrize("arguments", [("schema", "-o"), ("export-sheet", "-o"), ("export-ics", "-o")])
def test_a_pipe_is_not_replaced(home: Path, arguments: tuple[str, str]) -> None:
    name = {"schema": "x.json", "export-sheet": "x.csv", "export-ics": "x.ics"}[arguments[0]]
    pipe(home / name)
    assert bounded(home, *arguments, name)[0] == 2
    assert stat.S_ISFIFO(os.lstat(home / name).st_mode)


@pytest.mark.parametrize("make", [secret, device, pipe, huge])
def test_a_programme_that_is_no_file_sets_no_language(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(write_plan(tmp_path, {"housing": ANNOUNCED}) / "programme.yaml")
    assert bounded(tmp_path, "--help")[0] == 0


@pytest.mark.parametrize("make", [secret, device, pipe, huge])
def test_completion_reads_no_file_that_is_none(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(write_plan(tmp_path, {"other": ANNOUNCED}) / "housing.yaml")
    env = {"_WAVECTL_COMPLETE": "complete_bash", "COMP_WORDS": "wavectl moment show housing/", "COMP_CWORD": "3"}
    assert bounded(tmp_path, env=env)[0] == 0


def test_a_new_feed_has_the_permissions_of_a_new_file(home: Path) -> None:
    own = b"BEGIN:VCALENDAR\r\nPRODID:-//wavectl//wavectl//EN\r\n"
    program = home / "feeds" / "program"
    program.write_bytes(own)
    program.chmod(0o6755)
    (home / FEED).unlink()
    (home / FEED).symlink_to("program")
    (home / "feeds" / "housing.ics").chmod(0o6755)
    (home / "feeds" / "housing.ics").write_bytes(own)
    assert run("export-ics", cwd=home).code == 0
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(os.lstat(home / FEED).st_mode) == 0o666 & ~mask
    assert stat.S_IMODE((home / "feeds" / "housing.ics").stat().st_mode) & 0o7000 == 0
    assert (program.read_bytes(), stat.S_IMODE(program.stat().st_mode)) == (own, 0o6755)
