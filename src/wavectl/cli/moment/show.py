"""``wavectl moment show``: show everything that the plan contains about a moment."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from wavectl.cli.arguments import check_choice, parse_value
from wavectl.cli.context import AppContext, load_app, open_console
from wavectl.cli.moment.change import MomentArgument, date_text, group_zone, resolve_moment
from wavectl.cli.shared_options import TimezoneOption
from wavectl.diagnostics import phrase
from wavectl.editing.moments import effective_status, most_precise_date
from wavectl.editing.references import TiedMoments, index_of, raw_moment
from wavectl.i18n.date_format import format_date
from wavectl.model import Moment, Place, Text, localized_text
from wavectl.model.types import LANGUAGE_PATTERN
from wavectl.render.context import KIND_LABELS, RenderContext
from wavectl.text.escaping import dump_json
from wavectl.text.terminal import printable
from wavectl.timeline.actors import resolve_actor_name
from wavectl.timeline.entries import point_instant
from wavectl.timeline.firm_by import is_firm
from wavectl.timeline.groups import to_local_time
from wavectl.timeline.ties import InheritedDates

FORMATS = ("text", "json")
_FIELD_LABELS = {
    "description": phrase("Description"), "outcome": phrase("Outcome"), "source": phrase("Source"),
    "owner": phrase("Owner"), "confirm_by": phrase("To be confirmed by"), "note": phrase("Note"),
}  # fmt: skip


def command(
    ctx: typer.Context,
    moment: MomentArgument,
    format: Annotated[  # noqa: A002
        str, typer.Option("--format", metavar="FORMAT", help="The output format: text or json.")
    ] = "text",
    timezone: TimezoneOption = None,
) -> None:
    """Show everything that the plan contains about a moment, for colleagues.

    This includes notes and owners, which are never published.

    Example: wavectl moment show gwangju
    """
    console = open_console(ctx.obj)
    check_choice(console, "--format", format, FORMATS)
    timezone = None if timezone is None else parse_value(console, "--timezone", "zone", timezone)
    app = load_app(ctx.obj, console)
    members = resolve_moment(app, moment, yes=True).members
    if format == "json":
        console.write(_to_json(app, members, timezone), as_utf8=True)
        return
    rows = list(_moment_rows(app, members, timezone))
    width = max(len(label) for label, _ in rows)
    for label, text in rows:
        for line in text.split("\n"):
            app.console.write(app.render_context().wrap(f"{label:{width}}  {line}", hang=width + 2) + "\n")
            label = ""


def _moment_rows(app: AppContext, members: TiedMoments, timezone: str | None) -> Iterator[tuple[str, str]]:
    """Return the facts of a moment with their labels: first those of all its waves, then those of each wave."""
    context = RenderContext(app.languages)
    translate = context.translate
    root = members[0].moment
    actors = [actor for member in members for actor in member.moment.actors]
    yield translate(phrase("Moment")), context.text(root.title)
    yield from _other_languages(translate(phrase("Title")), root.title, context)
    when = most_precise_date(members)
    yield translate(phrase("Date")), f"{date_text(app, when, group_zone(app, members), timezone)} ({when.text})"
    yield translate(phrase("Status")), context.status(effective_status(members))
    place = context.place(next((one.moment.place for one in members if one.moment.place), Place()))
    if place:
        yield translate(phrase("Place")), place
    if root.repeat:
        yield translate(phrase("Repeats")), context.repeat(root.repeat.text)
    yield from ((translate(label), text) for label, text in _described(app, members, context) if text)
    if actors:
        waves = [member.wave for member in members]
        names = (
            context.text(resolve_actor_name(app.plan, actor, waves).name) or actor for actor in dict.fromkeys(actors)
        )
        yield translate(phrase("Actors")), ", ".join(names)
    inherited = InheritedDates(app.plan)
    for member in members:
        file = app.plan.folder / app.plan.files[member.wave]
        span = app.plan.documents[file.name].locate(("moments", index_of(app.plan, member)))
        yield member.reference, f"{app.console.display_path(file)}:{span.line}"
        if member.moment.when is not None:
            date = date_text(app, member.moment.when, inherited.zone(member), timezone)
            yield f"  {translate(phrase('Date'))}", date
        yield from _internal_rows(member.moment, context)


def _described(app: AppContext, members: TiedMoments, context: RenderContext) -> Iterator[tuple[str, str]]:
    """Return what else a moment is, each with its label; "" for what is not known."""
    root, programme = members[0].moment, app.plan.programme
    regions = dict.fromkeys(region for member in members for region in member.moment.regions)
    priorities = dict.fromkeys(priority for member in members for priority in member.moment.priorities)
    names = {region_id: context.text(region.name) for region_id, region in programme.regions.items()}
    yield phrase("Short title"), context.text(root.short)
    yield phrase("Kind"), context.translate(KIND_LABELS[root.kind.value])
    yield phrase("Regions"), ", ".join(names.get(region, region) for region in regions)
    yield (
        phrase("Strategic priorities"),
        ", ".join(context.text(programme.priorities.get(one, one)) for one in priorities),
    )
    yield phrase("Web address"), root.url or ""


def _other_languages(label: str, text: Text | None, context: RenderContext) -> Iterator[tuple[str, str]]:
    """Return a text in the languages that the reader is not shown, each with the label and its language."""
    texts = text if isinstance(text, dict) else {}
    shown = next((language for language in context.languages if language in texts), None)
    yield from ((f"  {label} ({language})", printable(words)) for language, words in texts.items() if language != shown)


def _internal_rows(moment: Moment, context: RenderContext) -> Iterator[tuple[str, str]]:
    """Return the facts in the file of one wave that are never published."""
    for field, label in _FIELD_LABELS.items():
        value = getattr(moment, field)
        if value is not None:
            lines = format_date(value, context.language) if field == "confirm_by" else _translated_text(value, context)
            yield f"  {context.translate(label)}", "\n".join(map(printable, lines.strip().split("\n")))
    if moment.draft:
        yield f"  {context.translate(phrase('Draft'))}", context.translate(phrase("not published"))


def _translated_text(value: str | dict[str, Any], context: RenderContext) -> str:
    """Return a text in the reader's language; a mapping of several texts becomes lines of key and text."""
    if isinstance(value, dict) and not all(
        isinstance(one, str) and LANGUAGE_PATTERN.fullmatch(key) for key, one in value.items()
    ):
        return "\n".join(f"{key}: {localized_text(words, context.languages)}" for key, words in value.items())
    return localized_text(value, context.languages)


def _to_json(app: AppContext, members: TiedMoments, timezone: str | None) -> str:
    """Return a moment as JSON, with its data as written in the files, and its times in a zone."""
    when, status = most_precise_date(members), effective_status(members)
    own_zone = group_zone(app, members)
    zone = timezone or own_zone
    local = to_local_time(when, zone, own_zone)
    starts_at, ends_at = point_instant(local.start, zone), point_instant(local.end, zone)
    result = {
        "schema": "wavectl/moment/1",
        "when": when.text,
        "exact": when.is_exact,
        "firm": is_firm(when, status),
        "status": status.value,
        "starts_at": starts_at.isoformat() if starts_at else None,
        "ends_at": ends_at.isoformat() if ends_at else None,
        "timezone": zone if when.has_time else None,
        "moments": [{"wave": one.wave, **raw_moment(app.plan, one)} for one in members],
    }
    return dump_json(result)
