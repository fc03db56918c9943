"""A real-world moment -> its VEVENTs: one UID, one content, in every feed it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from ics.grammar.parse import Container, ContentLine

from wavectl.model import Status
from wavectl.publishing.ical import encoding
from wavectl.publishing.ical.encoding import component, line
from wavectl.publishing.ical.entry_text import Wording
from wavectl.publishing.ical.time_span import Slot, frame, slot
from wavectl.publishing.ical.valarm import alarm
from wavectl.publishing.tracking import Published
from wavectl.timeline import Group, Occurrence


class Manner(NamedTuple):
    """How entries are written."""

    today: date
    fuzzy: str = "auto"
    cancelled: str = "show"
    identity: str = "wavectl.invalid"
    alarms: tuple[str, ...] = ()


class Entry(NamedTuple):
    """What a feed shows of a group: its VEVENTs, and whether something is left out for want of a date to show."""

    events: tuple[Container, ...]
    undated: bool


def entry(published: Published, manner: Manner, wording: Wording) -> Entry:
    """Return what is shown of an entry: one VEVENT, and of a repeating moment one more for each time that differs."""
    group = published.group
    zone = frame(group)
    if group.rule is None:
        (once,) = group.occurrences
        gone = _hidden(group, once, manner)
        at = None if gone else slot(once.when, group, zone, manner.fuzzy)
        return Entry((_event(published, once, at, manner, wording),) if at else (), at is None and not gone)
    hidden = [_hidden(group, one, manner) for one in group.occurrences]
    taken = [
        None if gone else slot(one.when, group, zone, manner.fuzzy)
        for one, gone in zip(group.occurrences, hidden, strict=True)
    ]
    undated = any(at is None and not gone for at, gone in zip(taken, hidden, strict=True))
    if not any(taken):
        return Entry((), undated)
    return Entry(tuple(_series(published, zone, taken, manner, wording)), undated)


def _hidden(group: Group, occurrence: Occurrence, manner: Manner) -> bool:
    """Tell whether what is cancelled is left out: as asked, or because its last day is past.

    A moment that is cancelled as a whole is told of until its last time would be over.
    """
    if occurrence.status is not Status.CANCELLED or manner.cancelled == "status":
        return False
    concerned = group.occurrences if group.status is Status.CANCELLED else (occurrence,)
    days = [one.local.known for one in concerned if one.local.known]
    return manner.cancelled == "omit" or (bool(days) and max(days) < manner.today)


def _series(
    published: Published, zone: str, taken: Sequence[Slot | None], manner: Manner, wording: Wording
) -> Iterator[Container]:
    """Return the master of a rule, and an exception for each occurrence that is not as the rule has it.

    ``taken`` has the slot of each occurrence, None for one that the rule gives and the feed leaves out.
    """
    group = published.group
    first = group.occurrences[0]
    plain = Occurrence(first.planned or first.when, first.planned or first.local, group.status)
    master = slot(plain.when, group, zone, "auto" if manner.fuzzy == "omit" else manner.fuzzy)
    assert master is not None  # noqa: S101 - a rule starts on a date
    starts = plain.when.earliest or manner.today
    exceptions: list[Container] = []
    left_out: list[ContentLine] = []
    last = master.start
    for one, at in zip(group.occurrences, taken, strict=True):
        due = master.on((one.planned or one.when).earliest or starts)
        last = due.start
        if at is None:
            left_out.append(master.line("EXDATE", last))
        elif at != due or one.when != one.planned or one.change is not None:
            instead_of = master.line("RECURRENCE-ID", last)
            exceptions.append(_event(published, one, at, manner, wording, instead_of=instead_of))
    until = encoding.utc(last) if isinstance(last, datetime) else encoding.day(last)
    rule = [line("RRULE", f"{_rule(group, starts)};UNTIL={until}"), *left_out]
    yield _event(published, plain, master, manner, wording, rule=rule)
    yield from exceptions


def _rule(group: Group, first: date) -> str:
    """Return the RRULE of a group, without its end, in words that the calendars people use take alike.

    Where a rule leaves its day to a start on the 29th to 31st, some go to the next month or to the 28th: name the day.
    Days of several months, or counted from a month's end, are wrong to some in a yearly rule: make it a monthly one.
    """
    parts = dict(group.rule.parts if group.rule else ()) or {"FREQ": "YEARLY"}
    if first.day > 28 and parts["FREQ"] != "WEEKLY" and not {"BYMONTHDAY", "BYDAY"} & parts.keys():
        parts["BYMONTHDAY"] = str(first.day)
        if parts["FREQ"] == "YEARLY":
            parts.setdefault("BYMONTH", str(first.month))
    day, month = parts.get("BYMONTHDAY"), parts.get("BYMONTH", ",")
    alike = parts.keys().isdisjoint(("INTERVAL", "BYSETPOS")) and not re.search(r"\d", parts.get("BYDAY", ""))
    if parts["FREQ"] == "YEARLY" and day and ("-" in day or "," in month) and alike:
        parts["FREQ"] = "MONTHLY"
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _event(
    published: Published,
    occurrence: Occurrence,
    taken: Slot,
    manner: Manner,
    wording: Wording,
    *,
    rule: list[ContentLine] | None = None,
    instead_of: ContentLine | None = None,
) -> Container:
    """Return one VEVENT; the order of its lines is fixed, so that equal entries are equal bytes."""
    group, facts = published.group, published.line
    lines = [line("UID", encoding.text(published.uid)), *_revision(facts.modified, facts.sequence)]
    if instead_of is not None:
        lines.append(instead_of)
    lines.extend(taken.lines())
    lines.extend(rule or ())
    summary = wording.summary(published, occurrence, repeats=rule is not None)
    lines.append(line("SUMMARY", encoding.text(summary)))
    lines.append(
        line("DESCRIPTION", encoding.text(wording.description(published, occurrence, repeats=rule is not None)))
    )
    place = wording.place(group, occurrence)
    if place:
        lines.append(line("LOCATION", encoding.text(place)))
    if group.url:
        lines.append(line("URL", encoding.uri(group.url)))
    lines.append(line("CATEGORIES", encoding.texts(wording.categories(group))))
    status = _status(occurrence, manner)
    lines.append(line("STATUS", status))
    asked = manner.alarms if status == "CONFIRMED" else ()
    return component("VEVENT", *lines, *_FREE, *(alarm(text, taken, summary) for text in asked))


_FREE = (line("TRANSP", "TRANSPARENT"), line("X-MICROSOFT-CDO-BUSYSTATUS", "FREE"))
"""What all entries say of the time they take: nobody is busy because of them."""


@lru_cache(maxsize=256)
def _revision(day: str, sequence: int) -> tuple[ContentLine, ...]:
    """Return the lines that tell how old an entry is."""
    stamp = day.replace("-", "") + "T000000Z"
    return line("DTSTAMP", stamp), line("LAST-MODIFIED", stamp), line("SEQUENCE", str(sequence))


def _status(occurrence: Occurrence, manner: Manner) -> str:
    if occurrence.status is Status.CANCELLED and manner.cancelled == "status":
        return "CANCELLED"
    firm = occurrence.status is Status.CONFIRMED and occurrence.when.exact
    return "CONFIRMED" if firm else "TENTATIVE"
