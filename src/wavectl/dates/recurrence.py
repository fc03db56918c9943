"""Recurrence: ``repeat: yearly`` or a rule of RFC 5545 §3.3.10, and the occurrences it gives.

``yearly`` moves any date, exact or fuzzy, by whole years. Other rules are expanded by python-dateutil; a rule that
never occurs, or does not match its first date, is refused.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from wavectl.dates import edtf
from wavectl.dates.edtf import Point, When
from wavectl.dates.timezones import get_zone
from wavectl.diagnostics import Message, msg, quoted

MAX_OCCURRENCES = 500
"""Maximum number of occurrences of a rule."""
DEFAULT_YEARS = 5
"""Years after the first date for which occurrences are listed when no period limits them."""

_WEEKDAY_PATTERN = "(-?([1-4]\\d|5[0-3]|[1-9]))?(MO|TU|WE|TH|FR|SA|SU)"
_PART_PATTERNS = {
    "FREQ": r"YEARLY|MONTHLY|WEEKLY",
    "INTERVAL": r"[1-9]\d{0,2}",
    "BYMONTH": r"(1[0-2]|[1-9])(,(1[0-2]|[1-9]))*",
    "BYMONTHDAY": r"-?(3[01]|[12]\d|[1-9])(,-?(3[01]|[12]\d|[1-9]))*",
    "BYDAY": rf"{_WEEKDAY_PATTERN}(,{_WEEKDAY_PATTERN})*",
    "COUNT": r"[1-9]\d{0,2}",
    "UNTIL": r"\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3])[0-5]\d[0-5]\dZ?)?",
    "BYSETPOS": r"-?([12]\d{2}|3[0-5]\d|36[0-6]|[1-9]\d?)(,-?([12]\d{2}|3[0-5]\d|36[0-6]|[1-9]\d?))*",
}


class RecurrenceRuleError(ValueError):
    """An invalid rule, or a rule that does not match its first date: message and hint."""

    def __init__(self, message: Message, hint: Message) -> None:
        super().__init__(str(message))
        self.message, self.hint = message, hint


class RecurrenceRule(NamedTuple):
    """A recurrence rule. ``parts`` holds the parts of the RFC 5545 rule in order; it is empty for ``yearly``."""

    parts: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The rule as written in a plan."""
        return ";".join(f"{name}={value}" for name, value in self.parts) or "yearly"


@lru_cache(maxsize=1024)
def parse(text: str) -> RecurrenceRule:
    """Parse ``yearly`` or an RFC 5545 rule; raise ``RecurrenceRuleError`` if it is not valid.

    Supported are FREQ (YEARLY, MONTHLY, WEEKLY), INTERVAL, BYMONTH, BYMONTHDAY, BYDAY and BYSETPOS, and COUNT or UNTIL
    (a day, included, or a time) for a rule that ends before the wave's period.
    """
    if text == "yearly":
        return RecurrenceRule()
    parts: dict[str, str] = {}
    for item in text.split(";"):
        name, _, value = item.upper().partition("=")
        # +1MO is 1MO, 05 is 5; UNTIL=2026-12-31 is 20261231
        value = re.sub("[-:]" if name == "UNTIL" else r"\+|\b0+(?=[1-9])", "", value)
        pattern = _PART_PATTERNS.get(name)
        is_valid = pattern and name not in parts and re.fullmatch(pattern, value)
        if not is_valid or (name == "UNTIL" and _parse_until(value) is None):
            message = msg("{rule} cannot be read at {part}", rule=quoted(text), part=quoted(item))
            raise RecurrenceRuleError(
                message if "=" in text else msg("{rule} is not a valid repetition rule", rule=quoted(text)),
                msg("write yearly, or a rule such as FREQ=YEARLY;BYMONTH=10;BYDAY=1MO for the first Monday of October"),
            )
        parts[name] = value
    _check_parts(text, parts)
    return RecurrenceRule(tuple((name, parts[name]) for name in _PART_PATTERNS if name in parts))


