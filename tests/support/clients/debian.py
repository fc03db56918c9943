"""Calendar clients that Debian packages: calcurse.

What calcurse 4.7 makes of a feed, beyond showing fewer fields than others:

- An entry of several days becomes one entry a day; they are joined again here by the mark that it leaves.
- A *repeated* entry of several days is cut to its first day; ``as_calcurse`` expects that.
- It does not know RECURRENCE-ID: the replaced occurrence is beside the one that replaces it; taken out here.
- It repeats in the machine's zone and refuses a start off its rule there, so that it runs in the feed's zone.
- It passes over BYSETPOS: "the last Monday" becomes every Monday. Nothing here makes up for that.
"""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

import icalendar

from support.clients.process import run_client
from support.clients.seen import MissingClientError, Seen, moment

_DAY = timedelta(days=1)
_FIELD, _ITEM = "\x1f", "\x1e"
_CUT = "Import: multi-day event changed to one-day event"
_HIDDEN = ("uid", "status", "url", "categories", "sequence", "transp")


def calcurse_seen(data: bytes, tmp_path: Path, first: date, last: date) -> list[Seen]:
    """Import into a folder of calcurse's and query it."""
    home = Path(mkdtemp(dir=tmp_path))
    (home / "feed.ics").write_bytes(data)
    zone = re.search(rb";TZID=([^:;]+)", data)
    environment = {
        **os.environ,
        "TZ": zone[1].decode() if zone else "UTC",
        "LC_ALL": "C.UTF-8",
        "HOME": str(home),
        "TMPDIR": str(home),
    }
    report = _calcurse(["-i", str(home / "feed.ics")], home, environment)
    if " / 0 skipped" not in report:
        raise ValueError(f"calcurse leaves entries out: {report}")
    # An entry of several days that opens before the first day is not to look as if it opened there.
    early = first - timedelta(days=366)
    query = ["--input-datefmt", "4", "-Q", "--from", early.isoformat(), "--to", last.isoformat()]
    answer = _calcurse([*query, *_FORMATS], home, environment)
    return list(_joined(_unreplaced(_items(answer, home / "notes"), data)))


def as_calcurse(seen: Iterable[Seen]) -> Iterator[Seen]:
    """Tell what calcurse shows of these records."""
    seen = list(seen)
    times = Counter(one.uid for one in seen)
    for one in seen:
        cut = one.all_day and times[one.uid] > 1
        yield replace(one, end=one.start + _DAY if cut else one.end, **dict.fromkeys(_HIDDEN))


_TAIL = f"{_FIELD}%m{_FIELD}%n{_ITEM}"
_FORMATS = [
    f"--output-datefmt={_ITEM}%Y-%m-%d{_ITEM}",
    *(f"--format-{kind}=%s{_FIELD}%e{_TAIL}" for kind in ("apt", "recur-apt")),
    *(f"--format-{kind}={_FIELD}{_TAIL}" for kind in ("event", "recur-event")),
]


def _calcurse(arguments: list[str], home: Path, environment: dict[str, str]) -> str:
    if not shutil.which("calcurse"):
        raise MissingClientError("calcurse is not installed: `make clients` does that")
    command = ["calcurse", "-D", str(home), "-C", str(home), *arguments]
    done = run_client(command, environment=environment)
    if done.stderr:
        raise ValueError(f"calcurse complains: {done.stderr.decode()}")
    return done.stdout.decode()


def _items(answer: str, notes: Path) -> Iterator[tuple[Seen, bool]]:
    """Read calcurse's answer: each item under its day, and whether it is one day of several."""
    day = date.min
    for item in filter(str.strip, answer.split(_ITEM)):
        if _FIELD not in item:
            day = date.fromisoformat(item)
            continue
        start, end, summary, name = item.removeprefix(":\n").split(_FIELD)
        note = (notes / name).read_text(encoding="utf-8") if (notes / name).is_file() else ""
        description, _, rest = note.rpartition("-- \n")
        location = re.search(r"^Location: (.*?)\n(?=Comment: |Import: |\Z)", rest, re.MULTILINE | re.DOTALL)
        yield (
            Seen(
                start=datetime.fromtimestamp(int(start), UTC) if start else day,
                end=datetime.fromtimestamp(int(end), UTC) if end else day + _DAY,
                uid=None,
                summary=summary,
                description=(description or ("" if rest != note else note)).removesuffix("\n"),
                location=location[1].replace("\n    ", "\n") if location else "",
                **dict.fromkeys(_HIDDEN[1:]),
            ),
            _CUT in rest,
        )


def _unreplaced(items: Iterable[tuple[Seen, bool]], data: bytes) -> list[tuple[Seen, bool]]:
    """Take out, once each, the occurrences that an entry with a RECURRENCE-ID replaces."""
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    masters = {event["UID"]: event for event in events if "RECURRENCE-ID" not in event}
    replaced = Counter(
        (moment(event["RECURRENCE-ID"].dt), str(masters[event["UID"]]["SUMMARY"]))
        for event in events
        if "RECURRENCE-ID" in event
    )
    kept = []
    for one, cut in items:
        if replaced[one.start, one.summary] > 0:
            replaced[one.start, one.summary] -= 1
        else:
            kept.append((one, cut))
    return kept


def _joined(items: Iterable[tuple[Seen, bool]]) -> Iterator[Seen]:
    """Join the days of entries of several days."""
    before: Seen | None = None
    for one, cut in sorted(items, key=lambda item: (item[1], item[0].summary, item[0].description, item[0].key())):
        if before and cut and before == replace(one, start=before.start, end=one.start):
            before = replace(before, end=one.end)
            continue
        if before:
            yield before
        before = one
    if before:
        yield before
