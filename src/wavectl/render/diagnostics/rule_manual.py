"""The manual pages of rules as text, Markdown and JSON (the schema ``wavectl/rules/1``).

``docs/rules.md`` contains all pages; SARIF reports contain the page of each broken rule without its heading.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from textwrap import indent
from typing import NamedTuple

from wavectl.diagnostics import phrase
from wavectl.render.context import RenderContext
from wavectl.render.diagnostics import SEVERITY_COLOURS, SEVERITY_NAMES
from wavectl.rules.rule import RulePage
from wavectl.text.terminal import wrap_lines

SCHEMA = "wavectl/rules/1"
_WHAT, _WHY = phrase("What it does."), phrase("Why it matters.")
_BAD, _GOOD = phrase("Bad:"), phrase("Good:")
_WAIVABLE = phrase("A wave may break this rule if it gives a reason:")
_NOT_WAIVABLE = phrase("This rule is an error and cannot be waived.")
_MIN_TEXT_WIDTH = 30
"""The minimum width of the titles in the list of rules, in cells; below it, titles go under the names."""


class ManualForm(NamedTuple):
    """The functions that render one page and all pages in a format."""

    render_page: Callable[[RulePage, RenderContext], str]
    render_all: Callable[[Sequence[RulePage], RenderContext], str]


# -- text


def page_text(page: RulePage, context: RenderContext) -> str:
    """Return a page as text, with paragraphs wrapped to the width of the screen."""
    page = page.translated(context.translate)
    head = f"{context.translate(SEVERITY_NAMES[page.severity])}[{page.name}]"
    lines = _wrap_paragraphs(context.labelled(head, page.title), context)
    lines[0] = lines[0].replace(head, context.paint(head, SEVERITY_COLOURS[page.severity]), 1)
    return "\n".join((*lines, "", body_text(page, context)))


def body_text(page: RulePage, context: RenderContext) -> str:
    """Return the text below the title of a page that is already translated."""
    translate = context.translate
    paragraphs = []
    for label, part in ((_WHAT, page.what), (_WHY, page.why)):
        lines = _wrap_paragraphs(f"{translate(label)} {part}".replace("`", '"'), context)
        lines[0] = lines[0].replace(translate(label), context.paint(translate(label), "1"), 1)
        paragraphs.append("\n".join(lines) + "\n")
    for label, colour, files in ((_BAD, "1;31", page.bad), (_GOOD, "1;32", page.good)):
        paragraphs += [context.paint(translate(label), colour) + "\n", indent(_example_text(files), "    ")]
    paragraphs.append(
        "\n".join(_wrap_paragraphs(translate(_WAIVABLE if page.waivable else _NOT_WAIVABLE), context)) + "\n"
    )
    if page.waivable:
        paragraphs.append(indent(_waiver_example(page), "    "))
    return "\n".join(paragraphs)


def table_text(pages: Sequence[RulePage], context: RenderContext) -> str:
    """Return the list of rules: name, severity, title; titles are wrapped on a screen."""
    severities = {severity: context.translate(name) for severity, name in SEVERITY_NAMES.items()}
    names = max(len(page.name) for page in pages)
    start = names + max(map(len, severities.values())) + 4
    lines = []
    for page in pages:
        severity = context.paint(f"{severities[page.severity]:{start - names - 4}}", SEVERITY_COLOURS[page.severity])
        head, title = f"{page.name:{names}}  {severity}", context.translate(page.title).replace("`", '"')
        if not context.width:
            lines.append(f"{head}  {title}")
        elif context.width - start >= _MIN_TEXT_WIDTH:
            first, *more = wrap_lines(title, context.width - start)
            lines += [f"{head}  {first}", *(" " * start + line for line in more)]
        else:
            lines += [head.rstrip(), *("  " + line for line in wrap_lines(title, context.width - 2))]
    return "\n".join(lines) + "\n"


def _wrap_paragraphs(text: str, context: RenderContext) -> list[str]:
    """Return paragraphs as lines that fit the screen."""
    lines: list[str] = []
    for part in text.split("\n\n"):
        lines += [*([""] if lines else []), *(wrap_lines(part, context.width) if context.width else [part])]
    return lines


def _example_text(files: Mapping[str, str]) -> str:
    """Return the files of an example, each below a comment with its name."""
    return "\n".join(f"# {name}\n{text}" for name, text in files.items())


def _waiver_example(page: RulePage) -> str:
    return f'waive:\n  {page.name}: "…"\n'


# -- Markdown


def page_markdown(page: RulePage, context: RenderContext) -> str:
    """Return a page as a Markdown section whose heading is the name of the rule."""
    page = page.translated(context.translate)
    severity = context.translate(SEVERITY_NAMES[page.severity])
    return f"## {page.name}\n\n{page.title} *({severity})*\n\n{body_markdown(page, context)}"


def body_markdown(page: RulePage, context: RenderContext) -> str:
    """Return the Markdown below the title of a page that is already translated."""
    translate = context.translate
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


def manual_markdown(pages: Sequence[RulePage], context: RenderContext) -> str:
    """Return all pages as one document: a table of rules with links, then a section for each rule."""
    sections = (page_markdown(page, context) for page in pages)
    return "\n".join((f"# {context.translate('Rules')}\n", "".join(_rules_table(pages, context)), *sections))


def _rules_table(pages: Sequence[RulePage], context: RenderContext) -> Iterator[str]:
    headings = (phrase("Rule"), phrase("Severity"), phrase("What it says"))
    yield f"| {' | '.join(map(context.translate, headings))} |\n|---|---|---|\n"
    for page in pages:
        title = context.translate(page.title).replace("|", "\\|")
        yield f"| [`{page.name}`](#{page.name}) | {context.translate(SEVERITY_NAMES[page.severity])} | {title} |\n"


# -- JSON


def pages_json(pages: Sequence[RulePage], context: RenderContext) -> str:
    """Return pages as one JSON object; ``bad`` and ``good`` map file names to their texts."""
    rules = [_as_data(page.translated(context.translate)) for page in pages]
    return json.dumps({"schema": SCHEMA, "rules": rules}, ensure_ascii=False, indent=2) + "\n"


def _as_data(page: RulePage) -> dict[str, object]:
    name, severity, *texts = page
    data = {"name": name, "severity": severity.value, "waivable": page.waivable}
    return data | dict(zip(page._fields[2:], texts, strict=True))


MANUAL_FORMS: Mapping[str, ManualForm] = {
    "text": ManualForm(page_text, table_text),
    "markdown": ManualForm(page_markdown, manual_markdown),
    "json": ManualForm(lambda page, context: pages_json([page], context), pages_json),
}
"""The formats of the manual by name."""
