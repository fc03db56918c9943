"""Dates from real calendars: none is read wrongly, and nearly all are read."""

from __future__ import annotations

import pytest

from support.dates_in_words import REFUSED, WRITTEN_HERE, Kind, Written, counts, judged, reading, written
from wavectl.dates import edtf, recurrence
from wavectl.dates.parser import ParsedDate
from wavectl.diagnostics import msg

FLOOR = {"en": 99, "es": 100, "fr": 99}
"""Minimum percentage of dates read correctly, by language."""
DATES = written()


def dates_of_kind(kind: Kind) -> list[str]:
    """Describe the dates with this result, for the message of a test."""
    found = [(one, reading(one.text)) for one in DATES]
    return [
        f"{one.language}: {one.text!r} is {one.edtf} {one.repeat or ''}, read as {taken and taken[:3]}"
        for one, taken in found
        if judged(one, taken) is kind
    ]


def test_the_table_is_large_and_valid() -> None:
    assert len(DATES) >= 580
    assert len({one[:2] for one in DATES}) == len(DATES), "a date is duplicated"
    for language in FLOOR:
        assert sum(one.language == language for one in DATES) >= 130
        assert sum(one.language == language and one.source != WRITTEN_HERE for one in DATES) >= 60
    for one in DATES:
        assert one.source, one
        if one.edtf == REFUSED:
            assert (one.repeat, one.sure) == (None, False), one
        else:
            assert edtf.parse(one.edtf).text == one.edtf, one
            assert one.repeat is None or recurrence.parse(one.repeat).text == one.repeat, one


def test_no_date_is_read_wrong() -> None:
    assert dates_of_kind(Kind.WRONG) == []


@pytest.mark.parametrize("language", sorted(FLOOR))
def test_nearly_all_dates_are_read_right(language: str) -> None:
    found = counts(DATES)[language]
    share = 100 * found[Kind.RIGHT] / found.total()
    besides = "\n".join(
        line for kind in Kind if kind is not Kind.RIGHT for line in dates_of_kind(kind) if line[:2] == language
    )
    assert share >= FLOOR[language], f"{share:.1f} of 100 dates in {language} are read right\n{besides}"


@pytest.mark.parametrize(
    ("expected", "sure", "found", "kind"),
    [
        ("2018-03", True, ParsedDate("2018-03"), Kind.RIGHT),
        ("2018-03", True, ParsedDate("2018-03", certain=False, doubts=(msg("perhaps"),)), Kind.RIGHT_BUT_UNSURE),
        ("2018-03", True, None, Kind.REFUSED),
        ("2018-03", True, ParsedDate("2018-03?"), Kind.WRONG),
        ("2018-03", True, ParsedDate("2018-03", "yearly"), Kind.WRONG),
        ("2018-03/2018-04", False, ParsedDate("[2018-03..2018-04]", certain=False), Kind.RIGHT),
        ("2018-03/2018-04", False, ParsedDate("2018-03/2018-05", certain=False), Kind.WRONG),
        ("2018-03", False, ParsedDate("2018-03"), Kind.WRONG),
        (REFUSED, False, None, Kind.RIGHT),
        (REFUSED, False, ParsedDate("2018-03", certain=False), Kind.WRONG),
        ("unknown", True, ParsedDate("unknown"), Kind.RIGHT),
    ],
)
def test_how_a_reading_is_judged(expected: str, sure: bool, found: ParsedDate | None, kind: Kind) -> None:
    assert judged(Written("en", "words", expected, None, sure, WRITTEN_HERE), found) is kind
