"""Explain wrong values: what is wrong with a value, and what to write instead."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pydantic_core import ErrorDetails

from wavectl.diagnostics import KeyPath, Message, msg, phrase, quoted
from wavectl.model import types
from wavectl.model.programme import ActorGroup, ActorKind
from wavectl.plan.errors.dates import Explanation, explain_date
from wavectl.text.suggest import nearest, normalize_name
from wavectl.yamlfile.document import Document
from wavectl.yamlfile.parser import quote_scalar

_MESSAGES: Mapping[str, tuple[str, str]] = {
    "int_type": (phrase("a whole number is expected here"), phrase("write it in digits, without quotation marks")),
    "greater_than_equal": (phrase("the number is too small"), phrase("write 0 or more")),
    "less_than_equal": (phrase("the number is too large"), phrase("write 1000 or less")),
    "too_long": (phrase("there are more than {max_length} entries here"), phrase("keep the most important ones")),
    "too_short": (phrase("there is no value here"), phrase("write at least one, or delete the line")),
}
"""Message and hint by pydantic's error type."""
_FALLBACK_MESSAGE = (phrase("the value cannot be used here"), phrase("compare with the reference of wave files"))

_KINDS = {pattern: kind for kind, (pattern, _, _) in types.PATTERNS.items()}


def explain_value(error: ErrorDetails, path: KeyPath, document: Document, cut_off: list[str]) -> Explanation:
    """Explain pydantic's error about a value; ``cut_off`` are the keys that commas cut off from a list."""
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    value_kind = "domain" if kind == "string_too_long" else _KINDS.get(str(context.get("pattern")), "")
    if value_kind:
        explanation = _explain_pattern(value_kind, value, first_char(document, path))
        return _with_suggestion(explanation, value_kind, value, path, document.data)
    if isinstance(context.get("message"), Message):
        explanation = Explanation(context["message"], context["hint"], kind)
        return _with_suggestion(explanation, context["kind"], value, path, document.data)
    if kind == "list_type":
        return _explain_list(value, path, cut_off)
    if kind in ("enum", "literal_error"):
        return _explain_choice(value, str(context.get("expected", "")))
    if kind in _TYPE_EXPLAINERS:
        return _TYPE_EXPLAINERS[kind](value, path)
    text, hint_text = _MESSAGES.get(kind, _FALLBACK_MESSAGE)
    return Explanation(msg(text, **context) if kind == "too_long" else msg(text), msg(hint_text))


def _explain_pattern(kind: str, value: str, sign: str) -> Explanation:
    """Explain a text that does not match the pattern of its kind; ``sign`` is its first character in the file."""
    if kind == "line" and not value.strip():
        kind = "text"
    _, message, hint = types.PATTERNS[kind]
    if kind == "line" and sign == "|":
        hint = phrase("write > in place of |")
    if kind == "text" and sign in ("|", ">"):
        message, hint = (
            phrase("the text after {sign} is not indented"), phrase("put two spaces in front of each of its lines")
        )  # fmt: skip
    return Explanation(msg(message, value=quoted(value), sign=sign), msg(hint))


def first_char(document: Document, path: KeyPath, *, at_key: bool = False) -> str:
    """Return the first character of the value or key at a path."""
    span = document.locate(path, key=at_key)
    return document.line(span.line)[span.column - 1 : span.column]


def _with_suggestion(explanation: Explanation, kind: str, value: Any, path: KeyPath, data: Any) -> Explanation:
    if not isinstance(value, str):
        return explanation
    if explanation.rule == "invalid-date":
        return explain_date(value, path, data, explanation.message) or explanation
    if kind == "language" and re.fullmatch(r"[a-z]{2,3}:\S.*", value):
        explanation = explanation._replace(message=msg("the space after this colon is missing"))
    hint, replacement = VALUE_SUGGESTERS[kind](value) if kind in VALUE_SUGGESTERS else (None, None)
    if kind == "id" and replacement is None:
        hint = _actor_id_hint(value, path, data) or hint
    return explanation._replace(hint=hint or explanation.hint, replacement=replacement)


