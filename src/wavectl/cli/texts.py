"""Texts told on the command line, in one language or in several: ``--title "fr=…" --title "en=…"``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wavectl.cli.common import Session
from wavectl.model import Text

_IN = re.compile(r"([a-z]{2,3}(?:-[A-Z]{2})?)=(.*)", re.DOTALL)


def in_languages(session: Session, given: Sequence[str]) -> Text | None:
    """Return a text by language: ``fr=…`` in that one, what names none in the language of the run; None for none.

    Only the programme's languages, and that of the run, are taken for names of one: ``x=1`` stays a text.
    """
    own = session.asked_language or session.plan.programme.languages[0]
    known = {own, *session.plan.programme.languages}
    found: dict[str, str] = {}
    for text in given:
        named = _IN.fullmatch(text)
        if named and named[1] in known:
            found[named[1]] = named[2].strip()
        elif text.strip():
            found[own] = text.strip()
    ranks = [*session.plan.programme.languages, own]
    return {language: found[language] for language in sorted(found, key=ranks.index)} or None
