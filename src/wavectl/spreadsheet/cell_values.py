"""What the other cells mean: words of three languages for what a wave file calls otherwise, names for ids."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from wavectl.diagnostics import Message, quoted, say
from wavectl.i18n.catalogues import LANGUAGES, translator
from wavectl.i18n.place_names import country_name
from wavectl.model import Status, texts
from wavectl.model.iso_codes import COUNTRIES
from wavectl.model.types import URL
from wavectl.plan.errors.values import CURES, said_for
from wavectl.plan.loader import Plan
from wavectl.render.context import STATUSES, Look
from wavectl.spreadsheet.cell_text import KINDS, ONLINE, WORLDWIDE, YES, actor_names
from wavectl.spreadsheet.table import Fault
from wavectl.text.suggest import near_called, nearest, plain

Where = Mapping[str, object]
"""The country of a place, and whether it is everywhere or online, under the keys of a wave file."""


def _spoken(words: Mapping[str, str]) -> dict[str, str]:
    """Return what each word stands for, by the word in three languages and in plain letters."""
    found = {plain(value): value for value in words}
    for language in LANGUAGES:
        found |= {plain(translator(language)(word)): value for value, word in words.items()}
    return found


@lru_cache(maxsize=1)
def _statuses() -> dict[str, str]:
    words: dict[str, str] = {plain(status.value): status.value for status in Status}
    return words | {plain(Look((language,)).status(one)): one.value for language in LANGUAGES for one in Status}


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    return _spoken({kind.value: word for kind, word in KINDS.items()})


def status(text: str) -> str | Fault:
    """Return the status that a cell names."""
    return _word(text, _statuses(), {one.value: STATUSES[one.value] for one in Status})


def kind(text: str) -> str | Fault:
    """Return the kind that a cell names."""
    return _word(text, _kinds(), {kind.value: word for kind, word in KINDS.items()})


def _word(text: str, spoken: Mapping[str, str], known: Mapping[str, str]) -> str | Fault:
    """Return what a word stands for; the cure tells the words that the reader's own sheets have."""
    found = spoken.get(plain(text)) or said_for(text, known)
    if found:
        return found
    close = nearest(text, spoken)
    cure = (
        say("choose from {names}", names=[say(word) for word in known.values()])
        if close is None
        else say("did you mean {name}?", name=say(known[spoken[close]]))
    )
    return Fault(say("{value} is none of the words for this column", value=quoted(text)), cure)


def _by(spoken: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the words for each value."""
    found: dict[str, list[str]] = {}
    for word, value in spoken.items():
        found.setdefault(value, []).append(word)
    return found


@lru_cache(maxsize=1)
def _places() -> tuple[dict[str, str], dict[str, str]]:
    """Return the codes of countries by their names in plain letters, and the keys of what else stands with them."""
    countries = {plain(country_name(code, one)): code for one in LANGUAGES for code in sorted(COUNTRIES)}
    return countries | {code.lower(): code for code in COUNTRIES}, _spoken({"online": ONLINE, "scope": WORLDWIDE})


def where(text: str) -> Where | Fault:
    """Return what a cell says of the country: its code, everywhere, online, or several of these between commas."""
    countries, others = _places()
    found: dict[str, object] = {}
    for part in [text] if plain(text) in countries else re.split("[,;]", text):
        word = plain(part)
        if word in others:
            found[others[word]] = True if others[word] == "online" else "worldwide"
        elif word in countries and "country" not in found:
            found["country"] = countries[word]
        elif word:
            message, code = CURES["country"](part)
            if code is None or "country" in found:
                hint = message or say("choose a country from the list of the column")
                return Fault(say("{value} is no country", value=quoted(part.strip())), hint)
            found["country"] = code
    return found


def web_address(text: str) -> str | Fault:
    """Return the address of a page."""
    if re.fullmatch(URL, text):
        return text
    return Fault(say("{value} is no web address", value=quoted(text)), say("copy the whole address, from https:// on"))


def yes(text: str) -> bool | Fault:
    """Tell whether a cell says yes."""
    word = plain(text)
    if word in {plain(translator(language)(YES)) for language in LANGUAGES} | {"true", "x", "vrai", "verdadero", "1"}:
        return True
    if word in {"no", "non", "false", "faux", "falso", "0"}:
        return False
    return Fault(say("{value} is neither yes nor no", value=quoted(text)), say("write yes, or leave the cell empty"))


class Names:
    """The ids of actors and priorities by all that they are called, in whatever language."""

    def __init__(self, plan: Plan) -> None:
        self._actors = {wave: _called(known) for wave, known in actor_names(plan).items()}
        self._shared = _called(
            (id_, [one for one in (actor.short, actor.name, *actor.aliases) if one])
            for id_, actor in plan.programme.actors.items()
        )
        self._priorities = _called((id_, [text]) for id_, text in plan.programme.priorities.items())

    def actors(self, text: str, wave: str) -> list[str] | Fault:
        """Return the ids of the actors that a cell names, with semicolons between them."""
        return _listed(text, self._actors.get(wave, self._shared), _no_actor)

    def priorities(self, text: str) -> list[str] | Fault:
        """Return the ids of the priorities that a cell names."""
        return _listed(text, self._priorities, _no_priority)


def _no_actor(name: str) -> Message:
    return say("there is no actor {name}", name=quoted(name))


def _no_priority(name: str) -> Message:
    return say("there is no strategic priority {name}", name=quoted(name))


def _called(named: Iterable[tuple[str, Iterable[str | Mapping[str, str]]]]) -> dict[str, str]:
    """Return ids by their names in plain letters: an id comes before a name, and a name of two is nobody's."""
    ids: dict[str, str] = {}
    found: dict[str, set[str]] = {}
    for id_, names in named:
        ids[plain(id_)] = id_
        for name in names:
            for text in texts(name):
                found.setdefault(plain(text), set()).add(id_)
    return {name: next(iter(owners)) for name, owners in found.items() if len(owners) == 1} | ids


def _listed(text: str, known: Mapping[str, str], unknown: Callable[[str], Message]) -> list[str] | Fault:
    """Return the ids of names with semicolons or line ends between them; commas too, where no name holds them."""
    found: list[str] = []
    for part in filter(str.strip, re.split(r"[;\n]", text)):
        parts = [part] if plain(part) in known else part.split(",")
        for name in filter(str.strip, parts):
            id_ = known.get(plain(name))
            if id_ is None:
                return Fault(unknown(name.strip()), near_called(name, _by(known)))
            if id_ not in found:
                found.append(id_)
    return found
