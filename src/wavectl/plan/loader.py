"""A folder of wave files -> Plan: the programme, the waves, their documents, and what is wrong with them.

All files are read, whatever is wrong with one of them, and of a file with faults the sound parts are kept, so
that one run shows every finding and none that only follows from another. Mistakes are findings; an exception
here means that there is no plan to read.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from wavectl import diagnostics
from wavectl.diagnostics import MAX_FINDINGS, Finding, Message, Span, msg, os_error_reason, quoted
from wavectl.lockfile.entry import LOCKFILE_NAME as RECORD
from wavectl.lockfile.entry import Lockfile
from wavectl.model import Moment, Programme, Wave
from wavectl.model.types import ID_PATTERN
from wavectl.yamlfile.document import MAX_SIZE, MIB, Document, parse_document

FILE_SUFFIXES = (".yaml", ".yml")
RESERVED_IDS = ("all", "programme")
"""Names that no wave has: ``all`` is the feed of all waves."""


class PlanError(Exception):
    """There is no plan to read at all."""

    def __init__(self, message: Message, hint: Message) -> None:
        super().__init__(str(message))
        self.message, self.hint = message, hint


class Plan(NamedTuple):
    """A programme and its waves by id, in order of id.

    ``files`` gives the file of each wave, ``documents`` each file's document by its name inside ``folder``.
    ``lacking`` names, by file, the top-level keys of which something could not be read: what a rule says of
    them would only follow from findings that are there already. ``dropped`` gives the paths of the items of lists
    that could not be read: the waves lack them, and count what stands behind them as if they were not there.
    ``moments`` finds every moment by ``wave/id``, the first of those that have one id.
    ``record`` is what was published of the plan, None where nothing was.
    ``today`` is the day on which the plan is looked at; rules that ask for it say nothing where it is None.
    """

    folder: Path
    programme: Programme
    waves: Mapping[str, Wave]
    files: Mapping[str, str]
    documents: Mapping[str, Document]
    findings: tuple[Finding, ...]
    incomplete_keys: Mapping[str, frozenset[str]]
    dropped_items: Mapping[str, frozenset[diagnostics.KeyPath]]
    moments: Mapping[str, Moment]
    lockfile: Lockfile | None = None
    today: date | None = None

    @property
    def programme_file(self) -> str | None:
        """The name of the programme's file; None where there is none."""
        return next((file for file in self.documents if _stem(file) == "programme" and file not in self.files), None)

    def span(self, finding: Finding) -> Span:
        """Return the place of a finding in its file."""
        return finding.span or self.document(finding.file).locate(finding.path, key=finding.at_key)

    def document(self, file: str) -> Document:
        """Return the document of a file; of the record, which is no YAML, its text alone."""
        if self.lockfile is not None and file == RECORD:
            return Document(file, self.lockfile.text)
        return self.documents[file]

    def is_incomplete(self, wave: str, keys: frozenset[str]) -> bool:
        """Tell whether something of these top-level keys, of the wave or the programme, could not be read."""
        own = self.incomplete_keys.get(self.files.get(wave, ""), frozenset())
        shared = self.incomplete_keys.get(self.programme_file or "", frozenset())
        return bool(keys & (own | shared))


def load(
    folder: Path,
    max_size: float = MAX_SIZE,
    on_file: Callable[[str], None] = lambda _: None,
    overrides: Mapping[str, bytes] = MappingProxyType({}),
) -> Plan:
    """Read the plan in ``folder``; raise ``PlanError`` where there is none.

    Files are at most ``max_size`` MiB. ``each`` is told the name of every file before it is read. ``instead`` gives,
    by name, what to take for the content of a file, be it there or not: changes can be tried before they are written.
    """
    names = _file_names(folder, overrides)
    with gc_disabled():
        return _load(folder, names, max_size, on_file, overrides)


@contextmanager
def gc_disabled() -> Iterator[None]:
    """Keep Python from looking for rings among data that has none: half of the time would go into that."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _file_names(folder: Path, new: Iterable[str]) -> list[str]:
    """Return the names of the plan's files, and of new ones, in order."""
    try:
        there = (one.name for one in folder.iterdir() if one.suffix in FILE_SUFFIXES and one.name[0] not in ".~")
        names = sorted({*there, *new})
    except OSError as error:
        raise PlanError(
            msg("the folder {folder} cannot be read: {reason}", folder=quoted(folder), reason=os_error_reason(error)),
            msg("run wavectl where the folder waves is, or name the folder of the plan with --waves"),
        ) from None
    if all(_stem(name) == "programme" for name in names):
        raise PlanError(
            msg("the folder {folder} holds no wave file", folder=quoted(folder)),
            msg("put a file such as housing.yaml there, or name another folder with --waves"),
        )
    return names


