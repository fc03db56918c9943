"""The moments that somebody means by a name or some words: an id, or words of the title, the place or the wave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from wavectl.model import Moment
from wavectl.model.types import texts
from wavectl.plan.loader import Plan
from wavectl.text.similarity import SMALL
from wavectl.text.suggest import plain
from wavectl.timeline import Member, tied

_OPENING = 5
"""How many letters two words open with alike to be taken for one: ville, villes."""

Together = tuple[Member, ...]
"""A real-world moment: the moments of the plan that are tied, the root first."""


class Meant(NamedTuple):
    """The real-world moments that may be meant; ``sure`` where one was named by its id."""

    moments: list[Together]
    sure: bool


def meant(plan: Plan, told: str) -> Meant:
    """Return what is meant by ``wave/moment``, by an id, or by words that all stand in what the plan says of it."""
    every = _together(plan)
    by_name = [members for members in every if any(told in (one.reference, one.moment.id) for one in members)]
    if by_name:
        return Meant(by_name, len(by_name) == 1)
    opening = plain(told)
    by_opening = [members for members in every if any(_opens(one.moment.id, opening) for one in members)]
    if opening and len(by_opening) == 1:
        return Meant(by_opening, sure=False)
    wanted = [word for word in plain(told).split("-") if word and word not in SMALL]
    if not wanted:
        return Meant([], sure=False)
    return Meant([members for members in every if _says(plan, members, wanted)], sure=False)


def _opens(name: str, opening: str) -> bool:
    """Tell whether an id opens with these words."""
    return f"{name}-".startswith(f"{opening}-")


def together(plan: Plan, reference: str) -> Together:
    """Return the moments that are tied to one, the root first; alone where it is tied to none."""
    return next(members for members in _together(plan) if any(one.reference == reference for one in members))


def place_of(plan: Plan, member: Member) -> int:
    """Return the place of a moment in the list of its wave, from 0."""
    return next(place for place, one in enumerate(plan.waves[member.wave].moments) if one is member.moment)


def written(plan: Plan, member: Member) -> Mapping[str, Any]:
    """Return the keys and values of a moment as its file writes them."""
    moments: Sequence[Mapping[str, Any]] = plan.documents[plan.files[member.wave]].data["moments"]
    return moments[place_of(plan, member)]


def _together(plan: Plan) -> list[Together]:
    """Return all real-world moments, in the order of the plan by their roots."""
    ties = tied(plan)
    followers = {one.reference for root, members in ties.items() for one in members if one.reference != root}
    found = []
    for reference, moment in plan.moments.items():
        if reference not in followers:
            found.append(tuple(ties.get(reference) or (Member(reference.partition("/")[0], moment),)))
    return found


def _says(plan: Plan, members: Together, wanted: list[str]) -> bool:
    """Tell whether each word wanted stands somewhere in what the plan says of a moment."""
    words = {word for member in members for text in _said(plan, member) for word in plain(text).split("-")}
    return all(any(_alike(one, word) for word in words) for one in wanted)


def _alike(wanted: str, word: str) -> bool:
    return wanted == word if wanted.isdigit() else word.startswith(wanted[:_OPENING]) and len(word) > 2


def _said(plan: Plan, member: Member) -> Iterator[str]:
    wave, moment = plan.waves[member.wave], member.moment
    yield from (member.wave, moment.id, *texts(wave.title), *texts(moment.title), *texts(moment.short))
    yield from _where(moment)


def _where(moment: Moment) -> Iterator[str]:
    if moment.place is not None:
        yield from texts(moment.place.name)
