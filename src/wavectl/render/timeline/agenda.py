"""The timeline by month, for reading aloud in a meeting.

Each month lists first the entries on known days or in a stretch of them, then those on any day of the month, then those
that may fall in that month or later, with their whole period. Entries without a date come last. Entries of the same
waves that follow one another have one heading.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from wavectl.dates.edtf import DateForm, Precision
from wavectl.diagnostics import phrase
from wavectl.model import MomentKind
from wavectl.render.colours import sgr_code, wave_colours
from wavectl.render.context import RenderContext, entry_state
from wavectl.text.terminal import cell_width, wrap_lines
from wavectl.timeline.entries import Entry, Timeline

_DEFAULT_WIDTH = 80
"""The width of lines without a screen, in cells."""
_MAX_WIDTH = 100  # longer lines are hard to read aloud
_MONTH_PART_INTROS = {
    "month": phrase("On a day of the month that is not known yet:"),
    "later": phrase("From this month on, on a day that is not known yet:"),
}
"""The introductions of the parts of a month that follow its known days."""
_MONTH_PARTS = ("", *_MONTH_PART_INTROS)
"""The parts of a month, in order."""


def render(timeline: Timeline, context: RenderContext) -> str:
    """Return the agenda, wrapped to the screen."""
    layout = _AgendaLayout(
        timeline, context, min(context.width or _DEFAULT_WIDTH, _MAX_WIDTH), wave_colours(timeline.waves)
    )
    lines = list(_header_lines(layout))
    for part_heading, part_entries in timeline.parts:
        lines += (
            ["", *(context.paint(line, "1") for line in layout.wrap(context.translate(part_heading), ""))]
            if part_heading
            else []
        )
        lines += _month_lines(part_entries, layout)
    if not timeline.entries:
        lines += ["", context.translate("no moments")]
    return "".join(f"{line}\n" for line in lines)


class _AgendaLayout(NamedTuple):
    """The timeline, how to render it, the maximum width of lines, and the colours of waves."""

    timeline: Timeline
    context: RenderContext
    width: int
    colours: Mapping[str, str]

    def wrap(self, text: str, margin: str, first: str = "") -> list[str]:
        """Return a text as lines with a left margin; ``first`` replaces the margin of the first line."""
        lines = wrap_lines(text, self.width - len(margin))
        return [(first if first and not index else margin) + line for index, line in enumerate(lines)]


def _month_lines(dated: Sequence[Entry], layout: _AgendaLayout) -> Iterator[str]:
    """Return the lines of the months of entries."""
    context = layout.context
    for month, entries in groupby(dated, key=_start_month):
        heading = context.month(month) if month else context.translate("without a date")
        rule = ("-" if context.ascii_only else "─") * min(cell_width(heading), layout.width)
        yield from ("", *(context.paint(line, "1") for line in layout.wrap(_capitalise_first(heading), "")))
        yield context.paint(rule, "2")
        by_part: dict[str, list[Entry]] = {}
        for entry in entries:
            by_part.setdefault(_month_part(entry), []).append(entry)
        for part in _MONTH_PARTS:
            if part in by_part and part:
                yield from layout.wrap(context.translate(_MONTH_PART_INTROS[part]), "  ")
            for waves, group in groupby(by_part.get(part, ()), key=attrgetter("waves")):
                yield from _wave_lines(waves, layout)
                for entry in group:
                    yield from _entry_lines(entry, part, layout)


def _capitalise_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def _start_month(entry: Entry) -> date | None:
    earliest = entry.occurrence.local.earliest
    return earliest.replace(day=1) if earliest else None


def _month_part(entry: Entry) -> str:
    """Return the part of its month that an entry belongs to: a key of ``_MONTH_PARTS``."""
    when = entry.occurrence.local
    if when.start is None or when.is_exact or when.form is DateForm.UNTIL:
        return ""  # the text of a date until a month says "until" itself
    if when.start.precision in (Precision.DAY, Precision.TIME):
        return ""  # its days are known to lie in a stretch that starts in the month
    first, last = when.start.first, when.latest
    return "month" if last and (last.year, last.month) == (first.year, first.month) else "later"


def _header_lines(layout: _AgendaLayout) -> Iterator[str]:
    """Return the lines above the agenda: the programme, its waves with their periods, and the day."""
    context = layout.context
    name = context.text(layout.timeline.programme.name)
    yield from (context.paint(line, "1") for line in (layout.wrap(name, "") if name else ()))
    for wave_id in layout.timeline.shown_waves:
        wave = layout.timeline.waves[wave_id]
        bar = context.paint("▌", sgr_code(layout.colours[wave_id])) if context.width else ""
        first, *more = layout.wrap(f"{context.text(wave.title)}, {context.period(wave)}", "    ", "  ")
        yield from (f"  {bar}{first.strip()}", *more)
    yield from layout.wrap(
        _capitalise_first(context.translate("as of {date}").format(date=context.day(layout.timeline.today))), ""
    )


def _wave_lines(waves: tuple[str, ...], layout: _AgendaLayout) -> Iterator[str]:
    """Return the heading of entries of the same waves, after bars of their colours, if several waves are shown."""
    context, timeline = layout.context, layout.timeline
    if len(timeline.shown_waves) > 1:
        titles = context.join(context.text(timeline.waves[wave].title) for wave in waves)
        bars = "".join(context.paint("▌", sgr_code(layout.colours[wave])) for wave in waves if context.width)
        for line in layout.wrap(titles, " " * (2 + len(waves))):
            yield f"  {bars}{context.paint(line.strip(), '1')}"


def _entry_lines(entry: Entry, part: str, layout: _AgendaLayout) -> Iterator[str]:
    """Return the lines of an entry: date, title and place, then details."""
    context, date = layout.context, layout.context.date(entry)
    summary = ", ".join(filter(None, (context.text(entry.title), context.place(entry.place))))
    month = _start_month(entry)
    if month and not (part == "month" and date == context.month(month)):
        summary = context.labelled(_capitalise_first(date), summary)
    bullet = "  - " if context.ascii_only else "  • "
    style = "9" if entry_state(entry) == "cancelled" else ""
    for line in layout.wrap(_add_full_stop(summary), "    ", bullet):
        yield line[:4] + context.paint(line[4:], style) if style else line
    more = " ".join(_add_full_stop(_capitalise_first(sentence)) for sentence in _detail_sentences(entry, layout))
    yield from (line[:4] + context.paint(line[4:], "2") for line in (layout.wrap(more, "    ") if more else ()))


def _add_full_stop(sentence: str) -> str:
    """Add a full stop to a sentence that has no punctuation at its end."""
    return sentence if sentence.endswith((".", "!", "?", "…")) else f"{sentence}."


def _detail_sentences(entry: Entry, layout: _AgendaLayout) -> Iterator[str]:
    """Return the details of an entry: its kind unless it is an event, its status."""
    context = layout.context
    if entry.group.kind is not MomentKind.EVENT:
        yield context.kind(entry)
    status = context.status_note(entry)
    if status:
        yield status
