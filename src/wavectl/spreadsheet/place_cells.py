"""What becomes of the place of a moment, which a wave file writes as a text or as a block of keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wavectl.diagnostics import KeyPath
from wavectl.model.types import name_as_block

_COUNTRY_KEYS = ("country", "online", "scope")


def place_changes(path: KeyPath, current: Any, row_values: Mapping[str, Any]) -> dict[KeyPath, Any]:
    """Return the wishes for the place of the moment at ``path``.

    ``written`` is how the file has it. ``meant`` may give ``place``, the new name, and ``country``, the new country
    with what else stands with it; None and nothing take these away.
    """
    if "place" not in row_values and "country" not in row_values:
        return {}
    here: KeyPath = (*path, "place")
    is_block = isinstance(current, dict) and name_as_block(current) is current
    if is_block:
        wishes: dict[KeyPath, Any] = {(*here, "name"): row_values["place"]} if "place" in row_values else {}
        if "country" in row_values:
            new = row_values["country"] or {}
            wishes |= {(*here, key): new.get(key) for key in _COUNTRY_KEYS if key in new or key in current}
        return wishes
    name = row_values.get("place", current)
    where = row_values.get("country") or {}
    return {here: {**({"name": name} if name else {}), **where} if where else name}
