"""A date cannot be read or does not exist, such as 31 September or an hour that the clocks skip.

What it does: reads every date of a plan as EDTF (ISO 8601-2), and checks each time of day against the clocks of the
moment's ``timezone``, or else the programme's.

Why it matters: timelines and calendars can show a date only if it is clear which days it covers.

Bad::

    # wave.yaml
    title: "The right to housing"
    status: announced
    moments:
      - id: call
        title: "Night call"
        when: 2018-03-25T02:30
        timezone: Europe/Madrid

Good::

    # wave.yaml
    title: "The right to housing"
    status: announced
    moments:
      - id: call
        title: "Night call"
        when: 2018-03-25T03:30
        timezone: Europe/Madrid
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC

from wavectl.dates import timezones
from wavectl.dates.edtf import Point, When
from wavectl.diagnostics import Finding, KeyPath, msg, quoted
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Rule
from wavectl.timeline.groups import to_local_time
from wavectl.timeline.ties import with_inherited_date

RULE = Rule("invalid-date", reads=frozenset(("timezone",)))


def check(plan: Plan) -> Iterator[Finding]:
    """Find times that the clocks of their zone never show. All other invalid dates are found while reading the plan."""
    for wave_id, wave in plan.waves.items():
        for position, moment in enumerate(wave.moments):
            if moment.when is not None and _has_time_of_day(moment.when):
                zone = with_inherited_date(plan, wave_id, moment).timezone or plan.programme.timezone
                yield from _check_times(plan, wave_id, ("moments", position, "when"), moment.when, zone)
        for position, moment in wave.moments_with("exceptions"):
            for key, change in moment.exceptions.items():
                if change.when is not None and _has_time_of_day(change.when):
                    zone = with_inherited_date(plan, wave_id, moment).timezone or plan.programme.timezone
                    yield from _check_times(
                        plan, wave_id, ("moments", position, "except", key, "when"), change.when, zone
                    )


def _has_time_of_day(when: When) -> bool:
    return bool((when.start and when.start.time_of_day) or (when.end and when.end.time_of_day))


def _check_times(plan: Plan, wave_id: str, path: KeyPath, when: When, zone: str) -> Iterator[Finding]:
    local = to_local_time(when, zone)
    instants = []
    for point in (local.start, local.end):
        wall = point.wall_time if point else None
        instant = timezones.localize(wall, zone) if wall else None
        if wall and instant is None and _is_wall_time(point, when):
            message = msg("{date}: the clocks of {zone} skip this time", date=quoted(when.text), zone=zone)
            yield RULE.finding(
                plan, wave_id, path, message, msg("write the time that the clocks show then, an hour later")
            )
            return
        instants.append(instant and instant.astimezone(UTC))  # within one zone, Python would compare wall-clock times
    if instants[0] and instants[1] and instants[1] < instants[0]:
        message = msg("{date} ends before it starts on the clocks of {zone}", date=quoted(when.text), zone=zone)
        hint = msg("write both times in the same zone")
        yield RULE.finding(plan, wave_id, path, message, hint)._replace(rule="inverted-dates")


def _is_wall_time(point: Point | None, when: When) -> bool:
    """Tell whether a time is written as wall-clock time. One with an offset is an instant, which always exists."""
    return point is not None and point in (when.start, when.end)
