"""What YAML reads otherwise than it was meant, without a complaint: a hashtag as a remark, a comma as the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from wavectl.diagnostics import Finding, KeyPath, Span, msg, quoted
from wavectl.yamlfile.document import Document
from wavectl.yamlfile.parser import quote_scalar

_HASHTAG_COMMENT = re.compile(r"[ \t]*:?[ \t]*(?P<remark>#[^\s#].*?)\s*$")
"""A remark without a space behind its #, as nobody writes one: ``#DroitauLogement``."""
_HASHTAG_LIST_KEYS = frozenset(("hashtags",))
_SHORT_TEXT_KEYS = frozenset(("hashtag", "name", "notice", "short", "slogan", "title"))
TEXT_KEYS = frozenset((*_SHORT_TEXT_KEYS, "description", "note", "outcome", "owner", "role", "source"))
"""The keys behind which a text for people stands."""
LANGUAGE_CODE = re.compile(r"(?!id$)[a-z]{2}(-[A-Za-z0-9]{2,8})?")

MAX_MISSING_VALUES = 100
"""How many keys without a value are looked at in one file."""


def may_have_lost_value(line: str, column: int) -> bool:
    """Tell whether a key or an item at a column (from 0) of a line may lack its value by a remark or a comma."""
    return "#" in line[column:] or line[:column].rstrip().endswith(",")


def add_lost_text_findings(document: Document, missing_values: list[KeyPath]) -> None:
    """Add a finding for each text that is lost; ``blanks`` are the paths behind which nothing is written."""
    for path in missing_values:
        if path not in document.lost_paths:
            found = _hashtag_read_as_comment(document, path) or _text_cut_at_comma(document, path, missing_values)
            if found is not None:
                document.findings.append(found)
                document.lost_paths.add(path)


def _hashtag_read_as_comment(document: Document, path: KeyPath) -> Finding | None:
    """Return the finding of a hashtag, or a text that opens with one, which is a remark to YAML."""
    name = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
    listed = isinstance(path[-1], int)
    if not (name in _HASHTAG_LIST_KEYS or (not listed and (name in _SHORT_TEXT_KEYS or LANGUAGE_CODE.fullmatch(name)))):
        return None
    at = document.locate(path)
    line = document.line(at.line)
    match = _HASHTAG_COMMENT.fullmatch(line, at.column - 1)
    if match is None:
        return None
    start, end = match.span("remark")
    text = match["remark"]
    tags = text.replace(",", " ").split()
    if name in _HASHTAG_LIST_KEYS and not all(re.fullmatch(r"#\w+", tag) for tag in tags):
        return None
    if name in _HASHTAG_LIST_KEYS and not listed:
        indent = " " * (document.locate(path, key=True).column + 1)
        cure = "".join(f"\n{indent}- {quote_scalar(tag)}" for tag in tags)
        hint = msg("write it so: {text}", text=f"hashtags: [{', '.join(map(quote_scalar, tags))}]")
    else:
        cure = quote_scalar(text)
        hint = msg("write it so: {text}", text=cure)
    message = msg("text after # is a comment, so {text} is not read", text=quoted(text))
    span = Span(at.line, start + 1, at.line, end + 1)
    return Finding("yaml-syntax", document.file, path, message, hint, span=span, fix=cure)


def _text_cut_at_comma(document: Document, path: KeyPath, missing_values: list[KeyPath]) -> Finding | None:
    """Return the finding of a text in braces that a comma cuts: what stands behind it seems to be a key."""
    *above, name = path
    block: Any = document.data
    for part in above:
        block = block[part]
    if not isinstance(block, dict):
        return None
    names = list(block)
    here = names.index(name)
    before = names[here - 1] if here else ""
    if not isinstance(block.get(before), str) or not (before in TEXT_KEYS or LANGUAGE_CODE.fullmatch(before)):
        return None
    first = document.locate((*above, before))
    last = document.locate(path, key=True)
    between = document.line(first.line)[first.end_column - 1 : last.column - 1]
    opening = document.line(first.line)[first.column - 1]
    if first.line != last.end_line or opening in "'\"" or between.strip() != ",":
        return None
    for following in names[here:]:
        if (*above, following) not in missing_values or document.locate(
            (*above, following), key=True
        ).line != first.line:
            break
        last = document.locate((*above, following), key=True)
        document.lost_paths.add((*above, following))
    text = document.line(first.line)[first.column - 1 : last.end_column - 1]
    cure = quote_scalar(text)
    message = msg("a comma ends the text here, so {rest} is read apart from it", rest=quoted(name))
    span = Span(first.line, first.column, first.line, last.end_column)
    hint = msg("write it so: {text}", text=cure)
    return Finding("yaml-syntax", document.file, path, message, hint, span=span, fix=cure)


_KEYS_WITH_TEXT_ENTRIES = frozenset(("content", "priorities", "regions", "waive"))
"""The keys behind whose entries texts stand."""


class UnquotedText(NamedTuple):
    """A text on one line without quotation marks around it, where it stands, and the rest of its line."""

    path: KeyPath
    text: str
    span: Span
    rest_of_line: str


def unquoted_texts(document: Document) -> Iterator[UnquotedText]:
    """Return the texts of a document that stand on one line without quotation marks, in order."""
    for path, text in _walk_texts(document.data, ()):
        span = document.locate(path)
        line = document.line(span.line)
        if span.line == span.end_line and line[span.column - 1 : span.end_column - 1] == text:
            yield UnquotedText(path, text, span, line[span.end_column - 1 :])


def _walk_texts(data: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for part, value in items:
        if isinstance(part, str) and part[:2] == "x-":
            continue
        here = (*path, part)
        if isinstance(value, str):
            if _is_text_path(here):
                yield here, str(value)
        else:
            yield from _walk_texts(value, here)


def _is_text_path(path: KeyPath) -> bool:
    """Tell whether a text for people stands at a path, and no id, date or word of the format."""
    name = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
    if name in TEXT_KEYS or (len(path) > 1 and path[0] in _KEYS_WITH_TEXT_ENTRIES):
        return True
    return len(path) > 1 and bool(LANGUAGE_CODE.fullmatch(name))
