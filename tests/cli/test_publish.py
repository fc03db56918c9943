"""wavectl publish: feeds and pages as one publication, prepared first, then put in place; nothing else is touched."""

import errno
import os
import shutil
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from support.bounded import Fork
from support.feeds import unsound
from support.git import git
from support.plans import Outcome, run, state, write_plan
from support.registers import register_bytes

FIRST, LATER = "2017-06-01", "2017-06-03"
PROGRAMME = """\
languages: [en, fr]
uid_domain: network.org
site: https://network.org/
publish: {languages: [en, fr]}
"""
HOUSING = """\
title: Housing
period: 2017-05/2018-12
moments:
  - {id: forum, title: Forum, when: 2017-09}
  - {id: meeting, title: Meeting, when: 2017-11-02}
"""
OTHERS = {"CNAME": "network.org\n", ".htaccess": "Header set A b\n", ".nojekyll": ""}
"""What others put into the folder."""
MOVED = HOUSING.replace("2017-09}", "2017-09-14}")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the files of a plan that was published, with a file of someone else among them."""
    home = tmp_path_factory.mktemp("published")
    write_plan(home, {"programme": PROGRAMME, "housing": HOUSING})
    (home / "feeds").mkdir()
    for name, text in OTHERS.items():
        (home / "feeds" / name).write_text(text)
    publish(home, today=FIRST)
    return files(home)


@pytest.fixture
def home(tmp_path: Path, published: dict[str, bytes]) -> Path:
    """Return a folder with the published plan, in which one date has become known since."""
    write(tmp_path, published)
    write_plan(tmp_path, {"housing": MOVED})
    return tmp_path


def write(home: Path, found: dict[str, bytes]) -> None:
    for name, data in found.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(data)


def publish(home: Path, *arguments: str, today: str = LATER, code: int = 0) -> Outcome:
    done = run("publish", "--today", today, *arguments, cwd=home)
    assert done.code == code, done.err
    return done


def files(home: Path) -> dict[str, bytes]:
    """Return the bytes of every file in a folder, by its path."""
    return {file.relative_to(home).as_posix(): file.read_bytes() for file in home.rglob("*") if file.is_file()}


def changes(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def test_a_publication_has_the_record_the_feeds_and_the_pages(published: dict[str, bytes]) -> None:
    assert {"waves/wavectl.lock", "feeds/all.ics", "feeds/housing.fr.ics", "feeds/fr/index.html"} <= published.keys()
    assert {name: published[f"feeds/{name}"].decode() for name in OTHERS} == OTHERS
    assert {Path(name).name for name in published if "/." in name} == {".htaccess", ".nojekyll", ".wavectl-site"}
    listed = published["feeds/.wavectl-site"].decode().splitlines()
    others = {*OTHERS, ".wavectl-site", "all.ics", "all.fr.ics", "housing.ics", "housing.fr.ics"}
    in_folder = {name.removeprefix("feeds/") for name in published if name.startswith("feeds/")}
    assert listed == sorted(in_folder - others)


def test_the_feeds_are_those_of_export_ics(home: Path) -> None:
    other = home / "other"
    write_plan(
        other, {"programme": PROGRAMME, "housing": MOVED, "wavectl.lock": (home / "waves/wavectl.lock").read_bytes()}
    )
    publish(home)
    assert run("export-ics", "--today", LATER, cwd=other).code == 0
    expected = files(other)
    shutil.rmtree(other)
    assert {name: data for name, data in files(home).items() if name in expected} == expected
    assert unsound(home) == {}


def test_only_what_differs_is_replaced(home: Path, published: dict[str, bytes]) -> None:
    before = files(home)
    done = publish(home)
    changed = changes(before, files(home))
    assert {"waves/wavectl.lock", "feeds/all.ics", "feeds/en/moments/housing/forum/index.html"} <= changed
    assert not [name for name in changed if "/meeting/" in name or Path(name).name in OTHERS]
    assert "14 September 2017" in done.err  # what subscribers will see
    assert "unchanged" in done.out
    after = state(home)
    again = publish(home)
    assert state(home) == after
    assert again.out.count("new 0, changed 0") == 2
    assert "14 September 2017" not in again.err


def test_pages_are_in_all_languages_and_feeds_in_those_that_are_published(tmp_path: Path) -> None:
    """A feed keeps its address whatever languages are added: only the first language has no code in it."""
    programme = PROGRAMME.replace("publish: {languages: [en, fr]}\n", "")
    write_plan(tmp_path, {"programme": programme, "housing": HOUSING})
    done = publish(tmp_path, today=FIRST)
    assert "French" in done.err
    assert "publish.languages" in done.err
    first = files(tmp_path)
    assert {name for name in first if name.endswith(".ics") and "/moments/" not in name} == {
        "feeds/all.ics",
        "feeds/housing.ics",
    }
    assert {"feeds/en/index.html", "feeds/fr/index.html", "feeds/fr/waves/housing/index.html"} <= first.keys()
    write_plan(tmp_path, {"programme": PROGRAMME})
    done = publish(tmp_path, "--locked")
    assert "French" not in done.err
    later = files(tmp_path)
    assert {"feeds/all.fr.ics", "feeds/housing.fr.ics"} <= later.keys()
    assert {name for name in changes(first, later) if name.endswith((".ics", ".lock"))} == {
        "feeds/all.fr.ics",
        "feeds/housing.fr.ics",
    }


def test_a_language_without_words_is_named(home: Path) -> None:
    assert "Portuguese" not in publish(home, "--lang", "en", "--dry-run").err
    programme = PROGRAMME.replace("[en, fr]", "[en, fr, pt]")
    write_plan(home, {"programme": programme})
    assert publish(home, "--lang", "en", "--dry-run").err.count("Portuguese") == 1


def test_the_page_to_subscribe_on_is_named_each_time(home: Path) -> None:
    assert "https://network.org/fr/feeds/\n" in publish(home, "--lang", "fr").err
    assert "https://network.org/en/feeds/\n" in publish(home, "--lang", "en").err
    assert (home / "feeds" / "en" / "feeds" / "index.html").is_file()
    assert "network.org/en/feeds/" not in publish(home, "--lang", "en", "--dry-run").err


def test_actors_that_have_not_agreed_are_named_before_they_are_named_in_public(home: Path) -> None:
    actors = "actors:\n  - {name: {en: Lima, fr: Lima (ville)}, kind: member, confirmed: false}\nmoments:"
    write_plan(home, {"housing": MOVED.replace("moments:", actors)})
    assert (
        "acteurs cités publiquement comme encore à confirmer : 1 (Lima (ville))\n"
        in publish(home, "--lang", "fr", "--dry-run").err
    )
    write_plan(home, {"housing": MOVED.replace("moments:", actors.replace("false", "true"))})
    assert "Lima" not in publish(home, "--lang", "fr").err


def test_pages_that_the_plan_has_no_longer_are_deleted(home: Path) -> None:
    """A moment without a date was never announced; a language keeps its feeds, since people have subscribed to them."""
    statement = "  - {id: statement, title: Statement, when: unknown, place: {name: Lyon, country: FR}}\n"
    write_plan(home, {"housing": MOVED + statement})
    publish(home)
    gone = ["feeds/en/moments/housing/statement/index.html", "feeds/en/countries/fr/index.html"]
    before = files(home)
    assert before.keys() >= {*gone, "feeds/fr/index.html"}
    programme = PROGRAMME.replace("publish: {languages: [en, fr]}", "publish: {languages: [en]}")
    write_plan(home, {"programme": programme, "housing": MOVED})
    dry = publish(home, "--dry-run")
    assert {name for name in changes(before, files(home)) if "feeds/" in name} == set()
    done = publish(home)
    after = files(home)
    lost = [name for name in before if name not in after]
    assert {*gone, "feeds/fr/index.html"} <= {*lost}
    assert all(f"no longer: {len(lost)}" in outcome.out for outcome in (dry, done))
    assert {"feeds/housing.fr.ics", *(f"feeds/{name}" for name in OTHERS)} <= after.keys()
    assert not (home / "feeds" / "fr").exists()
    fresh = home / "fresh"
    write(fresh, {name: data for name, data in after.items() if name.startswith("waves/")})
    publish(fresh)
    assert changes(after, files(fresh)) == {
        *(f"feeds/{name}" for name in OTHERS),
        "feeds/all.fr.ics",
        "feeds/housing.fr.ics",
    }


@pytest.mark.parametrize("name", ["index.html", "fr/index.html", "en/moments/housing/forum/forum.ics", "all.ics"])
def test_a_file_of_someone_else_is_not_replaced(home: Path, name: str) -> None:
    shutil.rmtree(home / "feeds")
    (home / "feeds" / name).parent.mkdir(parents=True)
    (home / "feeds" / name).write_text("own")
    before = files(home)
    for arguments in ((), ("--dry-run",)):
        assert name in publish(home, *arguments, code=1).err
    assert files(home) == before


def test_the_feed_of_a_withdrawn_wave_is_not_offered(home: Path) -> None:
    write_plan(home, {"migration": HOUSING})
    (home / "waves" / "housing.yaml").unlink()
    publish(home, "--withdraw", "housing")
    shutil.rmtree(home / "feeds")
    done = publish(home)
    assert (home / "feeds" / "housing.ics").is_file()
    assert "https://network.org/migration.ics" in done.err
    assert "housing.ics" not in done.err


@pytest.mark.parametrize("command", [("publish",), ("publish", "--dry-run"), ("export-ics",)])
def test_a_lost_record_is_no_first_publication(home: Path, command: tuple[str, ...]) -> None:
    (home / "waves" / "wavectl.lock").unlink()
    before = files(home)
    done = run(*command, "--today", LATER, cwd=home)
    assert (done.code, "git checkout -- waves/wavectl.lock" in done.err.replace("\\", "/")) == (1, True)
    assert files(home) == before
    for feed in (home / "feeds").glob("*.ics"):
        feed.unlink()
    publish(home)  # pages alone are of wavectl site, before anything is published


def test_a_dry_run_writes_nothing(home: Path) -> None:
    before = [state(home), sorted(home.rglob("*"))]
    done = publish(home, "--dry-run")
    assert [state(home), sorted(home.rglob("*"))] == before
    assert "14 September 2017" in done.err
    assert "nothing is written" in done.err
    shutil.rmtree(home / "feeds")
    assert "new 0" not in publish(home, "--dry-run").out
    assert not (home / "feeds").exists()


def test_a_locked_publication_needs_a_record_that_is_up_to_date(home: Path) -> None:
    before = files(home)
    assert "run wavectl publish without --locked" in publish(home, "--locked", "--lang", "en", code=1).err
    assert files(home) == before
    publish(home)
    after = files(home)
    (home / "feeds" / "en" / "index.html").unlink()
    publish(home, "--locked", today="2017-07-01")
    assert {name for name in changes(after, files(home)) if not name.endswith(".html")} == set()
    assert (home / "feeds" / "en" / "index.html").exists()


@pytest.mark.parametrize("waves", [{"housing": MOVED + "x: y\n"}, {"programme": "languages: [en]\n"}])
def test_nothing_changes_if_a_part_fails(home: Path, waves: dict[str, str]) -> None:
    write_plan(home, waves)
    before = files(home)
    assert publish(home, code=1).err
    assert files(home) == before


def test_nothing_changes_if_a_page_cannot_be_written(home: Path) -> None:
    page = home / "feeds" / "fr" / "moments" / "housing" / "forum" / "index.html"
    page.unlink()
    page.mkdir()
    before = files(home)
    assert "index.html" in publish(home, code=2).err
    assert files(home) == before


# -- the report


def report(home: Path) -> str:
    return (home / "feeds" / "en" / "report" / "index.html").read_text()


def test_the_report_says_what_changed_since_the_publication_before(home: Path) -> None:
    write_plan(home, {"housing": HOUSING})
    git(home, "init", "--quiet")
    commit(home, FIRST)
    git(home, "commit", "--quiet", "--allow-empty", "--message", "x", day="2017-06-02")
    write_plan(home, {"housing": MOVED})
    publish(home)
    text = report(home)
    assert "What has changed since 1 June 2017" in text
    assert "September 2017 → 14 September 2017" in text
    before = files(home / "feeds")
    commit(home, LATER)
    publish(home)
    assert files(home / "feeds") == before
    publish(home, "--since", "2017-06-04")
    assert "What has changed since 3 June 2017" in report(home)
    assert "Nothing has changed" in report(home)


def test_the_report_counts_the_actions_that_changed_since_then(home: Path) -> None:
    git(home, "init", "--quiet")
    publish(home)
    commit(home, FIRST)
    (home / "waves" / "actions").mkdir()
    row = {"review": "accepted", "publish": "anonymous", "title": "SECRET"}
    (home / "waves" / "actions" / "housing.csv").write_bytes(register_bytes(row, row))
    write_plan(home, {"housing": MOVED.replace("2017-11-02", "2017-11-03")})
    publish(home, today="2017-06-10")
    assert "Local actions: 2 new actions" in report(home)
    assert "SECRET" not in report(home)


def test_a_tie_is_told_on_the_day_of_its_publication_before_and_after_the_commit(home: Path) -> None:
    """Also where something else was published in between, and whenever it is committed."""
    git(home, "init", "--quiet")
    publish(home)
    commit(home, LATER)
    write_plan(home, {"housing": MOVED.replace("when: 2017-11-02", "same_as: forum")})
    publish(home, today="2017-06-10")
    before = files(home / "feeds")
    atom = before["en/changes.atom"].decode()
    assert "Meeting — merged with: Forum</title>\n<updated>2017-06-10T" in atom
    commit(home, "2017-06-12")
    publish(home, today="2017-06-10")
    assert files(home / "feeds") == before
    publish(home, today="2017-06-20")
    assert files(home / "feeds")["en/changes.atom"].decode() == atom


def commit(home: Path, day: str) -> None:
    git(home, "add", "waves", day=day)
    git(home, "commit", "--quiet", "--message", "x", day=day)


def test_without_git_the_report_says_what_the_record_knows(home: Path) -> None:
    publish(home)
    text = report(home)
    assert "What changed" in text
    assert "3 June 2017" in text
    assert "since" not in text


def test_the_report_names_a_folder_to_compare_with_but_not_where_it_is(home: Path, tmp_path: Path) -> None:
    write_plan(tmp_path / "secret" / "may", {"programme": PROGRAMME, "housing": HOUSING})
    publish(home, "--since", str(tmp_path / "secret" / "may" / "waves"))
    assert "What has changed since waves" in report(home)
    assert "secret" not in report(home)


def test_nothing_changes_if_the_report_has_nothing_to_compare_with(home: Path) -> None:
    before = files(home)
    assert "nowhere" in publish(home, "--since", "nowhere", code=2).err
    assert files(home) == before


posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals and limits")


@posix
def test_a_killed_publication_leaves_whole_files_and_the_next_one_finishes(home: Path) -> None:
    before = files(home)
    ended = Fork(home, "publish", "--today", LATER, prepare=partial(die_before_replacing, 4)).end()
    assert ended.code == -signal.SIGKILL
    left = files(home)
    assert len(changes(before, shown(left))) == 3
    publish(home)
    after = files(home)
    assert after == shown(after)
    assert all(data in (before.get(name), after[name]) for name, data in shown(left).items())


@posix
@pytest.mark.parametrize("number", [2, 6, 0])
def test_what_a_killed_publication_recorded_is_told_by_the_next_one(home: Path, number: int) -> None:
    """Whether it was killed before some files or after all of them took their places."""
    git(home, "init", "--quiet")
    commit(home, FIRST)
    die = partial(die_before_replacing, number) if number else die_at_the_end
    ended = Fork(home, "publish", "--today", LATER, prepare=die).end()
    assert ended.code == -signal.SIGKILL
    assert "14 September 2017" not in ended.err
    assert [*(home / "feeds").glob(".wavectl-staged*")]
    assert "14 September 2017" in publish(home).err
    assert not [*(home / "feeds").glob(".wavectl-staged*")]
    assert "14 September 2017" not in publish(home).err


def die_at_the_end() -> None:
    """Kill this process once all files have taken their places."""
    shutil.rmtree = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment]


def test_at_every_step_files_are_whole_and_another_run_finishes(
    home: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is on the disk before a file takes its place is what a run that is killed then leaves."""
    before, left = files(home), []
    replace: Callable[..., Any] = os.replace

    def noted(*places: Any, **options: Any) -> None:
        left.append(files(home))
        replace(*places, **options)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", noted)
        publish(home)
    after = files(home)
    assert len(left) == len(changes(before, after)) > 10
    for step, found in enumerate(left):
        assert len(changes(before, shown(found))) == step
        assert all(data in (before.get(name), after[name]) for name, data in shown(found).items())
    for step in (0, 2, len(left) - 1):
        other = tmp_path_factory.mktemp("other")
        write(other, left[step])
        publish(other)
        assert shown(files(other)) == after
        assert not [*other.rglob(".wavectl-staged*")]


