"""The values that wave files are made of: texts, ids, dates, places, links, countries, colours."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, ClassVar, Literal, NoReturn

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PlainValidator,
    Tag,
    model_validator,
)
from pydantic_core import PydanticCustomError

from wavectl import edtf, repeat, zones
from wavectl.diagnostics import Message, quoted, say
from wavectl.edtf import When
from wavectl.scalars import Plain


def refuse(rule: str, message: Message, hint: Message | None = None) -> NoReturn:
    """Raise the error that pydantic reports at the place of the value, under the name of a rule."""
    raise PydanticCustomError(rule, "{message}", {"message": message, "hint": hint})


class Part(BaseModel):
    """A block of keys in a plan: frozen, unknown keys refused, keys without a value and ``x-`` keys left out."""

    model_config = ConfigDict(frozen=True, extra="forbid")
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
        if None in data.values() or any(key[:2] == "x-" for key in data):
            known = cls.keys
            return {k: v for k, v in data.items() if k[:2] != "x-" and not (v is None and k in known)}
        return data


ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""Small letters without accents, digits, single hyphens."""


def _checked(pattern: str, message: str, hint: str, rule: str = "invalid-value") -> Callable[[str], str]:
    """Return a validator for texts that wholly match a pattern."""
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if not compiled.fullmatch(value):
            refuse(rule, say(message, value=quoted(value)), say(hint))
        return value

    return check


def _one_of(names: frozenset[str], message: str, hint: str) -> Callable[[str], str]:
    """Return a validator for texts that are one of many names."""

    def check(value: str) -> str:
        if value not in names:
            refuse("invalid-value", say(message, value=quoted(value)), say(hint))
        return value

    return check


LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
"""A language tag of BCP 47: fr, pt-BR."""
Language = Annotated[
    str,
    AfterValidator(
        _checked(
            LANGUAGE.pattern,
            "{value} is no language",
            "write fr, en, es or another language code; put a text with a comma or colon in quotation marks",
        )
    ),
]
Words = Annotated[str, Field(pattern=r"\S")]
"""A text in one language, not empty."""


def _shape(value: object) -> str:
    """Return the tag of a text; no key of a plan is equal to one."""
    return "#map" if isinstance(value, dict) else "#text"


def _written(value: object) -> object:
    """Leave out the keys behind which nothing is written: they are as good as missing."""
    return {k: v for k, v in value.items() if v is not None} if isinstance(value, dict) else value


Written = BeforeValidator(_written)
Text = Annotated[
    Annotated[Words, Tag("#text")] | Annotated[dict[Language, Words], Field(min_length=1), Written, Tag("#map")],
    Discriminator(_shape),
]
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


