"""Follow ``same_as``: the roots of ties, the moments tied together, and what a moment inherits through its tie."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from wavectl.dates import recurrence
from wavectl.dates.edtf import UNKNOWN, When
from wavectl.model import Moment, Status
from wavectl.plan.loader import Plan


class Member(NamedTuple):
    """A moment and the id of its wave."""

    wave: str
    moment: Moment

    @property
    def reference(self) -> str:
        """Return the full reference of the moment: ``wave/moment``."""
        return f"{self.wave}/{self.moment.id}"


class TieFacts(NamedTuple):
    """When a moment happens, as its group knows it; ``date_source`` is the member, in ``wave``, that gives the date."""

    when: When
    status: Status
    wave: str
    date_source: Moment

    def dates(self, plan: Plan, wave: str) -> Iterator[tuple[When, Status]]:
        """Return the dates on which the moment happens in a wave, in order, each with its status."""
        moment = self.date_source
        if moment.repeat is None:
            yield self.when, self.status
            return
        period, zone = plan.waves[wave].period, moment.timezone or plan.programme.timezone
        for planned in recurrence.occurrences(moment.repeat, self.when, period and period.latest, zone):
            keys = occurrence_keys(planned) if moment.exceptions else ()
            change = next((moment.exceptions[key] for key in keys if key in moment.exceptions), None)
            yield (change and change.when) or planned, (change and change.status) or self.status


def full_reference(reference: str, wave: str) -> str:
    """Return ``wave/moment`` for a reference in a file of ``wave``, which may leave the wave out."""
    return reference if "/" in reference else f"{wave}/{reference}"


def tied_members(plan: Plan) -> dict[str, list[Member]]:
    """Return the moments that are tied to others, by the full reference of their root.

    The root comes first if the plan has it, the others follow in order of wave and id. Moments without a tie, which
    are most, are in no list, so that this is cheap.
    """
    members: dict[str, Member] = {}
    targets: set[str] = set()
    for wave_id, wave in plan.waves.items():
        for _, moment in wave.moments_with("same_as"):
            if moment.same_as is not None:
                members.setdefault(f"{wave_id}/{moment.id}", Member(wave_id, moment))
                targets.add(full_reference(moment.same_as, wave_id))
    for reference in targets - members.keys():
        if reference in plan.moments:
            members[reference] = Member(reference.partition("/")[0], plan.moments[reference])
    roots: dict[str, str] = {}
    tied: dict[str, list[Member]] = {}
    for reference in plan.moments if members else ():
        if reference in members:
            tied.setdefault(root_reference(reference, members, roots), []).append(members[reference])
    for root, group in tied.items():
        sort_members(group, root)
    return tied


def sort_members(members: list[Member], root: str) -> None:
    """Sort tied moments in place: the root first, the others in order of wave and id."""
    members.sort(key=lambda member: (member.reference != root, member.wave, member.moment.id))


def root_reference(start: str, members: Mapping[str, Member], roots: dict[str, str]) -> str:
    """Return the reference of the moment at the end of a chain of ties.

    A tie to a missing moment ends at the moment that has it; a cycle ends at its alphabetically first member.
    ``roots`` caches the roots found so far, and gets those of the whole chain.
    """
    chain: dict[str, int] = {}
    current = start
    while current not in roots and current not in chain:
        chain[current] = len(chain)
        wave, moment = members[current]
        target = full_reference(moment.same_as, wave) if moment.same_as else current
        if target == current or target not in members:
            roots[current] = current
        current = target if target in members else current
    root = roots[current] if current in roots else min(list(chain)[chain[current] :])
    roots.update(dict.fromkeys(chain, root))
    return root


def moments_with_facts(plan: Plan, before: date | None = None) -> Iterator[tuple[str, int, Moment, TieFacts | None]]:
    """Return every moment with its wave, its position there, and its facts; None where the date is unknown.

    Tied moments share the facts of their group: those of the member that repeats, else of the one with the most
    precise date. With ``before``, moments that begin after that day and have no ``confirm_by`` may be left out.
    """
    tied_facts = {
        member.reference: facts
        for members in tied_members(plan).values()
        if (facts := _group_facts(members))
        for member in members
    }
    for wave_id, wave in plan.waves.items():
        for position, moment in enumerate(wave.moments):
            if moment.same_as is not None or (tied_facts and f"{wave_id}/{moment.id}" in tied_facts):
                yield wave_id, position, moment, tied_facts.get(f"{wave_id}/{moment.id}")
            elif moment.when is None or moment.when.start is None:
                yield wave_id, position, moment, None
            elif before is None or moment.when.start.first <= before or moment.confirm_by is not None:
                status = moment.status or Status.CONFIRMED
                yield wave_id, position, moment, TieFacts(moment.when, status, wave_id, moment)


def _group_facts(members: list[Member]) -> TieFacts | None:
    dated = [member for member in members if member.moment.when and member.moment.when.start]
    if not dated:
        return None
    source = next((member for member in dated if member.moment.repeat), None) or most_precise(dated)
    status = shared_status(member.moment for member in members)
    return TieFacts(source.moment.when or UNKNOWN, status, source.wave, source.moment)


def shared_status(moments: Iterable[Moment]) -> Status:
    """Return the status of tied moments, the root first: the first that is stated.

    A moment with a date of its own states a status even without the key: it is confirmed.
    """
    for moment in moments:
        if moment.status or (moment.when and moment.when.start):
            return moment.status or Status.CONFIRMED
    return Status.CONFIRMED


def most_precise(members: list[Member]) -> Member:
    """Return the member with the most precise date; the first of equally precise ones."""
    return min(members, key=lambda member: vagueness(member.moment.when or UNKNOWN))


def vagueness(when: When) -> int:
    """Return how imprecise a date is; a doubt (``?``) does not count, since it may be the root's."""
    return when.precision.rank