def _check_parts(text: str, parts: dict[str, str]) -> None:
    """Refuse combinations of parts that RFC 5545 §3.3.10 does not allow or that never occur."""
    frequency = parts.get("FREQ")
    hint = msg("write a rule such as FREQ=YEARLY;BYMONTH=10;BYDAY=1MO for the first Monday of October")
    if frequency is None:
        message = msg("{rule} does not say how often: FREQ is missing", rule=quoted(text))
    elif frequency == "WEEKLY" and ("BYMONTHDAY" in parts or re.search(r"\d", parts.get("BYDAY", ""))):
        message = msg("{rule} is weekly but counts days of the month", rule=quoted(text))
    elif "BYSETPOS" in parts and not {"BYMONTH", "BYMONTHDAY", "BYDAY"} & parts.keys():
        message = msg("{rule} has BYSETPOS but no list of days to choose from", rule=quoted(text))
    elif {"COUNT", "UNTIL"} <= parts.keys():
        message = msg("{rule} ends in two ways", rule=quoted(text))
        hint = msg("keep COUNT, how many times it happens, or UNTIL, the last day")
    elif _has_conflicting_counts(parts):
        message = msg("{rule} counts its days in two ways", rule=quoted(text))
    elif _never_occurs(parts):
        message = msg("{rule} never occurs", rule=quoted(text))
    else:
        return
    raise RecurrenceRuleError(message, hint)


def check_first_date(rule: RecurrenceRule, when: When) -> None:
    """Raise ``RecurrenceRuleError`` if ``when`` cannot be the first date of ``rule``; the hint is the nearest day."""
    if when.form in (edtf.DateForm.UNKNOWN, edtf.DateForm.OPEN) or (rule.parts and not when.is_exact):
        message = msg("{date} is not an exact date, so the repetition has no first day", date=quoted(when.text))
        raise RecurrenceRuleError(message, msg("write the day of the first occurrence, or remove repeat"))
    first = when.earliest
    if not rule.parts or first is None or _includes(rule, first):
        return
    nearest = _nearest_start(rule, first)
    if nearest is None:
        hint = msg("no day within five years matches the rule")
    else:
        hint = msg("the nearest matching day is {date}", date=nearest)
    raise RecurrenceRuleError(msg("{date} does not match {rule}", date=quoted(when.text), rule=quoted(rule.text)), hint)


@lru_cache(maxsize=4096)  # several rules and views need those of all moments, one after the other
def occurrences(rule: RecurrenceRule, when: When, last: date | None, zone: str = "UTC") -> tuple[When, ...]:
    """Return the occurrences of a moment that start by ``last`` (included), in order, at most ``MAX_OCCURRENCES``.

    Without ``last``, they run until the end of the fifth year after the first. ``zone`` is that of its clock, in which
    a rule ends whose UNTIL is in UTC.
    """
    first = when.earliest
    if first is None:
        return (when,)
    bound = last or date(min(first.year + DEFAULT_YEARS, edtf.LAST_YEAR), 12, 31)
    if not rule.parts:
        return tuple(islice(_yearly_occurrences(when, bound), MAX_OCCURRENCES))
    return tuple(islice(_rule_occurrences(rule, when, first, _last_day(rule, when, bound, zone)), MAX_OCCURRENCES))


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
    """Return the occurrences of an exact date; the wall-clock times stay the same."""
    for day in _start_days(rule, first, last):
        start, end = (point and _shift_days(point, day - first) for point in (when.start, when.end))
        if any(point and point.last.year > edtf.LAST_YEAR for point in (start, end)):
            return
        yield when._replace(start=start, end=end)


def _parse_until(text: str) -> datetime | None:
    """Parse the value of UNTIL, a day or a time; None if there is no such day."""
    try:
        until = datetime.fromisoformat(text)
    except ValueError:
        return None
    return until if edtf.FIRST_YEAR <= until.year <= edtf.LAST_YEAR else None


def _last_day(rule: RecurrenceRule, when: When, bound: date, zone: str) -> date:
    """Return the last day on which the rule may start: ``bound``, or that of UNTIL (RFC 5545 §3.3.10)."""
    until = dict(rule.parts).get("UNTIL", "")
    end = _parse_until(until)
    if end is None:
        return bound
    if end.tzinfo:
        end = end.astimezone(get_zone(zone))
    start = when.start.time_of_day if when.start and "T" in until else None
    return min(bound, end.date() - timedelta(days=bool(start and start > end.time())))


def _shift_days(point: Point, delta: timedelta) -> Point:
    """Return an exact date, with its time of day, ``delta`` later."""
    day = point.first + delta
    return point._replace(text=day.isoformat() + point.text[10:], first=day, last=day)


