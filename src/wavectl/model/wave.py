"""A wave of action: its calendar, moments, actors, content and campaigns."""

from collections.abc import Iterator, Sequence
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
from wavectl.model import date_patterns, types
from wavectl.model.programme import ActorDetails, ActorKind


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
    return bool(info.context and info.context.get(types.PARTIAL))


class OccurrenceChange(types.ModelBase):
    """What differs in one occurrence of a repeating moment."""

    when: types.Date | None = types.optional("Date", "Another date.", "2019-12-11")
    status: Status | None = types.optional("Status", "`cancelled`, for example.", "cancelled")
    title: types.Line | None = types.optional("Title", "Another title.", "Human Rights Day in Geneva")
    place: types.PlaceField | None = types.optional("Place", "Another place.", "Geneva")
    description: types.Text | None = types.optional(
        "Description", "Another description. It may have paragraphs, lists and links.", "Moved by a day."
    )


OccurrenceDate = Annotated[str, WithJsonSchema(date_patterns.OCCURRENCE)]
Exceptions = Annotated[
    dict[
        OccurrenceDate,
        Annotated[
            OccurrenceChange,
            BeforeValidator(types.text_as_block("status"), json_schema_input_type=Status | OccurrenceChange),
            Field(title="Occurrence", description="What differs this time: a status, or a block of keys."),
        ],
    ],
    types.DropPrivateKeys,
    Field(json_schema_extra={"errorMessage": date_patterns.DATE_HINT}),
]


