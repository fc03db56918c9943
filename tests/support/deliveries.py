"""Deliveries of actions, generated in the manner of real ones: three kinds of headings, vague cells, contact data."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook

from support.plans import SOUND, write_plan

_TOWNS = (
    "Tunis, Tunisia",
    "Amman, Jordanie",
    "Lima, Perú",
    "Dar es Salaam,tanzania",
    "Kisumu",
    "Online",
    "Graz, Austria",
)
_PEOPLE = ("~50", "20-30", "70+", "TBD", "100", "up to 50", "", "sin límite")
_DATES = ("2027-03-14", "14 March 2027", "March 2027", "", "TBC", "14/03/2027")
PLAN = """\
priorities: {learning: {en: Learning, fr: Apprentissage}, advocacy: {en: Advocacy, fr: Plaidoyer}}
languages: [en, fr, es]
uid_domain: waves.example
"""
MOMENTS = """\
moments:
  - {id: forum, title: {en: World forum, fr: Forum mondial}, when: 2027-03}
  - {id: risky, title: "=1+1", when: 2027-04}
"""

Delivery = list[dict[str, str]]


def delivery(count: int) -> Delivery:
    """Return rows as a web form exports them. Every tenth has a mail address in a column, every tenth a telephone."""
    return [
        {
            "slug": f"slug-{n}",
            "event_name": f"Open day {n}" + (f" (info{n}@example.org)" if n % 10 == 3 else ""),
            "event_date": _DATES[n % len(_DATES)],
            "organisers": f"Group {n}" + (f" <group{n}@example.org>" if n % 10 == 5 else ""),
            "place": _TOWNS[n % len(_TOWNS)],
            "num_participants": _PEOPLE[n % len(_PEOPLE)],
            "latitude": f"{n % 60}.5",
            "longitude": f"-{n % 170}.25",
            "event_purpose": f"Purpose {n}",
            "email": f"who{n}@example.org" if n % 10 == 7 else "",
        }
        for n in range(count)
    ]


def next_delivery(rows: Delivery) -> Delivery:
    """Return the delivery of the next day: 20 moved, 10 renamed, 5 withdrawn and 15 new rows."""
    after = [dict(row) for row in rows]
    for row in after[:20]:
        row["event_date"] = "2027-05-02"
    for row in after[20:30]:
        row["event_name"] = f"{row['event_name']}: the new programme"
    more = delivery(len(rows) + 15)[len(rows) :]
    return after[:-5] + more


def as_csv(rows: Iterable[Mapping[str, str]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """Return rows as a CSV file; the keys of the first one are the headings."""
    listed = list(rows)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(listed[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(listed)
    return out.getvalue().encode(encoding)


def as_workbook(*lines: Sequence[object]) -> bytes:
    """Return a workbook with these rows on one sheet."""
    book = Workbook()
    for line in lines:
        book.worksheets[0].append(list(line))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_wave(home: Path, **others: str) -> Path:
    """Write a plan with one wave, and ``others``, files by name; return the plan's folder."""
    period = SOUND.replace("2017-05/2018-12", "2027-01/2027-12")
    return write_plan(home, {"programme": PLAN, "housing": period + MOMENTS, **others})
