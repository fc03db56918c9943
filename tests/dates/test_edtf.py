"""EDTF: every form with its days, invalid dates, and properties of all dates."""

from __future__ import annotations

import time
import warnings
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.fuzz import examples
from wavectl.dates import edtf
from wavectl.dates.edtf import DateError, Precision, When, parse
from wavectl.diagnostics import quoted


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


FORMS = [
    # text, earliest, latest ("" for none), precision, exact
    ("2017-11-02", "2017-11-02", "2017-11-02", "day", True),
    ("2016-02-29", "2016-02-29", "2016-02-29", "day", True),
    ("1583-01-01", "1583-01-01", "1583-01-01", "day", True),
    ("9998-12-31", "9998-12-31", "9998-12-31", "day", True),
    ("2017-11-02/2017-11-03", "2017-11-02", "2017-11-03", "day", True),
    ("2017-11-02/2017-11-02", "2017-11-02", "2017-11-02", "day", True),
    ("2018-02/2018-07", "2018-02-01", "2018-07-31", "month", False),
    ("2017-11-02/2018-02", "2017-11-02", "2018-02-28", "month", False),
    ("2017/2018-03-05", "2017-01-01", "2018-03-05", "year", False),
    ("2018-03-10/2018-03", "2018-03-10", "2018-03-31", "month", False),
    ("2018-03", "2018-03-01", "2018-03-31", "month", False),
    ("2018", "2018-01-01", "2018-12-31", "year", False),
    ("2018-21", "2018-03-01", "2018-05-31", "season", False),
    ("2018-22", "2018-06-01", "2018-08-31", "season", False),
    ("2018-23", "2018-09-01", "2018-11-30", "season", False),
    ("2018-24", "2018-12-01", "2019-02-28", "season", False),
    ("2019-24", "2019-12-01", "2020-02-29", "season", False),
    ("9998-24", "9998-12-01", "9999-02-28", "season", False),
    ("2018-25", "2018-03-01", "2018-05-31", "season", False),
    ("2018-26", "2018-06-01", "2018-08-31", "season", False),
    ("2018-27", "2018-09-01", "2018-11-30", "season", False),
    ("2018-28", "2018-12-01", "2019-02-28", "season", False),
    ("2018-29", "2018-09-01", "2018-11-30", "season", False),
    ("2019-30", "2019-12-01", "2020-02-29", "season", False),
    ("2018-31", "2018-03-01", "2018-05-31", "season", False),
    ("2018-32", "2018-06-01", "2018-08-31", "season", False),
    ("2018-29~", "2018-09-01", "2018-11-30", "season", False),
    ("2018-37", "2018-01-01", "2018-04-30", "semester", False),
    ("2018-38", "2018-05-01", "2018-08-31", "semester", False),
    ("2018-39", "2018-09-01", "2018-12-31", "semester", False),
    ("2018-33", "2018-01-01", "2018-03-31", "quarter", False),
    ("2018-34", "2018-04-01", "2018-06-30", "quarter", False),
    ("2018-35", "2018-07-01", "2018-09-30", "quarter", False),
    ("2018-36", "2018-10-01", "2018-12-31", "quarter", False),
    ("2018-40", "2018-01-01", "2018-06-30", "semester", False),
    ("2018-41", "2018-07-01", "2018-12-31", "semester", False),
    ("2018-07-XX", "2018-07-01", "2018-07-31", "month", False),
    ("2018-XX", "2018-01-01", "2018-12-31", "year", False),
    ("2018-XX-XX", "2018-01-01", "2018-12-31", "year", False),
    ("[2018-07-05..2018-07-20]", "2018-07-05", "2018-07-20", "month", False),
    ("[2018-07-28..2018-08-02]", "2018-07-28", "2018-08-02", "year", False),
    ("[2017-07-05..2018-07-20]", "2017-07-05", "2018-07-20", "year", False),
    ("[2018-01..2018-06]", "2018-01-01", "2018-06-30", "year", False),
    ("[2018-01..2018-01]", "2018-01-01", "2018-01-31", "month", False),
    ("[2018-05-12,2018-05-14]", "2018-05-12", "2018-05-14", "month", False),
    ("[2018-05-12,2018-06-03]", "2018-05-12", "2018-06-03", "year", False),
    (f"[{','.join(f'2018-05-{n:02}' for n in range(1, 11))}]", "2018-05-01", "2018-05-10", "month", False),
    ("../2018-07-17", "2018-07-17", "2018-07-17", "day", False),
    ("../2018-07", "2018-07-31", "2018-07-31", "month", False),
    ("../2018-07-17T18:00", "2018-07-17", "2018-07-17", "time", False),
    ("../2018-07-17?", "2018-07-17", "2018-07-17", "day", False),
    ("2018-07-05/..", "2018-07-05", "", "day", False),
    ("2018-07/..", "2018-07-01", "", "month", False),
    ("2018-07-05?/..", "2018-07-05", "", "day", False),
    ("2018-10?", "2018-10-01", "2018-10-31", "month", False),
    ("2018-10~", "2018-10-01", "2018-10-31", "month", False),
    ("2018-10%", "2018-10-01", "2018-10-31", "month", False),
    ("2018-10-05?", "2018-10-05", "2018-10-05", "day", False),
    ("2018-10-05?/2018-10-06", "2018-10-05", "2018-10-06", "day", False),
    ("2018-10-05/2018-10-06~", "2018-10-05", "2018-10-06", "day", False),
    ("2018-07-XX?", "2018-07-01", "2018-07-31", "month", False),
    ("2017-11-08T15:00", "2017-11-08", "2017-11-08", "time", True),
    ("2017-11-08T00:00", "2017-11-08", "2017-11-08", "time", True),
    ("2017-11-08T15:00:30", "2017-11-08", "2017-11-08", "time", True),
    ("2017-11-08T15:00Z", "2017-11-08", "2017-11-08", "time", True),
    ("2017-11-08T15:00+09:00", "2017-11-08", "2017-11-08", "time", True),
    ("2017-11-08T15:00-14:00", "2017-11-08", "2017-11-08", "time", True),
    ("2017-11-08T15:00?", "2017-11-08", "2017-11-08", "time", False),
    ("2017-11-08T15:00/2017-11-08T16:30", "2017-11-08", "2017-11-08", "time", True),
    ("2017-11-08T22:00/2017-11-09T02:00", "2017-11-08", "2017-11-09", "time", True),
    ("2017-11-08T15:00/2017-11-09", "2017-11-08", "2017-11-09", "day", True),
    ("2017-11-08T15:00/..", "2017-11-08", "", "time", False),
    ("unknown", "", "", "unknown", False),
]


