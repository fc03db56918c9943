"""``wavectl moment move``: give a moment another date."""

from collections.abc import Mapping
from functools import partial
from typing import Annotated

import typer

from wavectl.cli.console import is_interactive
from wavectl.cli.context import AppContext, load_app
from wavectl.cli.help import fail_extra_argument
from wavectl.cli.moment import change
from wavectl.cli.options import DiffOption
from wavectl.dates import edtf
from wavectl.diagnostics import msg, phrase
from wavectl.editing import moments
from wavectl.editing.moments import DateShift, PlanChangeset
from wavectl.model import Status
from wavectl.timeline.ties import Member

_SHIFT_MESSAGES = {
    DateShift.FIRMED_UP: phrase("{old} -> {new}: the date is more precise now"),
    DateShift.BLURRED: phrase("{old} -> {new}: the date is less precise now"),
    DateShift.MOVED: phrase("{old} -> {new}: the moment moves"),
    DateShift.SAME: phrase("{new}: the date stays the same"),
}


def command(
    ctx: typer.Context,
    moment: change.MomentArgument,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="DATE", help="The new date, if --when does not give it.")
    ] = None,
    when: Annotated[
        str | None, typer.Option("--when", metavar="DATE", help="The new date, in words (14-17 September) or in EDTF.")
    ] = None,
    note: change.NoteOption = None,
    tentative: Annotated[bool, typer.Option("--tentative", help="The new date is not confirmed yet.")] = False,
    confirmed: Annotated[bool, typer.Option("--confirmed", help="The moment is confirmed on the new date.")] = False,
    on: change.OccurrenceOption = None,
    series: Annotated[
        bool, typer.Option("--series", help="All occurrences of a repeating moment: the date is that of the first.")
    ] = False,
    same: Annotated[
        bool, typer.Option("--same", help="Move the moment even if the new date looks like another edition.")
    ] = False,
    yes: change.YesOption = False,
    dry_run: change.DryRunOption = False,
    diff: DiffOption = False,
) -> None:
    """Give a moment another date, in words or in EDTF.

    Dates in words can be French, English or Spanish. A missing month or year is that of the present date. On a
    terminal, wavectl asks for the date if it is missing.

    Example: wavectl moment move migration/gwangju-forum --when "15-18 September 2017"
    """
    if words and when is not None:
        fail_extra_argument(ctx, words[0])
    when = " ".join(words) if words else when
    app = load_app(ctx.obj, lock=ctx)
    resolved = change.resolve_moment(app, moment, yes=yes or dry_run)
    if series and on is not None:
        app.console.fail(msg("--series means all occurrences, --on one of them"), msg("use only one of the two"))
    if tentative and confirmed:
        app.console.fail(msg("--tentative and --confirmed exclude each other"), msg("use only one of the two"))
    occurrence = None if series else change.resolve_occurrence(app, resolved.members, on)
    if occurrence is None:
        old, status = moments.most_precise_date(resolved.members), moments.effective_status(resolved.members)
    else:
        old, status = occurrence.when, occurrence.status
    new, unclear, _ = _read_date(app, when, old, resolved.named_member)
    if status is Status.CANCELLED:
        app.console.fail(msg("the moment is cancelled"), msg("restore it first with wavectl moment restore"))
    zone = change.group_zone(app, resolved.members)
    dates = {"old": change.date_with_zone(app, old, zone), "new": change.date_with_zone(app, new, zone)}
    if moments.may_be_another_edition(old, new, app.today) and not same:
        _confirm_same_moment(app, resolved, dates)
    new_status = Status.TENTATIVE if tentative else Status.CONFIRMED if confirmed else None
    if new_status is None and status is Status.TENTATIVE and new.is_exact:
        new_status = _ask_if_confirmed(app, resolved, ask=not yes)
    changesets: PlanChangeset
    if occurrence is None or occurrence.planned is None:
        changesets = moments.move(app.plan, resolved.members, new, new_status)
    else:
        new = moments.state_doubt_once(new, new_status or status)
        exception = {"when": new.text, **({"status": new_status.value} if new_status else {})}
        changesets = moments.set_exception(app.plan, resolved.members[0], occurrence.planned, exception)
    resolved = resolved._replace(needs_confirmation=resolved.needs_confirmation or unclear)
    summary = msg(_SHIFT_MESSAGES[moments.classify_shift(old, new)], **dates)
    change.finish_change(app, resolved, changesets, summary, note, dry_run=dry_run, diff=diff)


def _read_date(app: AppContext, text: str | None, old: edtf.When, member: Member) -> change.DateOption:
    """Return the new date: the one that is given, else the one typed; end the run if there is none."""
    read = partial(change.parse_date_option, app, wave=member.wave, old=old)
    date = read(text) if text is not None else None
    if date is None and is_interactive():
        date = app.console.ask_valid(msg("What is the new date? (in words: 14-17 September 2027)"), read)
    if date is None:
        app.console.fail(
            msg("the new date is missing"),
            msg("write it in words: {command}", command=f'wavectl moment move {member.reference} --when "…"'),
        )
    return date


def _ask_if_confirmed(app: AppContext, resolved: change.ResolvedMoment, *, ask: bool) -> Status | None:
    """Return the new status of a tentative moment that gets exact days: ask at a terminal, else name the option."""
    if ask and is_interactive():
        if app.console.ask_yes_no(msg("It was still to be confirmed. Is it confirmed on the new date?")):
            return Status.CONFIRMED
        return None
    hint = msg(
        "it is still to be confirmed; once it is certain: wavectl moment confirm {moment}",
        moment=resolved.members[0].reference,
    )
    app.console.write_message(hint)
    return None


def _confirm_same_moment(app: AppContext, resolved: change.ResolvedMoment, dates: Mapping[str, str]) -> None:
    """End the run unless a person confirms that it is the same moment, not another edition."""
    question = msg("from {old} to {new}: this may be another edition of the moment, not the same one moved", **dates)
    root = resolved.members[0]
    hint = msg(
        "add a new edition with wavectl moment add {wave} --like {moment} --when …, or move this one with --same",
        wave=root.wave,
        moment=root.reference,
    )
    if not is_interactive():
        app.console.fail(question, hint)
    app.console.write_message(question)
    if not app.console.ask_yes_no(msg("Is it the same moment?")):
        app.console.fail(msg("nothing is written"), hint)