def _load(
    folder: Path, names: list[str], max_size: float, on_file: Callable[[str], None], overrides: Mapping[str, bytes]
) -> Plan:
    documents: dict[str, Document] = {}
    findings: list[Finding] = []
    lacking: dict[str, frozenset[str]] = {}
    dropped: dict[str, frozenset[diagnostics.KeyPath]] = {}
    programme = Programme()
    waves: dict[str, Wave] = {}
    files: dict[str, str] = {}
    stems: set[str] = set()
    for name in names:
        on_file(name)
        changed = overrides.get(name)
        document = (
            parse_document(changed, name, max_size)
            if changed is not None
            else _read_document(folder / name, name, max_size)
        )
        documents[name] = document
        stem = _stem(name)
        fault = _check_file_name(name, is_duplicate=stem in stems)
        stems.add(stem)
        wave_id = stem if stem != "programme" and fault is None else None
        findings += [fault] if fault else []
        findings += (_with_wave(finding, wave_id) for finding in document.findings)
        if stem == "programme":
            shared = _build_model(Programme, document, None)
            findings += shared.findings
            if fault is None:
                programme, lacking[name] = shared.model or programme, shared.incomplete_keys | _lost_keys(document)
        else:
            wave = _build_model(Wave, document, wave_id)
            findings += wave.findings
            if fault is None:
                files[stem], lacking[name], dropped[name] = (
                    name,
                    wave.incomplete_keys | _lost_keys(document),
                    wave.dropped_items,
                )
                if wave.model is not None:
                    waves[stem] = wave.model
    waves = dict(sorted(waves.items()))
    moments: dict[str, Moment] = {}
    for wave_id, one in waves.items():
        for moment in one.moments:
            moments.setdefault(f"{wave_id}/{moment.id}", moment)
    record = load_lockfile(folder)
    return Plan(folder, programme, waves, files, documents, tuple(findings), lacking, dropped, moments, record)


def load_lockfile(folder: Path) -> Lockfile | None:
    """Return the record of what was published of the plan in a folder; None where there is none."""
    file = folder / RECORD
    if not os.path.lexists(file):
        return None
    from wavectl.lockfile.reader import parse_lockfile as read_record  # a plan that was never published does without
    from wavectl.lockfile.reader import unreadable_lockfile

    try:
        return read_record(file.read_bytes())
    except OSError as error:
        return unreadable_lockfile(os_error_reason(error))


def _stem(name: str) -> str:
    return name.rpartition(".")[0]


def _lost_keys(document: Document) -> frozenset[str]:
    """Return the top-level keys of which something is lost in the YAML already."""
    return frozenset(str(path[0]) for path in document.lost_paths)


def _with_wave(finding: Finding, wave: str | None) -> Finding:
    return finding if wave is None else finding._replace(wave=wave)


def _read_document(path: Path, name: str, max_size: float) -> Document:
    try:
        reason: object = _unreadable_reason(path)
        if reason is None:
            with path.open("rb") as file:
                return parse_document(file.read(int(max_size * MIB) + 1), name, max_size)
    except OSError as error:
        reason = os_error_reason(error)
    message = msg("the file cannot be read: {reason}", reason=reason)
    hint = msg("put the file there again, or take its name away")
    return Document(name, findings=[Finding("unreadable-file", name, (), message, hint, span=diagnostics.FILE_START)])


def _unreadable_reason(path: Path) -> Message | None:
    """Return why what stands under the name of a file is none to read; None where it is one."""
    if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(path.parent)):
        return msg("it is a link that leads out of the plan")  # and would show what others keep for themselves
    if path.is_dir():
        return msg("it is a folder")
    return None if path.is_file() else msg("it is not a file")  # a pipe would wait for ever; a link may lead nowhere


def _check_file_name(name: str, *, is_duplicate: bool) -> Finding | None:
    """Return what is wrong with a file's name."""
    stem = _stem(name)
    if is_duplicate:
        message = msg("{file} has the same name as another file of the plan", file=quoted(name))
        hint = msg("keep one of the two")
    elif stem == "programme":
        return None
    elif stem in RESERVED_IDS:
        message = msg("{id} is not a valid id for a wave", id=quoted(stem))
        hint = msg("give the file another name")
    elif not ID_PATTERN.fullmatch(stem):
        message = msg("{id} is not a valid id for a wave", id=quoted(stem))
        hint = msg("name the file with small letters without accents, digits and single hyphens: right-to-housing.yaml")
    else:
        return None
    return Finding("invalid-wave-id", name, (), message, hint, span=diagnostics.FILE_START)


ModelT = TypeVar("ModelT", bound=BaseModel)


