"""What is said of words that cannot be read as a date."""

from __future__ import annotations

from wavectl.dates.parser import vocabulary
from wavectl.diagnostics import Message, msg, phrase, quoted

POSTPONED_HINT = phrase("write postponed or cancelled behind status:, and keep the date that was planned in when:")
"""The cure for words that tell no date, but that the moment is put off or called off."""


class DatePhraseError(ValueError):
    """Words that are no date, with the fault, the cure, and the part that could not be read, as it was written."""

    def __init__(self, message: Message, hint: Message, unreadable_part: str) -> None:
        super().__init__(str(message))
        self.message, self.hint, self.unreadable_part = message, hint, unreadable_part


def unexpected_text_error(text: str, word: str, unreadable_part: str) -> DatePhraseError:
    """Return the error for a text that could be read up to ``part``, which is ``word`` in plain letters.

    ``part`` is empty where the text ends too early.
    """
    if not unreadable_part:
        message = msg("{words} stops before the date is complete", words=quoted(text))
        return DatePhraseError(message, _date_format_hint(), text.strip())
    if unreadable_part == text.strip():
        message = msg("{words} cannot be read as a date", words=quoted(unreadable_part))
    else:
        message = msg("{words} cannot be read as a date at {part}", words=quoted(text), part=quoted(unreadable_part))
    if word in vocabulary.POSTPONED_OR_CANCELLED:
        hint = msg(POSTPONED_HINT)
    elif word in vocabulary.BEFORE_WORDS:
        hint = msg("write the first day that is possible as well: [2018-07-01..2018-07-20]")
    elif word in vocabulary.AFTER_WORDS:
        hint = msg("write the first day that is possible, and an open end: 2018-07-05/..")
    elif word in vocabulary.ZONE_WORDS:
        hint = msg("write the zone of the times behind timezone:, for example Europe/Madrid")
    elif word in vocabulary.RELATIVE_WORDS:
        hint = msg("write the day, the month or the year: 2017-11-02, 2017-11, 2017; unknown if nothing is known yet")
    else:
        hint = _date_format_hint()
    return DatePhraseError(message, hint, unreadable_part)


def missing_year_error(text: str) -> DatePhraseError:
    """Return the error for words that name no year, where none is known."""
    return DatePhraseError(
        msg("{words} does not say which year", words=quoted(text)),
        msg("write the year as well, for example 2017-11-02"),
        text,
    )


def reversed_range_error(text: str) -> DatePhraseError:
    """Return the error for a stretch whose last day comes before its first in the same month."""
    return DatePhraseError(
        msg("{words} ends before it starts", words=quoted(text)),
        msg("put the first day before the last, each with its month"),
        text,
    )


def separate_dates_error(text: str) -> DatePhraseError:
    """Return the error for a list of dates that do not follow each other."""
    return DatePhraseError(
        msg("{words} names several dates that do not follow each other", words=quoted(text)),
        msg("write one moment for each date"),
        text,
    )


def _date_format_hint() -> Message:
    return msg("write 2017-11-02, 2017-11-02/2017-11-03, 2018-03, 2018 or unknown")
