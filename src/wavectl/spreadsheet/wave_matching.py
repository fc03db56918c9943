"""Find the wave of the rows of a sheet: by the rows themselves, or by the name of the sheet or the file."""

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
    """Return the id of the wave with this id, title or sheet name."""
    if not normalize_name(name):
        return None
    for id_, wave in plan.waves.items():
        titles = all_translations(wave.title)
        names = (id_, *titles, *(sheet_name(title, ()) for title in titles))
        if normalize_name(name) in map(normalize_name, names):
            return id_
    return None


def infer_wave(plan: Plan, row_waves: Iterable[str], names: Iterable[str]) -> str | None:
    """Return the wave of rows that name none: the first one of other rows, else the one named like the sheet or file.

    That may be a new wave. Return None if no name identifies a wave.
    """
    for text in row_waves:
        if wave := find_wave(plan, text):
            return wave
    for name in names:
        if wave := find_wave(plan, name) or wave_id_from_name(name):
            return wave
    return None


def wave_of_row(plan: Plan, stated: str, default_wave: str) -> str | None:
    """Return the wave that a row names, else the one of its sheet; None if the named wave does not exist."""
    if not stated.strip():
        return default_wave
    return find_wave(plan, stated) or (default_wave if normalize_name(stated) == default_wave else None)


def single_year(plan: Plan, wave: str) -> int | None:
    """Return the year of a wave if its calendar is within one year."""
    period = plan.waves[wave].period if wave in plan.waves else None
    if period is None or not period.earliest or not period.latest:
        return None
    return period.earliest.year if period.earliest.year == period.latest.year else None


_MAX_NAME_LENGTH = 31
"""The maximum length of a sheet name in Excel."""
_FORBIDDEN_CHARS = re.compile(r"[\[\]:*?/\\]")
_GENERIC_NAMES = re.compile(
    r"(sheet|feuil|feuille|hoja|tabelle|foglio|planilha|blad|table|tableau|tabla)-?\d*|csv|data|export"
)
"""Default names of sheets and files, normalised. They do not identify a wave."""


def wave_id_from_name(name: str) -> str | None:
    """Return a wave id from the name of a sheet or a file; None for default names."""
    if _GENERIC_NAMES.fullmatch(normalize_name(name)) or not normalize_name(name):
        return None
    wave_id = new_id(name, (), "all")
    return None if wave_id in RESERVED_IDS else wave_id


def sheet_name(title: str, used_names: Container[str]) -> str:
    """Return a sheet name that Excel accepts: at most 31 characters, no forbidden ones, not in ``used_names``.

    ``used_names`` are case-folded, because Excel ignores case.
    """
    safe = " ".join(_FORBIDDEN_CHARS.sub(" ", printable(title)).split()).strip("'")
    safe = safe[:_MAX_NAME_LENGTH].rstrip(" '") or "-"
    if safe.casefold() == "history":  # reserved by Excel
        safe += "_"
    number, free = 2, safe
    while free.casefold() in used_names:
        end = f" ({number})"
        free, number = safe[: _MAX_NAME_LENGTH - len(end)] + end, number + 1
    return free


def add_period(wave: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data of a new wave with a period that covers its moments; without dates it is only announced."""
    dates = [edtf.parse(moment["when"]) for moment in wave["moments"]]
    first = min((when.earliest for when in dates if when.earliest), default=None)
    last = max((when.last_known for when in dates if when.last_known), default=None)
    if first is None or last is None:
        return {**wave, "status": "announced"}
    return {**wave, "period": f"{first:%Y-%m}/{last:%Y-%m}"}
