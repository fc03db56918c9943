"""Two records -> what subscribers see change between them, entry by entry."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from wavectl.dates import edtf
from wavectl.lockfile.entry import Line, Record
from wavectl.publishing.tracking.entry_facts import relocated, reworded, same_words, without_titles


class Kind(StrEnum):
    """What has become of an entry."""

    NEW = "new"
    MOVED = "moved"
    FIRMED_UP = "firmed-up"
    BLURRED = "blurred"  # an exact date has become a vague one
    RELOCATED = "relocated"
    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    JOINED = "joined"  # another entry tells of it now
    RENAMED = "renamed"
    REWORDED = "reworded"


class Change(NamedTuple):
    """What has become of the entry with a UID: one thing or several, and its line before (None: none) and after."""

    uid: str
    kinds: tuple[Kind, ...]
    before: Line | None
    after: Line


def changes(old: Record | None, new: Record) -> list[Change]:
    """Return what changes for subscribers from one record to the next, in order of UID; nothing that they do not see.

    Lines are never deleted, so there is nothing in the old record alone.
    """
    before = old.lines if old else {}
    found = (
        Change(uid, tuple(_kinds(before.get(uid), line)), before.get(uid), line)
        for uid, line in new.lines.items()
        if line != before.get(uid)
    )
    return sorted((change for change in found if change.kinds), key=lambda change: change.uid)


def _kinds(old: Line | None, new: Line) -> Iterator[Kind]:
    if old is None:
        yield Kind.NEW
        return
    if not new.live:
        if old.live:
            yield Kind.JOINED if new.into else Kind.WITHDRAWN
        return
    if not old.live:
        yield Kind.RESTORED
    if _days(old) != _days(new):
        yield _MOVES[edtf.parse(old.when).exact, edtf.parse(new.when).exact]
    if relocated(old, new):
        yield Kind.RELOCATED
    if old.status != new.status:
        yield Kind(new.status)
    if not (same_words(old.title, new.title) and same_words(old.short, new.short)):
        yield Kind.RENAMED
    elif old.live and reworded(old, new) and not relocated(old, new) and _days(old) == _days(new):
        yield Kind.REWORDED


_MOVES = {
    (True, True): Kind.MOVED,
    (False, False): Kind.MOVED,
    (False, True): Kind.FIRMED_UP,
    (True, False): Kind.BLURRED,
}
"""What another date comes to, by whether the old one and the new one are exact."""


def _days(line: Line) -> tuple[object, ...]:
    return line.when, line.zone, line.repeat, line.until, without_titles(line)
