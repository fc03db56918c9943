"""The data of a plan as frozen pydantic models: Programme, Wave, Moment, Actor, Text and their parts.

Models take the plain data of a document, without positions. Errors that pydantic has no type for are raised as
custom errors whose type is the name of a rule.
"""

from wavectl.model.programme import Actor, ActorGroup, ActorKind, Design, Feed, Organiser, Programme, Publish, Region
from wavectl.model.types import Place, Text, all_translations, fallback_languages, localized_text
from wavectl.model.wave import Campaign, Moment, MomentKind, OccurrenceChange, Status, Wave, WaveActor, WaveStatus
