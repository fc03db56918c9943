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
from wavectl.diagnostics import KeyPath
from wavectl.editing.references import TiedMoments, index_of, raw_moment
from wavectl.model import Status
from wavectl.plan.loader import Plan
from wavectl.timeline import Member, full_reference, occurrence_keys

PlanChangeset = dict[str, dict[KeyPath, Any]]
"""What to write into each wave, by its id: a value for each path, as ``edit.changed`` takes them."""

MAX_SHIFT_DAYS = 300
"""By how many days one and the same moment moves at most; beyond, another edition may be meant."""


class DateShift(StrEnum):
    """What has become of a date."""

    FIRMED_UP = "firmed-up"  # known more closely, inside of what was known
    BLURRED = "blurred"  # known less closely
    MOVED = "moved"
    SAME = "same"


def classify_shift(old: When, new: When) -> DateShift:
    """Return what has become of a date."""
    if old == new:
        return DateShift.SAME
    if old.start is None:
        return DateShift.FIRMED_UP
    if new.start is None:
        return DateShift.BLURRED
    if not new.is_exact and _is_within(old, new) and (new.is_qualified or not _is_within(new, old)):
        return DateShift.BLURRED
    return DateShift.FIRMED_UP if not old.is_exact and _is_within(new, old) else DateShift.MOVED


def _is_within(inner: When, outer: When) -> bool:
    """Tell whether all days of a date are among those of another; nothing ends behind an open end."""
    first, last = (outer.earliest or date.min), (outer.latest or date.max)
    ends = (inner.latest or date.max) <= last
    return ends and first <= (inner.earliest or date.min)


def may_be_another_edition(old: When, new: When, today: date) -> bool:
    """Tell whether a move is so far, or comes so late, that another edition of the moment may be meant.

    What is past may still be told more closely, inside of what was known.
    """
    if old.earliest is None or new.earliest is None:
        return False
    over = old.last_known is not None and old.last_known < today and not _is_within(new, old)
    return over or abs((new.earliest - old.earliest).days) > MAX_SHIFT_DAYS


def most_precise_date(members: TiedMoments) -> When:
    """Return the date that tied moments tell: the most precise one, of equally precise ones the root's."""
    dates = [one.moment.when for one in members if one.moment.when and one.moment.when.start]
    return min(dates, key=lambda when: when.precision.rank, default=UNKNOWN)


def effective_status(members: TiedMoments) -> Status:
    """Return how sure it is that tied moments happen: what the root says, else another of them."""
    return next((one.moment.status for one in members if one.moment.status), Status.CONFIRMED)


def move(plan: Plan, members: TiedMoments, new_date: When, status: Status | None = None) -> PlanChangeset:
    """Give a moment another date; one that was put off is confirmed again where no status is given."""
    root = members[0]
    found: PlanChangeset = {}
    _set_values(plan, found, root, {"when": new_date.text})
    for other in members[1:]:
        own = other.moment.when
        if own is not None and _is_superseded(own, new_date):
            _set_values(plan, found, other, {"when": None})
    if status is None and effective_status(members) is Status.POSTPONED:
        status = Status.CONFIRMED
    return merge_changesets(found, set_status(plan, members, status) if status else {})


def _is_superseded(tied_date: When, new_date: When) -> bool:
    """Tell whether the date of a tied moment would hide that of its root, or contradict it."""
    if tied_date.start is None:
        return False
    meets = tied_date.overlaps(new_date.earliest, new_date.latest) if new_date.start else False
    return not meets or tied_date.precision.rank <= new_date.precision.rank


def set_status(plan: Plan, members: TiedMoments, status: Status) -> PlanChangeset:
    """Say how sure it is that a moment happens: at the root, and wherever a tied one says otherwise itself."""
    found: PlanChangeset = {}
    for one in members:
        own = one.moment.status
        if (
            own is not None
            or (one is members[0] and status is not Status.CONFIRMED)
            or (one is members[0] and effective_status(members) is not Status.CONFIRMED)
        ):
            _set_values(plan, found, one, {"status": status.value})
    return found


def set_exception(plan: Plan, member: Member, planned: When, change: dict[str, Any]) -> PlanChangeset:
    """Say what differs in one occurrence of a repeating moment; what was said of it before stays."""
    moment = member.moment
    key = next((key for key in occurrence_keys(planned) if key in moment.exceptions), planned.text)
    before = (raw_moment(plan, member).get("except") or {}).get(key)
    path: KeyPath = ("moments", index_of(plan, member), "except", key)
    if before is None or (isinstance(before, str) and change.keys() == {"status"}):
        value: Any = change["status"] if change.keys() == {"status"} else change
        return {member.wave: {path: value}}
    if isinstance(before, str):
        return {member.wave: {path: {"status": before, **change}}}
    return {member.wave: {(*path, name): value for name, value in change.items()}}


