"""A plan that is published four times, with every kind of change that subscribers can see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from support.announcements import AFTER, BACK, BEFORE, HEAD, MIGRATION, PROGRAMME
from support.publication import PublishedPlan
from wavectl.lockfile.entry import LockRevision
from wavectl.plan.loader import Plan, load

LATER = (
    AFTER.replace("when: 2017-09-14/2017-09-17,", "when: 2017-09-21/2017-09-24,")
    .replace("when: 2017-11}", "when: 2017-11-16, status: tentative}")
    .replace("2017-10-06, status: postponed", "2017-12-06")
)
PUBLICATIONS = (
    ("2017-06-01", BEFORE + BACK),
    ("2017-06-03", BEFORE),
    ("2017-06-10", AFTER + BACK),
    ("2017-07-01", LATER + BACK),
)


def publish_often(
    home: Path, publications: Sequence[tuple[str, str]] = PUBLICATIONS
) -> tuple[Plan, list[LockRevision]]:
    """Return the plan after its last publication, and the lockfile after each: a day, and the moments then."""
    published, revisions = PublishedPlan(home), []
    for today, moments in publications:
        files = {"migration": MIGRATION, "housing": HEAD + moments}
        published.publish(today, files, programme=PROGRAMME)
        revisions.append(LockRevision(date.fromisoformat(today), published.lockfile))
    return load(published.folder, 4), revisions
