"""Moments that come again: ``repeat: yearly``, or a rule of RFC 5545 §3.3.10, and the dates it gives.

``yearly`` moves the first date from year to year, be it a day or "some time in October". The days of other
rules are looked for cycle by cycle up to a last day, so that a rule without any day ends there too: a general
library would look for one until the year 9999. A rule starts where it holds, or is refused.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from wavectl import edtf
from wavectl.diagnostics import Message, quoted, say
from wavectl.edtf import When

MOST = 500
"""How many occurrences a rule gives at most."""
YEARS = 5
"""For how many years after its first date a moment is laid out when no period bounds it."""

_WEEKDAY = "(-?([1-4]\\d|5[0-3]|[1-9]))?(MO|TU|WE|TH|FR|SA|SU)"
_PARTS = {
    "FREQ": r"YEARLY|MONTHLY|WEEKLY",
    "INTERVAL": r"[1-9]\d{0,2}",
    "BYMONTH": r"(1[0-2]|[1-9])(,(1[0-2]|[1-9]))*",
    "BYMONTHDAY": r"-?(3[01]|[12]\d|[1-9])(,-?(3[01]|[12]\d|[1-9]))*",
    "BYDAY": rf"{_WEEKDAY}(,{_WEEKDAY})*",
    "BYSETPOS": r"-?([12]\d{2}|3[0-5]\d|36[0-6]|[1-9]\d?)(,-?([12]\d{2}|3[0-5]\d|36[0-6]|[1-9]\d?))*",
}


class RuleError(ValueError):
    """A text that is no rule, or a rule that its first date does not satisfy, with the fault and the cure."""

    def __init__(self, message: Message, hint: Message) -> None:
        super().__init__(str(message))
        self.message, self.hint = message, hint


class Rule(NamedTuple):
    """A recurrence; ``parts`` is empty for ``yearly``, else the parts of the RFC 5545 rule in order."""

    parts: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The rule as a plan writes it."""
        return ";".join(f"{name}={value}" for name, value in self.parts) or "yearly"


@lru_cache(maxsize=1024)
def parse(text: str) -> Rule:
    """Read ``yearly`` or an RFC 5545 rule; raise ``RuleError`` for anything else.

    Taken are FREQ (YEARLY, MONTHLY, WEEKLY), INTERVAL, BYMONTH, BYMONTHDAY, BYDAY and BYSETPOS. A rule has no
    end of its own (COUNT, UNTIL): it runs to the end of the wave's period.
    """
    if text == "yearly":
        return Rule()
    parts: dict[str, str] = {}
    for item in text.split(";"):
        name, _, value = item.partition("=")
        if name in ("COUNT", "UNTIL"):
            raise RuleError(
                say("{rule} gives an end of its own", rule=quoted(text)),
                say("leave {part} out: a moment repeats to the end of the wave's period", part=name),
            )
        pattern = _PARTS.get(name)
        if pattern is None or name in parts or not re.fullmatch(pattern, value):
            raise RuleError(
                say("{rule} cannot be read at {part}", rule=quoted(text), part=quoted(item)),
                say("write yearly, or a rule such as FREQ=YEARLY;BYMONTH=10;BYDAY=1MO for the first Monday of October"),
            )
        parts[name] = value
    _check_parts(text, parts)
    return Rule(tuple((name, parts[name]) for name in _PARTS if name in parts))


def _check_parts(text: str, parts: dict[str, str]) -> None:
    """Refuse what RFC 5545 §3.3.10 rules out between the parts."""
    frequency = parts.get("FREQ")
    if frequency is None:
        fault = say("{rule} does not say how often", rule=quoted(text))
    elif frequency == "WEEKLY" and ("BYMONTHDAY" in parts or re.search(r"\d", parts.get("BYDAY", ""))):
        fault = say("{rule} counts days of the month in a weekly rule", rule=quoted(text))
    elif "BYSETPOS" in parts and not {"BYMONTH", "BYMONTHDAY", "BYDAY"} & parts.keys():
        fault = say("{rule} picks with BYSETPOS from no list of days", rule=quoted(text))
    else:
        return
    raise RuleError(fault, say("write a rule such as FREQ=YEARLY;BYMONTH=10;BYDAY=1MO for the first Monday of October"))


def check(rule: Rule, when: When) -> None:
    """Raise ``RuleError`` where ``when`` cannot be the first date of ``rule``, naming the nearest day that can."""
    if when.form in (edtf.Form.UNKNOWN, edtf.Form.OPEN) or (rule.parts and not when.exact):
        raise RuleError(
            say("{date} is not exact, so the rule does not know where to start", date=quoted(when.text)),
            say("give the day of the first time, or leave repeat out"),
        )
    first = when.earliest
    if not rule.parts or first is None or _gives(rule, first):
        return
    nearest = _nearest(rule, first)
    raise RuleError(
        say("{date} is not a day that {rule} gives", date=quoted(when.text), rule=quoted(rule.text)),
        say("the nearest is {date}", date=nearest) if nearest else say("no day within five years satisfies the rule"),
    )


def occurrences(rule: Rule, when: When, last: date | None) -> list[When]:
    """Return the dates of a moment from its first through those that begin by ``last``, included; 500 at most.

    Without ``last`` they run through the fifth year after the first.
    """
    first = when.earliest
    if first is None:
        return [when]
    bound = last or date(min(first.year + YEARS, edtf.LAST_YEAR), 12, 31)
    found = _yearly(when, bound) if not rule.parts else _ruled(rule, when, first, bound)
    return list(islice(found, MOST))