@pytest.mark.parametrize(("text", "earliest", "latest", "precision", "exact"), FORMS)
def test_each_form_has_its_days(text: str, earliest: str, latest: str, precision: str, exact: bool) -> None:
    when = parse(text)
    assert (when.earliest, when.latest, when.precision, when.is_exact) == (day(earliest), day(latest), precision, exact)
    assert when.is_qualified is any(mark in text for mark in "?~%")
    assert when.text == text
    assert parse(when.text) == when
    assert when.bounds == (None if text.startswith("..") else day(earliest), day(latest))


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("[2018-05-12,2018-06-03]", "2018-06-03", True),
        ("[2018-05-12,2018-06-03]", "2018-05-20", False),
        ("[2018-05-12,2018-06-03]", "2018-05-13/2018-06-02", False),
        ("[2018-05-12,2018-06-03]", "[2018-05-20,2018-06-03]", True),
        ("[2018-05-12,2018-06-03]", "[2018-05-20,2018-06-04]", False),
        ("[2018-05-12,2018-06-03]", "[2018-05-20..2018-06-04]", True),
        ("../2018-07", "2018-07-31", True),
        ("../2018-07", "2018-07-30", False),
        ("2018-07-05/..", "2018-07-06", False),
        ("unknown", "unknown", False),
    ],
)
def test_dates_meet_on_one_of_their_days(one: str, other: str, meet: bool) -> None:
    assert parse(one).meets(parse(other)) is parse(other).meets(parse(one)) is meet


