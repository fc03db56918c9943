"""What converge finds: where waves meet, where they collide, and how often each two of them do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from wavectl.plan.loader import Plan
from wavectl.timeline import Entry

CERTAIN, DATES, PEOPLE, HOURS = "certain", "dates", "people", "hours"
"""What has to come true for a clash: nothing, the dates, who goes, or that the time between the two is too short."""

WavePair = tuple[str, str]
"""Two waves, in order of their ids; of a clash inside one wave, that wave twice."""


class Collective(NamedTuple):
    """An actor that is named as a whole on one side, and by some of its parts on the other."""

    actor: str
    parts: tuple[str, ...]


class Meeting(NamedTuple):
    """Moments in which waves meet.

    ``kind`` is ``moment`` (one real-world moment that several waves hold), ``likely`` (two that are likely one),
    ``place`` (two in one town) or ``days`` (two in the same days). ``sure`` says that all dates are exact, ``gap``
    how many days lie between the two at least, ``times`` how often a moment that repeats meets the other one.
    """

    kind: str
    moments: tuple[Entry, ...]
    waves: tuple[str, ...]
    exact: bool = True
    days_apart: int = 0
    times: int = 1


class SharedActor(NamedTuple):
    """An actor that acts in ``waves``; of a collective also the waves that only name parts of it, with these parts.

    ``unsure`` names the waves in which it is not confirmed.
    """

    actor: str
    waves: tuple[str, ...]
    parts: Mapping[str, tuple[str, ...]]
    unconfirmed_in: tuple[str, ...]


class Clash(NamedTuple):
    """Two moments that ask the same actors to be in two places on the same days, from ``first`` through ``last``.

    ``how`` says what has to come true for it: nothing where it is ``CERTAIN``; the ``DATES`` where they are vague or
    tentative; which ``PEOPLE`` go where somebody is not named, not confirmed, or named as part of a collective; that
    the ``HOURS`` between the two are too few, where one is over when the other one begins.
    """

    condition: str
    moments: tuple[Entry, Entry]
    waves: tuple[str, ...]
    actors: tuple[str, ...]
    collectives: tuple[Collective, ...]
    first: date
    last: date
    times: int = 1

    @property
    def certain(self) -> bool:
        """Whether nothing more has to come true."""
        return self.condition == CERTAIN


class PairCounts(NamedTuple):
    """What two waves, or all waves together, have in common, and where they collide."""

    moments: int = 0
    likely: int = 0
    actors: int = 0
    places: int = 0
    days: int = 0
    certain: int = 0
    possible: int = 0

    @property
    def meetings(self) -> int:
        """How often they meet."""
        return self.moments + self.likely + self.actors + self.places + self.days

    @property
    def clashes(self) -> int:
        """How often they collide."""
        return self.certain + self.possible


class Convergence(NamedTuple):
    """Where the waves of a plan meet and collide.

    The lists hold the first of each kind in their order, ``totals`` counts all. ``complete`` is False where so many
    moments fall together that looking for more was given up: then the counts are the least there is.
    """

    plan: Plan
    waves: tuple[str, ...]
    focus: str | None
    today: date
    within_days: int
    clashes: tuple[Clash, ...]
    meetings: tuple[Meeting, ...]
    shared_actors: tuple[SharedActor, ...]
    pairs: Mapping[WavePair, PairCounts]
    totals: PairCounts
    upcoming_clashes: int
    complete: bool
