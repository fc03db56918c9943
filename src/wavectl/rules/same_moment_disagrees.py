"""Moments that are tied as the same one have dates, places or statuses that cannot both be true.

What it does: compares each moment with the one in its group whose date is shown, and with the place of the root. It
reports dates that do not overlap (for a repeating moment, on no occurrence), two countries, and two towns whose names
are not similar in any language that both are written in. It also reports a status that differs from the one shown,
unless both moments are to take place.

Why it matters: only one date, one place and one status are shown for all of them, so either these are wrong, or the tie
is. A moment that another one replaces is not the same as it: without a tie, both are shown.

Bad::

    # wave.yaml
    title: "The right to housing"
    slogan: "Housing is a right"
    hashtags:
      - "#Housing"
    period: 2017-05/2018-04
    moments:
      - id: forum
        title: "Gwangju forum"
        when: 2017-09-14/2017-09-17
        place:
          name: "Gwangju"
          country: KR
      - id: cities
        title: "Cities forum"
        when: 2017-10
        same_as: forum

Good::

    # wave.yaml
    title: "The right to housing"
    slogan: "Housing is a right"
    hashtags:
      - "#Housing"
    period: 2017-05/2018-04
    moments:
      - id: forum
        title: "Gwangju forum"
        when: 2017-09-14/2017-09-17
        place:
          name: "Gwangju"
          country: KR
      - id: cities
        title: "Cities forum"
        when: 2017-09
        same_as: forum
"""

from collections.abc import Iterator
from datetime import date

from wavectl.dates.edtf import When
from wavectl.diagnostics import KeyPath, Message, msg, phrase, quoted
from wavectl.model import Status
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Violation, Violations
from wavectl.text.similarity import may_be_same_town
from wavectl.timeline.silent_months import SCHEDULED_STATUSES
from wavectl.timeline.ties import Member, TieFacts, moments_with_facts, shared_status, tied_members


def check(plan: Plan) -> Violations:
    """Find tied moments that cannot be the same one. The finding is at the moment with ``same_as``."""
    shown: dict[str, tuple[Member, Status]] = {}
    for members in tied_members(plan).values():
        status = shared_status(member.moment for member in members)
        shown.update((member.reference, (members[0], status)) for member in members)
    for wave_id, position, moment, facts in moments_with_facts(plan) if shown else ():
        current = Member(wave_id, moment)
        if current.reference not in shown:
            continue
        root, status = shown[current.reference]
        if root.moment is moment:
            continue
        differences = [*_compare_places(current, root), *_compare_statuses(current, root, status)]
        if facts is not None:
            dated = root if facts.date_source is moment else Member(facts.wave, facts.date_source)
            differences += _compare_dates(plan, current, dated)
        for path, message in differences:
            hint = msg("fix the one that is wrong, or remove same_as")
            yield Violation(wave_id, ("moments", position, *path), message, hint, waiver_id=moment.id)


def _compare_dates(plan: Plan, current: Member, dated: Member) -> Iterator[tuple[KeyPath, Message]]:
    dates, other_dates = (_occurrence_dates(plan, member, current.wave) for member in (current, dated))
    if dates and other_dates and not _any_overlap(dates, other_dates):
        text = phrase("{other}, which is tied to this moment, has another date: {date}")
        yield ("when",), msg(text, other=dated.reference, date=dated.moment.when)


def _occurrence_dates(plan: Plan, member: Member, wave: str) -> list[When]:
    when = member.moment.when
    if when is None or when.start is None:
        return []
    return [day for day, _ in TieFacts(when, Status.CONFIRMED, *member).dates(plan, wave)] or [when]


def _any_overlap(dates: list[When], other_dates: list[When]) -> bool:
    """Tell whether any two dates of the lists overlap. Both lists are sorted by time."""
    first, second = 0, 0
    while first < len(dates) and second < len(other_dates):
        when, against = dates[first], other_dates[second]
        if when.meets(against):
            return True
        if (when.last_known or date.max) < (against.last_known or date.max):
            first += 1
        else:
            second += 1
    return False


def _compare_places(current: Member, root: Member) -> Iterator[tuple[KeyPath, Message]]:
    place, other = current.moment.place, root.moment.place
    if place is None or other is None:
        return
    text = phrase("{other}, which is tied to this moment, is in {other_place}, this one in {place}")
    if place.country and other.country and place.country != other.country:
        message = msg(text, other=root.reference, other_place=quoted(other.country), place=quoted(place.country))
        yield ("place", "country"), message
    elif place.name and other.name and place.name != other.name and not may_be_same_town(place.name, other.name):
        here, there = (msg('"{text}"', text=name) for name in (place.name, other.name))
        yield ("place", "name"), msg(text, other=root.reference, other_place=there, place=here)


def _compare_statuses(current: Member, root: Member, shown: Status) -> Iterator[tuple[KeyPath, Message]]:
    """Compare the status that a moment states with the one that its group shows."""
    status = current.moment.status
    if status and status is not shown and not {status, shown} <= set(SCHEDULED_STATUSES):
        text = phrase("{other}, which is tied to this moment, is {shown}, this one is {status}")
        values = {"other": root.reference, "shown": quoted(shown.value), "status": quoted(status.value)}
        yield ("status",), msg(text, **values)