def test_every_precision_has_a_form() -> None:
    assert {form[3] for form in FORMS} == set(Precision)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("2018-07-05/", "2018-07-05/.."),
        ("/2018-07-05", "../2018-07-05"),
        ("[2018-05-12, 2018-06-03]", "[2018-05-12,2018-06-03]"),
        (" 2018-07 ", "2018-07"),
        ("2018-07\u00a0", "2018-07"),
        ("2017-11-08T15:00:00", "2017-11-08T15:00"),
    ],
)
def test_other_spellings_have_a_normal_form(written: str, normal: str) -> None:
    assert parse(written).text == normal


def test_an_open_end_is_known_until_the_end_of_its_start() -> None:
    assert parse("2018-07/..").last_known == date(2018, 7, 31)
    assert parse("2018-07/..").days == 31
    assert parse("unknown").last_known is None
    assert parse("unknown").days == 0
    assert parse("2017-11-02/2017-11-03").days == 2


def test_a_choice_of_days_is_on_none_of_the_days_between() -> None:
    choice = parse("[2018-05-12,2018-06-03,2019-01-01]")
    assert choice.spans == [(day, day) for day in map(date.fromisoformat, ("2018-05-12", "2018-06-03", "2019-01-01"))]
    assert choice.overlaps(date(2018, 5, 20), date(2018, 6, 3))
    assert not choice.overlaps(date(2018, 5, 13), date(2018, 6, 2))
    assert str(choice.shift_years(2)) == "[2020-05-12,2020-06-03,2021-01-01]"


def test_a_time_of_day_has_a_wall_time() -> None:
    start, end = parse("2017-11-08T15:00+09:00/2017-11-08T16:30").start, parse("2017-11-08/2017-11-08T16:30").end
    assert start is not None
    assert start.wall_time is not None
    assert start.wall_time.isoformat() == "2017-11-08T15:00:00+09:00"
    assert end is not None
    assert end.wall_time is not None
    assert end.wall_time.isoformat() == "2017-11-08T16:30:00"
    assert parse("2017-11-08").start.wall_time is None  # type: ignore[union-attr]


def test_an_end_with_another_offset_may_be_on_the_day_before() -> None:
    when = parse("2017-11-09T01:00+09:00/2017-11-08T17:00Z")
    assert (when.earliest, when.latest) == (date(2017, 11, 9), date(2017, 11, 9))


def test_precisions_are_ranked_from_the_closest() -> None:
    assert [precision.rank for precision in Precision] == list(range(8))


