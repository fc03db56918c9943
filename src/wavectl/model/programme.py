"""The programme: what all waves of a plan share, and the register of actors."""

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from wavectl.diagnostics import msg, phrase
from wavectl.model.types import (
    Alarm,
    Count,
    Country,
    Domain,
    DropPrivateKeys,
    Id,
    Language,
    ModelBase,
    Text,
    TextsById,
    Url,
    Zone,
    fail_validation,
    name_as_block,
)


def empty_list() -> list[Any]:
    """Return an empty list. pydantic inspects the signature of each factory, which is slow for ``list`` itself."""
    return []


class ActorGroup(StrEnum):
    """The two groups of actors: parts of the network, and external partners."""

    NETWORK = "network"
    EXTERNAL = "external"


class ActorKind(StrEnum):
    """What an actor is."""

    MEMBER = "member"
    SECTION = "section"
    COMMITTEE = "committee"
    WORKING_GROUP = "working_group"
    TASK_FORCE = "task_force"
    ASSOCIATION = "association"
    INTERNATIONAL = "international"
    CIVIL_SOCIETY = "civil_society"
    RESEARCH = "research"
    PUBLIC_BODY = "public_body"
    PRIVATE = "private"
    PARTNER = "partner"

    @property
    def group(self) -> ActorGroup:
        """The group of the actors of this kind."""
        return ActorGroup.NETWORK if self in _NETWORK_KINDS else ActorGroup.EXTERNAL


_NETWORK_KINDS = frozenset(list(ActorKind)[:6])


class ActorDetails(ModelBase):
    """What the register and a wave may say of an actor."""

    short: Text | None = Field(default=None, title="Short name", description="A short name.", examples=["CISDPDH"])
    aliases: list[Text] = Field(
        default_factory=empty_list,
        title="Other names",
        description="Other names they go by.",
        examples=[["Committee on Social Inclusion"]],
    )
    part_of: Id | None = Field(
        default=None,
        title="Part of",
        description="The actor they are a part of; that one's regions are its own and its parts'.",
        examples=["uclg"],
    )
    regions: list[Id] = Field(
        default_factory=empty_list,
        title="Regions",
        description="The regions they represent, by their ids.",
        examples=[["africa"]],
    )
    country: Country | None = Field(
        default=None,
        title="Country",
        description="The country they are in; its region counts as theirs. Two capital letters (ISO 3166-1).",
        examples=["ES"],
    )
    url: Url | None = Field(
        default=None,
        title="Web address",
        description="Their address, from https:// on.",
        examples=["https://www.uclg.org"],
    )


class Actor(ActorDetails):
    """An actor of the register."""

    name: Text = Field(
        title="Name",
        description="The full name.",
        examples=["City of Barcelona", {"fr": "Ville de Barcelone", "en": "City of Barcelona"}],
    )
    kind: ActorKind = Field(title="Kind", description="What they are.", examples=["member"])


class Organiser(ModelBase):
    """Who runs the programme."""

    name: Text = Field(title="Name", description="The organiser's name.", examples=["CGLU"])
    url: Url | None = Field(
        default=None,
        title="Web address",
        description="Its address, from https:// on.",
        examples=["https://www.uclg.org"],
    )


class Region(ModelBase):
    """One of the network's own regions, with its countries."""

    name: Text = Field(
        title="Name", description="The region's name.", examples=["Africa", {"fr": "Afrique", "en": "Africa"}]
    )
    countries: list[Country] = Field(
        default_factory=empty_list,
        title="Countries",
        description=(
            "Moments and actors in these countries belong to the region. Two capital letters each (ISO 3166-1)."
        ),
        examples=[["CV", "ZA"]],
    )


RegionField = Annotated[Region, BeforeValidator(name_as_block, json_schema_input_type=Region | Text)]


def _check_months(value: list[int]) -> tuple[int, int]:
    if len(value) != 2 or value[0] > value[1] or not value[0]:
        fail_validation(
            "invalid-value",
            msg("the shortest and the longest calendar are expected here, in months"),
            msg("write months: [6, 18]"),
        )
    return value[0], value[1]


Months = Annotated[
    list[Count],
    AfterValidator(_check_months),
    WithJsonSchema(
        {
            "type": "array",
            "items": {"type": "integer", "minimum": 1, "maximum": 1000},
            "minItems": 2,
            "maxItems": 2,
            "errorMessage": phrase("the shortest and the longest calendar are expected here, in months"),
        }
    ),
]


class Design(ModelBase):
    """The rules that the network sets for its waves; None if there is no such rule."""

    min_priorities: Count | None = Field(
        default=None,
        title="Priorities at least",
        description="Strategic priorities with content, in each wave (`too-few-priorities`).",
        examples=[3],
    )
    min_regions: Count | None = Field(
        default=None,
        title="Regions at least",
        description=(
            "Regions that a wave's actors reach: their own, their country's, those of their parts (`too-few-regions`)."
        ),
        examples=[3],
    )
    months: Months | None = Field(
        default=None,
        title="Length of the calendar",
        description="The shortest and the longest calendar, in months (`calendar-length`).",
        examples=[[6, 18]],
    )
    required_groups: list[ActorGroup] = Field(
        default_factory=empty_list,
        title="Sides that take part",
        description="The sides that a wave's actors come from (`missing-group`).",
        examples=[["network", "external"]],
    )
    max_silent_months: Count | None = Field(
        default=None,
        title="Silent months at most",
        description="The longest run of months without a moment (`silent-months`).",
        examples=[6],
    )


