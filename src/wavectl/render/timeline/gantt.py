"""The timeline as a chart for a terminal: waves as bands over months, their moments as marks under them.

An exact date is solid, in the mark of its kind; one that is not exact is a light stretch over all days that it may fall
on. Nothing depends on colour, and every mark has a twin in ASCII.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wavectl.diagnostics import phrase
from wavectl.i18n.short_date_format import briefer
from wavectl.render.context import KINDS, MEANINGS, STYLES, Look, state
from wavectl.render.timeline.chart import Band, Chart, Mark, Row, Stretch, chart
from wavectl.render.timeline.glyphs import DRAWN, TYPED, Pens
from wavectl.render.timeline.scale import parts, years
from wavectl.render.timeline.text_canvas import Line
from wavectl.text.terminal import cells, cut
from wavectl.timeline import Entry, Timeline

_PAPER = 100
"""How wide the chart is where there is no screen."""
_NARROWEST = 40
_ROOMY = 80  # cells of a chart that has room for places too


class _Sheet(NamedTuple):
    """Where things stand: the labels left of ``left``, the chart in ``width`` cells from there on."""

    chart: Chart
    look: Look
    pens: Pens
    kinds: bool
    left: int
    width: int
    years: tuple[int, ...] = ()  # the columns in which one begins

    def column(self, days: int) -> int:
        """Return the column of the chart that so many days of the scale reach to."""
        return self.left + self.chart.scale.at(days, self.width)

    def line(self) -> Line:
        """Return a line with the chart's own lines on it: where years begin, and today."""
        made = Line(self.left + self.width)
        for column in self.years:
            made.put(column, self.pens.year, "grid")
        if self.chart.today is not None:
            made.put(self.today, self.pens.today, "today")
        return made

    @property
    def today(self) -> int:
        """The column of today, which is on the scale."""
        return min(self.column(self.chart.today or 0), self.left + self.width - 1)


def view(timeline: Timeline, look: Look) -> str:
    """Return the chart, as wide as the screen; in a pipe as wide as a page."""
    drawn = chart(timeline)
    sheet = _sheet(drawn, look, max(look.width or _PAPER, _NARROWEST))
    empty = Line(0)
    lines = [*_head(timeline, sheet), *_header(sheet)]
    for band in drawn.bands:
        lines += [empty, *_band(band, sheet)]
    lines += [empty, *(_legend(timeline, sheet) if timeline.entries else _nothing(sheet))]
    return "".join(f"{line.shown(colour=look.colour)}\n" for line in lines)


