"""What changed lately, as lists on pages and in Atom feeds: each change with the page of its moment."""

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from operator import attrgetter
from typing import Any, NamedTuple

from wavectl.publishing.announcement import ChangeWriter
from wavectl.publishing.site import addresses
from wavectl.publishing.site.edition import Edition
from wavectl.publishing.site.history import DatedChange, describe_history

MAX_RECENT = 8
"""How many changes a page lists."""


class ChangeLine(NamedTuple):
    """A change of a moment in words, and the path of its page; ``urgent`` if people have to act on it.

    ``date`` is that of the moment after the change, ``lang`` the attribute of a title in another language.
    """

    path: str
    date: str
    title: str
    description: str
    urgent: bool
    lang: str


class ChangeDay(NamedTuple):
    """The changes that were published on one day, which is in words."""

    day: str
    lines: tuple[ChangeLine, ...]


def change_values(edition: Edition, wave_id: str | None = None) -> dict[str, Any]:
    """Return what the start page, or the page of a wave, shows of the latest changes, and the path of its Atom feed."""
    history = edition.facts.history
    return {
        "changes": recent_changes(edition, wave_id),
        "atom": addresses.changes(edition.language, wave_id) if history.lockfile.entries else "",
    }


def recent_changes(edition: Edition, wave_id: str | None = None) -> list[ChangeDay]:
    """Return the latest changes of a wave, or of all, by day; mere details are left out."""
    return list(_by_day(edition, islice(_notable_changes(edition, wave_id), MAX_RECENT)))


def count_of_older_changes(edition: Edition) -> int:
    """Return how many changes come before the latest ones; mere details are left out."""
    return max(sum(1 for _ in _notable_changes(edition)) - MAX_RECENT, 0)


def _notable_changes(edition: Edition, wave_id: str | None = None) -> Iterator[DatedChange]:
    history = edition.facts.history
    changes = history.changes if wave_id is None else history.changes_by_wave.get(wave_id, ())
    return (dated for dated in changes if not dated.is_detail)


def _by_day(edition: Edition, changes: Iterable[DatedChange]) -> Iterator[ChangeDay]:
    writer = edition.facts.history.writer(edition.context.languages)
    for day, those in groupby(changes, attrgetter("day")):
        yield ChangeDay(writer.day_text(day), tuple(_line(edition, dated, writer) for dated in those))


def _line(edition: Edition, dated: DatedChange, writer: ChangeWriter) -> ChangeLine:
    text = writer.change_text(dated.change)
    path = addresses.moment(edition.language, edition.facts.reference(dated.change.uid))
    lang = edition.lang(dated.change.after.title)
    return ChangeLine(path, text.date, text.title, text.description, text.urgent, lang)


def history_lines(edition: Edition, uid: str) -> list[str]:
    """Return what became of a moment since it was announced; nothing if it was never published."""
    return describe_history(edition.facts.history, uid, edition.context.languages)
