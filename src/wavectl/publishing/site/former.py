"""The page of a wave that the plan has no longer: it says so, and lists its moments that the lockfile knows."""

from collections.abc import Iterator
from operator import itemgetter

from wavectl.dates import edtf
from wavectl.diagnostics import phrase
from wavectl.model import localized_text
from wavectl.publishing.site.changes import change_values
from wavectl.publishing.site.edition import Edition, MomentLine, SiteFile
from wavectl.publishing.site.moment import withdrawn_line
from wavectl.timeline.groups import ChronologicalKey, chronological_key

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
    """Return the moments of such a wave in order of time: those withdrawn with it, and those in other waves now."""
    facts, programme = edition.facts, edition.facts.plan.programme
    withdrawn = {gone.uid: gone for gone in reversed(facts.withdrawn)}
    lines = dict[str, tuple[ChronologicalKey, MomentLine]]()
    for uid in facts.former_waves[name]:
        moment = facts.moments_by_uid.get(facts.continuing(uid))
        if moment and moment.entries:
            entry = moment.entries[0]
            lines[moment.published.uid] = entry.sort_key(programme.languages), edition.line(entry)
        elif uid in withdrawn:
            gone, last = withdrawn[uid], facts.lock_entries[uid]
            title, zone = localized_text(last.title, programme.languages), last.zone or programme.timezone
            key = chronological_key(edtf.parse(last.when), zone, title, gone.reference)
            lines[uid] = key, withdrawn_line(edition, gone)
    return [line for _, line in sorted(lines.values(), key=itemgetter(0))]
