"""A list of local actions in order of time, as a table and as data; private columns only where they are asked for."""

import csv
from bisect import insort
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import IntEnum
from functools import cache, partial
from io import StringIO
from typing import Any, NamedTuple

from wavectl.actions.action import COLUMNS, FORGOTTEN, PRIVATE_COLUMNS, Action, cell_text, value_or_default
from wavectl.actions.counts import may_be_shown
from wavectl.actions.register import Row
from wavectl.dates.edtf import UNKNOWN, When
from wavectl.diagnostics import phrase
from wavectl.i18n.date_format import format_date
from wavectl.i18n.names import country_name, format_place
from wavectl.insights.action_counts import REVIEW_LABELS, SCHEMA
from wavectl.model import Status
from wavectl.plan.loader import Plan
from wavectl.render.context import ACTION_KIND_LABELS, ORGANISER_TYPE_LABELS, RenderContext
from wavectl.render.page import Cell, Column, Page, PageLine, build_table, page_line, styled_line
from wavectl.render.timeline.csv import csv_cell
from wavectl.text.escaping import dump_json
from wavectl.text.terminal import cell_width, printable
from wavectl.timeline.groups import chronological_key, to_local_time


class ListedAction(NamedTuple):
    """An action and the wave that it belongs to."""

    wave: str
    action: Action


class ListFacts(NamedTuple):
    """The actions to list, and whether to show what is private."""

    actions: Sequence[ListedAction]
    private: bool = False


def in_order(actions: Iterable[ListedAction], timezone: str) -> list[ListedAction]:
    """Return actions in order of time, those without a date last; times of day are in the programme's zone."""

    def key(listed: ListedAction) -> Any:
        wave, action = listed
        return chronological_key(action.when or UNKNOWN, timezone, action.title, f"{wave}/{action.id}")

    return sorted(actions, key=key)


class Turn(IntEnum):
    """Where readers look for an action: first those to come, then those without a date, then those over."""

    COMING = 0
    UNDATED = 1
    OVER = 2


class ShownAction(NamedTuple):
    """A local action that may be shown, without what is private, with its wave and its turn."""

    wave: str
    action: Action
    turn: Turn


class FirstShown:
    """Collects the actions that may be shown: the first ones of each country, and how many there are.

    Actions to come are in order of time, those that are over newest first. ``wave`` is that of the rows that are added
    next. Only the actions to show are kept, so a register may be large.
    """

    columns = (
        "review", "publish", "status", "title", "id", "when", "country",
        "url", "organiser", "organiser_type", "place", "online",
    )  # fmt: skip
    wave = ""

    def __init__(self, limit: int, timezone: str, today: date) -> None:
        self._limit, self._turn_key = limit, cache(partial(_turn_key, timezone, today))
        self._found: dict[str, list[tuple[Any, tuple[str, ...]]]] = {}
        self.numbers: Counter[str] = Counter()

    def add(self, rows: Iterable[tuple[str, ...]]) -> None:
        """Collect rows."""
        for cells in rows:
            review, publish, status, title, id_, when, country = cells[:7]
            if title == FORGOTTEN or not may_be_shown(review, publish, status):
                continue
            self.numbers[country] += 1
            found = self._found.setdefault(country, [])
            one = ((self._turn_key(status, when), title, self.wave, id_), cells)
            if len(found) < self._limit or one < found[-1]:
                insort(found, one)
                del found[self._limit :]

    def actions(self) -> list[ShownAction]:
        """Return the actions, in the order of their turns."""
        ordered = sorted(one for found in self._found.values() for one in found)
        return [
            ShownAction(
                wave, Row.new(dict(zip(self.columns, cells, strict=True))).action().without_private(), turn_key[0]
            )
            for (turn_key, _, wave, _), cells in ordered
        ]


def _turn_key(timezone: str, today: date, status: str, when: str) -> tuple[Turn, Any]:
    """Return the turn of an action, and what it is sorted by there; a postponed one has no date."""
    is_postponed = value_or_default("status", status) is Status.POSTPONED
    local = to_local_time(UNKNOWN if is_postponed else value_or_default("when", when) or UNKNOWN, timezone)
    if local.earliest is None:
        return Turn.UNDATED, None
    if local.latest and local.latest < today:
        return Turn.OVER, (-local.latest.toordinal(), -local.earliest.toordinal())
    return Turn.COMING, chronological_key(local, timezone, "", "")


_MIN_WIDE_SCREEN = 100
"""A narrower screen, in cells, is narrow."""


def build_page(facts: ListFacts, context: RenderContext, limit: int | None) -> Page:
    """Return the page: one row for each action; on a narrow screen, its organiser and place follow the title."""
    t = context.translate
    narrow = context.width is not None and context.width < _MIN_WIDE_SCREEN and not _fits(facts, context, limit)
    columns = [
        Column(t("Date"), min_width=10 if narrow else 12),
        Column(t("Title"), min_width=20),
        *([] if narrow else [Column(t("Organiser"), min_width=12), Column(t("Place"), min_width=10)]),
        Column(t("Review"), min_width=9),
        Column(t("Id"), min_width=17),
    ]
    if facts.private:
        columns += [Column(t("Reason")), Column(t("Note"))]

    def cells(listed: ListedAction) -> list[Cell | str]:
        action = listed.action if facts.private else listed.action.without_private()
        row = [*map(printable, _texts(action, context))]
        if facts.private:
            row += [printable(action.reason or ""), printable(action.note or "")]
        struck = "struck" if action.status is Status.CANCELLED else ""
        if not narrow:
            return [row[0], Cell(row[1], struck), *row[2:]]
        more = tuple(Cell(f" · {text}", "aside") for text in row[2:4] if text)
        return [row[0], Cell(row[1], struck, more=more), *row[4:]]

    lead = () if facts.actions else (styled_line(t("There are no actions.")),)
    table = (build_table(columns, facts.actions, cells, limit),) if facts.actions else ()
    return Page(t("Local actions"), (*lead, *table))