INVALID = [
    "../..",
    "/",
    "201X",
    "20XX-05",
    "2017-11-02,2017-11-03",
    "[2017-11-02]",
    "[2017-11-02,]",
    "[2017-11-02,2017-11-02]",
    "[2017-11,2017-12]",
    "[2017-11-02,2017-11-05?]",
    "[2017-11-02T10:00,2017-11-05T10:00]",
    "[2017-11-02,2017-11-05..2017-11-07]",
    f"[{','.join(f'2018-05-{n:02}' for n in range(1, 12))}]",
    "{2017-11-02,2017-11-05}",
    "[2018-07-05..]",
    "[..2018-07-05]",
    "[2018-07-05..2018-07-20",
    "[2018-07-05?..2018-07-20]",
    "[2018-07-05T10:00..2018-07-20]",
    "[2018-07-05 .. 2018-07-20]",
    "2017-11-02 / 2017-11-03",
    "2018?-10",
    "2018-~10",
    "2018-10?~",
    "2017-02-29",
    "2017-11-31",
    "2017-11-00",
    "2017-06-31/2017-07-02",
    "2017-13",
    "2017-00",
    "2017-13-01",
    "2018-20",
    "2018-42",
    "2018-21-05",
    "2018-XX-05",
    "2018-07-xx",
    "2017-9-4",
    "2017-9",
    "2018-7-XX",
    "04/09/2017",
    "4.9.17",
    "2017/09/04",
    "2017.09",
    "20170904",
    "2017-11-02 - 2017-11-03",
    "2017-11-02\u20132017-11-03",
    "2017-2018",
    "2017-11-02/03",
    "2017-11-02/11-05",
    "2017-11-08T15:00/16:30",
    "1582-12-31",
    "9999",
    "-0050",
    "17000",
    "2017-11T15:00",
    "2017-11-08T24:00",
    "2017-11-08T15:60",
    "2017-11-08T15:00:60",
    "2017-11-08T15",
    "2017-11-08 15:00",
    "2017-11-08T15h30",
    "2017-11-08T15:00+0100",
    "2017-11-08T15:00+14:30",
    "2017-11-08T15:00+02:60",
    "",
    "TBD",
    "unknown?",
    "2018/../2019",
    "\u0662\u0660\u0661\u0668",
]
"""Invalid dates; ``edtf_errors.txt`` holds the message and the hint of each."""


@pytest.mark.parametrize("text", INVALID)
def test_an_invalid_date_is_refused(text: str) -> None:
    with pytest.raises(DateError) as caught:
        parse(text)
    assert caught.value.rule == "invalid-date"
    assert str(quoted(text.strip())) in str(caught.value.message)
    assert caught.value.hint is not None


def test_the_error_of_each_invalid_date(golden: Callable[[Path, str], None]) -> None:
    lines = []
    for text in INVALID:
        with pytest.raises(DateError) as caught:
            parse(text)
        lines.append(f"{caught.value.message}\n    {caught.value.hint}\n")
    golden(Path(__file__).with_name("edtf_errors.txt"), "".join(lines))


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("201X", "[2010..2019]"),
        ("2017-02-29", "28"),
        ("2017-11-31", "30"),
        ("2018-XX-05", "2018"),
        ("2018-07-xx", "XX"),
        ("2017-11-02,2017-11-03", "moment"),
        ("2017-11-02 - 2017-11-03", "2017-11-02/2017-11-03"),
        ("2017-11-08T24:00", "23:59"),
        ("2017-11-08T15h30", "2017-11-08T15:00"),
        ("2017-11-08T15:00+14:30", "+14:00"),
        ("1582-12-31", "1583"),
    ],
)
def test_the_hint_shows_what_to_write(text: str, hint: str) -> None:
    with pytest.raises(DateError) as caught:
        parse(text)
    assert hint in str(caught.value.hint)


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("2017-11-03/2017-11-02", "2017-11-02/2017-11-03"),
        ("2018-07/2018-02", "2018-02/2018-07"),
        ("2017-11-08T16:00/2017-11-08T15:00", "2017-11-08T15:00/2017-11-08T16:00"),
        ("2017-11-08T16:00+01:00/2017-11-08T14:00Z", "2017-11-08T14:00Z/2017-11-08T16:00+01:00"),
        ("[2018-07-20..2018-07-05]", "[2018-07-05..2018-07-20]"),
        ("[2018-07-20,2018-07-05]", "[2018-07-05,2018-07-20]"),
        ("[2018-07-05,2018-07-20,2018-07-05]", "[2018-07-05,2018-07-20]"),
    ],
)
def test_the_hint_puts_inverted_dates_in_order(text: str, turned: str) -> None:
    with pytest.raises(DateError) as caught:
        parse(text)
    assert caught.value.rule == "inverted-dates"
    assert str(caught.value.hint).endswith(turned)
    assert parse(turned).text == turned


