"""What pydantic refuses in the data of a file -> findings, in the words of somebody who writes a plan.

Where it can be known what was meant, the hint says so, and where it is sure the finding carries the cure.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from wavectl import diagnostics
from wavectl.diagnostics import MOST, Finding, Message, phrase, quoted, say
from wavectl.document import Document
from wavectl.faults.dates import Told, in_words
from wavectl.faults.keys import meant
from wavectl.faults.values import CURES, choice
from wavectl.screen import visible


class Faults(NamedTuple):
    """What is wrong with the data of a file. ``implied`` only follows from something else, and is not told."""

    told: list[Finding]
    implied: list[Finding]


def faults(errors: list[ErrorDetails], document: Document, wave: str | None, model: type[BaseModel]) -> Faults:
    """Turn pydantic's errors into findings: one a place, with the path as the document knows it."""
    found = Faults([], [])
    more, errors = errors[MOST:], errors[:MOST]
    unknown = [_unknown_key(error, document, wave, model) for error in errors if error["type"] == "extra_forbidden"]
    misspelt = {(*finding.path[:-1], instead) for finding, instead in unknown}
    astray = {str(finding.path[-1]).strip() for finding, instead in unknown if finding.rule == "yaml-syntax"}
    seen = {finding.path for finding, _ in unknown}
    rest = iter(unknown)
    for error in errors:
        location = error["loc"]
        path = document.path(location)
        if error["type"] == "extra_forbidden":
            found.told.append(next(rest)[0])
        elif error["type"] in ("missing", "missing-key"):
            follows = (*path, location[-1]) in misspelt or location[-1] in astray
            (found.implied if follows else found.told).append(_missing_key(error, document, wave))
        elif path not in seen:
            seen.add(path)
            at_key = location[-1:] == ("[key]",)
            one = _sentence(error, path, document)
            cure = one.instead and _as_written(document, path, one.instead, at_key=at_key)
            finding = Finding(one.rule, document.file, path, one.message, one.hint, wave=wave, key=at_key, cure=cure)
            (found.implied if path in document.lost else found.told).append(finding)
    if more:
        found.told.append(_more(more, document, wave))
    return found


def _more(errors: list[ErrorDetails], document: Document, wave: str | None) -> Finding:
    """Return the finding that stands for all faults behind those that are told."""
    message = say("{count} more faults follow in this file", count=len(errors))
    hint = say("mend those above, then check again")
    return Finding("invalid-value", document.file, document.path(errors[0]["loc"]), message, hint, wave=wave)


def _unknown_key(
    error: ErrorDetails, document: Document, wave: str | None, model: type[BaseModel]
) -> tuple[Finding, str | None]:
    """Return what is said of an unknown key, and the key that is meant."""
    path = document.path(error["loc"])
    key = str(error["loc"][-1])
    if visible(key[:1]) != key[:1]:
        return _indented_oddly(document, path, key), None
    instead, sure = meant(key, path, model, document.data)
    message = say("the key {key} is not known here", key=quoted(key))
    if instead is not None and (shown := visible(key)) != key:
        message, hint = say("a no-break space stands in the key {key}", key=quoted(shown)), say("delete it")
    elif error["input"] is None and not sure:
        hint = say("put a text with a comma in quotation marks")
    elif instead is not None:
        hint = say("perhaps {key} is meant", key=quoted(instead))
    else:
        hint = say("take it out, or let it open with x- to keep something of your own")
    cure = instead if sure and _is_bare(document, path) else None
    return Finding("unknown-key", document.file, path, message, hint, wave=wave, key=True, cure=cure), instead


def _indented_oddly(document: Document, path: diagnostics.Path, key: str) -> Finding:
    """Return the finding of a line that is indented with spaces that are none to YAML: they open its key."""
    span = document.locate(path, key=True)
    odd = len(key) - len(key.lstrip())
    message, hint = say("no-break spaces stand at the start of this line"), say("type ordinary spaces instead")
    place = span._replace(end_line=span.line, end_column=span.column + odd)
    return Finding("yaml-syntax", document.file, path, message, hint, span=place, cure=" " * odd)


