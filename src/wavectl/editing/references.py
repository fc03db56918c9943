"""The moments that somebody means by a name or some words: an id, or words of the title, the place or the wave."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, count
from typing import Any, NamedTuple

from wavectl.model import Moment
from wavectl.model.types import ID_PATTERN, all_translations
from wavectl.plan.loader import Plan
from wavectl.text.similarity import STOP_WORDS
from wavectl.text.suggest import normalize_name
from wavectl.timeline import Member, tied_members

_PREFIX_LENGTH = 5
"""How many letters two words open with alike to be taken for one: ville, villes."""

TiedMoments = tuple[Member, ...]
"""A real-world moment: the moments of the plan that are tied, the root first."""


class ReferenceMatch(NamedTuple):
    """The real-world moments that may be meant; ``sure`` where one was named by its id."""

    moments: list[TiedMoments]
    is_exact: bool


def resolve_reference(plan: Plan, reference: str) -> ReferenceMatch:
    """Return what is meant by ``wave/moment``, by an id, or by words that all stand in what the plan says of it."""
    every = _all_tied_moments(plan)
    by_name = [members for members in every if any(reference in (one.reference, one.moment.id) for one in members)]
    if by_name:
        return ReferenceMatch(by_name, len(by_name) == 1)
    opening = normalize_name(reference)
    by_opening = [members for members in every if any(_starts_with_words(one.moment.id, opening) for one in members)]
    if opening and len(by_opening) == 1:
        return ReferenceMatch(by_opening, is_exact=False)
    wanted = [word for word in normalize_name(reference).split("-") if word and word not in STOP_WORDS]
    if not wanted:
        return ReferenceMatch([], is_exact=False)
    return ReferenceMatch([members for members in every if _matches_all_words(plan, members, wanted)], is_exact=False)


def _starts_with_words(name: str, opening: str) -> bool:
    """Tell whether an id opens with these words."""
    return f"{name}-".startswith(f"{opening}-")


def tied_moments(plan: Plan, reference: str) -> TiedMoments:
    """Return the moments that are tied to one, the root first; alone where it is tied to none."""
    return next(members for members in _all_tied_moments(plan) if any(one.reference == reference for one in members))


def index_of(plan: Plan, member: Member) -> int:
    """Return the place of a moment in the list of its wave, from 0."""
    return next(place for place, one in enumerate(plan.waves[member.wave].moments) if one is member.moment)


def raw_moment(plan: Plan, member: Member) -> Mapping[str, Any]:
    """Return the keys and values of a moment as its file writes them."""
    moments: Sequence[Mapping[str, Any]] = plan.documents[plan.files[member.wave]].data["moments"]
    return moments[index_of(plan, member)]


def _all_tied_moments(plan: Plan) -> list[TiedMoments]:
    """Return all real-world moments, in the order of the plan by their roots."""
    ties = tied_members(plan)
    followers = {one.reference for root, members in ties.items() for one in members if one.reference != root}
    found = []
    for reference, moment in plan.moments.items():
        if reference not in followers:
            found.append(tuple(ties.get(reference) or (Member(reference.partition("/")[0], moment),)))
    return found


def _matches_all_words(plan: Plan, members: TiedMoments, search_words: list[str]) -> bool:
    """Tell whether each word wanted stands somewhere in what the plan says of a moment."""
    words = {
        word
        for member in members
        for text in _searchable_texts(plan, member)
        for word in normalize_name(text).split("-")
    }
    return all(any(_matches_word(one, word) for word in words) for one in search_words)


def _matches_word(search_word: str, word: str) -> bool:
    return (
        search_word == word
        if search_word.isdigit()
        else word.startswith(search_word[:_PREFIX_LENGTH]) and len(word) > 2
    )


def _searchable_texts(plan: Plan, member: Member) -> Iterator[str]:
    wave, moment = plan.waves[member.wave], member.moment
    yield from (
        member.wave,
        moment.id,
        *all_translations(wave.title),
        *all_translations(moment.title),
        *all_translations(moment.short),
    )
    yield from _place_texts(moment)


def _place_texts(moment: Moment) -> Iterator[str]:
    if moment.place is not None:
        yield from all_translations(moment.place.name)


_MAX_LENGTH = 40
"""How many characters an id has at most, if its first word is not longer."""


def new_id(title: str, existing_ids: Collection[str], fallback: str = "moment") -> str:
    """Return an id made of the words of a title, one that none of ``taken`` is; of letters without accents only.

    ``fallback`` is the id of a title that has none of those letters.
    """
    words = [word for word in normalize_name(title).split("-") if word.isascii() and word and word not in STOP_WORDS]
    kept = words[:1]
    for word in words[1:]:
        if len("-".join((*kept, word))) > _MAX_LENGTH:
            break
        kept.append(word)
    name = "-".join(kept)
    if not ID_PATTERN.fullmatch(name):
        name = fallback
    return next(one for one in chain((name,), (f"{name}-{number}" for number in count(2))) if one not in existing_ids)
