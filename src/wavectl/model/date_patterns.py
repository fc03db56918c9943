"""Regular expressions of the dates that wavectl reads (EDTF, ISO 8601-2), for JSON Schema.

They accept what ``dates.edtf.parse`` accepts, as far as a pattern can: not expressed are an end before its start, and
an hour that the clocks skip. Python and the JavaScript of editors read them alike.
"""

from typing import Any

from wavectl.dates import edtf
from wavectl.diagnostics import phrase

_YEAR = "(?!0|1[0-4]|15[0-7]|158[0-2]|9999)[0-9]{4}"
_LEAP = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29"
_LENGTHS = (
    "(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31"  # month and day
)
_DAY = f"(?:{_YEAR}-(?:{_LENGTHS})|(?!15[0-7]|0|1[0-4]|158[0-2]){_LEAP})"
_CLOCK = "T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_PART = f"{_YEAR}(?:-(?:(?:0[1-9]|1[0-2])(?:-XX)?|2[1-9]|3[0-9]|4[01]|XX(?:-XX)?))?"
_DOUBT = "[?~%]?"
_STRETCH = f"(?:{_DAY}|{_PART})"
_POINT = f"(?:{_DAY}(?:{_CLOCK})?|{_PART}){_DOUBT}"
_ANY = f"(?:(?:\\.\\.)?/{_POINT}|{_POINT}(?:/(?:{_POINT}|\\.\\.)?)?)"
_SPAN = f"{_STRETCH}\\.\\.{_STRETCH}"
_CHOICE = f"\\s*{_DAY}\\s*(?:,\\s*{_DAY}\\s*){{1,{edtf.MAX_CHOICES - 1}}}"


def text_schema(pattern: str, hint: str) -> dict[str, Any]:
    """Return the JSON Schema of texts that match a pattern, with the hint for others."""
    return {"type": "string", "pattern": pattern, "patternErrorMessage": hint}


def _date_schema(pattern: str, hint: str) -> dict[str, Any]:
    return {**text_schema(f"^\\s*(?:{pattern})\\s*$", hint), **_YEARS}


def _list_schema(pattern: str, fewest: int, most: int) -> dict[str, Any]:
    items = text_schema(f"^(?:{pattern})$", edtf.SET_HINT.text)
    return {"type": "array", "items": items, "minItems": fewest, "maxItems": most, "uniqueItems": True}


_YEARS = {"minimum": edtf.FIRST_YEAR, "maximum": edtf.LAST_YEAR}  # a year alone is a number to YAML
DATE_HINT = phrase("write 2017-11-02, 2017-11-02/2017-11-03, 2018-03, 2018 or unknown")
DATE = {
    "anyOf": [
        _date_schema(f"unknown|{_ANY}|\\[(?:{_SPAN}|{_CHOICE})\\]", DATE_HINT),
        # without quotation marks, a set is a list to YAML
        _list_schema(_SPAN, 1, 1),
        _list_schema(f"\\s*{_DAY}\\s*", 2, edtf.MAX_CHOICES),
    ]
}
"""A value of ``when``."""
PERIOD = _date_schema(
    f"{_STRETCH}{_DOUBT}(?:/(?:{_STRETCH}{_DOUBT}|\\.\\.)?)?",
    phrase("write its first and its last month: 2017-05/2018-12"),
)
"""A value of ``period``: no times, no sets, nothing unknown."""
DAY = _date_schema(f"({_DAY})(?:/\\1)?", phrase("write a day, such as 2017-06-30"))
"""A value of ``confirm_by``: one day."""
OCCURRENCE = {"type": "string", "pattern": f"^(?:{_ANY})$"}
"""A key of ``except``: the date of an occurrence."""


def _any_case(word: str) -> str:
    """Return the pattern of a word in capitals or small letters: patterns of schemas have no such switch."""
    return "".join(f"[{letter}{letter.lower()}]" for letter in word)


_FREQUENCY = "|".join(map(_any_case, ("YEARLY", "MONTHLY", "WEEKLY")))
_OTHERS = "|".join(map(_any_case, ("INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "COUNT", "UNTIL")))
_RULE_PART = f"(?:{_any_case('FREQ')}=(?:{_FREQUENCY})|(?:{_OTHERS})=[-+,0-9A-Za-z]+)"
RULE = text_schema(
    f"^(?:yearly|(?=.*{_any_case('FREQ')}=){_RULE_PART}(?:;{_RULE_PART})*)$",
    phrase("write yearly, or a rule such as FREQ=YEARLY;BYMONTH=10;BYDAY=1MO for the first Monday of October"),
)
"""A value of ``repeat``: a recurrence rule (RFC 5545 section 3.3.10)."""
