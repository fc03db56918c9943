"""Read the values of cells: words in three languages, names of actors and priorities, texts."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache, partial
from typing import Any

from wavectl.diagnostics import LINE_END, msg, phrase, quoted
from wavectl.editing.references import new_id
from wavectl.i18n import UI_LANGUAGES, translator
from wavectl.i18n.country_names import WrittenPlace, find_countries, place_word, read_place
from wavectl.i18n.names import country_name
from wavectl.model import Status, Text, all_translations
from wavectl.model.types import COUNTRIES, URL_PATTERN
from wavectl.plan.errors.values import VALUE_SUGGESTERS, find_by_synonym
from wavectl.plan.loader import Plan
from wavectl.render.context import ACTION_KIND_LABELS, ORGANISER_TYPE_LABELS
from wavectl.spreadsheet.columns import SheetColumn
from wavectl.spreadsheet.reader import InvalidCell, SheetCell
from wavectl.spreadsheet.rows import KIND_NAMES, MAX_TEXT_LENGTH, YES, actor_names, names_of_actor, truncate_text
from wavectl.text.escaping import replace_control_characters, unescape_formula
from wavectl.text.suggest import NameIndex, nearest, normalize_name, suggest_by_alias
from wavectl.text.terminal import ODD_SPACES

CountryValue = Mapping[str, object]
"""The country of a place, and whether it is worldwide or online, by the keys of a wave file."""

DISCLOSURE_LABELS = {"full": phrase("yes"), "anonymous": phrase("only count it"), "no": phrase("no")}
"""The answers to the question whether an action may be published, by the words of the register."""
CHOICES: Mapping[str, Mapping[str, str]] = {
    "status": {status.value: status.value for status in Status},
    "kind": KIND_NAMES,
    "action_kind": ACTION_KIND_LABELS,
    "organiser_type": ORGANISER_TYPE_LABELS,
    "publish": DISCLOSURE_LABELS,
}
"""The English words for the values of some fields."""
_TRUE_WORDS = {"true", "x", "vrai", "verdadero", "1"}
_FALSE_WORDS = {"no", "non", "false", "faux", "falso", "0"}


_NO_VALUE = re.compile(
    r"[?\-–—_./*\s]*|n/?[acd]|none|tb[acdw]|to be (?:announced|confirmed|decided|defined)|unknown|inconnue?|aucune?"
    r"|[àa] (?:confirmer|pr[ée]ciser|d[ée]finir|d[ée]terminer|venir)|non communiqu[ée]e?"
    r"|por (?:confirmar|definir|determinar)|desconocid[oa]|ningun[oa]",
    re.IGNORECASE,
)
"""Cells in which people write that they do not know."""


def means_nothing(text: str) -> bool:
    """Tell whether a cell says that nothing is known yet, such as "?" or "TBC"."""
    return _NO_VALUE.fullmatch(text.strip()) is not None


@cache
def _values_by_word(field: str) -> dict[str, str]:
    """Return values by their words in three languages, normalised, and by themselves."""
    words = CHOICES[field]
    values = {normalize_name(value): value for value in words}
    for language in UI_LANGUAGES:
        values |= {normalize_name(translator(language)(word)): value for value, word in words.items()}
    return values


def read_choice(field: str, text: str) -> str | InvalidCell:
    """Return the value of a cell with a word of ``CHOICES``; the hint names the words as the reader's sheets do."""
    values, words = _values_by_word(field), CHOICES[field]
    value = values.get(normalize_name(text)) or find_by_synonym(text, words)
    if value:
        return value
    close = nearest(text, values)
    hint = (
        msg("choose from {names}", names=[msg(word) for word in words.values()])
        if close is None
        else msg("did you mean {name}?", name=msg(words[values[close]]))
    )
    return InvalidCell(msg("{value} is not a valid word for this column", value=quoted(text)), hint)


@cache
def _listed_countries() -> dict[str, str]:
    """Return the codes of countries by the normalised names that the column offers."""
    return {normalize_name(country_name(code, language)): code for language in UI_LANGUAGES for code in COUNTRIES}


def read_country(text: str) -> CountryValue | InvalidCell:
    """Return the country, worldwide or online, or several of these with commas between them."""
    listed = _listed_countries()
    values: dict[str, object] = {}
    is_one = normalize_name(text) in listed or find_countries(text)
    for part in [text] if is_one else re.split("[,;]", text):
        kind = place_word(part)
        if kind == "online":
            values["online"] = True
        elif kind == "worldwide":
            values["scope"] = "worldwide"
        elif kind != "nothing":
            word = normalize_name(part)
            hint, code = (None, listed[word]) if word in listed else VALUE_SUGGESTERS["country"](part)
            if code is None or "country" in values:
                hint = hint or msg("choose a country from the list of the column")
                return InvalidCell(msg("{value} is not a country", value=quoted(part.strip())), hint)
            values["country"] = code
    return values


