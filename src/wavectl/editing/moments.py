"""Build the changesets for moments: move, confirm, postpone, cancel, tie, rename or remove one, or add a note.

Tied moments are changed at their root. The values of the other tied moments are removed where they would contradict
the new value, or hide it.
"""

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any

from wavectl.dates import edtf
from wavectl.dates.edtf import UNKNOWN, When
from wavectl.diagnostics import KeyPath
from wavectl.editing.references import TiedMoments, index_of, raw_moment
from wavectl.model import Status
from wavectl.plan.loader import Plan
from wavectl.timeline.ties import Member, full_reference, occurrence_keys, shared_status

PlanChangeset = dict[str, dict[KeyPath, Any]]
"""The changeset of each wave, by its id; that of the programme is under ``PROGRAMME``."""
PROGRAMME = "programme"
"""The name of the programme's file among those of the waves; no wave has this id."""

MAX_SHIFT_DAYS = 300
"""By how many days a moment moves at most; if it moves further, it may be another edition of it."""


class DateShift(StrEnum):
    """How a new date differs from the old one."""

    FIRMED_UP = "firmed-up"  # more precise, within the old date
    BLURRED = "blurred"  # less precise
    MOVED = "moved"
    SAME = "same"


def classify_shift(old: When, new: When) -> DateShift:
    """Return how a new date differs from the old one."""
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
    """Return whether all days that a date may be on are days of another."""
    days = _possible_days(outer)
    return all(any(start <= first and last <= end for start, end in days) for first, last in _possible_days(inner))


def _possible_days(when: When) -> list[tuple[date, date]]:
    """Return the stretches of days that a date may be on; an open one reaches the first or the last day there is."""
    first, last = when.bounds
    return when.spans if when.choices else [(first or date.min, last or date.max)]


def may_be_another_edition(old: When, new: When, today: date) -> bool:
    """Return whether a date moves so far, or so late, that it may be another edition of the moment.

    The date of a moment may become more precise, within the old date, however long that is.
    """
    if old.earliest is None or new.earliest is None or _is_within(new, old):
        return False
    is_past = old.last_known is not None and old.last_known < today
    return is_past or abs((new.earliest - old.earliest).days) > MAX_SHIFT_DAYS


def most_precise_date(members: TiedMoments) -> When:
    """Return the most precise date of tied moments; the root's, if several are equally precise."""
    dates = [member.moment.when for member in members if member.moment.when and member.moment.when.start]
    return min(dates, key=lambda when: when.precision.rank, default=UNKNOWN)


def effective_status(members: TiedMoments) -> Status:
    """Return the status of tied moments."""
    return shared_status(member.moment for member in members)


def state_doubt_once(when: When, status: Status | None) -> When:
    """Return a date without the mark of uncertainty that a tentative status states already."""
    if status is not Status.TENTATIVE:
        return when
    return edtf.parse(when.text.replace("?", "").replace("%", "~"))


def confirm(plan: Plan, members: TiedMoments) -> PlanChangeset:
    """Settle every doubt about a moment: its status, and the marks of doubt in its dates."""
    dated = ((member, member.moment.when) for member in members if member.moment.when)
    dates = (_set_values(plan, member, when=settled(when).text) for member, when in dated if when.is_qualified)
    return merge_changesets(set_status(plan, members, Status.CONFIRMED), *dates)


def confirm_occurrence(plan: Plan, member: Member, planned: When, when: When) -> PlanChangeset:
    """Settle every doubt about one occurrence of a repeating moment, which is on the date ``when``."""
    date = {"when": settled(when).text} if when.is_qualified else {}
    return set_exception(plan, member, planned, {**date, "status": Status.CONFIRMED.value})


def settled(when: When) -> When:
    """Return a date without marks of doubt."""
    return edtf.parse(re.sub("[?~%]", "", when.text))


def move(plan: Plan, members: TiedMoments, new_date: When, status: Status | None = None) -> PlanChangeset:
    """Give a moment another date; a postponed one becomes confirmed again if no status is passed."""
    new_date = state_doubt_once(new_date, status or effective_status(members))
    changesets = [_set_values(plan, members[0], when=new_date.text)]
    for other in members[1:]:
        tied_date = other.moment.when
        if tied_date is not None and _is_superseded(tied_date, new_date):
            changesets.append(_set_values(plan, other, when=None))
    if status is None and effective_status(members) is Status.POSTPONED:
        status = Status.CONFIRMED
    return merge_changesets(*changesets, set_status(plan, members, status) if status else {})


def _is_superseded(tied_date: When, new_date: When) -> bool:
    """Return whether the date of a tied moment would hide the new date of the root, or contradict it."""
    if tied_date.start is None:
        return False
    return not tied_date.meets(new_date) or tied_date.precision.rank <= new_date.precision.rank


