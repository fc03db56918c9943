"""Where actions come from: ``actions/sources.yaml`` says for each source how its deliveries are read.

A file with errors gives no sources and findings; nothing here writes.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, ValidationError

from wavectl.actions.action import COLUMNS, parse_cell
from wavectl.diagnostics import FILE_START, Finding, KeyPath, msg, quoted
from wavectl.files import MIB, os_error_reason, read_file
from wavectl.model import types
from wavectl.plan.errors import explain_errors
from wavectl.plan.loader import ACTIONS_FOLDER
from wavectl.text.suggest import suggest
from wavectl.yamlfile.document import Document
from wavectl.yamlfile.patch import patch_document
from wavectl.yamlfile.reader import MAX_SIZE, parse_document

SOURCES_FILE = f"{ACTIONS_FOLDER}/sources.yaml"
"""The name of the file inside the plan's folder."""
_MANAGED = ("id", "source", "also", "not_same", "first_seen", "updated", "missing_since", "review", "reason")
DELIVERED_COLUMNS = tuple(column for column in COLUMNS if column not in _MANAGED)
"""The columns that a delivery fills; the register keeps the others itself."""
MAPPED_COLUMNS = (*DELIVERED_COLUMNS, "time", "end", "end_time", "all_day", "timezone")
"""What the columns of a delivery may be: these columns, and the parts of a date in columns of their own."""


def _check_column(column: str, known: Sequence[str]) -> str:
    if column not in known:
        message = msg("{value} is not a column that a source fills", value=quoted(column))
        types.fail_validation("invalid-value", message, suggest(column, known))
    return column


def _check_mapped_column(column: str) -> str:
    return _check_column(column, MAPPED_COLUMNS)


def _check_defaults(defaults: dict[str, str]) -> dict[str, str]:
    for column, text in defaults.items():
        try:
            parse_cell(_check_column(column, DELIVERED_COLUMNS), text)
        except ValidationError:
            message = msg("{value} is not a valid value of the column {column}", value=quoted(text), column=column)
            types.fail_validation("invalid-value", message)
    return defaults


class Source(types.ModelBase):
    """How the deliveries of one source are read."""

    name: types.Line | None = types.optional("Name", "Who delivers.", "Town twinning network")
    columns: Annotated[dict[str, Annotated[str, AfterValidator(_check_mapped_column)]], types.DropPrivateKeys] = (
        types.optional(
            "Columns", "For each heading of its sheets, the column of the register.", {"Titre": "title"}, default=dict
        )
    )
    defaults: Annotated[dict[str, str], AfterValidator(_check_defaults), types.DropPrivateKeys] = types.optional(
        "Defaults", "What the empty cells of a column are taken to be.", {"country": "FR"}, default=dict
    )
    language: types.Language | None = types.optional("Language", "The language of its sheets.", "fr")
    dates: Literal["day-month", "month-day"] | None = types.optional(
        "Order of dates", "Whether 03/02/2027 is in February (`day-month`) or in March (`month-day`).", "day-month"
    )
    legal_basis: types.Text | None = types.optional(
        "Legal basis", "Why the data may be kept.", "Consent, given in the form"
    )


class Sources(types.ModelBase):
    """The sources of a plan, by name."""

    sources: Annotated[dict[types.Id, Source], types.DropPrivateKeys] = types.optional(
        "Sources", "For each source an id, then how it is read.", {"partners": {"language": "fr"}}, default=dict
    )


class SourceChanges(NamedTuple):
    """How many sources are new, read in another way, or gone."""

    new: int = 0
    changed: int = 0
    removed: int = 0


def compare_sources(old: Mapping[str, Source], new: Mapping[str, Source]) -> SourceChanges:
    """Return what changed from some sources to others, as counts."""
    changed = sum(old[name] != new[name] for name in old.keys() & new.keys())
    return SourceChanges(len(new.keys() - old.keys()), changed, len(old.keys() - new.keys()))


class LoadedSources(NamedTuple):
    """The sources by name, the document they were read from, and what is wrong with it."""

    sources: Mapping[str, Source]
    document: Document
    findings: tuple[Finding, ...] = ()

    def with_source(self, name: str, source: Source) -> str:
        """Return the text of the file with a source added or changed; all other lines stay as they are.

        Raise ``CannotEditError`` where the file is written in a way that cannot be changed.
        """
        data = source.model_dump(exclude_none=True, exclude_defaults=True)
        known = (self.document.data or {}).get("sources") or {}
        if not known:
            changes: dict[KeyPath, object] = {("sources",): {name: data}}
        elif name not in known:
            changes = {("sources", name): data}
        else:
            keys = dict.fromkeys((*known[name], *data))
            changes = {
                ("sources", name, key): data.get(key)
                for key in keys
                if not key.startswith("x-") and known[name].get(key) != data.get(key)
            }
        return patch_document(self.document, changes, _keys_at)


def _keys_at(path: KeyPath) -> tuple[str, ...]:
    return {0: ("sources",), 2: tuple(Source.model_fields)}.get(len(path), ())


def load_sources(folder: Path) -> LoadedSources:
    """Return the sources of the plan in a folder; none where there is no file of sources."""
    try:
        return parse_sources(read_file(folder / SOURCES_FILE, MAX_SIZE * MIB))
    except FileNotFoundError:
        return parse_sources(b"")
    except OSError as error:
        message = msg("the file cannot be read: {reason}", reason=os_error_reason(error))
        hint = msg("restore the file or delete it")
        finding = Finding("unreadable-file", SOURCES_FILE, (), message, hint, span=FILE_START, source_line="")
        return LoadedSources({}, Document(SOURCES_FILE), (finding,))


def parse_sources(raw: bytes) -> LoadedSources:
    """Return the sources in the bytes of a file; none and findings where it has errors."""
    document = parse_document(raw, SOURCES_FILE)
    sources: Mapping[str, Source] = {}
    findings = document.findings
    try:
        sources = Sources.model_validate({} if document.data is None else document.data).sources
    except ValidationError as error:
        explained = explain_errors(error.errors(include_url=False), document, Sources)
        findings = [*findings, *explained.reported]
    return LoadedSources(sources, document, tuple(_with_place(finding, document) for finding in findings))


def _with_place(finding: Finding, document: Document) -> Finding:
    span = finding.span or document.locate(finding.path, key=finding.at_key)
    return finding._replace(span=span, source_line=document.line(span.line))
