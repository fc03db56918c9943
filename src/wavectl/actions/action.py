"""The columns of a register of local actions, and ``Action``, one row of it.

A row is text: one cell for each of ``COLUMNS``, in their order. ``parse_cell`` gives the value of a cell, ``cell_text``
the text of a value, ``Action.from_cells`` the values of a whole row. What is changed is the text (``Row.replace`` in
``register.py``), so that a cell that cannot be read is never lost.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import cache, lru_cache, partial
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict, TypeAdapter, ValidationError

from wavectl.actions.contacts import may_hold_contacts, remove_contacts
from wavectl.dates.edtf import When
from wavectl.diagnostics import msg, quoted
from wavectl.model import ActorKind, Status, types


class ActionKind(StrEnum):
    """What an action is."""

    EVENT = "event"
    LEARNING = "learning"
    MEASURE = "measure"
    COMMITMENT = "commitment"
    COMMUNICATION = "communication"


class Review(StrEnum):
    """What the team decided about an action; an empty cell is ``pending``."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Disclosure(StrEnum):
    """What may be published of an accepted action (the column ``publish``); an empty cell is ``anonymous``.

    ``full`` shows it, ``anonymous`` only counts it, ``no`` keeps it out of published counts too.
    """

    FULL = "full"
    ANONYMOUS = "anonymous"
    NO = "no"


class OrganiserType(StrEnum):
    """The kinds of actors, and ``person``: no name is stored for these."""

    MEMBER = ActorKind.MEMBER
    SECTION = ActorKind.SECTION
    COMMITTEE = ActorKind.COMMITTEE
    WORKING_GROUP = ActorKind.WORKING_GROUP
    TASK_FORCE = ActorKind.TASK_FORCE
    ASSOCIATION = ActorKind.ASSOCIATION
    INTERNATIONAL = ActorKind.INTERNATIONAL
    CIVIL_SOCIETY = ActorKind.CIVIL_SOCIETY
    RESEARCH = ActorKind.RESEARCH
    PUBLIC_BODY = ActorKind.PUBLIC_BODY
    PRIVATE = ActorKind.PRIVATE
    PARTNER = ActorKind.PARTNER
    PERSON = "person"


def _words(value: object) -> object:
    return re.split(r"[\s,]+", value.strip(" ,")) if isinstance(value, str) else value


def _flag(value: object) -> object:
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


def _decimal(value: object) -> object:
    """Return a number in decimal digits as a number; refuse the other forms that Python reads (1e5, 1_000)."""
    if isinstance(value, str) and not _DEGREES.fullmatch(value):
        message = msg("{value} is not a coordinate", value=quoted(value))
        types.fail_validation("invalid-value", message, msg("write degrees in digits with a point: -33.9249"))
    return float(value) if isinstance(value, str) else value


_DEGREES = re.compile(r"[+-]?\d{1,3}(\.\d{1,20})?")
MAX_LATITUDE, MAX_LONGITUDE = 90, 180


def read_degrees(text: str, limit: int) -> float | None:
    """Return a coordinate as ``value_or_default`` does, many times faster; ``limit`` is the largest number."""
    degrees = float(text) if _DEGREES.fullmatch(text) else None
    return degrees if degrees is not None and abs(degrees) <= limit else None


def _up_to(limit: int) -> AfterValidator:
    def check(value: float) -> float:
        if abs(value) > limit:
            message = msg("{value} degrees are more than {limit}", value=f"{value:g}", limit=limit)
            types.fail_validation("invalid-value", message, msg("latitudes end at 90, longitudes at 180 degrees"))
        return value

    return AfterValidator(check)


def _whole_number(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"\d{1,9}", value):
        message = msg("{value} is not a whole number", value=quoted(value))
        types.fail_validation("invalid-value", message, msg("write it in digits: 250"))
    return int(value) if isinstance(value, str) else value


_Ids = Annotated[tuple[types.Id, ...], BeforeValidator(_words)]
_Hashtags = Annotated[tuple[types.Hashtag, ...], BeforeValidator(_words)]
_Flag = Annotated[bool, Strict(), BeforeValidator(_flag)]
_Latitude = Annotated[float, BeforeValidator(_decimal), _up_to(MAX_LATITUDE)]
_Longitude = Annotated[float, BeforeValidator(_decimal), _up_to(MAX_LONGITUDE)]
_Number = Annotated[int, BeforeValidator(_whole_number), Field(ge=0)]


