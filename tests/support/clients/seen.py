"""The record that every client's reader gives."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime


class MissingClientError(Exception):
    """A client is not installed: never a reason to pass over it in silence."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One occurrence as a client shows it; None in a field that the client does not show at all.

    ``start`` and ``end`` (exclusive) are days for an all-day entry, else instants in UTC. Texts that the entry
    lacks are empty, its sequence is then 0.
    """

    start: date
    end: date
    uid: str | None
    summary: str | None
    description: str | None = ""
    location: str | None = ""
    status: str | None = ""
    url: str | None = ""
    categories: tuple[str, ...] | None = ()
    sequence: int | None = 0
    transp: str | None = ""

    @property
    def first_day(self) -> date:
        """Return the day of the start, of a time in UTC."""
        return self.start.date() if isinstance(self.start, datetime) else self.start

    @property
    def all_day(self) -> bool:
        return not isinstance(self.start, datetime)

    def key(self) -> tuple[str, str, str]:
        """Sort by start, whether day or instant, then by UID."""
        return self.start.isoformat(), self.uid or "", self.summary or ""


def moment(value: date) -> date:
    """Return a day as it is and a time as its instant in UTC; raise for a time that belongs to no zone."""
    if not isinstance(value, datetime):
        return value
    if value.tzinfo is None:
        raise ValueError(f"{value} floats: no zone came with it")
    return value.astimezone(UTC)


def uncut(categories: Iterable[str], comma: str) -> tuple[str, ...]:
    """Mend categories that a client cut at escaped commas, which belong to the text (RFC 5545 §3.3.11)."""
    whole: list[str] = []
    for one in categories:
        if whole and whole[-1].endswith("\\"):
            whole[-1] = whole[-1][:-1] + comma + one
        else:
            whole.append(one)
    return tuple(whole)


def unescaped(categories: tuple[str, ...]) -> tuple[str, ...]:
    """Undo the escapes of categories that a client gives as they are in the file."""
    return tuple(re.sub(r"\\([\\;,])", r"\1", one) for one in categories)
