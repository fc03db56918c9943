"""Build the VCALENDAR of a feed: its properties, the time zones that its entries need, and the entries in order."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from ics.grammar.parse import Container, ContentLine

from wavectl.dates.edtf import LAST_YEAR
from wavectl.model import Text, Wave
from wavectl.publishing.ical import encoding
from wavectl.publishing.ical.encoding import content_line
from wavectl.publishing.ical.entry_text import EntryTexts
from wavectl.publishing.ical.feeds import ALL_FEED
from wavectl.publishing.ical.vevent import FeedEntry, FeedOptions, VEvent, build_feed_entry
from wavectl.publishing.ical.vtimezone import build_vtimezone, has_yearly_rules
from wavectl.publishing.tracking.next_lock import PublishedEntry
from wavectl.timeline.groups import MomentGroup

PRODUCT_ID = "-//wavectl//wavectl//EN"
"""The PRODID (RFC 5545 §3.7.3); without a version, so that a new release changes no feed."""
REFRESH_INTERVAL = "P1D"
"""How often a client should look for changes; most look about once a day, whatever a feed says."""


class CalendarTitle(NamedTuple):
    """The name of a feed, as in its UID; the name to display, None to take that of the wave or programme; its address.

    ``address`` is where the feed is published, "" for nowhere.
    """

    name: str
    display_name: Text | None = None
    address: str = ""


class RenderedCalendar(NamedTuple):
    """A feed as bytes, the number of its entries, and the groups with something left out that has no date."""

    data: bytes
    entries: int
    undated: tuple[MomentGroup, ...]


def render_calendar(
    title: CalendarTitle,
    waves: Sequence[str],
    published: Sequence[PublishedEntry],
    options: FeedOptions,
    entry_texts: EntryTexts,
    rendered: dict[str, FeedEntry] | None = None,
) -> RenderedCalendar:
    """Return the feed of some waves with these entries.

    Properties come first, then the time zones in order of name, then the entries in order of time.
    ``rendered`` is a cache by UID, shared by feeds with the same options and texts.
    """
    rendered = {} if rendered is None else rendered
    events: list[VEvent] = []
    shown, undated = 0, []
    for entry in published:
        feed_entry = rendered.get(entry.uid)
        if feed_entry is None:
            feed_entry = rendered[entry.uid] = build_feed_entry(entry, options, entry_texts)
        shown += bool(feed_entry.events)
        undated += [entry.group] if feed_entry.has_undated else []
        events += feed_entry.events
    events.sort(key=lambda event: event.sort_key)
    zones = _timezones(_years_by_zone(events)) if events else [_programme_timezone(entry_texts)]
    modified = max((entry.lock_entry.modified for entry in published), default="")
    head = encoding.dump([Container("VCALENDAR", *_properties(title, waves, modified, options, entry_texts), *zones)])
    data = b"".join((head.removesuffix(_CALENDAR_END), *(event.data for event in events), _CALENDAR_END))
    return RenderedCalendar(data, shown, tuple(undated))


def is_own_calendar(start: bytes) -> bool:
    """Tell whether a calendar is of wavectl, by its first lines."""
    return f"\nPRODID:{PRODUCT_ID}".encode() in start


def render_single_entry(published: PublishedEntry, options: FeedOptions, entry_texts: EntryTexts) -> bytes:
    """Return one entry alone, to import: a calendar without a name, which nobody subscribes to."""
    events = sorted(build_feed_entry(published, options, entry_texts).events, key=lambda event: event.sort_key)
    return b"".join((_head_without_name(_years_by_zone(events)), *(event.data for event in events), _CALENDAR_END))


@lru_cache(maxsize=256)  # most entries have the same time zone, or none
def _head_without_name(zones: tuple[tuple[str, int], ...]) -> bytes:
    head = encoding.dump([Container("VCALENDAR", *_standard_properties(), *_timezones(zones))])
    return head.removesuffix(_CALENDAR_END)


_CALENDAR_END = b"END:VCALENDAR\r\n"


def _years_by_zone(events: Iterable[VEvent]) -> tuple[tuple[str, int], ...]:
    """Return the time zones that the events need, in order of name, each with the first year in which it is used."""
    years: dict[str, int] = {}
    for event in events:
        span = event.span
        if isinstance(span.start, datetime) and span.zone != "UTC":
            years[span.zone] = min(int(event.start[:4]), years.get(span.zone, LAST_YEAR))
    return tuple(sorted(years.items()))


def _timezones(zones: Iterable[tuple[str, int]]) -> Iterator[Container]:
    """Return a VTIMEZONE for each zone, from its year on."""
    return (build_vtimezone(zone, year) for zone, year in zones)


def _programme_timezone(entry_texts: EntryTexts) -> Container:
    """Return the programme's VTIMEZONE, for a feed without events: a calendar needs a component (RFC 5545 §3.6)."""
    zone = entry_texts.plan.programme.timezone
    periods = [wave.period for wave in entry_texts.plan.waves.values() if wave.period]
    year = min((period.earliest.year for period in periods if period.earliest), default=2000)
    return build_vtimezone(zone if has_yearly_rules(zone, year) else "UTC", year)


