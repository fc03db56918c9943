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
from wavectl.diagnostics import MOST, Finding, Message, Span, quoted, say, why
from wavectl.lockfile.entry import FILE as RECORD
from wavectl.lockfile.entry import Record
from wavectl.model import Moment, Programme, Wave
from wavectl.model.types import ID
from wavectl.yamlfile.document import MAX_SIZE, MIB, Document, read

SUFFIXES = (".yaml", ".yml")
RESERVED = ("all", "programme")
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
    lacking: Mapping[str, frozenset[str]]
    dropped: Mapping[str, frozenset[diagnostics.Path]]
    moments: Mapping[str, Moment]
    record: Record | None = None
    today: date | None = None

    @property
    def programme_file(self) -> str | None:
        """The name of the programme's file; None where there is none."""
        return next((file for file in self.documents if _stem(file) == "programme" and file not in self.files), None)

    def span(self, finding: Finding) -> Span:
        """Return the place of a finding in its file."""
        return finding.span or self.document(finding.file).locate(finding.path, key=finding.key)

    def document(self, file: str) -> Document:
        """Return the document of a file; of the record, which is no YAML, its text alone."""
        if self.record is not None and file == RECORD:
            return Document(file, self.record.text)
        return self.documents[file]

    def lacks(self, wave: str, keys: frozenset[str]) -> bool:
        """Tell whether something of these top-level keys, of the wave or the programme, could not be read."""
        own = self.lacking.get(self.files.get(wave, ""), frozenset())
        shared = self.lacking.get(self.programme_file or "", frozenset())
        return bool(keys & (own | shared))


def load(
    folder: Path,
    max_size: float = MAX_SIZE,
    each: Callable[[str], None] = lambda _: None,
    instead: Mapping[str, bytes] = MappingProxyType({}),
) -> Plan:
    """Read the plan in ``folder``; raise ``PlanError`` where there is none.

    Files are at most ``max_size`` MiB. ``each`` is told the name of every file before it is read. ``instead`` gives,
    by name, what to take for the content of a file, be it there or not: changes can be tried before they are written.
    """
    names = _names(folder, instead)
    with uncollected():
        return _load(folder, names, max_size, each, instead)


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep Python from looking for rings among data that has none: half of the time would go into that."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _names(folder: Path, new: Iterable[str]) -> list[str]:
    """Return the names of the plan's files, and of new ones, in order."""
    try:
        there = (one.name for one in folder.iterdir() if one.suffix in SUFFIXES and one.name[0] not in ".~")
        names = sorted({*there, *new})
    except OSError as error:
        raise PlanError(
            say("the folder {folder} cannot be read: {reason}", folder=quoted(folder), reason=why(error)),
            say("run wavectl where the folder waves is, or name the folder of the plan with --waves"),
        ) from None
    if all(_stem(name) == "programme" for name in names):
        raise PlanError(
            say("the folder {folder} holds no wave file", folder=quoted(folder)),
            say("put a file such as housing.yaml there, or name another folder with --waves"),
        )
    return names


def _load(
    folder: Path, names: list[str], max_size: float, each: Callable[[str], None], instead: Mapping[str, bytes]
) -> Plan:
    documents: dict[str, Document] = {}
    findings: list[Finding] = []
    lacking: dict[str, frozenset[str]] = {}
    dropped: dict[str, frozenset[diagnostics.Path]] = {}
    programme = Programme()
    waves: dict[str, Wave] = {}
    files: dict[str, str] = {}
    stems: set[str] = set()
    for name in names:
        each(name)
        changed = instead.get(name)
        document = read(changed, name, max_size) if changed is not None else _read(folder / name, name, max_size)
        documents[name] = document
        stem = _stem(name)
        fault = _misnamed(name, twin=stem in stems)
        stems.add(stem)
        wave_id = stem if stem != "programme" and fault is None else None
        findings += [fault] if fault else []
        findings += (_in_wave(finding, wave_id) for finding in document.findings)
        if stem == "programme":
            shared = _modelled(Programme, document, None)
            findings += shared.findings
            if fault is None:
                programme, lacking[name] = shared.model or programme, shared.lacking | _unread(document)
        else:
            wave = _modelled(Wave, document, wave_id)
            findings += wave.findings
            if fault is None:
                files[stem], lacking[name], dropped[name] = name, wave.lacking | _unread(document), wave.dropped
                if wave.model is not None:
                    waves[stem] = wave.model
    waves = dict(sorted(waves.items()))
    moments: dict[str, Moment] = {}
    for wave_id, one in waves.items():
        for moment in one.moments:
            moments.setdefault(f"{wave_id}/{moment.id}", moment)
    record = recorded(folder)
    return Plan(folder, programme, waves, files, documents, tuple(findings), lacking, dropped, moments, record)


def recorded(folder: Path) -> Record | None:
    """Return the record of what was published of the plan in a folder; None where there is none."""
    file = folder / RECORD
    if not os.path.lexists(file):
        return None
    from wavectl.lockfile.reading import read as read_record  # a plan that was never published does without
    from wavectl.lockfile.reading import unreadable

    try:
        return read_record(file.read_bytes())
    except OSError as error:
        return unreadable(why(error))


def _stem(name: str) -> str:
    return name.rpartition(".")[0]


def _unread(document: Document) -> frozenset[str]:
    """Return the top-level keys of which something is lost in the YAML already."""
    return frozenset(str(path[0]) for path in document.lost)


