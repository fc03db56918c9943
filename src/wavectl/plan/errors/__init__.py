"""What pydantic refuses in the data of a file -> findings, in the words of somebody who writes a plan.

Where it can be known what was meant, the hint says so, and where it is sure the finding carries the cure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import takewhile
from typing import Any, NamedTuple

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from wavectl.diagnostics import MAX_FINDINGS, Finding, KeyPath, Message, msg, phrase, quoted
from wavectl.model import types
from wavectl.model.programme import ActorKind
from wavectl.plan.errors.dates import ErrorExplanation, explain_date
from wavectl.plan.errors.keys import (
    describe_missing_key,
    explain_choice,
    explain_wrong_type,
    key_without_language,
    misplaced_item_message,
    misplaced_key_hint,
    suggest_key,
)
from wavectl.plan.errors.values import VALUE_SUGGESTERS
from wavectl.text.suggest import normalize_name
from wavectl.text.terminal import show_odd_spaces
from wavectl.yamlfile.document import Document
from wavectl.yamlfile.parser import quote_scalar


class ModelFindings(NamedTuple):
    """What is wrong with the data of a file."""

    reported: list[Finding]
    implied: list[Finding]
    """Findings that only follow from others, and are not shown."""
    misspelt_keys: frozenset[str] = frozenset()
    """The top-level keys that are present under a misspelt name."""
    lost_paths: frozenset[KeyPath] = frozenset()
    """The paths of keys that are rests of a text with commas, not keys of the plan."""


def explain_errors(
    errors: list[ErrorDetails], document: Document, wave: str | None, model: type[BaseModel]
) -> ModelFindings:
    """Turn pydantic's errors into findings: one a place, with the path as the document knows it."""
    found = ModelFindings([], [])
    more, errors = errors[MAX_FINDINGS:], errors[:MAX_FINDINGS]
    cut_off = {
        path: _keys_cut_off_by_commas(path, document)
        for path in (document.existing_path(error["loc"]) for error in errors if error["type"] == "list_type")
    }
    lost_paths = document.lost_paths | {(*path[:-1], key) for path, keys in cut_off.items() for key in keys}
    unknown = _unknown_keys(errors, document, wave, model)
    misspelt = {(*finding.path[:-1], instead) for finding, instead in unknown.values()}
    lost = {str(finding.path[-1]).strip() for finding, _ in unknown.values() if finding.rule == "yaml-syntax"}
    outside = _outdented_moment_keys(unknown.values(), document.data)
    seen = {finding.path for finding, _ in unknown.values()}
    strays: set[KeyPath] = set()
    for number, error in enumerate(errors):
        location = error["loc"]
        path = document.existing_path(location)
        stray = misplaced_item_message(document.data, path)
        if stray is not None:
            first = path[:2] not in strays
            strays.add(path[:2])
            (found.reported if first else found.implied).append(
                _misplaced_item_finding(stray, path[:2], document, wave)
            )
        elif number in unknown:
            finding = unknown[number][0]
            (found.implied if finding.path in lost_paths else found.reported).append(finding)
        elif error["type"] in ("missing", "missing-key"):
            follows = (*path, location[-1]) in misspelt or location[-1] in lost or location[-1] in outside
            follows = follows or (location == ("period",) and ("status",) in misspelt)
            (found.implied if follows else found.reported).append(_missing_key(error, document, wave))
        elif path not in seen:
            seen.add(path)
            at_key = location[-1:] == ("[key]",)
            one = _explain_error(error, path, document, cut_off.get(path, []))
            cure = one.replacement and _as_yaml(document, path, one.replacement, at_key=at_key)
            cure = one.replacement_yaml if one.replacement_yaml and _on_one_line(document, path) else cure
            finding = Finding(one.rule, document.file, path, one.message, one.hint, wave=wave, at_key=at_key, fix=cure)
            (found.implied if path in lost_paths else found.reported).append(finding)
    if more:
        found.reported.append(_remaining_errors_finding(more, document, wave))
    misspelt_keys = frozenset(str(path[0]) for path in misspelt if len(path) == 1 and path[0])
    return found._replace(misspelt_keys=misspelt_keys, lost_paths=frozenset(lost_paths))


