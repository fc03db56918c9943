"""What the record holds: a line of facts for each entry that was ever published."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from wavectl.diagnostics import Finding

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