Id = Annotated[
    str,
    AfterValidator(
        _checked(
            ID.pattern,
            "{value} is no id",
            "an id is made of small letters without accents, digits and single hyphens: gwangju-forum",
        )
    ),
]
Reference = Annotated[
    str,
    AfterValidator(
        _checked(
            r"([a-z0-9]+(-[a-z0-9]+)*/)?[a-z0-9]+(-[a-z0-9]+)*",
            "{value} does not name a moment",
            "write the wave and the moment: migration/gwangju-forum",
        )
    ),
]
Hashtag = Annotated[
    str,
    AfterValidator(
        _checked(
            r"#[\d_]*[^\W\d_]\w*",
            "{value} is no hashtag",
            'write # and letters or digits without spaces, in quotation marks: "#DroitauLogement"',
            rule="bad-hashtag",
        )
    ),
]
Url = Annotated[
    str,
    AfterValidator(
        _checked(
            r"https?://[^\s\"<>\\^`{|}\x00-\x20\x7f]+",
            "{value} is no web address",
            "copy the whole address, from https:// on",
        )
    ),
]
Domain = Annotated[
    str,
    AfterValidator(
        _checked(
            r"(?=.{1,200}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*",
            "{value} is no domain name",
            "write a name such as waves.uclg.org",
        )
    ),
]
COUNTRIES = frozenset(
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ "
    "CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO "
    "FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE "
    "JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO "
    "MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW "
    "PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM "
    "TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW".split()
)
Country = Annotated[
    str,
    AfterValidator(
        _one_of(COUNTRIES, "{value} is no country code", "write the two capital letters of ISO 3166-1: KR, CH, MX")
    ),
]
_COLOURS = frozenset(
    "aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood "
    "cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod "
    "darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon "
    "darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray "
    "dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green "
    "greenyellow grey honeydew hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon "
    "lightblue lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon "
    "lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen "
    "magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue "
    "mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite navy "
    "oldlace olive olivedrab orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip "
    "peachpuff peru pink plum powderblue purple red rosybrown royalblue saddlebrown salmon sandybrown seagreen "
    "seashell sienna silver skyblue slateblue slategray slategrey snow springgreen steelblue tan teal thistle "
    "tomato turquoise violet wheat white whitesmoke yellow yellowgreen".split()
)
Colour = Annotated[
    str,
    AfterValidator(
        _one_of(_COLOURS, "{value} is no colour that has a name in CSS", "write a name such as teal, coral or navy")
    ),
]


def _typed(value: object) -> object:
    """Return the number or truth value of an unquoted scalar; everything else as it is."""
    return value.value if isinstance(value, Plain) else value


Flag = Annotated[bool, BeforeValidator(_typed), Field(strict=True)]
Count = Annotated[int, BeforeValidator(_typed), Field(strict=True, ge=0, le=1000)]


def _zone(name: str) -> str:
    if name not in zones.names():
        refuse(
            "invalid-value",
            say("{value} is no time zone", value=quoted(name)),
            say("write Europe/Madrid or Asia/Seoul"),
        )
    return name


Zone = Annotated[str, AfterValidator(_zone)]


def _when(value: object) -> When:
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        value = f"[{value[0]}]"  # [A..B] without quotation marks is a list to YAML
    if not isinstance(value, str):
        refuse(
            "invalid-date",
            say("a date should stand here"),
            say("write 2017-11-02, 2017-11-02/2017-11-03, 2018-03, 2018 or unknown"),
        )
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


def _rule(value: object) -> repeat.Rule:
    if not isinstance(value, str):
        refuse("invalid-value", say("a rule should stand here"), say("write yearly"))
    try:
        return repeat.parse(value)
    except repeat.RuleError as error:
        refuse("invalid-value", error.message, error.hint)


Date = Annotated[When, PlainValidator(_when)]
Period = Annotated[When, PlainValidator(_period)]
Day = Annotated[When, PlainValidator(_one_day)]
Rule = Annotated[repeat.Rule, PlainValidator(_rule)]


class Place(Part):
    """Where a moment happens: any of a name, a country, online, or worldwide."""

    name: Text | None = None
    country: Country | None = None
    online: Flag = False
    scope: Literal["worldwide"] | None = None


def named(value: object) -> object:
    """Return what is written as a text, or as a map of languages, as a block with that name."""
    is_text = isinstance(value, dict) and value and all(LANGUAGE.fullmatch(key) for key in value)
    return {"name": value} if is_text or isinstance(value, str) else value


Where = Annotated[Place, BeforeValidator(named)]
Alarm = Annotated[
    str,
    AfterValidator(
        _checked(
            r"\d{1,3}[mhdw](@([01]\d|2[0-3]):[0-5]\d)?",
            "{value} is no time before a moment",
            "write 7d for seven days before, or 7d@18:00 for six o'clock on that day",
        )
    ),
]
Source = Annotated[
    Annotated[Words, Tag("#text")] | Annotated[dict[str, Text], Field(min_length=1), Written, Tag("#map")],
    Discriminator(_shape),
]
"""The words that facts were taken from: one text, one for each language, or one for each key of the plan."""