def _outdented_moment_keys(unknown: Iterable[tuple[Finding, str | None]], data: Any) -> frozenset[str]:
    """Return what a moment cannot do without and may have lost: its lines stand at the edge, as keys of the wave."""
    outside = {str(finding.path[0]) for finding, _ in unknown if len(finding.path) == 1}
    return frozenset(("title", "when")) if "when" in outside and data.get("moments") else frozenset()


def _misplaced_item_finding(message: Message, path: KeyPath, document: Document, wave: str | None) -> Finding:
    """Return the finding of an item in the list of others."""
    to = "moments:" if path[0] == "actors" else "actors:"
    return Finding("invalid-value", document.file, path, message, msg("move its lines below {key}", key=to), wave=wave)


def _remaining_errors_finding(errors: list[ErrorDetails], document: Document, wave: str | None) -> Finding:
    """Return the finding that stands for all faults behind those that are told."""
    message = msg("{count} more faults follow in this file", count=len(errors))
    hint = msg("fix those above, then check again")
    return Finding("invalid-value", document.file, document.existing_path(errors[0]["loc"]), message, hint, wave=wave)


def _unknown_keys(
    errors: list[ErrorDetails], document: Document, wave: str | None, model: type[BaseModel]
) -> dict[int, tuple[Finding, str | None]]:
    """Return, by the number of its error, what is said of each unknown key, and the key that is meant."""
    numbers = [number for number, error in enumerate(errors) if error["type"] == "extra_forbidden"]
    paths = {number: document.existing_path(errors[number]["loc"]) for number in numbers}
    guesses = {number: suggest_key(str(paths[number][-1]), paths[number], model, document.data) for number in numbers}
    claims = Counter((*paths[number][:-1], instead) for number, (instead, _) in guesses.items())
    found = {}
    for number, (instead, sure) in guesses.items():
        alone = claims[(*paths[number][:-1], instead)] == 1
        guess = KeySuggestion(instead, certain=sure and alone)
        found[number] = _unknown_key(errors[number], paths[number], document, wave, model, guess), instead
    return found


class KeySuggestion(NamedTuple):
    """The key that is meant by another one, None where none is like it, and whether that is sure."""

    replacement: str | None
    certain: bool


def _unknown_key(
    error: ErrorDetails,
    path: KeyPath,
    document: Document,
    wave: str | None,
    model: type[BaseModel],
    suggestion: KeySuggestion,
) -> Finding:
    """Return what is said of an unknown key."""
    key = str(error["loc"][-1])
    if show_odd_spaces(key[:1]) != key[:1]:
        return _no_break_indent_finding(document, path, key)
    instead, sure = suggestion
    message = msg("{key} is not known here", key=quoted(f"{key}:"))
    elsewhere = misplaced_key_hint(key, path, model, error["input"]) if instead is None else None
    if instead is not None and (shown := show_odd_spaces(key)) != key:
        message, hint = msg("a no-break space stands in {key}", key=quoted(shown)), msg("delete it")
    elif error["input"] is None and not sure:
        hint = msg("put a text with a comma in quotation marks")
    elif instead is not None and key_without_language(key) == instead:
        hint = msg("write it so: {text}", text=f'{instead}: {{fr: "…", en: "…"}}')
    elif instead is not None and sure:
        hint = msg("write {key}", key=f"{instead}:")
    elif instead is not None:
        hint = msg("perhaps {key} is meant", key=f"{instead}:")
    else:
        hint = elsewhere or msg(
            "take it out, or write {key} to keep something of your own", key=f"x-{normalize_name(key) or '…'}:"
        )
    cure = instead if sure and _is_plain_key(document, path) else None
    return Finding("unknown-key", document.file, path, message, hint, wave=wave, at_key=True, fix=cure)


def _no_break_indent_finding(document: Document, path: KeyPath, key: str) -> Finding:
    """Return the finding of a line that is indented with spaces that are none to YAML: they open its key."""
    span = document.locate(path, key=True)
    odd = len(key) - len(key.lstrip())
    message, hint = msg("no-break spaces stand at the start of this line"), msg("type ordinary spaces instead")
    place = span._replace(end_line=span.line, end_column=span.column + odd)
    return Finding("yaml-syntax", document.file, path, message, hint, span=place, fix=" " * odd)


