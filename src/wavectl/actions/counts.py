"""Count local actions: how many, how many of them were accepted and reported, and the people in those.

Refused and cancelled actions are left out and counted apart. People are counted as reported: "~50" is 50,
"70+" at least 70, "up to 50" 0 to 50; what was expected is never added. An action counts in the row that surely holds
it, else under ``unknown``: "March" is in no week, a postponed action in no month, a country of two regions in neither.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache, partial
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from wavectl.actions.action import (
    FORGOTTEN,
    MAX_LATITUDE,
    MAX_LONGITUDE,
    Action,
    ActionKind,
    OrganiserType,
    Review,
    cell_reader,
    read_degrees,
    value_or_default,
)
from wavectl.actions.figures import MAX_LENGTH, Figure, reported_people
from wavectl.actions.filters import ActionFilter, CellTest
from wavectl.actions.register import Row, read_columns
from wavectl.actions.twins import TwinSearch
from wavectl.model import Status
from wavectl.model.country_boxes import is_in_country
from wavectl.timeline.actors import RegionIndex


class CountBy(StrEnum):
    """What to count by; the keys of the rows are country codes, ids, words, ``2027-03`` or ``2027-W11``."""

    COUNTRY = "country"
    REGION = "region"
    MONTH = "month"
    WEEK = "week"
    PRIORITY = "priority"
    KIND = "kind"
    ORGANISER_TYPE = "organiser-type"
    MOMENT = "moment"
    REVIEW = "review"


class Count(NamedTuple):
    """How many actions there are, how many of them were accepted, have a result, and say how many people came.

    ``people_high`` is None where one of them has an open end: then ``people_low`` is what came at least.
    """

    actions: int = 0
    accepted: int = 0
    reported: int = 0
    with_people: int = 0
    people_low: int = 0
    people_high: int | None = 0


def sum_counts(counts: Iterable[Count]) -> Count:
    """Return the sum of some counts, which have no action in common."""
    total = Count()
    for one in counts:
        low, high = total.people_low + one.people_low, None
        if total.people_high is not None and one.people_high is not None:
            high = total.people_high + one.people_high
        actions, accepted = total.actions + one.actions, total.accepted + one.accepted
        reported, with_people = total.reported + one.reported, total.with_people + one.with_people
        total = Count(actions, accepted, reported, with_people, low, high)
    return total


class Counts(NamedTuple):
    """The counts of some actions: of all, by key, and of those that surely lie in no single row.

    ``refused`` and ``cancelled`` are the numbers of actions that are not in ``total``.
    """

    by: CountBy | None
    total: Count
    rows: Mapping[str, Count]
    unknown: Count
    refused: int = 0
    cancelled: int = 0


PUBLIC = ActionFilter(reviews=("accepted",), publish=("full", "anonymous"))
"""The filter of the actions that published counts hold."""


class RowCounter(Protocol):
    """Counts the rows of a register by the texts of two or more ``columns``."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns whose texts ``add`` needs, in this order."""

    def add(self, rows: Iterable[tuple[str, ...]], /) -> None:
        """Count rows."""


def count_rows(path: Path, counters: Sequence[RowCounter], tests: Mapping[str, CellTest] = {}) -> None:
    """Let counters count the rows of a register whose cells pass tests, by column; the register is read once.

    Errors are those of ``read_columns``.
    """
    columns = tuple(dict.fromkeys((*tests, *(column for counter in counters for column in counter.columns))))
    pickers = [(counter, itemgetter(*map(columns.index, counter.columns))) for counter in counters]
    rows = read_columns(path, *columns)
    while batch := list(islice(rows, _BATCH)):
        for position, test in enumerate(tests.values()):
            batch = [row for row in batch if test(row[position])]
        for counter, pick in pickers:
            counter.add(map(pick, batch))


_BATCH = 10_000
"""How many rows are in memory at a time."""


class TaskCounter:
    """Counts the actions to review, those without a result, and those no longer delivered; finds likely twins."""

    def __init__(self, today: date) -> None:
        self.to_review = self.without_result = self.missing = 0
        self.twin_search = TwinSearch()
        tests = ActionFilter(without_result=True).tests(None, today)
        self._tests = tuple(tests.values())
        self.columns = ("review", "status", "title", *TwinSearch.columns, *tests)

    def add(self, rows: Iterable[tuple[str, ...]]) -> None:
        """Count rows."""
        read_review, read_status, end = cell_reader("review"), cell_reader("status"), 3 + len(TwinSearch.columns)
        for cells in rows:
            review, status, title, missing_since = *cells[:3], cells[end - 1]
            self.twin_search.note(*cells[3:end])
            if missing_since and read_review(review) is not Review.REFUSED:
                self.missing += read_status(status) is not Status.CANCELLED
            if read_review(review) is Review.PENDING:
                self.to_review += read_status(status) is not Status.CANCELLED and title != FORGOTTEN
            else:
                self.without_result += all(test(cell) for test, cell in zip(self._tests, cells[end:], strict=True))


