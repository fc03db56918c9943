"""Match sheets with waves and rows with moments.

The wave is found by the rows themselves, or by the name of the sheet or the file; a moment by its id, else by title,
date and place, in order of occurrence.
"""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from wavectl.dates import edtf
from wavectl.editing.references import new_id
from wavectl.model import Moment, all_translations
from wavectl.plan.loader import RESERVED_IDS, Plan
from wavectl.spreadsheet.cell_values import normalised_text
from wavectl.spreadsheet.mapped_table import MappedRow
from wavectl.text.suggest import normalize_name
from wavectl.text.terminal import printable


def find_wave(plan: Plan, name: str) -> str | None:
    """Return the id of the wave with this id, title or sheet name."""
    if not normalize_name(name):
        return None
    for id_, wave in plan.waves.items():
        titles = all_translations(wave.title)
        names = (id_, *titles, *(sheet_name(title, ()) for title in titles))
        if normalize_name(name) in map(normalize_name, names):
            return id_
    return None


def infer_wave(plan: Plan, row_waves: Iterable[str], names: Iterable[str]) -> str | None:
    """Return the wave of rows that name none: the first one of other rows, else the one named like the sheet or file.

    That may be a new wave. Return None if no name identifies a wave.
    """
    for text in row_waves:
        if wave := find_wave(plan, text):
            return wave
    for name in names:
        if wave := find_wave(plan, name) or wave_id_from_name(name):
            return wave
    return None


def wave_of_row(plan: Plan, stated: str, default_wave: str) -> str | None:
    """Return the wave that a row names, else the one of its sheet; None if the named wave does not exist."""
    if not stated.strip():
        return default_wave
    return find_wave(plan, stated) or (default_wave if normalize_name(stated) == default_wave else None)


def single_year(plan: Plan, wave: str) -> int | None:
    """Return the year of a wave if its calendar is within one year."""
    period = plan.waves[wave].period if wave in plan.waves else None
    if period is None or not period.earliest or not period.latest:
        return None
    return period.earliest.year if period.earliest.year == period.latest.year else None


_MAX_NAME_LENGTH = 31
"""The maximum length of a sheet name in Excel."""
_FORBIDDEN_CHARS = re.compile(r"[\[\]:*?/\\]")
_GENERIC_NAMES = re.compile(
    r"(sheet|feuil|feuille|hoja|tabelle|foglio|planilha|blad|table|tableau|tabla)-?\d*|csv|data|export"
)
"""Default names of sheets and files, normalised. They do not identify a wave."""


def wave_id_from_name(name: str) -> str | None:
    """Return a wave id from the name of a sheet or a file; None for default names."""
    if _GENERIC_NAMES.fullmatch(normalize_name(name)) or not normalize_name(name):
        return None
    wave_id = new_id(name, (), "all")
    return None if wave_id in RESERVED_IDS else wave_id


def sheet_name(title: str, used_names: Container[str]) -> str:
    """Return a sheet name that Excel accepts: at most 31 characters, no forbidden ones, not in ``used_names``.

    ``used_names`` are case-folded, because Excel ignores case.
    """
    safe = " ".join(_FORBIDDEN_CHARS.sub(" ", printable(title)).split()).strip("'")
    safe = safe[:_MAX_NAME_LENGTH].rstrip(" '") or "-"
    if safe.casefold() == "history":  # reserved by Excel
        safe += "_"
    number, free = 2, safe
    while free.casefold() in used_names:
        end = f" ({number})"
        free, number = safe[: _MAX_NAME_LENGTH - len(end)] + end, number + 1
    return free


def add_period(wave: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data of a new wave with a period that covers its moments; without dates it is only announced."""
    dates = [edtf.parse(moment["when"]) for moment in wave["moments"]]
    first = min((when.earliest for when in dates if when.earliest), default=None)
    last = max((when.last_known for when in dates if when.last_known), default=None)
    if first is None or last is None:
        return {**wave, "status": "announced"}
    return {**wave, "period": f"{first:%Y-%m}/{last:%Y-%m}"}


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
