"""VCALENDAR: the properties of a feed, the zones its entries need, and the entries in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ics.grammar.parse import Container, ContentLine

from wavectl.dates.edtf import LAST_YEAR
from wavectl.model import Text, Wave
from wavectl.publishing.ical import encoding
from wavectl.publishing.ical.encoding import component, dump, line
from wavectl.publishing.ical.entry_text import Wording
from wavectl.publishing.ical.vevent import Manner, entry
from wavectl.publishing.ical.vtimezone import regular, timezone
from wavectl.publishing.tracking import Published
from wavectl.timeline import Group

PRODUCT = "-//wavectl//wavectl//EN"
"""Who wrote the feed; without a version, so that a new release changes no feed."""
REFRESH = "P1D"
"""How often to look again; most calendars look about once a day, whatever is asked."""


class Title(NamedTuple):
    """What a feed is called: in its UID; to people, None where its waves or the programme say so; where it stands.

    ``address`` is where the feed is published, "" for nowhere.
    """

    name: str
    said: Text | None = None
    address: str = ""


class Calendar(NamedTuple):
    """A feed as bytes, the number of its entries, and the groups of which something has no date to show."""

    data: bytes
    entries: int
    undated: tuple[Group, ...]


class Drawn(NamedTuple):
    """An entry as it stands in every feed of one manner and language: for each VEVENT its start, itself, its bytes."""

    events: tuple[tuple[str, Container, bytes], ...]
    undated: bool


def calendar(
    title: Title,
    waves: Sequence[str],
    published: Sequence[Published],
    manner: Manner,
    wording: Wording,
    drawn: dict[str, Drawn] | None = None,
) -> Calendar:
    """Return the feed of the entries given, which stand in ``waves``.

    Properties come first, then the zones in order of name, then the entries in order of start and UID. ``drawn`` has
    by UID what another feed of the same manner and wording has drawn already, and gets the rest: each is drawn once.
    """
    drawn = {} if drawn is None else drawn
    made: list[tuple[str, str, Container, bytes]] = []
    shown, undated = 0, []
    for one in published:
        found = drawn.get(one.uid)
        if found is None:
            found = drawn[one.uid] = _drawn(one, manner, wording)
        shown += bool(found.events)
        undated += [one.group] if found.undated else []
        made.extend((start, one.uid, event, data) for start, event, data in found.events)
    made.sort(key=lambda item: item[:2])
    zones = _zones([event for _, _, event, _ in made]) if made else [_own_zone(wording)]
    modified = max((one.line.modified for one in published), default="")
    head = dump(component("VCALENDAR", *_properties(title, waves, modified, manner, wording), *zones))
    data = b"".join((head.removesuffix(_END), *(data for _, _, _, data in made), _END))
    return Calendar(data, shown, tuple(undated))


_END = b"END:VCALENDAR\r\n"


def _drawn(one: Published, manner: Manner, wording: Wording) -> Drawn:
    found = entry(one, manner, wording)
    return Drawn(tuple((_start(event), event, dump(event)) for event in found.events), found.undated)


def _start(event: Container) -> str:
    return next(str(item.value) for item in event if item.name == "DTSTART")


def _zones(events: Sequence[Container]) -> Iterator[Container]:
    """Return the zones that the events name, each from the first year in which they do."""
    years: dict[str, int] = {}
    for event in events:
        for item in event:
            for zone in item.params.get("TZID", ()) if isinstance(item, ContentLine) and item.params else ():
                years[zone] = min(int(item.value[:4]), years.get(zone, LAST_YEAR))
    for zone, year in sorted(years.items()):
        yield timezone(zone, year)


def _own_zone(wording: Wording) -> Container:
    """Return the programme's zone: a calendar needs a component, even if it has no events (RFC 5545 §3.6)."""
    zone = wording.programme.timezone
    periods = [wave.period for wave in wording.plan.waves.values() if wave.period]
    year = min((period.earliest.year for period in periods if period.earliest), default=2000)
    return timezone(zone if regular(zone, year) else "UTC", year)


def _properties(
    title: Title, waves: Sequence[str], modified: str, manner: Manner, wording: Wording
) -> Iterator[ContentLine]:
    """Return what a calendar says of itself (RFC 7986 §5); ``modified`` is the day of its last change, "" for none."""
    programme = wording.programme
    present = [wording.plan.waves[wave] for wave in waves if wave in wording.plan.waves]
    one = present[0] if len(present) == 1 and title.said is None else None
    name = wording.say(title.said or (one.title if one else programme.name)) or "wavectl"
    yield line("VERSION", "2.0")
    yield line("PRODID", PRODUCT)
    yield line("CALSCALE", "GREGORIAN")
    yield line("UID", encoding.text(f"{title.name}@{manner.identity}"))
    if modified:
        yield line("LAST-MODIFIED", modified.replace("-", "") + "T000000Z")
    yield line("NAME", encoding.text(name))
    yield line("X-WR-CALNAME", encoding.text(name))
    about = _about(one, wording) if one else wording.plain(programme.description)
    if about:
        yield line("DESCRIPTION", encoding.text(about))
    if one and one.color:
        yield line("COLOR", one.color)
    yield line("REFRESH-INTERVAL", REFRESH, VALUE="DURATION")
    yield line("X-PUBLISHED-TTL", REFRESH)
    if programme.site:
        yield line("URL", encoding.uri((one and one.url) or programme.site))
    if title.address:
        yield line("SOURCE", encoding.uri(title.address), VALUE="URI")


def _about(wave: Wave, wording: Wording) -> str:
    """Return what a wave says of itself: its description, slogan, hashtags and notice."""
    parts = (
        wording.plain(wave.description),
        wording.say(wave.slogan),
        " ".join(wave.hashtags),
        wording.say(wave.notice),
    )
    return "\n\n".join(part.strip() for part in parts if part)
