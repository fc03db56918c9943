"""What a plan says, as frozen pydantic models: Programme, Wave, Moment, Actor, Text and their parts.

No file is read here and no position known: a model takes the plain data of a document and refuses, by path,
what the contract of wave files does not allow. Each refusal carries the name of the rule it breaks.
"""

from wavectl.model.programme import Actor, ActorKind, Design, Feed, Group, Organiser, Programme, Region
from wavectl.model.types import Place, Text, fallback, texts, wording
from wavectl.model.wave import Change, Kind, Moment, Status, Wave, WaveActor, WaveStatus

__all__ = [
    "Actor",
    "ActorKind",
    "Change",
    "Design",
    "Feed",
    "Group",
    "Kind",
    "Moment",
    "Organiser",
    "Place",
    "Programme",
    "Region",
    "Status",
    "Text",
    "Wave",
    "WaveActor",
    "WaveStatus",
    "fallback",
    "texts",
    "wording",
]
