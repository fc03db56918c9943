"""Files of a plan with other contents than they have: shown as a difference, and written whole or not at all."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from wavectl.cli.atomic_files import write_atomically
from wavectl.cli.file_errors import fail_unwritable
from wavectl.cli.session import AppContext
from wavectl.diagnostics import msg
from wavectl.plan.loader import Plan
from wavectl.render.diagnostics import display_path
from wavectl.text.terminal import printable
from wavectl.yamlfile.fixes import diff_lines

BOM = b"\xef\xbb\xbf"
_NON_SPACES = re.compile("[^ ]+")  # of a line whose spaces count


class FileChange(NamedTuple):
    """A file of the plan before and after a change; ``before`` is None for a file that is new."""

    file: Path
    before: bytes | None
    after: bytes


def build_file_change(app: AppContext, name: str, text: str) -> FileChange:
    """Return a file of the plan, by its name, with another text; one that opens with a mark of its encoding keeps it.

    Ends the run where the file is not as it was read any more. A name that is not there yet is a new file.
    """
    before = read_unchanged(app, app.plan, name) if name in app.plan.documents else None
    return FileChange(app.plan.folder / name, before, encode_keeping_bom(text, before or b""))


def encode_keeping_bom(text: str, before: bytes) -> bytes:
    """Return the bytes of a file with this text, which opens as it did before: with a byte order mark, or without."""
    return (BOM if before.startswith(BOM) else b"") + text.encode("utf-8", "surrogatepass")


def show_diff(app: AppContext, file_changes: Iterable[FileChange]) -> None:
    """Write what changes to the standard output, as a unified diff."""
    for one in file_changes:
        name = display_path(one.file, app.working_folder)
        for line in diff_lines((one.before or b"").decode(), one.after.decode(), name):
            app.write(_colour_diff_line(line, app) if sys.stdout.isatty() else line, as_utf8=True)


def write_file_changes(app: AppContext, file_changes: Iterable[FileChange]) -> None:
    """Write files, each whole or not at all; ends the run where one was changed meanwhile."""
    for one in file_changes:
        target = one.file.resolve()
        try:
            if (target.read_bytes() if target.exists() else None) != one.before:
                fail_changed_meanwhile(app, one.file.name)
            write_atomically(target, one.after)
        except OSError as error:
            fail_unwritable(app, str(one.file), error, msg("see whether the file may be changed, and run this again"))


def read_unchanged(app: AppContext, plan: Plan, name: str) -> bytes:
    """Return the bytes of a file as it was read; ends the run where they are others by now."""
    try:
        data = (plan.folder / name).read_bytes()
    except OSError:
        data = b""
    if data.removeprefix(BOM) != plan.documents[name].text.encode():
        fail_changed_meanwhile(app, name)
    return data


def fail_changed_meanwhile(app: AppContext, name: str) -> None:
    """End the run because of a file that is not as it was read."""
    app.fail(msg("{file} was changed meanwhile", file=name), msg("run this again"))


def _colour_diff_line(line: str, app: AppContext) -> str:
    """Return a line of a diff as a terminal shows it: nothing in it can steer that."""
    style = app.style(sys.stdout)
    code = {"+": "32", "-": "31", "@": "36"}.get(line[:1], "0")
    shown = _NON_SPACES.sub(lambda found: printable(found[0]), line.rstrip())
    return f"{style.paint(shown, code)}\n"
