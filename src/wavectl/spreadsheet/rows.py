"""Turn a plan into sheets: one for each wave, with a row for each moment and a column for each field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from wavectl.dates import parser
from wavectl.dates.edtf import When
from wavectl.diagnostics import phrase
from wavectl.i18n import translator
from wavectl.i18n.date_format import format_date
from wavectl.i18n.names import country_name
from wavectl.model import Actor, Moment, Place, Status, Text, WaveActor, localized_text
from wavectl.plan.loader import Plan
from wavectl.render.context import RenderContext
from wavectl.spreadsheet.columns import FIELDS, INTERNAL_TEXTS, SheetColumn, ordered_columns
from wavectl.text.suggest import normalize_name
from wavectl.timeline.ties import full_reference


class WaveSheet(NamedTuple):
    """The moments of a wave as rows of texts, with columns and headings."""

    wave: str
    columns: tuple[SheetColumn, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def build_sheets(plan: Plan, waves: Sequence[str], language: str) -> list[WaveSheet]:
    """Return the sheets of waves in the reader's language. All have the same columns, and rows are sorted by date."""
    sheet_moments = {
        wave: [with_inherited_values(plan, wave, moment) for moment in plan.waves[wave].moments] for wave in waves
    }
    moments = (sheet_moment.moment for in_wave in sheet_moments.values() for sheet_moment in in_wave)
    columns = _needed_columns(plan, moments, language)
    headings = tuple(column.heading(language) for column in columns)
    first_columns = frozenset({column.field: column for column in reversed(columns)}.values())
    formatter = CellFormatter(plan, language)
    return [
        WaveSheet(
            wave,
            columns,
            headings,
            tuple(
                tuple(formatter.cell_text(sheet_moment, column, first=column in first_columns) for column in columns)
                for sheet_moment in sorted(sheet_moments[wave], key=_by_time)
            ),
        )
        for wave in waves
    ]


def _by_time(sheet_moment: SheetMoment) -> tuple[bool, date, date]:
    """Return a sort key: the first day, then the last. Moments without a date come last, in file order."""
    when = sheet_moment.moment.when
    if when is None or when.earliest is None:
        return True, date.max, date.max
    return False, when.earliest, when.latest or date.max


def _needed_columns(plan: Plan, moments: Iterable[Moment], reader_language: str) -> tuple[SheetColumn, ...]:
    """Return the columns that moments need. A translatable text has one for each language in use."""
    used: dict[str, set[str]] = {field: set() for field in FIELDS if FIELDS[field].translatable}
    for moment in moments:
        for field, text in _translatable_texts(moment):
            if isinstance(text, dict):
                used[field].update(text)
    preferred = list(dict.fromkeys((reader_language, *plan.programme.languages)))
    fields = []
    for field in FIELDS:
        shown = used.get(field, set()) | set(_languages_always_shown(field, preferred))
        languages = [*(language for language in preferred if language in shown), *sorted(shown.difference(preferred))]
        fields.append((field, languages))
    return ordered_columns(fields, reader_language)


def _languages_always_shown(field: str, preferred_languages: Sequence[str]) -> Sequence[str]:
    """Return the languages for which a text always has a column: for titles all, so that they can be filled in."""
    if len(preferred_languages) == 1 or not FIELDS[field].translatable or field in INTERNAL_TEXTS:
        return ()
    return preferred_languages if field == "title" else preferred_languages[:1]


def _translatable_texts(moment: Moment) -> Iterator[tuple[str, Text | None]]:
    """Yield the translatable texts of a moment, each with its field."""
    yield "place", (moment.place or Place()).name
    for field in ("title", "short", "outcome", "owner", "note"):
        yield field, getattr(moment, field)


KIND_NAMES = {
    "event": phrase("event"),
    "observance": phrase("observance"),
    "deadline": phrase("deadline"),
    "publication": phrase("publication"),
}
WORLDWIDE, ONLINE, YES = phrase("worldwide"), phrase("online"), phrase("yes")
MAX_TEXT_LENGTH = 32_000
"""The maximum length of a text in a cell. Excel allows 32,767 characters."""
INHERITABLE_KEYS = ("when", "repeat", "status", "place", "url")
"""The keys that a moment can inherit from the one it is tied to."""


class SheetMoment(NamedTuple):
    """A moment as the sheet shows it. ``inherited`` are the keys whose values come from ``root`` (wave/id)."""

    wave: str
    moment: Moment
    inherited: frozenset[str] = frozenset()
    root: str = ""