def _start_days(rule: RecurrenceRule, first: date, last: date) -> Iterator[date]:
    """Return the days of a rule that starts on ``first``, until ``last`` included; UNTIL is left out."""
    from dateutil.rrule import rrulestr  # slow to import; few plans have such a rule

    parts = dict(rule.parts)
    count, _ = parts.pop("COUNT", None), parts.pop("UNTIL", None)
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    starts = rrulestr(f"{text};UNTIL={last:%Y%m%d}", dtstart=datetime(first.year, first.month, first.day))  # noqa: DTZ001 - days only
    return (start.date() for start in islice(starts, int(count) if count else None))


def _includes(rule: RecurrenceRule, day: date) -> bool:
    """Tell whether a rule that starts on a day includes that day."""
    parts = dict(rule.parts)
    from_end = day.day - monthrange(day.year, day.month)[1] - 1
    allowed = (("BYMONTH", {str(day.month)}), ("BYMONTHDAY", {str(day.day), str(from_end)}))
    if any(name in parts and numbers.isdisjoint(parts[name].split(",")) for name, numbers in allowed):
        return False  # python-dateutil would search for a later day
    if parts.get("UNTIL", "9999") < f"{day:%Y%m%d}":
        return False
    return next(_start_days(rule, day, day), None) is not None


def _nearest_start(rule: RecurrenceRule, day: date) -> date | None:
    """Return the nearest day within five years that can start the rule, the earlier of two; None if there is none."""
    parts = {name: value for name, value in rule.parts if name not in ("INTERVAL", "COUNT", "UNTIL")}
    if not {"BYMONTHDAY", "BYDAY"} & parts.keys():  # then the first day decides
        parts = {"FREQ": "DAILY"} | {name: value for name, value in parts.items() if name == "BYMONTH"}
    lowest = date(max(day.year - DEFAULT_YEARS, edtf.FIRST_YEAR), 1, 1)
    highest = date(min(day.year + DEFAULT_YEARS, edtf.LAST_YEAR), 12, 31)
    days = sorted(
        _start_days(RecurrenceRule(tuple(parts.items())), lowest, highest), key=lambda other: (abs(other - day), other)
    )
    return next((other for other in days if _includes(rule, other)), None)


_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _has_conflicting_counts(parts: dict[str, str]) -> bool:
    """Tell whether numbered weekdays (1MO) are combined with BYMONTHDAY, BYSETPOS or plain weekdays."""
    weekdays = parts.get("BYDAY", "").split(",")
    numbered = sum(weekday[0] in "-123456789" for weekday in weekdays if weekday)
    return numbered > 0 and (bool({"BYMONTHDAY", "BYSETPOS"} & parts.keys()) or numbered < len(weekdays))


def _never_occurs(parts: dict[str, str]) -> bool:
    """Tell whether the rule matches no day at all: python-dateutil would search until the year 9999."""
    months = [int(month) for month in parts["BYMONTH"].split(",")] if "BYMONTH" in parts else list(range(1, 13))
    days = _unsigned_numbers(parts.get("BYMONTHDAY", ""))
    pairs = sum(day <= _LONGEST_MONTHS[month - 1] for month in months for day in days)
    if days and not pairs:
        return True
    weekdays = parts["BYDAY"].split(",") if "BYDAY" in parts else []
    in_month = parts["FREQ"] == "MONTHLY" or "BYMONTH" in parts
    numbered = _unsigned_numbers(parts.get("BYDAY", ""))
    if len(numbered) == len(weekdays) > 0:
        return in_month and min(numbered) > 5
    positions = _unsigned_numbers(parts.get("BYSETPOS", ""))
    months_in_cycle = 1 if parts["FREQ"] != "YEARLY" else len(months)  # a week counts as one
    most = [min(pairs, months_in_cycle * len(days)) if days else months_in_cycle * 31]
    if not days and not weekdays:  # one day in each listed month, or in each cycle
        most = [len(months) if parts["FREQ"] == "YEARLY" and "BYMONTH" in parts else 1]
    elif weekdays:
        most.append(len(weekdays) * (1 if parts["FREQ"] == "WEEKLY" else 5 * months_in_cycle))
    return bool(positions) and min(positions) > min(most)


def _unsigned_numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]
