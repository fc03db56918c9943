"""Load a folder of wave files into a Plan: the programme, the waves, their documents, and what is wrong with them.

All files are read, and the sound parts of a file with errors are kept, so that one run shows every finding and none
that only follows from another. Mistakes are findings; ``PlanError`` means that there is no plan to read.
"""

import gc
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from wavectl.dates.recurrence import MAX_OCCURRENCES, occurrences
from wavectl.diagnostics import FILE_START, MAX_FINDINGS, Finding, KeyPath, Message, Span, msg, quoted
from wavectl.files import MIB, open_file, os_error_reason, read_file
from wavectl.lockfile.entry import LOCKFILE_NAME, Lockfile
from wavectl.model import Campaign, Moment, Programme, Wave, WaveActor
from wavectl.model.types import ID_PATTERN, PARTIAL, SOUND_BLOCKS, SoundBlocks
from wavectl.yamlfile.document import Document
from wavectl.yamlfile.reader import MAX_SIZE, parse_document

BOM = b"\xef\xbb\xbf"
FILE_SUFFIXES = (".yaml", ".yml")
ACTIONS_FOLDER = "actions"
"""The folder of local actions, in the plan's folder: the only sub-folder that belongs to a plan."""
MAX_FILES = 2000
"""How many files a plan may have."""
MAX_PLAN_SIZE = 64
"""How large all files of a plan may be together, in MiB."""
MAX_PLAN_OCCURRENCES = 10_000
"""How often all repeating moments of a plan may occur together."""
RESERVED_IDS = ("all", "programme")
"""Names that no wave has: ``all`` is the feed of all waves."""


def is_wave_id(text: str) -> bool:
    """Tell whether a wave can have this id."""
    return ID_PATTERN.fullmatch(text) is not None and text not in RESERVED_IDS


class PlanError(Exception):
    """No plan could be read: the folder is missing, unreadable, holds no wave file or too much."""

    def __init__(self, message: Message, hint: Message) -> None:
        super().__init__(str(message))
        self.message, self.hint = message, hint


@dataclass(frozen=True, eq=False)
class Plan:
    """A programme and its waves, with the documents they were read from and what is wrong with them.

    A plan equals only itself, so that what follows from it can be cached.
    """

    folder: Path
    programme: Programme
    waves: Mapping[str, Wave]
    """The waves by id, in order of id."""
    files: Mapping[str, str]
    """The file name of each wave, by id."""
    documents: Mapping[str, Document]
    """The document of each file, by its name inside ``folder``."""
    findings: tuple[Finding, ...]
    incomplete_keys: Mapping[str, frozenset[str]]
    """By file, the top-level keys of which a part could not be read: rules skip what depends on them."""
    dropped_items: Mapping[tuple[str, str | int], list[int]]
    """By file and key, the positions of the items that could not be read, in order: the lists of the wave lack them."""
    moments: Mapping[str, Moment]
    """Every moment by ``wave/id``; the first one where an id is used twice."""
    lockfile: Lockfile | None = None
    """What was published of the plan; None if nothing was."""
    today: date | None = None
    """The current day; None switches off the rules that depend on it."""

    @cached_property
    def has_drafts(self) -> bool:
        """Whether a moment is a draft."""
        return any(moment.draft for _, _, moment in self.each_moment())

    @property
    def programme_file(self) -> str | None:
        """The name of the programme's file; None where there is none."""
        return next((file for file in self.documents if _stem(file) == "programme" and file not in self.files), None)

    def span(self, finding: Finding) -> Span:
        """Return the position of a finding in its file."""
        return finding.span or self.document(finding.file).locate(finding.path, key=finding.at_key)

    def document(self, file: str) -> Document:
        """Return the document of a file; that of the lockfile, which is not YAML, has a text only."""
        if self.lockfile is not None and file == LOCKFILE_NAME:
            return self._lock_document
        return self.documents[file]

    @cached_property
    def _lock_document(self) -> Document:
        return Document(LOCKFILE_NAME, self.lockfile.text if self.lockfile else "")

    def is_incomplete(self, wave: str, *keys: str) -> bool:
        """Tell whether a part of a wave or of the programme, under one of these top-level keys if any, was not read."""
        files = (self.files.get(wave), self.programme_file)
        missing = frozenset().union(*(self.incomplete_keys.get(file or "", ()) for file in files))
        return not missing.isdisjoint(keys) if keys else bool(missing)

    def each_moment(self, field: str = "") -> Iterator[tuple[str, int, Moment]]:
        """Yield the moments, or those that have a field, each with its wave and its position there."""
        for wave_id, wave in self.waves.items():
            for position, moment in wave.moments_with(field) if field else enumerate(wave.moments):
                yield wave_id, position, moment


