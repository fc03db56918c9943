"""The parsed parts of a date in words, before missing parts are filled in, and the errors of the parser."""

from difflib import get_close_matches
from enum import StrEnum
from typing import NamedTuple

from wavectl.dates.edtf import DATE_FORMAT_HINT
from wavectl.dates.parser import vocabulary
from wavectl.dates.timezones import zones_of_abbreviation
from wavectl.diagnostics import Message, msg, phrase, quoted


class TimeOfDay(NamedTuple):
    """A time of day: ``HH:MM`` or ``HH:MM:SS``; 24:00 is the end of the day."""

    time: str
    offset: str = ""  # empty, ``Z`` or ``+HH:MM``
    half_of_day: str = ""  # "am", "pm" or "midnight", where written
    written: str = ""  # an hour from 1 to 12 without ``h``, am or pm, as written
    doubts: tuple[Message, ...] = ()


class PartialDate(NamedTuple):
    """One date, or one end of a range; None and 0 mean that the text does not say."""

    text: str = ""
    year: int | None = None
    month: int | None = None
    day: int | None = None
    year_part: int = 0  # EDTF number of a season, quarter or half
    portion: int | None = None  # 0, 1, 2: beginning, middle or end of that part or of the year
    day_range: tuple[int, int] | None = None  # first and last day of the month; negative from its end
    week: bool = False  # the week of the day
    week_ending: bool = False  # the seven days that end with the day
    nth: int = 0  # the nth weekday of the month; -1 is the last
    weekday: int | None = None  # 0 is Monday
    weekend: bool = False  # the weekend of the day, or the nth of the month
    weekday_text: str = ""  # the weekday as written
    day_month_order: str = ""  # of a date in digits: "day" or "month" comes first, or "either"
    times: tuple[TimeOfDay, ...] = ()
    doubts: tuple[Message, ...] = ()

    @property
    def is_vague(self) -> bool:
        """Whether it has no form in EDTF: "end of 2018", "the week of 5 July"."""
        return self.portion is not None or self.day_range is not None or self.week

    @property
    def is_year_only(self) -> bool:
        """Whether it is only a year."""
        return self.month is None and self.day is None and not self.year_part and self.portion is None


class DateRelation(StrEnum):
    """How the dates of a text relate."""

    SINGLE = "one"
    RANGE = "range"  # from the first to the last
    OPEN = "open"  # from the first on
    UNTIL = "until"
    BETWEEN = "between"  # some time between the first and the last
    LIST = "list"  # all of them
    EITHER = "either"  # one of them
    UNCLEAR = "unclear"  # joined by a slash, or by "and" and "or"
    UNKNOWN = "unknown"


class Phrase(NamedTuple):
    """A parsed text: its dates and qualifiers."""

    relation: DateRelation
    dates: tuple[PartialDate, ...] = ()
    approximate: bool = False
    uncertain: bool = False
    yearly: bool = False
    doubts: tuple[Message, ...] = ()


POSTPONED_HINT = phrase("write postponed or cancelled after status:, and keep the planned date in when:")
"""The hint for words that say that the moment is postponed or cancelled."""


class DatePhraseError(ValueError):
    """A text that cannot be read as a date: message, hint and the unreadable part as written."""

    def __init__(self, message: Message, hint: Message, unreadable_part: str) -> None:
        super().__init__(str(message))
        self.message, self.hint, self.unreadable_part = message, hint, unreadable_part


_HINTS = (
    (vocabulary.POSTPONED_OR_CANCELLED, POSTPONED_HINT),
    (vocabulary.BEFORE_WORDS, phrase("write the last possible day after two dots and a slash: ../2018-07-20")),
    (vocabulary.AFTER_WORDS, phrase("write the first possible day and an open end: 2018-07-05/..")),
    (
        vocabulary.RELATIVE_WORDS,
        phrase("write the day, the month or the year: 2017-11-02, 2017-11, 2017; unknown if nothing is known yet"),
    ),
)
"""Hints for words that cannot be read."""


def _language_hint(word: str, unreadable_part: str) -> Message:
    """Return the hint for an unknown word: a similar name of a month or weekday, and the languages that are read."""
    similar = get_close_matches(word, vocabulary.NAMES, 1, cutoff=0.85)
    if similar and word not in similar:
        name = vocabulary.NAMES[similar[0]]
        return msg("did you mean {name}? Dates in words are read in English, French and Spanish", name=name)
    if not any(character.isalpha() or not character.isascii() for character in unreadable_part):
        return DATE_FORMAT_HINT
    return msg(
        "dates in words are read in English, French and Spanish; in any language, write 2017-11-02, "
        "2017-11-02/2017-11-03, 2018-03, 2018 or unknown"
    )


def unexpected_text_error(text: str, word: str, unreadable_part: str) -> DatePhraseError:
    """Return the error for a text that cannot be read at ``unreadable_part``, with a hint for known words.

    ``word`` is that part in lower case without accents. Both are empty if the text ends too early.
    """
    if not unreadable_part:
        message = msg("{words} ends before the date is complete", words=quoted(text))
    elif unreadable_part == text.strip():
        message = msg("{words} cannot be read as a date", words=quoted(unreadable_part))
    else:
        message = msg("{words} cannot be read as a date at {part}", words=quoted(text), part=quoted(unreadable_part))
    zones = zones_of_abbreviation(unreadable_part)
    hint = next((msg(hint) for words, hint in _HINTS if word in words), None) or _language_hint(word, unreadable_part)
    if zones or word in vocabulary.ZONE_WORDS:
        zones = zones or "Europe/Madrid"
        hint = msg("write the time zone after timezone:, for example {zones}", zones=zones)
    return DatePhraseError(message, hint, unreadable_part or text.strip())
