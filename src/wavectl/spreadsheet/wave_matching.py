"""Which wave the rows of a sheet belong to: the one that they name, else the one that the sheet or the file goes by."""

from __future__ import annotations

from collections.abc import Iterable

from wavectl.model import texts
from wavectl.plan.loader import Plan
from wavectl.spreadsheet.sheet_names import sheet_name, wave_id
from wavectl.text.suggest import plain


def called(plan: Plan, name: str) -> str | None:
    """Return the wave that goes by a name: its id, its title, or the name of its sheet."""
    if not plain(name):
        return None
    for id_, wave in plan.waves.items():
        titles = texts(wave.title)
        if plain(name) in {plain(one) for one in (id_, *titles, *(sheet_name(title, ()) for title in titles))}:
            return id_
    return None


def home(plan: Plan, told: Iterable[str], names: Iterable[str]) -> str | None:
    """Return the wave of rows that name none: the first that other rows tell, else one called after a sheet or a file.

    That may be a new one. None where no name says anything of a wave.
    """
    for text in told:
        if wave := called(plan, text):
            return wave
    for name in names:
        if found := called(plan, name) or wave_id(name):
            return found
    return None


def of_row(plan: Plan, told: str, home: str) -> str | None:
    """Return the wave that a row tells, else the one of its sheet; None for one that there is not."""
    if not told.strip():
        return home
    return called(plan, told) or (home if plain(told) == home else None)


def only_year(plan: Plan, wave: str) -> int | None:
    """Return the year of a wave whose calendar lies in one."""
    period = plan.waves[wave].period if wave in plan.waves else None
    if period is None or not period.earliest or not period.latest:
        return None
    return period.earliest.year if period.earliest.year == period.latest.year else None
