"""Moments that come again: ``repeat: yearly``, or a rule of RFC 5545 §3.3.10, and the dates it gives.

``yearly`` moves the first date from year to year, be it a day or "some time in October". Other rules are laid out
by python-dateutil, and refused where they hold on no day at all or do not hold on their first one.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from wavectl.dates import edtf
from wavectl.dates.edtf import When
from wavectl.diagnostics import Message, msg, quoted

MAX_OCCURRENCES = 500
"""How many occurrences a rule gives at most."""
DEFAULT_YEARS = 5
"""For how many years after its first date a moment is laid out when no period bounds it."""

_WEEKDAY_PATTERN = "(-?([1-4]\\d|5[0-3]|[1-9]))?(MO|TU|WE|TH|FR|SA|SU)"
_PART_PATTERNS = {
    "FREQ": r"YEARLY|MONTHLY|WEEKLY",
    "INTERVAL": r"[1-9]\d{0,2}",
    "BYMONTH": r"(1[0-2]|[1-9])(,(1[0-2]|[1-9]))*",
    "BYMONTHDAY": r"-?(3[01]|[12]\d|[1-9])(,-?(3[01]|[12]\d|[1-9]))*",
    "BYDAY": rf"{_WEEKDAY_PATTERN}(,{_WEEKDAY_PATTERN})*",
    "BYSETPOS": r"-?([12]\d{2}|3[0-5]\d|36[0-6]|[1-9]\d?)(,-?([12]\d{2}|3[0-5]\d|36[0-6]|[1-9]\d?))*",
}


class RecurrenceRuleError(ValueError):
    """A text that is no rule, or a rule that its first date does not satisfy, with the fault and the cure."""

    def __init__(self, message: Message, hint: Message) -> None:
        super().__init__(str(message))
        self.message, self.hint = message, hint


class RecurrenceRule(NamedTuple):
    """A recurrence; ``parts`` is empty for ``yearly``, else the parts of the RFC 5545 rule in order."""

    parts: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The rule as a plan writes it."""
        return ";".join(f"{name}={value}" for name, value in self.parts) or "yearly"


@lru_cache(maxsize=1024)
def parse(text: str) -> RecurrenceRule:
    """Read ``yearly`` or an RFC 5545 rule; raise ``RuleError`` for anything else.

    Taken are FREQ (YEARLY, MONTHLY, WEEKLY), INTERVAL, BYMONTH, BYMONTHDAY, BYDAY and BYSETPOS. A rule has no
    end of its own (COUNT, UNTIL): it runs to the end of the wave's period.
    """
    if text == "yearly":
        return RecurrenceRule()
    parts: dict[str, str] = {}
    for item in text.split(";"):
        name, _, value = item.upper().partition("=")
        value = re.sub(r"\+|\b0+(?=[1-9])", "", value)  # +1MO and 05 are ways to write 1MO and 5
        if name in ("COUNT", "UNTIL"):
            raise RecurrenceRuleError(
                msg("{rule} gives an end of its own", rule=quoted(text)),
                msg("leave {part} out: a moment repeats to the end of the wave's period", part=name),
            )
        pattern = _PART_PATTERNS.get(name)
        if pattern is None or name in parts or not re.fullmatch(pattern, value):
            fault = msg("{rule} cannot be read at {part}", rule=quoted(text), part=quoted(item))
            raise RecurrenceRuleError(
                fault if "=" in text else msg("{rule} is no rule that wavectl knows", rule=quoted(text)),
                msg("write yearly, or a rule such as FREQ=YEARLY;BYMONTH=10;BYDAY=1MO for the first Monday of October"),
            )
        parts[name] = value
    _check_parts(text, parts)
    return RecurrenceRule(tuple((name, parts[name]) for name in _PART_PATTERNS if name in parts))


