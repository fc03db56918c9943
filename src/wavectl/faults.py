"""What pydantic refuses in the data of a file -> findings, in the words of somebody who writes a plan."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic_core import ErrorDetails

from wavectl import diagnostics
from wavectl.diagnostics import Finding, Message, phrase, quoted, say
from wavectl.document import Document
from wavectl.model.values import Part


def told(errors: list[ErrorDetails], document: Document, wave: str | None) -> Iterator[Finding]:
    """Turn pydantic's errors into findings: one a place, with the path as the document knows it."""
    seen: set[diagnostics.Path] = set()
    hint: Message | None
    for error in errors:
        location = error["loc"]
        path = document.path(location)
        kind = error["type"]
        if kind == "extra_forbidden":
            key = str(location[-1])
            message = say("the key {key} is not known here", key=quoted(key))
            hint = _meant(key) if error["input"] is not None else say("put a text with a comma in quotation marks")
            yield Finding("unknown-key", document.file, path, message, hint, wave=wave, key=True)
        elif kind == "missing":
            key = str(location[-1])
            message = say("{key} is missing", key=quoted(key))
            yield Finding("missing-key", document.file, path, message, say("add {key}:", key=key), wave=wave)
            continue
        elif path not in seen:
            rule, message, hint = _sentence(error)
            at_key = location[-1:] == ("[key]",)
            yield Finding(rule, document.file, path, message, hint, wave=wave, key=at_key)
        seen.add(path)


def _meant(key: str) -> Message:
    """Return the cure for an unknown key: the known one that looks most like it, where one does."""
    from difflib import get_close_matches  # few plans need it

    close = get_close_matches(key, sorted({name for part in Part.__subclasses__() for name in part.keys}), 1)
    if close:
        return say("perhaps {key} is meant", key=quoted(close[0]))
    return say("take it out, or let it open with x- to keep something of your own")


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


def _sentence(error: ErrorDetails) -> tuple[str, Message, Message | None]:
    """Return the rule that pydantic's error breaks, its fault and its cure."""
    kind, context = error["type"], error.get("ctx", {})
    message = context.get("message")
    if isinstance(message, Message):
        return kind, message, context.get("hint")
    if kind in ("enum", "literal_error"):
        value = error["input"]
        choices = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
        if not isinstance(value, str):
            message = say("this is not one of {choices}", choices=choices)
        else:
            message = say("{value} is not one of {choices}", value=quoted(value), choices=choices)
        return "invalid-value", message, say("write one of these words")
    fault, cure = _SENTENCES.get(kind, _OTHERWISE)
    return "invalid-value", say(fault), say(cure)
