"""The dates of a published entry, from its line in the lockfile."""

from datetime import date
from typing import NamedTuple

from wavectl.dates import edtf, recurrence
from wavectl.dates.edtf import When
from wavectl.dates.recurrence import RecurrenceRule
from wavectl.lockfile.entry import LockEntry
from wavectl.model import OccurrenceChange, Status
from wavectl.timeline.groups import Occurrence, expand_occurrences, to_local_time


class EntryDates(NamedTuple):
    """The dates with which an entry was last published."""

    when: When
    rule: RecurrenceRule | None
    zone: str
    occurrences: tuple[Occurrence, ...]

    @property
    def last_day(self) -> date:
        """Return the last known day."""
        return max(day for occurrence in self.occurrences if (day := occurrence.local.last_known))


def entry_dates(entry: LockEntry, timezone: str, status: Status = Status.CANCELLED) -> EntryDates:
    """Return the dates of an entry; occurrences have ``status`` unless the entry gives them another.

    ``timezone`` is that of an entry without one, which has no time of day either.
    """
    when, zone = edtf.parse(entry.when), entry.zone or timezone
    if entry.repeat is None or entry.until is None:
        return EntryDates(when, None, zone, (Occurrence(when, to_local_time(when, zone), status),))
    rule = recurrence.parse(entry.repeat)
    changes = [(key, OccurrenceChange.model_validate(change)) for key, change in entry.exceptions.items()]
    dates = recurrence.occurrences(rule, when, date.fromisoformat(entry.until), zone)
    return EntryDates(when, rule, zone, tuple(expand_occurrences(dates, [None], changes, zone, status)))


def was_over_when_withdrawn(entry: LockEntry) -> bool:
    """Tell whether an entry was withdrawn after its last day, so that nothing was called off."""
    return bool(entry.withdrawn) and entry_dates(entry, "UTC").last_day < date.fromisoformat(entry.withdrawn or "")
