"""What becomes of the place of a moment, which a wave file writes as a text or as a block of keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wavectl.diagnostics import Path
from wavectl.model.types import named

_WHERE = ("country", "online", "scope")


def place_wishes(path: Path, written: Any, meant: Mapping[str, Any]) -> dict[Path, Any]:
    """Return the wishes for the place of the moment at ``path``.

    ``written`` is how the file has it. ``meant`` may give ``place``, the new name, and ``country``, the new country
    with what else stands with it; None and nothing take these away.
    """
    if "place" not in meant and "country" not in meant:
        return {}
    here: Path = (*path, "place")
    is_block = isinstance(written, dict) and named(written) is written
    if is_block:
        wishes: dict[Path, Any] = {(*here, "name"): meant["place"]} if "place" in meant else {}
        if "country" in meant:
            new = meant["country"] or {}
            wishes |= {(*here, key): new.get(key) for key in _WHERE if key in new or key in written}
        return wishes
    name = meant.get("place", written)
    where = meant.get("country") or {}
    return {here: {**({"name": name} if name else {}), **where} if where else name}
