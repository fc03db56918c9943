"""What the site shows of a plan, computed once for all its languages: no drafts, and nothing else that is private."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple, TypeVar

from wavectl.actions.counts import Count, Counts
from wavectl.actions.rhythm import Rhythm
from wavectl.insights.action_list import ShownAction
from wavectl.insights.convergence import Convergence, Meeting, find_convergence
from wavectl.insights.convergence.actors import SharedActor
from wavectl.insights.report import Report
from wavectl.insights.status import CertaintyCounts, count_by_certainty
from wavectl.model import Wave
from wavectl.plan.loader import Plan
from wavectl.publishing.site.history import LockHistory
from wavectl.publishing.tracking.next_lock import (
    PublishedEntry,
    compute_publication,
    current_wave_names,
    first_name,
    former_waves,
    present_members,
)
from wavectl.render.colours import wave_colours
from wavectl.render.timeline.chart import WeeklyActions
from wavectl.render.world_map import MapCounts
from wavectl.timeline.entries import Entry, Timeline, build_timeline
from wavectl.timeline.name_history import NameHistory
from wavectl.timeline.public_plan import public_plan

MAX_SHOWN_ACTIONS = 100
"""How many local actions a page lists; its counts have all."""


class WaveActions(NamedTuple):
    """The public counts of the local actions of a wave: by country, by week, on a map, and around its moments."""

    by_country: Counts
    by_week: WeeklyActions
    world_map: MapCounts
    rhythm: Rhythm


class SiteActions(NamedTuple):
    """The public counts of all local actions, and those that pages list, in the order of their turns.

    ``waves`` has only those with a register. ``shown`` has the first ``MAX_SHOWN_ACTIONS`` of each country that may be
    shown, ``shown_numbers`` by country how many of these there are.
    """

    total: Count = Count()
    world_map: MapCounts = MapCounts({})
    by_country: Mapping[str, Count] = {}
    by_region: Mapping[str, Count] = {}
    waves: Mapping[str, WaveActions] = {}
    shown: Sequence[ShownAction] = ()
    shown_numbers: Mapping[str, int] = {}


class MomentFacts(NamedTuple):
    """A real-world moment: how it is published, and its entries, one for each time that it happens."""

    published: PublishedEntry
    entries: tuple[Entry, ...]

    @property
    def reference(self) -> str:
        """The reference of its root, ``wave/id``, which is its address."""
        return self.published.group.root.reference


class WithdrawnMoment(NamedTuple):
    """A moment that was removed: its address as ``wave/id``, the UID of its entry, and its earlier addresses."""

    reference: str
    uid: str
    earlier: tuple[str, ...]


class SiteFacts:
    """The facts of all pages, from what is public of a plan."""

    def __init__(
        self,
        plan: Plan,
        today: date,
        actions: SiteActions = SiteActions(),  # noqa: B008
        history: LockHistory | None = None,
        report: Report | None = None,
    ) -> None:
        self.plan = plan = public_plan(plan)
        self.today, self.actions, self.report = today, actions, report
        self.history = history or LockHistory(plan, ())
        self.languages = tuple(plan.programme.page_languages)
        publication = compute_publication(plan, plan.files, today)
        self.lock_entries = publication.lockfile.entries
        self._published = [entry for entry in publication.entries if entry.lock_entry.withdrawn is None]
        self.colours = wave_colours(plan.waves)
        self.waves: dict[str, Wave] = {
            wave_id: wave.model_copy(update={"color": self.colours[wave_id]}) for wave_id, wave in plan.waves.items()
        }
        in_waves = self._as_published(build_timeline(plan, list(plan.waves), today, merge=False, drafts=False).entries)
        self.entries: tuple[Entry, ...] = tuple(entry for entry in in_waves if _is_first(entry))
        self._entries_by_wave: dict[str, list[Entry]] = {wave_id: [] for wave_id in plan.waves}
        for entry in in_waves:
            self._entries_by_wave[entry.member.wave].append(entry)

    def _as_published(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """Return entries in order, with those that have lost their date on the days last published, as in the feeds."""
        undated = {entry.group.root.reference for entry in entries if entry.occurrence.when.start is None}
        groups = (published.group for published in self._published if undated)
        shown = {one.root.reference: one for one in groups if one.when.start and one.root.reference in undated}
        if not shown:
            return entries
        found = [
            entry._replace(group=group, occurrence=occurrence, stated=None)
            for entry in entries
            for group in (shown.get(entry.group.root.reference, entry.group),)
            for occurrence in (group.occurrences if group is not entry.group else (entry.occurrence,))
        ]
        return sorted(found, key=lambda entry: entry.sort_key(self.plan.programme.languages))

    @cached_property
    def moments(self) -> list[MomentFacts]:
        """The moments, in the order of the plan."""
        by_root: dict[str, list[Entry]] = {}
        for entry in self.entries:
            by_root.setdefault(entry.group.root.reference, []).append(entry)
        return [MomentFacts(one, tuple(by_root.get(one.group.root.reference, ()))) for one in self._published]

    @cached_property
    def convergence(self) -> Convergence:
        """Where the waves meet, without drafts and those who act in them."""
        return find_convergence(self.plan, (), self.today, by_pair=False)

    @cached_property
    def meetings(self) -> Mapping[str, Sequence[Meeting]]:
        """The meetings of each wave with others."""
        return _by_wave((meeting, meeting.waves) for meeting in self.convergence.meetings)

    @cached_property
    def shared_actors(self) -> Mapping[str, Sequence[SharedActor]]:
        """The actors that each wave has in common with others."""
        return _by_wave((shared, shared.all_waves) for shared in self.convergence.shared_actors)

    @cached_property
    def certainty(self) -> Mapping[str, CertaintyCounts]:
        """How sure the dates of each wave are, counted as in the report."""
        groups = (moment.published.group for moment in self.moments)
        by_wave = _by_wave((group, group.waves) for group in groups)
        return {wave_id: count_by_certainty(by_wave.get(wave_id, ())) for wave_id in self.waves}

    def earlier_names(self, wave_id: str) -> list[str]:
        """Return the earlier names of a wave that no other wave has now."""
        return [old for old in self.waves[wave_id].was if old not in self.plan.files]

    @cached_property
    def former_waves(self) -> Mapping[str, Sequence[str]]:
        """The names of waves that the plan has no longer, each with the UIDs of the entries that know it."""
        return former_waves(self.plan)

    @cached_property
    def moments_by_uid(self) -> dict[str, MomentFacts]:
        """The moments by the UIDs of their entries."""
        return {moment.published.uid: moment for moment in self.moments}

    def wave_timeline(self, wave_id: str) -> Timeline:
        """Return the timeline of one wave."""
        return self.timeline(self._entries_by_wave[wave_id], [wave_id])

    def timeline(self, entries: Sequence[Entry], wave_ids: Sequence[str]) -> Timeline:
        """Return a timeline with these entries of some waves."""
        return Timeline(self.plan.programme, self.waves, tuple(wave_ids), self.today, tuple(entries))

    def moved_addresses(self) -> Iterator[tuple[str, str]]:
        """Return the references that a moment had or has beside that of its root, each with that of the root."""
        names, taken = NameHistory(self.plan), {moment.reference for moment in self.moments}
        for moment in self.moments:
            own = (name for member in moment.published.group.members for name in names.names_of(member))
            yield from self._new_names(own, moment, taken)
        by_uid = self.moments_by_uid
        for uid, former in self._former_names.items():
            if uid in by_uid:
                yield from self._new_names(former, by_uid[uid], taken)

    @cached_property
    def _former_names(self) -> Mapping[str, Sequence[str]]:
        """Names that only the lockfile knows, by the UID of the entry that continues what was published under them."""
        found: dict[str, list[str]] = {}
        for uid, entry in self.lock_entries.items():
            names = [*entry.former, *(entry.members if entry.into else ())]
            if names:
                found.setdefault(self.continuing(uid), []).extend(names)
        return found

    def reference(self, uid: str) -> str:
        """Return the moment whose page tells of a published entry, ``wave/id``."""
        moment = self.moments_by_uid.get(self.continuing(uid))
        return moment.reference if moment else self.history.reference(uid)

    def continuing(self, uid: str) -> str:
        """Return the UID of the entry that an entry was merged into, at last; its own if it was not."""
        seen = {uid}
        while (entry := self.lock_entries.get(uid)) and entry.into and entry.into not in seen:
            seen.add(uid := entry.into)
        return uid

    @cached_property
    def withdrawn(self) -> Sequence[WithdrawnMoment]:
        """What was published and is in the plan no more, where no other moment has its address."""
        taken = {moment.reference for moment in self.moments} | {old for old, _ in self.moved_addresses()}
        wave_names, found = current_wave_names(self.plan), list[WithdrawnMoment]()
        for uid, entry in self.lock_entries.items():
            members = present_members(entry, wave_names) if entry.withdrawn else []
            for position, (wave, moment_id) in enumerate(members):
                was = self.plan.waves[wave].was if wave in self.plan.waves else ()
                waves, ids = [wave, *was], [moment_id]
                former: Sequence[str] = ()
                if position == 0:  # the moment that the entry was created for
                    first_wave, first_id = first_name(uid)
                    waves, ids, former = [*waves, first_wave], [*ids, first_id], self._former_names.get(uid, ())
                names = dict.fromkeys((*(f"{wave}/{one}" for one in ids for wave in waves), *former))
                free = [name for name in names if name not in taken]
                taken.update(free)
                if free:
                    found.append(WithdrawnMoment(free[0], uid, tuple(free[1:])))
        return found

    @staticmethod
    def _new_names(
        names: Iterator[str] | Sequence[str], moment: MomentFacts, taken: set[str]
    ) -> Iterator[tuple[str, str]]:
        for name in names:
            if name not in taken:
                taken.add(name)
                yield name, moment.reference


Item = TypeVar("Item")


def _by_wave(items: Iterable[tuple[Item, Iterable[str]]]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    for item, waves in items:
        for wave in waves:
            found.setdefault(wave, []).append(item)
    return found


def _is_first(entry: Entry) -> bool:
    """Tell whether an entry is that of the first of the members that share its occurrence."""
    shared = {entry.member.reference, *entry.also_in}
    return next(member for member in entry.group.members if member.reference in shared) is entry.member
