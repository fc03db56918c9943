"""``actions map`` draws what may be published, for one wave or all, and nothing else of a register."""

from pathlib import Path

import pytest

from support.plans import run
from support.registers import register_bytes, write_actions

SHOWN = {"country": "TN", "review": "accepted", "publish": "full", "lat": "36.8", "lon": "10.18", "priority": "p"}
PRIVATE = dict.fromkeys(("title", "organiser", "place", "outcome", "note", "reason", "source_id", "evidence"), "CANARY")
ROWS = (
    SHOWN | PRIVATE | {"kind": "learning"},
    SHOWN | PRIVATE | {"publish": "anonymous", "country": "KE", "lat": "-1.3", "lon": "36.8"},
    SHOWN | PRIVATE | {"publish": "no", "country": "FR"},
    SHOWN | PRIVATE | {"review": "", "country": "FR"},
    SHOWN | PRIVATE | {"status": "cancelled", "country": "FR"},
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_actions(tmp_path_factory.mktemp("plan"), *ROWS)


def drawn(folder: Path, *arguments: str) -> str:
    result = run("--lang", "en", "actions", "map", *arguments, cwd=folder.parent)
    assert result.code == 0, result.err
    return result.out


@pytest.mark.parametrize("form", ["svg", "html"])
def test_only_what_may_be_published_is_on_the_map(folder: Path, form: str) -> None:
    text = drawn(folder, "--format", form)
    assert ("Tunisia: 1 action" in text, "Kenya: 1 action" in text, "France" in text) == (True, True, False)
    assert "CANARY" not in text
    assert text.partition('class="dots" d="')[2].partition('"')[0].count("h0") == 1


@pytest.mark.parametrize(
    ("arguments", "countries"),
    [
        (("housing",), ["Kenya", "Tunisia"]),
        (("--country", "Kenya"), ["Kenya"]),
        (("--region", "africa"), ["Tunisia"]),
        (("--kind", "learning", "--wave", "housing"), ["Tunisia"]),
        (("--review", "accepted"), ["Kenya", "Tunisia"]),
    ],
)
def test_the_filters_of_actions_apply(folder: Path, arguments: tuple[str, ...], countries: list[str]) -> None:
    text = drawn(folder, *arguments)
    assert [name for name in ("France", "Kenya", "Tunisia") if f"{name}: 1 action" in text] == countries


def test_the_name_of_the_file_decides_about_the_format(folder: Path) -> None:
    for name, start in (("map.svg", b"<svg"), ("map.html", b"<!DOCTYPE html>")):
        result = run("actions", "map", "-o", name, cwd=folder.parent)
        assert (result.code, result.out) == (0, f"{name}\n")
        assert (folder.parent / name).read_bytes().startswith(start)


@pytest.mark.parametrize(
    "arguments", [("-o", "map.png"), ("--format", "png"), ("--review", "pending"), ("--kind", "x"), ("no-wave",)]
)
def test_what_a_map_cannot_show_is_an_error(folder: Path, arguments: tuple[str, ...]) -> None:
    assert run("actions", "map", *arguments, cwd=folder.parent).code == 2


def test_a_register_that_cannot_be_read_ends_the_run(tmp_path: Path) -> None:
    folder = write_actions(tmp_path)
    (folder / "actions" / "housing.csv").write_bytes(register_bytes(SHOWN) + b'a,"b\n')
    for words in (("actions", "map"), ("timeline", "--format", "html")):
        result = run(*words, cwd=tmp_path)
        assert (result.code, result.out) == (1, "")
        assert "housing.csv" in result.err


def test_the_page_of_the_timeline_has_the_map_of_its_waves(folder: Path, tmp_path: Path) -> None:
    page = run("timeline", "--format", "html", cwd=folder.parent).out
    assert ('class="world-map"' in page, "CANARY" in page) == (True, False)
    assert (
        "Tunisia: 1 action"
        in run("--lang", "en", "timeline", "--format", "html", "--region", "africa", cwd=folder.parent).out
    )
    none = write_actions(tmp_path)
    assert 'class="world-map"' not in run("timeline", "--format", "html", cwd=none.parent).out