def _missing_key(error: ErrorDetails, document: Document, wave: str | None) -> Finding:
    path = document.path(error["loc"])
    context = error.get("ctx", {})
    key = str(error["loc"][-1])
    message = context.get("message") or say("{key} is missing", key=quoted(key))
    hint = context.get("hint") or say("add {key}:", key=key)
    return Finding("missing-key", document.file, path, message, hint, wave=wave)


_SIGNS = re.compile(r"""[-?:,\[\]{}#&*!|>'"%@`\s]|.*(: |:$| #|\s$)|(?i:null|true|false|~)$""", re.DOTALL)
"""What an unquoted text may not open with or hold."""


def _as_written(document: Document, path: diagnostics.Path, value: str, *, at_key: bool) -> str | None:
    """Return a value as YAML, in the quotation marks that stand around what it replaces; None for a text of lines."""
    span = document.locate(path, key=at_key)
    opening = document.line(span.line)[span.column - 1 : span.column]
    if span.end_line != span.line or opening in ("|", ">", "[", "&", "*", "!"):
        return None
    if opening in ("'", '"'):
        return f"{opening}{value}{opening}"
    return f'"{value}"' if _SIGNS.match(value) else value


def _is_bare(document: Document, path: diagnostics.Path) -> bool:
    """Tell whether the key at a path is written as it is, so that another word can stand in its place."""
    span = document.locate(path, key=True)
    return document.line(span.line)[span.column - 1 : span.end_column - 1] == path[-1]


_SENTENCES: dict[str, tuple[str, str]] = {
    # pydantic's name of the fault -> fault and cure
    "string_type": (phrase("a text should stand here"), phrase("write it on one line, in quotation marks")),
    "string_pattern_mismatch": (phrase("the text is empty"), phrase("write the text, or leave the key out")),
    "list_type": (phrase("a list should stand here"), phrase("put each item on a line of its own, after a hyphen")),
    "dict_type": (
        phrase("a block of keys should stand here"),
        phrase("put each key on a line of its own, indented: key: value"),
    ),
    "model_type": (
        phrase("a block of keys should stand here"),
        phrase("put each key on a line of its own, indented: key: value"),
    ),
    "bool_type": (phrase("a yes or no should stand here"), phrase("write true or false, without quotation marks")),
    "int_type": (phrase("a whole number should stand here"), phrase("write it in digits, without quotation marks")),
    "greater_than_equal": (phrase("the number is too small"), phrase("write 0 or more")),
    "less_than_equal": (phrase("the number is too large"), phrase("write 1000 or less")),
    "too_short": (phrase("nothing stands here"), phrase("write at least one, or leave the key out")),
}


_OTHERWISE = (phrase("the value cannot be used here"), phrase("compare with the reference of wave files"))


def _sentence(error: ErrorDetails, path: diagnostics.Path, document: Document) -> Told:
    """Return the rule that pydantic's error breaks, its fault and its cure."""
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    message = context.get("message")
    if isinstance(message, Message):
        hint, instead = context.get("hint"), None
        if isinstance(value, str) and kind == "invalid-date":
            read = in_words(value, path, document.data, message)
            if read is not None:
                return read
        cure = CURES.get(context.get("kind", ""))
        if cure is not None and isinstance(value, str):
            better, instead = cure(value)
            hint = better or hint
        return Told(kind, message, hint, instead)
    if kind in ("enum", "literal_error"):
        choices = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
        if not isinstance(value, str):
            message = say("this is not one of {choices}", choices=choices)
            return Told("invalid-value", message, say("write one of these words"))
        message = say("{value} is not one of {choices}", value=quoted(value), choices=choices)
        return Told("invalid-value", message, *choice(value, choices.split(", ")))
    fault, cure_of_kind = _SENTENCES.get(kind, _OTHERWISE)
    return Told("invalid-value", say(fault), say(cure_of_kind))
