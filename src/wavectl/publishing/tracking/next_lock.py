"""Plan + record -> the entries to publish, and the next record: what was published stays, moves, or is seen to go."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from wavectl.dates.edtf import Form
from wavectl.lockfile.entry import Before, Line, Record
from wavectl.plan.loader import Plan
from wavectl.publishing.tracking import removed
from wavectl.publishing.tracking.entry_facts import Facts, moved, relocated, reworded
from wavectl.publishing.tracking.identity import Names, identify
from wavectl.timeline import Group, groups

SHOWN = timedelta(days=30)
"""For how long people are told that something was withdrawn, if its last day does not come first."""


class Published(NamedTuple):
    """A real-world moment as it is published: its UID, what it is, and its line in the record."""

    uid: str
    group: Group
    line: Line


class Followed(NamedTuple):
    """What is published of some waves, the record that says so, and the waves that have vanished with entries ahead.

    ``entries`` are in the order of the plan, then what was withdrawn and is still told of, in order of UID.
    """

    entries: tuple[Published, ...]
    record: Record
    vanished: Mapping[str, tuple[str, ...]]


def follow(plan: Plan, waves: Collection[str], today: date, withdraw: Collection[str] = ()) -> Followed:
    """Return what is published of ``waves``, and how the record goes on; the lines of other waves stay as they are.

    ``withdraw`` names waves that may vanish though something of them is still ahead.
    """
    follower = _Follower(plan, waves, today)
    entries = tuple(follower.entries())
    vanished = follower.let_go(withdraw)
    record = Record(dict(sorted(follower.lines.items())), follower.domain)
    return Followed((*entries, *follower.relics()), record, vanished)


def present_names(plan: Plan) -> dict[str, str]:
    """Return the present name of each wave that was renamed, by its earlier ones."""
    return {old: wave for wave, one in plan.waves.items() for old in one.was if old not in plan.files}


class _Follower:
    """One pass over a plan and its record; ``lines`` are those of the record as they become."""

    def __init__(self, plan: Plan, waves: Collection[str], today: date) -> None:
        self._plan, self._waves, self._today = plan, frozenset(waves), today.isoformat()
        self._day = today
        self.domain = plan.programme.identity
        self._old = plan.record.lines if plan.record else {}
        self.lines = dict(self._old)
        self._names, self._facts = Names(plan), Facts(plan)
        self._now = present_names(plan)
        self._every = groups(plan, drafts=False)
        self._uids = identify(self._names, self._every, self._old, self.domain)

    def entries(self) -> Iterator[Published]:
        """Return the entries of the plan, each with the line that it has from now on."""
        for uid, group in zip(self._uids, self._every, strict=True):
            if self._waves.isdisjoint(group.waves):
                continue
            old = self._old.get(uid)
            dated = group.when.form is not Form.UNKNOWN
            shown = group if dated or old is None else removed.postponed(group, old, self._plan)
            facts = self._facts.of(shown, self._members(shown, old))
            if dated or old is not None:
                line = self.lines[uid] = revised(old, facts, self._today)
            else:  # what never had a date was never published
                line = revised(None, facts, "")
            yield Published(uid, shown, line)

    def _members(self, group: Group, old: Line | None) -> tuple[str, ...]:
        """Return the names of a group's moments: the one that its line was made for first, as long as it is there."""
        names = [member.reference for member in group.members]
        if old is not None and len(names) > 1:
            place = {name: number for number, name in enumerate(old.members)}
            first = min(group.members, key=lambda one: min(place.get(n, len(place)) for n in self._names.of(one)))
            return (first.reference, *sorted(name for name in names if name != first.reference))
        return (names[0], *sorted(names[1:]))

    def let_go(self, withdraw: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """Mark the lines that no moment goes on in; return, by wave, those that keep a wave from vanishing."""
        held = {
            name: uid
            for uid, group in zip(self._uids, self._every, strict=True)
            for member in group.members
            for name in self._names.of(member)
        }
        going = set(self._uids)
        vanished: dict[str, tuple[str, ...]] = {}
        for uid, line in self._old.items():
            if uid in going:
                continue
            waves = self._waves_of(line)
            into = next((held[name] for name in line.members if name in held), None)
            if into is not None:
                if waves & self._waves and into in self.lines:
                    self.lines[uid] = line._replace(into=into, withdrawn=None)
            elif line.live and self._all_asked(waves):
                lost = sorted(wave for wave in waves - self._plan.files.keys() if wave not in withdraw)
                if lost and removed.dated(line, self._plan).last >= self._day:
                    vanished[lost[0]] = (*vanished.get(lost[0], ()), uid)
                else:
                    day = max(self._today, line.modified)
                    self.lines[uid] = line._replace(sequence=line.sequence + 1, modified=day, withdrawn=day)
        return vanished

    def _waves_of(self, line: Line) -> set[str]:
        """Return the present names of the waves that a line belongs to."""
        waves = (name.partition("/")[0] for name in line.members)
        return {self._now.get(wave, wave) for wave in waves}

    def _asked(self, waves: set[str]) -> bool:
        """Tell whether one of these waves is asked for; those that have vanished are where all others are."""
        return bool(waves & self._waves) or self._plan.files.keys() <= self._waves

    def _all_asked(self, waves: set[str]) -> bool:
        """Tell whether what becomes of something in these waves can be said: a wave not asked for is left alone."""
        return waves & self._plan.files.keys() <= self._waves and self._asked(waves)

    def relics(self) -> Iterator[Published]:
        """Return what was withdrawn and is still told of."""
        for uid, line in sorted(self.lines.items()):
            if line.withdrawn is None or self._day - date.fromisoformat(line.withdrawn) >= SHOWN:
                continue
            if self._asked(self._waves_of(line)):
                group = removed.withdrawn(line, self._plan, self._now)
                if max(one.local.known or date.min for one in group.occurrences) >= self._day:
                    yield Published(uid, group, line)


def revised(old: Line | None, facts: dict[str, Any], today: str) -> Line:
    """Return the line of an entry with these facts; it keeps its number and day where nothing has changed.

    A day before that of the last change is passed over: a calendar would take the entry for an old one.
    """
    if old is None:
        return Line(**facts, published=today, modified=today)
    new = old._replace(**facts, withdrawn=None, into=None)
    day = max(today, old.modified)
    differs = moved(old, new)
    if not differs and old.live:
        return new._replace(modified=day) if reworded(old, new) else new
    before = old.before
    if differs or old.withdrawn:
        before = Before(
            day,
            when=old.when if old.when != new.when else None,
            status="withdrawn" if old.withdrawn else old.status if old.status != new.status else None,
            place=old.place if old.place and relocated(old, new) else None,
        )
    return new._replace(sequence=old.sequence + 1, modified=day, before=before)
