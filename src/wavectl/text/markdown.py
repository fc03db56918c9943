"""Render the Markdown of a plan as HTML (CommonMark): no markup of its own, no pictures, and only safe links."""

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from wavectl.text.escaping import replace_invalid_xml
from wavectl.text.terminal import printable_line

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_SAFE_LINK = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
"""How the target of a link may begin."""
_PLAIN = re.compile(r"[^\W\d_](?:[^\W_]|[ ,.;:()'’?/-])*")
"""A text of one line in which nothing has a meaning in Markdown or HTML."""
_LOWEST_HEADING = 6


def render_markdown(text: str, level: int = 2) -> Markup:
    """Return a text as HTML; its highest headings get this level, and lower ones follow."""
    if not text.strip():
        return Markup()
    if _PLAIN.fullmatch(text):
        return Markup(f"<p>{text.rstrip()}</p>\n")  # noqa: S704 - nothing in it has to be escaped
    lines = (printable_line(line) for line in replace_invalid_xml(text).splitlines())
    parser = _parser()
    tokens = parser.parse("\n".join(lines))
    _shift_headings(tokens, level)
    return Markup(parser.renderer.render(tokens, parser.options, {}))  # noqa: S704 - markup in the text is escaped


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # only pages need it

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).disable(["image", "html_block", "html_inline"])
    parser.validateLink = _is_safe_link  # type: ignore[method-assign]
    return parser


def _is_safe_link(url: str) -> bool:
    return bool(_SAFE_LINK.match(url))


def _shift_headings(tokens: Sequence[Any], level: int) -> None:
    """Give the headings levels that follow each other."""
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    order = sorted({token.tag for token in headings})
    for token in headings:
        token.tag = f"h{min(level + order.index(token.tag), _LOWEST_HEADING)}"
