"""Dates as people write them in French, English and Spanish, and the EDTF that they mean.

``read`` names the EDTF of "14 au 17 septembre 2017", "1st Monday of October 2018" or "fin 2018", for hints and for
import. It never guesses in silence: what it has to assume it says, and what it cannot read it refuses with the part
it stumbled on. Pure: no clock, no language setting; the languages share one vocabulary.

The way of a text, no step back; the upper line reads what it says, the lower one finds what that means::

    text -> tokens -> cursor -> calendar, numeric, clocks (by the vocabulary of names) -> pieces -> grammar
         -> said -> dated (months and years that are left out), stretches, hours -> meaning -> Reading
"""

from __future__ import annotations

from functools import lru_cache

from wavectl.dates import edtf
from wavectl.dates.parser.grammar import parse_phrase
from wavectl.dates.parser.interpret import YEAR_ASSUMED, ParsedDate, interpret_phrase
from wavectl.dates.parser.phrase import POSTPONED_HINT, DatePhraseError
from wavectl.diagnostics import Message, msg, quoted

__all__ = ["MAX_LENGTH", "POSTPONED_HINT", "YEAR_ASSUMED", "DatePhraseError", "ParsedDate", "parse_date"]

MAX_LENGTH = 200
"""How many characters a date in words may have."""
_MAX_YEAR_SPAN = 10
"""How many years may lie between those of "2020-21"."""


@lru_cache(maxsize=4096)
def parse_date(text: str, *, default_year: int | None = None) -> ParsedDate:
    """Return what a date in words means; what is EDTF already is returned in its normal form.

    ``year`` is taken where none is written, with a doubt. Raise ``WordsError`` for what cannot be read.
    """
    if len(text) > MAX_LENGTH:
        part = text[:40]
        raise DatePhraseError(
            msg("{words} is too long for a date", words=quoted(text)), msg("write the date alone: 2017-11-02"), part
        )
    try:
        return _parse_edtf(text) or interpret_phrase(
            parse_phrase(text.strip(" *")), text.strip(), default_year
        )  # *TBC* is TBC
    except edtf.DateError as error:
        hint = error.hint or msg("write 2017-11-02, 2017-11-02/2017-11-03, 2018-03, 2018 or unknown")
        raise DatePhraseError(error.message, hint, text.strip()) from error


def _parse_edtf(text: str) -> ParsedDate | None:
    """Return the reading of a text that is EDTF; "2020-21" may be two years all the same."""
    try:
        when = edtf.parse(text)
    except edtf.DateError:
        return None
    return ParsedDate(when.text, None, not (doubts := _season_doubt(when)), doubts)


def _season_doubt(when: edtf.When) -> tuple[Message, ...]:
    """Return the doubt of a season whose number may be the end of a school or budget year."""
    if when.form is not edtf.DateForm.SINGLE or when.start is None or when.precision is not edtf.Precision.SEASON:
        return ()
    year, season = int(when.text[:4]), int(when.text[5:7])
    if not 0 < season - year % 100 <= _MAX_YEAR_SPAN:
        return ()
    years = f"{year}/{year // 100}{season}"
    return (msg("{date} is a season; write the two years as {years}", date=when.text, years=years),)
