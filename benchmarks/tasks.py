"""Tasks that are measured inside a process. ``run.py`` starts each in a new process.

``python tasks.py NAME ARGUMENT…`` prints ``{"seconds": …, "peak": …}``; the peak memory is in KiB.
"""

from __future__ import annotations

import gc
import json
import os
import re
import resource
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

TODAY = date(2200, 1, 1)
"""A day after the last moment of the plans, so that rules about past moments check every one of them."""


def parse(*files: str) -> float:
    """C: parse the text of files, or of all files in a folder, with PyYAML's CSafeLoader."""
    import yaml

    paths = [
        path for name in files for path in (sorted(Path(name).glob("*.yaml")) if Path(name).is_dir() else [Path(name)])
    ]
    start = process_time()
    for path in paths:
        yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    return process_time() - start


def check(folder: str) -> float:
    """Load and validate a plan, and write the report."""
    from wavectl import rules
    from wavectl.plan.loader import load
    from wavectl.render.context import RenderContext
    from wavectl.render.diagnostics import diagnose, render_report, summarise

    start = process_time()
    plan = replace(load(Path(folder)), today=TODAY)
    diagnostics = diagnose(plan, rules.check(plan).findings, Path.cwd())
    render_report("concise", diagnostics, summarise(diagnostics, len(plan.documents), 0), RenderContext(("en",)))
    return process_time() - start


def command(folder: str, warm: str, *arguments: str) -> float:
    """Run a command on a plan, after a first run on a small one, so that start-up is not counted."""
    from wavectl.cli.app import app

    def run(waves: str) -> None:
        try:
            app(["--waves", waves, "--today", TODAY.isoformat(), *arguments], prog_name="wavectl")
        except SystemExit as end:
            if end.code:
                raise

    with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):  # noqa: PTH123
        run(warm)
        start = process_time()
        run(folder)
        return process_time() - start


def read_csv(file: str) -> float:
    """R: read all rows of a CSV file."""
    import csv

    start = process_time()
    with open(file, encoding="utf-8", newline="") as text:  # noqa: PTH123
        for _ in csv.reader(text):
            pass
    return process_time() - start


def _plan(folder: str) -> Any:
    from wavectl.plan.loader import load

    return load(Path(folder))


def feed(folder: str, copy: str) -> float:
    """Render a feed of a plan that is loaded and resolved already, and copy it into a file."""
    from wavectl.publishing.ical import CalendarTitle, EntryTexts, FeedOptions, render_calendar
    from wavectl.publishing.tracking import compute_publication

    plan = _plan(folder)
    waves = tuple(plan.waves)
    entries = compute_publication(plan, waves, TODAY).entries
    options, texts = FeedOptions(TODAY), EntryTexts(plan, plan.programme.languages)
    render_calendar(CalendarTitle("all"), waves, entries[:20], options, texts)
    start = process_time()
    calendar = render_calendar(CalendarTitle("all"), waves, entries, options, texts)
    taken = process_time() - start
    Path(copy).write_bytes(calendar.data)
    return taken


def format_feed(copy: str) -> float:
    """J: format the values of a feed into lines, escape, fold and join them, without a library."""
    entries, entry, head = [], [], []
    for line in Path(copy).read_bytes().replace(b"\r\n ", b"").decode().split("\r\n"):
        name, _, value = line.partition(":")
        (entry if entry else head).append(line)
        if line == "BEGIN:VEVENT":
            entry = [line]
        elif entry and line == "END:VEVENT":
            entries.append(_ready(entry[1:-1]))
            entry = []
    start = process_time()
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for values in entries:
        lines.append("BEGIN:VEVENT")
        for name, value in values:
            if isinstance(value, date):
                text = f"{value.year:04}{value.month:02}{value.day:02}"
            else:
                text = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
            lines.append(f"{name}:{text}")
        lines.append("END:VEVENT")
    lines.append("END:VCALENDAR")
    folded = []
    for line in lines:
        data = line.encode()
        while len(data) > 75:
            end = 75
            while data[end] & 0xC0 == 0x80:
                end -= 1
            folded.append(data[:end])
            data = b" " + data[end:]
        folded.append(data)
    b"\r\n".join(folded)
    return process_time() - start


def _ready(lines: list[str]) -> list[tuple[str, str | date]]:
    """Return the values of an entry before they are formatted: days as dates, texts without escapes."""
    values: list[tuple[str, str | date]] = []
    for line in lines:
        name, _, value = line.partition(":")
        if re.fullmatch(r"\d{8}", value):
            values.append((name, date(int(value[:4]), int(value[4:6]), int(value[6:]))))
        else:
            values.append((name, re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], value)))
    return values


TASKS: dict[str, Callable[..., float]] = {
    task.__name__: task for task in (parse, check, command, read_csv, feed, format_feed)
}

if __name__ == "__main__":
    if sys.argv[1] != "parse":
        gc.disable()  # as the program itself does
    seconds = TASKS[sys.argv[1]](*sys.argv[2:])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": seconds, "peak": peak}))
