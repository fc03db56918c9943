"""The columns of a sheet, their headings in three languages, and the columns that other headings mean.

Accents and capitals of a heading do not matter. A translatable text has its language after its name: ``Titre (en)``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from wavectl.diagnostics import phrase
from wavectl.i18n import UI_LANGUAGES, translator
from wavectl.model.types import LANGUAGE_PATTERN
from wavectl.text.suggest import normalize_name


class SheetField(NamedTuple):
    """A field of a moment that has a column. ``name`` is its key, ``width`` the width of the column in characters.

    A ``translatable`` field has a column for each language. Changes in a ``read_only`` column are not imported.
    ``synonyms`` are other headings that people write, as normalised names with spaces between them.
    """

    name: str
    label: str
    width: int
    synonyms: str = ""
    translatable: bool = False
    read_only: bool = False


FIELDS: Mapping[str, SheetField] = {
    field.name: field
    for field in (
        SheetField("wave", phrase("Wave"), 16, "ola vague campaign campagne campana"),
        SheetField("id", phrase("Id"), 20, "identifier identifiant identificador"),
        SheetField(
            "title",
            phrase("Title"),
            44,
            "titel moment moments event events evenement evenements evento eventos intitule activity activite "
            "actividad what quoi que",
            translatable=True,
        ),
        SheetField("when", phrase("Date"), 28, "dates fechas when quand cuando day jour dia"),
        SheetField("edtf", phrase("Date in EDTF (for information)"), 24, "edtf", read_only=True),
        SheetField("repeat", phrase("Repeats (for information)"), 18, read_only=True),
        SheetField(
            "place",
            phrase("Place"),
            20,
            "location venue town city where ville endroit ou ciudad sitio localidad donde",
            translatable=True,
        ),
        SheetField("country", phrase("Country"), 20),
        SheetField("status", phrase("Status"), 14, "etat"),
        SheetField("kind", phrase("Kind"), 14, "type genre tipo clase"),
        SheetField("actors", phrase("Actors"), 32, "actor acteur participants participantes partners partenaires"),
        SheetField("priorities", phrase("Priorities"), 28, "priority priorite prioridad"),
        SheetField("url", phrase("Web address"), 32, "url link lien enlace web website site sitio-web"),
        SheetField("owner", phrase("Owner (internal)"), 18, "owner responsable encargado", translatable=True),
        SheetField("confirm_by", phrase("Confirm by (internal)"), 20, "confirm-by"),
        SheetField(
            "note", phrase("Note (internal)"), 40, "note notes nota notas remarque remarques", translatable=True
        ),
        SheetField("outcome", phrase("Outcome"), 40, "results resultats resultados", translatable=True),
        SheetField("short", phrase("Short title"), 20, translatable=True),
        SheetField("source", phrase("Source (internal)"), 40, "source sources fuente fuentes"),
        SheetField("draft", phrase("Draft (internal)"), 12, "draft brouillon borrador"),
    )
}
"""The fields by name, in the order of their columns."""

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


_LANGUAGE_SUFFIX = re.compile(rf"\s*\(({LANGUAGE_PATTERN.pattern})\)\s*$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _fields_by_label() -> Mapping[str, tuple[str, set[str]]]:
    """Return the fields by normalised label, each with the languages that use the label."""
    fields: dict[str, tuple[str, set[str]]] = {}
    for name, field in FIELDS.items():
        for language in UI_LANGUAGES:
            fields.setdefault(normalize_name(translator(language)(field.label)), (name, set()))[1].add(language)
    for name, field in FIELDS.items():
        for word in (*field.synonyms.split(), normalize_name(name)):
            fields.setdefault(word, (name, set(UI_LANGUAGES)))
    return fields


def column_for_heading(heading: str, default_language: str, heading_map: Mapping[str, str]) -> SheetColumn | None:
    """Return the column of a heading, or None if the heading is not known.

    ``heading_map`` has the field, or ``field:language``, of other headings by normalised name. A translatable text
    without a language in its heading is in the language of the heading or, if several languages use that heading, in
    ``default_language``. If that is "", the column has no language.
    """
    mapped = heading_map.get(normalize_name(heading))
    if mapped is not None:
        field, _, language = mapped.partition(":")
        return SheetColumn(field, language) if language else _with_assumed_language(field, default_language)
    marked = _LANGUAGE_SUFFIX.search(heading)
    label = normalize_name(heading[: marked.start()] if marked else heading)
    known = _fields_by_label().get(label) or _fields_by_label().get(normalize_name(heading))
    if known is None:
        return None
    name, languages = known
    if marked and FIELDS[name].translatable:
        base, *rest = marked[1].split("-")
        return SheetColumn(name, "-".join((base.lower(), *(part.upper() if len(part) == 2 else part for part in rest))))
    has_one_language = default_language and len(languages) == 1
    return _with_assumed_language(name, next(iter(languages)) if has_one_language else default_language)


def _with_assumed_language(field: str, language: str) -> SheetColumn:
    """Return the column of a heading without a language. Internal texts get none."""
    if not language or not FIELDS[field].translatable or field in INTERNAL_TEXTS:
        return SheetColumn(field)
    return SheetColumn(field, language, language_assumed=True)


MAX_ROWS_ABOVE_HEADINGS = 20
"""How many rows above the headings are searched for them."""


def match_columns(
    headings: Sequence[str], default_language: str, heading_map: Mapping[str, str]
) -> dict[int, SheetColumn]:
    """Return the known columns by their index from 0. Of two columns for the same text, the first counts."""
    columns: dict[int, SheetColumn] = {}
    for index, heading in enumerate(headings):
        column = column_for_heading(heading, default_language, heading_map) if heading.strip() else None
        if column is not None and column[:2] not in (known[:2] for known in columns.values()):
            columns[index] = column
    return columns
