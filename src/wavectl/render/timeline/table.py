"""The timeline as a table: a section for each year on a screen, one table in a pipe; a mark opens each row."""

from collections.abc import Callable, Iterator
from itertools import groupby
from operator import attrgetter

from wavectl.render.context import RenderContext, entry_state
from wavectl.render.page import Cell, Column, Page, PageLine, Section, build_table, legend, mark_cell, page_line
from wavectl.render.page.terminal_table import render as render_page
from wavectl.timeline.entries import Entry, Timeline

_MIN_WIDTH_FOR_STATUS = 76
"""A narrower screen, in cells, has the status after the title instead of in a column."""
_MIN_WIDTHS = {"Date": 16, "Moment": 26, "Place": 11, "Wave": 10, "Status": 11}
"""The columns after the mark and their minimum widths, in cells."""


def render(timeline: Timeline, context: RenderContext) -> str:
    """Return the table, with colours and years on a screen."""
    lead = tuple(_wave_lines(timeline, context))
    if not timeline.entries:
        return render_page(Page("", lead, (Section("", (page_line(context.translate("no moments")),)),)), context)
    columns, make_row = _table_layout(timeline, context)
    if context.width is None:
        table = build_table(columns, timeline.entries, make_row)
        return render_page(Page("", lead, (Section("", (table,)),)), context)
    years = tuple(
        Section(
            str(year) if year else context.translate("without a date"), (build_table(columns, list(entries), make_row),)
        )
        for year, entries in groupby(timeline.entries, key=attrgetter("year"))
    )
    marks = legend(map(entry_state, timeline.entries), context)
    return render_page(Page("", lead, years, marks, align_tables=True), context)


def _wave_lines(timeline: Timeline, context: RenderContext) -> Iterator[PageLine]:
    """Return the lines above the table: title and period of each wave, its slogan, hashtags and notice."""
    for wave_id in timeline.shown_waves:
        wave = timeline.waves[wave_id]
        yield page_line(Cell(context.text(wave.title), "title"), "  ", Cell(context.period(wave), "aside"))
        campaign = "  ".join(filter(None, (context.text(wave.slogan), " ".join(wave.hashtags_in(context.languages)))))
        for text in filter(None, (campaign, context.text(wave.notice))):
            yield page_line(Cell(text, "slogan"), indent=2)


def _table_layout(timeline: Timeline, context: RenderContext) -> tuple[list[Column], Callable[[Entry], Iterator[Cell]]]:
    """Return the columns that are not empty, and the function that returns the cells of an entry."""
    on_screen = context.width is not None
    status_in_title = context.width is not None and context.width < _MIN_WIDTH_FOR_STATUS
    has_waves = len(timeline.shown_waves) > 1
    has_status = not status_in_title and any(context.status_note(entry) for entry in timeline.entries)
    headings = ["Date", "Moment", "Place", *["Wave"] * has_waves, *["Status"] * has_status]
    columns = [Column(min_width=1)]
    columns += [
        Column("" if on_screen else context.translate(heading), min_width=_MIN_WIDTHS[heading]) for heading in headings
    ]

    def make_row(entry: Entry) -> Iterator[Cell]:
        state, title, status = entry_state(entry), context.text(entry.title), context.status_note(entry)
        if status and status_in_title:
            title = f"{title} ({status})"
        yield mark_cell(state)
        yield Cell(context.date(entry), state)
        yield Cell(title, "struck" if state == "cancelled" else "title")
        yield Cell(context.place(entry.place), "aside")
        if has_waves:
            yield Cell(", ".join(entry.waves), "aside")
        if has_status:
            yield Cell(status, state)

    return columns, make_row
