"""The plan at a git revision: only its own files, whatever else the repository has, and no surprise from git."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from shutil import copytree, rmtree

import pytest
import typer

from support.git import git
from support.plans import ANNOUNCED, SOUND, run, write_plan
from wavectl.cli.context import load_app
from wavectl.cli.options import CommonOptions
from wavectl.cli.revisions import load_earlier_plan, load_lock_history
from wavectl.files import MIB

DATED = SOUND + "moments:\n  - {id: a, title: A, when: 2017-09}\n  - {id: b, title: B, when: 2018-09}\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a repository that has held a plan since 1 May; on 20 May a date firmed up."""
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    (tmp_path / "README").write_text("nothing yet", encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "before", day="2017-04-01")
    git(tmp_path, "tag", "before")
    folder = write_plan(tmp_path, {"housing": DATED, ".hidden": "x", "notes.txt": "x"})
    (folder / "deeper").mkdir()
    (folder / "deeper" / "other.yaml").write_text(SOUND, encoding="utf-8")
    (folder / "link.yaml").symlink_to("housing.yaml")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "one")
    git(tmp_path, "tag", "first")
    write_plan(tmp_path, {"housing": DATED.replace("2017-09}", "2017-09-14}")})
    git(tmp_path, "commit", "-qam", "two", day="2017-05-20")
    (folder / "link.yaml").unlink()
    return tmp_path


def since(home: Path, revision: str, env: dict[str, str] | None = None) -> str:
    """Return the sentence that compares."""
    outcome = run("status", "--lang", "en", "--today", "2017-06-01", f"--since={revision}", cwd=home, env=env)
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.out.splitlines()[1]


@pytest.mark.parametrize("revision", ["first", "HEAD~1", "HEAD^", "main@{0}~1", ":/one"])
def test_the_change_since_a_revision(revision: str, home: Path) -> None:
    assert since(home, revision) == "firm: 1 of 2 moments, 1 more than on 1 May 2017"


def test_a_day_is_the_last_revision_before_it(home: Path) -> None:
    assert since(home, "2017-05-20") == "firm: 1 of 2 moments, 1 more than on 1 May 2017"
    assert since(home, "2017-05-21") == "firm: 1 of 2 moments, as many as on 20 May 2017"
    outcome = run("status", "--lang", "en", "--since", "2017-04-01", cwd=home)
    assert (outcome.code, outcome.out) == (2, "")
    assert '"2017-04-01"' in outcome.err


def test_the_last_revision_is_no_change_and_what_is_not_committed_is(home: Path) -> None:
    assert since(home, "HEAD") == "firm: 1 of 2 moments, as many as on 20 May 2017"
    write_plan(home, {"housing": DATED})
    assert since(home, "HEAD") == "firm: 0 of 2 moments, 1 fewer than on 20 May 2017"


def test_only_the_files_of_the_plan_count(home: Path) -> None:
    """Not the hidden one, not the one in a folder below, and no link."""
    outcome = run("status", "--since", "first", "--format", "json", cwd=home)
    assert json.loads(outcome.out)["since"]["moments"]["total"] == 2


def test_a_folder_goes_before_a_revision_of_its_name(home: Path) -> None:
    write_plan(home / "main", {"housing": DATED})
    assert since(home, "main/waves").endswith("1 more than in main/waves")


@pytest.mark.parametrize(
    "revision",
    ["nowhere", "--output=x", "-h", "HEAD:waves", "HEAD; echo", "$(echo HEAD)", "", "a\nb", "HEAD..first", "^first"],
)
def test_what_is_no_revision_is_refused(revision: str, home: Path) -> None:
    before = sorted(home.iterdir())
    outcome = run("status", "--lang", "en", f"--since={revision}", cwd=home)
    assert (outcome.code, outcome.out) == (2, "")
    assert "is neither a folder nor a git revision" in outcome.err
    assert sorted(home.iterdir()) == before


