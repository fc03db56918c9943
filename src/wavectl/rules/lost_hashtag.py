"""A hashtag after a text without quotation marks is not read.

What it does: looks for ``#`` and letters at the end of a line, after a text without quotation marks.

Why it matters: a space and ``#`` start a comment, which only people who edit the file see. The hashtag would be
missing from every calendar and every page.

Bad::

    # wave.yaml
    title: "The right to housing"
    slogan: Housing is a right #MakeTheShift
    hashtags:
      - "#Housing"
    period: 2017-05/2018-04

Good::

    # wave.yaml
    title: "The right to housing"
    slogan: "Housing is a right #MakeTheShift"
    hashtags:
      - "#Housing"
    period: 2017-05/2018-04
"""

import re

from wavectl.diagnostics import msg, quoted
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Violation, Violations, unquoted_texts_near
from wavectl.yamlfile.parser import quote_scalar

_HASHTAG = r"#[^\W\d_]\w*"
_HASHTAG_AT_LINE_END = re.compile(rf"[ ]{_HASHTAG}[ ]*$", re.MULTILINE)
_TRAILING_HASHTAGS = re.compile(rf"[ ]+({_HASHTAG}(?:[ ,]+{_HASHTAG})*)[ ]*")


def check(plan: Plan) -> Violations:
    for wave_id, text in unquoted_texts_near(plan, _HASHTAG_AT_LINE_END):
        if trailing := _TRAILING_HASHTAGS.fullmatch(text.rest_of_line):
            message = msg("text after # is a comment, so {text} is not read", text=quoted(trailing[1]))
            hint = msg("if it belongs to the text, write {text}", text=quote_scalar(f"{text.text} {trailing[1]}"))
            yield Violation(wave_id, text.path, message, hint)
