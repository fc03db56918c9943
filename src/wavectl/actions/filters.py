"""The filter of actions, shared by list, count, review, export, map and feeds.

Every test looks at one column, so that it works on the text of cells and reads each text once.
"""

import operator
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, partial
from typing import NamedTuple

from wavectl.actions.action import FORGOTTEN, Review, cell_reader, value_or_default
from wavectl.actions.figures import MAX_LENGTH, parse_people
from wavectl.actions.register import Row
from wavectl.model import Status
from wavectl.timeline.actors import RegionIndex

CellTest = Callable[[str], bool]


class ActionFilter(NamedTuple):
    """Which actions to keep; an empty field keeps all. ``first`` and ``last`` are days, both included.

    The words are those of the columns, regions the ids of the programme. "" in ``kinds``, ``priorities``, ``moments``,
    ``countries``, ``sources``, ``actors`` or ``organiser_types`` keeps the actions whose cell is empty.
    """

    first: date | None = None
    last: date | None = None
    upcoming: bool = False
    without_result: bool = False
    """Keep the accepted actions that are over and of which no result is known."""
    missing: bool = False
    """Keep the actions that count and that their source no longer delivers."""
    statuses: Sequence[str] = ()
    kinds: Sequence[str] = ()
    priorities: Sequence[str] = ()
    actors: Sequence[str] = ()
    countries: Sequence[str] = ()
    regions: Sequence[str] = ()
    moments: Sequence[str] = ()
    organiser_types: Sequence[str] = ()
    reviews: Sequence[str] = ()
    sources: Sequence[str] = ()
    ids: Sequence[str] = ()
    publish: Sequence[str] = ()

    def tests(self, regions: RegionIndex | None, today: date | None) -> dict[str, CellTest]:
        """Return by column the tests that a row has to pass, none for what keeps all.

        ``regions`` are needed with regions, ``today`` with ``upcoming`` and ``without_result``. Each test remembers the
        texts it has seen: use the tests for all rows of a register.
        """
        tests: dict[str, CellTest] = {"id": frozenset(self.ids).__contains__} if self.ids else {}
        by_column: dict[str, list[CellTest]] = {}
        for column, test in self._tests(regions, today):
            by_column.setdefault(column, []).append(test)
        tests |= {column: cache(partial(_passes_all, several)) for column, several in by_column.items()}
        return {**tests, **_NO_TEXT} if self.without_result else tests

    def matcher(self, regions: RegionIndex | None, today: date | None) -> Callable[[Row], bool]:
        """Return a function that tells whether a row is kept; arguments as for ``tests``."""
        tests = tuple(self.tests(regions, today).items())
        return lambda row: all(test(row.get(column)) for column, test in tests)

    def _tests(self, regions: RegionIndex | None, today: date | None) -> Iterator[tuple[str, CellTest]]:
        allowed: Mapping[str, Collection[str]] = {
            "status": self.statuses, "kind": self.kinds, "priority": self.priorities, "actor": self.actors,
            "moment": self.moments, "organiser_type": self.organiser_types, "review": self.reviews,
            "source": self.sources, "publish": self.publish,
        }  # fmt: skip
        yield from ((column, _is_one_of(column, frozenset(words))) for column, words in allowed.items() if words)
        if self.countries or self.regions:
            yield "country", self._country_test(regions)
        if self.first or self.last or self.upcoming:
            yield "when", self._date_test(today)
        if self.missing:
            yield "missing_since", bool
            yield "status", _is_none_of("status", (Status.CANCELLED,))
            yield "review", Review.REFUSED.__ne__
        if self.without_result:
            yield "review", Review.ACCEPTED.__eq__
            yield "status", _is_none_of("status", (Status.CANCELLED, Status.POSTPONED))
            yield "when", partial(_is_over, today)
            yield from ((column, partial(_is_empty, column)) for column in ("reported", "people_low", "people_high"))

    def _country_test(self, regions: RegionIndex | None) -> CellTest:
        countries, wanted = frozenset(self.countries), frozenset(self.regions)

        def test(text: str) -> bool:
            in_region = not wanted or (regions is not None and not wanted.isdisjoint(regions.of_country(text)))
            return in_region and (not countries or text in countries)

        return test

    def _date_test(self, today: date | None) -> CellTest:
        read = cell_reader("when")

        def test(text: str) -> bool:
            when = read(text)
            if when is None:
                return not (self.first or self.last)  # nothing is known of its day, as for ``unknown``
            if (self.first or self.last) and not when.overlaps(self.first, self.last):
                return False
            return not (self.upcoming and today and when.last_known is not None and when.last_known < today)

        return test


KEEP_ALL = ActionFilter()
"""The filter that keeps everything."""


_NO_TEXT: Mapping[str, CellTest] = {
    "title": FORGOTTEN.__ne__,
    "outcome": operator.not_,
    "people": lambda text: parse_people(text[: MAX_LENGTH + 1]) is None,
}
"""The tests of texts that all differ, so that none is remembered: it was not forgotten, and has no result."""


def _is_over(today: date | None, text: str) -> bool:
    when = value_or_default("when", text)
    return bool(today and when and when.latest and when.latest < today)


def _is_empty(column: str, text: str) -> bool:
    return value_or_default(column, text) is None


def _is_none_of(column: str, words: Collection[str]) -> CellTest:
    return lambda text: value_or_default(column, text) not in words


def _is_one_of(column: str, words: Collection[str]) -> CellTest:
    read = cell_reader(column)
    return lambda text: (read(text) or "") in words


def _passes_all(tests: Sequence[CellTest], text: str) -> bool:
    return all(test(text) for test in tests)
