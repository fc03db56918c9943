"""Dates of real calendars with their meaning, and how wavectl reads them.

`dates_in_words.tsv` was written before the parser was run on it. Its dates are copied from calendars of cities,
networks, unions and campaigns, or written in their style. `sure` is "no" if a careful reader would ask first.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from wavectl.dates import edtf
from wavectl.dates.parser import DatePhraseError, ParsedDate, parse_date

TABLE = Path(__file__).with_suffix(".tsv")
REFUSED = "refused"
WRITTEN_HERE = "in their manner"


class Kind(StrEnum):
    """How a date was read."""

    RIGHT = "right"  # also if it must be refused, and is
    RIGHT_BUT_UNSURE = "right, but with a doubt"
    REFUSED = "refused, but it can be read"
    WRONG = "wrong"


class Written(NamedTuple):
    """A date of a calendar and its EDTF, or ``refused``."""

    language: str
    text: str
    edtf: str
    repeat: str | None
    sure: bool
    source: str


def written(table: Path = TABLE) -> list[Written]:
    """Return the dates of the table."""
    with table.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Written(**{**row, "repeat": row["repeat"] or None, "sure": row["sure"] == "yes"}) for row in rows]


def reading(text: str) -> ParsedDate | None:
    """Return the parsed date, None if it is refused."""
    try:
        return parse_date(text)
    except DatePhraseError:
        return None


def judged(one: Written, found: ParsedDate | None) -> Kind:
    """Compare a parsed date with the table: an unsure date without a doubt is wrong too."""
    if found is None:
        return Kind.RIGHT if one.edtf == REFUSED else Kind.REFUSED
    if one.edtf == REFUSED or not _same(one, found) or (found.certain and not one.sure):
        return Kind.WRONG
    return Kind.RIGHT if found.certain == one.sure else Kind.RIGHT_BUT_UNSURE


def _same(one: Written, found: ParsedDate) -> bool:
    """Tell whether a parsed date is the expected one; for unsure dates, compare the days only."""
    if one.sure or edtf.parse(one.edtf).form is edtf.DateForm.UNKNOWN:
        return (found.edtf, found.repeat) == (one.edtf, one.repeat)
    expected, taken = edtf.parse(one.edtf), edtf.parse(found.edtf)
    return (taken.earliest, taken.latest, found.repeat) == (expected.earliest, expected.latest, one.repeat)


def counts(dates: Iterable[Written]) -> Mapping[str, Counter[Kind]]:
    """Count the results by language."""
    found: dict[str, Counter[Kind]] = {}
    for one in dates:
        found.setdefault(one.language, Counter())[judged(one, reading(one.text))] += 1
    return found