class Moment(types.ModelBase):
    """A key moment of a wave. ``when`` and other facts are None if they come from the root of a tie (``same_as``)."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [types.json_schema_requires("when"), types.json_schema_requires("same_as")]}
    )

    id: types.Id = Field(
        title="Id",
        description=("Its name in the plan, unique in the wave. It stays the same when the title or the date changes."),
        examples=["gwangju-forum"],
    )
    title: types.Line = Field(
        title="Title",
        description="Its title.",
        examples=["World Human Rights Cities Forum", {"fr": "Forum mondial", "en": "World Forum"}],
    )
    short: types.Line | None = types.optional(
        "Short name", "The title in calendars, where a phone shows a dozen letters.", "Gwangju Forum"
    )
    kind: MomentKind = types.optional("Kind", "What it is.", "event", default=MomentKind.EVENT)
    same_as: types.Reference | None = types.optional(
        "The same as",
        "The moment that it is the same as, in another wave or in this one. Date, place, zone, address "
        "and status may then be left out.",
        "migration/gwangju-forum",
    )
    when: types.Date | None = types.optional(
        "Date",
        "When it is; `unknown` where nothing is known. A day `2017-11-02`, from one day through another "
        "`2017-11-02/2017-11-03`, some time in a month `2018-03` or a year `2018`, in spring `2018-21`, "
        "around a month `2018-10~`, some day between two `[2018-07-05..2018-07-20]`, one of several days "
        "`[2018-05-12,2018-06-03]`, until a day `../2018-07-17`, a time of day `2017-11-08T15:00`.",
        "2017-11-02",
        "2017-11-02/2017-11-03",
        "2018-03",
        "2018-10~",
        "2018-07-05/..",
        "2017-11-08T15:00/2017-11-08T16:30",
        "unknown",
        validate_default=True,
    )
    repeat: types.Repeat | None = types.optional(
        "Repeats",
        "That it comes again, from its first date to the end of the wave's calendar: `yearly`, or a rule"
        " of calendars (RFC 5545).",
        "yearly",
        "FREQ=YEARLY;BYMONTH=10;BYDAY=1MO",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
    )
    exceptions: Exceptions = Field(
        default_factory=dict,
        alias="except",
        title="Exceptions",
        description="The times that differ, by their date: with a status, or with what differs.",
        examples=[{"2018-12-10": "cancelled"}],
    )
    status: Status | None = types.optional("Status", "How sure it is.", "confirmed")
    place: types.PlaceField | None = types.optional(
        "Place",
        "Where it is: a name, or a block with the name and the country.",
        "Gwangju",
        {"name": "Gwangju", "country": "KR"},
    )
    regions: list[types.Id] = types.optional_list(
        "Regions",
        "The regions that it reaches, by their ids; without this key those of its country and its actors.",
        ["asia-pacific"],
    )
    timezone: types.Zone | None = types.optional(
        "Time zone", "The zone of its clock; the programme's without this key.", "Asia/Seoul"
    )
    was: list[types.Reference] = types.optional_list(
        "Earlier ids", "Earlier ids; calendar entries stay the same entries.", ["old-id"], ["migration/old-id"]
    )
    actors: list[types.Id] = types.optional_list(
        "Actors", "Who acts in it: ids of the register or of the wave.", ["barcelona"]
    )
    priorities: list[types.Id] = types.optional_list(
        "Strategic priorities", "The strategic priorities that it serves, by their ids.", ["learning"]
    )
    url: types.Url | None = types.optional("Web address", "Its page, from https:// on.", "https://www.uclg.org")
    description: types.Text | None = types.optional(
        "Description", "What it is about. It may have paragraphs, lists and links.", "Cities meet in Gwangju."
    )
    outcome: types.Text | None = types.optional(
        "Outcome", "What came of it, once it is over.", "Forty cities signed the declaration."
    )
    # never published
    source: types.SourceText | None = types.optional(
        "Source",
        "The words that it was taken from; never published.",
        "Forum Mondial des Villes pour les Droits Humains, Gwangju, Septembre 2017",
    )
    owner: types.Line | None = types.optional(
        "Owner", "Who looks after it; never published. A name, or the id of an actor.", "cisdpdh"
    )
    confirm_by: types.Day | None = types.optional(
        "Day of confirmation", "The day by which its date should be firm (`stale-date`); never published.", "2017-06-30"
    )
    note: types.Text | None = types.optional("Note", "For colleagues; never published.", "Ask for the programme.")
    draft: types.Flag = types.optional("Draft", "The whole moment is not published yet.", True, default=False)

    @field_validator("when", mode="before")
    @classmethod
    def _require_date(cls, value: object, info: ValidationInfo) -> object:
        """Require a date, unless another moment can provide it."""
        if value is None and "same_as" in info.data and info.data["same_as"] is None and not is_partial(info):
            hint = msg("add when: with a date, or when: unknown where nothing is known yet")
            types.fail_validation("missing-key", msg("the moment has no {key}", key='"when"'), hint)
        return value

    @field_validator("repeat")
    @classmethod
    def _check_first_date(cls, value: Recurrence | None, info: ValidationInfo) -> Recurrence | None:
        when: When | None = info.data.get("when")
        if value is not None and when is not None:
            try:
                check_first_date(value, when)
            except RecurrenceRuleError as error:
                types.fail_validation("invalid-value", error.message, error.hint)
        return value


class WaveActor(ActorDetails):
    """An actor of a wave: the id of one in the register, or a full description of one that is not."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [types.json_schema_requires("id"), types.json_schema_requires("name")],
            "if": types.json_schema_requires("name"),
            "then": types.json_schema_requires("kind"),
        }
    )

    id: types.Id | None = types.optional(
        "Id", "The actor of the register; or a new id, known in this wave.", "barcelona"
    )
    role: types.Line | None = types.optional("Role", "What they are in this wave.", "Co-president of UCLG")
    confirmed: types.Flag = types.optional(
        "Confirmed", "`false` until they agree to take part (`unconfirmed-actor`).", False, default=True
    )
    name: types.Line | None = types.optional(
        "Name", "The name of an actor that is not in the register.", "Research centres"
    )
    kind: ActorKind | None = types.optional("Kind", "What they are. It is needed with a name.", "research")

    @model_validator(mode="after")
    def _check_identified(self, info: ValidationInfo) -> Self:
        if is_partial(info):
            return self
        if self.id is None and self.name is None:
            types.fail_validation("missing-key", msg("the actor has neither an id nor a name"), msg("add id: or name:"))
        if self.name is not None and self.kind is None:
            hint = msg("add kind: with one of {kinds}", kinds=", ".join(ActorKind))
            types.fail_validation("missing-key", msg("the actor has no {key}", key='"kind"'), hint)
        return self


Participant = Annotated[
    WaveActor, BeforeValidator(types.text_as_block("id"), json_schema_input_type=types.Id | WaveActor)
]


class Campaign(types.ModelBase):
    """A named campaign of a wave."""

    name: types.Line = Field(title="Name", description="The campaign's name.", examples=["Make the Shift"])
    hashtag: types.Hashtag | None = types.optional("Hashtag", "Its hashtag, in quotation marks.", "#MakeTheShift")
    url: types.Url | None = types.optional(
        "Web address", "Its page, from https:// on.", "https://www.make-the-shift.org"
    )
    actors: list[types.Id] = types.optional_list("Actors", "Who runs it, by their ids.", ["uclg"])
    description: types.Text | None = types.optional(
        "Description", "What it is about. It may have paragraphs, lists and links.", "Housing as a human right."
    )


