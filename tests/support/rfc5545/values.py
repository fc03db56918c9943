"""Values and their types: RFC 5545 §3.3, §3.8, RFC 7986 §5."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from support.rfc5545.lines import Component, Faults, Property


def valued(calendar: Component) -> Faults:
    """Check every value by itself."""
    for component in calendar.walk():
        for one in component.properties:
            yield from _value(component, one)


def value_type(one: Property) -> str:
    """Return the value type that a line declares, else the default one of its property."""
    return (one.params.get("VALUE") or [_types(one.name)[0]])[0].upper()


_TEXT = re.compile(r"(?:[^\\;,]|\\[\\;,nN])*")
_TEXTS = re.compile(r"(?:[^\\;]|\\[\\;,nN])*")
_TIME = r"(\d+H(\d+M(\d+S)?)?|\d+M(\d+S)?|\d+S)"
DURATION = re.compile(rf"([+-]?)P(?:(?P<weeks>\d+)W|(?P<days>\d+)D(T{_TIME})?|T{_TIME})")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+")
_OFFSET = re.compile(r"[+-](?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?")


def _day(value: str) -> str | None:
    if not re.fullmatch(r"\d{8}", value, re.ASCII):
        return "is no DATE such as 20171102"
    return None if moment(value) else "is no day of the calendar"


def _date_time(value: str) -> str | None:
    if not re.fullmatch(r"\d{8}T\d{6}Z?", value, re.ASCII):
        return "is no DATE-TIME such as 20171102T150000 or 20171102T150000Z"
    return None if moment(value) else "is no moment of the calendar"


def moment(value: str) -> datetime | None:
    """Return a DATE or DATE-TIME as a naive time; a leap second counts as the one before (§3.3.12)."""
    text = value.removesuffix("Z")
    if len(text) == 15 and text.endswith("60"):
        text = text[:-2] + "59"
    try:
        return datetime.strptime(text, "%Y%m%dT%H%M%S" if "T" in text else "%Y%m%d")  # noqa: DTZ007
    except ValueError:
        return None


def _duration(value: str) -> str | None:
    return None if DURATION.fullmatch(value) else "is no DURATION such as P1D or PT12H"


def _integer(value: str) -> str | None:
    whole = re.fullmatch(r"[+-]?[0-9]+", value) and -(2**31) <= int(value) < 2**31
    return None if whole else "is no INTEGER"


def _offset(value: str) -> str | None:
    if not _OFFSET.fullmatch(value) or value in ("-0000", "-000000"):
        return "is no UTC-OFFSET such as +0100"
    return None


def _matches(pattern: re.Pattern[str], fault: str) -> Callable[[str], str | None]:
    return lambda value: None if pattern.fullmatch(value) else fault


RULE_TIMES = {"BYSECOND": (0, 60), "BYMINUTE": (0, 59), "BYHOUR": (0, 23)}
_RULE_SIGNED = {"BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYSETPOS": 366}
_RULE_NOT_WITH = {
    "BYMONTHDAY": ("WEEKLY",),
    "BYYEARDAY": ("DAILY", "WEEKLY", "MONTHLY"),
    "BYWEEKNO": ("SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY"),
}
_WEEKDAY = "(?:SU|MO|TU|WE|TH|FR|SA)"


def rule_fault(value: str) -> str | None:
    """Check a RECUR value (§3.3.10)."""
    pairs = [part.partition("=")[::2] for part in value.split(";")]
    parts = dict(pairs)
    if len(parts) < len(pairs):
        return "gives a part twice"
    for name, text in pairs:
        if not all(_rule_part(name, one) for one in (text.split(",") if name.startswith("BY") else [text])):
            return f"has a bad part {name}={text}"
    freq = parts.get("FREQ", "")
    if not freq:
        return "has no FREQ"
    if {"COUNT", "UNTIL"} <= set(parts):
        return "has COUNT and UNTIL"
    for name, periods in _RULE_NOT_WITH.items():
        if name in parts and freq in periods:
            return f"has {name} in a {freq} rule"
    nth = re.search(r"\d", parts.get("BYDAY", ""))
    if nth and (freq not in ("MONTHLY", "YEARLY") or "BYWEEKNO" in parts):
        return "counts weekdays where it cannot"
    if "BYSETPOS" in parts and not any(name.startswith("BY") and name != "BYSETPOS" for name in parts):
        return "has BYSETPOS alone"
    return None


def _rule_part(name: str, text: str) -> bool:
    number = int(text) if re.fullmatch(r"[+-]?[0-9]{1,4}", text) else None
    if name in _RULE_SIGNED:
        return number is not None and 1 <= abs(number) <= _RULE_SIGNED[name]
    if name in RULE_TIMES:
        low, high = RULE_TIMES[name]
        return number is not None and text.isdigit() and low <= number <= high
    patterns = {
        "FREQ": "SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY",
        "INTERVAL": "0*[1-9][0-9]*",
        "COUNT": "0*[1-9][0-9]*",
        "BYMONTH": "0?[1-9]|1[0-2]",
        "BYDAY": f"(?:[+-]?(?:0?[1-9]|[1-4][0-9]|5[0-3]))?{_WEEKDAY}",
        "WKST": _WEEKDAY,
    }
    if name == "UNTIL":
        return not _day(text) or not _date_time(text)
    return name in patterns and re.fullmatch(patterns[name], text) is not None


_VALUES: dict[str, Callable[[str], str | None]] = {
    "TEXT": _matches(_TEXT, "is no TEXT: backslashes, commas and semicolons are escaped, nothing else is"),
    "TEXTS": _matches(_TEXTS, "is no list of TEXT: backslashes and semicolons are escaped, nothing else is"),
    "DATE": _day,
    "DATE-TIME": _date_time,
    "DURATION": _duration,
    "INTEGER": _integer,
    "RECUR": rule_fault,
    "UTC-OFFSET": _offset,
    "URI": _matches(_URI, "is no URI of RFC 3986"),
    "CAL-ADDRESS": _matches(_URI, "is no URI of RFC 3986"),
}

# The value types of properties that are not TEXT, the default first; an empty default must be declared.
_TYPES = {
    **dict.fromkeys(("CATEGORIES", "RESOURCES"), ("TEXTS", "TEXT")),
    **dict.fromkeys(("DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE"), ("DATE-TIME", "DATE")),
    **dict.fromkeys(("DTSTAMP", "LAST-MODIFIED", "CREATED"), ("DATE-TIME",)),
    **dict.fromkeys(("SEQUENCE", "PRIORITY", "REPEAT"), ("INTEGER",)),
    **dict.fromkeys(("TZOFFSETFROM", "TZOFFSETTO"), ("UTC-OFFSET",)),
    **dict.fromkeys(("URL", "TZURL"), ("URI",)),
    **dict.fromkeys(("ORGANIZER", "ATTENDEE"), ("CAL-ADDRESS",)),
    **dict.fromkeys(("SOURCE", "CONFERENCE"), ("", "URI")),
    "ATTACH": ("URI", "BINARY"),
    "IMAGE": ("", "URI", "BINARY"),
    "GEO": ("GEO",),
    "REQUEST-STATUS": ("STATUS",),
    "REFRESH-INTERVAL": ("", "DURATION"),
    "DURATION": ("DURATION",),
    "TRIGGER": ("DURATION", "DATE-TIME"),
    "RRULE": ("RECUR",),
}

_UTC = {"DTSTAMP", "LAST-MODIFIED", "CREATED", "TRIGGER"}

# Properties whose values are words or numbers of a closed set.
_WORDS = {
    ("VCALENDAR", "VERSION"): "2.0",
    ("VCALENDAR", "CALSCALE"): "GREGORIAN",
    ("VCALENDAR", "COLOR"): "[A-Za-z]+",
    ("VEVENT", "COLOR"): "[A-Za-z]+",
    ("VEVENT", "STATUS"): "TENTATIVE|CONFIRMED|CANCELLED",
    ("VEVENT", "TRANSP"): "OPAQUE|TRANSPARENT",
    ("VEVENT", "CLASS"): "PUBLIC|PRIVATE|CONFIDENTIAL",
    ("VEVENT", "SEQUENCE"): "[0-9]+",
    ("VEVENT", "PRIORITY"): "[0-9]",
    ("VEVENT", "UID"): ".+",
    ("VCALENDAR", "UID"): ".+",
    ("VCALENDAR", "PRODID"): ".+",
    ("VTIMEZONE", "TZID"): ".+",
    ("VALARM", "ACTION"): "AUDIO|DISPLAY|EMAIL",
    ("VALARM", "REPEAT"): "[0-9]+",
}

_PHRASES = {
    ".+": "is empty",
    "2.0": "is not 2.0",
    "GREGORIAN": "is not GREGORIAN",
    "[0-9]": "is not one of 0 to 9",
    "[0-9]+": "is negative",
    "[A-Za-z]+": "is no name of a CSS3 colour",
}


def _types(name: str) -> tuple[str, ...]:
    # RFC 5545 §3.8.8.2: a property of one's own is TEXT unless it says otherwise, and may say anything.
    return _TYPES.get(name, ("TEXT", *_VALUES) if name.startswith("X-") else ("TEXT",))


def value_fault(one: Property) -> str | None:
    """Return what keeps a value from being of its type."""
    kind = value_type(one)
    if kind == "" or kind not in _types(one.name):
        return f"is not of the type {kind or 'that it must declare'}"
    return next(filter(None, map(_VALUES.get(kind, _free), _values(one))), None)


def _values(one: Property) -> list[str]:
    return one.value.split(",") if one.name in ("EXDATE", "RDATE") else [one.value]


def _value(component: Component, one: Property) -> Faults:
    if fault := value_fault(one):
        yield one.line, f"{one.name} {fault}."
        return
    if value_type(one) == "DATE-TIME":
        yield from _zone(component, one)
    elif one.zone:
        yield one.line, f"{one.name} of the type {value_type(one)} has a TZID."
    words = _WORDS.get((component.name, one.name))
    if words and not re.fullmatch(words, one.value):
        fault = _PHRASES.get(words, f"is not one of {words.replace('|', ', ')}")
        yield one.line, f"{one.name} of {component.name} {fault}."


def _free(_: str) -> None:
    """Let a value pass whose form is not looked at."""


def _zone(component: Component, one: Property) -> Faults:
    """Check that a time is in UTC, in a zone or in neither, as its property wants (§3.3.5)."""
    utc = one.value.endswith("Z")
    if one.name in _UTC and not utc:
        yield one.line, f"{one.name} is not in UTC."
    elif utc and one.zone:
        yield one.line, f"{one.name} is in UTC and has a TZID."
    elif component.name in ("STANDARD", "DAYLIGHT"):
        if utc or one.zone:
            yield one.line, f"{one.name} of {component.name} is not a local time."
    elif not utc and not one.zone:
        yield one.line, f"{one.name} floats: it has no TZID and is not in UTC."
