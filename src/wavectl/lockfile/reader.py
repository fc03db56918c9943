"""The bytes of the record -> its lines. Whatever is not as it was written is told, with its line, and never guessed at.

The record is what subscribers' calendars rely on: a line that is passed over would let entries double or vanish.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from wavectl.dates import edtf, recurrence
from wavectl.diagnostics import FILE_START, Finding, Message, Span, msg, quoted
from wavectl.lockfile.entry import LOCKFILE_NAME, SCHEMA_PREFIX, VERSION, LastChange, LockEntry, Lockfile
from wavectl.model import OccurrenceChange, Place, Status, Text
from wavectl.model.types import Date, Reference, Repeat, Zone

_CONFLICT_MARKERS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
_MEMBER_LINE = re.compile(r'("(?:[^"\\]|\\.)+"): (\{.*\})(,?)')
_METADATA_KEY = "wavectl"


class _DamagedLineError(ValueError):
    """A line that is not as it was written."""

    def __init__(self, message: Message, hint: Message) -> None:
        super().__init__(str(message))
        self.message, self.hint = message, hint


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
_STRICT = ConfigDict(extra="forbid", defer_build=True)
_KnownDate = Annotated[Date, AfterValidator(_check_has_date)]


class _LastChangeModel(BaseModel):
    """What ``before`` may hold."""

    model_config = _STRICT

    day: LockedDay
    when: _KnownDate | None = None
    status: Status | Literal["withdrawn"] | None = None
    place: Place | None = None


class _LockEntryModel(BaseModel):
    """What a line may hold; it is only checked, the line itself stays plain data."""

    model_config = _STRICT
    members: list[Reference] = Field(min_length=1)
    when: _KnownDate
    zone: Zone | None = None
    repeat: Repeat | None = None
    until: LockedDay | None = None
    exceptions: dict[str, OccurrenceChange] = Field(default_factory=dict, alias="except")
    status: Status = Status.CONFIRMED
    place: Place | None = None
    title: Text
    short: Text | None = None
    digest: str
    sequence: Annotated[int, Field(strict=True, ge=0)]
    published: LockedDay
    modified: LockedDay
    before: _LastChangeModel | None = None
    withdrawn: LockedDay | None = None
    into: str | None = None


def unreadable_lockfile(reason: object) -> Lockfile:
    """Return what is known of a record that the disk does not give."""
    message = msg("the file cannot be read: {reason}", reason=reason)
    hint = msg("put the file there again, or take its name away")
    return Lockfile(raw=b"", findings=(_finding(1, "", message, hint),))


def parse_lockfile(raw: bytes) -> Lockfile:
    """Return the record of a file's bytes; where anything in it is not as it was written, findings and no lines."""
    text = raw.decode("utf-8", errors="replace").replace("\r\n", "\n")
    rows = text.removesuffix("\n").split("\n")
    findings = list(_merge_conflict(rows) or _decoding_error(raw, rows))
    lines: dict[str, LockEntry] = {}
    domain = None
    held = [(number, row) for number, row in enumerate(rows, 1) if row.strip()]
    whole = len(held) > 1 and (held[0][1], held[-1][1]) == ("{", "}")
    for number, row in held[1:-1] if whole and not findings else ():
        is_last = number == held[-2][0]
        try:
            uid, facts = _parse_member(row, is_last=is_last)
            if is_last and uid == _METADATA_KEY:
                domain = _uid_domain(facts)
            else:
                lines[uid] = _lock_entry(facts, is_duplicate=uid in lines)
        except _DamagedLineError as error:
            findings.append(_finding(number, row, error.message, error.hint))
    if not findings:
        findings += _file_findings(rows, lines, domain)
    return Lockfile(raw=raw, findings=tuple(findings), text=text) if findings else Lockfile(lines, domain or "", raw)


_DUPLICATE_ENTRY = msg("an entry stands here a second time")
_KEEP_HIGHER_SEQUENCE_HINT = msg("keep the line with the higher sequence, and delete the other")


