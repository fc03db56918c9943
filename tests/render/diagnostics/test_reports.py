"""How a report is written."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from support.plans import ANNOUNCED, read_plan
from wavectl import rules
from wavectl.dates import edtf
from wavectl.diagnostics import Severity, Summary, msg
from wavectl.render.context import RenderContext
from wavectl.render.diagnostics import (
    MACHINE_FORMATS,
    REPORTERS,
    SEVERITY_COLOURS,
    SEVERITY_NAMES,
    diagnose,
    display_path,
    render_report,
    summarise,
)

EN = RenderContext(("en",))


def test_only_a_screen_that_takes_colours_gets_them() -> None:
    assert EN.paint("x", "1;31") == "x"
    assert EN._replace(colour=True).paint("x", "1;31") == "\x1b[1;31mx\x1b[0m"


@pytest.mark.parametrize(
    ("file", "address"),
    [
        ("waves/housing.yaml", "file:///2017%20b/waves/housing.yaml"),
        ("waves/l'été; 100%.yaml", "file:///2017%20b/waves/l%27%C3%A9t%C3%A9%3B%20100%25.yaml"),
        ("waves/\x1b]8;;\x07\n.yaml", "file:///2017%20b/waves/%1B%5D8%3B%3B%07%0A.yaml"),
        ("/2018/housing.yaml", "file:///2018/housing.yaml"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="folders without a drive")
def test_a_link_leads_to_the_file(file: str, address: str) -> None:
    assert EN.link("x:1:2", file) == "x:1:2"
    assert (
        RenderContext(("en",), base_folder=Path("/2017 b")).link("x:1:2", file)
        == f"\x1b]8;;{address}\x1b\\x:1:2\x1b]8;;\x1b\\"
    )


def test_each_severity_has_a_word_and_a_colour_of_its_own() -> None:
    for table in (SEVERITY_NAMES, SEVERITY_COLOURS):
        assert set(table) == set(Severity)
        assert len(set(table.values())) == len(Severity)


def test_dates_and_texts_are_in_the_language_of_the_reader() -> None:
    message = msg("{title} on {date}", title={"fr": "Forum", "es": "Foro"}, date=edtf.parse("2017-09-14/2017-09-17"))
    assert RenderContext(("fr", "en")).format_message(message) == "Forum on 14–17 septembre 2017"
    assert RenderContext(("es", "fr")).format_message(message) == "Foro on 14–17 de septiembre de 2017"


def test_findings_are_in_order_of_file_line_and_column(tmp_path: Path) -> None:
    files = {
        "b": ANNOUNCED + "colour: teal\nmoments:\n  - {id: A, when: soon}\n",
        "a": "title: A\nstatus: announced\nwas: [X, Y]\nextra: 1\n",
        "programme": "languages: [french]\n",
    }
    plan = read_plan(tmp_path, files)
    found = diagnose(plan, tuple(reversed(rules.check(plan).findings)), tmp_path)
    assert [(one.file, one.span.line, one.span.column) for one in found] == [
        ("waves/a.yaml", 3, 7),
        ("waves/a.yaml", 3, 10),
        ("waves/a.yaml", 4, 1),
        ("waves/b.yaml", 3, 1),
        ("waves/b.yaml", 5, 5),
        ("waves/b.yaml", 5, 10),
        ("waves/b.yaml", 5, 19),
        ("waves/programme.yaml", 1, 13),
    ]
    assert summarise(found, 3, 2) == (3, 8, 0, 0, 2)


def test_a_file_is_named_from_where_the_reader_is(tmp_path: Path) -> None:
    file = tmp_path / "waves" / "a.yaml"
    assert display_path(file, tmp_path) == "waves/a.yaml"
    assert display_path(file, tmp_path / "waves") == "a.yaml"
    assert display_path(file, tmp_path / "elsewhere") == file.as_posix()
    assert display_path(tmp_path / "elsewhere" / ".." / "waves" / "a.yaml", tmp_path) == "waves/a.yaml"


def test_a_link_is_shown_where_it_lies(tmp_path: Path) -> None:
    (tmp_path / "shared.yaml").write_text("title: A\n")
    (tmp_path / "waves").mkdir()
    (tmp_path / "waves" / "a.yaml").symlink_to(tmp_path / "shared.yaml")
    assert display_path(tmp_path / "waves" / "a.yaml", tmp_path) == "waves/a.yaml"


def test_the_reports_by_name() -> None:
    assert {"text", "concise", "json", "sarif"} <= set(REPORTERS)
    for name in REPORTERS:
        assert isinstance(render_report(name, [], Summary(1, 0, 0, 0, 0), EN), str)
    assert set(REPORTERS) > MACHINE_FORMATS