def read_url(text: str) -> str | InvalidCell:
    """Return the web address in a cell."""
    if re.fullmatch(URL_PATTERN, text):
        return text
    return InvalidCell(
        msg("{value} is not a web address", value=quoted(text)), msg("copy the whole address, starting with https://")
    )


def read_flag(text: str) -> bool | InvalidCell:
    """Tell whether a cell says yes."""
    word = normalize_name(text)
    if word in _TRUE_WORDS or word in {normalize_name(translator(language)(YES)) for language in UI_LANGUAGES}:
        return True
    if word in _FALSE_WORDS:
        return False
    return InvalidCell(
        msg("{value} is neither yes nor no", value=quoted(text)), msg("write yes, or leave the cell empty")
    )


@lru_cache(maxsize=1024)
def country_code(text: str) -> str:
    """Return the code of the country in a cell; "" if it names none."""
    found = read_country(text)
    return "" if isinstance(found, InvalidCell) else str(found.get("country", ""))


def read_online(cell: SheetCell) -> bool | InvalidCell | None:
    """Return whether a cell says that a moment is online; None if it says nothing."""
    if cell.empty or means_nothing(cell.text):
        return None
    return True if place_word(cell.text) == "online" else read_flag(cell.text)


@lru_cache(maxsize=4096)
def split_place(text: str, country: str) -> WrittenPlace:
    """Return the parts of a place in a row with this country, "" if it has none.

    A place that ends with another country is a name as a whole: Georgia may be a state.
    """
    place = read_place(text)
    if place.countries and (country not in place.countries if country else len(place.countries) > 1):
        return WrittenPlace(text)
    return place


CELL_READERS: Mapping[str, Callable[[str], Any]] = {
    "status": partial(read_choice, "status"),
    "kind": partial(read_choice, "kind"),
    "country": read_country,
    "url": read_url,
    "draft": read_flag,
}
"""The functions that read the text of a cell, by field; each returns a value or an ``InvalidCell``."""


_SIMILAR_ACTOR = 0.85
"""From which similarity on (0 to 1) an unknown actor may be a misspelt one."""
_MAIL_ADDRESS = re.compile(r"\s*[<(\[]?[^\s<>(),;]+@[^\s<>(),;]+[>)\]]?")
_CALENDAR_PRIORITIES = frozenset(
    ("low", "normal", "high", "basse", "faible", "normale", "haute", "elevee", "baja", "alta")
)
"""The priorities of calendar entries, which are no strategic priorities."""


class IdLookup:
    """The ids of actors and priorities by all of their names in all languages.

    ``new_actors`` has the names of actors that no plan knows, by wave and id; see ``add_actors``.
    """

    def __init__(self, plan: Plan) -> None:
        self.new_actors: dict[tuple[str, str], str] = {}
        self._known_names: dict[str, NameIndex] = {}
        self._ids: dict[str, set[str]] = {}
        self._actors_by_wave = {wave: ids_by_name(known) for wave, known in actor_names(plan).items()}
        self._actors = ids_by_name((id_, names_of_actor(actor)) for id_, actor in plan.programme.actors.items())
        self._priorities = ids_by_name((id_, [text]) for id_, text in plan.programme.priorities.items())

    def actor_ids(self, text: str, wave: str) -> list[str] | InvalidCell:
        """Return the ids of the actors in a cell, which are separated by semicolons."""
        return _read_ids(text, self._actors_by_wave.get(wave, self._actors), phrase("there is no actor {name}"))

    def add_actors(self, text: str, wave: str) -> None:
        """Give the unknown actors in a cell an id in a wave, save those whose name is similar to a known one.

        Mail addresses are left out.
        """
        if wave not in self._known_names:
            known = self._actors_by_wave.setdefault(wave, dict(self._actors))
            self._known_names[wave], self._ids[wave] = NameIndex(known), set(known.values())
        ids_by_name, ids = self._actors_by_wave[wave], self._ids[wave]
        for part in re.split(r"[;\n]", text):
            for name in [part] if normalize_name(part) in ids_by_name else part.split(","):
                word = normalize_name(name)
                if word and word not in ids_by_name and not self._known_names[wave].nearest(name, _SIMILAR_ACTOR):
                    ids_by_name[word] = new_id(name, ids, "actor")
                    ids.add(ids_by_name[word])
                    self.new_actors[wave, ids_by_name[word]] = name.strip()

    def priority_ids(self, text: str) -> list[str] | InvalidCell:
        """Return the ids of the priorities in a cell; none for the priority of a calendar entry, such as "Normal"."""
        if normalize_name(text) in _CALENDAR_PRIORITIES and normalize_name(text) not in self._priorities:
            return []
        return _read_ids(text, self._priorities, phrase("there is no strategic priority {name}"))


def without_mail_addresses(text: str) -> str:
    """Return the names in a cell without the mail addresses of people."""
    return _MAIL_ADDRESS.sub("", text)


