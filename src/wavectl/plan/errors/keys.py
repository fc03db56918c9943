"""Explain unknown, misplaced and missing keys, and values of the wrong type."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel
from typing_extensions import TypeAliasType

from wavectl import diagnostics
from wavectl.diagnostics import KeyPath, Message, msg, phrase, quoted
from wavectl.model import Moment, Programme, Wave
from wavectl.model.iso_codes import COUNTRIES
from wavectl.model.programme import ActorKind
from wavectl.model.types import HASHTAG_PATTERN, ID_PATTERN, LANGUAGE_PATTERN, PLACEHOLDER_LANGUAGES, ModelBase, Place
from wavectl.plan.errors.dates import ErrorExplanation
from wavectl.plan.errors.values import suggest_choice
from wavectl.text.suggest import nearest, normalize_name
from wavectl.yamlfile.parser import quote_scalar

_SYNONYMS = {
    # the key of a plan: what people write instead in English, French and Spanish
    "title": "titre titulo name nom nombre intitule heading",
    "name": "nom nombre title titre titulo city ville ciudad town",
    "status": "statut estado etat state",
    "slogan": "eslogan lema motto claim message",
    "hashtags": "hashtag tags mots-diese mot-diese etiquetas",
    "hashtag": "hashtags tag mot-diese etiqueta",
    "period": "periode periodo calendar calendrier calendario dates fechas duration",
    "color": "colour couleur",
    "url": "link lien enlace web site website sitio page",
    "description": "descripcion text texte texto desc details summary resume",
    "notice": "avis aviso annonce",
    "moments": "moment momentos events evenements eventos dates",
    "actors": "actor acteurs acteur actores partners participants",
    "content": "contenu contenido contents contents",
    "campaigns": "campaign campagnes campagne campanas campana",
    "waive": "waived waives ignore",
    "when": "date dates quand cuando fecha fechas day jour dia start",
    "repeat": "repeats repetition repetir repete recurrence rrule",
    "except": "exceptions exception sauf excepto exdate",
    "place": "location lieu lugar where ou venue city ville ciudad town",
    "regions": "region regiones",
    "country": "pays pais",
    "countries": "pays paises",
    "priorities": "priority priorites priorite prioridades prioridad",
    "kind": "type genre tipo category categorie",
    "timezone": "time-zone tz zone fuseau fuseau-horaire zona-horaria",
    "outcome": "result resultat resultado results",
    "note": "notes nota notas remark remarque comment commentaire",
    "owner": "responsable responsible",
    "confirm_by": "confirm-by confirm deadline",
    "draft": "brouillon borrador",
    "same_as": "same-as same meme-que",
    "short": "short-title court corto",
    "languages": "language langues langue idiomas idioma lang",
    "organiser": "organizer organisateur organizador",
    "part_of": "part-of member-of",
    "role": "rol fonction",
    "confirmed": "confirme confirmado",
}  # fmt: skip

_MIN_SYNONYM_SIMILARITY = 0.85
"""How similar a key is at least to a synonym."""


def suggest_key(key: str, path: KeyPath, model: type[BaseModel], data: Any) -> tuple[str | None, bool]:
    """Suggest the key for an unknown one at ``path``, None if none is similar, and tell whether it is certain.

    Only keys that the block may have and does not have yet are suggested.
    """
    block = _model_at_path(model, path[:-1])
    if block is None:
        return None, False
    for part in path[:-1]:
        data = data[part]
    free = sorted(name for name in block.yaml_keys if not (isinstance(data, dict) and name in data))
    if (name := key_without_language(key)) in free:
        return name, False
    matches = [name for name in free if normalize_name(key) in _synonyms(name)]
    if matches:
        return matches[0], len(matches) == 1
    close = nearest(key, free)
    if close is not None:
        return close, True
    others = {word: name for name in free for word in _synonyms(name)}
    close = nearest(key, others, cutoff=_MIN_SYNONYM_SIMILARITY)  # "colour" is similar to "court"
    return (others[close], False) if close is not None else (None, False)


def key_without_language(key: str) -> str | None:
    """Return a key without its language: ``title`` for ``title_fr``; None if it has none."""
    name, _, language = normalize_name(key).rpartition("-")
    return name if language in PLACEHOLDER_LANGUAGES else None


def misplaced_key_hint(key: str, path: KeyPath, model: type[BaseModel], value: Any) -> Message | None:
    """Return the hint for a key that belongs elsewhere; None if no block has it."""
    wave = model is Wave
    if key == "<<":
        return msg("write the repeated lines out")
    if wave and len(path) == 1 and key in Moment.yaml_keys:
        return msg("{key} belongs to a moment: put as many spaces in front of it as in front of the other lines of "
                   "that moment", key=f"{key}:")  # fmt: skip
    if wave and len(path) == 1 and key in Programme.yaml_keys:
        return msg("{key} belongs in programme.yaml", key=f"{key}:")
    if wave and path[:1] == ("moments",) and key in Place.yaml_keys and isinstance(value, str):
        return msg("it belongs to the place: {text}", text=f"place: {{{key}: {value}}}")
    if wave and len(path) > 1 and key in Wave.yaml_keys:
        return msg("{key} belongs to the wave: begin it at the left edge, without spaces", key=f"{key}:")
    if wave and len(path) == 3 and path[0] == "actors" and isinstance(value, str):
        return msg("write it so: {text}", text=f'{{id: {key}, role: "{value}"}}')
    if not wave and (key in Wave.yaml_keys or key in ("role", "confirmed")):
        return msg("{key} belongs in the file of a wave", key=f"{key}:")
    return None


def misplaced_item_message(data: Any, path: KeyPath) -> Message | None:
    """Return the message for a moment in the list of actors, or an actor in that of moments; None for other items."""
    name, place = path[:2] if len(path) > 1 else ("", "")
    if name not in ("actors", "moments") or not isinstance(place, int):
        return None
    item = data[name][place]
    if not isinstance(item, dict):
        return None
    if name == "actors" and "when" in item:
        return msg("this is a moment in the list of actors")
    if name == "moments" and "when" not in item and "name" in item and item.get("kind") in set(ActorKind):
        return msg("this is an actor in the list of moments")
    return None


@lru_cache
def _synonyms(name: str) -> frozenset[str]:
    return frozenset(_SYNONYMS.get(name, "").split())


def _model_at_path(model: type[BaseModel], path: KeyPath) -> type[ModelBase] | None:
    """Return the model class of the block at a path; None if it is not a block."""
    at: Any = model
    for part in path:
        at = next((below for one in _union_members(at) if (below := _type_of_child(one, part)) is not None), None)
    return next((one for one in _union_members(at) if isinstance(one, type) and issubclass(one, ModelBase)), None)


def _union_members(annotation: Any) -> list[Any]:
    """Return the alternatives of an annotation, without aliases and metadata."""
    if isinstance(annotation, TypeAliasType):
        return _union_members(annotation.__value__)
    origin = get_origin(annotation)
    if annotation is None or origin is None:
        return [annotation]
    if origin in (list, dict):
        return [annotation]
    return [one for inner in get_args(annotation) for one in _union_members(inner)]


def _type_of_child(annotation: Any, part: str | int) -> Any:
    """Return the annotation of the value at a key or position; None if there is none."""
    if get_origin(annotation) is list and isinstance(part, int):
        return get_args(annotation)[0]
    if get_origin(annotation) is dict:
        return get_args(annotation)[1]
    if isinstance(annotation, type) and issubclass(annotation, ModelBase):
        return next(
            (one.annotation for name, one in annotation.model_fields.items() if part in (name, one.alias)), None
        )
    return None


_YES = frozenset(("oui", "si", "yes", "y", "true", "vrai", "verdadero", "on", "x", "1"))
_NO = frozenset(("non", "no", "n", "false", "faux", "falso", "off", "0"))

_ITEM_EXAMPLES = {
    # list: an example of an item
    "moments": '{id: gwangju-forum, title: "…", when: 2017-09}',
    "actors": '{name: "…", kind: member}',
    "campaigns": '{name: "…"}',
}
_BLOCK_EXAMPLES = {
    # key: an example of its value
    "organiser": '{name: "…"}',
    "place": '{name: "…"}',
    "except": "{2018-12-10: cancelled}",
    "content": '{advocacy: "…"}',
    "waive": '{calendar-length: "…"}',
    "priorities": '{advocacy: "…"}',
    "regions": '{africa: "…"}',
    "design": "{min_priorities: 3}",
    "feeds": "{firm: {fuzzy: omit}}",
    "actors": '{barcelona: {name: "…", kind: member}}',
}
_DEFAULT_EXAMPLE = '{name: "…"}'

_ID_LIST_KEYS = frozenset(("actors", "priorities", "regions", "was", "waves"))


class ListItems(NamedTuple):
    """The items of a list, as YAML, and whether each is certainly valid."""

    items: list[str]
    certain: bool


def explain_wrong_type(
    error_type: str, value: Any, path: diagnostics.KeyPath, cut_off: list[str]
) -> ErrorExplanation | None:
    """Explain a value of the wrong type; None if ``error_type``, pydantic's name of the error, is about other things.

    ``cut_off`` are the keys that commas cut off from a list without brackets.
    """
    if error_type == "list_type":
        return _explain_list(value, path, cut_off)
    if error_type in ("dict_type", "model_type"):
        return _explain_block(value, path)
    if error_type == "bool_type":
        return _explain_flag(value)
    return _explain_text(value, path) if error_type == "string_type" else None


def _explain_list(value: Any, path: diagnostics.KeyPath, cut_off: list[str]) -> ErrorExplanation:
    """Explain a value that should be a list."""
    message = msg("a list is expected here")
    if isinstance(value, str) and value.strip():
        if path and path[-1] in ("moments", "campaigns"):
            text = f"[{_fill_example(_ITEM_EXAMPLES[str(path[-1])], value)}]"
            return ErrorExplanation("invalid-value", message, msg("write it so: {text}", text=text))
        typed = _split_items(value, path, cut_off)
        text = f"[{', '.join(typed.items)}]"
        cure = text if typed.certain and not cut_off else None
        return ErrorExplanation("invalid-value", message, msg("write it so: {text}", text=text), replacement_yaml=cure)
    if isinstance(value, dict) and value and path and path[-1] in _ITEM_EXAMPLES:
        return ErrorExplanation("invalid-value", message, _hyphen_hint(value))
    return ErrorExplanation("invalid-value", message, msg("put each item on a line of its own, after a hyphen"))


def _split_items(value: str, path: diagnostics.KeyPath, cut_off: list[str]) -> ListItems:
    key = path[-1] if path else ""
    if key == "months":
        return ListItems(re.findall(r"\d+", value) or ["6", "18"], certain=False)
    parts = [part.strip(" \"'") for part in (*re.split(r"[,;\n]", value), *cut_off)]
    items = [part for part in parts if part]
    if key == "hashtags":
        tags = [tag for item in items for tag in (item.split() if item.count("#") > 1 else [item])]
        return ListItems([quote_scalar(tag) for tag in tags], all(re.fullmatch(HASHTAG_PATTERN, tag) for tag in tags))
    bare = all(ID_PATTERN.fullmatch(item) or item in COUNTRIES or LANGUAGE_PATTERN.fullmatch(item) for item in items)
    fits = (
        all(map(ID_PATTERN.fullmatch, items)) if key in _ID_LIST_KEYS
        else all(item in COUNTRIES for item in items) if key == "countries"
        else all(map(LANGUAGE_PATTERN.fullmatch, items)) if key == "languages"
        else False
    )  # fmt: skip
    if key == "actors" and not fits:
        return ListItems([_fill_example(_ITEM_EXAMPLES["actors"], item) for item in items], fits)
    return ListItems(items if bare else [quote_scalar(item) for item in items], fits)


def _hyphen_hint(value: Mapping[str, Any]) -> Message:
    """Return the hint for a list whose hyphens are missing, or that has names instead."""
    first = next(iter(value))
    if all(isinstance(one, dict) for one in value.values()):
        return msg("write {text} in place of {name}, and so on for each", text=f"- id: {first}", name=f"{first}:")
    return msg("put a hyphen and a space in front of {name}, and two spaces more in front of the lines below it",
               name=f"{first}:")  # fmt: skip


def _explain_block(value: Any, path: diagnostics.KeyPath) -> ErrorExplanation:
    """Explain a value that should be a block of keys."""
    name = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
    listed_item = bool(path) and isinstance(path[-1], int)
    below = len(path) > 1 and path[-2] in ("actors", "regions", "feeds")  # an entry of a map by id
    if below and not listed_item:
        text = (
            _ITEM_EXAMPLES["actors"]
            if path[-2] == "actors"
            else "{fuzzy: omit}"
            if path[-2] == "feeds"
            else _DEFAULT_EXAMPLE
        )
    else:
        text = (_ITEM_EXAMPLES if listed_item else _BLOCK_EXAMPLES).get(name, _DEFAULT_EXAMPLE)
    if isinstance(value, list) and value and all(isinstance(one, dict) and "id" not in one for one in value):
        return ErrorExplanation("invalid-value", msg("a list is not allowed here"), msg("take away the hyphens"))
    message = msg("lines with a key and a colon are expected here")
    return ErrorExplanation("invalid-value", message, msg("write it so: {text}", text=_fill_example(text, value)))


def _fill_example(example: str, value: Any) -> str:
    """Return an example with the given value filled in."""
    first = value[0] if isinstance(value, list) and value else value
    if isinstance(first, dict) and isinstance(first.get("id"), str):
        inner = ", ".join(
            f"{key}: {quote_scalar(one)}" for key, one in first.items() if key != "id" and _is_short_text(one)
        )
        return f"{{{first['id']}: {{{inner}}}}}"
    if not isinstance(first, str) or not _is_short_text(first):
        return example
    if "2018-12-10" in example:
        return example.replace("2018-12-10", first) if re.fullmatch(r"\d{4}[\d-]*", first) else example
    if isinstance(value, list) and ID_PATTERN.fullmatch(first):
        return re.sub(r"^\{[\w-]+", f"{{{first}", example)
    made = normalize_name(first.partition(",")[0])
    if ID_PATTERN.fullmatch(made):
        example = example.replace("gwangju-forum", made).replace("2017-09", "unknown")
    return example.replace('"…"', quote_scalar(first))


def _is_short_text(text: Any) -> bool:
    return isinstance(text, str) and 0 < len(text) <= 60 and "\n" not in text


def _explain_flag(value: Any) -> ErrorExplanation:
    """Explain a value that should be true or false."""
    message = msg("true or false is expected here")
    word = normalize_name(value) if isinstance(value, str) else ""
    flag = "true" if word in _YES else "false" if word in _NO else None
    if flag is None:
        return ErrorExplanation("invalid-value", message, msg("write true or false, without quotation marks"))
    return ErrorExplanation(
        "invalid-value", message, msg("write {value}, without quotation marks", value=flag), replacement_yaml=flag
    )


def _explain_text(value: Any, path: diagnostics.KeyPath) -> ErrorExplanation:
    """Explain a value that should be a text."""
    if value is None:
        hint = phrase("write the reason, in quotation marks") if path[:1] == ("waive",) else _TEXT_HINT
        return ErrorExplanation("invalid-value", msg("the text is missing here"), msg(hint))
    if isinstance(value, list):
        hint = phrase('write one text in quotation marks, or one for each language: {{fr: "…", en: "…"}}')
        return ErrorExplanation("invalid-value", msg("a text is expected here"), msg(hint))
    return ErrorExplanation("invalid-value", msg("a text is expected here"), msg(_TEXT_HINT))


_TEXT_HINT = phrase("write it on one line, in quotation marks")


KEY_EXAMPLES: Mapping[str, str] = {
    "id": "id: gwangju-forum",
    "title": 'title: "…"',
    "name": 'name: "…"',
    "when": "when: 2017-09-14",
    "kind": "kind: member",
}
"""Examples of required keys."""


def explain_choice(value: Any, expected: str) -> ErrorExplanation:
    """Explain a value that is none of the words that pydantic expects."""
    choices = expected.replace("'", "").replace(" or ", ", ")
    if not isinstance(value, str):
        message = msg("this is not one of {choices}", choices=choices)
        return ErrorExplanation("invalid-value", message, msg("write one of these words"))
    message = msg("{value} is not one of {choices}", value=quoted(value), choices=choices)
    if "," not in choices:
        message = msg("only {value} is allowed here", value=choices)
    return ErrorExplanation("invalid-value", message, *suggest_choice(value, choices.split(", ")))


def describe_missing_key(key: str, block: Any, *, present: bool) -> tuple[Message, Message]:
    """Return message and hint for a required key that is missing, or ``present`` without a value."""
    example = KEY_EXAMPLES.get(key, f"{key}: …")
    title = block.get("title") if isinstance(block, dict) else None
    title = next(iter(title.values()), None) if isinstance(title, dict) else title
    made = "-".join(normalize_name(title).split("-")[:4]) if key == "id" and isinstance(title, str) else ""
    if ID_PATTERN.fullmatch(made):
        example = f"id: {made}"
    if present:
        return msg("{key} has no value", key=quoted(f"{key}:")), msg("write it so: {text}", text=example)
    return msg("{key} is missing", key=quoted(f"{key}:")), msg("add a line such as {text}", text=example)
