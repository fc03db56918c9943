"""Texts that YAML cuts off without an error: a hashtag read as a comment, a text that ends at a comma."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from wavectl.diagnostics import Finding, KeyPath, Span, msg, quoted
from wavectl.yamlfile.document import Document
from wavectl.yamlfile.parser import quote_scalar

_HASHTAG_COMMENT = re.compile(r"[ \t]*:?[ \t]*(?P<comment>#[^\s#].*?)\s*$")
"""A comment without a space after its ``#``, such as ``#DroitauLogement``: probably a hashtag."""
_HASHTAG_LIST_KEY = "hashtags"
_SHORT_TEXT_KEYS = frozenset(("hashtag", "name", "notice", "short", "slogan", "title"))
_TEXT_KEYS = frozenset((*_SHORT_TEXT_KEYS, "description", "note", "outcome", "owner", "role", "source"))
"""The keys of texts for people."""
_KEYS_OF_TEXT_BLOCKS = frozenset(("content", "priorities", "regions", "waive"))
"""The keys of mappings and lists of such texts."""
_LANGUAGE_CODE = re.compile(r"(?!id$)[a-z]{2}(-[A-Za-z0-9]{2,8})?")


def add_lost_value_findings(document: Document, missing_values: list[KeyPath]) -> None:
    """Add a finding for each lost text; ``missing_values`` are the paths without a value."""
    for path in missing_values:
        if path not in document.lost_paths:
            finding = _hashtag_read_as_comment(document, path) or _text_cut_at_comma(document, path, missing_values)
            if finding is not None:
                document.findings.append(finding)
                document.lost_paths.add(path)


def _hashtag_read_as_comment(document: Document, path: KeyPath) -> Finding | None:
    """Return the finding for a hashtag, or a text that starts with one, which is a comment to YAML."""
    name = _last_key(path)
    is_item = isinstance(path[-1], int)
    is_hashtag_list = name == _HASHTAG_LIST_KEY
    if not is_hashtag_list and (is_item or not (name in _SHORT_TEXT_KEYS or _LANGUAGE_CODE.fullmatch(name))):
        return None
    at = document.locate(path)
    match = _HASHTAG_COMMENT.fullmatch(document.line(at.line), at.column - 1)
    if match is None:
        return None
    start, end = match.span("comment")
    text = match["comment"]
    tags = text.replace(",", " ").split()
    if is_hashtag_list and not all(re.fullmatch(r"#\w+", tag) for tag in tags):
        return None
    if is_hashtag_list and not is_item:
        indent = " " * (document.locate(path, key=True).column + 1)
        fix = "".join(f"\n{indent}- {quote_scalar(tag)}" for tag in tags)
        example = f"hashtags: [{', '.join(map(quote_scalar, tags))}]"
    else:
        fix = example = quote_scalar(text)
    message = msg("text after # is a comment, so {text} is not read", text=quoted(text))
    hint = msg("write it like this: {text}", text=example)
    span = Span(at.line, start + 1, at.line, end + 1)
    return Finding("yaml-syntax", document.file, path, message, hint, span=span, fix=fix)


def _text_cut_at_comma(document: Document, path: KeyPath, missing_values: list[KeyPath]) -> Finding | None:
    """Return the finding for a text in braces that ends at a comma, so that its rest is read as a key."""
    *above, name = path
    block: Any = document.data
    for part in above:
        block = block[part]
    if not isinstance(block, dict):
        return None
    names = list(block)
    number = names.index(name)
    before = names[number - 1] if number else ""
    if not isinstance(block.get(before), str) or not (before in _TEXT_KEYS or _LANGUAGE_CODE.fullmatch(before)):
        return None
    first = document.locate((*above, before))
    last = document.locate(path, key=True)
    line = document.line(first.line)
    between = line[first.end_column - 1 : last.column - 1]
    if first.line != last.end_line or line[first.column - 1] in "'\"" or between.strip() != ",":
        return None
    for following in names[number:]:
        key = document.locate((*above, following), key=True)
        if (*above, following) not in missing_values or key.line != first.line:
            break
        last = key
        document.lost_paths.add((*above, following))
    fix = quote_scalar(line[first.column - 1 : last.end_column - 1])
    message = msg("the comma ends the text here, so {rest} is not read as a part of it", rest=quoted(name))
    hint = msg("write it like this: {text}", text=fix)
    span = Span(first.line, first.column, first.line, last.end_column)
    return Finding("yaml-syntax", document.file, path, message, hint, span=span, fix=fix)


class UnquotedText(NamedTuple):
    """A text on one line without quotation marks, its span, and the rest of its line."""

    path: KeyPath
    text: str
    span: Span
    rest_of_line: str


def unquoted_texts(document: Document) -> Iterator[UnquotedText]:
    """Yield the texts for people that are on one line without quotation marks, in the order of the file."""
    for path, text in _walk_texts(document.data, ()):
        span = document.locate(path)
        line = document.line(span.line)
        if span.line == span.end_line and line[span.column - 1 : span.end_column - 1] == text:
            yield UnquotedText(path, text, span, line[span.end_column - 1 :])


def _walk_texts(data: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for part, value in items:
        child = (*path, part)
        if isinstance(part, str) and part[:2] == "x-":
            continue
        if not isinstance(value, str):
            yield from _walk_texts(value, child)
        elif _is_text_path(child):
            yield child, str(value)


def _is_text_path(path: KeyPath) -> bool:
    """Return whether the value at a path is a text for people, not an id, a date or a word of the format."""
    name = _last_key(path)
    if name in _TEXT_KEYS or (len(path) > 1 and path[0] in _KEYS_OF_TEXT_BLOCKS):
        return True
    return len(path) > 1 and bool(_LANGUAGE_CODE.fullmatch(name))


def _last_key(path: KeyPath) -> str:
    return next((part for part in reversed(path) if isinstance(part, str)), "")
