"""Feeds of plans written in the tests, and their entries as dictionaries of properties."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from support.plans import read_plan
from support.rfc5545 import faults
from wavectl.model import fallback_languages
from wavectl.publishing.ical.entry_text import EntryTexts
from wavectl.publishing.ical.feeds import matching_entries
from wavectl.publishing.ical.vcalendar import CalendarTitle, RenderedCalendar, render_calendar
from wavectl.publishing.ical.vevent import FeedOptions
from wavectl.publishing.tracking.next_lock import compute_publication

PROGRAMME = "{languages: [en], timezone: Europe/Madrid, uid_domain: example.org}"


def made(
    home: Path,
    files: Mapping[str, str],
    *,
    waves: tuple[str, ...] = (),
    lang: str = "en",
    today: str = "2017-06-01",
    fuzzy: str = "auto",
    cancelled: str = "show",
    alarms: tuple[str, ...] = (),
) -> RenderedCalendar:
    """Return one calendar of these waves, all where none is named; it has passed the check of RFC 5545."""
    plan = read_plan(home, {"programme": PROGRAMME, **files})
    assert plan.findings == ()
    named = waves or tuple(plan.waves)
    day = date.fromisoformat(today)
    manner = FeedOptions(day, fuzzy, cancelled, plan.programme.effective_uid_domain, alarms)
    shown = matching_entries(compute_publication(plan, plan.waves, day).entries, named, (), plan, day)
    title = CalendarTitle(named[0] if len(named) == 1 else "all")
    wording = EntryTexts(plan, fallback_languages(lang, plan.programme.languages))
    found = render_calendar(title, named, shown, manner, wording)
    assert faults(found.data) == []
    return found


def wave(*moments: str, period: str = "2017-01/2018-12", head: str = "") -> str:
    """Return a wave of moments, each the inside of a YAML map: ``id: a, title: A, when: 2017``."""
    listed = "".join(f"\n  - {{{moment}}}" for moment in moments)
    return f"title: Housing\nperiod: {period}\n{head}moments:{listed or ' []'}\n"


def entries(home: Path, *moments: str, period: str = "2017-01/2018-12", **options: str) -> list[dict[str, str]]:
    """Return the VEVENTs of one wave of these moments."""
    return events(made(home, {"housing": wave(*moments, period=period)}, **options).data)  # type: ignore[arg-type]


def one(home: Path, when: str, more: str = "", **options: str) -> dict[str, str]:
    """Return the one VEVENT of a moment with the id and title m."""
    (found,) = entries(home, f"id: m, title: M, when: '{when}'{more and ', '}{more}", **options)
    return found


def unsound(home: Path, *more: bytes) -> dict[str, list[str]]:
    """Return what RFC 5545 has against the calendars in a folder, by their names, and against some more."""
    files = {file.name: file.read_bytes() for file in home.rglob("*.ics") if file.is_file()}
    found = {name: faults(data) for name, data in (*files.items(), *((str(n), data) for n, data in enumerate(more)))}
    return {name: wrong for name, wrong in found.items() if wrong}


def unfolded(data: bytes) -> list[str]:
    """Return the content lines of a calendar."""
    return data.replace(b"\r\n ", b"").decode().removesuffix("\r\n").split("\r\n")


def blocks(data: bytes, name: str) -> list[str]:
    """Return the text of the components with this name."""
    return re.findall(rf"BEGIN:{name}\r\n.*?END:{name}\r\n", data.decode(), re.DOTALL)


def events(data: bytes) -> list[dict[str, str]]:
    """Return the VEVENTs of a calendar: what follows the name of each line, texts as people read them.

    The values of a repeated property are joined with a space.
    """
    found: list[dict[str, str]] = []
    for block in blocks(data, "VEVENT"):
        event: dict[str, str] = {}
        for content in unfolded(block.encode())[1:-1]:
            name, value = re.fullmatch(r"([A-Z-]+)[:;](.*)", content).groups()  # type: ignore[union-attr]
            shown = plain(value) if name in ("SUMMARY", "DESCRIPTION", "LOCATION") else value
            event[name] = f"{event[name]} {shown}" if name in event else shown
        found.append(event)
    return found


def plain(text: str) -> str:
    """Return the text of a TEXT value (RFC 5545 §3.3.11)."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)


def times(event: Mapping[str, str]) -> tuple[str, ...]:
    """Return what an event says of its time: start, end, rule, and the days taken out."""
    return tuple(event[name] for name in ("DTSTART", "DTEND", "RRULE", "EXDATE") if name in event)
