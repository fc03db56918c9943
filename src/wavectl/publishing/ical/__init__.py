"""Entries -> calendar feeds: which there are, what each holds, and the bytes of each (RFC 5545, RFC 7986)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from wavectl.model import Feed as Wanted
from wavectl.model import Text
from wavectl.plan.loader import Plan
from wavectl.publishing.ical.entry_text import Wording
from wavectl.publishing.ical.vcalendar import Calendar, Drawn, Title, calendar
from wavectl.publishing.ical.vevent import Manner
from wavectl.publishing.tracking import Published, present_names
from wavectl.timeline import Filter

__all__ = ["ALL", "Calendar", "Drawn", "Feed", "Manner", "Title", "Wording", "calendar", "feed_names", "feeds", "kept"]

ALL = "all"
"""The name of the feed of all waves."""


class Feed(NamedTuple):
    """A feed: its name, the waves it is made of, and the further names under which it is published.

    ``wanted`` is what the programme says of a feed of its own, None for one of a wave and for ``all``.
    """

    name: str
    waves: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    wanted: Wanted | None = None

    def manner(self, asked: Manner) -> Manner:
        """Return how its entries are written: as the programme says, else as was asked for."""
        if self.wanted is None:
            return asked
        said = self.wanted.model_fields_set
        return asked._replace(
            fuzzy=self.wanted.fuzzy if "fuzzy" in said else asked.fuzzy,
            cancelled=self.wanted.cancelled if "cancelled" in said else asked.cancelled,
            alarms=tuple(self.wanted.alarm) if "alarm" in said else asked.alarms,
        )

    @property
    def title(self) -> Text | None:
        """Return what it is called; None where that is for its wave or the programme to say."""
        return None if self.wanted is None else self.wanted.name or self.name

    @property
    def filter(self) -> Filter:
        """What the programme wants of its waves."""
        own = self.wanted or Wanted()
        return Filter(
            kinds=tuple(own.kinds),
            priorities=tuple(own.priorities),
            actors=tuple(own.actors),
            countries=tuple(own.countries),
            regions=tuple(own.regions),
        )


def feed_names(plan: Plan) -> list[str]:
    """Return the names of all feeds: one a wave, ``all``, and the programme's own."""
    return [*plan.waves, ALL, *plan.programme.feeds]


def feeds(plan: Plan, names: Sequence[str]) -> list[Feed]:
    """Return the feeds of these names, all feeds where none is named; a renamed wave's goes on under its old names.

    Where none is named, a wave that has vanished keeps its feed too: who subscribed to it sees its moments go.
    """
    wanted = [name for name in feed_names(plan) if not names or name in names]
    gone = [] if names else _gone(plan)
    return [*(_feed(plan, name) for name in wanted), *(Feed(name, (name,), (), Wanted(name=name)) for name in gone)]


def _gone(plan: Plan) -> list[str]:
    """Return the waves of the record that the plan does not hold any more under any name."""
    lines = plan.record.lines.values() if plan.record else ()
    named = {name.partition("/")[0] for line in lines for name in line.members}
    return sorted(named - plan.files.keys() - present_names(plan).keys() - {ALL} - plan.programme.feeds.keys())


def _feed(plan: Plan, name: str) -> Feed:
    if name == ALL:
        return Feed(ALL, tuple(plan.waves) + tuple(_gone(plan)))
    if name not in plan.waves:
        own = plan.programme.feeds[name]
        return Feed(name, tuple(own.waves) or (*plan.waves, *_gone(plan)), (), own)
    taken = set(plan.files) | {ALL} | plan.programme.feeds.keys()
    return Feed(name, (name,), tuple(old for old in plan.waves[name].was if old not in taken))


def kept(
    published: Sequence[Published], waves: Sequence[str], filters: Sequence[Filter], plan: Plan, today: date
) -> list[Published]:
    """Return the entries that stand in any of the waves and of which all filters keep a time; whole ones."""
    named = frozenset(waves)
    asked = [one for one in filters if one != Filter()]
    return [
        one
        for one in published
        if named.intersection(one.group.waves)
        and (not asked or any(_keeps(one, number, asked, plan, today) for number in range(len(one.group.occurrences))))
    ]


def _keeps(published: Published, number: int, filters: Sequence[Filter], plan: Plan, today: date) -> bool:
    group, occurrence = published.group, published.group.occurrences[number]
    return all(one.keeps(group, occurrence, group.place, plan.waves, today) for one in filters)
