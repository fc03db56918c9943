"""The kinds of values that wave files are made of: texts, ids, dates, places, links, countries, colours."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Annotated, Any, ClassVar, Literal, NoReturn, Self, TypeVar, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetPydanticSchema,
    ModelWrapValidatorHandler,
    Strict,
    StringConstraints,
    Tag,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError, core_schema
from typing_extensions import TypeAliasType

from wavectl.dates import edtf, recurrence, timezones
from wavectl.dates.edtf import When
from wavectl.diagnostics import Message, msg, phrase, quoted
from wavectl.i18n.generated_names import ALPHA_3
from wavectl.model import date_patterns
from wavectl.yamlfile.parser import TypedScalar

COUNTRIES = frozenset(ALPHA_3.values())
"""The two-letter codes of ISO 3166-1."""
_COLOURS = (
    "aliceblue f0f8ff antiquewhite faebd7 aqua 00ffff aquamarine 7fffd4 azure f0ffff beige f5f5dc bisque ffe4c4 "
    "black 000000 blanchedalmond ffebcd blue 0000ff blueviolet 8a2be2 brown a52a2a burlywood deb887 cadetblue "
    "5f9ea0 chartreuse 7fff00 chocolate d2691e coral ff7f50 cornflowerblue 6495ed cornsilk fff8dc crimson dc143c "
    "cyan 00ffff darkblue 00008b darkcyan 008b8b darkgoldenrod b8860b darkgray a9a9a9 darkgreen 006400 darkgrey "
    "a9a9a9 darkkhaki bdb76b darkmagenta 8b008b darkolivegreen 556b2f darkorange ff8c00 darkorchid 9932cc darkred "
    "8b0000 darksalmon e9967a darkseagreen 8fbc8f darkslateblue 483d8b darkslategray 2f4f4f darkslategrey 2f4f4f "
    "darkturquoise 00ced1 darkviolet 9400d3 deeppink ff1493 deepskyblue 00bfff dimgray 696969 dimgrey 696969 "
    "dodgerblue 1e90ff firebrick b22222 floralwhite fffaf0 forestgreen 228b22 fuchsia ff00ff gainsboro dcdcdc "
    "ghostwhite f8f8ff gold ffd700 goldenrod daa520 gray 808080 green 008000 greenyellow adff2f grey 808080 "
    "honeydew f0fff0 hotpink ff69b4 indianred cd5c5c indigo 4b0082 ivory fffff0 khaki f0e68c lavender e6e6fa "
    "lavenderblush fff0f5 lawngreen 7cfc00 lemonchiffon fffacd lightblue add8e6 lightcoral f08080 lightcyan e0ffff "
    "lightgoldenrodyellow fafad2 lightgray d3d3d3 lightgreen 90ee90 lightgrey d3d3d3 lightpink ffb6c1 lightsalmon "
    "ffa07a lightseagreen 20b2aa lightskyblue 87cefa lightslategray 778899 lightslategrey 778899 lightsteelblue "
    "b0c4de lightyellow ffffe0 lime 00ff00 limegreen 32cd32 linen faf0e6 magenta ff00ff maroon 800000 "
    "mediumaquamarine 66cdaa mediumblue 0000cd mediumorchid ba55d3 mediumpurple 9370db mediumseagreen 3cb371 "
    "mediumslateblue 7b68ee mediumspringgreen 00fa9a mediumturquoise 48d1cc mediumvioletred c71585 midnightblue "
    "191970 mintcream f5fffa mistyrose ffe4e1 moccasin ffe4b5 navajowhite ffdead navy 000080 oldlace fdf5e6 olive "
    "808000 olivedrab 6b8e23 orange ffa500 orangered ff4500 orchid da70d6 palegoldenrod eee8aa palegreen 98fb98 "
    "paleturquoise afeeee palevioletred db7093 papayawhip ffefd5 peachpuff ffdab9 peru cd853f pink ffc0cb plum "
    "dda0dd powderblue b0e0e6 purple 800080 red ff0000 rosybrown bc8f8f royalblue 4169e1 "
    "saddlebrown 8b4513 salmon fa8072 sandybrown f4a460 seagreen 2e8b57 seashell fff5ee sienna a0522d silver c0c0c0 "
    "skyblue 87ceeb slateblue 6a5acd slategray 708090 slategrey 708090 snow fffafa springgreen 00ff7f steelblue "
    "4682b4 tan d2b48c teal 008080 thistle d8bfd8 tomato ff6347 turquoise 40e0d0 violet ee82ee wheat f5deb3 white "
    "ffffff whitesmoke f5f5f5 yellow ffff00 yellowgreen 9acd32"
).split()
COLOURS = dict(zip(_COLOURS[::2], _COLOURS[1::2], strict=True))
"""The colours of CSS (Color Module Level 3), each with its red, green and blue in hexadecimal digits."""


def fail_validation(rule: str, message: Message, hint: Message | None = None, kind: str = "") -> NoReturn:
    """Raise the error that pydantic reports at the place of the value, under the name of a rule.

    ``kind`` names the kind of value that is needed, so that a better hint can be found for what is written.
    """
    raise PydanticCustomError(rule, "{message}", {"message": message, "hint": hint, "kind": kind})


class ModelBase(BaseModel):
    """A block of keys in a plan: frozen, unknown keys refused, keys without a value and ``x-`` keys left out."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    yaml_keys: ClassVar[frozenset[str]] = frozenset()
    """The keys of the block, as a plan writes them."""
    line_keys: ClassVar[frozenset[str]] = frozenset()
    """The keys whose texts have one line."""

    @classmethod
    def __pydantic_init_subclass__(cls, **_: object) -> None:
        cls.yaml_keys = frozenset(field.alias or name for name, field in cls.model_fields.items())
        cls.line_keys = frozenset(
            name for name, field in cls.model_fields.items() if Line in (field.annotation, *get_args(field.annotation))
        )

    @model_validator(mode="wrap")
    @classmethod
    def _read_block(cls, data: object, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:
        """Leave out the ignored keys, and keep the block for the caller if it is sound."""
        if not isinstance(data, dict):
            return handler(data)
        known, kept = cls.yaml_keys, data
        if None in data.values() or not known.issuperset(data):
            kept = {k: v for k, v in data.items() if k[:2] != "x-" and not (v is None and k in known)}
        block = handler(kept)
        if info.context is not None and SOUND_BLOCKS in info.context:
            info.context[SOUND_BLOCKS][cls, id(data)] = block
        return block


def empty_list() -> list[Any]:
    """Return an empty list. pydantic inspects the signature of each factory, which is slow for ``list`` itself."""
    return []


def optional(title: str, description: str, *examples: Any, default: Any = None, **options: Any) -> Any:
    """Return the ``Field`` of a key that may be left out; ``default`` is its value then, or a function returning it."""
    initial = {"default_factory" if callable(default) else "default": default}
    return Field(title=title, description=description, examples=list(examples), **initial, **options)


optional_list = partial(optional, default=empty_list)


SOUND_BLOCKS = "sound_blocks"
"""The key of the validation context under which blocks are kept."""
SoundBlocks = dict[tuple[type[ModelBase], int], ModelBase]
"""The blocks without an error, by class and ``id()`` of their data."""
PARTIAL = "partial"
"""The key of the validation context which says that wrong values have been left out: missing keys are accepted."""


def _one_of(names: Callable[[], Collection[str]], message: str, hint: str, kind: str) -> tuple[AfterValidator, Any]:
    """Return what validates texts that are one of many names, and what lists these in the JSON Schema."""

    def check(value: str) -> str:
        if value not in names():
            fail_validation("invalid-value", msg(message, value=quoted(value)), msg(hint), kind)
        return value

    def list_names(schema: dict[str, Any]) -> None:
        schema.update(enum=sorted(names()), errorMessage=hint)

    return AfterValidator(check), Field(json_schema_extra=list_names)


LANGUAGE_PATTERN = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
"""A language tag of BCP 47: fr, pt-BR."""
ID_PATTERN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""Small letters without accents, digits, single hyphens."""
INVISIBLE = r"\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
"""Invisible characters, as a class of a regular expression; some of them reverse the order of a text."""
URL_PATTERN = rf'https?://[^\s"<>\\^`{{|}}\x00-\x20{INVISIBLE}]+'
"""The address of a page, whole, as calendars take it."""
MAX_DOMAIN_LENGTH = 200
PLACEHOLDER_DOMAIN = re.compile(r"(.+\.)?(example(\.(org|com|net))?|invalid|test|localhost)")
"""A domain that is reserved for examples and tests (RFC 2606): nobody owns it."""
_FOLDER_NAME = r"([^\s./:\\\x00-\x1f\x7f]|\.[^./:\\\x00-\x1f\x7f]|\.\.[^/:\\\x00-\x1f\x7f])[^/:\\\x00-\x1f\x7f]*"
"""Any name but ``.`` and ``..``."""
ALARM_PATTERN = r"\d{1,3}([mh]|[dw](@([01]\d|2[0-3]):[0-5]\d)?)"
"""A time before a moment; days and weeks may say at what time of that day."""
PATTERNS: Mapping[str, tuple[str, str, str]] = {
    "language": (
        f"^{LANGUAGE_PATTERN.pattern}$",
        phrase("{value} is not a known language"),
        phrase("write fr, en, es or another language code; put a text with a comma or colon in quotation marks"),
    ),
    "id": (
        f"^{ID_PATTERN.pattern}$",
        phrase("{value} is not a valid id"),
        phrase("write small letters without accents, digits and single hyphens: gwangju-forum"),
    ),
    "reference": (
        f"^({ID_PATTERN.pattern}/)?{ID_PATTERN.pattern}$",
        phrase("{value} is not a valid reference to a moment"),
        phrase("write the wave and the moment: migration/gwangju-forum"),
    ),
    "url": (
        f"^{URL_PATTERN}$",
        phrase("{value} is not a web address"),
        phrase("copy the whole address, starting with https://"),
    ),
    "domain": (
        r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$",
        phrase("{value} is not a valid domain name"),
        phrase("write a name such as waves.uclg.org"),
    ),
    "folder": (
        rf"^(\.|(\./)?{_FOLDER_NAME}(/{_FOLDER_NAME})*/?)$",
        phrase("{value} is not a folder beside the plan"),
        phrase("write a name such as feeds or public/calendars"),
    ),
    "alarm": (
        f"^({ALARM_PATTERN})$",
        phrase("{value} is not a valid alarm"),
        phrase("write 7d for seven days before, or 7d@18:00 for six o'clock on that day"),
    ),
    "text": (r"\S", phrase("the text is empty"), phrase("write the text, or delete the line")),
    "line": (
        r"^\s*\S[^\n\r\x85\u2028\u2029]*\s*$",
        phrase("this text has a line break; titles, names and places have one line"),
        phrase("write it on one line"),
    ),
}
"""The pattern of each kind of text, and the message and the hint for texts that do not match it."""


def _matching(kind: str, schema_hint: str = "") -> tuple[StringConstraints, Any]:
    """Return what validates texts by a pattern, and the hint in the JSON Schema for others."""
    pattern, _, hint = PATTERNS[kind]
    return StringConstraints(pattern=pattern), Field(json_schema_extra={"patternErrorMessage": schema_hint or hint})


def _message(message: str) -> Any:
    return Field(json_schema_extra={"errorMessage": message})


def json_schema_requires(key: str) -> dict[str, Any]:
    """Return the JSON Schema of blocks that have a value under a key."""
    empty = {"required": [key], "properties": {key: {"type": "null"}}}
    no_value = {"type": "null", "errorMessage": phrase("there is no value here")}
    return {"required": [key], "if": empty, "then": no_value}


# -- texts

Value = TypeVar("Value")
Language = TypeAliasType("Language", Annotated[str, *_matching("language")])
PLACEHOLDER_LANGUAGES = frozenset(("ar", "ca", "en", "es", "fr", "pt", "ru", "tr", "zh"))
"""The languages that a text may name before anything is written for them."""


def _drop_empty_languages(value: object) -> object:
    """Leave out ``x-`` keys, and languages that nothing is written for yet.

    Other keys without a value are refused: they may be the rest of a text with a comma, ``{fr: Oui, oui}``.
    """
    if not isinstance(value, dict):
        return value
    return {k: v for k, v in value.items() if k[:2] != "x-" and not (v is None and k in PLACEHOLDER_LANGUAGES)}


def _drop_private_keys(value: object) -> object:
    return {k: v for k, v in value.items() if k[:2] != "x-"} if isinstance(value, dict) else value


DropPrivateKeys = BeforeValidator(_drop_private_keys)
"""Marks a map from ids to their values."""


def _text_form(value: object) -> str:
    """Return the tag of a text; no key of a plan is equal to one."""
    return "#map" if isinstance(value, dict) else "#text"


_ByLanguage = Annotated[
    Annotated[dict[Language, Value], Field(min_length=1), BeforeValidator(_drop_empty_languages), Tag("#map")]
    | Annotated[Value, Tag("#text")],
    Discriminator(_text_form),
]
"""One value for every language, or a map from language (BCP 47) to value."""
NonEmptyText = TypeAliasType("NonEmptyText", Annotated[str, *_matching("text", phrase("the text is empty"))])
"""A text in one language, of any length."""
NonEmptyLine = TypeAliasType("NonEmptyLine", Annotated[str, *_matching("line")])
"""A text in one language that has one line."""
Text = TypeAliasType("Text", _ByLanguage[NonEmptyText])
"""A text that may have paragraphs."""
Line = TypeAliasType("Line", _ByLanguage[NonEmptyLine])
"""A text of one line, as titles, names, slogans and places are: calendars and lists have no room for more."""
SourceText = TypeAliasType(
    "SourceText",
    Annotated[
        Annotated[NonEmptyText, Tag("#text")] | Annotated[dict[str, Text], Field(min_length=1), Tag("#map")],
        Discriminator(_text_form),
    ],
)
"""The words that facts were taken from: one text, one for each language, or one for each key of the plan."""


def fallback_languages(language: str, languages: Sequence[str]) -> tuple[str, ...]:
    """Return the languages in which to look for a text, in order: the requested one, then the programme's."""
    base = language.partition("-")[0]
    return tuple(dict.fromkeys((language, base, *languages)))


def localized_text(text: str | Mapping[str, str] | None, languages: Sequence[str]) -> str:
    """Return a text in the first of the languages that it has, else in the first that it is written in; "" for None."""
    return text or "" if text is None or isinstance(text, str) else first_in_languages(text, languages)


def first_in_languages(values: Mapping[str, Value], languages: Sequence[str]) -> Value:
    """Return the value in the first of the languages that there is one in, else the first of all."""
    for language in languages:
        if language in values:
            return values[language]
    return next(iter(values.values()))


def all_translations(text: str | Mapping[str, str] | None) -> list[str]:
    """Return a text in every language that it is written in."""
    return [] if text is None else [text] if isinstance(text, str) else list(text.values())


# -- names and addresses

Id = TypeAliasType("Id", Annotated[str, *_matching("id")])
Reference = TypeAliasType("Reference", Annotated[str, *_matching("reference")])
HASHTAG_PATTERN = r"#[\d_]*[^\W\d_]\w*"
"""# and letters, digits or underscores, one letter at least, as social networks take them."""


_HASHTAG_HINT = phrase('write # and letters or digits without spaces, in quotation marks: "#DroitauLogement"')


def _check_hashtag(value: str) -> str:
    if not re.fullmatch(HASHTAG_PATTERN, value):
        message = msg("{value} is not a valid hashtag", value=quoted(value))
        fail_validation("bad-hashtag", message, msg(_HASHTAG_HINT), "hashtag")
    return value


# letters of any language, described by what they are not: some JavaScript engines know no letters outside ASCII
_SIGNS = r"\xa9\xab-\xb1\xb4\xb6-\xb8\xbb\xbf\xd7\xf7\u2010-\u205e"
_HASHTAG_SCHEMA = date_patterns.text_schema(
    rf"^#[0-9_]*[^\s\x00-@\[-`{{-{_SIGNS}][^\s\x00-/:-@\[-^`{{-{_SIGNS}]*$", _HASHTAG_HINT
)
Hashtag = TypeAliasType("Hashtag", Annotated[str, AfterValidator(_check_hashtag), WithJsonSchema(_HASHTAG_SCHEMA)])
Hashtags = TypeAliasType(
    "Hashtags",
    Annotated[
        Annotated[list[Hashtag], Tag("#text")]
        | Annotated[
            dict[Language, Annotated[list[Hashtag], Field(min_length=1)]],
            Field(min_length=1),
            BeforeValidator(_drop_empty_languages),
            Tag("#map"),
        ],
        Discriminator(_text_form),
    ],
)
"""Hashtags: one list for every language, or one for each language (BCP 47)."""
Url = TypeAliasType("Url", Annotated[str, *_matching("url")])
Domain = TypeAliasType("Domain", Annotated[str, Field(max_length=MAX_DOMAIN_LENGTH), *_matching("domain")])
Folder = TypeAliasType("Folder", Annotated[str, *_matching("folder")])
Country = TypeAliasType(
    "Country",
    Annotated[
        str,
        *_one_of(
            lambda: COUNTRIES,
            "{value} is not a country code",
            "write the code of the country, two capital letters: KR, CH, MX",
            "country",
        ),
    ],
)
Colour = TypeAliasType(
    "Colour",
    Annotated[
        str,
        *_one_of(
            lambda: COLOURS, "{value} is not a colour name of CSS", "write a name such as teal, coral or navy", "colour"
        ),
    ],
)


# -- numbers, truth values


def _unwrap_scalar(value: object) -> object:
    """Return the number or truth value of an unquoted scalar; everything else as it is."""
    return value.value if isinstance(value, TypedScalar) else value


Flag = TypeAliasType(
    "Flag",
    Annotated[
        bool,
        Strict(),
        BeforeValidator(_unwrap_scalar),
        _message(phrase("write true or false, without quotation marks")),
    ],
)
Count = TypeAliasType(
    "Count",
    Annotated[
        int,
        Strict(),
        Field(ge=0, le=1000),
        BeforeValidator(_unwrap_scalar),
        _message(phrase("write it in digits, without quotation marks")),
    ],
)


# -- dates and times


def _parse_when(value: object) -> When:
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        value = f"[{','.join(value)}]"  # [A..B] and [A,B] without quotation marks are lists to YAML
    if not isinstance(value, str):
        hint = msg("write 2017-11-02, 2017-11-02/2017-11-03, 2018-03, 2018 or unknown")
        fail_validation("invalid-date", msg("a date is expected here"), hint)
    try:
        return edtf.parse(value)
    except edtf.DateError as error:
        fail_validation(error.rule, error.message, error.hint)


def _parse_period(value: object) -> When:
    when = _parse_when(value)
    no_calendar = (edtf.DateForm.UNKNOWN, edtf.DateForm.SET, edtf.DateForm.UNTIL)
    if when.form in no_calendar or when.precision is edtf.Precision.TIME:
        message = msg("{value} is not a valid calendar of a wave", value=quoted(when.text))
        fail_validation("invalid-date", message, msg("write its first and its last month: 2017-05/2018-12"))
    return when


def _parse_day(value: object) -> When:
    when = _parse_when(value)
    if not (when.is_exact and when.days == 1 and when.precision is edtf.Precision.DAY):
        message = msg("{value} is not one day", value=quoted(when.text))
        fail_validation("invalid-date", message, msg("write a day, such as 2017-06-30"))
    return when


def _parse_repeat(value: object) -> recurrence.RecurrenceRule:
    if not isinstance(value, str):
        fail_validation("invalid-value", msg("a recurrence rule is expected here"), msg("write yearly"))
    try:
        return recurrence.parse(value)
    except recurrence.RecurrenceRuleError as error:
        fail_validation("invalid-value", error.message, error.hint, "rule")


def _parsed_by(parse: Callable[[object], object]) -> GetPydanticSchema:
    """Return a validator that makes a value of its own.

    ``PlainValidator`` would also derive a schema of the named tuple that is returned, which takes 1.6 ms a type.
    """
    return GetPydanticSchema(lambda _source, _handler: core_schema.no_info_plain_validator_function(parse))


Zone = TypeAliasType(
    "Zone",
    Annotated[
        str, *_one_of(timezones.zone_names, "{value} is not a time zone", "write Europe/Madrid or Asia/Seoul", "zone")
    ],
)
Date = TypeAliasType("Date", Annotated[When, _parsed_by(_parse_when), WithJsonSchema(date_patterns.DATE)])
Period = TypeAliasType("Period", Annotated[When, _parsed_by(_parse_period), WithJsonSchema(date_patterns.PERIOD)])
Day = TypeAliasType("Day", Annotated[When, _parsed_by(_parse_day), WithJsonSchema(date_patterns.DAY)])
Repeat = TypeAliasType(
    "Repeat", Annotated[recurrence.RecurrenceRule, _parsed_by(_parse_repeat), WithJsonSchema(date_patterns.RULE)]
)
Alarm = TypeAliasType("Alarm", Annotated[str, *_matching("alarm")])


# -- places


class Place(ModelBase):
    """Where a moment happens: any of a name, a country, online, or worldwide."""

    name: Line | None = optional("Name", "The town or the venue.", "Gwangju", {"fr": "Barcelone", "en": "Barcelona"})
    country: Country | None = optional(
        "Country", "Its country; its name is written in the reader's language. Two capital letters (ISO 3166-1).", "KR"
    )
    online: Flag = optional("Online", "It takes place online, too or only.", True, default=False)
    scope: Literal["worldwide"] | None = optional("Scope", "It takes place everywhere.", "worldwide")


def text_as_block(key: str) -> Callable[[object], object]:
    """Return a function that makes a text a block with that key, and leaves other values as they are."""
    return lambda value: {key: value} if isinstance(value, str) else value


def name_as_block(value: object) -> object:
    """Return what is written as a text, or as a map of languages, as a block with that name."""
    is_text = isinstance(value, dict) and value and all(LANGUAGE_PATTERN.fullmatch(k) or k[:2] == "x-" for k in value)
    return {"name": value} if is_text or isinstance(value, str) else value


PlaceField = TypeAliasType(
    "PlaceField", Annotated[Place, BeforeValidator(name_as_block, json_schema_input_type=Place | Line)]
)


LinesById = TypeAliasType("LinesById", Annotated[dict[Id, Line], DropPrivateKeys])
TextsById = TypeAliasType("TextsById", Annotated[dict[Id, Text], DropPrivateKeys])
Waivers = Annotated[
    dict[str, Annotated[Text, Field(description="Why this wave may break the rule.")]],
    DropPrivateKeys,
    _message(phrase("write the name of a rule that warns, or that and the id of a moment")),
]
