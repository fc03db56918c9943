"""``wavectl explain``: the manual of the rules, all in a table or one with its examples; no plan is needed."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from wavectl.cli.common import Session, choice, near, shared
from wavectl.diagnostics import quoted, say
from wavectl.render.diagnostics.rule_manual import FORMS
from wavectl.rules import manual


@shared
def command(
    session: Session,
    rule: Annotated[
        str | None, typer.Argument(metavar="RULE", help="The rule to explain; a table of all if none is named.")
    ] = None,
    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="text, markdown or json.")] = "text",  # noqa: A002
) -> None:
    """Explain a rule: what it does, why it matters, with a bad and a good example.

    Without a rule, all of them are listed. It needs no plan.

    Example: wavectl explain missing-slogan
    """
    choice(session, "--format", format, FORMS)
    style = session.style(sys.stdout, english=format != "text")
    if rule is None:
        text = FORMS[format].all(manual.pages(), style)
    elif rule in manual.SEVERITIES:
        text = FORMS[format].one(manual.page(rule), style)
    else:
        session.refuse(say("there is no rule {name}", name=quoted(rule)), near(rule, manual.SEVERITIES))
    session.write(text, bytewise=format != "text")
