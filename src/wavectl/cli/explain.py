"""``wavectl explain``: show the manual page of a rule, or a table of all rules; no plan is needed."""

import sys
from typing import Annotated

import typer

from wavectl.cli.arguments import check_choice
from wavectl.cli.context import open_console
from wavectl.diagnostics import msg, quoted
from wavectl.render.diagnostics.rule_manual import MANUAL_FORMS
from wavectl.rules.rule import ALL_RULES, rule_page, rule_pages
from wavectl.text.suggest import suggest


def command(
    ctx: typer.Context,
    rule: Annotated[
        str | None, typer.Argument(metavar="RULE", help="The rule to explain [a table of all rules].")
    ] = None,
    format: Annotated[  # noqa: A002
        str, typer.Option("--format", metavar="FORMAT", help="The output format: text, markdown or json.")
    ] = "text",
) -> None:
    """Explain a rule: what it does, why it matters, with a bad and a good example.

    Without a rule, all rules are listed. The command does not need a plan.

    Example: wavectl explain missing-slogan
    """
    console = open_console(ctx.obj)
    check_choice(console, "--format", format, MANUAL_FORMS)
    context = console.context(sys.stdout, english=format != "text")
    if rule is None:
        text = MANUAL_FORMS[format].render_all(rule_pages(), context)
    elif rule in ALL_RULES:
        text = MANUAL_FORMS[format].render_page(rule_page(rule), context)
    else:
        console.fail(msg("there is no rule {name}", name=quoted(rule)), suggest(rule, ALL_RULES))
    console.write(text, as_utf8=format != "text")
