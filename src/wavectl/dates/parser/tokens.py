"""Split a text into tokens: numbers, words, times of day and punctuation marks.

Case, accents, and kinds of spaces, dashes and apostrophes do not matter. Each token keeps its position in the
original text, for messages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple, TypeVar

from wavectl.dates.parser.phrase import DatePhraseError, unexpected_text_error
from wavectl.dates.parser.vocabulary import PhraseTable

T = TypeVar("T")


class Token(NamedTuple):
    """A token. ``begin`` and ``end`` (exclusive) are its position in the original text, ``raw``.

    ``kind`` is ``number`` (``value``: digits), ``ordinal`` (digits of 1er, 2nd, 3º), ``word``, ``clock``, ``am`` or
    ``pm`` (``value``: HH:MM or HH:MM:SS), ``mark`` or ``end``. ``adjacent``: there is no space before it.
    """

    kind: str
    value: str
    raw: str
    begin: int
    end: int
    adjacent: bool = False


_DASHES = dict.fromkeys("‐‑‒–—―−⁃﹘→", "-")
_REPLACEMENTS = {**_DASHES, **dict.fromkeys("’‘ʼ′`´", "'"), "⁄": "/"}
_INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\u00ad\ufeff")
_CLOCK_WORDS = {
    **dict.fromkeys(("noon", "midday", "midi", "mediodia"), "12:00"),
    **dict.fromkeys(("midnight", "minuit", "medianoche"), "24:00"),
}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"""(?P<space>\s+)
        |(?P<half>(?P<h1>\d{1,2})(?:[:.](?P<m1>\d\d))?\s?(?P<ap>[ap])\.?\s?m(?![a-z])\.?)
        |(?P<hours>(?P<h2>\d{1,2})(?:[:.](?P<m2>\d\d))?\s?h(?:eures?|oras?|rs?|s)?(?![a-z])\.?
            (?:(?<=h)(?P<m3>\d\d)(?!\d)|(?:(?<=h)|(?<=heures))\s(?P<m4>\d\d)(?!\s?[h:\d]|/(?!\d\d?\s?h)))?)
        |(?P<clock>(?P<h3>\d{1,2}):(?P<rest>\d\d(?::\d\d)?)(?!\d))
        |(?P<ordinal>(?P<day>\d{1,2})(?:\s?(?:st|nd|rd|th|er)|\.er|ers|eres?|re|e|emes?
            |nde?|de?|\.?[oa]s?|°|d[oa]|t[oa]|r[oa]|[mv][oa])(?![a-z])\.?)
        |(?P<number>\d+)
        |(?P<initials>t\.\s?b\.\s?[acd]\.?)
        |(?P<word>apres[-\ ]midi|[a-z]+\.?)
        |(?P<apostrophe>'(?!\d\d(?!\d)))
        |(?P<other>[^\s\x00-\x7f]+|.)""",
        re.ASCII | re.VERBOSE | re.DOTALL,
    )


def tokenize(text: str) -> list[Token]:
    """Return the tokens of a text and a final ``end`` token; apostrophes inside words are dropped."""
    normalized, offsets = _normalize(text)
    return [*_split(normalized, text, offsets), Token("end", "", "", len(text), len(text))]


def _normalize(text: str) -> tuple[str, list[int]]:
    """Return the text in lower case without accents, and the original offset of each of its characters."""
    characters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        if character in _INVISIBLE:
            continue
        for part in unicodedata.normalize("NFKD", _REPLACEMENTS.get(character, character)).casefold():
            if not unicodedata.combining(part):
                characters.append(" " if part.isspace() else _REPLACEMENTS.get(part, part))
                offsets.append(offset)
    return "".join(characters), [*offsets, len(text)]


def _split(normalized: str, text: str, offsets: list[int]) -> Iterator[Token]:
    adjacent = False
    for match in _pattern().finditer(normalized):
        kind = match.lastgroup or ""
        if kind in ("space", "apostrophe"):
            adjacent &= kind == "apostrophe"
            continue
        begin, end = offsets[match.start()], offsets[match.end() - 1] + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        token_kind, value = _classify(kind, match)
        yield Token(token_kind, value, text[begin:end], begin, end, adjacent)
        adjacent = True


def _classify(kind: str, match: re.Match[str]) -> tuple[str, str]:
    text = match[0]
    match kind:
        case "half":
            hour = int(match["h1"])
            if not 1 <= hour <= 12:
                return "mark", f"{hour}{match['ap']}m"
            return f"{match['ap']}m", f"{hour % 12 + 12 * (match['ap'] == 'p'):02}:{match['m1'] or '00'}"
        case "hours":
            return "clock", f"{int(match['h2']):02}:{match['m2'] or match['m3'] or match['m4'] or '00'}"
        case "clock":
            return "clock", f"{int(match['h3']):02}:{match['rest']}"
        case "ordinal":
            return "ordinal", match["day"]
        case "initials":
            return "word", re.sub(r"[^a-z]", "", text)
        case "word":
            word = text.rstrip(".").replace(" ", "-")
            return ("clock", _CLOCK_WORDS[word]) if word in _CLOCK_WORDS else ("word", word)
    return ("number", text) if kind == "number" else ("mark", text)


class Cursor:
    """The tokens of a text and the position of the next one; ``attempt`` goes back if a reader fails."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokenize(text)
        self.position = 0
        self.furthest = 0  # the token that an error names

    @property
    def current(self) -> Token:
        """The next token."""
        return self.tokens[self.position]

    @property
    def lookahead(self) -> Token:
        """The token after the next."""
        return self.tokens[min(self.position + 1, len(self.tokens) - 1)]

    def advance(self, count: int = 1) -> Token:
        """Return the next token and move on."""
        token = self.current
        self.position = min(self.position + count, len(self.tokens) - 1)
        self.furthest = max(self.furthest, self.position)
        return token

    def attempt(self, read: Callable[[Cursor], T | None], *, quiet: bool = False) -> T | None:
        """Return what ``read`` reads here; if that is None or False, go back. ``quiet``: an error is not there."""
        position, furthest = self.position, self.furthest
        found = read(self)
        if found is None or found is False:
            self.position, self.furthest = position, furthest if quiet else self.furthest
        return found

    def read_phrase(self, table: PhraseTable) -> bool:
        """Read the longest matching phrase of a table; tell whether there was one."""
        for words in table.get(self.current.value, ()):
            tokens = self.tokens[self.position : self.position + len(words)]
            if words == tuple(token.value for token in tokens if token.kind in ("word", "mark")):
                self.advance(len(words))
                return True
        return False

    def read_table(self, table: PhraseTable | frozenset[str] | Mapping[str, int]) -> int | str | None:
        """Read a phrase, a word or a word with a number, as the table has it; None if there is none."""
        if isinstance(table, PhraseTable):
            return self.read_phrase(table) or None
        return self.read_word(table) or None if isinstance(table, frozenset) else self.read_number_word(table)

    def read_mark(self, *marks: str, adjacent: bool = False) -> bool:
        """Read one of some marks; ``adjacent`` allows no space on either side."""
        if self.current.kind != "mark" or self.current.value not in marks:
            return False
        if adjacent and not (self.current.adjacent and self.lookahead.adjacent):
            return False
        self.advance()
        return True

    def read_word(self, words: Container[str]) -> str:
        """Read one of some words and return it, else ""."""
        return self.advance().value if self.current.kind == "word" and self.current.value in words else ""

    def read_number_word(self, numbers: Mapping[str, int]) -> int | None:
        """Read a word that has a number, such as the name of a month."""
        word = self.read_word(numbers)
        return numbers[word] if word else None

    def read_number(self, *lengths: int) -> int | None:
        """Read a number (not an ordinal) whose count of digits is one of ``lengths``."""
        token = self.current
        if token.kind != "number" or len(token.value) not in lengths:
            return None
        return int(self.advance().value)

    def text_since(self, begin: int) -> str:
        """Return the original text from the token at ``begin`` up to the current position."""
        return self.text[self.tokens[begin].begin : self.tokens[max(self.position - 1, begin)].end]

    def syntax_error(self) -> DatePhraseError:
        """Return the error that names the furthest token reached."""
        token = self.tokens[self.furthest]
        if token.kind == "end" and self.furthest and self.tokens[self.furthest - 1].raw == "EST":  # not "est"
            token = self.tokens[self.furthest - 1]
        return unexpected_text_error(self.text.strip(), token.value, token.raw)
