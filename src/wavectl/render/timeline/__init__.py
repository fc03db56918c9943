"""Views of a timeline, one in each file, listed in ``VIEWS``.

A view returns its text and never prints. Its module is imported only if that view is requested.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from wavectl.render.context import RenderContext
from wavectl.timeline.entries import Timeline

if TYPE_CHECKING:
    from wavectl.render.timeline.chart import TimelineActions

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
"""The views by name; the module of each has a function ``render(timeline, context)``."""

UTF8_VIEWS = frozenset(("json", "csv", "markdown", "html", "svg"))
"""The views that are always UTF-8, whatever the encoding of the console."""

ACTION_VIEWS = frozenset(("gantt", "html", "svg"))
"""The views with local actions by week."""

__all__ = ["ACTION_VIEWS", "UTF8_VIEWS", "VIEWS", "RenderContext", "render_timeline"]


def render_timeline(
    name: str, timeline: Timeline, context: RenderContext, actions: "TimelineActions | None" = None
) -> str:
    """Return a timeline in the view of that name; raise ``KeyError`` if there is no such view.

    ``actions`` are the local actions that the views of ``ACTION_VIEWS`` show.
    """
    render: Callable[..., str] = import_module(VIEWS[name]).render
    context = context.with_waves(timeline.waves)
    return render(timeline, context, actions) if actions else render(timeline, context)