def load(
    folder: Path,
    max_size: float = MAX_SIZE,
    on_file: Callable[[str], None] = lambda _: None,
    overrides: Mapping[str, bytes | None] = MappingProxyType({}),
) -> Plan:
    """Read the plan in ``folder``; raise ``PlanError`` where there is none.

    Files are at most ``max_size`` MiB. ``on_file`` is called with the name of each file before it is read.
    ``overrides`` gives the content of files by name, existing or new, so that changes can be checked before they are
    written; None is a file to be removed.
    """
    names = _file_names(folder, overrides)
    with gc_disabled():
        plan = _load(folder, names, max_size, on_file, overrides)
    if _occurs_too_often(plan):
        excess = msg("more than {count} dates of repeating moments", count=MAX_PLAN_OCCURRENCES)
        raise PlanError(
            msg("the folder {folder} has {excess}", folder=quoted(folder), excess=excess),
            msg("end the series earlier, with COUNT or UNTIL in repeat"),
        )
    return plan


def _occurs_too_often(plan: Plan) -> bool:
    repeating = [(wave, moment) for wave, _, moment in plan.each_moment("repeat") if moment.repeat and moment.when]
    total = 0
    for wave, moment in repeating if len(repeating) * MAX_OCCURRENCES > MAX_PLAN_OCCURRENCES else ():
        period = plan.waves[wave].period
        total += len(occurrences(moment.repeat, moment.when, period.latest if period else None))
        if total > MAX_PLAN_OCCURRENCES:
            return True
    return False


@contextmanager
def gc_disabled() -> Iterator[None]:
    """Disable the cyclic garbage collector while loading: the data has no cycles, and this halves the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _file_names(folder: Path, overrides: Mapping[str, bytes | None]) -> list[str]:
    """Return the names of the plan's files and of new ones, sorted; raise ``PlanError`` where these are too many."""
    try:
        found = {*islice(_existing_names(folder), MAX_FILES + 1), *overrides}
        names = sorted(name for name in found if overrides.get(name, b"") is not None)
        size = sum((folder / name).lstat().st_size for name in names[:MAX_FILES] if (folder / name).exists())
    except OSError as error:
        raise PlanError(
            msg("the folder {folder} cannot be read: {reason}", folder=quoted(folder), reason=os_error_reason(error)),
            msg("run wavectl where the folder waves is, or name the folder of the plan with --waves"),
        ) from None
    excess = plan_excess(len(names), size)
    if excess:
        raise PlanError(msg("the folder {folder} has {excess}", folder=quoted(folder), excess=excess), _SPLIT)
    if all(_stem(name) == "programme" for name in names):
        hint = msg("start a plan with wavectl init, or name another folder with --waves")
        if names:
            hint = msg("add a wave, for example: wavectl new housing; or name another folder with --waves")
        raise PlanError(msg("the folder {folder} contains no wave file", folder=quoted(folder)), hint)
    return names


_SPLIT = msg("move the waves of other years into a folder of their own")


def plan_excess(count: int, size: int) -> Message | None:
    """Return in what a plan of so many files and bytes exceeds the limits; None for one that does not."""
    if count > MAX_FILES:
        return msg("more than {count} files", count=MAX_FILES)
    return msg("more than {size} MiB in its files", size=MAX_PLAN_SIZE) if size > MAX_PLAN_SIZE * MIB else None


def _existing_names(folder: Path) -> Iterator[str]:
    with os.scandir(folder) as entries:
        yield from (one.name for one in entries if one.name.endswith(FILE_SUFFIXES) and one.name[0] not in ".~")


def changed_file(plan: Plan, max_size: float) -> str | None:
    """Return the name of a file that has changed, appeared or gone since the plan was read; None if there is none."""
    different = set(_existing_names(plan.folder)) ^ plan.documents.keys()
    if different:
        return min(different)
    for name, document in plan.documents.items():
        if any(finding.rule == "unreadable-file" for finding in document.findings):
            continue
        try:
            data = read_file(plan.folder / name, int(max_size * MIB))
        except OSError:
            return name
        if data.removeprefix(BOM) != document.text.encode("utf-8", "surrogatepass"):
            return name
    return None


