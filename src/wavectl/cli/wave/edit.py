"""``wavectl wave edit``: change what a wave says: its title, slogan, hashtags, calendar and so on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any

import typer

from wavectl.cli.apply_changes import apply_changes, edited_texts
from wavectl.cli.arguments import check_choice, parse_choice, parse_period, parse_value
from wavectl.cli.context import AppContext, load_app
from wavectl.cli.facts import choose_wave, own_language, read_hashtags, read_texts, read_title, require_facts
from wavectl.cli.moment.change import DryRunOption, YesOption
from wavectl.cli.options import COLOR_CHOICES, DiffOption
from wavectl.diagnostics import Severity
from wavectl.editing.facts import Edit, HashtagEdit, ListEdit, set_value
from wavectl.model import WaveStatus
from wavectl.rules.rule import ALL_RULES


def command(
    ctx: typer.Context,
    wave: Annotated[str, typer.Argument(metavar="WAVE", help="The wave: its id, or words of its title.")],
    title: Annotated[
        list[str] | None,
        typer.Option(
            "--title", metavar="TEXT", help="The title; fr=… for one language; repeat the option for another one."
        ),
    ] = None,
    slogan: Annotated[
        list[str] | None,
        typer.Option(
            "--slogan", metavar="TEXT", help="The slogan; fr=… for one language; repeat the option for another one."
        ),
    ] = None,
    hashtag: Annotated[
        list[str] | None,
        typer.Option("--hashtag", metavar="TEXT", help="The hashtags, instead of the present ones; en=… for English."),
    ] = None,
    add_hashtag: Annotated[
        list[str] | None, typer.Option("--add-hashtag", metavar="TEXT", help="One more hashtag; the others stay.")
    ] = None,
    remove_hashtag: Annotated[
        list[str] | None, typer.Option("--remove-hashtag", metavar="TEXT", help="A hashtag to take away.")
    ] = None,
    period: Annotated[
        str | None, typer.Option("--period", metavar="DATES", help="The calendar: 2027-05/2028-12, or in words.")
    ] = None,
    status: Annotated[
        str | None, typer.Option("--status", metavar="STATUS", help="announced, active or closed.")
    ] = None,
    notice: Annotated[
        list[str] | None,
        typer.Option(
            "--notice",
            metavar="TEXT",
            help="The public text of a wave without content; fr=… for one language; repeat the option for another one.",
        ),
    ] = None,
    colour: Annotated[
        str | None, typer.Option("--colour", metavar="NAME", help="The colour of its calendar: teal, coral or navy.")
    ] = None,
    url: Annotated[str | None, typer.Option("--url", metavar="URL", help="The web page.")] = None,
    description: Annotated[
        list[str] | None,
        typer.Option(
            "--description",
            metavar="TEXT",
            help="What it is about; fr=… for one language; repeat the option for another one.",
        ),
    ] = None,
    waive: Annotated[
        list[str] | None,
        typer.Option("--waive", metavar="RULE=…", help="Why the wave may break a rule; without a reason, it may not."),
    ] = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    diff: DiffOption = False,
) -> None:
    """Change what a wave says: its title, slogan, hashtags, calendar, description and so on.

    An empty value removes what there is: --slogan "". Texts are in the language of --lang, else in the programme's
    first one; en=… is in English.

    Example: wavectl wave edit housing --period "May 2017 to March 2019" --add-hashtag "#Housing"
    """
    if ctx.obj.color not in (None, *COLOR_CHOICES):  # the common option has the same name in American English
        colour, ctx.obj = ctx.obj.color, replace(ctx.obj, color=None)
    values = {"title": title, "slogan": slogan, "period": period, "status": status, "notice": notice, "color": colour}
    app = load_app(ctx.obj, lock=ctx)
    wave, ask = choose_wave(app, wave, yes=yes or dry_run)
    app.require_valid([wave])
    edits = _read_facts(app, {**values, "url": url, "description": description})
    if hashtag or add_hashtag or remove_hashtag:
        edits["hashtags"] = _read_hashtag_edit(app, hashtag or (), add_hashtag or (), remove_hashtag or ())
    if waive:
        edits["waive"] = _read_waivers(app, waive)
    require_facts(app, edits)
    data = app.plan.documents[app.plan.files[wave]].data
    changes = {path: new for key, edit in edits.items() for path, new in edit((key,), data.get(key)).items()}
    apply_changes(app, edited_texts(app, {wave: changes}), yes=yes, ask=ask, dry_run=dry_run, diff=diff)


_READERS: Mapping[str, Callable[[AppContext, Any], Edit]] = {
    "title": read_title,
    "slogan": read_texts,
    "period": lambda app, text: set_value(parse_period(app.console, text)),
    "status": lambda app, text: set_value(parse_choice(app.console, "--status", text, list(WaveStatus))),
    "notice": read_texts,
    "color": lambda app, text: set_value(parse_value(app.console, "--colour", "colour", text)),
    "url": lambda app, text: set_value(parse_value(app.console, "--url", "url", text)),
    "description": read_texts,
}
"""How the option of a key is read."""


def _read_facts(app: AppContext, values: Mapping[str, Any]) -> dict[str, Edit]:
    """Return the edits of a wave that options ask for, by key; an empty value removes the key."""
    given = {key: value for key, value in values.items() if value is not None and value != []}
    return {key: set_value(None) if value == "" else _READERS[key](app, value) for key, value in given.items()}


def _read_waivers(app: AppContext, values: Sequence[str]) -> Edit:
    """Return the edit of the rules that the wave may break, each with its reason; without a reason it may not."""
    reasons = {rule.strip(): reason.strip() or None for rule, _, reason in (value.partition("=") for value in values)}
    choices = [name for name, severity in ALL_RULES.items() if severity is not Severity.ERROR]
    for rule in reasons:
        check_choice(app.console, "--waive", rule.partition(" ")[0], choices)
    return lambda path, _: {(*path, rule): reason for rule, reason in reasons.items()}


def _read_hashtag_edit(app: AppContext, *lists: Sequence[str]) -> Edit:
    """Return the edit of the hashtags from those that replace the present ones, are added and are removed."""
    replaced, added, removed = (read_hashtags(app, values) for values in lists)
    languages = {**replaced, **added, **removed}
    edits = {one: ListEdit(replaced.get(one), added.get(one, ()), removed.get(one, ())) for one in languages}
    return HashtagEdit(edits, own_language(app), app.plan.programme.languages)
