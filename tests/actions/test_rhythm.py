"""Whether the actions gather around the firm moments: the numbers agree with those of an independent reckoning."""

import json
from datetime import date, timedelta
from math import sqrt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.golden import Golden
from support.plans import SOUND, read_plan, run, write_plan
from support.registers import register_bytes
from wavectl.actions.rhythm import Rhythm, RhythmCounter, Silence, wilson_interval

EXPECTED = Path(__file__).parent / "expected"
TODAY = date(2018, 6, 1)
WAVE = """\
moments:
  - {id: forum, title: Forum, when: 2017-09-14/2017-09-17}
  - {id: day, title: Day, when: 2017-09-26}
  - {id: start, title: Start, when: 2017-05-02}
  - {id: vague, title: Vague, when: 2018-03}
  - {id: asked, title: Asked, when: 2018-06-01, status: tentative}
  - {id: dropped, title: Dropped, when: 2018-06-10, status: cancelled}
  - {id: draft, title: Draft, when: 2018-06-20, draft: true}
"""
FIRST, LAST = date(2017, 5, 1), date(2018, 12, 31)
WINDOW = {date(2017, 5, 1) + timedelta(days=number) for number in range(9)} | {
    date(2017, 9, 7) + timedelta(days=number) for number in range(27)
}
"""The days around the firm moments by the book: 2 May, 14 to 17 and 26 September 2017, with 7 days on each side."""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory):
    return read_plan(tmp_path_factory.mktemp("plan"), {"housing": SOUND + WAVE})


def rhythm(plan, rows: list[dict[str, str]]) -> Rhythm:
    counter = RhythmCounter(plan, "housing", TODAY)
    for part in (rows[:5], rows[5:]):
        counter.add(tuple(row.get(name, "") for name in counter.columns) for row in part)
    return counter.rhythm()


def spread(inside: int, outside: int) -> list[dict[str, str]]:
    """Return actions of as many organisers on a day in the window, and on one out of it."""
    days = ["2017-09-14"] * inside + ["2018-02-06"] * outside
    return [{"when": day, "organiser": f"Town {number}"} for number, day in enumerate(days)]


def test_the_window_is_the_union_of_the_days_around_firm_moments(plan) -> None:
    found = rhythm(plan, [])
    days = {first + timedelta(days=number) for first, last in found.window for number in range((last - first).days + 1)}
    assert days == WINDOW
    assert [moment.group.root.moment.id for moment in found.moments] == ["start", "forum", "day"]
    assert found.window_share == pytest.approx(len(WINDOW) / ((LAST - FIRST).days + 1))


def score_bounds(hits: int, trials: int) -> tuple[float, float]:
    """Return the shares at which the score test of 5 % just fails, by halving: what Wilson's formula solves."""

    def edge(low: float, high: float, sign: int) -> float:
        for _ in range(200):
            middle = (low + high) / 2
            distance = sign * (hits / trials - middle)
            inside = distance <= 1.959963985 * sqrt(middle * (1 - middle) / trials)
            low, high = (low, middle) if inside == (sign > 0) else (middle, high)
        return (low + high) / 2

    share = hits / trials
    return (edge(0, share, 1) if hits else 0.0), (edge(share, 1, -1) if hits < trials else 1.0)


@given(st.integers(1, 400).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials))))
def test_the_interval_is_that_of_the_score_test(numbers: tuple[int, int]) -> None:
    assert wilson_interval(*numbers) == pytest.approx(score_bounds(*numbers), abs=1e-6)


def test_the_interval_agrees_with_published_values() -> None:
    for hits, trials, low, high in ((81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611)):
        assert wilson_interval(hits, trials) == pytest.approx((low, high), abs=5e-5)  # Newcombe 1998, method 3


def test_the_ratio_is_the_share_of_actions_over_the_share_of_days(plan) -> None:
    found = rhythm(plan, spread(12, 48))
    share = len(WINDOW) / 610
    low, high = score_bounds(12, 60)
    assert found.ratio == pytest.approx((0.2 / share, low / share, high / share), abs=1e-4)
    assert (found.inside, found.outside, found.left_out, found.silence) == (12, 48, 0, None)


@pytest.mark.parametrize(
    ("when", "placed"),
    [
        ("2017-09-14", True),
        ("2017-09-07", True),
        ("2017-10-03/2017-10-03", True),
        ("2017-09-06", False),
        ("2017-10-04", False),
        ("2018-02", False),
        ("[2017-09-10..2017-09-20]", True),
        *[(text, None) for text in ("2017-09", "2017-09-05/2017-09-08", "2017", "unknown", "", "3 May", "2017-09-14?")],
        *[(text, None) for text in ("2017-09-14/..", "2017-04-30", "2019-01-01", "2018-12-31/2019-01-01")],
    ],
)
def test_only_stretches_that_are_wholly_inside_or_outside_count(plan, when: str, placed: bool | None) -> None:
    found = rhythm(plan, [{"when": when}])
    assert (found.inside, found.outside, found.left_out) == (placed is True, placed is False, placed is None)


