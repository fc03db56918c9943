"""Compute a publication: the entries to publish, and the next lockfile."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from wavectl.dates.edtf import DateForm
from wavectl.lockfile.entry import EMPTY_OBJECT, LastChange, LockEntry, Lockfile
from wavectl.model import Moment, Place, Status
from wavectl.plan.loader import Plan
from wavectl.publishing.tracking.changes import (
    ChangeKind,
    EntryChange,
    EntryFacts,
    compare_lockfiles,
    is_same_apart_from_space,
    is_significant_change,
    place_changed,
    visible_facts_changed,
    visible_status,
    visible_status_changed,
)
from wavectl.publishing.tracking.entry_dates import entry_dates
from wavectl.publishing.tracking.identity import assign_uids
from wavectl.timeline.groups import MomentGroup, resolve_groups
from wavectl.timeline.name_history import NameHistory
from wavectl.timeline.ties import Member

WITHDRAWAL_SHOWN_FOR = timedelta(days=30)
"""For how long a withdrawn entry is shown, if its last day does not come first."""


class PublishedEntry(NamedTuple):
    """A real-world moment as published: its UID, the moment, and its lockfile entry."""

    uid: str
    group: MomentGroup
    lock_entry: LockEntry


class Publication(NamedTuple):
    """The entries of some waves, the next lockfile, and by vanished wave the UIDs of its entries that are not past.

    ``entries`` are in the order of the plan; withdrawn ones that are still shown follow, in order of UID.
    """

    entries: tuple[PublishedEntry, ...]
    lockfile: Lockfile
    vanished_waves: Mapping[str, tuple[str, ...]]


def compute_publication(plan: Plan, waves: Collection[str], today: date, withdraw: Collection[str] = ()) -> Publication:
    """Return the publication of ``waves``; the lockfile entries of other waves do not change.

    ``withdraw`` names waves that may vanish although some of their entries are not past.
    """
    builder = _PublicationBuilder(plan, waves, today)
    entries = tuple(builder.entries())
    vanished = builder.mark_removed(withdraw)
    actions = plan.lockfile.actions if plan.lockfile else {}
    lockfile = Lockfile(dict(sorted(builder.lock_entries.items())), builder.domain, actions=actions)
    return Publication((*entries, *builder.withdrawn_entries()), lockfile, vanished)


class SubscriberChanges(NamedTuple):
    """What subscribers will see of a change of the plan once it is published, and the entries of the next lockfile.

    ``reworded`` are the entries, if several, of which only the slogan or hashtags of the wave change; ``changes`` are
    all others. ``pending_count`` is the number of changes that were not published before either.
    """

    changes: tuple[EntryChange, ...]
    reworded: tuple[EntryChange, ...]
    pending_count: int
    entries: Mapping[str, LockEntry]


def compare_publications(
    old: Plan, new: Plan, today: date, announced: Mapping[str, LockEntry] = EMPTY_OBJECT
) -> SubscriberChanges:
    """Return what subscribers will see of a change from one plan to another, which have the same lockfile.

    A wave that vanishes is withdrawn. ``announced`` are entries that were published as withdrawn in the meantime.
    """
    after, before = (
        compute_publication(plan, list(plan.files), today, vanished_waves(plan)).lockfile for plan in (new, old)
    )
    entries = {uid: entry if entry.live else announced.get(uid, entry) for uid, entry in after.entries.items()}
    known = {change.uid: change for change in compare_lockfiles(old.lockfile, before)}
    pending = compare_lockfiles(new.lockfile, after._replace(entries=entries))
    changes = [change for change in pending if change.uid in announced or known.get(change.uid) != change]
    reworded = [change for change in changes if _is_reworded_by_wave(old, new, change)]
    if len(reworded) < 2:
        reworded = []
    others = tuple(change for change in changes if change not in reworded)
    return SubscriberChanges(others, tuple(reworded), len(pending) - len(changes), entries)


def _is_reworded_by_wave(old_plan: Plan, new_plan: Plan, change: EntryChange) -> bool:
    """Tell whether only the details of an entry change, and one of its waves has another slogan or other hashtags."""
    if change.kinds != (ChangeKind.REWORDED,):
        return False
    names = {member.partition("/")[0] for member in change.after.members}
    both = names & old_plan.waves.keys() & new_plan.waves.keys()
    pairs = ((old_plan.waves[name], new_plan.waves[name]) for name in both)
    return any((old.slogan, old.hashtags) != (new.slogan, new.hashtags) for old, new in pairs)


def current_wave_names(plan: Plan) -> dict[str, str]:
    """Return the present name of each renamed wave, by its earlier names."""
    return {old: wave_id for wave_id, wave in plan.waves.items() for old in wave.was if old not in plan.files}


def present_members(entry: LockEntry, wave_names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the moments of an entry, each as the present name of its wave and its id.

    ``wave_names`` are the ``current_wave_names``.
    """
    names = (name.partition("/") for name in entry.members)
    return [(wave_names.get(wave, wave), moment) for wave, _, moment in names]