def _actor_id_hint(value: str, path: KeyPath, data: Any) -> Message | None:
    """Return the hint for the name of an actor in place of its id; None for other values."""
    if ";" in value:
        return msg("write it like this: {text}", text=", ".join(part.strip() for part in value.split(";")))
    if "actors" not in path or not re.search(r"\s", value.strip()):
        return None
    listed = data.get("actors") if path[0] != "actors" else None
    for actor in listed if isinstance(listed, list) else ():
        name = actor.get("name") if isinstance(actor, dict) else None
        names = name.values() if isinstance(name, dict) else (name,)
        if value in names and isinstance(actor.get("id"), str):
            return msg("write {value}", value=actor["id"])
    if path[0] != "actors":
        return None
    example = f"{{name: {quote_scalar(value)}, kind: member}}"
    return msg("write its id from programme.yaml, or if it is not there: {text}", text=example)


# -- values of the wrong type

_YES = frozenset(("oui", "si", "yes", "y", "true", "vrai", "verdadero", "on", "x", "1"))
_NO = frozenset(("non", "no", "n", "false", "faux", "falso", "off", "0"))

_ITEM_EXAMPLES = {
    # list: an example of an item
    "moments": '{id: gwangju-forum, title: "…", when: 2017-09}',
    "actors": '{name: "…", kind: member}',
    "campaigns": '{name: "…"}',
}
_BLOCK_EXAMPLES = {
    # key: an example of its value
    "organiser": '{name: "…"}',
    "place": '{name: "…"}',
    "except": "{2018-12-10: cancelled}",
    "content": '{advocacy: "…"}',
    "waive": '{calendar-length: "…"}',
    "priorities": '{advocacy: "…"}',
    "regions": '{africa: "…"}',
    "design": "{min_priorities: 3}",
    "publish": "{folder: feeds}",
    "feeds": "{firm: {fuzzy: omit}}",
    "actors": '{barcelona: {name: "…", kind: member}}',
}
_DEFAULT_EXAMPLE = '{name: "…"}'

_ITEM_CHECKS: Mapping[str, Callable[[str], object]] = {
    **dict.fromkeys(("actors", "priorities", "regions", "was", "waves"), types.ID_PATTERN.fullmatch),
    "countries": types.COUNTRIES.__contains__,
    "languages": types.LANGUAGE_PATTERN.fullmatch,
}
"""Whether an item is certainly valid, by the key of its list."""


def _list_key(path: KeyPath) -> str:
    """Return the key of a list; hashtags may be by language below theirs."""
    return "hashtags" if path[:1] == ("hashtags",) else str(path[-1]) if path else ""


def _explain_list(value: Any, path: KeyPath, cut_off: list[str]) -> Explanation:
    key, fix = _list_key(path), None
    if isinstance(value, str) and value.strip():
        if key in ("moments", "campaigns"):
            text = f"[{_fill_example(_ITEM_EXAMPLES[key], value)}]"
        else:
            items, certain = _split_items(value, path, cut_off)
            text = f"[{', '.join(items)}]"
            fix = text if certain and not cut_off else None
        hint = msg("write it like this: {text}", text=text)
    elif isinstance(value, dict) and value and key in _ITEM_EXAMPLES:
        hint = _hyphen_hint(value)
    else:
        hint = msg("put each item on a line of its own, after a hyphen")
    return Explanation(msg("a list is expected here"), hint, fix=fix)


def _split_items(value: str, path: KeyPath, cut_off: list[str]) -> tuple[list[str], bool]:
    """Return the items of a text that should be a list, as YAML, and whether each is certainly valid."""
    key = _list_key(path)
    if key == "months":
        return (re.findall(r"\d+", value) or ["6", "18"]), False
    parts = [part.strip(" \"'") for part in (*re.split(r"[,;\n]", value), *cut_off)]
    items = [part for part in parts if part]
    if key == "hashtags":
        tags = [tag for item in items for tag in (item.split() if item.count("#") > 1 else [item])]
        return [quote_scalar(tag) for tag in tags], all(re.fullmatch(types.HASHTAG_PATTERN, tag) for tag in tags)
    bare = all(
        types.ID_PATTERN.fullmatch(item) or item in types.COUNTRIES or types.LANGUAGE_PATTERN.fullmatch(item)
        for item in items
    )
    certain = key in _ITEM_CHECKS and all(map(_ITEM_CHECKS[key], items))
    if key == "actors" and not certain:
        return [_fill_example(_ITEM_EXAMPLES["actors"], item) for item in items], False
    return (items if bare else [quote_scalar(item) for item in items]), certain