def ids_by_name(names_by_id: Iterable[tuple[str, Iterable[str | Mapping[str, str]]]]) -> dict[str, str]:
    """Return ids by normalised name. An id takes precedence over a name, and names of several ids are left out."""
    ids: dict[str, str] = {}
    ids_of_name: dict[str, set[str]] = {}
    for id_, names in names_by_id:
        ids[normalize_name(id_)] = id_
        for name in names:
            for text in all_translations(name):
                ids_of_name.setdefault(normalize_name(text), set()).add(id_)
    return {name: next(iter(owners)) for name, owners in ids_of_name.items() if len(owners) == 1} | ids


def _read_ids(text: str, ids_by_name: Mapping[str, str], unknown: str) -> list[str] | InvalidCell:
    """Return the ids of names that are separated by semicolons, line ends or, if no name contains them, commas."""
    ids: list[str] = []
    for part in re.split(r"[;\n]", text):
        parts = [part] if normalize_name(part) in ids_by_name else part.split(",")
        for name in filter(str.strip, parts):
            id_ = ids_by_name.get(normalize_name(name))
            if id_ is None:
                names_by_id: dict[str, list[str]] = {}
                for known, owner in ids_by_name.items():
                    names_by_id.setdefault(owner, []).append(known)
                return InvalidCell(msg(unknown, name=quoted(name.strip())), suggest_by_alias(name, names_by_id))
            ids.append(id_)
    return list(dict.fromkeys(ids))


def merge_text(text: Text | None, cell_texts: Mapping[str, str], *, is_name: bool = False) -> Text | InvalidCell | None:
    """Return a text with the changes in its cells, by language; "" is a column without a language.

    A text that ``is_name``, such as the name of a town, needs no language where only one is written.

    A text without languages is in one of the columns. It stays without languages while no other column is filled.
    Return None if the text is empty.
    """
    if isinstance(text, dict):
        new = _merge_translations(text, cell_texts)
    else:
        filled = {
            language: text if text and same_text(value, truncate_text(text)) else clean_text(value)
            for language, value in cell_texts.items()
            if value.strip()
        }
        single = (is_name or text is not None) and len(set(filled.values())) == 1
        new = filled.get("") or (next(iter(filled.values())) if single else filled) or None
    if new != text and any(len(wording) > MAX_TEXT_LENGTH for wording in all_translations(text)):
        return InvalidCell(
            msg("the text is too long for a cell, which holds only its beginning"), msg("change it in the wave file")
        )
    return new


def _merge_translations(text: Mapping[str, str], cell_texts: Mapping[str, str]) -> Text | InvalidCell | None:
    if "" in cell_texts:
        if any(same_text(cell_texts[""], truncate_text(wording)) for wording in text.values()):
            return dict(text)
        return InvalidCell(
            msg("the text is in several languages, but the heading names none"),
            msg("write the language in the heading, such as Note (fr), and remove the column without one"),
        )
    new = dict(text)
    for language, value in cell_texts.items():
        if not same_text(value, truncate_text(text.get(language, ""))):
            new[language] = clean_text(value)
    return {language: wording for language, wording in new.items() if wording} or None


def matches_any_language(text: Text | None, cell: SheetCell) -> bool:
    """Tell whether a cell is the same as a text in one of its languages."""
    return any(same_text(cell.text, truncate_text(wording)) for wording in all_translations(text))


def first_differing_column(text: Text | None, cells: Mapping[SheetColumn, SheetCell]) -> SheetColumn:
    """Return the first column whose cell differs from the text in the plan."""
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
    """Tell whether two texts are the same apart from automatic changes by programs."""
    return first == second or normalised_text(first) == normalised_text(second)


def normalised_text(text: str) -> str:
    """Return a text without what spreadsheets and word processors change, and without formula escapes."""
    visible = unicodedata.normalize("NFC", replace_control_characters(_INVISIBLE.sub("", text)))
    return unescape_formula(_SPACES.sub(" ", visible.translate(_TYPOGRAPHIC_CHARS)).strip())


def clean_text(text: str) -> str:
    """Return the text of a cell for the plan: with ordinary spaces and without spaces at the ends of lines."""
    visible = _INVISIBLE.sub("", replace_control_characters(LINE_END.sub("\n", text)))
    lines = [line.rstrip() for line in re.sub(f"[{ODD_SPACES}]", " ", visible).strip().split("\n")]
    return unescape_formula(unicodedata.normalize("NFC", "\n".join(lines)))


_LOST_LETTERS = re.compile(
    "\ufffd|[\u00c2\u00c3\u00c4\u00c5][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
    "|\u00e2(?:\u20ac|\u0080|\u201e|\u0153|\u2020)|\u221a[\u00a0-\u00bf\u2122\u00ae\u2020]|\u00f0\u0178"
)
"""Letters that were lost or garbled when a file was saved with one encoding and read with another: FÃªte, lâ€™eau."""


def has_lost_letters(text: str) -> bool:
    """Tell whether letters of a text were lost when it was saved in another encoding."""
    return _LOST_LETTERS.search(text) is not None
