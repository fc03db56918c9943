"""A page as HTML, for a screen and for paper (A4): the first page, then its annexes (WCAG 2.2).

The page needs no script and loads nothing; its Content-Security-Policy forbids both. The markup is in
``templates/page.html``, that of its body, which the report on the public site has too, in ``templates/page_body.html``.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from markupsafe import Markup

from wavectl.i18n.names import text_direction
from wavectl.render.colours import DARK_COLOURS, LIGHT_COLOURS
from wavectl.render.context import RenderContext
from wavectl.render.page import MARK_LABELS, Page, PageBlock, PageLine, Section, Table, cell_spans, item_cells
from wavectl.text.escaping import render_template
from wavectl.text.terminal import printable


def render(page: Page, context: RenderContext) -> str:
    """Return the page (HTML Living Standard)."""
    return render_template(
        "wavectl.render",
        "page.html",
        direction=text_direction(context.language),
        light=LIGHT_COLOURS,
        dark=DARK_COLOURS,
        **_page_values(page, context),
    )


def render_body(page: Page, context: RenderContext) -> Markup:
    """Return what is in a page, its title included, to be inserted into another one."""
    return Markup(render_template("wavectl.render", "page_body.html", **_page_values(page, context)))  # noqa: S704 - ours


def _page_values(page: Page, context: RenderContext) -> dict[str, Any]:
    """Return what the template of the body of a page needs."""
    front, annexes = split_annexes(page)
    return {
        "page": page,
        "context": context,
        "title": printable(page.title),
        "front": front,
        "annexes": annexes,
        "grouped": group_lines,
        "spans": cell_spans,
        "printable": printable,
        "items": item_cells,
        "row_header": row_header,
        "marks": MARK_LABELS,
    }


def split_annexes(page: Page) -> tuple[Sequence[Section], Sequence[Section]]:
    """Return the sections of the first page and those of the annexes."""
    starts = [number for number, section in enumerate(page.sections) if section.starts_annexes]
    end = starts[0] if starts else len(page.sections)
    return page.sections[:end], page.sections[end:]


def group_lines(blocks: Sequence[PageBlock]) -> Iterator[tuple[str, list[PageBlock]]]:
    """Return the blocks by kind, the name of their class; lines that follow each other are together."""
    for kind, found in groupby(blocks, key=lambda block: type(block).__name__):
        together = list(found)
        yield from [(kind, together)] if kind == PageLine.__name__ else [(kind, [block]) for block in together]


def row_header(table: Table) -> int:
    """Return the number of the column that says what a row is about: that of titles, else the first without marks."""
    first_row = table.rows[0] if table.rows else ()
    titles = [number for number, cell in enumerate(first_row) if cell.style == "title"]
    return (titles or [number for number, cell in enumerate(first_row) if cell.text not in MARK_LABELS] or [0])[0]
