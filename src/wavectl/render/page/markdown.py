"""A page as Markdown (CommonMark, with GitHub's tables): for an issue, a wiki, a mail to be sent round."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from wavectl.diagnostics import msg
from wavectl.render.context import STATE_MARKS, RenderContext
from wavectl.render.page import Cell, Page, PageBlock, PageLine, Table
from wavectl.text.escaping import escape_markdown_minimal
from wavectl.text.terminal import printable

_MARK_CHARACTERS = frozenset(STATE_MARKS.values())
_BOLD_STYLES = frozenset(("title", "late", "error", "warning"))
_HTML_TAG_START = re.compile(r"<(?=[a-zA-Z/!?])(?!https?://)")
"""What opens HTML, and not an address between angle brackets."""
_FENCE = re.compile(r"`{3,}|~{3,}")
_HEADING = re.compile(r"^#{1,6}(?=\s|$)")


def render(page: Page, context: RenderContext) -> str:
    """Return the page, each heading and part between blank lines."""
    blocks = [f"# {_escape(page.title)}", *_block_texts(page.lead, context)]
    for section in page.sections:
        blocks += [f"## {_escape(section.heading)}", *_block_texts(section.blocks, context)]
    blocks += _block_texts(page.notes, context)
    return "\n\n".join(block for block in blocks if block) + "\n"


def _escape(text: str, *, inside: bool = False) -> str:
    return escape_markdown_minimal(printable(text).strip(), inline=inside)


def _format_cells(cells: Iterable[Cell]) -> Iterator[str]:
    """Return the cells of a line that hold something, the first as one that may open it."""
    for number, cell in enumerate(one for one in cells if one.text.strip()):
        yield _apply_style(_escape(cell.text, inside=number > 0), cell)


def _apply_style(text: str, cell: Cell) -> str:
    if text and cell.style in _BOLD_STYLES:
        return f"**{text}**"
    return f"~~{text}~~" if text and cell.style == "struck" else text


def _block_texts(blocks: tuple[PageBlock, ...], context: RenderContext) -> Iterator[str]:
    """Return a block for each part; lines are one paragraph, up to one that opens with a title."""
    paragraph: list[str] = []
    for part in blocks:
        if isinstance(part, PageLine):
            if part.cells and part.cells[0].style == "title":
                yield "  \n".join(paragraph)
                paragraph = []
            paragraph.append(_line_text(part))
            continue
        yield "  \n".join(paragraph)
        paragraph = []
        if isinstance(part, Table):
            yield "\n".join(_table_lines(part))
            yield context.format_message(msg("and {count} more", count=part.omitted_rows)) if part.omitted_rows else ""
        else:
            yield "\n".join(_prose_lines(part.text))
    yield "  \n".join(paragraph)


def _line_text(page_line: PageLine) -> str:
    return " ".join(_format_cells(page_line.cells))


def _table_lines(table: Table) -> Iterator[str]:
    """Return the lines of a table, or of a list where it has no headings."""
    if not table.has_headings:
        yield from (f"- {_list_item(row)}" for row in table.rows)
        return
    yield _table_row([_escape(column.heading, inside=True) for column in table.columns])
    yield _table_row(["--:" if column.align_right else "---" for column in table.columns])
    yield from (_table_row([_apply_style(_escape(cell.text, inside=True), cell) for cell in row]) for row in table.rows)


def _list_item(row: tuple[Cell, ...]) -> str:
    """Return the cells of an item of a list; a mark stands close to what it is about."""
    marks = [cell.text for cell in row if cell.text in _MARK_CHARACTERS]
    return " ".join((*marks, " · ".join(_format_cells(cell for cell in row if cell.text not in _MARK_CHARACTERS))))


def _table_row(texts: list[str]) -> str:
    return f"| {' | '.join(texts)} |"


def _prose_lines(text: str) -> Iterator[str]:
    """Return the lines of a text that is Markdown: its headings go below the page's, no HTML gets through.

    What it sets as code stays so, and ends with it (CommonMark §4.5).
    """
    fence = ""
    for one in text.expandtabs(4).strip().splitlines():
        said = one.lstrip()
        found = _FENCE.match(said)
        if found and (not fence or (said.rstrip() == found[0] and found[0].startswith(fence))):
            fence = "" if fence else found[0]
        elif not fence:
            said = _HTML_TAG_START.sub("&lt;", _HEADING.sub(lambda head: "#" * min(6, len(head[0]) + 2), said))
        yield (one[: len(one) - len(one.lstrip())] + printable(said)).rstrip()
    if fence:
        yield fence