class Action(BaseModel):
    """One row of a register, by column; None where a cell is empty or cannot be read.

    ``status`` is then ``confirmed``, ``review`` ``pending`` and ``publish`` ``anonymous``; lists are empty tuples,
    and an id or title is an empty text.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    id: types.Id = Field(title="Id", description="Its name, kept for good.", examples=["partners-0f3a9c2b71de"])
    source: types.Id | None = types.optional("Source", "Who delivered it; a name in `sources.yaml`.", "partners")
    source_id: types.NonEmptyLine | None = types.optional("Id in the source", "Its id there; private.", "row-1204")
    also: _Ids = types.optional(
        "Merged ids", "The ids of rows that were merged into it.", "form-77b1c0aa31f2", default=()
    )
    not_same: _Ids = types.optional(
        "Judged to be others", "Ids that look like it and are not.", "form-77b1c0aa31f2", default=()
    )
    first_seen: types.Day | None = types.optional("First seen", "The day of its first delivery.", "2027-03-01")
    updated: types.Day | None = types.optional("Updated", "The day of its last change.", "2027-03-08")
    missing_since: types.Day | None = types.optional(
        "Missing since", "The day of the first delivery of its source without it; it still counts.", "2027-03-15"
    )
    kind: ActionKind | None = types.optional("Kind", "What it is.", "learning")
    title: types.NonEmptyLine = Field(title="Title", description="Its title.", examples=["Open day of the town hall"])
    language: types.Language | None = types.optional("Language", "The language of its texts.", "fr")
    moment: types.Id | None = types.optional("Moment", "The moment of the wave that it answers.", "gwangju-forum")
    priority: types.Id | None = types.optional("Strategic priority", "The priority that it serves.", "learning")
    hashtags: _Hashtags = types.optional(
        "Hashtags", "Its hashtags, with spaces between them.", "#MakeTheShift", default=()
    )
    url: types.Url | None = types.optional("Web address", "Its page, from https:// on.", "https://www.uclg.org")
    organiser: types.NonEmptyLine | None = types.optional(
        "Organiser", "Who does it; empty for a person.", "City of Tunis"
    )
    organiser_type: OrganiserType | None = types.optional(
        "Type of organiser", "What the organiser is; for a `person` no name is stored.", "member"
    )
    actor: types.Id | None = types.optional("Actor", "The organiser's id in the plan.", "tunis")
    when: types.Date | None = types.optional("Date", "When it is, as for moments.", "2027-03-14", "2027-03", "unknown")
    status: Status = types.optional(
        "Status", "How certain it is, as for moments.", "cancelled", default=Status.CONFIRMED
    )
    place: types.NonEmptyLine | None = types.optional("Place", "The town or the venue.", "Tunis")
    country: types.Country | None = types.optional("Country", "Two capital letters (ISO 3166-1).", "TN")
    online: _Flag | None = types.optional("Online", "Whether it takes place online, too or only.", "true")
    lat: _Latitude | None = types.optional("Latitude", "Degrees; south of the equator with a minus sign.", "36.8065")
    lon: _Longitude | None = types.optional("Longitude", "Degrees; west of Greenwich with a minus sign.", "10.1815")
    expected: types.NonEmptyLine | None = types.optional("People expected", "As announced.", "~50")
    people: types.NonEmptyLine | None = types.optional("People", "How many came, as reported.", "~50", "20-30", "70+")
    people_low: _Number | None = types.optional("People at least", "How many came at least.", "20")
    people_high: _Number | None = types.optional("People at most", "How many came at most; empty if unknown.", "30")
    outcome: types.NonEmptyLine | None = types.optional("Outcome", "What came of it.", "A charter was adopted.")
    evidence: types.NonEmptyLine | None = types.optional("Evidence", "Where it can be checked; private.", "https://…")
    reported: types.Day | None = types.optional("Reported", "The day on which its result was reported.", "2027-04-02")
    review: Review = types.optional("Review", "What the team decided.", "accepted", default=Review.PENDING)
    reason: types.NonEmptyLine | None = types.optional("Reason", "Why; private.", "Not part of this wave")
    publish: Disclosure = types.optional(
        "Publication", "What may be published of it once it is accepted.", "full", default=Disclosure.ANONYMOUS
    )
    note: types.NonEmptyLine | None = types.optional("Note", "For the team; private.", "Call again in May")

    @classmethod
    def from_cells(cls, cells: Sequence[str]) -> "Action":
        """Return the action of a row's cells, which are in the order of ``COLUMNS``.

        A cell that is missing or cannot be read counts as empty: ``checks.py`` reports these.
        """
        filled = {column: cell for column, cell in zip(COLUMNS, cells, strict=False) if cell}
        required = {"id": "", "title": ""}
        return cls.model_construct(**required | {column: value_or_default(column, filled[column]) for column in filled})

    @property
    def is_counted(self) -> bool:
        """Whether it counts: it is neither refused nor cancelled."""
        return self.review is not Review.REFUSED and self.status is not Status.CANCELLED

    @property
    def is_forgotten(self) -> bool:
        """Whether ``forget`` has emptied it: it still counts, and no delivery fills it again."""
        return self.title == FORGOTTEN

    @property
    def is_shown(self) -> bool:
        """Whether its texts, place and date may be published: accepted, with ``publish: full``, and not forgotten."""
        return self.review is Review.ACCEPTED and self.publish is Disclosure.FULL and not self.is_forgotten

    @property
    def is_counted_publicly(self) -> bool:
        """Whether it is part of published counts: it counts, is accepted, and may be shown or counted."""
        return self.is_counted and self.review is Review.ACCEPTED and self.publish is not Disclosure.NO

    def without_private(self) -> "Action":
        """Return it without what is private: private columns, contact data in any text, and the name of a person."""
        texts = {column: getattr(self, column) for column in FREE_TEXT_COLUMNS - PRIVATE_COLUMNS}
        clean = {
            column: remove_contacts(text)[0] or None
            for column, text in texts.items()
            if isinstance(text, str) and may_hold_contacts(text)
        }
        if "title" in clean:
            clean["title"] = clean["title"] or ""
        if self.organiser_type is OrganiserType.PERSON:
            clean["organiser"] = None
        return self.model_copy(update={**dict.fromkeys(PRIVATE_COLUMNS), **clean})

    def as_data(self, *, private: bool = False) -> dict[str, Any]:
        """Return its values by column for JSON, in the order of ``COLUMNS``; None for what is empty.

        The columns of ``PRIVATE_COLUMNS`` and contact data are left out without ``private``.
        """
        shown = self if private else self.without_private()
        return {
            column: value.text if isinstance(value := getattr(shown, column), When) else value
            for column in COLUMNS
            if private or column not in PRIVATE_COLUMNS
        }


FORGOTTEN = "—"
"""The title of an action that was forgotten."""
COLUMNS: tuple[str, ...] = tuple(Action.model_fields)
"""The columns of a register, in order."""
HEADER = ",".join(COLUMNS)
"""The first line of a register, without its end of line."""
POSITIONS: Mapping[str, int] = {column: position for position, column in enumerate(COLUMNS)}
"""The position of each column, from 0."""
PRIVATE_COLUMNS = frozenset(("note", "reason", "source_id", "evidence"))
"""The columns that only ``list --private`` and ``review`` show."""
PERSONAL_COLUMNS = frozenset((*PRIVATE_COLUMNS, "title", "organiser", "url", "place", "lat", "lon", "outcome"))
"""The columns whose cells may name a person: ``forget`` empties them."""
FREE_TEXT_COLUMNS = frozenset((*PERSONAL_COLUMNS, "hashtags", "expected", "people")) - {"lat", "lon"}
"""The columns that hold free text, which may include contact data."""


@cache
def _adapter(column: str) -> TypeAdapter[Any]:
    field = Action.model_fields[column]
    annotated: Any = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
    return TypeAdapter(annotated)


def parse_cell(column: str, text: str) -> Any:
    """Return the value of a cell that is not empty; raise pydantic's ``ValidationError`` if it cannot be read."""
    return _adapter(column).validate_python(text)


@lru_cache(maxsize=65_536)
def value_or_default(column: str, text: str) -> Any:
    """Return the value of a cell, or that of an empty cell if it is empty or cannot be read."""
    if text:
        try:
            return parse_cell(column, text)
        except ValidationError:
            pass
    return "" if column in ("id", "title") else Action.model_fields[column].get_default(call_default_factory=True)


def cell_reader(column: str) -> Callable[[str], Any]:
    """Return a function from the text of a cell of a column to its value, which reads each text once.

    For counting: the values of texts that cannot be read are those of an empty cell.
    """
    return cache(partial(value_or_default, column))


def cell_text(value: object) -> str:
    """Return the text of a cell with a value: "" for None, words with spaces between them for a list.

    Line breaks, tabs and other control characters become spaces: a row is one line.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, When):
        return value.text
    if isinstance(value, (list, tuple, frozenset)):
        return " ".join(map(cell_text, value))
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return _ONE_LINE.sub(" ", str(value)).strip()


_ONE_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
