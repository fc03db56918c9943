"""Read the local actions that the site shows: public counts, and the actions that may be shown."""

from __future__ import annotations

from collections.abc import Callable

from wavectl.cli.action_counts import count_for_map, waves_with_actions
from wavectl.cli.context import AppContext
from wavectl.publishing.site.facts import ShownAction, SiteActions, WaveActions


def read_site_actions(app: AppContext) -> SiteActions:
    """Return the local actions of all waves as the site shows them; end the run if a register cannot be read."""
    waves = waves_with_actions(app)
    if not waves:
        return SiteActions()
    from wavectl.actions.counts import PUBLIC, CountBy, Tally, first_day
    from wavectl.actions.filters import KEEP_ALL
    from wavectl.actions.register import read_columns
    from wavectl.actions.rhythm import COLUMNS, build_rhythm
    from wavectl.cli.actions.selection import open_register, reading_register
    from wavectl.insights.action_list import ListedAction, in_order
    from wavectl.render.timeline.chart import WeeklyActions
    from wavectl.timeline.actors import RegionIndex

    regions = RegionIndex(app.plan)
    totals = [Tally(by, PUBLIC, regions, app.today) for by in (CountBy.COUNTRY, CountBy.REGION)]
    is_public, tests = PUBLIC.matcher(None, None), PUBLIC.tests(None, None)
    shown: list[ListedAction] = []
    by_wave = {}
    for wave in waves:
        tallies = [Tally(by, PUBLIC, regions, app.today) for by in (CountBy.COUNTRY, CountBy.WEEK)]
        with reading_register(app, wave) as path:
            for tally in (*tallies, *totals):
                tally.add(read_columns(path, *tally.columns))
            cells = read_columns(path, *tests, *COLUMNS)
            rows = (row[len(tests) :] for row in cells if all(map(_passes, tests.values(), row)))
            rhythm = build_rhythm(app.plan, wave, rows, app.today)
        by_country, by_week = (tally.counts() for tally in tallies)
        weeks = {first_day(key): week.actions for key, week in by_week.rows.items()}
        by_wave[wave] = WaveActions(
            by_country, WeeklyActions(weeks, by_week.unknown.actions), count_for_map(app, [wave], KEEP_ALL), rhythm
        )
        listed = open_register(app, wave, is_public).actions()
        shown += [
            ListedAction(wave, action.without_private()) for action in listed if action.is_shown and action.is_counted
        ]
    country, region = (tally.counts() for tally in totals)
    ordered = [ShownAction(*one) for one in in_order(shown, app.plan.programme.timezone)]
    return SiteActions(country.total, count_for_map(app, waves, KEEP_ALL), country.rows, region.rows, by_wave, ordered)


def _passes(test: Callable[[str], bool], cell: str) -> bool:
    return test(cell)
