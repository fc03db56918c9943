"""Plan -> sheets: one for each wave, a row for each moment in order of time, a column for each thing it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from wavectl.model import Moment, Place, Text
from wavectl.plan.loader import Plan
from wavectl.spreadsheet.cell_text import CellFormatter, SheetMoment, with_inherited_values
from wavectl.spreadsheet.columns import FIELDS, INTERNAL_TEXTS, SheetColumn, ordered_columns


class WaveSheet(NamedTuple):
    """The moments of a wave as rows of texts, under the headings of its columns."""

    wave: str
    columns: tuple[SheetColumn, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def build_sheets(plan: Plan, waves: Sequence[str], language: str) -> list[WaveSheet]:
    """Return the sheets of waves in the reader's language; all have the same columns."""
    moments = {wave: [with_inherited_values(plan, wave, one) for one in plan.waves[wave].moments] for wave in waves}
    columns = _needed_columns(plan, (one.moment for ones in moments.values() for one in ones), language)
    headings = tuple(column.heading(language) for column in columns)
    firsts = frozenset({column.field: column for column in reversed(columns)}.values())
    teller = CellFormatter(plan, language)
    return [
        WaveSheet(
            wave,
            columns,
            headings,
            tuple(
                tuple(teller.cell_text(one, column, first=column in firsts) for column in columns)
                for one in sorted(moments[wave], key=_by_time)
            ),
        )
        for wave in waves
    ]


def _by_time(sheet_moment: SheetMoment) -> tuple[bool, date, date]:
    """Sort by the first day, then by the last; moments without a date come last, as they stand in the file."""
    when = sheet_moment.moment.when
    if when is None or when.earliest is None:
        return True, date.max, date.max
    return False, when.earliest, when.latest or date.max


def _needed_columns(plan: Plan, moments: Iterable[Moment], reader_language: str) -> tuple[SheetColumn, ...]:
    """Return the columns that moments need: a text has one for each language that it is written in."""
    used: dict[str, set[str]] = {field: set() for field in FIELDS if FIELDS[field].translatable}
    for moment in moments:
        for field, text in _translatable_texts(moment):
            if isinstance(text, dict):
                used[field].update(text)
    own = list(dict.fromkeys((reader_language, *plan.programme.languages)))
    fields = []
    for field in FIELDS:
        wanted = used.get(field, set()) | set(_languages_always_shown(field, own))
        fields.append((field, [*(one for one in own if one in wanted), *sorted(wanted.difference(own))]))
    return ordered_columns(fields, reader_language)


def _languages_always_shown(field: str, preferred_languages: Sequence[str]) -> Sequence[str]:
    """Return the languages that a text has columns for, whatever it is written in: of titles all, to be filled in."""
    if len(preferred_languages) == 1 or not FIELDS[field].translatable or field in INTERNAL_TEXTS:
        return ()
    return preferred_languages if field == "title" else preferred_languages[:1]


def _translatable_texts(moment: Moment) -> Iterator[tuple[str, Text | None]]:
    """Return the texts of a moment that may be there in several languages, by their column."""
    yield "place", (moment.place or Place()).name
    for field in ("title", "short", "outcome", "owner", "note"):
        yield field, getattr(moment, field)
