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
from wavectl.diagnostics import Message, quoted, say
from wavectl.model.iso_codes import COLOURS, COUNTRIES
from wavectl.yamlfile.scalars import Plain


def refuse(rule: str, message: Message, hint: Message | None = None, kind: str = "") -> NoReturn:
    """Raise the error that pydantic reports at the place of the value, under the name of a rule.

    ``kind`` says what the value should have been, for whoever knows a better cure for what stands there.
    """
    raise PydanticCustomError(rule, "{message}", {"message": message, "hint": hint, "kind": kind})


class Part(BaseModel):
    """A block of keys in a plan: frozen, unknown keys refused, keys without a value and ``x-`` keys left out."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    keys: ClassVar[frozenset[str]] = frozenset()
    """The keys that may stand in the block, as a plan writes them."""

    @classmethod
    def __pydantic_init_subclass__(cls, **_: object) -> None:
        cls.keys = frozenset(field.alias or name for name, field in cls.model_fields.items())

    @model_validator(mode="before")
    @classmethod
    def _said(cls, data: object) -> object:
        if not isinstance(data, dict):
            return data
        known = cls.keys
        if None in data.values() or not known.issuperset(data):
            return {k: v for k, v in data.items() if k[:2] != "x-" and not (v is None and k in known)}
        return data


class Ready:
    """A core schema made once, which pydantic takes as it is.

    Deriving one anew for every field would take most of the time in which wavectl starts.
    """

    def __init__(self, schema: CoreSchema) -> None:
        self._schema = schema

    def __get_pydantic_core_schema__(self, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        """Answer pydantic."""
        return self._schema


def _string(check: Callable[[str], str]) -> CoreSchema:
    """Return the schema of strings that pass a check."""
    return cs.no_info_after_validator_function(check, cs.str_schema())


ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""Small letters without accents, digits, single hyphens."""


def _checked(
    pattern: str, message: str, hint: str, rule: str = "invalid-value", kind: str = ""
) -> Callable[[str], str]:
    """Return a validator for texts that wholly match a pattern."""
    compiled: list[re.Pattern[str]] = []  # when the first value comes: most commands see few of them

    def check(value: str) -> str:
        if not compiled:
            compiled.append(re.compile(pattern))
        if not compiled[0].fullmatch(value):
            refuse(rule, say(message, value=quoted(value)), say(hint), kind)
        return value

    return check


def _one_of(names: frozenset[str], message: str, hint: str, kind: str) -> Callable[[str], str]:
    """Return a validator for texts that are one of many names."""

    def check(value: str) -> str:
        if value not in names:
            refuse("invalid-value", say(message, value=quoted(value)), say(hint), kind)
        return value

    return check


LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
"""A language tag of BCP 47: fr, pt-BR."""
_LANGUAGE = _string(
    _checked(
        LANGUAGE.pattern,
        "{value} is no language",
        "write fr, en, es or another language code; put a text with a comma or colon in quotation marks",
        kind="language",
    )
)
Language = Annotated[str, Ready(_LANGUAGE)]
_WORDS = cs.str_schema(pattern=r"\S")  # a text in one language, not empty


def _shape(value: object) -> str:
    """Return the tag of a text; no key of a plan is equal to one."""
    return "#map" if isinstance(value, dict) else "#text"


TO_TRANSLATE = frozenset(("ar", "ca", "en", "es", "fr", "pt", "ru", "tr", "zh"))
"""The languages that may stand in a text before anything is written for them."""


def _written(value: object) -> object:
    """Leave out ``x-`` keys, and languages that nothing is written for yet.

    Other keys without a value are refused: they may be the rest of a text with a comma, ``{fr: Oui, oui}``.
    """
    if not isinstance(value, dict):
        return value
    return {k: v for k, v in value.items() if k[:2] != "x-" and not (v is None and k in TO_TRANSLATE)}


def _own_left_out(value: object) -> object:
    """Leave out ``x-`` keys, which a plan keeps for itself."""
    return {k: v for k, v in value.items() if k[:2] != "x-"} if isinstance(value, dict) else value


ById = BeforeValidator(_own_left_out)
"""Marks a map from ids to what they stand for."""


