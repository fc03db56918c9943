"""The values of a plan as JSON Schemas, and the table that finds them by the annotations of the model.

The model checks values with functions that have no schema; this is the same, as far as a schema can express it. Not
expressed: an end before its start, and an hour that the clocks skip. It is narrower in one case only: the id ``1e-3``,
which YAML reads as a number. Python and the JavaScript of editors read the patterns alike. Three conventions serve
editors that read schemas: scalars are described by what they are *not*, so that no editor offers ``true`` or ``null``
where a text is expected; a choice that excludes a value is a ``oneOf``; and every pattern has the sentence
(``patternErrorMessage``, ``errorMessage``) that wavectl itself reports.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from wavectl.dates import edtf, timezones
from wavectl.diagnostics import Severity, phrase
from wavectl.i18n.names import country_name, native_language_name
from wavectl.model import programme as of_programme
from wavectl.model import types as of_values
from wavectl.model import wave as of_wave
from wavectl.model.iso_codes import COLOURS, COUNTRIES
from wavectl.rules.rule import ALL_RULES

_YEAR = "(?!0|1[0-4]|15[0-7]|158[0-2]|9999)[0-9]{4}"
_LEAP = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29"
_LENGTHS = (
    "(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31"  # month and day
)
_DAY = f"(?:{_YEAR}-(?:{_LENGTHS})|(?!15[0-7]|0|1[0-4]|158[0-2]){_LEAP})"
_CLOCK = "T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_PART = f"{_YEAR}(?:-(?:(?:0[1-9]|1[0-2])(?:-XX)?|2[1-4]|3[3-6]|4[01]|XX(?:-XX)?))?"
_DOUBT = "[?~%]?"

_STRETCH = f"(?:{_DAY}|{_PART})"
_DATED = f"{_STRETCH}{_DOUBT}(?:/(?:{_STRETCH}{_DOUBT}|\\.\\.)?)?"
_POINT = f"(?:{_DAY}(?:{_CLOCK})?|{_PART}){_DOUBT}"
_ANY = f"{_POINT}(?:/(?:{_POINT}|\\.\\.)?)?"
_SPAN = f"{_STRETCH}\\.\\.{_STRETCH}"


def _whole_date(pattern: str) -> str:
    """Return the pattern of all of a text, spaces around it set aside."""
    return f"^\\s*(?:{pattern})\\s*$"


DATE = _whole_date(f"unknown|{_ANY}|\\[{_SPAN}\\]")
"""A value of ``when``."""
SPAN = f"^(?:{_SPAN})$"
"""A range between the brackets of a set."""
PERIOD = _whole_date(_DATED)
"""A value of ``period``: no times, no sets, nothing unknown."""
DAY = f"^\\s*({_DAY})(?:/\\1)?\\s*$"
"""A value of ``confirm_by``: one day."""
OCCURRENCE = f"^(?:{_ANY})$"
"""A key of ``except``: the date of an occurrence."""
YEARS = {"minimum": edtf.FIRST_YEAR, "maximum": edtf.LAST_YEAR, "multipleOf": 1}
"""A year alone is a number to YAML."""


Schema = dict[str, Any]


class SuggestedIds(NamedTuple):
    """The ids of a plan that an editor offers as values; other values stay valid."""

    languages: Sequence[str] = ("fr", "en", "es")
    priorities: Sequence[str] = ("advocacy", "learning", "implementation", "monitoring")
    regions: Sequence[str] = ()
    actors: Sequence[str] = ()
    waves: Sequence[str] = ()


_TYPES = ("array", "boolean", "null", "number", "object", "string")
NOTHING: Schema = {"not": {"type": [name for name in _TYPES if name != "null"]}}
"""A key without a value, which counts as missing."""
ID_HINT = phrase("write small letters without accents, digits and single hyphens: gwangju-forum")
_DATE_HINT = phrase("write 2017-11-02, 2017-11-02/2017-11-03, 2018-03, 2018 or unknown")
_ID = of_values.ID_PATTERN.pattern
_LANGUAGE = of_values.LANGUAGE_PATTERN.pattern
_OWN: Schema = {
    "title": phrase("A key of your own"),
    "description": phrase("wavectl leaves it alone, and nothing of it is published."),
}
OWN_KEYS: Schema = {"^x-": _OWN}
"""What every block may hold besides."""


def only(*taken: str, message: str) -> Schema:
    """Return what refuses values of other types, with a sentence; it has no ``type`` that an editor would offer."""
    return {
        "if": {"type": [name for name in _TYPES if name not in taken]},
        "then": {"type": list(taken), "errorMessage": message},
    }


def scalar(pattern: str, hint: str, **numbers: Any) -> Schema:
    """Return the schema of a text that YAML may take for a number or a truth value."""
    text = only("string", "number", "boolean", message=phrase("a text is expected here"))
    return {"pattern": pattern, "patternErrorMessage": hint, **numbers, **text}


def string(pattern: str, hint: str, **besides: Any) -> Schema:
    """Return the schema of a text that looks like nothing else."""
    return {"type": "string", "pattern": pattern, "patternErrorMessage": hint, "errorMessage": hint, **besides}


def saying(message: str, kind: Schema) -> Schema:
    """Return a schema with the message for values that it rejects."""
    return {**kind, "errorMessage": message}


def listed(item: Schema) -> Schema:
    """Return the schema of a list."""
    return {"items": item, **only("array", "null", message=phrase("a list is expected here"))}


_BLOCK = phrase("a block of keys is expected here")
QUOTED: Schema = {"label": '"…"', "body": '"$1"'}
"""Lets an editor write the quotation marks of a text."""


def block(keys: Schema, message: str = _BLOCK) -> Schema:
    """Return the schema of a block with these keys and no others."""
    return {"additionalProperties": False, **keys, "allOf": [only("object", message=message), *keys.get("allOf", [])]}


def quoted_text(title: str, description: str, kind: Schema) -> Schema:
    """Return the schema of a text key; an editor inserts the quotation marks."""
    return {"title": title, "description": description, "defaultSnippets": [QUOTED], **kind}


def by_id(value: Schema, offered: Mapping[str, Schema] | None = None) -> Schema:
    """Return the schema of a map from ids, some of which are offered."""
    own = {"^x-": _OWN, f"^(?!x-){_whole(_ID)}$": value}
    return block({"properties": dict(offered or {}), "patternProperties": own, "errorMessage": ID_HINT})


def ref(name: str) -> Schema:
    """Return a reference to one of the definitions."""
    return {"$ref": f"#/$defs/{name}"}


def _whole(pattern: str) -> str:
    return f"(?:{pattern})"


KINDS: Mapping[Any, str] = {
    of_values.Text: "text",
    of_values.SourceText: "source",
    of_values.Id: "id",
    of_values.Reference: "reference",
    of_values.Hashtag: "hashtag",
    of_values.Url: "url",
    of_values.Domain: "domain",
    of_values.Country: "country",
    of_values.Colour: "colour",
    of_values.Language: "language",
    of_values.Flag: "flag",
    of_values.Count: "count",
    of_values.Alarm: "alarm",
    of_values.Zone: "zone",
    of_values.Date: "date",
    of_values.Period: "period",
    of_values.Day: "day",
    of_values.Repeat: "rule",
    of_values.PlaceField: "where",
    of_values.TextsById: "texts-by-id",
    of_programme.Months: "months",
    of_programme.RegionField: "named-region",
    of_wave.Content: "content",
    of_wave.Exceptions: "exceptions",
    of_wave.Participant: "participant",
    of_values.TextsByName: "waivers",
}
"""The definitions by the annotation of the fields that they hold for."""


def definitions(offers: SuggestedIds, language: str) -> dict[str, Schema]:
    """Return the definition of every kind of value; parts of the model are referred to by their names."""
    return {**_texts(offers), **_names(language), **_dates(), **_blocks(offers)}


def _texts(offers: SuggestedIds) -> dict[str, Schema]:
    begun = {"oneOf": [ref("words"), NOTHING]}
    empty = "|".join(sorted(of_values.PLACEHOLDER_LANGUAGES))
    about = phrase("The text in this language.")
    in_each = {language: f'"${number}"' for number, language in enumerate(offers.languages, start=1)}
    no_language = phrase(
        "write fr, en, es or another language code; put a text with a comma or colon in quotation marks"
    )
    nothing = {"type": "object", "patternProperties": {"^x-": {}}, "additionalProperties": {"type": "null"}}
    several = {
        "defaultSnippets": [{"label": ", ".join(offers.languages), "body": in_each}],
        "properties": {
            language: quoted_text(
                native_language_name(language),
                about,
                begun if language in of_values.PLACEHOLDER_LANGUAGES else ref("words"),
            )
            for language in offers.languages
        },
        "patternProperties": {
            **OWN_KEYS,
            f"^(?:{empty})$": {"description": about, **begun},
            f"^(?!(?:{empty})$)(?:{_LANGUAGE})$": {"description": about, **ref("words")},
        },
        "errorMessage": no_language,
        "allOf": [{"if": nothing, "then": saying(phrase("the text is empty"), {"type": "string"})}],
    }
    no_text = phrase("a text is expected here")
    return {
        "words": scalar(r"\S", phrase("the text is empty")),
        "text": {"oneOf": [block(several, no_text), ref("words")]},
        "source": {"oneOf": [block({"additionalProperties": ref("text"), "minProperties": 1}, no_text), ref("words")]},
        "texts-by-id": by_id(ref("text")),
    }


def _names(language: str) -> dict[str, Schema]:
    whole = {"minimum": 0, "multipleOf": 1}
    countries = sorted(COUNTRIES)
    number = {"type": "integer", "minimum": 0, "maximum": 1000}
    return {
        "id": scalar(f"^{_whole(_ID)}$", ID_HINT, **whole),
        "reference": scalar(
            f"^(?:{_whole(_ID)}/)?{_whole(_ID)}$",
            phrase("write the wave and the moment: migration/gwangju-forum"),
            **whole,
        ),
        # letters of any language, described by what they are not: some engines know no letters outside ASCII
        "hashtag": string(
            r"^#[0-9_]*[^\s\x00-@\[-`{-\xa9\xab-\xb1\xb4\xb6-\xb8\xbb\xbf\xd7\xf7\u2010-\u205e]"
            r"[^\s\x00-/:-@\[-^`{-\xa9\xab-\xb1\xb4\xb6-\xb8\xbb\xbf\xd7\xf7\u2010-\u205e]*$",
            phrase('write # and letters or digits without spaces, in quotation marks: "#DroitauLogement"'),
        ),
        "url": string(
            f"^{of_values.URL_PATTERN}$",
            phrase("copy the whole address, starting with https://"),
        ),
        "domain": scalar(
            r"^(?=.{1,200}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$",
            phrase("write a name such as waves.uclg.org"),
            minimum=0,
        ),
        "country": saying(
            phrase("write the code of the country, two capital letters: KR, CH, MX"),
            {"enum": countries, "enumDescriptions": [country_name(country, language) for country in countries]},
        ),
        "colour": saying(phrase("write a name such as teal, coral or navy"), {"enum": sorted(COLOURS)}),
        "language": string(f"^(?:{_LANGUAGE})$", phrase("write fr, en, es or another code")),
        "zone": saying(phrase("write Europe/Madrid or Asia/Seoul"), {"enum": sorted(timezones.zone_names())}),
        "flag": saying(phrase("write true or false, without quotation marks"), {"type": "boolean"}),
        "count": saying(phrase("write it in digits, without quotation marks"), number),
        "alarm": string(
            r"^[0-9]{1,3}[mhdw](?:@(?:[01][0-9]|2[0-3]):[0-5][0-9])?$",
            phrase("write 7d for seven days before, or 7d@18:00 for six o'clock on that day"),
        ),
    }


_RULE_PARTS = ("FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS")


def _any_case(word: str) -> str:
    """Return the pattern of a word in capitals or small letters: patterns of schemas know no such switch."""
    return "".join(f"[{letter}{letter.lower()}]" for letter in word)


def _dates() -> dict[str, Schema]:
    frequency = "|".join(map(_any_case, ("YEARLY", "MONTHLY", "WEEKLY")))
    how_often = f"{_any_case('FREQ')}=(?:{frequency})"
    others = "|".join(map(_any_case, _RULE_PARTS[1:]))
    item = f"(?:{how_often}|(?:{others})=[-+,0-9A-Za-z]+)"
    in_set = phrase("for an unknown day between two dates, write [2018-07-05..2018-07-20]")
    dated = {
        "pattern": DATE,
        "patternErrorMessage": _DATE_HINT,
        **YEARS,
        **only("string", "number", message=_DATE_HINT),
    }
    return {
        "date": {"oneOf": [dated, {"type": "array", "items": string(SPAN, in_set), "minItems": 1, "maxItems": 1}]},
        "period": {
            "pattern": PERIOD,
            "patternErrorMessage": phrase("write its first and its last month: 2017-05/2018-12"),
            **YEARS,
            **only("string", "number", message=phrase("write its first and its last month: 2017-05/2018-12")),
        },
        "day": string(DAY, phrase("write a day, such as 2017-06-30")),
        "rule": string(
            f"^(?:yearly|(?=.*{_any_case('FREQ')}=){item}(?:;{item})*)$",
            phrase("write yearly, or a rule such as FREQ=YEARLY;BYMONTH=10;BYDAY=1MO for the first Monday of October"),
        ),
    }


def _blocks(offers: SuggestedIds) -> dict[str, Schema]:
    text = {"oneOf": [ref("text"), NOTHING]}
    reason = quoted_text(phrase("Rule"), phrase("Why this wave may break the rule."), {"allOf": [ref("text")]})
    waivable = [name for name, severity in sorted(ALL_RULES.items()) if severity is not Severity.ERROR]
    rules = "|".join(map(re.escape, waivable)).replace("\\-", "-")
    content = {
        priority: quoted_text(
            phrase("Strategic priority"), phrase("Original content for this strategic priority; Markdown."), text
        )
        for priority in offers.priorities
    }
    waivers = {**OWN_KEYS, f"^(?:{rules})(?: .*)?$": reason}
    month = {"type": "integer", "minimum": 1, "maximum": 1000}
    months = phrase("the shortest and the longest calendar are expected here, in months")
    differs = {
        "title": phrase("Occurrence"),
        "description": phrase("What differs this time: a status, or a block of keys."),
        "oneOf": [ref("status"), ref("occurrence-change")],
    }
    return {
        "where": {"oneOf": [ref("place"), ref("text")]},
        "named-region": {"oneOf": [ref("region"), ref("text")]},
        "participant": {"oneOf": [ref("id"), ref("wave-actor")]},
        "months": saying(months, {**only("array", message=months), "items": month, "minItems": 2, "maxItems": 2}),
        "content": by_id(text, content),
        "exceptions": saying(_DATE_HINT, block({"patternProperties": {**OWN_KEYS, OCCURRENCE: differs}})),
        "waivers": saying(
            phrase("write the name of a rule that warns, or that and the id of a moment"),
            block({"properties": dict.fromkeys(waivable, reason), "patternProperties": waivers}),
        ),
    }
