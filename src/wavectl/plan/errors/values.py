"""Suggest the right value for a wrong one: status words, countries, languages, ids, hashtags, addresses, zones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from wavectl.diagnostics import Message, msg
from wavectl.model.iso_codes import COLOURS, COUNTRIES
from wavectl.model.types import HASHTAG_PATTERN, ID_PATTERN, LANGUAGE_PATTERN, PLACEHOLDER_LANGUAGES, URL_PATTERN
from wavectl.text.suggest import nearest, normalize_name, suggest

_SYNONYMS = {
    # the word of a plan: what people write instead in English, French and Spanish
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

_MIN_LANGUAGE_SIMILARITY = 0.8
"""How similar a value is at least to the name of a language; else it may be the rest of a text with a comma."""

ValueSuggestion = tuple[Message | None, str | None]
"""A hint, None for the general one; and the value to write, if that is certain."""


def suggest_choice(value: str, choices: Iterable[str]) -> ValueSuggestion:
    """Suggest one of some words."""
    known = list(choices)
    synonym = find_by_synonym(value, known)
    if synonym is not None:
        return msg("write {value}", value=synonym), synonym
    close = nearest(value, known)
    return (msg("write {value}", value=close), close) if close else (msg("write one of these words"), None)


def find_by_synonym(value: str, choices: Iterable[str]) -> str | None:
    """Return the one choice that a value is a synonym of in English, French or Spanish; None if it is not clear."""
    matches = [
        word for word in choices if normalize_name(value) in {normalize_name(word), *_SYNONYMS.get(word, "").split()}
    ]
    return matches[0] if len(matches) == 1 else None


def _suggest_country(value: str) -> ValueSuggestion:
    """Suggest the country code for a name in English, French or Spanish, or for another code."""
    code = value.strip().upper()
    if code in COUNTRIES:
        return _suggest_exactly(code)
    names = _country_codes_by_name()
    alias = _country_code_aliases().get(code)
    if alias:
        return _suggest_exactly(alias)
    close = nearest(value, names)
    if close is None:
        return None, None
    sure = normalize_name(close) == normalize_name(value)
    return msg("write {code} for {country}", code=names[close], country=close), names[close] if sure else None


@lru_cache(maxsize=1)
def _country_codes_by_name() -> dict[str, str]:
    """Return the codes of countries by their names in French, English and Spanish."""
    from wavectl.i18n.names import country_name

    names = [(country_name(code, language), code) for language in ("fr", "en", "es") for code in sorted(COUNTRIES)]
    unique = {(normalize_name(name), code): name for name, code in reversed(names)}  # Mexico and México are one name
    return {name: code for (_, code), name in reversed(unique.items())}


def _country_code_aliases() -> dict[str, str]:
    """Return the country codes by three-letter and former codes."""
    from wavectl.i18n.names import country_aliases

    return {alias: code for alias, code in country_aliases().items() if code in COUNTRIES}


def _suggest_language(value: str) -> ValueSuggestion:
    from wavectl.i18n.names import language_codes_by_name

    bare = value.strip()
    if bare != value and LANGUAGE_PATTERN.fullmatch(bare):
        return msg("write it without the space: {id}", id=bare), bare
    if bare.lower() in PLACEHOLDER_LANGUAGES:
        return _suggest_exactly(bare.lower())
    code, colon, text = bare.partition(":")
    if colon and text and LANGUAGE_PATTERN.fullmatch(code):
        return msg("write it so: {text}", text=f"{code}: {text}"), None
    codes = language_codes_by_name()
    close = nearest(value, codes, _MIN_LANGUAGE_SIMILARITY)
    return (msg("did you mean {name}?", name=codes[close]), None) if close else (None, None)


def _suggest_id(value: str) -> ValueSuggestion:
    bare = value.strip()
    if ID_PATTERN.fullmatch(bare):
        return msg("write it without the space: {id}", id=bare), bare
    made = normalize_name(value)
    return (msg("write it so: {id}", id=made), None) if ID_PATTERN.fullmatch(made) else (None, None)


def _suggest_reference(value: str) -> ValueSuggestion:
    if re.search(r"\s", value.strip()):  # a title rather than an id
        return None, None
    parts = [normalize_name(part) for part in value.split("/")]
    made = "/".join(parts)
    if len(parts) > 2 or not all(map(ID_PATTERN.fullmatch, parts)):
        return None, None
    return msg("write it so: {id}", id=made), made if made == value.strip() else None


def _suggest_hashtag(value: str) -> ValueSuggestion:
    bare = value.strip()
    made = f"#{bare.lstrip('#').strip()}"
    if re.fullmatch(HASHTAG_PATTERN, made):
        return msg("write it so: {text}", text=f'"{made}"'), made
    several = bare.split()
    if len(several) > 1 and all(re.fullmatch(HASHTAG_PATTERN, one) for one in several):
        return msg("put each hashtag on a line of its own, after a hyphen and in quotation marks"), None
    joined = "#" + re.sub(r"\W+", "", bare)
    return (
        (msg("write it so: {text}", text=f'"{joined}"'), None)
        if re.fullmatch(HASHTAG_PATTERN, joined)
        else (None, None)
    )


def _suggest_url(value: str) -> ValueSuggestion:
    bare = value.strip(" <>")
    if re.fullmatch(URL_PATTERN, bare):
        return msg("write it so: {text}", text=bare), bare
    if "@" not in bare and re.fullmatch(URL_PATTERN, f"https://{bare}") and "." in bare.partition("/")[0]:
        return msg("write it so: {text}", text=f"https://{bare}"), None
    return None, None


def _suggest_domain(value: str) -> ValueSuggestion:
    bare = re.sub(r"^https?://|/.*$", "", value.strip().lower())
    return (msg("write {value}", value=bare), None) if "." in bare else (None, None)


def _suggest_repeat_rule(value: str) -> ValueSuggestion:
    yearly = normalize_name(value) in _YEARLY
    return _suggest_exactly("yearly") if yearly else (None, None)


_YEARLY = frozenset(
    (
        "annual", "annually", "every-year", "each-year", "once-a-year", "year", "annuel", "annuelle", "annuellement",
        "chaque-annee", "tous-les-ans", "anual", "anualmente", "cada-ano", "todos-los-anos",
    )
)  # fmt: skip


def _suggest_colour(value: str) -> ValueSuggestion:
    close = nearest(value, COLOURS)
    return (msg("did you mean {name}?", name=close), None) if close else (None, None)


def _suggest_timezone(value: str) -> ValueSuggestion:
    from wavectl.dates import timezones

    names = timezones.zone_names()
    made = value.strip().replace(" ", "_")
    same = [name for name in sorted(names) if name.casefold() == made.casefold()]
    towns = [
        name
        for name in sorted(names)
        if "/" in name and normalize_name(name.rpartition("/")[2]) == normalize_name(value)
    ]
    if len(same or towns) == 1:
        return _suggest_exactly((same or towns)[0])
    close = nearest(value, sorted(names))
    return (suggest(value, [close]), None) if close else (None, None)


def _suggest_exactly(value: str) -> ValueSuggestion:
    return msg("write {value}", value=value), value


VALUE_SUGGESTERS: Mapping[str, Callable[[str], ValueSuggestion]] = {
    "colour": _suggest_colour,
    "country": _suggest_country,
    "domain": _suggest_domain,
    "hashtag": _suggest_hashtag,
    "id": _suggest_id,
    "language": _suggest_language,
    "reference": _suggest_reference,
    "rule": _suggest_repeat_rule,
    "url": _suggest_url,
    "zone": _suggest_timezone,
}
"""The suggesting function by kind of value, as the model names it in its errors."""