def _missing_key(error: ErrorDetails, document: Document, wave: str | None) -> Finding:
    path = document.existing_path(error["loc"])
    context = error.get("ctx", {})
    key = str(error["loc"][-1])
    there = path[-1:] == (key,)
    beside: Any = document.data
    for part in path[:-1] if there else path:
        beside = beside[part]
    message, hint = describe_missing_key(key, beside, present=there)
    if key == "kind":
        hint = msg("add kind: with one of {kinds}", kinds=", ".join(ActorKind))
    message, hint = context.get("message") or message, context.get("hint") or hint
    return Finding("missing-key", document.file, path, message, hint, wave=wave)


_NEEDS_QUOTES = re.compile(r"""[-?:,\[\]{}#&*!|>'"%@`\s]|.*(: |:$| #|\s$)|(?i:null|true|false|~)$""", re.DOTALL)
"""What an unquoted text may not open with or hold."""


def _as_yaml(document: Document, path: KeyPath, value: str, *, at_key: bool) -> str | None:
    """Return a value as YAML, in the quotation marks that stand around what it replaces; None for a text of lines."""
    opening = _first_char(document, path, at_key=at_key)
    if not _on_one_line(document, path, at_key=at_key):
        return None
    if opening in ("'", '"'):
        return f"{opening}{value}{opening}"
    return f'"{value}"' if _NEEDS_QUOTES.match(value) else value


def _first_char(document: Document, path: KeyPath, *, at_key: bool = False) -> str:
    """Return the first character of what stands at a path."""
    span = document.locate(path, key=at_key)
    return document.line(span.line)[span.column - 1 : span.column]


def _on_one_line(document: Document, path: KeyPath, *, at_key: bool = False) -> bool:
    """Tell whether what stands at a path is all on one line, and no list or reference."""
    span = document.locate(path, key=at_key)
    opening = _first_char(document, path, at_key=at_key)
    return span.end_line == span.line and opening not in ("", "|", ">", "[", "&", "*", "!")


def _is_plain_key(document: Document, path: KeyPath) -> bool:
    """Tell whether the key at a path is written as it is, so that another word can stand in its place."""
    span = document.locate(path, key=True)
    return document.line(span.line)[span.column - 1 : span.end_column - 1] == path[-1]


_MESSAGES_BY_TYPE: dict[str, tuple[str, str]] = {
    # pydantic's name of the fault -> fault and cure
    "string_pattern_mismatch": (phrase("the text is empty"), phrase("write the text, or delete the line")),
    "int_type": (phrase("a whole number should stand here"), phrase("write it in digits, without quotation marks")),
    "greater_than_equal": (phrase("the number is too small"), phrase("write 0 or more")),
    "less_than_equal": (phrase("the number is too large"), phrase("write 1000 or less")),
    "too_short": (phrase("nothing stands here"), phrase("write at least one, or delete the line")),
}


class _PatternError(NamedTuple):
    """What a text is called that should match a pattern of the model: its kind, fault and cure."""

    kind: str
    message: str
    hint: str


_PATTERN_ERRORS: Mapping[str, _PatternError] = {
    types.ID: _PatternError(
        "id",
        phrase("{value} is not a valid id"),
        phrase("write small letters without accents, digits and single hyphens: gwangju-forum"),
    ),
    types.REFERENCE: _PatternError(
        "reference",
        phrase("{value} does not name a moment"),
        phrase("write the wave and the moment: migration/gwangju-forum"),
    ),
    types.LANGUAGE: _PatternError(
        "language",
        phrase("{value} is not a known language"),
        phrase("write fr, en, es or another language code; put a text with a comma or colon in quotation marks"),
    ),
    types.URL: _PatternError(
        "url", phrase("{value} is no web address"), phrase("copy the whole address, from https:// on")
    ),
    types.DOMAIN: _PatternError(
        "domain", phrase("{value} is no domain name"), phrase("write a name such as waves.uclg.org")
    ),
    types.ALARM: _PatternError(
        "alarm",
        phrase("{value} is no time before a moment"),
        phrase("write 7d for seven days before, or 7d@18:00 for six o'clock on that day"),
    ),
}