def vanished_waves(plan: Plan) -> set[str]:
    """Return the waves in the lockfile that the plan has no longer, under no name."""
    entries = plan.lockfile.entries.values() if plan.lockfile else ()
    published = {name.partition("/")[0] for entry in entries for name in entry.members}
    return published - plan.files.keys() - current_wave_names(plan).keys()


def first_name(uid: str) -> tuple[str, str]:
    """Return the wave and the id that the moment of an entry had when it got its UID."""
    moment, _, wave = uid.partition("@")[0].partition(".")
    return wave, moment


def former_waves(plan: Plan) -> dict[str, list[str]]:
    """Return the names of waves that the plan has no longer, each with the UIDs of the entries that know it.

    An entry knows the names of its waves under which it was published, and the one that its wave had first.
    """
    known, found = plan.files.keys() | current_wave_names(plan).keys(), dict[str, list[str]]()
    for uid, entry in plan.lockfile.entries.items() if plan.lockfile else ():
        names = {first_name(uid)[0], *(name.partition("/")[0] for name in (*entry.members, *entry.former))}
        for name in sorted(names - known):
            found.setdefault(name, []).append(uid)
    return dict(sorted(found.items()))


class _PublicationBuilder:
    """One pass over a plan and its lockfile; ``lock_entries`` become those of the next lockfile."""

    def __init__(self, plan: Plan, waves: Collection[str], today: date) -> None:
        self._plan, self._requested_waves, self._today = plan, frozenset(waves), today
        self.domain = plan.programme.effective_uid_domain
        self._old_entries = plan.lockfile.entries if plan.lockfile else {}
        self.lock_entries = dict(self._old_entries)
        self._names, self._facts = NameHistory(plan), EntryFacts(plan)
        self._current_names = current_wave_names(plan)
        self._groups = resolve_groups(plan, drafts=False)
        self._uids = assign_uids(self._names, self._groups, self._old_entries, self.domain)

    def entries(self) -> Iterator[PublishedEntry]:
        """Return the entries of the plan, each with its next lockfile entry."""
        for uid, group in zip(self._uids, self._groups, strict=True):
            if self._requested_waves.isdisjoint(group.waves):
                continue
            old = self._old_entries.get(uid)
            is_dated = group.when.form is not DateForm.UNKNOWN
            shown = group if is_dated or old is None else postponed_group(group, old, self._plan)
            facts = self._facts.for_group(shown, self._ordered_members(shown, old))
            if is_dated or old is not None:
                entry = self.lock_entries[uid] = revise_entry(old, facts, self._today.isoformat())
            else:  # a moment that never had a date was never published
                entry = revise_entry(None, facts, "")
            yield PublishedEntry(uid, shown, entry)

    def _ordered_members(self, group: MomentGroup, old: LockEntry | None) -> tuple[str, ...]:
        """Return the references of a group's members: first the one that the entry was created for, if present."""
        references = [member.reference for member in group.members]
        first = references[0]
        if old is not None and len(references) > 1:
            positions = {name: position for position, name in enumerate(old.members)}
            first = min(
                group.members,
                key=lambda member: min(positions.get(name, len(positions)) for name in self._names.names_of(member)),
            ).reference
        return (first, *sorted(reference for reference in references if reference != first))

    def mark_removed(self, withdraw: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """Mark the entries that no moment continues; return, by wave, those that keep a wave from vanishing."""
        uid_by_name = {
            name: uid
            for uid, group in zip(self._uids, self._groups, strict=True)
            for member in group.members
            for name in self._names.names_of(member)
        }
        continued = set(self._uids)
        vanished: dict[str, tuple[str, ...]] = {}
        for uid, entry in self._old_entries.items():
            if uid in continued:
                continue
            waves, day = self._current_waves_of(entry), max(self._today.isoformat(), entry.modified)
            into = next((uid_by_name[name] for name in entry.members if name in uid_by_name), None)
            if into is not None:
                if waves & self._requested_waves and into in self.lock_entries:
                    modified = day if entry.live else entry.modified  # so that the history knows the day
                    self.lock_entries[uid] = entry._replace(into=into, withdrawn=None, modified=modified)
            elif entry.live and self._are_all_requested(waves):
                lost = sorted(wave for wave in waves - self._plan.files.keys() if wave not in withdraw)
                if lost and entry_dates(entry, self._plan.programme.timezone).last_day >= self._today:
                    vanished[lost[0]] = (*vanished.get(lost[0], ()), uid)
                else:
                    self.lock_entries[uid] = entry._replace(sequence=entry.sequence + 1, modified=day, withdrawn=day)
        return vanished

    def _current_waves_of(self, entry: LockEntry) -> set[str]:
        return {wave for wave, _ in present_members(entry, self._current_names)}

    def _is_any_requested(self, waves: set[str]) -> bool:
        """Tell whether one of these waves is published now; a vanished wave is if all waves of the plan are."""
        return bool(waves & self._requested_waves) or self._plan.files.keys() <= self._requested_waves

    def _are_all_requested(self, waves: set[str]) -> bool:
        """Tell whether every one of these waves that the plan has is published now, so that an entry may change."""
        return waves & self._plan.files.keys() <= self._requested_waves and self._is_any_requested(waves)

    def withdrawn_entries(self) -> Iterator[PublishedEntry]:
        """Return the withdrawn entries that are still shown."""
        for uid, entry in sorted(self.lock_entries.items()):
            if entry.withdrawn is None or self._today - date.fromisoformat(entry.withdrawn) >= WITHDRAWAL_SHOWN_FOR:
                continue
            if self._is_any_requested(self._current_waves_of(entry)):
                group = withdrawn_group(entry, self._plan, self._current_names)
                if max(occurrence.local.last_known or date.min for occurrence in group.occurrences) >= self._today:
                    yield PublishedEntry(uid, group, entry)


def revise_entry(old: LockEntry | None, facts: dict[str, Any], today: str) -> LockEntry:
    """Return the entry with these facts; SEQUENCE and LAST-MODIFIED move only where something has changed.

    ``today`` is used unless it is before the last change: calendars would take the entry for an outdated one.
    """
    if old is None:
        return LockEntry(**facts, published=today, modified=today)
    kept = {name for name, fact in facts.items() if is_same_apart_from_space(getattr(old, name), fact)}
    new = old._replace(**{name: facts[name] for name in facts.keys() - kept}, withdrawn=None, into=None)
    if new.members != old.members:
        new = new._replace(former=tuple(sorted({*old.former, *old.members} - {*new.members})))
    day = max(today, old.modified)
    is_significant = is_significant_change(old, new)
    if not is_significant and old.live:
        return new._replace(modified=day) if visible_facts_changed(old, new) else new
    before = old.before
    if is_significant or old.withdrawn:
        before = LastChange(
            day,
            when=old.when if old.when != new.when else None,
            status="withdrawn" if old.withdrawn else _previous_status(old, new),
            place=old.place if old.place and place_changed(old, new) else None,
        )
    return new._replace(sequence=old.sequence + 1, modified=day, before=before)


def _previous_status(old: LockEntry, new: LockEntry) -> str | None:
    return visible_status(old).value if visible_status_changed(old, new) else None


# -- a moment from its lockfile entry: one that was removed from the plan, or has lost its date


def postponed_group(group: MomentGroup, entry: LockEntry, plan: Plan) -> MomentGroup:
    """Return a group that has lost its date: on the days last published, as postponed unless it is cancelled."""
    status = group.status if group.status is Status.CANCELLED else Status.POSTPONED
    return group._replace(status=status, **entry_dates(entry, plan.programme.timezone, status)._asdict())


def withdrawn_group(entry: LockEntry, plan: Plan, wave_names: Mapping[str, str]) -> MomentGroup:
    """Return the group of an entry whose moments are not in the plan any more, as cancelled.

    ``wave_names`` are the ``current_wave_names``.
    """
    facts = {"title": entry.title, "short": entry.short, "when": entry.when}
    place, dates = Place.model_validate(entry.place), entry_dates(entry, plan.programme.timezone)
    regions = plan.programme.regions.items()
    return MomentGroup(
        members=tuple(
            Member(wave, Moment.model_validate({"id": moment, **facts}))
            for wave, moment in present_members(entry, wave_names)
        ),
        when=dates.when,
        rule=dates.rule,
        status=Status.CANCELLED,
        place=place,
        zone=dates.zone,
        url=None,
        actors=(),
        priorities=(),
        regions=tuple(name for name, region in regions if place.country in region.countries),
        occurrences=tuple(occurrence._replace(status=Status.CANCELLED) for occurrence in dates.occurrences),
    )
