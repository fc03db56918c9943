"""The columns of a sheet, their headings in three languages, and the columns that other headings mean.

Accents and capitals of a heading do not matter. A translatable text has its language after its name: ``Titre (en)``.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from wavectl.diagnostics import phrase
from wavectl.i18n import UI_LANGUAGES, translator
from wavectl.model.types import LANGUAGE_PATTERN
from wavectl.text.suggest import normalize_name


class SheetField(NamedTuple):
    """A field of a moment that has a column. ``name`` is its key, ``width`` the width of the column in characters.

    A ``translatable`` field has a column for each language. Changes in a ``read_only`` column are not imported, and an
    ``input_only`` column is not exported: tables of other people have it. ``synonyms`` are other headings that people
    write, as normalised names with spaces between them.
    """

    name: str
    label: str
    width: int
    synonyms: str = ""
    translatable: bool = False
    read_only: bool = False
    input_only: bool = False


FIELDS: Mapping[str, SheetField] = {
    field.name: field
    for field in (
        SheetField("wave", phrase("Wave"), 16, "ola vague campaign campagne campana"),
        SheetField("id", phrase("Id"), 20, "identifier identifiant identificador"),
        SheetField(
            "title",
            phrase("Title"),
            44,
            "titel moment moments event events evenement evenements evento eventos intitule activity activities "
            "activite activites actividad actividades action accion what quoi que name nom nombre subject objet asunto "
            "summary libelle designation heading program programme programa",
            translatable=True,
        ),
        SheetField("when", phrase("Date"), 28, "dates fechas when quand cuando day jour dia dtstart du del"),
        SheetField("edtf", phrase("Date in EDTF (for information)"), 24, "edtf", read_only=True),
        SheetField("repeat", phrase("Repeats (for information)"), 18, read_only=True),
        SheetField(
            "place",
            phrase("Place"),
            20,
            "location venue town city where ville endroit emplacement adresse address ou ciudad sitio localidad donde "
            "ubicacion sede direccion",
            translatable=True,
        ),
        SheetField("country", phrase("Country"), 20),
        SheetField("status", phrase("Status"), 14, "etat estado situation"),
        SheetField("kind", phrase("Kind"), 14, "type genre tipo clase category categorie categoria"),
        SheetField(
            "actors",
            phrase("Actors"),
            32,
            "actor acteur participants participantes partners partenaires partner partenaire socios organiser "
            "organisers organizer organizers organisateur organisateurs organizador organizadores",
        ),
        SheetField("priorities", phrase("Priorities"), 28, "priority priorite prioridad"),
        SheetField(
            "url", phrase("Web address"), 32, "url link links lien liens enlace enlaces web website site sitio-web"
        ),
        SheetField("owner", phrase("Owner (internal)"), 18, "owner responsable encargado", translatable=True),
        SheetField("confirm_by", phrase("Confirm by (internal)"), 20, "confirm-by"),
        SheetField(
            "note", phrase("Note (internal)"), 40, "note notes nota notas remarque remarques", translatable=True
        ),
        SheetField("outcome", phrase("Outcome"), 40, "results resultats resultados", translatable=True),
        SheetField("short", phrase("Short title"), 20, translatable=True),
        SheetField("source", phrase("Source (internal)"), 40, "source sources fuente fuentes"),
        SheetField("draft", phrase("Draft (internal)"), 12, "draft brouillon borrador private prive privado"),
        SheetField("reason", phrase("Reason (to fix)"), 60, input_only=True),
        SheetField("time", phrase("Start time"), 10, input_only=True),
        SheetField("end", phrase("End"), 20, "dtend au al to hasta", input_only=True),
        SheetField("end_time", phrase("End time"), 10, input_only=True),
        SheetField(
            "all_day",
            phrase("All day"),
            10,
            "all-day-event allday journee-complete toute-la-journee dia-completo dia-entero evento-de-todo-el-dia",
            input_only=True,
        ),
        SheetField("timezone", phrase("Time zone"), 18, "timezone tz fuseau huso-horario", input_only=True),
        SheetField("online", phrase("Online"), 10, "virtual virtuel", input_only=True),
        SheetField(
            "description",
            phrase("Description"),
            40,
            "details detail detalles content contents contenu contenido purpose objectif objectifs objetivo objetivos",
            translatable=True,
            input_only=True,
        ),
    )
}
"""The fields by name, in the order of their columns."""

DATE_PARTS = ("time", "end", "end_time", "all_day", "timezone")
"""The fields of columns that, besides ``when``, are parts of one date."""

INTERNAL_TEXTS = frozenset(("owner", "note"))
"""Internal texts, which are mostly written in one language."""


class SheetColumn(NamedTuple):
    """A column of a sheet: its field and, for a translatable text, its language."""

    field: str
    language: str = ""
    language_assumed: bool = False
    """Whether the language is a default that is not in the heading."""

    def heading(self, language: str) -> str:
        """Return the heading of the column in the reader's language."""
        label = translator(language)(FIELDS[self.field].label)
        return f"{label} ({self.language})" if self.language else label

    @property
    def read_only(self) -> bool:
        """Whether changes in the column are ignored."""
        return FIELDS[self.field].read_only


