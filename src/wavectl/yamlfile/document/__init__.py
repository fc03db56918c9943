"""YAML text -> Document: plain data, and where each part of it stands.

The node graph is composed once, by PyYAML's ``CParser`` (libyaml) or, where that is missing, by the pure
ruamel.yaml parser; data and positions both come from its marks, so a position is read and never guessed.
What is too large, too deep or too entangled is refused.
"""

from __future__ import annotations

import re

from wavectl.diagnostics import msg
from wavectl.yamlfile.document.build import DocumentBuilder
from wavectl.yamlfile.document.document import CELLS_PER_NODE, Document, add_finding
from wavectl.yamlfile.document.tabs import first_tab
from wavectl.yamlfile.parser import ComposeError, LimitExceededError, compose

__all__ = ["MAX_SIZE", "MIB", "Document", "parse_document"]

MIB = 1024 * 1024
MAX_SIZE = 4
"""How large a file may be, in MiB, unless the caller says otherwise."""
_TOKENS_PER_MIB = 62_500  # 250,000 for a file of 4 MiB

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""What may not stand in a file as it is: control characters, and U+0085, U+2028, U+2029 (line ends to YAML 1.1)."""


def parse_document(raw: bytes, file: str, max_size: float = MAX_SIZE) -> Document:
    """Return the document of a file's bytes: UTF-8 with or without BOM, at most ``max_size`` MiB."""
    document = Document(file)
    if len(raw) > max_size * MIB:
        add_finding(
            document,
            msg("the file is larger than {size} MiB", size=f"{max_size:g}"),
            msg("split it, or allow more with --max-size"),
            rule="unreadable-file",
        )
        return document
    text = _decode(document, raw)
    if text is None:
        return document
    document.text = text
    strange = _UNPRINTABLE.search(text)
    if strange:
        add_finding(
            document,
            msg("an invisible character ({code}) stands here", code=f"U+{ord(strange[0]):04X}"),
            msg("delete it and type the text again"),
            span=document.span_at_offset(strange.start()),
        )
        return document
    nodes = int(max_size * _TOKENS_PER_MIB) // 2
    try:
        root = compose(text, nodes)
    except ComposeError as error:
        from wavectl.yamlfile.document.line_hints import explain_syntax_error  # few files need it

        trap = None if isinstance(error, LimitExceededError) else explain_syntax_error(text, error, nodes)
        if trap is not None:
            document.findings.append(trap.to_finding(file))
        else:
            add_finding(document, error.message, error.hint, span=document.span(error.line, error.column))
        return document
    place = first_tab(text, root) if "\t" in text else None
    if place is not None:
        from wavectl.yamlfile.document.line_hints import tab_problem

        line, column = place
        document.findings.append(tab_problem(line, document.line(line + 1), column).to_finding(file))
        return document
    if root is not None:
        DocumentBuilder(document, limit=int(max_size * _TOKENS_PER_MIB) * CELLS_PER_NODE).fill(root)
    else:
        document.data = {}
    return document


def _decode(document: Document, raw: bytes) -> str | None:
    """Return the text of the file's bytes, without a BOM; None, with a finding, where they are not UTF-8."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        add_finding(
            document,
            msg("the file is saved as UTF-16"),
            msg("save it again with the encoding UTF-8 (in Notepad: Save as, Encoding)"),
            rule="unreadable-file",
        )
        return None
    try:
        return raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        document.text = raw.decode("utf-8", errors="replace").removeprefix("\ufeff")
        good = raw[: error.start].decode("utf-8").removeprefix("\ufeff")
        add_finding(
            document,
            msg("the file is not saved as UTF-8, so this letter cannot be read"),
            msg("save it again with the encoding UTF-8 (in Notepad: Save as, Encoding)"),
            rule="unreadable-file",
            span=document.span_at_offset(len(good)),
        )
        return None
