"""The values that wave files are made of: texts, ids, dates, places, links, countries, colours."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, ClassVar, Literal, NoReturn

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetCoreSchemaHandler, model_validator
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core import core_schema as cs

from wavectl.dates import edtf, recurrence, timezones
from wavectl.dates.edtf import When
from wavectl.diagnostics import Message, msg, quoted
from wavectl.model.iso_codes import COLOURS, COUNTRIES
from wavectl.yamlfile.parser import TypedScalar


def fail_validation(rule: str, message: Message, hint: Message | None = None, kind: str = "") -> NoReturn:
    """Raise the error that pydantic reports at the place of the value, under the name of a rule.

    ``kind`` says what the value should have been, for whoever knows a better cure for what stands there.
    """
    raise PydanticCustomError(rule, "{message}", {"message": message, "hint": hint, "kind": kind})


class ModelBase(BaseModel):
    """A block of keys in a plan: frozen, unknown keys refused, keys without a value and ``x-`` keys left out."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    yaml_keys: ClassVar[frozenset[str]] = frozenset()
    """The keys that may stand in the block, as a plan writes them."""

    @classmethod
    def __pydantic_init_subclass__(cls, **_: object) -> None:
        cls.yaml_keys = frozenset(field.alias or name for name, field in cls.model_fields.items())

    @model_validator(mode="before")
    @classmethod
    def _drop_ignored_keys(cls, data: object) -> object:
        if not isinstance(data, dict):
            return data
        known = cls.yaml_keys
        if None in data.values() or not known.issuperset(data):
            return {k: v for k, v in data.items() if k[:2] != "x-" and not (v is None and k in known)}
        return data


