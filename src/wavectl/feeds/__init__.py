"""Timeline -> calendar feeds: which there are, and the bytes of each (RFC 5545, RFC 7986)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from wavectl.feeds.calendar import Calendar, calendar
from wavectl.feeds.event import Manner
from wavectl.feeds.wording import Wording
from wavectl.plan import Plan
from wavectl.timeline import Group

__all__ = ["ALL", "Calendar", "Feed", "Manner", "Wording", "calendar", "feed_names", "feeds", "of_waves"]

ALL = "all"
"""The name of the feed of all waves."""


class Feed(NamedTuple):
    """A feed: its name, the waves it is made of, and the further names under which it is published."""

    name: str
    waves: tuple[str, ...]
    aliases: tuple[str, ...] = ()


def feed_names(plan: Plan) -> list[str]:
    """Return the names of all feeds: one a wave, and ``all``."""
    return [*plan.waves, ALL]


def feeds(plan: Plan, names: Sequence[str]) -> list[Feed]:
    """Return the feeds of these names, all feeds where none is named; a renamed wave's goes on under its old names."""
    wanted = [name for name in feed_names(plan) if not names or name in names]
    return [_feed(plan, name) for name in wanted]


def _feed(plan: Plan, name: str) -> Feed:
    if name == ALL:
        return Feed(ALL, tuple(plan.waves))
    taken = set(plan.files) | {ALL}
    return Feed(name, (name,), tuple(old for old in plan.waves[name].was if old not in taken))


def of_waves(groups: Sequence[Group], waves: Sequence[str]) -> list[Group]:
    """Return the groups that stand in any of the waves."""
    wanted = frozenset(waves)
    return [group for group in groups if wanted.intersection(group.waves)]
