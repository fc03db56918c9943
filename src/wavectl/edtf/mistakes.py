"""What people write where a date should stand, and what is said of it."""

from __future__ import annotations

import re

from wavectl.diagnostics import Message, quoted, say


class DateError(ValueError):
    """A text that is no date, with the rule it breaks, the fault and the cure."""

    def __init__(self, message: Message, hint: Message | None = None, rule: str = "invalid-date") -> None:
        super().__init__(str(message))
        self.message, self.hint, self.rule = message, hint, rule


_LONGEST = 100
"""How long a text may be in which a known mistake is looked for: no date is as long."""
_MISTAKES: tuple[tuple[re.Pattern[str], Message, Message], ...] = tuple(
    (re.compile(pattern, re.ASCII), say(fault), say(cure))
    for pattern, fault, cure in (
        (
            r"\d{4}-.*/(\d\d-)?\d\d|.*/T?\d\d:\d\d.*",
            "{date} shortens the date behind the slash",
            "write both dates in full: 2017-11-02/2017-11-03",
        ),
        (r"\d{4}-\d{1,2}(-(\d{1,2}|XX))?", "{date} has a month or a day of one digit", "write two digits: 2017-09-04"),
        (
            r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}.*",
            "{date} does not begin with the year",
            "write year-month-day: 2017-09-04 is the 4th of September 2017",
        ),
        (r"\d{4}[./]\d{1,2}([./]\d{1,2})?", "{date} has other marks than hyphens", "write year-month-day: 2017-09-04"),
        (
            r"[\dX]*X[\dX]*(-.*)?",
            "{date} leaves digits of the year open",
            "write the first and the last year that are possible: [2010..2019]",
        ),
        (
            r".*[\dTxX]\s*(--?|\u2013|\u2014| to )\s*\d{4}-\d\d.*|\d{4}\s*[\u2013\u2014-]\s*\d{4}",
            "{date} joins two dates with a dash",
            "join the first and the last day with a slash: 2017-11-02/2017-11-03",
        ),
        (
            r".*[?~%].+",
            "{date} has a mark of doubt in the middle",
            "put one mark at the end: ? for uncertain, ~ for about, % for both",
        ),
        (r".*,.*", "{date} lists several dates", "write one moment for each date"),
        (
            r"\d{4}-\d\d-\d\d[ tT]\d{1,2}(:\d\d|h\d*)?.*",
            "{date} has a time that cannot be read",
            "write hours and minutes behind a T: 2017-11-08T15:00",
        ),
        (r"\d{4}-(xx|Xx|xX|\d\d-(xx|Xx|xX)).*", "{date} has small letters for what is not known", "write a capital XX"),
        (r"\d{8}", "{date} has no hyphens", "write year-month-day: 2017-09-04"),
        (r"[\dX?~%T:.\[/+-]+( [\dX?~%T:.\]/+-]+)+", "{date} has spaces inside", "write it without spaces"),
        (r"[-+]?\d{5,}|-\d+.*", "{date} is no year of four digits", "write a year such as 2017"),
    )
)


def unreadable(text: str, whole: str) -> DateError:
    """Return the error for a text that has none of the forms, with the cure where the mistake is a known one."""
    if len(whole) <= _LONGEST:
        for pattern, fault, cure in _MISTAKES:
            if pattern.fullmatch(whole) or pattern.fullmatch(text):
                return DateError(say(fault.text, date=quoted(whole)), cure)
    return DateError(
        say("{date} is not a date that wavectl can read", date=quoted(whole)),
        say("write 2017-11-02, 2017-11-02/2017-11-03, 2018-03, 2018 or unknown"),
    )