class _ModelResult(NamedTuple, Generic[ModelT]):
    """A model, what was wrong with its data, and what it was made without: top-level keys, and items of lists."""

    model: ModelT | None
    findings: list[Finding]
    incomplete_keys: frozenset[str]
    dropped_items: frozenset[diagnostics.KeyPath] = frozenset()


def _build_model(model: type[ModelT], document: Document, wave: str | None) -> _ModelResult[ModelT]:
    """Return the model of a document's data; where something is wrong, of the rest, and None where nothing is left."""
    data = document.data
    everything = frozenset(model.model_fields)
    if data is None:
        return _ModelResult(None, [], everything)
    try:
        return _ModelResult(model.model_validate(data), [], frozenset())
    except ValidationError as error:
        errors = error.errors(include_url=False)
    from wavectl.plan.errors import explain_errors  # sound plans need no words for what is wrong

    findings, implied, meant = explain_errors(errors, document, wave, model)
    if len(errors) > MAX_FINDINGS:
        return _ModelResult(None, findings, everything)
    rest = dict(data)
    cuts = {path for finding in (*findings, *implied) if finding.path for path in _paths_to_remove(finding, data)}
    for path in sorted(cuts, key=_removal_order):
        _remove_at(rest, path)
    _fill_missing_names(rest, (wave or document.file) if model is Wave else None)
    unknown = {finding.path for finding in findings if finding.rule == "unknown-key"}
    whole = {path for path in cuts - unknown if len(path) < 3}
    try:
        made = model.model_validate(rest, context={"partial": True})
    except ValidationError:
        return _ModelResult(None, findings, everything)
    items = frozenset(path for path in whole if isinstance(path[-1], int))
    return _ModelResult(made, findings, frozenset(str(path[0]) for path in whole) | meant, items)


_SECTIONS_CUT_BY_ENTRY = frozenset(("content", "feeds", "priorities", "regions", "waive"))
_SECTIONS_CUT_BY_KEY = frozenset(("moments", "actors", "campaigns"))
_REQUIRED_KEYS = frozenset(("id", "name", "kind"))  # without these an entry says nothing
_DATE_KEYS = ("when", "repeat", "except")  # of these, one says nothing without the others


def _paths_to_remove(finding: Finding, data: dict[str, Any]) -> Iterator[diagnostics.KeyPath]:
    """Return the paths of what has to be left out with a fault: as little as lets the rest be understood."""
    path = finding.path
    if finding.rule == "unknown-key":
        yield path
    elif path[0] in _SECTIONS_CUT_BY_ENTRY:
        yield path[:2]
    elif path[0] not in _SECTIONS_CUT_BY_KEY or len(path) < 2:
        yield path[:1]
    elif len(path) > 2 and path[2] in _DATE_KEYS:
        yield from ((*path[:2], key) for key in _DATE_KEYS)
    elif len(path) > 2 and (path[2] not in _REQUIRED_KEYS or (path[0] == "actors" and isinstance(path[1], str))):
        yield path[:3]
    elif not (finding.rule == "missing-key" and _has_id(data[path[0]], path[1])):
        yield path[:2]


def _has_id(entries: Any, key_or_index: str | int) -> bool:
    """Tell whether an entry that lacks a key can be known by its id all the same."""
    return isinstance(key_or_index, str) or (
        isinstance(entries[key_or_index], dict) and isinstance(entries[key_or_index].get("id"), str)
    )


def _fill_missing_names(rest: dict[str, Any], wave: str | None) -> None:
    """Give what lacks a name its id for one, so that the rules can look at all else that it says."""
    if wave is not None and not rest.get("title"):
        rest["title"] = wave
    moments, actors = rest.get("moments"), rest.get("actors")
    if isinstance(moments, list):
        rest["moments"] = [{"title": one.get("id"), **one} if isinstance(one, dict) else one for one in moments]
    if isinstance(actors, dict):
        rest["actors"] = {
            name: {"name": name, "kind": "partner", **one} if isinstance(one, dict) else one
            for name, one in actors.items()
        }


def _removal_order(path: diagnostics.KeyPath) -> tuple[int, tuple[tuple[int, int, str], ...]]:
    """Sort the paths so that cutting one does not move what another names."""
    return -len(path), tuple((0, -part, "") if isinstance(part, int) else (1, 0, part) for part in path)


def _remove_at(data: dict[str, Any], path: diagnostics.KeyPath) -> None:
    """Leave out what stands at ``path``, copying what is on the way to it: documents keep their data."""
    at: Any = data
    for part in path[:-1]:
        try:
            below = at[part]
        except (KeyError, IndexError, TypeError):
            return
        if not isinstance(below, (dict, list)):
            return
        at[part] = below.copy()
        at = at[part]
    if isinstance(at, dict):
        at.pop(path[-1], None)
    elif isinstance(at, list) and isinstance(path[-1], int) and path[-1] < len(at):
        del at[path[-1]]
