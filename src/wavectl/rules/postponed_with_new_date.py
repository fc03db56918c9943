"""A moment is postponed, but its date is not the one that was published.

What it does: compares the date of each moment with ``status: postponed`` with the date in ``wavectl.lock``, which
records what was published. Without that file there is nothing to compare.

Why it matters: *Postponed* keeps a moment on the days that people have in their calendars, without a new date. Once
the new date is known, they should see the moment there, as confirmed.

Bad::

    # wave.yaml
    title: "The right to housing"
    slogan: "Housing is a right"
    hashtags:
      - "#MakeTheShift"
    period: 2017-05/2018-04
    moments:
      - id: a
        title: "A"
        when: 2017-11-09
        status: postponed
    # wavectl.lock
    {
    "a.wave@x": {"members": ["wave/a"], "when": "2017-11-02", "title": "A", "digest": "", "sequence": 0, \
    "published": "2017-06-01", "modified": "2017-06-01"},

    "wavectl": {"schema": "wavectl/lock/1", "uid_domain": "x"}
    }

Good::

    # wave.yaml
    title: "The right to housing"
    slogan: "Housing is a right"
    hashtags:
      - "#MakeTheShift"
    period: 2017-05/2018-04
    moments:
      - id: a
        title: "A"
        when: 2017-11-09
    # wavectl.lock
    {
    "a.wave@x": {"members": ["wave/a"], "when": "2017-11-02", "title": "A", "digest": "", "sequence": 0, \
    "published": "2017-06-01", "modified": "2017-06-01"},

    "wavectl": {"schema": "wavectl/lock/1", "uid_domain": "x"}
    }
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wavectl.dates.edtf import DateForm
from wavectl.diagnostics import Finding, msg, quoted
from wavectl.lockfile.entry import LockEntry
from wavectl.model import Status
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Rule
from wavectl.timeline import resolve_groups

RULE = Rule("postponed-with-new-date")


def check(plan: Plan) -> Iterator[Finding]:
    """Find moments that are postponed on other days than subscribers have them on."""
    lines = plan.lockfile.entries if plan.lockfile else {}
    if not lines or not any(one.status is Status.POSTPONED for one in plan.moments.values()):
        return
    known = {name: line for line in lines.values() if line.live for name in line.members}
    new: Mapping[str, tuple[str, str]] = {
        member.reference: (group.when.text, old)
        for group in resolve_groups(plan, drafts=False)
        if group.status is Status.POSTPONED and group.when.form is not DateForm.UNKNOWN
        for member in group.members
        if (old := _previous_date(known.get(member.reference), group.when.text))
    }
    for wave_id, wave in plan.waves.items():
        for place, moment in enumerate(wave.moments):
            when, old = new.get(f"{wave_id}/{moment.id}", ("", ""))
            if moment.when is not None and moment.when.text == when:
                message = msg(
                    "the moment is postponed, and {new} is not the date that was published, {old}",
                    new=quoted(when),
                    old=quoted(old),
                )
                hint = msg("take status: postponed out if {new} is certain; else write {old} again", new=when, old=old)
                yield RULE.finding(plan, wave_id, ("moments", place, "when"), message, hint, waiver=moment.id)


def _previous_date(entry: LockEntry | None, when: str) -> str:
    """Return the date that a moment was postponed from, where ``when`` is another one; "" where it is not."""
    if entry is None:
        return ""
    if entry.when != when:
        return entry.when
    moved = entry.before is not None and entry.status == Status.POSTPONED
    return (entry.before and entry.before.when) or "" if moved else ""