def test_a_revision_without_the_plan_is_refused(home: Path) -> None:
    outcome = run("status", "--lang", "en", "--since", "before", cwd=home)
    assert (outcome.code, outcome.out) == (2, "")
    assert 'the plan did not exist yet at "before"' in outcome.err


def test_a_revision_with_the_programme_alone_is_one_without_the_plan(home: Path) -> None:
    git(home, "checkout", "-q", "--orphan", "bare")
    git(home, "rm", "-rqf", "--cached", ".")
    (home / "waves" / "programme.yaml").write_text("name: P\n", encoding="utf-8")
    git(home, "add", "waves/programme.yaml")
    git(home, "commit", "-qm", "programme")
    outcome = run("status", "--lang", "en", "--since", "bare", cwd=home)
    assert (outcome.code, outcome.out) == (2, "")
    assert 'the plan did not exist yet at "bare"' in outcome.err


def test_a_folder_without_a_plan_is_refused_with_a_hint(home: Path) -> None:
    (home / "empty").mkdir()
    outcome = run("status", "--lang", "en", "--since", "empty", cwd=home)
    assert (outcome.code, outcome.out) == (2, "")
    assert 'the folder "empty" contains no wave file' in outcome.err
    assert "name a folder with a copy of the plan" in outcome.err
    assert "--waves" not in outcome.err


def test_a_copy_that_git_has_cut_off_says_so(home: Path, tmp_path: Path) -> None:
    """As the checkout of a pipeline is, if no more is fetched."""
    git(home, "clone", "--quiet", "--depth=1", home.as_uri(), "cut")
    outcome = run("status", "--lang", "en", "--since", "HEAD~1", cwd=home / "cut")
    assert (outcome.code, outcome.out) == (2, "")
    assert '"HEAD~1" is neither a folder nor a git revision' in outcome.err
    assert "git fetch --unshallow" in outcome.err


def test_a_day_that_git_cannot_write_is_after_all_revisions(home: Path) -> None:
    assert since(home, "2100-01-02") == since(home, "9999-12-31") == since(home, "2017-05-21")


