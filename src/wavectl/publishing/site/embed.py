"""The fragment of a wave for other websites: an HTML file of its own, to be embedded or copied into a page.

What is between its two comments needs nothing else: its style applies to nothing around it, and takes font and colours
from there. It is ASCII, so that no server can get its accents wrong.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from markupsafe import Markup

from wavectl.i18n.names import text_direction
from wavectl.publishing.site import addresses
from wavectl.publishing.site.edition import Edition, MomentLine, SiteFile, tidy_typography
from wavectl.publishing.site.feeds import feed_file, source_hash
from wavectl.render.context import STATE_MARKS

MAX_MOMENTS = 6
"""How many moments a fragment shows: the next ones, and the last ones of a wave that is over."""


_PAGE_STYLE = "body { margin: .5rem; font-family: system-ui, sans-serif; } h1 { margin: 0 0 1rem; font-size: 1rem; }"
"""The style of what is around the fragment."""


def build_pages(edition: Edition) -> Iterator[SiteFile]:
    """Return the fragment of every wave."""
    for wave_id in edition.facts.waves:
        path = addresses.embedded_wave(edition.language, wave_id)
        html = edition.render("embed.html", **_values(edition, wave_id, path))
        yield SiteFile(path, tidy_typography(html).encode("ascii", "xmlcharrefreplace"))


def _values(edition: Edition, wave_id: str, path: str) -> dict[str, Any]:
    wave, programme, language = edition.facts.waves[wave_id], edition.facts.plan.programme, edition.language
    languages = programme.published_languages
    style = edition.render("embed.css", wave=wave_id, colour=edition.facts.colours[wave_id])
    return {
        "language": language,
        "direction": text_direction(language),
        "translate": edition.translate,
        "name": edition.name,
        "wave": wave_id,
        "title": edition.wave_labels[wave_id].title,
        "page": edition.wave_labels[wave_id].path,
        "period": edition.context.period(wave),
        "slogan": edition.text(wave.slogan),
        "hashtags": " ".join(map(edition.text, wave.hashtags_in(edition.context.languages))),
        "notice": edition.text(wave.notice),
        "lines": _lines(edition, wave_id),
        "marks": STATE_MARKS,
        "feed": feed_file(edition, wave_id, language if language in languages else languages[0]),
        "link": partial(addresses.link, programme.site, path),
        "style": Markup(style),  # noqa: S704 - a template of ours, and a colour
        "style_hash": source_hash(style),
        "page_style": _PAGE_STYLE,
        "page_style_hash": source_hash(_PAGE_STYLE),
    }


def _lines(edition: Edition, wave_id: str) -> list[MomentLine]:
    entries = edition.facts.wave_timeline(wave_id).entries
    today = edition.facts.today
    ahead = [entry for entry in entries if (entry.occurrence.local.last_known or date.max) >= today]
    return [edition.line(entry) for entry in (ahead[:MAX_MOMENTS] or entries[-MAX_MOMENTS:])]
