"""VCALENDAR: the properties of a feed, the zones its entries need, and the entries in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ics.grammar.parse import Container, ContentLine

from wavectl.dates.edtf import LAST_YEAR
from wavectl.model import Text, Wave
from wavectl.publishing.ical import encoding
from wavectl.publishing.ical.encoding import component, content_line, dump
from wavectl.publishing.ical.entry_text import EntryTexts
from wavectl.publishing.ical.vevent import FeedOptions, build_feed_entry
from wavectl.publishing.ical.vtimezone import build_vtimezone, has_yearly_rules
from wavectl.publishing.tracking import PublishedEntry
from wavectl.timeline import MomentGroup

PRODUCT_ID = "-//wavectl//wavectl//EN"
"""Who wrote the feed; without a version, so that a new release changes no feed."""
REFRESH_INTERVAL = "P1D"
"""How often to look again; most calendars look about once a day, whatever is asked."""


class CalendarTitle(NamedTuple):
    """What a feed is called: in its UID; to people, None where its waves or the programme say so; where it stands.

    ``address`` is where the feed is published, "" for nowhere.
    """

    name: str
    display_name: Text | None = None
    address: str = ""


class RenderedCalendar(NamedTuple):
    """A feed as bytes, the number of its entries, and the groups of which something has no date to show."""

    data: bytes
    entries: int
    undated: tuple[MomentGroup, ...]


class RenderedEntry(NamedTuple):
    """An entry as it stands in every feed of one manner and language: for each VEVENT its start, itself, its bytes."""

    events: tuple[tuple[str, Container, bytes], ...]
    has_undated: bool


def render_calendar(
    title: CalendarTitle,
    waves: Sequence[str],
    published: Sequence[PublishedEntry],
    options: FeedOptions,
    entry_texts: EntryTexts,
    rendered: dict[str, RenderedEntry] | None = None,
) -> RenderedCalendar:
    """Return the feed of the entries given, which stand in ``waves``.

    Properties come first, then the zones in order of name, then the entries in order of start and UID. ``drawn`` has
    by UID what another feed of the same manner and wording has drawn already, and gets the rest: each is drawn once.
    """
    rendered = {} if rendered is None else rendered
    made: list[tuple[str, str, Container, bytes]] = []
    shown, undated = 0, []
    for one in published:
        found = rendered.get(one.uid)
        if found is None:
            found = rendered[one.uid] = _render_entry(one, options, entry_texts)
        shown += bool(found.events)
        undated += [one.group] if found.has_undated else []
        made.extend((start, one.uid, event, data) for start, event, data in found.events)
    made.sort(key=lambda item: item[:2])
    zones = _timezones([event for _, _, event, _ in made]) if made else [_programme_timezone(entry_texts)]
    modified = max((one.lock_entry.modified for one in published), default="")
    head = dump(component("VCALENDAR", *_properties(title, waves, modified, options, entry_texts), *zones))
    data = b"".join((head.removesuffix(_CALENDAR_END), *(data for _, _, _, data in made), _CALENDAR_END))
    return RenderedCalendar(data, shown, tuple(undated))


_CALENDAR_END = b"END:VCALENDAR\r\n"


def _render_entry(published: PublishedEntry, options: FeedOptions, entry_texts: EntryTexts) -> RenderedEntry:
    found = build_feed_entry(published, options, entry_texts)
    return RenderedEntry(tuple((_start_value(event), event, dump(event)) for event in found.events), found.has_undated)


def _start_value(event: Container) -> str:
    return next(str(item.value) for item in event if item.name == "DTSTART")


def _timezones(events: Sequence[Container]) -> Iterator[Container]:
    """Return the zones that the events name, each from the first year in which they do."""
    years: dict[str, int] = {}
    for event in events:
        for item in event:
            for zone in item.params.get("TZID", ()) if isinstance(item, ContentLine) and item.params else ():
                years[zone] = min(int(item.value[:4]), years.get(zone, LAST_YEAR))
    for zone, year in sorted(years.items()):
        yield build_vtimezone(zone, year)


def _programme_timezone(entry_texts: EntryTexts) -> Container:
    """Return the programme's zone: a calendar needs a component, even if it has no events (RFC 5545 §3.6)."""
    zone = entry_texts.programme.timezone
    periods = [wave.period for wave in entry_texts.plan.waves.values() if wave.period]
    year = min((period.earliest.year for period in periods if period.earliest), default=2000)
    return build_vtimezone(zone if has_yearly_rules(zone, year) else "UTC", year)


def _properties(
    title: CalendarTitle, waves: Sequence[str], modified: str, options: FeedOptions, entry_texts: EntryTexts
) -> Iterator[ContentLine]:
    """Return what a calendar says of itself (RFC 7986 §5); ``modified`` is the day of its last change, "" for none."""
    programme = entry_texts.programme
    present = [entry_texts.plan.waves[wave] for wave in waves if wave in entry_texts.plan.waves]
    one = present[0] if len(present) == 1 and title.display_name is None else None
    name = entry_texts.plan_text(title.display_name or (one.title if one else programme.name)) or "wavectl"
    yield content_line("VERSION", "2.0")
    yield content_line("PRODID", PRODUCT_ID)
    yield content_line("CALSCALE", "GREGORIAN")
    yield content_line("UID", encoding.text(f"{title.name}@{options.identity}"))
    if modified:
        yield content_line("LAST-MODIFIED", modified.replace("-", "") + "T000000Z")
    yield content_line("NAME", encoding.text(name))
    yield content_line("X-WR-CALNAME", encoding.text(name))
    about = _wave_description(one, entry_texts) if one else entry_texts.plain_text(programme.description)
    if about:
        yield content_line("DESCRIPTION", encoding.text(about))
    if one and one.color:
        yield content_line("COLOR", one.color)
    yield content_line("REFRESH-INTERVAL", REFRESH_INTERVAL, VALUE="DURATION")
    yield content_line("X-PUBLISHED-TTL", REFRESH_INTERVAL)
    if programme.site:
        yield content_line("URL", encoding.uri((one and one.url) or programme.site))
    if title.address:
        yield content_line("SOURCE", encoding.uri(title.address), VALUE="URI")


def _wave_description(wave: Wave, entry_texts: EntryTexts) -> str:
    """Return what a wave says of itself: its description, slogan, hashtags and notice."""
    parts = (
        entry_texts.plain_text(wave.description),
        entry_texts.plan_text(wave.slogan),
        " ".join(wave.hashtags),
        entry_texts.plan_text(wave.notice),
    )
    return "\n\n".join(part.strip() for part in parts if part)
