"""The columns of a sheet: what they are called in three languages, and which column a heading of somebody else's is.

A heading is known whatever its accents and capitals are; behind the name of a text stands its language: ``Titre (en)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from wavectl.diagnostics import phrase
from wavectl.i18n.catalogues import UI_LANGUAGES, translator
from wavectl.model.types import LANGUAGE_PATTERN
from wavectl.text.suggest import normalize_name


class SheetField(NamedTuple):
    """What a column is about. ``key`` is the key of a moment, ``width`` how wide a column is, in characters.

    A text with ``languages`` has a column for each language. What is ``told`` is there for information, and not taken
    back. ``words`` are other headings that people write, in plain letters.
    """

    name: str
    label: str
    width: int = 16
    translatable: bool = False
    read_only: bool = False
    synonyms: str = ""


FIELDS: Mapping[str, SheetField] = {
    field.name: field
    for field in (
        SheetField("wave", phrase("Wave"), 16, synonyms="ola vague campaign campagne campana"),
        SheetField("id", phrase("Id"), 20, synonyms="identifier identifiant identificador"),
        SheetField(
            "title",
            phrase("Title"),
            44,
            translatable=True,
            synonyms="titel moment moments event events evenement evenements evento eventos intitule activity activite "
            "actividad what quoi que",
        ),
        SheetField("when", phrase("Date"), 28, synonyms="dates fechas when quand cuando day jour dia"),
        SheetField("edtf", phrase("Date in EDTF (for information)"), 24, read_only=True, synonyms="edtf"),
        SheetField("repeat", phrase("Repeats (for information)"), 18, read_only=True),
        SheetField(
            "place",
            phrase("Place"),
            20,
            translatable=True,
            synonyms="location venue town city where ville endroit ou ciudad sitio localidad donde",
        ),
        SheetField("country", phrase("Country"), 20),
        SheetField("status", phrase("Status"), 14, synonyms="etat"),
        SheetField("kind", phrase("Kind"), 14, synonyms="type genre tipo clase"),
        SheetField(
            "actors", phrase("Actors"), 32, synonyms="actor acteur participants participantes partners partenaires"
        ),
        SheetField("priorities", phrase("Priorities"), 28, synonyms="priority priorite prioridad"),
        SheetField("url", phrase("Web address"), 32, synonyms="url link lien enlace web website site sitio-web"),
        SheetField("owner", phrase("Owner (internal)"), 18, translatable=True, synonyms="owner responsable encargado"),
        SheetField("confirm_by", phrase("Confirm by (internal)"), 20, synonyms="confirm-by"),
        SheetField(
            "note",
            phrase("Note (internal)"),
            40,
            translatable=True,
            synonyms="note notes nota notas remarque remarques",
        ),
        SheetField("outcome", phrase("Outcome"), 40, translatable=True, synonyms="results resultats resultados"),
        SheetField("short", phrase("Short title"), 20, translatable=True),
        SheetField("source", phrase("Source (internal)"), 40, synonyms="source sources fuente fuentes"),
        SheetField("draft", phrase("Draft (internal)"), 12, synonyms="draft brouillon borrador"),
    )
}
"""The columns by name, in the order in which they stand."""

INTERNAL_TEXTS = frozenset(("owner", "note"))
"""Texts for colleagues: most are written in one language, whichever it is."""


class SheetColumn(NamedTuple):
    """A column of a sheet: what it is about and, of a text that is there in several languages, in which of them."""

    field: str
    language: str = ""
    language_assumed: bool = False
    """Whether the language is not in its heading."""

    def heading(self, language: str) -> str:
        """Return what stands over it in the reader's language."""
        label = translator(language)(FIELDS[self.field].label)
        return f"{label} ({self.language})" if self.language else label

    @property
    def width(self) -> int:
        """How wide it is, in characters."""
        return FIELDS[self.field].width

    @property
    def read_only(self) -> bool:
        """Whether it is there for information, and not taken back."""
        return FIELDS[self.field].read_only


_LANGUAGE_SUFFIX = re.compile(rf"\s*\(({LANGUAGE_PATTERN.pattern})\)\s*$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _fields_by_label() -> Mapping[str, tuple[str, frozenset[str]]]:
    """Return the fields by their names in plain letters, each with the languages in which it is called so."""
    found: dict[str, tuple[str, set[str]]] = {}
    for name, field in FIELDS.items():
        for language in UI_LANGUAGES:
            found.setdefault(normalize_name(translator(language)(field.label)), (name, set()))[1].add(language)
    for name, field in FIELDS.items():
        for word in (*field.synonyms.split(), normalize_name(name)):
            found.setdefault(word, (name, set(UI_LANGUAGES)))
    return {label: (name, frozenset(languages)) for label, (name, languages) in found.items()}


def column_for_heading(heading: str, default_language: str, heading_map: Mapping[str, str]) -> SheetColumn | None:
    """Return the column of a heading; None for one that is nothing to wavectl.

    ``mapped`` gives the field, or ``field:language``, of other headings in plain letters. A title without a language
    is in that of its heading; where several languages call it so, in ``default``. "" for that leaves it without one.
    """
    asked = heading_map.get(normalize_name(heading))
    if asked is not None:
        field, _, language = asked.partition(":")
        return SheetColumn(field, language) if language else _with_assumed_language(field, default_language)
    marked = _LANGUAGE_SUFFIX.search(heading)
    label = normalize_name(heading[: marked.start()] if marked else heading)
    name, languages = _fields_by_label().get(label) or _fields_by_label().get(
        normalize_name(heading), ("", frozenset())
    )
    if not name:
        return None
    if marked and FIELDS[name].translatable:
        base, *rest = marked[1].split("-")
        return SheetColumn(name, "-".join((base.lower(), *(one.upper() if len(one) == 2 else one for one in rest))))
    return _with_assumed_language(
        name, next(iter(languages)) if default_language and len(languages) == 1 else default_language
    )


def _with_assumed_language(field: str, language: str) -> SheetColumn:
    """Return the column of a heading that names no language; texts for colleagues need none."""
    if not language or not FIELDS[field].translatable or field in INTERNAL_TEXTS:
        return SheetColumn(field)
    return SheetColumn(field, language, language_assumed=True)


def match_columns(
    headings: Sequence[str], default_language: str, heading_map: Mapping[str, str]
) -> dict[int, SheetColumn]:
    """Return the columns that are known by their headings, by their place from 0; of two alike the first counts."""
    found: dict[int, SheetColumn] = {}
    for place, heading in enumerate(headings):
        column = column_for_heading(heading, default_language, heading_map) if heading.strip() else None
        if column is not None and column[:2] not in (one[:2] for one in found.values()):
            found[place] = column
    return found


def ordered_columns(fields: Iterable[tuple[str, Sequence[str]]], reader_language: str) -> tuple[SheetColumn, ...]:
    """Return the columns of a sheet: the reader's language first, the texts in other languages behind all else."""
    own: list[SheetColumn] = []
    others: list[SheetColumn] = []
    for name, languages in fields:
        first = reader_language if reader_language in languages else next(iter(languages), "")
        own.append(SheetColumn(name, first))
        others += [SheetColumn(name, one) for one in languages if one != first]
    return (*own, *others)
