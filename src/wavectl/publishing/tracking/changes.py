"""Derive the facts of an entry, and compare entries: what raises SEQUENCE, what changed for subscribers."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from hashlib import sha256
from typing import Any, NamedTuple

from wavectl.dates import edtf
from wavectl.dates.comparison import has_moved, precision_change
from wavectl.diagnostics import phrase
from wavectl.lockfile.entry import JsonObject, LockEntry, Lockfile, place_to_json, text_to_json
from wavectl.model import Status, Text
from wavectl.plan.loader import Plan
from wavectl.publishing.tracking.entry_dates import was_over_when_withdrawn
from wavectl.timeline import firm_by
from wavectl.timeline.actors import resolve_actor_name
from wavectl.timeline.groups import MomentGroup
from wavectl.timeline.silent_months import SCHEDULED_STATUSES

_DIGEST_LENGTH = 12  # hexadecimal digits: enough to see that an entry has changed
_PART, _LANGUAGE, _TRANSLATION, _ITEM = "\x1c", "\x1d", "\x1e", "\x1f"  # separators of what is hashed


class EntryFacts:
    """The facts of a plan's groups; what many of them share is cached."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._cached_wave_text = cache(self._wave_text)
        self._cached_actor_text = cache(self._actor_text)

    def for_group(self, group: MomentGroup, members: tuple[str, ...]) -> dict[str, Any]:
        """Return the facts of a group, by field of ``LockEntry``; ``members`` are its references in order."""
        rule = group.rule
        dates = group.when, *(occurrence.when for occurrence in group.occurrences)
        has_time = any(point is not None and point.time_of_day for when in dates for point in (when.start, when.end))
        last = group.occurrences[-1].planned if rule else None
        return {
            "members": members,
            "when": group.when.text,
            "zone": group.zone if has_time else None,
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
        """Return a hash of all other public facts, in every language, independent of wavectl's own phrases."""
        priorities = self._plan.programme.priorities
        changes = [occurrence.change for occurrence in group.occurrences if occurrence.change]
        parts = (
            group.kind.value,
            group.url or "",
            _all_languages(group.description),
            _ITEM.join(_all_languages(change.description) for change in changes),
            _ITEM.join(_all_languages(priorities[name]) for name in group.priorities),
            _ITEM.join(self._cached_actor_text(actor, group.waves) for actor in group.actors),
            _ITEM.join(self._cached_wave_text(wave) for wave in group.waves),
        )
        return sha256(_PART.join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST_LENGTH]

    def _wave_text(self, wave_id: str) -> str:
        wave = self._plan.waves[wave_id]
        title, tags = _all_languages(without_extra_space(wave.title)), wave.hashtags
        if isinstance(tags, dict):
            tags = [_all_languages({language: " ".join(own) for language, own in tags.items()})]
        return _ITEM.join((title, _all_languages(wave.slogan), *tags))

    def _actor_text(self, actor: str, waves: tuple[str, ...]) -> str:
        actor_name = resolve_actor_name(self._plan, actor, waves)
        return f"{_all_languages(actor_name.name)}{'?' if actor_name.unconfirmed else ''}"


def _all_languages(text: Text | None) -> str:
    if isinstance(text, dict):
        return _LANGUAGE.join(f"{language}{_TRANSLATION}{words}" for language, words in sorted(text.items()))
    return text or ""


def _exceptions(group: MomentGroup) -> Iterator[tuple[str, dict[str, object]]]:
    """Return what differs from the rule, by the date that the rule gives."""
    for occurrence in group.occurrences:
        planned, change = occurrence.planned, occurrence.change
        if planned is None or (change is None and occurrence.when == planned and occurrence.status == group.status):
            continue
        facts: dict[str, object] = {
            "when": occurrence.when.text if occurrence.when != planned else None,
            "status": occurrence.status.value if occurrence.status != group.status else None,
            "title": text_to_json(change.title) if change else None,
            "place": place_to_json(change.place) if change else None,
        }
        differing = {name: fact for name, fact in facts.items() if fact}
        if differing:
            yield planned.text, differing


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
    before, after = dict(old.place), dict(new.place)
    return not is_same_text(before.pop("name", None), after.pop("name", None)) or before != after


def is_same_text(old: Any, new: Any) -> bool:
    """Tell whether a text is the same in every language that both versions have; white space does not count."""
    old, new = without_extra_space(old), without_extra_space(new)
    if isinstance(old, dict) and isinstance(new, dict):
        shared = old.keys() & new.keys()
        return bool(shared) and all(old[language] == new[language] for language in shared)
    single, other = (new, old) if isinstance(old, dict) else (old, new)
    return bool(single in other.values() if isinstance(other, dict) else single == other)


def visible_status(entry: LockEntry) -> Status:
    """Return the status that subscribers see, which depends on the date too."""
    return firm_by.visible_status(edtf.parse(entry.when), Status(entry.status))


def visible_status_changed(old: LockEntry, new: LockEntry) -> bool:
    """Tell whether the status has changed, and subscribers see another one."""
    return old.status != new.status and visible_status(old) != visible_status(new)


def is_scheduled_again(old: LockEntry, new: LockEntry) -> bool:
    """Tell whether the plan has a moment as confirmed, however vague its date is, that was cancelled or postponed."""
    return Status(old.status) not in SCHEDULED_STATUSES and new.status == Status.CONFIRMED


def visible_facts_changed(old: LockEntry, new: LockEntry) -> bool:
    """Tell whether a title, place, exception or any other public fact has changed."""
    before, after = ((one.title, one.short, one.digest, one.place, one.exceptions) for one in (old, new))
    return not is_same_apart_from_space(before, after)


def is_same_apart_from_space(old: Any, new: Any) -> bool:
    """Tell whether two values of plain data are the same, or differ only by white space in their texts."""
    return bool(old == new or without_extra_space(old) == without_extra_space(new))


def without_extra_space(facts: Any) -> Any:
    """Return plain data with every run of white space in its texts as one space, and none around them."""
    if isinstance(facts, str):
        return " ".join(facts.split())
    if isinstance(facts, Mapping):
        return {key: without_extra_space(fact) for key, fact in facts.items()}
    return tuple(map(without_extra_space, facts)) if isinstance(facts, tuple | list) else facts


class ChangeKind(StrEnum):
    """What has happened to an entry."""

    NEW = "new"
    MOVED = "moved"
    FIRMED_UP = "firmed-up"
    BLURRED = "blurred"  # an exact date has become a vague one
    NARROWED = "narrowed"  # the date is more precise, but no more certain
    WIDENED = "widened"
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


STATUS_TEXTS = {
    "confirmed": phrase("confirmed"),
    "tentative": phrase("to be confirmed"),
    "postponed": phrase("postponed"),
    "cancelled": phrase("cancelled"),
}
"""The words for a status that subscribers read."""


class EntryChange(NamedTuple):
    """The change of the entry with a UID: its kinds, and the entry before (None if it is new) and after.

    ``other`` is the entry that replaces it, as it was then, if it is not that of the present.
    """

    uid: str
    kinds: tuple[ChangeKind, ...]
    before: LockEntry | None
    after: LockEntry
    other: LockEntry | None = None


def compare_lockfiles(old: Lockfile | None, new: Lockfile) -> list[EntryChange]:
    """Return what changes for subscribers between two versions of the lockfile, in order of UID.

    Entries are never deleted from a lockfile, so all of ``old`` are in ``new``.
    """
    old_entries = old.entries if old else {}
    changes = (compare_entries(uid, old_entries.get(uid), entry) for uid, entry in sorted(new.entries.items()))
    return [change for change in changes if change.kinds]


def compare_entries(uid: str, old: LockEntry | None, new: LockEntry) -> EntryChange:
    """Return what changes for subscribers between two versions of an entry; no kinds if they see no change."""
    return EntryChange(uid, tuple(_change_kinds(old, new)) if old != new else (), old, new)


def _change_kinds(old: LockEntry | None, new: LockEntry) -> Iterator[ChangeKind]:
    if old is None:
        yield ChangeKind.NEW
        return
    if not new.live:
        yield from _end_kinds(new) if old.live else ()
        return
    if not old.live:
        yield ChangeKind.RESTORED
    date_changed, relocated = _date_facts(old) != _date_facts(new), place_changed(old, new)
    if date_changed:
        yield _date_change_kind(old, new)
    if relocated:
        yield ChangeKind.RELOCATED
    status = ChangeKind(visible_status(new))
    if visible_status_changed(old, new) and status is not (date_changed and _date_change_kind(old, new)):
        yield status
    elif old.live and old.status != new.status and not date_changed:
        yield ChangeKind(new.status)  # whether it takes place; its date is as vague as before
    if not (is_same_text(old.title, new.title) and is_same_text(old.short, new.short)):
        yield ChangeKind.RENAMED
    elif old.live and visible_facts_changed(old, new) and not relocated and not date_changed:
        yield ChangeKind.REWORDED


def _end_kinds(entry: LockEntry) -> tuple[ChangeKind, ...]:
    """Return what has become of an entry that is not in the plan any more; nothing of one that was over."""
    if entry.into:
        return (ChangeKind.JOINED,)
    return () if was_over_when_withdrawn(entry) else (ChangeKind.WITHDRAWN,)


def _date_change_kind(old: LockEntry, new: LockEntry) -> ChangeKind:
    """Return what has happened to a date: it is set only if the feed shows the entry as confirmed."""
    before, after = edtf.parse(old.when), edtf.parse(new.when)
    if before.is_exact == after.is_exact:
        if has_moved(before, after) or not _only_date_changed(old, new):
            return ChangeKind.MOVED
        change = precision_change(before, after)
        return ChangeKind.NARROWED if change > 0 else ChangeKind.WIDENED if change < 0 else ChangeKind.MOVED
    if not after.is_exact:
        return ChangeKind.BLURRED
    kinds = {Status.CONFIRMED: ChangeKind.FIRMED_UP, Status.TENTATIVE: ChangeKind.TENTATIVE}
    return kinds.get(visible_status(new), ChangeKind.MOVED)


def _only_date_changed(old: LockEntry, new: LockEntry) -> bool:
    """Tell whether the rule and exceptions are as before, and so is the zone, which a date without hours has not."""
    zones = {one.zone for one in (old, new) if one.zone}
    return len(zones) < 2 and _date_facts(old)[2:] == _date_facts(new)[2:]
