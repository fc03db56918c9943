"""The identity of actions: their ids, and what a delivery changes in a register.

An id is kept for good, and the date is never part of it. ``compare`` decides for each row of a delivery which action
it is, and loses none: each is new, changed, moved, unchanged or refused. Nothing here reads or writes files.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from wavectl.actions.action import FORGOTTEN, Review
from wavectl.actions.register import Row
from wavectl.actions.twins import Twins, likely_twins
from wavectl.diagnostics import Message, msg, phrase
from wavectl.text.suggest import normalize_name

MOVE_COLUMNS = ("when", "place")
"""The columns whose change moves an action."""
_TEAM_COLUMNS = frozenset(
    ("id", "source", "also", "not_same", "first_seen", "updated", "missing_since", "review", "reason")
)
"""The columns that no delivery changes in an action that is known."""
_IdentityKey = tuple[str, str, str]


def action_id(source: str, *parts: str) -> str:
    """Return the id of an action: ``<source>-`` and 12 hexadecimal digits of SHA-256 over the source and its parts.

    The parts are the source's own id, or the organiser, title, place and number of occurrence.
    """
    digest = hashlib.sha256("\n".join((source, *parts)).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{source}-{digest[:12]}"


class DeliveredRow(NamedTuple):
    """A row of a delivery: where it is there, its cells by column of the register, and why it cannot be taken in.

    Cells are as a register has them: dates in EDTF, codes of countries, without contact data or the names of persons.
    A row with a ``problem`` is refused; its cells, as far as they can be read, still say which action is delivered.
    ``defaults`` fill the cells that are empty here and in the register.
    """

    number: int
    cells: Mapping[str, str]
    problem: Message | None = None
    defaults: Mapping[str, str] = MappingProxyType({})

    @property
    def filled(self) -> dict[str, str]:
        """The cells that are not empty, and the defaults of the others."""
        return {**self.defaults, **{column: text for column, text in self.cells.items() if text}}


class Change(NamedTuple):
    """An action before and after a delivery, and the columns that differ; ``before`` is None for a new one."""

    before: Row | None
    after: Row
    columns: tuple[str, ...] = ()
    delivered: DeliveredRow | None = None

    @property
    def id(self) -> str:
        """The action's id."""
        return self.after.id


class Refusal(NamedTuple):
    """A delivered row that is not taken in, and why; ``candidates`` are the ids of the actions that it may be."""

    delivered: DeliveredRow
    reason: Message
    candidates: tuple[str, ...] = ()


class MergedDifference(NamedTuple):
    """A delivered row of an action that was merged into another one: it updates nothing; what differs is listed."""

    id: str
    delivered: DeliveredRow
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Delivery:
    """What a delivery changes in a register. Each delivered row is in one of the first five lists."""

    new: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    """Actions with other values, or that are delivered again after they were missing."""
    moved: list[Change] = field(default_factory=list)
    """Actions with another date or place, whatever else changed."""
    unchanged: list[str] = field(default_factory=list)
    """The ids of the actions that stay as they are."""
    refused: list[Refusal] = field(default_factory=list)
    missing: list[Change] = field(default_factory=list)
    """Actions of this source that the delivery lacks for the first time."""
    merged: list[MergedDifference] = field(default_factory=list)
    """Of the unchanged ones, those that were merged into another action and differ from it."""
    twins: list[Twins] = field(default_factory=list)
    """Pairs of actions that are likely the same, one of them new here; a person decides."""

    @property
    def row_count(self) -> int:
        """How many rows were delivered."""
        return len(self.new) + len(self.changed) + len(self.moved) + len(self.unchanged) + len(self.refused)

    @property
    def ambiguous(self) -> list[Refusal]:
        """The refused rows that may be one of several actions."""
        return [refusal for refusal in self.refused if refusal.candidates]

    @cached_property
    def rows(self) -> dict[str, Row]:
        """The rows to write, by id: new and changed ones; all other rows of the register stay."""
        return {change.id: change.after for change in (*self.new, *self.changed, *self.moved, *self.missing)}