def _sheet(drawn: Chart, look: Look, width: int) -> _Sheet:
    """Return where things stand: labels get the room that they need, up to two fifths of the screen."""
    kinds = {row.entry.group.kind for band in drawn.bands for row in band.rows}
    sheet = _Sheet(drawn, look, TYPED if look.ascii else DRAWN, len(kinds) > 1, 0, 0)
    labels = [look.label(row.entry) for band in drawn.bands for row in band.rows]
    labels += [look.text(hashtag) for band in drawn.bands for hashtag in band.wave.hashtags[:1]]
    left = min(max(map(cells, labels), default=0), width * 2 // 5 - 4) + (6 if sheet.kinds else 4)
    sheet = sheet._replace(left=left, width=width - left)
    return sheet._replace(
        years=tuple(sheet.column(label.days) for label in years(drawn.scale, sheet.width) if label.days)
    )


def _head(timeline: Timeline, sheet: _Sheet) -> Iterator[Line]:
    """Return the name of the programme, where it has one."""
    name = sheet.look.text(timeline.programme.name)
    if name:
        made = Line(sheet.left + sheet.width)
        made.put(0, _cut(name, sheet.left + sheet.width, sheet), "bold")
        yield made


def _header(sheet: _Sheet) -> Iterator[Line]:
    """Return the scale: a line of years, and one of months or quarters where there is room for them."""
    scale, look = sheet.chart.scale, sheet.look
    below = parts(scale, sheet.width, look.language)
    for labels, style in ((years(scale, sheet.width), "bold"), (below, "dim")):
        made = Line(sheet.left + sheet.width)
        for label in labels:
            made.put(sheet.column(label.days), label.text, style)
        if labels:
            yield made


def _band(band: Band, sheet: _Sheet) -> Iterator[Line]:
    """Return the lines of a wave: its title and calendar, its band, its moments."""
    look, whole = sheet.look, sheet.left + sheet.width
    title = sheet.line()
    name = _cut(look.text(band.wave.title), whole, sheet)
    title.put(0, name, "bold")
    if band.stretch:
        period = look.period(band.wave)
        if title.free(cells(name), cells(period) + 3):
            _write(title, cells(name) + 2, period)
            title.put(cells(name), "  ")
        yield title
        yield _drawn_band(band, band.stretch, sheet)
    else:
        yield title
        said = sheet.line()
        notice = look.text(band.wave.notice)
        said.put(2, _cut(f"{look.period(band.wave)}. {notice}" if notice else look.period(band.wave), whole - 3, sheet))
        yield said
    for row in band.rows:
        yield _moment(row, sheet)


def _drawn_band(band: Band, stretch: Stretch, sheet: _Sheet) -> Line:
    """Return the line of a wave's band, with as many of its hashtags as have room before it.

    It has an end where the wave has one, and none where the scale is cut.
    """
    line, pens = sheet.line(), sheet.pens
    column = 2
    for hashtag in map(sheet.look.text, band.wave.hashtags):
        if column + cells(hashtag) > sheet.left - 2:
            break
        line.put(column, hashtag, "dim")
        column += cells(hashtag) + 1
    start, end = _columns(stretch, sheet)
    if stretch.open:
        end = sheet.left + sheet.width
    for at in range(start, end):
        line.put(at, pens.band, "band")
    if end - start > 1:
        if band.begins:
            line.put(start, pens.ends[0], "band")
        if stretch.open or band.ends:
            line.put(end - 1, pens.arrow if stretch.open else pens.ends[1], "band")
    if sheet.chart.today is not None and start < sheet.today < end - 1:
        line.put(sheet.today, pens.crossing, "today")
    return line


def _columns(stretch: Stretch, sheet: _Sheet) -> tuple[int, int]:
    """Return the first column of a stretch, and the one after its last: both rounded alike, so that months tile."""
    start = min(sheet.column(stretch.start), sheet.left + sheet.width - 1)
    return start, max(sheet.column(stretch.end), start + 1)


def _moment(row: Row, sheet: _Sheet) -> Line:
    """Return the line of a moment: its label, its marks, and beside each mark its date where there is room."""
    made, pens = sheet.line(), sheet.pens
    cancelled = all(state(mark.entry) == "cancelled" for mark in row.marks) and bool(row.marks)
    if sheet.kinds:
        made.put(2, pens.kinds[row.entry.group.kind.value], "dim")
    at = 4 if sheet.kinds else 2
    made.put(at, _label(row.entry, sheet, sheet.left - at - 2), "strike" if cancelled else "")
    if not row.marks:
        text = f"{pens.states['open']} {_said(row.entry, sheet)[0]}"
        made.put(sheet.left, _cut(text, sheet.width, sheet), STYLES["open"])
        return made
    for mark in row.marks:
        _draw(made, mark, sheet)
    for mark in row.marks:
        _tell(made, mark, sheet)
    if any(mark.stretch.open for mark in row.marks):
        _trail_off(made, row.marks, sheet)
    return made


def _label(entry: Entry, sheet: _Sheet, room: int) -> str:
    """Return the label of a moment in so many cells; its title is cut, but not the waves it is shared with."""
    others = ", ".join(entry.waves[1:])
    shared = _cut(f" + {others}", max(room // 2, 6), sheet) if others else ""
    draft = f"[{sheet.look.translate('draft')}] " if entry.draft else ""
    return draft + _cut(sheet.look.title(entry), max(room - cells(draft + shared), 4), sheet) + shared


def _draw(line: Line, mark: Mark, sheet: _Sheet) -> None:
    """Draw a mark over all cells of its stretch."""
    how, pens = state(mark.entry), sheet.pens
    start, end = _columns(mark.stretch, sheet)
    pen = pens.kinds[mark.entry.group.kind.value] if how == "firm" else pens.states[how]
    line.put(start, pen * (end - start), STYLES[how])


def _trail_off(line: Line, marks: Iterable[Mark], sheet: _Sheet) -> None:
    """Draw what trails off to the end of the chart where the end is not known, around what is written there."""
    start = min(_columns(mark.stretch, sheet)[1] for mark in marks if mark.stretch.open)
    last = sheet.left + sheet.width - 1
    free = [line.free(column, 1) for column in range(start, last + 1)]
    for place, around in enumerate(zip([True, *free], free, [*free[1:], True], strict=False)):
        if all(around):  # a date keeps its distance
            line.put(start + place, sheet.pens.arrow if start + place == last else sheet.pens.trail, STYLES["vague"])


def _tell(line: Line, mark: Mark, sheet: _Sheet) -> None:
    """Write the date beside a mark, to its right or else to its left: as much of it as there is room for."""
    start, end = _columns(mark.stretch, sheet)
    edge = sheet.left + sheet.width
    for text in _said(mark.entry, sheet):
        width = cells(text)
        if line.free(end, width + 1) and (end + width + 1 == edge or line.free(end + width + 1, 1)):
            _write(line, end + 1, text)
            return
        if start - width - 1 >= sheet.left and line.free(start - width - 2, width + 2):
            _write(line, start - width - 1, text)
            return


def _write(line: Line, column: int, text: str) -> None:
    """Write a text that stands clear of the lines behind it."""
    width = cells(text)
    for beside in (column - 1, column + width):
        if line.free(beside, 1):
            line.put(beside, " ")
    line.put(column, text, "dim")


def _said(entry: Entry, sheet: _Sheet) -> list[str]:
    """Return what is said of the date of an entry, from the longest to the shortest; its status goes last."""
    look = sheet.look
    date, status = look.date(entry), look.condition(entry)
    dates = [date, *briefer(date, look.language)]
    said = [*(f"{date}, {status}" for date in dates), status] if status else dates
    place = look.place(entry.place)
    return [f"{said[0]}, {place}", *said] if place and sheet.width >= _ROOMY else said


def _cut(text: str, room: int, sheet: _Sheet) -> str:
    shown = cut(text, room)
    if not sheet.look.ascii or shown == text:
        return shown
    return cut(text, room - 2)[:-1].rstrip() + sheet.pens.more if room > 5 else shown


def _nothing(sheet: _Sheet) -> Iterator[Line]:
    """Return what is said where there is no moment to show."""
    said = Line(sheet.left + sheet.width)
    said.put(0, _cut(sheet.look.translate("no moments"), sheet.left + sheet.width, sheet))
    yield said


def _legend(timeline: Timeline, sheet: _Sheet) -> Iterator[Line]:
    """Return the meaning of the marks that occur, in as many lines as they need."""
    look, pens = sheet.look, sheet.pens
    rows = [row for band in sheet.chart.bands for row in band.rows]
    kinds = {row.entry.group.kind.value for row in rows}
    states = {state(mark.entry) for row in rows for mark in row.marks} | {"open" for row in rows if not row.marks}
    told = [(pens.kinds[kind], "", word) for kind, word in KINDS.items() if kind in kinds]
    told += [(pens.states[one], STYLES[one], word) for one, word in MEANINGS.items() if one in states and one != "firm"]
    if any(mark.stretch.open for row in rows for mark in row.marks):
        told.append((pens.trail + pens.arrow, STYLES["vague"], phrase("end not known")))
    items = [(pen, style, look.translate(word)) for pen, style, word in told]
    if sheet.chart.today is not None:
        items.append((pens.today, "today", f"{look.translate('today')}, {look.day(timeline.today)}"))
    yield from _wrapped(items, sheet)


def _wrapped(items: Iterable[tuple[str, str, str]], sheet: _Sheet) -> Iterator[Line]:
    width = sheet.left + sheet.width
    made, column = Line(width), 0
    for pen, style, word in items:
        needed = cells(pen) + 1 + cells(word)
        if column and column + needed > width:
            yield made
            made, column = Line(width), 0
        made.put(column, pen, style)
        made.put(column + cells(pen) + 1, _cut(word, width - column - cells(pen) - 1, sheet), "dim")
        column += needed + 3
    if column:
        yield made
