"""A wave of action: its calendar, moments, actors, content and campaigns."""

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator, model_validator

from wavectl.dates.edtf import When
from wavectl.dates.recurrence import RecurrenceRule as Recurrence
from wavectl.dates.recurrence import RecurrenceRuleError, check_first_date
from wavectl.diagnostics import msg
from wavectl.model.programme import ActorKind, empty_list
from wavectl.model.types import (
    PARTIAL,
    Colour,
    Country,
    Date,
    Day,
    DropPrivateKeys,
    Flag,
    Hashtag,
    Id,
    ModelBase,
    Period,
    PlaceField,
    Reference,
    Repeat,
    SourceText,
    Text,
    TextsById,
    TextsByName,
    Url,
    Zone,
    fail_validation,
)


class WaveStatus(StrEnum):
    """The state of a wave."""

    ANNOUNCED = "announced"
    ACTIVE = "active"
    CLOSED = "closed"


class Status(StrEnum):
    """How certain a moment and its date are."""

    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class MomentKind(StrEnum):
    """The kind of a moment."""

    EVENT = "event"
    OBSERVANCE = "observance"
    DEADLINE = "deadline"
    PUBLICATION = "publication"


def is_partial(info: ValidationInfo) -> bool:
    """Tell whether wrong values have been left out, so that missing keys are not an error."""
    return bool(info.context and info.context.get(PARTIAL))


class OccurrenceChange(ModelBase):
    """What differs in one occurrence of a repeating moment."""

    when: Date | None = None
    status: Status | None = None
    title: Text | None = None
    place: PlaceField | None = None
    description: Text | None = None


def _status_as_block(value: object) -> object:
    """Return a status word as a block with that status; other values unchanged."""
    return {"status": value} if isinstance(value, str) else value


Exceptions = Annotated[dict[str, Annotated[OccurrenceChange, BeforeValidator(_status_as_block)]], DropPrivateKeys]


class Moment(ModelBase):
    """A key moment of a wave. ``when`` and other facts are None if they come from the root of a tie (``same_as``)."""

    id: Id
    title: Text
    short: Text | None = None
    kind: MomentKind = MomentKind.EVENT
    same_as: Reference | None = None
    when: Date | None = Field(default=None, validate_default=True)
    repeat: Repeat | None = None
    exceptions: Exceptions = Field(default_factory=dict, alias="except")
    status: Status | None = None
    place: PlaceField | None = None
    regions: list[Id] = Field(default_factory=empty_list)
    timezone: Zone | None = None
    was: list[Reference] = Field(default_factory=empty_list)
    actors: list[Id] = Field(default_factory=empty_list)
    priorities: list[Id] = Field(default_factory=empty_list)
    url: Url | None = None
    description: Text | None = None
    outcome: Text | None = None
    # never published
    source: SourceText | None = None
    owner: Text | None = None
    confirm_by: Day | None = None
    note: Text | None = None
    draft: Flag = False

    @field_validator("when", mode="before")
    @classmethod
    def _require_date(cls, value: object, info: ValidationInfo) -> object:
        """Require a date, unless another moment can provide it."""
        if value is None and "same_as" in info.data and info.data["same_as"] is None and not is_partial(info):
            fail_validation(
                "missing-key",
                msg("the moment has no {key}", key='"when"'),
                msg("add when: with a date, or when: unknown where nothing is known yet"),
            )
        return value

    @field_validator("repeat")
    @classmethod
    def _check_first_date(cls, value: Recurrence | None, info: ValidationInfo) -> Recurrence | None:
        """Check that the first date satisfies the rule."""
        when: When | None = info.data.get("when")
        if value is not None and when is not None:
            try:
                check_first_date(value, when)
            except RecurrenceRuleError as error:
                fail_validation("invalid-value", error.message, error.hint)
        return value


class WaveActor(ModelBase):
    """An actor of a wave: the id of one in the register, or a full description of one that is not."""

    id: Id | None = None
    role: Text | None = None
    confirmed: Flag = True
    name: Text | None = None
    short: Text | None = None
    aliases: list[Text] = Field(default_factory=empty_list)
    kind: ActorKind | None = None
    part_of: Id | None = None
    regions: list[Id] = Field(default_factory=empty_list)
    country: Country | None = None
    url: Url | None = None

    @model_validator(mode="after")
    def _check_identified(self, info: ValidationInfo) -> Self:
        if is_partial(info):
            return self
        if self.id is None and self.name is None:
            fail_validation("missing-key", msg("the actor has neither an id nor a name"), msg("add id: or name:"))
        if self.name is not None and self.kind is None:
            fail_validation(
                "missing-key",
                msg("the actor has no {key}", key='"kind"'),
                msg("add kind: with one of {kinds}", kinds=", ".join(ActorKind)),
            )
        return self


def _id_as_block(value: object) -> object:
    """Return an id as a block with that id; other values unchanged."""
    return {"id": value} if isinstance(value, str) else value


Participant = Annotated[WaveActor, BeforeValidator(_id_as_block)]


class Campaign(ModelBase):
    """A named campaign of a wave."""

    name: Text
    hashtag: Hashtag | None = None
    url: Url | None = None
    actors: list[Id] = Field(default_factory=empty_list)
    description: Text | None = None


def _drop_empty_priorities(value: object) -> object:
    """Leave out priorities that have no content yet."""
    return {k: v for k, v in value.items() if v is not None} if isinstance(value, dict) else value


Content = Annotated[TextsById, BeforeValidator(_drop_empty_priorities)]


class Wave(ModelBase):
    """A wave of action. ``period`` is None only if it is announced."""

    title: Text
    status: WaveStatus = WaveStatus.ACTIVE
    slogan: Text | None = None
    hashtags: list[Hashtag] = Field(default_factory=empty_list)
    period: Period | None = Field(default=None, validate_default=True)
    color: Colour | None = None
    url: Url | None = None
    description: Text | None = None
    notice: Text | None = None
    source: SourceText | None = None
    moments: list[Moment] = Field(default_factory=empty_list)
    actors: list[Participant] = Field(default_factory=empty_list)
    content: Content = Field(default_factory=dict)
    campaigns: list[Campaign] = Field(default_factory=empty_list)
    was: list[Id] = Field(default_factory=empty_list)
    waive: TextsByName = Field(default_factory=dict)

    def waives(self, rule: str, name: str = "") -> bool:
        """Tell whether the wave waives a rule, everywhere or for ``name``, the id of a moment or actor."""
        return rule in self.waive or (bool(name) and f"{rule} {name}" in self.waive)

    @cached_property
    def _fields_in_use(self) -> frozenset[str]:
        """The fields that at least one moment has."""
        return frozenset().union(*(moment.model_fields_set for moment in self.moments))

    def moments_with(self, field: str) -> Iterator[tuple[int, Moment]]:
        """Return the moments that have a field, with their positions; fast if no moment has it."""
        if field in self._fields_in_use:
            for position, moment in enumerate(self.moments):
                if field in moment.model_fields_set:
                    yield position, moment

    @field_validator("period", mode="before")
    @classmethod
    def _require_period(cls, value: object, info: ValidationInfo) -> object:
        """Require a period, unless the wave is only announced."""
        if value is None and info.data.get("status") in (WaveStatus.ACTIVE, WaveStatus.CLOSED) and not is_partial(info):
            fail_validation(
                "missing-key",
                msg("the wave has no {key}", key='"period"'),
                msg("add period: with its first and last month (2017-05/2018-12), or status: announced"),
            )
        return value