class PrebuiltSchema:
    """A core schema made once, which pydantic takes as it is.

    Deriving one anew for every field would take most of the time in which wavectl starts.
    """

    def __init__(self, schema: CoreSchema) -> None:
        self._schema = schema

    def __get_pydantic_core_schema__(self, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        """Answer pydantic."""
        return self._schema


def _string_schema(check: Callable[[str], str]) -> CoreSchema:
    """Return the schema of strings that pass a check."""
    return cs.no_info_after_validator_function(check, cs.str_schema())


ID_PATTERN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""Small letters without accents, digits, single hyphens."""


def _pattern_validator(
    pattern: str, message: str, hint: str, rule: str = "invalid-value", kind: str = ""
) -> Callable[[str], str]:
    """Return a validator for texts that wholly match a pattern."""
    compiled: list[re.Pattern[str]] = []  # when the first value comes: most commands see few of them

    def check(value: str) -> str:
        if not compiled:
            compiled.append(re.compile(pattern))
        if not compiled[0].fullmatch(value):
            fail_validation(rule, msg(message, value=quoted(value)), msg(hint), kind)
        return value

    return check


def _choice_validator(names: frozenset[str], message: str, hint: str, kind: str) -> Callable[[str], str]:
    """Return a validator for texts that are one of many names."""

    def check(value: str) -> str:
        if value not in names:
            fail_validation("invalid-value", msg(message, value=quoted(value)), msg(hint), kind)
        return value

    return check


LANGUAGE_PATTERN = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
"""A language tag of BCP 47: fr, pt-BR."""
_LANGUAGE_SCHEMA = _string_schema(
    _pattern_validator(
        LANGUAGE_PATTERN.pattern,
        "{value} is no language",
        "write fr, en, es or another language code; put a text with a comma or colon in quotation marks",
        kind="language",
    )
)
Language = Annotated[str, PrebuiltSchema(_LANGUAGE_SCHEMA)]
_NONEMPTY_SCHEMA = cs.str_schema(pattern=r"\S")  # a text in one language, not empty


def _text_discriminator(value: object) -> str:
    """Return the tag of a text; no key of a plan is equal to one."""
    return "#map" if isinstance(value, dict) else "#text"


PLACEHOLDER_LANGUAGES = frozenset(("ar", "ca", "en", "es", "fr", "pt", "ru", "tr", "zh"))
"""The languages that may stand in a text before anything is written for them."""


def _drop_empty_languages(value: object) -> object:
    """Leave out ``x-`` keys, and languages that nothing is written for yet.

    Other keys without a value are refused: they may be the rest of a text with a comma, ``{fr: Oui, oui}``.
    """
    if not isinstance(value, dict):
        return value
    return {k: v for k, v in value.items() if k[:2] != "x-" and not (v is None and k in PLACEHOLDER_LANGUAGES)}


def _drop_private_keys(value: object) -> object:
    """Leave out ``x-`` keys, which a plan keeps for itself."""
    return {k: v for k, v in value.items() if k[:2] != "x-"} if isinstance(value, dict) else value


DropPrivateKeys = BeforeValidator(_drop_private_keys)
"""Marks a map from ids to what they stand for."""


def _text_or_map_schema(map_schema: CoreSchema) -> CoreSchema:
    """Return the schema of one text, or of several by key."""
    return cs.tagged_union_schema({"#text": _NONEMPTY_SCHEMA, "#map": map_schema}, discriminator=_text_discriminator)


_TEXT_SCHEMA = _text_or_map_schema(
    cs.no_info_before_validator_function(
        _drop_empty_languages, cs.dict_schema(_LANGUAGE_SCHEMA, _NONEMPTY_SCHEMA, min_length=1)
    )
)
Text = Annotated[str | dict[str, str], PrebuiltSchema(_TEXT_SCHEMA)]
"""A text: one string for every language, or a map from language (BCP 47) to string."""


def fallback_languages(language: str, languages: Sequence[str]) -> tuple[str, ...]:
    """Return the languages in which to look for a text, in order: the one asked for, then the programme's."""
    base = language.partition("-")[0]
    return tuple(dict.fromkeys((language, base, *languages)))


def localized_text(text: str | Mapping[str, str] | None, languages: Sequence[str]) -> str:
    """Return a text in the first of the languages that it has, else in the first that it is written in; "" for None."""
    if text is None or isinstance(text, str):
        return text or ""
    return next((text[language] for language in languages if language in text), next(iter(text.values())))


def all_translations(text: str | Mapping[str, str] | None) -> list[str]:
    """Return a text in every language that it is written in."""
    return [] if text is None else [text] if isinstance(text, str) else list(text.values())


_ID_SCHEMA = _string_schema(
    _pattern_validator(
        ID_PATTERN.pattern,
        "{value} is no id",
        "an id is made of small letters without accents, digits and single hyphens: gwangju-forum",
        kind="id",
    )
)
Id = Annotated[str, PrebuiltSchema(_ID_SCHEMA)]
_REFERENCE_SCHEMA = _string_schema(
    _pattern_validator(
        r"([a-z0-9]+(-[a-z0-9]+)*/)?[a-z0-9]+(-[a-z0-9]+)*",
        "{value} does not name a moment",
        "write the wave and the moment: migration/gwangju-forum",
        kind="reference",
    )
)
Reference = Annotated[str, PrebuiltSchema(_REFERENCE_SCHEMA)]
HASHTAG_PATTERN = r"#[\d_]*[^\W\d_]\w*"
"""# and letters, digits or underscores, one letter at least, as the networks take them."""
_HASHTAG_SCHEMA = _string_schema(
    _pattern_validator(
        HASHTAG_PATTERN,
        "{value} is no hashtag",
        'write # and letters or digits without spaces, in quotation marks: "#DroitauLogement"',
        rule="bad-hashtag",
        kind="hashtag",
    )
)
Hashtag = Annotated[str, PrebuiltSchema(_HASHTAG_SCHEMA)]
URL_PATTERN = r'https?://[^\s"<>\\^`{|}\x00-\x20\x7f]+'
"""The address of a page, whole, as calendars take it."""
_URL_SCHEMA = _string_schema(
    _pattern_validator(
        URL_PATTERN,
        "{value} is no web address",
        "copy the whole address, from https:// on",
        kind="url",
    )
)
Url = Annotated[str, PrebuiltSchema(_URL_SCHEMA)]
_DOMAIN_SCHEMA = _string_schema(
    _pattern_validator(
        r"(?=.{1,200}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*",
        "{value} is no domain name",
        "write a name such as waves.uclg.org",
        kind="domain",
    )
)
Domain = Annotated[str, PrebuiltSchema(_DOMAIN_SCHEMA)]
_COUNTRY_SCHEMA = _string_schema(
    _choice_validator(
        COUNTRIES, "{value} is no country code", "write the two capital letters of ISO 3166-1: KR, CH, MX", "country"
    )
)
Country = Annotated[str, PrebuiltSchema(_COUNTRY_SCHEMA)]
_COLOUR_SCHEMA = _string_schema(
    _choice_validator(
        COLOURS, "{value} is no colour that has a name in CSS", "write a name such as teal, coral or navy", "colour"
    )
)
Colour = Annotated[str, PrebuiltSchema(_COLOUR_SCHEMA)]


def _unwrap_scalar(value: object) -> object:
    """Return the number or truth value of an unquoted scalar; everything else as it is."""
    return value.value if isinstance(value, TypedScalar) else value


Flag = Annotated[
    bool, PrebuiltSchema(cs.no_info_before_validator_function(_unwrap_scalar, cs.bool_schema(strict=True)))
]
_COUNT_SCHEMA = cs.no_info_before_validator_function(_unwrap_scalar, cs.int_schema(strict=True, ge=0, le=1000))
Count = Annotated[int, PrebuiltSchema(_COUNT_SCHEMA)]


def _check_zone(name: str) -> str:
    if name not in timezones.zone_names():
        fail_validation(
            "invalid-value",
            msg("{value} is no time zone", value=quoted(name)),
            msg("write Europe/Madrid or Asia/Seoul"),
            "zone",
        )
    return name


Zone = Annotated[str, PrebuiltSchema(_string_schema(_check_zone))]


def _parse_when(value: object) -> When:
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        value = f"[{value[0]}]"  # [A..B] without quotation marks is a list to YAML
    if isinstance(value, list) and len(value) > 1:
        hint = msg("write the first and the last day with a slash, 2017-11-02/2017-11-03, or one moment for each date")
        fail_validation("invalid-date", msg("several dates stand here"), hint)
    if not isinstance(value, str):
        hint = msg("write 2017-11-02, 2017-11-02/2017-11-03, 2018-03, 2018 or unknown")
        fail_validation("invalid-date", msg("a date should stand here"), hint)
    try:
        return edtf.parse(value)
    except edtf.DateError as error:
        fail_validation(error.rule, error.message, error.hint)


def _parse_period(value: object) -> When:
    when = _parse_when(value)
    if when.form in (edtf.DateForm.UNKNOWN, edtf.DateForm.SET) or when.precision is edtf.Precision.TIME:
        fail_validation(
            "invalid-date",
            msg("{value} is not the calendar of a wave", value=quoted(when.text)),
            msg("write its first and its last month: 2017-05/2018-12"),
        )
    return when


def _parse_day(value: object) -> When:
    when = _parse_when(value)
    if not (when.is_exact and when.days == 1 and when.precision is edtf.Precision.DAY):
        fail_validation(
            "invalid-date", msg("{value} is not one day", value=quoted(when.text)), msg("write a day: 2017-06-30")
        )
    return when


def _parse_repeat(value: object) -> recurrence.RecurrenceRule:
    if not isinstance(value, str):
        fail_validation("invalid-value", msg("a rule should stand here"), msg("write yearly"))
    try:
        return recurrence.parse(value)
    except recurrence.RecurrenceRuleError as error:
        fail_validation("invalid-value", error.message, error.hint, "rule")


Date = Annotated[When, PrebuiltSchema(cs.no_info_plain_validator_function(_parse_when))]
Period = Annotated[When, PrebuiltSchema(cs.no_info_plain_validator_function(_parse_period))]
Day = Annotated[When, PrebuiltSchema(cs.no_info_plain_validator_function(_parse_day))]
Repeat = Annotated[recurrence.RecurrenceRule, PrebuiltSchema(cs.no_info_plain_validator_function(_parse_repeat))]


class Place(ModelBase):
    """Where a moment happens: any of a name, a country, online, or worldwide."""

    name: Text | None = None
    country: Country | None = None
    online: Flag = False
    scope: Literal["worldwide"] | None = None


def name_as_block(value: object) -> object:
    """Return what is written as a text, or as a map of languages, as a block with that name."""
    is_text = (
        isinstance(value, dict) and value and all(LANGUAGE_PATTERN.fullmatch(key) or key[:2] == "x-" for key in value)
    )
    return {"name": value} if is_text or isinstance(value, str) else value


PlaceField = Annotated[Place, BeforeValidator(name_as_block)]
ALARM_PATTERN = r"\d{1,3}([mh]|[dw](@([01]\d|2[0-3]):[0-5]\d)?)"
"""A time before a moment; days and weeks may say at what time of that day."""
_ALARM_SCHEMA = _string_schema(
    _pattern_validator(
        ALARM_PATTERN,
        "{value} is no time before a moment",
        "write 7d for seven days before, or 7d@18:00 for six o'clock on that day",
    )
)
SourceText = Annotated[
    str | dict[str, str | dict[str, str]],
    PrebuiltSchema(_text_or_map_schema(cs.dict_schema(cs.str_schema(), _TEXT_SCHEMA, min_length=1))),
]
"""The words that facts were taken from: one text, one for each language, or one for each key of the plan."""
Ids = Annotated[list[str], PrebuiltSchema(cs.list_schema(_ID_SCHEMA))]
References = Annotated[list[str], PrebuiltSchema(cs.list_schema(_REFERENCE_SCHEMA))]
Hashtags = Annotated[list[str], PrebuiltSchema(cs.list_schema(_HASHTAG_SCHEMA))]
Alarms = Annotated[list[str], PrebuiltSchema(cs.list_schema(_ALARM_SCHEMA))]
Countries = Annotated[list[str], PrebuiltSchema(cs.list_schema(_COUNTRY_SCHEMA))]
Languages = Annotated[list[str], PrebuiltSchema(cs.list_schema(_LANGUAGE_SCHEMA, min_length=1))]
Texts = Annotated[list[str | dict[str, str]], PrebuiltSchema(cs.list_schema(_TEXT_SCHEMA))]
TextsById = Annotated[
    dict[str, str | dict[str, str]],
    PrebuiltSchema(cs.no_info_before_validator_function(_drop_private_keys, cs.dict_schema(_ID_SCHEMA, _TEXT_SCHEMA))),
]
TextsByName = Annotated[
    dict[str, str | dict[str, str]],
    PrebuiltSchema(
        cs.no_info_before_validator_function(_drop_private_keys, cs.dict_schema(cs.str_schema(), _TEXT_SCHEMA))
    ),
]
