"""The findings for code scanning: SARIF 2.1.0 (OASIS), one run, with the manual page of each broken rule.

The version of wavectl is left out so that the same findings give the same bytes with every release. Fingerprints
identify findings across runs.
"""

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from wavectl.diagnostics import Diagnostic, Severity, Span, Summary
from wavectl.i18n import UI_LANGUAGES
from wavectl.render.context import RenderContext
from wavectl.render.diagnostics.rule_manual import body_markdown, body_text
from wavectl.rules.rule import rule_page
from wavectl.text.escaping import dump_json

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(diagnostics: Sequence[Diagnostic], _summary: Summary, context: RenderContext) -> str:
    """Return a SARIF log; like every report, it has no waived findings."""
    rules = {name: index for index, name in enumerate(sorted({diagnostic.rule for diagnostic in diagnostics}))}
    language = context.language.partition("-")[0]
    results = zip(diagnostics, _fingerprints(diagnostics), strict=True)
    run = {
        "tool": {"driver": {"name": "wavectl", "rules": [_rule(name, context) for name in rules]}},
        "language": language if language in UI_LANGUAGES else "en",
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, rules[one.rule], fingerprint, context) for one, fingerprint in results],
    }
    return dump_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(name: str, context: RenderContext) -> dict[str, Any]:
    """Return the manual page of a rule as a reportingDescriptor (§3.49)."""
    page = rule_page(name).translated(context.translate)
    plain = RenderContext(context.languages)
    return {
        "id": name,
        "shortDescription": {"text": page.title},
        "fullDescription": {"text": page.what},
        "help": {"text": body_text(page, plain), "markdown": body_markdown(page, plain)},
        "defaultConfiguration": {"level": _LEVELS[page.severity]},
    }


def _result(diagnostic: Diagnostic, rule_index: int, fingerprint: str, context: RenderContext) -> dict[str, Any]:
    """Return a finding as a result (§3.27)."""
    message = context.raw_message(diagnostic.message)
    if diagnostic.hint:
        message += "\n" + context.labelled(context.translate("hint"), context.raw_message(diagnostic.hint))
    location = {"artifactLocation": _artifact(diagnostic.file), "region": _region(diagnostic.span)}
    return {
        "ruleId": diagnostic.rule,
        "ruleIndex": rule_index,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": message},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"wavectl/v1": fingerprint},
        **_fixes(diagnostic, context),
    }


def _artifact(file: str) -> dict[str, str]:
    """Return the location of a file (§3.4): relative to the root of the sources, or an absolute URI."""
    if PurePath(file).is_absolute():
        return {"uri": PurePath(file).as_uri()}
    return {"uri": quote(file.encode("utf-8", "surrogateescape")), "uriBaseId": "%SRCROOT%"}


def _region(span: Span) -> dict[str, int]:
    """Return a region of a text (§3.30): counted from 1, the end column exclusive, as in ``Span``."""
    return dict(zip(("startLine", "startColumn", "endLine", "endColumn"), span, strict=True))


def _fixes(diagnostic: Diagnostic, context: RenderContext) -> dict[str, Any]:
    """Return the automatic fix as a replacement of the span (§3.55), if there is one."""
    if diagnostic.fix is None:
        return {}
    change = {
        "artifactLocation": _artifact(diagnostic.file),
        "replacements": [{"deletedRegion": _region(diagnostic.span), "insertedContent": {"text": diagnostic.fix}}],
    }
    description = {"description": {"text": context.raw_message(diagnostic.hint)}} if diagnostic.hint else {}
    return {"fixes": [{**description, "artifactChanges": [change]}]}


def _fingerprints(diagnostics: Sequence[Diagnostic]) -> list[str]:
    """Return a fingerprint for each finding (§3.27.17), which stays the same if lines move or messages change.

    It is a hash of rule, file, keys and source line, without line and item numbers; equal hashes are numbered.
    """
    seen: Counter[str] = Counter()
    fingerprints = []
    for diagnostic in diagnostics:
        keys = ".".join(part for part in diagnostic.path if isinstance(part, str))
        parts = "\0".join((diagnostic.rule, diagnostic.file, keys, diagnostic.source_line.strip()))
        digest = sha256(parts.encode("utf-8", "surrogateescape")).hexdigest()[:16]
        seen[digest] += 1
        fingerprints.append(f"{digest}:{seen[digest]}")
    return fingerprints
