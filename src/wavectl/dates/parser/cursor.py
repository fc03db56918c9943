"""A place in the tokens of a text, which moves on with what is read and remembers how far it ever came."""

from __future__ import annotations

from collections.abc import Container, Mapping

from wavectl.dates.parser.errors import WordsError, stumbled
from wavectl.dates.parser.tokens import Token, tokens
from wavectl.dates.parser.vocabulary import Phrases


class Cursor:
    """The tokens of a text and the next one to read. Whoever tries a reading in vain goes ``back``."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens(text)
        self.at = 0
        self.furthest = 0  # what stands there is what could not be read

    @property
    def now(self) -> Token:
        """The next token."""
        return self.tokens[self.at]

    @property
    def following(self) -> Token:
        """The one behind the next."""
        return self.tokens[min(self.at + 1, len(self.tokens) - 1)]

    def step(self, count: int = 1) -> Token:
        """Return the next token and go on."""
        token = self.now
        self.at = min(self.at + count, len(self.tokens) - 1)
        self.furthest = max(self.furthest, self.at)
        return token

    def back(self, place: int) -> None:
        """Go back to a place."""
        self.at = place

    def restart(self) -> None:
        """Go back to the start and forget how far a first try came."""
        self.at = self.furthest = 0

    def phrase(self, phrases: Phrases) -> bool:
        """Read one of some phrases, the longest that stands here; tell whether there was one."""
        for words in phrases.get(self.now.key, ()):
            found = self.tokens[self.at : self.at + len(words)]
            if all(token.kind in ("word", "mark") for token in found) and tuple(token.key for token in found) == words:
                self.step(len(words))
                return True
        return False

    def mark(self, *keys: str, glued: bool = False) -> bool:
        """Read one of some marks; with ``glued`` only without a space on either side."""
        if self.now.kind != "mark" or self.now.key not in keys:
            return False
        if glued and not (self.now.glued and self.following.glued):
            return False
        self.step()
        return True

    def word(self, words: Container[str]) -> str:
        """Read one of some words and return it; "" where there is none."""
        return self.step().key if self.now.kind == "word" and self.now.key in words else ""

    def named(self, numbers: Mapping[str, int]) -> int | None:
        """Read one of some words that stand for a number."""
        word = self.word(numbers)
        return numbers[word] if word else None

    def number(self, *lengths: int, glued: bool = False) -> int | None:
        """Read a number of so many digits, no ordinal."""
        token = self.now
        if token.kind != "number" or len(token.key) not in lengths or (glued and not token.glued):
            return None
        return int(self.step().key)

    def words(self, begin: int) -> str:
        """Return the text from the token at ``begin`` to here, as it was written."""
        return self.text[self.tokens[begin].begin : self.tokens[max(self.at - 1, begin)].end]

    def stumbled(self) -> WordsError:
        """Return the error of a text that cannot be read further than here."""
        token = self.tokens[self.furthest]
        return stumbled(self.text.strip(), token.key, token.raw)
