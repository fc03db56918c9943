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
from wavectl.diagnostics import START, Finding, Message, Span, quoted, say
from wavectl.lockfile.entry import FILE, SCHEMA, VERSION, Before, Line, Record
from wavectl.model import Change, Place, Status, Text
from wavectl.model.types import Date, Reference, Rule, Zone

_MARKERS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
_MEMBER = re.compile(r'("(?:[^"\\]|\\.)+"): (\{.*\})(,?)')
_LAST = "wavectl"


class _DamagedError(ValueError):
    """A line that is not as it was written."""

    def __init__(self, message: Message, hint: Message) -> None:
        super().__init__(str(message))
        self.message, self.hint = message, hint


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    if day.isoformat() != text or not edtf.FIRST_YEAR <= day.year <= edtf.LAST_YEAR:
        raise ValueError(text)
    return text


def _dated(when: edtf.When) -> edtf.When:
    if when.start is None:
        raise ValueError("unknown")
    return when


Day = Annotated[str, AfterValidator(_day)]
_STRICT = ConfigDict(extra="forbid", defer_build=True)
_When = Annotated[Date, AfterValidator(_dated)]


class _Before(BaseModel):
    """What ``before`` may hold."""

    model_config = _STRICT

    day: Day
    when: _When | None = None
    status: Status | Literal["withdrawn"] | None = None
    place: Place | None = None


class _Facts(BaseModel):
    """What a line may hold; it is only checked, the line itself stays plain data."""

    model_config = _STRICT
    members: list[Reference] = Field(min_length=1)
    when: _When
    zone: Zone | None = None
    repeat: Rule | None = None
    until: Day | None = None
    exceptions: dict[str, Change] = Field(default_factory=dict, alias="except")
    status: Status = Status.CONFIRMED
    place: Place | None = None
    title: Text
    short: Text | None = None
    digest: str
    sequence: Annotated[int, Field(strict=True, ge=0)]
    published: Day
    modified: Day
    before: _Before | None = None
    withdrawn: Day | None = None
    into: str | None = None


def unreadable(reason: object) -> Record:
    """Return what is known of a record that the disk does not give."""
    message = say("the file cannot be read: {reason}", reason=reason)
    hint = say("put the file there again, or take its name away")
    return Record(raw=b"", findings=(_finding(1, "", message, hint),))


def read(raw: bytes) -> Record:
    """Return the record of a file's bytes; where anything in it is not as it was written, findings and no lines."""
    text = raw.decode("utf-8", errors="replace").replace("\r\n", "\n")
    rows = text.removesuffix("\n").split("\n")
    findings = list(_conflict(rows) or _undecodable(raw, rows))
    lines: dict[str, Line] = {}
    domain = None
    held = [(number, row) for number, row in enumerate(rows, 1) if row.strip()]
    whole = len(held) > 1 and (held[0][1], held[-1][1]) == ("{", "}")
    for number, row in held[1:-1] if whole and not findings else ():
        is_last = number == held[-2][0]
        try:
            uid, facts = _member(row, is_last=is_last)
            if is_last and uid == _LAST:
                domain = _domain(facts)
            else:
                lines[uid] = _line(facts, known=uid in lines)
        except _DamagedError as error:
            findings.append(_finding(number, row, error.message, error.hint))
    if not findings:
        findings += _unsound(rows, lines, domain)
    return Record(raw=raw, findings=tuple(findings), text=text) if findings else Record(lines, domain or "", raw)


_TWICE = say("an entry stands here a second time")
_HIGHER = say("keep the line with the higher sequence, and delete the other")


def _conflict(rows: list[str]) -> list[Finding]:
    """Return what there is to say where git could not merge two branches."""
    number = next((number for number, row in enumerate(rows, 1) if row.startswith(_MARKERS)), None)
    if number is None:
        return []
    message = say("git has left a conflict here: two branches have changed the same entry, or both added one")
    hint = say(
        "of each entry, keep the one line with the higher sequence; delete the lines with {marks}; "
        "then run wavectl export-ics",
        marks=", ".join((_MARKERS[0], _MARKERS[2], _MARKERS[3])),
    )
    return [_finding(number, rows[number - 1], message, hint)]