class Feed(ModelBase):
    """A calendar feed in addition to one per wave and ``all``: which moments it has, and how they are shown."""

    name: Text | None = Field(
        default=None,
        title="Name",
        description="The calendar's name; without one, its id.",
        examples=["Firm dates only"],
    )
    waves: list[Id] = Field(
        default_factory=empty_list,
        title="Waves",
        description="The waves it is made of, by their ids; all of them without this key.",
        examples=[["housing", "migration"]],
    )
    lang: Language | None = Field(
        default=None,
        title="Language",
        description="Its language; the programme's first one without this key.",
        examples=["fr"],
    )
    fuzzy: Literal["auto", "span", "first-day", "omit"] = Field(
        default="auto",
        title="Dates that are not exact",
        description="How dates that are not exact are shown.",
        examples=["omit"],
    )
    cancelled: Literal["show", "status", "omit"] = Field(
        default="show", title="Cancelled moments", description="How cancelled moments are shown.", examples=["omit"]
    )
    alarm: list[Alarm] = Field(
        default_factory=empty_list,
        title="Alarms",
        description=(
            "`7d`, or `7d@18:00`: seven days before, at six in the evening; `m`, `h`, `d`, `w` are minutes, "
            "hours, days and weeks."
        ),
        examples=[["7d"], ["7d@18:00"]],
    )
    regions: list[Id] = Field(
        default_factory=empty_list,
        title="Regions",
        description="Only these regions, by their ids.",
        examples=[["africa"]],
    )
    countries: list[Country] = Field(
        default_factory=empty_list,
        title="Countries",
        description="Only these countries, by two capital letters each (ISO 3166-1).",
        examples=[["CV", "ZA"]],
    )
    priorities: list[Id] = Field(
        default_factory=empty_list,
        title="Strategic priorities",
        description="Only these priorities, by their ids.",
        examples=[["learning"]],
    )
    actors: list[Id] = Field(
        default_factory=empty_list,
        title="Actors",
        description="Only these actors, by their ids.",
        examples=[["barcelona"]],
    )
    kinds: list[Literal["event", "observance", "deadline", "publication"]] = Field(
        default_factory=empty_list,
        title="Kinds of moments",
        description="Only these kinds of moments.",
        examples=[["event"]],
    )


_DEFAULT_PRIORITIES: dict[str, str | dict[str, str]] = {
    "advocacy": {"fr": "Plaidoyer", "en": "Advocacy", "es": "Incidencia"},
    "learning": {"fr": "Apprentissage", "en": "Learning", "es": "Aprendizaje"},
    "implementation": {"fr": "Mise en œuvre", "en": "Implementation", "es": "Implementación"},
    "monitoring": {"fr": "Suivi", "en": "Monitoring and follow-up", "es": "Seguimiento"},
}


class Programme(ModelBase):
    """What all waves share. Every key is optional, and so is the file."""

    name: Text | None = Field(
        default=None,
        title="Name",
        description="The name of the programme, and of the calendar `all`.",
        examples=["UCLG Waves of Action 2017-2019"],
    )
    description: Text | None = Field(
        default=None,
        title="Description",
        description=(
            "What these waves are; the description of the calendar `all`. It may have paragraphs, lists and links."
        ),
        examples=["Three waves of action of the network."],
    )
    organiser: Organiser | None = Field(
        default=None,
        title="Organiser",
        description="Who runs the programme.",
        examples=[{"name": "CGLU", "url": "https://www.uclg.org"}],
    )
    uid_domain: Domain | None = Field(
        default=None,
        title="Domain of the calendar entries",
        description=(
            "Part of every calendar entry's identity. Set it before the first feed is published, and never change it."
        ),
        examples=["waves.uclg.org"],
    )
    site: Url | None = Field(
        default=None,
        title="Site of the feeds",
        description="Where feeds are published; named in every calendar.",
        examples=["https://waves.uclg.org/"],
    )
    languages: Annotated[list[Language], Field(min_length=1)] = Field(
        default=["en"], title="Languages", description="The first is the default one.", examples=[["fr", "en", "es"]]
    )
    timezone: Zone = Field(
        default="UTC",
        title="Time zone",
        description="For times of day that name no other zone, and for today.",
        examples=["Europe/Madrid"],
    )
    priorities: TextsById = Field(
        default=_DEFAULT_PRIORITIES,
        title="Strategic priorities",
        description="The strategic priorities, in order: for each an id, then its name.",
        examples=[{"advocacy": {"fr": "Plaidoyer", "en": "Advocacy"}}],
    )
    regions: Annotated[dict[Id, RegionField], DropPrivateKeys] = Field(
        default_factory=dict,
        title="Regions",
        description=(
            "The network's own regions. For each an id, then its name, or a block with its name and its countries."
        ),
        examples=[{"africa": {"name": "Africa", "countries": ["CV", "ZA"]}}],
    )
    design: Design = Field(
        default_factory=Design,
        title="Rules of the house",
        description="The rules of the house: what the network asks of every wave.",
        examples=[{"min_priorities": 3, "months": [6, 18]}],
    )
    feeds: Annotated[dict[Id, Feed], DropPrivateKeys] = Field(
        default_factory=dict,
        title="Calendar feeds",
        description=(
            "Feeds of their own, beside one for each wave and one of all: for each an id, then what it holds."
        ),
        examples=[{"firm": {"name": "Firm dates only", "fuzzy": "omit"}}],
    )
    actors: Annotated[dict[Id, Actor], DropPrivateKeys] = Field(
        default_factory=dict,
        title="Actors",
        description=(
            "The register of actors: everybody who acts in a wave, written down once. For each an id, then a block."
        ),
        examples=[{"barcelona": {"name": "Barcelona", "kind": "member", "country": "ES"}}],
    )

    @property
    def effective_uid_domain(self) -> str:
        """The right-hand side of every calendar UID; a placeholder if the programme has none."""
        return self.uid_domain or "wavectl.invalid"