def test_before_the_first_commit_none_is_asked_for(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    write_plan(tmp_path, {"housing": DATED})
    for arguments in (["diff"], ["status", "--since", "HEAD"]):
        outcome = run(*arguments, "--lang", "en", cwd=tmp_path)
        assert (outcome.code, outcome.out) == (2, "")
        assert "the repository has no revision yet" in outcome.err
        assert "HEAD~" not in outcome.err


def test_a_repository_of_someone_else_is_named(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(home, "2017-06-01", "2017-09-15")
    publish(home, "2017-06-02", "2017-09-16")
    monkeypatch.setattr(
        "wavectl.cli.revisions._GIT_ENVIRONMENT",
        {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1", "GIT_CONFIG_GLOBAL": os.devnull, "LC_ALL": "C"},
    )
    assert len(history(home)) == 1
    assert f"git config --global --add safe.directory {home}" in capsys.readouterr().err
    app = load_app(CommonOptions(waves=str(home / "waves"), lang="en"))
    with pytest.raises(typer.Exit):
        load_earlier_plan(app, "HEAD")
    assert f"git config --global --add safe.directory {home}" in capsys.readouterr().err


def test_outside_a_repository_the_hint_names_a_folder(tmp_path: Path) -> None:
    write_plan(tmp_path, {"housing": DATED})
    outcome = run(
        "status", "--lang", "en", "--since", "HEAD", cwd=tmp_path, env={"GIT_CEILING_DIRECTORIES": str(tmp_path)}
    )
    assert (outcome.code, outcome.out) == (2, "")
    assert "the plan is not in a git repository" in outcome.err


def test_without_git_the_hint_names_a_folder(home: Path) -> None:
    outcome = run("status", "--lang", "en", "--since", "HEAD", cwd=home, env={"PATH": str(home)})
    assert (outcome.code, outcome.out) == (2, "")
    assert "git is not installed" in outcome.err


def test_git_settings_of_another_repository_are_ignored(home: Path, tmp_path: Path) -> None:
    """A hook that runs wavectl has variables of its own; neither they nor settings of the repository are heeded."""
    git(home, "config", "log.showSignature", "true")
    git(home, "config", "core.pager", "false")
    git(home, "config", "alias.show", "!false")
    env = {"GIT_DIR": str(tmp_path / "gone"), "GIT_WORK_TREE": "/", "GIT_INDEX_FILE": "gone", "GIT_PAGER": "false"}
    assert since(home, "first", env) == "firm: 1 of 2 moments, 1 more than on 1 May 2017"


def refuse(home: Path, revision: str = "HEAD", env: dict[str, str] | None = None) -> str:
    outcome = run("status", "--lang", "en", f"--since={revision}", cwd=home, env=env)
    assert (outcome.code, outcome.out) == (2, "")
    return outcome.err


def test_a_large_blob_is_not_read(home: Path) -> None:
    write_plan(home, {"large": "title: L\nstatus: announced\n" + "# x\n" * 1_200_000})
    git(home, "add", ".")
    git(home, "commit", "-qm", "large")
    (home / "waves" / "large.yaml").unlink()
    assert '"large.yaml" is larger than 4 MiB' in refuse(home)


def test_a_plan_of_too_many_files_is_not_read(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_plan(home, {f"w{number}": SOUND for number in range(4)})
    git(home, "add", ".")
    git(home, "commit", "-qm", "many")
    monkeypatch.setattr("wavectl.plan.loader.MAX_FILES", 4)
    for command in ("validate", "timeline", "fmt"):
        outcome = run(command, "--lang", "en", cwd=home)
        assert (outcome.code, outcome.out, "more than 4 files" in outcome.err) == (2, "", True)
    for number in range(4):
        (home / "waves" / f"w{number}.yaml").unlink()
    assert "more than 4 files at that revision" in refuse(home)
    monkeypatch.setattr("wavectl.cli.revisions._MAX_TREE_SIZE", 0.0001)
    assert "more than 2000 files at that revision" in refuse(home)
    monkeypatch.setattr("wavectl.plan.loader.MAX_PLAN_SIZE", 0.0001)
    assert "in its files" in run("validate", "--lang", "en", cwd=home).err


def test_a_file_name_that_no_folder_takes_is_refused(home: Path) -> None:
    index = ("update-index", "--add", "--cacheinfo")
    blob = subprocess.run(["git", "rev-parse", "HEAD:README"], cwd=home, capture_output=True, text=True, check=True)
    git(home, *index, f"100644,{blob.stdout.strip()},waves/{'a' * 300}.yaml")
    git(home, "commit", "-qm", "long")
    assert "File name too long" in refuse(home)


def test_a_git_that_does_not_answer_is_ended(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "bin").mkdir()
    (home / "bin" / "git").write_text("#!/bin/sh\nexec sleep 60\n")
    (home / "bin" / "git").chmod(0o755)
    monkeypatch.setattr("wavectl.cli.revisions.MAX_WAIT", 0.1)
    assert "git did not answer" in refuse(home, env={"PATH": f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}"})


def test_a_partial_clone_fetches_nothing(home: Path) -> None:
    git(home, "config", "uploadpack.allowFilter", "true")
    git(home, "clone", "--quiet", "--filter=blob:none", home.as_uri(), "part")
    for revision in ("HEAD~1", "first"):
        assert "git fetch --refetch --no-filter" in refuse(home / "part", revision)


def test_a_repository_that_lacks_a_blob_or_a_folder_says_so(home: Path) -> None:
    for name in ("first:waves/housing.yaml", "first:waves"):
        blob = subprocess.run(["git", "rev-parse", name], cwd=home, capture_output=True, text=True, check=True).stdout
        (home / ".git" / "objects" / blob[:2] / blob[2:].strip()).unlink()
        assert "lacks the content" in refuse(home, "first")


@pytest.mark.parametrize("day", ["@253402300800 +0000", "@0 +0000", "@4102444800 +0000"])
def test_a_commit_of_any_date_is_read(day: str, home: Path) -> None:
    env = {**os.environ, "GIT_AUTHOR_DATE": "@0 +0000", "GIT_COMMITTER_DATE": day}
    names = ["-c", "user.name=A", "-c", "user.email=a@b.org", "-c", "i18n.commitEncoding=ISO-8859-1"]
    subprocess.run(["git", *names, "commit", "-q", "--allow-empty", "-m", "x"], cwd=home, env=env, check=True)
    git(home, "config", "i18n.logOutputEncoding", "UTF-16")
    assert run("status", "--since", "HEAD", cwd=home).code == 0


def test_git_is_never_one_of_the_current_folder(home: Path) -> None:
    fake = home / "git"
    fake.write_text("#!/bin/sh\ntouch ran\n")
    fake.chmod(0o755)
    for path in (f".{os.pathsep}{os.environ['PATH']}", f"{os.pathsep}{os.environ['PATH']}", f"{home}"):
        run("status", "--since", "HEAD", cwd=home, env={"PATH": path})
        assert not (home / "ran").exists()


# -- the history of the lockfile


@pytest.fixture(scope="module")
def publications(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository with three publications, each in a commit two days later."""
    home = tmp_path_factory.mktemp("publications")
    git(home, "init", "--quiet", "--initial-branch=main")
    for day, when in (("2017-06-01", "2017-09"), ("2017-06-03", "2017-09-14"), ("2017-06-10", "2017-09-21")):
        publish(home, day, when)
        git(home, "add", ".")
        git(home, "commit", "-qm", day, day=f"{day[:-2]}{int(day[-2:]) + 2:02}")
    return home


def publish(home: Path, day: str, when: str) -> None:
    """Publish a plan with one moment."""
    moment = f"period: 2017-01/2018-12\nmoments:\n  - {{id: a, title: A, when: {when}}}\n"
    write_plan(
        home, {"programme": "uid_domain: network.org\n", "housing": ANNOUNCED.replace("announced", "active") + moment}
    )
    assert run("export-ics", "--today", day, cwd=home).code == 0


@pytest.fixture
def copy(publications: Path, tmp_path: Path) -> Path:
    """Return a copy of that repository, to be changed."""
    return Path(copytree(publications, tmp_path / "copy"))


def history(home: Path, today: str = "2017-07-01") -> list[tuple[str, str]]:
    """Return the day of each version of the lockfile, and the date of its entry."""
    app = load_app(CommonOptions(waves=str(home / "waves"), today=today, lang="en"))
    revisions = load_lock_history(app)
    return [(day.isoformat(), lockfile.entries["a.housing@network.org"].when) for day, lockfile, _ in revisions]


WHOLE = [("2017-06-03", "2017-09"), ("2017-06-05", "2017-09-14"), ("2017-06-12", "2017-09-21")]


def test_the_lockfiles_that_git_has_are_the_history(publications: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert history(publications) == WHOLE
    assert history(publications, "2017-06-04")[1:] == [("2017-06-04", "2017-09-14"), ("2017-06-04", "2017-09-21")]
    assert capsys.readouterr().err == ""


def test_a_lockfile_that_is_not_committed_is_the_last(copy: Path) -> None:
    publish(copy, "2017-06-20", "2017-09-28")
    assert history(copy) == [*WHOLE, ("2017-06-20", "2017-09-28")]


def test_lockfiles_that_do_not_lead_to_the_present_one_are_left_out(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Damaged ones, ones of another domain, and one that was taken back."""
    lock = copy / "waves" / "wavectl.lock"
    sound = lock.read_bytes()
    publish(copy, "2017-06-11", "2017-09-28")
    later = lock.read_bytes()
    contents = (sound[:-9], sound.replace(b"network.org", b"other.org"), later, b"\xff", b"", sound + b" ", sound)
    for number, content in enumerate(contents):
        lock.write_bytes(content)
        git(copy, "commit", "-qam", str(number), day="2017-06-20")
    lock.unlink()
    git(copy, "commit", "-qam", "gone", day="2017-06-20")
    lock.write_bytes(sound)
    assert history(copy) == WHOLE
    assert capsys.readouterr().err == ""


def test_only_the_line_that_was_published_counts(copy: Path) -> None:
    """Two people publish on branches of their own; the merge is one change."""
    git(copy, "checkout", "-qb", "branch", "HEAD~1")
    publish(copy, "2017-06-09", "2017-09-15")
    git(copy, "commit", "-qam", "branch", day="2017-06-09")
    git(copy, "checkout", "-q", "main")
    git(copy, "merge", "-q", "-s", "ours", "branch", day="2017-06-20")
    assert history(copy) == WHOLE


def test_a_copy_that_git_has_cut_off_tells_what_it_lacks(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(copy, "clone", "--quiet", "--depth=1", copy.as_uri(), "cut")
    assert history(copy / "cut") == WHOLE[2:]
    assert "git fetch --unshallow" in capsys.readouterr().err


def test_a_folder_that_was_renamed_tells_what_it_lacks(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copy / "other").mkdir()
    git(copy, "mv", "waves", "other/waves")
    git(copy, "commit", "-qm", "renamed", day="2017-06-20")
    assert history(copy / "other") == [("2017-06-20", "2017-09-21")]
    assert "changes before 20 June 2017 are left out" in capsys.readouterr().err


@pytest.mark.parametrize("lack", ["repository", "git", "answer"])
def test_without_git_the_present_lockfile_is_left(
    lack: str, copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if lack == "repository":
        rmtree(copy / ".git")
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(copy))
    else:
        (copy / "bin").mkdir()
        monkeypatch.setenv("PATH", str(copy / "bin"))
    if lack == "answer":
        (copy / "bin" / "git").write_text("#!/bin/sh\nexec /bin/sleep 60\n")
        (copy / "bin" / "git").chmod(0o755)
        monkeypatch.setattr("wavectl.cli.revisions.MAX_WAIT", 0.1)
    assert history(copy) == [("2017-06-10", "2017-09-21")]
    (line,) = capsys.readouterr().err.splitlines()
    assert "git, which knows them, has no history of wavectl.lock here" in line


def test_after_a_first_publication_nothing_is_left_out(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    publish(home, "2017-06-01", "2017-09-15")
    assert [day for day, _ in history(home)] == ["2017-06-01"]
    assert capsys.readouterr().err == ""


def test_a_plan_that_was_never_published_has_no_history(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert load_lock_history(load_app(CommonOptions(waves=str(home / "waves")))) == ()
    assert capsys.readouterr().err == ""


def test_the_history_is_bounded(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    size = (copy / "waves" / "wavectl.lock").stat().st_size
    monkeypatch.setattr("wavectl.cli.revisions.MAX_REVISIONS", 2)
    assert history(copy) == WHOLE[1:]
    monkeypatch.setattr("wavectl.cli.revisions.MAX_HISTORY_SIZE", (size + 1) / MIB)
    assert history(copy) == WHOLE[2:]


def test_the_site_tells_the_history(copy: Path) -> None:
    """What git lacks is left out, and said once."""
    page = Path("site") / "en" / "moments" / "housing" / "a" / "index.html"
    assert run("site", "--lang", "en", "--today", "2017-07-01", "-o", "site", cwd=copy).code == 0
    assert "firm since 3 June 2017: 14 September 2017 (before: September 2017)" in (copy / page).read_text("utf-8")
    rmtree(copy / ".git")
    env = {"GIT_CEILING_DIRECTORIES": str(copy)}
    outcome = run("site", "--lang", "en", "--today", "2017-07-01", "-o", "site", cwd=copy, env=env)
    assert (outcome.code, outcome.err.count("has no history of wavectl.lock")) == (0, 1)
    text = (copy / page).read_text("utf-8")
    assert "firm since" not in text
    assert "moved on 10 June 2017: 21 September 2017 (before: 14 September 2017)" in text
