"""``wavectl actions review``: decide about actions one by one at a terminal, or list what there is to review."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

import typer

from wavectl.actions.action import Disclosure
from wavectl.actions.contacts import remove_contacts
from wavectl.actions.register import Row
from wavectl.actions.sources import SOURCES_FILE
from wavectl.actions.twins import likely_twins
from wavectl.cli.actions.change import RegisterChange, apply_register_changes
from wavectl.cli.actions.selection import Selection, WavesArgument, open_register, with_selection
from wavectl.cli.console import is_interactive
from wavectl.cli.context import AppContext, load_app
from wavectl.cli.moment.change import DryRunOption
from wavectl.cli.options import EXIT_OK
from wavectl.dates.edtf import UNKNOWN
from wavectl.diagnostics import msg, phrase
from wavectl.insights.action_list import describe_action, describe_briefly
from wavectl.render.page import Page, PageLine, page_line
from wavectl.render.page.terminal_table import render
from wavectl.timeline.actors import RegionIndex

_ANSWERS = {"a": phrase("accept"), "r": phrase("refuse"), "s": phrase("skip"), "q": phrase("quit")}
"""What a person can decide, by its English key; in another language, the first letter of the word is a key too."""
_DECISIONS = {"a": "accepted", "r": "refused"}


class _Case(NamedTuple):
    """An action to review, and what it is likely the same as."""

    wave: str
    row: Row
    twins: Sequence[Row]


@with_selection
def command(
    ctx: typer.Context, selection: Selection, names: WavesArgument = None, dry_run: DryRunOption = False
) -> None:
    """Decide about actions one by one: accept, refuse, skip or quit.

    Each is shown with all that the register has of it, private cells too, the moment it answers, and what it is likely
    the same as. What was decided before the end is written. Without a terminal, the actions are only shown.

    Example: wavectl actions review housing --source partners
    """
    app = load_app(ctx.obj, lock=ctx if is_interactive() else None)
    selection = selection.in_waves(names)
    selection = selection if selection.review else replace(selection, review=["pending"])
    app.require_valid(selection.waves(app))
    cases = sorted(_cases(app, selection), key=_first_day)
    if not cases:
        app.console.write_message(msg("no action is to be reviewed"))
        raise typer.Exit(EXIT_OK)
    if not is_interactive():
        for number, case in enumerate(cases, 1):
            app.console.write(_card(app, case, number, len(cases)))
        app.console.write_message(msg("to decide without a terminal: wavectl actions accept ID, or refuse ID"))
        _note_publication(app, cases)
        return
    decided = _ask(app, cases)
    _note_publication(app, cases)
    if not decided:
        app.console.write_message(msg("nothing is written"))
        return
    changes = list(_changes(app, decided))
    apply_register_changes(
        app, changes, msg("reviewed actions: {count}"), yes=True, ask=False, dry_run=dry_run, show=False
    )
    if not dry_run:
        app.console.write_message(msg("next: wavectl actions count --by country, wavectl actions map"))


def _cases(app: AppContext, selection: Selection) -> Iterator[_Case]:
    """Yield the actions that the options choose, wave by wave in order of id."""
    matches = selection.filter(app).matcher(RegionIndex(app.plan), app.today)
    for wave in selection.waves(app):
        rows = open_register(app, wave).rows
        chosen = [row for row in rows.values() if matches(row)]
        twins: dict[str, list[Row]] = {}
        for first, second in likely_twins(rows.values(), {row.id for row in chosen}):
            twins.setdefault(first, []).append(rows[second])
            twins.setdefault(second, []).append(rows[first])
        yield from (_Case(wave, row, twins.get(row.id, ())) for row in chosen)


def _note_publication(app: AppContext, cases: Sequence[_Case]) -> None:
    """Say how actions come to be shown in public, if some of these may not be."""
    if any(case.row.action().publish is not Disclosure.FULL for case in cases):
        file = app.console.display_path(app.plan.folder / SOURCES_FILE)
        app.console.write_message(
            msg(
                "to show the actions of a source that agrees: write publish: full below its defaults in {file}, and "
                "import its file again",
                file=file,
            )
        )


def _first_day(case: _Case) -> date:
    return (case.row.action().when or UNKNOWN).earliest or date.max


def _card(app: AppContext, case: _Case, number: int, count: int) -> str:
    context = app.render_context()
    lines = [*describe_action(app.plan, case.wave, case.row.action(), context)]
    lines += [
        page_line(
            context.labelled(context.translate("likely the same as"), describe_briefly(twin.action(), context)),
            indent=2,
        )
        for twin in case.twins
    ]
    blocks: list[PageLine] = [page_line(f"{number}/{count}  {context.wave(case.wave)}  {case.row.id}"), *lines]
    return render(Page("", tuple(blocks)), context) + "\n"


_Decisions = dict[str, list[tuple[Row, dict[str, str]]]]
"""What is decided, by wave: the rows as they were seen, each with its new cells."""


def _ask(app: AppContext, cases: Sequence[_Case]) -> _Decisions:
    """Return what is decided; to quit, or Ctrl-C, keeps what was decided before."""
    console, decided = app.console, _Decisions()
    words = {key: console.translate(msg(word)) for key, word in _ANSWERS.items()}
    keys = {name: key for key, word in words.items() for name in (key, _ANSWERS[key], word[0], word)}
    offer = ", ".join(f"{word[0]} = {word}" for word in words.values())
    number = 0
    while number < len(cases):
        case = cases[number]
        console.write(_card(app, case, number + 1, len(cases)))
        try:
            typed = console.ask_line(msg("{choices}:", choices=offer)).casefold()
            answer = keys.get(typed)
            if answer == "q":
                break
            if answer in _DECISIONS:
                cells = {"review": _DECISIONS[answer]}
                if answer == "r":
                    typed_reason = console.ask_line(msg("Why? For the team, never published:"))
                    reason, _ = remove_contacts(" ".join(typed_reason.split()))
                    cells |= {"reason": reason} if reason else {}
                decided.setdefault(case.wave, []).append((case.row, cells))
        except typer.Exit:
            break
        number += answer is not None or not typed
    return decided


def _changes(app: AppContext, decided: _Decisions) -> Iterator[RegisterChange]:
    """Yield the changes of the registers as they are now; an action that another run has changed stays as it is."""
    for wave, decisions in decided.items():
        register = open_register(app, wave)
        rows: dict[str, Row] = {}
        for seen, cells in decisions:
            now = register.rows.get(seen.id)
            if now is not None and now.cells == seen.cells:
                rows[seen.id] = now.replace(**cells, updated=app.today.isoformat())
            else:
                app.console.write_message(msg("{id} was changed meanwhile; review it again", id=seen.id))
        yield RegisterChange(register, rows)
