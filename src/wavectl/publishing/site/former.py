"""The page of a wave that the plan has no longer: it says so, and lists its moments that the lockfile knows."""

from collections.abc import Iterator

from wavectl.diagnostics import phrase
from wavectl.publishing.site.changes import change_values
from wavectl.publishing.site.edition import Edition, MomentLine, SiteFile
from wavectl.publishing.site.moment import withdrawn_line

NO_LONGER_PLANNED = phrase("This wave is no longer planned.")


def build_pages(edition: Edition) -> Iterator[SiteFile]:
    """Return a page under every name that such a wave had, as far as it is known."""
    for name, label in edition.former_labels.items():
        yield edition.page(
            label.path,
            "former.html",
            title=label.title,
            is_listed=False,
            notice=edition.translate(NO_LONGER_PLANNED),
            lines=former_lines(edition, name),
            **change_values(edition, name),
        )


def former_lines(edition: Edition, name: str) -> list[MomentLine]:
    """Return the moments of such a wave: those that were withdrawn with it, and those that are in other waves now."""
    facts, lines = edition.facts, list[MomentLine]()
    withdrawn = {gone.uid: gone for gone in reversed(facts.withdrawn)}
    for uid in facts.former_waves[name]:
        moment = facts.moments_by_uid.get(facts.continuing(uid))
        if moment and moment.entries:
            lines.append(edition.line(moment.entries[0]))
        elif uid in withdrawn:
            lines.append(withdrawn_line(edition, withdrawn[uid]))
    return lines
