"""Show a change of the plan as a table in the user's words: what, before, after, and how each date is read."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple

from wavectl.dates import edtf
from wavectl.diagnostics import KeyPath, msg, phrase
from wavectl.i18n.date_format import format_date, format_weekdays
from wavectl.i18n.names import country_name
from wavectl.model import Actor, Campaign, Moment, Programme, Wave, WaveActor, all_translations, localized_text
from wavectl.model.types import COUNTRIES, LANGUAGE_PATTERN
from wavectl.plan.loader import Plan
from wavectl.render.context import KIND_LABELS, RenderContext
from wavectl.render.page import Column, Page, PageLine, Section, build_table, styled_line
from wavectl.render.page.terminal_table import render
from wavectl.spreadsheet.columns import FIELDS
from wavectl.spreadsheet.rows import YES
from wavectl.timeline.actors import resolve_actor_name
from wavectl.timeline.ties import full_reference

_MAX_ROWS = 40
"""How many rows a table shows; the others are counted."""
_MAX_TEXT_LENGTH = 240
"""How many characters of a text are shown."""
_ITEM_LISTS = {"moments": Moment, "actors": WaveActor, "campaigns": Campaign}
"""The lists of a wave whose items have headings of their own, and the models of the items."""
_DEFAULTS: Mapping[str, Mapping[str, str]] = {
    "": {"status": "active"},
    "moments": {"status": "confirmed", "kind": "event", "draft": "false", "online": "false"},
    "actors": {"confirmed": "true"},
}
"""What holds without the key: in a wave, and in the items of its lists."""
_DATE_KEYS = ("when", "confirm_by", "period")
_NO = phrase("no")
_ADDED, _REMOVED = phrase("added"), phrase("removed")


class _Difference(NamedTuple):
    """A value of a file that changes: its path, by ids instead of positions, and what it was and is (None: nothing)."""

    path: KeyPath
    before: Any
    after: Any


class _Row(NamedTuple):
    """A row of the table below a heading; ``reference`` distinguishes equal headings."""

    heading: str
    reference: str
    label: str
    before: str
    after: str
    days: str = ""


def render_changes(old: Plan, new: Plan, names: Iterable[str], context: RenderContext) -> str:
    """Return the table of what changes from one plan to another in the files of these names; "" for nothing."""
    rows = _rows(old, new, names, context)
    return render(_build_page(rows, context), context) if rows else ""


def list_changes(old: Plan, new: Plan, names: Iterable[str], context: RenderContext) -> list[str]:
    """Return what changes from one plan to another in a few words: Forum: Date, Place."""
    labels: dict[str, list[str]] = {}
    for row in _rows(old, new, names, context):
        labels.setdefault(row.heading, []).append(row.label)
    return [context.labelled(heading, ", ".join(dict.fromkeys(found))) for heading, found in labels.items()]


def _rows(old: Plan, new: Plan, names: Iterable[str], context: RenderContext) -> list[_Row]:
    """Return the rows; where two things have one title, the reference of each follows it."""
    rows = [
        row for name in names for row in _FileRows(name, old, new, context).rows(_data(old, name), _data(new, name))
    ]
    titles = Counter(heading for heading, _ in {(row.heading, row.reference) for row in rows})
    return [
        row._replace(heading=f"{row.heading} ({row.reference})") if titles[row.heading] > 1 else row for row in rows
    ]


def _data(plan: Plan, name: str) -> Any:
    return plan.documents[name].data if name in plan.documents else None


def _build_page(rows: list[_Row], context: RenderContext) -> Page:
    """Return a page with a section for each heading; columns without cells are left out.

    A value that is removed has a dash after it.
    """
    rows = [row._replace(after="–") if row.before and not row.after else row for row in rows]
    headings = (phrase("What"), phrase("Before"), phrase("After"), phrase("Read as"))
    used = [index for index in range(len(headings)) if any(row[index + 2] for row in rows)]
    columns = [Column(context.translate(headings[index]), min_width=10) for index in used]
    sections = [
        Section(heading, (build_table(columns, list(group), lambda row: [row[index + 2] for index in used]),))
        for heading, group in groupby(rows[:_MAX_ROWS], key=lambda row: row.heading)
    ]
    more = msg("and {count} more, which --diff shows", count=len(rows) - _MAX_ROWS)
    notes: tuple[PageLine, ...] = (styled_line(context.format_message(more)),) if len(rows) > _MAX_ROWS else ()
    first = sections[0]
    return Page(first.heading, first.blocks, tuple(sections[1:]), notes)


def _differences(before: Any, after: Any, path: KeyPath = ()) -> Iterator[_Difference]:
    """Return what differs between two states of a value, key by key; a new or removed item of a list as a whole."""
    is_item = len(path) == 2 and path[0] in _ITEM_LISTS
    if is_item and (before is None or after is None):
        yield _Difference(path, before, after)
        return
    before, after = _as_mapping(before, path, after), _as_mapping(after, path, before)
    if not isinstance(before, dict) or not isinstance(after, dict):
        yield _Difference(path, before, after)
        return
    for key in dict.fromkeys((*after, *before)):
        if before.get(key) != after.get(key):
            yield from _differences(before.get(key), after.get(key), (*path, key))


def _as_mapping(value: Any, path: KeyPath, other: Any) -> Any:
    """Return items of a wave by id, and short forms of a block (a place, an occurrence) as the block they mean.

    Nothing becomes an empty mapping where the other state is one.
    """
    if len(path) == 1 and path[0] in _ITEM_LISTS:
        return value if isinstance(value, dict) else _items_by_id(value or [], other or [])
    if isinstance(value, str) and path[-1:] == ("place",):
        return {"name": value}
    if isinstance(value, str) and path[-2:-1] == ("except",):
        return {"status": value}
    if value is None and (isinstance(other, dict) or path[-1:] == ("place",) or path[-2:-1] == ("except",)):
        return {}
    return value


def _items_by_id(items: list[Any], others: list[Any]) -> dict[str, Any]:
    """Return items by id or name; one with another id now by its earlier one, so that it is the same item."""
    blocks = [item if isinstance(item, dict) else {"id": item} for item in items]
    ids = {str(block.get("id")) for block in blocks}
    other_ids = {str(one.get("id") if isinstance(one, dict) else one) for one in others}
    found: dict[str, Any] = {}
    for number, block in enumerate(blocks):
        key = str(block.get("id") or next(iter(all_translations(block.get("name"))), number))
        if key not in other_ids:
            key = next((was for was in block.get("was") or () if was in other_ids - ids), key)
        found[key] = block
    return found


class _FileRows:
    """Makes the rows of one file."""

    def __init__(self, name: str, old: Plan, new: Plan, context: RenderContext) -> None:
        self._old, self._new, self._context = old, new, context
        files = {**old.files, **new.files}
        self._wave = next((wave for wave, file in files.items() if file == name), None)
        self._labels = {model: _field_labels(model) for model in (Programme, Wave, Actor, *_ITEM_LISTS.values())}

    def rows(self, before: Any, after: Any) -> Iterator[_Row]:
        """Return the rows for what changes from one state of the file's data to another."""
        if before == after:
            return
        if not isinstance(after, dict):
            yield _Row(*self._heading((), before), self._translate(phrase("File")), "", self._translate(_REMOVED))
            return
        is_new = before is None
        before = before if isinstance(before, dict) else {}
        differences = list(_differences(before, after))
        whole = [one for one in differences if one.before is None and len(one.path) == 2 and one.path[0] in _ITEM_LISTS]
        for path, old, new in differences:
            item = path[:2] if len(path) > 1 and path[0] in _ITEM_LISTS else ()
            if self._wave is None and path[0] in ("actors", "regions", "feeds"):
                item = path[:2]
            block = self._item(item, after) or self._item(item, before)
            heading = self._heading(item, block if item else {**before, **after})
            if item != path:
                defaults = {} if is_new else _DEFAULTS.get(str(path[0]) if item else "", {})
                yield self._row(heading, path, len(item), old, new, defaults)
            elif old is None and len(whole) == 1:
                for one in _differences({}, {key: value for key, value in new.items() if key != "id"}, (*item, "")):
                    yield self._row(heading, (*item, *one.path[3:]), 2, one.before, one.after, {})
            else:
                yield self._item_row(self._heading((), after), heading[0], old, new)

    def _item(self, path: KeyPath, data: dict[str, Any]) -> Any:
        """Return the block at the path of an item, or None."""
        if not path:
            return None
        items: Any = data.get(str(path[0])) or {}
        return (items if isinstance(items, dict) else _items_by_id(items, [path[1]])).get(str(path[1]))

    def _item_row(self, heading: tuple[str, str], label: str, before: Any, after: Any) -> _Row:
        """Return the row of an item that is new or removed, with its date if it is a moment."""
        when = (after or before).get("when")
        words = self._value("when", when) if when else ""
        done = self._translate(_ADDED if before is None else _REMOVED)
        if before is None:
            text = self._context.labelled(done, words) if words else done
            return _Row(*heading, label, "", text, self._days("when", when))
        return _Row(*heading, label, words or self._translate(YES), done)

    def _row(
        self, heading: tuple[str, str], path: KeyPath, start: int, before: Any, after: Any, defaults: Mapping[str, str]
    ) -> _Row:
        """Return the row of a value; ``start`` is how many parts of its path the heading names."""
        label, key = self._label(path, start)
        old, new = (self._value(key, defaults.get(key) if one is None else one) for one in (before, after))
        return _Row(*heading, label, *_shorten(old, new), self._days(key, after))

    def _translate(self, text: str) -> str:
        return self._context.translate(text)

    # -- headings and labels

    def _heading(self, item: KeyPath, block: Mapping[str, Any]) -> tuple[str, str]:
        """Return the title of what a path is about, and its reference: Forum Gwangju, housing/gwangju-forum."""
        if not item:
            title = block.get("title") or block.get("name") or self._translate(phrase("The programme"))
            return localized_text(title, self._context.languages), self._wave or ""
        id_ = str(item[1])
        title = block.get("title") or block.get("name") if isinstance(block, dict) else block
        if not title and item[0] == "actors" and self._wave:
            title = resolve_actor_name(self._new, id_, [self._wave]).name
        reference = f"{self._wave}/{id_}" if self._wave else id_
        return localized_text(title or id_, self._context.languages), reference

    def _label(self, path: KeyPath, start: int) -> tuple[str, str]:
        """Return the label of a path below its heading, and the key that decides how its values are shown."""
        parts = [str(part) for part in path[start:]]
        before = ""
        if parts[0] == "except" and len(parts) > 1:
            before, parts = self._value("when", parts[1]), parts[2:] or ["status"]
        if parts[0] == "place" and len(parts) > 1:
            parts = parts[1:] if parts[1] != "name" else ["place", *parts[2:]]
        if parts[0] == "organiser" and len(parts) > 1:
            before = self._key_label("organiser", "") if parts[1] == "url" else ""
            parts = ["url"] if parts[1] == "url" else ["organiser", *parts[2:]]
        key, *rest = parts
        label = self._key_label(key, path[0] if start else "")
        for part in rest:
            if part == rest[-1] and LANGUAGE_PATTERN.fullmatch(part):
                label = f"{label} ({part})"
            else:
                label = f"{label}, {self._name_of('priorities', part)}"
        return (self._context.labelled(before, label) if before else label), key

    def _key_label(self, key: str, items: Any) -> str:
        """Return the label of a key: the heading of its column in a sheet, else its name in the file's reference."""
        if key in ("repeat", "scope"):
            return self._translate(phrase("Repeats") if key == "repeat" else phrase("Scope"))
        if (items == "moments" and key in FIELDS) or key in ("country", "online", "place"):
            return self._translate(FIELDS[key].label)
        model: Any = _ITEM_LISTS.get(str(items)) if self._wave else Actor if items == "actors" else None
        labels = self._labels[model or (Wave if self._wave else Programme)]
        return self._translate(labels.get(key) or self._labels[Wave].get(key) or key.replace("_", " "))

    # -- values

    def _value(self, key: str, value: Any) -> str:
        """Return a value in the reader's words."""
        if value is None:
            return ""
        if key in _DATE_KEYS:
            when = _parse_date(value)
            return format_date(when, self._context.language) if when else str(value)
        if isinstance(value, list):
            return ", ".join(self._name_of(key, str(one)) for one in value)
        if isinstance(value, dict):
            return " / ".join(f"{name}: {self._value('', one)}" for name, one in value.items())
        return self._word(key, str(value))

    def _word(self, key: str, text: str) -> str:
        if key in ("draft", "online", "confirmed"):
            return self._translate(YES if text == "true" else _NO)
        if key == "repeat":
            return self._context.repeat(text)
        if key == "scope":
            return self._translate(text)
        if key in ("status", "kind"):
            return self._translate(KIND_LABELS.get(text, text.replace("_", " ")))
        if key == "country" and text in COUNTRIES:
            return country_name(text, self._context.language)
        if key == "same_as" and self._wave:
            reference = full_reference(text, self._wave)
            moment = self._new.moments.get(reference) or self._old.moments.get(reference)
            return localized_text(moment.title, self._context.languages) if moment else text
        return self._name_of({"owner": "actors", "part_of": "actors"}.get(key, key), text)

    def _name_of(self, key: str, id_: str) -> str:
        """Return the name behind the id of an actor, a priority or a region; the id itself if it has none."""
        programme = self._new.programme
        name: Any = None
        if key == "actors":
            name = resolve_actor_name(self._new, id_, [self._wave] if self._wave else []).name
        elif key == "priorities":
            name = programme.priorities.get(id_)
        elif key == "regions" and id_ in programme.regions:
            name = programme.regions[id_].name
        return localized_text(name, self._context.languages) or id_

    def _days(self, key: str, value: Any) -> str:
        """Return the days that a date is read to be on, with their weekdays; "" for anything else."""
        when = _parse_date(value) if value is not None and key in _DATE_KEYS else None
        return format_weekdays(when, self._context.language, is_whole=key == "period") if when else ""


def _field_labels(model: Any) -> dict[str, str]:
    return {field.alias or name: field.title or "" for name, field in model.model_fields.items()}


def _parse_date(value: Any) -> edtf.When | None:
    """Return the date of a value in a file, where a set of days may be a list; None if it is not valid."""
    try:
        return edtf.parse(f"[{','.join(map(str, value))}]" if isinstance(value, list) else str(value))
    except edtf.DateError:
        return None


def _shorten(before: str, after: str) -> tuple[str, str]:
    """Return two texts without a long beginning that they share, and of limited length."""
    shared = next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    cut = max(before.rfind(" ", 0, max(shared - 20, 0)), 0) if shared > _MAX_TEXT_LENGTH / 4 else 0
    texts = (f"…{text[cut:]}" if cut and text else text for text in (before, after))
    first, second = (text if len(text) <= _MAX_TEXT_LENGTH else f"{text[:_MAX_TEXT_LENGTH]}…" for text in texts)
    return first, second
