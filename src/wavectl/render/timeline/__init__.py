"""Timeline -> what a person or a program looks at: one view a file, all of them in ``VIEWS``.

A view returns its text, it never prints; its module is imported when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from wavectl.render.context import RenderContext
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

UTF8_VIEWS = frozenset(("json", "csv", "markdown", "html", "svg"))
"""The views whose bytes are the same on every console: UTF-8."""

__all__ = ["UTF8_VIEWS", "VIEWS", "RenderContext", "render_timeline"]


def render_timeline(name: str, timeline: Timeline, context: RenderContext) -> str:
    """Return a timeline as the view of that name shows it; raise ``KeyError`` for a view that there is not."""
    make: Callable[[Timeline, RenderContext], str] = import_module(VIEWS[name]).render
    return make(timeline, context)
