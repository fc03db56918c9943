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

from __future__ import annotations

import re
from collections.abc import Iterator

from wavectl.diagnostics import Finding, msg, quoted
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Rule
from wavectl.yamlfile.lost_values import unquoted_texts
from wavectl.yamlfile.parser import quote_scalar

RULE = Rule("lost-hashtag")

_HASHTAG = r"#[^\W\d_]\w*"
_HASHTAG_AT_LINE_END = re.compile(rf"[ ]{_HASHTAG}[ ]*$", re.MULTILINE)
_TRAILING_HASHTAGS = re.compile(rf"[ ]+({_HASHTAG}(?:[ ,]+{_HASHTAG})*)[ ]*")


def check(plan: Plan) -> Iterator[Finding]:
    """Find hashtags in comments after texts. Files without a matching line are skipped."""
    waves = {file: wave_id for wave_id, file in plan.files.items()}
    for file, document in plan.documents.items():
        if not _HASHTAG_AT_LINE_END.search(document.text):
            continue
        if file not in waves and file != plan.programme_file:
            continue  # the file name is not a valid wave id
        for text in unquoted_texts(document):
            trailing = _TRAILING_HASHTAGS.fullmatch(text.rest_of_line)
            if trailing is not None:
                message = msg("text after # is a comment, so {text} is not read", text=quoted(trailing[1]))
                hint = msg("if it belongs to the text, write {text}", text=quote_scalar(f"{text.text} {trailing[1]}"))
                yield RULE.finding(plan, waves.get(file), text.path, message, hint)
