"""Turn a plan into sheets: one for each wave, with a row for each moment and a column for each field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from wavectl.dates import parser
from wavectl.dates.edtf import UNKNOWN, When
from wavectl.diagnostics import phrase
from wavectl.i18n import translator
from wavectl.i18n.date_format import format_date
from wavectl.i18n.names import country_name
from wavectl.model import Actor, Moment, Place, Status, Text, WaveActor, localized_text
from wavectl.plan.loader import Plan
from wavectl.render.context import RenderContext
from wavectl.spreadsheet.columns import FIELDS, INTERNAL_TEXTS, SheetColumn
from wavectl.text.suggest import normalize_name
from wavectl.timeline.groups import ChronologicalKey, chronological_key
from wavectl.timeline.ties import full_reference


class WaveSheet(NamedTuple):
    """The moments of a wave as rows of texts, with columns and headings."""

    wave: str
    columns: tuple[SheetColumn, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def build_sheets(plan: Plan, waves: Sequence[str], language: str) -> list[WaveSheet]:
    """Return the sheets of waves in the reader's language. All have the same columns, and rows are sorted by date."""
    moments = {
        wave: [with_inherited_values(plan, wave, moment) for moment in plan.waves[wave].moments] for wave in waves
    }
    columns = _needed_columns(plan, [one.moment for in_wave in moments.values() for one in in_wave], language)
    headings = tuple(column.heading(language) for column in columns)
    first_columns = frozenset({column.field: column for column in reversed(columns)}.values())
    formatter = CellFormatter(plan, language)
    return [
        WaveSheet(
            wave,
            columns,
            headings,
            tuple(
                tuple(formatter.cell_text(one, column, first=column in first_columns) for column in columns)
                for one in sorted(in_wave, key=partial(_by_time, plan))
            ),
        )
        for wave, in_wave in moments.items()
    ]


def _by_time(plan: Plan, sheet_moment: SheetMoment) -> ChronologicalKey:
    """Return the sort key of a row."""
    moment, programme = sheet_moment.moment, plan.programme
    title, reference = localized_text(moment.title, programme.languages), f"{sheet_moment.wave}/{moment.id}"
    return chronological_key(moment.when or UNKNOWN, moment.timezone or programme.timezone, title, reference)


def _needed_columns(plan: Plan, moments: Sequence[Moment], reader_language: str) -> tuple[SheetColumn, ...]:
    """Return the columns that moments need: first those in the reader's language, then texts in other languages.

    A translatable text has a column for each language in use. For titles there are all languages of the programme, so
    that they can be filled in; for other public texts, the reader's.
    """
    preferred = list(dict.fromkeys((reader_language, *plan.programme.languages)))
    main: list[SheetColumn] = []
    others: list[SheetColumn] = []
    for field in FIELDS.values():
        if field.input_only and not (field.name == "timezone" and any(moment.timezone for moment in moments)):
            continue
        used: set[str] = set()
        if field.translatable:
            texts = (translatable_text(moment, field.name) for moment in moments)
            used = {language for text in texts if isinstance(text, dict) for language in text}
            if len(preferred) > 1 and field.name not in INTERNAL_TEXTS:
                used.update(preferred if field.name == "title" else preferred[:1])
        languages = [*(language for language in preferred if language in used), *sorted(used.difference(preferred))]
        main.append(SheetColumn(field.name, languages[0] if languages else ""))
        others += [SheetColumn(field.name, language) for language in languages[1:]]
    return (*main, *others)


def translatable_text(moment: Moment, field: str) -> Text | None:
    """Return the text of a translatable field."""
    text: Text | None = (moment.place or Place()).name if field == "place" else getattr(moment, field)
    return text


KIND_NAMES = {name: name for name in (phrase("event"), phrase("observance"), phrase("deadline"), phrase("publication"))}
WORLDWIDE, ONLINE, YES = phrase("worldwide"), phrase("online"), phrase("yes")
MAX_TEXT_LENGTH = 32_000
"""The maximum length of a text in a cell. Excel allows 32,767 characters."""
_INHERITABLE_KEYS = ("when", "repeat", "status", "place", "timezone", "url")
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
        for key in _INHERITABLE_KEYS:
            if getattr(moment, key) is None and key not in inherited and getattr(current, key) is not None:
                inherited[key] = getattr(current, key)
                root = root or reference
    shown = moment.model_copy(update=inherited) if inherited else moment
    return SheetMoment(wave, shown, frozenset(inherited), root)


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
        if column.field == "wave":
            return sheet_moment.wave
        if not FIELDS[column.field].translatable:
            return truncate_text(self._value_text(sheet_moment.wave, sheet_moment.moment, column.field))
        text = translatable_text(sheet_moment.moment, column.field)
        if isinstance(text, dict) and column.language:
            return truncate_text(text.get(column.language, ""))
        return truncate_text(localized_text(text, self._context.languages)) if first else ""

    def _value_text(self, wave: str, moment: Moment, field: str) -> str:
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
        if field in ("when", "confirm_by"):
            when: When | None = getattr(moment, field)
            return date_cell_text(when, self.language) if when else ""
        if field == "edtf":
            return moment.when.text if moment.when else ""
        value = getattr(moment, field)
        if field == "source" and isinstance(value, Mapping):
            return "\n".join(f"{key}: {localized_text(text, self._context.languages)}" for key, text in value.items())
        return value.text if field == "repeat" and value else str(value or "")

    def _country_parts(self, place: Place) -> Iterator[str]:
        if place.country:
            yield country_name(place.country, self.language)
        if place.scope:
            yield self._translate(WORLDWIDE)
        if place.online:
            yield self._translate(ONLINE)


def truncate_text(text: str) -> str:
    """Cut a text to the length that fits into a cell."""
    return text if len(text) <= MAX_TEXT_LENGTH else f"{text[:MAX_TEXT_LENGTH]}…"


def actor_names(plan: Plan) -> dict[str, list[tuple[str, list[Text]]]]:
    """Return, by wave, the ids of the actors that its moments can name, each with its names, the shortest first."""
    register = plan.programme.actors
    shared = [(id_, names_of_actor(actor)) for id_, actor in register.items()]
    return {
        wave_id: shared
        + [(one.id, names_of_actor(one)) for one in wave.actors if one.id and one.name and one.id not in register]
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
