"""The domain of a plan's calendar entries, which cannot change after the first publication: ask for it, write it."""

import re

from wavectl.cli.apply_changes import build_file_change, write_file_changes
from wavectl.cli.console import Console
from wavectl.cli.context import AppContext
from wavectl.cli.options import EXIT_FAILURE, EXIT_USAGE
from wavectl.diagnostics import msg, quoted
from wavectl.model.key_order import programme_keys_at
from wavectl.model.types import MAX_DOMAIN_LENGTH, PATTERNS, PLACEHOLDER_DOMAIN
from wavectl.yamlfile.patch import CannotEditError, patch_document


def read_domain(text: str) -> str | None:
    """Return the domain in a text, which may be the address of a page; None for a placeholder or no domain at all."""
    name = re.sub(r"^https?://|/.*$", "", text.strip().casefold())
    valid = "." in name and len(name) <= MAX_DOMAIN_LENGTH and re.fullmatch(PATTERNS["domain"][0], name)
    return name if valid and not PLACEHOLDER_DOMAIN.fullmatch(name) else None


def ask_domain(console: Console, *, may_skip: bool = False) -> str:
    """Return the domain that a person types; "" for an empty answer if that is possible, else the run ends."""
    question = msg("A domain of your network, such as waves.uclg.org; it cannot change once you publish:")
    while True:
        text = console.ask_line(console.translate(question))
        if not text and may_skip:
            return ""
        if not text:
            console.fail(msg("nothing is written"), code=EXIT_USAGE)
        if domain := read_domain(text):
            return domain
        console.write_message(msg("{value} is not a valid domain name", value=quoted(text)))


def write_domain(app: AppContext, domain: str) -> AppContext:
    """Write the domain into the programme, which is created if there is none; return the context with it."""
    plan = app.plan
    name = plan.programme_file or "programme.yaml"
    line = f"uid_domain: {domain}\n"
    try:
        document = plan.documents.get(name)
        text = patch_document(document, {("uid_domain",): domain}, programme_keys_at) if document else line
    except CannotEditError as error:
        app.console.fail(error.message, error.hint, EXIT_FAILURE)
    change = build_file_change(app, name, text)
    write_file_changes(app, [change])
    app.console.write_message(msg("{file} is written", file=app.console.display_path(change.file)))
    return app.with_changes()
