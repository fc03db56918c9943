"""A value that cannot stand where it does, and the one that is meant: status words, countries, ids, hashtags."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from wavectl.diagnostics import Message, say
from wavectl.model.iso_codes import COLOURS, COUNTRIES
from wavectl.model.types import HASHTAG, ID, LANGUAGE, TO_TRANSLATE, URL
from wavectl.text.suggest import near, nearest, plain

_SAID = {
    # the word of a plan: what people write for it in French, English and Spanish
    "announced": "annonce annoncee anunciado anunciada coming-soon bientot planned",
    "active": "actif activo activa en-cours ongoing running open ouvert en-curso",
    "closed": "clos close fermee ferme cloturee terminee termine cerrada cerrado finished done ended finalizada",
    "confirmed": "confirme confirmee confirmado confirmada certain sure ok yes",
    "tentative": "provisoire provisional tentativo a-confirmer por-confirmar tbc to-be-confirmed previsto prevu "
    "unconfirmed not-confirmed non-confirme non-confirmee pas-confirme pas-confirmee no-confirmado no-confirmada "
    "sin-confirmar",
    "postponed": "reporte reportee aplazado aplazada pospuesto pospuesta delayed",
    "cancelled": "annule annulee cancelado cancelada anulado anulada canceled suspendu",
    "event": "evenement rencontre evento meeting reunion conference conferencia conference",
    "observance": "journee journee-internationale dia dia-internacional international-day awareness-day",
    "deadline": "echeance date-limite plazo fecha-limite due",
    "publication": "publicacion report rapport informe",
    "member": "membre miembro city ville ciudad region",
    "section": "seccion",
    "committee": "comite commission comision",
    "working_group": "groupe-de-travail grupo-de-trabajo workinggroup",
    "task_force": "taskforce",
    "association": "asociacion",
    "international": "internacional un onu",
    "civil_society": "societe-civile sociedad-civil ngo ong civilsociety",
    "research": "recherche investigacion university universite universidad",
    "public_body": "organisme-public organismo-publico publicbody",
    "private": "prive privee privado privada company entreprise empresa",
    "partner": "partenaire socio",
    "network": "reseau red internal interne",
    "external": "externe externo externa",
    "worldwide": "mondial mundial monde world global international",
}  # fmt: skip

_LANGUAGE_LIKE = 0.8
"""How alike the name of a language is: what stands there is as often the rest of a text with a comma."""

Cure = tuple[Message | None, str | None]
"""What is said of the cure, None for nothing better than in general; and the value to write, where that is sure."""


def choice(value: str, choices: Iterable[str]) -> Cure:
    """Return the cure of a value that is none of some words."""
    known = list(choices)
    said = said_for(value, known)
    if said is not None:
        return say("write {value}", value=said), said
    close = nearest(value, known)
    return (say("write {value}", value=close), close) if close else (say("write one of these words"), None)


def said_for(value: str, choices: Iterable[str]) -> str | None:
    """Return the one of some words that people write this for; None where it is only like one, or for several."""
    said = [word for word in choices if plain(value) in {plain(word), *_SAID.get(word, "").split()}]
    return said[0] if len(said) == 1 else None


def _country(value: str) -> Cure:
    """Return the cure of what is no country code: a name in one of three languages, or another code."""
    code = value.strip().upper()
    if code in COUNTRIES:
        return _written(code)
    names = _countries()
    alias = _aliases().get(code)
    if alias:
        return _written(alias)
    close = nearest(value, names)
    if close is None:
        return None, None
    sure = plain(close) == plain(value)
    return say("write {code} for {country}", code=names[close], country=close), names[close] if sure else None


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    """Return the codes of countries by their names in French, English and Spanish."""
    from wavectl.i18n.place_names import country_name

    names = [(country_name(code, language), code) for language in ("fr", "en", "es") for code in sorted(COUNTRIES)]
    found = {(plain(name), code): name for name, code in reversed(names)}  # Mexico and México are one name
    return {name: code for (_, code), name in reversed(found.items())}


def _aliases() -> dict[str, str]:
    """Return the codes of countries by other codes: those of three letters, and some that were in use."""
    from wavectl.i18n.place_names import country_aliases

    return {alias: code for alias, code in country_aliases().items() if code in COUNTRIES}


def _language(value: str) -> Cure:
    from wavectl.i18n.place_names import language_codes

    bare = value.strip()
    if bare != value and LANGUAGE.fullmatch(bare):
        return say("write it without the space: {id}", id=bare), bare
    if bare.lower() in TO_TRANSLATE:
        return _written(bare.lower())
    code, colon, text = bare.partition(":")
    if colon and text and LANGUAGE.fullmatch(code):
        return say("write it so: {text}", text=f"{code}: {text}"), None
    codes = language_codes()
    close = nearest(value, codes, _LANGUAGE_LIKE)
    return (say("did you mean {name}?", name=codes[close]), None) if close else (None, None)


def _id(value: str) -> Cure:
    bare = value.strip()
    if ID.fullmatch(bare):
        return say("write it without the space: {id}", id=bare), bare
    made = plain(value)
    return (say("write it so: {id}", id=made), None) if ID.fullmatch(made) else (None, None)


def _reference(value: str) -> Cure:
    if re.search(r"\s", value.strip()):  # a title rather than an id
        return None, None
    parts = [plain(part) for part in value.split("/")]
    made = "/".join(parts)
    if len(parts) > 2 or not all(map(ID.fullmatch, parts)):
        return None, None
    return say("write it so: {id}", id=made), made if made == value.strip() else None


def _hashtag(value: str) -> Cure:
    bare = value.strip()
    made = f"#{bare.lstrip('#').strip()}"
    if re.fullmatch(HASHTAG, made):
        return say("write it so: {text}", text=f'"{made}"'), made
    several = bare.split()
    if len(several) > 1 and all(re.fullmatch(HASHTAG, one) for one in several):
        return say("put each hashtag on a line of its own, after a hyphen and in quotation marks"), None
    joined = "#" + re.sub(r"\W+", "", bare)
    return (say("write it so: {text}", text=f'"{joined}"'), None) if re.fullmatch(HASHTAG, joined) else (None, None)


def _url(value: str) -> Cure:
    bare = value.strip(" <>")
    if re.fullmatch(URL, bare):
        return say("write it so: {text}", text=bare), bare
    if "@" not in bare and re.fullmatch(URL, f"https://{bare}") and "." in bare.partition("/")[0]:
        return say("write it so: {text}", text=f"https://{bare}"), None
    return None, None


def _domain(value: str) -> Cure:
    bare = re.sub(r"^https?://|/.*$", "", value.strip().lower())
    return (say("write {value}", value=bare), None) if "." in bare else (None, None)


def _rule(value: str) -> Cure:
    yearly = plain(value) in _YEARLY
    return _written("yearly") if yearly else (None, None)


_YEARLY = frozenset(
    (
        "annual", "annually", "every-year", "each-year", "once-a-year", "year", "annuel", "annuelle", "annuellement",
        "chaque-annee", "tous-les-ans", "anual", "anualmente", "cada-ano", "todos-los-anos",
    )
)  # fmt: skip


def _colour(value: str) -> Cure:
    close = nearest(value, COLOURS)
    return (say("did you mean {name}?", name=close), None) if close else (None, None)


def _zone(value: str) -> Cure:
    from wavectl.dates import timezones

    names = timezones.names()
    made = value.strip().replace(" ", "_")
    same = [name for name in sorted(names) if name.casefold() == made.casefold()]
    towns = [name for name in sorted(names) if "/" in name and plain(name.rpartition("/")[2]) == plain(value)]
    if len(same or towns) == 1:
        return _written((same or towns)[0])
    close = nearest(value, sorted(names))
    return (near(value, [close]), None) if close else (None, None)


def _written(value: str) -> Cure:
    return say("write {value}", value=value), value


CURES: Mapping[str, Callable[[str], Cure]] = {
    "colour": _colour,
    "country": _country,
    "domain": _domain,
    "hashtag": _hashtag,
    "id": _id,
    "language": _language,
    "reference": _reference,
    "rule": _rule,
    "url": _url,
    "zone": _zone,
}
"""What to say of a value by the kind that the model says it should be of."""
