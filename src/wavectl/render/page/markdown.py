"""A page as Markdown (CommonMark with GitHub's tables): for an issue, a wiki or a mail."""

import re
from collections.abc import Iterable, Iterator

from wavectl.diagnostics import msg
from wavectl.render.context import STATE_MARKS, RenderContext
from wavectl.render.page import ITEM_GAP, Bars, Cell, KeyFigures, Page, PageBlock, PageLine, Table, as_lines
from wavectl.text.escaping import escape_markdown_minimal
from wavectl.text.terminal import printable

_MARK_CHARACTERS = frozenset(STATE_MARKS.values())
_BOLD_STYLES = frozenset(("title", "late", "error", "warning"))
_HTML_TAG_START = re.compile(r"<(?=[a-zA-Z/!?])(?!https?://)")
"""The start of an HTML tag; an address between angle brackets is not a tag."""
_FENCE = re.compile(r"`{3,}|~{3,}")
_HEADING = re.compile(r"^#{1,6}(?=\s|$)")


def render(page: Page, context: RenderContext) -> str:
    """Return the page, with blank lines between headings and blocks."""
    blocks = [f"# {_escape(page.title)}", *_block_texts(page.lead, context)]
    for section in page.sections:
        blocks += [f"{'#' * section.level} {_escape(section.heading)}", *_block_texts(section.blocks, context)]
    blocks += _block_texts(page.notes, context)
    return "\n\n".join(block for block in blocks if block) + "\n"


def _escape(text: str, *, inline: bool = False) -> str:
    return escape_markdown_minimal(printable(text).strip(), inline=inline)


def _format_cells(cells: Iterable[Cell]) -> Iterator[str]:
    """Return the cells that are not empty; the first is escaped as the start of a line."""
    for number, cell in enumerate(cell for cell in cells if cell.text.strip() or cell == ITEM_GAP):
        yield "·" if cell == ITEM_GAP else "".join(_format_parts(cell, inline=number > 0))


def _format_parts(cell: Cell, *, inline: bool) -> Iterator[str]:
    """Return the text of a cell and those that follow it at once."""
    yield _apply_style(_escape(cell.text, inline=inline), cell)
    for more in cell.more:
        space = " " * more.text.startswith(" ")
        yield space + "".join(_format_parts(more, inline=True))


def _apply_style(text: str, cell: Cell) -> str:
    if text and cell.style in _BOLD_STYLES:
        return f"**{text}**"
    return f"~~{text}~~" if text and cell.style == "struck" else text


def _block_texts(blocks: tuple[PageBlock, ...], context: RenderContext) -> Iterator[str]:
    """Return Markdown blocks; lines form a paragraph, and a line that opens with a title starts a new one."""
    paragraph: list[str] = []
    for block in blocks:
        if isinstance(block, PageLine):
            if block.cells and block.cells[0].style == "title":
                yield "  \n".join(paragraph)
                paragraph = []
            paragraph.append(" ".join(_format_cells(block.cells)))
            continue
        yield "  \n".join(paragraph)
        paragraph = []
        if isinstance(block, KeyFigures | Bars):
            block = as_lines(block, context)
        if isinstance(block, Table):
            yield "\n".join(_table_lines(block))
            if block.omitted_rows:
                yield context.format_message(msg("and {count} more", count=block.omitted_rows))
        else:
            yield "\n".join(_prose_lines(block.text))
    yield "  \n".join(paragraph)


def _table_lines(table: Table) -> Iterator[str]:
    """Return the lines of a table, or of a list if the table has no headings."""
    if not table.has_headings:
        yield from (f"- {_list_item(row)}" for row in table.rows)
        return
    yield _table_row([_escape(column.heading, inline=True) for column in table.columns])
    yield _table_row(["--:" if column.align_right else "---" for column in table.columns])
    yield from (_table_row([_apply_style(_escape(cell.text, inline=True), cell) for cell in row]) for row in table.rows)


def _list_item(row: tuple[Cell, ...]) -> str:
    """Return a list item: its mark, then the other cells between middle dots."""
    marks = [cell.text for cell in row if cell.text in _MARK_CHARACTERS]
    return " ".join((*marks, " · ".join(_format_cells(cell for cell in row if cell.text not in _MARK_CHARACTERS))))


def _table_row(texts: list[str]) -> str:
    return f"| {' | '.join(texts)} |"


def _prose_lines(text: str) -> Iterator[str]:
    """Return the lines of a Markdown text with headings two levels lower and HTML tags escaped.

    Fenced code stays as it is; an open fence is closed at the end (CommonMark §4.5).
    """
    fence = ""
    for line in text.expandtabs(4).strip().splitlines():
        content = line.lstrip()
        indent = line[: len(line) - len(content)]
        match = _FENCE.match(content)
        if match and (not fence or (content.rstrip() == match[0] and match[0].startswith(fence))):
            fence = "" if fence else match[0]
        elif not fence:
            content = _HEADING.sub(lambda heading: "#" * min(6, len(heading[0]) + 2), content)
            content = _HTML_TAG_START.sub("&lt;", content)
        yield (indent + printable(content)).rstrip()
    if fence:
        yield fence
