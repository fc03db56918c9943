"""Dates as patterns: the forms of EDTF that a plan may use, as far as a pattern can tell.

What it cannot: an end before its start, and an hour that the clocks skip. The patterns are read alike by Python and by
the JavaScript of editors.
"""

from __future__ import annotations

from wavectl.dates import edtf

_YEAR = "(?!0|1[0-4]|15[0-7]|158[0-2]|9999)[0-9]{4}"
_LEAP = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29"
_LENGTHS = (
    "(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31"  # month and day
)
_DAY = f"(?:{_YEAR}-(?:{_LENGTHS})|(?!15[0-7]|0|1[0-4]|158[0-2]){_LEAP})"
_CLOCK = "T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_PART = f"{_YEAR}(?:-(?:(?:0[1-9]|1[0-2])(?:-XX)?|2[1-4]|3[3-6]|4[01]|XX(?:-XX)?))?"
_DOUBT = "[?~%]?"

_STRETCH = f"(?:{_DAY}|{_PART})"
_DATED = f"{_STRETCH}{_DOUBT}(?:/(?:{_STRETCH}{_DOUBT}|\\.\\.)?)?"
_POINT = f"(?:{_DAY}(?:{_CLOCK})?|{_PART}){_DOUBT}"
_ANY = f"{_POINT}(?:/(?:{_POINT}|\\.\\.)?)?"
_SPAN = f"{_STRETCH}\\.\\.{_STRETCH}"


def _whole(pattern: str) -> str:
    """Return the pattern of all of a text, spaces around it set aside."""
    return f"^\\s*(?:{pattern})\\s*$"


DATE = _whole(f"unknown|{_ANY}|\\[{_SPAN}\\]")
"""A value of ``when``."""
SPAN = f"^(?:{_SPAN})$"
"""A range between the brackets of a set."""
PERIOD = _whole(_DATED)
"""A value of ``period``: no times, no sets, nothing unknown."""
DAY = f"^\\s*({_DAY})(?:/\\1)?\\s*$"
"""A value of ``confirm_by``: one day."""
OCCURRENCE = f"^(?:{_ANY})$"
"""A key of ``except``: the date of an occurrence."""
YEARS = {"minimum": edtf.FIRST_YEAR, "maximum": edtf.LAST_YEAR, "multipleOf": 1}
"""A year alone is a number to YAML."""
