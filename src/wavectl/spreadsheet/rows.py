"""Plan -> sheets: one for each wave, a row for each moment in order of time, a column for each thing it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from wavectl.dates import parser
from wavectl.dates.edtf import When
from wavectl.diagnostics import phrase
from wavectl.i18n.catalogues import translator
from wavectl.i18n.date_format import format_date
from wavectl.i18n.names import country_name
from wavectl.model import Moment, MomentKind, Place, Status, Text, localized_text
from wavectl.plan.loader import Plan
from wavectl.render.context import RenderContext
from wavectl.spreadsheet.columns import FIELDS, INTERNAL_TEXTS, SheetColumn, ordered_columns
from wavectl.text.suggest import normalize_name
from wavectl.timeline.ties import full_reference


class WaveSheet(NamedTuple):
    """The moments of a wave as rows of texts, under the headings of its columns."""

    wave: str
    columns: tuple[SheetColumn, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def build_sheets(plan: Plan, waves: Sequence[str], language: str) -> list[WaveSheet]:
    """Return the sheets of waves in the reader's language; all have the same columns."""
    moments = {wave: [with_inherited_values(plan, wave, one) for one in plan.waves[wave].moments] for wave in waves}
    columns = _needed_columns(plan, (one.moment for ones in moments.values() for one in ones), language)
    headings = tuple(column.heading(language) for column in columns)
    firsts = frozenset({column.field: column for column in reversed(columns)}.values())
    teller = CellFormatter(plan, language)
    return [
        WaveSheet(
            wave,
            columns,
            headings,
            tuple(
                tuple(teller.cell_text(one, column, first=column in firsts) for column in columns)
                for one in sorted(moments[wave], key=_by_time)
            ),
        )
        for wave in waves
    ]


def _by_time(sheet_moment: SheetMoment) -> tuple[bool, date, date]:
    """Sort by the first day, then by the last; moments without a date come last, as they stand in the file."""
    when = sheet_moment.moment.when
    if when is None or when.earliest is None:
        return True, date.max, date.max
    return False, when.earliest, when.latest or date.max


def _needed_columns(plan: Plan, moments: Iterable[Moment], reader_language: str) -> tuple[SheetColumn, ...]:
    """Return the columns that moments need: a text has one for each language that it is written in."""
    used: dict[str, set[str]] = {field: set() for field in FIELDS if FIELDS[field].translatable}
    for moment in moments:
        for field, text in _translatable_texts(moment):
            if isinstance(text, dict):
                used[field].update(text)
    own = list(dict.fromkeys((reader_language, *plan.programme.languages)))
    fields = []
    for field in FIELDS:
        wanted = used.get(field, set()) | set(_languages_always_shown(field, own))
        fields.append((field, [*(one for one in own if one in wanted), *sorted(wanted.difference(own))]))
    return ordered_columns(fields, reader_language)


def _languages_always_shown(field: str, preferred_languages: Sequence[str]) -> Sequence[str]:
    """Return the languages that a text has columns for, whatever it is written in: of titles all, to be filled in."""
    if len(preferred_languages) == 1 or not FIELDS[field].translatable or field in INTERNAL_TEXTS:
        return ()
    return preferred_languages if field == "title" else preferred_languages[:1]


def _translatable_texts(moment: Moment) -> Iterator[tuple[str, Text | None]]:
    """Return the texts of a moment that may be there in several languages, by their column."""
    yield "place", (moment.place or Place()).name
    for field in ("title", "short", "outcome", "owner", "note"):
        yield field, getattr(moment, field)


KIND_NAMES: Mapping[MomentKind, str] = {
    MomentKind.EVENT: phrase("event"),
    MomentKind.OBSERVANCE: phrase("observance"),
    MomentKind.DEADLINE: phrase("deadline"),
    MomentKind.PUBLICATION: phrase("publication"),
}
WORLDWIDE, ONLINE, YES = phrase("worldwide"), phrase("online"), phrase("yes")
MAX_TEXT_LENGTH = 32_000
"""How many characters of a text a cell shows: Excel takes 32,767."""
INHERITABLE_KEYS = ("when", "repeat", "status", "place", "url")
"""What a moment may leave to the one it is tied to."""


class SheetMoment(NamedTuple):
    """A moment as the sheet shows it. ``inherited`` are the keys that ``root`` (wave/id) gives it."""

    wave: str
    moment: Moment
    inherited: frozenset[str] = frozenset()
    root: str = ""


def with_inherited_values(plan: Plan, wave: str, moment: Moment) -> SheetMoment:
    """Return a moment with what it leaves to those it is tied to, and the first of them that gives something."""
    found: dict[str, object] = {}
    root, seen, here, at = "", {f"{wave}/{moment.id}"}, moment, wave
    while here.same_as:
        reference = full_reference(here.same_as, at)
        target = plan.moments.get(reference)
        if target is None or reference in seen:
            break
        seen.add(reference)
        here, at = target, reference.partition("/")[0]
        given = {
            key: value
            for key in INHERITABLE_KEYS
            if getattr(moment, key) is None and key not in found and (value := getattr(here, key)) is not None
        }
        root = root or (reference if given else "")
        found |= given
    return (
        SheetMoment(wave, moment.model_copy(update=found), frozenset(found), root)
        if found
        else SheetMoment(wave, moment)
    )


