"""Change registers of actions: show the change, confirm it, and write the file under the lock of the plan.

All commands that write a register end here. A file is replaced as a whole, rows that do not change keep their bytes,
and a change is refused if another run has changed the file since it was read.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import typer

from wavectl.actions.action import COLUMNS, PRIVATE_COLUMNS, Action, OrganiserType
from wavectl.actions.contacts import find_contacts, remove_contacts
from wavectl.actions.register import FileStamp, Register, Row, write_changes
from wavectl.cli.apply_changes import confirm_write, fail_changed_meanwhile, keep_for_undo
from wavectl.cli.atomic_files import fail_unwritable, write_atomically
from wavectl.cli.context import AppContext
from wavectl.cli.last_change import MAX_UNDO_SIZE, forget_last_change
from wavectl.cli.options import EXIT_OK
from wavectl.cli.plan_lock import FileChange, plan_lock
from wavectl.diagnostics import Message, msg, phrase
from wavectl.files import MIB
from wavectl.insights.action_list import value_in_words
from wavectl.plan.loader import ACTIONS_FOLDER
from wavectl.render.context import RenderContext
from wavectl.render.page import Cell, Column, Page, build_table
from wavectl.render.page.terminal_table import render

_MAX_ROWS = 20
"""How many changed cells are shown; the others are counted."""


class RegisterChange(NamedTuple):
    """What changes in a register: rows by id, new or in place of old ones, and the ids of rows to remove."""

    register: Register
    rows: Mapping[str, Row]
    removed: Collection[str] = frozenset()

    @property
    def size(self) -> int:
        """How many rows change."""
        return len(self.rows) + len(self.removed)


def replace_cells(register: Register, today: str, cells: Mapping[str, str]) -> RegisterChange:
    """Return the change that gives all rows of a register the same texts in some columns, and their day of change."""
    changed = {name: row.replace(**cells) for name, row in register.rows.items()}
    rows = {name: row.replace(updated=today) for name, row in changed.items() if row is not register.rows[name]}
    return RegisterChange(register, rows)


def refuse_contacts(app: AppContext, texts: Iterable[str]) -> None:
    """End the run if one of the texts for a register holds contact data."""
    if any(map(find_contacts, texts)):
        hint = msg("delete the mail address or telephone number; keep contacts outside the register")
        app.console.fail(msg("this cell holds contact data"), hint)


def apply_register_changes(
    app: AppContext,
    changes: Sequence[RegisterChange],
    summary: Message,
    *,
    yes: bool,
    ask: bool,
    dry_run: bool,
    others: Mapping[str, str] | None = None,
    undoable: bool = True,
    show: bool = True,
) -> None:
    """Show changes of registers, confirm and write them; end the run if there is nothing to change.

    ``summary`` says what happens, with ``{count}`` for the number of actions. ``yes`` and ``ask`` are those of
    ``confirm_write``. ``others`` are new texts of other files in the folder of actions, by name
    (``sources.yaml``). ``undoable`` keeps the change for ``wavectl undo``; without it, a kept one is deleted. Without
    ``show``, the command has shown the change itself.
    """
    changes = [change for change in changes if change.size]
    if not changes and not others:
        app.console.write_message(msg("nothing changes: the actions are already like that"))
        raise typer.Exit(EXIT_OK)
    if show:
        _show_changes(app, changes)
    count = sum(change.size for change in changes)
    app.console.write_message(summary._replace(values={**summary.values, "count": count}))
    if dry_run:
        app.console.write_message(msg("nothing is written, because of --dry-run"))
        return
    confirm_write(app, yes=yes, ask=ask)
    undo_hint = _write_files(app, changes, others or {}, undoable=undoable)
    if undo_hint:
        app.console.write_message(undo_hint)


def _write_files(
    app: AppContext, changes: Sequence[RegisterChange], others: Mapping[str, str], *, undoable: bool
) -> Message | None:
    """Write the files; return what to say of ``wavectl undo``."""
    folder = app.plan.folder / ACTIONS_FOLDER
    paths = [*(folder / name for name in others), *(change.register.path for change in changes)]
    with plan_lock(app.console, app.plan.folder):
        for change in changes:
            if FileStamp.of(change.register.path) != change.register.stamp:
                fail_changed_meanwhile(app, f"{ACTIONS_FOLDER}/{change.register.path.name}")
        before = {path: content_for_undo(path) for path in paths} if undoable else {}
        for name, text in others.items():
            write_register_file(app, folder / name, text.encode())
        for change in changes:
            write_register_file(app, change.register.path, write_changes(*change))
        undo_hint = finish_undo(app, before)
    for path in paths:
        app.console.write_message(msg("{file} is written", file=app.console.display_path(path)))
    return undo_hint


def write_register_file(app: AppContext, path: Path, data: bytes | Iterator[bytes]) -> None:
    """Write a file of local actions as a whole; end the run if that is not possible."""
    try:
        write_atomically(path, data)
    except OSError as error:
        fail_unwritable(app.console, str(path), error, msg("check that you may change the file, and run this again"))


def content_for_undo(path: Path) -> bytes | None:
    """Return the bytes of a file before it is written, None for no file; too many bytes are cut off."""
    if not path.exists():
        return None
    with path.open("rb") as file:
        return file.read(MAX_UNDO_SIZE * MIB + 1)


def finish_undo(app: AppContext, before: Mapping[Path, bytes | None]) -> Message | None:
    """Keep a change for ``wavectl undo``, or delete the one that is kept."""
    if not before:
        with suppress(OSError):
            forget_last_change(app.plan.folder)
        return None
    if any(content and len(content) > MAX_UNDO_SIZE * MIB for content in before.values()):
        with suppress(OSError):
            forget_last_change(app.plan.folder)
        return msg("wavectl undo cannot take this back: {reason}", reason=msg("the file is too large"))
    changes = [FileChange(path, content, path.read_bytes()) for path, content in before.items()]
    return keep_for_undo(app, changes)


def _show_changes(app: AppContext, changes: Sequence[RegisterChange]) -> None:
    """Write the cells that change to standard output: the action, what, before and after."""
    context = app.render_context()
    rows = [row for change in changes for row in _changed_cells(change, context)]
    if not rows:
        return
    headings = (phrase("Action"), phrase("What"), phrase("Before"), phrase("After"))
    columns = [Column(context.translate(heading), min_width=10) for heading in headings]
    table = build_table(
        columns, rows[:_MAX_ROWS], lambda row: [Cell(row[0]), Cell(context.translate(row[1])), *row[2:]]
    )
    more = msg("and {count} more", count=len(rows) - _MAX_ROWS)
    app.console.write(render(Page("", (table,)), context))
    if len(rows) > _MAX_ROWS:
        app.console.write(f"{context.format_message(more)}\n")


def _changed_cells(change: RegisterChange, context: RenderContext) -> list[tuple[str, str, str, str]]:
    found = []
    for name, row in change.rows.items():
        old = change.register.rows.get(name)
        if old is None:
            found.append((shown_cell(row, "title"), phrase("New"), "", name))
            continue
        for column in COLUMNS:
            if row.get(column) != old.get(column) and column != "updated":
                title = Action.model_fields[column].title or column
                before, after = (value_in_words(column, shown_cell(one, column), context) for one in (old, row))
                found.append((shown_cell(old, "title"), title, before, after))
    for name in change.removed:
        found.append((shown_cell(change.register.rows[name], "title"), phrase("Removed"), name, "–"))
    return found


def shown_cell(row: Row, column: str) -> str:
    """Return a cell as a change shows it: an ellipsis for what is private, a dash for nothing, no contact data."""
    text = row.get(column)
    is_name = column == "organiser" and row.get("organiser_type") == OrganiserType.PERSON
    return ("…" if column in PRIVATE_COLUMNS or is_name else remove_contacts(text)[0]) if text else "–"
