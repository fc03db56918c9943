"""What a delivery changes in a register: the identity of actions."""

from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.fuzz import FUZZ, examples
from wavectl.actions.action import FORGOTTEN
from wavectl.actions.identity import DeliveredRow, action_id, compare
from wavectl.actions.register import Row
from wavectl.actions.twins import Twins, likely_twins
from wavectl.diagnostics import msg

DAY, NEXT_DAY = date(2027, 3, 1), date(2027, 3, 2)
SIZES = (300, 10_000, 100_000, 1_000_000) if FUZZ else (300,)
"""How many rows the deliveries of a large campaign have."""


def delivery(*rows):
    return [DeliveredRow(number, cells) for number, cells in enumerate(rows, 2)]


def imported(rows, known=None, day=DAY, source="form", **options):
    """Return a delivery and the register after it."""
    result = compare(known or {}, source, delivery(*rows), day, **options)
    return result, {**(known or {}), **result.rows}


def counts(result):
    lists = (result.new, result.changed, result.moved, result.unchanged, result.missing, result.refused)
    return tuple(map(len, lists))


def campaign(count, *, with_ids):
    rows = [
        {
            "title": f"Open day in quarter {number}",
            "organiser": f"City {number % max(40, count // 8)}",
            "place": f"Town {number}",
            "country": "FR",
            "when": f"2027-03-{number % 28 + 1:02}",
        }
        for number in range(count)
    ]
    return [{**row, "source_id": f"r-{number}"} if with_ids else row for number, row in enumerate(rows)]


def next_days(rows):
    """Return the rows a day later: 20 moved, 10 renamed, 5 withdrawn, 15 new; in another order."""
    moved = [{**row, "when": "2027-09-01"} for row in rows[:20]]
    renamed = [{**row, "title": f"Fête de la ville {number}"} for number, row in enumerate(rows[20:30])]
    new = [
        {**row, "title": f"Workshop {n}", "place": f"Village {n}"} for n, row in enumerate(campaign(15, with_ids=False))
    ]
    if "source_id" in rows[0]:
        new = [{**row, "source_id": f"n-{number}"} for number, row in enumerate(new)]
    later = moved + renamed + rows[35:] + new
    Random(5).shuffle(later)  # noqa: S311 - the order must not matter
    return later


@pytest.mark.parametrize("size", SIZES)
def test_the_next_delivery_is_told_as_exactly_what_it_is_where_the_source_has_ids(size):
    rows = campaign(size, with_ids=True)
    _, register = imported(rows)
    result, after = imported(next_days(rows), register, NEXT_DAY)
    assert counts(result) == (15, 10, 20, size - 35, 5, 0)
    assert {change.before.get("source_id") for change in result.missing} == {f"r-{n}" for n in range(30, 35)}
    assert all(change.columns == ("title",) for change in result.changed)
    assert {change.id for change in result.moved} == {action_id("form", f"r-{n}") for n in range(20)}
    assert len(after) == size + 15


@pytest.mark.parametrize("size", SIZES)
def test_without_ids_every_unique_match_is_told_and_the_rest_is_listed(size):
    rows = campaign(size, with_ids=False)
    _, register = imported(rows)
    result, after = imported(next_days(rows), register, NEXT_DAY)
    assert counts(result) == (25, 0, 20, size - 35, 15, 0)
    old = {change.id for change in result.missing}
    assert len(result.twins) == 10
    assert all(len({*twins} & old) == 1 for twins in result.twins)
    again, _ = imported(next_days(rows), after, NEXT_DAY)
    assert counts(again) == (0, 0, 0, size + 10, 0, 0)


CELL = st.sampled_from(["", "a", "A", "b", "ü"])
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "title": st.sampled_from("AB"),
            "organiser": CELL,
            "place": CELL,
            "source_id": st.sampled_from(["", "1", "2"]),
        },
        optional={"when": st.sampled_from(["2027-03-01", "2027-04"]), "country": st.sampled_from(["FR", "TN"])},
    ),
    max_size=8,
)


@settings(max_examples=examples(200))
@given(ROWS, ROWS)
def test_no_row_is_lost_and_the_same_delivery_again_changes_nothing(first, second):
    register = {}
    for rows in (first, second):
        result, register = imported(rows, register)
        assert result.row_count == len(rows)
        changes = [*result.new, *result.changed, *result.moved, *result.missing]
        assert len({change.id for change in changes}) == len(changes)
    again, after = imported(second, register, NEXT_DAY)
    assert counts(again)[:3] == (0, 0, 0)
    assert again.missing == []
    assert (after, len(again.refused)) == (register, len(result.refused))


def test_an_id_twice_in_one_delivery_is_refused():
    result, register = imported([{"title": "A", "source_id": "1"}, {"title": "B", "source_id": "1"}])
    assert counts(result) == (1, 0, 0, 0, 0, 1)
    assert result.refused[0].delivered.number == 3
    assert [row.get("title") for row in register.values()] == ["A"]


def test_equal_rows_without_ids_are_actions_of_their_own():
    row = {"title": "A", "organiser": "O", "place": "P"}
    _, register = imported([row, row])
    assert {*register} == {action_id("form", "O", "A", "P", "1"), action_id("form", "O", "A", "P", "2")}
    moved, _ = imported([row, {**row, "when": "2027-03-01"}], register)
    assert counts(moved) == (0, 0, 1, 1, 0, 0)
    both = [{**row, "when": "2027-03-01"}, {**row, "when": "2027-03-02"}]
    unclear, after = imported(both, register)
    assert counts(unclear) == (0, 0, 0, 0, 0, 2)
    assert [set(refusal.candidates) for refusal in unclear.ambiguous] == [{*register}] * 2
    assert after == register
    first, second = register
    clear, _ = imported([{**both[0], "id": first}, {**both[1], "id": second}], register)
    assert counts(clear) == (0, 0, 2, 0, 0, 0)


