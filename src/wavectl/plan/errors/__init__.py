"""Turn pydantic's validation errors into findings, in words for people who write plans.

Nothing here changes the document. The hint suggests what was probably intended; if that is certain, the finding has
a fix.
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
    """Return the findings for pydantic's errors: one for each place, with the path as the document has it."""
    reported: list[Finding] = []
    implied: list[Finding] = []
    more, errors = errors[MAX_FINDINGS:], errors[:MAX_FINDINGS]
    cut_off = {
        path: _keys_cut_off_by_commas(path, document)
        for path in (document.existing_path(error["loc"]) for error in errors if error["type"] == "list_type")
    }
    lost_paths = document.lost_paths | {(*path[:-1], key) for path, keys in cut_off.items() for key in keys}
    unknown = _unknown_keys(errors, document, wave, model)
    misspelt = {(*finding.path[:-1], instead) for finding, instead in unknown.values()}
    lost = {str(finding.path[-1]).strip() for finding, _ in unknown.values() if finding.rule == "yaml-syntax"}
    outdented = _outdented_moment_keys(unknown.values(), document.data)
    seen = {finding.path for finding, _ in unknown.values()}
    misplaced_items: set[KeyPath] = set()
    for number, error in enumerate(errors):
        location = error["loc"]
        path = document.existing_path(location)
        misplaced = misplaced_item_message(document.data, path)
        if misplaced is not None:
            first = path[:2] not in misplaced_items
            misplaced_items.add(path[:2])
            (reported if first else implied).append(_misplaced_item_finding(misplaced, path[:2], document, wave))
        elif number in unknown:
            finding = unknown[number][0]
            (implied if finding.path in lost_paths else reported).append(finding)
        elif error["type"] in ("missing", "missing-key"):
            follows = (*path, location[-1]) in misspelt or location[-1] in lost or location[-1] in outdented
            follows = follows or (location == ("period",) and ("status",) in misspelt)
            (implied if follows else reported).append(_missing_key(error, document, wave))
        elif path not in seen:
            seen.add(path)
            at_key = location[-1:] == ("[key]",)
            explanation = _explain_error(error, path, document, cut_off.get(path, []))
            fix = _fix(explanation, path, document, at_key=at_key)
            finding = Finding(
                explanation.rule,
                document.file,
                path,
                explanation.message,
                explanation.hint,
                wave=wave,
                at_key=at_key,
                fix=fix,
            )
            (implied if path in lost_paths else reported).append(finding)
    if more:
        reported.append(_remaining_errors_finding(more, document, wave))
    misspelt_keys = frozenset(str(path[0]) for path in misspelt if len(path) == 1 and path[0])
    return ModelFindings(reported, implied, misspelt_keys, frozenset(lost_paths))


def _outdented_moment_keys(unknown: Iterable[tuple[Finding, str | None]], data: Any) -> frozenset[str]:
    """Return the required keys of a moment that may be missing because its lines are not indented."""
    top_level = {str(finding.path[0]) for finding, _ in unknown if len(finding.path) == 1}
    return frozenset(("title", "when")) if "when" in top_level and data.get("moments") else frozenset()


def _misplaced_item_finding(message: Message, path: KeyPath, document: Document, wave: str | None) -> Finding:
    """Return the finding for an item in the wrong list."""
    target = "moments:" if path[0] == "actors" else "actors:"
    return Finding(
        "invalid-value", document.file, path, message, msg("move its lines below {key}", key=target), wave=wave
    )


def _remaining_errors_finding(errors: list[ErrorDetails], document: Document, wave: str | None) -> Finding:
    """Return the finding that sums up the errors that are not reported."""
    message = msg("there are {count} more errors in this file", count=len(errors))
    hint = msg("fix those above, then check again")
    return Finding("invalid-value", document.file, document.existing_path(errors[0]["loc"]), message, hint, wave=wave)


def _unknown_keys(
    errors: list[ErrorDetails], document: Document, wave: str | None, model: type[BaseModel]
) -> dict[int, tuple[Finding, str | None]]:
    """Return, by the number of its error, the finding for each unknown key and the suggested key."""
    numbers = [number for number, error in enumerate(errors) if error["type"] == "extra_forbidden"]
    paths = {number: document.existing_path(errors[number]["loc"]) for number in numbers}
    guesses = {number: suggest_key(str(paths[number][-1]), paths[number], model, document.data) for number in numbers}
    claims = Counter((*paths[number][:-1], replacement) for number, (replacement, _) in guesses.items())
    findings = {}
    for number, (replacement, certain) in guesses.items():
        unique = claims[(*paths[number][:-1], replacement)] == 1
        suggestion = KeySuggestion(replacement, certain=certain and unique)
        findings[number] = _unknown_key(errors[number], paths[number], document, wave, model, suggestion), replacement
    return findings