def _load(
    folder: Path,
    names: list[str],
    max_size: float,
    on_file: Callable[[str], None],
    overrides: Mapping[str, bytes | None],
) -> Plan:
    documents: dict[str, Document] = {}
    findings: list[Finding] = []
    incomplete: dict[str, frozenset[str]] = {}
    dropped: dict[tuple[str, str | int], list[int]] = {}
    programme = Programme()
    waves: dict[str, Wave] = {}
    files: dict[str, str] = {}
    stems: set[str] = set()
    for name in names:
        on_file(name)
        new = overrides.get(name)
        document = _read_document(folder, name, max_size) if new is None else parse_document(new, name, max_size)
        documents[name] = document
        stem = _stem(name)
        name_finding = _check_file_name(name, is_duplicate=stem in stems)
        stems.add(stem)
        if name_finding:
            findings.append(name_finding)
        wave_id = stem if stem != "programme" and name_finding is None else None
        result = _build_model(Programme if stem == "programme" else Wave, document, wave_id)
        findings += (finding._replace(wave=wave_id) for finding in (*document.findings, *result.findings))
        if name_finding is not None:
            continue
        incomplete[name] = result.incomplete_keys
        if stem == "programme":
            programme = result.model or programme
            findings += _check_publish_folder(folder, name, programme.publish.folder)
            continue
        files[stem] = name
        for key, position in sorted(result.dropped_items):
            dropped.setdefault((name, key), []).append(position)
        if result.model is not None:
            waves[stem] = result.model
    waves = dict(sorted(waves.items()))
    moments: dict[str, Moment] = {}
    for wave_id, wave in waves.items():
        for moment in wave.moments:
            moments.setdefault(f"{wave_id}/{moment.id}", moment)
    lockfile = load_lockfile(folder)
    findings += lockfile.findings if lockfile else ()
    return Plan(folder, programme, waves, files, documents, tuple(findings), incomplete, dropped, moments, lockfile)


def load_lockfile(folder: Path) -> Lockfile | None:
    """Return the lockfile of the plan in a folder: what was published of it; None if nothing was."""
    file = folder / LOCKFILE_NAME
    if not os.path.lexists(file):
        return None
    from wavectl.lockfile.reader import (  # only a published plan needs it
        MAX_LOCK_SIZE,
        parse_lockfile,
        unreadable_lockfile,
    )

    try:
        return parse_lockfile(read_file(file, MAX_LOCK_SIZE * MIB))
    except OSError as error:
        return unreadable_lockfile(os_error_reason(error))


def _stem(name: str) -> str:
    return name.rpartition(".")[0]


def _read_document(folder: Path, name: str, max_size: float) -> Document:
    try:
        with open_file(folder / name) as file:
            return parse_document(file.read(int(max_size * MIB) + 1), name, max_size)
    except OSError as error:
        reason = os_error_reason(error)
    message, hint = msg("the file cannot be read: {reason}", reason=reason), msg("restore the file or delete it")
    return Document(name, findings=[Finding("unreadable-file", name, (), message, hint, span=FILE_START)])


def _check_file_name(name: str, *, is_duplicate: bool) -> Finding | None:
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
    return Finding("invalid-wave-id", name, (), message, hint, span=FILE_START)


def _check_publish_folder(folder: Path, file: str, publish_folder: str) -> Iterator[Finding]:
    """Yield a finding if publications would go among the files of the plan, or of git."""
    plan_folder = folder.resolve()
    place = Path(os.path.normpath(plan_folder.parent / publish_folder))
    if place.is_relative_to(plan_folder) or ".git" in publish_folder.casefold().split("/"):
        message = msg("{value} has files of the plan or of git", value=quoted(publish_folder))
        hint = msg("write a name such as feeds or public/calendars")
        yield Finding("invalid-value", file, ("publish", "folder"), message, hint)


class _ModelResult(NamedTuple):
    """A model, what is wrong with its data, and what was left out: top-level keys, and items of lists."""

    model: Any
    findings: list[Finding]
    incomplete_keys: frozenset[str]
    dropped_items: frozenset[tuple[str | int, int]] = frozenset()


