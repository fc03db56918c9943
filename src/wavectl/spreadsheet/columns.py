"""The columns of a sheet: what they are called in three languages, and which column a heading of somebody else's is.

A heading is known whatever its accents and capitals are; behind the name of a text stands its language: ``Titre (en)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from wavectl.diagnostics import phrase
from wavectl.i18n.catalogues import LANGUAGES, translator
from wavectl.model.types import LANGUAGE
from wavectl.text.suggest import plain


class Field(NamedTuple):
    """What a column is about. ``key`` is the key of a moment, ``width`` how wide a column is, in characters.

    A text with ``languages`` has a column for each language. What is ``told`` is there for information, and not taken
    back. ``words`` are other headings that people write, in plain letters.
    """

    name: str
    label: str
    width: int = 16
    languages: bool = False
    told: bool = False
    words: str = ""


FIELDS: Mapping[str, Field] = {
    field.name: field
    for field in (
        Field("wave", phrase("Wave"), 16, words="ola vague campaign campagne campana"),
        Field("id", phrase("Id"), 20, words="identifier identifiant identificador"),
        Field(
            "title",
            phrase("Title"),
            44,
            languages=True,
            words="titel moment moments event events evenement evenements evento eventos intitule activity activite "
            "actividad what quoi que",
        ),
        Field("when", phrase("Date"), 28, words="dates fechas when quand cuando day jour dia"),
        Field("edtf", phrase("Date in EDTF (for information)"), 24, told=True, words="edtf"),
        Field("repeat", phrase("Repeats (for information)"), 18, told=True),
        Field(
            "place",
            phrase("Place"),
            20,
            languages=True,
            words="location venue town city where ville endroit ou ciudad sitio localidad donde",
        ),
        Field("country", phrase("Country"), 20),
        Field("status", phrase("Status"), 14, words="etat"),
        Field("kind", phrase("Kind"), 14, words="type genre tipo clase"),
        Field("actors", phrase("Actors"), 32, words="actor acteur participants participantes partners partenaires"),
        Field("priorities", phrase("Priorities"), 28, words="priority priorite prioridad"),
        Field("url", phrase("Web address"), 32, words="url link lien enlace web website site sitio-web"),
        Field("owner", phrase("Owner (internal)"), 18, languages=True, words="owner responsable encargado"),
        Field("confirm_by", phrase("Confirm by (internal)"), 20, words="confirm-by"),
        Field("note", phrase("Note (internal)"), 40, languages=True, words="note notes nota notas remarque remarques"),
        Field("outcome", phrase("Outcome"), 40, languages=True, words="results resultats resultados"),
        Field("short", phrase("Short title"), 20, languages=True),
        Field("source", phrase("Source (internal)"), 40, words="source sources fuente fuentes"),
        Field("draft", phrase("Draft (internal)"), 12, words="draft brouillon borrador"),
    )
}
"""The columns by name, in the order in which they stand."""

INTERNAL = frozenset(("owner", "note"))
"""Texts for colleagues: most are written in one language, whichever it is."""


class Column(NamedTuple):
    """A column of a sheet: what it is about and, of a text that is there in several languages, in which of them."""

    field: str
    language: str = ""
    assumed: bool = False
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
    def told(self) -> bool:
        """Whether it is there for information, and not taken back."""
        return FIELDS[self.field].told


_LANGUAGE = re.compile(rf"\s*\(({LANGUAGE.pattern})\)\s*$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _labels() -> Mapping[str, tuple[str, frozenset[str]]]:
    """Return the fields by their names in plain letters, each with the languages in which it is called so."""
    found: dict[str, tuple[str, set[str]]] = {}
    for name, field in FIELDS.items():
        for language in LANGUAGES:
            found.setdefault(plain(translator(language)(field.label)), (name, set()))[1].add(language)
    for name, field in FIELDS.items():
        for word in (*field.words.split(), plain(name)):
            found.setdefault(word, (name, set(LANGUAGES)))
    return {label: (name, frozenset(languages)) for label, (name, languages) in found.items()}


def known(heading: str, default: str, mapped: Mapping[str, str]) -> Column | None:
    """Return the column of a heading; None for one that is nothing to wavectl.

    ``mapped`` gives the field, or ``field:language``, of other headings in plain letters. A title without a language
    is in that of its heading; where several languages call it so, in ``default``. "" for that leaves it without one.
    """
    asked = mapped.get(plain(heading))
    if asked is not None:
        field, _, language = asked.partition(":")
        return Column(field, language) if language else _assumed(field, default)
    marked = _LANGUAGE.search(heading)
    label = plain(heading[: marked.start()] if marked else heading)
    name, languages = _labels().get(label) or _labels().get(plain(heading), ("", frozenset()))
    if not name:
        return None
    if marked and FIELDS[name].languages:
        base, *rest = marked[1].split("-")
        return Column(name, "-".join((base.lower(), *(one.upper() if len(one) == 2 else one for one in rest))))
    return _assumed(name, next(iter(languages)) if default and len(languages) == 1 else default)


def _assumed(field: str, language: str) -> Column:
    """Return the column of a heading that names no language; texts for colleagues need none."""
    if not language or not FIELDS[field].languages or field in INTERNAL:
        return Column(field)
    return Column(field, language, assumed=True)


def columns(headings: Sequence[str], default: str, mapped: Mapping[str, str]) -> dict[int, Column]:
    """Return the columns that are known by their headings, by their place from 0; of two alike the first counts."""
    found: dict[int, Column] = {}
    for place, heading in enumerate(headings):
        column = known(heading, default, mapped) if heading.strip() else None
        if column is not None and column[:2] not in (one[:2] for one in found.values()):
            found[place] = column
    return found


def in_order(fields: Iterable[tuple[str, Sequence[str]]], reader: str) -> tuple[Column, ...]:
    """Return the columns of a sheet: the reader's language first, the texts in other languages behind all else."""
    own: list[Column] = []
    others: list[Column] = []
    for name, languages in fields:
        first = reader if reader in languages else next(iter(languages), "")
        own.append(Column(name, first))
        others += [Column(name, one) for one in languages if one != first]
    return (*own, *others)
