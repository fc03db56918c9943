"""What the other cells mean: words of three languages for what a wave file calls otherwise, names for ids."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from wavectl.diagnostics import KeyPath, Message, msg, quoted
from wavectl.i18n.catalogues import UI_LANGUAGES, translator
from wavectl.i18n.names import country_name
from wavectl.model import Status, Text, all_translations
from wavectl.model.iso_codes import COUNTRIES
from wavectl.model.types import URL_PATTERN, name_as_block
from wavectl.plan.errors.values import VALUE_SUGGESTERS, find_by_synonym
from wavectl.plan.loader import Plan
from wavectl.render.context import STATUS_LABELS, RenderContext
from wavectl.spreadsheet.columns import SheetColumn
from wavectl.spreadsheet.rows import KIND_NAMES, MAX_TEXT_LENGTH, ONLINE, WORLDWIDE, YES, actor_names, truncate_text
from wavectl.spreadsheet.table import InvalidCell, SheetCell
from wavectl.text.escaping import replace_control_characters, unescape_formula
from wavectl.text.suggest import nearest, normalize_name, suggest_by_alias
from wavectl.text.terminal import ODD_SPACES

CountryValue = Mapping[str, object]
"""The country of a place, and whether it is everywhere or online, under the keys of a wave file."""


def _values_by_word(words: Mapping[str, str]) -> dict[str, str]:
    """Return what each word stands for, by the word in three languages and in plain letters."""
    found = {normalize_name(value): value for value in words}
    for language in UI_LANGUAGES:
        found |= {normalize_name(translator(language)(word)): value for value, word in words.items()}
    return found


@lru_cache(maxsize=1)
def _statuses_by_word() -> dict[str, str]:
    words: dict[str, str] = {normalize_name(status.value): status.value for status in Status}
    return words | {
        normalize_name(RenderContext((language,)).status(one)): one.value for language in UI_LANGUAGES for one in Status
    }


@lru_cache(maxsize=1)
def _kinds_by_word() -> dict[str, str]:
    return _values_by_word({kind.value: word for kind, word in KIND_NAMES.items()})


def read_status(text: str) -> str | InvalidCell:
    """Return the status that a cell names."""
    return _read_choice(text, _statuses_by_word(), {one.value: STATUS_LABELS[one.value] for one in Status})


def read_kind(text: str) -> str | InvalidCell:
    """Return the kind that a cell names."""
    return _read_choice(text, _kinds_by_word(), {kind.value: word for kind, word in KIND_NAMES.items()})


def _read_choice(text: str, values_by_word: Mapping[str, str], names_by_value: Mapping[str, str]) -> str | InvalidCell:
    """Return what a word stands for; the cure tells the words that the reader's own sheets have."""
    found = values_by_word.get(normalize_name(text)) or find_by_synonym(text, names_by_value)
    if found:
        return found
    close = nearest(text, values_by_word)
    cure = (
        msg("choose from {names}", names=[msg(word) for word in names_by_value.values()])
        if close is None
        else msg("did you mean {name}?", name=msg(names_by_value[values_by_word[close]]))
    )
    return InvalidCell(msg("{value} is none of the words for this column", value=quoted(text)), cure)


