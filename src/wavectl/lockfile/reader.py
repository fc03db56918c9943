"""Read the lockfile strictly: bytes to entries, or to findings with a line number.

Subscribers' calendars depend on this file. A line that is skipped would make entries appear twice or disappear, so
nothing is guessed: any line that wavectl would not write is reported.
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from wavectl.dates import edtf, recurrence
from wavectl.diagnostics import FILE_START, MAX_FINDINGS, Finding, Message, Span, msg, quoted
from wavectl.lockfile.entry import LOCKFILE_NAME, SCHEMA_PREFIX, VERSION, LastChange, LockEntry, Lockfile, is_action_uid
from wavectl.model import OccurrenceChange, Place, Status, Text
from wavectl.model.types import Date, Reference, Repeat, Zone

MAX_LOCK_SIZE = 8
"""How large the lockfile may be, in MiB: about 20,000 entries."""
MAX_LOCK_LINES = 100_000
"""How many lines it may have; each entry takes two."""
_CONFLICT_MARKERS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
_MEMBER_LINE = re.compile(r'("(?:[^"\\]|\\.)+"): (\{.*\})(,?)')
_METADATA_KEY = "wavectl"
_RESTORE_HINT = msg("restore the file from git or from a backup; do not edit it by hand")


def _check_day(text: str) -> str:
    day = date.fromisoformat(text)
    if day.isoformat() != text or not edtf.FIRST_YEAR <= day.year <= edtf.LAST_YEAR:
        raise ValueError(text)
    return text


def _check_has_date(when: edtf.When) -> edtf.When:
    if when.start is None:
        raise ValueError("unknown")
    return when


LockedDay = Annotated[str, AfterValidator(_check_day)]
_KnownDate = Annotated[Date, AfterValidator(_check_has_date)]
_STRICT = ConfigDict(extra="forbid", defer_build=True)


class _LastChangeModel(BaseModel):
    """The values allowed in ``before``."""

    model_config = _STRICT

    day: LockedDay
    when: _KnownDate | None = None
    status: Status | Literal["withdrawn"] | None = None
    place: Place | None = None


class _ActionEntryModel(BaseModel):
    """The values allowed in the entry of an action; used to check only, a ``LockEntry`` holds the plain data."""

    model_config = _STRICT

    when: _KnownDate
    zone: Zone | None = None
    status: Status = Status.CONFIRMED
    digest: str = ""
    sequence: Annotated[int, Field(strict=True, ge=0)]
    published: LockedDay
    modified: LockedDay
    before: _LastChangeModel | None = None
    withdrawn: LockedDay | None = None
    into: str | None = None


class _LockEntryModel(_ActionEntryModel):
    """The values allowed in the entry of a moment."""

    members: list[Reference] = Field(min_length=1)
    repeat: Repeat | None = None
    until: LockedDay | None = None
    exceptions: dict[str, OccurrenceChange] = Field(default_factory=dict, alias="except")
    place: Place | None = None
    title: Text
    short: Text | None = None
    digest: str
    former: list[Reference] = Field(default_factory=list)


class _DamagedLineError(ValueError):
    def __init__(self, message: Message, hint: Message = _RESTORE_HINT) -> None:
        super().__init__(str(message))
        self.message, self.hint = message, hint


def _damaged_line(part: str = "") -> _DamagedLineError:
    return _DamagedLineError(
        msg("this line is damaged at {part}", part=quoted(part)) if part else msg("this line is damaged")
    )


def unreadable_lockfile(reason: object) -> Lockfile:
    """Return the lockfile for a file that the operating system does not let us read."""
    message = msg("the file cannot be read: {reason}", reason=reason)
    hint = msg("check the permissions of the file, or restore it from git or from a backup")
    return Lockfile(raw=b"", findings=(_finding(1, "", message, hint),))


def parse_earlier_lockfiles(current: Lockfile, earlier: Iterable[bytes]) -> Iterator[Lockfile]:
    """Return earlier versions of a lockfile; a line that several of them have is checked once."""
    members = current.all_entries
    rows = (current.raw or b"").decode("utf-8", "replace").replace("\r\n", "\n").split("\n")
    known = {row: (uid, members[uid]) for row in rows if row.startswith('"') and (uid := _uid_of(row)) in members}
    for raw in earlier:
        yield parse_lockfile(raw, known)


def parse_lockfile(raw: bytes, known: dict[str, tuple[str, LockEntry]] | None = None) -> Lockfile:
    """Return the entries in the bytes of a lockfile; for a damaged one, only findings.

    ``known`` are lines that were checked before, with their entries; those of this file are added.
    """
    known = {} if known is None else known
    text = raw.decode("utf-8", errors="replace").replace("\r\n", "\n")
    if text.count("\n") > MAX_LOCK_LINES:
        message = msg("the file has more than {count} lines", count=MAX_LOCK_LINES)
        return Lockfile(raw=raw, findings=(_finding(1, "", message, _RESTORE_HINT),))
    rows = text.removesuffix("\n").split("\n")
    findings = list(_merge_conflict(rows) or _decoding_error(raw, rows))
    entries: dict[str, LockEntry] = {}
    domain = None
    filled = [(number, row) for number, row in enumerate(rows, 1) if row.strip()]
    is_complete = len(filled) > 1 and (filled[0][1], filled[-1][1]) == ("{", "}")
    for number, row in filled[1:-1] if is_complete and not findings else ():
        is_last = number == filled[-2][0]
        try:
            if row in known and known[row][0] not in entries and not is_last:
                uid, entries[uid] = known[row]
                continue
            uid, facts = _parse_member(row, is_last=is_last)
            if is_last and uid == _METADATA_KEY:
                domain = _uid_domain(facts)
            else:
                entries[uid] = _lock_entry(facts, is_action=is_action_uid(uid), is_duplicate=uid in entries)
                known[row] = (uid, entries[uid])
        except _DamagedLineError as error:
            findings.append(_finding(number, row, error.message, error.hint))
            if len(findings) == MAX_FINDINGS:
                break
    if not findings:
        findings += _file_findings(rows, entries, domain)
    if findings:
        return Lockfile(raw=raw, findings=tuple(findings), text=text)
    actions = {uid: entry for uid, entry in entries.items() if is_action_uid(uid)}
    moments = {uid: entry for uid, entry in entries.items() if uid not in actions} if actions else entries
    return Lockfile(moments, domain or "", raw, actions=actions)


def _merge_conflict(rows: list[str]) -> list[Finding]:
    number = next((number for number, row in enumerate(rows, 1) if row.startswith(_CONFLICT_MARKERS)), None)
    if number is None:
        return []
    message = msg("merge conflict left by git: two branches changed the same entry, or both added one")
    hint = msg(
        "keep one line for each entry, the one with the higher sequence; delete the lines with {marks}; "
        "then run wavectl export-ics",
        marks=", ".join((_CONFLICT_MARKERS[0], _CONFLICT_MARKERS[2], _CONFLICT_MARKERS[3])),
    )
    return [_finding(number, rows[number - 1], message, hint)]


def _decoding_error(raw: bytes, rows: list[str]) -> list[Finding]:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        number = raw[: error.start].count(b"\n") + 1
        return [_finding(number, rows[number - 1], msg("this line is damaged"), _RESTORE_HINT)]
    return []


def _parse_member(row: str, *, is_last: bool) -> tuple[str, Any]:
    """Return the UID and the facts of a line; every line but the last ends with a comma."""
    match = _MEMBER_LINE.fullmatch(row)
    if match is None or bool(match[3]) is is_last:
        raise _damaged_line()
    try:
        return json.loads(match[1]), json.loads(match[2], object_pairs_hook=_reject_duplicate_keys)
    except (ValueError, RecursionError):
        raise _damaged_line() from None


def _reject_duplicate_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("duplicate key")
    return members


def _uid_domain(facts: Any) -> str:
    schema, domain = facts.get("schema"), facts.get("uid_domain")
    version = schema.removeprefix(SCHEMA_PREFIX) if isinstance(schema, str) and schema.startswith(SCHEMA_PREFIX) else ""
    if re.fullmatch(r"[1-9]\d{0,8}", version) and int(version) > VERSION:
        raise _DamagedLineError(
            msg("the file was written by a newer version of wavectl"), msg("install the latest version of wavectl")
        )
    if version != str(VERSION) or not isinstance(domain, str) or not re.fullmatch(r"[a-z0-9.-]+", domain):
        raise _damaged_line("uid_domain" if version == str(VERSION) else "schema")
    return domain


def _lock_entry(facts: Any, *, is_action: bool, is_duplicate: bool) -> LockEntry:
    """Return the entry with these facts; raise ``_DamagedLineError`` for a duplicate, or for facts that are invalid."""
    if is_duplicate:
        raise _DamagedLineError(
            msg("this entry is in the file twice"), msg("keep the line with the higher sequence, and delete the other")
        )
    try:
        checked = (_ActionEntryModel if is_action else _LockEntryModel).model_validate(facts)
    except ValidationError as error:
        raise _damaged_line(str(error.errors()[0]["loc"][0])) from None
    if isinstance(checked, _LockEntryModel) and not _is_rule_consistent(checked):
        raise _damaged_line("repeat")
    values = {"exceptions" if key == "except" else key: fact for key, fact in facts.items() if fact is not None}
    values |= {key: tuple(values.get(key, ())) for key in ("members", "former")}
    if "before" in values:
        values["before"] = LastChange(**values["before"])
    return LockEntry(**values)


def _is_rule_consistent(facts: _LockEntryModel) -> bool:
    """Tell whether a recurrence rule fits its first and last day, so that there are days to show."""
    if facts.repeat is None or facts.until is None:
        return facts.repeat is None and facts.until is None
    try:
        recurrence.check_first_date(facts.repeat, facts.when)
    except recurrence.RecurrenceRuleError:
        return False
    return facts.when.earliest is not None and facts.when.earliest.isoformat() <= facts.until


def _file_findings(rows: list[str], entries: dict[str, LockEntry], domain: str | None) -> Iterator[Finding]:
    """Return the findings about the file as a whole: cut off, a UID of another domain, a broken ``into``."""
    if domain is None:
        message = msg("the file is incomplete: its first or last line is missing")
        yield _finding(len(rows), rows[-1], message, _RESTORE_HINT)
        return
    valid_uid = re.compile(rf"[a-z0-9-]+\.[a-z0-9-]+(\.action)?@{re.escape(domain)}")
    broken = {
        uid: "into" if valid_uid.fullmatch(uid) else "uid"
        for uid, entry in entries.items()
        if not valid_uid.fullmatch(uid) or (entry.into is not None and entry.into not in entries)
    }
    placed = ((number, row, _uid_of(row)) for number, row in enumerate(rows, 1) if broken and row.startswith('"'))
    found = ((number, row, broken[uid]) for number, row, uid in placed if uid in broken)
    for number, row, part in islice(found, MAX_FINDINGS):
        error = _damaged_line(part)
        yield _finding(number, row, error.message, error.hint)


def _uid_of(row: str) -> str:
    return str(json.loads(row.partition('": {')[0] + '"'))


def _finding(number: int, row: str, message: Message, hint: Message) -> Finding:
    span = Span(number, 1, number, len(row) + 1) if row else FILE_START
    return Finding("damaged-lock", LOCKFILE_NAME, (), message, hint, span=span)