def compare(
    rows: Mapping[str, Row],
    source: str,
    delivered: Iterable[DeliveredRow],
    today: date,
    *,
    accept: bool = False,
    is_complete: bool = True,
) -> Delivery:
    """Return what a delivery of a source changes in the rows of a register, by id.

    A delivered row is the action with its ``source_id``. Without one it is the action of the source with the same
    title, organiser and place, if only one has them; rows that may be several actions are refused, with the ids. An
    id of the register, under either heading, comes first: a person gives it to choose the action. A cell
    that is empty in the delivery leaves what the register has. ``accept`` accepts new actions. Actions of the source
    that are not in the delivery are missing, unless ``is_complete`` is False.
    """
    return _Comparison(rows, source, today, accept=accept).run(list(delivered), is_complete=is_complete)


class _Comparison:
    def __init__(self, rows: Mapping[str, Row], source: str, today: date, *, accept: bool) -> None:
        self._rows, self._source, self._today, self._accept = rows, source, today.isoformat(), accept
        self._result = Delivery()
        self._own = {name: row for name, row in rows.items() if row.get("source") == source}
        self._merged_into = {other: name for name, row in rows.items() for other in row.get("also").split()}
        self._by_source_id = {row.get("source_id"): name for name, row in self._own.items() if row.get("source_id")}
        self._seen: set[str] = set()
        self._untitled: set[tuple[str, ...]] = set()

    def run(self, delivered: Sequence[DeliveredRow], *, is_complete: bool) -> Delivery:
        """Compare all rows: first those with an id, then the others by what they say."""
        unmatched: list[DeliveredRow] = []
        names: set[str] = set()
        for row in map(self._with_known_id, delivered):
            name = self._stated_id(row)
            if name in names:
                self._refuse(row, row.problem or msg("an earlier row of this delivery has the same id"))
                continue
            if name:
                names.add(name)
            if not name or not self._take_known(row, name):
                unmatched.append(row)
        self._match_by_words(unmatched)
        if is_complete:
            self._mark_missing()
        result = self._result
        after = {**self._rows, **result.rows}
        result.twins.extend(likely_twins(after.values(), {change.id for change in result.new}))
        return result

    # -- one row

    def _with_known_id(self, row: DeliveredRow) -> DeliveredRow:
        """Return a row whose ``source_id`` is an id of the register, which a person wrote there, with it as ``id``."""
        name = row.cells.get("source_id", "")
        if name in self._by_source_id or not (name in self._rows or name in self._merged_into):
            return row
        return row._replace(cells={**row.cells, "id": name, "source_id": ""})

    def _stated_id(self, row: DeliveredRow) -> str:
        """Return the id of the register that a row states, or that follows from its id in the source; else ""."""
        name, source_id = row.cells.get("id", ""), row.cells.get("source_id", "")
        if name in self._rows or name in self._merged_into:
            return name
        return (self._by_source_id.get(source_id) or action_id(self._source, source_id)) if source_id else ""

    def _take_known(self, row: DeliveredRow, name: str) -> bool:
        """Compare a row with the action of an id; return False if there is no such action."""
        survivor = self._merged_into.get(name)
        if survivor is None:
            if name not in self._rows:
                return False
            self._update(row, self._rows[name])
            return True
        self._seen.add(survivor)
        if row.problem is not None:
            self._refuse(row, row.problem)
            return True
        self._result.unchanged.append(name)
        columns = _different_columns(self._rows[survivor], row)
        if columns:
            self._result.merged.append(MergedDifference(survivor, row, columns))
        return True

    def _update(self, row: DeliveredRow, before: Row) -> None:
        self._seen.add(before.id)
        if row.problem is not None:
            self._refuse(row, row.problem)
            return
        columns = () if _is_forgotten(before) else _different_columns(before, row)
        if before.get("missing_since"):
            columns = (*columns, "missing_since")
        if not columns:
            self._result.unchanged.append(before.id)
            return
        new = {column: row.filled[column] for column in columns if column != "missing_since"}
        change = Change(before, before.replace(**new, missing_since="", updated=self._today), columns, row)
        (self._result.changed if set(columns).isdisjoint(MOVE_COLUMNS) else self._result.moved).append(change)

    def _add(self, row: DeliveredRow, taken: Counter[_IdentityKey]) -> None:
        if row.problem is not None:
            self._refuse(row, row.problem)
            if not row.cells.get("title"):
                self._untitled.add(_identity_key(row.cells)[1:])
            return
        name = self._new_id(row, taken)
        if name in self._rows:  # it was forgotten
            self._update(row, self._rows[name])
            return
        cells = {column: text for column, text in row.filled.items() if column not in _TEAM_COLUMNS}
        review = Review.ACCEPTED if self._accept else Review.PENDING
        managed = {"id": name, "source": self._source, "review": review.value}
        days = {"first_seen": self._today, "updated": self._today}
        self._result.new.append(Change(None, Row.new({**cells, **managed, **days}), (), row))

    def _new_id(self, row: DeliveredRow, taken: Counter[_IdentityKey]) -> str:
        """Return the first id that no other action has; that of an action that was forgotten counts as free once."""
        if row.cells.get("source_id"):
            return action_id(self._source, row.cells["source_id"])
        words = [row.cells.get(column, "") for column in ("organiser", "title", "place")]
        key = _identity_key(row.cells)
        while True:
            taken[key] += 1
            name = action_id(self._source, *words, str(taken[key]))
            is_free = name not in self._rows or (_is_forgotten(self._rows[name]) and name not in self._seen)
            if is_free and name not in self._merged_into:
                return name

    def _refuse(self, row: DeliveredRow, reason: Message, candidates: tuple[str, ...] = ()) -> None:
        self._result.refused.append(Refusal(row, reason, candidates))

    # -- rows without an id of the source

    def _match_by_words(self, unmatched: Sequence[DeliveredRow]) -> None:
        """Match rows with the actions of the source that have the same title, organiser and place."""
        known: dict[_IdentityKey, list[Row]] = {}
        for name, row in self._own.items():
            if name not in self._seen:
                known.setdefault(_identity_key({c: row.get(c) for c in _IDENTITY_COLUMNS}), []).append(row)
        groups: dict[tuple[_IdentityKey, bool], list[DeliveredRow]] = {}
        for delivered in unmatched:
            has_own_id = bool(delivered.cells.get("source_id"))
            groups.setdefault((_identity_key(delivered.cells), has_own_id), []).append(delivered)
        taken: Counter[_IdentityKey] = Counter()
        for (key, has_own_id), rows in groups.items():
            candidates = [row for row in known.get(key, ()) if not (has_own_id and row.get("source_id"))]
            self._match_group(rows, [row for row in candidates if row.id not in self._seen], taken)

    def _match_group(
        self, delivered: Sequence[DeliveredRow], known: Sequence[Row], taken: Counter[_IdentityKey]
    ) -> None:
        """Match the rows and the actions of one title, organiser and place: first those that are equal."""
        left = list(known)
        rest: list[DeliveredRow] = []
        for one in delivered:
            equal = next((row for row in left if one.problem is None and not _different_columns(row, one)), None)
            if equal is None:
                rest.append(one)
            else:
                left.remove(equal)
                self._update(one, equal)
        if len(rest) == len(left) == 1:
            self._update(rest[0], left[0])
            return
        candidates = tuple(row.id for row in left)
        self._seen.update(candidates if rest else ())
        for one in rest:
            if candidates:
                self._refuse(one, one.problem or msg(_UNCLEAR, ids=", ".join(candidates)), candidates)
            else:
                self._add(one, taken)

    def _mark_missing(self) -> None:
        """Mark what is missing; an action may be a row without a title, which a person has completed by hand."""
        for name, row in self._own.items():
            if name in self._seen or row.get("missing_since"):
                continue
            if _identity_key({column: row.get(column) for column in _IDENTITY_COLUMNS})[1:] not in self._untitled:
                after = row.replace(missing_since=self._today)
                self._result.missing.append(Change(row, after, ("missing_since",)))


_UNCLEAR = phrase("this row may be one of several actions with this title, organiser and place: {ids}")
_IDENTITY_COLUMNS = ("title", "organiser", "place")


def _identity_key(cells: Mapping[str, str]) -> _IdentityKey:
    title, organiser, place = (normalize_name(cells.get(column, "")) for column in _IDENTITY_COLUMNS)
    return title, organiser, place


def _is_forgotten(row: Row) -> bool:
    return row.get("title") == FORGOTTEN


def _different_columns(row: Row, delivered: DeliveredRow) -> tuple[str, ...]:
    """Return the columns in which a delivered row has another text than the register; empty cells differ from none."""
    return tuple(
        column
        for column, text in delivered.filled.items()
        if column not in _TEAM_COLUMNS
        and row.get(column) != text
        and (delivered.cells.get(column) or not row.get(column))
    )
