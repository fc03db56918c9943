"""The option ``--templates``: a team's own templates in place of some of the site's."""

from pathlib import Path
from typing import Annotated

import typer

from wavectl.cli.console import Console
from wavectl.diagnostics import msg, quoted
from wavectl.files import os_error_reason, read_file
from wavectl.publishing.site.templates import MAX_SIZE, replaceable_templates
from wavectl.text.suggest import suggest

TemplatesOption = Annotated[
    str | None,
    typer.Option(
        "--templates", metavar="DIR", help="A folder with templates of your own in place of some of the site's."
    ),
]


def read_templates(console: Console, folder: str | None) -> dict[str, str]:
    """Return the texts of the templates in a folder, by file name; end the run if one of them cannot be used."""
    if folder is None:
        return {}
    known, found = replaceable_templates(), dict[str, str]()
    try:
        names = sorted(path.name for path in Path(folder).iterdir() if not path.name.startswith("."))
    except OSError as error:
        fault = msg("{file} cannot be read: {reason}", file=quoted(folder), reason=os_error_reason(error))
        console.fail(fault, msg("name a folder with templates"))
    for name in names:
        shown = console.display_path(Path(folder) / name)
        if name not in known:
            console.fail(msg("{file} is not a template of the site", file=quoted(shown)), suggest(name, known))
        try:
            found[name] = read_file(Path(folder) / name, MAX_SIZE).decode("utf-8-sig")
        except OSError as error:
            fault = msg("{file} cannot be read: {reason}", file=quoted(shown), reason=os_error_reason(error))
            console.fail(fault, msg("a template is a text file of at most {size} KiB", size=MAX_SIZE // 1024))
        except UnicodeDecodeError:
            console.fail(msg("{file} is not UTF-8", file=quoted(shown)), msg("save it as UTF-8"))
    if not found:
        console.fail(
            msg("{folder} has no templates", folder=quoted(folder)), msg("choose from {names}", names=", ".join(known))
        )
    return found
