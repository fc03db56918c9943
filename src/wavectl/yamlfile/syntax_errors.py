"""Translate what PyYAML and libyaml report into messages for people who have never seen YAML."""

from __future__ import annotations

from typing import Any

from wavectl.diagnostics import LINE_END, Message, msg, phrase, quoted

_QUOTE_HINT = phrase("put the text in quotation marks")
MISALIGNED = phrase("this line does not line up with the lines above it")
MISALIGNED_IN_LIST = phrase("this line does not line up with the list that it belongs to")
MISSING_COLON = phrase("this line does not start with a word and a colon")
_ALIGN_HINT = phrase("put as many spaces before it as before the lines that it belongs with")
_ALIGN_HYPHENS_HINT = phrase("put the same number of spaces before each hyphen of the list")
_BACKSLASH_ESCAPE = phrase("a backslash in double quotation marks has a special meaning")
_TEXT_AFTER_VALUE = phrase("there is text after the end of the value")
_ONE_PAIR_HINT = phrase(
    "put the whole value in one pair of quotation marks; in single ones, write each apostrophe twice"
)
_SINGLE_QUOTES_HINT = phrase("use single quotation marks")
_COMMA_OR_QUOTES_MISSING = phrase("a comma is missing here, or a text with a comma or a colon needs quotation marks")
_QUOTE_IN_BRACKETS_HINT = phrase("put texts inside brackets and braces in quotation marks")
_DIRECTIVE = phrase("a line that starts with % is an instruction to YAML, which wave files do not use")
_TAG = phrase("the text starts with !, which marks a type in YAML")
_TRANSLATIONS: tuple[tuple[str, str, str], ...] = (
    # part of what libyaml or PyYAML reports; message; hint
    ("mapping values are not allowed", phrase("the text contains a colon followed by a space"), _QUOTE_HINT),
    ("unexpected ':'", phrase("a colon comes directly before another punctuation mark"), _QUOTE_HINT),
    ("mapping keys are not allowed", phrase("a text cannot start with a question mark and a space"), _QUOTE_HINT),
    ("found undefined alias", phrase("the text starts with *, which points to another part of the file"), _QUOTE_HINT),
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
    (
        "expected ',' or ']'",
        phrase("the bracket [ that opens here is not closed"),
        phrase("close it with ]"),
    ),
    (
        "expected ',' or '}'",
        phrase("the brace {{ that opens here is not closed"),
        phrase("close it with }}"),
    ),
    ("expected '-'", MISALIGNED_IN_LIST, _ALIGN_HYPHENS_HINT),
    ("did not find expected key", MISALIGNED, _ALIGN_HINT),
    ("expected <block end>", MISALIGNED, _ALIGN_HINT),
    ("<document start>", MISALIGNED, _ALIGN_HINT),
    ("unknown escape character", _BACKSLASH_ESCAPE, _SINGLE_QUOTES_HINT),
    ("character escape code", _BACKSLASH_ESCAPE, _SINGLE_QUOTES_HINT),
    ("hexdecimal", _BACKSLASH_ESCAPE, _SINGLE_QUOTES_HINT),
    ("hexadecimal", _BACKSLASH_ESCAPE, _SINGLE_QUOTES_HINT),
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
    ("scanning an alias", phrase("the text starts with *, which points to another part of the file"), _QUOTE_HINT),
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
    ("directive", _DIRECTIVE, phrase("delete the line")),
    ("incompatible YAML", _DIRECTIVE, phrase("delete the line")),
    (" tag", _TAG, _QUOTE_HINT),
)
_CLOSE_BEFORE_COMMENT_HINTS = {
    "close it with ]": phrase("close it with ], and put texts with # in quotation marks"),
    "close it with }}": phrase("close it with }}, and put texts with # in quotation marks"),
}
"""Hints for lines where the closing sign may be part of a comment."""
_REPORTED_AT_OPENING = ("unexpected end of stream", "expected ',' or", "could not find expected ':'")
_CAUSED_BY_TEXT_AFTER_VALUE = ("did not find expected key", "expected <block end>", "expected '-'")


def translate_error(error: Any, text: str) -> tuple[Message, Message, int, int]:
    """Return message, hint, line and column of an error of the parser; line and column count from 0."""
    problem = " ".join(str(part) for part in (getattr(error, "context", ""), getattr(error, "problem", error)) if part)
    mark, opening = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    lines = LINE_END.split(text)
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    before, character = (lines[line][:column], lines[line][column : column + 1]) if line < len(lines) else ("", "")
    if character == "\t":
        return (msg("there is a tab here"), msg("type spaces instead"), line, column)
    if "node content" in problem and not character and line >= len(lines) - 1:
        return (msg("the file ends inside a bracket or a brace"), msg("close it with ] or }}"), line, column)
    if any(words in problem for words in _CAUSED_BY_TEXT_AFTER_VALUE) and before.strip(" -"):
        return (msg(_TEXT_AFTER_VALUE), msg(_ONE_PAIR_HINT), line, column)
    if opening is not None and any(words in problem for words in _REPORTED_AT_OPENING):
        if "expected ',' or" in problem and character and opening.line == line:
            return (msg(_COMMA_OR_QUOTES_MISSING), msg(_QUOTE_IN_BRACKETS_HINT), line, column)
        line, column = opening.line, opening.column
    for words, message, hint in _TRANSLATIONS:
        if words in problem:
            if hint in _CLOSE_BEFORE_COMMENT_HINTS and "#" in lines[line][column:]:
                hint = _CLOSE_BEFORE_COMMENT_HINTS[hint]
            return (msg(message, character=quoted(character)), msg(hint), line, column)
    return (msg("the file cannot be read here"), msg("compare it with the lines above"), line, column)