def _texts(several: CoreSchema) -> CoreSchema:
    """Return the schema of one text, or of several by key."""
    return cs.tagged_union_schema({"#text": _WORDS, "#map": several}, discriminator=_shape)


_TEXT = _texts(cs.no_info_before_validator_function(_written, cs.dict_schema(_LANGUAGE, _WORDS, min_length=1)))
Text = Annotated[str | dict[str, str], Ready(_TEXT)]
"""A text: one string for every language, or a map from language (BCP 47) to string."""


def fallback(language: str, languages: Sequence[str]) -> tuple[str, ...]:
    """Return the languages in which to look for a text, in order: the one asked for, then the programme's."""
    base = language.partition("-")[0]
    return tuple(dict.fromkeys((language, base, *languages)))


def wording(text: str | Mapping[str, str] | None, languages: Sequence[str]) -> str:
    """Return a text in the first of the languages that it has, else in the first that it is written in; "" for None."""
    if text is None or isinstance(text, str):
        return text or ""
    return next((text[language] for language in languages if language in text), next(iter(text.values())))


def texts(text: str | Mapping[str, str] | None) -> list[str]:
    """Return a text in every language that it is written in."""
    return [] if text is None else [text] if isinstance(text, str) else list(text.values())


_ID = _string(
    _checked(
        ID.pattern,
        "{value} is no id",
        "an id is made of small letters without accents, digits and single hyphens: gwangju-forum",
        kind="id",
    )
)
Id = Annotated[str, Ready(_ID)]
_REFERENCE = _string(
    _checked(
        r"([a-z0-9]+(-[a-z0-9]+)*/)?[a-z0-9]+(-[a-z0-9]+)*",
        "{value} does not name a moment",
        "write the wave and the moment: migration/gwangju-forum",
        kind="reference",
    )
)
Reference = Annotated[str, Ready(_REFERENCE)]
HASHTAG = r"#[\d_]*[^\W\d_]\w*"
"""# and letters, digits or underscores, one letter at least, as the networks take them."""
_HASHTAG = _string(
    _checked(
        HASHTAG,
        "{value} is no hashtag",
        'write # and letters or digits without spaces, in quotation marks: "#DroitauLogement"',
        rule="bad-hashtag",
        kind="hashtag",
    )
)
Hashtag = Annotated[str, Ready(_HASHTAG)]
URL = r'https?://[^\s"<>\\^`{|}\x00-\x20\x7f]+'
"""The address of a page, whole, as calendars take it."""
_URL = _string(
    _checked(
        URL,
        "{value} is no web address",
        "copy the whole address, from https:// on",
        kind="url",
    )
)
Url = Annotated[str, Ready(_URL)]
_DOMAIN = _string(
    _checked(
        r"(?=.{1,200}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*",
        "{value} is no domain name",
        "write a name such as waves.uclg.org",
        kind="domain",
    )
)
Domain = Annotated[str, Ready(_DOMAIN)]
_COUNTRY = _string(
    _one_of(
        COUNTRIES, "{value} is no country code", "write the two capital letters of ISO 3166-1: KR, CH, MX", "country"
    )
)
Country = Annotated[str, Ready(_COUNTRY)]
_COLOUR = _string(
    _one_of(
        COLOURS, "{value} is no colour that has a name in CSS", "write a name such as teal, coral or navy", "colour"
    )
)
Colour = Annotated[str, Ready(_COLOUR)]


def _typed(value: object) -> object:
    """Return the number or truth value of an unquoted scalar; everything else as it is."""
    return value.value if isinstance(value, Plain) else value


Flag = Annotated[bool, Ready(cs.no_info_before_validator_function(_typed, cs.bool_schema(strict=True)))]
_COUNT = cs.no_info_before_validator_function(_typed, cs.int_schema(strict=True, ge=0, le=1000))
Count = Annotated[int, Ready(_COUNT)]


def _zone(name: str) -> str:
    if name not in timezones.names():
        refuse(
            "invalid-value",
            say("{value} is no time zone", value=quoted(name)),
            say("write Europe/Madrid or Asia/Seoul"),
            "zone",
        )
    return name


Zone = Annotated[str, Ready(_string(_zone))]


