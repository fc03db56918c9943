"""Which wave the rows of a sheet belong to: the one that they name, else the one that the sheet or the file goes by."""

from __future__ import annotations

from collections.abc import Iterable

from wavectl.model import all_translations
from wavectl.plan.loader import Plan
from wavectl.spreadsheet.sheet_names import sheet_name, wave_id_from_name
from wavectl.text.suggest import normalize_name


def find_wave(plan: Plan, name: str) -> str | None:
    """Return the wave that goes by a name: its id, its title, or the name of its sheet."""
    if not normalize_name(name):
        return None
    for id_, wave in plan.waves.items():
        titles = all_translations(wave.title)
        if normalize_name(name) in {
            normalize_name(one) for one in (id_, *titles, *(sheet_name(title, ()) for title in titles))
        }:
            return id_
    return None


def infer_wave(plan: Plan, row_waves: Iterable[str], names: Iterable[str]) -> str | None:
    """Return the wave of rows that name none: the first that other rows tell, else one called after a sheet or a file.

    That may be a new one. None where no name says anything of a wave.
    """
    for text in row_waves:
        if wave := find_wave(plan, text):
            return wave
    for name in names:
        if found := find_wave(plan, name) or wave_id_from_name(name):
            return found
    return None


def wave_of_row(plan: Plan, stated: str, default_wave: str) -> str | None:
    """Return the wave that a row tells, else the one of its sheet; None for one that there is not."""
    if not stated.strip():
        return default_wave
    return find_wave(plan, stated) or (default_wave if normalize_name(stated) == default_wave else None)


def single_year(plan: Plan, wave: str) -> int | None:
    """Return the year of a wave whose calendar lies in one."""
    period = plan.waves[wave].period if wave in plan.waves else None
    if period is None or not period.earliest or not period.latest:
        return None
    return period.earliest.year if period.earliest.year == period.latest.year else None