MAX_HEADING_LENGTH = 200
"""Maximum length of a heading, in characters. Longer texts are never headings."""
_LANGUAGE_SUFFIX = re.compile(rf" ?\(({LANGUAGE_PATTERN.pattern})\)$", re.IGNORECASE)
_LANGUAGE_WORDS = {
    "fr": "fr french francais frances",
    "en": "en english anglais ingles",
    "es": "es spanish espagnol espanol",
    **{language: language for language in ("ar", "ca", "de", "eu", "gl", "it", "ja", "ko", "pt", "ru", "sw", "zh")},
}
_LANGUAGE_NAMES = {word: language for language, words in _LANGUAGE_WORDS.items() for word in words.split()}
"""Languages by the last word of a heading: ``Title FR``, ``titre_fr``, ``Título en español``."""
_CAMEL_CASE = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[^\W\d_])(?=\d+$)")
"""Where words of a heading meet without a space: ``StartDate``, ``jour1``."""
_FILLERS = "a an the of in for at de du des d la le les l el los las del en al au aux et y and e o or to optional"
_FILLER_WORDS = frozenset(_FILLERS.split())
"""Words that do not change what a heading means."""
_DATE_WORDS: Mapping[str, str] = {
    word: part
    for part, words in (
        ("date", "date dates day days jour jours journee fecha fechas dia dias when quand cuando"),
        ("time", "time times hour hours heure heures horaire horaires hora horas horario horarios"),
        (
            "start",
            "start starts starting begin begins beginning from debut commence commencement depuis inicio comienzo "
            "comienza empieza desde first premier 1",
        ),
        (
            "end",
            "end ends ending until finish finishes fin finit jusque jusqu final finaliza finalizacion termina hasta "
            "last dernier 2",
        ),
    )
    for word in words.split()
}
"""The parts of a date by the words of headings: ``Start date``, ``heure de fin``, ``fecha_inicio``."""


class Headings:
    """The fields that a kind of table has, and the headings that mean them."""

    def __init__(self, fields: Mapping[str, SheetField]) -> None:
        self.fields = fields

    def label(self, field: str, language: str) -> str:
        """Return the heading of a field in a language."""
        return translator(language)(self.fields[field].label)

    @cached_property
    def by_label(self) -> Mapping[str, tuple[str, set[str]]]:
        """The fields by normalised label, each with the languages that use the label."""
        fields: dict[str, tuple[str, set[str]]] = {}
        for name in self.fields:
            for language in UI_LANGUAGES:
                fields.setdefault(normalize_name(self.label(name, language)), (name, set()))[1].add(language)
        for name, field in self.fields.items():
            for word in (*field.synonyms.split(), normalize_name(name)):
                fields.setdefault(word, (name, set(UI_LANGUAGES)))
        return fields


MOMENT_HEADINGS = Headings(FIELDS)
"""The headings of tables of moments."""


