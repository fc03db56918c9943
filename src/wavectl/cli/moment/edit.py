"""``wavectl moment edit``: change what a moment says: its title, its place, its actors and so on."""

import typer

from wavectl.cli.context import AppContext, load_app
from wavectl.cli.facts import require_facts
from wavectl.cli.moment import change
from wavectl.cli.moment import facts as options
from wavectl.cli.options import DiffOption
from wavectl.diagnostics import msg
from wavectl.editing.facts import Edit, PlaceEdit, edit_moment
from wavectl.editing.moments import most_precise_date
from wavectl.editing.references import TiedMoments
from wavectl.i18n.names import country_name
from wavectl.timeline.groups import merged_place


def command(
    ctx: typer.Context,
    moment: change.MomentArgument,
    title: options.TitleOption = None,
    short: options.ShortOption = None,
    place: options.PlaceOption = None,
    country: options.CountryOption = None,
    online: options.OnlineOption = None,
    kind: options.KindOption = None,
    actor: options.ActorOption = None,
    priority: options.PriorityOption = None,
    url: options.UrlOption = None,
    description: options.DescriptionOption = None,
    outcome: options.OutcomeOption = None,
    timezone: options.TimezoneOption = None,
    owner: options.OwnerOption = None,
    confirm_by: options.ConfirmByOption = None,
    draft: options.DraftOption = None,
    add_actor: options.AddActorOption = None,
    remove_actor: options.RemoveActorOption = None,
    add_priority: options.AddPriorityOption = None,
    remove_priority: options.RemovePriorityOption = None,
    note: change.NoteOption = None,
    yes: change.YesOption = False,
    dry_run: change.DryRunOption = False,
    diff: DiffOption = False,
) -> None:
    """Change what a moment says: its title, place, actors, description and so on.

    An empty value removes what there is: --url "". The date is changed with wavectl moment move, the status with
    confirm, postpone, cancel and restore. Of a moment of several waves, each value is changed where it counts.

    Example: wavectl moment edit compact-vienna --place "Vienna, Austria" --add-actor barcelona
    """
    facts = options.MomentChanges(
        title, short, place, country, online, kind, actor, priority, url, description, outcome, timezone, owner,
        confirm_by, draft, add_actor, remove_actor, add_priority, remove_priority,
    )  # fmt: skip
    app = load_app(ctx.obj, lock=ctx)
    resolved = change.resolve_moment(app, moment, yes=yes or dry_run)
    edits, ask = options.read_facts(app, facts, resolved.named_member.wave, yes=yes or dry_run)
    require_facts(app, edits)
    resolved = resolved._replace(needs_confirmation=resolved.needs_confirmation or ask)
    _note_same_country(app, resolved.members, edits.get("place"))
    changesets = edit_moment(app.plan, resolved.members, resolved.named_member, edits)
    member = None
    if len(resolved.members) > 1 and (set(changesets) != {resolved.members[0].wave}):
        member = resolved.named_member
        app.console.write_message(msg("one moment in several waves, changed in: {waves}", waves=", ".join(changesets)))
    begins = most_precise_date(resolved.members).earliest
    if any(facts.outcome or ()) and begins and begins > app.today:
        day = app.render_context().day(begins)
        app.console.write_message(
            msg("this moment has not begun yet: an outcome is there before its date, {date}", date=day)
        )
    change.finish_change(app, resolved, changesets, None, note, member=member, dry_run=dry_run, diff=diff)


def _note_same_country(app: AppContext, members: TiedMoments, edit: Edit | None) -> None:
    """Say that the country stays the same where only the town changes."""
    country = merged_place(members).country
    if isinstance(edit, PlaceEdit) and edit.name and country and "country" not in edit.where:
        name = country_name(country, app.languages[0])
        app.console.write_message(msg("the country stays {country}; for another one, add --country", country=name))