def _words_by_value(values_by_word: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the words for each value."""
    found: dict[str, list[str]] = {}
    for word, value in values_by_word.items():
        found.setdefault(value, []).append(word)
    return found


@lru_cache(maxsize=1)
def _country_words() -> tuple[dict[str, str], dict[str, str]]:
    """Return the codes of countries by their names in plain letters, and the keys of what else stands with them."""
    countries = {normalize_name(country_name(code, one)): code for one in UI_LANGUAGES for code in sorted(COUNTRIES)}
    return countries | {code.lower(): code for code in COUNTRIES}, _values_by_word(
        {"online": ONLINE, "scope": WORLDWIDE}
    )


def read_country(text: str) -> CountryValue | InvalidCell:
    """Return what a cell says of the country: its code, everywhere, online, or several of these between commas."""
    countries, others = _country_words()
    found: dict[str, object] = {}
    for part in [text] if normalize_name(text) in countries else re.split("[,;]", text):
        word = normalize_name(part)
        if word in others:
            found[others[word]] = True if others[word] == "online" else "worldwide"
        elif word in countries and "country" not in found:
            found["country"] = countries[word]
        elif word:
            message, code = VALUE_SUGGESTERS["country"](part)
            if code is None or "country" in found:
                hint = message or msg("choose a country from the list of the column")
                return InvalidCell(msg("{value} is no country", value=quoted(part.strip())), hint)
            found["country"] = code
    return found


def read_url(text: str) -> str | InvalidCell:
    """Return the address of a page."""
    if re.fullmatch(URL_PATTERN, text):
        return text
    return InvalidCell(
        msg("{value} is not a web address", value=quoted(text)), msg("copy the whole address, from https:// on")
    )


def read_flag(text: str) -> bool | InvalidCell:
    """Tell whether a cell says yes."""
    word = normalize_name(text)
    if word in {normalize_name(translator(language)(YES)) for language in UI_LANGUAGES} | {
        "true",
        "x",
        "vrai",
        "verdadero",
        "1",
    }:
        return True
    if word in {"no", "non", "false", "faux", "falso", "0"}:
        return False
    return InvalidCell(
        msg("{value} is neither yes nor no", value=quoted(text)), msg("write yes, or leave the cell empty")
    )


class IdLookup:
    """The ids of actors and priorities by all that they are called, in whatever language."""

    def __init__(self, plan: Plan) -> None:
        self._actor_ids_by_wave = {wave: _ids_by_name(known) for wave, known in actor_names(plan).items()}
        self._programme_actor_ids = _ids_by_name(
            (id_, [one for one in (actor.short, actor.name, *actor.aliases) if one])
            for id_, actor in plan.programme.actors.items()
        )
        self._priority_ids_by_name = _ids_by_name((id_, [text]) for id_, text in plan.programme.priorities.items())

    def actor_ids(self, text: str, wave: str) -> list[str] | InvalidCell:
        """Return the ids of the actors that a cell names, with semicolons between them."""
        return _read_ids(text, self._actor_ids_by_wave.get(wave, self._programme_actor_ids), _unknown_actor_message)

    def priority_ids(self, text: str) -> list[str] | InvalidCell:
        """Return the ids of the priorities that a cell names."""
        return _read_ids(text, self._priority_ids_by_name, _unknown_priority_message)


def _unknown_actor_message(name: str) -> Message:
    return msg("there is no actor {name}", name=quoted(name))


def _unknown_priority_message(name: str) -> Message:
    return msg("there is no strategic priority {name}", name=quoted(name))


def _ids_by_name(names_by_id: Iterable[tuple[str, Iterable[str | Mapping[str, str]]]]) -> dict[str, str]:
    """Return ids by their names in plain letters: an id comes before a name, and a name of two is nobody's."""
    ids: dict[str, str] = {}
    found: dict[str, set[str]] = {}
    for id_, names in names_by_id:
        ids[normalize_name(id_)] = id_
        for name in names:
            for text in all_translations(name):
                found.setdefault(normalize_name(text), set()).add(id_)
    return {name: next(iter(owners)) for name, owners in found.items() if len(owners) == 1} | ids


def _read_ids(
    text: str, ids_by_name: Mapping[str, str], unknown_message: Callable[[str], Message]
) -> list[str] | InvalidCell:
    """Return the ids of names with semicolons or line ends between them; commas too, where no name holds them."""
    found: list[str] = []
    for part in filter(str.strip, re.split(r"[;\n]", text)):
        parts = [part] if normalize_name(part) in ids_by_name else part.split(",")
        for name in filter(str.strip, parts):
            id_ = ids_by_name.get(normalize_name(name))
            if id_ is None:
                return InvalidCell(unknown_message(name.strip()), suggest_by_alias(name, _words_by_value(ids_by_name)))
            if id_ not in found:
                found.append(id_)
    return found


def merge_text(text: Text | None, cell_texts: Mapping[str, str]) -> Text | InvalidCell | None:
    """Return what becomes of a text with the cells of its columns, by language; "" is the column that names none.

    A text that is the same in all languages stands in one of the columns, and stays so while one is all there is. None
    is for a text of which nothing is left.
    """
    if isinstance(text, dict):
        new = _merge_translations(text, cell_texts)
    else:
        filled = {
            language: text if text and same_text(value, truncate_text(text)) else clean_text(value)
            for language, value in cell_texts.items()
            if value.strip()
        }
        single = text is not None and len(set(filled.values())) == 1
        new = filled.get("") or (next(iter(filled.values())) if single else filled) or None
    if new != text and any(len(one) > MAX_TEXT_LENGTH for one in _translations(text)):
        return InvalidCell(
            msg("the text is longer than the cell, which holds its beginning"), msg("change it in the wave file")
        )
    return new


def _merge_translations(text: Mapping[str, str], cell_texts: Mapping[str, str]) -> Text | InvalidCell | None:
    """Return a text in several languages with the wordings that differ from what the cells were given."""
    if "" in cell_texts:
        if any(same_text(cell_texts[""], truncate_text(wording)) for wording in text.values()):
            return dict(text)
        return InvalidCell(
            msg("the text is written in several languages, and the heading names none"),
            msg("write the language into the heading, such as Note (fr), and take out the column without one"),
        )
    new = dict(text)
    for language, value in cell_texts.items():
        if not same_text(value, truncate_text(text.get(language, ""))):
            new[language] = clean_text(value)
    return {language: wording for language, wording in new.items() if wording} or None


def matches_any_language(text: Text | None, cell: SheetCell) -> bool:
    """Tell whether a cell says what a text says in one of its languages."""
    return any(same_text(cell.text, truncate_text(wording)) for wording in _translations(text))


def _translations(text: Text | None) -> Sequence[str]:
    return [text] if isinstance(text, str) else list((text or {}).values())


def first_differing_column(text: Text | None, cells: Mapping[SheetColumn, SheetCell]) -> SheetColumn:
    """Return the first column whose cell is not what the plan says in its language."""
    for column, cell in cells.items():
        shown = text if isinstance(text, str) else (text or {}).get(column.language, "")
        if not same_text(cell.text, shown) and not (isinstance(text, str) and cell.empty and len(cells) > 1):
            return column
    return next(iter(cells))


_TYPOGRAPHIC_CHARS = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "‑": "-", "−": "-", "…": "..."}
)
_SPACES = re.compile(rf"[\s{ODD_SPACES}]+")
_INVISIBLE = re.compile("[\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def same_text(first: str, second: str) -> bool:
    """Tell whether two texts differ by nothing that anybody typed."""
    return first == second or normalised_text(first) == normalised_text(second)


def normalised_text(text: str) -> str:
    """Return a text without what a spreadsheet or a word processor changes, and without what keeps it from running."""
    text = unicodedata.normalize("NFC", replace_control_characters(_INVISIBLE.sub("", text))).translate(
        _TYPOGRAPHIC_CHARS
    )
    return unescape_formula(_SPACES.sub(" ", text).strip())


def clean_text(text: str) -> str:
    """Return what was typed into a cell as a text of the plan: ordinary spaces, no blanks at the ends of lines."""
    text = re.sub(
        f"[{ODD_SPACES}]",
        " ",
        _INVISIBLE.sub("", replace_control_characters(text.replace("\r\n", "\n").replace("\r", "\n"))),
    )
    lines = [line.rstrip() for line in text.strip().split("\n")]
    return unescape_formula(unicodedata.normalize("NFC", "\n".join(lines)))


_COUNTRY_KEYS = ("country", "online", "scope")


def place_changes(path: KeyPath, current: Any, row_values: Mapping[str, Any]) -> dict[KeyPath, Any]:
    """Return the wishes for the place of the moment at ``path``.

    ``written`` is how the file has it. ``meant`` may give ``place``, the new name, and ``country``, the new country
    with what else stands with it; None and nothing take these away.
    """
    if "place" not in row_values and "country" not in row_values:
        return {}
    here: KeyPath = (*path, "place")
    is_block = isinstance(current, dict) and name_as_block(current) is current
    if is_block:
        wishes: dict[KeyPath, Any] = {(*here, "name"): row_values["place"]} if "place" in row_values else {}
        if "country" in row_values:
            new = row_values["country"] or {}
            wishes |= {(*here, key): new.get(key) for key in _COUNTRY_KEYS if key in new or key in current}
        return wishes
    name = row_values.get("place", current)
    where = row_values.get("country") or {}
    return {here: {**({"name": name} if name else {}), **where} if where else name}
