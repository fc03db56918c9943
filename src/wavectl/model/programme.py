"""The programme: what all waves of a plan share, and the register of actors."""

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from wavectl.diagnostics import msg
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


class Actor(ModelBase):
    """An actor of the register."""

    name: Text
    short: Text | None = None
    aliases: list[Text] = Field(default_factory=empty_list)
    kind: ActorKind
    part_of: Id | None = None
    regions: list[Id] = Field(default_factory=empty_list)
    country: Country | None = None
    url: Url | None = None


class Organiser(ModelBase):
    """Who runs the programme."""

    name: Text
    url: Url | None = None


class Region(ModelBase):
    """One of the network's own regions, with its countries."""

    name: Text
    countries: list[Country] = Field(default_factory=empty_list)


RegionField = Annotated[Region, BeforeValidator(name_as_block)]


def _check_months(value: list[int]) -> tuple[int, int]:
    if len(value) != 2 or value[0] > value[1] or not value[0]:
        fail_validation(
            "invalid-value",
            msg("the shortest and the longest calendar are expected here, in months"),
            msg("write months: [6, 18]"),
        )
    return value[0], value[1]


Months = Annotated[list[Count], AfterValidator(_check_months)]


class Design(ModelBase):
    """The rules that the network sets for its waves; None if there is no such rule."""

    min_priorities: Count | None = None
    min_regions: Count | None = None
    months: Months | None = None
    required_groups: list[ActorGroup] = Field(default_factory=empty_list)
    max_silent_months: Count | None = None


class Feed(ModelBase):
    """A calendar feed in addition to one per wave and ``all``: which moments it has, and how they are shown."""

    name: Text | None = None
    waves: list[Id] = Field(default_factory=empty_list)
    lang: Language | None = None
    fuzzy: Literal["auto", "span", "first-day", "omit"] = "auto"
    cancelled: Literal["show", "status", "omit"] = "show"
    alarm: list[Alarm] = Field(default_factory=empty_list)
    regions: list[Id] = Field(default_factory=empty_list)
    countries: list[Country] = Field(default_factory=empty_list)
    priorities: list[Id] = Field(default_factory=empty_list)
    actors: list[Id] = Field(default_factory=empty_list)
    kinds: list[Literal["event", "observance", "deadline", "publication"]] = Field(default_factory=empty_list)


_DEFAULT_PRIORITIES: dict[str, str | dict[str, str]] = {
    "advocacy": {"fr": "Plaidoyer", "en": "Advocacy", "es": "Incidencia"},
    "learning": {"fr": "Apprentissage", "en": "Learning", "es": "Aprendizaje"},
    "implementation": {"fr": "Mise en œuvre", "en": "Implementation", "es": "Implementación"},
    "monitoring": {"fr": "Suivi", "en": "Monitoring and follow-up", "es": "Seguimiento"},
}


class Programme(ModelBase):
    """What all waves share. Every key is optional, and so is the file."""

    name: Text | None = None
    description: Text | None = None
    organiser: Organiser | None = None
    uid_domain: Domain | None = None
    site: Url | None = None
    languages: Annotated[list[Language], Field(min_length=1)] = ["en"]
    timezone: Zone = "UTC"
    priorities: TextsById = Field(default=_DEFAULT_PRIORITIES)
    regions: Annotated[dict[Id, RegionField], DropPrivateKeys] = Field(default_factory=dict)
    design: Design = Field(default_factory=Design)
    feeds: Annotated[dict[Id, Feed], DropPrivateKeys] = Field(default_factory=dict)
    actors: Annotated[dict[Id, Actor], DropPrivateKeys] = Field(default_factory=dict)

    @property
    def effective_uid_domain(self) -> str:
        """The right-hand side of every calendar UID; a placeholder if the programme has none."""
        return self.uid_domain or "wavectl.invalid"
