"""The programme: what all waves of a plan share, and the register of actors."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from wavectl.diagnostics import msg, phrase
from wavectl.model import types


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
MAX_FEEDS = 100
"""How many feeds of its own a programme may have: each repeats the entries of its waves."""


class ActorDetails(types.ModelBase):
    """What the register and a wave may say of an actor."""

    short: types.Line | None = types.optional("Short name", "A short name.", "CISDPDH")
    aliases: list[types.Line] = types.optional_list(
        "Other names", "Other names they go by.", ["Committee on Social Inclusion"]
    )
    part_of: types.Id | None = types.optional(
        "Part of", "The actor they are a part of; that one's regions are its own and its parts'.", "uclg"
    )
    regions: list[types.Id] = types.optional_list("Regions", "The regions they represent, by their ids.", ["africa"])
    country: types.Country | None = types.optional(
        "Country", "The country they are in; its region counts as theirs. Two capital letters (ISO 3166-1).", "ES"
    )
    url: types.Url | None = types.optional("Web address", "Their address, from https:// on.", "https://www.uclg.org")


class Actor(ActorDetails):
    """An actor of the register."""

    name: types.Line = Field(
        title="Name",
        description="The full name.",
        examples=["City of Barcelona", {"fr": "Ville de Barcelone", "en": "City of Barcelona"}],
    )
    kind: ActorKind = Field(title="Kind", description="What they are.", examples=["member"])


class Organiser(types.ModelBase):
    """Who runs the programme."""

    name: types.Line = Field(title="Name", description="The organiser's name.", examples=["CGLU"])
    url: types.Url | None = types.optional("Web address", "Its address, from https:// on.", "https://www.uclg.org")


class Region(types.ModelBase):
    """One of the network's own regions, with its countries."""

    name: types.Line = Field(
        title="Name", description="The region's name.", examples=["Africa", {"fr": "Afrique", "en": "Africa"}]
    )
    countries: list[types.Country] = types.optional_list(
        "Countries",
        "Moments and actors in these countries belong to the region. Two capital letters each (ISO 3166-1).",
        ["CV", "ZA"],
    )


RegionField = Annotated[Region, BeforeValidator(types.name_as_block, json_schema_input_type=Region | types.Line)]


_MONTHS_EXPECTED = phrase("the shortest and the longest calendar are expected here, in months")


def _check_months(value: list[int]) -> tuple[int, int]:
    if len(value) != 2 or value[0] > value[1] or not value[0]:
        types.fail_validation("invalid-value", msg(_MONTHS_EXPECTED), msg("write months: [6, 18]"))
    return value[0], value[1]


Months = Annotated[
    list[types.Count],
    AfterValidator(_check_months),
    WithJsonSchema(
        {
            "type": "array",
            "items": {"type": "integer", "minimum": 1, "maximum": 1000},
            "minItems": 2,
            "maxItems": 2,
            "errorMessage": _MONTHS_EXPECTED,
        }
    ),
]


class Design(types.ModelBase):
    """The rules that the network sets for its waves; None if there is no such rule."""

    min_priorities: types.Count | None = types.optional(
        "Priorities at least", "Strategic priorities with content, in each wave (`too-few-priorities`).", 3
    )
    min_regions: types.Count | None = types.optional(
        "Regions at least",
        "Regions that a wave's actors reach: their own, their country's, those of their parts (`too-few-regions`).",
        3,
    )
    months: Months | None = types.optional(
        "Length of the calendar", "The shortest and the longest calendar, in months (`calendar-length`).", [6, 18]
    )
    required_groups: list[ActorGroup] = types.optional_list(
        "Sides that take part", "The sides that a wave's actors come from (`missing-group`).", ["network", "external"]
    )
    max_silent_months: types.Count | None = types.optional(
        "Silent months at most", "The longest run of months without a moment (`silent-months`).", 6
    )


class Feed(types.ModelBase):
    """A calendar feed in addition to one per wave and ``all``: which moments it has, and how they are shown."""

    name: types.Line | None = types.optional("Name", "The calendar's name; without one, its id.", "Firm dates only")
    waves: list[types.Id] = types.optional_list(
        "Waves", "The waves it is made of, by their ids; all of them without this key.", ["housing", "migration"]
    )
    lang: types.Language | None = types.optional(
        "Language", "Its language; the programme's first one without this key.", "fr"
    )
    fuzzy: Literal["auto", "span", "first-day", "omit"] = types.optional(
        "Dates that are not exact", "How dates that are not exact are shown.", "omit", default="auto"
    )
    cancelled: Literal["show", "status", "omit"] = types.optional(
        "Cancelled moments", "How cancelled moments are shown.", "omit", default="show"
    )
    alarm: list[types.Alarm] = types.optional_list(
        "Alarms",
        "`7d`, or `7d@18:00`: seven days before, at six in the evening; `m`, `h`, `d`, `w` are minutes, "
        "hours, days and weeks.",
        ["7d"],
        ["7d@18:00"],
    )
    moments: types.Flag = types.optional("Moments", "Whether it has the moments.", False, default=True)
    actions: types.Flag = types.optional(
        "Local actions", "Whether it has the local actions that are accepted and may be shown.", True, default=False
    )
    regions: list[types.Id] = types.optional_list("Regions", "Only these regions, by their ids.", ["africa"])
    countries: list[types.Country] = types.optional_list(
        "Countries", "Only these countries, by two capital letters each (ISO 3166-1).", ["CV", "ZA"]
    )
    priorities: list[types.Id] = types.optional_list(
        "Strategic priorities", "Only these priorities, by their ids.", ["learning"]
    )
    actors: list[types.Id] = types.optional_list("Actors", "Only these actors, by their ids.", ["barcelona"])
    kinds: list[Literal["event", "observance", "deadline", "publication"]] = types.optional_list(
        "Kinds of moments", "Only these kinds of moments.", ["event"]
    )


