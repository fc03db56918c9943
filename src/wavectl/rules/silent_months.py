"""A wave has more months in a row without a moment than the programme wants.

What it does: looks for the longest run of months inside ``period`` in which no part of a moment lies, and compares
it with ``design: max_silent_months``. A moment that is somewhere between two months fills all of them; one that is
cancelled, postponed, or has no date fills none. A calendar with an open end is looked at up to its last moment.

Why it matters: in long silence a wave is forgotten.

Bad::

    # programme.yaml
    design:
      max_silent_months: 6
    # wave.yaml
    title: "The right to housing"
    slogan: "Housing is a right"
    hashtags:
      - "#Housing"
    period: 2017-05/2018-04
    moments:
      - id: forum
        title: "Housing forum"
        when: 2017-09

Good::

    # programme.yaml
    design:
      max_silent_months: 6
    # wave.yaml
    title: "The right to housing"
    slogan: "Housing is a right"
    hashtags:
      - "#Housing"
    period: 2017-05/2018-04
    moments:
      - id: forum
        title: "Housing forum"
        when: 2017-09
      - id: report
        title: "Report on housing"
        when: 2018-02/2018-03
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from wavectl import edtf
from wavectl.diagnostics import Finding, Message, say
from wavectl.edtf import When
from wavectl.model import Status
from wavectl.plan import Plan
from wavectl.rules.rule import Rule
from wavectl.timeline import facts

RULE = Rule("silent-months", reads=frozenset(("design", "moments", "period")))
_NAMED = 3
"""How many runs of the same length are named."""
_HELD = (Status.CONFIRMED, Status.TENTATIVE)


def check(plan: Plan) -> Iterator[Finding]:
    """Find waves that are silent for too long."""
    most = plan.programme.design.max_silent_months
    if most is None:
        return
    filled, unread = _filled(plan)
    for wave_id, wave in plan.waves.items():
        if wave.period is None or wave.period.earliest is None or wave_id in unread:
            continue
        start, end = _number(wave.period.earliest), max((last for _, last in filled[wave_id]), default=0)
        if wave.period.latest is not None:
            end = _number(wave.period.latest)
        runs = list(_silent(filled[wave_id], start, end))
        length = max((closing - opening + 1 for opening, closing in runs), default=0)
        if length > most:
            longest = [_stretch(*run) for run in runs if run[1] - run[0] + 1 == length]
            message = say(
                "{number} months in a row without a moment: {months}; the programme wants {most} at most",
                number=length,
                months=_listed(longest[:_NAMED]),
                most=most,
            )
            hint = say("add a moment there, or say under waive why the wave is silent")
            yield RULE.broken(plan, wave_id, ("period",), message, hint)


def _filled(plan: Plan) -> tuple[dict[str, list[tuple[int, int]]], set[str]]:
    """Return by wave the stretches of months that something fills, and the waves with a date that could not be read."""
    filled: dict[str, list[tuple[int, int]]] = {wave_id: [] for wave_id in plan.waves}
    unread: set[str] = set()  # a month of theirs may be silent for that reason alone
    for wave_id, _, moment, known in facts(plan):
        if moment.when is None and moment.same_as is None:
            unread.add(wave_id)
        if known is None:
            continue
        once = known.teller.repeat is None  # the short way to the same, for most
        for when, status in ((known.when, known.status),) if once else known.dates(plan, wave_id):
            if status in _HELD and (first := when.earliest) and (last := when.known):
                filled[wave_id].append((_number(first), _number(last)))
    return filled, unread


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _silent(filled: Iterable[tuple[int, int]], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Return the runs of months from ``first`` through ``last`` that nothing fills, all ends included."""
    for opening, closing in sorted(filled):
        if opening > last:
            break
        if opening > first:
            yield first, opening - 1
        first = max(first, closing + 1)
    if first <= last:
        yield first, last


def _stretch(first: int, last: int) -> When:
    months = [f"{month // 12:04}-{month % 12 + 1:02}" for month in dict.fromkeys((first, last))]
    return edtf.parse("/".join(months))


def _listed(runs: list[When]) -> When | Message:
    """Return dates as a list, each of which the reader gets in words."""
    found: When | Message = runs[0]
    for run in runs[1:]:
        found = say("{before}; {date}", before=found, date=run)
    return found
