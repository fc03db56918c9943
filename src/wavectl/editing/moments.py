"""What is to be written where news of a moment comes: it moves, is confirmed, put off, called off, tied or renamed.

A tied moment is changed at its root. What the other moments of the tie say themselves gives way where it would
contradict that, or tell less of it than they did.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any

from wavectl.dates.edtf import UNKNOWN, When
from wavectl.diagnostics import Path
from wavectl.editing.resolve_reference import Together, place_of, written
from wavectl.model import Status
from wavectl.plan.loader import Plan
from wavectl.timeline import Member, absolute, occurrence_keys

PlanWishes = dict[str, dict[Path, Any]]
"""What to write into each wave, by its id: a value for each path, as ``edit.changed`` takes them."""

FAR = 300
"""By how many days one and the same moment moves at most; beyond, another edition may be meant."""


class Shift(StrEnum):
    """What has become of a date."""

    FIRMED_UP = "firmed-up"  # known more closely, inside of what was known
    BLURRED = "blurred"  # known less closely
    MOVED = "moved"
    SAME = "same"


def shift(old: When, new: When) -> Shift:
    """Return what has become of a date."""
    if old == new:
        return Shift.SAME
    if old.start is None:
        return Shift.FIRMED_UP
    if new.start is None:
        return Shift.BLURRED
    if not new.exact and _within(old, new) and (new.doubt or not _within(new, old)):
        return Shift.BLURRED
    return Shift.FIRMED_UP if not old.exact and _within(new, old) else Shift.MOVED


def _within(inner: When, outer: When) -> bool:
    """Tell whether all days of a date are among those of another; nothing ends behind an open end."""
    first, last = (outer.earliest or date.min), (outer.latest or date.max)
    ends = (inner.latest or date.max) <= last
    return ends and first <= (inner.earliest or date.min)


def is_far(old: When, new: When, today: date) -> bool:
    """Tell whether a move is so far, or comes so late, that another edition of the moment may be meant.

    What is past may still be told more closely, inside of what was known.
    """
    if old.earliest is None or new.earliest is None:
        return False
    over = old.known is not None and old.known < today and not _within(new, old)
    return over or abs((new.earliest - old.earliest).days) > FAR


def stated(members: Together) -> When:
    """Return the date that tied moments tell: the most precise one, of equally precise ones the root's."""
    dates = [one.moment.when for one in members if one.moment.when and one.moment.when.start]
    return min(dates, key=lambda when: when.precision.rank, default=UNKNOWN)


def standing(members: Together) -> Status:
    """Return how sure it is that tied moments happen: what the root says, else another of them."""
    return next((one.moment.status for one in members if one.moment.status), Status.CONFIRMED)


def move(plan: Plan, members: Together, when: When, status: Status | None = None) -> PlanWishes:
    """Give a moment another date; one that was put off is confirmed again where no status is given."""
    root = members[0]
    found: PlanWishes = {}
    _wish(plan, found, root, {"when": when.text})
    for other in members[1:]:
        own = other.moment.when
        if own is not None and _gives_way(own, when):
            _wish(plan, found, other, {"when": None})
    if status is None and standing(members) is Status.POSTPONED:
        status = Status.CONFIRMED
    return merged(found, restate(plan, members, status) if status else {})


def _gives_way(own: When, when: When) -> bool:
    """Tell whether the date of a tied moment would hide that of its root, or contradict it."""
    if own.start is None:
        return False
    meets = own.overlaps(when.earliest, when.latest) if when.start else False
    return not meets or own.precision.rank <= when.precision.rank


def restate(plan: Plan, members: Together, status: Status) -> PlanWishes:
    """Say how sure it is that a moment happens: at the root, and wherever a tied one says otherwise itself."""
    found: PlanWishes = {}
    for one in members:
        own = one.moment.status
        if (
            own is not None
            or (one is members[0] and status is not Status.CONFIRMED)
            or (one is members[0] and standing(members) is not Status.CONFIRMED)
        ):
            _wish(plan, found, one, {"status": status.value})
    return found


def except_for(plan: Plan, member: Member, planned: When, change: dict[str, Any]) -> PlanWishes:
    """Say what differs in one occurrence of a repeating moment; what was said of it before stays."""
    moment = member.moment
    key = next((key for key in occurrence_keys(planned) if key in moment.exceptions), planned.text)
    before = (written(plan, member).get("except") or {}).get(key)
    path: Path = ("moments", place_of(plan, member), "except", key)
    if before is None or (isinstance(before, str) and change.keys() == {"status"}):
        value: Any = change["status"] if change.keys() == {"status"} else change
        return {member.wave: {path: value}}
    if isinstance(before, str):
        return {member.wave: {path: {"status": before, **change}}}
    return {member.wave: {(*path, name): value for name, value in change.items()}}


