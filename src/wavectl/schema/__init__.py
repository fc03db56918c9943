"""JSON Schemas (draft 2020-12) of wave files and of ``programme.yaml``, for editors: which keys and values are valid.

They are the schemas of the pydantic models, adapted for editors that read YAML: scalars as people write them, keys
without a value, keys of their own (``x-``), the ids of the plan, and messages in the reader's language. What depends
on other files, or on two values at once, a schema cannot express, and ``wavectl validate`` reports it. It is narrower
than the model in one case only: the id ``1e-3``, which YAML reads as a number.

Two conventions serve editors: scalars are described by what they are *not*, so that no editor offers ``true`` or
``null`` where a text is expected; and a choice that excludes a value is a ``oneOf``.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple, cast

from wavectl import __version__
from wavectl.actions.action import Action
from wavectl.diagnostics import Severity, phrase
from wavectl.i18n import translator
from wavectl.i18n.names import country_name, native_language_name
from wavectl.model import Programme, Wave
from wavectl.model.types import PLACEHOLDER_LANGUAGES, ModelBase
from wavectl.rules.rule import ALL_RULES

Schema = dict[str, Any]

FILES: Mapping[str, tuple[type[ModelBase], str, str]] = MappingProxyType(
    {
        "wave": (
            Wave,
            phrase("A wave of action"),
            phrase("One wave: its calendar, its message, its moments and who takes part."),
        ),
        "programme": (
            Programme,
            phrase("The programme"),
            phrase("What all waves share: languages, priorities, regions, actors."),
        ),
    }
)
"""The files that there is a schema of: the model, a title and what it is."""


class SuggestedIds(NamedTuple):
    """The ids of a plan that an editor offers as values; other values stay valid."""

    languages: Sequence[str] = ("fr", "en", "es")
    priorities: Sequence[str] = ("advocacy", "learning", "implementation", "monitoring")
    regions: Sequence[str] = ()
    actors: Sequence[str] = ()
    waves: Sequence[str] = ()


def build_schema(file: str, suggestions: SuggestedIds, language: str) -> Schema:
    """Build the schema of a file in ``FILES``, with texts in a language (BCP 47)."""
    model, title, description = FILES[file]
    schema = model.model_json_schema()
    adapter = _Adapter(schema.pop("$defs"), suggestions)
    definitions = {name: adapter.adapt(definition) for name, definition in sorted(adapter.definitions.items())}
    if "Country" in definitions:
        countries = definitions["Country"]["enum"]
        definitions["Country"]["enumDescriptions"] = [country_name(country, language) for country in countries]
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": f"written by wavectl {__version__}",
        **adapter.adapt(schema),
        "title": title,
        "description": description,
        "$defs": definitions,
    }
    return cast(Schema, _translated(whole, translator(language)))


ACTION = "action"
"""The name of the schema of one local action."""


def build_action_schema(language: str) -> Schema:
    """Build the schema of a local action as ``wavectl actions list`` prints it in JSON, with texts in a language."""
    schema = Action.model_json_schema()
    for definition in schema["$defs"].values():
        definition.pop("description", None)
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": f"written by wavectl {__version__}",
        **schema,
        "title": phrase("Action"),
        "description": phrase("One local action: a row of the register of a wave."),
    }
    return cast(Schema, _translated(whole, translator(language)))


_TYPES = ("array", "boolean", "null", "number", "object", "string")
_NO_VALUE: Schema = {"not": {"type": [name for name in _TYPES if name != "null"]}}
"""A key without a value, which counts as missing."""
_PRIVATE: Schema = {
    "^x-": {
        "title": phrase("A key of your own"),
        "description": phrase("wavectl leaves it alone, and nothing of it is published."),
    }
}
_QUOTED: Schema = {"defaultSnippets": [{"label": '"…"', "body": '"$1"'}]}
"""Lets an editor write the quotation marks of a text."""
_TEXT = phrase("a text is expected here")
_LIST = phrase("a list is expected here")
_ANNOTATIONS = ("title", "description", "examples")
_NAME_TITLES = {"waive": phrase("Rule"), "content": phrase("Strategic priority")}  # pydantic drops those of map values
_WAIVABLE = [name for name, severity in sorted(ALL_RULES.items()) if severity is not Severity.ERROR]


def _only(*types: str, message: str) -> Schema:
    """Return what refuses values of other types, with a message; it has no ``type`` that an editor would offer."""
    other = [name for name in _TYPES if name not in types]
    return {"if": {"type": other}, "then": {"type": list(types), "errorMessage": message}}


def _only_block(message: str = phrase("a block of keys is expected here")) -> Schema:
    """Return what refuses other keys, and values that are no block of keys."""
    return {"additionalProperties": False, "allOf": [_only("object", message=message)]}


class _Adapter:
    def __init__(self, definitions: Mapping[str, Schema], suggestions: SuggestedIds) -> None:
        self.definitions = definitions
        self.suggestions = suggestions

    def adapt(self, node: Schema) -> Schema:
        """Return a node for editors."""
        if "properties" in node:
            return self._block(node)
        choices = node.get("anyOf") or node.get("oneOf")
        if choices:
            return {"oneOf": [_NO_VALUE if item == {"type": "null"} else self.adapt(item) for item in choices]}
        if "enum" in node or "const" in node:
            return _choice(node)
        match node.get("type"):
            case "object":
                return self._map(node)
            case "array":
                return {**node, "items": self.adapt(node["items"]), "errorMessage": _LIST}
            case "string":
                return _scalar(node)
        return node

    def _block(self, node: Schema) -> Schema:
        """Adapt a model: private keys are allowed, and keys that may be left out may have no value."""
        required = node.get("required", [])
        conditions = {key: value for key, value in node.items() if key not in ("type", "title", "description")}
        properties = {key: self._property(key, value, key in required) for key, value in node["properties"].items()}
        return {**conditions, "properties": properties, "patternProperties": _PRIVATE, **_only_block()}

    def _property(self, key: str, node: Schema, required: bool) -> Schema:
        about = {name: node[name] for name in _ANNOTATIONS if name in node}
        if "`" in about["description"]:
            about["markdownDescription"] = about["description"]
        value = {name: part for name, part in node.items() if name not in (*_ANNOTATIONS, "default")}
        offered = list(self.suggestions._asdict().get("actors" if key in ("part_of", "owner") else key, ()))
        if value.get("type") == "array":
            del value["type"]
            value = {
                **value,
                "items": self.adapt(value["items"]),
                **_only("array", "null", message=value.get("errorMessage", _LIST)),
            }
            return {**about, **value, "items": {**value["items"], **({"examples": offered} if offered else {})}}
        value = self._map(value, key) if value.get("type") == "object" else self.adapt(value)
        if _is_text(value):
            about |= _QUOTED
        if not required and _NO_VALUE not in value.get("oneOf", ()):
            value = {"oneOf": [value, _NO_VALUE]}
        return {**about, **value, **({"examples": offered} if offered and key in ("part_of", "owner") else {})}

    def _map(self, node: Schema, key: str = "") -> Schema:
        """Adapt a map from names to values; in two keys of a wave, an editor offers names."""
        ((pattern, values),) = node.get("patternProperties", {"": node.get("additionalProperties")}).items()
        about = {name: values[name] for name in _ANNOTATIONS if name in values}
        value = {**({"title": _NAME_TITLES[key]} if key in _NAME_TITLES else {}), **about, **self.adapt(values)}
        if _is_text(value):
            value |= _QUOTED
        names = self.definitions.get(node.get("propertyNames", {}).get("$ref", "").rpartition("/")[2], {})
        if names == self.definitions.get("Language"):
            return self._translations(names, self.adapt(values))
        if key == "waive":
            pattern = f"^(?:{'|'.join(_WAIVABLE)})(?: .*)?$"
        if names:
            pattern = f"^(?!x-){names['pattern'][1:]}"
        if not pattern:
            return {**_only_block(_TEXT), "additionalProperties": value, "minProperties": 1}
        offered = {"waive": _WAIVABLE, "content": self.suggestions.priorities}.get(key, ())
        return {
            "properties": dict.fromkeys(offered, value),
            "patternProperties": {**_PRIVATE, pattern: value},
            "errorMessage": node.get("errorMessage") or names["patternErrorMessage"],
            **_only_block(),
        }

    def _translations(self, language: Schema, value: Schema) -> Schema:
        """Return the schema of a text or list by language: one of the common languages may have none yet."""
        about = phrase("The text in this language.")
        started = {"oneOf": [value, _NO_VALUE]}
        is_text = value in (ref("NonEmptyText"), ref("NonEmptyLine"))
        languages, common = self.suggestions.languages, "|".join(sorted(PLACEHOLDER_LANGUAGES))
        snippet = {
            name: f'"${number}"' if is_text else [f"${number}"] for number, name in enumerate(languages, start=1)
        }
        block = _only_block(_TEXT)
        nothing = {"type": "object", "patternProperties": {"^x-": {}}, "additionalProperties": {"type": "null"}}
        no_text = {"type": "string", "errorMessage": phrase("the text is empty")}
        return {
            "defaultSnippets": [{"label": ", ".join(languages), "body": snippet}],
            "properties": {
                name: {
                    "title": native_language_name(name),
                    "description": about,
                    **(_QUOTED if is_text else {}),
                    **(started if name in PLACEHOLDER_LANGUAGES else value),
                }
                for name in languages
            },
            "patternProperties": {
                **_PRIVATE,
                f"^(?:{common})$": {"description": about, **started},
                f"^(?!(?:{common})$){language['pattern'][1:]}": {"description": about, **value},
            },
            "errorMessage": language["patternErrorMessage"],
            **block,
            "allOf": [*block["allOf"], {"if": nothing, "then": no_text}],
        }


def ref(name: str) -> Schema:
    """Return a reference to one of the definitions."""
    return {"$ref": f"#/$defs/{name}"}


def _is_text(value: Schema) -> bool:
    """Tell whether a value may be a text, in one language or several."""
    choices = (value, *value.get("oneOf", ()))
    return ref("Text") in choices or ref("Line") in choices


def _scalar(node: Schema) -> Schema:
    """Adapt a text: YAML reads some of them as numbers or truth values."""
    pattern, hint = node["pattern"], node["patternErrorMessage"]
    text = {key: value for key, value in node.items() if key not in ("type", "title")}
    number, truth = re.search(pattern, "2017"), re.search(pattern, "true")
    if not number:
        return {**text, "type": "string", "errorMessage": hint}
    least: Schema = {} if re.search(pattern, "-1") else {"minimum": 0}
    step: Schema = {} if re.search(pattern, "1.5") else {"multipleOf": 1}
    types = ("string", "number", *(("boolean",) if truth else ()))
    return {**least, **step, **text, **_only(*types, message=_TEXT if truth else hint)}


def _choice(node: Schema) -> Schema:
    words = node.get("enum") or [node["const"]]
    if "errorMessage" in node:  # a long list of names, which need no explanation
        return {"enum": words, "errorMessage": node["errorMessage"]}
    return {"enum": words, "enumDescriptions": list(MEANINGS[tuple(words)])}


_TRANSLATED = ("title", "description", "markdownDescription", "errorMessage", "patternErrorMessage")


def _translated(node: Any, translate: Callable[[str], str]) -> Any:
    """Return a schema in another language: what people read is translated, values are not."""
    if isinstance(node, (list, tuple)):
        return [_translated(item, translate) for item in node]
    if not isinstance(node, dict):
        return node
    translated: Schema = {}
    for key, value in node.items():
        if key in _TRANSLATED and isinstance(value, str):
            text = translate(value)
            translated[key] = text.replace("`", "") if key == "description" else text
        elif key == "enumDescriptions":
            translated[key] = [translate(text) for text in value]
        else:
            translated[key] = value if key in ("examples", "enum") else _translated(value, translate)
    return translated


MEANINGS: Mapping[tuple[str, ...], tuple[str, ...]] = {
    ("announced", "active", "closed"): (
        phrase("people know that it comes; it needs only a title"),
        phrase("it is under way or planned; it needs a calendar"),
        phrase("it is over"),
    ),
    ("confirmed", "tentative", "postponed", "cancelled"): (
        phrase("it happens then"),
        phrase("it is planned for then, and may still change"),
        phrase("it does not happen then, and no new date is known"),
        phrase("it does not happen"),
    ),
    ("event", "observance", "deadline", "publication"): (
        phrase("people meet"),
        phrase("a day that is observed, such as Human Rights Day"),
        phrase("something has to be done by then"),
        phrase("something is published"),
    ),
    ("network", "external"): (phrase("members and parts of the network"), phrase("partners beside the network")),
    (
        *("member", "section", "committee", "working_group", "task_force", "association"),
        *("international", "civil_society", "research", "public_body", "private", "partner"),
    ): (
        phrase("a member of the network, such as a city"),
        phrase("a regional section of the network"),
        phrase("a committee of the network"),
        phrase("a working group of the network"),
        phrase("a task force of the network"),
        phrase("an association of local governments"),
        phrase("an international organisation"),
        phrase("an organisation of civil society"),
        phrase("a university or research centre"),
        phrase("a ministry, an agency or another public body"),
        phrase("a company"),
        phrase("another partner"),
    ),
    ("worldwide",): (phrase("everywhere"),),
    ("auto", "span", "first-day", "omit"): (
        phrase("all days that are possible where they are few, the first of them where they are many"),
        phrase("an entry over all days that are possible"),
        phrase("an entry on the first day that is possible"),
        phrase("no entry until the date is exact"),
    ),
    ("show", "status", "omit"): (
        phrase("an entry that says so in its title"),
        phrase("an entry that calendars know to be cancelled; some of them hide it"),
        phrase("no entry"),
    ),
}
"""The meaning of each word, by the words of a choice."""