def shown(found: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files but those that wait to take their places."""
    waiting = ("/.wavectl-staged-", "/.wavectl.lock.")
    return {name: data for name, data in found.items() if not any(part in name for part in waiting)}


@posix
@pytest.mark.parametrize("room", [2_000, 5_000])
def test_a_full_disk_is_said_and_leaves_whole_files(home: Path, room: int) -> None:
    """The largest file that can be written has so many bytes, as if there were no more room."""
    before = files(home)
    ended = Fork(home, "publish", "--today", LATER, prepare=partial(limit_files, room)).end()
    assert (ended.code, "Traceback" in ended.err) == (2, False)
    assert "cannot be written" in ended.err
    assert files(home) == before


def test_a_folder_that_cannot_be_written_is_named(home: Path) -> None:
    shutil.rmtree(home / "feeds")
    (home / "feeds").write_text("a file\n")
    before = files(home)
    done = publish(home, code=2)
    assert "cannot be written" in done.err
    assert files(home) == before


def test_folders_are_made_before_anything_is_replaced(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk may have no room for one more folder: then nothing has changed, and no folder is left."""
    shutil.rmtree(home / "feeds" / "fr")
    before = sorted(home.rglob("*")), files(home)
    mkdir: Callable[..., None] = os.mkdir

    def full(path: str, *arguments: Any) -> None:
        if Path(path).name == "meeting":
            raise OSError(errno.ENOSPC, "No space left on device")
        mkdir(path, *arguments)

    with monkeypatch.context() as patched:
        patched.setattr(os, "mkdir", full)
        assert "cannot be written" in publish(home, code=2).err
    assert (sorted(home.rglob("*")), files(home)) == before


@posix
def test_two_publications_at_once_do_not_mix(home: Path) -> None:
    runs = [Fork(home, "publish", "--today", LATER) for _ in range(2)]
    assert [one.end().code for one in runs] == [0, 0]
    after = state(home)
    publish(home)
    assert state(home) == after
    assert not [*home.rglob(".wavectl-staged*")]


def limit_files(size: int) -> None:
    """Let this process write no file that is larger."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def die_before_replacing(number: int) -> None:
    """Kill this process before it lets the n-th file take its place."""
    replace: Callable[..., Any] = os.replace
    left = iter(range(number - 1, -1, -1))

    def deadly(*places: Any, **options: Any) -> None:
        if next(left) == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        replace(*places, **options)

    os.replace = deadly  # type: ignore[assignment]


def test_the_hint_of_a_withdrawal_says_what_there_is_to_withdraw(home: Path) -> None:
    assert "no wave that was published" in publish(home, "--withdraw", "foo", "--lang", "en", code=2).err
