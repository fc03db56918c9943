"""Shared code of the commands that change a moment: find it, read a date or an id, and apply the change."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Annotated, NamedTuple

import typer

from wavectl.cli.apply_changes import apply_changes, edited_texts
from wavectl.cli.arguments import hint_in_words, parse_date
from wavectl.cli.console import Console, first_few, is_interactive
from wavectl.cli.context import AppContext
from wavectl.cli.facts import own_language, wave_titles
from wavectl.dates import edtf, parser
from wavectl.diagnostics import Message, msg, quoted
from wavectl.editing.moments import PlanChangeset, add_note, merge_changesets, most_precise_date
from wavectl.editing.references import TiedMoments, moments_with_words, resolve_reference
from wavectl.i18n.date_format import format_local_date
from wavectl.model import localized_text
from wavectl.model.types import ID_PATTERN
from wavectl.render.context import RenderContext
from wavectl.text.suggest import suggest
from wavectl.timeline.groups import Occurrence, resolve_groups, to_local_time
from wavectl.timeline.ties import InheritedDates, Member, most_precise

MomentArgument = Annotated[
    str, typer.Argument(metavar="MOMENT", help="The moment: wave and id, the id alone, or words of its title.")
]
OccurrenceOption = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="The occurrence of a repeating moment, by its year, month or day."),
]
NoteOption = Annotated[
    str | None,
    typer.Option("--said", metavar="TEXT", help="The source of the news, for the note, which is never published."),
]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask for confirmation.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")]

_MAX_CHOICES = 20
"""How many moments are listed to choose from."""


class ResolvedMoment(NamedTuple):
    """A moment with all moments tied to it, the root first.

    ``named_member`` is the one that the command line names, or the root if words describe it. ``needs_confirmation``
    is true if the words were not exact, so that a person confirms the change; ``is_confirmed`` if that is done already.
    """

    members: TiedMoments
    named_member: Member
    needs_confirmation: bool
    is_confirmed: bool = False

    def list_references(self) -> str:
        """Return the references of all moments, joined by commas."""
        return ", ".join(member.reference for member in self.members)


def name_others_that_match(app: AppContext, reference: str, resolved: ResolvedMoment) -> None:
    """Name, to a person who is going to confirm a change, the other moments that the words match."""
    exact = resolved.is_confirmed or reference in (member.reference for member in resolved.members)
    others = [] if exact or not is_interactive() else moments_with_words(app.plan, reference)
    names = [titled(app, *members) for members in others if members != resolved.members]
    if names:
        app.console.write_message(msg("other moments match too: {moments}", moments=first_few(names)))


def resolve_moment(app: AppContext, reference: str, *, yes: bool = False) -> ResolvedMoment:
    """Return the moment that a reference names; end the run if there is none, or several in a script.

    The run ends too if the programme or one of the moment's waves has errors.
    """
    moments, is_exact = resolve_reference(app.plan, reference)
    if not moments:
        app.require_valid()
        known = list(app.plan.moments)
        app.console.fail(msg("there is no moment {name}", name=quoted(reference)), suggest(reference, known))
    members = moments[0] if len(moments) == 1 else _choose_moment(app, reference, moments)
    root = members[0].reference
    needs_confirmation = len(moments) == 1 and not is_exact and not yes
    if needs_confirmation and not is_interactive():
        app.console.fail(
            msg(
                "{words} is not a whole name; it may mean {moments}",
                words=quoted(reference),
                moments=titled(app, members[0]),
            ),
            msg("write {moment}, or add --yes", moment=root),
        )
    app.require_valid([member.wave for member in members])
    if not is_exact:
        app.console.write_message(msg("moment found: {moment}", moment=summarise_moment(app, members)))
    named = next((member for member in members if reference == member.reference), members[0])
    return ResolvedMoment(members, named, needs_confirmation, yes)


def summarise_moment(app: AppContext, members: TiedMoments) -> str:
    """Return the title, date and waves of a moment on one line."""
    title, waves = localized_text(members[0].moment.title, app.languages), [member.wave for member in members]
    date = date_text(app, most_precise_date(members), group_zone(app, members))
    return f"{title} · {date} ({wave_titles(app, waves)})"


def titled(app: AppContext, *members: Member) -> str:
    """Return the title of a moment, then the references of those tied, for messages: Forum (housing/forum)."""
    references = ", ".join(member.reference for member in members)
    return f"{localized_text(members[0].moment.title, app.languages)} ({references})"


def date_text(app: AppContext, when: edtf.When, zone: str, shown_zone: str | None = None) -> str:
    """Return a date in words; times are in its own zone, else in ``shown_zone``, named unless it is the programme's."""
    context = RenderContext(app.languages, timezone=app.plan.programme.timezone)
    return context.local_date(to_local_time(when, shown_zone or zone, zone), shown_zone or zone)