def _check_parts(text: str, parts: dict[str, str]) -> None:
    """Refuse what RFC 5545 §3.3.10 rules out between the parts."""
    frequency = parts.get("FREQ")
    if frequency is None:
        fault = msg("{rule} does not say how often", rule=quoted(text))
    elif frequency == "WEEKLY" and ("BYMONTHDAY" in parts or re.search(r"\d", parts.get("BYDAY", ""))):
        fault = msg("{rule} counts days of the month in a weekly rule", rule=quoted(text))
    elif "BYSETPOS" in parts and not {"BYMONTH", "BYMONTHDAY", "BYDAY"} & parts.keys():
        fault = msg("{rule} picks with BYSETPOS from no list of days", rule=quoted(text))
    elif _has_conflicting_counts(parts):
        fault = msg("{rule} counts its days in two ways", rule=quoted(text))
    elif _never_occurs(parts):
        fault = msg("{rule} holds on no day at all", rule=quoted(text))
    else:
        return
    raise RecurrenceRuleError(
        fault, msg("write a rule such as FREQ=YEARLY;BYMONTH=10;BYDAY=1MO for the first Monday of October")
    )


def check_first_date(rule: RecurrenceRule, when: When) -> None:
    """Raise ``RuleError`` where ``when`` cannot be the first date of ``rule``, naming the nearest day that can."""
    if when.form in (edtf.DateForm.UNKNOWN, edtf.DateForm.OPEN) or (rule.parts and not when.is_exact):
        raise RecurrenceRuleError(
            msg("{date} is not exact, so the rule does not know where to start", date=quoted(when.text)),
            msg("give the day of the first time, or leave repeat out"),
        )
    first = when.earliest
    if not rule.parts or first is None or _includes(rule, first):
        return
    nearest = _nearest_start(rule, first)
    raise RecurrenceRuleError(
        msg("{date} is not a day that {rule} gives", date=quoted(when.text), rule=quoted(rule.text)),
        msg("the nearest is {date}", date=nearest) if nearest else msg("no day within five years satisfies the rule"),
    )


def occurrences(rule: RecurrenceRule, when: When, last: date | None) -> list[When]:
    """Return the dates of a moment from its first through those that begin by ``last``, included; 500 at most.

    Without ``last`` they run through the fifth year after the first.
    """
    first = when.earliest
    if first is None:
        return [when]
    bound = last or date(min(first.year + DEFAULT_YEARS, edtf.LAST_YEAR), 12, 31)
    found = _yearly_occurrences(when, bound) if not rule.parts else _rule_occurrences(rule, when, first, bound)
    return list(islice(found, MAX_OCCURRENCES))


def _yearly_occurrences(when: When, last: date) -> Iterator[When]:
    for years in range(MAX_OCCURRENCES):
        occurrence = when.shift_years(years)
        if occurrence is None or occurrence.earliest is None:
            if when.earliest is None or when.earliest.year + years >= last.year:
                return
            continue
        if occurrence.earliest > last:
            return
        yield occurrence


def _rule_occurrences(rule: RecurrenceRule, when: When, first: date, last: date) -> Iterator[When]:
    for start in _start_days(rule, first, last):
        try:
            yield shift_days(when, start - first)
        except edtf.DateError:  # it ends behind the last year there is
            return


def shift_days(when: When, delta: timedelta) -> When:
    """Return an exact date so many days later: times keep their place on the clock."""
    if not delta:
        return when
    ends = [point.text for point in (when.start, when.end) if point is not None]
    moved = [(date.fromisoformat(text[:10]) + delta).isoformat() + text[10:] for text in ends]
    return edtf.parse("/".join(moved))


def _start_days(rule: RecurrenceRule, first: date, last: date) -> Iterator[date]:
    """Return the days that a rule gives from ``first`` through ``last``, both included, anchored on ``first``."""
    from dateutil.rrule import rrulestr  # few plans have a rule, all commands load them

    text = f"{rule.text};UNTIL={last:%Y%m%d}"
    for start in rrulestr(text, dtstart=datetime(first.year, first.month, first.day)):  # noqa: DTZ001 - days only
        yield start.date()


