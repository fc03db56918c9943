"""The calendar of a wave that came from a sheet: the months from its first moment through its last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wavectl.dates import edtf


def add_period(wave: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data of a new wave with a period around its moments; one without dates is only announced."""
    dates = [edtf.parse(moment["when"]) for moment in wave["moments"]]
    first = min((when.earliest for when in dates if when.earliest), default=None)
    last = max((when.last_known for when in dates if when.last_known), default=None)
    if first is None or last is None:
        return {**wave, "status": "announced"}
    return {**wave, "period": f"{first:%Y-%m}/{last:%Y-%m}"}
