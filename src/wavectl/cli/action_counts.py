"""Count the local actions of registers, and compare them, for the commands that show these beside moments."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from wavectl.cli.context import AppContext
from wavectl.diagnostics import msg, quoted
from wavectl.files import os_error_reason
from wavectl.plan.loader import ACTIONS_FOLDER, Plan

if TYPE_CHECKING:
    from wavectl.actions.comparison import ActionChanges
    from wavectl.actions.counts import Counts, RowCounter
    from wavectl.actions.filters import ActionFilter, CellTest
    from wavectl.render.world_map import MapCounts

AnyCounter = TypeVar("AnyCounter", bound="RowCounter")


def waves_with_actions(app: AppContext, waves: Iterable[str] | None = None) -> list[str]:
    """Return those of some waves, or of all, that have a register; the code of actions is not imported for that."""
    folder = app.plan.folder / ACTIONS_FOLDER
    return [wave for wave in (app.plan.files if waves is None else waves) if os.path.lexists(folder / f"{wave}.csv")]


def registers_of(app: AppContext, files: Collection[str], *, everything: bool) -> dict[str, str]:
    """Return the registers of the waves in some files, or all, by wave, with their names inside the plan's folder."""
    from wavectl.actions.register import register_paths

    waves = {wave for wave, file in app.plan.files.items() if file in files}
    try:
        found = register_paths(app.plan.folder)
    except OSError:  # the check says why
        return {}
    names = {wave: f"{ACTIONS_FOLDER}/{path.name}" for wave, path in found.items()}
    return {wave: name for wave, name in names.items() if everything or wave in waves or name in files}


def count_by_wave(
    app: AppContext, waves: Iterable[str], new_counter: Callable[[], AnyCounter], tests: Mapping[str, CellTest] = {}
) -> dict[str, AnyCounter]:
    """Return for each wave a counter that has counted its actions whose cells pass tests, by column.

    End the run if a register cannot be read.
    """
    from wavectl.actions.counts import count_rows
    from wavectl.cli.actions.selection import reading_register

    counters: dict[str, AnyCounter] = {}
    for wave in waves:
        counters[wave] = new_counter()
        with reading_register(app, wave) as path:
            count_rows(path, (counters[wave],), tests)
    return counters


def count_by_country(
    app: AppContext, waves: Iterable[str] | None = None, *, is_public: bool = False
) -> dict[str, Counts]:
    """Return the counts by country of those of some waves, or of all, that have a register.

    With ``is_public`` only what published counts hold is counted, and no result of an action that is still to come.
    """
    with_actions = waves_with_actions(app, waves)
    if not with_actions:
        return {}
    from wavectl.actions.counts import PUBLIC, CountBy, Tally
    from wavectl.actions.filters import KEEP_ALL

    tests = (PUBLIC if is_public else KEEP_ALL).tests(None, None)
    today = app.today if is_public else None
    tallies = count_by_wave(app, with_actions, lambda: Tally(CountBy.COUNTRY, today=today), tests)
    return {wave: tally.counts() for wave, tally in tallies.items()}


def count_by_cells(
    app: AppContext, waves: Iterable[str] | None, *columns: str, only_shown: bool = False
) -> dict[str, Counter[tuple[Any, ...]]]:
    """Return how many actions have the same values in columns, by wave that has a register; None is an empty cell.

    With ``only_shown`` only those whose texts may be published.
    """
    with_actions = waves_with_actions(app, waves)
    if not with_actions:
        return {}
    from wavectl.actions.counts import CellCounter

    counters = count_by_wave(app, with_actions, lambda: CellCounter(*columns, only_shown=only_shown))
    return {wave: counter.counts() for wave, counter in counters.items()}


def count_for_map(app: AppContext, waves: Iterable[str], keep: ActionFilter) -> MapCounts:
    """Count what a map shows of some waves: the actions that a filter keeps and that may be counted in public."""
    from wavectl.actions.counts import PUBLIC, CountBy, PlaceCounter, Tally, count_rows
    from wavectl.actions.filters import KEEP_ALL
    from wavectl.cli.actions.selection import reading_register
    from wavectl.render.world_map import MapCounts
    from wavectl.timeline.actors import RegionIndex

    public = keep._replace(reviews=PUBLIC.reviews, publish=PUBLIC.publish)
    tests, tally, places = public.tests(RegionIndex(app.plan), app.today), Tally(CountBy.COUNTRY), PlaceCounter()
    for wave in waves_with_actions(app, waves):
        with reading_register(app, wave) as path:
            count_rows(path, (tally, places), tests)
    counts = tally.counts()
    countries = {country: count.actions for country, count in counts.rows.items()}
    return MapCounts(countries, counts.unknown.actions, places.places(), keep != KEEP_ALL)


def compare_actions(app: AppContext, old: Plan, new: Plan, *, public: bool = False) -> dict[str, ActionChanges]:
    """Return what changed in the registers, by wave; say which one cannot be read.

    With ``public`` only what published counts hold is compared.
    """
    if not any((plan.folder / ACTIONS_FOLDER).is_dir() for plan in (old, new)):
        return {}
    from wavectl.actions.comparison import compare_registers
    from wavectl.actions.register import RegisterError, register_path
    from wavectl.insights.plan_changes import match_waves

    earlier_ids = match_waves(old, new)
    removed = {wave: wave for wave in old.waves if wave not in earlier_ids.values()}
    found = {}
    for wave in (*new.waves, *removed):
        old_id = earlier_ids.get(wave) or removed.get(wave)
        paths = register_path(old.folder, old_id) if old_id else None, register_path(new.folder, wave)
        try:
            found[wave] = compare_registers(*paths, public=public)
        except (OSError, RegisterError) as error:
            reason = error.message if isinstance(error, RegisterError) else os_error_reason(error)
            app.console.write_message(
                msg("the actions of the wave {wave} cannot be compared: {reason}", wave=quoted(wave), reason=reason)
            )
    return found