def _includes(rule: RecurrenceRule, day: date) -> bool:
    """Tell whether a rule that is anchored on a day gives that day."""
    parts = dict(rule.parts)
    from_end = day.day - monthrange(day.year, day.month)[1] - 1
    if not _part_allows(parts, "BYMONTH", str(day.month)) or not _part_allows(
        parts, "BYMONTHDAY", str(day.day), str(from_end)
    ):
        return False  # dateutil would go on to look for a later day
    return next(_start_days(rule, day, day), None) is not None


def _part_allows(parts: dict[str, str], name: str, *numbers: str) -> bool:
    """Tell whether a part of a rule is missing or lists one of the numbers."""
    return name not in parts or not set(parts[name].split(",")).isdisjoint(numbers)


def _nearest_start(rule: RecurrenceRule, day: date) -> date | None:
    """Return the day within five years that is closest to ``day`` and can start the rule; of two the earlier."""
    parts = {name: value for name, value in rule.parts if name != "INTERVAL"}
    if not {"BYMONTHDAY", "BYDAY"} & parts.keys():  # then the first day says which day of the week, month or year
        parts = {"FREQ": "DAILY"} | {name: value for name, value in parts.items() if name == "BYMONTH"}
    lowest = date(max(day.year - DEFAULT_YEARS, edtf.FIRST_YEAR), 1, 1)
    highest = date(min(day.year + DEFAULT_YEARS, edtf.LAST_YEAR), 12, 31)
    days = sorted(
        _start_days(RecurrenceRule(tuple(parts.items())), lowest, highest), key=lambda other: (abs(other - day), other)
    )
    return next((other for other in days if _includes(rule, other)), None)


_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _has_conflicting_counts(parts: dict[str, str]) -> bool:
    """Tell whether counted weekdays (1MO) stand beside days of the month, places, or weekdays that are not counted."""
    weekdays = parts.get("BYDAY", "").split(",")
    counted = sum(weekday[0] in "-123456789" for weekday in weekdays if weekday)
    return counted > 0 and (bool({"BYMONTHDAY", "BYSETPOS"} & parts.keys()) or counted < len(weekdays))


def _never_occurs(parts: dict[str, str]) -> bool:
    """Tell whether no day can ever satisfy the parts: dateutil would look for one until the year 9999."""
    months = [int(month) for month in parts["BYMONTH"].split(",")] if "BYMONTH" in parts else list(range(1, 13))
    days = _unsigned_numbers(parts.get("BYMONTHDAY", ""))
    pairs = sum(day <= _LONGEST_MONTHS[month - 1] for month in months for day in days)
    if days and not pairs:
        return True
    weekdays = parts["BYDAY"].split(",") if "BYDAY" in parts else []
    in_month = parts["FREQ"] == "MONTHLY" or "BYMONTH" in parts
    counted = _unsigned_numbers(parts.get("BYDAY", ""))
    if len(counted) == len(weekdays) > 0:
        return in_month and min(counted) > 5
    places = _unsigned_numbers(parts.get("BYSETPOS", ""))
    spans = 1 if parts["FREQ"] != "YEARLY" else len(months)  # months in a cycle, or its one week
    most = [min(pairs, spans * len(days)) if days else spans * 31]
    if not days and not weekdays:  # the first day gives one: of each month that is named, or of each cycle
        most = [len(months) if parts["FREQ"] == "YEARLY" and "BYMONTH" in parts else 1]
    elif weekdays:
        most.append(len(weekdays) * (1 if parts["FREQ"] == "WEEKLY" else 5 * spans))
    return bool(places) and min(places) > min(most)


def _unsigned_numbers(text: str) -> list[int]:
    """Return the numbers in the value of a part, without their signs."""
    return [int(number) for number in re.findall(r"\d+", text)]
