"""Compare lockfile entries: whether a change raises SEQUENCE, and what has changed for subscribers."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, NamedTuple

from wavectl.dates import edtf
from wavectl.lockfile.entry import JsonObject, LockEntry, Lockfile


def is_significant_change(old: LockEntry, new: LockEntry) -> bool:
    """Tell whether the date, rule, zone, status or place has changed, which raises SEQUENCE (RFC 5545 §3.8.7.4)."""
    return old.status != new.status or _date_facts(old) != _date_facts(new) or place_changed(old, new)


def _date_facts(entry: LockEntry) -> tuple[object, ...]:
    exceptions = {key: facts for key, change in entry.exceptions.items() if (facts := without_title(change))}
    return entry.when, entry.zone, entry.repeat, entry.until, exceptions


def without_title(change: JsonObject) -> JsonObject:
    """Return the facts of an exception but its title."""
    return {name: fact for name, fact in change.items() if name != "title"}


def place_changed(old: LockEntry, new: LockEntry) -> bool:
    """Tell whether the place has changed; another translation of its name is not a change."""
    if old.place == new.place:
        return False
    before, after = dict(old.place), dict(new.place)
    return not is_same_text(before.pop("name", None), after.pop("name", None)) or before != after


def is_same_text(old: Any, new: Any) -> bool:
    """Tell whether a text is the same in every language that both versions have."""
    if isinstance(old, dict) and isinstance(new, dict):
        shared = old.keys() & new.keys()
        return bool(shared) and all(old[language] == new[language] for language in shared)
    if isinstance(old, str) and isinstance(new, dict):
        return old in new.values()
    if isinstance(old, dict) and isinstance(new, str):
        return new in old.values()
    return bool(old == new)


def visible_facts_changed(old: LockEntry, new: LockEntry) -> bool:
    """Tell whether a title, place, exception or any other public fact has changed."""
    same = (old.title, old.short, old.digest, old.place) == (new.title, new.short, new.digest, new.place)
    return not same or dict(old.exceptions) != dict(new.exceptions)


class ChangeKind(StrEnum):
    """What has happened to an entry."""

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
    JOINED = "joined"  # another entry replaces it
    RENAMED = "renamed"
    REWORDED = "reworded"


_DATE_CHANGE_KINDS = {
    (True, True): ChangeKind.MOVED,
    (False, False): ChangeKind.MOVED,
    (False, True): ChangeKind.FIRMED_UP,
    (True, False): ChangeKind.BLURRED,
}
"""The kind of a date change, by whether the old and the new date are exact."""


class EntryChange(NamedTuple):
    """The change of the entry with a UID: its kinds, and the entry before (None if it is new) and after."""

    uid: str
    kinds: tuple[ChangeKind, ...]
    before: LockEntry | None
    after: LockEntry


def compare_lockfiles(old: Lockfile | None, new: Lockfile) -> list[EntryChange]:
    """Return what changes for subscribers between two versions of the lockfile, in order of UID.

    Entries are never deleted from a lockfile, so all of ``old`` are in ``new``.
    """
    old_entries = old.entries if old else {}
    changes = (
        EntryChange(uid, tuple(_change_kinds(old_entries.get(uid), entry)), old_entries.get(uid), entry)
        for uid, entry in sorted(new.entries.items())
        if entry != old_entries.get(uid)
    )
    return [change for change in changes if change.kinds]


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
    date_changed, has_moved = _date_facts(old) != _date_facts(new), place_changed(old, new)
    if date_changed:
        yield _DATE_CHANGE_KINDS[edtf.parse(old.when).is_exact, edtf.parse(new.when).is_exact]
    if has_moved:
        yield ChangeKind.RELOCATED
    if old.status != new.status:
        yield ChangeKind(new.status)
    if not (is_same_text(old.title, new.title) and is_same_text(old.short, new.short)):
        yield ChangeKind.RENAMED
    elif old.live and visible_facts_changed(old, new) and not has_moved and not date_changed:
        yield ChangeKind.REWORDED
