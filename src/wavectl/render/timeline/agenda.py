"""The timeline by month, for reading aloud in a meeting: under each month what happens on known days, then the rest.

What may fall on any day of the month follows its exact dates, then what begins in it and may fall later: the whole
stretch is told. What has no date comes last.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from wavectl.dates.edtf import Form, When
from wavectl.diagnostics import phrase
from wavectl.model import Kind
from wavectl.render.context import Look, state
from wavectl.text.terminal import cells, wrapped
from wavectl.timeline import Entry, Timeline

_PAGE = 80
"""How wide lines become where there is no screen."""
_WIDEST = 100  # longer lines are hard to read aloud
_OPENINGS = {
    "month": phrase("At a time in the month that is not known yet:"),
    "later": phrase("From this month on, at a time that is not known yet:"),
}
"""What is said over the parts of a month that follow its known days."""
_PARTS = ("", *_OPENINGS)
"""The parts of a month, in order."""


def view(timeline: Timeline, look: Look) -> str:
    """Return the agenda, wrapped to the screen."""
    page = _Page(timeline, look, min(look.width or _PAGE, _WIDEST))
    lines = list(_head(page))
    for month, entries in groupby(timeline.entries, key=_month):
        heading = look.month(month) if month else look.translate("without a date")
        rule = ("-" if look.ascii else "─") * min(cells(heading), page.width)
        lines += ["", *(page.painted(line, "1") for line in page.wrapped(_capital(heading), ""))]
        lines.append(page.painted(rule, "2"))
        by_part: dict[str, list[Entry]] = {}
        for entry in entries:
            by_part.setdefault(_part(entry), []).append(entry)
        for part in _PARTS:
            if part in by_part and part:
                lines += page.wrapped(look.translate(_OPENINGS[part]), "  ")
            for entry in by_part.get(part, ()):
                lines += _said(entry, part, page)
    if not timeline.entries:
        lines += ["", look.translate("no moments")]
    return "".join(f"{line}\n" for line in lines)


class _Page(NamedTuple):
    """What is told, how, and how wide lines may become."""

    timeline: Timeline
    look: Look
    width: int

    def wrapped(self, text: str, margin: str, first: str = "") -> list[str]:
        """Return a text as lines behind a margin; ``first`` stands in the margin of the first line."""
        lines = wrapped(text, self.width - len(margin))
        return [(first if first and not place else margin) + line for place, line in enumerate(lines)]

    def painted(self, text: str, code: str) -> str:
        """Return a text in a style (SGR, ECMA-48) where the screen takes it."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.look.colour else text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _month(entry: Entry) -> date | None:
    earliest = entry.occurrence.local.earliest
    return earliest.replace(day=1) if earliest else None


def _part(entry: Entry) -> str:
    """Return the part of its month that an entry stands in."""
    when = entry.occurrence.local
    if when.start is None or when.exact or (when.form is Form.OPEN and When(Form.SINGLE, when.start).exact):
        return ""
    first, last = when.start.first, when.latest
    return "month" if last and (last.year, last.month) == (first.year, first.month) else "later"


def _head(page: _Page) -> Iterator[str]:
    """Return what stands over the agenda: the programme, its waves with their calendars, and the day."""
    look = page.look
    name = look.text(page.timeline.programme.name)
    yield from (page.painted(line, "1") for line in (page.wrapped(name, "") if name else ()))
    for wave_id in page.timeline.shown:
        wave = page.timeline.waves[wave_id]
        yield from page.wrapped(f"{look.text(wave.title)}, {look.period(wave)}", "    ", "  ")
    yield from page.wrapped(_capital(look.translate("as of {date}").format(date=look.day(page.timeline.today))), "")


def _said(entry: Entry, part: str, page: _Page) -> Iterator[str]:
    """Return the lines of an entry: its date, title and place, then what else there is to say of it."""
    look, date = page.look, page.look.date(entry)
    told = ", ".join(filter(None, (look.text(entry.title), look.place(entry.place))))
    month = _month(entry)
    if month and not (part == "month" and date == look.month(month)):
        told = look.translate("{label}: {text}").format(label=_capital(date), text=told)
    bullet = "  - " if look.ascii else "  • "
    style = "9" if state(entry) == "cancelled" else ""
    for line in page.wrapped(_ended(told), "    ", bullet):
        yield line[:4] + page.painted(line[4:], style) if style else line
    more = " ".join(_ended(_capital(sentence)) for sentence in _sentences(entry, page))
    yield from (line[:4] + page.painted(line[4:], "2") for line in (page.wrapped(more, "    ") if more else ()))


def _ended(sentence: str) -> str:
    """Return a sentence with a full stop, where it has no end of its own."""
    return sentence if sentence.endswith((".", "!", "?", "…")) else f"{sentence}."


def _sentences(entry: Entry, page: _Page) -> Iterator[str]:
    """Return what there is to say of an entry after its title: what it is, what is not settled, its waves."""
    look, timeline = page.look, page.timeline
    if entry.group.kind is not Kind.EVENT:
        yield look.kind(entry)
    condition = look.condition(entry)
    if condition:
        yield condition
    if len(timeline.shown) > 1:
        titles = [look.text(timeline.waves[wave].title) for wave in entry.waves]
        label = look.translate("Waves" if len(titles) > 1 else "Wave")
        yield look.translate("{label}: {text}").format(label=label, text="; ".join(titles))