def _undecodable(raw: bytes, rows: list[str]) -> list[Finding]:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        number = raw[: error.start].count(b"\n") + 1
        return [_finding(number, rows[number - 1], say("this line is damaged"), _RESTORE)]
    return []


def _member(row: str, *, is_last: bool) -> tuple[str, Any]:
    found = _MEMBER.fullmatch(row)
    if found is None or bool(found[3]) is is_last:
        raise _damaged()
    try:
        return json.loads(found[1]), json.loads(found[2], object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise _damaged() from None


def _uid(row: str) -> object:
    return json.loads(row.partition('": {')[0] + '"')


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _damaged(part: str = "") -> _DamagedError:
    message = say("this line is damaged at {part}", part=quoted(part)) if part else say("this line is damaged")
    return _DamagedError(message, _RESTORE)


_RESTORE = say("bring back the file as it was before, from git or from a copy; wavectl alone changes it")


def _domain(facts: Any) -> str:
    schema, domain = facts.get("schema"), facts.get("uid_domain")
    version = schema.removeprefix(SCHEMA) if isinstance(schema, str) and schema.startswith(SCHEMA) else ""
    if re.fullmatch(r"[1-9]\d{0,8}", version) and int(version) > VERSION:
        raise _DamagedError(say("the file was written by a newer wavectl"), say("install the newest wavectl"))
    if version != str(VERSION) or not isinstance(domain, str) or not re.fullmatch(r"[a-z0-9.-]+", domain):
        raise _damaged("uid_domain" if version == str(VERSION) else "schema")
    return domain


def _line(facts: Any, *, known: bool) -> Line:
    """Return the line of some facts; raise for facts that no line has, and where there is one already."""
    if known:
        raise _DamagedError(_TWICE, _HIGHER)
    try:
        checked = _Facts.model_validate(facts)
    except ValidationError as error:
        raise _damaged(str(error.errors()[0]["loc"][0])) from None
    if not _fits(checked):
        raise _damaged("repeat")
    told = {key: fact for key, fact in facts.items() if fact is not None}
    named = {"exceptions" if key == "except" else key: fact for key, fact in told.items()}
    named["members"] = tuple(named["members"])
    if "before" in named:
        named["before"] = Before(**named["before"])
    return Line(**named)


def _fits(facts: _Facts) -> bool:
    """Tell whether a rule fits its first and its last day, so that there are days to show."""
    if facts.repeat is None or facts.until is None:
        return facts.repeat is None and facts.until is None
    try:
        recurrence.check(facts.repeat, facts.when)
    except recurrence.RuleError:
        return False
    return facts.when.earliest is not None and facts.when.earliest.isoformat() <= facts.until


def _unsound(rows: list[str], lines: dict[str, Line], domain: str | None) -> Iterator[Finding]:
    """Return what is wrong with the file as a whole, at the line where it shows."""
    if domain is None:
        message = say("the file is cut off: its first or its last line is missing")
        yield _finding(len(rows), rows[-1], message, _RESTORE)
        return
    whole = re.compile(rf"[a-z0-9-]+\.[a-z0-9-]+@{re.escape(domain)}")
    for uid, line in lines.items():
        if not whole.fullmatch(uid) or (line.into is not None and line.into not in lines):
            number = next(number for number, row in enumerate(rows, 1) if row.startswith('"') and _uid(row) == uid)
            error = _damaged("into" if whole.fullmatch(uid) else "uid")
            yield _finding(number, rows[number - 1], error.message, error.hint)


def _finding(number: int, row: str, message: Message, hint: Message) -> Finding:
    span = Span(number, 1, number, len(row) + 1) if row else START
    return Finding("damaged-lock", FILE, (), message, hint, span=span)
