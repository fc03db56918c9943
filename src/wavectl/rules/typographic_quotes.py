"""A text has typographic quotation marks around it, which become part of it.

What it does: looks for texts without straight quotation marks that start and end with a curly or an angular one.

Why it matters: word processors turn straight quotation marks into these, and a text copied from there shows them in
every calendar and on every page. They may be intended, so ``--fix`` does not change them.

Bad::

    # wave.yaml
    title: "The right to housing"
    slogan: “Housing is a right”
    hashtags:
      - "#Housing"
    period: 2017-05/2018-04

Good::

    # wave.yaml
    title: "The right to housing"
    slogan: "Housing is a right"
    hashtags:
      - "#Housing"
    period: 2017-05/2018-04
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wavectl.diagnostics import Finding, msg
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Rule
from wavectl.yamlfile.lost_values import unquoted_texts
from wavectl.yamlfile.parser import quote_scalar

RULE = Rule("typographic-quotes")

_TYPOGRAPHIC_MARKS = re.compile("[“”„‟«»‘’‚]")
_QUOTED_TEXT = re.compile(r"([“”„‟])([^“”„‟]+)([“”‟])|(«)([^«»]+)(»)|([‘‚])([^‘‚]+)(’)")


def check(plan: Plan) -> Iterator[Finding]:
    """Find texts in typographic quotation marks. Files without any are skipped."""
    waves = {file: wave_id for wave_id, file in plan.files.items()}
    for file, document in plan.documents.items():
        if document.text.isascii() or not _TYPOGRAPHIC_MARKS.search(document.text):
            continue
        if file not in waves and file != plan.programme_file:
            continue  # the file name is not a valid wave id
        for text in unquoted_texts(document):
            match = _QUOTED_TEXT.fullmatch(text.text)
            if match is None:
                continue
            opening, inside, closing = filter(None, match.groups())
            message = msg("the quotation marks {opening} and {closing} become part of this text",
                          opening=opening, closing=closing)  # fmt: skip
            hint = msg(
                "write {text}, or {other} to keep them",
                text=quote_scalar(inside.strip(" \xa0\u202f")),
                other=quote_scalar(text.text),
            )
            yield RULE.finding(plan, waves.get(file), text.path, message, hint)
