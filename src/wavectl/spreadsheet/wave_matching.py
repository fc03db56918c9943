"""Which wave the rows of a sheet belong to: the one that they name, else the one that the sheet or the file goes by."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from typing import Any

from wavectl.dates import edtf
from wavectl.editing.references import new_id
from wavectl.model import all_translations
from wavectl.plan.loader import RESERVED_IDS, Plan
from wavectl.text.suggest import normalize_name
from wavectl.text.terminal import printable


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


_MAX_NAME_LENGTH = 31
"""How many characters the name of a sheet has at most."""
_FORBIDDEN_CHARS = re.compile(r"[\[\]:*?/\\]")
_GENERIC_NAMES = re.compile(
    r"(sheet|feuil|feuille|hoja|tabelle|foglio|planilha|blad|table|tableau|tabla)-?\d*|csv|data|export"
)
"""Names that programs give to sheets, in plain letters: they say nothing of a wave."""


def wave_id_from_name(name: str) -> str | None:
    """Return the id of a wave that goes by the name of a sheet or a file; None for names that say nothing."""
    if _GENERIC_NAMES.fullmatch(normalize_name(name)) or not normalize_name(name):
        return None
    made = new_id(name, (), "all")
    return None if made in RESERVED_IDS else made


def sheet_name(title: str, used_names: Container[str]) -> str:
    """Return a name for a sheet: at most 31 characters, none that Excel forbids, and not one of those taken.

    ``taken`` holds names in small letters: Excel tells them apart by no more.
    """
    safe = (
        " ".join(_FORBIDDEN_CHARS.sub(" ", printable(title)).split()).strip("'")[:_MAX_NAME_LENGTH].rstrip(" '") or "-"
    )
    if safe.casefold() == "history":  # Excel keeps that one for itself
        safe += "_"
    number, free = 2, safe
    while free.casefold() in used_names:
        end = f" ({number})"
        free, number = safe[: _MAX_NAME_LENGTH - len(end)] + end, number + 1
    return free


def add_period(wave: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data of a new wave with a period around its moments; one without dates is only announced."""
    dates = [edtf.parse(moment["when"]) for moment in wave["moments"]]
    first = min((when.earliest for when in dates if when.earliest), default=None)
    last = max((when.last_known for when in dates if when.last_known), default=None)
    if first is None or last is None:
        return {**wave, "status": "announced"}
    return {**wave, "period": f"{first:%Y-%m}/{last:%Y-%m}"}
