"""Find moments that are probably the same one but are not tied, for a person to decide.

Moments in the same town (without a town: in the same country; without either: without any place) on overlapping dates
are compared by their titles in all languages. Comparing only inside a town and a month keeps the cost linear in the
size of the plan.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from wavectl.dates.edtf import When
from wavectl.model import Moment, Place, all_translations
from wavectl.plan.loader import Plan
from wavectl.text import similarity
from wavectl.timeline.groups import NO_PLACE, merged_place
from wavectl.timeline.silent_months import month_ranges
from wavectl.timeline.ties import Member, moments_with_facts, tied_members

_MAX_MONTHS = 36
"""How many months a date may span; a vaguer one is not compared."""
_MAX_BLOCK_SIZE = 24
"""Up to how many moments of one town and month every pair is compared."""
_MAX_COMPARED = 16
"""With how many others each is compared in a larger block: those that share its rarest words."""
_NO_PLACE_KEY = "-"
"""The key of moments without a place; no town has this name."""

Block = list[tuple[int, When]]
"""The moments of one place and month: their number, and the date that falls in the month."""


class Candidate(NamedTuple):
    """A moment to compare, together with those tied to it.

    ``town_names`` are the names of its town, none where it is unknown; ``title_texts`` the titles in every language.
    """

    wave: str
    position: int
    moment: Moment
    town_names: Sequence[str]
    country: str | None
    title_texts: Sequence[str]

    @property
    def reference(self) -> str:
        """Return the full reference of the moment: ``wave/moment``."""
        return f"{self.wave}/{self.moment.id}"

    @property
    def titles(self) -> list[similarity.ComparableTitle]:
        """Return the titles, parsed for comparison; only moments that are compared pay for it."""
        return [similarity.comparable_title(text) for text in self.title_texts]


@lru_cache(maxsize=2)  # a report looks for them twice
def likely_same_moments(plan: Plan) -> tuple[tuple[Candidate, Candidate], ...]:
    """Return the pairs of untied moments that are probably the same, each pair once, the earlier in the plan first.

    The root represents tied moments, with the titles of all and the first town that one of them gives.
    """
    return tuple(_find_pairs(plan))


def _find_pairs(plan: Plan) -> Iterator[tuple[Candidate, Candidate]]:
    reported: set[tuple[int, int]] = set()
    candidates, blocks = _build_blocks(plan)
    for block in blocks:
        for (first, when), (second, other) in _pairs_to_compare(block, candidates):
            pair = (min(first, second), max(first, second))
            if first == second or pair in reported or not when.meets(other):
                continue
            candidate, duplicate = candidates[pair[0]], candidates[pair[1]]
            if _is_likely_same(candidate, duplicate, when, other):
                reported.add(pair)
                yield candidate, duplicate


def _build_blocks(plan: Plan) -> tuple[dict[int, Candidate], list[Block]]:
    """Return the candidates by number, and the blocks to compare them in, one for each place and month."""
    groups = tied_members(plan)
    moments: list[tuple[str, int, Moment, Place]] = []
    dated_months: list[tuple[int, When, Collection[int]]] = []
    for wave, position, moment, facts in moments_with_facts(plan):
        if facts is None or moment.same_as is not None:
            continue
        members = groups.get(f"{wave}/{moment.id}") if groups else None
        place = merged_place(members) if members else moment.place or NO_PLACE
        number = len(moments)
        moments.append((wave, position, moment, place))
        dated_months += ((number, when, _month_numbers(when)) for when, _ in facts.dates(plan, wave))
    without_town = {place.country for _, _, _, place in moments if place.name is None} - {None}
    blocks = list(_blocks_of_several(dated_months, [_place_keys(place, without_town) for _, _, _, place in moments]))
    candidates: dict[int, Candidate] = {}
    for number in sorted({number for block in blocks for number, _ in block}):
        wave, position, moment, place = moments[number]
        members = groups.get(f"{wave}/{moment.id}") or [Member(wave, moment)]
        titles = [text for member in members for text in all_translations(member.moment.title)]
        candidates[number] = Candidate(wave, position, moment, all_translations(place.name), place.country, titles)
    return candidates, blocks


def _blocks_of_several(
    dated_months: Sequence[tuple[int, When, Collection[int]]], keys: Sequence[Sequence[str]]
) -> Iterable[Block]:
    """Return the blocks with more than one moment; most have one, and are skipped early."""
    seen: set[tuple[str, int]] = set()
    twice: set[tuple[str, int]] = set()
    for number, _, months in dated_months:
        for key in keys[number]:
            for month in months:
                (twice if (key, month) in seen else seen).add((key, month))
    blocks: dict[tuple[str, int], Block] = {}
    for number, when, months in dated_months if twice else ():
        for key in keys[number]:
            for month in months:
                if (key, month) in twice:
                    blocks.setdefault((key, month), []).append((number, when))
    return blocks.values()


def _place_keys(place: Place, without_town: Collection[str | None]) -> Sequence[str]:
    """Return the keys of the places in which a moment is compared.

    The country is one of them where some moments have a country but no town: they may be in any town.
    """
    keys = tuple(dict.fromkeys(key for town in all_translations(place.name) for key in similarity.town_keys(town)))
    if place.country is not None and place.country in without_town:
        return (*keys, place.country)  # in capitals, unlike the key of a town
    return keys or (_NO_PLACE_KEY,)


def _month_numbers(when: When) -> Collection[int]:
    """Return the months that a date may fall in, by their number; none where it is too vague."""
    ranges = month_ranges(when)
    if any(last - first >= _MAX_MONTHS for first, last in ranges):
        return ()
    return dict.fromkeys(month for first, last in ranges for month in range(first, last + 1))


def _pairs_to_compare(
    block: Block, candidates: Mapping[int, Candidate]
) -> Iterator[tuple[tuple[int, When], tuple[int, When]]]:
    """Return the pairs of a block to compare: all pairs of a small one, in a large one those that share rare words.

    So the cost of a moment has a bound, even in a town with thousands of moments in one month.
    """
    if len(block) <= _MAX_BLOCK_SIZE:
        yield from combinations(block, 2)
        return
    stems = [sorted({stem for title in candidates[number].titles for stem in title.topic_stems}) for number, _ in block]
    count = Counter(stem for words in stems for stem in words)
    seen: dict[str, list[int]] = {}
    for position, words in enumerate(stems):
        others: dict[int, None] = {}
        for stem in sorted(words, key=lambda stem: (count[stem], stem)):
            sharing = seen.setdefault(stem, [])
            others |= dict.fromkeys(sharing[len(others) - _MAX_COMPARED :] if len(others) < _MAX_COMPARED else ())
            sharing.append(position)
        yield from ((block[other], block[position]) for other in others)


def _is_likely_same(first: Candidate, second: Candidate, when: When, second_when: When) -> bool:
    """Tell whether two moments on overlapping dates are probably the same."""
    if first.country and second.country and first.country != second.country:
        return False
    has_towns = bool(first.town_names and second.town_names)
    if has_towns and not any(similarity.are_similar_towns(a, b) for a in first.town_names for b in second.town_names):
        return False
    return similarity.are_similar_titles(first.titles, second.titles) or (
        has_towns and _is_exact_within_vague(when, second_when) and similarity.share_topic(first.titles, second.titles)
    )


def _is_exact_within_vague(first: When, second: When) -> bool:
    """Tell whether one date is exact and the other is not, and both fall in one and the same month."""
    months = {month for when in (first, second) for ends in month_ranges(when) for month in ends}
    return first.is_exact != second.is_exact and len(months) == 1
