"""Encode values and content lines of iCalendar, and write calendars as bytes.

There is one encoder for each value type (RFC 5545 §3.3); each refuses what the type cannot carry, and none returns
anything that could end a line. VEVENTs are made of lines as text; the calendar's own properties and VTIMEZONEs are
``Container``s of ``ics``, whose own writer neither folds lines nor ends the file.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from urllib.parse import quote

from ics.grammar.parse import Container, ContentLine

MAX_LINE_OCTETS = 75
"""Octets in a line, without its end (RFC 5545 §3.1)."""


class EncodeError(ValueError):
    """A value that its type cannot carry."""


_LINE_ENDS = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_STEERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""What changes the direction of the text after it, in a calendar of other moments too (Unicode UAX #9)."""
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
_LONG_LINE = re.compile(rb"^[^\r\n]{%d,}" % (MAX_LINE_OCTETS + 1), re.MULTILINE)
_FORBIDDEN_IN_LINE = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def text(value: str) -> str:
    """Return a TEXT (§3.3.11): line ends are escaped, other control characters removed, those of bidi replaced."""
    if not value.replace("\n", "").isprintable():  # faster than a regular expression, and most texts are printable
        value = _CONTROLS.sub("", _LINE_ENDS.sub("\n", value))
        value = _STEERING.sub("\N{REPLACEMENT CHARACTER}", value)
    return value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def texts(values: Iterable[str]) -> str:
    """Return a list of TEXT values, without empty ones."""
    return ",".join(filter(None, map(text, values)))


def uri(value: str) -> str:
    """Return a URI (§3.3.13, RFC 3986), with characters beyond ASCII percent-encoded.

    Raise ``EncodeError`` for a value without a scheme, or with spaces, quotation marks or the like: a URI has no
    other escape.
    """
    if not value.isascii():
        value = re.sub(r"[^\x00-\x7f]+", lambda match: quote(match[0], errors="replace"), value)
    if "%" in value:
        value = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", value)
    if not _URI.fullmatch(value):
        raise EncodeError(f"not a URI: {value!r}")
    return value


def day(value: date) -> str:
    """Return a DATE (§3.3.4)."""
    return value.isoformat()[:10].replace("-", "")


def local_datetime(value: datetime) -> str:
    """Return a DATE-TIME without a zone (§3.3.5 form 1), for a property with a TZID."""
    return f"{value.year:04}{value.month:02}{value.day:02}T{value.hour:02}{value.minute:02}{value.second:02}"


def utc_datetime(value: datetime) -> str:
    """Return a DATE-TIME in UTC (§3.3.5 form 2); raise ``EncodeError`` for a time without a zone."""
    if value.tzinfo is None:
        raise EncodeError(f"no zone: {value!r}")
    return local_datetime(value.astimezone(UTC)) + "Z"


def offset(value: timedelta) -> str:
    """Return a UTC-OFFSET (§3.3.14)."""
    seconds = round(value.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    minutes, left = divmod(rest, 60)
    return f"{'-' if seconds < 0 else '+'}{hours:02}{minutes:02}" + (f"{left:02}" if left else "")


def duration(value: timedelta) -> str:
    """Return a DURATION (§3.3.6)."""
    days, rest = divmod(abs(round(value.total_seconds())), 86_400)
    hours, rest = divmod(rest, 3600)
    parts = [f"{number}{unit}" for number, unit in ((hours, "H"), (rest // 60, "M"), (rest % 60, "S")) if number]
    whole = f"{days}D" if days or not parts else ""
    return f"{'-' if value < timedelta() else ''}P{whole}{'T' if parts else ''}{''.join(parts)}"


@lru_cache(maxsize=256)
def parameter(value: str) -> str:
    """Return a parameter value (§3.2), quoted where necessary, with the caret escapes of RFC 6868."""
    value = _CONTROLS.sub("", _LINE_ENDS.sub("\n", value))
    value = value.replace("^", "^^").replace('"', "^'").replace("\n", "^n")
    return f'"{value}"' if re.search(r"[:;,]", value) else value


def content_line(name: str, value: str, **parameters: str) -> ContentLine:
    """Return a content line (§3.1) with an encoded value; raise ``EncodeError`` for one that would end the line.

    An underscore in the name of a parameter becomes a hyphen.
    """
    if not re.fullmatch(r"[A-Z0-9-]+", name) or _FORBIDDEN_IN_LINE.search(value):
        raise EncodeError(f"not a line: {name}:{value!r}")
    encoded = {key.replace("_", "-"): [parameter(item)] for key, item in parameters.items()}
    return ContentLine(name, encoded, value)


def dump(items: Iterable[str | ContentLine | Container]) -> bytes:
    """Return the bytes of content lines and components: UTF-8, folded at 75 octets, each ended with CRLF (§3.1)."""
    return _LONG_LINE.sub(_fold, "\r\n".join((*map(str, items), "")).encode())


def _fold(match: re.Match[bytes]) -> bytes:
    """Return a line folded between characters, never inside one."""
    data = match[0]
    parts, start, room = [], 0, MAX_LINE_OCTETS
    while len(data) - start > room:
        end = start + room
        while data[end] & 0xC0 == 0x80:  # a continuation byte of UTF-8: still inside a character
            end -= 1
        parts.append(data[start:end])
        start, room = end, MAX_LINE_OCTETS - 1  # the space that starts a folded line counts
    parts.append(data[start:])
    return b"\r\n ".join(parts)
