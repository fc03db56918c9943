"""A value of another shape than should stand there: a text for a list, a list for a block, ``oui`` for ``true``.

Nobody can be told "a block of keys": the hint shows the line that is to be typed, with what stands there in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from wavectl import diagnostics
from wavectl.diagnostics import Message, msg, phrase, quoted
from wavectl.model.iso_codes import COUNTRIES
from wavectl.model.types import HASHTAG_PATTERN, ID_PATTERN, LANGUAGE_PATTERN
from wavectl.plan.errors.dates import ErrorExplanation
from wavectl.plan.errors.values import suggest_choice
from wavectl.text.suggest import normalize_name
from wavectl.yamlfile.scalars import quote_scalar

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
