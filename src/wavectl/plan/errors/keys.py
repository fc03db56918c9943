"""A key that is not known where it stands: the one that is meant, or the place that it belongs in."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from wavectl.diagnostics import KeyPath, Message, msg
from wavectl.model import Moment, Programme, Wave
from wavectl.model.programme import ActorKind
from wavectl.model.types import PLACEHOLDER_LANGUAGES, ModelBase, Place
from wavectl.text.suggest import nearest, normalize_name

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