def note_line(text: str, day: date) -> str:
    """Return the line of a note for what was said on a day."""
    return f"{day.isoformat()}: {text}"


def add_note(plan: Plan, member: Member, text: str, day: date, language: str) -> PlanChangeset:
    """Add to the note of a moment what was said, with the day; notes are never published."""
    line = note_line(text, day)
    note = member.moment.note
    path: KeyPath = ("moments", index_of(plan, member), "note")
    if not note:
        return {member.wave: {path: line}}
    if isinstance(note, str):
        return {member.wave: {path: _append_line(note, line)}}
    own = language if language in note else next(iter(note))
    return {member.wave: {(*path, own): _append_line(note[own], line)}}


def _append_line(text: str, line: str) -> str:
    return f"{text.rstrip()}\n{line}\n"


def tie(plan: Plan, member: Member, reference: str) -> PlanChangeset:
    """Make a moment the same as another one, ``wave/moment``."""
    target = reference.partition("/")[2] if reference.partition("/")[0] == member.wave else reference
    return {member.wave: {("moments", index_of(plan, member), "same_as"): target}}


def untie(plan: Plan, member: Member, members: TiedMoments) -> PlanChangeset:
    """Make a moment one of its own again: it takes the date along that it had from the others."""
    found: PlanChangeset = {}
    date_taken = {} if member.moment.when else {"when": most_precise_date(members).text}
    _set_values(plan, found, member, {"same_as": None, **date_taken})
    return found


def rename(plan: Plan, member: Member, new: str) -> PlanChangeset:
    """Give a moment another id; what names it follows, and its entry in calendars goes on under ``was``."""
    old = member.moment.id
    place = index_of(plan, member)
    was = [name for name in member.moment.was if name not in (new, f"{member.wave}/{new}")]
    found: PlanChangeset = {member.wave: {("moments", place, "id"): new, ("moments", place, "was"): [*was, old]}}
    for wave, number, reference in _ties_pointing_to(plan, member.reference):
        text = f"{member.wave}/{new}" if "/" in reference else new
        found.setdefault(wave, {})[("moments", number, "same_as")] = text
    for key, reason in plan.waves[member.wave].waive.items():
        rule, _, moment = key.partition(" ")
        if moment == old:
            own = found[member.wave]
            own[("waive", key)], own[("waive", f"{rule} {new}")] = None, reason
    return found


def remove(plan: Plan, member: Member) -> PlanChangeset:
    """Take a moment out of its wave, with the waivers that are about it."""
    found: dict[KeyPath, Any] = {("moments", index_of(plan, member)): None}
    for key in plan.waves[member.wave].waive:
        if key.partition(" ")[2] == member.moment.id:
            found[("waive", key)] = None
    return {member.wave: found}


def moments_tied_to(plan: Plan, member: Member) -> list[str]:
    """Return the names of the moments that say themselves that they are the same as this one."""
    return [
        f"{wave}/{plan.waves[wave].moments[number].id}" for wave, number, _ in _ties_pointing_to(plan, member.reference)
    ]


def _ties_pointing_to(plan: Plan, reference: str) -> Iterator[tuple[str, int, str]]:
    """Return the moments that are tied to one: wave, place, and how they name it."""
    for wave_id, wave in plan.waves.items():
        for number, moment in wave.moments_with("same_as"):
            if moment.same_as is not None and full_reference(moment.same_as, wave_id) == reference:
                yield wave_id, number, moment.same_as


def next_edition_data(plan: Plan, member: Member) -> dict[str, Any]:
    """Return what a new edition of a moment has in common with it, as the file says it."""
    raw = raw_moment(plan, member)
    return {key: raw[key] for key in _NEXT_EDITION_KEYS if raw.get(key) is not None}


_NEXT_EDITION_KEYS = (
    "title",
    "short",
    "kind",
    "place",
    "regions",
    "timezone",
    "actors",
    "priorities",
    "url",
    "description",
)
"""What the next edition of a moment has in common with this one."""


def merge_changesets(*changesets: PlanChangeset) -> PlanChangeset:
    """Return wishes together."""
    found: PlanChangeset = {}
    for one in changesets:
        for wave, wishes in one.items():
            found.setdefault(wave, {}).update(wishes)
    return found


def _set_values(plan: Plan, changeset: PlanChangeset, member: Member, values: dict[str, Any]) -> None:
    place = index_of(plan, member)
    changeset.setdefault(member.wave, {}).update({("moments", place, key): value for key, value in values.items()})
