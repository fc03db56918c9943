"""``wavectl moment tie``, ``rename`` and ``remove``: change how moments refer to each other."""

from typing import Annotated

import typer

from wavectl.cli.apply_changes import edited_texts
from wavectl.cli.console import first_few
from wavectl.cli.context import AppContext, load_app
from wavectl.cli.facts import wave_titles
from wavectl.cli.moment import change
from wavectl.cli.options import EXIT_FAILURE, DiffOption
from wavectl.diagnostics import msg
from wavectl.editing import moments
from wavectl.editing.moments import PlanChangeset
from wavectl.publishing.tracking.changes import STATUS_TEXTS
from wavectl.rules import same_moment_disagrees
from wavectl.timeline.silent_months import SCHEDULED_STATUSES


def tie(
    ctx: typer.Context,
    moment: change.MomentArgument,
    to: Annotated[
        str | None,
        typer.Argument(metavar="OTHER", help="The moment to tie it to; its date, place and status hold for both."),
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Separate the moment from the one it is tied to.")] = False,
    note: change.NoteOption = None,
    yes: change.YesOption = False,
    dry_run: change.DryRunOption = False,
    diff: DiffOption = False,
) -> None:
    """Tie two moments of two waves: they are the same event.

    The date, place and status of the second moment then hold for both, and calendars show one entry.

    Example: wavectl moment tie housing/housing-policy-meetings housing/cities-for-housing
    """
    app = load_app(ctx.obj, lock=ctx)
    resolved = change.resolve_moment(app, moment, yes=yes or dry_run)
    member = resolved.named_member
    if undo:
        if to is not None:
            app.console.fail(msg("--undo takes one moment only"), msg("remove {moment}", moment=to))
        tied = [member for member in resolved.members if member.moment.same_as]
        member = member if member.moment.same_as else tied[0] if len(tied) == 1 else member
        if member.moment.same_as is None:
            app.console.fail(msg("{moment} is not tied to another moment", moment=change.titled(app, member)))
        changesets = moments.untie(app.plan, member, resolved.members)
        summary = msg("it is now a separate moment")
    else:
        if to is None:
            app.console.fail(msg("the second moment is missing"), msg("name the moment to tie it to"))
        other = change.resolve_moment(app, to, yes=yes or dry_run)
        root = other.members[0]
        if root in resolved.members:
            app.console.fail(msg("the two moments are tied already"), msg("add --undo to separate them"))
        first = resolved.members[0]
        if member.moment.same_as is not None:
            app.console.fail(
                msg(
                    "{moment} is tied to {other} already",
                    moment=change.titled(app, member),
                    other=change.titled(app, resolved.members[0]),
                ),
                msg("tie {root} instead, or use --undo first", root=first.reference),
            )
        changesets = moments.tie(app.plan, member, root.reference)
        _check_no_contradiction(app, resolved, other, changesets)
        summary = msg("it is now the same moment as {moment}", moment=change.titled(app, root))
        resolved = resolved._replace(needs_confirmation=resolved.needs_confirmation or other.needs_confirmation)
    change.finish_change(app, resolved, changesets, summary, note, member=member, dry_run=dry_run, diff=diff)


def _check_no_contradiction(
    app: AppContext, moment: change.ResolvedMoment, other: change.ResolvedMoment, changesets: PlanChangeset
) -> None:
    """End the run if two moments that are to be tied cannot be the same: another status, date or place."""
    named, root = moment.named_member, other.members[0]
    status, other_status = (moments.effective_status(one.members) for one in (moment, other))
    stated = [one.moment for one in moment.members if one.moment.status or (one.moment.when and one.moment.when.start)]
    if stated and status != other_status and not {status, other_status} <= set(SCHEDULED_STATUSES):
        app.console.fail(
            msg(
                "{moment} is {status}, but {other} is {other_status}",
                moment=change.titled(app, named),
                status=msg(STATUS_TEXTS[status]),
                other=change.titled(app, root),
                other_status=msg(STATUS_TEXTS[other_status]),
            ),
            msg("a moment that was replaced stays as it is, without a tie; or change its status first"),
            EXIT_FAILURE,
        )
    plan = app.with_changes({name: text.encode() for name, text in edited_texts(app, changesets).items()}).plan
    for violation in same_moment_disagrees.check(plan):
        concerned = (violation.wave, violation.waiver_id) == (named.wave, named.moment.id)
        if concerned and not plan.waves[named.wave].waives("same-moment-disagrees", named.moment.id):
            app.console.fail(violation.message, msg("fix the one that is wrong first"), EXIT_FAILURE)


def rename(
    ctx: typer.Context,
    moment: change.MomentArgument,
    new: Annotated[str, typer.Argument(metavar="NEW-ID", help="The new id.")],
    note: change.NoteOption = None,
    yes: change.YesOption = False,
    dry_run: change.DryRunOption = False,
    diff: DiffOption = False,
) -> None:
    """Give a moment another id; its entry in calendars stays the same.

    References to the moment in the plan are changed too, and the old id is kept under was.

    Example: wavectl moment rename migration/compact-vienna compact-thematic-session
    """
    app = load_app(ctx.obj, lock=ctx)
    resolved = change.resolve_moment(app, moment, yes=yes or dry_run)
    member = resolved.named_member
    change.check_id(app.console, new, {other.id for other in app.plan.waves[member.wave].moments})
    changesets = moments.rename(app.plan, member, new)
    summary = msg("its new id is {new}", new=new)
    change.finish_change(app, resolved, changesets, summary, note, member=member, dry_run=dry_run, diff=diff)


def remove(
    ctx: typer.Context,
    moment: change.MomentArgument,
    yes: change.YesOption = False,
    dry_run: change.DryRunOption = False,
    diff: DiffOption = False,
) -> None:
    """Remove a moment from the plan.

    If subscribers have the moment already, cancel it instead: it stays, marked as cancelled. A moment of several
    waves is removed from the named wave only.

    Example: wavectl moment remove housing/housing-policy-meetings --yes
    """
    app = load_app(ctx.obj, lock=ctx)
    resolved = change.resolve_moment(app, moment, yes=yes or dry_run)._replace(needs_confirmation=True)
    change.name_others_that_match(app, moment, resolved)
    member = resolved.named_member
    if len(resolved.members) > 1 and moment != member.reference:
        app.console.fail(
            msg("the moment is in several waves"), msg("choose from {names}", names=resolved.list_references())
        )
    tied = moments.moments_tied_to(app.plan, member)
    if tied:
        names = [change.titled(app, one) for one in resolved.members if one.reference in tied]
        app.console.fail(
            msg("other moments are the same event as this one: {moments}", moments=first_few(names)),
            msg("untie it with wavectl moment tie {moment} --undo", moment=tied[0]),
            EXIT_FAILURE,
        )
    summary = msg("it is removed from the wave {wave}", wave=wave_titles(app, [member.wave]))
    change.finish_change(
        app, resolved, moments.remove(app.plan, member), summary, member=member, dry_run=dry_run, diff=diff
    )
