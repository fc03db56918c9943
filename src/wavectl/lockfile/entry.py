"""The data of the lockfile: one entry of facts for everything that was ever published."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from wavectl.diagnostics import Finding

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

    ``members`` are its moments as ``wave/id``: first the one that the entry was created for, then those tied to it.
    ``until`` is the last day of ``repeat``, included. ``digest`` is a hash of all other public facts.
    ``published`` is the day of the first publication, ``modified`` that of the last change (LAST-MODIFIED).
    An entry that is gone has the day it was ``withdrawn``, or in ``into`` the UID of the entry that replaces it.
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
        """Whether the entry is in the plan: neither withdrawn nor replaced by another."""
        return self.withdrawn is None and self.into is None


class Lockfile(NamedTuple):
    """The entries by UID, in order, and the domain that the UIDs end with.

    ``raw`` are the bytes of the file, None where there is no file. A damaged file has ``findings`` and no entries;
    ``text`` is then its text, as far as it could be decoded.
    """

    entries: Mapping[str, LockEntry] = MappingProxyType({})
    domain: str = ""
    raw: bytes | None = None
    findings: tuple[Finding, ...] = ()
    text: str = ""
