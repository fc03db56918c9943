"""What is said of words that cannot be read as a date."""

from __future__ import annotations

from wavectl.dates.parser import vocabulary
from wavectl.diagnostics import Message, phrase, quoted, say

PUT_OFF = phrase("write postponed or cancelled behind status:, and keep the date that was planned in when:")
"""The cure for words that tell no date, but that the moment is put off or called off."""


class WordsError(ValueError):
    """Words that are no date, with the fault, the cure, and the part that could not be read, as it was written."""

    def __init__(self, message: Message, hint: Message, part: str) -> None:
        super().__init__(str(message))
        self.message, self.hint, self.part = message, hint, part


def stumbled(text: str, word: str, part: str) -> WordsError:
    """Return the error for a text that could be read up to ``part``, which is ``word`` in plain letters.

    ``part`` is empty where the text ends too early.
    """
    if not part:
        message = say("{words} stops before the date is complete", words=quoted(text))
        return WordsError(message, _in_numbers(), text.strip())
    if part == text.strip():
        message = say("{words} cannot be read as a date", words=quoted(part))
    else:
        message = say("{words} cannot be read as a date at {part}", words=quoted(text), part=quoted(part))
    if word in vocabulary.MOVED:
        hint = say(PUT_OFF)
    elif word in vocabulary.BEFORE:
        hint = say("write the first day that is possible as well: [2018-07-01..2018-07-20]")
    elif word in vocabulary.AFTER:
        hint = say("write the first day that is possible, and an open end: 2018-07-05/..")
    elif word in vocabulary.ZONES:
        hint = say("write the zone of the times behind timezone:, for example Europe/Madrid")
    elif word in vocabulary.RELATIVE:
        hint = say("write the day, the month or the year: 2017-11-02, 2017-11, 2017; unknown if nothing is known yet")
    else:
        hint = _in_numbers()
    return WordsError(message, hint, part)


def without_year(part: str) -> WordsError:
    """Return the error for words that name no year, where none is known."""
    return WordsError(
        say("{words} does not say which year", words=quoted(part)),
        say("write the year as well, for example 2017-11-02"),
        part,
    )


def backwards(part: str) -> WordsError:
    """Return the error for a stretch whose last day comes before its first in the same month."""
    return WordsError(
        say("{words} ends before it starts", words=quoted(part)),
        say("put the first day before the last, each with its month"),
        part,
    )


def several(text: str) -> WordsError:
    """Return the error for a list of dates that do not follow each other."""
    return WordsError(
        say("{words} names several dates that do not follow each other", words=quoted(text)),
        say("write one moment for each date"),
        text,
    )


def _in_numbers() -> Message:
    return say("write 2017-11-02, 2017-11-02/2017-11-03, 2018-03, 2018 or unknown")
