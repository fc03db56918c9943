"""The fragment of a wave for other websites: an HTML file of its own, to be embedded or copied into a page.

What is between its two comments needs nothing else: its style applies to nothing around it, and takes font and colours
from there. It is ASCII, so that no server can get its accents wrong.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from markupsafe import Markup

from wavectl.i18n.names import text_direction
from wavectl.publishing.ical.feeds import ALL_FEED
from wavectl.publishing.site import addresses
from wavectl.publishing.site.edition import Edition, MomentLine, SiteFile, WaveLabel, tidy_typography
from wavectl.publishing.site.feeds import FeedFile, feed_file, source_hash
from wavectl.publishing.site.former import NO_LONGER_PLANNED, former_lines
from wavectl.render.context import STATE_MARKS

MAX_MOMENTS = 6
"""How many moments a fragment shows: the next ones, and the last ones of a wave that is over."""


_PAGE_STYLE = "body { margin: .5rem; font-family: system-ui, sans-serif; } h1 { margin: 0 0 1rem; font-size: 1rem; }"
"""The style of what is around the fragment."""


def build_pages(edition: Edition) -> Iterator[SiteFile]:
    """Return the fragment of every wave, at its earlier addresses too, and of those that the plan has no longer."""
    facts = edition.facts
    for wave_id in facts.waves:
        label = edition.wave_labels[wave_id]
        file = _fragment(edition, wave_id, label, facts.colours[wave_id], _values(edition, wave_id))
        yield file
        for old in facts.earlier_names(wave_id):
            yield file._replace(path=addresses.embedded_wave(edition.language, old))
    for former, label in edition.former_labels.items():
        yield _fragment(edition, former, label, "gray", _former_values(edition, former))


def _fragment(edition: Edition, wave_id: str, label: WaveLabel, colour: str, values: Mapping[str, Any]) -> SiteFile:
    path = addresses.embedded_wave(edition.language, wave_id)
    style = edition.render("embed.css", wave=wave_id, colour=colour)
    shared = {
        "language": edition.language,
        "direction": text_direction(edition.language),
        "translate": edition.translate,
        "name": edition.name,
        "path": path,
        "wave": wave_id,
        "title": label.title,
        "page": label.path,
        "marks": STATE_MARKS,
        "link": partial(addresses.link, edition.facts.plan.programme.site, path),
        "style": Markup(style),  # noqa: S704 - a template of ours, and a colour
        "style_hash": source_hash(style),
        "page_style": _PAGE_STYLE,
        "page_style_hash": source_hash(_PAGE_STYLE),
    }
    html = edition.render("embed.html", **shared, **values)
    return SiteFile(path, tidy_typography(html).encode("ascii", "xmlcharrefreplace"))


def _values(edition: Edition, wave_id: str) -> dict[str, Any]:
    wave = edition.facts.waves[wave_id]
    return {
        "period": edition.context.period(wave),
        "slogan": edition.text(wave.slogan),
        "hashtags": " ".join(map(edition.text, wave.hashtags_in(edition.context.languages))),
        "notice": edition.text(wave.notice),
        "lines": _lines(edition, wave_id),
        "feed": _feed(edition, wave_id),
    }


def _former_values(edition: Edition, name: str) -> dict[str, Any]:
    return {
        "period": "",
        "slogan": "",
        "hashtags": "",
        "notice": edition.translate(NO_LONGER_PLANNED),
        "lines": former_lines(edition, name)[-MAX_MOMENTS:],
        "feed": _feed(edition, ALL_FEED),
    }


def _feed(edition: Edition, name: str) -> FeedFile:
    languages = edition.facts.plan.programme.published_languages
    return feed_file(edition, name, edition.language if edition.language in languages else languages[0])


def _lines(edition: Edition, wave_id: str) -> list[MomentLine]:
    entries = edition.facts.wave_timeline(wave_id).entries
    today = edition.facts.today
    ahead = [entry for entry in entries if (entry.occurrence.local.last_known or date.max) >= today]
    is_over = all(entry.year is None for entry in ahead)
    return [edition.line(entry) for entry in (entries[-MAX_MOMENTS:] if is_over else ahead[:MAX_MOMENTS])]
