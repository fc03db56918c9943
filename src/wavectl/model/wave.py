"""A wave of action: its calendar, moments, actors, content and campaigns."""

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Self

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from wavectl.dates.edtf import When
from wavectl.dates.recurrence import RecurrenceRule as Recurrence
from wavectl.dates.recurrence import RecurrenceRuleError, check_first_date
from wavectl.diagnostics import msg
from wavectl.model import date_patterns
from wavectl.model.programme import ActorDetails, ActorKind, empty_list
from wavectl.model.types import (
    PARTIAL,
    Colour,
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
    Url,
    Waivers,
    Zone,
    fail_validation,
    json_schema_requires,
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

    when: Date | None = Field(default=None, title="Date", description="Another date.", examples=["2019-12-11"])
    status: Status | None = Field(
        default=None, title="Status", description="`cancelled`, for example.", examples=["cancelled"]
    )
    title: Text | None = Field(
        default=None, title="Title", description="Another title.", examples=["Human Rights Day in Geneva"]
    )
    place: PlaceField | None = Field(default=None, title="Place", description="Another place.", examples=["Geneva"])
    description: Text | None = Field(
        default=None,
        title="Description",
        description="Another description. It may have paragraphs, lists and links.",
        examples=["Moved by a day."],
    )


def _status_as_block(value: object) -> object:
    """Return a status word as a block with that status; other values unchanged."""
    return {"status": value} if isinstance(value, str) else value


OccurrenceDate = Annotated[str, WithJsonSchema(date_patterns.OCCURRENCE)]
Exceptions = Annotated[
    dict[
        OccurrenceDate,
        Annotated[
            OccurrenceChange,
            BeforeValidator(_status_as_block, json_schema_input_type=Status | OccurrenceChange),
            Field(title="Occurrence", description="What differs this time: a status, or a block of keys."),
        ],
    ],
    DropPrivateKeys,
    Field(json_schema_extra={"errorMessage": date_patterns.DATE_HINT}),
]


class Moment(ModelBase):
    """A key moment of a wave. ``when`` and other facts are None if they come from the root of a tie (``same_as``)."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [json_schema_requires("when"), json_schema_requires("same_as")]}
    )

    id: Id = Field(
        title="Id",
        description=("Its name in the plan, unique in the wave. It stays the same when the title or the date changes."),
        examples=["gwangju-forum"],
    )
    title: Text = Field(
        title="Title",
        description="Its title.",
        examples=["World Human Rights Cities Forum", {"fr": "Forum mondial", "en": "World Forum"}],
    )
    short: Text | None = Field(
        default=None,
        title="Short name",
        description="The title in calendars, where a phone shows a dozen letters.",
        examples=["Gwangju Forum"],
    )
    kind: MomentKind = Field(default=MomentKind.EVENT, title="Kind", description="What it is.", examples=["event"])
    same_as: Reference | None = Field(
        default=None,
        title="The same as",
        description=(
            "The moment that it is the same as, in another wave or in this one. Date, place, zone, address "
            "and status may then be left out."
        ),
        examples=["migration/gwangju-forum"],
    )
    when: Date | None = Field(
        default=None,
        validate_default=True,
        title="Date",
        description=(
            "When it is; `unknown` where nothing is known. A day `2017-11-02`, from one day through another "
            "`2017-11-02/2017-11-03`, some time in a month `2018-03` or a year `2018`, in spring `2018-21`, "
            "around a month `2018-10~`, some day between two `[2018-07-05..2018-07-20]`, a time of day "
            "`2017-11-08T15:00`."
        ),
        examples=[
            "2017-11-02",
            "2017-11-02/2017-11-03",
            "2018-03",
            "2018-10~",
            "2018-07-05/..",
            "2017-11-08T15:00/2017-11-08T16:30",
            "unknown",
        ],
    )
    repeat: Repeat | None = Field(
        default=None,
        title="Repeats",
        description=(
            "That it comes again, from its first date to the end of the wave's calendar: `yearly`, or a rule"
            " of calendars (RFC 5545)."
        ),
        examples=["yearly", "FREQ=YEARLY;BYMONTH=10;BYDAY=1MO", "FREQ=MONTHLY;BYMONTHDAY=-1"],
    )
    exceptions: Exceptions = Field(
        default_factory=dict,
        alias="except",
        title="Exceptions",
        description="The times that differ, by their date: with a status, or with what differs.",
        examples=[{"2018-12-10": "cancelled"}],
    )
    status: Status | None = Field(default=None, title="Status", description="How sure it is.", examples=["confirmed"])
    place: PlaceField | None = Field(
        default=None,
        title="Place",
        description="Where it is: a name, or a block with the name and the country.",
        examples=["Gwangju", {"name": "Gwangju", "country": "KR"}],
    )
    regions: list[Id] = Field(
        default_factory=empty_list,
        title="Regions",
        description=(
            "The regions that it reaches, by their ids; without this key those of its country and its actors."
        ),
        examples=[["asia-pacific"]],
    )
    timezone: Zone | None = Field(
        default=None,
        title="Time zone",
        description="The zone of its clock; the programme's without this key.",
        examples=["Asia/Seoul"],
    )
    was: list[Reference] = Field(
        default_factory=empty_list,
        title="Earlier ids",
        description="Earlier ids; calendar entries stay the same entries.",
        examples=[["old-id"], ["migration/old-id"]],
    )
    actors: list[Id] = Field(
        default_factory=empty_list,
        title="Actors",
        description="Who acts in it: ids of the register or of the wave.",
        examples=[["barcelona"]],
    )
    priorities: list[Id] = Field(
        default_factory=empty_list,
        title="Strategic priorities",
        description="The strategic priorities that it serves, by their ids.",
        examples=[["learning"]],
    )
    url: Url | None = Field(
        default=None, title="Web address", description="Its page, from https:// on.", examples=["https://www.uclg.org"]
    )
    description: Text | None = Field(
        default=None,
        title="Description",
        description="What it is about. It may have paragraphs, lists and links.",
        examples=["Cities meet in Gwangju."],
    )
    outcome: Text | None = Field(
        default=None,
        title="Outcome",
        description="What came of it, once it is over.",
        examples=["Forty cities signed the declaration."],
    )
    # never published
    source: SourceText | None = Field(
        default=None,
        title="Source",
        description="The words that it was taken from; never published.",
        examples=["Forum Mondial des Villes pour les Droits Humains, Gwangju, Septembre 2017"],
    )
    owner: Text | None = Field(
        default=None,
        title="Owner",
        description="Who looks after it; never published. A name, or the id of an actor.",
        examples=["cisdpdh"],
    )
    confirm_by: Day | None = Field(
        default=None,
        title="Day of confirmation",
        description="The day by which its date should be firm (`stale-date`); never published.",
        examples=["2017-06-30"],
    )
    note: Text | None = Field(
        default=None, title="Note", description="For colleagues; never published.", examples=["Ask for the programme."]
    )
    draft: Flag = Field(
        default=False, title="Draft", description="The whole moment is not published yet.", examples=[True]
    )

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


class WaveActor(ActorDetails):
    """An actor of a wave: the id of one in the register, or a full description of one that is not."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [json_schema_requires("id"), json_schema_requires("name")],
            "if": json_schema_requires("name"),
            "then": json_schema_requires("kind"),
        }
    )

    id: Id | None = Field(
        default=None,
        title="Id",
        description="The actor of the register; or a new id, known in this wave.",
        examples=["barcelona"],
    )
    role: Text | None = Field(
        default=None, title="Role", description="What they are in this wave.", examples=["Co-president of UCLG"]
    )
    confirmed: Flag = Field(
        default=True,
        title="Confirmed",
        description="`false` until they agree to take part (`unconfirmed-actor`).",
        examples=[False],
    )
    name: Text | None = Field(
        default=None,
        title="Name",
        description="The name of an actor that is not in the register.",
        examples=["Research centres"],
    )
    kind: ActorKind | None = Field(
        default=None, title="Kind", description="What they are. It is needed with a name.", examples=["research"]
    )

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