def test_an_organiser_counts_once_a_week_and_nobody_is_left_out_in_silence(plan) -> None:
    rows = [
        *[{"when": day, "organiser": "City of Tunis"} for day in ("2018-02-05", "2018-02-06", "2018-02-11")],
        {"when": "2018-02-07", "organiser": "city of  TUNIS "},
        {"when": "2018-02-12", "organiser": "City of Tunis"},
        *[{"when": "2018-02-06", "actor": "tunis", "organiser": name} for name in ("Tunis", "Ville de Tunis")],
        *[{"when": "2018-02-06"}] * 2,
        {"when": "2018-02-06", "review": "refused"},
        {"when": "2018-02-06", "status": "cancelled"},
        {"when": "2018-02-06", "status": "postponed"},
    ]
    found = rhythm(plan, rows)
    assert (found.inside, found.outside, found.left_out) == (0, 5, 5)
    assert found.weeks == {"2018-W06": 8, "2018-W07": 1}
    assert rhythm(plan, rows[::-1]) == found


@pytest.mark.parametrize(
    ("wave", "actions", "silence"),
    [
        (WAVE, 29, Silence.TOO_FEW_ACTIONS),
        (WAVE, 30, None),
        ("moments: [{id: all, title: All, when: 2017-05-01/2018-04-30}]\n", 40, Silence.WINDOW_TOO_LARGE),
        ("moments: [{id: vague, title: Vague, when: 2018-03}]\n", 40, Silence.NO_FIRM_MOMENTS),
    ],
)
def test_it_is_silent_where_nothing_can_be_told(tmp_path: Path, wave: str, actions: int, silence: Silence) -> None:
    found = rhythm(read_plan(tmp_path, {"housing": SOUND + wave}), spread(actions, 0))
    assert (found.silence, found.ratio is None) == (silence, silence is not None)


def test_a_wave_without_a_calendar_is_silent(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, {"housing": "title: Housing\nstatus: announced\n"})
    assert rhythm(plan, spread(40, 0)).silence is Silence.NO_CALENDAR


DAYS = st.dates(FIRST - timedelta(days=20), LAST + timedelta(days=20))


@given(st.lists(st.tuples(DAYS, st.integers(0, 20), st.integers(0, 3)), max_size=12))
def test_numbers_agree_with_counting_day_by_day(plan, stretches: list[tuple[date, int, int]]) -> None:
    rows = [
        {"when": f"{day}/{day + timedelta(days=length)}", "organiser": f"Town {town}"}
        for day, length, town in stretches
    ]
    chosen: dict[object, tuple[date, date, bool]] = {}
    for day, length, town in stretches:
        days = {day + timedelta(days=number) for number in range(length + 1)}
        if min(days) >= FIRST and max(days) <= LAST and (days <= WINDOW or not days & WINDOW):
            key = (town, day.isocalendar()[:2])
            mine = (min(days), max(days), days <= WINDOW)
            chosen[key] = min(chosen.get(key, mine), mine)
    inside = sum(is_inside for *_, is_inside in chosen.values())
    found = rhythm(plan, rows)
    assert (found.inside, found.outside) == (inside, len(chosen) - inside)
    assert found.inside + found.outside + found.left_out == len(rows)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    folder = write_plan(home, {"housing": SOUND + WAVE, "migration": SOUND})
    (folder / "actions").mkdir()
    rows = [*spread(12, 48), {"when": "unknown", "note": "canary"}, {"when": "2017-12", "title": "\x1b[31m=1"}]
    (folder / "actions" / "housing.csv").write_bytes(register_bytes(*rows))
    return home


def test_the_json_has_the_numbers(home: Path) -> None:
    outcome = run("actions", "rhythm", "--format", "json", cwd=home)
    [found] = json.loads(outcome.out)["waves"]
    assert (found["wave"], found["actions"], found["inside"], found["left_out"]) == ("housing", 61, 12, 1)
    assert 0 < found["ratio"]["low"] < found["ratio"]["value"] < found["ratio"]["high"]
    assert found["weeks"] == [{"key": "2017-W37", "actions": 12}, {"key": "2018-W06", "actions": 48}]
    [silent] = json.loads(run("actions", "rhythm", "migration", "--format", "json", cwd=home).out)["waves"]
    assert (silent["silent"], silent["ratio"]["value"]) == ("no-firm-moments", None)


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_it_is_said_plainly(home: Path, language: str, golden: Golden) -> None:
    outcome = run("actions", "rhythm", "housing", "migration", "--lang", language, cwd=home)
    assert "canary" not in outcome.out
    golden(EXPECTED / f"rhythm.{language}.txt", outcome.out)
