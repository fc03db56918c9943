"""The plan that a team starts from: a programme, one example of a wave, and a page on how to work with them.

They are files of this package, one set for each language that wavectl speaks, and differ in the order of their texts
and in their remarks. The dates of the example lie ahead of the day on which it is made.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from importlib.resources import files

EXAMPLE_WAVE_IDS = {"en": "climate", "fr": "climat", "es": "clima"}
"""The id of the example, by the languages that there is one in."""
_THURSDAY = 3


def starter_files(language: str, today: date) -> Mapping[str, str]:
    """Return the files of a plan to start from, by name, in one of the languages of ``WAVES``."""
    home = files(__package__) / language
    texts = {name: (home / name).read_text(encoding="utf-8") for name in ("programme.yaml", "wave.yaml", "README.md")}
    wave = texts.pop("wave.yaml")
    for name, when in example_dates(today).items():
        wave = wave.replace(f"{{{name}}}", when)
    return {f"{EXAMPLE_WAVE_IDS[language]}.yaml": wave, **texts}


def example_dates(today: date) -> dict[str, str]:
    """Return the dates of the example in EDTF: all are in a calendar of twelve months that begins with this one."""
    launch = today + timedelta(days=45)
    launch += timedelta(days=(_THURSDAY - launch.weekday()) % 7)
    call, forum, last = (_month_start(today, months) for months in (3, 6, 11))
    cities = date(today.year, 10, 31)
    return {
        "period": f"{today:%Y-%m}/{last:%Y-%m}",
        "launch": f"{launch}/{launch + timedelta(days=1)}",
        "call": str(call.replace(day=monthrange(call.year, call.month)[1])),
        "forum": f"{forum:%Y-%m}",
        "confirm": str(forum - timedelta(days=90)),
        "day": str(cities if cities >= today else cities.replace(year=today.year + 1)),
        "report": f"{last:%Y-%m}",
    }


def _month_start(day: date, months: int) -> date:
    """Return the first day of the month that is so many months behind that of a day."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)
