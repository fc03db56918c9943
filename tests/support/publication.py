"""A plan that is changed and published again and again, as a team does over the years."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path

from support.plans import read_plan
from wavectl.lockfile.entry import LOCKFILE_NAME, LockEntry, Lockfile, dump_lockfile
from wavectl.lockfile.reader import parse_lockfile
from wavectl.publishing.tracking.changes import ChangeKind, EntryChange, compare_lockfiles
from wavectl.publishing.tracking.next_lock import Publication, compute_publication

PROGRAMME = "{languages: [en, fr], timezone: Europe/Madrid, uid_domain: x}"


def wave(*moments: str, head: str = "", period: str = "2017-01/2019-12") -> str:
    """Return a wave of moments, each the inside of a YAML map; the title of each is its id."""
    listed = "".join(f"\n  - {{title: T, id: {moment}}}" for moment in moments)
    return f"title: Wave\nperiod: {period}\n{head}moments:{listed or ' []'}\n"


class PublishedPlan:
    """A folder with a plan; ``entries`` are those of its lockfile by UID, without the domain."""

    def __init__(self, home: Path) -> None:
        self.home, self.folder = home, home / "waves"
        self.changes: list[EntryChange] = []

    def publish(
        self,
        today: str,
        files: Mapping[str, str],
        *,
        waves: Collection[str] = (),
        withdraw: Collection[str] = (),
        programme: str = PROGRAMME,
    ) -> Publication:
        """Replace the plan by these files and publish some waves, all by default."""
        if self.folder.exists():
            for file in self.folder.glob("*.yaml"):
                file.unlink()
        plan = read_plan(self.home, {"programme": programme, **files})
        assert plan.findings == ()
        publication = compute_publication(plan, waves or tuple(plan.waves), date.fromisoformat(today), withdraw)
        self.changes = compare_lockfiles(plan.lockfile, publication.lockfile)
        data = dump_lockfile(publication.lockfile.entries, publication.lockfile.domain)
        assert parse_lockfile(data).findings == ()
        assert parse_lockfile(data).entries == publication.lockfile.entries
        (self.folder / LOCKFILE_NAME).write_bytes(data)
        return publication

    def one(self, today: str, *moments: str, **options: object) -> LockEntry:
        """Publish a wave named w of these moments; return the line of the moment named m."""
        self.publish(today, {"w": wave(*moments)}, **options)  # type: ignore[arg-type]
        return self.entries["m.w"]

    @property
    def lockfile(self) -> Lockfile:
        return parse_lockfile((self.folder / LOCKFILE_NAME).read_bytes())

    @property
    def entries(self) -> dict[str, LockEntry]:
        return {uid.removesuffix("@x"): entry for uid, entry in self.lockfile.entries.items()}

    @property
    def changed(self) -> dict[str, tuple[ChangeKind, ...]]:
        """What the last publication changed, by UID."""
        return {change.uid.removesuffix("@x"): change.kinds for change in self.changes}


def published_days(publication: Publication) -> dict[str, str]:
    """Return the date of each entry that has one, by UID, with an x where it is withdrawn."""
    return {
        entry.uid.removesuffix("@x"): f"{entry.group.when.text}{' x' if entry.lock_entry.withdrawn else ''}"
        for entry in publication.entries
        if entry.group.when.start
    }
