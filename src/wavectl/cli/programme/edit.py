"""``wavectl programme edit``: change what all waves share: name, organiser, site, languages and time zone."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from wavectl.cli.apply_changes import apply_changes, edited_texts
from wavectl.cli.arguments import check_language, parse_value
from wavectl.cli.context import AppContext, load_app
from wavectl.cli.facts import read_texts, require_facts
from wavectl.cli.language import language_tag
from wavectl.cli.moment.change import DryRunOption, YesOption
from wavectl.cli.options import DiffOption
from wavectl.cli.publication import domain_problem, read_domain
from wavectl.diagnostics import KeyPath, Message, msg
from wavectl.editing.facts import Edit, set_value
from wavectl.editing.moments import PROGRAMME


def command(
    ctx: typer.Context,
    name: Annotated[
        list[str] | None,
        typer.Option(
            "--name",
            metavar="TEXT",
            help="The name of the programme; fr=… for one language; repeat the option for another one.",
        ),
    ] = None,
    description: Annotated[
        list[str] | None,
        typer.Option(
            "--description",
            metavar="TEXT",
            help="What it is about; fr=… for one language; repeat the option for another one.",
        ),
    ] = None,
    organiser: Annotated[
        list[str] | None,
        typer.Option(
            "--organiser",
            metavar="TEXT",
            help="Who runs it, such as your network; fr=… for one language; repeat the option for another one.",
        ),
    ] = None,
    organiser_url: Annotated[
        str | None, typer.Option("--organiser-url", metavar="URL", help="The web page of the organiser.")
    ] = None,
    site: Annotated[
        str | None, typer.Option("--site", metavar="URL", help="The web address of the folder with the calendars.")
    ] = None,
    languages: Annotated[
        str | None,
        typer.Option("--languages", metavar="LIST", help="All languages of the plan, the main one first: fr, en, es."),
    ] = None,
    timezone: Annotated[
        str | None,
        typer.Option(
            "--timezone", metavar="ZONE", help="The time zone of your network: Europe/Paris, Paris or France."
        ),
    ] = None,
    domain: Annotated[
        str | None,
        typer.Option(
            "--domain",
            metavar="DOMAIN",
            help="A domain of your network, for the identity of its calendars; not after a publication.",
        ),
    ] = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    diff: DiffOption = False,
) -> None:
    """Change what all waves share: the programme's name, organiser, site, languages and time zone.

    An empty value removes what there is: --site "". Texts are in the language of --lang, else in the programme's
    first one; en=… is in English.

    Example: wavectl programme edit --site https://waves.uclg.org --timezone Paris
    """
    app = load_app(ctx.obj, lock=ctx)
    app.require_valid([])
    edits: dict[KeyPath, Edit] = {}
    for key, texts in (("name", name), ("description", description), ("organiser", organiser)):
        if texts:
            path = ("organiser", "name") if key == "organiser" else (key,)
            edits[path] = read_texts(app, texts, is_name=key == "organiser")
    edits |= dict(_read_values(app, {"site": site, "organiser_url": organiser_url, "timezone": timezone}))
    if languages is not None:
        edits[("languages",)] = set_value(_read_languages(app, languages))
    if domain is not None:
        edits[("uid_domain",)] = set_value(_read_domain(app, domain))
    require_facts(app, {str(path): edit for path, edit in edits.items()})
    document = app.plan.documents.get(app.plan.programme_file or "")
    data = (document and document.data) or {}
    changes = {path: new for key, edit in edits.items() for path, new in edit(key, _value_at(data, key)).items()}
    new_texts = edited_texts(app, {PROGRAMME: changes})
    next_step: Message | None = msg("next: wavectl publish, to publish this in pages and calendars")
    published = app.plan.programme.publish.languages
    new_languages = changes.get(("languages",)) or app.plan.programme.languages
    if published and set(published) != set(new_languages) != set(app.plan.programme.languages):
        app.console.write_message(
            msg(
                "publish.languages in programme.yaml sets what is published, and stays as it is: {languages}",
                languages=", ".join(published),
            )
        )
    if published and changes.keys() == {("languages",)} and new_languages[0] == app.plan.programme.languages[0]:
        next_step = None  # nothing that is published changes
    apply_changes(app, new_texts, yes=yes, dry_run=dry_run, diff=diff, next_step=next_step)


def _value_at(data: Any, path: KeyPath) -> Any:
    """Return the value at a path of the programme; None where there is none."""
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _read_values(app: AppContext, values: dict[str, str | None]) -> Iterator[tuple[KeyPath, Edit]]:
    """Return the edits of addresses and the time zone; an empty value removes the key."""
    for key, text in values.items():
        path = ("organiser", "url") if key == "organiser_url" else (key,)
        kind = "zone" if key == "timezone" else "url"
        if text is not None:
            option = f"--{key.replace('_', '-')}"
            yield path, set_value(parse_value(app.console, option, kind, text) if text else None)


def _read_languages(app: AppContext, text: str) -> list[str]:
    """Return the languages of a list; end the run if there is none, or one is not known."""
    languages = [*dict.fromkeys(map(language_tag, text.replace(",", " ").replace(";", " ").split()))]
    if not languages:
        app.console.fail(
            msg("a plan has at least one language"), msg("write {option}", option='--languages "fr, en, es"')
        )
    for language in languages:
        check_language(app.console, language)
    return languages


def _read_domain(app: AppContext, text: str) -> str:
    """Return the domain of the calendars; end the run if it is not valid, or if others are published already."""
    domain = read_domain(text)
    if domain is None:
        app.console.fail(domain_problem(text), msg("write a name such as waves.uclg.org"))
    lockfile = app.plan.lockfile
    if lockfile is not None and lockfile.domain not in (None, domain):
        app.console.fail(
            msg(
                "the calendars are published with the domain {domain}, which cannot change any more",
                domain=lockfile.domain,
            ),
            msg("with another one, subscribers would have every entry a second time"),
        )
    return domain
