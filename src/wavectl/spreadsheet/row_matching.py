"""Match rows of a sheet with moments of a wave: by id, else by title, date and place, in order of occurrence."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from wavectl.model import Moment, all_translations
from wavectl.spreadsheet.cell_values import normalised_text
from wavectl.spreadsheet.mapped_table import MappedRow
from wavectl.text.suggest import normalize_name

_MAX_COMPARED = 50
"""How many moments of the same title are compared with a row. Rows that are in order need one comparison."""


class RowMatch(NamedTuple):
    """The moment of a row. ``is_certain`` is False if only the title is the same, and date or place differ."""

    moment: Moment
    is_certain: bool = True


class RowMatcher:
    """Matches rows with the moments of one wave. A moment has one row at most.

    ``is_same`` tells whether the date and the place of a row are those of a moment; ``may_update`` whether they are
    more precise ones.
    """

    def __init__(
        self,
        moments: Sequence[Moment],
        is_same: Callable[[MappedRow, Moment], bool],
        may_update: Callable[[MappedRow, Moment], bool],
    ) -> None:
        self._is_same, self._may_update = is_same, may_update
        self._by_id = {moment.id: moment for moment in moments}
        self._by_title: dict[str, dict[str, Moment]] = {}
        for moment in moments:
            for title in all_translations(moment.title):
                self._by_title.setdefault(normalised_text(title), {})[moment.id] = moment

    def match(self, rows: Sequence[MappedRow], *, by_title: bool) -> list[RowMatch | None]:
        """Return the match of each row. With ``by_title``, the title is enough, for an uncertain match."""
        matches: list[RowMatch | None] = [self._match_by_id(row) for row in rows]
        for match in matches:
            if match is not None:
                self._take(match.moment)
        for test, certain in ((self._is_same, True), (self._may_update, True), (None, False))[: 3 if by_title else 1]:
            for index, row in enumerate(rows):
                has_other_id = not by_title and not row.cell("id").empty
                if matches[index] is None and not has_other_id and (moment := self._first(row, test)):
                    matches[index] = RowMatch(moment, certain)
                    self._take(moment)
        return matches

    def _match_by_id(self, row: MappedRow) -> RowMatch | None:
        id_ = row.cell("id").text.strip()
        moment = self._by_id.get(id_) or self._by_id.get(normalize_name(id_)) if id_ else None
        return RowMatch(moment) if moment else None

    def _first(self, row: MappedRow, test: Callable[[MappedRow, Moment], bool] | None) -> Moment | None:
        candidates = islice(self._with_title(row), _MAX_COMPARED)
        return next((moment for moment in candidates if test is None or test(row, moment)), None)

    def _with_title(self, row: MappedRow) -> Iterator[Moment]:
        """Yield the moments with the title of a row that have no row yet, in order."""
        for column, cell in row.cells.items():
            if column.field == "title" and not cell.empty:
                yield from self._by_title.get(normalised_text(cell.text), {}).values()

    def _take(self, moment: Moment) -> None:
        for title in all_translations(moment.title):
            self._by_title[normalised_text(title)].pop(moment.id, None)