class Publish(types.ModelBase):
    """Where publications go, and in which languages."""

    folder: types.Folder = types.optional(
        "Folder of the feeds",
        "The folder that subscribers' calendars read; its path begins where the plan's folder is.",
        "feeds",
        "public/calendars",
        default="feeds",
    )
    languages: list[types.Language] = types.optional_list(
        "Languages of the feeds",
        "The languages that are published; without this key, the programme's first for feeds, all of them for pages.",
        ["fr", "en", "es"],
    )


_DEFAULT_PRIORITIES: dict[str, str | dict[str, str]] = {
    "advocacy": {"fr": "Plaidoyer", "en": "Advocacy", "es": "Incidencia"},
    "learning": {"fr": "Apprentissage", "en": "Learning", "es": "Aprendizaje"},
    "implementation": {"fr": "Mise en œuvre", "en": "Implementation", "es": "Implementación"},
    "monitoring": {"fr": "Suivi", "en": "Monitoring and follow-up", "es": "Seguimiento"},
}


class Programme(types.ModelBase):
    """What all waves share. Every key is optional, and so is the file."""

    name: types.Line | None = types.optional(
        "Name", "The name of the programme, and of the calendar `all`.", "UCLG Waves of Action 2017-2019"
    )
    description: types.Text | None = types.optional(
        "Description",
        "What these waves are; the description of the calendar `all`. It may have paragraphs, lists and links.",
        "Three waves of action of the network.",
    )
    organiser: Organiser | None = types.optional(
        "Organiser", "Who runs the programme.", {"name": "CGLU", "url": "https://www.uclg.org"}
    )
    uid_domain: types.Domain | None = types.optional(
        "Domain of the calendar entries",
        "Part of every calendar entry's identity. Set it before the first feed is published, and never change it.",
        "waves.uclg.org",
    )
    site: types.Url | None = types.optional(
        "Site of the feeds", "Where feeds are published; named in every calendar.", "https://waves.uclg.org/"
    )
    languages: Annotated[list[types.Language], Field(min_length=1)] = types.optional(
        "Languages", "The first is the default one.", ["fr", "en", "es"], default=["en"]
    )
    timezone: types.Zone = types.optional(
        "Time zone", "For times of day that name no other zone, and for today.", "Europe/Madrid", default="UTC"
    )
    priorities: types.LinesById = types.optional(
        "Strategic priorities",
        "The strategic priorities, in order: for each an id, then its name.",
        {"advocacy": {"fr": "Plaidoyer", "en": "Advocacy"}},
        default=_DEFAULT_PRIORITIES,
    )
    regions: Annotated[dict[types.Id, RegionField], types.DropPrivateKeys] = types.optional(
        "Regions",
        "The network's own regions. For each an id, then its name, or a block with its name and its countries.",
        {"africa": {"name": "Africa", "countries": ["CV", "ZA"]}},
        default=dict,
    )
    design: Design = types.optional(
        "Rules of the house",
        "The rules of the house: what the network asks of every wave.",
        {"min_priorities": 3, "months": [6, 18]},
        default=Design,
    )
    publish: Publish = types.optional(
        "Publication",
        "Where the feeds are published, and in which languages.",
        {"folder": "feeds", "languages": ["fr", "en", "es"]},
        default=Publish,
    )
    feeds: Annotated[dict[types.Id, Feed], Field(max_length=MAX_FEEDS), types.DropPrivateKeys] = types.optional(
        "Calendar feeds",
        "Feeds of their own, beside one for each wave and one of all: for each an id, then what it holds.",
        {"firm": {"name": "Firm dates only", "fuzzy": "omit"}},
        default=dict,
    )
    actors: Annotated[dict[types.Id, Actor], types.DropPrivateKeys] = types.optional(
        "Actors",
        "The register of actors: everybody who acts in a wave, written down once. For each an id, then a block.",
        {"barcelona": {"name": "Barcelona", "kind": "member", "country": "ES"}},
        default=dict,
    )

    @property
    def effective_uid_domain(self) -> str:
        """The right-hand side of every calendar UID; a placeholder if the programme has none."""
        return self.uid_domain or "wavectl.invalid"

    @property
    def has_own_domain(self) -> bool:
        """Whether the programme has a domain that is not a placeholder."""
        return types.PLACEHOLDER_DOMAIN.fullmatch(self.effective_uid_domain) is None

    @property
    def published_languages(self) -> list[str]:
        """The languages of calendar feeds, each once: by default the first only, since a feed has to go on for good."""
        return list(dict.fromkeys(self.publish.languages or self.languages[:1]))

    @property
    def page_languages(self) -> list[str]:
        """The languages of pages, each once: by default all, since each page links to the others."""
        return list(dict.fromkeys(self.publish.languages or self.languages))
