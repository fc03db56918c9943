"""Timeline -> what a person or a program looks at: one view a file, all of them in ``VIEWS``.

A view returns its text, it never prints; its module is imported when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from wavectl.render.context import Look
from wavectl.timeline import Timeline

VIEWS: Mapping[str, str] = {
    "table": "wavectl.render.timeline.table",
    "gantt": "wavectl.render.timeline.gantt",
    "agenda": "wavectl.render.timeline.agenda",
    "json": "wavectl.render.timeline.json",
    "csv": "wavectl.render.timeline.csv",
    "markdown": "wavectl.render.timeline.markdown",
    "html": "wavectl.render.timeline.html",
    "svg": "wavectl.render.timeline.svg",
}
"""The views by name, and the module whose ``view(timeline, look)`` makes each."""

FOR_PROGRAMS = frozenset(("json", "csv", "markdown", "html", "svg"))
"""The views whose bytes are the same on every console: UTF-8."""

__all__ = ["FOR_PROGRAMS", "VIEWS", "Look", "view"]


def view(name: str, timeline: Timeline, look: Look) -> str:
    """Return a timeline as the view of that name shows it; raise ``KeyError`` for a view that there is not."""
    make: Callable[[Timeline, Look], str] = import_module(VIEWS[name]).view
    return make(timeline, look)
