"""A key that is not known where it stands: the one that is meant, or the place that it belongs in."""

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
    # the key of a plan: what people write for it in French, English and Spanish
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
"""How alike a key is at least to what people write for another one."""


def suggest_key(key: str, path: KeyPath, model: type[BaseModel], data: Any) -> tuple[str | None, bool]:
    """Return the key that is meant by an unknown one at ``path``, None where none is like it, and whether that is sure.

    It is one of those that the block can have and does not have yet.
    """
    block = _model_at_path(model, path[:-1])
    if block is None:
        return None, False
    for part in path[:-1]:  # the path is one that the data has
        data = data[part]
    free = sorted(name for name in block.yaml_keys if not (isinstance(data, dict) and name in data))
    if (name := key_without_language(key)) in free:
        return name, False
    said = [name for name in free if normalize_name(key) in _synonyms(name)]
    if said:
        return said[0], len(said) == 1
    close = nearest(key, free)
    if close is not None:
        return close, True
    others = {word: name for name in free for word in _synonyms(name)}
    close = nearest(key, others, cutoff=_MIN_SYNONYM_SIMILARITY)  # "colour" is not "court", however alike
    return (others[close], False) if close is not None else (None, False)


def key_without_language(key: str) -> str | None:
    """Return the key that has the name of a language behind it: ``title`` of ``title_fr``."""
    name, _, language = normalize_name(key).rpartition("-")
    return name if language in PLACEHOLDER_LANGUAGES else None


def misplaced_key_hint(key: str, path: KeyPath, model: type[BaseModel], value: Any) -> Message | None:
    """Return where a key at ``path`` belongs that is known elsewhere; None where it is known nowhere."""
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
    """Return what is said of an item of a wave that stands in the list of others: a moment among the actors."""
    name, place = path[:2] if len(path) > 1 else ("", "")
    if name not in ("actors", "moments") or not isinstance(place, int):
        return None
    item = data[name][place]
    if not isinstance(item, dict):
        return None
    if name == "actors" and "when" in item:
        return msg("a moment stands here among the actors")
    if name == "moments" and "when" not in item and "name" in item and item.get("kind") in set(ActorKind):
        return msg("an actor stands here among the moments")
    return None


@lru_cache
def _synonyms(name: str) -> frozenset[str]:
    return frozenset(_SYNONYMS.get(name, "").split())


def _model_at_path(model: type[BaseModel], path: KeyPath) -> type[ModelBase] | None:
    """Return the block of keys that stands at a path, None where something else does."""
    at: Any = model
    for part in path:
        at = next((below for one in _union_members(at) if (below := _type_of_child(one, part)) is not None), None)
    return next((one for one in _union_members(at) if isinstance(one, type) and issubclass(one, ModelBase)), None)


def _union_members(annotation: Any) -> list[Any]:
    """Return the types that a value of a type can have, without marks and alternatives."""
    if isinstance(annotation, TypeAliasType):
        return _union_members(annotation.__value__)
    origin = get_origin(annotation)
    if annotation is None or origin is None:
        return [annotation]
    if origin in (list, dict):
        return [annotation]
    return [one for inner in get_args(annotation) for one in _union_members(inner)]