def date_with_zone(app: AppContext, when: edtf.When, zone: str) -> str:
    """Return a date of a change in words; hours are always followed by their time zone."""
    return format_local_date(to_local_time(when, zone), app.languages[0], zone, "")


def group_zone(app: AppContext, members: TiedMoments) -> str:
    """Return the time zone of tied moments: that of the one with the most precise date."""
    return InheritedDates(app.plan).zone(most_precise(list(members)))


def _choose_moment(app: AppContext, reference: str, moments: list[TiedMoments]) -> TiedMoments:
    """Return the moment that a person chooses from several; end the run in a script."""
    found = msg("{words} matches {count} moments", words=quoted(reference), count=len(moments))
    if not is_interactive():
        names = first_few([members[0].reference for members in moments])
        app.console.fail(found, msg("choose from {names}", names=names))
    if len(moments) > _MAX_CHOICES:
        app.console.fail(found, msg("add a word of its title, its place or its wave"))
    index = app.console.ask_choice(msg("Which one? (number)"), [summarise_moment(app, members) for members in moments])
    if index is None:
        app.console.fail(msg("no moment is chosen"))
    return moments[index]


def resolve_occurrence(app: AppContext, members: TiedMoments, on: str | None) -> Occurrence | None:
    """Return the occurrence of a repeating moment on a date; None for a moment that does not repeat."""
    group = next(one for one in resolve_groups(app.plan, drafts=True) if one.root.reference == members[0].reference)
    repeats = {one.planned.text: one for one in group.occurrences if one.planned is not None}
    if group.rule is None or not repeats:
        if on is not None:
            app.console.fail(msg("the moment does not repeat"), msg("remove --on"))
        return None
    listed = first_few(list(repeats))
    if on is None:
        app.console.fail(
            msg("the moment repeats, and the occurrence is missing"),
            msg("add --on with one of {dates}; --series moves all of them", dates=listed),
        )
    when = parse_date(app.console, on, "--on")
    matches = [one for one in repeats.values() if one.planned and one.planned.meets(when)]
    if len(matches) != 1:
        none = msg("none of its occurrences falls on {date}", date=quoted(on))
        several = msg("{date} matches {count} of its occurrences", date=quoted(on), count=len(matches))
        app.console.fail(several if matches else none, msg("add --on with one of {dates}", dates=listed))
    return matches[0]


def check_id(console: Console, id_: str, existing_ids: Collection[str]) -> None:
    """End the run if an id is not valid, or if another moment of the wave has it."""
    if not ID_PATTERN.fullmatch(id_):
        console.fail(
            msg("{value} is not a valid id", value=quoted(id_)),
            msg("write small letters without accents, digits and single hyphens: gwangju-forum"),
        )
    if id_ in existing_ids:
        console.fail(msg("the wave has a moment {name} already", name=quoted(id_)), msg("choose another id"))


class DateOption(NamedTuple):
    """The value of ``--when``. ``unclear`` says that its words can be read in another way.

    ``repeat`` is ``yearly`` or an RFC 5545 rule if the words name a date of every year; ``when`` is then the first.
    """

    when: edtf.When
    unclear: bool = False
    repeat: str | None = None


