"""A plan -> facts about it as a whole, one kind of overview a file: numbers and parts of the plan, no words.

What is shown of them, and how, is for ``pages`` to say.
"""

from __future__ import annotations

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
    "converge": "wavectl.insights.convergence.front",
}
"""The pages by name, and the module that makes each: ``page(facts, look, limit)`` for people, ``data(facts, look)``."""

PAGE_FORMATS: Mapping[str, str] = {
    "table": "wavectl.render.page.text",
    "markdown": "wavectl.render.page.markdown",
}
"""The forms of a page by name, and the module whose ``form(page, look)`` makes each."""

JSON = "json"
"""The form for programs, made of ``data`` and not of a page: its bytes are the same on every console."""

__all__ = ["JSON", "PAGES", "PAGE_FORMATS", "render_page"]


def render_page(name: str, output_format: str, facts: Any, context: RenderContext, limit: int | None = None) -> str:
    """Return the facts as the page of that name, in a form: ``json`` or one of ``FORMS``.

    ``limit`` is how many rows a table has at most, None for no bound; JSON has all.
    """
    maker = import_module(PAGES[name])
    if output_format == JSON:
        return dump_json(maker.as_data(facts, context))
    text: str = import_module(PAGE_FORMATS[output_format]).render(maker.build_page(facts, context, limit), context)
    return text
