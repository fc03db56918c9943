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

from datetime import UTC

from wavectl.dates import timezones
from wavectl.dates.edtf import When
from wavectl.diagnostics import KeyPath, msg, quoted
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Violation, Violations, moment_dates
from wavectl.timeline.groups import to_local_time
from wavectl.timeline.ties import InheritedDates, Member


def check(plan: Plan) -> Violations:
    """Find times that the clocks of their zone never show. All other invalid dates are found while reading the plan."""
    inherited = InheritedDates(plan)
    for wave_id, path, moment, when in moment_dates(plan):
        if when.has_time:
            yield from _check_times(wave_id, path, when, inherited.zone(Member(wave_id, moment)))


def _check_times(wave_id: str, path: KeyPath, when: When, zone: str) -> Violations:
    local = to_local_time(when, zone)
    instants = []
    for point in (local.start, local.end):
        wall = point.wall_time if point else None
        instant = timezones.localize(wall, zone) if wall else None
        if wall and instant is None and point in (when.start, when.end):  # else it has an offset, and always exists
            message = msg("{date}: the clocks of {zone} skip this time", date=quoted(when.text), zone=zone)
            hint = msg("write the time that the clocks show then, an hour later")
            yield Violation(wave_id, path, message, hint)
            return
        instants.append(instant and instant.astimezone(UTC))  # within one zone, Python would compare wall-clock times
    if instants[0] and instants[1] and instants[1] < instants[0]:
        message = msg("{date} ends before it starts on the clocks of {zone}", date=quoted(when.text), zone=zone)
        yield Violation(wave_id, path, message, msg("write both times in the same zone"), rule="inverted-dates")
