"""The file wavectl.lock, which records what was published, is damaged, or a newer wavectl wrote it.

What it does: reads every line of ``wavectl.lock`` and skips none. A conflict left by git, a line that was cut or
changed by hand, and an entry that appears twice are errors.

Why it matters: calendars recognise each moment by its entry in this file. If a line were guessed or left out, every
subscriber would get the moment twice, or lose it.

Bad::

    # wave.yaml
    title: "The right to housing"
    status: announced
    # wavectl.lock
    {
    <<<<<<< HEAD
    "wavectl": {"schema": "wavectl/lock/1", "uid_domain": "waves.uclg.org"}
    }

Good::

    # wave.yaml
    title: "The right to housing"
    status: announced
    # wavectl.lock
    {
    "wavectl": {"schema": "wavectl/lock/1", "uid_domain": "waves.uclg.org"}
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from wavectl.diagnostics import Finding
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Rule

RULE = Rule("damaged-lock")


def check(plan: Plan) -> Iterator[Finding]:
    """Return the findings from reading the lockfile."""
    yield from plan.lockfile.findings if plan.lockfile else ()
