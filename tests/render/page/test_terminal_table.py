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
    for width, widths in {
        None: [15, 12, 17],
        100: [15, 12, 17],
        40: [12, 12, 12],
        34: [12, 9, 9],  # the heading folds between its words
        28: [12, 7, 5],
        27: [12, 6, 5],  # and then is cut, before the numbers are
        26: [12, 5, 5],
        20: [6, 5, 5],
        5: [3, 3, 3],
    }.items():
        assert column_widths(columns, rows, RenderContext(("en",), width)) == widths


def test_nothing_of_the_plan_steers_the_terminal() -> None:
    evil = "a\x1b[31m[red]\u202eb\nc"
    page = Page(evil, (page_line(evil),), (Section(evil, (build_table([Column(evil)], [evil], lambda one: (one,)),)),))
    for look in (RenderContext(("en",)), RenderContext(("en",), 60)):
        text = render(page, look)
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert text.count("a\ufffd[31m[red]\ufffdb c") == 5


@pytest.mark.parametrize("width", [None, 80])
def test_a_table_has_headings_across_its_columns(width: int | None) -> None:
    table = build_table([Column(), Column()], ["A", "Bbbbbbbb"], lambda one: (one, "x"))._replace(
        breaks={0: "1", 1: "2"}
    )
    text = render(Page("", (table,)), RenderContext(("en",), width))
    assert text == "1\nA         x\n2\nBbbbbbbb  x\n"


def test_only_texts_are_painted_never_the_space_around_them() -> None:
    cells = Cell("off", "struck", "teal", (Cell(" · Rome", "aside"),)), Cell("12345678", "struck")
    table = build_table([Column(), Column(align_right=True)], [cells, ("wider than this", "1")], lambda row: row)
    text = render(Page("", (table,)), RenderContext(("en",), 80, colour=True))
    assert text == (
        "\x1b[38;5;30m▌\x1b[0m\x1b[9moff\x1b[0m\x1b[2m · Rome\x1b[0m      \x1b[9m12345678\x1b[0m\n"
        "wider than this         1\n"
    )
    assert render(Page("", (table,)), RenderContext(("en",), 80)) == SGR.sub("", text)
    assert "▌" not in render(Page("", (table,)), RenderContext(("en",)))


@pytest.mark.parametrize("width", range(31, 80, 7))
def test_words_stay_whole_as_long_as_the_columns_have_room(width: int) -> None:
    words = ["Internationalisation,", "une", "coopération", "extraordinairement", ":", "décentralisée"]
    table = build_table([Column(), Column()], [" ".join(words)], lambda one: ("Mechelen", one))
    lines = render(Page("", (table,)), RenderContext(("fr",), width)).splitlines()
    assert [word for line in lines for word in line.split()] == ["Mechelen", *words]
    assert not any(line.lstrip().startswith(":") for line in lines)


def test_a_line_may_be_indented() -> None:
    page = Page("", (page_line("a " * 9, indent=2),))
    assert render(page, RenderContext(("en",), 12)) == "  a a a a a\n  a a a a\n"
    assert render(page, RenderContext(("en",))) == "  a a a a a a a a a\n"