Participant = Annotated[WaveActor, BeforeValidator(_id_as_block, json_schema_input_type=Id | WaveActor)]


class Campaign(ModelBase):
    """A named campaign of a wave."""

    name: Text = Field(title="Name", description="The campaign's name.", examples=["Make the Shift"])
    hashtag: Hashtag | None = Field(
        default=None, title="Hashtag", description="Its hashtag, in quotation marks.", examples=["#MakeTheShift"]
    )
    url: Url | None = Field(
        default=None,
        title="Web address",
        description="Its page, from https:// on.",
        examples=["https://www.make-the-shift.org"],
    )
    actors: list[Id] = Field(
        default_factory=empty_list, title="Actors", description="Who runs it, by their ids.", examples=[["uclg"]]
    )
    description: Text | None = Field(
        default=None,
        title="Description",
        description="What it is about. It may have paragraphs, lists and links.",
        examples=["Housing as a human right."],
    )


def _drop_empty_priorities(value: object) -> object:
    """Leave out priorities that have no content yet."""
    return {k: v for k, v in value.items() if v is not None} if isinstance(value, dict) else value


PriorityContent = Annotated[Text | None, Field(description="Original content for this strategic priority; Markdown.")]
Content = Annotated[
    TextsById, BeforeValidator(_drop_empty_priorities, json_schema_input_type=dict[Id, PriorityContent])
]