def parse_date_option(
    app: AppContext,
    text: str,
    wave: str,
    old: edtf.When = edtf.UNKNOWN,
    *,
    is_new_edition: bool = False,
    accept_repeat: bool = False,
) -> DateOption:
    """Return the value of ``--when`` of a moment of a wave, in words or EDTF.

    ``old`` is its date, or that of the edition before if ``is_new_edition``. Write what was assumed; end the run if it
    is not a date, or one of every year without ``accept_repeat``. An assumed date that is over is ambiguous.
    """
    try:
        reading = _read_date(app, text, wave, old, is_new_edition=is_new_edition)
    except parser.DatePhraseError as error:
        postponed = msg(
            "use wavectl moment postpone if the new date is not known, wavectl moment cancel if it is cancelled"
        )
        hint = postponed if error.hint.text == parser.POSTPONED_HINT else hint_in_words(error.hint, text)
        app.console.fail(msg("--when: {fault}", fault=error.message), hint)
    if reading.repeat is not None and not accept_repeat:
        app.console.fail(
            msg("{words} is a date in every year", words=quoted(text)), msg("write one date, with its year")
        )
    for doubt in reading.doubts:
        if doubt.text == parser.YEAR_ASSUMED and reading.repeat:
            doubt = msg("{words} does not say when it is first: {year} is assumed", **doubt.values)
        app.console.write_message(doubt)
    when = edtf.parse(reading.edtf)
    unclear = any(doubt.text not in (parser.YEAR_ASSUMED, parser.MONTH_ASSUMED) for doubt in reading.doubts)
    return DateOption(when, unclear or (reading.is_year_assumed and _is_over(when, app.today)), reading.repeat)


def _read_date(app: AppContext, text: str, wave: str, old: edtf.When, *, is_new_edition: bool) -> parser.ParsedDate:
    """Return a date in words.

    A missing month is that of the old date. So is a missing year, unless that day is over and the old date is not; else
    the date is the next one, as far as possible in the calendar of the wave, and after the edition before.
    """
    first, last = old.earliest, old.last_known
    month = first.month if first and last and first.replace(day=1) == last.replace(day=1) else None
    if first and not is_new_edition:
        default_month = None if month is None else (first.year, month)
        reading = parser.parse_date(text, default_year=first.year, default_month=default_month)
        if not _is_over(edtf.parse(reading.edtf), app.today) or _is_over(old, app.today):
            return reading
    since = max(app.today, last + timedelta(1)) if last and is_new_edition else app.today
    return parser.parse_upcoming_date(text, since, app.plan.waves[wave].period, month)


def _is_over(when: edtf.When, today: date) -> bool:
    return when.latest is not None and when.latest < today


def finish_change(
    app: AppContext,
    resolved: ResolvedMoment,
    changesets: PlanChangeset,
    summary: Message | None,
    note: str | None = None,
    *,
    member: Member | None = None,
    dry_run: bool,
    diff: bool,
) -> None:
    """Write the summary of a change if there is one, add the note, and apply it.

    ``member`` is the only one of the tied moments that changes; without it, the change is made at their root.
    """
    changed = member or resolved.members[0]
    if summary is not None:
        title = localized_text(changed.moment.title, app.languages)
        app.console.write_message(msg("{moment}: {change}", moment=title, change=summary))
    if len(resolved.members) > 1 and member is None:
        waves = wave_titles(app, [one.wave for one in resolved.members])
        app.console.write_message(
            msg("this moment is in several waves, and changes in all of them: {waves}", waves=waves)
        )
    if note:
        changesets = merge_changesets(changesets, add_note(app.plan, changed, note, app.today, own_language(app)))
    texts, yes = edited_texts(app, changesets), resolved.is_confirmed
    apply_changes(app, texts, yes=yes, ask=resolved.needs_confirmation, dry_run=dry_run, diff=diff)
