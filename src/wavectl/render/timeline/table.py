"""The timeline as a table under headings of years; a mark opens each row.

On a screen the heading of a year replaces the year in its dates, the status follows the title, and a moment whose title
would not fit on a line has its short one. A narrow screen has the place after the title too, abbreviated months, and
abbreviated ids of waves, which the lines above the table explain; all others have the short titles of waves.
"""

from collections.abc import Callable, Iterator, Sequence

from wavectl.i18n.date_format import abbreviate_months, drop_year
from wavectl.render.colours import wave_colours
from wavectl.render.context import RenderContext, entry_state
from wavectl.render.page import (
    ITEM_GAP,
    Cell,
    Column,
    Page,
    PageLine,
    Section,
    build_table,
    legend,
    mark_cell,
    page_line,
)
from wavectl.render.page.terminal_table import render as render_page
from wavectl.text.terminal import cell_width
from wavectl.timeline.entries import Entry, Timeline

_MIN_WIDE_SCREEN = 120
"""A narrower screen, in cells, is narrow."""
_MIN_TAG_LENGTH = 3


def render(timeline: Timeline, context: RenderContext) -> str:
    """Return the table, with colours on a screen."""
    layout = _TableLayout(timeline, context)
    if not timeline.entries:
        blocks: tuple[PageLine, ...] = (page_line(context.translate("no moments")),)
        return render_page(Page("", tuple(layout.wave_lines()), (Section("", blocks),)), context)
    columns, make_row = layout.piped_columns() if context.width is None else layout.screen_columns(context.width)
    sections = []
    for heading, part in timeline.parts:
        table = build_table(columns, part, make_row)._replace(breaks=layout.years(part))
        sections.append(Section(heading and context.translate(heading), (table,)))
    marks = legend(map(entry_state, timeline.entries), context)
    return render_page(Page("", tuple(layout.wave_lines()), tuple(sections), marks), context)


def short_ids(wave_ids: Sequence[str]) -> dict[str, str]:
    """Return the shortest openings of ids, at least three characters long, that tell them apart."""
    return {
        wave_id: next(
            wave_id[:length]
            for length in range(_MIN_TAG_LENGTH, max(_MIN_TAG_LENGTH, len(wave_id)) + 1)
            if length >= len(wave_id)
            or not any(other.startswith(wave_id[:length]) for other in wave_ids if other != wave_id)
        )
        for wave_id in wave_ids
    }


