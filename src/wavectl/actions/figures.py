"""Read how many people came, as reports write it: "~50", "20-30", "70+", "jusqu'à 50", "más de 1.000"."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple


class Figure(NamedTuple):
    """A number of people: from ``low`` to ``high``, both included; ``high`` is None where only the least is known."""

    low: int
    high: int | None

    @property
    def is_open(self) -> bool:
        """Whether only the least is known: "70+"."""
        return self.high is None


_NUMBER = (
    r"\d{1,3}(?:[ .,']\d{3})+(?!\d)(?: ?(?:mil|thousand|mille|k|millions?|millon(?:es)?)\b)?"
    r"|\d+(?:[.,]\d+)?(?: ?(?:mil|thousand|mille|k|millions?|millon(?:es)?)\b)?"
)
_NUMBERS = re.compile(_NUMBER)
_SCALES = {"mil": 1000, "thousand": 1000, "mille": 1000, "k": 1000}
_PEOPLE = re.compile(
    r"\b(people|persons?|participants?|participantes?|attend(?:ees|ants)|asistentes?|personnes?|personas?"
    r"|habitante?s?|citizens?|citoyen(?:ne)?s?|ciudadan[oa]s?|visitors?|visiteurs?|visitantes?|students?|pax"
    r"|inscrit(?:e)?s|inscrit[oa]s|present(?:e)?s|guests?|invit(?:es|ad[oa]s))\b|\(s\)"
)


def _any_of(*forms: str) -> str:
    """Return the pattern of one of some forms; an underscore is an optional space."""
    return f"(?:{'|'.join(forms)})".replace("_", " ?")


_ABOUT = _any_of(
    *("~_", "≈_", "±_", r"(?:ca?|aprox|approx|env)\._", "circa ", "about ", "around ", "approximately ", "roughly "),
    *(
        "some ",
        "environ ",
        "autour de ",
        "quelque ",
        "unos ",
        "unas ",
        "alrededor de ",
        "aproximadamente ",
        "cerca de ",
    ),
    "",
)
_LEAST = _any_of(
    *(">=?_", "≥_", r"\+_", "more than ", "greater than ", "over ", "at least ", r"min(?:imum|imo)?\.?_(?:de )?"),
    *("plus de ", "au moins ", "mas de ", "al menos ", "por lo menos ", "desde ", "from ", "a partir de "),
)
_AND_MORE = _any_of(
    *(r"\+.*", "plus", "(?:and|or) (?:more|growing|over|above)", "(?:et|ou) (?:plus|davantage)", "[yo] mas"),
    r"min(?:imum|imo)?\.?",
)
_MOST = _any_of(
    *("<=?_", "≤_", "up to ", "less than ", "fewer than ", "under ", "at most ", "no more than ", "jusqu'a "),
    *(r"max(?:imum|imo)?\.?_(?:de )?", "moins de ", "au plus ", "hasta ", "menos de ", "como maximo ", "no mas de "),
)
_TO = r"(?:-|/|\.\.+|to|a|and|et|y|through|hasta)"
_RANGE = re.compile(rf"(?:between |entre |from |de )?{_ABOUT}# ?{_TO} ?{_ABOUT}#")
_ONE = re.compile(rf"{_ABOUT}#")
_AT_LEAST = re.compile(rf"{_LEAST}#|{_ABOUT}# ?{_AND_MORE}")
_AT_MOST = re.compile(rf"{_MOST}#|{_ABOUT}# ?(?:max(?:imum|imo)?\.?|au plus|como maximo)")


@lru_cache(maxsize=65_536)
def parse_people(text: str) -> Figure | None:
    """Return the number of people that a text says; None where it says none ("TBD", "sin límite", "9 groups").

    "~50" is 50 to 50, "70+" at least 70, "up to 50" 0 to 50.
    """
    if len(text) > MAX_LENGTH:
        return None
    folded = unicodedata.normalize("NFKD", text.casefold())
    folded = "".join(letter for letter in folded if not unicodedata.combining(letter))
    folded = folded.replace("’", "'").replace("\u202f", " ").translate(_DASHES)
    folded = " ".join(_PEOPLE.sub(" ", folded).split())
    numbers = [_value(number) for number in _NUMBERS.findall(folded)]
    if not numbers or None in numbers or max(map(_known, numbers)) > _LARGEST:
        return None
    skeleton = " ".join(_NUMBERS.sub("#", folded).split()).strip(" .,;:!")
    first, last = _known(numbers[0]), _known(numbers[-1])
    if len(numbers) == 2 and _RANGE.fullmatch(skeleton):
        return Figure(first, last) if first <= last else None
    if len(numbers) > 1:
        return None
    if _ONE.fullmatch(skeleton):
        return Figure(first, first)
    if _AT_LEAST.fullmatch(skeleton):
        return Figure(first, None)
    return Figure(0, first) if _AT_MOST.fullmatch(skeleton) else None


def reported_people(people: str, low: int | None, high: int | None) -> Figure | None:
    """Return the figure of a row: its ``people_low`` and ``people_high``, else what its ``people`` says.

    Without a low figure the least is 0; without a high one the most is unknown.
    """
    if low is None and high is None:
        return parse_people(people) if people else None
    return Figure(low or 0, high)


def add_figures(figures: Iterable[Figure]) -> Figure:
    """Return the sum of figures; the most is unknown if that of one of them is."""
    low, high, is_open = 0, 0, False
    for figure in figures:
        low += figure.low
        high += figure.high or 0
        is_open = is_open or figure.high is None
    return Figure(low, None if is_open else high)


_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
MAX_LENGTH = 200
"""How many characters a figure has at most; longer texts are prose."""
_LARGEST = 999_999_999


def _known(number: int | None) -> int:
    return number or 0


def _value(number: str) -> int | None:
    """Return the number that digits, and a word such as "million", say; None for a part of a person."""
    digits = re.match(r"[\d., ']*\d", number)
    written = digits.group() if digits else ""
    word = number[len(written) :].strip()
    scale = _SCALES.get(word, 1_000_000) if word else 1
    grouped = re.fullmatch(r"\d{1,3}([ .,']\d{3})+", written)
    value = float(re.sub(r"\D", "", written) if grouped else written.replace(",", ".")) * scale
    return round(value) if abs(value - round(value)) < 1e-6 else None
