"""Pages at a console: aligned in a pipe, within the screen on a terminal, with the same words."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from wavectl.render.context import RenderContext
from wavectl.render.page import Cell, Column, Page, Prose, Section, build_table, page_line
from wavectl.render.page.terminal_table import column_widths, render

SGR = re.compile("\x1b\\[[0-9;]*m")
NAMES = ("Afrique", "광주 세계인권도시포럼", "Moyen-Orient et Asie de l'Ouest")
WIDE = Page(
    "Vagues",
    (page_line(Cell("Le logement est un droit", "slogan"), "  #Droit"),),
    (
        Section(
            "Régions",
            (
                build_table(
                    [Column("Région"), Column("2017 T3", align_right=True), Column("Total", align_right=True)],
                    NAMES,
                    lambda name: (name, Cell("3 (2)", "firm"), "12"),
                    2,
                ),
            ),
        ),
        Section("Contenu", (Prose("Un\n\ndeux " * 9, "Un"),)),
    ),
    (page_line("● ferme"),),
)


def test_columns_are_aligned_in_a_pipe() -> None:
    assert render(WIDE, RenderContext(("fr",))) == (
        "Vagues\nLe logement est un droit  #Droit\n\n"
        "Régions\n"
        "Région                 2017 T3  Total\n"
        "Afrique                  3 (2)     12\n"
        "광주 세계인권도시포럼    3 (2)     12\n"
        "et 1 de plus (tout avec --limit 0)\n\n"
        "Contenu\nUn\n\n● ferme\n"
    )


@pytest.mark.parametrize("width", [20, 30, 40, 80])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    text = render(WIDE, RenderContext(("fr",), width, colour=True))
    plain = SGR.sub("", text)
    assert max(map(cell_len, plain.splitlines())) <= width
    assert plain != text
    assert render(WIDE, RenderContext(("fr",), width)) == "".join(f"{text.rstrip()}\n" for text in plain.splitlines())
    squeezed = re.sub(r"\s+", "", plain)
    for word in ("Vagues", "12", "3(2)", "●ferme"):
        assert word in squeezed or width < 30


def test_the_widest_gives_way_words_and_numbers_last() -> None:
    columns = (Column("Region"), Column("2017 Quarter", align_right=True), Column("Place", min_width=5))
    rows = ((Cell("Amérique latine"), Cell("3 (2)"), Cell("a b c d e f g h i")),)
    assert column_widths(columns, rows, 100) == [15, 12, 17]
    assert column_widths(columns, rows, 40) == [12, 12, 12]
    assert column_widths(columns, rows, 34) == [12, 9, 9]  # the heading folds between its words
    assert column_widths(columns, rows, 28) == [12, 7, 5]
    assert column_widths(columns, rows, 27) == [12, 6, 5]  # and then is cut, before the numbers are
    assert column_widths(columns, rows, 26) == [12, 5, 5]
    assert column_widths(columns, rows, 20) == [6, 5, 5]
    assert column_widths(columns, rows, 5) == [3, 3, 3]


def test_nothing_of_the_plan_steers_the_terminal() -> None:
    evil = "a\x1b[31m[red]\u202eb\nc"
    page = Page(evil, (page_line(evil),), (Section(evil, (build_table([Column(evil)], [evil], lambda one: (one,)),)),))
    for look in (RenderContext(("en",)), RenderContext(("en",), 60)):
        text = render(page, look)
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert text.count("a\ufffd[31m[red]\ufffdb c") == 5


@pytest.mark.parametrize(("align", "starts"), [(True, {10}), (False, {3, 10})])
def test_tables_of_a_page_can_share_their_widths(align: bool, starts: set[int]) -> None:
    tables = [build_table([Column(), Column()], [name], lambda one: (one, "x")) for name in ("A", "Bbbbbbbb")]
    page = Page("", (), tuple(Section("", (table,)) for table in tables), align_tables=align)
    lines = render(page, RenderContext(("en",), 80)).splitlines()
    assert {line.rindex("x") for line in lines if line.endswith("x")} == starts


def test_a_line_may_be_indented() -> None:
    page = Page("", (page_line("a " * 9, indent=2),))
    assert render(page, RenderContext(("en",), 12)) == "  a a a a a\n  a a a a\n"
    assert render(page, RenderContext(("en",))) == "  a a a a a a a a a\n"
