"""Build the site of a plan: every page in every language, the stylesheet, and the list for search engines."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from wavectl.publishing.site import addresses, atom, embed, feeds, former, moment, place, report, start, wave
from wavectl.publishing.site.edition import Edition, SiteFile
from wavectl.publishing.site.facts import SiteFacts
from wavectl.publishing.site.templates import SiteTemplates
from wavectl.render.colours import DARK_COLOURS, LIGHT_COLOURS

PAGES: Sequence[Callable[[Edition], Iterator[SiteFile]]] = (
    moment.build_pages,
    place.build_pages,
    embed.build_pages,
    feeds.build_pages,
    atom.build_pages,
    wave.build_pages,
    former.build_pages,
    report.build_pages,
    start.build_pages,
)
"""The kinds of pages, those that others lead to first: each function returns its files in one language."""
_MAX_LISTED = 50_000
"""How many addresses search engines read in one file (sitemaps.org)."""


def build_site(facts: SiteFacts, replaced_templates: Mapping[str, str] = MappingProxyType({})) -> Iterator[SiteFile]:
    """Return the files of the site one by one, a page after those that it leads to; the same facts, the same bytes.

    ``replaced_templates`` are the texts of a team's own templates by file name; raise ``SiteTemplateError`` for one
    that cannot be used.
    """
    templates = SiteTemplates(replaced_templates)
    yield SiteFile(addresses.STYLESHEET, _stylesheet(facts, templates))
    icon = templates.render("site-icon.svg", {"colours": [colour for _, colour in sorted(facts.colours.items())]})
    yield SiteFile(addresses.ICON, icon.encode())
    if facts.report:
        yield SiteFile(addresses.REPORT_STYLESHEET, templates.render("report.css", {}).encode())
    editions = [Edition(facts, language, templates) for language in facts.languages]
    listed: list[str] = []
    for build_pages in PAGES:
        for edition in editions:
            for file in build_pages(edition):
                listed += [file.path] if file.is_listed else []
                yield file
    first = editions[0]
    yield first.redirect(addresses.ROOT_PAGE, addresses.start(first.language), first.name)
    if facts.plan.programme.site:
        full = [addresses.absolute(facts.plan.programme.site, path) for path in listed[:_MAX_LISTED]]
        yield SiteFile(addresses.SITEMAP, templates.render("sitemap.xml", {"urls": full}).encode())


def _stylesheet(facts: SiteFacts, templates: SiteTemplates) -> bytes:
    """Return the stylesheet of all pages, with the colours of the waves."""
    values = {"light": LIGHT_COLOURS, "dark": DARK_COLOURS, "colours": sorted(facts.colours.items())}
    return templates.render("style.css", values).encode()
