"""What the record holds: a line of facts for each entry that was ever published."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from wavectl.diagnostics import Finding
from wavectl.model import Place, Text

LOCKFILE_NAME = "wavectl.lock"
"""The name of the record inside the plan's folder."""
SCHEMA_PREFIX, VERSION = "wavectl/lock/", 1
"""The form of the record; what is written in a later version is not guessed at."""

JsonObject = Mapping[str, Any]
"""Plain data as JSON has it."""
EMPTY_OBJECT: JsonObject = MappingProxyType({})


class LastChange(NamedTuple):
    """The last change of an entry that people have to know of: the day, and of what changed, what was there before.

    ``status`` is ``withdrawn`` where the entry came back.
    """

    day: str
    when: str | None = None
    status: str | None = None
    place: JsonObject | None = None


class LockEntry(NamedTuple):
    """What was published of one entry, as plain data: days are ISO 8601, dates EDTF, texts as a plan writes them.

    ``members`` are the moments it stands for, as ``wave/id``: first the one that the entry was made for, then those
    tied to it. ``until`` is the last day that ``repeat`` gives. ``digest`` stands for all else that is public.
    ``published`` is the day on which subscribers first got the entry, ``modified`` that of its last change.
    An entry that is gone has the day it was ``withdrawn``, or in ``into`` the UID of the entry that tells of it now.
    """

    members: tuple[str, ...]
    when: str
    zone: str | None = None
    repeat: str | None = None
    until: str | None = None
    exceptions: JsonObject = EMPTY_OBJECT
    status: str = "confirmed"
    place: JsonObject = EMPTY_OBJECT
    title: str | JsonObject = ""
    short: str | JsonObject | None = None
    digest: str = ""
    sequence: int = 0
    published: str = ""
    modified: str = ""
    before: LastChange | None = None
    withdrawn: str | None = None
    into: str | None = None

    @property
    def live(self) -> bool:
        """Whether it stands for something that the plan holds."""
        return self.withdrawn is None and self.into is None


class Lockfile(NamedTuple):
    """The lines by UID, in order, and the domain that the UIDs end with.

    ``raw`` are the bytes of the file, None where there is no file. Where ``findings`` say that it is damaged, there
    are no lines; ``text`` is then what could be read of it.
    """

    entries: Mapping[str, LockEntry] = MappingProxyType({})
    domain: str = ""
    raw: bytes | None = None
    findings: tuple[Finding, ...] = ()
    text: str = ""


_OMITTED_VALUES: tuple[object, ...] = (None, "", {}, "confirmed")


def dump_lockfile(entries: Mapping[str, LockEntry], domain: str) -> bytes:
    """Return the record of these lines: UTF-8, LF, in order of UID; what a line has nothing to say of is left out."""
    members = [f"{_json(uid)}: {_json(dict(_entry_fields(line)))},\n" for uid, line in sorted(entries.items())]
    last = f'"wavectl": {_json({"schema": f"{SCHEMA_PREFIX}{VERSION}", "uid_domain": domain})}\n'
    return "".join(("{\n", "\n".join((*members, last)), "}\n")).encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _entry_fields(entry: LockEntry) -> Iterator[tuple[str, object]]:
    for name, value in zip(entry._fields, entry, strict=True):
        if name == "before" and entry.before is not None:
            yield name, {key: fact for key, fact in zip(entry.before._fields, entry.before, strict=True) if fact}
        elif name == "sequence" or value not in _OMITTED_VALUES:
            yield ("except" if name == "exceptions" else name), value


def text_to_json(text: Text | None) -> str | JsonObject | None:
    """Return a text of the plan as the record holds it: languages in order, since theirs in a plan means nothing."""
    return dict(sorted(text.items())) if isinstance(text, dict) else text


def place_to_json(place: Place | None) -> JsonObject:
    """Return a place as the record holds it."""
    if place is None:
        return {}
    facts = {"name": text_to_json(place.name), "country": place.country, "online": place.online, "scope": place.scope}
    return {key: fact for key, fact in facts.items() if fact}
