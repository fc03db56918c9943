"""Find the moments that a reference names: an id, or words of the title, the place or the wave."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, count, repeat
from typing import Any, NamedTuple

from wavectl.dates.edtf import UNKNOWN
from wavectl.model import localized_text
from wavectl.model.types import ID_PATTERN, all_translations
from wavectl.plan.loader import Plan
from wavectl.text.similarity import STOP_WORDS
from wavectl.text.suggest import normalize_name
from wavectl.timeline.groups import ChronologicalKey, chronological_key
from wavectl.timeline.ties import InheritedDates, Member, most_precise, tied_members

_PREFIX_LENGTH = 5
"""How many first letters two words must share to match: ville, villes."""

TiedMoments = tuple[Member, ...]
"""The moments of the plan that are one moment of the real world, the root first."""


class ReferenceMatch(NamedTuple):
    """The moments that match a reference; ``is_exact`` if it is the id or the whole title of exactly one."""

    moments: list[TiedMoments]
    is_exact: bool


def resolve_reference(plan: Plan, reference: str) -> ReferenceMatch:
    """Return the moments that match ``wave/moment``, an id, a title, the start of an id, or words of their texts."""
    moments, order = _all_tied_moments(plan), partial(_order_key, plan, InheritedDates(plan))
    by_id = [tied for tied in moments if any(reference in (one.reference, one.moment.id) for one in tied)]
    if by_id:
        return ReferenceMatch(sorted(by_id, key=order), len(by_id) == 1)
    prefix = normalize_name(reference)
    by_title = [tied for tied in moments if prefix and any(prefix in _whole_titles(one) for one in tied)]
    if len(by_title) == 1:
        return ReferenceMatch(by_title, is_exact=True)
    by_prefix = [tied for tied in moments if any(f"{one.moment.id}-".startswith(f"{prefix}-") for one in tied)]
    if prefix and len(by_prefix) == 1:
        return ReferenceMatch(by_prefix, is_exact=False)
    by_words = moments_with_words(plan, reference, whole=True) or moments_with_words(plan, reference)
    return ReferenceMatch(sorted(by_words, key=order), is_exact=False)


def moments_with_words(plan: Plan, text: str, *, whole: bool = False) -> list[TiedMoments]:
    """Return the moments whose texts have all words of a text; ``whole`` leaves out words with the same beginning."""
    words = [word for word in normalize_name(text).split("-") if word and word not in STOP_WORDS]
    return [tied for tied in _all_tied_moments(plan) if words and _matches_all_words(plan, tied, words, whole=whole)]


def _order_key(plan: Plan, inherited: InheritedDates, members: TiedMoments) -> ChronologicalKey:
    """Return the sort key of tied moments, that of the timeline."""
    dated, root = most_precise(list(members)), members[0]
    title = localized_text(root.moment.title, plan.programme.languages)
    return chronological_key(dated.moment.when or UNKNOWN, inherited.zone(dated), title, root.reference)


def index_of(plan: Plan, member: Member) -> int:
    """Return the index of a moment in the list of its wave."""
    return next(number for number, moment in enumerate(plan.waves[member.wave].moments) if moment is member.moment)


def raw_moment(plan: Plan, member: Member) -> Mapping[str, Any]:
    """Return the keys and values of a moment as its file has them."""
    moments: Sequence[Mapping[str, Any]] = plan.documents[plan.files[member.wave]].data["moments"]
    return moments[index_of(plan, member)]


def _all_tied_moments(plan: Plan) -> list[TiedMoments]:
    """Return all moments of the plan, tied ones together, in the order of their roots."""
    ties = tied_members(plan)
    followers = {one.reference for root, members in ties.items() for one in members if one.reference != root}
    moments = []
    for reference, moment in plan.moments.items():
        if reference not in followers:
            moments.append(tuple(ties.get(reference) or (Member(reference.partition("/")[0], moment),)))
    return moments


def _matches_all_words(plan: Plan, members: TiedMoments, search_words: list[str], *, whole: bool) -> bool:
    words = {word for one in members for text in _texts_of(plan, one) for word in normalize_name(text).split("-")}
    if whole:
        return words.issuperset(search_words)
    return all(any(_matches_word(search_word, word) for word in words) for search_word in search_words)


def _matches_word(search_word: str, word: str) -> bool:
    if search_word.isdigit():
        return search_word == word
    return len(word) > 2 and word.startswith(search_word[:_PREFIX_LENGTH])


def _whole_titles(member: Member) -> list[str]:
    return [normalize_name(title) for title in all_translations(member.moment.title)]


def _texts_of(plan: Plan, member: Member) -> Iterator[str]:
    wave, moment = plan.waves[member.wave], member.moment
    place = moment.place.name if moment.place is not None else None
    yield from (member.wave, moment.id)
    for text in (wave.title, moment.title, moment.short, place):
        yield from all_translations(text)


def find_by_name(reference: str, names_by_id: Mapping[str, Sequence[str]]) -> tuple[list[str], bool]:
    """Return the ids that a reference means, and whether it is an id or a whole name: of one, or words of its names.

    Whole words count before the beginnings of words, which have at least three letters, a plural ending aside.
    """
    name = normalize_name(reference)
    if reference in names_by_id:
        return [reference], True
    whole = [id_ for id_, names in names_by_id.items() if name in (id_, *map(normalize_name, names))]
    if name and whole:
        return whole, len(whole) == 1
    words = [word for word in name.split("-") if word and word not in STOP_WORDS]
    known = {id_: {*normalize_name(" ".join((id_, *names))).split("-")} for id_, names in names_by_id.items()}
    if not words:
        return [], False
    exact = [id_ for id_, own in known.items() if own.issuperset(words)]
    starts = [one if one.isdigit() else one.rstrip("sx") for one in words]
    similar = (id_ for id_, own in known.items() if all(any(map(str.startswith, own, repeat(one))) for one in starts))
    return exact or (list(similar) if min(map(len, starts)) > 2 else []), False


_MAX_LENGTH = 40
"""How many characters an id has at most, unless its first word is longer."""


def new_id(title: str, existing_ids: Collection[str], fallback: str = "moment") -> str:
    """Return a new id made of the words of a title, without accents; ``fallback`` if it has no Latin letters."""
    words = [word for word in normalize_name(title).split("-") if word.isascii() and word and word not in STOP_WORDS]
    kept = words[:1]
    for word in words[1:]:
        if len("-".join((*kept, word))) > _MAX_LENGTH:
            break
        kept.append(word)
    name = "-".join(kept)
    if not ID_PATTERN.fullmatch(name):
        name = fallback
    candidates = chain((name,), (f"{name}-{number}" for number in count(2)))
    return next(candidate for candidate in candidates if candidate not in existing_ids)