def set_status(plan: Plan, members: TiedMoments, status: Status) -> PlanChangeset:
    """Set the status of a moment at the root, and in each tied moment that has a status of its own."""
    is_default = status is Status.CONFIRMED and effective_status(members) is Status.CONFIRMED
    changed = [one for one in members if one.moment.status is not None or (one is members[0] and not is_default)]
    return merge_changesets(*(_set_values(plan, member, status=status.value) for member in changed))


def set_exception(plan: Plan, member: Member, planned: When, change: dict[str, Any]) -> PlanChangeset:
    """Set values of one occurrence of a repeating moment; its other values stay."""
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
    """Return the line of a note with its day."""
    return f"{day.isoformat()}: {text}"


def add_note(plan: Plan, member: Member, text: str, day: date, language: str) -> PlanChangeset:
    """Add a line with the day to the note of a moment; notes are never published."""
    line = note_line(text, day)
    note = member.moment.note
    path: KeyPath = ("moments", index_of(plan, member), "note")
    if not note:
        return {member.wave: {path: line}}
    if isinstance(note, str):
        return {member.wave: {path: _append_line(note, line)}}
    key = language if language in note else next(iter(note))
    return {member.wave: {(*path, key): _append_line(note[key], line)}}


def _append_line(text: str, line: str) -> str:
    return f"{text.rstrip()}\n{line}\n"


def tie(plan: Plan, member: Member, reference: str) -> PlanChangeset:
    """Tie a moment to another one, ``wave/moment``."""
    return _set_values(plan, member, same_as=reference.removeprefix(f"{member.wave}/"))


def untie(plan: Plan, member: Member, members: TiedMoments) -> PlanChangeset:
    """Untie a moment; it keeps the date that it had from the others."""
    values = {} if member.moment.when else {"when": most_precise_date(members).text}
    return _set_values(plan, member, same_as=None, **values)


def rename(plan: Plan, member: Member, new: str) -> PlanChangeset:
    """Give a moment another id in its wave and everywhere it is named; ``was`` keeps its calendar entry."""
    old = member.moment.id
    place = index_of(plan, member)
    was = [name for name in member.moment.was if name not in (new, f"{member.wave}/{new}")]
    changeset: PlanChangeset = {member.wave: {("moments", place, "id"): new, ("moments", place, "was"): [*was, old]}}
    for wave, number, reference in _ties_pointing_to(plan, member.reference):
        text = f"{member.wave}/{new}" if "/" in reference else new
        changeset.setdefault(wave, {})[("moments", number, "same_as")] = text
    for key, reason in plan.waves[member.wave].waive.items():
        rule, _, moment = key.partition(" ")
        if moment == old:
            changes = changeset[member.wave]
            changes[("waive", key)], changes[("waive", f"{rule} {new}")] = None, reason
    return changeset


def remove(plan: Plan, member: Member) -> PlanChangeset:
    """Remove a moment and its waivers from its wave."""
    changeset: dict[KeyPath, Any] = {("moments", index_of(plan, member)): None}
    for key in plan.waves[member.wave].waive:
        if key.partition(" ")[2] == member.moment.id:
            changeset[("waive", key)] = None
    return {member.wave: changeset}


def moments_tied_to(plan: Plan, member: Member) -> list[str]:
    """Return the references of the moments whose ``same_as`` names this one."""
    return [f"{wave}/{plan.waves[wave].moments[n].id}" for wave, n, _ in _ties_pointing_to(plan, member.reference)]


def _ties_pointing_to(plan: Plan, reference: str) -> Iterator[tuple[str, int, str]]:
    """Yield the moments whose ``same_as`` is a reference: their wave, their number, and the text of ``same_as``."""
    for wave_id, wave in plan.waves.items():
        for number, moment in wave.moments_with("same_as"):
            if moment.same_as is not None and full_reference(moment.same_as, wave_id) == reference:
                yield wave_id, number, moment.same_as


def next_edition_data(plan: Plan, member: Member) -> dict[str, Any]:
    """Return the keys and values that a new edition of a moment takes over, as the file has them."""
    raw = raw_moment(plan, member)
    keys = ("title", "short", "kind", "place", "regions", "timezone", "actors", "priorities", "url", "description")
    return {key: raw[key] for key in keys if raw.get(key) is not None}


def merge_changesets(*changesets: PlanChangeset) -> PlanChangeset:
    """Return several changesets as one."""
    merged: PlanChangeset = {}
    for changeset in changesets:
        for wave, changes in changeset.items():
            merged.setdefault(wave, {}).update(changes)
    return merged


def _set_values(plan: Plan, member: Member, **values: str | None) -> PlanChangeset:
    place = index_of(plan, member)
    return {member.wave: {("moments", place, key): value for key, value in values.items()}}
