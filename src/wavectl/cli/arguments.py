"""What is named on the command line, a wave or a file, and the plan that it belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from wavectl.cli.session import AppContext
from wavectl.diagnostics import msg, quoted
from wavectl.model import Text
from wavectl.model.types import LANGUAGE_PATTERN
from wavectl.plan.loader import FILE_SUFFIXES
from wavectl.text.suggest import suggest


def resolve_file_arguments(app: AppContext, names: Sequence[str]) -> tuple[AppContext, set[str]]:
    """Return the run on the plan that the names belong to, and the files they name."""
    folders = {Path(name).parent.resolve() for name in names if name.endswith(FILE_SUFFIXES) and Path(name).is_file()}
    if len(folders) == 1 and not app.has_explicit_folder:
        app = app.with_folder(folders.pop())
    plan = app.plan
    if not names:
        return app, set(plan.documents)
    found = set()
    for name in names:
        if name in plan.files:
            found.add(plan.files[name])
        elif (
            name.endswith(FILE_SUFFIXES)
            and Path(name).parent.resolve() == plan.folder.resolve()
            and Path(name).name in plan.documents
        ):
            found.add(Path(name).name)
        elif name == "programme" and plan.programme_file:
            found.add(plan.programme_file)
        else:
            app.fail(
                msg("there is no wave and no file of the plan named {name}", name=quoted(name)),
                suggest(name, list(plan.files)),
            )
    return app, found


def texts_by_language(app: AppContext, values: Sequence[str], languages: Sequence[str]) -> dict[str, str]:
    """Return texts by language: ``fr=…`` in that one, what names none in the language of the run.

    ``languages`` are the programme's: the run speaks the first of them, if no other was asked for. A word before the
    sign is a language if it is one of them, or has the two letters of one: ``x=1`` stays a text.
    """
    own = app.requested_language or languages[0]
    found = {}
    for text in values:
        before, sign, behind = text.partition("=")
        short = before.partition("-")[0]
        named = sign and (before in (own, *languages) or (len(short) == 2 and LANGUAGE_PATTERN.fullmatch(before)))
        found[before if named else own] = (behind if named else text).strip()
    return {language: text for language, text in found.items() if text}


def to_translatable(texts: Mapping[str, str], languages: Sequence[str]) -> Text:
    """Return a text as a wave file holds it: by language, unless the programme has that one only."""
    if len(languages) == 1 and list(texts) == list(languages):
        return texts[languages[0]]
    return {language: texts[language] for language in (*languages, *texts) if language in texts}
