"""JSON Schemas (draft 2020-12) of wave files and of ``programme.yaml``, for editors: which keys and values are valid.

A schema is put together from three tables: the fields of the model say which keys there are, ``values`` what each
kind of value looks like, ``wave`` and ``programme`` what each key is for. It takes everything that wavectl takes; what
depends on other files, or on two values at once, it cannot tell, and ``wavectl validate`` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from re import sub
from types import MappingProxyType
from typing import Annotated, Any, Literal, cast, get_args, get_origin, get_type_hints

from pydantic.fields import FieldInfo

from wavectl import __version__
from wavectl.diagnostics import phrase
from wavectl.i18n import translator
from wavectl.model import (
    Actor,
    ActorGroup,
    ActorKind,
    Campaign,
    Design,
    Feed,
    Moment,
    MomentKind,
    OccurrenceChange,
    Organiser,
    Place,
    Programme,
    Region,
    Status,
    Text,
    Wave,
    WaveActor,
    WaveStatus,
)
from wavectl.model.types import ModelBase
from wavectl.schema.keys import MEANINGS
from wavectl.schema.values import (
    KINDS,
    NOTHING,
    OWN_KEYS,
    QUOTED,
    Schema,
    SuggestedIds,
    block,
    by_id,
    definitions,
    listed,
    ref,
    saying,
)

__all__ = ["FILES", "KEYS", "SuggestedIds", "build_schema"]

KEYS: Mapping[type[ModelBase], Mapping[str, FieldInfo]] = MappingProxyType(
    {
        part: {info.alias or name: info for name, info in part.model_fields.items()}
        for part in (
            Programme,
            Organiser,
            Region,
            Design,
            Feed,
            Actor,
            Wave,
            Moment,
            Place,
            OccurrenceChange,
            WaveActor,
            Campaign,
        )
    }
)
"""The keys of every block, with their titles, descriptions and examples."""
FILES: Mapping[str, tuple[type[ModelBase], str, str]] = MappingProxyType(
    {
        "wave": (
            Wave,
            phrase("A wave of action"),
            phrase("One wave: its calendar, its message, its moments and who takes part."),
        ),
        "programme": (
            Programme,
            phrase("The programme"),
            phrase("What all waves share: languages, priorities, regions, actors."),
        ),
    }
)
"""The files that there is a schema of: the block of keys at the top, a title and what it is."""

_OFFERED: Mapping[str, str] = {
    "actors": "actors",
    "part_of": "actors",
    "owner": "actors",
    "priorities": "priorities",
    "regions": "regions",
    "waves": "waves",
}
"""The keys that take ids, and what of a plan is offered there."""


def build_schema(file: str, suggestions: SuggestedIds, language: str) -> Schema:
    """Build the schema of a file in ``FILES``, with texts in a language (BCP 47)."""
    part, title, description = FILES[file]
    parts = {_name(other): _block(other, suggestions) for other in KEYS}
    words = {_name(kind): _choice(tuple(kind)) for kind in (ActorKind, ActorGroup, MomentKind, Status, WaveStatus)}
    everything = {**definitions(suggestions, language), **words, **parts}
    top = everything[_name(part)]
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": f"written by wavectl {__version__}",
        "title": title,
        "description": description,
        **top,
        "$defs": {name: everything[name] for name in sorted(_reached(top, everything))},
    }
    return cast(Schema, _said(whole, translator(language)))


def _block(part: type[ModelBase], offers: SuggestedIds) -> Schema:
    """Return the schema of a block of keys."""
    fields = {info.alias or name: (name, info) for name, info in part.model_fields.items()}
    hints = get_type_hints(part, include_extras=True)

    properties = {
        key: _offered({**_explained(info), **_value(hints[name], needed=info.is_required())}, key, offers)
        for key, (name, info) in fields.items()
    }
    needed = [key for key, (_, info) in fields.items() if info.is_required()]
    required: Schema = {"required": needed} if needed else {}
    return block({"properties": properties, "patternProperties": OWN_KEYS, **required, **_CONDITIONS.get(part, {})})


def _holding(key: str) -> Schema:
    """Return the schema of blocks that hold a value under a key."""
    empty = {"required": [key], "properties": {key: {"type": "null"}}}
    return {"required": [key], "if": empty, "then": saying(phrase("there is no value here"), {"type": "null"})}


_CONDITIONS: Mapping[type[ModelBase], Schema] = {
    Wave: {
        "if": {"required": ["status"], "properties": {"status": {"const": "announced"}}},
        "else": _holding("period"),
    },
    Moment: {"anyOf": [_holding("when"), _holding("same_as")]},
    WaveActor: {"anyOf": [_holding("id"), _holding("name")], "if": _holding("name"), "then": _holding("kind")},
}
"""What some keys ask of others."""


def _explained(info: FieldInfo) -> Schema:
    """Return what an editor shows of a key."""
    description = info.description or ""
    markdown: Schema = {"markdownDescription": description} if "`" in description else {}
    return {"title": info.title, "description": description, **markdown, "examples": list(info.examples or ())}


def _offered(about: Schema, key: str, offers: SuggestedIds) -> Schema:
    """Return the schema of a key with the ids that a plan has for it."""
    names = list(getattr(offers, _OFFERED[key])) if key in _OFFERED else []
    if names and "items" in about:
        return {**about, "items": {**about["items"], "examples": names}}
    return {**about, "examples": names} if names and "oneOf" in about and key in ("part_of", "owner") else about


def _value(annotation: Any, *, needed: bool) -> Schema:
    """Return the schema of the value of a key; an empty value is allowed unless the key is ``needed``."""
    if type(None) in get_args(annotation):
        annotation = next(arg for arg in get_args(annotation) if arg is not type(None))
    if get_origin(annotation) is Annotated and get_origin(annotation.__origin__) is list and annotation not in KINDS:
        return {**_value(annotation.__origin__, needed=needed), "minItems": 1}
    if get_origin(annotation) is list:
        return listed(_kind(get_args(annotation)[0]))
    kind = _kind(annotation) if needed else {"oneOf": [_kind(annotation), NOTHING]}
    return {"defaultSnippets": [QUOTED], **kind} if annotation == Text else kind


def _kind(annotation: Any) -> Schema:
    """Return the schema of a value of the model."""
    if annotation in KINDS:
        return ref(KINDS[annotation])
    if get_origin(annotation) is Literal:
        return _choice(get_args(annotation))
    if get_origin(annotation) is dict:
        return by_id(_kind(get_args(annotation)[1]))
    if isinstance(annotation, type):
        return ref(_name(annotation))
    return _kind(annotation.__origin__)  # Annotated with what the model does to the value


def _choice(values: tuple[str, ...]) -> Schema:
    """Return the schema of one of a few words."""
    words = [str(value) for value in values]
    return {"enum": words, "enumDescriptions": list(MEANINGS[tuple(words)])}


def _name(kind: type) -> str:
    """Return the name of a class as definitions are named: WaveActor, wave-actor."""
    return sub(r"(?<=[a-z])(?=[A-Z])", "-", kind.__name__).lower()


def _reached(top: Schema, everything: Mapping[str, Schema]) -> set[str]:
    """Return the names of the definitions that a schema leads to."""
    found: set[str] = set()
    ahead = list(_references(top))
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead.extend(_references(everything[name]))
    return found


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"].rpartition("/")[2]
        node = list(node.values())
    if isinstance(node, list):
        for below in node:
            yield from _references(below)


_SPOKEN = ("title", "description", "markdownDescription", "errorMessage", "patternErrorMessage")


def _said(node: Any, translate: Callable[[str], str]) -> Any:
    """Return a schema in another language: what people read is translated, values are not."""
    if isinstance(node, list):
        return [_said(below, translate) for below in node]
    if not isinstance(node, dict):
        return node
    made: Schema = {}
    for key, below in node.items():
        if key in _SPOKEN and isinstance(below, str):
            text = translate(below)
            made[key] = text.replace("`", "") if key == "description" else text
        elif key == "enumDescriptions":
            made[key] = [translate(text) for text in below]
        else:
            made[key] = below if key in ("examples", "enum") else _said(below, translate)
    return made