def column_for_heading(
    heading: str, default_language: str, heading_map: Mapping[str, str], headings: Headings = MOMENT_HEADINGS
) -> SheetColumn | None:
    """Return the column of a heading, or None if the heading is not known.

    ``heading_map`` has the field, or ``field:language``, of other headings by normalised name. A translatable text
    without a language in its heading is in the language of the heading or, if several languages use that heading, in
    ``default_language``. If that is "", the column has no language.
    """
    heading = " ".join(heading[:MAX_HEADING_LENGTH].split())
    mapped = heading_map.get(normalize_name(heading))
    if mapped is not None:
        field, _, language = mapped.partition(":")
        return (
            SheetColumn(field, language)
            if language
            else _with_assumed_language(headings.fields[field], default_language)
        )
    marked = _LANGUAGE_SUFFIX.search(heading)
    if marked and (known := _field_of_words(heading[: marked.start()], headings)):
        base, *rest = marked[1].split("-")
        language = "-".join((base.lower(), *(part.upper() if len(part) == 2 else part for part in rest)))
        return SheetColumn(known[0], language if headings.fields[known[0]].translatable else "")
    known = _field_of_words(heading, headings)
    if known is None:
        return _column_with_language_name(heading, headings)
    name, languages = known
    has_one_language = default_language and len(languages) == 1
    return _with_assumed_language(
        headings.fields[name], next(iter(languages)) if has_one_language else default_language
    )


def _column_with_language_name(heading: str, headings: Headings) -> SheetColumn | None:
    """Return the column of a heading that ends with a language: ``Title FR``, ``titre_fr``, ``Título (español)``."""
    words = normalize_name(heading).split("-")
    language = _LANGUAGE_NAMES.get(words[-1])
    known = _field_of_words(" ".join(words[:-1]), headings) if language else None
    if language is None or known is None:
        return None
    return SheetColumn(known[0], language if headings.fields[known[0]].translatable else "")


def _field_of_words(heading: str, headings: Headings) -> tuple[str, set[str]] | None:
    """Return the field of a heading, and the languages that use it: by the whole heading, else by its words.

    Words such as "event" and "name" leave the meaning to the others: ``event_date``, ``Nom de la ville``.
    """
    known = headings.by_label
    if exact := known.get(normalize_name(heading)):
        return exact
    words = set(normalize_name(_CAMEL_CASE.sub(" ", heading)).split("-")) - _FILLER_WORDS
    fields = {_DATE_WORDS.get(word) or known.get(word, ("", set()))[0] for word in words}
    if len(fields) > 1:
        fields.discard("title")
    if not any(map(str.isalpha, words)):
        return None
    if fields <= {"date", "time", "start", "end"}:
        return _date_field(fields), set(UI_LANGUAGES)
    if fields == {"place", "country"}:  # "Town and country": the name of a place may end with its country
        return "place", set(UI_LANGUAGES)
    field = fields.pop() if len(fields) == 1 else ""
    return (field, set(UI_LANGUAGES)) if field else None


def _date_field(parts: set[str]) -> str:
    """Return the field of a heading with these parts of a date. One with both ends, or day and hour, is a date."""
    if "time" in parts and "date" not in parts:
        return "end_time" if parts == {"time", "end"} else "time"
    return "end" if "end" in parts and "start" not in parts else "when"


def _with_assumed_language(field: SheetField, language: str) -> SheetColumn:
    """Return the column of a heading without a language. Internal texts get none."""
    if not language or not field.translatable or field.name in INTERNAL_TEXTS:
        return SheetColumn(field.name)
    return SheetColumn(field.name, language, language_assumed=True)


MAX_ROWS_ABOVE_HEADINGS = 20
"""How many rows above the headings are searched for them."""


def match_columns(
    cells: Sequence[str], default_language: str, heading_map: Mapping[str, str], headings: Headings = MOMENT_HEADINGS
) -> dict[int, SheetColumn]:
    """Return the known columns of a row of headings by their index from 0.

    Of two columns for the same text, the first counts, but one of ``heading_map`` before others.
    """
    found = {
        index: column
        for index, heading in enumerate(cells)
        if heading.strip() and (column := column_for_heading(heading, default_language, heading_map, headings))
    }
    mapped = [index for index in found if normalize_name(cells[index]) in heading_map]
    by_text: dict[tuple[str, str], int] = {}
    for index in (*mapped, *found):
        by_text.setdefault((found[index].field, found[index].language), index)
    return {index: found[index] for index in sorted(by_text.values())}