@st.composite
def points(draw: st.DrawFn, *, plain: bool = False) -> str:
    year = draw(st.integers(1583, 9998))
    month = draw(st.integers(1, 12))
    form = draw(st.sampled_from(("year", "month", "part", "day", "XX", "XX-XX", "time")))
    text = {
        "year": f"{year}",
        "month": f"{year}-{month:02}",
        "part": f"{year}-{draw(st.integers(21, 41))}",
        "XX": f"{year}-XX",
        "XX-XX": f"{year}-{month:02}-XX",
    }.get(form, f"{year}-{month:02}-{draw(st.integers(1, monthrange(year, month)[1])):02}")
    if plain:
        return text
    if form == "time":
        zone = draw(st.sampled_from(("", "Z", "+09:00", "-11:30", "+14:00")))
        text += f"T{draw(st.integers(0, 23)):02}:{draw(st.integers(0, 59)):02}{zone}"
    return text + draw(st.sampled_from(("", "", "?", "~", "%")))


@st.composite
def dates(draw: st.DrawFn) -> When:
    """Dates in every form, the ends of intervals and sets near each other and in order."""
    form = draw(st.sampled_from(("{0}", "{0}/..", "../{0}", "{0}/{1}", "[{0}..{1}]", "unknown")))
    plain = form.startswith("[")
    first, last = draw(points(plain=plain)), draw(points(plain=plain))
    last = first[:4] + last[4:] if first[5:10] != "02-29" and last[5:10] != "02-29" else last
    for pair in ((first, last), (last, first)):
        try:
            return parse(form.format(*pair))
        except DateError as error:
            assert error.rule == "inverted-dates"  # noqa: PT017 - the other way round it must be one
    raise AssertionError(f"{form.format(first, last)} is refused in both orders")


@given(dates())
def test_the_earliest_day_is_never_after_the_latest(when: When) -> None:
    if when.earliest is None:
        assert when == edtf.UNKNOWN
    else:
        assert when.last_known is not None
        assert when.earliest <= when.last_known
        assert when.latest in (None, when.last_known)
        assert when.days >= 1


@given(dates())
def test_a_date_is_its_normal_form(when: When) -> None:
    assert parse(when.text) == when
    assert parse(when.text).text == when.text


@given(dates(), st.integers(-20, 20))
def test_a_moved_date_is_the_same_stretch_of_another_year(when: When, years: int) -> None:
    moved = when.shift_years(years)
    if moved is not None and when.earliest is not None and moved.earliest is not None:
        assert moved.earliest.year == when.earliest.year + years
        assert moved.earliest.month == when.earliest.month
        assert (moved.form, moved.precision, moved.is_qualified, moved.is_exact) == (
            when.form,
            when.precision,
            when.is_qualified,
            when.is_exact,
        )
        assert parse(moved.text) == moved
        assert moved.shift_years(-years) in (when, None)


@pytest.mark.parametrize(
    ("text", "years", "moved"),
    [
        ("2017-12-10", 1, "2018-12-10"),
        ("2017-12-30/2018-01-02", 2, "2019-12-30/2020-01-02"),
        ("2018-10?", 1, "2019-10?"),
        ("2018-24", 1, "2019-24"),
        ("[2018-07-05..2018-07-20]", 1, "[2019-07-05..2019-07-20]"),
        ("[2018-12-30,2019-01-02]", 1, "[2019-12-30,2020-01-02]"),
        ("../2018-07-17", 1, "../2019-07-17"),
        ("2018-32", 1, "2019-32"),
        ("2017-11-08T15:00+09:00", 1, "2018-11-08T15:00+09:00"),
        ("2016-02", 1, "2017-02"),
        ("2016-02-29", 4, "2020-02-29"),
        ("2016-02-29", 1, None),
        ("2016-02-27/2016-02-29", 1, None),
        ("9998", 1, None),
        ("1583", -1, None),
        ("unknown", 1, "unknown"),
    ],
)
def test_a_date_moves_by_years(text: str, years: int, moved: str | None) -> None:
    result = parse(text).shift_years(years)
    assert (result.text if result else None) == moved


