"""How a result looks on the console: in whose language, how wide, with which colours and signs."""

from __future__ import annotations

import sys

from wavectl.cli.session import Session
from wavectl.render.context import SIGNS, Look
from wavectl.text.terminal import encodable


def look(session: Session) -> Look:
    """Return how results of a run look on its standard output."""
    stream = sys.stdout
    signs = encodable(SIGNS, stream.encoding or "utf-8") == SIGNS
    messages = () if session.asked_language else session.speaking("en")
    return Look(session.languages, session.width(stream), session.colour(stream), messages, ascii=not signs)
