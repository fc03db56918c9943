"""A folder of wave files -> Plan: the programme, the waves, their documents, and what is wrong with them.

All files are read, whatever is wrong with one of them, and of a file with faults the sound parts are kept, so
that one run shows every finding and none that only follows from another. Mistakes are findings; an exception
here means that there is no plan to read.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from wavectl import diagnostics
from wavectl.diagnostics import Finding, Message, quoted, say
from wavectl.document import MAX_SIZE, MIB, Document, read
from wavectl.faults import told
from wavectl.model import Programme, Wave
from wavectl.model.values import ID

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
    them would only follow from findings that are there already.
    """

    folder: Path
    programme: Programme
    waves: Mapping[str, Wave]
    files: Mapping[str, str]
    documents: Mapping[str, Document]
    findings: tuple[Finding, ...]
    lacking: Mapping[str, frozenset[str]]

    @property
    def programme_file(self) -> str | None:
        """The name of the programme's file; None where there is none."""
        return next((file for file in self.documents if _stem(file) == "programme" and file not in self.files), None)

    def lacks(self, wave: str, keys: frozenset[str]) -> bool:
        """Tell whether something of these top-level keys, of the wave or the programme, could not be read."""
        own = self.lacking.get(self.files.get(wave, ""), frozenset())
        shared = self.lacking.get(self.programme_file or "", frozenset())
        return bool(keys & (own | shared))


def load(folder: Path, max_size: float = MAX_SIZE, each: Callable[[str], None] = lambda _: None) -> Plan:
    """Read the plan in ``folder``; raise ``PlanError`` where there is none.

    Files are at most ``max_size`` MiB. ``each`` is told the name of every file before it is read.
    """
    names = _names(folder)
    collecting = gc.isenabled()
    gc.disable()  # half of the time would go into looking for rings among data that has none
    try:
        return _load(folder, names, max_size, each)
    finally:
        if collecting:
            gc.enable()


def _names(folder: Path) -> list[str]:
    """Return the names of the plan's files, in order."""
    try:
        names = sorted(
            entry.name
            for entry in folder.iterdir()
            if entry.suffix in SUFFIXES and not entry.name.startswith(".") and not entry.is_dir()
        )
    except OSError as error:
        raise PlanError(
            say("the folder {folder} cannot be read: {reason}", folder=quoted(folder), reason=error.strerror or error),
            say("run wavectl where the folder waves is, or name the folder of the plan with --waves"),
        ) from None
    if all(_stem(name) == "programme" for name in names):
        raise PlanError(
            say("the folder {folder} holds no wave file", folder=quoted(folder)),
            say("put a file such as housing.yaml there, or name another folder with --waves"),
        )
    return names


def _load(folder: Path, names: list[str], max_size: float, each: Callable[[str], None]) -> Plan:
    documents: dict[str, Document] = {}
    findings: list[Finding] = []
    lacking: dict[str, frozenset[str]] = {}
    programme = Programme()
    waves: dict[str, Wave] = {}
    files: dict[str, str] = {}
    stems: set[str] = set()
    for name in names:
        each(name)
        document = documents[name] = _read(folder / name, name, max_size)
        stem = _stem(name)
        fault = _misnamed(name, twin=stem in stems)
        stems.add(stem)
        wave_id = stem if stem != "programme" and fault is None else None
        findings += [fault] if fault else []
        findings += (_in_wave(finding, wave_id) for finding in document.findings)
        if stem == "programme":
            read_programme, found, lost = _modelled(Programme, document, None)
            if fault is None:
                programme, lacking[name] = read_programme or programme, lost
        else:
            wave, found, lost = _modelled(Wave, document, wave_id)
            if fault is None:
                files[stem], lacking[name] = name, lost
                if wave is not None:
                    waves[stem] = wave
        findings += found
    waves = dict(sorted(waves.items()))
    return Plan(folder, programme, waves, files, documents, tuple(findings), lacking)


def _stem(name: str) -> str:
    return name.rpartition(".")[0]


def _in_wave(finding: Finding, wave: str | None) -> Finding:
    return finding if wave is None else finding._replace(wave=wave)


def _read(path: Path, name: str, max_size: float) -> Document:
    try:
        if path.is_file():
            with path.open("rb") as file:
                return read(file.read(int(max_size * MIB) + 1), name, max_size)
        reason: object = "it is not a file"  # a pipe would wait for ever; a link may lead nowhere
    except OSError as error:
        reason = error.strerror or error
    message = say("the file cannot be read: {reason}", reason=reason)
    hint = say("put the file there again, or take its name away")
    return Document(name, findings=[Finding("unreadable-file", name, (), message, hint, span=diagnostics.START)])


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


def _modelled(
    model: type[AModel], document: Document, wave: str | None
) -> tuple[AModel | None, list[Finding], frozenset[str]]:
    """Return the model of a document's data, what is wrong with it, and the top-level keys that lost something.

    Where something is wrong the model is made of the rest; it is None where nothing is left.
    """
    data = document.data
    if data is None:
        return None, [], frozenset(model.model_fields)
    try:
        return model.model_validate(data), [], frozenset()
    except ValidationError as error:
        errors = error.errors(include_url=False)
    findings = list(told(errors, document, wave))
    rest = dict(data)
    lost = {str(finding.path[0]) for finding in findings if finding.path and finding.rule != "unknown-key"}
    for path in sorted({_unit(finding) for finding in findings if finding.path}, key=_last_first):
        _cut(rest, path)
    if model is Wave:
        rest.setdefault("title", wave or "")
        if not rest["title"]:
            rest["title"] = document.file
    try:
        return model.model_validate(rest, context={"partial": True}), findings, frozenset(lost)
    except ValidationError:
        return None, findings, frozenset(model.model_fields)


_IN_PARTS = frozenset(("moments", "actors", "campaigns", "content", "feeds"))


def _unit(finding: Finding) -> diagnostics.Path:
    """Return the path of what has to be left out with a fault: a key that is unknown, one of a list, or a whole key."""
    if finding.rule == "unknown-key":
        return finding.path
    return finding.path[: 2 if finding.path[0] in _IN_PARTS else 1]


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
