"""A calendar server on this machine, Radicale, and the library that programs speak to it with, caldav.

Radicale writes its entries with vobject 0.9, which folds some lines one octet late and puts ``X-`` properties after
alarms. Nothing else of what it gives back may break the RFC.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, make_server

import caldav
import radicale
import radicale.config

from support.clients.python import icalendar_seen
from support.clients.seen import Seen
from support.rfc5545 import faults

_WHO = "subscriber"
_VOBJECT = re.compile(r"the line has 76 octets|X-[A-Z-]+ of VEVENT is after a component")


class Kept:
    """A calendar that a server keeps for a user."""

    def __init__(self, client: caldav.DAVClient) -> None:
        self._client = client
        self._calendar = client.calendar(url=str(client.url.join(f"{_WHO}/feed/")))

    @property
    def place(self) -> tuple[str, int]:
        """The address and the port of the server."""
        return self._client.url.hostname, self._client.url.port

    def put(self, data: bytes) -> None:
        """Put a whole feed in the place of all that the calendar holds."""
        answer = self._client.put(
            str(self._calendar.url), data.decode(), {"Content-Type": "text/calendar; charset=utf-8"}
        )
        if answer.status != 201:
            raise ValueError(f"Radicale refuses the feed: {answer.status}")

    def entries(self) -> list[bytes]:
        """Return what the calendar holds, each entry a calendar of its own."""
        return [event.wire_data for event in self._calendar.events()]

    def seen(self, first: date, last: date) -> list[Seen]:
        """Return what the calendar holds as icalendar shows it; raise where an entry breaks the RFC now."""
        found = self.entries()
        wrong = [fault for data in found for fault in faults(data) if not _VOBJECT.search(fault)]
        if wrong:
            raise ValueError(f"Radicale gives back what is wrong: {wrong}")
        return [one for data in found for one in icalendar_seen(data, Path(), first, last)]


@contextmanager
def serving(folder: Path) -> Iterator[Kept]:
    """Run a server that keeps its calendars in a folder, on a port that is free, as long as the context lasts.

    It is a thread: whatever ends the tests ends the server too.
    """
    settings = radicale.config.load()
    own = {
        "auth": {"type": "none"},  # any name will do
        "storage": {"filesystem_folder": str(folder), "_filesystem_fsync": "False"},
        "logging": {"level": "critical"},
    }
    settings.update(own, "tests", privileged=True)
    (folder / "collection-root" / _WHO).mkdir(parents=True)
    with make_server("127.0.0.1", 0, radicale.Application(settings), handler_class=_Quiet) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            with caldav.DAVClient(f"http://127.0.0.1:{server.server_port}/", username=_WHO, password="") as client:
                client.session.trust_env = False  # a proxy is for other machines
                yield Kept(client)
        finally:
            server.shutdown()
            thread.join()


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


def radicale_seen(data: bytes, tmp_path: Path, first: date, last: date) -> list[Seen]:
    """Put the feed on a server of its own, and get it back."""
    with serving(Path(mkdtemp(dir=tmp_path))) as kept:
        kept.put(data)
        return kept.seen(first, last)
