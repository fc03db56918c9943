"""Moments that are tied as the same one have dates or places that cannot both be true.

What it does: compares each moment with the one in its group whose date is shown, and with the place of the root. It
reports dates that do not overlap (for a repeating moment, on no occurrence), two countries, and two towns whose names
are not similar in any language that both are written in.

Why it matters: only one date and one place are shown for all of them, so either these are wrong, or the tie is.

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

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from wavectl.dates.edtf import When
from wavectl.diagnostics import Finding, KeyPath, Message, msg
from wavectl.model import Status, Text
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Rule
from wavectl.text.similarity import may_be_same_town
from wavectl.timeline import Member, TieFacts, moments_with_facts, tied_members

RULE = Rule("same-moment-disagrees", reads=frozenset(("moments", "period")))


def check(plan: Plan) -> Iterator[Finding]:
    """Find ties between what cannot be one moment; each is told at the moment that is tied to the other."""
    roots = {member.reference: members[0] for members in tied_members(plan).values() for member in members}
    for wave_id, place, moment, known in moments_with_facts(plan) if roots else ():
        here, root = Member(wave_id, moment), roots.get(f"{wave_id}/{moment.id}")
        if root is None or root.moment is moment:
            continue
        if known is not None:
            told = root if known.date_source is moment else Member(known.wave, known.date_source)
            yield from _compare_dates(plan, here, told, ("moments", place))
        yield from _compare_places(plan, here, root, ("moments", place))


def _compare_dates(plan: Plan, current: Member, dated: Member, path: KeyPath) -> Iterator[Finding]:
    """Compare the date of a moment with the one that is told of its group; of its own it may have none."""
    own, other = (_occurrence_dates(plan, member, current.wave) for member in (current, dated))
    if own and other and not _any_overlap(own, other):
        message = msg(
            "{other}, which is said to be the same moment, has another date: {date}",
            other=dated.reference,
            date=dated.moment.when,
        )
        yield _finding(plan, current, (*path, "when"), message)


def _occurrence_dates(plan: Plan, member: Member, wave: str) -> list[When]:
    when = member.moment.when
    if when is None or when.start is None:
        return []
    return [day for day, _ in TieFacts(when, Status.CONFIRMED, *member).dates(plan, wave)] or [when]


def _any_overlap(dates: list[When], other_dates: list[When]) -> bool:
    """Tell whether a date of one list overlaps one of the other; both are in order of time."""
    first, second = 0, 0
    while first < len(dates) and second < len(other_dates):
        when, against = dates[first], other_dates[second]
        if when.overlaps(against.earliest, against.last_known):
            return True
        if (when.last_known or date.max) < (against.last_known or date.max):
            first += 1
        else:
            second += 1
    return False


def _compare_places(plan: Plan, current: Member, root: Member, path: KeyPath) -> Iterator[Finding]:
    """Compare the place of a moment with that of the root."""
    own, told = current.moment.place, root.moment.place
    if own is None or told is None:
        return
    named: tuple[tuple[str, Text | None, Text | None], ...] = (
        ("country", own.country, told.country),
        ("name", own.name, told.name),
    )
    for key, here_in, there_in in named:
        if (
            here_in
            and there_in
            and not (here_in == there_in or (key == "name" and may_be_same_town(here_in, there_in)))
        ):
            message = msg(
                '{other}, which is said to be the same moment, is in "{there}", this one in "{here}"',
                other=root.reference,
                there=there_in,
                here=here_in,
            )
            yield _finding(plan, current, (*path, "place", key), message)
            return


def _finding(plan: Plan, current: Member, path: KeyPath, message: Message) -> Finding:
    hint = msg("mend the one that is wrong, or take same_as out")
    return RULE.finding(plan, current.wave, path, message, hint, waiver=current.moment.id)