class _TableLayout:
    """The parts of the table."""

    def __init__(self, timeline: Timeline, context: RenderContext) -> None:
        self.timeline = timeline
        self.context = context
        self.narrow = context.width is not None and context.width < _MIN_WIDE_SCREEN
        self.has_waves = len(timeline.shown_waves) > 1
        waves = [*timeline.shown_waves, *(wave for entry in timeline.entries for wave in entry.waves)]
        ids = list(dict.fromkeys(waves))
        self.tags = short_ids(ids) if self.narrow else {wave: context.wave(wave) for wave in ids}
        self.colours = wave_colours(timeline.waves)

    def wave_lines(self) -> Iterator[PageLine]:
        """Return the lines above the table: each wave with its period, its slogan and hashtags, its notice.

        A narrow screen with several waves has no slogans.
        """
        context, width, brief = (
            self.context,
            max(map(len, self.tags.values()), default=0),
            self.has_waves and self.narrow,
        )
        for wave_id in self.timeline.shown_waves:
            wave = self.timeline.waves[wave_id]
            tag = f"{self.tags[wave_id]:{width}}  " if self.has_waves and self.narrow else ""
            bar = self.colours[wave_id] if self.has_waves else ""
            period, notice = Cell(context.period(wave), "aside"), Cell(context.text(wave.notice), "slogan")
            items = [period, notice] if brief and notice.text else [period]
            title = Cell(tag, "aside", bar, (Cell(context.text(wave.title), "title"),))
            cells = (title, *(cell for item in items for cell in (ITEM_GAP, item)))
            yield PageLine(cells, hang=len(tag) + 1 if tag else 2)
            slogan, hashtags = (
                context.text(wave.slogan),
                " ".join(map(context.text, wave.hashtags_in(context.languages))),
            )
            if not brief and (slogan or hashtags):
                gap = [ITEM_GAP] if slogan and hashtags else []
                yield page_line(Cell(slogan, "slogan"), *gap, Cell(hashtags, "slogan"), indent=2)
            if not brief and notice.text:
                yield page_line(notice, indent=2)

    def years(self, entries: Sequence[Entry]) -> dict[int, str]:
        """Return the headings of the years of entries, by the number of the first row of each."""
        context, breaks, last = self.context, {}, None
        for number, entry in enumerate(entries):
            if not number or entry.year != last:
                breaks[number] = str(entry.year) if entry.year else context.translate("without a date")
            last = entry.year
        return breaks

    def piped_columns(self) -> tuple[list[Column], Callable[[Entry], Iterator[Cell | str]]]:
        """Return the columns for a pipe, each with its heading, and the function that returns the cells of an entry."""
        context = self.context
        has_status = any(map(context.status_note, self.timeline.entries))
        headings = ["Date", "Moment", "Place", *["Wave"] * self.has_waves, *["Status"] * has_status]

        def make_row(entry: Entry) -> Iterator[Cell | str]:
            yield mark_cell(entry_state(entry))
            yield from (context.date(entry), context.text(entry.title), context.place(entry.place))
            yield from ([context.waves(entry.waves)] if self.has_waves else [])
            yield from ([context.status_note(entry)] if has_status else [])

        return [Column(), *(Column(context.translate(heading)) for heading in headings)], make_row

    def screen_columns(self, width: int) -> tuple[list[Column], Callable[[Entry], Iterator[Cell | str]]]:
        """Return the columns for a screen, and the function that returns the cells of an entry."""
        context = self.context
        tag = max((len(self.tags[entry.waves[0]]) for entry in self.timeline.entries), default=0) + 1
        room = width - 3 - (tag + 2) * self.has_waves
        date = self._date_width(room)
        columns = [Column(min_width=1), Column(width=date), *[Column(min_width=tag)] * self.has_waves]
        columns += [Column(min_width=26)] if self.narrow else [Column(min_width=40), Column(min_width=14)]
        places = [0] if self.narrow else [cell_width(context.place(entry.place)) for entry in self.timeline.entries]
        rest = room - date - 2 - (max(places) + 2 if any(places) else 0)

        def make_row(entry: Entry) -> Iterator[Cell | str]:
            yield mark_cell(entry_state(entry))
            yield Cell(self._date(entry), entry_state(entry))
            if self.has_waves:
                yield Cell(self.tags[entry.waves[0]], "aside", self.colours[entry.waves[0]])
            full, short = self._moment(entry, context.text(entry.title)), self._moment(entry, context.title(entry))
            yield short if cell_width(full.whole) > rest else full
            if not self.narrow:
                yield Cell(context.place(entry.place), "aside")

        return columns, make_row

    def _moment(self, entry: Entry, title: str) -> Cell:
        """Return the title of an entry and what follows it."""
        context, state = self.context, entry_state(entry)
        others = ", ".join(self.tags[wave] for wave in entry.waves[1:]) if self.has_waves else ""
        place, status = context.place(entry.place) if self.narrow else "", context.status_note(entry)
        more = ((others, " + {}", "aside"), (place, " · {}", "aside"), (status, " ({})", state))
        notes = tuple(Cell(form.format(text), style) for text, form, style in more if text)
        return Cell(title, "struck" if state == "cancelled" else "title", more=notes)

    def _date(self, entry: Entry) -> str:
        """Return the date of an entry without the year, which its heading has."""
        text = drop_year(self.context.date(entry), entry.occurrence.local)
        return abbreviate_months(text, self.context.language) if self.narrow else text

    def _date_width(self, room: int) -> int:
        """Return the width of the column of dates, in cells, with which the rows have the fewest lines."""
        dates = list(map(self._date, self.timeline.entries))
        moments = [cell_width(self._moment(entry, self.context.title(entry)).whole) for entry in self.timeline.entries]
        longest_word = max(cell_width(word) for date in dates for word in date.split())
        sizes = [max(cell_width(date), longest_word) for date in dates]

        def lines(width: int) -> int:
            rest = max(room - width - 2 - (0 if self.narrow else room // 4), 1)
            return sum(max(-(-date // width), -(-moment // rest)) for date, moment in zip(sizes, moments, strict=True))

        return min(sorted({*sizes}, reverse=True), key=lines)
