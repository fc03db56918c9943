"""The record of what was published, wavectl.lock, is damaged, or a newer wavectl wrote it.

What it does: reads each line of ``wavectl.lock``, and passes over nothing: a conflict that git has left, a line that
is cut or changed by hand, an entry that stands twice.

Why it matters: calendars know each moment by what stands there. With a line that is guessed at or left out, every
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
    """Return what was found while the record was read."""
    yield from plan.lockfile.findings if plan.lockfile else ()