class KeySuggestion(NamedTuple):
    """The suggested key, None if none is similar, and whether it is certain."""

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
    """Return the finding for an unknown key."""
    key = str(error["loc"][-1])
    if show_odd_spaces(key[:1]) != key[:1]:
        return _no_break_indent_finding(document, path, key)
    replacement, certain = suggestion
    message = msg("{key} is not a valid key here", key=quoted(f"{key}:"))
    elsewhere = misplaced_key_hint(key, path, model, error["input"]) if replacement is None else None
    if replacement is not None and (shown := show_odd_spaces(key)) != key:
        message, hint = msg("{key} contains a no-break space", key=quoted(shown)), msg("delete it")
    elif error["input"] is None and not certain:
        hint = msg("put a text with a comma in quotation marks")
    elif replacement is not None and key_without_language(key) == replacement:
        hint = msg("write it so: {text}", text=f'{replacement}: {{fr: "…", en: "…"}}')
    elif replacement is not None and certain:
        hint = msg("write {key}", key=f"{replacement}:")
    elif replacement is not None:
        hint = msg("did you mean {name}?", name=quoted(f"{replacement}:"))
    else:
        hint = elsewhere or msg(
            "delete it, or write {key} to keep a key of your own", key=f"x-{normalize_name(key) or '…'}:"
        )
    fix = replacement if certain and _is_plain_key(document, path) else None
    return Finding("unknown-key", document.file, path, message, hint, wave=wave, at_key=True, fix=fix)


def _no_break_indent_finding(document: Document, path: KeyPath, key: str) -> Finding:
    """Return the finding for a line indented with no-break spaces, which YAML takes as the start of its key."""
    span = document.locate(path, key=True)
    odd = len(key) - len(key.lstrip())
    message, hint = msg("this line starts with no-break spaces"), msg("type ordinary spaces instead")
    place = span._replace(end_line=span.line, end_column=span.column + odd)
    return Finding("yaml-syntax", document.file, path, message, hint, span=place, fix=" " * odd)


def _missing_key(error: ErrorDetails, document: Document, wave: str | None) -> Finding:
    path = document.existing_path(error["loc"])
    context = error.get("ctx", {})
    key = str(error["loc"][-1])
    present = path[-1:] == (key,)
    block: Any = document.data
    for part in path[:-1] if present else path:
        block = block[part]
    message, hint = describe_missing_key(key, block, present=present)
    if key == "kind":
        hint = msg("add kind: with one of {kinds}", kinds=", ".join(ActorKind))
    message, hint = context.get("message") or message, context.get("hint") or hint
    return Finding("missing-key", document.file, path, message, hint, wave=wave)


_NEEDS_QUOTES = re.compile(r"""[-?:,\[\]{}#&*!|>'"%@`\s]|.*(: |:$| #|\s$)|(?i:null|true|false|~)$""", re.DOTALL)
"""Texts that need quotation marks in YAML."""


def _fix(explanation: ErrorExplanation, path: KeyPath, document: Document, *, at_key: bool) -> str | None:
    """Return the YAML to write in place of a value or key; None if it is not certain or not on one line."""
    if not _on_one_line(document, path, at_key=at_key):
        return None
    if explanation.replacement_yaml or not explanation.replacement:
        return explanation.replacement_yaml
    return _as_yaml(document, path, explanation.replacement, at_key=at_key)


def _as_yaml(document: Document, path: KeyPath, value: str, *, at_key: bool) -> str:
    """Return a text as YAML, in the quotation marks of the value or key it replaces."""
    opening = _first_char(document, path, at_key=at_key)
    if opening in ("'", '"'):
        return f"{opening}{value}{opening}"
    return f'"{value}"' if _NEEDS_QUOTES.match(value) else value


def _first_char(document: Document, path: KeyPath, *, at_key: bool = False) -> str:
    """Return the first character of the value or key at a path."""
    span = document.locate(path, key=at_key)
    return document.line(span.line)[span.column - 1 : span.column]


def _on_one_line(document: Document, path: KeyPath, *, at_key: bool = False) -> bool:
    """Tell whether the value or key at a path is on one line, and not a list, an alias or a tag."""
    span = document.locate(path, key=at_key)
    opening = _first_char(document, path, at_key=at_key)
    return span.end_line == span.line and opening not in ("", "|", ">", "[", "&", "*", "!")