def with_inherited_values(plan: Plan, wave: str, moment: Moment) -> SheetMoment:
    """Return a moment with the values that it inherits through ``same_as``; ``root`` is the first that gives one."""
    inherited: dict[str, object] = {}
    root, seen, current, current_wave = "", {f"{wave}/{moment.id}"}, moment, wave
    while current.same_as:
        reference = full_reference(current.same_as, current_wave)
        target = plan.moments.get(reference)
        if target is None or reference in seen:
            break
        seen.add(reference)
        current, current_wave = target, reference.partition("/")[0]
        given = {
            key: value
            for key in INHERITABLE_KEYS
            if getattr(moment, key) is None and key not in inherited and (value := getattr(current, key)) is not None
        }
        root = root or (reference if given else "")
        inherited |= given
    if not inherited:
        return SheetMoment(wave, moment)
    return SheetMoment(wave, moment.model_copy(update=inherited), frozenset(inherited), root)


@lru_cache(maxsize=4096)
def date_cell_text(when: When, language: str) -> str:
    """Return a date in words, or as EDTF if the words would not be read back as the same date."""
    text = format_date(when, language)
    try:
        reading = parser.parse_date(text)
    except parser.DatePhraseError:
        return when.text
    return text if reading == parser.ParsedDate(when.text) else when.text


class CellFormatter:
    """Formats moments as cells. Words are in ``language``, texts in the language of their column."""

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

    def cell_text(self, sheet_moment: SheetMoment, column: SheetColumn, *, first: bool = True) -> str:
        """Return the text of a cell. ``first`` says whether this is the first column of its field.

        The first column also shows texts that have no language.
        """
        moment = sheet_moment.moment
        if column.field in ("title", "short", "outcome", "owner", "note", "place"):
            text = (moment.place or Place()).name if column.field == "place" else getattr(moment, column.field)
            return truncate_text(self._translated_text(text, column.language, first=first))
        if column.field == "wave":
            return sheet_moment.wave
        return truncate_text(self._value_text(sheet_moment.wave, moment, column.field))

    def _translated_text(self, text: Text | None, language: str, *, first: bool) -> str:
        if isinstance(text, dict) and language:
            return text.get(language, "")
        return localized_text(text, self._context.languages) if first else ""

    def _value_text(self, wave: str, moment: Moment, field: str) -> str:
        """Return the text of a field that is not translatable."""
        if field == "status":
            return self._context.status(moment.status or Status.CONFIRMED)
        if field == "kind":
            return self._translate(KIND_NAMES[moment.kind])
        if field == "country":
            return ", ".join(self._country_parts(moment.place or Place()))
        if field == "actors":
            names = self._actor_labels.get(wave, {})
            return "; ".join(names.get(actor, actor) for actor in moment.actors)
        if field == "priorities":
            return "; ".join(self._priority_labels.get(priority, priority) for priority in moment.priorities)
        if field == "draft":
            return self._translate(YES) if moment.draft else ""
        return self._plain_value_text(moment, field)

    def _plain_value_text(self, moment: Moment, field: str) -> str:
        """Return the text of a field that is a date or is shown unchanged."""
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
        """Yield the country, and the words for worldwide and online."""
        if place.country:
            yield country_name(place.country, self.language)
        if place.scope:
            yield self._translate(WORLDWIDE)
        if place.online:
            yield self._translate(ONLINE)


def source_text(moment: Moment, languages: tuple[str, ...]) -> str:
    """Return the source of a moment: one text, or one line for each key."""
    source = moment.source
    if source is None or isinstance(source, str):
        return source or ""
    return "\n".join(f"{key}: {localized_text(text, languages)}" for key, text in source.items())


def truncate_text(text: str) -> str:
    """Cut a text to the length that fits into a cell."""
    return text if len(text) <= MAX_TEXT_LENGTH else f"{text[:MAX_TEXT_LENGTH]}…"


def actor_names(plan: Plan) -> dict[str, list[tuple[str, list[Text]]]]:
    """Return, by wave, the ids of the actors that its moments can name, each with its names, the shortest first."""
    register = plan.programme.actors
    shared = [(id_, names_of_actor(actor)) for id_, actor in register.items()]
    return {
        wave_id: [
            *shared,
            *(
                (actor.id, names_of_actor(actor))
                for actor in wave.actors
                if actor.id and actor.name and actor.id not in register
            ),
        ]
        for wave_id, wave in plan.waves.items()
    }


def names_of_actor(actor: Actor | WaveActor) -> list[Text]:
    """Return the names of an actor: the short one, the name and the aliases."""
    return [text for text in (actor.short, actor.name, *actor.aliases) if text]


def unambiguous_labels(names_by_id: Iterable[tuple[str, list[Text]]], languages: tuple[str, ...]) -> dict[str, str]:
    """Return a label for each id in a list: its first name, or the id if that name is ambiguous."""
    labels = {id_: localized_text(names[0], languages) if names else id_ for id_, names in names_by_id}
    counts = Counter(normalize_name(name) for name in (*labels.values(), *labels))
    return {
        id_: name
        if ";" not in name and counts[normalize_name(name)] == 1 + (normalize_name(name) == normalize_name(id_))
        else id_
        for id_, name in labels.items()
    }
