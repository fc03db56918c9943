"""Entries -> calendar feeds: which there are, what each holds, and the bytes of each (RFC 5545, RFC 7986)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from wavectl.model import Feed as Wanted
from wavectl.model import Text
from wavectl.plan.loader import Plan
from wavectl.publishing.ical.entry_text import EntryTexts
from wavectl.publishing.ical.vcalendar import CalendarTitle, RenderedCalendar, RenderedEntry, render_calendar
from wavectl.publishing.ical.vevent import FeedOptions
from wavectl.publishing.tracking import PublishedEntry, current_wave_names
from wavectl.timeline import Filter

__all__ = [
    "ALL_FEED",
    "CalendarFeed",
    "CalendarTitle",
    "EntryTexts",
    "FeedOptions",
    "RenderedCalendar",
    "RenderedEntry",
    "feed_names",
    "matching_entries",
    "render_calendar",
    "select_feeds",
]

ALL_FEED = "all"
"""The name of the feed of all waves."""


class CalendarFeed(NamedTuple):
    """A feed: its name, the waves it is made of, and the further names under which it is published.

    ``wanted`` is what the programme says of a feed of its own, None for one of a wave and for ``all``.
    """

    name: str
    waves: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    settings: Wanted | None = None

    def options_for(self, asked: FeedOptions) -> FeedOptions:
        """Return how its entries are written: as the programme says, else as was asked for."""
        if self.settings is None:
            return asked
        said = self.settings.model_fields_set
        return asked._replace(
            fuzzy=self.settings.fuzzy if "fuzzy" in said else asked.fuzzy,
            cancelled=self.settings.cancelled if "cancelled" in said else asked.cancelled,
            alarms=tuple(self.settings.alarm) if "alarm" in said else asked.alarms,
        )

    @property
    def title(self) -> Text | None:
        """Return what it is called; None where that is for its wave or the programme to say."""
        return None if self.settings is None else self.settings.name or self.name

    @property
    def filter(self) -> Filter:
        """What the programme wants of its waves."""
        own = self.settings or Wanted()
        return Filter(
            kinds=tuple(own.kinds),
            priorities=tuple(own.priorities),
            actors=tuple(own.actors),
            countries=tuple(own.countries),
            regions=tuple(own.regions),
        )


def feed_names(plan: Plan) -> list[str]:
    """Return the names of all feeds: one a wave, ``all``, and the programme's own."""
    return [*plan.waves, ALL_FEED, *plan.programme.feeds]


def select_feeds(plan: Plan, names: Sequence[str]) -> list[CalendarFeed]:
    """Return the feeds of these names, all feeds where none is named; a renamed wave's goes on under its old names.

    Where none is named, a wave that has vanished keeps its feed too: who subscribed to it sees its moments go.
    """
    wanted = [name for name in feed_names(plan) if not names or name in names]
    gone = [] if names else _vanished_waves(plan)
    return [
        *(_build_feed(plan, name) for name in wanted),
        *(CalendarFeed(name, (name,), (), Wanted(name=name)) for name in gone),
    ]


def _vanished_waves(plan: Plan) -> list[str]:
    """Return the waves of the record that the plan does not hold any more under any name."""
    lines = plan.lockfile.entries.values() if plan.lockfile else ()
    named = {name.partition("/")[0] for line in lines for name in line.members}
    return sorted(
        named - plan.files.keys() - current_wave_names(plan).keys() - {ALL_FEED} - plan.programme.feeds.keys()
    )


def _build_feed(plan: Plan, name: str) -> CalendarFeed:
    if name == ALL_FEED:
        return CalendarFeed(ALL_FEED, tuple(plan.waves) + tuple(_vanished_waves(plan)))
    if name not in plan.waves:
        own = plan.programme.feeds[name]
        return CalendarFeed(name, tuple(own.waves) or (*plan.waves, *_vanished_waves(plan)), (), own)
    taken = set(plan.files) | {ALL_FEED} | plan.programme.feeds.keys()
    return CalendarFeed(name, (name,), tuple(old for old in plan.waves[name].was if old not in taken))


def matching_entries(
    published: Sequence[PublishedEntry], waves: Sequence[str], filters: Sequence[Filter], plan: Plan, today: date
) -> list[PublishedEntry]:
    """Return the entries that stand in any of the waves and of which all filters keep a time; whole ones."""
    named = frozenset(waves)
    asked = [one for one in filters if one != Filter()]
    return [
        one
        for one in published
        if named.intersection(one.group.waves)
        and (
            not asked or any(_matches(one, number, asked, plan, today) for number in range(len(one.group.occurrences)))
        )
    ]


def _matches(published: PublishedEntry, position: int, filters: Sequence[Filter], plan: Plan, today: date) -> bool:
    group, occurrence = published.group, published.group.occurrences[position]
    return all(one.matches(group, occurrence, group.place, plan.waves, today) for one in filters)
