"""``wavectl moment add``: add a moment to a wave."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Annotated

import typer

from wavectl.cli.apply_changes import apply_changes, edited_texts
from wavectl.cli.arguments import parse_choice
from wavectl.cli.console import is_interactive
from wavectl.cli.context import AppContext, load_app, open_console
from wavectl.cli.facts import choose_wave
from wavectl.cli.moment import change
from wavectl.cli.moment import facts as options
from wavectl.cli.options import DiffOption
from wavectl.dates import edtf
from wavectl.diagnostics import msg
from wavectl.editing.facts import value_after
from wavectl.editing.moments import next_edition_data, note_line, state_doubt_once
from wavectl.editing.references import new_id, resolve_reference
from wavectl.model import MomentKind, Status, Text, localized_text
from wavectl.plan.errors.values import find_by_synonym
from wavectl.timeline.similar_moments import likely_same_moments
from wavectl.timeline.ties import Member

_YEAR_SUFFIX = re.compile("-[0-9]{4}$")


def command(
    ctx: typer.Context,
    wave: Annotated[str, typer.Argument(metavar="WAVE", help="The wave of the new moment.")],
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
    when: Annotated[
        str | None,
        typer.Option(
            "--when",
            metavar="DATE",
            help="The date, in words (14-17 May 2027; 22 March 2027, every year; unknown) or in EDTF.",
        ),
    ] = None,
    like_: Annotated[
        str | None,
        typer.Option(
            "--like", metavar="MOMENT", help="Add a new edition of this moment, with its title, place and actors."
        ),
    ] = None,
    id: Annotated[str | None, typer.Option("--id", metavar="ID", help="The id [made from the title].")] = None,  # noqa: A002
    status: Annotated[
        str | None,
        typer.Option("--status", metavar="STATUS", help="confirmed, tentative, postponed or cancelled [confirmed]."),
    ] = None,
    note: change.NoteOption = None,
    yes: change.YesOption = False,
    dry_run: change.DryRunOption = False,
    diff: DiffOption = False,
) -> None:
    """Add a moment to a wave.

    On a terminal, wavectl asks for the title, the kind, the date and the place if they are missing.

    Example: wavectl moment add housing --title "World Urban Forum" --when "February 2018" --country Malaysia
    """
    facts = options.MomentFacts(
        title, short, place, country, online, kind, actor, priority, url, description, outcome, timezone, owner,
        confirm_by, draft,
    )  # fmt: skip
    console = open_console(ctx.obj)
    status = parse_choice(console, "--status", status, list(Status)) if status else None
    app = load_app(ctx.obj, console, lock=ctx)
    wave, ask = choose_wave(app, wave, yes=yes or dry_run)
    app.require_valid([wave])
    base = change.resolve_moment(app, like_, yes=yes or dry_run).named_member if like_ is not None else None
    asks = is_interactive() and not yes
    earlier = (base.moment.when if base else None) or edtf.UNKNOWN
    is_new = base is None
    read = partial(
        change.parse_date_option, app, wave=wave, old=earlier, is_new_edition=not is_new, accept_repeat=is_new
    )
    if asks and base is None:
        facts = _ask_kind(app, facts if facts.title else _ask_title(app, facts))
    if asks and when is None:
        date, unclear, repeat = app.console.ask_valid(_WHEN, read) or change.DateOption(edtf.UNKNOWN)
    else:
        date, unclear, repeat = read(when or edtf.UNKNOWN.text)
    if asks and base is None and _may_lack_place(facts):
        facts = app.console.ask_valid(_WHERE, partial(_with_place, app, facts, wave)) or facts
    edits, doubtful = options.read_facts(app, facts, wave, yes=yes or dry_run)
    data = {
        **(next_edition_data(app.plan, base) if base else {}),
        **{key: value_after(edit) for key, edit in edits.items()},
    }
    if not data.get("title"):
        app.console.fail(msg("the moment has no title"), msg("add --title, or --like with an earlier edition"))
    date = state_doubt_once(date, Status(status) if status else None)
    data |= {"id": _choose_id(app, wave, id, data["title"], base, date), "when": date.text, "repeat": repeat}
    data["status"] = status
    if note:
        data["note"] = note_line(note, app.today)
    data = {key: value for key, value in data.items() if value is not None}
    shown = change.date_with_zone(app, date, data.get("timezone") or app.plan.programme.timezone)
    app.console.write_message(
        msg("{moment}: added, {date}", moment=localized_text(data["title"], app.languages), date=shown)
    )
    number = len(app.plan.waves[wave].moments)
    texts = edited_texts(app, {wave: {("moments", number): data}})
    _note_similar_moments(app, texts, f"{wave}/{data['id']}")
    apply_changes(app, texts, yes=yes, ask=unclear or doubtful or ask, dry_run=dry_run, diff=diff)


_WHEN = msg("When? (in words: 14-17 September 2027, autumn 2027; empty: not known yet)")
_WHERE = msg("Where? (town and country: Lima, Peru; or online, worldwide; empty: not known yet)")


_KIND = msg("What kind? (event, observance, deadline or publication; empty: event)")
_KINDS_WITHOUT_PLACE = (MomentKind.DEADLINE, MomentKind.PUBLICATION)


def _ask_kind(app: AppContext, facts: options.MomentFacts) -> options.MomentFacts:
    """Return the facts with the kind that is typed, unless there is one; none for an empty answer."""
    read = partial(parse_choice, app.console, "--kind", choices=list(MomentKind))
    return replace(facts, kind=app.console.ask_valid(_KIND, read)) if facts.kind is None else facts


def _may_lack_place(facts: options.MomentFacts) -> bool:
    """Tell whether no option says where the moment is, although its kind has a place."""
    given = facts.place or facts.country is not None or facts.online is not None
    kind = find_by_synonym(facts.kind, list(MomentKind)) if facts.kind else None
    return not given and kind not in _KINDS_WITHOUT_PLACE


def _ask_title(app: AppContext, facts: options.MomentFacts) -> options.MomentFacts:
    """Return the facts with the title that is typed in each language; none for an empty answer."""
    languages = app.plan.programme.languages
    typed = {one: app.console.ask_line(msg("Title ({language}):", language=one)) for one in languages}
    return replace(facts, title=[f"{language}={text}" for language, text in typed.items() if text])


def _with_place(app: AppContext, facts: options.MomentFacts, wave: str, text: str) -> options.MomentFacts:
    """Return the facts with a place that is typed; end the run if it is not clear."""
    options.read_facts(app, options.MomentFacts(place=[text]), wave, yes=True)
    return replace(facts, place=[text])


def _note_similar_moments(app: AppContext, texts: Mapping[str, str], new: str) -> None:
    """Name the moments that may be the same as the new one, and how to tie it."""
    plan = app.with_changes({name: text.encode() for name, text in texts.items()}).plan
    pairs = (tuple(candidate.reference for candidate in pair) for pair in likely_same_moments(plan))
    others = [first if second == new else second for first, second in pairs if new in (first, second)]
    for other in others:
        moments = resolve_reference(app.plan, other).moments
        summary = change.summarise_moment(app, moments[0]) if moments else other
        app.console.write_message(msg("this may be the same moment as {moment}", moment=summary))
        if other.partition("/")[0] == new.partition("/")[0]:
            hint = msg("if it is, do not add it, and change that one: wavectl moment edit {moment}", moment=other)
        else:
            hint = msg("if it is, add it and tie it: wavectl moment tie {moment} {other}", moment=new, other=other)
        app.console.write_hint(hint)


def _choose_id(
    app: AppContext, wave: str, requested: str | None, title: Text, base: Member | None, date: edtf.When
) -> str:
    """Return the requested id, else the id of the earlier edition with the new year, else one made from the title."""
    taken = {name for moment in app.plan.waves[wave].moments for name in (moment.id, *moment.was)}
    if requested is not None:
        change.check_id(app.console, requested, taken)
        return requested
    if base and date.earliest is not None:
        return new_id(f"{_YEAR_SUFFIX.sub('', base.moment.id)}-{date.earliest.year}", taken)
    return new_id(localized_text(title, app.plan.programme.languages), taken)