class Wave(ModelBase):
    """A wave of action. ``period`` is None only if it is announced."""

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"required": ["status"], "properties": {"status": {"const": "announced"}}},
            "else": json_schema_requires("period"),
        }
    )

    title: Text = Field(
        title="Title",
        description="The wave's title.",
        examples=["The right to housing", {"fr": "Le droit au logement", "en": "The right to housing"}],
    )
    status: WaveStatus = Field(
        default=WaveStatus.ACTIVE,
        title="Status",
        description="How far it is; an announced wave needs only a title.",
        examples=["active"],
    )
    slogan: Text | None = Field(
        default=None, title="Slogan", description="Its one message.", examples=["Housing is a right, not a commodity!"]
    )
    hashtags: list[Hashtag] = Field(
        default_factory=empty_list,
        title="Hashtags",
        description="`#` and letters, digits or `_`, in quotation marks.",
        examples=[["#DroitauLogement", "#MakeTheShift"]],
    )
    period: Period | None = Field(
        default=None,
        validate_default=True,
        title="Calendar of the wave",
        description=(
            "Its calendar, first and last month: `2017-05/2018-12`. Both belong to it. Only a wave that is "
            "announced needs none."
        ),
        examples=["2017-05/2018-12"],
    )
    color: Colour | None = Field(
        default=None,
        title="Colour",
        description="The colour of its calendar: `teal`. Any colour that CSS has a name for.",
        examples=["teal", "coral"],
    )
    url: Url | None = Field(
        default=None, title="Web address", description="Its page, from https:// on.", examples=["https://www.uclg.org"]
    )
    description: Text | None = Field(
        default=None,
        title="Description",
        description="The description of its calendar. It may have paragraphs, lists and links.",
        examples=["Cities for adequate housing."],
    )
    notice: Text | None = Field(
        default=None,
        title="Notice",
        description="The public text while there is no other content.",
        examples=["Information coming soon"],
    )
    source: SourceText | None = Field(
        default=None,
        title="Source",
        description="The words that facts were taken from; never published. One text, or one for each key.",
        examples=[{"period": "Mai 2017 - décembre 2018"}],
    )
    moments: list[Moment] = Field(
        default_factory=empty_list,
        title="Moments",
        description="What happens.",
        examples=[[{"id": "gwangju-forum", "title": "World Human Rights Cities Forum", "when": "2017-09"}]],
    )
    actors: list[Participant] = Field(
        default_factory=empty_list,
        title="Actors",
        description="Who takes part: an id of the register, or a block with what holds in this wave.",
        examples=[["cisdpdh", {"id": "barcelona", "confirmed": False}]],
    )
    content: Content = Field(
        default_factory=dict,
        title="Content",
        description="Original content by strategic priority; today only counted, for `too-few-priorities`.",
        examples=[{"advocacy": "Every city has a right to say no."}],
    )
    campaigns: list[Campaign] = Field(
        default_factory=empty_list,
        title="Campaigns",
        description="Named campaigns that belong to it.",
        examples=[[{"name": "Make the Shift", "hashtag": "#MakeTheShift"}]],
    )
    was: list[Id] = Field(
        default_factory=empty_list,
        title="Earlier ids",
        description="Earlier ids; its feed is also written under these names.",
        examples=[["logement"]],
    )
    waive: Waivers = Field(
        default_factory=dict,
        title="Rules set aside",
        description=(
            "Rules that it may break: a rule that warns, then the reason. An id may follow the rule, of the "
            "moment or actor that it is about."
        ),
        examples=[{"calendar-length": "Twenty months, as published."}],
    )

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
