"""The order of keys in wave files and in the programme contains every key of the models."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from wavectl.diagnostics import KeyPath
from wavectl.model import Programme, Wave
from wavectl.model.key_order import programme_keys_at, wave_keys_at
from wavectl.model.programme import Actor, Design, Feed, Organiser, Region
from wavectl.model.types import Place
from wavectl.model.wave import Campaign, Moment, OccurrenceChange, WaveActor
from wavectl.yamlfile.emitter import KeysAt, sort_all_keys

BLOCKS = [
    (Wave, (), wave_keys_at),
    (Moment, ("moments", 0), wave_keys_at),
    (Place, ("moments", 0, "place"), wave_keys_at),
    (OccurrenceChange, ("moments", 0, "except", "2018-12-10"), wave_keys_at),
    (Place, ("moments", 0, "except", "2018-12-10", "place"), wave_keys_at),
    (WaveActor, ("actors", 0), wave_keys_at),
    (Campaign, ("campaigns", 0), wave_keys_at),
    (Programme, (), programme_keys_at),
    (Organiser, ("organiser",), programme_keys_at),
    (Region, ("regions", "africa"), programme_keys_at),
    (Design, ("design",), programme_keys_at),
    (Actor, ("actors", "barcelona"), programme_keys_at),
    (Feed, ("feeds", "firm"), programme_keys_at),
]


def keys_of(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


@pytest.mark.parametrize(("model", "path", "keys_at"), BLOCKS)
def test_the_order_contains_all_keys_of_a_model(model: type[BaseModel], path: KeyPath, keys_at: KeysAt) -> None:
    assert sorted(keys_at(path)) == sorted(keys_of(model))


@pytest.mark.parametrize(
    ("path", "keys_at"),
    [
        (("title",), wave_keys_at),
        (("moments", 0, "title"), wave_keys_at),
        (("moments", 0, "except"), wave_keys_at),
        (("content",), wave_keys_at),
        (("priorities", "learning"), programme_keys_at),
        (("actors", "barcelona", "name"), programme_keys_at),
    ],
)
def test_languages_and_ids_have_no_order(path: KeyPath, keys_at: KeysAt) -> None:
    assert keys_at(path) == ()


def test_unknown_keys_come_last() -> None:
    data = {"x-a": "1", "when": "2018", "id": "a"}
    assert list(sort_all_keys(data, ("moments", 0), wave_keys_at)) == ["id", "when", "x-a"]
