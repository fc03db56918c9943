"""Compare titles of moments and names of towns, across French, English and Spanish.

Words are compared by their first letters, so that plurals, feminines and related words of two languages match.
The method is simple on purpose: a match is only a question to the user.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from wavectl.text.suggest import normalize_name


def _word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_STEM_LENGTH = 5
"""How many first letters make a stem: migra-tion, migra-ciones, migra-nts."""
STOP_WORDS = _word_set(
    "a al and at au aux avec by con contre d dans das de del des du e el eme en entre er ere et for from in into l la "
    "las le les lo los mas nd nde of on or ou par para plus por pour qu que rd re s sans ses sin sobre st su sur sus "
    "th the their to towards un una une vers with y"
)
"""Words without meaning for the comparison."""
_COMMON_WORDS = _word_set(
    "2030 agenda cglu cities city ciudad ciudades communities dialogo dialogue general generale global gobierno "
    "gobiernos gouvernement gouvernements government governments internacional international internationale local "
    "locale locales locaux mondial mondiale mundial municipal nacion naciones national nationale nations onu policies "
    "policy politica politicas politique politiques programme red region regional regionale reseau uclg un unidas "
    "unies united urbain urbaine urban urbano ville villes world"
)
"""Words that many titles contain: they have half the weight."""
_EVENT_TYPE_WORDS = _word_set(
    "anniversaire anniversary asamblea assemblee assembly atelier campagne campaign campana ceremonie ceremony comite "
    "commission committee conference conferencia congres congreso congress conseil consejo consulta consultation "
    "council cumbre day debat debate dia evenement event evento foro forum informe jornada journee journees lancement "
    "lanzamiento launch meeting meetings mission presentacion presentation rapport report reunion reuniones semaine "
    "semana seminaire seminar seminario sesion session sommet summit taller training webinar week working workshop"
)
"""Words for the type of event: they do not say what it is about."""
_DISTINGUISHING_STEMS = frozenset(("follo", "paral", "prepa", "segui", "side", "suivi"))
"""Stems that make two titles different when only one has them: side event, réunion préparatoire."""
_ORDINALS = (
    "premier premiere first primer primero primera",
    "deuxieme second seconde segundo segunda",
    "troisieme third tercer tercero tercera",
    "quatrieme fourth cuarto cuarta",
    "cinquieme fifth quinto quinta",
    "sixieme sixth sexto sexta",
    "septieme seventh septimo septima",
    "huitieme eighth octavo octava",
    "neuvieme ninth noveno novena",
    "dixieme tenth decimo decima",
)
_ORDINAL_NUMBERS = {word: number for number, line in enumerate(_ORDINALS, 1) for word in line.split()}
_ROMAN = {"I": 1, "V": 5, "X": 10}
_NUMERAL = re.compile(r"\b(?!I\b)[IVX]+\b")  # "I" alone is a word as well
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_YEARS = range(1900, 2100)
_MIN_SIMILARITY = 0.7
"""Minimum share of common words of two similar titles, by weight, from 0 to 1."""
_MIN_CONTAINED_WEIGHT = 1.5
"""Minimum weight of a title that matches a longer one containing all its words."""


class ComparableTitle(NamedTuple):
    """The words of a title in one language: weight of each stem, stems of its topic, numbers in it."""

    weights: Mapping[str, float]
    topic_stems: frozenset[str]
    numbers: frozenset[int]


@lru_cache(maxsize=16_384)
def comparable_title(text: str) -> ComparableTitle:
    """Return the words of a title, without years (dates have them)."""
    weights: dict[str, float] = {}
    topic: set[str] = set()
    roman = {numeral.lower(): _roman_value(numeral) for numeral in _NUMERAL.findall(text)}
    numbers = set(roman.values())
    for word in _TOKEN.findall(normalize_name(text)):
        if word.isdigit():
            numbers.add(int(word[:9]))
        elif word in _ORDINAL_NUMBERS:
            numbers.add(_ORDINAL_NUMBERS[word])
        elif len(word) > 1 and word not in STOP_WORDS and word not in roman:
            stem = _stem(word)
            weights[stem] = 0.5 if word in _COMMON_WORDS else 1.0
            if word not in _COMMON_WORDS and word not in _EVENT_TYPE_WORDS and len(word) > 2:
                topic.add(stem)
    return ComparableTitle(weights, frozenset(topic), frozenset(numbers.difference(_YEARS)))


def _roman_value(numeral: str) -> int:
    values = [*(_ROMAN[digit] for digit in numeral), 0]
    return sum(-value if value < following else value for value, following in pairwise(values))


def _stem(word: str) -> str:
    if word.endswith("ies"):  # cities, policies
        word = word[:-3] + "y"
    elif len(word) > 3 and word[-1] in "sx":
        word = word[:-1]
    if len(word) > 4 and word[-1] in "aeo":  # pacte, pacto
        word = word[:-1]
    return word[:_STEM_LENGTH]


def are_similar_titles(first: Iterable[ComparableTitle], second: Iterable[ComparableTitle]) -> bool:
    """Tell whether two titles, each given in all its languages, probably name the same moment."""
    return any(_is_similar(a, b) for a, b in _comparable_pairs(first, second))


def share_topic(first: Iterable[ComparableTitle], second: Iterable[ComparableTitle]) -> bool:
    """Tell whether two titles share a topic word and no number or distinguishing word differs."""
    return any(a.topic_stems & b.topic_stems for a, b in _comparable_pairs(first, second))


def _comparable_pairs(
    first: Iterable[ComparableTitle], second: Iterable[ComparableTitle]
) -> Iterator[tuple[ComparableTitle, ComparableTitle]]:
    """Return all pairs of the languages of two titles; none if a number or a distinguishing word differs."""
    pairs = [(a, b) for a in first for b in second]
    for a, b in pairs:
        if a.numbers and b.numbers and a.numbers.isdisjoint(b.numbers):
            return  # the third session is not the fourth
        different = (a.weights.keys() ^ b.weights.keys()) & _DISTINGUISHING_STEMS
        if different and a.weights.keys() & b.weights.keys():
            return
    yield from pairs


def _is_similar(first: ComparableTitle, second: ComparableTitle) -> bool:
    shared = sum(min(weight, second.weights[stem]) for stem, weight in first.weights.items() if stem in second.weights)
    least, most = sorted((sum(first.weights.values()), sum(second.weights.values())))
    if not shared or (first.topic_stems and second.topic_stems and first.topic_stems.isdisjoint(second.topic_stems)):
        return False
    return 2 * shared / (least + most) >= _MIN_SIMILARITY or (shared == least >= _MIN_CONTAINED_WEIGHT)


@lru_cache(maxsize=16_384)
def town_keys(name: str) -> tuple[str, ...]:
    """Return keys for grouping spellings of a town: first consonants and digits of each part between commas.

    Barcelone and Barcelona, Marrakech and Marrakesh share a key. Different towns may too: compare them afterwards
    with ``are_similar_towns``.
    """
    parts = (normalize_name(part) for part in re.split(r"[,;()/]", name))
    return tuple(dict.fromkeys(_town_key(part) for part in parts if part))


def _town_key(word: str) -> str:
    letters = re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiou\d-]", "", word[1:]))
    return word[0] + letters[:2] + re.sub(r"\D", "", word[1:])


@lru_cache(maxsize=16_384)
def are_similar_towns(first: str, second: str) -> bool:
    """Tell whether two names may be the same town: nearly the same letters, or one inside the other."""
    a, b = normalize_name(first), normalize_name(second)
    if a == b or f"-{a}-" in f"-{b}-" or f"-{b}-" in f"-{a}-":
        return True
    from difflib import SequenceMatcher  # slow to import, rarely needed

    # Barcelone and Barcelona are alike to 0.89, Vienne and Viena to 0.73, Milano and Malaga to 0.5.
    return SequenceMatcher(a=a, b=b, autojunk=False).ratio() >= 0.7


def may_be_same_town(first: str | Mapping[str, str], second: str | Mapping[str, str]) -> bool:
    """Tell whether two places may be the same town: their names are similar, or have no language in common."""
    if isinstance(first, Mapping) and isinstance(second, Mapping) and not first.keys() & second.keys():
        return True
    left, right = ([text] if isinstance(text, str) else list(text.values()) for text in (first, second))
    return any(are_similar_towns(a, b) for a in left for b in right)