def _standard_properties() -> Iterator[ContentLine]:
    yield content_line("VERSION", "2.0")
    yield content_line("PRODID", PRODUCT_ID)
    yield content_line("CALSCALE", "GREGORIAN")


def _name(title: CalendarTitle, wave: Wave | None, entry_texts: EntryTexts) -> str:
    """Return the name to display, in the language of the feed; that of all waves differs from that of its only wave."""
    plan, all_waves = entry_texts.plan, entry_texts.translate("All waves")
    if title.display_name or (wave and title.name != ALL_FEED):
        return entry_texts.plan_text(title.display_name or (wave.title if wave else None))
    name = entry_texts.plan_text(plan.programme.name) or all_waves
    is_taken = any(name == entry_texts.plan_text(one.title) for one in plan.waves.values())
    return f"{name} – {all_waves}" if is_taken else name


def _properties(
    title: CalendarTitle, waves: Sequence[str], modified: str, options: FeedOptions, entry_texts: EntryTexts
) -> Iterator[ContentLine]:
    """Return the properties of the calendar (RFC 7986 §5); ``modified`` is the day of its last change, "" for none."""
    programme = entry_texts.plan.programme
    present = [entry_texts.plan.waves[wave] for wave in waves if wave in entry_texts.plan.waves]
    wave = present[0] if len(present) == 1 and title.display_name is None else None
    name = _name(title, wave, entry_texts)
    yield from _standard_properties()
    yield content_line("UID", encoding.text(f"{title.name}@{options.identity}"))
    if modified:
        yield content_line("LAST-MODIFIED", modified.replace("-", "") + "T000000Z")
    yield content_line("NAME", encoding.text(name))
    yield content_line("X-WR-CALNAME", encoding.text(name))
    paragraphs = [entry_texts.plain_text((wave or programme).description)]
    if wave:
        hashtags = " ".join(wave.hashtags_in(entry_texts.languages))
        paragraphs += [entry_texts.plan_text(wave.slogan), hashtags, entry_texts.plan_text(wave.notice)]
    if description := "\n\n".join(part.strip() for part in paragraphs if part):
        yield content_line("DESCRIPTION", encoding.text(description))
    if wave and wave.color:
        yield content_line("COLOR", wave.color)
    yield content_line("REFRESH-INTERVAL", REFRESH_INTERVAL, VALUE="DURATION")
    yield content_line("X-PUBLISHED-TTL", REFRESH_INTERVAL)
    if programme.site:
        yield content_line("URL", encoding.uri((wave and wave.url) or programme.site))
    if title.address:
        yield content_line("SOURCE", encoding.uri(title.address), VALUE="URI")
