"""Hostile text stays text in everything that leaves for readers: pages, feeds, reports and reviews."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt

from support.feeds import unfolded, unsound
from support.hostile_texts import LINE, STAYS, UNSAFE_CHARACTERS, HtmlPage, hostile_plan, page_faults
from support.plans import run, write_plan

FIRST, LATER = "2026-06-01", "2026-06-03"
MARKDOWN_TAGS = frozenset("h1 h2 h3 h4 h5 h6 p ul ol li em strong code pre a blockquote hr br".split())  # noqa: SIM905
"""What descriptions may have."""


def published(home: Path, *, benign: bool) -> Path:
    """Publish a hostile plan twice, with other texts the second time and without one of its moments."""
    write_plan(home, hostile_plan("old", benign=benign))
    for day in (FIRST, LATER):
        outcome = run("publish", "--today", day, cwd=home)
        assert outcome.code == 0, outcome.err
        if day == FIRST:
            shutil.copytree(home / "waves", home / "old")
            write_plan(home, hostile_plan("new", benign=benign))
            file = home / "waves" / "housing.yaml"
            wave = json.loads(file.read_text(encoding="utf-8"))
            wave["moments"] = [
                {**one, "when": one["when"].replace("2026-09-14", "2026-09-16")}
                for one in wave["moments"]
                if one["id"] != "off"
            ]
            file.write_text(json.dumps(wave), encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a hostile plan that was published, and the same with quiet texts."""
    homes = [published(tmp_path_factory.mktemp("home"), benign=benign) for benign in (False, True)]
    return homes[0], homes[1]


def files(home: Path) -> dict[str, str]:
    found = sorted(file for file in (home / "feeds").rglob("*") if file.is_file())
    return {file.relative_to(home / "feeds").as_posix(): file.read_bytes().decode() for file in found}


def test_pages(homes: tuple[Path, Path]) -> None:
    hostile, quiet = map(files, homes)
    assert hostile.keys() == quiet.keys()
    pages = {path: page for path, page in hostile.items() if path.endswith(".html")}
    assert {
        path: found for path, page in pages.items() if (found := page_faults(page, quiet[path], MARKDOWN_TAGS))
    } == {}
    shown = [path for path, page in pages.items() if STAYS in HtmlPage(page).text]
    assert len(shown) > 10
    for path, text in hostile.items():
        if path.endswith((".atom", ".xml", ".svg")):
            trees = [ElementTree.fromstring(one).iter() for one in (text, quiet[path])]  # noqa: S314
            assert [one.tag for one in trees[0]] == [one.tag for one in trees[1]], path
            assert not UNSAFE_CHARACTERS.search(text), path


def test_feeds(homes: tuple[Path, Path]) -> None:
    assert unsound(homes[0]) == {}
    hostile, quiet = map(files, homes)
    names = re.compile(r"^[\w-]+", re.MULTILINE)
    for path, text in hostile.items():
        if path.endswith(".ics"):
            lines = [[names.findall(line)[0] for line in unfolded(one.encode())] for one in (text, quiet[path])]
            assert lines[0] == lines[1], path
            assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", text), path


def written(home: Path, *arguments: str) -> str:
    outcome = run(*arguments, "--today", LATER, "--lang", "en", cwd=home)
    assert (outcome.code, outcome.err) == (0, ""), outcome.err
    return outcome.out


REPORT = ["report", "--from", "2026-01", "--to", "2027-12", "--since", "old"]
PAGES = [REPORT, [*REPORT, "--internal"], ["diff", "old"]]


@pytest.mark.parametrize("arguments", PAGES[:2], ids=" ".join)
def test_reports(homes: tuple[Path, Path], arguments: list[str]) -> None:
    hostile, quiet = (written(home, *arguments) for home in homes)
    assert page_faults(hostile, quiet) == []
    assert STAYS in HtmlPage(hostile).text


@pytest.mark.parametrize("arguments", PAGES, ids=" ".join)
def test_markdown(homes: tuple[Path, Path], arguments: list[str]) -> None:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    hostile, quiet = (written(home, *arguments, "--format", "markdown") for home in homes)
    assert page_faults(parser.render(hostile), parser.render(quiet)) == []
    assert STAYS in HtmlPage(parser.render(hostile)).text
    assert hostile.count("\n") == quiet.count("\n")


def test_a_review_in_a_terminal(homes: tuple[Path, Path]) -> None:
    hostile, quiet = (written(home, "diff", "old") for home in homes)
    assert hostile.count("\n") == quiet.count("\n")
    assert not UNSAFE_CHARACTERS.search(hostile)
    assert STAYS in hostile
    data = written(homes[0], "diff", "old", "--format", "json")
    assert not UNSAFE_CHARACTERS.search(data)
    assert LINE in json.dumps(json.loads(data), ensure_ascii=False) or STAYS in data


@pytest.mark.parametrize(
    "page",
    [
        "<p onclick=x>", "<a href=' java\tscript:x'>", "<a href=//x.example>", "<a href='data:text/html,x'>", "q49q",
        "<!-- ran -->", "<script>ran()</script>", "<img src=x>", "<style>ran{}</style>", "a\u202eb", "<?xml ran?>",
        "<meta http-equiv=refresh content='0; url=javascript:x'>", "<svg><a xlink:href=javascript:x></svg>",
        "<i style=ran>",
    ],
)  # fmt: skip
def test_what_is_looked_for_is_found(page: str) -> None:
    assert page_faults(page, "<p><a href=x></a><script></script><style></style>") != []
    assert page_faults(f"<p>{LINE.translate({0x202E: None, 0x2066: None, 0x1B: None, 7: None, 0x9B: None})}") != []
