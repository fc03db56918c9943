"""The search looks at what is near in time, of all waves or one in focus, and gives up where that is too much."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.convergence import PROGRAMME, TODAY, clashes, meetings, met, wave
from support.plans import read_plan
from wavectl.insights.convergence import pairs as searching
from wavectl.insights.convergence.actors import ActorIndex
from wavectl.insights.convergence.pairs import PairSearch, comparable_occurrences, days_between
from wavectl.timeline.entries import build_timeline


def test_focus_on_one_wave_leaves_out_what_the_others_have_with_one_another(tmp_path: Path) -> None:
    waves = {name: wave(f"m | 2017-09-14 | Town{number}") for number, name in enumerate("abc")}
    assert len(meetings(met(tmp_path, waves))) == 3
    assert meetings(met(tmp_path, waves, "c")) == ["days: a/m + c/m", "days: b/m + c/m"]
    assert meetings(met(tmp_path, waves, "a", "b")) == ["days: a/m + b/m"]


@given(
    days=st.lists(st.tuples(st.sampled_from(["a", "b", "c", "ab"]), st.integers(1, 20), st.integers(0, 6)), max_size=9),
    within=st.integers(0, 5),
    focus=st.sampled_from([None, "a", "c"]),
)
def test_pairs_are_those_that_a_look_at_every_two_finds(
    days: list[tuple[str, int, int]], within: int, focus: str | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    moments: dict[str, list[str]] = {"a": [], "b": [], "c": []}
    for number, (at, day, length) in enumerate(days):
        moments[at[0]].append(f"m{number} | 2017-09-{day:02}/2017-09-{day + length:02} |")
        if at == "ab":
            moments["b"].append(f"n{number} | 2017-09-{day:02} | | same_as: a/m{number}")
    waves = {name: wave(*listed) for name, listed in moments.items()}
    plan = read_plan(tmp_path_factory.mktemp("plan"), {"programme": PROGRAMME, **waves})
    actors = ActorIndex(plan)
    there = comparable_occurrences(build_timeline(plan, "abc", TODAY, merge=True).entries, "abc", actors)
    search = PairSearch(focus)
    found = {(one.root, other.root) for one, other in search.across_waves(there, within, lambda _: True)}
    assert found == {
        (one.root, other.root)
        for one, other in combinations(there, 2)
        if days_between(one, other) <= within and search.wave_pairs(one, other)
    }


def test_too_many_pairs_give_minimums(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    towns = [f"m{number} | 2017-09-14 | {name * 3} | actors: [un]" for number, name in enumerate("bdfghj")]
    waves = {"a": wave(*towns), "b": wave(*(town.replace("| ", "| x", 1).replace("x2017", "2017") for town in towns))}
    whole = met(tmp_path, waves)
    assert whole.complete
    monkeypatch.setattr(searching, "MAX_PAIRS", 10)
    part = met(tmp_path, waves)
    assert not part.complete
    assert 0 < len(part.clashes) < len(whole.clashes)
    assert set(clashes(part)) <= set(clashes(whole))


@pytest.mark.parametrize("who", ["actors: [un], status: tentative", "kind: publication"])
def test_every_search_that_gives_up_is_incomplete(who: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first is looked at by actor alone, as its dates are vague; the second by days alone."""
    when = "2017-09" if "actors" in who else "2017-09-14"
    waves = {name: wave(*(f"m{n} | {when} | {name * 3}{n} | {who}" for n in range(3))) for name in "ab"}
    assert met(tmp_path, waves).complete
    monkeypatch.setattr(searching, "MAX_PAIRS", 3)
    assert not met(tmp_path, waves).complete