@lru_cache(maxsize=4096)
def date_cell_text(when: When, language: str) -> str:
    """Return a date in words of the language, as EDTF where these would not be read back as the same date."""
    text = format_date(when, language)
    try:
        reading = parser.parse_date(text)
    except parser.DatePhraseError:
        return when.text
    return text if reading == parser.ParsedDate(when.text) else when.text


class CellFormatter:
    """Tells the cells of moments in a language: the words are its own, texts are in that of their column."""

    def __init__(self, plan: Plan, language: str) -> None:
        self._programme = plan.programme
        self._context = RenderContext((language, *plan.programme.languages))
        self._translate = translator(language)
        self._actor_labels = {
            wave: unambiguous_labels(actors, self._context.languages) for wave, actors in actor_names(plan).items()
        }
        self._priority_labels = unambiguous_labels(
            ((k, [v]) for k, v in plan.programme.priorities.items()), self._context.languages
        )
        self.language = language

    def cell_text(self, told: SheetMoment, column: SheetColumn, *, first: bool = True) -> str:
        """Return the text of a cell; ``first`` says that this is the first column of its field.

        That one shows the texts that are the same in every language.
        """
        moment = told.moment
        if column.field in ("title", "short", "outcome", "owner", "note", "place"):
            text = (moment.place or Place()).name if column.field == "place" else getattr(moment, column.field)
            return truncate_text(self._translated_text(text, column.language, first=first))
        if column.field == "wave":
            return told.wave
        return truncate_text(self._value_text(told.wave, moment, column.field))

    def _translated_text(self, text: Text | None, language: str, *, first: bool) -> str:
        if isinstance(text, dict) and language:
            return text.get(language, "")
        return localized_text(text, self._context.languages) if first else ""

    def _value_text(self, wave: str, moment: Moment, field: str) -> str:
        """Return what a moment says that is no text in several languages."""
        if field == "status":
            return self._context.status(moment.status or Status.CONFIRMED)
        if field == "kind":
            return self._translate(KIND_NAMES[moment.kind])
        if field == "country":
            return ", ".join(self._country_parts(moment.place or Place()))
        if field == "actors":
            names = self._actor_labels.get(wave, {})
            return "; ".join(names.get(one, one) for one in moment.actors)
        if field == "priorities":
            return "; ".join(self._priority_labels.get(one, one) for one in moment.priorities)
        if field == "draft":
            return self._translate(YES) if moment.draft else ""
        return self._plain_value_text(moment, field)

    def _plain_value_text(self, moment: Moment, field: str) -> str:
        """Return what is shown as it stands, or as a date."""
        if field in ("when", "confirm_by"):
            when: When | None = getattr(moment, field)
            return date_cell_text(when, self.language) if when else ""
        if field == "edtf":
            return moment.when.text if moment.when else ""
        if field == "source":
            return source_text(moment, self._context.languages)
        value = getattr(moment, field)
        return value.text if field == "repeat" and value else str(value or "")

    def _country_parts(self, place: Place) -> Iterator[str]:
        """Return the country, and whether it is everywhere or online."""
        if place.country:
            yield country_name(place.country, self.language)
        if place.scope:
            yield self._translate(WORLDWIDE)
        if place.online:
            yield self._translate(ONLINE)


def source_text(moment: Moment, languages: tuple[str, ...]) -> str:
    """Return the words a moment was taken from: one text, or one a line with the key that it is about."""
    source = moment.source
    if source is None or isinstance(source, str):
        return source or ""
    return "\n".join(f"{key}: {localized_text(text, languages)}" for key, text in source.items())


def truncate_text(text: str) -> str:
    """Return a text that a cell can hold."""
    return text if len(text) <= MAX_TEXT_LENGTH else f"{text[:MAX_TEXT_LENGTH]}…"


def actor_names(plan: Plan) -> dict[str, list[tuple[str, list[Text]]]]:
    """Return by wave the ids of the actors that its moments can name, each with its names, the shortest first."""
    shared = [
        (id_, [text for text in (one.short, one.name, *one.aliases) if text])
        for id_, one in plan.programme.actors.items()
    ]
    return {
        wave_id: [
            *shared,
            *(
                (one.id, [text for text in (one.short, one.name, *one.aliases) if text])
                for one in wave.actors
                if one.id and one.name and one.id not in plan.programme.actors
            ),
        ]
        for wave_id, wave in plan.waves.items()
    }


def unambiguous_labels(names_by_id: Iterable[tuple[str, list[Text]]], languages: tuple[str, ...]) -> dict[str, str]:
    """Return what each id is called in a cell of several: its first name, its id where that would not tell it apart."""
    found = {id_: localized_text(names[0], languages) if names else id_ for id_, names in names_by_id}
    times: dict[str, int] = {}
    for name in (*found.values(), *found):
        times[normalize_name(name)] = times.get(normalize_name(name), 0) + 1
    return {
        id_: name
        if ";" not in name and times[normalize_name(name)] == 1 + (normalize_name(name) == normalize_name(id_))
        else id_
        for id_, name in found.items()
    }
