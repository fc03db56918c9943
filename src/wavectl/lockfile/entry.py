"""The entries of the lockfile: facts of everything that was ever published, and the bytes that hold them."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from wavectl.diagnostics import Finding
from wavectl.model import Place, Text

LOCKFILE_NAME = "wavectl.lock"
"""The name of the lockfile in the plan's folder."""
SCHEMA_PREFIX, VERSION = "wavectl/lock/", 1
"""The format of the lockfile; a file with a later version is refused."""

JsonObject = Mapping[str, Any]
"""A JSON object as plain data."""
EMPTY_OBJECT: JsonObject = MappingProxyType({})


class LastChange(NamedTuple):
    """The last change of an entry that matters to subscribers: its day, and the previous value of what changed.

    ``status`` is ``withdrawn`` where the entry was restored.
    """

    day: str
    when: str | None = None
    status: str | None = None
    place: JsonObject | None = None


class LockEntry(NamedTuple):
    """What was published of one entry, as plain data: days are ISO 8601, dates EDTF, texts as in the plan.

    The entry of a local action has no ``members`` and no texts, so that the action can be forgotten; its ``digest`` is
    that of its place, a dash, and that of the rest.
    ``members`` are its moments as ``wave/id``: first the one that the entry was created for, then those tied to it.
    ``until`` is the last day of ``repeat``, included. ``digest`` is a hash of all other public facts.
    ``published`` is the day of the first publication, ``modified`` that of the last change (LAST-MODIFIED).
    An entry that is gone has the day it was ``withdrawn``, or in ``into`` the UID of the entry that replaces it.
    ``former`` are the names under which it was published before, of members too that it has no longer: pages of the
    site stay at these addresses.
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
    former: tuple[str, ...] = ()

    @property
    def live(self) -> bool:
        """Whether the entry is in the plan: neither withdrawn nor replaced by another."""
        return self.withdrawn is None and self.into is None


class Lockfile(NamedTuple):
    """The entries of moments by UID, in order, the domain that the UIDs end with, and the entries of local actions.

    ``raw`` are the bytes of the file, None where there is no file. A damaged file has ``findings`` and no entries;
    ``text`` is then its text, as far as it could be decoded.
    """

    entries: Mapping[str, LockEntry] = MappingProxyType({})
    domain: str = ""
    raw: bytes | None = None
    findings: tuple[Finding, ...] = ()
    text: str = ""
    actions: Mapping[str, LockEntry] = MappingProxyType({})

    @property
    def all_entries(self) -> dict[str, LockEntry]:
        """The entries of moments and of actions."""
        return {**self.entries, **self.actions}


class LockRevision(NamedTuple):
    """A version of the lockfile, the day on which it was recorded, and the last commit that has it."""

    day: date
    lockfile: Lockfile
    commit: str = ""


_OMITTED_VALUES: tuple[object, ...] = (None, "", {}, (), "confirmed")


def is_action_uid(uid: str) -> bool:
    """Tell whether a UID is that of a local action: ``<id>.<wave>.action@<domain>``."""
    return uid.partition("@")[0].endswith(".action")


def dump_lockfile(entries: Mapping[str, LockEntry], domain: str) -> bytes:
    """Return the bytes of a lockfile: UTF-8, LF, sorted by UID, without empty values."""
    members = [f"{_json(uid)}: {_json(dict(_entry_fields(entry)))},\n" for uid, entry in sorted(entries.items())]
    last = f'"wavectl": {_json({"schema": f"{SCHEMA_PREFIX}{VERSION}", "uid_domain": domain})}\n'
    return "".join(("{\n", "\n".join((*members, last)), "}\n")).encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _entry_fields(entry: LockEntry) -> Iterator[tuple[str, object]]:
    for name, value in entry._asdict().items():
        if name == "before" and entry.before is not None:
            yield name, {key: previous for key, previous in entry.before._asdict().items() if previous}
        elif name == "sequence" or value not in _OMITTED_VALUES:
            yield ("except" if name == "exceptions" else name), value


def text_to_json(text: Text | None) -> str | JsonObject | None:
    """Return a text as the lockfile stores it: languages sorted, since their order in a plan means nothing."""
    return dict(sorted(text.items())) if isinstance(text, dict) else text


def place_to_json(place: Place | None) -> JsonObject:
    """Return a place as the lockfile stores it, without empty values."""
    if place is None:
        return {}
    facts = {"name": text_to_json(place.name), "country": place.country, "online": place.online, "scope": place.scope}
    return {key: fact for key, fact in facts.items() if fact}
