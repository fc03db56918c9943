"""Texts told on the command line, in one language or in several: ``--title "fr=…" --title "en=…"``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wavectl.cli.session import AppContext
from wavectl.model import Text
from wavectl.model.types import LANGUAGE_PATTERN


def texts_by_language(app: AppContext, values: Sequence[str], languages: Sequence[str]) -> dict[str, str]:
    """Return texts by language: ``fr=…`` in that one, what names none in the language of the run.

    ``languages`` are the programme's: the run speaks the first of them, if no other was asked for. A word before the
    sign is a language if it is one of them, or has the two letters of one: ``x=1`` stays a text.
    """
    own = app.requested_language or languages[0]
    found = {}
    for text in values:
        before, sign, behind = text.partition("=")
        short = before.partition("-")[0]
        named = sign and (before in (own, *languages) or (len(short) == 2 and LANGUAGE_PATTERN.fullmatch(before)))
        found[before if named else own] = (behind if named else text).strip()
    return {language: text for language, text in found.items() if text}


def to_translatable(texts: Mapping[str, str], languages: Sequence[str]) -> Text:
    """Return a text as a wave file holds it: by language, unless the programme has that one only."""
    if len(languages) == 1 and list(texts) == list(languages):
        return texts[languages[0]]
    return {language: texts[language] for language in (*languages, *texts) if language in texts}
