"""Select the feeds of a plan, and the entries of each."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from wavectl.lockfile.entry import is_action_uid
from wavectl.model import Feed, Text
from wavectl.plan.loader import Plan
from wavectl.publishing.ical.vevent import FeedOptions
from wavectl.publishing.tracking.next_lock import PublishedEntry, first_name, former_waves, vanished_waves
from wavectl.timeline.entries import Filter

ALL_FEED = "all"
"""The name of the feed of all waves."""


class CalendarFeed(NamedTuple):
    """A feed: its name, its waves, and the other names under which it is published.

    ``settings`` are those of one of the programme's ``feeds``; None for the feed of a wave and for ``all``.
    """

    name: str
    waves: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    settings: Feed | None = None

    def options_for(self, options: FeedOptions) -> FeedOptions:
        """Return the options of its entries: those in its settings, else the ones passed."""
        if self.settings is None:
            return options
        stated = {name: getattr(self.settings, name) for name in self.settings.model_fields_set}
        return options._replace(
            fuzzy=stated.get("fuzzy", options.fuzzy),
            cancelled=stated.get("cancelled", options.cancelled),
            alarms=tuple(stated.get("alarm", options.alarms)),
        )

    def has(self, entry: PublishedEntry) -> bool:
        """Tell whether it has entries of this kind: moments, unless its settings say no, and actions if they say so."""
        settings = self.settings or Feed()
        return settings.actions if is_action_uid(entry.uid) else settings.moments

    @property
    def title(self) -> Text | None:
        """Return the title in its settings, else its name; None where its wave or the programme gives the title."""
        return None if self.settings is None else self.settings.name or self.name

    @property
    def filter(self) -> Filter:
        """Return the filter in its settings."""
        settings = self.settings or Feed()
        return Filter(
            kinds=tuple(settings.kinds),
            priorities=tuple(settings.priorities),
            actors=tuple(settings.actors),
            countries=tuple(settings.countries),
            regions=tuple(settings.regions),
        )


def feed_file_name(plan: Plan, name: str, language: str) -> str:
    """Return the name of a feed's file, with the language unless it is the programme's first."""
    return f"{name}.ics" if language == plan.programme.languages[0] else f"{name}.{language}.ics"


def feed_address(plan: Plan, name: str, language: str) -> str:
    """Return the address of a published feed; "" if the programme has no site."""
    site = plan.programme.site
    return f"{site.rstrip('/')}/{feed_file_name(plan, name, language)}" if site else ""


def feed_names(plan: Plan) -> list[str]:
    """Return the names of all feeds: one a wave, ``all``, and the programme's ``feeds``."""
    return [*plan.waves, ALL_FEED, *plan.programme.feeds]


def select_feeds(plan: Plan, names: Sequence[str]) -> list[CalendarFeed]:
    """Return the feeds with these names, all feeds if there are no names.

    All feeds include those of waves that have vanished from the plan, so that subscribers see their entries withdrawn.
    """
    selected = [_build_feed(plan, name) for name in feed_names(plan) if not names or name in names]
    vanished = [] if names else _vanished_waves(plan)
    return [*selected, *(CalendarFeed(name, (name,), _first_names(plan, name), Feed(name=name)) for name in vanished)]


def _first_names(plan: Plan, wave: str) -> tuple[str, ...]:
    """Return the names that a vanished wave had first, so that its feed goes on there."""
    former = former_waves(plan)
    names = {first_name(uid)[0] for uid in former[wave]} & former.keys()
    return tuple(sorted(names - vanished_waves(plan) - {ALL_FEED} - plan.programme.feeds.keys()))


def _vanished_waves(plan: Plan) -> list[str]:
    return sorted(vanished_waves(plan) - {ALL_FEED} - plan.programme.feeds.keys())


def _build_feed(plan: Plan, name: str) -> CalendarFeed:
    """Return the feed with this name; that of a renamed wave is also published under the wave's earlier names."""
    if name == ALL_FEED:
        return CalendarFeed(ALL_FEED, tuple(plan.waves) + tuple(_vanished_waves(plan)))
    if name not in plan.waves:
        settings = plan.programme.feeds[name]
        return CalendarFeed(name, tuple(settings.waves) or (*plan.waves, *_vanished_waves(plan)), (), settings)
    taken = {*plan.files, ALL_FEED, *plan.programme.feeds}
    return CalendarFeed(name, (name,), tuple(old for old in plan.waves[name].was if old not in taken))


def matching_entries(
    published: Sequence[PublishedEntry], waves: Sequence[str], filters: Sequence[Filter], plan: Plan, today: date
) -> list[PublishedEntry]:
    """Return the entries of these waves that have an occurrence which all filters keep; entries stay whole.

    Actors are those that an action names; a moment that names no actor belongs to all actors of its waves.
    """
    wave_ids = frozenset(waves)
    active = [entry_filter for entry_filter in filters if entry_filter != Filter()]

    def matches(entry: PublishedEntry) -> bool:
        group = entry.group
        if is_action_uid(entry.uid) and any(one.actors and not {*one.actors} & {*group.actors} for one in active):
            return False
        return not active or any(
            all(one.matches(group, occurrence, plan.waves, today) for one in active) for occurrence in group.occurrences
        )

    return [entry for entry in published if wave_ids.intersection(entry.group.waves) and matches(entry)]