def _drop_empty_content(value: object) -> object:
    return {k: v for k, v in value.items() if v is not None} if isinstance(value, dict) else value


PriorityContent = Annotated[
    types.Text | None, Field(description="Original content for this strategic priority; Markdown.")
]
Content = Annotated[
    types.TextsById, BeforeValidator(_drop_empty_content, json_schema_input_type=dict[types.Id, PriorityContent])
]


class Wave(types.ModelBase):
    """A wave of action. ``period`` is None only if it is announced."""

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"required": ["status"], "properties": {"status": {"const": "announced"}}},
            "else": types.json_schema_requires("period"),
        }
    )

    title: types.Line = Field(
        title="Title",
        description="The wave's title.",
        examples=["The right to housing", {"fr": "Le droit au logement", "en": "The right to housing"}],
    )
    status: WaveStatus = types.optional(
        "Status", "How far it is; an announced wave needs only a title.", "active", default=WaveStatus.ACTIVE
    )
    slogan: types.Line | None = types.optional("Slogan", "Its one message.", "Housing is a right, not a commodity!")
    hashtags: types.Hashtags = types.optional_list(
        "Hashtags",
        "`#` and letters, digits or `_`, in quotation marks; one list, or one for each language.",
        ["#DroitauLogement", "#MakeTheShift"],
        {"fr": ["#DroitauLogement"], "en": ["#Right2Housing"]},
    )
    period: types.Period | None = types.optional(
        "Calendar of the wave",
        "Its calendar, first and last month: `2017-05/2018-12`. Both belong to it. Only a wave that is "
        "announced needs none.",
        "2017-05/2018-12",
        validate_default=True,
    )
    color: types.Colour | None = types.optional(
        "Colour", "The colour of its calendar: `teal`. Any colour that CSS has a name for.", "teal", "coral"
    )
    url: types.Url | None = types.optional("Web address", "Its page, from https:// on.", "https://www.uclg.org")
    description: types.Text | None = types.optional(
        "Description",
        "The description of its calendar. It may have paragraphs, lists and links.",
        "Cities for adequate housing.",
    )
    notice: types.Text | None = types.optional(
        "Notice", "The public text while there is no other content.", "Information coming soon"
    )
    source: types.SourceText | None = types.optional(
        "Source",
        "The words that facts were taken from; never published. One text, or one for each key.",
        {"period": "Mai 2017 - décembre 2018"},
    )
    moments: list[Moment] = types.optional_list(
        "Moments",
        "What happens.",
        [{"id": "gwangju-forum", "title": "World Human Rights Cities Forum", "when": "2017-09"}],
    )
    actors: list[Participant] = types.optional_list(
        "Actors",
        "Who takes part: an id of the register, or a block with what holds in this wave.",
        ["cisdpdh", {"id": "barcelona", "confirmed": False}],
    )
    content: Content = types.optional(
        "Content",
        "Original content by strategic priority; today only counted, for `too-few-priorities`.",
        {"advocacy": "Every city has a right to say no."},
        default=dict,
    )
    campaigns: list[Campaign] = types.optional_list(
        "Campaigns", "Named campaigns that belong to it.", [{"name": "Make the Shift", "hashtag": "#MakeTheShift"}]
    )
    was: list[types.Id] = types.optional_list(
        "Earlier ids", "Earlier ids; its feed is also written under these names.", ["logement"]
    )
    waive: types.Waivers = types.optional(
        "Rules set aside",
        "Rules that it may break: a rule that warns, then the reason. An id may follow the rule, of the "
        "moment or actor that it is about.",
        {"calendar-length": "Twenty months, as published."},
        default=dict,
    )

    def hashtags_in(self, languages: Sequence[str]) -> list[str]:
        """Return the hashtags in the first of the languages that they are written in."""
        return types.first_in_languages(self.hashtags, languages) if isinstance(self.hashtags, dict) else self.hashtags

    def waives(self, rule: str, name: str = "") -> bool:
        """Tell whether the wave waives a rule, everywhere or for ``name``, the id of a moment or actor."""
        return rule in self.waive or (bool(name) and f"{rule} {name}" in self.waive)

    @cached_property
    def _fields_in_use(self) -> frozenset[str]:
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
            hint = msg("add period: with its first and last month (2017-05/2018-12), or status: announced")
            types.fail_validation("missing-key", msg("the wave has no {key}", key='"period"'), hint)
        return value