def _hyphen_hint(value: Mapping[str, Any]) -> Message:
    """Return the hint for a list whose hyphens are missing, or that has names instead."""
    first = next(iter(value))
    if all(isinstance(one, dict) for one in value.values()):
        return msg("write {text} in place of {name}, and so on for each", text=f"- id: {first}", name=f"{first}:")
    return msg("put a hyphen and a space in front of {name}, and two spaces more in front of the lines below it",
               name=f"{first}:")  # fmt: skip


def _explain_block(value: Any, path: KeyPath) -> Explanation:
    if isinstance(value, list) and value and all(isinstance(one, dict) and "id" not in one for one in value):
        return Explanation(msg("a list is not allowed here"), msg("take away the hyphens"))
    section = path[-2] if len(path) > 1 else ""
    if path and isinstance(path[-1], int):
        name = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
        text = _ITEM_EXAMPLES.get(name, _DEFAULT_EXAMPLE)
    elif section in ("actors", "regions", "feeds"):  # an entry of a map by id
        text = {"actors": _ITEM_EXAMPLES["actors"], "feeds": "{fuzzy: omit}"}.get(str(section), _DEFAULT_EXAMPLE)
    else:
        text = _BLOCK_EXAMPLES.get(str(path[-1]) if path else "", _DEFAULT_EXAMPLE)
    hint = msg("write it like this: {text}", text=_fill_example(text, value))
    return Explanation(msg("lines with a key and a colon are expected here"), hint)


def _fill_example(example: str, value: Any) -> str:
    """Return an example with the given value filled in."""
    first = value[0] if isinstance(value, list) and value else value
    if isinstance(first, dict) and isinstance(first.get("id"), str):
        others = {key: one for key, one in first.items() if key != "id" and _is_short_text(one)}
        inner = ", ".join(f"{key}: {quote_scalar(one)}" for key, one in others.items())
        return f"{{{first['id']}: {{{inner}}}}}"
    if not isinstance(first, str) or not _is_short_text(first):
        return example
    if "2018-12-10" in example:
        return example.replace("2018-12-10", first) if re.fullmatch(r"\d{4}[\d-]*", first) else example
    if isinstance(value, list) and types.ID_PATTERN.fullmatch(first):
        return re.sub(r"^\{[\w-]+", f"{{{first}", example)
    made = normalize_name(first.partition(",")[0])
    if types.ID_PATTERN.fullmatch(made):
        example = example.replace("gwangju-forum", made).replace("2017-09", "unknown")
    return example.replace('"…"', quote_scalar(first))


def _is_short_text(text: Any) -> bool:
    return isinstance(text, str) and 0 < len(text) <= 60 and "\n" not in text


def _explain_flag(value: Any, _: KeyPath) -> Explanation:
    word = normalize_name(value) if isinstance(value, str) else ""
    flag = "true" if word in _YES else "false" if word in _NO else None
    hint = msg("write true or false, without quotation marks")
    if flag is not None:
        hint = msg("write {value}, without quotation marks", value=flag)
    return Explanation(msg("true or false is expected here"), hint, fix=flag)


def _explain_text(value: Any, path: KeyPath) -> Explanation:
    message, hint = msg("a text is expected here"), msg("write it on one line, in quotation marks")
    if value is None:
        message = msg("the text is missing here")
        if path[:1] == ("waive",):
            hint = msg("write the reason, in quotation marks")
    elif isinstance(value, list):
        hint = msg('write one text in quotation marks, or one for each language: {{fr: "…", en: "…"}}')
    return Explanation(message, hint)


_TYPE_EXPLAINERS: Mapping[str, Callable[[Any, KeyPath], Explanation]] = {
    "dict_type": _explain_block,
    "model_type": _explain_block,
    "bool_type": _explain_flag,
    "string_type": _explain_text,
}
"""The explaining function by pydantic's error type."""


