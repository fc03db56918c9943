"""Files that are prepared beside a folder: compared, replaced together, and nothing left behind."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
import typer

from wavectl.cli.context import open_console
from wavectl.cli.options import CommonOptions
from wavectl.cli.staged_files import StagedFiles

CONSOLE = open_console(CommonOptions())


def names(folder: Path) -> list[str]:
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*"))


def test_nothing_changes_until_the_files_take_their_places(tmp_path: Path) -> None:
    (tmp_path / "CNAME").write_bytes(b"waves.org")
    (tmp_path / "old.html").write_bytes(b"old")
    (tmp_path / "same.html").write_bytes(b"same")
    with StagedFiles(CONSOLE, tmp_path) as staged:
        for path in ("old.html", "same.html", "fr/waves/housing/index.html"):
            staged.add(path, path[:4].encode())
        assert (staged.new, staged.changed, staged.unchanged) == (["fr/waves/housing/index.html"], ["old.html"], 1)
        assert (tmp_path / "old.html").read_bytes() == b"old"
        assert not (tmp_path / "fr/waves/housing/index.html").exists()
        staged.replace()
    assert (tmp_path / "old.html").read_bytes() == b"old."
    assert (tmp_path / "fr/waves/housing/index.html").read_bytes() == b"fr/w"
    assert names(tmp_path)[:2] == ["CNAME", "fr"]


def test_a_run_that_fails_changes_nothing_and_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        with StagedFiles(CONSOLE, tmp_path / "site") as staged:
            staged.add("a.html", b"a")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert names(tmp_path / "site") == []


def test_the_next_run_deletes_what_a_killed_run_left_but_not_what_waits_for_another(tmp_path: Path) -> None:
    (tmp_path / ".wavectl-staged-x").mkdir()
    (tmp_path / ".wavectl-staged-x" / "0").write_bytes(b"a")
    with StagedFiles(CONSOLE, tmp_path) as staged, StagedFiles(CONSOLE, tmp_path) as other:
        staged.add("a.html", b"a")
        assert not (tmp_path / ".wavectl-staged-x").exists()
        other.add("b.html", b"b")
        staged.replace()
        other.replace()
    assert names(tmp_path) == ["a.html", "b.html"]


def test_files_take_their_places_in_the_order_of_adding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places: list[str] = []
    replace = os.replace
    monkeypatch.setattr(Path, "replace", lambda file, place: (places.append(place.name), replace(file, place)))
    with StagedFiles(CONSOLE, tmp_path) as staged:
        for name in ("z", "a", "m"):
            staged.add(name, b"")
        staged.replace()
    assert places == ["z", "a", "m"]


def test_no_file_is_written_through_a_link_out_of_the_folder(tmp_path: Path) -> None:
    site, other = tmp_path / "site", tmp_path / "other"
    site.mkdir()
    other.mkdir()
    (site / "fr").symlink_to(other)
    (other / "x").write_bytes(b"")
    (site / "page").symlink_to(other / "x")
    with StagedFiles(CONSOLE, site) as staged:
        with pytest.raises(typer.Exit):
            staged.add("fr/index.html", b"")
        staged.add("page", b"")  # the link itself is replaced
        staged.replace()
    assert names(other) == ["x"]
    assert (site / "page").read_bytes() == b""
    assert not (site / "page").is_symlink()


@pytest.mark.parametrize("is_link", [False, True])
def test_a_file_or_a_broken_link_in_place_of_a_folder_stops_the_run(tmp_path: Path, *, is_link: bool) -> None:
    if is_link:
        (tmp_path / "fr").symlink_to(tmp_path / "missing")
    else:
        (tmp_path / "fr").write_bytes(b"own")
        (tmp_path / "fr").chmod(0o755)
    before = names(tmp_path)
    with StagedFiles(CONSOLE, tmp_path) as staged:
        staged.add("en/index.html", b"")
        with pytest.raises(typer.Exit):
            staged.add("fr/waves/index.html", b"")
    assert names(tmp_path) == before


def test_a_new_folder_takes_its_place_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places: list[str] = []
    replace = os.replace
    monkeypatch.setattr(Path, "replace", lambda file, place: (places.append(place.name), replace(file, place)))
    (tmp_path / "en").mkdir()
    with StagedFiles(CONSOLE, tmp_path) as staged:
        for path in ("en/a/b/1.html", "fr/a/2.html", "en/a/3.html", "fr/4.html", "en/5.html"):
            staged.add(path, b"")
        staged.replace()
    assert places == ["a", "fr", "5.html"]
    assert [name for name in names(tmp_path) if name.endswith(".html")] == [
        "en/5.html", "en/a/3.html", "en/a/b/1.html", "fr/4.html", "fr/a/2.html",
    ]  # fmt: skip


def test_files_go_into_a_folder_that_someone_else_made_meanwhile(tmp_path: Path) -> None:
    with StagedFiles(CONSOLE, tmp_path) as staged:
        staged.add("fr/a/1.html", b"")
        staged.add("fr/b/2.html", b"new")
        (tmp_path / "fr" / "b").mkdir(parents=True)
        (tmp_path / "fr" / "b" / "2.html").write_bytes(b"old")
        (tmp_path / "fr" / "b" / "own.html").write_bytes(b"")
        staged.replace()
    assert names(tmp_path) == ["fr", "fr/a", "fr/a/1.html", "fr/b", "fr/b/2.html", "fr/b/own.html"]
    assert (tmp_path / "fr" / "b" / "2.html").read_bytes() == b"new"


def test_the_permissions_of_a_file_stay(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    (tmp_path / "a").chmod(0o604)
    with StagedFiles(CONSOLE, tmp_path) as staged:
        staged.add("a", b"new")
        staged.replace()
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o604


# -- the files of the site


def publish(folder: Path, *paths: str, text: str = "") -> list[str]:
    """Write files of a site; return those that were deleted."""
    with StagedFiles(CONSOLE, folder) as staged:
        for path in paths:
            staged.add_site_file(path, text.encode())
        deleted = staged.left_over
        staged.replace()
    return deleted


def test_files_that_the_site_has_no_longer_are_deleted(tmp_path: Path) -> None:
    publish(tmp_path, "en/index.html", "en/countries/de/index.html", "en/moments/a/b/b.ics", "fr/index.html")
    (tmp_path / "fr" / "own.html").write_bytes(b"")
    (tmp_path / "a.ics").write_bytes(b"")
    assert publish(tmp_path, "en/index.html") == ["en/countries/de/index.html", "en/moments/a/b/b.ics", "fr/index.html"]
    assert names(tmp_path) == [".wavectl-site", "a.ics", "en", "en/index.html", "fr", "fr/own.html"]
    assert (tmp_path / ".wavectl-site").read_text() == "en/index.html\n"
    assert publish(tmp_path, "en/index.html") == []


def test_the_list_is_read_as_data(tmp_path: Path) -> None:
    """Nothing outside of the folder, behind a link, or that is no file of a site is deleted, whatever the list says."""
    site, other = tmp_path / "site", tmp_path / "other"
    for folder in (site / "own", other / "feeds"):
        folder.mkdir(parents=True)
    kept = [site / "own" / "x", site / "a.ics", other / "index.html", other / "feeds" / "index.html"]
    for file in kept:
        file.write_bytes(b"")
    (site / "fr").symlink_to(other)
    paths = ("../other/index.html", str(other / "index.html"), "own/x", "a.ics", "fr/index.html", "fr/feeds/index.html")
    (site / ".wavectl-site").write_bytes("\n".join(("", "..", "en/report/index.html", *paths)).encode() + b"\n\xff\0")
    assert publish(site, "en/index.html") == []
    assert all(file.exists() for file in kept)


def test_a_link_in_place_of_a_file_is_deleted_and_not_followed(tmp_path: Path) -> None:
    publish(tmp_path, "en/index.html", "en/report/index.html")
    (tmp_path / "own").write_bytes(b"")
    (tmp_path / "en" / "report" / "index.html").unlink()
    (tmp_path / "en" / "report" / "index.html").symlink_to(tmp_path / "own")
    publish(tmp_path, "en/index.html")
    assert names(tmp_path) == [".wavectl-site", "en", "en/index.html", "own"]


@pytest.mark.parametrize("name", ["index.html", "style.css", "report.css", "sitemap.xml", "fr/index.html"])
def test_a_file_of_someone_else_is_not_replaced(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(b"own")
    with pytest.raises(typer.Exit):
        publish(tmp_path, "en/index.html", name)
    assert (tmp_path / name).read_bytes() == b"own"
    assert not (tmp_path / "en").exists()
    assert name in capsys.readouterr().err
    publish(tmp_path, name, text="own")
    publish(tmp_path, name, text="new")  # from now on it is listed
    assert (tmp_path / name).read_bytes() == b"new"


def test_the_list_is_asked_for_where_it_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    publish(tmp_path, "en/index.html")
    (tmp_path / ".wavectl-site").unlink()
    with pytest.raises(typer.Exit):
        publish(tmp_path, "en/index.html", text="new")
    assert ".wavectl-site" in capsys.readouterr().err


def test_a_feed_replaces_only_a_calendar_of_wavectl(tmp_path: Path) -> None:
    head = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//%s//EN\r\n"
    (tmp_path / "ours.ics").write_bytes(head % b"wavectl//wavectl")
    (tmp_path / "other.ics").write_bytes(head % b"other//calendar")
    (tmp_path / "link.ics").symlink_to(tmp_path / "other.ics")
    (tmp_path / "empty.ics").write_bytes(b"")
    with StagedFiles(CONSOLE, tmp_path, dry_run=True) as staged:
        staged.add_feed("ours.ics", b"new")
        staged.add_feed("new.ics", b"new")
        staged.add_feed("other.ics", head % b"other//calendar")  # nothing would change
        for name in ("other.ics", "link.ics", "empty.ics"):
            with pytest.raises(typer.Exit):
                staged.add_feed(name, b"new")


def test_a_run_that_is_killed_at_any_step_is_finished_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = ("en/index.html", "fr/index.html", "index.html"), ("de/index.html", "en/index.html", "index.html")

    def is_killed_at(step: int) -> bool:
        left = iter(range(step))

        def or_die(act: Callable[..., None], *arguments: object) -> None:
            if next(left, None) is None:
                raise KeyboardInterrupt
            act(*arguments)

        with monkeypatch.context() as patched, suppress(KeyboardInterrupt):
            for name in ("replace", "unlink"):
                act = getattr(Path, name)
                patched.setattr(Path, name, lambda *places, act=act, **_: or_die(act, *places))
            publish(folder, *new, text="new")
            return False
        return True

    for step in range(100):
        folder = tmp_path / str(step)
        publish(folder, *old)
        was_killed = is_killed_at(step)
        publish(folder, *new, text="new")
        assert names(folder) == [".wavectl-site", "de", "de/index.html", "en", "en/index.html", "index.html"]
        if not was_killed:
            break
    assert step == 6  # the list, three files, the deleted one, the list
