"""Read the local actions that the site shows: public counts, and the actions that may be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wavectl.cli.action_counts import waves_with_actions
from wavectl.cli.context import AppContext
from wavectl.publishing.site.facts import MAX_SHOWN_ACTIONS, SiteActions, WaveActions

if TYPE_CHECKING:
    from wavectl.actions.counts import Counts, Tally
    from wavectl.insights.action_list import FirstShown
    from wavectl.timeline.groups import MomentGroup


def read_site_actions(app: AppContext) -> SiteActions:
    """Return the local actions of all waves as the site shows them; end the run if a register cannot be read."""
    waves = waves_with_actions(app)
    if not waves:
        return SiteActions()
    from wavectl.actions.counts import CountBy, Tally, sum_counts
    from wavectl.insights.action_list import FirstShown
    from wavectl.render.world_map import MapCounts
    from wavectl.timeline.groups import resolve_groups
    from wavectl.timeline.public_plan import public_plan

    groups: dict[str, list[MomentGroup]] = {wave: [] for wave in app.plan.waves}
    for group in resolve_groups(public_plan(app.plan), drafts=False):
        for wave in group.waves:
            groups[wave].append(group)
    shown = FirstShown(MAX_SHOWN_ACTIONS, app.plan.programme.timezone, app.today)
    total = Tally(CountBy.COUNTRY)
    by_wave = {wave: _read_wave(app, wave, groups[wave], total, shown) for wave in waves}
    counts = total.counts()
    by_region = {
        name: sum_counts(count for code, count in counts.rows.items() if code in region.countries)
        for name, region in app.plan.programme.regions.items()
    }
    places = {place for wave in by_wave.values() for place in wave.world_map.places}
    return SiteActions(
        counts.total,
        MapCounts(_numbers(counts), counts.unknown.actions, places),
        counts.rows,
        by_region,
        by_wave,
        shown.actions(),
        shown.numbers,
    )


def _read_wave(app: AppContext, wave: str, groups: list[MomentGroup], total: Tally, shown: FirstShown) -> WaveActions:
    """Return the counts of a wave, whose moments are ``groups``; add its actions to those of all waves."""
    from wavectl.actions.counts import PUBLIC, CountBy, PlaceCounter, Tally, count_rows, first_day
    from wavectl.actions.rhythm import RhythmCounter
    from wavectl.cli.actions.selection import reading_register
    from wavectl.render.timeline.chart import WeeklyActions
    from wavectl.render.world_map import MapCounts

    shown.wave = wave
    countries, places = Tally(CountBy.COUNTRY, today=app.today), PlaceCounter()
    times = RhythmCounter(app.plan, wave, app.today, groups)
    with reading_register(app, wave) as path:
        count_rows(path, (countries, places, times, shown), PUBLIC.tests(None, None))
    total.merge(countries)
    by_country, rhythm = countries.counts(), times.rhythm()
    by_week = {first_day(week): actions for week, actions in rhythm.weeks.items()}
    return WaveActions(
        by_country,
        WeeklyActions(by_week, by_country.total.actions - sum(by_week.values())),
        MapCounts(_numbers(by_country), by_country.unknown.actions, places.places()),
        rhythm,
    )


def _numbers(counts: Counts) -> dict[str, int]:
    """Return the numbers of actions by country."""
    return {country: count.actions for country, count in counts.rows.items()}
