"""What is named on the command line, a wave or a file, and the plan that it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from wavectl.cli.session import AppContext
from wavectl.diagnostics import msg, quoted
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
