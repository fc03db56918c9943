"""Translate what PyYAML and libyaml report into messages for people who have never seen YAML."""

from __future__ import annotations

import re
from typing import Any

from wavectl.diagnostics import LINE_END, Message, msg, phrase, quoted

MISALIGNED = phrase("this line does not line up with the lines above it")
MISALIGNED_IN_LIST = phrase("this line does not line up with the list that it belongs to")
MISSING_COLON = phrase("this line does not start with a word and a colon")
_QUOTE_HINT = phrase("put the text in quotation marks")
_TRANSLATIONS: tuple[tuple[str, str, str], ...] = (
    # what libyaml or PyYAML reports, as a regular expression; message; hint
    ("mapping values are not allowed", phrase("the text contains a colon followed by a space"), _QUOTE_HINT),
    ("unexpected ':'", phrase("a colon comes directly before another punctuation mark"), _QUOTE_HINT),
    ("mapping keys are not allowed", phrase("a text cannot start with a question mark and a space"), _QUOTE_HINT),
    (
        "found undefined alias|scanning an alias",
        phrase("the text starts with *, which points to another part of the file"),
        _QUOTE_HINT,
    ),
    ("cannot start any token", phrase("a text cannot start with {character}"), _QUOTE_HINT),
    (
        "could not find expected ':'",
        MISSING_COLON,
        phrase("put two spaces before it if it continues the text above; otherwise write a word and a colon before it"),
    ),
    (
        "unexpected end of stream",
        phrase("the quotation mark that opens here is never closed"),
        phrase("close it at the end of the text"),
    ),
    ("expected ',' or ']'", phrase("the bracket [ that opens here is not closed"), phrase("close it with ]")),
    ("expected ',' or '}'", phrase("the brace {{ that opens here is not closed"), phrase("close it with }}")),
    ("expected '-'", MISALIGNED_IN_LIST, phrase("put the same number of spaces before each hyphen of the list")),
    (
        "did not find expected key|expected <block end>|<document start>",
        MISALIGNED,
        phrase("put as many spaces before it as before the lines that it belongs with"),
    ),
    (
        "unknown escape character|character escape code|hexa?decimal",
        phrase("a backslash in double quotation marks has a special meaning"),
        phrase("use single quotation marks"),
    ),
    (
        "sequence entries are not allowed",
        phrase("a hyphen starts a list on the line of its key"),
        phrase("start the list on the next line, with two spaces before each hyphen"),
    ),
    (
        "expected a single document",
        phrase("three hyphens (---) start another file here"),
        phrase("delete this line; put a second wave in a file of its own"),
    ),
    ("scanning an anchor", phrase("the text starts with &, which gives a name to a part of the file"), _QUOTE_HINT),
    (
        "duplicate anchor",
        phrase("two parts of the file have the same name (&name)"),
        phrase("give them different names"),
    ),
    (
        "node content",
        phrase("a value is missing here"),
        phrase("write the value; if it starts with a sign such as #, put it in quotation marks"),
    ),
    (
        "block scalar",
        phrase("after | or > the text must start on the next line"),
        phrase("move the text to the next line, with spaces before it, or put it in quotation marks"),
    ),
    (
        "directive|incompatible YAML",
        phrase("a line that starts with % is an instruction to YAML, which wave files do not use"),
        phrase("delete the line"),
    ),
    (" tag", phrase("the text starts with !, which marks a type in YAML"), _QUOTE_HINT),
)
_CLOSE_BEFORE_COMMENT_HINTS = {
    "close it with ]": phrase("close it with ], and put texts with # in quotation marks"),
    "close it with }}": phrase("close it with }}, and put texts with # in quotation marks"),
}
"""Hints for lines where the closing sign may be part of a comment."""
_REPORTED_AT_OPENING = re.compile("unexpected end of stream|expected ',' or|could not find expected ':'")
_CAUSED_BY_TEXT_AFTER_VALUE = re.compile("did not find expected key|expected <block end>|expected '-'")


def translate_error(error: Any, text: str) -> tuple[Message, Message, int, int]:
    """Return message, hint, line and column of an error of the parser; line and column count from 0."""
    problem = " ".join(str(part) for part in (getattr(error, "context", ""), getattr(error, "problem", error)) if part)
    mark, opening = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    lines = LINE_END.split(text)
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    before, character = (lines[line][:column], lines[line][column : column + 1]) if line < len(lines) else ("", "")
    if character == "\t":
        return msg("there is a tab here"), msg("type spaces instead"), line, column
    if "node content" in problem and not character and line >= len(lines) - 1:
        return msg("the file ends inside a bracket or a brace"), msg("close it with ] or }}"), line, column
    if before.strip(" -") and _CAUSED_BY_TEXT_AFTER_VALUE.search(problem):
        hint = msg("put the whole value in one pair of quotation marks; in single ones, write each apostrophe twice")
        return msg("there is text after the end of the value"), hint, line, column
    if opening is not None and _REPORTED_AT_OPENING.search(problem):
        if "expected ',' or" in problem and character and opening.line == line:
            message = msg("a comma is missing here, or a text with a comma or a colon needs quotation marks")
            return message, msg("put texts inside brackets and braces in quotation marks"), line, column
        line, column = opening.line, opening.column
    for words, message_text, hint_text in _TRANSLATIONS:
        if re.search(words, problem):
            closing = _CLOSE_BEFORE_COMMENT_HINTS.get(hint_text) if "#" in lines[line][column:] else None
            return msg(message_text, character=quoted(character)), msg(closing or hint_text), line, column
    return msg("the file cannot be read here"), msg("compare it with the lines above"), line, column