@pytest.mark.parametrize(
    ("text", "first", "last", "expected"),
    [
        ("2017-11", "2017-11-30", "2017-12-05", True),
        ("2017-11", "2017-12-01", "", False),
        ("2017-11", "", "2017-10-31", False),
        ("2017-11", "", "2017-11-01", True),
        ("2017-11-02/..", "2017-11-02", "", True),
        ("2017-11-02/..", "2017-11-03", "", False),
        ("unknown", "", "", False),
    ],
)
def test_a_date_overlaps_a_window_that_it_touches(text: str, first: str, last: str, expected: bool) -> None:
    assert parse(text).overlaps(day(first), day(last)) is expected


NEAR_DATES = st.text(alphabet="0123456789-/.TZX?~%[]{},: +unkow", max_size=40)


@given(st.one_of(st.text(max_size=60), NEAR_DATES))
@settings(max_examples=examples(400))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        when = parse(text)
    except DateError as error:
        refused = error
    else:
        assert parse(when.text) == when
        return
    assert str(refused.message)
    assert str(refused.hint)
    assert refused.rule in ("invalid-date", "inverted-dates")


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "?",
        "?\n",
        "1 ",
        "1-",
        "- ",
        "X",
        ",",
        "2017-",
        "2017-11-02/",
        "[",
        "[2018..",
        "T",
        "\u2013",
        "1\n",
        "2 to ",
    ],
)
def test_long_texts_are_refused_quickly(unit: str) -> None:
    text = (unit * 100_000)[:100_000]
    start = time.process_time()
    for candidate in (text, "2017-11-02" + text, "[" + text + "]", text + "\n!"):
        with pytest.raises(DateError) as caught:
            parse(candidate)
        assert len(str(caught.value.message)) < 500
    assert time.process_time() - start < 1


SAMPLE = [
    # What is left out, because the package `edtf` reads it otherwise: winter (it ends on 31 December there, before
    # it is over), open ends (it adds ten years, or has no date to compare), times without seconds (no EDTF to it),
    # and `unknown`, which is not of EDTF.
    "2017-11-02",
    "2016-02-29",
    "1600-02",
    "2018-03",
    "2016-02",
    "2018",
    "2018-21",
    "2018-22",
    "2018-23",
    "2018-33",
    "2018-34",
    "2018-35",
    "2018-36",
    "2018-40",
    "2018-41",
    "2018-07-XX",
    "2018-XX",
    "2018-XX-XX",
    "2018-10?",
    "2018-10~",
    "2018-10%",
    "2018-10-05?",
    "2018?",
    "2017-11-02/2017-11-03",
    "2018-02/2018-07",
    "2017/2018-03",
    "2018-10?/2018-11~",
    "[2018-07-05..2018-07-20]",
    "[2018-01..2018-06]",
    "2017-11-08T15:00:30",
    "2017-11-08T15:00:30Z",
    "2017-11-08T15:00:30+01:00",
]


def test_the_days_agree_with_another_edtf_library() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its grammar warns while it is imported
        from edtf import parse_edtf
    generator_days = [date(1583, 1, 1) + timedelta(days=61_003 * n) for n in range(40)]
    compared = 0
    for text in (*SAMPLE, *(day.isoformat() for day in generator_days)):
        peer, ours = parse_edtf(text), parse(text)
        assert date(*peer.lower_strict()[:3]) == ours.earliest, text
        assert date(*peer.upper_strict()[:3]) == ours.latest, text
        compared += 1
    assert compared > 60


def test_the_other_library_refuses_the_same_texts() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from edtf import parse_edtf
        from edtf.parser.edtf_exceptions import EDTFParseException
    for text in ("2017-13", "2017-13-01", "2017-11-31", "2017-9-4", "2017-11-02/03", "04/09/2017"):
        with pytest.raises(EDTFParseException):
            parse_edtf(text)
        with pytest.raises(DateError):
            parse(text)