class CellCounter:
    """Counts the actions that count, neither refused nor cancelled, by the values of some columns.

    With ``only_shown`` only those whose texts may be published.
    """

    def __init__(self, *columns: str, only_shown: bool = False) -> None:
        self._names, self._only_shown = columns, only_shown
        self.columns = ("review", "status", "publish", *columns)
        self._rows: Counter[tuple[str, ...]] = Counter()

    def add(self, rows: Iterable[tuple[str, ...]]) -> None:
        """Count rows."""
        self._rows.update(rows)

    def counts(self) -> Counter[tuple[Any, ...]]:
        """Return how many actions have the same values in the columns; None is an empty cell."""
        counts: Counter[tuple[Any, ...]] = Counter()
        is_kept = cache(self._is_kept)
        for (review, status, publish, *texts), number in self._rows.items():
            if is_kept(review, status, publish):
                counts[tuple(map(value_or_default, self._names, texts))] += number
        return counts

    def _is_kept(self, review: str, status: str, publish: str) -> bool:
        cells = {"review": review, "status": status, "publish": publish}
        values = {column: value_or_default(column, text) for column, text in cells.items()}
        action = Action.model_construct(id="", title="", **values)
        return action.is_counted and (action.is_shown or not self._only_shown)


@lru_cache(maxsize=1024)
def may_be_shown(review: str, publish: str, status: str) -> bool:
    """Tell whether an action that was not forgotten counts and may be shown, from the texts of these columns."""
    action = Row.new({"review": review, "publish": publish, "status": status}).action()
    return action.is_shown and action.is_counted


class PlaceCounter:
    """Collects where the actions are that may be shown."""

    columns = ("review", "publish", "status", "country", "lat", "lon")

    def __init__(self) -> None:
        self._written: set[tuple[str, str, str]] = set()

    def add(self, rows: Iterable[tuple[str, ...]]) -> None:
        """Collect the places of rows."""
        self._written.update(
            (country, lat, lon)
            for review, publish, status, country, lat, lon in rows
            if lat and lon and may_be_shown(review, publish, status)
        )

    def places(self) -> set[tuple[float, float]]:
        """Return the longitudes and latitudes, to a tenth of a degree.

        Coordinates that are surely wrong are left out: 0,0, and those outside of the country.
        """
        return {
            (round(longitude, 1), round(latitude, 1))
            for country, lat, lon in self._written
            if (latitude := read_degrees(lat, MAX_LATITUDE)) is not None
            and (longitude := read_degrees(lon, MAX_LONGITUDE)) is not None
            and (latitude, longitude) != (0, 0)
            and is_in_country(value_or_default("country", country), longitude, latitude)
        }


class _Sums:
    """The sums of one row."""

    __slots__ = ("accepted", "actions", "high", "is_open", "low", "reported", "with_people")

    def __init__(self) -> None:
        self.actions = self.accepted = self.reported = self.with_people = self.low = self.high = 0
        self.is_open = False

    def add_figure(self, figure: Figure, times: int) -> None:
        self.with_people += times
        self.low += times * figure.low
        self.high += times * (figure.high or 0)
        self.is_open = self.is_open or figure.is_open

    def __add__(self, other: "_Sums") -> "_Sums":
        both = _Sums()
        for name in _Sums.__slots__:
            setattr(both, name, getattr(self, name) + getattr(other, name))
        return both

    def count(self) -> Count:
        high = None if self.is_open else self.high
        return Count(self.actions, self.accepted, self.reported, self.with_people, self.low, high)


class Tally:
    """Counts rows of registers; ``regions`` are needed to count by them.

    With ``today``, as for published counts, an action that is surely still to come has no result, whatever is written.
    ``prefix`` is put before the ids of moments in the rows that are added next.
    """

    prefix = ""

    def __init__(
        self, by: CountBy | None = None, regions: RegionIndex | None = None, today: date | None = None
    ) -> None:
        self._by = by
        column, self._key = _key_reader(by, regions)
        self.columns = (*_COUNTED, column) if today is None else (*_COUNTED, column, "when")
        self._ahead_mark = None if today is None else cache(partial(_ahead_mark, today))
        self._sums: dict[str | None, _Sums] = {}
        self._left_out = {Review.REFUSED: 0, Status.CANCELLED: 0}

    def add(self, rows: Iterable[tuple[str, ...]]) -> None:
        """Count rows: those with the same texts at once."""
        left_out, sums_by_key = self._left_out, self._sums
        read_review, read_status = cell_reader("review"), cell_reader("status")
        dated, prefix = self._by in KEYS_OF_DATES, self.prefix if self._by is CountBy.MOMENT else ""
        mark = self._ahead_mark
        if mark is not None:  # not the day itself: rows that are equal but for it are counted at once
            rows = ((*row[:-1], mark(row[-1])) for row in rows)
        for cells, times in Counter(rows).items():
            review_text, status_text, reported, outcome, people, low, high, key_text, *ahead = cells
            review, status = read_review(review_text), read_status(status_text)
            if review is Review.REFUSED or status is Status.CANCELLED:
                left_out[Review.REFUSED if review is Review.REFUSED else Status.CANCELLED] += times
                continue
            key = None if dated and status is Status.POSTPONED else self._key(key_text)
            if prefix and key is not None:
                key = prefix + key
            sums = sums_by_key.get(key)
            if sums is None:
                sums = sums_by_key[key] = _Sums()
            sums.actions += times
            if review is Review.ACCEPTED:
                sums.accepted += times
            if any(ahead):
                continue
            figure = _figure_of(people, low, high)
            if figure is not None:
                sums.add_figure(figure, times)
            if _has_result(figure, outcome, reported):
                sums.reported += times

    def merge(self, other: "Tally") -> None:
        """Add what another one has counted by the same key in other rows."""
        for key, sums in other._sums.items():
            self._sums[key] = self._sums.get(key, _Sums()) + sums
        for reason, number in other._left_out.items():
            self._left_out[reason] += number

    def counts(self) -> Counts:
        """Return the counts so far: months, weeks, words and ids in order, countries and moments by their number."""
        known = {key: sums for key, sums in self._sums.items() if key is not None}
        unknown = self._sums.get(None, _Sums())
        ordered = sorted(known, key=lambda key: _order(self._by, key, known[key].actions))
        return Counts(
            self._by,
            sum(known.values(), unknown).count(),
            {key: known[key].count() for key in ordered},
            unknown.count(),
            self._left_out[Review.REFUSED],
            self._left_out[Status.CANCELLED],
        )


