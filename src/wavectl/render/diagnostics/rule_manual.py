"""The manual pages of rules as text, Markdown and JSON (the schema ``wavectl/rules/1``).

``docs/rules.md`` contains all pages; SARIF reports contain the page of each broken rule without its heading.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from textwrap import indent, wrap
from typing import NamedTuple

from wavectl.diagnostics import phrase
from wavectl.render.diagnostics import SEVERITY_COLOURS, SEVERITY_NAMES, Style
from wavectl.rules.rule import RulePage

SCHEMA = "wavectl/rules/1"
_WHAT, _WHY = phrase("What it does."), phrase("Why it matters.")
_BAD, _GOOD = phrase("Bad:"), phrase("Good:")
_WAIVABLE = phrase("A wave may break this rule if it gives a reason:")
_NOT_WAIVABLE = phrase("This rule is an error and cannot be waived.")
_MIN_TEXT_WIDTH = 30
"""The minimum width of the titles in the list of rules, in cells; below it, titles go under the names."""


class ManualForm(NamedTuple):
    """The functions that render one page and all pages in a format."""

    render_page: Callable[[RulePage, Style], str]
    render_all: Callable[[Sequence[RulePage], Style], str]


# -- text


def page_text(page: RulePage, style: Style) -> str:
    """Return a page as text, with paragraphs wrapped to the width of the screen."""
    page = page.translated(style.translate)
    head = f"{style.translate(SEVERITY_NAMES[page.severity])}[{page.name}]"
    lines = _wrap_paragraphs(style.labelled(head, page.title), style)
    lines[0] = lines[0].replace(head, style.paint(head, SEVERITY_COLOURS[page.severity]), 1)
    return "\n".join((*lines, "", body_text(page, style)))


def body_text(page: RulePage, style: Style) -> str:
    """Return the text below the title of a page that is already translated."""
    translate = style.translate
    paragraphs = []
    for label, part in ((_WHAT, page.what), (_WHY, page.why)):
        lines = _wrap_paragraphs(f"{translate(label)} {part}".replace("`", '"'), style)
        lines[0] = lines[0].replace(translate(label), style.paint(translate(label), "1"), 1)
        paragraphs.append("\n".join(lines) + "\n")
    for label, colour, files in ((_BAD, "1;31", page.bad), (_GOOD, "1;32", page.good)):
        paragraphs += [style.paint(translate(label), colour) + "\n", indent(_example_text(files), "    ")]
    paragraphs.append(
        "\n".join(_wrap_paragraphs(translate(_WAIVABLE if page.waivable else _NOT_WAIVABLE), style)) + "\n"
    )
    if page.waivable:
        paragraphs.append(indent(_waiver_example(page), "    "))
    return "\n".join(paragraphs)


def table_text(pages: Sequence[RulePage], style: Style) -> str:
    """Return the list of rules: name, severity, title; titles are wrapped on a screen."""
    severities = {severity: style.translate(name) for severity, name in SEVERITY_NAMES.items()}
    names = max(len(page.name) for page in pages)
    start = names + max(map(len, severities.values())) + 4
    lines = []
    for page in pages:
        severity = style.paint(f"{severities[page.severity]:{start - names - 4}}", SEVERITY_COLOURS[page.severity])
        head, title = f"{page.name:{names}}  {severity}", style.translate(page.title).replace("`", '"')
        if not style.width:
            lines.append(f"{head}  {title}")
        elif style.width - start >= _MIN_TEXT_WIDTH:
            first, *more = _wrap_lines(title, style.width - start)
            lines += [f"{head}  {first}", *(" " * start + line for line in more)]
        else:
            lines += [head.rstrip(), *("  " + line for line in _wrap_lines(title, style.width - 2))]
    return "\n".join(lines) + "\n"


def _wrap_paragraphs(text: str, style: Style) -> list[str]:
    """Return paragraphs as lines that fit the screen."""
    lines: list[str] = []
    for part in text.split("\n\n"):
        lines += [*([""] if lines else []), *(_wrap_lines(part, style.width) if style.width else [part])]
    return lines


def _wrap_lines(text: str, width: int) -> list[str]:
    """Wrap a text to ``width`` characters, without breaks at hyphens or before French punctuation."""
    glued = re.sub(r" (?=[:;?!])", "\xa0", text)
    return [line.replace("\xa0", " ") for line in wrap(glued, width, break_on_hyphens=False)]


def _example_text(files: Mapping[str, str]) -> str:
    """Return the files of an example, each below a comment with its name."""
    return "\n".join(f"# {name}\n{text}" for name, text in files.items())


def _waiver_example(page: RulePage) -> str:
    return f'waive:\n  {page.name}: "…"\n'


# -- Markdown


def page_markdown(page: RulePage, style: Style) -> str:
    """Return a page as a Markdown section whose heading is the name of the rule."""
    page = page.translated(style.translate)
    severity = style.translate(SEVERITY_NAMES[page.severity])
    return f"## {page.name}\n\n{page.title} *({severity})*\n\n{body_markdown(page, style)}"


def body_markdown(page: RulePage, style: Style) -> str:
    """Return the Markdown below the title of a page that is already translated."""
    translate = style.translate
    parts = [
        f"**{translate(_WHAT)}** {page.what}",
        f"**{translate(_WHY)}** {page.why}",
        f"**{translate(_BAD)}**",
        f"```yaml\n{_example_text(page.bad)}```",
        f"**{translate(_GOOD)}**",
        f"```yaml\n{_example_text(page.good)}```",
    ]
    parts += (
        [translate(_WAIVABLE), f"```yaml\n{_waiver_example(page)}```"] if page.waivable else [translate(_NOT_WAIVABLE)]
    )
    return "\n\n".join(parts) + "\n"


def manual_markdown(pages: Sequence[RulePage], style: Style) -> str:
    """Return all pages as one document: a table of rules with links, then a section for each rule."""
    sections = (page_markdown(page, style) for page in pages)
    return "\n".join((f"# {style.translate('Rules')}\n", "".join(_rules_table(pages, style)), *sections))


def _rules_table(pages: Sequence[RulePage], style: Style) -> Iterator[str]:
    headings = (phrase("Rule"), phrase("Severity"), phrase("What it says"))
    yield f"| {' | '.join(map(style.translate, headings))} |\n|---|---|---|\n"
    for page in pages:
        title = style.translate(page.title).replace("|", "\\|")
        yield f"| [`{page.name}`](#{page.name}) | {style.translate(SEVERITY_NAMES[page.severity])} | {title} |\n"


# -- JSON


def pages_json(pages: Sequence[RulePage], style: Style) -> str:
    """Return pages as one JSON object; ``bad`` and ``good`` map file names to their texts."""
    rules = [_as_data(page.translated(style.translate)) for page in pages]
    return json.dumps({"schema": SCHEMA, "rules": rules}, ensure_ascii=False, indent=2) + "\n"


def _as_data(page: RulePage) -> dict[str, object]:
    return {
        "name": page.name,
        "severity": page.severity.value,
        "waivable": page.waivable,
        "title": page.title,
        "what": page.what,
        "why": page.why,
        "bad": page.bad,
        "good": page.good,
    }


MANUAL_FORMS: Mapping[str, ManualForm] = {
    "text": ManualForm(page_text, table_text),
    "markdown": ManualForm(page_markdown, manual_markdown),
    "json": ManualForm(lambda page, style: pages_json([page], style), pages_json),
}
"""The formats of the manual by name."""