def _build_model(model: type[BaseModel], document: Document, wave: str | None) -> _ModelResult:
    """Return the model of a document's data: without the values that are wrong, None if nothing useful is left.

    Each sound moment, actor and campaign is validated once: the first validation keeps it in its context.
    """
    data = document.data
    all_keys = frozenset(model.model_fields)
    if data is None:
        return _ModelResult(None, [], all_keys | _top_keys(document.lost_paths))
    sound: SoundBlocks = {}
    try:
        built = model.model_validate(data, context={SOUND_BLOCKS: sound})
    except ValidationError as error:
        errors = error.errors(include_url=False)
    else:
        return _ModelResult(built, [], _top_keys(document.lost_paths))
    from wavectl.plan.errors import explain_errors  # sound plans do not need it

    explained = explain_errors(errors, document, model)
    if len(errors) > MAX_FINDINGS:  # not all of them are explained
        return _ModelResult(None, explained.reported, all_keys)
    removed = {
        path
        for finding in (*explained.reported, *explained.implied)
        if finding.path
        for path in _paths_to_remove(finding, data)
    }
    rest = dict(_without(data, removed))
    _complete(rest, sound, (wave or document.file) if model is Wave else None)
    try:
        built = model.model_validate(rest, context={PARTIAL: True})
    except ValidationError:
        return _ModelResult(None, explained.reported, all_keys)
    unknown = {finding.path for finding in explained.reported if finding.rule == "unknown-key"}
    whole = {path for path in removed - unknown if len(path) < 3}
    incomplete = _top_keys(whole) | _top_keys(explained.lost_paths) | explained.misspelt_keys
    dropped = frozenset((path[0], path[1]) for path in whole if len(path) == 2 and isinstance(path[1], int))
    return _ModelResult(built, explained.reported, incomplete, dropped)


def _top_keys(paths: Iterable[KeyPath]) -> frozenset[str]:
    return frozenset(str(path[0]) for path in paths)


_SECTIONS_CUT_BY_ENTRY = frozenset(("content", "feeds", "priorities", "regions", "waive"))
_SECTIONS_CUT_BY_KEY = frozenset(("moments", "actors", "campaigns"))
_REQUIRED_KEYS = frozenset(("id", "name", "kind"))  # an entry is useless without them
_DATE_KEYS = ("when", "repeat", "except")  # each depends on the others


def _paths_to_remove(finding: Finding, data: dict[str, Any]) -> Iterator[KeyPath]:
    """Return the paths to leave out because of a finding: as little as possible."""
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
    return isinstance(key_or_index, str) or (
        isinstance(entries[key_or_index], dict) and isinstance(entries[key_or_index].get("id"), str)
    )


def _complete(rest: dict[str, Any], sound: SoundBlocks, wave: str | None) -> None:
    """Put sound blocks in place of their data, and ids in place of missing names: rules then check the other keys."""
    if wave is not None:
        rest["title"] = rest.get("title") or wave
        for key, block_model in (("moments", Moment), ("actors", WaveActor), ("campaigns", Campaign)):
            if isinstance(rest.get(key), list):
                rest[key] = [sound.get((block_model, id(item)), item) for item in rest[key]]
    moments, actors = rest.get("moments"), rest.get("actors")
    if isinstance(moments, list):
        rest["moments"] = [{"title": one.get("id"), **one} if isinstance(one, dict) else one for one in moments]
    if isinstance(actors, dict):
        rest["actors"] = {
            name: {"name": name, "kind": "partner", **one} if isinstance(one, dict) else one
            for name, one in actors.items()
        }


def _without(data: Any, paths: Collection[KeyPath]) -> Any:
    """Return data without the values at some paths; parts that keep all their values are not copied."""
    if not paths or not isinstance(data, (dict, list)):
        return data
    removed = {path[0] for path in paths if len(path) == 1}
    below: dict[str | int, list[KeyPath]] = {}
    for part, *rest in paths:
        if rest:
            below.setdefault(part, []).append(tuple(rest))
    if isinstance(data, dict):
        return {key: _without(value, below.get(key, ())) for key, value in data.items() if key not in removed}
    return [_without(value, below.get(place, ())) for place, value in enumerate(data) if place not in removed]
