"""Read the local actions that feeds of the programme hold (``actions: true``)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from wavectl.cli.action_counts import waves_with_actions
from wavectl.cli.context import AppContext
from wavectl.cli.options import EXIT_FAILURE
from wavectl.diagnostics import msg
from wavectl.model import Feed

if TYPE_CHECKING:
    from wavectl.actions.action import Action
    from wavectl.actions.register import Row
    from wavectl.timeline.actors import RegionIndex

MAX_ACTIONS = 20_000
"""How many actions all feeds have at most: wavectl.lock has a line for each."""


def read_feed_actions(app: AppContext, names: Sequence[str], waves: Sequence[str]) -> list[tuple[str, Action]] | None:
    """Return the actions of some waves that any feed holds, each with its wave; None if no such feed is requested.

    ``names`` are those of the requested feeds, none for all. End the run if a register cannot be read.
    """
    feeds = {name: feed for name, feed in app.plan.programme.feeds.items() if feed.actions}
    if not feeds or (names and feeds.keys().isdisjoint(names)):
        return None
    from wavectl.cli.actions.selection import open_register
    from wavectl.timeline.actors import RegionIndex

    regions = RegionIndex(app.plan)
    found: list[tuple[str, Action]] = []
    for wave in waves_with_actions(app, waves):
        holding = [feed for feed in feeds.values() if not feed.waves or wave in feed.waves]
        kept = open_register(app, wave, _keeper(holding, regions, app.today))
        found += ((wave, action) for action in kept.actions())
    if len(found) > MAX_ACTIONS:
        app.console.fail(
            msg("the feeds have more than {count} local actions", count=MAX_ACTIONS),
            msg("choose fewer with regions, countries or waves of the feeds in programme.yaml"),
            EXIT_FAILURE,
        )
    return found


def _keeper(feeds: Sequence[Feed], regions: RegionIndex, today: date) -> Callable[[Row], bool]:
    """Return a function that tells whether one of the feeds holds a row."""
    from wavectl.actions.action import FORGOTTEN
    from wavectl.actions.filters import ActionFilter

    tests = [
        (
            feed.kinds,
            ActionFilter(
                reviews=("accepted",),
                publish=("full",),
                priorities=feed.priorities,
                actors=feed.actors,
                countries=feed.countries,
                regions=feed.regions,
            ).matcher(regions, today),
        )
        for feed in feeds
    ]

    def is_kept(row: Row) -> bool:
        kind = row.get("kind") or "event"
        is_held = any(matches(row) for kinds, matches in tests if not kinds or kind in kinds)
        return is_held and row.get("title") != FORGOTTEN

    return is_kept
