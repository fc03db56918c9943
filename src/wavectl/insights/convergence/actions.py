"""Find where the local actions of several waves meet: in one town around the same days, and around shared moments."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from wavectl.text.suggest import normalize_name
from wavectl.timeline.entries import Entry

Cells = Mapping[tuple[Any, ...], int]
"""How many actions have the same values in some columns."""


class TownMeeting(NamedTuple):
    """Actions of several waves in one town, from the first day of them to the last, by wave."""

    place: str
    country: str | None
    first: date
    last: date
    waves: Mapping[str, int]


class ActionMeetings(NamedTuple):
    """Where the actions of several waves meet, in order of day, and how many answer a moment, by wave."""

    towns: tuple[TownMeeting, ...]
    by_moment: Mapping[str, Mapping[str, int]]

    def around(self, entry: Entry) -> dict[str, int]:
        """Return how many actions answer a moment, by wave; waves without any are left out."""
        counts: Counter[str] = Counter()
        for member in entry.group.members:
            counts[member.wave] += self.by_moment.get(member.wave, {}).get(member.moment.id, 0)
        return {wave: count for wave, count in counts.items() if count}


def find_action_meetings(
    in_towns: Mapping[str, Cells],
    at_moments: Mapping[str, Cells],
    within_days: int,
    focus: str | None = None,
    since: date | None = None,
) -> ActionMeetings:
    """Return where actions meet that are at most ``within_days`` apart.

    ``in_towns`` has by wave the number of actions by place, country and date, ``at_moments`` by moment. ``focus`` is a
    wave that has to be among those that meet; ``since`` leaves out what is over before that day.
    """
    by_town: defaultdict[tuple[str, str | None], list[tuple[date, date, str, str, int]]] = defaultdict(list)
    for wave, cells in in_towns.items():
        for (place, country, when), number in cells.items():
            if (
                place
                and when
                and when.is_exact
                and when.earliest
                and when.latest
                and not (since and when.latest < since)
            ):
                by_town[normalize_name(place), country].append((when.earliest, when.latest, wave, place, number))
    meetings = [
        meeting
        for (_, country), stays in by_town.items()
        for meeting in _meetings_in_town(country, sorted(stays), within_days)
        if focus is None or focus in meeting.waves
    ]
    meetings.sort(key=lambda meeting: (meeting.first, meeting.last, meeting.place, meeting.country or ""))
    by_moment = {wave: {name: number for (name,), number in cells.items()} for wave, cells in at_moments.items()}
    return ActionMeetings(tuple(meetings), by_moment)


def _meetings_in_town(
    country: str | None, stays: list[tuple[date, date, str, str, int]], within_days: int
) -> Iterator[TownMeeting]:
    """Yield the runs of stays in a town, in order of day, that are near and of several waves."""
    start = 0
    while start < len(stays):
        last, end = stays[start][1], start + 1
        while end < len(stays) and (stays[end][0] - last).days <= within_days:
            last, end = max(last, stays[end][1]), end + 1
        waves: Counter[str] = Counter()
        for _, _, wave, _, number in stays[start:end]:
            waves[wave] += number
        if len(waves) > 1:
            yield TownMeeting(stays[start][3], country, stays[start][0], last, dict(sorted(waves.items())))
        start = end
