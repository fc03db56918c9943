"""Turn pydantic's validation errors into findings, in words for people who write plans.

Nothing here changes the document. The hint suggests what was probably intended; if that is certain, the finding has
a fix.
"""

import re
from collections import Counter
from functools import lru_cache, reduce
from itertools import takewhile
from operator import getitem
from typing import Any, NamedTuple

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from wavectl.diagnostics import MAX_FINDINGS, Finding, KeyPath, Message, msg, phrase, quoted
from wavectl.model import ActorKind, Moment, Place, Programme, Wave
from wavectl.model.key_order import programme_keys_at, wave_keys_at
from wavectl.model.types import ID_PATTERN, PLACEHOLDER_LANGUAGES
from wavectl.plan.errors.dates import Explanation
from wavectl.plan.errors.values import explain_value, first_char
from wavectl.text.suggest import nearest, normalize_name
from wavectl.text.terminal import show_odd_spaces
from wavectl.yamlfile.document import Document


class ModelFindings(NamedTuple):
    """What is wrong with the data of a file."""

    reported: list[Finding]
    implied: list[Finding]
    """Findings that only follow from others, and are not shown."""
    misspelt_keys: frozenset[str] = frozenset()
    """The top-level keys that are present under a misspelt name."""
    lost_paths: frozenset[KeyPath] = frozenset()
    """The paths of keys that are rests of a text with commas, not keys of the plan."""


def explain_errors(errors: list[ErrorDetails], document: Document, model: type[BaseModel]) -> ModelFindings:
    """Return the findings for pydantic's errors: one for each place, with the path as the document has it."""
    reported: list[Finding] = []
    implied: list[Finding] = []
    more, errors = errors[MAX_FINDINGS:], errors[:MAX_FINDINGS]
    paths = [document.existing_path(error["loc"]) for error in errors]
    cut_off = {
        path: _keys_cut_off_by_commas(path, document)
        for path, error in zip(paths, errors, strict=True)
        if error["type"] == "list_type"
    }
    lost_paths = document.lost_paths | {(*path[:-1], key) for path, keys in cut_off.items() for key in keys}
    unknown = _unknown_keys(errors, document, model)
    misspelt = {(*path[:-1], replacement) for path, (_, replacement) in unknown.items()}
    implied_keys = _implied_missing_keys([finding for finding, _ in unknown.values()], document.data)
    seen = set(unknown)
    misplaced_items: set[KeyPath] = set()
    for path, error in zip(paths, errors, strict=True):
        location = error["loc"]
        item, misplaced = path[:2], _explain_misplaced_item(document.data, path)
        if misplaced is not None:
            (implied if item in misplaced_items else reported).append(_finding(document, item, misplaced))
            misplaced_items.add(item)
        elif error["type"] == "extra_forbidden":
            (implied if path in lost_paths else reported).append(unknown[path][0])
        elif error["type"] in ("missing", "missing-key"):
            follows = (*path, location[-1]) in misspelt or location[-1] in implied_keys
            follows = follows or (location == ("period",) and ("status",) in misspelt)
            explanation = _explain_missing_key(error, path, document.data)
            (implied if follows else reported).append(_finding(document, path, explanation))
        elif path not in seen:
            seen.add(path)
            explanation = explain_value(error, path, document, cut_off.get(path, []))
            finding = _finding(document, path, explanation, at_key=location[-1:] == ("[key]",))
            (implied if path in lost_paths else reported).append(finding)
    if more:
        message = msg("there are {count} more errors in this file", count=len(more))
        explanation = Explanation(message, msg("fix those above, then check again"))
        reported.append(_finding(document, document.existing_path(more[0]["loc"]), explanation))
    misspelt_keys = frozenset(str(path[0]) for path in misspelt if len(path) == 1 and path[0])
    return ModelFindings(reported, implied, misspelt_keys, frozenset(lost_paths))


def _finding(document: Document, path: KeyPath, explanation: Explanation, *, at_key: bool = False) -> Finding:
    message, hint, rule, replacement, fix = explanation
    if (replacement or fix) and not _on_one_line(document, path, at_key=at_key):
        fix = None
    elif replacement and not fix:
        fix = _as_yaml(document, path, replacement, at_key=at_key)
    return Finding(rule, document.file, path, message, hint, at_key=at_key, fix=fix)


def _keys_cut_off_by_commas(path: KeyPath, document: Document) -> list[str]:
    """Return the keys that are the rest of a text with commas in braces: ``{countries: CV, ZA}`` has a key ZA."""
    block = _value_at(document.data, path[:-1])
    if not isinstance(block, dict):
        return []
    following = list(block)[list(block).index(path[-1]) + 1 :]
    keys = list(takewhile(lambda key: block[key] is None, following))
    line = document.locate(path).line
    return keys if all(document.locate((*path[:-1], key), key=True).line == line for key in keys) else []


