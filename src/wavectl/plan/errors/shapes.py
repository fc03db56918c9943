"""A value of another shape than should stand there: a text for a list, a list for a block, ``oui`` for ``true``.

Nobody can be told "a block of keys": the hint shows the line that is to be typed, with what stands there in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from wavectl import diagnostics
from wavectl.diagnostics import Message, phrase, quoted, say
from wavectl.model.iso_codes import COUNTRIES
from wavectl.model.types import HASHTAG, ID, LANGUAGE
from wavectl.plan.errors.dates import Told
from wavectl.plan.errors.values import choice
from wavectl.text.suggest import plain
from wavectl.yamlfile.scalars import in_quotes

_YES = frozenset(("oui", "si", "yes", "y", "true", "vrai", "verdadero", "on", "x", "1"))
_NO = frozenset(("non", "no", "n", "false", "faux", "falso", "off", "0"))

_ITEMS = {
    # of a list: what an item looks like
    "moments": '{id: gwangju-forum, title: "…", when: 2017-09}',
    "actors": '{name: "…", kind: member}',
    "campaigns": '{name: "…"}',
}
_BLOCKS = {
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
_OTHER = '{name: "…"}'

_IDS = frozenset(("actors", "priorities", "regions", "was", "waves"))


class Typed(NamedTuple):
    """What a list of texts holds: how each is written, and whether it can be one of those that may stand there."""

    written: list[str]
    sure: bool


def shaped(kind: str, value: Any, path: diagnostics.Path, rest: list[str]) -> Told | None:
    """Return what is said of ``value`` where another shape should stand; None where pydantic means something else.

    ``kind`` is pydantic's name of the fault, ``rest`` what commas cut off behind a text that is meant for a list.
    """
    if kind == "list_type":
        return _listed(value, path, rest)
    if kind in ("dict_type", "model_type"):
        return _block(value, path)
    if kind == "bool_type":
        return _flag(value)
    return _text(value, path) if kind == "string_type" else None


def _listed(value: Any, path: diagnostics.Path, rest: list[str]) -> Told:
    """Return what is said of ``value`` where a list should stand."""
    message = say("a list should stand here")
    if isinstance(value, str) and value.strip():
        if path and path[-1] in ("moments", "campaigns"):
            text = f"[{_filled(_ITEMS[str(path[-1])], value)}]"
            return Told("invalid-value", message, say("write it so: {text}", text=text))
        typed = _typed(value, path, rest)
        text = f"[{', '.join(typed.written)}]"
        cure = text if typed.sure and not rest else None
        return Told("invalid-value", message, say("write it so: {text}", text=text), yaml=cure)
    if isinstance(value, dict) and value and path and path[-1] in _ITEMS:
        return Told("invalid-value", message, _hyphens(value))
    return Told("invalid-value", message, say("put each item on a line of its own, after a hyphen"))


def _typed(value: str, path: diagnostics.Path, rest: list[str]) -> Typed:
    key = path[-1] if path else ""
    if key == "months":
        return Typed(re.findall(r"\d+", value) or ["6", "18"], sure=False)
    parts = [part.strip(" \"'") for part in (*re.split(r"[,;\n]", value), *rest)]
    items = [part for part in parts if part]
    if key == "hashtags":
        tags = [tag for item in items for tag in (item.split() if item.count("#") > 1 else [item])]
        return Typed([in_quotes(tag) for tag in tags], all(re.fullmatch(HASHTAG, tag) for tag in tags))
    bare = all(ID.fullmatch(item) or item in COUNTRIES or LANGUAGE.fullmatch(item) for item in items)
    fits = (
        all(map(ID.fullmatch, items)) if key in _IDS
        else all(item in COUNTRIES for item in items) if key == "countries"
        else all(map(LANGUAGE.fullmatch, items)) if key == "languages"
        else False
    )  # fmt: skip
    if key == "actors" and not fits:
        return Typed([_filled(_ITEMS["actors"], item) for item in items], fits)
    return Typed(items if bare else [in_quotes(item) for item in items], fits)


def _hyphens(value: Mapping[str, Any]) -> Message:
    """Return the cure of a list whose hyphens were forgotten, or that has names in their place."""
    first = next(iter(value))
    if all(isinstance(one, dict) for one in value.values()):
        return say("write {text} in place of {name}, and so on for each", text=f"- id: {first}", name=f"{first}:")
    return say("put a hyphen and a space in front of {name}, and two spaces more in front of the lines below it",
               name=f"{first}:")  # fmt: skip


def _block(value: Any, path: diagnostics.Path) -> Told:
    """Return what is said of ``value`` where several lines with a word and a colon each should stand."""
    name = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
    listed_item = bool(path) and isinstance(path[-1], int)
    below = len(path) > 1 and path[-2] in ("actors", "regions", "feeds")  # an entry of a map by id
    if below and not listed_item:
        text = _ITEMS["actors"] if path[-2] == "actors" else "{fuzzy: omit}" if path[-2] == "feeds" else _OTHER
    else:
        text = (_ITEMS if listed_item else _BLOCKS).get(name, _OTHER)
    if isinstance(value, list) and value and all(isinstance(one, dict) and "id" not in one for one in value):
        return Told("invalid-value", say("no list should stand here"), say("take away the hyphens"))
    message = say("words followed by a colon should stand here")
    return Told("invalid-value", message, say("write it so: {text}", text=_filled(text, value)))


def _filled(text: str, value: Any) -> str:
    """Return the form of a block with what stands there in it."""
    first = value[0] if isinstance(value, list) and value else value
    if isinstance(first, dict) and isinstance(first.get("id"), str):
        inner = ", ".join(f"{key}: {in_quotes(one)}" for key, one in first.items() if key != "id" and _is_plain(one))
        return f"{{{first['id']}: {{{inner}}}}}"
    if not isinstance(first, str) or not _is_plain(first):
        return text
    if "2018-12-10" in text:
        return text.replace("2018-12-10", first) if re.fullmatch(r"\d{4}[\d-]*", first) else text
    if isinstance(value, list) and ID.fullmatch(first):  # a list of names of what should stand behind them
        return re.sub(r"^\{[\w-]+", f"{{{first}", text)
    made = plain(first.partition(",")[0])
    if ID.fullmatch(made):
        text = text.replace("gwangju-forum", made).replace("2017-09", "unknown")
    return text.replace('"…"', in_quotes(first))


def _is_plain(text: Any) -> bool:
    return isinstance(text, str) and 0 < len(text) <= 60 and "\n" not in text


def _flag(value: Any) -> Told:
    """Return what is said of ``value`` where yes or no should stand."""
    message = say("a yes or no should stand here")
    said = plain(value) if isinstance(value, str) else ""
    meant = "true" if said in _YES else "false" if said in _NO else None
    if meant is None:
        return Told("invalid-value", message, say("write true or false, without quotation marks"))
    return Told("invalid-value", message, say("write {value}, without quotation marks", value=meant), yaml=meant)


def _text(value: Any, path: diagnostics.Path) -> Told:
    """Return what is said of ``value`` where a text should stand."""
    if value is None:
        hint = phrase("write the reason, in quotation marks") if path[:1] == ("waive",) else _TEXT
        return Told("invalid-value", say("the text is missing here"), say(hint))
    if isinstance(value, list):
        hint = phrase('write one text in quotation marks, or one for each language: {{fr: "…", en: "…"}}')
        return Told("invalid-value", say("a text should stand here"), say(hint))
    return Told("invalid-value", say("a text should stand here"), say(_TEXT))


_TEXT = phrase("write it on one line, in quotation marks")


EXAMPLES: Mapping[str, str] = {
    "id": "id: gwangju-forum",
    "title": 'title: "…"',
    "name": 'name: "…"',
    "when": "when: 2017-09-14",
    "kind": "kind: member",
}
"""How the keys that nothing can do without are written."""


def one_of(value: Any, expected: str) -> Told:
    """Return what is said of ``value`` that is none of the words that pydantic expects."""
    choices = expected.replace("'", "").replace(" or ", ", ")
    if not isinstance(value, str):
        message = say("this is not one of {choices}", choices=choices)
        return Told("invalid-value", message, say("write one of these words"))
    message = say("{value} is not one of {choices}", value=quoted(value), choices=choices)
    if "," not in choices:
        message = say("only {value} can stand here", value=choices)
    return Told("invalid-value", message, *choice(value, choices.split(", ")))


def missing(key: str, beside: Any, *, there: bool) -> tuple[Message, Message]:
    """Return the fault and the cure of a key that is missing, or that is there with nothing behind it."""
    example = EXAMPLES.get(key, f"{key}: …")
    title = beside.get("title") if isinstance(beside, dict) else None
    title = next(iter(title.values()), None) if isinstance(title, dict) else title
    made = "-".join(plain(title).split("-")[:4]) if key == "id" and isinstance(title, str) else ""
    if ID.fullmatch(made):
        example = f"id: {made}"
    if there:
        return say("nothing stands behind {key}", key=quoted(f"{key}:")), say("write it so: {text}", text=example)
    return say("{key} is missing", key=quoted(f"{key}:")), say("add a line such as {text}", text=example)
