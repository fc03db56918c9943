"""What a plan says, as frozen pydantic models: Programme, Wave, Moment, Actor, Text and their parts.

No file is read here and no position known: a model takes the plain data of a document and refuses, by path,
what the contract of wave files does not allow. Each refusal carries the name of the rule it breaks.
"""

from wavectl.model.programme import Actor, ActorGroup, ActorKind, Design, Feed, Organiser, Programme, Region
from wavectl.model.types import Place, Text, all_translations, fallback_languages, localized_text
from wavectl.model.wave import Moment, MomentKind, OccurrenceChange, Status, Wave, WaveActor, WaveStatus

__all__ = [
    "Actor",
    "ActorGroup",
    "ActorKind",
    "Design",
    "Feed",
    "Moment",
    "MomentKind",
    "OccurrenceChange",
    "Organiser",
    "Place",
    "Programme",
    "Region",
    "Status",
    "Text",
    "Wave",
    "WaveActor",
    "WaveStatus",
    "all_translations",
    "fallback_languages",
    "localized_text",
]
