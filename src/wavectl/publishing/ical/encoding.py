"""Values and content lines of iCalendar, and ``dump``: container -> bytes.

One encoder for each type of value (RFC 5545 §3.3), each refusing what it cannot carry; one constructor of lines;
one place that folds. Lines and containers are those of ``ics``, whose own writer neither folds nor ends the file.
"""

from __future__ import annotations

import re
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
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
_FORBIDDEN_IN_LINE = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def text(value: str) -> str:
    """Return a TEXT (§3.3.11): ends of lines are escaped, other control characters left out."""
    if not value.replace("\n", "").isprintable():  # quicker than to look for what few texts hold
        value = _CONTROLS.sub("", _LINE_ENDS.sub("\n", value))
    return value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def texts(values: list[str]) -> str:
    """Return a list of TEXT values, without those of which nothing can be written."""
    return ",".join(filter(None, map(text, values)))


def uri(value: str) -> str:
    """Return a URI (§3.3.13, RFC 3986): letters beyond ASCII become octets with percent signs; no other escape exists.

    What has no scheme, or holds spaces, quotation marks or the like, is refused.
    """
    if not value.isascii():
        value = re.sub(r"[^\x00-\x7f]+", lambda found: quote(found[0], errors="replace"), value)
    if "%" in value:
        value = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", value)
    if not _URI.fullmatch(value):
        raise EncodeError(f"not a URI: {value!r}")
    return value


def day(value: date) -> str:
    """Return a DATE (§3.3.4)."""
    return value.isoformat()[:10].replace("-", "")


def local_datetime(value: datetime) -> str:
    """Return a DATE-TIME without zone (§3.3.5 form 1), to stand beside a TZID."""
    return f"{value.year:04}{value.month:02}{value.day:02}T{value.hour:02}{value.minute:02}{value.second:02}"


def utc_datetime(value: datetime) -> str:
    """Return a DATE-TIME in UTC (§3.3.5 form 2); a time without zone is refused."""
    if value.tzinfo is None:
        raise EncodeError(f"no zone: {value!r}")
    return local_datetime(value.astimezone(UTC)) + "Z"


def offset(value: timedelta) -> str:
    """Return a UTC-OFFSET (§3.3.14)."""
    seconds = round(value.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    minutes, left = divmod(rest, 60)
    return f"{'-' if seconds < 0 else '+'}{hours:02}{minutes:02}" + (f"{left:02}" if left else "")


@lru_cache(maxsize=256)
def parameter(value: str) -> str:
    """Return the value of a parameter (§3.2), quoted where it has to be, with the carets of RFC 6868."""
    value = _CONTROLS.sub("", _LINE_ENDS.sub("\n", value))
    value = value.replace("^", "^^").replace('"', "^'").replace("\n", "^n")
    return f'"{value}"' if re.search(r"[:;,]", value) else value


def content_line(name: str, value: str, **parameters: str) -> ContentLine:
    """Return the content line of an encoded value, which holds nothing that could end the line (§3.1).

    An underscore in a parameter's name stands for a hyphen.
    """
    if not _is_property_name(name) or (not value.isprintable() and _FORBIDDEN_IN_LINE.search(value)):
        raise EncodeError(f"not a line: {name}:{value!r}")
    encoded = {key.replace("_", "-"): [parameter(item)] for key, item in parameters.items()} if parameters else {}
    return ContentLine(name, encoded, value)


@lru_cache(maxsize=256)
def _is_property_name(name: str) -> bool:
    return re.fullmatch(r"[A-Z0-9-]+", name) is not None


def component(name: str, *lines: ContentLine | Container) -> Container:
    """Return a component of lines and components."""
    return Container(name, *lines)


def dump(container: Container) -> bytes:
    """Return a container as a file: UTF-8 without BOM, lines of at most 75 octets, each ended with CRLF (§3.1)."""
    lines = "\r\n".join(_lines(container)).encode().split(b"\r\n")
    return b"\r\n".join([*(line if len(line) <= MAX_LINE_OCTETS else _fold(line) for line in lines), b""])


def _lines(container: Container) -> list[str]:
    lines = [f"BEGIN:{container.name}"]
    for item in container:
        if isinstance(item, Container):
            lines += _lines(item)
        else:
            lines.append(str(item) if item.params else f"{item.name}:{item.value}")
    lines.append(f"END:{container.name}")
    return lines


def _fold(data: bytes) -> bytes:
    """Return a line folded between characters, never inside one."""
    parts, start, room = [], 0, MAX_LINE_OCTETS
    while len(data) - start > room:
        end = start + room
        while data[end] & 0xC0 == 0x80:  # inside a character of several octets
            end -= 1
        parts.append(data[start:end])
        start, room = end, MAX_LINE_OCTETS - 1  # the space that opens a folded line counts
    parts.append(data[start:])
    return b"\r\n ".join(parts)
