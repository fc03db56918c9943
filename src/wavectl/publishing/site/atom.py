"""What changed, as Atom feeds (RFC 4287) for programs that read news: one for all waves, and one for each.

An id is a tag URI (RFC 4151) of ``uid_domain`` on the day of the first publication. It is made of what the lockfile
keeps for good, so that no reader shows a change twice. A publication has a day and no time: ``updated`` is its
midnight in UTC, as LAST-MODIFIED is in the calendar feeds.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import starmap
from typing import NamedTuple

from wavectl.diagnostics import phrase
from wavectl.publishing.site import addresses
from wavectl.publishing.site.edition import Edition, SiteFile, tidy_typography
from wavectl.publishing.site.history import ActionNumbers, DatedChange
from wavectl.publishing.tracking.changes import ChangeKind
from wavectl.publishing.tracking.next_lock import first_name

MAX_ENTRIES = 30
"""How many changes a feed has, the newest ones."""


class AtomEntry(NamedTuple):
    """An entry of a feed: ``page`` is the path of the page that it leads to, ``kinds`` say what has changed."""

    id: str
    title: str
    day: str
    page: str
    kinds: Sequence[str]
    text: str


def build_pages(edition: Edition) -> Iterator[SiteFile]:
    """Return the feeds in one language; none if nothing was ever published.

    The feed of a renamed wave is at its earlier addresses too, since programs do not follow the pages that redirect.
    """
    history, language = edition.facts.history, edition.language
    if not history.lockfile.entries:
        return
    writer = _AtomWriter(edition)
    entries = [
        *map(writer.change_entry, history.changes[:MAX_ENTRIES]),
        *starmap(writer.action_entry, history.action_numbers.items()),
    ]
    entries.sort(key=lambda entry: entry.day, reverse=True)
    yield writer.feed(addresses.changes(language), edition.name, addresses.start(language), entries[:MAX_ENTRIES])
    for wave_id, label in edition.wave_labels.items():
        changes = history.changes_by_wave.get(wave_id, ())[:MAX_ENTRIES]
        path, old_names = addresses.changes(language, wave_id), edition.facts.earlier_names(wave_id)
        first_path = addresses.changes(language, (*old_names, wave_id)[0])
        file = writer.feed(path, label.title, label.path, list(map(writer.change_entry, changes)), first_path)
        yield file
        for old in old_names:
            yield file._replace(path=addresses.changes(language, old))
    for former, label in edition.former_labels.items():
        uids = edition.facts.former_waves[former]
        changes = [dated for dated in history.changes if dated.change.uid in uids][:MAX_ENTRIES]
        path, first = addresses.changes(language, former), first_name(uids[0])[0]
        first_path = addresses.changes(language, first if first in edition.former_labels else former)
        yield writer.feed(path, label.title, label.path, list(map(writer.change_entry, changes)), first_path)


class _AtomWriter:
    """Write the feeds in one language; an entry that several feeds have is written once."""

    def __init__(self, edition: Edition) -> None:
        self._edition, self._history = edition, edition.facts.history
        self._changes = self._history.writer(edition.context.languages)
        self._first_day = min(entry.published for entry in self._history.lockfile.entries.values())
        self._written: dict[tuple[str, str], AtomEntry] = {}

    def feed(
        self, path: str, name: str, page: str, entries: Sequence[AtomEntry], first_path: str | None = None
    ) -> SiteFile:
        """Return a feed for the page of the programme or a wave, with this name; its id is made of its first path."""
        site, organiser = self._edition.facts.plan.programme.site, self._edition.facts.plan.programme.organiser
        atom = self._edition.render(
            "changes.atom",
            language=self._edition.language,
            id=self._tag(self._first_day, first_path or path),
            title=self._edition.translate(_TITLE).format(name=name),
            day=max((entry.day for entry in entries), default=self._first_day),
            author=self._edition.text(organiser.name if organiser else None) or self._edition.name,
            address=addresses.absolute(site, path) if site else "",
            link=partial(addresses.link, site, path),
            page=page,
            entries=entries,
        )
        return SiteFile(path, tidy_typography(atom).encode("utf-8", "replace"))

    def change_entry(self, dated: DatedChange) -> AtomEntry:
        """Return a change of a moment."""
        uid = dated.change.uid
        entry = self._written.get((uid, dated.day))
        if entry is None:
            text = self._changes.change_text(dated.change)
            present = self._history.lockfile.entries[uid]
            name = f"{self._edition.language}/{uid.partition('@')[0]}"
            entry = self._written[uid, dated.day] = AtomEntry(
                self._tag(present.published, f"{name}/{_version_name(dated)}"),
                f"{text.title} — {text.description}",
                dated.day,
                addresses.moment(self._edition.language, self._edition.facts.reference(uid)),
                dated.change.kinds,
                f"{' · '.join(text.facts)} — {text.description}",
            )
        return entry

    def action_entry(self, day: str, numbers: ActionNumbers) -> AtomEntry:
        """Return the numbers of local actions that changed on a day."""
        template = self._edition.translate(_ACTIONS)
        text = template.format(new=numbers.new, changed=numbers.changed, gone=numbers.withdrawn)
        title, language = text[0].upper() + text[1:], self._edition.language
        tag = self._tag(self._first_day, f"{language}/actions/{day}")
        return AtomEntry(tag, title, day, addresses.start(language), (), title)

    def _tag(self, day: str, name: str) -> str:
        return f"tag:{self._history.lockfile.domain},{day}:{name}"


def _version_name(dated: DatedChange) -> str:
    """Return what tells a change of an entry from its others for good: its day, or SEQUENCE if it was merged.

    Lockfiles of earlier versions do not have the day on which an entry was merged with another.
    """
    if ChangeKind.JOINED in dated.change.kinds:
        return f"merged/{dated.change.after.sequence}"
    return dated.day


_TITLE = phrase("{name}: what changed")
_ACTIONS = phrase("local actions in feeds: new {new}, changed {changed}, withdrawn {gone}")
