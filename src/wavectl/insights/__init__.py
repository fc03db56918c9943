"""Insights about a plan as a whole: status, todo, coverage, convergence, wave card, changes.

Each module first computes facts (numbers and parts of the plan, no texts), then builds a page or JSON data from them.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from wavectl.render.context import RenderContext
from wavectl.text.escaping import dump_json

PAGES: Mapping[str, str] = {
    "status": "wavectl.insights.status",
    "show": "wavectl.insights.card",
    "todo": "wavectl.insights.todo",
    "coverage": "wavectl.insights.coverage",
    "actors": "wavectl.insights.actors",
    "converge": "wavectl.insights.convergence.page",
    "diff": "wavectl.insights.plan_changes.page",
    "action-counts": "wavectl.insights.action_counts",
    "action-list": "wavectl.insights.action_list",
    "action-rhythm": "wavectl.insights.action_rhythm",
}
"""The pages by name; the module of each has ``build_page(facts, context, limit)`` and ``as_data(facts, context)``.

Some have ``OTHER_FORMATS``, by name the functions of ``facts`` and ``context`` that return them; these come first.
"""

PAGE_FORMATS = {"table": "wavectl.render.page.terminal_table", "markdown": "wavectl.render.page.markdown"}
"""The formats of a page by name; the module of each has ``render(page, context)``."""

JSON = "json"
"""The JSON format, made from the data and not from the page; always UTF-8."""

__all__ = ["JSON", "PAGES", "PAGE_FORMATS", "render_page"]


def render_page(name: str, output_format: str, facts: Any, context: RenderContext, limit: int | None = None) -> str:
    """Return the page of that name in a format: ``json``, a key of ``PAGE_FORMATS`` or of its ``OTHER_FORMATS``.

    ``limit`` is the maximum number of rows of a table, None for all. JSON always has all.
    """
    insight = import_module(PAGES[name])
    if output_format == JSON:
        return dump_json(insight.as_data(facts, context))
    text: str
    own_format = getattr(insight, "OTHER_FORMATS", {}).get(output_format)
    if own_format:
        text = own_format(facts, context)
    else:
        text = import_module(PAGE_FORMATS[output_format]).render(insight.build_page(facts, context, limit), context)
    return text