_COUNTED = ("review", "status", "reported", "outcome", "people", "people_low", "people_high")
_ORDERED_WORDS = {CountBy.KIND: [*ActionKind], CountBy.ORGANISER_TYPE: [*OrganiserType], CountBy.REVIEW: [*Review]}


def _order(by: CountBy | None, key: str, actions: int) -> tuple[int, str]:
    if by in (CountBy.COUNTRY, CountBy.MOMENT):
        return -actions, key
    words: list[str] = [*_ORDERED_WORDS.get(by, ())] if by else []
    return words.index(key) if words else 0, key


def _ahead_mark(today: date, when_text: str) -> str:
    """Return "ahead" for a date that is surely after a day, else ""."""
    when = value_or_default("when", when_text)
    return "ahead" if when is not None and when.earliest is not None and when.earliest > today else ""


def _has_result(figure: Figure | None, outcome: str, reported: str) -> bool:
    return figure is not None or bool(outcome) or bool(reported and value_or_default("reported", reported))


def has_result(people: str, low: str, high: str, outcome: str, reported: str) -> bool:
    """Tell whether the texts of these columns hold a result: how many people came, what came of it, or a report."""
    return _has_result(_figure_of(people, low, high), outcome, reported)


def _figure_of(people: str, low: str, high: str) -> Figure | None:
    return _figure(people[: MAX_LENGTH + 1], low, high) if people or low or high else None


@lru_cache(maxsize=65_536)
def _figure(people: str, low: str, high: str) -> Figure | None:
    figure = reported_people(people, value_or_default("people_low", low), value_or_default("people_high", high))
    if figure is None or figure.high is None or figure.low <= figure.high:
        return figure
    return Figure(figure.high, figure.low)  # the two columns are the wrong way round


_KeyReader = Callable[[str], str | None]


def _key_reader(by: CountBy | None, regions: RegionIndex | None) -> tuple[str, _KeyReader]:
    """Return the column that the key follows from, and a function from its text to the key, None for unknown."""
    if by is None:
        return "review", lambda _: None
    if by in KEYS_OF_DATES:
        return "when", lru_cache(maxsize=65_536)(partial(bucket_of_date, KEYS_OF_DATES[by]))
    if by is CountBy.REGION:
        return "country", lru_cache(maxsize=1024)(partial(_only_region, regions))
    column = by.value.replace("-", "_")
    return column, partial(value_or_default, column)


def _only_region(regions: RegionIndex | None, text: str) -> str | None:
    found = {*regions.of_country(value_or_default("country", text))} if regions else set()
    return found.pop() if len(found) == 1 else None


def month_of(day: date) -> str:
    """Return the key of the month of a day: ``2027-03``."""
    return f"{day.year:04}-{day.month:02}"


@lru_cache(maxsize=65_536)
def week_of(day: date) -> str:
    """Return the key of the week of a day, from Monday on (ISO 8601): ``2027-W11``."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


KEYS_OF_DATES: Mapping[CountBy | None, Callable[[date], str]] = {CountBy.MONTH: month_of, CountBy.WEEK: week_of}
"""The functions from a day to its key, by what is counted by."""


def first_day(key: str) -> date:
    """Return the first day of the month or week of a key: ``2027-03``, ``2027-W11``."""
    year, _, part = key.partition("-")
    return date.fromisocalendar(int(year), int(part[1:]), 1) if part[:1] == "W" else date(int(year), int(part), 1)


def bucket_of_date(key_of: Callable[[date], str], text: str) -> str | None:
    """Return the key of the month or week that surely holds a date; None if none does."""
    when = value_or_default("when", text)
    if when is None or when.is_qualified:
        return None
    first, last = when.bounds
    key = key_of(first) if first and last else None
    return key if key and last and key == key_of(last) else None