def _type_of_child(annotation: Any, part: str | int) -> Any:
    """Return the type of what stands at a key or number below."""
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
    # of a list: what an item looks like
    "moments": '{id: gwangju-forum, title: "…", when: 2017-09}',
    "actors": '{name: "…", kind: member}',
    "campaigns": '{name: "…"}',
}
_BLOCK_EXAMPLES = {
    # a key: what stands behind it
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
    """What a list of texts holds: how each is written, and whether it can be one of those that may stand there."""

    items: list[str]
    certain: bool


def explain_wrong_type(
    error_type: str, value: Any, path: diagnostics.KeyPath, cut_off: list[str]
) -> ErrorExplanation | None:
    """Return what is said of ``value`` where another shape should stand; None where pydantic means something else.

    ``kind`` is pydantic's name of the fault, ``rest`` what commas cut off behind a text that is meant for a list.
    """
    if error_type == "list_type":
        return _explain_list(value, path, cut_off)
    if error_type in ("dict_type", "model_type"):
        return _explain_block(value, path)
    if error_type == "bool_type":
        return _explain_flag(value)
    return _explain_text(value, path) if error_type == "string_type" else None


def _explain_list(value: Any, path: diagnostics.KeyPath, cut_off: list[str]) -> ErrorExplanation:
    """Return what is said of ``value`` where a list should stand."""
    message = msg("a list should stand here")
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
    """Return the cure of a list whose hyphens were forgotten, or that has names in their place."""
    first = next(iter(value))
    if all(isinstance(one, dict) for one in value.values()):
        return msg("write {text} in place of {name}, and so on for each", text=f"- id: {first}", name=f"{first}:")
    return msg("put a hyphen and a space in front of {name}, and two spaces more in front of the lines below it",
               name=f"{first}:")  # fmt: skip


def _explain_block(value: Any, path: diagnostics.KeyPath) -> ErrorExplanation:
    """Return what is said of ``value`` where several lines with a word and a colon each should stand."""
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
        return ErrorExplanation("invalid-value", msg("no list should stand here"), msg("take away the hyphens"))
    message = msg("words followed by a colon should stand here")
    return ErrorExplanation("invalid-value", message, msg("write it so: {text}", text=_fill_example(text, value)))


def _fill_example(example: str, value: Any) -> str:
    """Return the form of a block with what stands there in it."""
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
    if isinstance(value, list) and ID_PATTERN.fullmatch(first):  # a list of names of what should stand behind them
        return re.sub(r"^\{[\w-]+", f"{{{first}", example)
    made = normalize_name(first.partition(",")[0])
    if ID_PATTERN.fullmatch(made):
        example = example.replace("gwangju-forum", made).replace("2017-09", "unknown")
    return example.replace('"…"', quote_scalar(first))


def _is_short_text(text: Any) -> bool:
    return isinstance(text, str) and 0 < len(text) <= 60 and "\n" not in text


def _explain_flag(value: Any) -> ErrorExplanation:
    """Return what is said of ``value`` where yes or no should stand."""
    message = msg("a yes or no should stand here")
    said = normalize_name(value) if isinstance(value, str) else ""
    meant = "true" if said in _YES else "false" if said in _NO else None
    if meant is None:
        return ErrorExplanation("invalid-value", message, msg("write true or false, without quotation marks"))
    return ErrorExplanation(
        "invalid-value", message, msg("write {value}, without quotation marks", value=meant), replacement_yaml=meant
    )


def _explain_text(value: Any, path: diagnostics.KeyPath) -> ErrorExplanation:
    """Return what is said of ``value`` where a text should stand."""
    if value is None:
        hint = phrase("write the reason, in quotation marks") if path[:1] == ("waive",) else _TEXT_HINT
        return ErrorExplanation("invalid-value", msg("the text is missing here"), msg(hint))
    if isinstance(value, list):
        hint = phrase('write one text in quotation marks, or one for each language: {{fr: "…", en: "…"}}')
        return ErrorExplanation("invalid-value", msg("a text should stand here"), msg(hint))
    return ErrorExplanation("invalid-value", msg("a text should stand here"), msg(_TEXT_HINT))


_TEXT_HINT = phrase("write it on one line, in quotation marks")


KEY_EXAMPLES: Mapping[str, str] = {
    "id": "id: gwangju-forum",
    "title": 'title: "…"',
    "name": 'name: "…"',
    "when": "when: 2017-09-14",
    "kind": "kind: member",
}
"""How the keys that nothing can do without are written."""


def explain_choice(value: Any, expected: str) -> ErrorExplanation:
    """Return what is said of ``value`` that is none of the words that pydantic expects."""
    choices = expected.replace("'", "").replace(" or ", ", ")
    if not isinstance(value, str):
        message = msg("this is not one of {choices}", choices=choices)
        return ErrorExplanation("invalid-value", message, msg("write one of these words"))
    message = msg("{value} is not one of {choices}", value=quoted(value), choices=choices)
    if "," not in choices:
        message = msg("only {value} can stand here", value=choices)
    return ErrorExplanation("invalid-value", message, *suggest_choice(value, choices.split(", ")))


def describe_missing_key(key: str, block: Any, *, present: bool) -> tuple[Message, Message]:
    """Return the fault and the cure of a key that is missing, or that is there with nothing behind it."""
    example = KEY_EXAMPLES.get(key, f"{key}: …")
    title = block.get("title") if isinstance(block, dict) else None
    title = next(iter(title.values()), None) if isinstance(title, dict) else title
    made = "-".join(normalize_name(title).split("-")[:4]) if key == "id" and isinstance(title, str) else ""
    if ID_PATTERN.fullmatch(made):
        example = f"id: {made}"
    if present:
        return msg("nothing stands behind {key}", key=quoted(f"{key}:")), msg("write it so: {text}", text=example)
    return msg("{key} is missing", key=quoted(f"{key}:")), msg("add a line such as {text}", text=example)
