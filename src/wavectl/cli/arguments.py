"""What is named on the command line, a wave or a file, and the plan that it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from wavectl.cli.session import Session
from wavectl.diagnostics import quoted, say
from wavectl.plan.loader import SUFFIXES
from wavectl.text.suggest import near


def named(session: Session, names: Sequence[str]) -> tuple[Session, set[str]]:
    """Return the run on the plan that the names belong to, and the files they name."""
    folders = {Path(name).parent.resolve() for name in names if name.endswith(SUFFIXES) and Path(name).is_file()}
    if len(folders) == 1 and not session.names_folder:
        session = session.at(folders.pop())
    plan = session.plan
    if not names:
        return session, set(plan.documents)
    found = set()
    for name in names:
        if name in plan.files:
            found.add(plan.files[name])
        elif (
            name.endswith(SUFFIXES)
            and Path(name).parent.resolve() == plan.folder.resolve()
            and Path(name).name in plan.documents
        ):
            found.add(Path(name).name)
        elif name == "programme" and plan.programme_file:
            found.add(plan.programme_file)
        else:
            session.refuse(
                say("there is no wave and no file of the plan named {name}", name=quoted(name)),
                near(name, list(plan.files)),
            )
    return session, found