def _merge_conflict(rows: list[str]) -> list[Finding]:
    """Return what there is to say where git could not merge two branches."""
    number = next((number for number, row in enumerate(rows, 1) if row.startswith(_CONFLICT_MARKERS)), None)
    if number is None:
        return []
    message = msg("git has left a conflict here: two branches have changed the same entry, or both added one")
    hint = msg(
        "of each entry, keep the one line with the higher sequence; delete the lines with {marks}; "
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
    found = _MEMBER_LINE.fullmatch(row)
    if found is None or bool(found[3]) is is_last:
        raise _damaged_line()
    try:
        return json.loads(found[1]), json.loads(found[2], object_pairs_hook=_reject_duplicate_keys)
    except (ValueError, RecursionError):
        raise _damaged_line() from None


def _uid_of(row: str) -> object:
    return json.loads(row.partition('": {')[0] + '"')


def _reject_duplicate_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _damaged_line(part: str = "") -> _DamagedLineError:
    message = msg("this line is damaged at {part}", part=quoted(part)) if part else msg("this line is damaged")
    return _DamagedLineError(message, _RESTORE_HINT)


_RESTORE_HINT = msg("bring back the file as it was before, from git or from a copy; wavectl alone changes it")


def _uid_domain(facts: Any) -> str:
    schema, domain = facts.get("schema"), facts.get("uid_domain")
    version = schema.removeprefix(SCHEMA_PREFIX) if isinstance(schema, str) and schema.startswith(SCHEMA_PREFIX) else ""
    if re.fullmatch(r"[1-9]\d{0,8}", version) and int(version) > VERSION:
        raise _DamagedLineError(msg("the file was written by a newer wavectl"), msg("install the newest wavectl"))
    if version != str(VERSION) or not isinstance(domain, str) or not re.fullmatch(r"[a-z0-9.-]+", domain):
        raise _damaged_line("uid_domain" if version == str(VERSION) else "schema")
    return domain


def _lock_entry(facts: Any, *, is_duplicate: bool) -> LockEntry:
    """Return the line of some facts; raise for facts that no line has, and where there is one already."""
    if is_duplicate:
        raise _DamagedLineError(_DUPLICATE_ENTRY, _KEEP_HIGHER_SEQUENCE_HINT)
    try:
        checked = _LockEntryModel.model_validate(facts)
    except ValidationError as error:
        raise _damaged_line(str(error.errors()[0]["loc"][0])) from None
    if not _is_rule_consistent(checked):
        raise _damaged_line("repeat")
    told = {key: fact for key, fact in facts.items() if fact is not None}
    named = {"exceptions" if key == "except" else key: fact for key, fact in told.items()}
    named["members"] = tuple(named["members"])
    if "before" in named:
        named["before"] = LastChange(**named["before"])
    return LockEntry(**named)


def _is_rule_consistent(facts: _LockEntryModel) -> bool:
    """Tell whether a rule fits its first and its last day, so that there are days to show."""
    if facts.repeat is None or facts.until is None:
        return facts.repeat is None and facts.until is None
    try:
        recurrence.check_first_date(facts.repeat, facts.when)
    except recurrence.RecurrenceRuleError:
        return False
    return facts.when.earliest is not None and facts.when.earliest.isoformat() <= facts.until


def _file_findings(rows: list[str], entries: dict[str, LockEntry], domain: str | None) -> Iterator[Finding]:
    """Return what is wrong with the file as a whole, at the line where it shows."""
    if domain is None:
        message = msg("the file is cut off: its first or its last line is missing")
        yield _finding(len(rows), rows[-1], message, _RESTORE_HINT)
        return
    whole = re.compile(rf"[a-z0-9-]+\.[a-z0-9-]+@{re.escape(domain)}")
    for uid, line in entries.items():
        if not whole.fullmatch(uid) or (line.into is not None and line.into not in entries):
            number = next(number for number, row in enumerate(rows, 1) if row.startswith('"') and _uid_of(row) == uid)
            error = _damaged_line("into" if whole.fullmatch(uid) else "uid")
            yield _finding(number, rows[number - 1], error.message, error.hint)


def _finding(number: int, row: str, message: Message, hint: Message) -> Finding:
    span = Span(number, 1, number, len(row) + 1) if row else FILE_START
    return Finding("damaged-lock", LOCKFILE_NAME, (), message, hint, span=span)