def occurrence_keys(planned: When) -> tuple[str, ...]:
    """Return the keys that may name an occurrence under ``except``: its date, and its first day."""
    return (planned.text, planned.earliest.isoformat()) if planned.earliest else (planned.text,)


class InheritedDates:
    """Gives moments the date, rule and zone that they lack, from the moments that they are tied to.

    The moments of a chain are resolved once, so that long chains cost no more than short ones.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._resolved: dict[str, Moment] = {}

    def complete(self, wave: str, moment: Moment) -> Moment:
        """Return a moment of a wave with what it inherits; a moment without a tie as it is."""
        if not moment.same_as:
            return moment
        reference = full_reference(moment.same_as, wave)
        chain: dict[str, Moment] = {}
        while reference not in chain and reference not in self._resolved:
            target = self._plan.moments.get(reference)
            if target is None:
                break
            chain[reference] = target
            if target.same_as:
                reference = full_reference(target.same_as, reference.partition("/")[0])
        for target_reference, target in [*reversed(chain.items())] * 2:  # twice for a loop, which has no end
            self._resolved[target_reference] = self._inherit(target_reference.partition("/")[0], target)
        return self._inherit(wave, moment)

    def zone(self, member: Member) -> str:
        """Return the time zone of a moment: its own or an inherited one, else the programme's."""
        return self.complete(*member).timezone or self._plan.programme.timezone

    def _inherit(self, wave: str, moment: Moment) -> Moment:
        """Return a moment with what it inherits from the one that it is tied to, if that is resolved."""
        target = self._resolved.get(full_reference(moment.same_as, wave)) if moment.same_as else None
        if target is None or (moment.when is not None and moment.timezone is not None):
            return moment
        changes: dict[str, object] = {"timezone": moment.timezone or target.timezone}
        if moment.when is None:
            changes |= {"when": target.when, "repeat": moment.repeat or target.repeat}
        return moment.model_copy(update=changes)