def _explain_choice(value: Any, expected: str) -> Explanation:
    choices = expected.replace("'", "").replace(" or ", ", ")
    if not isinstance(value, str):
        return Explanation(msg("this is not one of {choices}", choices=choices), msg("write one of these words"))
    message = msg("{value} is not one of {choices}", value=quoted(value), choices=choices)
    if "," not in choices:
        message = msg("only {value} is allowed here", value=choices)
    known = choices.split(", ")
    if word := find_by_synonym(value, known):
        return Explanation(message, msg("write {value}", value=word), replacement=word)
    group = find_by_synonym(value, ActorGroup) if ActorKind.MEMBER in known else None
    if group:
        kinds = ", ".join(kind for kind in ActorKind if kind.group == group)
        return Explanation(message, msg("that is a group of actors: write one of its kinds, {kinds}", kinds=kinds))
    close = nearest(value, known)
    return Explanation(message, msg("did you mean {name}?", name=close) if close else msg("write one of these words"))


# -- suggestions

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
    "observance": "journee journee-internationale dia dia-internacional conmemoracion international-day awareness-day",
    "deadline": "echeance date-limite plazo fecha-limite due",
    "publication": "publicacion report rapport informe",
    "learning": "apprentissage aprendizaje training formation formacion workshop atelier taller seminar seminaire "
    "seminario webinar webinaire webinario peer-learning course cours curso",
    "measure": "mesure medida policy politique politica pilot pilote piloto project projet proyecto",
    "commitment": "engagement compromiso pledge promesse",
    "communication": "comunicacion campaign campagne campana",
    "member": "membre miembro city ville ciudad region local-government collectivite municipality municipalite "
    "municipio",
    "person": "personne persona individual individu individuo particulier particular citizen citoyen ciudadano",
    "section": "seccion",
    "committee": "comite commission comision",
    "working_group": "groupe-de-travail grupo-de-trabajo workinggroup",
    "task_force": "taskforce groupe-d-intervention grupo-de-accion",
    "association": "asociacion",
    "international": "internacional un onu",
    "civil_society": "societe-civile sociedad-civil ngo ong civilsociety",
    "research": "recherche investigacion university universite universidad",
    "public_body": "organisme-public organismo-publico publicbody",
    "private": "prive privee privado privada company entreprise empresa",
    "partner": "partenaire socio",
    "network": "reseau red internal interne interno interna le-reseau la-red",
    "external": "externe externo externa",
    "yearly": "annual annually every-year each-year once-a-year year annuel annuelle annuellement chaque-annee "
    "tous-les-ans anual anualmente cada-ano todos-los-anos",
    "worldwide": "mondial mundial monde world global international",
}  # fmt: skip

_MAX_CODE_LENGTH = 3
"""Shorter names of countries are codes: KOR, UAE."""
_MIN_LANGUAGE_SIMILARITY = 0.8
"""How similar a value is at least to the name of a language; else it may be the rest of a text with a comma."""

ValueSuggestion = tuple[Message | None, str | None]
"""A hint, None for the general one; and the value to write, None if it is not certain."""


def find_by_synonym(value: str, choices: Iterable[str]) -> str | None:
    """Return the one choice that a value is a synonym of in English, French or Spanish; None if it is not clear."""
    matches = [
        one for one in choices if normalize_name(value) in {normalize_name(one), *_SYNONYMS.get(one, "").split()}
    ]
    return matches[0] if len(matches) == 1 else None


def _suggest_country(value: str) -> ValueSuggestion:
    """Suggest the country code for a name in English, French or Spanish, or for another code."""
    from wavectl.i18n.country_names import codes_by_country_name, find_countries, matching_country_name

    codes = find_countries(value)
    if len(codes) == 1 and len(value.strip()) <= _MAX_CODE_LENGTH:
        return _suggest_exactly(codes[0])
    if codes:
        hint = _write_codes({code: matching_country_name(code, value) for code in codes})
        return hint, codes[0] if len(codes) == 1 else None
    names = codes_by_country_name()
    close = nearest(value, names)
    return (_write_codes({names[close]: close}), None) if close else (None, None)


def _write_codes(names_by_code: Mapping[str, str]) -> Message:
    choices = [msg("{code} for {country}", code=code, country=name) for code, name in names_by_code.items()]
    return msg("write {value}", value=choices)