def _yearly(when: When, last: date) -> Iterator[When]:
    for years in range(MOST):
        occurrence = when.moved(years)
        if occurrence is None or occurrence.earliest is None:
            if when.earliest is None or when.earliest.year + years >= last.year:
                return
            continue
        if occurrence.earliest > last:
            return
        yield occurrence


def _ruled(rule: Rule, when: When, first: date, last: date) -> Iterator[When]:
    for start in _starts(rule, first, last):
        try:
            yield shifted(when, start - first)
        except edtf.DateError:  # it ends behind the last year there is
            return


def shifted(when: When, by: timedelta) -> When:
    """Return an exact date so many days later: times keep their place on the clock."""
    if not by:
        return when
    ends = [point.text for point in (when.start, when.end) if point is not None]
    moved = [(date.fromisoformat(text[:10]) + by).isoformat() + text[10:] for text in ends]
    return edtf.parse("/".join(moved))


def _starts(rule: Rule, first: date, last: date) -> Iterator[date]:
    """Return the days that a rule gives from ``first`` through ``last``, both included, anchored on ``first``."""
    parts = _completed(rule, first)
    for begin, end in _cycles(dict(parts), first):
        if begin > last:
            return
        yield from (day for day in _chosen(parts, begin, end) if first <= day <= last)


def _gives(rule: Rule, day: date) -> bool:
    """Tell whether a rule that is anchored on a day gives that day."""
    return next(_starts(rule, day, day), None) is not None


def _nearest(rule: Rule, day: date) -> date | None:
    """Return the day within five years that is closest to ``day`` and can start the rule; of two the earlier."""
    for distance in range(1, 366 * YEARS):
        for number in (day.toordinal() - distance, day.toordinal() + distance):
            other = date.fromordinal(max(number, 1))
            if edtf.FIRST_YEAR <= other.year <= edtf.LAST_YEAR and _gives(rule, other):
                return other
    return None


def _completed(rule: Rule, first: date) -> tuple[tuple[str, str], ...]:
    """Return the parts of a rule, with those that its first day stands for (RFC 5545 §3.3.10)."""
    parts = dict(rule.parts)
    if not {"BYMONTHDAY", "BYDAY"} & parts.keys():
        if parts["FREQ"] == "WEEKLY":
            parts["BYDAY"] = _WEEKDAYS[first.weekday()]
        else:
            parts["BYMONTHDAY"] = str(first.day)
            if parts["FREQ"] == "YEARLY":
                parts.setdefault("BYMONTH", str(first.month))
    return tuple(parts.items())


_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _cycles(parts: dict[str, str], first: date) -> Iterator[tuple[date, date]]:
    """Return the first and the last day of each year, month or week of a rule, from that of ``first`` on."""
    step, stop = int(parts.get("INTERVAL", 1)), edtf.LAST_YEAR + 1
    if parts["FREQ"] == "YEARLY":
        for year in range(first.year, stop, step):
            yield date(year, 1, 1), date(year, 12, 31)
    elif parts["FREQ"] == "MONTHLY":
        for number in range(12 * first.year + first.month - 1, 12 * stop, step):
            year, month = number // 12, number % 12 + 1
            yield date(year, month, 1), date(year, month, monthrange(year, month)[1])
    else:
        for number in range(first.toordinal() - first.weekday(), date(stop, 1, 1).toordinal(), 7 * step):
            yield date.fromordinal(number), date.fromordinal(number + 6)


@lru_cache(maxsize=1024)
def _chosen(parts: tuple[tuple[str, str], ...], begin: date, end: date) -> tuple[date, ...]:
    """Return the days of one cycle that the parts of a rule choose."""
    lists = {name: value.split(",") for name, value in parts}
    days = [
        day
        for day in map(date.fromordinal, range(begin.toordinal(), end.toordinal() + 1))
        if ("BYMONTH" not in lists or str(day.month) in lists["BYMONTH"])
        and ("BYMONTHDAY" not in lists or not _from_both_ends(day).isdisjoint(lists["BYMONTHDAY"]))
        and ("BYDAY" not in lists or not _weekdays(day, lists).isdisjoint(lists["BYDAY"]))
    ]
    if "BYSETPOS" not in lists:
        return tuple(days)
    places = {int(place) - (int(place) > 0) for place in lists["BYSETPOS"]}
    return tuple(sorted({days[place] for place in places if -len(days) <= place < len(days)}))


def _from_both_ends(day: date) -> set[str]:
    """Return the numbers of a day in its month, counted from the start and from the end (-1 is the last)."""
    return {str(day.day), str(day.day - monthrange(day.year, day.month)[1] - 1)}


def _weekdays(day: date, lists: dict[str, list[str]]) -> set[str]:
    """Return the names of a day as BYDAY has them: ``MO``, and ``1MO`` and ``-4MO`` in its month or else its year."""
    if lists["FREQ"] == ["MONTHLY"] or "BYMONTH" in lists:
        number, length = day.day, monthrange(day.year, day.month)[1]
    else:
        number, length = day.timetuple().tm_yday, date(day.year, 12, 31).timetuple().tm_yday
    name = _WEEKDAYS[day.weekday()]
    return {name, f"{(number - 1) // 7 + 1}{name}", f"-{(length - number) // 7 + 1}{name}"}
