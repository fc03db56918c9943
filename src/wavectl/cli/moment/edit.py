"""``wavectl moment edit``: change what a moment says: its title, its place, its actors and so on."""

import typer

from wavectl.cli.context import AppContext, load_app
from wavectl.cli.facts import require_facts
from wavectl.cli.moment import change
from wavectl.cli.moment.facts import MomentChanges, read_facts
from wavectl.cli.options import DiffOption, with_options
from wavectl.diagnostics import msg
from wavectl.editing.facts import Edit, PlaceEdit, edit_moment
from wavectl.editing.references import TiedMoments
from wavectl.i18n.names import country_name
from wavectl.model import Moment
from wavectl.timeline.groups import merged_place


@with_options(MomentChanges)
def command(
    ctx: typer.Context,
    moment: change.MomentArgument,
    facts: MomentChanges,
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
    app = load_app(ctx.obj, lock=ctx)
    resolved = change.resolve_moment(app, moment, yes=yes)
    edits = read_facts(app, facts, resolved.named_member.wave)
    require_facts(app, edits)
    _note_same_country(app, resolved.members, edits.get("place"))
    changesets = edit_moment(app.plan, resolved.members, resolved.named_member, edits)
    member = None
    if len(resolved.members) > 1 and (set(changesets) != {resolved.members[0].wave}):
        member = resolved.named_member
        app.console.write_message(msg("one moment in several waves, changed in: {waves}", waves=", ".join(changesets)))
    summary = msg("changed: {facts}", facts=[msg(Moment.model_fields[key].title or key) for key in edits])
    change.finish_change(app, resolved, changesets, summary, note, member=member, dry_run=dry_run, diff=diff)


def _note_same_country(app: AppContext, members: TiedMoments, edit: Edit | None) -> None:
    """Say that the country stays the same where only the town changes."""
    country = merged_place(members).country
    if isinstance(edit, PlaceEdit) and edit.name and country and "country" not in edit.where:
        name = country_name(country, app.languages[0])
        app.console.write_message(msg("the country stays {country}; for another one, add --country", country=name))
