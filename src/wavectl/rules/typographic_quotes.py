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

import re

from wavectl.diagnostics import msg
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Violation, Violations, unquoted_texts_near
from wavectl.yamlfile.parser import quote_scalar

_TYPOGRAPHIC_MARKS = re.compile("[“”„‟«»‘’‚]")
_QUOTED_TEXT = re.compile(r"([“”„‟])([^“”„‟]+)([“”‟])|(«)([^«»]+)(»)|([‘‚])([^‘‚]+)(’)")


def check(plan: Plan) -> Violations:
    for wave_id, text in unquoted_texts_near(plan, _TYPOGRAPHIC_MARKS):
        if match := _QUOTED_TEXT.fullmatch(text.text):
            opening, inside, closing = filter(None, match.groups())
            message = msg(
                "the quotation marks {opening} and {closing} become part of this text", opening=opening, closing=closing
            )
            bare = quote_scalar(inside.strip(" \xa0\u202f"))
            hint = msg("write {text}, or {other} to keep them", text=bare, other=quote_scalar(text.text))
            yield Violation(wave_id, text.path, message, hint)