def remark(said: str, day: date) -> str:
    """Return the line of a note for what was said on a day."""
    return f"{day.isoformat()}: {said}"


def noted(plan: Plan, member: Member, said: str, day: date, language: str) -> PlanWishes:
    """Add to the note of a moment what was said, with the day; notes are never published."""
    line = remark(said, day)
    note = member.moment.note
    path: Path = ("moments", place_of(plan, member), "note")
    if not note:
        return {member.wave: {path: line}}
    if isinstance(note, str):
        return {member.wave: {path: _longer(note, line)}}
    own = language if language in note else next(iter(note))
    return {member.wave: {(*path, own): _longer(note[own], line)}}


def _longer(text: str, line: str) -> str:
    return f"{text.rstrip()}\n{line}\n"


def tie(plan: Plan, member: Member, to: str) -> PlanWishes:
    """Make a moment the same as another one, ``wave/moment``."""
    target = to.partition("/")[2] if to.partition("/")[0] == member.wave else to
    return {member.wave: {("moments", place_of(plan, member), "same_as"): target}}


def untie(plan: Plan, member: Member, members: Together) -> PlanWishes:
    """Make a moment one of its own again: it takes the date along that it had from the others."""
    found: PlanWishes = {}
    date_taken = {} if member.moment.when else {"when": stated(members).text}
    _wish(plan, found, member, {"same_as": None, **date_taken})
    return found


def rename(plan: Plan, member: Member, new: str) -> PlanWishes:
    """Give a moment another id; what names it follows, and its entry in calendars goes on under ``was``."""
    old = member.moment.id
    place = place_of(plan, member)
    was = [name for name in member.moment.was if name not in (new, f"{member.wave}/{new}")]
    found: PlanWishes = {member.wave: {("moments", place, "id"): new, ("moments", place, "was"): [*was, old]}}
    for wave, number, reference in _aiming(plan, member.reference):
        text = f"{member.wave}/{new}" if "/" in reference else new
        found.setdefault(wave, {})[("moments", number, "same_as")] = text
    for key, reason in plan.waves[member.wave].waive.items():
        rule, _, moment = key.partition(" ")
        if moment == old:
            own = found[member.wave]
            own[("waive", key)], own[("waive", f"{rule} {new}")] = None, reason
    return found


def remove(plan: Plan, member: Member) -> PlanWishes:
    """Take a moment out of its wave, with the waivers that are about it."""
    found: dict[Path, Any] = {("moments", place_of(plan, member)): None}
    for key in plan.waves[member.wave].waive:
        if key.partition(" ")[2] == member.moment.id:
            found[("waive", key)] = None
    return {member.wave: found}


def tied_to(plan: Plan, member: Member) -> list[str]:
    """Return the names of the moments that say themselves that they are the same as this one."""
    return [f"{wave}/{plan.waves[wave].moments[number].id}" for wave, number, _ in _aiming(plan, member.reference)]


def _aiming(plan: Plan, reference: str) -> Iterator[tuple[str, int, str]]:
    """Return the moments that are tied to one: wave, place, and how they name it."""
    for wave_id, wave in plan.waves.items():
        for number, moment in wave.stating("same_as"):
            if moment.same_as is not None and absolute(moment.same_as, wave_id) == reference:
                yield wave_id, number, moment.same_as


def like(plan: Plan, member: Member) -> dict[str, Any]:
    """Return what a new edition of a moment has in common with it, as the file says it."""
    raw = written(plan, member)
    return {key: raw[key] for key in _LASTING if raw.get(key) is not None}


_LASTING = ("title", "short", "kind", "place", "regions", "timezone", "actors", "priorities", "url", "description")
"""What the next edition of a moment has in common with this one."""


def merged(*several: PlanWishes) -> PlanWishes:
    """Return wishes together."""
    found: PlanWishes = {}
    for one in several:
        for wave, wishes in one.items():
            found.setdefault(wave, {}).update(wishes)
    return found


def _wish(plan: Plan, found: PlanWishes, member: Member, values: dict[str, Any]) -> None:
    place = place_of(plan, member)
    found.setdefault(member.wave, {}).update({("moments", place, key): value for key, value in values.items()})