def test_ids_that_a_source_gives_later_are_taken_over():
    row = {"title": "A", "organiser": "O", "place": "P"}
    _, register = imported([row])
    result, after = imported([{**row, "source_id": "7"}], register)
    assert counts(result) == (0, 1, 0, 0, 0, 0)
    renamed, _ = imported([{**row, "source_id": "7", "title": "B"}], after)
    assert counts(renamed) == (0, 1, 0, 0, 0, 0)
    assert {*after} == {*register}


def test_a_missing_action_that_comes_back_is_no_longer_missing():
    row = {"title": "A", "source_id": "1"}
    _, register = imported([row])
    gone, register = imported([], register, NEXT_DAY)
    assert [change.after.get("missing_since") for change in gone.missing] == ["2027-03-02"]
    later, _ = imported([], register, date(2027, 3, 9))
    assert later.missing == []
    back, register = imported([row], register)
    assert counts(back) == (0, 1, 0, 0, 0, 0)
    assert [one.get("missing_since") for one in register.values()] == [""]


def test_a_delivery_leaves_what_the_team_decided_and_what_it_does_not_say():
    _, register = imported([{"title": "A", "source_id": "1", "country": "FR"}])
    known = {name: row.replace(review="refused", reason="x", moment="forum") for name, row in register.items()}
    result, after = imported([{"title": "B", "source_id": "1", "country": "", "review": "accepted"}], known, NEXT_DAY)
    (row,) = after.values()
    assert result.changed[0].columns == ("title",)
    assert [
        row.get(column) for column in ("title", "country", "review", "reason", "moment", "updated", "first_seen")
    ] == [*("B", "FR", "refused", "x", "forum", "2027-03-02", "2027-03-01")]


def test_only_new_actions_of_a_trusted_source_are_accepted():
    _, register = imported([{"title": "A", "source_id": "1"}])
    _, after = imported([{"title": n, "source_id": n} for n in "12"], register, accept=True)
    assert [row.get("review") for row in after.values()] == ["pending", "accepted"]


def test_a_delivery_of_a_merged_action_updates_nothing():
    _, register = imported([{"title": n, "source_id": n} for n in "12"])
    first, second = register
    merged = {first: register[first].replace(also=second)}
    result, after = imported([{"title": n, "source_id": n} for n in "12"], merged)
    assert counts(result) == (0, 0, 0, 2, 0, 0)
    assert [(one.id, one.columns) for one in result.merged] == [(first, ("title", "source_id"))]
    assert after == merged
    alone, _ = imported([{"title": "2", "source_id": "2"}], merged)
    assert alone.missing == []


@pytest.mark.parametrize("source_id", ["", "1"])
def test_what_was_forgotten_is_not_filled_again(source_id):
    row = {"title": "A", "organiser": "O", "place": "P", "source_id": source_id}
    _, register = imported([row])
    empty = {"title": FORGOTTEN, "organiser": "", "place": "", "source_id": ""}
    known = {name: one.replace(**empty) for name, one in register.items()}
    result, after = imported([row], known)
    assert counts(result) == (0, 0, 0, 1, 0, 0)
    assert after == known


def test_a_faulty_row_is_refused_and_its_action_is_not_missing():
    rows = [{"title": "A", "source_id": "1"}, {"title": "B", "organiser": "O"}]
    _, register = imported(rows)
    faulty = [DeliveredRow(number, cells, msg("bad")) for number, cells in enumerate(rows)]
    result = compare(register, "form", [*faulty, DeliveredRow(9, {"title": "C"}, msg("bad"))], NEXT_DAY)
    assert counts(result) == (0, 0, 0, 0, 0, 3)


def test_other_sources_are_left_alone():
    _, register = imported([{"title": "A", "source_id": "1"}])
    result, after = imported([{"title": "B", "source_id": "1"}], register, source="partners")
    assert counts(result) == (1, 0, 0, 0, 0, 0)
    assert len(after) == 2
    part, _ = imported([], register, is_complete=False)
    assert counts(part) == (0, 0, 0, 0, 0, 0)


def twin_row(name, source="form", **cells):
    base = {"title": "Open day of the town hall", "organiser": "City of Tunis", "country": "TN", "when": "2027-03-14"}
    return Row.new({**base, "id": name, "source": source, **cells})


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, True),
        ({"title": "OPEN DAY of the Town-hall"}, True),
        ({"organiser": "city of tunis"}, True),
        ({"when": "2027-03-20"}, True),
        ({"when": "2027-03"}, True),
        ({"when": ""}, True),
        ({"when": "unknown"}, True),
        ({"when": "2027-03-22"}, False),
        ({"country": "FR"}, False),
        ({"organiser": "City of Sfax"}, False),
        ({"title": "Workshop on finance"}, False),
        ({"not_same": "x a"}, False),
        ({"review": "refused"}, False),
        ({"source": "form"}, False),
        ({"source": "form", "missing_since": "2027-03-20"}, True),
    ],
)
def test_the_same_action_from_two_sources_is_listed(cells, expected):
    rows = [twin_row("a"), twin_row("b", **{"source": "partners", **cells})]
    assert likely_twins(rows) == ([Twins("a", "b")] if expected else [])
    assert likely_twins(reversed(rows), {"b"}) == likely_twins(rows)
    assert likely_twins(rows, {"c"}) == []


def test_many_actions_of_one_organiser_are_compared_in_linear_time():
    rows = [twin_row(f"{source}-{n}", source, title=f"Day {n}") for n in range(1000) for source in ("a", "b")]
    assert len(likely_twins(rows)) == 1000
