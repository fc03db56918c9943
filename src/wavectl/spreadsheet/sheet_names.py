"""Names that are made: ids of waves from what their sheets are called, and names of sheets that Excel takes."""

from __future__ import annotations

import re
from collections.abc import Container

from wavectl.editing.slugs import new_id
from wavectl.plan.loader import RESERVED_IDS
from wavectl.text.suggest import normalize_name
from wavectl.text.terminal import printable

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
