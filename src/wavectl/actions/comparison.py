"""Compare two states of a register of local actions, as counts: nothing of a single action leaves here.

Both files are read as streams, side by side in order of id; only rows that were added or removed are remembered.
"""

import filecmp
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from wavectl.actions.action import COLUMNS, FORGOTTEN, PRIVATE_COLUMNS, Disclosure, Review, value_or_default
from wavectl.actions.counts import has_result
from wavectl.actions.identity import MOVE_COLUMNS
from wavectl.actions.register import Row, read_rows
from wavectl.model import Status


class ActionChanges(NamedTuple):
    """How many actions are new or gone, and to how many of the others something happened; one may count under several.

    ``merged`` ones are gone, because another one is the same action. ``changed`` are those with other values that
    count under nothing else.
    """

    new: int = 0
    moved: int = 0
    changed: int = 0
    merged: int = 0
    accepted: int = 0
    refused: int = 0
    reported: int = 0
    cancelled: int = 0
    forgotten: int = 0
    removed: int = 0


_BOOKKEEPING = frozenset(("source", "first_seen", "updated", "missing_since", "not_same", "also"))
"""Columns that wavectl fills: a change of these alone is none of the action."""
_CONTENT = tuple((position, column) for position, column in enumerate(COLUMNS) if column not in _BOOKKEEPING)
_PUBLIC_CONTENT = tuple((position, column) for position, column in _CONTENT if column not in PRIVATE_COLUMNS)


def compare_registers(old: Path | None, new: Path | None, *, public: bool = False) -> ActionChanges:
    """Return what changed from one file to another; one that is None or does not exist has no actions.

    With ``public``, only actions that published counts may hold are there, and what is private is none of them.
    Errors are those of ``read_rows``.
    """
    if old and new and old.is_file() and new.is_file() and filecmp.cmp(old, new, shallow=False):
        return ActionChanges()
    content = _PUBLIC_CONTENT if public else _CONTENT
    counts: Counter[str] = Counter()
    gone: set[str] = set()
    merged: set[str] = set()
    for before, after in _paired(*(_sorted_rows(path, public=public) for path in (old, new))):
        if after is None:
            gone.add(before.id if before else "")
            continue
        if before is None or before.get("also") != after.get("also"):
            merged.update(after.get("also").split())
        counts.update(_happenings(before, after, content))
    counts["merged"] = len(gone & merged)
    counts["removed"] = len(gone - merged)
    if public:
        del counts["forgotten"]  # a request to delete personal data is private
    return ActionChanges(**counts)


def _sorted_rows(path: Path | None, *, public: bool) -> Iterable[Row]:
    """Return the rows of a register in order of id, as a stream if the file has them in that order."""
    if path is None or not path.exists():
        return ()

    def rows() -> Iterator[Row]:
        return filter(_is_public, read_rows(path)) if public else read_rows(path)

    if all(first.id <= second.id for first, second in pairwise(rows())):
        return rows()
    return sorted(rows(), key=lambda row: row.id)


def _is_public(row: Row) -> bool:
    """Tell whether published counts may hold an action, or could if it were not cancelled."""
    review, disclosure = (value_or_default(column, row.get(column)) for column in ("review", "publish"))
    return review is Review.ACCEPTED and disclosure is not Disclosure.NO


def _paired(old: Iterable[Row], new: Iterable[Row]) -> Iterator[tuple[Row | None, Row | None]]:
    """Yield the rows of each id in one or both states; of rows with the same id the first counts."""
    olds, news = _once(old), _once(new)
    before, after = next(olds, None), next(news, None)
    while before or after:
        if after is None or (before is not None and before.id < after.id):
            yield before, None
            before = next(olds, None)
        elif before is None or after.id < before.id:
            yield None, after
            after = next(news, None)
        else:
            yield before, after
            before, after = next(olds, None), next(news, None)


def _once(rows: Iterable[Row]) -> Iterator[Row]:
    last = ""
    for row in rows:
        if row.id != last:
            yield row
        last = row.id


def _happenings(before: Row | None, after: Row, content: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Yield what happened to an action, as fields of ``ActionChanges``; ``content`` are the columns that count."""
    if before is None:
        yield "new"
        return
    if before.text == after.text and before.text:
        return
    changed = [column for position, column in content if _cell(before, position) != _cell(after, position)]
    if not changed:
        return
    if after.get("title") == FORGOTTEN != before.get("title"):
        yield "forgotten"
        return
    happened = [*_decisions(before, after)]
    if not set(changed).isdisjoint(MOVE_COLUMNS):
        happened.append("moved")
    yield from happened or ("changed",)


def _cell(row: Row, position: int) -> str:
    return row.cells[position] if position < len(row.cells) else ""


def _decisions(before: Row, after: Row) -> Iterator[str]:
    """Yield what was decided or reported about an action."""
    review, was = (value_or_default("review", row.get("review")) for row in (after, before))
    if review is not was and review is not Review.PENDING:
        yield review.value
    status, status_before = (value_or_default("status", row.get("status")) for row in (after, before))
    if status is Status.CANCELLED is not status_before:
        yield "cancelled"
    if has_result(*_result(after)) and not has_result(*_result(before)):
        yield "reported"


def _result(row: Row) -> tuple[str, str, str, str, str]:
    columns = ("people", "people_low", "people_high", "outcome", "reported")
    people, low, high, outcome, reported = map(row.get, columns)
    return people, low, high, outcome, reported