def _suggest_language(value: str) -> ValueSuggestion:
    from wavectl.i18n.names import language_codes_by_name

    bare = value.strip()
    if bare != value and types.LANGUAGE_PATTERN.fullmatch(bare):
        return msg("write it without the space: {id}", id=bare), bare
    if bare.lower() in types.PLACEHOLDER_LANGUAGES:
        return _suggest_exactly(bare.lower())
    code, colon, text = bare.partition(":")
    if colon and text and types.LANGUAGE_PATTERN.fullmatch(code):
        return msg("write it like this: {text}", text=f"{code}: {text}"), None
    codes = language_codes_by_name()
    close = nearest(value, codes, _MIN_LANGUAGE_SIMILARITY)
    return (msg("did you mean {name}?", name=codes[close]), None) if close else (None, None)


def _suggest_id(value: str) -> ValueSuggestion:
    bare = value.strip()
    if types.ID_PATTERN.fullmatch(bare):
        return msg("write it without the space: {id}", id=bare), bare
    made = normalize_name(value)
    return (msg("write it like this: {text}", text=made), None) if types.ID_PATTERN.fullmatch(made) else (None, None)


def _suggest_reference(value: str) -> ValueSuggestion:
    if re.search(r"\s", value.strip()):  # a title rather than an id
        return None, None
    parts = [normalize_name(part) for part in value.split("/")]
    made = "/".join(parts)
    if len(parts) > 2 or not all(map(types.ID_PATTERN.fullmatch, parts)):
        return None, None
    return msg("write it like this: {text}", text=made), made if made == value.strip() else None


def _suggest_hashtag(value: str) -> ValueSuggestion:
    bare = value.strip()
    made = f"#{bare.lstrip('#').strip()}"
    if re.fullmatch(types.HASHTAG_PATTERN, made):
        return msg("write it like this: {text}", text=f'"{made}"'), made
    several = bare.split()
    if len(several) > 1 and all(re.fullmatch(types.HASHTAG_PATTERN, one) for one in several):
        return msg("put each hashtag on a line of its own, after a hyphen and in quotation marks"), None
    joined = "#" + re.sub(r"\W+", "", bare)
    return (
        msg("write it like this: {text}", text=f'"{joined}"') if re.fullmatch(types.HASHTAG_PATTERN, joined) else None
    ), None


def _suggest_url(value: str) -> ValueSuggestion:
    bare = re.sub(f"[{types.INVISIBLE}]", "", value).strip(" <>")
    if re.fullmatch(types.URL_PATTERN, bare):
        return msg("write it like this: {text}", text=bare), bare
    if "@" not in bare and re.fullmatch(types.URL_PATTERN, f"https://{bare}") and "." in bare.partition("/")[0]:
        return msg("write it like this: {text}", text=f"https://{bare}"), None
    return None, None


def _suggest_domain(value: str) -> ValueSuggestion:
    bare = re.sub(r"^https?://|/.*$", "", value.strip().lower())
    return (msg("write {value}", value=bare), None) if "." in bare else (None, None)


def _suggest_repeat_rule(value: str) -> ValueSuggestion:
    return _suggest_exactly("yearly") if find_by_synonym(value, ["yearly"]) else (None, None)


def _suggest_colour(value: str) -> ValueSuggestion:
    close = nearest(value, types.COLOURS)
    return (msg("did you mean {name}?", name=close), None) if close else (None, None)


def zones_of_country(text: str) -> tuple[str, ...]:
    """Return the time zones of the country that a text names, the one with most people first; none for other texts."""
    from wavectl.dates.timezones import zones_in_country
    from wavectl.i18n.country_names import find_countries

    countries = find_countries(text)
    return zones_in_country("", countries[0]) if len(countries) == 1 else ()


def _suggest_timezone(value: str) -> ValueSuggestion:
    from wavectl.dates import timezones

    names = sorted(timezones.zone_names())
    made = value.strip().replace(" ", "_")
    same = [name for name in names if name.casefold() == made.casefold()]
    towns = [name for name in names if "/" in name and normalize_name(name.rpartition("/")[2]) == normalize_name(value)]
    if len(same or towns) == 1:
        return _suggest_exactly((same or towns)[0])
    if hint := timezones.zone_hint(value):
        return hint, None
    if zones := zones_of_country(value):
        listed = msg("choose from {names}", names=", ".join(zones))
        return _suggest_exactly(zones[0]) if len(zones) == 1 else (listed, None)
    close = nearest(value, names)
    return (msg("did you mean {name}?", name=close), None) if close else (None, None)


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