def _fits(facts: ListFacts, context: RenderContext, limit: int | None) -> bool:
    """Tell whether every action has room on one line of the screen."""
    rows = [[*map(printable, _texts(listed.action, context))] for listed in facts.actions[:limit]]
    widths = [max(map(cell_width, column)) for column in zip(*rows, strict=True)]
    return not facts.private and sum(widths) + 2 * len(widths) <= (context.width or 0)


def _texts(action: Action, context: RenderContext) -> list[str]:
    language = context.language
    return [
        format_date(action.when or UNKNOWN, language),
        action.title or "–",
        action.organiser or "",
        format_place(action.place or "", action.country, language, online=bool(action.online)),
        context.translate(REVIEW_LABELS[action.review]),
        action.id,
    ]


def describe_briefly(action: Action, context: RenderContext) -> str:
    """Return an action on one line: its id, title, organiser, place and date."""
    date, title, organiser, place, *_ = _texts(action, context)
    return " · ".join(printable(text) for text in (action.id, title, organiser, place, date) if text)


def describe_action(plan: Plan, wave: str, action: Action, context: RenderContext) -> Iterator[PageLine]:
    """Yield all that a register has of an action in words, a line for each column, private ones too."""
    programme, moments = plan.programme, {moment.id: moment for moment in plan.waves[wave].moments}
    for column in _SHOWN_IN_WORDS:
        value = getattr(action, column)
        if value in (None, "", ()):
            continue
        if column == "moment" and value in moments:
            moment = moments[value]
            day = format_date(moment.when, context.language) if moment.when else ""
            text = ", ".join(filter(None, (context.text(moment.title), day)))
        elif column == "priority" and value in programme.priorities:
            text = context.text(programme.priorities[value])
        elif isinstance(value, When):
            text = format_date(value, context.language)
        elif column == "country":
            text = country_name(value, context.language)
        else:
            text = value_in_words(column, value, context)
        label = Action.model_fields[column].title or column
        yield page_line(context.labelled(context.translate(label), printable(text)), indent=2)


def value_in_words(column: str, value: object, context: RenderContext) -> str:
    """Return a value as a word of its column, else as its cell has it."""
    if isinstance(value, bool):
        return context.translate("yes") if value else context.translate("no")
    label = _WORDS.get(column, {}).get(str(value))
    return context.translate(label) if label else cell_text(value)


_WORDS: Mapping[str, Mapping[str, str]] = {
    "kind": ACTION_KIND_LABELS,
    "organiser_type": ORGANISER_TYPE_LABELS,
    "review": REVIEW_LABELS,
    "status": {status.value: status.value for status in Status},
    "publish": {
        "full": phrase("may be shown"),
        "anonymous": phrase("only counted, without names"),
        "no": phrase("not for publication"),
    },
}
_SHOWN_IN_WORDS = ("title", *(column for column in COLUMNS if column not in ("id", "title")))


def as_data(facts: ListFacts, context: RenderContext) -> dict[str, Any]:
    """Return the data for JSON."""
    actions = [{"wave": wave, **action.as_data(private=facts.private)} for wave, action in facts.actions]
    return {"schema": SCHEMA, "actions": actions}


def list_rows(facts: ListFacts) -> Iterator[list[str]]:
    """Yield a header, then a row for each action: its wave, then the columns of registers; no cell is a formula."""
    yield ["wave", *(column for column in COLUMNS if facts.private or column not in PRIVATE_COLUMNS)]
    for wave, action in facts.actions:
        yield [csv_cell(value) for value in (wave, *action.as_data(private=facts.private).values())]


def render_csv(facts: ListFacts, _: RenderContext) -> str:
    """Return the actions as CSV (RFC 4180)."""
    out = StringIO(newline="")
    csv.writer(out).writerows(list_rows(facts))
    return out.getvalue()


def render_geojson(facts: ListFacts, context: RenderContext) -> str:
    """Return the actions as GeoJSON (RFC 7946); one without coordinates, or at 0, 0, has no geometry."""
    features = []
    for wave, action in facts.actions:
        properties = {"wave": wave, **action.as_data(private=facts.private)}
        latitude, longitude = properties.pop("lat"), properties.pop("lon")
        known = latitude is not None and longitude is not None and (latitude, longitude) != (0, 0)
        point = {"type": "Point", "coordinates": [round(longitude, 6), round(latitude, 6)]} if known else None
        date = format_date(action.when or UNKNOWN, context.language)
        properties = {**properties, "text": date}
        features.append({"type": "Feature", "id": action.id, "geometry": point, "properties": properties})
    return dump_json({"type": "FeatureCollection", "features": features})


OTHER_FORMATS = {"csv": render_csv}
"""The formats beside those of all pages."""
