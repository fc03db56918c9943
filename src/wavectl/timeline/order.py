"""The order of moments in time: the same in every view, list, feed, sheet and announcement."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from wavectl.dates import timezones
from wavectl.dates.edtf import When
from wavectl.model import localized_text
from wavectl.timeline.groups import MomentGroup, to_local_time

ChronologicalKey = tuple[date, bool, datetime, bool, date, str, list[str]]
_NO_INSTANT = datetime.min.replace(tzinfo=UTC)


def chronological_key(when: When, zone: str, title: str, reference: str) -> ChronologicalKey:
    """Return the sort key of a moment on a date in a zone; ``reference`` is ``wave/moment``.

    The order is: first day, whole days before times of day, instant, last
    day (open ends last), title, wave, id. Moments without a date come last. The title is in the programme's first
    language, so that the order is the same for every reader.
    """
    local = to_local_time(when, zone)
    wall_time = local.start.wall_time if local.start else None
    return (
        local.earliest or date.max,
        wall_time is not None,
        wall_time.replace(tzinfo=timezones.get_zone(zone)).astimezone(UTC) if wall_time else _NO_INSTANT,
        local.latest is None,
        local.latest or date.max,
        title,
        reference.split("/"),
    )


def group_key(group: MomentGroup, when: When, languages: Sequence[str]) -> ChronologicalKey:
    """Return the sort key of a group on one of its dates; ``languages`` are the programme's."""
    return chronological_key(when, group.zone, localized_text(group.title, languages), group.root.reference)
