"""Calendar clients that npm brings: ical.js (Thunderbird's), node-ical.

node-ical 0.26 reads an escaped backslash before an ``n`` as a line break. Nothing here makes up for that.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from support.clients.process import run_client
from support.clients.seen import MissingClientError, Seen, moment, uncut, unescaped

_HERE = Path(__file__).parent


def icaljs_seen(data: bytes, _: Path, first: date, last: date) -> list[Seen]:
    return _seen("ical.js", data, first, last)


def nodeical_seen(data: bytes, _: Path, first: date, last: date) -> list[Seen]:
    # node-ical cuts categories at escaped commas, trims the pieces and leaves the other escapes.
    return [
        replace(one, categories=unescaped(uncut(one.categories, ", "))) for one in _seen("node-ical", data, first, last)
    ]


def _seen(client: str, data: bytes, first: date, last: date) -> list[Seen]:
    if not shutil.which("node") or not (_HERE / "node_modules" / client).is_dir():
        raise MissingClientError(f"{client} is not installed: `make clients` does that")
    command = ["node", str(_HERE / "read.mjs"), client, first.isoformat(), last.isoformat()]
    quiet = {**os.environ, "NODE_NO_WARNINGS": "1"}
    done = run_client(command, data, environment=quiet)
    if done.stderr:
        raise ValueError(f"{client} refuses the feed: {done.stderr.decode()}")
    return [
        Seen(**{**one, "start": _when(one["start"]), "end": _when(one["end"]), "categories": tuple(one["categories"])})
        for one in json.loads(done.stdout)
    ]


def _when(text: str) -> date:
    return moment(datetime.fromisoformat(text)) if "T" in text else date.fromisoformat(text)