def _value_at(data: Any, path: KeyPath) -> Any:
    return reduce(getitem, path, data)


def _implied_missing_keys(unknown: list[Finding], data: Any) -> set[str]:
    """Return the required keys that only seem to be missing: their lines have no-break spaces, or are not indented."""
    keys = {str(finding.path[-1]).strip() for finding in unknown if finding.rule == "yaml-syntax"}
    outdented = any(finding.path == ("when",) for finding in unknown) and data.get("moments")
    return keys | {"title", "when"} if outdented else keys


def _explain_misplaced_item(data: Any, path: KeyPath) -> Explanation | None:
    """Explain a moment in the list of actors, or an actor in that of moments; None for other items."""
    name, place = path[:2] if len(path) > 1 else ("", "")
    item = data[name][place] if name in ("actors", "moments") and isinstance(place, int) else None
    if not isinstance(item, dict):
        return None
    hint = phrase("move its lines below {key}")
    if name == "actors" and "when" in item:
        return Explanation(msg("this is a moment in the list of actors"), msg(hint, key="moments:"))
    if name == "moments" and "when" not in item and "name" in item and item.get("kind") in set(ActorKind):
        return Explanation(msg("this is an actor in the list of moments"), msg(hint, key="actors:"))
    return None


# -- unknown and missing keys


def _unknown_keys(
    errors: list[ErrorDetails], document: Document, model: type[BaseModel]
) -> dict[KeyPath, tuple[Finding, str | None]]:
    values = {document.existing_path(one["loc"]): one["input"] for one in errors if one["type"] == "extra_forbidden"}
    suggestions = {path: _suggest_key(path, model, document.data) for path in values}
    claims = Counter((*path[:-1], replacement) for path, (replacement, _) in suggestions.items())
    findings = {}
    for path, (replacement, certain) in suggestions.items():
        certain = certain and claims[*path[:-1], replacement] == 1
        explanation = _explain_unknown_key(path, values[path], model, replacement, certain=certain)
        key = str(path[-1])
        span = document.locate(path, key=True)
        is_plain = document.line(span.line)[span.column - 1 : span.end_column - 1] == key  # no quotes, no escapes
        fix = replacement if certain and is_plain else None
        finding = Finding("unknown-key", document.file, path, *explanation[:2], at_key=True, fix=fix)
        if show_odd_spaces(key[:1]) != key[:1]:  # no-break spaces before a key are a part of it for YAML
            odd = len(key) - len(key.lstrip())
            message, hint = msg("this line starts with no-break spaces"), msg("type ordinary spaces instead")
            place = span._replace(end_line=span.line, end_column=span.column + odd)
            finding = Finding("yaml-syntax", document.file, path, message, hint, span=place, fix=" " * odd)
        findings[path] = finding, replacement
    return findings


def _explain_unknown_key(
    path: KeyPath, value: Any, model: type[BaseModel], replacement: str | None, *, certain: bool
) -> Explanation:
    key = str(path[-1])
    message = msg("{key} is not a valid key here", key=quoted(f"{key}:"))
    if replacement is not None and (shown := show_odd_spaces(key)) != key:
        return Explanation(msg("{key} contains a no-break space", key=quoted(shown)), msg("delete it"))
    if value is None and not certain:
        hint = msg("put a text with a comma in quotation marks")
    elif replacement is None:
        own = msg("delete it, or write {key} to keep a key of your own", key=f"x-{normalize_name(key) or '…'}:")
        hint = _misplaced_key_hint(key, path, model, value) or own
    elif _key_without_language(key) == replacement:
        hint = msg("write it like this: {text}", text=f'{replacement}: {{fr: "…", en: "…"}}')
    elif certain:
        hint = msg("write {key}", key=f"{replacement}:")
    else:
        hint = msg("did you mean {name}?", name=quoted(f"{replacement}:"))
    return Explanation(message, hint)


def _suggest_key(path: KeyPath, model: type[BaseModel], data: Any) -> tuple[str | None, bool]:
    """Suggest the key for an unknown one, None if none is similar, and tell whether it is certain.

    Only keys that the block may have and does not have yet are suggested.
    """
    key, block = str(path[-1]), _value_at(data, path[:-1])
    keys_at = wave_keys_at if model is Wave else programme_keys_at
    free = sorted(name for name in keys_at(path[:-1]) if name not in block)
    if (name := _key_without_language(key)) in free:
        return name, False
    matches = [name for name in free if normalize_name(key) in _synonyms(name)]
    if matches:
        return matches[0], len(matches) == 1
    close = nearest(key, free)
    if close is not None:
        return close, normalize_name(close) == normalize_name(key)
    others = {word: name for name in free for word in _synonyms(name)}
    close = nearest(key, others, cutoff=_MIN_SYNONYM_SIMILARITY)
    return (others[close], False) if close is not None else (None, False)


