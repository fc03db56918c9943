"""A text cut into the tokens that dates are made of: numbers, words, times of day and marks.

Small and capital letters, accents, kinds of spaces, dashes and apostrophes make no difference. Each token keeps
its place in the text as it was written, for messages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from wavectl.dates.parser.phrase import DatePhraseError, unexpected_text_error
from wavectl.dates.parser.vocabulary import PhraseTable


class Token(NamedTuple):
    """A piece of text. ``begin`` and ``end`` are its place in the text as written, the end exclusive.

    ``kind`` is ``number`` (``key``: its digits), ``ordinal`` (the same of 1er, 2nd, 3º), ``word``, ``clock`` (``key``:
    HH:MM or HH:MM:SS), ``mark`` or ``end``; the clock of ``am`` and of ``pm`` has that kind. ``glued``: no space
    stands before it. ``raw`` is the text as written.
    """

    kind: str
    value: str
    raw: str
    begin: int
    end: int
    adjacent: bool = False

    @property
    def is_clock(self) -> bool:
        """Whether it is a time of day."""
        return self.kind in ("clock", "am", "pm")


_DASHES = dict.fromkeys("‐‑‒–—―−⁃﹘→", "-")
_REPLACEMENTS = {**_DASHES, **dict.fromkeys("’‘ʼ′`´", "'"), "⁄": "/"}
_INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\u00ad\ufeff")
_NOON_WORDS = frozenset(("noon", "midday", "midi", "mediodia"))


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"""(?P<space>\s+)
        |(?P<half>(?P<h1>\d{1,2})(?:[:.](?P<m1>\d\d))?\s?(?P<ap>[ap])\.?\s?m(?![a-z])\.?)
        |(?P<hours>(?P<h2>\d{1,2})(?:[:.](?P<m2>\d\d))?\s?h(?:eures?|oras?|rs?|s)?(?![a-z])\.?
            (?:(?<=h)(?P<m3>\d\d)(?!\d)|(?:(?<=h)|(?<=heures))\s(?P<m4>\d\d)(?!\s?[h:\d]|/(?!\d\d?\s?h)))?)
        |(?P<clock>(?P<h3>\d{1,2}):(?P<rest>\d\d(?::\d\d)?)(?!\d))
        |(?P<ordinal>(?P<day>\d{1,2})(?:\s?(?:st|nd|rd|th|er)|ers|eres?|e|emes?|nde?|\.?[oa]s?|°|do|da|to|ta|ro|ra)(?![a-z]))
        |(?P<number>\d+)
        |(?P<initials>t\.\s?b\.\s?[acd]\.?)
        |(?P<word>apres[-\ ]midi|[a-z]+\.?)
        |(?P<apostrophe>'(?!\d\d(?!\d)))
        |(?P<other>[^\s\x00-\x7f]+|.)""",
        re.ASCII | re.VERBOSE | re.DOTALL,
    )


def tokenize(text: str) -> list[Token]:
    """Return the tokens of a text, with one of kind ``end`` behind them; apostrophes of words are left out."""
    plain, places = _normalize(text)
    return [*_split(plain, text, places), Token("end", "", "", len(text), len(text))]


def _normalize(text: str) -> tuple[str, list[int]]:
    """Return the text in plain letters, and for each of its characters the place it comes from."""
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if character in _INVISIBLE:
            continue
        for part in unicodedata.normalize("NFKD", _REPLACEMENTS.get(character, character)).casefold():
            if not unicodedata.combining(part):
                characters.append(" " if part.isspace() else _REPLACEMENTS.get(part, part))
                places.append(place)
    return "".join(characters), [*places, len(text)]


def _split(normalized: str, text: str, offsets: list[int]) -> Iterator[Token]:
    glued = False
    for match in _pattern().finditer(normalized):
        kind = match.lastgroup or ""
        if kind in ("space", "apostrophe"):
            glued &= kind == "apostrophe"
            continue
        begin, end = offsets[match.start()], offsets[match.end() - 1] + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        name, key = _classify(kind, match)
        yield Token(name, key, text[begin:end], begin, end, glued)
        glued = True


def _classify(kind: str, match: re.Match[str]) -> tuple[str, str]:
    """Return the kind and the key of a token."""
    found = match[0]
    if kind == "half":
        return _twelve_hour_token(int(match["h1"]), match["m1"] or "00", match["ap"])
    if kind == "hours":
        minute = match["m2"] or match["m3"] or match["m4"] or "00"
        return "clock", f"{int(match['h2']):02}:{minute}"
    if kind == "clock":
        return "clock", f"{int(match['h3']):02}:{match['rest']}"
    if kind == "ordinal":
        return "ordinal", match["day"]
    if kind == "initials":
        return "word", re.sub(r"[^a-z]", "", found)
    if kind == "word":
        word = found.rstrip(".").replace(" ", "-")
        return ("clock", "12:00") if word in _NOON_WORDS else ("word", word)
    return ("number", found) if kind == "number" else ("mark", found)


def _twelve_hour_token(hour: int, minute: str, letter: str) -> tuple[str, str]:
    """Return a time of day from a clock of twelve hours."""
    if not 1 <= hour <= 12:
        return "mark", f"{hour}{letter}m"
    return f"{letter}m", f"{hour % 12 + (12 if letter == 'p' else 0):02}:{minute}"


class Cursor:
    """The tokens of a text and the next one to read. Whoever tries a reading in vain goes ``back``."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokenize(text)
        self.position = 0
        self.furthest = 0  # what stands there is what could not be read

    @property
    def current(self) -> Token:
        """The next token."""
        return self.tokens[self.position]

    @property
    def lookahead(self) -> Token:
        """The one behind the next."""
        return self.tokens[min(self.position + 1, len(self.tokens) - 1)]

    def advance(self, count: int = 1) -> Token:
        """Return the next token and go on."""
        token = self.current
        self.position = min(self.position + count, len(self.tokens) - 1)
        self.furthest = max(self.furthest, self.position)
        return token

    def go_back(self, position: int) -> None:
        """Go back to a place."""
        self.position = position

    def restart(self) -> None:
        """Go back to the start and forget how far a first try came."""
        self.position = self.furthest = 0

    def read_phrase(self, table: PhraseTable) -> bool:
        """Read one of some phrases, the longest that stands here; tell whether there was one."""
        for words in table.get(self.current.value, ()):
            found = self.tokens[self.position : self.position + len(words)]
            if (
                all(token.kind in ("word", "mark") for token in found)
                and tuple(token.value for token in found) == words
            ):
                self.advance(len(words))
                return True
        return False

    def read_mark(self, *keys: str, adjacent: bool = False) -> bool:
        """Read one of some marks; with ``glued`` only without a space on either side."""
        if self.current.kind != "mark" or self.current.value not in keys:
            return False
        if adjacent and not (self.current.adjacent and self.lookahead.adjacent):
            return False
        self.advance()
        return True

    def read_word(self, words: Container[str]) -> str:
        """Read one of some words and return it; "" where there is none."""
        return self.advance().value if self.current.kind == "word" and self.current.value in words else ""

    def read_number_word(self, numbers: Mapping[str, int]) -> int | None:
        """Read one of some words that stand for a number."""
        word = self.read_word(numbers)
        return numbers[word] if word else None

    def read_number(self, *lengths: int, adjacent: bool = False) -> int | None:
        """Read a number of so many digits, no ordinal."""
        token = self.current
        if token.kind != "number" or len(token.value) not in lengths or (adjacent and not token.adjacent):
            return None
        return int(self.advance().value)

    def text_since(self, begin: int) -> str:
        """Return the text from the token at ``begin`` to here, as it was written."""
        return self.text[self.tokens[begin].begin : self.tokens[max(self.position - 1, begin)].end]

    def syntax_error(self) -> DatePhraseError:
        """Return the error of a text that cannot be read further than here."""
        token = self.tokens[self.furthest]
        return unexpected_text_error(self.text.strip(), token.value, token.raw)