def _when(value: object) -> When:
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        value = f"[{value[0]}]"  # [A..B] without quotation marks is a list to YAML
    if isinstance(value, list) and len(value) > 1:
        hint = say("write the first and the last day with a slash, 2017-11-02/2017-11-03, or one moment for each date")
        refuse("invalid-date", say("several dates stand here"), hint)
    if not isinstance(value, str):
        hint = say("write 2017-11-02, 2017-11-02/2017-11-03, 2018-03, 2018 or unknown")
        refuse("invalid-date", say("a date should stand here"), hint)
    try:
        return edtf.parse(value)
    except edtf.DateError as error:
        refuse(error.rule, error.message, error.hint)


def _period(value: object) -> When:
    when = _when(value)
    if when.form in (edtf.Form.UNKNOWN, edtf.Form.SET) or when.precision is edtf.Precision.TIME:
        refuse(
            "invalid-date",
            say("{value} is not the calendar of a wave", value=quoted(when.text)),
            say("write its first and its last month: 2017-05/2018-12"),
        )
    return when


def _one_day(value: object) -> When:
    when = _when(value)
    if not (when.exact and when.days == 1 and when.precision is edtf.Precision.DAY):
        refuse("invalid-date", say("{value} is not one day", value=quoted(when.text)), say("write a day: 2017-06-30"))
    return when


def _rule(value: object) -> recurrence.Rule:
    if not isinstance(value, str):
        refuse("invalid-value", say("a rule should stand here"), say("write yearly"))
    try:
        return recurrence.parse(value)
    except recurrence.RuleError as error:
        refuse("invalid-value", error.message, error.hint, "rule")


Date = Annotated[When, Ready(cs.no_info_plain_validator_function(_when))]
Period = Annotated[When, Ready(cs.no_info_plain_validator_function(_period))]
Day = Annotated[When, Ready(cs.no_info_plain_validator_function(_one_day))]
Rule = Annotated[recurrence.Rule, Ready(cs.no_info_plain_validator_function(_rule))]


class Place(Part):
    """Where a moment happens: any of a name, a country, online, or worldwide."""

    name: Text | None = None
    country: Country | None = None
    online: Flag = False
    scope: Literal["worldwide"] | None = None


def named(value: object) -> object:
    """Return what is written as a text, or as a map of languages, as a block with that name."""
    is_text = isinstance(value, dict) and value and all(LANGUAGE.fullmatch(key) or key[:2] == "x-" for key in value)
    return {"name": value} if is_text or isinstance(value, str) else value


Where = Annotated[Place, BeforeValidator(named)]
ALARM = r"\d{1,3}([mh]|[dw](@([01]\d|2[0-3]):[0-5]\d)?)"
"""A time before a moment; days and weeks may say at what time of that day."""
_ALARM = _string(
    _checked(
        ALARM,
        "{value} is no time before a moment",
        "write 7d for seven days before, or 7d@18:00 for six o'clock on that day",
    )
)
Source = Annotated[
    str | dict[str, str | dict[str, str]],
    Ready(_texts(cs.dict_schema(cs.str_schema(), _TEXT, min_length=1))),
]
"""The words that facts were taken from: one text, one for each language, or one for each key of the plan."""
Ids = Annotated[list[str], Ready(cs.list_schema(_ID))]
References = Annotated[list[str], Ready(cs.list_schema(_REFERENCE))]
Hashtags = Annotated[list[str], Ready(cs.list_schema(_HASHTAG))]
Alarms = Annotated[list[str], Ready(cs.list_schema(_ALARM))]
Countries = Annotated[list[str], Ready(cs.list_schema(_COUNTRY))]
Languages = Annotated[list[str], Ready(cs.list_schema(_LANGUAGE, min_length=1))]
Texts = Annotated[list[str | dict[str, str]], Ready(cs.list_schema(_TEXT))]
TextsById = Annotated[
    dict[str, str | dict[str, str]],
    Ready(cs.no_info_before_validator_function(_own_left_out, cs.dict_schema(_ID, _TEXT))),
]
TextsByName = Annotated[
    dict[str, str | dict[str, str]],
    Ready(cs.no_info_before_validator_function(_own_left_out, cs.dict_schema(cs.str_schema(), _TEXT))),
]
