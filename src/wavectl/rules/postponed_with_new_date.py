"""A moment is postponed, but its date is not the one that was published.

What it does: compares the date of each moment with ``status: postponed`` with the date in ``wavectl.lock``, which
records what was published. Without that file there is nothing to compare.

Why it matters: a *postponed* moment stays on the days that people have in their calendars, without a new date. Once
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

from wavectl.dates.edtf import DateForm
from wavectl.diagnostics import msg, phrase, quoted
from wavectl.lockfile.entry import LockEntry
from wavectl.model import Status
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Violation, Violations
from wavectl.timeline.groups import resolve_groups


def check(plan: Plan) -> Violations:
    entries = plan.lockfile.entries if plan.lockfile else {}
    if not entries or not any(moment.status is Status.POSTPONED for moment in plan.moments.values()):
        return
    published = {name: entry for entry in entries.values() if entry.live for name in entry.members}
    changed = {
        member.reference: (group.when.text, old_date)
        for group in resolve_groups(plan, drafts=False)
        if group.status is Status.POSTPONED and group.when.form is not DateForm.UNKNOWN
        for member in group.members
        if (old_date := _previous_date(published.get(member.reference), group.when.text))
    }
    for wave_id, position, moment in plan.each_moment():
        new_date, old_date = changed.get(f"{wave_id}/{moment.id}", ("", ""))
        if moment.when is not None and moment.when.text == new_date:
            text = phrase("the moment is postponed, but {new} is not the date that was published, {old}")
            message = msg(text, new=quoted(new_date), old=quoted(old_date))
            hint = msg(
                "if {new} is certain: {command}; if not, write {old} again",
                new=new_date,
                old=old_date,
                command=f"wavectl moment restore {wave_id}/{moment.id}",
            )
            yield Violation(wave_id, ("moments", position, "when"), message, hint, waiver_id=moment.id)


def _previous_date(entry: LockEntry | None, when: str) -> str:
    """Return the date from which a moment was postponed if ``when`` is another one, else ""."""
    if entry is None or entry.when != when:
        return entry.when if entry else ""
    before = entry.before if entry.status == Status.POSTPONED else None
    return (before and before.when) or ""
