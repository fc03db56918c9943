"""The findings for code scanning: SARIF 2.1.0 (OASIS), one run, with the manual of each rule that is broken.

The version of wavectl is left out on purpose: the same plan gives the same bytes under each release that finds the
same, and what tells old findings from new ones are their fingerprints.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from wavectl.diagnostics import Diagnostic, Severity, Span, Summary
from wavectl.i18n.catalogues import UI_LANGUAGES
from wavectl.render.diagnostics import Style
from wavectl.render.diagnostics.rule_manual import body_markdown, body_text
from wavectl.rules.manual import rule_page
from wavectl.text.escaping import dump_json

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(diagnostics: Sequence[Diagnostic], _summary: Summary, style: Style) -> str:
    """Return a SARIF log; waived findings are not in it, as in every report."""
    rules = {name: number for number, name in enumerate(sorted({found.rule for found in diagnostics}))}
    language = style.languages[0].partition("-")[0] if style.languages else "en"
    prints = _fingerprints(diagnostics)
    run = {
        "tool": {"driver": {"name": "wavectl", "rules": [_rule(name, style) for name in rules]}},
        "language": language if language in UI_LANGUAGES else "en",
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(found, rules[found.rule], mark, style) for found, mark in zip(diagnostics, prints, strict=True)
        ],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return dump_json(log)


def _rule(name: str, style: Style) -> dict[str, Any]:
    """Return what the manual says of a rule (a reportingDescriptor, §3.49)."""
    told = rule_page(name).translated(style.translate)
    plain = Style(style.translate)
    return {
        "id": name,
        "shortDescription": {"text": told.title},
        "fullDescription": {"text": told.what},
        "help": {"text": body_text(told, plain), "markdown": body_markdown(told, plain)},
        "defaultConfiguration": {"level": _LEVELS[told.severity]},
    }


def _result(diagnostic: Diagnostic, number: int, fingerprint: str, style: Style) -> dict[str, Any]:
    """Return a finding (§3.27)."""
    message = style.format_message(diagnostic.message)
    if diagnostic.hint:
        message += "\n" + style.labelled(style.translate("hint"), style.format_message(diagnostic.hint))
    place = {"artifactLocation": _artifact(diagnostic.file), "region": _region(diagnostic.span)}
    return {
        "ruleId": diagnostic.rule,
        "ruleIndex": number,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": message},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"wavectl/v1": fingerprint},
        **_fixes(diagnostic, style),
    }


def _artifact(file: str) -> dict[str, str]:
    """Return where a file is (§3.4): below the root of the sources, else anywhere on the machine."""
    if PurePath(file).is_absolute():
        return {"uri": PurePath(file).as_uri()}
    return {"uri": quote(file.encode("utf-8", "surrogateescape")), "uriBaseId": "%SRCROOT%"}


def _region(span: Span) -> dict[str, int]:
    """Return a place in a text (§3.30): from 1, the end exclusive, as in a span."""
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _fixes(diagnostic: Diagnostic, style: Style) -> dict[str, Any]:
    """Return the cure as what to write in place of what stands there (§3.55), where there is one for certain."""
    if diagnostic.fix is None:
        return {}
    change = {
        "artifactLocation": _artifact(diagnostic.file),
        "replacements": [{"deletedRegion": _region(diagnostic.span), "insertedContent": {"text": diagnostic.fix}}],
    }
    words = {"description": {"text": style.format_message(diagnostic.hint)}} if diagnostic.hint else {}
    return {"fixes": [{**words, "artifactChanges": [change]}]}


def _fingerprints(diagnostics: Sequence[Diagnostic]) -> list[str]:
    """Return what each finding is known by (§3.27.17), the same when lines move and messages are worded anew.

    That is its rule, file, keys and line of text, without the numbers of lines and list items; equal ones are counted.
    """
    seen: Counter[str] = Counter()
    marks = []
    for found in diagnostics:
        keys = ".".join(part for part in found.path if isinstance(part, str))
        parts = "\0".join((found.rule, found.file, keys, found.source_line.strip()))
        digest = sha256(parts.encode("utf-8", "surrogateescape")).hexdigest()[:16]
        seen[digest] += 1
        marks.append(f"{digest}:{seen[digest]}")
    return marks
