"""The days of a recurrence rule, found by asking of every day whether it satisfies RFC 5545 §3.3.10: slow and plain."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import lru_cache


def starts(text: str, first: date, last: date) -> Iterator[date]:
    """Return the days that a rule gives from ``first`` through ``last``, both included, anchored on ``first``."""
    parts = _completed(text, first)
    for begin, end in _cycles(dict(parts), first):
        if begin > last:
            return
        yield from (day for day in _chosen(parts, begin, end) if first <= day <= last)


def _completed(text: str, first: date) -> tuple[tuple[str, str], ...]:
    """Return the parts of a rule, with those that its first day implies (RFC 5545 §3.3.10)."""
    parts = dict(item.split("=", 1) for item in text.split(";"))
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
    step, stop = int(parts.get("INTERVAL", 1)), 9999
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
