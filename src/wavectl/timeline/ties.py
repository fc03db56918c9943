"""``same_as``: the moments at the ends of ties, and what a moment leaves to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from wavectl.dates import recurrence
from wavectl.dates.edtf import UNKNOWN, When
from wavectl.model import Moment, Status
from wavectl.plan.loader import Plan
from wavectl.timeline.group import Member


def full_reference(reference: str, wave: str) -> str:
    """Return ``wave/moment`` for a reference that stands in ``wave`` and may leave it out."""
    return reference if "/" in reference else f"{wave}/{reference}"


def tied_members(plan: Plan) -> dict[str, list[Member]]:
    """Return the moments that are tied to others by the ``wave/id`` of their root, which is among them if it is there.

    The root comes first, the others in order of wave and id. Moments that stand alone, most of them, are in no list:
    this costs little.
    """
    members: dict[str, Member] = {}
    aimed: set[str] = set()
    for wave_id, wave in plan.waves.items():
        for _, moment in wave.moments_with("same_as"):
            if moment.same_as is not None:
                members.setdefault(f"{wave_id}/{moment.id}", Member(wave_id, moment))
                aimed.add(full_reference(moment.same_as, wave_id))
    for reference in aimed - members.keys():
        if reference in plan.moments:
            members[reference] = Member(reference.partition("/")[0], plan.moments[reference])
    roots: dict[str, str] = {}
    found: dict[str, list[Member]] = {}
    for reference in plan.moments if members else ():
        if reference in members:
            found.setdefault(root_reference(reference, members, roots), []).append(members[reference])
    for root, together in found.items():
        together.sort(key=lambda member: (member.reference != root, member.wave, member.moment.id))
    return found


class TieFacts(NamedTuple):
    """When a moment happens, as its group knows it: ``teller`` is the member whose date is told, in ``wave``."""

    when: When
    status: Status
    wave: str
    date_source: Moment

    def dates(self, plan: Plan, wave: str) -> Iterator[tuple[When, Status]]:
        """Return each date on which it happens in a wave, in order, and how sure that one is."""
        moment = self.date_source
        if moment.repeat is None:
            yield self.when, self.status
            return
        period = plan.waves[wave].period
        for planned in recurrence.occurrences(moment.repeat, self.when, period.latest if period else None):
            keys = occurrence_keys(planned) if moment.exceptions else ()
            change = next((moment.exceptions[key] for key in keys if key in moment.exceptions), None)
            yield (change and change.when) or planned, (change and change.status) or self.status


def moments_with_facts(plan: Plan, before: date | None = None) -> Iterator[tuple[str, int, Moment, TieFacts | None]]:
    """Return every moment with its wave, its place there, and its facts; None where the date is not known.

    Of tied moments all have the facts of their group: those of its most precise date, or of the one that repeats.
    With ``before``, those that begin later and name no day to be confirmed by may be passed over.
    """
    known = {
        member.reference: found
        for members in tied_members(plan).values()
        if (found := _group_facts(members))
        for member in members
    }
    for wave_id, wave in plan.waves.items():
        for place, moment in enumerate(wave.moments):
            if moment.same_as is not None or (known and f"{wave_id}/{moment.id}" in known):
                yield wave_id, place, moment, known.get(f"{wave_id}/{moment.id}")
            elif moment.when is None or moment.when.start is None:
                yield wave_id, place, moment, None
            elif before is None or moment.when.start.first <= before or moment.confirm_by is not None:
                status = moment.status or Status.CONFIRMED
                yield wave_id, place, moment, TieFacts(moment.when, status, wave_id, moment)


def _group_facts(members: list[Member]) -> TieFacts | None:
    """Return what tied members know together."""
    dated = [member for member in members if member.moment.when and member.moment.when.start]
    if not dated:
        return None
    teller = next((member for member in dated if member.moment.repeat), None) or most_precise(dated)
    status = next((member.moment.status for member in members if member.moment.status), Status.CONFIRMED)
    return TieFacts(teller.moment.when or UNKNOWN, status, teller.wave, teller.moment)


def most_precise(members: list[Member]) -> Member:
    """Return the member that has the most precise date; the first of equally precise ones."""
    return min(members, key=lambda member: vagueness(member.moment.when or UNKNOWN))


def vagueness(when: When) -> int:
    """Return how far a date is from being precise; doubt does not count, it may be the root's."""
    return when.precision.rank


def occurrence_keys(planned: When) -> tuple[str, ...]:
    """Return the texts that name an occurrence under ``except``: its date, and its first day."""
    return (planned.text, planned.earliest.isoformat()) if planned.earliest else (planned.text,)


def root_reference(start: str, members: Mapping[str, Member], roots: dict[str, str]) -> str:
    """Return the reference of the moment at the end of a chain of ties; a ring or a loose end ends where it begins.

    ``known`` has the roots found so far, and gets those of the whole chain.
    """
    chain: dict[str, int] = {}
    here = start
    while here not in roots and here not in chain:
        chain[here] = len(chain)
        wave, moment = members[here]
        target = full_reference(moment.same_as, wave) if moment.same_as else here
        if target == here or target not in members:
            roots[here] = here
        here = target if target in members else here
    root = roots[here] if here in roots else min(list(chain)[chain[here] :])
    roots.update(dict.fromkeys(chain, root))
    return root


def with_inherited_date(plan: Plan, wave: str, moment: Moment) -> Moment:
    """Return a moment with the date, rule and zone that it leaves out taken from the moments that it is the same as."""
    seen = {f"{wave}/{moment.id}"}
    when, rule, zone = moment.when, moment.repeat, moment.timezone
    here = moment
    while here.same_as and (when is None or zone is None):
        reference = full_reference(here.same_as, wave)
        found = plan.moments.get(reference)
        if found is None or reference in seen:
            break
        seen.add(reference)
        if when is None:
            when, rule = found.when, rule or found.repeat
        zone = zone or found.timezone
        here, wave = found, reference.partition("/")[0]
    if here is moment:
        return moment
    return moment.model_copy(update={"when": when, "repeat": rule, "timezone": zone})
