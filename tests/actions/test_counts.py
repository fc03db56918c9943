"""Actions are counted honestly: what is left out, what people were reported, and in which row an action counts."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.plans import ANNOUNCED, read_plan
from wavectl.actions.action import COLUMNS
from wavectl.actions.counts import PUBLIC, Count, CountBy, Counts, PlaceCounter, Tally, count_rows
from wavectl.actions.filters import KEEP_ALL, ActionFilter
from wavectl.actions.register import Row, write_register
from wavectl.timeline.actors import RegionIndex

IN_SOUTH_AFRICA = ActionFilter(countries=("ZA",))
PROGRAMME = """\
regions:
  africa: {name: Africa, countries: [TN, ZA]}
  mewa: {name: Middle East and West Asia, countries: [JO, TN]}
"""


@pytest.fixture(scope="module")
def regions(tmp_path_factory):
    files = {"programme.yaml": PROGRAMME, "housing.yaml": ANNOUNCED}
    return RegionIndex(read_plan(tmp_path_factory.mktemp("plan"), files))


def tally(rows, by=None, keep=KEEP_ALL, regions=None, today=None, *, is_public=False):
    counting, keeps = Tally(by, regions, today if is_public else None), keep.matcher(regions, today)
    counting.add(tuple(row.get(column) for column in counting.columns) for row in map(Row.new, rows) if keeps(row))
    return counting.counts()


def people(*texts, **cells):
    total = tally([{"people": text, **cells} for text in texts]).total
    return total.with_people, total.people_low, total.people_high


def test_refused_and_cancelled_actions_are_left_out_and_told():
    rows = [
        {"review": "accepted"},
        {"review": "pending"},
        {},
        {"review": "refused", "people": "5000"},
        {"status": "cancelled", "review": "accepted", "people": "5000"},
        {"status": "cancelled", "review": "refused"},
        {"status": "postponed"},
        {"missing_since": "2027-03-01"},
    ]
    counts = tally(rows)
    assert counts.total == Count(actions=5, accepted=1)
    assert (counts.refused, counts.cancelled) == (2, 1)
    assert tally(rows, CountBy.REVIEW).rows == {"pending": Count(4), "accepted": Count(1, 1)}


def test_in_public_no_action_that_is_still_to_come_has_a_result():
    """One that has begun may have one, and so may one whose day is not known, or not exactly."""
    days = ("2017-09-02", "2017-10", "2017-09-01", "2017-08-20/2017-09-20", "2017", "")
    rows = [{"when": day, "people": "40", "outcome": "O", "review": "accepted", "country": "TN"} for day in days]
    today = date(2017, 9, 1)
    assert tally(rows, CountBy.COUNTRY, today=today, is_public=True).rows == {"TN": Count(6, 6, 4, 4, 160, 160)}
    assert tally(rows, CountBy.COUNTRY, today=today).total == Count(6, 6, 6, 6, 240, 240)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["~50"], (1, 50, 50)),
        (["70+"], (1, 70, None)),
        (["up to 50"], (1, 0, 50)),
        (["20-30", "~50"], (2, 70, 80)),
        (["20-30", "70+"], (2, 90, None)),
        (["TBD", "sin límite", ""], (0, 0, 0)),
        (["0"], (1, 0, 0)),
        (["1" * 300], (0, 0, 0)),
    ],
)
def test_people_are_counted_as_reported(texts, expected):
    assert people(*texts) == expected


def test_the_columns_of_the_figure_win_and_what_was_expected_is_never_added():
    assert people("~50", people_low="40", people_high="60", expected="5000") == (1, 40, 60)
    assert people("", people_low="40") == (1, 40, None)
    assert people("", people_low="60", people_high="40") == (1, 40, 60)
    assert people("", expected="5000") == (0, 0, 0)


@pytest.mark.parametrize(
    ("cells", "reported"),
    [
        ({"people": "~50"}, 1),
        ({"reported": "2027-04-01"}, 1),
        ({"outcome": "A charter"}, 1),
        ({"people": "TBD"}, 0),
        ({"reported": "soon"}, 0),
        ({"expected": "50"}, 0),
        ({"evidence": "a photograph"}, 0),
    ],
)
def test_an_action_is_reported_that_has_a_result(cells, reported):
    assert tally([cells]).total.reported == reported


@pytest.mark.parametrize(
    ("when", "month", "week"),
    [
        ("2027-03-14", "2027-03", "2027-W10"),
        ("2027-03-15T10:00/2027-03-15T12:00", "2027-03", "2027-W11"),
        ("2027-03-15/2027-03-21", "2027-03", "2027-W11"),
        ("2027-03-29/2027-04-02", None, "2027-W13"),
        ("2027-03-20/2027-03-22", "2027-03", None),
        ("2027-03", "2027-03", None),
        ("[2027-03-15..2027-03-19]", "2027-03", "2027-W11"),
        ("[2027-03-15,2027-03-22]", "2027-03", None),
        ("2027-01-01", "2027-01", "2026-W53"),
        *[(text, None, None) for text in ("2027", "2027-21", "2027-03-15/..", "../2027-03-15", "unknown", "")],
        *[(text, None, None) for text in ("2027-03-15?", "2027-03~", "3 March")],
    ],
)
def test_an_action_counts_in_the_month_and_week_that_surely_hold_it(when, month, week):
    for by, key in ((CountBy.MONTH, month), (CountBy.WEEK, week)):
        counts = tally([{"when": when}], by)
        assert [*counts.rows] == ([key] if key else [])
        assert counts.unknown.actions == (key is None)


def test_a_postponed_action_is_in_no_month():
    counts = tally([{"when": "2027-03-15", "status": "postponed"}], CountBy.MONTH)
    assert (counts.rows, counts.unknown) == ({}, Count(1))


def test_the_region_follows_from_the_country_where_it_is_one(regions):
    rows = [{"country": code} for code in ("ZA", "JO", "TN", "FR", "", "Tunisia")]
    counts = tally(rows, CountBy.REGION, regions=regions)
    assert counts.rows == {"africa": Count(1), "mewa": Count(1)}
    assert counts.unknown == Count(4)


@pytest.mark.parametrize(
    ("by", "values", "keys"),
    [
        (CountBy.COUNTRY, ["TN", "FR", "TN", "", "Tunis"], ["TN", "FR"]),
        (CountBy.KIND, ["measure", "event", "", "party"], ["event", "measure"]),
        (CountBy.PRIORITY, ["rights", "learning", ""], ["learning", "rights"]),
        (CountBy.ORGANISER_TYPE, ["person", "member", ""], ["member", "person"]),
        (CountBy.MOMENT, ["forum", "day", "forum", ""], ["forum", "day"]),
    ],
)
def test_rows_have_the_words_of_their_column_and_an_order(by, values, keys):
    rows = [{by.replace("-", "_"): value} for value in values]
    counts = tally(rows, by)
    assert [*counts.rows] == keys
    assert counts.unknown.actions == len(values) - sum(count.actions for count in counts.rows.values())
    assert tally(rows[::-1], by) == counts


def test_registers_are_counted_together_and_moments_by_wave(tmp_path):
    rows = [Row.new({"id": "a-1", "title": "A", "moment": "forum", "people": "70+"})]
    paths = {wave: tmp_path / f"{wave}.csv" for wave in ("housing", "climate")}
    for path in paths.values():
        path.write_bytes(b"".join(write_register(rows)))
    together, alone = Tally(CountBy.MOMENT), Tally(CountBy.MOMENT)
    for wave, path in paths.items():
        together.prefix = f"{wave}/"
        count_rows(path, (together,))
    count_rows(paths["housing"], (alone,))
    counts = together.counts()
    assert counts.total == Count(2, 0, 2, 2, 140, None)
    assert [*counts.rows] == ["climate/forum", "housing/forum"]
    assert [*alone.counts().rows] == ["forum"]


def test_a_filter_is_counted_and_published_counts_hold_accepted_actions_that_may_be_counted(regions):
    rows = [
        {"country": country, "review": review, "publish": publish, "when": "2027-03-14"}
        for country in ("TN", "FR")
        for review in ("accepted", "pending", "refused")
        for publish in ("full", "", "no")
    ]
    assert tally(rows, keep=PUBLIC).total == Count(4, 4)
    counts = tally(rows, keep=ActionFilter(regions=["africa"], first=date(2027, 3, 1)), regions=regions)
    assert (counts.total, counts.refused) == (Count(6, 3), 3)


CELLS = {
    "review": ["", "accepted", "refused", "pending", "?"],
    "status": ["", "cancelled", "postponed", "tentative"],
    "people": ["", "~50", "20-30", "70+", "up to 50", "TBD", "=1+1"],
    "people_low": ["", "10", "-3"],
    "people_high": ["", "30", "5"],
    "reported": ["", "2027-04-01", "yes"],
    "outcome": ["", "A charter"],
    "when": ["", "2027-03-14", "2027-03", "2027-03-29/2027-04-02", "2027-04-01?", "2027-04-02", "unknown", "x"],
    "country": ["", "TN", "JO", "ZA", "FR", "XX"],
    "kind": ["", "event", "measure", "party"],
    "priority": ["", "learning", "rights"],
    "moment": ["", "forum", "day"],
    "organiser_type": ["", "member", "person"],
}
ROWS = st.lists(st.fixed_dictionaries({column: st.sampled_from(texts) for column, texts in CELLS.items()}), max_size=12)


def add(*counts: Count) -> Count:
    """Add counts by the book: an open end stays open."""
    high = [count.people_high for count in counts]
    sums = [sum(values) for values in zip(*(count[:5] for count in counts), strict=True)]
    return Count(*sums, None if None in high else sum(high)) if counts else Count()


@given(ROWS, st.sampled_from(CountBy), st.randoms(use_true_random=False))
def test_rows_and_unknown_make_the_total_in_any_order_and_in_parts(regions, rows, by, random):
    whole = tally(rows, by, regions=regions)
    assert add(*whole.rows.values(), whole.unknown) == whole.total == tally(rows).total
    assert whole.total.actions + whole.refused + whole.cancelled == len(rows)
    assert whole.total.accepted <= whole.total.actions >= whole.total.reported >= whole.total.with_people
    assert whole.total.people_high is None or whole.total.people_low <= whole.total.people_high

    shuffled = random.sample(rows, len(rows))
    assert list(tally(shuffled, by, regions=regions).rows.items()) == list(whole.rows.items())

    cuts = sorted({0, len(rows), *(random.randint(0, len(rows)) for _ in range(3))})
    parts: list[Counts] = [tally(rows[start:end], by, regions=regions) for start, end in pairwise(cuts)]
    assert add(*(part.total for part in parts)) == whole.total
    for key, count in whole.rows.items():
        assert add(*(part.rows.get(key, Count()) for part in parts)) == count


def test_only_columns_of_registers_are_read():
    assert {*Tally(CountBy.WEEK).columns} <= {*COLUMNS}


def test_places_are_those_of_accepted_actions_that_may_be_shown(tmp_path):
    shown = {
        "title": "T",
        "review": "accepted",
        "publish": "full",
        "country": "ZA",
        "lat": "-26.2041",
        "lon": "28.0473",
    }
    rows = [
        shown,
        shown | {"lat": "-33.9249", "lon": "18.4241"},
        shown | {"lat": "-33.93", "lon": "18.41"},  # the same place, to a tenth of a degree
        shown | {"country": "", "lat": "10", "lon": "20.55"},
        shown | {"lat": "-30", "lon": "25", "review": "pending"},
        shown | {"lat": "-30", "lon": "25", "review": ""},
        shown | {"lat": "-30", "lon": "25", "publish": "anonymous"},
        shown | {"lat": "-30", "lon": "25", "publish": ""},
        shown | {"lat": "-30", "lon": "25", "publish": "no"},
        shown | {"lat": "-30", "lon": "25", "status": "cancelled"},
        shown | {"lat": "26.2041"},
        shown | {"country": "", "lat": "0", "lon": "0.0"},
        shown | {"lon": ""},
        shown | {"lat": "x"},
    ]
    path = tmp_path / "housing.csv"
    named = (Row.new({"id": f"a-{number}", **cells}) for number, cells in enumerate(rows))
    path.write_bytes(b"".join(write_register(named)))
    for keep, found in (
        (KEEP_ALL, {(28.0, -26.2), (18.4, -33.9), (20.6, 10.0)}),
        (IN_SOUTH_AFRICA, {(28.0, -26.2), (18.4, -33.9)}),
    ):
        counter = PlaceCounter()
        count_rows(path, (counter,), keep.tests(None, None))
        assert counter.places() == found
    assert PlaceCounter().places() == set()
