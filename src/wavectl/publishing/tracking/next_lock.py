"""Plan + record -> the entries to publish, and the next record: what was published stays, moves, or is seen to go."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from wavectl.dates.edtf import DateForm
from wavectl.lockfile.entry import LastChange, LockEntry, Lockfile
from wavectl.plan.loader import Plan
from wavectl.publishing.tracking import removed
from wavectl.publishing.tracking.changes import EntryFacts, is_significant_change, place_changed, visible_facts_changed
from wavectl.publishing.tracking.identity import NameHistory, assign_uids
from wavectl.timeline import MomentGroup, resolve_groups

WITHDRAWAL_SHOWN_FOR = timedelta(days=30)
"""For how long people are told that something was withdrawn, if its last day does not come first."""


class PublishedEntry(NamedTuple):
    """A real-world moment as it is published: its UID, what it is, and its line in the record."""

    uid: str
    group: MomentGroup
    lock_entry: LockEntry


class Publication(NamedTuple):
    """What is published of some waves, the record that says so, and the waves that have vanished with entries ahead.

    ``entries`` are in the order of the plan, then what was withdrawn and is still told of, in order of UID.
    """

    entries: tuple[PublishedEntry, ...]
    lockfile: Lockfile
    vanished_waves: Mapping[str, tuple[str, ...]]


def compute_publication(plan: Plan, waves: Collection[str], today: date, withdraw: Collection[str] = ()) -> Publication:
    """Return what is published of ``waves``, and how the record goes on; the lines of other waves stay as they are.

    ``withdraw`` names waves that may vanish though something of them is still ahead.
    """
    follower = _PublicationBuilder(plan, waves, today)
    entries = tuple(follower.entries())
    vanished = follower.mark_removed(withdraw)
    record = Lockfile(dict(sorted(follower.lock_entries.items())), follower.domain)
    return Publication((*entries, *follower.withdrawn_entries()), record, vanished)


def current_wave_names(plan: Plan) -> dict[str, str]:
    """Return the present name of each wave that was renamed, by its earlier ones."""
    return {old: wave for wave, one in plan.waves.items() for old in one.was if old not in plan.files}


class _PublicationBuilder:
    """One pass over a plan and its record; ``lines`` are those of the record as they become."""

    def __init__(self, plan: Plan, waves: Collection[str], today: date) -> None:
        self._plan, self._requested_waves, self._today_iso = plan, frozenset(waves), today.isoformat()
        self._day = today
        self.domain = plan.programme.effective_uid_domain
        self._old_entries = plan.lockfile.entries if plan.lockfile else {}
        self.lock_entries = dict(self._old_entries)
        self._name_history, self._facts = NameHistory(plan), EntryFacts(plan)
        self._current_names = current_wave_names(plan)
        self._groups = resolve_groups(plan, drafts=False)
        self._uids = assign_uids(self._name_history, self._groups, self._old_entries, self.domain)

    def entries(self) -> Iterator[PublishedEntry]:
        """Return the entries of the plan, each with the line that it has from now on."""
        for uid, group in zip(self._uids, self._groups, strict=True):
            if self._requested_waves.isdisjoint(group.waves):
                continue
            old = self._old_entries.get(uid)
            dated = group.when.form is not DateForm.UNKNOWN
            shown = group if dated or old is None else removed.postponed_group(group, old, self._plan)
            facts = self._facts.for_group(shown, self._ordered_members(shown, old))
            if dated or old is not None:
                line = self.lock_entries[uid] = revise_entry(old, facts, self._today_iso)
            else:  # what never had a date was never published
                line = revise_entry(None, facts, "")
            yield PublishedEntry(uid, shown, line)

    def _ordered_members(self, group: MomentGroup, old: LockEntry | None) -> tuple[str, ...]:
        """Return the names of a group's moments: the one that its line was made for first, as long as it is there."""
        names = [member.reference for member in group.members]
        if old is not None and len(names) > 1:
            place = {name: number for number, name in enumerate(old.members)}
            first = min(
                group.members, key=lambda one: min(place.get(n, len(place)) for n in self._name_history.names_of(one))
            )
            return (first.reference, *sorted(name for name in names if name != first.reference))
        return (names[0], *sorted(names[1:]))

    def mark_removed(self, withdraw: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """Mark the lines that no moment goes on in; return, by wave, those that keep a wave from vanishing."""
        held = {
            name: uid
            for uid, group in zip(self._uids, self._groups, strict=True)
            for member in group.members
            for name in self._name_history.names_of(member)
        }
        going = set(self._uids)
        vanished: dict[str, tuple[str, ...]] = {}
        for uid, line in self._old_entries.items():
            if uid in going:
                continue
            waves = self._current_waves_of(line)
            into = next((held[name] for name in line.members if name in held), None)
            if into is not None:
                if waves & self._requested_waves and into in self.lock_entries:
                    self.lock_entries[uid] = line._replace(into=into, withdrawn=None)
            elif line.live and self._are_all_requested(waves):
                lost = sorted(wave for wave in waves - self._plan.files.keys() if wave not in withdraw)
                if lost and removed.entry_dates(line, self._plan).last_day >= self._day:
                    vanished[lost[0]] = (*vanished.get(lost[0], ()), uid)
                else:
                    day = max(self._today_iso, line.modified)
                    self.lock_entries[uid] = line._replace(sequence=line.sequence + 1, modified=day, withdrawn=day)
        return vanished

    def _current_waves_of(self, line: LockEntry) -> set[str]:
        """Return the present names of the waves that a line belongs to."""
        waves = (name.partition("/")[0] for name in line.members)
        return {self._current_names.get(wave, wave) for wave in waves}

    def _is_any_requested(self, waves: set[str]) -> bool:
        """Tell whether one of these waves is asked for; those that have vanished are where all others are."""
        return bool(waves & self._requested_waves) or self._plan.files.keys() <= self._requested_waves

    def _are_all_requested(self, waves: set[str]) -> bool:
        """Tell whether what becomes of something in these waves can be said: a wave not asked for is left alone."""
        return waves & self._plan.files.keys() <= self._requested_waves and self._is_any_requested(waves)

    def withdrawn_entries(self) -> Iterator[PublishedEntry]:
        """Return what was withdrawn and is still told of."""
        for uid, line in sorted(self.lock_entries.items()):
            if line.withdrawn is None or self._day - date.fromisoformat(line.withdrawn) >= WITHDRAWAL_SHOWN_FOR:
                continue
            if self._is_any_requested(self._current_waves_of(line)):
                group = removed.withdrawn_group(line, self._plan, self._current_names)
                if max(one.local.last_known or date.min for one in group.occurrences) >= self._day:
                    yield PublishedEntry(uid, group, line)


def revise_entry(old: LockEntry | None, facts: dict[str, Any], today: str) -> LockEntry:
    """Return the line of an entry with these facts; it keeps its number and day where nothing has changed.

    A day before that of the last change is passed over: a calendar would take the entry for an old one.
    """
    if old is None:
        return LockEntry(**facts, published=today, modified=today)
    new = old._replace(**facts, withdrawn=None, into=None)
    day = max(today, old.modified)
    differs = is_significant_change(old, new)
    if not differs and old.live:
        return new._replace(modified=day) if visible_facts_changed(old, new) else new
    before = old.before
    if differs or old.withdrawn:
        before = LastChange(
            day,
            when=old.when if old.when != new.when else None,
            status="withdrawn" if old.withdrawn else old.status if old.status != new.status else None,
            place=old.place if old.place and place_changed(old, new) else None,
        )
    return new._replace(sequence=old.sequence + 1, modified=day, before=before)
