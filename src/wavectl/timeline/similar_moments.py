"""Which moments of a plan are likely one and are not tied: a question to a person, who knows.

Compared are moments in the same town (without towns, in the same country; without either, those that have no place at
all) on overlapping dates, by their titles in all languages. Nothing is compared outside of a town and a month, so that
a plan of any size costs what it is long.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from wavectl.dates.edtf import When
from wavectl.model import Moment, Place, all_translations
from wavectl.plan.loader import Plan
from wavectl.text.similarity import (
    ComparableTitle,
    are_similar_titles,
    are_similar_towns,
    comparable_title,
    share_topic,
    town_keys,
)
from wavectl.timeline.group import Member
from wavectl.timeline.ties import moments_with_facts, tied_members

_MAX_MONTHS = 36
"""How many months a date may touch: one that says less says nothing about what else happens then."""
_MAX_BLOCK_SIZE = 24
"""How many moments of one town and month are compared each with each."""
_MAX_COMPARED = 16
"""With how many others one is compared where there are more: those with which it shares its rarest words."""
_NO_PLACE_KEY = "-"
"""The town of what has no place; no town is called so."""
_NO_PLACE = Place()

Block = list[tuple[int, When]]
"""Moments of one place and month by their number, with the date on which they touch it."""


class Candidate(NamedTuple):
    """A moment that may be another one: with all that are tied to it, where it happens and how it is called.

    ``towns`` are the names of its town, none where it is not known; ``called`` the titles, in every language.
    """

    wave: str
    position: int
    moment: Moment
    town_names: Sequence[str]
    country: str | None
    title_texts: Sequence[str]

    @property
    def reference(self) -> str:
        """The name of it in the plan: ``wave/moment``."""
        return f"{self.wave}/{self.moment.id}"

    @property
    def titles(self) -> list[ComparableTitle]:
        """The words of its titles: taken apart only for those that are compared."""
        return [comparable_title(text) for text in self.title_texts]


def likely_same_moments(plan: Plan) -> Iterator[tuple[Candidate, Candidate]]:
    """Return the pairs of moments that are likely one and are not tied, each pair once, the earlier of the two first.

    Of tied moments the root stands for all: with all of their titles, and with the town that they know together.
    """
    told: set[tuple[int, int]] = set()
    candidates, blocks = _build_blocks(plan)
    for block in blocks:
        for (first, when), (second, other) in _pairs_to_compare(block, candidates):
            pair = (min(first, second), max(first, second))
            if first == second or pair in told or not when.overlaps(other.earliest, other.last_known):
                continue
            before, here = candidates[pair[0]], candidates[pair[1]]
            if _is_likely_same(before, here, when, other):
                told.add(pair)
                yield before, here


def _build_blocks(plan: Plan) -> tuple[dict[int, Candidate], list[Block]]:
    """Return the blocks inside of which moments are compared, one for each place and month, and who stands in them."""
    groups = tied_members(plan)
    found: list[tuple[str, int, Moment, Place]] = []
    stretches: list[tuple[int, When, range]] = []
    for wave, at, moment, known in moments_with_facts(plan):
        if known is None or moment.same_as is not None:
            continue
        members = groups.get(f"{wave}/{moment.id}") if groups else None
        place = _merged_place(members) if members else moment.place or _NO_PLACE
        number = len(found)
        found.append((wave, at, moment, place))
        if known.date_source.repeat is None:
            stretches.append((number, known.when, _month_numbers(known.when)))
        else:
            stretches += ((number, when, _month_numbers(when)) for when, _ in known.dates(plan, wave))
    without_town = {place.country for _, _, _, place in found if place.name is None} - {None}
    crowded = list(_blocks_of_several(stretches, [_place_keys(place, without_town) for _, _, _, place in found]))
    candidates: dict[int, Candidate] = {}
    for number in sorted({number for block in crowded for number, _ in block}):
        wave, at, moment, place = found[number]
        tied_to_it = groups.get(f"{wave}/{moment.id}") or [Member(wave, moment)]
        called = [text for one in tied_to_it for text in all_translations(one.moment.title)]
        candidates[number] = Candidate(wave, at, moment, all_translations(place.name), place.country, called)
    return candidates, crowded


def _blocks_of_several(
    dated_months: Sequence[tuple[int, When, range]], keys: Sequence[Sequence[str]]
) -> Iterable[Block]:
    """Return the blocks in which more than one moment stands; most stand alone, and are passed over soon."""
    seen: set[tuple[str, int]] = set()
    twice: set[tuple[str, int]] = set()
    for number, _, months in dated_months:
        for key in keys[number]:
            for month in months:
                place = (key, month)
                (twice if place in seen else seen).add(place)
    blocks: dict[tuple[str, int], Block] = {}
    for number, when, months in dated_months if twice else ():
        for key in keys[number]:
            for month in months:
                if (key, month) in twice:
                    blocks.setdefault((key, month), []).append((number, when))
    return blocks.values()


def _merged_place(members: Sequence[Member]) -> Place:
    """Return the town and the country that tied moments know together."""
    places = [one.moment.place for one in members if one.moment.place]
    name = next((place.name for place in places if place.name), None)
    return Place(name=name, country=next((place.country for place in places if place.country), None))


def _place_keys(place: Place, without_town: Collection[str | None]) -> Sequence[str]:
    """Return the names of the places in which others are looked for.

    Among them is the country where others there are known by it alone: their town may be any.
    """
    name, country = place.name, place.country
    if isinstance(name, str):
        keys = town_keys(name)
    else:
        keys = tuple(dict.fromkeys(key for town in all_translations(name) for key in town_keys(town))) if name else ()
    if country is not None and country in without_town:
        return (*keys, country)  # in capitals, as no key of a town is
    return keys or (_NO_PLACE_KEY,)


def _month_numbers(when: When) -> range:
    """Return the months that a date touches, by their number; none where it says too little."""
    opening, closing = when.earliest, when.last_known
    if opening is None or closing is None:
        return range(0)
    first, last = opening.year * 12 + opening.month, closing.year * 12 + closing.month
    return range(first, last + 1) if last - first < _MAX_MONTHS else range(0)


def _pairs_to_compare(
    block: Block, candidates: Mapping[int, Candidate]
) -> Iterator[tuple[tuple[int, When], tuple[int, When]]]:
    """Return the pairs of a block to compare: all of a few moments, of many those that share their rarest words.

    So a town with thousands of moments in one month costs no more for each of them than one with two dozen.
    """
    if len(block) <= _MAX_BLOCK_SIZE:
        yield from combinations(block, 2)
        return
    stems = [sorted({stem for one in candidates[number].titles for stem in one.topic_stems}) for number, _ in block]
    count = Counter(stem for words in stems for stem in words)
    seen: dict[str, list[int]] = {}
    for place, words in enumerate(stems):
        others: dict[int, None] = {}
        for stem in sorted(words, key=lambda stem: (count[stem], stem)):
            near = seen.setdefault(stem, [])
            others |= dict.fromkeys(near[len(others) - _MAX_COMPARED :] if len(others) < _MAX_COMPARED else ())
            near.append(place)
        yield from ((block[other], block[place]) for other in others)


def _is_likely_same(one: Candidate, other: Candidate, when: When, other_when: When) -> bool:
    """Tell whether two moments on overlapping dates are likely one."""
    if one.country and other.country and one.country != other.country:
        return False
    towns, others = one.town_names, other.town_names
    if towns and others and not any(are_similar_towns(a, b) for a in towns for b in others):
        return False
    if are_similar_titles(one.titles, other.titles):
        return True
    return bool(towns and others) and _is_exact_within_vague(when, other_when) and share_topic(one.titles, other.titles)


def _is_exact_within_vague(one: When, other: When) -> bool:
    """Tell whether one of two dates is somewhere in a month, and the other one has its days in that month."""
    if one.is_exact == other.is_exact:
        return False
    ends = (one.earliest, one.last_known, other.earliest, other.last_known)
    return len({(day.year, day.month) for day in ends if day}) == 1