_FALLBACK_MESSAGE = (phrase("the value cannot be used here"), phrase("compare with the reference of wave files"))


def _explain_error(error: ErrorDetails, path: KeyPath, document: Document, cut_off: list[str]) -> ErrorExplanation:
    """Return the rule that pydantic's error breaks, its fault and its cure."""
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    pattern = str(context.get("pattern")) if kind != "string_too_long" else types.DOMAIN
    if pattern in _PATTERN_ERRORS:
        about = _PATTERN_ERRORS[pattern]
        context = {"message": msg(about.message, value=quoted(value)), "hint": msg(about.hint), "kind": about.kind}
        kind = "invalid-value"
    message = context.get("message")
    if isinstance(message, Message):
        hint, instead = context.get("hint"), None
        if isinstance(value, str) and kind == "invalid-date":
            read = explain_date(value, path, document.data, message)
            if read is not None:
                return read
        cure = VALUE_SUGGESTERS.get(context.get("kind", ""))
        if cure is not None and isinstance(value, str):
            if context["kind"] == "language" and re.fullmatch(r"[a-z]{2,3}:\S.*", value):
                message = msg("the space behind this colon is missing")
            better, instead = cure(value)
            hint = better or hint
            if context["kind"] == "id" and instead is None:
                hint = _actor_id_hint(value, path, document.data) or hint
        return ErrorExplanation(kind, message, hint, instead)
    shape = _explain_shape(kind, value, path, document, cut_off)
    if shape is not None:
        return shape
    if kind in ("enum", "literal_error"):
        return explain_choice(value, str(context.get("expected", "")))
    fault, cure_of_kind = _MESSAGES_BY_TYPE.get(kind, _FALLBACK_MESSAGE)
    return ErrorExplanation("invalid-value", msg(fault), msg(cure_of_kind))


def _explain_shape(
    error_type: str, value: Any, path: KeyPath, document: Document, cut_off: list[str]
) -> ErrorExplanation | None:
    """Return what is said of a value that has another shape than should stand there; None for any other fault."""
    if error_type == "string_pattern_mismatch" and (sign := _first_char(document, path)) in ("|", ">"):
        message = msg("the text that {sign} announces is not set in", sign=sign)
        return ErrorExplanation("invalid-value", message, msg("put two spaces in front of each of its lines"))
    return explain_wrong_type(error_type, value, path, cut_off)


def _keys_cut_off_by_commas(path: KeyPath, document: Document) -> list[str]:
    """Return the keys that are the rest of a text with commas in braces: ``{countries: CV, ZA}`` has a key ZA."""
    block: Any = document.data
    for part in path[:-1]:
        block = block[part]
    if not isinstance(block, dict):
        return []
    following = list(block)[list(block).index(path[-1]) + 1 :]
    keys = list(takewhile(lambda key: block[key] is None, following))
    line = document.locate(path).line
    return keys if all(document.locate((*path[:-1], key), key=True).line == line for key in keys) else []


def _actor_id_hint(value: str, path: KeyPath, data: Any) -> Message | None:
    """Return the cure for the name of an actor where an id should stand; None for anything else."""
    if ";" in value:
        return msg("write it so: {text}", text=", ".join(part.strip() for part in value.split(";")))
    if "actors" not in path or not re.search(r"\s", value.strip()):
        return None
    listed = data.get("actors") if path[0] != "actors" else None
    for one in listed if isinstance(listed, list) else ():
        name = one.get("name") if isinstance(one, dict) else None
        names = name.values() if isinstance(name, dict) else (name,)
        if value in names and isinstance(one.get("id"), str):
            return msg("write {value}", value=one["id"])
    if path[0] != "actors":
        return None
    example = f"{{name: {quote_scalar(value)}, kind: member}}"
    return msg("write its id from programme.yaml, or if it is not there: {text}", text=example)
