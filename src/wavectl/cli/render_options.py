"""How a result looks on the console: in whose language, how wide, with which colours and signs."""

from __future__ import annotations

import sys

from wavectl.cli.session import AppContext
from wavectl.render.context import DRAWING_CHARACTERS, RenderContext
from wavectl.text.terminal import replace_unencodable


def build_render_context(app: AppContext) -> RenderContext:
    """Return how results of a run look on its standard output."""
    stream = sys.stdout
    signs = replace_unencodable(DRAWING_CHARACTERS, stream.encoding or "utf-8") == DRAWING_CHARACTERS
    messages = () if app.requested_language else app.languages_for("en")
    return RenderContext(
        app.languages, app.terminal_width(stream), app.uses_colour(stream), messages, ascii_only=not signs
    )
