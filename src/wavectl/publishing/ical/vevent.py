"""A real-world moment -> its VEVENTs: one UID, one content, in every feed it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from ics.grammar.parse import Container, ContentLine

from wavectl.dates import timezones
from wavectl.model import Status
from wavectl.publishing.ical import encoding
from wavectl.publishing.ical.encoding import component, content_line
from wavectl.publishing.ical.entry_text import EntryTexts
from wavectl.publishing.ical.time_span import EventSpan, choose_output_zone, event_span
from wavectl.publishing.tracking import PublishedEntry
from wavectl.timeline import MomentGroup, Occurrence


class FeedOptions(NamedTuple):
    """How entries are written."""

    today: date
    fuzzy: str = "auto"
    cancelled: str = "show"
    identity: str = "wavectl.invalid"
    alarms: tuple[str, ...] = ()


class FeedEntry(NamedTuple):
    """What a feed shows of a group: its VEVENTs, and whether something is left out for want of a date to show."""

    events: tuple[Container, ...]
    has_undated: bool


def build_feed_entry(published: PublishedEntry, options: FeedOptions, entry_texts: EntryTexts) -> FeedEntry:
    """Return what is shown of an entry: one VEVENT, and of a repeating moment one more for each time that differs."""
    group = published.group
    zone = choose_output_zone(group)
    if group.rule is None:
        (once,) = group.occurrences
        gone = _is_left_out(group, once, options)
        at = None if gone else event_span(once.when, group, zone, options.fuzzy)
        return FeedEntry(
            (_build_vevent(published, once, at, options, entry_texts),) if at else (), at is None and not gone
        )
    hidden = [_is_left_out(group, one, options) for one in group.occurrences]
    taken = [
        None if gone else event_span(one.when, group, zone, options.fuzzy)
        for one, gone in zip(group.occurrences, hidden, strict=True)
    ]
    undated = any(at is None and not gone for at, gone in zip(taken, hidden, strict=True))
    if not any(taken):
        return FeedEntry((), undated)
    return FeedEntry(tuple(_recurring_events(published, zone, taken, options, entry_texts)), undated)


def _is_left_out(group: MomentGroup, occurrence: Occurrence, options: FeedOptions) -> bool:
    """Tell whether what is cancelled is left out: as asked, or because its last day is past.

    A moment that is cancelled as a whole is told of until its last time would be over.
    """
    if occurrence.status is not Status.CANCELLED or options.cancelled == "status":
        return False
    concerned = group.occurrences if group.status is Status.CANCELLED else (occurrence,)
    days = [one.local.last_known for one in concerned if one.local.last_known]
    return options.cancelled == "omit" or (bool(days) and max(days) < options.today)


def _recurring_events(
    published: PublishedEntry,
    zone: str,
    spans: Sequence[EventSpan | None],
    options: FeedOptions,
    entry_texts: EntryTexts,
) -> Iterator[Container]:
    """Return the master of a rule, and an exception for each occurrence that is not as the rule has it.

    ``taken`` has the slot of each occurrence, None for one that the rule gives and the feed leaves out.
    """
    group = published.group
    first = group.occurrences[0]
    plain = Occurrence(first.planned or first.when, first.planned or first.local, group.status)
    master = event_span(plain.when, group, zone, "auto" if options.fuzzy == "omit" else options.fuzzy)
    assert master is not None  # noqa: S101 - a rule starts on a date
    starts = plain.when.earliest or options.today
    exceptions: list[Container] = []
    left_out: list[ContentLine] = []
    last = master.start
    for one, at in zip(group.occurrences, spans, strict=True):
        due = master.on_day((one.planned or one.when).earliest or starts)
        last = due.start
        if at is None:
            left_out.append(master.date_property("EXDATE", last))
        elif at != due or one.when != one.planned or one.change is not None:
            instead_of = master.date_property("RECURRENCE-ID", last)
            exceptions.append(_build_vevent(published, one, at, options, entry_texts, recurrence_id=instead_of))
    until = encoding.utc_datetime(last) if isinstance(last, datetime) else encoding.day(last)
    rule = [content_line("RRULE", f"{_rrule(group, starts)};UNTIL={until}"), *left_out]
    yield _build_vevent(published, plain, master, options, entry_texts, rrule_lines=rule)
    yield from exceptions


def _rrule(group: MomentGroup, first: date) -> str:
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


def _build_vevent(
    published: PublishedEntry,
    occurrence: Occurrence,
    span: EventSpan,
    options: FeedOptions,
    entry_texts: EntryTexts,
    *,
    rrule_lines: list[ContentLine] | None = None,
    recurrence_id: ContentLine | None = None,
) -> Container:
    """Return one VEVENT; the order of its lines is fixed, so that equal entries are equal bytes."""
    group, facts = published.group, published.lock_entry
    lines = [content_line("UID", encoding.text(published.uid)), *_revision_lines(facts.modified, facts.sequence)]
    if recurrence_id is not None:
        lines.append(recurrence_id)
    lines.extend(span.date_properties())
    lines.extend(rrule_lines or ())
    summary = entry_texts.summary(published, occurrence, repeats=rrule_lines is not None)
    lines.append(content_line("SUMMARY", encoding.text(summary)))
    lines.append(
        content_line(
            "DESCRIPTION",
            encoding.text(entry_texts.description(published, occurrence, repeats=rrule_lines is not None)),
        )
    )
    place = entry_texts.place(group, occurrence)
    if place:
        lines.append(content_line("LOCATION", encoding.text(place)))
    if group.url:
        lines.append(content_line("URL", encoding.uri(group.url)))
    lines.append(content_line("CATEGORIES", encoding.texts(entry_texts.categories(group))))
    status = _status_value(occurrence, options)
    lines.append(content_line("STATUS", status))
    asked = options.alarms if status == "CONFIRMED" else ()
    return component("VEVENT", *lines, *_TRANSPARENCY_LINES, *(build_valarm(text, span, summary) for text in asked))


_TRANSPARENCY_LINES = (content_line("TRANSP", "TRANSPARENT"), content_line("X-MICROSOFT-CDO-BUSYSTATUS", "FREE"))
"""What all entries say of the time they take: nobody is busy because of them."""


@lru_cache(maxsize=256)
def _revision_lines(day: str, sequence: int) -> tuple[ContentLine, ...]:
    """Return the lines that tell how old an entry is."""
    stamp = day.replace("-", "") + "T000000Z"
    return content_line("DTSTAMP", stamp), content_line("LAST-MODIFIED", stamp), content_line("SEQUENCE", str(sequence))


def _status_value(occurrence: Occurrence, options: FeedOptions) -> str:
    if occurrence.status is Status.CANCELLED and options.cancelled == "status":
        return "CANCELLED"
    firm = occurrence.status is Status.CONFIRMED and occurrence.when.is_exact
    return "CONFIRMED" if firm else "TENTATIVE"


_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
ALL_DAY_ALARM_TIME = time(9)
"""When an alarm rings for something that has no time of day."""


def build_valarm(text: str, span: EventSpan, summary: str) -> Container:
    """Return the alarm of an entry that takes this time; ``text`` is ``7d`` or ``7d@18:00``: on that day, at six.

    It counts from the start on the clocks of the entry; a whole day starts at midnight, its alarm rings at 09:00.
    """
    trigger = content_line("TRIGGER", _duration(_trigger_offset(text, span)))
    return component(
        "VALARM", content_line("ACTION", "DISPLAY"), trigger, content_line("DESCRIPTION", encoding.text(summary))
    )


def _trigger_offset(text: str, span: EventSpan) -> timedelta:
    """Return how long after the start it rings; before it, that is less than nothing."""
    found = re.fullmatch(r"(\d+)([mhdw])(?:@(\d\d:\d\d))?", text)
    assert found is not None  # noqa: S101 - the model and the command line take nothing else
    early = int(found[1]) * _UNITS[found[2]]
    at = time.fromisoformat(found[3]) if found[3] else None
    if not isinstance(span.start, datetime):
        return _since_midnight(at or ALL_DAY_ALARM_TIME) - early
    if at is None:
        return -early
    clock = span.start.astimezone(timezones.get_zone(span.zone)).time()
    return _since_midnight(at) - _since_midnight(clock) - early


def _since_midnight(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second)


def _duration(delta: timedelta) -> str:
    """Return a DURATION (§3.3.6)."""
    seconds = abs(round(delta.total_seconds()))
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3600)
    parts = [f"{number}{unit}" for number, unit in ((hours, "H"), (rest // 60, "M"), (rest % 60, "S")) if number]
    whole = f"{days}D" if days or not parts else ""
    return f"{'-' if delta < timedelta() else ''}P{whole}{'T' if parts else ''}{''.join(parts)}"
