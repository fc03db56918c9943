"""Build the VEVENTs of a real-world moment (RFC 5545 §3.6.1): one UID and one content, the same in every feed."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from wavectl.dates import timezones
from wavectl.model import Status
from wavectl.publishing.ical import encoding
from wavectl.publishing.ical.entry_text import EntryTexts
from wavectl.publishing.ical.time_span import EventSpan, choose_output_zone, event_span
from wavectl.publishing.tracking.next_lock import PublishedEntry
from wavectl.timeline.firm_by import is_firm
from wavectl.timeline.groups import ChronologicalKey, MomentGroup, Occurrence, group_key


class FeedOptions(NamedTuple):
    """How entries are written: ``fuzzy``, ``cancelled`` and ``alarms`` as in the options of ``export-ics``."""

    today: date
    fuzzy: str = "auto"
    cancelled: str = "show"
    identity: str = "wavectl.invalid"
    alarms: tuple[str, ...] = ()


class VEvent(NamedTuple):
    """One VEVENT as bytes, with its place in the order of the feed, its DTSTART as written, and its time span."""

    sort_key: ChronologicalKey
    start: str
    span: EventSpan
    data: bytes


class FeedEntry(NamedTuple):
    """What a feed shows of a group: its VEVENTs, and whether an occurrence is left out because it has no date."""

    events: tuple[VEvent, ...]
    has_undated: bool


def build_feed_entry(published: PublishedEntry, options: FeedOptions, entry_texts: EntryTexts) -> FeedEntry:
    """Return one VEVENT for an entry, and for a recurring one another for each occurrence that differs."""
    group = published.group
    zone = choose_output_zone(group)
    omitted = [_is_omitted(group, occurrence, options) for occurrence in group.occurrences]
    spans = [
        None if omit else event_span(occurrence.when, group, zone, options.fuzzy)
        for occurrence, omit in zip(group.occurrences, omitted, strict=True)
    ]
    has_undated = any(span is None and not omit for span, omit in zip(spans, omitted, strict=True))
    if not any(spans):
        return FeedEntry((), has_undated)
    builder = _EventBuilder(published, options, entry_texts)
    if group.rule is None and spans[0]:
        return FeedEntry((builder.build(group.occurrences[0], spans[0]),), has_undated)
    return FeedEntry(tuple(builder.build_recurring(zone, spans)), has_undated)


def _is_omitted(group: MomentGroup, occurrence: Occurrence, options: FeedOptions) -> bool:
    """Tell whether a cancelled occurrence is left out: because of the options, or because its last day is past."""
    if occurrence.status is not Status.CANCELLED or options.cancelled == "status":
        return False
    # a moment that is cancelled as a whole is shown until its last occurrence is past
    occurrences = group.occurrences if group.status is Status.CANCELLED else (occurrence,)
    days = [day for other in occurrences if (day := other.local.last_known)]
    return options.cancelled == "omit" or (bool(days) and max(days) < options.today)


class _EventBuilder:
    """Writes the VEVENTs of one entry; the order of their lines is fixed, so that equal entries are equal bytes."""

    def __init__(self, published: PublishedEntry, options: FeedOptions, entry_texts: EntryTexts) -> None:
        self._published, self._options, self._texts = published, options, entry_texts

    def build_recurring(self, zone: str, spans: Sequence[EventSpan | None]) -> Iterator[VEvent]:
        """Return the VEVENT with the RRULE, then one for each occurrence that differs from the rule.

        ``spans`` are those of the occurrences, None for one that the feed leaves out: it becomes an EXDATE.
        """
        group, options = self._published.group, self._options
        first = group.occurrences[0]
        planned = Occurrence(first.planned or first.when, first.planned or first.local, group.status)
        main = event_span(planned.when, group, zone, "auto" if options.fuzzy == "omit" else options.fuzzy)
        assert main is not None  # noqa: S101 - a rule starts on a date
        first_day = planned.when.earliest or options.today
        exceptions: list[VEvent] = []
        excluded: list[str] = []
        last = main.start
        for occurrence, span in zip(group.occurrences, spans, strict=True):
            due = main.on_day((occurrence.planned or occurrence.when).earliest or first_day)
            last = due.start
            if span is None:
                excluded.append(main.date_line("EXDATE", last))
            elif span != due or occurrence.when != occurrence.planned or occurrence.change is not None:
                exceptions.append(self.build(occurrence, span, recurrence_id=main.date_line("RECURRENCE-ID", last)))
        until = encoding.utc_datetime(last) if isinstance(last, datetime) else encoding.day(last)
        rule = f"RRULE:{_rrule(group, first_day, has_time=isinstance(last, datetime))};UNTIL={until}"
        yield self.build(planned, main, recurrence=(rule, *excluded))
        yield from exceptions

    def build(
        self, occurrence: Occurrence, span: EventSpan, *, recurrence: Sequence[str] = (), recurrence_id: str = ""
    ) -> VEvent:
        """Return the VEVENT of an occurrence; ``recurrence`` are the RRULE and EXDATE lines."""
        published, texts = self._published, self._texts
        group, repeats = published.group, bool(recurrence)
        summary = encoding.text(texts.summary(published, occurrence, repeats=repeats))
        lines = [
            "BEGIN:VEVENT",
            f"UID:{encoding.text(published.uid)}",
            *_revision_lines(published.lock_entry.modified),
            f"SEQUENCE:{published.lock_entry.sequence}",
        ]
        lines += [recurrence_id] if recurrence_id else []
        lines += (*span.date_lines(), *recurrence, f"SUMMARY:{summary}")
        lines.append(f"DESCRIPTION:{encoding.text(texts.description(published, occurrence, repeats=repeats))}")
        if place := texts.place(group, occurrence):
            lines.append(f"LOCATION:{encoding.text(place)}")
        if group.url:
            lines.append(f"URL:{encoding.uri(group.url)}")
        lines.append(f"CATEGORIES:{_encode_categories(texts.categories(group))}")
        status = _status_value(occurrence, self._options)
        lines += (f"STATUS:{status}", "TRANSP:TRANSPARENT", "X-MICROSOFT-CDO-BUSYSTATUS:FREE")
        for alarm in self._options.alarms if status == "CONFIRMED" else ():
            lines += alarm_lines(alarm, span, summary)
        lines.append("END:VEVENT")
        sort_key = group_key(group, occurrence.when, texts.plan.programme.languages)
        return VEvent(sort_key, span.date_value(span.start), span, encoding.dump(lines))


_encode_categories = lru_cache(maxsize=256)(encoding.texts)


@lru_cache(maxsize=256)
def _revision_lines(modified: str) -> tuple[str, str]:
    stamp = f"{modified.replace('-', '')}T000000Z"
    return f"DTSTAMP:{stamp}", f"LAST-MODIFIED:{stamp}"


def _status_value(occurrence: Occurrence, options: FeedOptions) -> str:
    """Return the STATUS (§3.8.1.11): only a firm date is CONFIRMED."""
    if occurrence.status is Status.CANCELLED and options.cancelled == "status":
        return "CANCELLED"
    return "CONFIRMED" if is_firm(occurrence.when, occurrence.status) else "TENTATIVE"


_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _rrule(group: MomentGroup, first: date, *, has_time: bool) -> str:
    """Return the RRULE of a group (§3.3.10) without UNTIL, in a form that calendars read the same way.

    They differ on a rule that takes its day from a start on the 29th to 31st (some go to the next month, some to the
    28th): the day is written. Some are wrong on days in several months, or counted from a month's end, in a yearly
    rule: it becomes a monthly one. What the start says already is left out: in the zone of a reader, a time may be on
    another day.
    """
    parts = dict(group.rule.parts if group.rule else ()) or {"FREQ": "YEARLY"}
    parts = {name: value for name, value in parts.items() if name not in ("COUNT", "UNTIL")}
    said_by_start: dict[str, dict[str, str]] = {"WEEKLY": {"BYDAY": _WEEKDAYS[first.weekday()]}}
    if has_time and first.day <= 28:
        day = {"BYMONTHDAY": str(first.day)}
        said_by_start |= {"MONTHLY": day, "YEARLY": {"BYMONTH": str(first.month), **day}}
    if {name: value for name, value in parts.items() if name.startswith("BY")} == said_by_start.get(parts["FREQ"]):
        parts = {name: value for name, value in parts.items() if not name.startswith("BY")}
    if first.day > 28 and parts["FREQ"] != "WEEKLY" and not {"BYMONTHDAY", "BYDAY"} & parts.keys():
        parts["BYMONTHDAY"] = str(first.day)
        if parts["FREQ"] == "YEARLY":
            parts.setdefault("BYMONTH", str(first.month))
    monthday, month = parts.get("BYMONTHDAY"), parts.get("BYMONTH", ",")
    can_be_monthly = parts.keys().isdisjoint(("INTERVAL", "BYSETPOS")) and not re.search(r"\d", parts.get("BYDAY", ""))
    if parts["FREQ"] == "YEARLY" and monthday and ("-" in monthday or "," in month) and can_be_monthly:
        parts["FREQ"] = "MONTHLY"
    return ";".join(f"{name}={value}" for name, value in parts.items())


_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
ALL_DAY_ALARM_TIME = time(9)
"""When the alarm of an all-day entry rings, in local time."""


def alarm_lines(alarm: str, span: EventSpan, summary: str) -> tuple[str, ...]:
    """Return the VALARM (§3.6.6) of an entry with an encoded summary; ``alarm`` is like ``7d`` or ``7d@18:00``."""
    trigger = f"TRIGGER:{encoding.duration(_trigger_offset(alarm, span))}"
    return "BEGIN:VALARM", "ACTION:DISPLAY", trigger, f"DESCRIPTION:{summary}", "END:VALARM"


def _trigger_offset(alarm: str, span: EventSpan) -> timedelta:
    """Return the time from the start of an entry to its alarm, negative before the start.

    It is counted on the clocks of the entry's zone; an all-day entry starts at midnight.
    """
    match = re.fullmatch(r"(\d+)([mhdw])(?:@(\d\d:\d\d))?", alarm)
    assert match is not None  # noqa: S101 - the model and the command line accept nothing else
    lead = int(match[1]) * _UNITS[match[2]]
    clock = time.fromisoformat(match[3]) if match[3] else None
    if not isinstance(span.start, datetime):
        return _since_midnight(clock or ALL_DAY_ALARM_TIME) - lead
    if clock is None:
        return -lead
    start_clock = span.start.astimezone(timezones.get_zone(span.zone)).time()
    return _since_midnight(clock) - _since_midnight(start_clock) - lead


def _since_midnight(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second)
