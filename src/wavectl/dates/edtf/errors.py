"""What people write where a date should stand, and what is said of it."""

from __future__ import annotations

import re

from wavectl.diagnostics import Message, msg, phrase, quoted


class DateError(ValueError):
    """A text that is no date, with the rule it breaks, the fault and the cure."""

    def __init__(self, message: Message, hint: Message | None = None, rule: str = "invalid-date") -> None:
        super().__init__(str(message))
        self.message, self.hint, self.rule = message, hint, rule


_MAX_LENGTH = 100
"""How long a text may be in which a known mistake is looked for: no date is as long."""
_KNOWN_MISTAKES: tuple[tuple[str, str, str], ...] = (
    (
        r"\d{4}-.*/(\d\d-)?\d\d|.*/T?\d\d:\d\d.*",
        phrase("{date} shortens the date behind the slash"),
        phrase("write both dates in full: 2017-11-02/2017-11-03"),
    ),
    (
        r"\d{4}-\d{1,2}(-(\d{1,2}|XX))?",
        phrase("{date} has a month or a day of one digit"),
        phrase("write two digits: 2017-09-04"),
    ),
    (
        r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}.*",
        phrase("{date} does not begin with the year"),
        phrase("write year-month-day: 2017-09-04 is the 4th of September 2017"),
    ),
    (
        r"\d{4}[./]\d{1,2}([./]\d{1,2})?",
        phrase("{date} has other marks than hyphens"),
        phrase("write year-month-day: 2017-09-04"),
    ),
    (
        r"[\dX]*X[\dX]*(-.*)?",
        phrase("{date} leaves digits of the year open"),
        phrase("write the first and the last year that are possible: [2010..2019]"),
    ),
    (
        r".*[\dTxX]\s*(--?|\u2013|\u2014| to )\s*\d{4}-\d\d.*|\d{4}\s*[\u2013\u2014-]\s*\d{4}",
        phrase("{date} joins two dates with a dash"),
        phrase("join the first and the last day with a slash: 2017-11-02/2017-11-03"),
    ),
    (
        r".*[?~%].+",
        phrase("{date} has a mark of doubt in the middle"),
        phrase("put one mark at the end: ? for uncertain, ~ for about, % for both"),
    ),
    (r".*,.*", phrase("{date} lists several dates"), phrase("write one moment for each date")),
    (
        r"\d{4}-\d\d-\d\d[ tT]\d{1,2}(:\d\d|h\d*)?.*",
        phrase("{date} has a time that cannot be read"),
        phrase("write hours and minutes behind a T: 2017-11-08T15:00"),
    ),
    (
        r"\d{4}-(xx|Xx|xX|\d\d-(xx|Xx|xX)).*",
        phrase("{date} has small letters for what is not known"),
        phrase("write a capital XX"),
    ),
    (r"\d{8}", phrase("{date} has no hyphens"), phrase("write year-month-day: 2017-09-04")),
    (
        r"[\dX?~%T:.\[/+-]+( [\dX?~%T:.\]/+-]+)+",
        phrase("{date} has spaces inside"),
        phrase("write it without spaces"),
    ),
    (r"[-+]?\d{5,}|-\d+.*", phrase("{date} is no year of four digits"), phrase("write a year such as 2017")),
)


def unreadable_date_error(text: str, full_text: str) -> DateError:
    """Return the error for a text that has none of the forms, with the cure where the mistake is a known one."""
    if len(full_text) <= _MAX_LENGTH:
        for pattern, fault, cure in _KNOWN_MISTAKES:
            if re.fullmatch(pattern, full_text, re.ASCII) or re.fullmatch(pattern, text, re.ASCII):
                return DateError(msg(fault, date=quoted(full_text)), msg(cure))
    return DateError(
        msg("{date} is not a date that wavectl can read", date=quoted(full_text)),
        msg("write 2017-11-02, 2017-11-02/2017-11-03, 2018-03, 2018 or unknown"),
    )
