"""Find actions that are likely one and the same: reported by two sources, or delivered again under another title."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from wavectl.actions.action import FORGOTTEN, Review, value_or_default
from wavectl.actions.register import Row, read_rows
from wavectl.text.similarity import are_similar_titles, comparable_title
from wavectl.text.suggest import normalize_name

NEAR = timedelta(days=7)
"""How far apart the dates of one action in two sources may be."""
_MAX_BLOCK = 100
"""How many actions of one organiser in one country are compared each with each; in larger blocks titles are equal."""


class Twins(NamedTuple):
    """The ids of two actions that are likely the same, in order."""

    first: str
    second: str


def likely_twins(rows: Iterable[Row], among: Collection[str] | None = None) -> list[Twins]:
    """Return the pairs of rows that are likely the same action, in order of id.

    They have the same organiser and country, similar titles, and days that are near or not known. Two rows of one
    source are twins only if one of them is missing from its last delivery: the other may be its new title or place.
    Refused actions, and pairs that were judged to be others (``not_same``), are left out. With ``among``, one of the
    two has such an id.
    """
    found = set()
    for block in _blocks(rows).values():
        if among is not None and not any(row.id in among for row in block):
            continue
        for first, second in _pairs(block):
            if (among is None or first.id in among or second.id in among) and _is_likely_same(first, second):
                found.add(Twins(*sorted((first.id, second.id))))
    return sorted(found)


def _blocks(rows: Iterable[Row]) -> Mapping[tuple[str, ...], list[Row]]:
    """Return the rows that may be the same: by organiser and country, without an organiser by title and place."""
    blocks: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        key = _block_key(*(row.get(column) for column in _KEY_COLUMNS))
        if key:
            blocks.setdefault(key, []).append(row)
    return {key: block for key, block in blocks.items() if len(block) > 1}


_KEY_COLUMNS = ("review", "title", "organiser", "country", "place")


def _block_key(review: str, title: str, organiser: str, country: str, place: str) -> tuple[str, ...] | None:
    """Return what rows that may be the same have in common; None for a row that is compared with no other."""
    if review == Review.REFUSED or title == FORGOTTEN:
        return None
    organiser, title = normalize_name(organiser), normalize_name(title)
    if organiser:
        return organiser, country
    return ("", country, title, normalize_name(place)) if title else None


class TwinSearch:
    """Finds the likely twins of a register that may be large: only the rows that may have one are ever in memory.

    ``note`` is given the texts of ``columns`` of each row; ``twins`` reads the rows again, if any of them may have one.
    """

    columns = (*_KEY_COLUMNS, "source", "missing_since")

    def __init__(self) -> None:
        self._sources: dict[int, str | None] = {}  # by the hash of a block: its only source, None for several

    def note(self, *cells: str) -> None:
        """Note whether a row may have a twin."""
        *key_cells, source, missing_since = cells
        key = _block_key(*key_cells)
        if key and (missing_since or self._sources.setdefault(hash(key), source) != source):
            self._sources[hash(key)] = None

    def twins(self, path: Path) -> list[Twins]:
        """Return the likely twins of the register at a path."""
        if None not in self._sources.values():
            return []
        return likely_twins(row for row in read_rows(path) if self._may_have_twin(row))

    def _may_have_twin(self, row: Row) -> bool:
        key = _block_key(*(row.get(column) for column in _KEY_COLUMNS))
        return key is not None and self._sources.get(hash(key), "") is None


def _pairs(block: list[Row]) -> Iterator[tuple[Row, Row]]:
    if len(block) <= _MAX_BLOCK:
        yield from combinations(block, 2)
        return
    by_title: dict[str, list[Row]] = {}
    for row in block:
        by_title.setdefault(normalize_name(row.get("title")), []).append(row)
    for same_title in by_title.values():
        yield from combinations(same_title[:_MAX_BLOCK], 2)


def _is_likely_same(first: Row, second: Row) -> bool:
    same_source = first.get("source") == second.get("source")
    if same_source and bool(first.get("missing_since")) == bool(second.get("missing_since")):
        return False
    if second.id in first.get("not_same").split() or first.id in second.get("not_same").split():
        return False
    if not _are_near(first.get("when"), second.get("when")):
        return False
    titles = [comparable_title(row.get("title")) for row in (first, second)]
    return (
        normalize_name(first.get("title")) == normalize_name(second.get("title"))
        or are_similar_titles(titles[:1], titles[1:])
        or (same_source and bool(_place(first)) and _place(first) == _place(second))  # a new title
    )


def _place(row: Row) -> str:
    return normalize_name(row.get("place"))


def _are_near(first: str, second: str) -> bool:
    """Tell whether two dates, as cells have them, are at most ``NEAR`` apart; a date that is not known is near."""
    dates = [value_or_default("when", text) for text in (first, second)]
    if first == second or not all(when and when.spans for when in dates):
        return True
    spans, others = dates[0].spans, dates[1].spans
    return any(start - NEAR <= last and first_day <= end + NEAR for start, end in spans for first_day, last in others)
