"""Calendar clients as people run them, each telling what it shows of a feed in the same words.

``read`` gives what a client shows as ``Seen`` records, one an occurrence: rules are expanded and exceptions laid over
them by the client itself, so that feeds are compared by the days that people get to see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from support.clients import debian, node, python, server
from support.clients.seen import Seen
from support.rfc5545 import faults

FIRST, LAST = date(2000, 1, 1), date(2049, 12, 31)

Reader = Callable[[bytes, Path, date, date], list[Seen]]


@dataclass(frozen=True, slots=True)
class Client:
    """A calendar client: how its records are had, what it makes of perfect ones, and the marks of its tests.

    A reader gets the feed, a folder of its own, and the requested days; it may give more than those.
    """

    read: Reader
    shows: Callable[[Iterable[Seen]], Iterable[Seen]] = list
    marks: tuple[pytest.MarkDecorator, ...] = ()


_FOREIGN = (pytest.mark.clients,)

CLIENTS: dict[str, Client] = {
    "icalendar": Client(python.icalendar_seen, python.as_icalendar),
    "ical": Client(python.ical_seen),
    "vobject": Client(python.vobject_seen),
    "khal": Client(python.khal_seen, python.as_khal),
    "radicale": Client(server.radicale_seen, python.as_icalendar),
    "ical.js": Client(node.icaljs_seen, marks=_FOREIGN),
    "node-ical": Client(node.nodeical_seen, marks=_FOREIGN),
    "calcurse": Client(debian.calcurse_seen, debian.as_calcurse, marks=_FOREIGN),
}

every_client = pytest.mark.parametrize(
    "client", [pytest.param(name, id=name, marks=client.marks) for name, client in CLIENTS.items()]
)


def read(client: str, data: bytes, tmp_path: Path, first: date = FIRST, last: date = LAST) -> list[Seen]:
    """Return what a client shows of a feed that starts from the first through the last day, by start and UID.

    Raises what the client raises for a feed it refuses, and ``MissingClientError`` where the client is not installed.
    A feed that the RFC has something against is not even shown to it.
    """
    wrong = faults(data)
    if wrong:
        raise ValueError(f"this is no feed to be read: {wrong}")
    found = CLIENTS[client].read(data, tmp_path, first, last)
    return sorted((one for one in found if first <= one.first_day <= last), key=Seen.key)


def shown(client: str, seen: list[Seen]) -> list[Seen]:
    """Return what that client shows of an entry seen in full: fields it does not know are None."""
    return sorted(CLIENTS[client].shows(seen), key=Seen.key)