@lru_cache
def _synonyms(name: str) -> frozenset[str]:
    return frozenset(_SYNONYMS.get(name, "").split())


def _key_without_language(key: str) -> str | None:
    """Return a key without its language: ``title`` for ``title_fr``; None if it has none."""
    name, _, language = normalize_name(key).rpartition("-")
    return name if language in PLACEHOLDER_LANGUAGES else None


def _misplaced_key_hint(key: str, path: KeyPath, model: type[BaseModel], value: Any) -> Message | None:
    """Return the hint for a key that belongs elsewhere; None if no block has it."""
    wave = model is Wave
    if key == "<<":
        return msg("write the repeated lines out")
    if wave and len(path) == 1 and key in Moment.yaml_keys:
        return msg(
            "{key} belongs to a moment: put as many spaces in front of it as in front of that moment's other lines",
            key=f"{key}:",
        )
    if wave and len(path) == 1 and key in Programme.yaml_keys:
        return msg("{key} belongs in programme.yaml", key=f"{key}:")
    if wave and path[:1] == ("moments",) and key in Place.yaml_keys and isinstance(value, str):
        return msg("it belongs to the place: {text}", text=f"place: {{{key}: {value}}}")
    if wave and len(path) > 1 and key in Wave.yaml_keys:
        return msg("{key} belongs to the wave: begin it at the left edge, without spaces", key=f"{key}:")
    if wave and len(path) == 3 and path[0] == "actors" and isinstance(value, str):
        return msg("write it like this: {text}", text=f'{{id: {key}, role: "{value}"}}')
    if not wave and (key in Wave.yaml_keys or key in ("role", "confirmed")):
        return msg("{key} belongs in the file of a wave", key=f"{key}:")
    return None


def _explain_missing_key(error: ErrorDetails, path: KeyPath, data: Any) -> Explanation:
    """Explain a required key that is missing, or has no value."""
    key, context = str(error["loc"][-1]), error.get("ctx", {})
    present = path[-1:] == (key,)
    block = _value_at(data, path[:-1] if present else path)
    title = block.get("title") if isinstance(block, dict) else None
    title = next(iter(title.values()), None) if isinstance(title, dict) else title
    made = "-".join(normalize_name(title).split("-")[:4]) if key == "id" and isinstance(title, str) else ""
    example = f"id: {made}" if ID_PATTERN.fullmatch(made) else _KEY_EXAMPLES.get(key, f"{key}: …")
    message, hint = msg("{key} is missing", key=quoted(f"{key}:")), msg("add a line such as {text}", text=example)
    if present:
        message, hint = (
            msg("{key} has no value", key=quoted(f"{key}:")),
            msg("write it like this: {text}", text=example),
        )
    if key == "kind":
        hint = msg("add kind: with one of {kinds}", kinds=", ".join(ActorKind))
    return Explanation(context.get("message") or message, context.get("hint") or hint, "missing-key")


_KEY_EXAMPLES = {"id": "id: gwangju-forum", "title": 'title: "…"', "name": 'name: "…"', "when": "when: 2017-09-14"}
"""Examples of required keys."""

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


# -- fixes

_NEEDS_QUOTES = re.compile(r"""[-?:,\[\]{}#&*!|>'"%@`\s]|.*(: |:$| #|\s$)|(?i:null|true|false|~)$""", re.DOTALL)
"""Texts that need quotation marks in YAML."""


def _as_yaml(document: Document, path: KeyPath, value: str, *, at_key: bool) -> str:
    """Return a text as YAML, in the quotation marks of the value or key it replaces."""
    opening = first_char(document, path, at_key=at_key)
    if opening in ("'", '"'):
        return f"{opening}{value}{opening}"
    return f'"{value}"' if _NEEDS_QUOTES.match(value) else value


def _on_one_line(document: Document, path: KeyPath, *, at_key: bool) -> bool:
    """Tell whether the value or key at a path is on one line, and not a list, an alias or a tag."""
    span = document.locate(path, key=at_key)
    opening = first_char(document, path, at_key=at_key)
    return span.end_line == span.line and opening not in ("", "|", ">", "[", "&", "*", "!")
