"""Check and convert the values of arguments and options; a value that is not valid ends the run."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from wavectl.cli.console import Console, is_interactive
from wavectl.cli.language import language_tag
from wavectl.dates import edtf, timezones
from wavectl.diagnostics import Message, msg, phrase, quoted
from wavectl.model.types import COLOURS, COUNTRIES, HASHTAG_PATTERN, LANGUAGE_PATTERN, PATTERNS, URL_PATTERN
from wavectl.plan.loader import is_wave_id
from wavectl.text.suggest import normalize_name, suggest, suggest_by_alias
from wavectl.yamlfile.reader import MAX_SIZE

_MIN_SIZE_MIB, _MAX_SIZE_MIB = 0.001, 1024
"""The bounds of ``--max-size``, in MiB, both included."""


def check_choice(console: Console, option: str, value: str, choices: Collection[str]) -> None:
    """End the run if the value of an option is not one of its choices, which the hint lists."""
    if value not in choices:
        console.fail(
            msg("{value} is not a valid value for {option}", option=option, value=quoted(value)),
            suggest(value, choices),
        )


def check_wave_id(console: Console, wave: str) -> None:
    """End the run if a new wave cannot have this id."""
    if not is_wave_id(wave):
        close = normalize_name(wave)
        hint = msg("write small letters without accents, digits and single hyphens: right-to-housing")
        if is_wave_id(close):
            hint = msg("did you mean {name}?", name=close)
        console.fail(msg("{id} is not a valid id for a wave", id=quoted(wave)), hint)


def check_language(console: Console, language: str) -> None:
    """End the run if a value is not the code of a language."""
    from wavectl.i18n.names import is_known_language

    tag = language_tag(language)
    if not LANGUAGE_PATTERN.fullmatch(tag) or not is_known_language(tag):
        from wavectl.plan.errors.values import VALUE_SUGGESTERS

        suggestion, _ = VALUE_SUGGESTERS["language"](language)
        console.fail(
            msg("{value} is not a known language", value=quoted(language)),
            suggestion or msg("write fr, en, es or another code"),
        )


def parse_choice(console: Console, option: str, text: str, choices: Collection[str]) -> str:
    """Return the choice that a word names, itself or in French, English or Spanish; end the run if there is none."""
    from wavectl.plan.errors.values import find_by_synonym

    value = find_by_synonym(text, choices) or text
    check_choice(console, option, value, choices)
    return value


def choose_by_name(
    console: Console, words: str, names_by_id: Mapping[str, Sequence[str]], unknown: Message, *, yes: bool = True
) -> tuple[str, bool]:
    """Return the id that an id, a name or words of a name mean, and whether a person still has to confirm it.

    What words mean is written. End the run if there is none, or in a script if there are several, or if the words are
    not exact and ``yes`` is False.
    """
    from wavectl.editing.references import find_by_name

    found, is_exact = find_by_name(words, names_by_id)
    if not found:
        console.fail(unknown, suggest_by_alias(words, names_by_id))
    labels = [f"{next(iter(names_by_id[id_]), id_)} ({id_})" for id_ in found]
    if len(found) > 1:
        several = msg("{words} matches {count} names", words=quoted(words), count=len(found))
        if not is_interactive() or len(found) > _MAX_CHOICES:
            console.fail(several, msg("choose from {names}", names=", ".join(labels[:_MAX_CHOICES])))
        index = console.ask_choice(msg("Which one? (number)"), labels)
        if index is None:
            console.fail(msg("nothing is chosen"))
        return found[index], False
    needs_confirmation = not is_exact and not yes
    if needs_confirmation and not is_interactive():
        console.fail(
            msg("{words} is not a whole name; it may mean {moments}", words=quoted(words), moments=labels[0]),
            msg("write {moment}, or add --yes", moment=found[0]),
        )
    if not is_exact:
        console.write_message(msg("{words} means {name}", words=quoted(words), name=labels[0]))
    return found[0], needs_confirmation


_MAX_CHOICES = 20
"""How many names are listed to choose from."""


_VALUES: Mapping[str, tuple[Callable[[str], object], str, str]] = {
    "colour": (
        COLOURS.__contains__,
        phrase("{value} is not a colour name of CSS"),
        phrase("write a name such as teal, coral or navy"),
    ),
    "country": (
        COUNTRIES.__contains__,
        phrase("{value} is not a country"),
        phrase("write the name of the country, or its code of two letters: KR, CH, MX"),
    ),
    "hashtag": (
        re.compile(HASHTAG_PATTERN).fullmatch,
        phrase("{value} is not a valid hashtag"),
        phrase("write # and letters or digits without spaces: #Housing"),
    ),
    "url": (re.compile(URL_PATTERN).fullmatch, *PATTERNS["url"][1:]),
    "zone": (
        lambda zone: zone in timezones.zone_names(),
        phrase("{value} is not a time zone"),
        phrase("write the name of the country, or the zone of a large city, such as Europe/Madrid"),
    ),
}
"""How to check the values of options, and the message and hint for others, by kind of ``VALUE_SUGGESTERS``."""


def parse_value(console: Console, option: str, kind: str, text: str) -> str:
    """Return a value of a kind of ``_VALUES``, or the one that a name or another form of it surely means.

    ``option`` is "" for an answer to a question.
    """
    from wavectl.plan.errors.values import VALUE_SUGGESTERS

    is_valid, message, hint = _VALUES[kind]
    if is_valid(text):
        return text
    suggestion, value = VALUE_SUGGESTERS[kind](text)
    if kind == "url" and suggestion and value is None:  # only the beginning of the address is missing
        value = f"https://{text.strip(' <>')}"
    if value is None or not is_valid(value):
        fault = msg(message, value=quoted(text))
        fault = msg("{option}: {fault}", option=option, fault=fault) if option else fault
        console.fail(fault, suggestion or msg(hint))
    return value


def parse_period(console: Console, text: str) -> str:
    """Return the value of ``--period``, in words or in EDTF, as EDTF; end the run if it is not valid or not certain."""
    from wavectl.dates import parser

    fault: Message | None = None
    try:
        return edtf.parse(text).text
    except edtf.DateError:
        pass
    try:
        found = parser.parse_date(text)
        if not found.certain or found.repeat is not None:
            fault = next(iter(found.doubts), msg("{value} is not a valid calendar of a wave", value=quoted(text)))
    except parser.DatePhraseError as error:
        fault = error.message
    if fault is not None:
        console.fail(
            msg("{option}: {fault}", option="--period", fault=fault),
            msg("write its first and its last month: 2017-05/2018-12"),
        )
    return found.edtf


def parse_max_size(console: Console, text: str | None) -> float:
    """Return the value of ``--max-size`` in MiB."""
    try:
        size = MAX_SIZE if text is None else float(text)
    except ValueError:
        size = 0
    if not _MIN_SIZE_MIB <= size <= _MAX_SIZE_MIB:
        console.fail(
            msg("--max-size {value} is not a valid size", value=quoted(text)),
            msg("write a number of MiB, from {smallest} to {largest}", smallest=_MIN_SIZE_MIB, largest=_MAX_SIZE_MIB),
        )
    return size


def parse_day(console: Console, text: str, option: str, today: date | None = None, since: date | None = None) -> date:
    """Return the one day that an option names; ``today`` and ``since`` are as for ``parse_date``."""
    when = parse_date(console, text, option, today, since)
    if when.precision is not edtf.Precision.DAY or not when.is_exact or when.days != 1 or when.earliest is None:
        console.fail(
            msg("{option} {value} is not a single day", option=option, value=quoted(text)), msg("write 2017-06-01")
        )
    return when.earliest


_TODAY = ("today", "aujourd'hui", "hoy")


def parse_date(
    console: Console, text: str, option: str, today: date | None = None, since: date | None = None
) -> edtf.When:
    """Return the date, in EDTF or in words, that an option names; write what was assumed.

    With ``today``, the word for it is a date too, and a date without a year is the next one from ``since`` on [today].
    """
    words = text.strip().casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    try:
        when = edtf.parse(str(today) if today and words in _TODAY else text)
    except edtf.DateError as error:
        if not any(character.isalpha() for character in text):
            console.fail(msg("{option}: {fault}", option=option, fault=error.message), hint_in_words(error.hint, text))
        when = _parse_words(console, text, option, since or today)
    if when.earliest is None:
        console.fail(msg("{option} needs a date", option=option), msg("write 2017-06-01, 2017-06 or 2017"))
    return when


def _parse_words(console: Console, text: str, option: str, since: date | None) -> edtf.When:
    from wavectl.dates import parser

    try:
        reading = parser.parse_upcoming_date(text, since) if since else parser.parse_date(text)
    except parser.DatePhraseError as error:
        console.fail(msg("{option}: {fault}", option=option, fault=error.message), hint_in_words(error.hint, text))
    for doubt in reading.doubts:
        console.write_message(doubt)
    return edtf.parse(reading.edtf)


def hint_in_words(hint: Message | None, text: str) -> Message | None:
    """Return the hint for a date that an option does not take: an example of the plan's form becomes one in words."""
    names_zone = re.search(r"\b(heure|hora|time)\b", text.casefold())
    if names_zone or (hint and hint.text.startswith("write the time zone after timezone:")):
        return msg(
            "leave the time zone out of the date; moment add and moment edit take it: --timezone Paris, --timezone Lima"
        )
    if hint is None or "2017-11-02" in hint.text or "2017-09-04" in hint.text:
        return msg(
            "write it in words, such as 15-17 April 2027, 3 May 2027 or June 2027, or in EDTF: 2027-04-15/2027-04-17"
        )
    return hint


