"""How alike two titles are, and two names of towns, in French, English and Spanish alike.

Words are compared by how they open, so that plurals, feminines and much of what two languages share fall together.
Simple on purpose: what is found here is a question to a person, who knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from wavectl.text.suggest import plain


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_STEM = 5
"""How many letters two words open with alike to count as one: migra-tion, migra-ciones, migra-nts."""
SMALL = _words(
    "a al and at au aux avec by con contre d dans das de del des du e el eme en entre er ere et for from in into l la "
    "las le les lo los mas nd nde of on or ou par para plus por pour qu que rd re s sans ses sin sobre st su sur sus "
    "th the their to towards un una une vers with y"
)
"""Words that titles share whatever they are about."""
_BROAD = _words(
    "2030 agenda cglu cities city ciudad ciudades communities dialogo dialogue general generale global gobierno "
    "gobiernos gouvernement gouvernements government governments internacional international internationale local "
    "locale locales locaux mondial mondiale mundial municipal nacion naciones national nationale nations onu policies "
    "policy politica politicas politique politiques programme red region regional regionale reseau uclg un unidas "
    "unies united urbain urbaine urban urbano ville villes world"
)
"""Words that half of the titles of such plans have: they count for half."""
_SORT = _words(
    "anniversaire anniversary asamblea assemblee assembly atelier campagne campaign campana ceremonie ceremony comite "
    "commission committee conference conferencia congres congreso congress conseil consejo consulta consultation "
    "council cumbre day debat debate dia evenement event evento foro forum informe jornada journee journees lancement "
    "lanzamiento launch meeting meetings mission presentacion presentation rapport report reunion reuniones semaine "
    "semana seminaire seminar seminario sesion session sommet summit taller training webinar week working workshop"
)
"""What a moment is, rather than what it is about: on its own it says nothing."""
_APART = frozenset(("follo", "paral", "prepa", "segui", "side", "suivi"))
"""Stems of words that make another moment of it where only one of two has them: side event, réunion préparatoire."""
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
_NUMBERS: Mapping[str, int] = {word: number for number, line in enumerate(_ORDINALS, 1) for word in line.split()}
_ROMAN = {"I": 1, "V": 5, "X": 10}
_NUMERAL = re.compile(r"\b(?!I\b)[IVX]+\b")  # "I" alone is a word as well
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_YEARS = range(1900, 2100)
_ALIKE = 0.7
"""How much of their words two titles share at least, from 0 to 1, each word by its weight."""
_CONTAINED = 1.5
"""What the words of a title weigh at least that counts as the same when all of them stand in a longer one."""


class Title(NamedTuple):
    """The words of a title in one language: the weight of each stem, those that say what it is about, its numbers."""

    weights: Mapping[str, float]
    about: frozenset[str]
    numbers: frozenset[int]

    @property
    def weight(self) -> float:
        """What all of its words weigh together."""
        return sum(self.weights.values())


@lru_cache(maxsize=16_384)
def title(text: str) -> Title:
    """Return the words of a title. Years are left out: dates say them."""
    weights: dict[str, float] = {}
    about: set[str] = set()
    roman = {numeral.lower(): _value(numeral) for numeral in _NUMERAL.findall(text)}
    numbers = set(roman.values())
    for word in _TOKEN.findall(plain(text)):
        if word.isdigit():
            numbers.add(int(word[:9]))
        elif word in _NUMBERS:
            numbers.add(_NUMBERS[word])
        elif len(word) > 1 and word not in SMALL and word not in roman:
            stem = _stem(word)
            weights[stem] = 0.5 if word in _BROAD else 1.0
            if word not in _BROAD and word not in _SORT and len(word) > 2:
                about.add(stem)
    return Title(weights, frozenset(about), frozenset(numbers.difference(_YEARS)))


def _value(numeral: str) -> int:
    """Return what a Roman numeral stands for."""
    values = [_ROMAN[sign] for sign in numeral]
    return sum(-one if one < after else one for one, after in zip(values, (*values[1:], 0), strict=True))


def _stem(word: str) -> str:
    if word.endswith("ies"):  # cities, policies
        word = word[:-3] + "y"
    elif len(word) > 3 and word[-1] in "sx":
        word = word[:-1]
    if len(word) > 4 and word[-1] in "aeo":  # pacte, pacto
        word = word[:-1]
    return word[:_STEM]


def alike(one: Iterable[Title], other: Iterable[Title]) -> bool:
    """Tell whether two titles, each in all the languages it is written in, are likely of one moment."""
    return any(_same(a, b) for a, b in _pairs(one, other))


def touch(one: Iterable[Title], other: Iterable[Title]) -> bool:
    """Tell whether two titles share a word that says what they are about, and nothing keeps them apart."""
    return any(a.about & b.about for a, b in _pairs(one, other))


def _pairs(one: Iterable[Title], other: Iterable[Title]) -> Iterator[tuple[Title, Title]]:
    """Return the wordings of two titles, each with each; none where one of them keeps the two apart."""
    pairs = [(a, b) for a in one for b in other]
    for a, b in pairs:
        if a.numbers and b.numbers and a.numbers.isdisjoint(b.numbers):
            return  # the third session is not the fourth
        if (a.weights.keys() & _APART) != (b.weights.keys() & _APART) and a.weights.keys() & b.weights.keys():
            return
    yield from pairs


def _same(one: Title, other: Title) -> bool:
    shared = sum(min(weight, other.weights[stem]) for stem, weight in one.weights.items() if stem in other.weights)
    least, most = sorted((one.weight, other.weight))
    if not shared or (one.about and other.about and one.about.isdisjoint(other.about)):
        return False
    return 2 * shared / (least + most) >= _ALIKE or (shared == least >= _CONTAINED)


# -- towns


@lru_cache(maxsize=16_384)
def town_keys(name: str) -> tuple[str, ...]:
    """Return what the names of one town have in common: of each part between commas, the first consonants, and digits.

    Barcelone and Barcelona, Marrakech and Marrakesh differ behind those; so do some other towns, which are told apart
    when they are compared.
    """
    parts = (plain(part) for part in re.split(r"[,;()/]", name))
    return tuple(dict.fromkeys(_bones(part) for part in parts if part))


def _bones(word: str) -> str:
    letters = re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiou\d-]", "", word[1:]))
    return word[0] + letters[:2] + re.sub(r"\D", "", word[1:])


@lru_cache(maxsize=16_384)
def like_town(one: str, other: str) -> bool:
    """Tell whether two names may be of one town: the same but for a slip or a language, or one inside the other."""
    a, b = plain(one), plain(other)
    if a == b or f"-{a}-" in f"-{b}-" or f"-{b}-" in f"-{a}-":
        return True
    from difflib import SequenceMatcher  # few runs need it

    # Barcelone and Barcelona are alike to 0.89, Vienne and Viena to 0.73, Milano and Malaga to 0.5.
    return SequenceMatcher(a=a, b=b, autojunk=False).ratio() >= 0.7


def same_town(one: str | Mapping[str, str], other: str | Mapping[str, str]) -> bool:
    """Tell whether two places may be one town: their names are alike, or no language is there to compare them in."""
    if isinstance(one, Mapping) and isinstance(other, Mapping) and not one.keys() & other.keys():
        return True
    left, right = ([text] if isinstance(text, str) else list(text.values()) for text in (one, other))
    return any(like_town(a, b) for a in left for b in right)
