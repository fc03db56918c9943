"""Calendar clients that pip brings: icalendar, ical (Home Assistant's), vobject (Radicale's), khal."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import icalendar
import recurring_ical_events
import vobject
from ical.calendar_stream import IcsCalendarStream

from support.clients.process import run_client
from support.clients.seen import Seen, moment, uncut, unescaped


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
    """Import the feed into a calendar of khal's and list it: ``khal import`` and ``khal list``."""
    # khal looks at every single day: the years around those that the entries name are enough.
    named = re.findall(rb"[:=]((?:19|20)\d\d)\d{4}", data.partition(b"BEGIN:VEVENT")[2])
    years = [int(year) for year in named] or [first.year]
    first, last = max(first, date(min(years) - 1, 1, 1)), min(last, date(max(years) + 1, 12, 31))
    return khal_import_and_list(data, Path(mkdtemp(dir=tmp_path)), first, last)


def khal_import_and_list(data: bytes, home: Path, first: date, last: date) -> list[Seen]:
    """Import a feed into the calendar in a folder, over what it holds already; return what khal shows of it."""
    calendar = home / "calendar"
    calendar.mkdir(exist_ok=True)
    (home / "config").write_text(_KHAL.format(calendar=calendar, database=home / "khal.db"), encoding="utf-8")
    (home / "feed.ics").write_bytes(data)
    fields = [f"--json={name}" for name in _KHAL_FIELDS]
    listed = _khal(
        home,
        ["import", "--batch", str(home / "feed.ics")],
        ["list", *fields, first.isoformat(), last.isoformat()],
    ).strip().split("\n")  # fmt: skip
    held = {uid for file in calendar.iterdir() for uid in _uids(file.read_bytes())}
    if not _uids(data) <= held:
        raise ValueError("khal leaves entries out")
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    # A line for each day, with all that goes on then: an entry of several days is taken where it starts.
    return [
        _khal_one(one)
        for day, line in zip(days, listed, strict=True)
        for one in json.loads(line)
        if one["start-long-full"].startswith(day.isoformat()) or day == first
    ]


_KHAL_RUNS = """
import sys
from khal.cli import main_khal
config, *words = sys.argv[1:]
for run in " ".join(words).split(" then "):
    try:
        main_khal.main(["-c", config, *run.split()], "khal")
    except SystemExit as end:
        if end.code:
            raise
"""
"""khal, which runs several commands without starting Python for each."""


def _khal(home: Path, *runs: list[str]) -> str:
    environment = {**os.environ, "HOME": str(home), "LC_ALL": "C.UTF-8", "PYTHONWARNINGS": ""}
    words = " then ".join(" ".join(run) for run in runs)
    done = run_client([sys.executable, "-c", _KHAL_RUNS, str(home / "config"), words], environment=environment)
    # What khal cannot read it leaves out with a word in its log.
    if done.stderr:
        raise ValueError(f"khal complains: {done.stderr.decode()}")
    return done.stdout.decode()


def _uids(data: bytes) -> set[str]:
    return {str(event["UID"]) for event in icalendar.Calendar.from_ical(data).walk("VEVENT")}


_KHAL = """\
[calendars]
[[feed]]
path = {calendar}
[sqlite]
path = {database}
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""
_KHAL_FIELDS = (
    "uid", "title", "start-long-full", "end-long-full", "all-day", "status", "description", "location", "url",
    "categories",
)  # fmt: skip


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


def _khal_one(event: Mapping[str, str]) -> Seen:
    start, end = (datetime.fromisoformat(event[f"{name}-long-full"]).replace(tzinfo=UTC) for name in ("start", "end"))
    whole = event["all-day"] == "True"
    return Seen(
        start=start.date() if whole else start,
        # khal's last day of an all-day entry is included.
        end=end.date() + timedelta(days=1) if whole else end,
        uid=event["uid"],
        summary=event["title"],
        description=event["description"],
        location=event["location"],
        status=event["status"].strip(),
        url=event["url"],
        # khal gives the line as it is in the file.
        categories=unescaped(uncut(filter(None, event["categories"].split(",")), ",")),
        sequence=None,
        transp=None,
    )
