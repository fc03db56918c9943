"""Two records -> what subscribers see change between them, entry by entry."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from wavectl.dates import edtf
from wavectl.lockfile.entry import LockEntry, Lockfile
from wavectl.publishing.tracking.entry_facts import (
    exceptions_without_titles,
    is_same_text,
    place_changed,
    visible_facts_changed,
)


class ChangeKind(StrEnum):
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


class EntryChange(NamedTuple):
    """What has become of the entry with a UID: one thing or several, and its line before (None: none) and after."""

    uid: str
    kinds: tuple[ChangeKind, ...]
    before: LockEntry | None
    after: LockEntry


def compare_lockfiles(old: Lockfile | None, new: Lockfile) -> list[EntryChange]:
    """Return what changes for subscribers from one record to the next, in order of UID; nothing that they do not see.

    Lines are never deleted, so there is nothing in the old record alone.
    """
    before = old.entries if old else {}
    found = (
        EntryChange(uid, tuple(_change_kinds(before.get(uid), line)), before.get(uid), line)
        for uid, line in new.entries.items()
        if line != before.get(uid)
    )
    return sorted((change for change in found if change.kinds), key=lambda change: change.uid)


def _change_kinds(old: LockEntry | None, new: LockEntry) -> Iterator[ChangeKind]:
    if old is None:
        yield ChangeKind.NEW
        return
    if not new.live:
        if old.live:
            yield ChangeKind.JOINED if new.into else ChangeKind.WITHDRAWN
        return
    if not old.live:
        yield ChangeKind.RESTORED
    if _date_facts(old) != _date_facts(new):
        yield _DATE_CHANGE_KINDS[edtf.parse(old.when).is_exact, edtf.parse(new.when).is_exact]
    if place_changed(old, new):
        yield ChangeKind.RELOCATED
    if old.status != new.status:
        yield ChangeKind(new.status)
    if not (is_same_text(old.title, new.title) and is_same_text(old.short, new.short)):
        yield ChangeKind.RENAMED
    elif (
        old.live
        and visible_facts_changed(old, new)
        and not place_changed(old, new)
        and _date_facts(old) == _date_facts(new)
    ):
        yield ChangeKind.REWORDED


_DATE_CHANGE_KINDS = {
    (True, True): ChangeKind.MOVED,
    (False, False): ChangeKind.MOVED,
    (False, True): ChangeKind.FIRMED_UP,
    (True, False): ChangeKind.BLURRED,
}
"""What another date comes to, by whether the old one and the new one are exact."""


def _date_facts(entry: LockEntry) -> tuple[object, ...]:
    return entry.when, entry.zone, entry.repeat, entry.until, exceptions_without_titles(entry)
