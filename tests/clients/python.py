"""Calendar clients that pip brings: icalendar, ical (Home Assistant's), vobject (Radicale's), khal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import icalendar
import pytz
import recurring_ical_events
import vobject
from ical.calendar_stream import IcsCalendarStream
from khal.icalendar import split_ics
from khal.khalendar import CalendarCollection

from clients.seen import Seen, moment, uncut, unescaped


def icalendar_seen(data: bytes, _: Path, first: date, last: date) -> list[Seen]:
    """Read strictly with icalendar: no error is passed over; recurring-ical-events lays out the rules."""
    for line in filter(None, icalendar.parser.Contentlines.from_ical(data.decode())):
        icalendar.parser.Contentline(line, strict=True).parts()
    calendar = icalendar.Calendar.from_ical(data)
    errors = [error for component in calendar.walk() for error in component.errors]
    if errors:
        raise ValueError(f"icalendar refuses {errors}")
    return [
        Seen(
            start=moment(event.start),
            end=moment(event.end),
            uid=str(event["UID"]),
            **{name: str(event.get(name, "")) for name in _TEXTS},
            categories=tuple(str(one) for one in event.categories),
            sequence=int(event.get("SEQUENCE", 0)),
        )
        for event in recurring_ical_events.of(calendar).between(first, last + timedelta(days=1))
    ]


def as_icalendar(seen: Iterable[Seen]) -> list[Seen]:
    """Tell what icalendar shows of these records: recurring-ical-events gives a series its highest SEQUENCE."""
    seen = list(seen)
    highest = {one.uid: max(other.sequence or 0 for other in seen if other.uid == one.uid) for one in seen}
    return [replace(one, sequence=highest[one.uid]) for one in seen]


_TEXTS = ("summary", "description", "location", "status", "url", "transp")


def ical_seen(data: bytes, _: Path, first: date, last: date) -> list[Seen]:
    """Read with ical and its timeline."""
    (calendar,) = IcsCalendarStream.from_ics(data.decode()).calendars
    return [
        Seen(
            start=moment(event.start),
            end=moment(event.end),
            uid=event.uid,
            summary=event.summary,
            description=event.description or "",
            location=event.location or "",
            status=event.status.value if event.status else "",
            url=str(event.url or ""),
            categories=uncut(event.categories, ","),  # ical cuts them at escaped commas
            sequence=event.sequence or 0,
            transp=event.transparency or "",
        )
        for event in calendar.timeline_tz(UTC).overlapping(first, last + timedelta(days=1))
    ]


def vobject_seen(data: bytes, _: Path, __: date, ___: date) -> list[Seen]:
    """Read with vobject, which expands rules but leaves it to the caller to lay exceptions over them."""
    # vobject keeps the first zone of a name that it meets, for all feeds to come; a new process starts like this.
    vars(vobject.icalendar)["__tzidMap"] = {"UTC": vobject.icalendar.utc}
    calendar = vobject.readOne(data.decode(), validate=True)
    events = calendar.contents.get("vevent", [])
    exceptions = {(e.uid.value, moment(e.recurrence_id.value)): e for e in events if hasattr(e, "recurrence_id")}
    shown: list[Seen] = []
    for master in events:
        if hasattr(master, "recurrence_id"):
            continue
        for start in _vobject_starts(master):
            event = exceptions.get((master.uid.value, start), master)
            shown.append(_vobject_one(event, start if event is master else moment(event.dtstart.value)))
    return shown


def _vobject_starts(master: Any) -> Iterator[date]:
    start = master.dtstart.value
    # A rule set of days holds times at midnight.
    whole = not isinstance(start, datetime)
    for value in master.getrruleset(addRDate=True) or [start]:
        yield value.date() if whole and isinstance(value, datetime) else moment(value)


def _vobject_one(event: Any, start: date) -> Seen:
    first = event.dtstart.value
    if hasattr(event, "dtend"):
        length = moment(event.dtend.value) - moment(first)
    else:
        length = timedelta(days=0 if isinstance(first, datetime) else 1)
    texts = {name: event.getChildValue(name, "") for name in _TEXTS}
    categories = tuple(one for line in event.contents.get("categories", []) for one in line.value)
    sequence = int(event.getChildValue("sequence", 0))
    return Seen(start, start + length, event.uid.value, **texts, categories=categories, sequence=sequence)


def khal_seen(data: bytes, tmp_path: Path, first: date, last: date) -> list[Seen]:
    """Import into a folder of khal's and read its database back, as ``khal import`` and ``khal list`` do."""
    zone = pytz.UTC
    locale = {"local_timezone": zone, "default_timezone": zone}
    home = Path(mkdtemp(dir=tmp_path))
    folder = home / "feed"
    folder.mkdir()
    parts = split_ics(data.decode(), default_timezone=zone)
    for number, part in enumerate(parts):
        (folder / f"{number}.ics").write_bytes(part.encode())
    calendar = {"name": "feed", "path": str(folder), "readonly": True, "color": "", "priority": 1, "addresses": ""}
    collection = CalendarCollection({"feed": calendar}, locale=locale, dbpath=str(home / "khal.db"))
    with closing(collection._backend.conn):
        # What khal cannot read it leaves out with a word in its log.
        if len(list(collection._backend.list("feed"))) != len(parts):
            raise ValueError("khal leaves entries out")
        start, end = datetime.combine(first, time.min), datetime.combine(last, time.max)
        events = [
            *collection.get_floating(start, end),
            *collection.get_localized(zone.localize(start), zone.localize(end)),
        ]
    return [_khal_one(event) for event in events]


def as_khal(seen: Iterable[Seen]) -> list[Seen]:
    """Tell what khal shows of these records."""
    return [
        replace(
            one,
            # RFC 5545 §3.6.1: a time without an end ends as it starts; khal shows an hour.
            end=one.start + timedelta(hours=1) if one.start == one.end else one.end,
            sequence=None,
            transp=None,
        )
        for one in seen
    ]


def _khal_one(event: Any) -> Seen:
    # khal's last day of an all-day entry is included.
    end = event.end + timedelta(days=1) if event.allday else event.end
    return Seen(
        start=moment(event.start),
        end=moment(end),
        uid=str(event.uid),
        summary=str(event.summary),
        description=str(event.description),
        location=str(event.location),
        status=str(event.status),
        url=str(event.url),
        # khal gives the line as it stands in the file.
        categories=unescaped(uncut(filter(None, event.categories.split(",")), ",")),
        sequence=None,
        transp=None,
    )
