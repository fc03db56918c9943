"""A real-world moment -> the facts of its line in the record, and what a change of them comes to."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from hashlib import sha256
from typing import Any, NamedTuple

from wavectl.dates import edtf
from wavectl.lockfile.entry import LockEntry, Lockfile
from wavectl.lockfile.writer import place_to_json, text_to_json
from wavectl.model import Text
from wavectl.plan.loader import Plan
from wavectl.timeline import MomentGroup, resolve_actor_name

_DIGEST_LENGTH = 12  # hexadecimal digits of a digest: enough to see that one entry has changed
_SEPARATORS = ("\x1c", "\x1d", "\x1e", "\x1f")  # between parts, languages, a language and its words, words of a list


class EntryFacts:
    """Takes the facts of groups from a plan; what many of them share is worked out once."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._cached_wave_text = cache(self._wave_text)
        self._cached_actor_text = cache(self._actor_text)

    def for_group(self, group: MomentGroup, members: tuple[str, ...]) -> dict[str, Any]:
        """Return the facts of a group by their field in the line; ``members`` are its names in order."""
        rule = group.rule
        clocks = group.when, *(one.when for one in group.occurrences)
        timed = any(point is not None and point.time_of_day for when in clocks for point in (when.start, when.end))
        last = group.occurrences[-1].planned if rule else None
        return {
            "members": members,
            "when": group.when.text,
            "zone": group.zone if timed else None,
            "repeat": rule.text if rule else None,
            "until": last.earliest.isoformat() if last and last.earliest else None,
            "exceptions": dict(_exceptions(group)) if rule else {},
            "status": group.status.value,
            "place": place_to_json(group.place),
            "title": text_to_json(group.title),
            "short": text_to_json(group.short),
            "digest": self._digest(group),
        }

    def _digest(self, group: MomentGroup) -> str:
        """Return what stands for all that an entry says besides: in every language, whatever wavectl's own words."""
        changes = [_text_in_all_languages(one.change.description) for one in group.occurrences if one.change]
        parts = (
            group.kind.value,
            group.url or "",
            _text_in_all_languages(group.description),
            _SEPARATORS[3].join(changes),
            _SEPARATORS[3].join(
                _text_in_all_languages(self._plan.programme.priorities[name]) for name in group.priorities
            ),
            _SEPARATORS[3].join(self._cached_actor_text(actor, group.waves) for actor in group.actors),
            _SEPARATORS[3].join(self._cached_wave_text(wave) for wave in group.waves),
        )
        return sha256(_SEPARATORS[0].join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST_LENGTH]

    def _wave_text(self, wave_id: str) -> str:
        wave = self._plan.waves[wave_id]
        return _SEPARATORS[3].join(
            (_text_in_all_languages(wave.title), _text_in_all_languages(wave.slogan), *wave.hashtags)
        )

    def _actor_text(self, actor: str, waves: tuple[str, ...]) -> str:
        found = resolve_actor_name(self._plan, actor, waves)
        return f"{_text_in_all_languages(found.name)}{'?' if found.unconfirmed else ''}"


def _text_in_all_languages(text: Text | None) -> str:
    """Return a text in all its languages."""
    if isinstance(text, dict):
        return _SEPARATORS[1].join(f"{language}{_SEPARATORS[2]}{words}" for language, words in sorted(text.items()))
    return text or ""


def _exceptions(group: MomentGroup) -> Iterator[tuple[str, dict[str, object]]]:
    """Return what differs from the rule, by the date that the rule gives."""
    for one in group.occurrences:
        change = one.change
        if one.planned is None or (change is None and one.when == one.planned and one.status == group.status):
            continue
        differs: dict[str, object] = {
            "when": one.when.text if one.when != one.planned else None,
            "status": one.status.value if one.status != group.status else None,
            "title": text_to_json(change.title) if change else None,
            "place": place_to_json(change.place) if change else None,
        }
        found = {name: fact for name, fact in differs.items() if fact}
        if found:
            yield one.planned.text, found


def is_significant_change(old: LockEntry, new: LockEntry) -> bool:
    """Tell whether the date, the rule, the zone, the status or the place has changed: what calendars count as news."""
    return _significant_facts(old) != _significant_facts(new) or place_changed(old, new)


def _significant_facts(entry: LockEntry) -> tuple[object, ...]:
    return entry.when, entry.zone, entry.repeat, entry.until, entry.status, exceptions_without_titles(entry)


def exceptions_without_titles(entry: LockEntry) -> dict[str, dict[str, object]]:
    """Return what differs from the rule of a line, by date, in other things than the title."""
    kept = {
        key: {name: fact for name, fact in change.items() if name != "title"}
        for key, change in entry.exceptions.items()
    }
    return {key: change for key, change in kept.items() if change}


def place_changed(old: LockEntry, new: LockEntry) -> bool:
    """Tell whether the place is another one; a name that gets one more language is not."""
    if old.place == new.place:
        return False
    before, after = dict(old.place), dict(new.place)
    return not is_same_text(before.pop("name", None), after.pop("name", None)) or before != after


def is_same_text(old: Any, new: Any) -> bool:
    """Tell whether a text says the same in every language that it had and has."""
    if isinstance(old, dict) and isinstance(new, dict):
        shared = old.keys() & new.keys()
        return bool(shared) and all(old[language] == new[language] for language in shared)
    if isinstance(old, str) and isinstance(new, dict):
        return old in new.values()
    if isinstance(old, dict) and isinstance(new, str):
        return new in old.values()
    return bool(old == new)


def visible_facts_changed(old: LockEntry, new: LockEntry) -> bool:
    """Tell whether anything else that people get to see has changed."""
    same = (old.title, old.short, old.digest, old.place) == (new.title, new.short, new.digest, new.place)
    return not same or dict(old.exceptions) != dict(new.exceptions)


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