def parse_date_range(
    console: Console, first: str | None, last: str | None, today: date
) -> tuple[date | None, date | None]:
    """Return the first and the last day of ``--from`` and ``--to``, both included; None for one that is not given.

    A day without a year is the next one: after ``--from`` for ``--to``, else from today on.
    """
    start = None if first is None else parse_date(console, first, "--from", today).earliest
    end = None if last is None else parse_date(console, last, "--to", today, start).last_known
    if start and end and end < start:
        console.fail(
            msg("{last} comes before {first}", last=quoted(end), first=quoted(start)),
            msg("write the earlier date after --from and the later one after --to"),
        )
    return start, end


def texts_by_language(values: Sequence[str], own: str, languages: Sequence[str]) -> dict[str, str]:
    """Return the texts of an option by language, without empty ones; a text without a language is in ``own``."""
    texts = labelled_texts(values, (own, *languages))
    return {language or own: text for language, text in texts.items() if text}


def labelled_texts(values: Sequence[str], languages: Sequence[str]) -> dict[str | None, str]:
    """Return the texts of an option by language: ``fr=…`` is French, a text without a language is under None.

    The part before the sign is a language if it is one of ``languages``, or has two letters: ``x=1`` is a text.
    """
    texts: dict[str | None, str] = {}
    for value in values:
        tag, sign, text = value.partition("=")
        base = tag.partition("-")[0]
        named = sign and (tag in languages or (len(base) == 2 and LANGUAGE_PATTERN.fullmatch(tag)))
        texts[tag if named else None] = (text if named else value).strip()
    return texts