def _in_wave(finding: Finding, wave: str | None) -> Finding:
    return finding if wave is None else finding._replace(wave=wave)


def _read(path: Path, name: str, max_size: float) -> Document:
    try:
        reason: object = _unfit(path)
        if reason is None:
            with path.open("rb") as file:
                return read(file.read(int(max_size * MIB) + 1), name, max_size)
    except OSError as error:
        reason = why(error)
    message = say("the file cannot be read: {reason}", reason=reason)
    hint = say("put the file there again, or take its name away")
    return Document(name, findings=[Finding("unreadable-file", name, (), message, hint, span=diagnostics.START)])


def _unfit(path: Path) -> Message | None:
    """Return why what stands under the name of a file is none to read; None where it is one."""
    if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(path.parent)):
        return say("it is a link that leads out of the plan")  # and would show what others keep for themselves
    if path.is_dir():
        return say("it is a folder")
    return None if path.is_file() else say("it is not a file")  # a pipe would wait for ever; a link may lead nowhere


def _misnamed(name: str, *, twin: bool) -> Finding | None:
    """Return what is wrong with a file's name."""
    stem = _stem(name)
    if twin:
        message = say("{file} has the same name as another file of the plan", file=quoted(name))
        hint = say("keep one of the two")
    elif stem == "programme":
        return None
    elif stem in RESERVED:
        message = say("{id} cannot be the id of a wave", id=quoted(stem))
        hint = say("give the file another name")
    elif not ID.fullmatch(stem):
        message = say("{id} cannot be the id of a wave", id=quoted(stem))
        hint = say("name the file with small letters without accents, digits and single hyphens: right-to-housing.yaml")
    else:
        return None
    return Finding("invalid-wave-id", name, (), message, hint, span=diagnostics.START)


AModel = TypeVar("AModel", bound=BaseModel)


class _Modelled(NamedTuple, Generic[AModel]):
    """A model, what was wrong with its data, and what it was made without: top-level keys, and items of lists."""

    model: AModel | None
    findings: list[Finding]
    lacking: frozenset[str]
    dropped: frozenset[diagnostics.Path] = frozenset()


def _modelled(model: type[AModel], document: Document, wave: str | None) -> _Modelled[AModel]:
    """Return the model of a document's data; where something is wrong, of the rest, and None where nothing is left."""
    data = document.data
    everything = frozenset(model.model_fields)
    if data is None:
        return _Modelled(None, [], everything)
    try:
        return _Modelled(model.model_validate(data), [], frozenset())
    except ValidationError as error:
        errors = error.errors(include_url=False)
    from wavectl.plan.errors import faults  # sound plans need no words for what is wrong

    findings, implied, meant = faults(errors, document, wave, model)
    if len(errors) > MOST:
        return _Modelled(None, findings, everything)
    rest = dict(data)
    cuts = {path for finding in (*findings, *implied) if finding.path for path in _units(finding, data)}
    for path in sorted(cuts, key=_last_first):
        _cut(rest, path)
    _filled_up(rest, (wave or document.file) if model is Wave else None)
    unknown = {finding.path for finding in findings if finding.rule == "unknown-key"}
    whole = {path for path in cuts - unknown if len(path) < 3}
    try:
        made = model.model_validate(rest, context={"partial": True})
    except ValidationError:
        return _Modelled(None, findings, everything)
    items = frozenset(path for path in whole if isinstance(path[-1], int))
    return _Modelled(made, findings, frozenset(str(path[0]) for path in whole) | meant, items)


_BY_ENTRY = frozenset(("content", "feeds", "priorities", "regions", "waive"))
_BY_KEY = frozenset(("moments", "actors", "campaigns"))
_NEEDED = frozenset(("id", "name", "kind"))  # without these an entry says nothing
_DATES = ("when", "repeat", "except")  # of these, one says nothing without the others


def _units(finding: Finding, data: dict[str, Any]) -> Iterator[diagnostics.Path]:
    """Return the paths of what has to be left out with a fault: as little as lets the rest be understood."""
    path = finding.path
    if finding.rule == "unknown-key":
        yield path
    elif path[0] in _BY_ENTRY:
        yield path[:2]
    elif path[0] not in _BY_KEY or len(path) < 2:
        yield path[:1]
    elif len(path) > 2 and path[2] in _DATES:
        yield from ((*path[:2], key) for key in _DATES)
    elif len(path) > 2 and (path[2] not in _NEEDED or (path[0] == "actors" and isinstance(path[1], str))):
        yield path[:3]
    elif not (finding.rule == "missing-key" and _has_id(data[path[0]], path[1])):
        yield path[:2]


def _has_id(entries: Any, at: str | int) -> bool:
    """Tell whether an entry that lacks a key can be known by its id all the same."""
    return isinstance(at, str) or (isinstance(entries[at], dict) and isinstance(entries[at].get("id"), str))


def _filled_up(rest: dict[str, Any], wave: str | None) -> None:
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


def _last_first(path: diagnostics.Path) -> tuple[int, tuple[tuple[int, int, str], ...]]:
    """Sort the paths so that cutting one does not move what another names."""
    return -len(path), tuple((0, -part, "") if isinstance(part, int) else (1, 0, part) for part in path)


def _cut(data: dict[str, Any], path: diagnostics.Path) -> None:
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
