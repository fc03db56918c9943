"""Every key that a block of a plan can have has its place in the order."""

from __future__ import annotations

from typing import Any

import pytest

from wavectl.model import Programme, Wave
from wavectl.model.programme import Actor, Design, Feed, Organiser, Region
from wavectl.model.types import Place
from wavectl.model.wave import Campaign, Moment, OccurrenceChange, WaveActor
from wavectl.yamlfile.formatter import keys_at, sort_all_keys

BLOCKS = [
    (Wave, (), False),
    (Moment, ("moments", 0), False),
    (Place, ("moments", 0, "place"), False),
    (OccurrenceChange, ("moments", 0, "except", "2018-12-10"), False),
    (Place, ("moments", 0, "except", "2018-12-10", "place"), False),
    (WaveActor, ("actors", 0), False),
    (Campaign, ("campaigns", 0), False),
    (Programme, (), True),
    (Organiser, ("organiser",), True),
    (Region, ("regions", "africa"), True),
    (Design, ("design",), True),
    (Feed, ("feeds", "firm"), True),
]


@pytest.mark.parametrize(("model", "path", "programme"), BLOCKS)
def test_the_order_names_all_keys_of_the_model(model: Any, path: tuple[str | int, ...], programme: bool) -> None:
    named = keys_at(path, programme=programme)
    assert set(named) == set(model.keys)
    assert len(named) == len(model.keys)


def test_an_actor_of_the_register_has_the_keys_of_one_of_a_wave() -> None:
    assert set(Actor.yaml_keys) < set(keys_at(("actors", "barcelona"), programme=True))


@pytest.mark.parametrize(
    ("path", "programme"),
    [
        (("title",), False),
        (("moments", 0, "title"), False),
        (("moments", 0, "except"), False),
        (("content",), False),
        (("priorities", "learning"), True),
        (("actors", "barcelona", "name"), True),
    ],
)
def test_languages_and_ids_come_in_the_order_of_whoever_writes_them(
    path: tuple[str | int, ...], programme: bool
) -> None:
    assert keys_at(path, programme=programme) == ()


def test_keys_of_ones_own_stay_behind_the_others() -> None:
    assert list(sort_all_keys({"x-a": "1", "when": "2018", "id": "a"}, ("moments", 0))) == ["id", "when", "x-a"]
