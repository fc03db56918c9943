"""A place in the tokens of a text, which moves on with what is read and remembers how far it ever came."""

from __future__ import annotations

from collections.abc import Container, Mapping

from wavectl.dates.parser.errors import DatePhraseError, unexpected_text_error
from wavectl.dates.parser.tokens import Token, tokenize
from wavectl.dates.parser.vocabulary import PhraseTable


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
