"""One real-world moment: the moments of a plan that are tied together, and the times that it happens."""

from __future__ import annotations

from typing import NamedTuple

from wavectl.dates.edtf import When
from wavectl.dates.recurrence import RecurrenceRule
from wavectl.model import Moment, MomentKind, OccurrenceChange, Place, Status, Text


class Member(NamedTuple):
    """A moment as it stands in its wave."""

    wave: str
    moment: Moment

    @property
    def reference(self) -> str:
        """The name of it in the plan: ``wave/moment``."""
        return f"{self.wave}/{self.moment.id}"


class Occurrence(NamedTuple):
    """One time that a moment happens.

    ``when`` is its date as stated, ``local`` the same on the clocks of the moment's zone. ``planned`` is the date
    that the rule gives, None for a moment that does not repeat; ``change`` is what the plan says differs this once.
    """

    when: When
    local: When
    status: Status
    planned: When | None = None
    change: OccurrenceChange | None = None


class MomentGroup(NamedTuple):
    """One real-world moment. ``members`` opens with the root; the others follow in order of wave and id."""

    members: tuple[Member, ...]
    when: When
    rule: RecurrenceRule | None
    status: Status
    place: Place
    zone: str
    url: str | None
    actors: tuple[str, ...]
    priorities: tuple[str, ...]
    regions: tuple[str, ...]
    occurrences: tuple[Occurrence, ...]

    @property
    def root(self) -> Member:
        """The member that the others are the same as."""
        return self.members[0]

    @property
    def title(self) -> Text:
        """The root's title."""
        return self.root.moment.title

    @property
    def kind(self) -> MomentKind:
        """The root's kind."""
        return self.root.moment.kind

    @property
    def waves(self) -> tuple[str, ...]:
        """The waves it stands in, the root's first."""
        if len(self.members) == 1:
            return (self.members[0].wave,)
        return tuple(dict.fromkeys(member.wave for member in self.members))

    @property
    def short(self) -> Text | None:
        """A title for phones and charts, from the first member that has one."""
        return next((member.moment.short for member in self.members if member.moment.short), None)

    @property
    def description(self) -> Text | None:
        """The description, from the first member that has one."""
        return next((member.moment.description for member in self.members if member.moment.description), None)