def _is_plain_key(document: Document, path: KeyPath) -> bool:
    """Tell whether the key at a path is written without quotation marks or escapes, so that a word can replace it."""
    span = document.locate(path, key=True)
    return document.line(span.line)[span.column - 1 : span.end_column - 1] == path[-1]


_MESSAGES_BY_TYPE: dict[str, tuple[str, str]] = {
    # pydantic's error type: message and hint
    "string_pattern_mismatch": (phrase("the text is empty"), phrase("write the text, or delete the line")),
    "int_type": (phrase("a whole number is expected here"), phrase("write it in digits, without quotation marks")),
    "greater_than_equal": (phrase("the number is too small"), phrase("write 0 or more")),
    "less_than_equal": (phrase("the number is too large"), phrase("write 1000 or less")),
    "too_short": (phrase("there is no value here"), phrase("write at least one, or delete the line")),
}


class _PatternError(NamedTuple):
    """The error of a text that does not match a pattern of the model: the kind of value, message and hint."""

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
        "url", phrase("{value} is not a web address"), phrase("copy the whole address, starting with https://")
    ),
    types.DOMAIN: _PatternError(
        "domain", phrase("{value} is not a valid domain name"), phrase("write a name such as waves.uclg.org")
    ),
    types.ALARM: _PatternError(
        "alarm",
        phrase("{value} is not a valid alarm"),
        phrase("write 7d for seven days before, or 7d@18:00 for six o'clock on that day"),
    ),
}


_FALLBACK_MESSAGE = (phrase("the value cannot be used here"), phrase("compare with the reference of wave files"))


def _explain_error(error: ErrorDetails, path: KeyPath, document: Document, cut_off: list[str]) -> ErrorExplanation:
    """Explain one of pydantic's errors."""
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    pattern = str(context.get("pattern")) if kind != "string_too_long" else types.DOMAIN
    if pattern in _PATTERN_ERRORS:
        about = _PATTERN_ERRORS[pattern]
        context = {"message": msg(about.message, value=quoted(value)), "hint": msg(about.hint), "kind": about.kind}
        kind = "invalid-value"
    message = context.get("message")
    if isinstance(message, Message):
        hint, replacement = context.get("hint"), None
        if isinstance(value, str) and kind == "invalid-date":
            date_explanation = explain_date(value, path, document.data, message)
            if date_explanation is not None:
                return date_explanation
        suggest_value = VALUE_SUGGESTERS.get(context.get("kind", ""))
        if suggest_value is not None and isinstance(value, str):
            if context["kind"] == "language" and re.fullmatch(r"[a-z]{2,3}:\S.*", value):
                message = msg("the space after this colon is missing")
            better_hint, replacement = suggest_value(value)
            hint = better_hint or hint
            if context["kind"] == "id" and replacement is None:
                hint = _actor_id_hint(value, path, document.data) or hint
        return ErrorExplanation(kind, message, hint, replacement)
    explanation = _explain_type(kind, value, path, document, cut_off)
    if explanation is not None:
        return explanation
    if kind in ("enum", "literal_error"):
        return explain_choice(value, str(context.get("expected", "")))
    text, hint_text = _MESSAGES_BY_TYPE.get(kind, _FALLBACK_MESSAGE)
    return ErrorExplanation("invalid-value", msg(text), msg(hint_text))


def _explain_type(
    error_type: str, value: Any, path: KeyPath, document: Document, cut_off: list[str]
) -> ErrorExplanation | None:
    """Explain a value of the wrong type; None for any other error."""
    if error_type == "string_pattern_mismatch" and (sign := _first_char(document, path)) in ("|", ">"):
        message = msg("the text after {sign} is not indented", sign=sign)
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
    """Return the hint for the name of an actor in place of its id; None for other values."""
    if ";" in value:
        return msg("write it so: {text}", text=", ".join(part.strip() for part in value.split(";")))
    if "actors" not in path or not re.search(r"\s", value.strip()):
        return None
    listed = data.get("actors") if path[0] != "actors" else None
    for actor in listed if isinstance(listed, list) else ():
        name = actor.get("name") if isinstance(actor, dict) else None
        names = name.values() if isinstance(name, dict) else (name,)
        if value in names and isinstance(actor.get("id"), str):
            return msg("write {value}", value=actor["id"])
    if path[0] != "actors":
        return None
    example = f"{{name: {quote_scalar(value)}, kind: member}}"
    return msg("write its id from programme.yaml, or if it is not there: {text}", text=example)
