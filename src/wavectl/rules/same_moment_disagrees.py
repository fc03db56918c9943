"""Moments that are said to be the same have dates or places that cannot both be true.

What it does: compares each moment with the one of its group whose date is told, and with the place of the root: dates
that do not overlap (of a repeating moment, on no occurrence), two countries, or two towns whose names are not alike
in any language that both are written in.

Why it matters: only one date and one place are shown for all of them; either that is wrong, or the tie is.

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
from wavectl.diagnostics import Finding, Message, Path, say
from wavectl.model import Status, Text
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Rule
from wavectl.text.similarity import same_town
from wavectl.timeline import Facts, Member, facts, tied

RULE = Rule("same-moment-disagrees", reads=frozenset(("moments", "period")))


def check(plan: Plan) -> Iterator[Finding]:
    """Find ties between what cannot be one moment; each is told at the moment that is tied to the other."""
    roots = {member.reference: members[0] for members in tied(plan).values() for member in members}
    for wave_id, place, moment, known in facts(plan) if roots else ():
        here, root = Member(wave_id, moment), roots.get(f"{wave_id}/{moment.id}")
        if root is None or root.moment is moment:
            continue
        if known is not None:
            told = root if known.teller is moment else Member(known.wave, known.teller)
            yield from _dates(plan, here, told, ("moments", place))
        yield from _places(plan, here, root, ("moments", place))


def _dates(plan: Plan, here: Member, told: Member, path: Path) -> Iterator[Finding]:
    """Compare the date of a moment with the one that is told of its group; of its own it may have none."""
    own, other = (_days(plan, member, here.wave) for member in (here, told))
    if own and other and not _meet(own, other):
        message = say(
            "{other}, which is said to be the same moment, has another date: {date}",
            other=told.reference,
            date=told.moment.when,
        )
        yield _broken(plan, here, (*path, "when"), message)


def _days(plan: Plan, member: Member, wave: str) -> list[When]:
    when = member.moment.when
    if when is None or when.start is None:
        return []
    return [day for day, _ in Facts(when, Status.CONFIRMED, *member).dates(plan, wave)] or [when]


def _meet(one: list[When], other: list[When]) -> bool:
    """Tell whether a date of one list overlaps one of the other; both are in order of time."""
    first, second = 0, 0
    while first < len(one) and second < len(other):
        when, against = one[first], other[second]
        if when.overlaps(against.earliest, against.known):
            return True
        if (when.known or date.max) < (against.known or date.max):
            first += 1
        else:
            second += 1
    return False


def _places(plan: Plan, here: Member, root: Member, path: Path) -> Iterator[Finding]:
    """Compare the place of a moment with that of the root."""
    own, told = here.moment.place, root.moment.place
    if own is None or told is None:
        return
    named: tuple[tuple[str, Text | None, Text | None], ...] = (
        ("country", own.country, told.country),
        ("name", own.name, told.name),
    )
    for key, here_in, there_in in named:
        if here_in and there_in and not (here_in == there_in or (key == "name" and same_town(here_in, there_in))):
            message = say(
                '{other}, which is said to be the same moment, is in "{there}", this one in "{here}"',
                other=root.reference,
                there=there_in,
                here=here_in,
            )
            yield _broken(plan, here, (*path, "place", key), message)
            return


def _broken(plan: Plan, here: Member, path: Path, message: Message) -> Finding:
    hint = say("mend the one that is wrong, or take same_as out")
    return RULE.broken(plan, here.wave, path, message, hint, waiver=here.moment.id)
