"""The addresses of the site: where each page lies, and how pages link to each other.

Every path is relative to the folder of the site, and so is every link, so that the site works in any folder and from a
disk. Only ``absolute`` needs to know where the site is published.
"""

import re

ROOT_PAGE, STYLESHEET, SITEMAP = "index.html", "style.css", "sitemap.xml"
REPORT_STYLESHEET, ICON = "report.css", "site-icon.svg"
_INDEX = "index.html"
_ID = "[a-z0-9-]+"
_ADDRESS = re.compile(
    "|".join((ROOT_PAGE, STYLESHEET, SITEMAP, REPORT_STYLESHEET, ICON)).replace(".", r"\.")
    + r"|[A-Za-z0-9-]+/(?:index\.html|changes\.atom|(?:feeds|report)/index\.html"
    + rf"|(?:regions|countries)/{_ID}/index\.html|waves/{_ID}/(?:index\.html|changes\.atom)|embed/{_ID}\.html"
    + rf"|moments/{_ID}/(?P<moment>{_ID})/(?:index\.html|(?P=moment)\.ics))"
)


def is_address(path: str) -> bool:
    """Tell whether a file of a site, of some plan, can have this path."""
    return _ADDRESS.fullmatch(path) is not None


def start(language: str) -> str:
    """Return the path of the start page."""
    return f"{language}/{_INDEX}"


def wave(language: str, wave_id: str) -> str:
    """Return the path of the page of a wave."""
    return f"{language}/waves/{wave_id}/{_INDEX}"


def moment(language: str, reference: str) -> str:
    """Return the path of the page of a moment, ``wave/id``."""
    return f"{language}/moments/{reference}/{_INDEX}"


def calendar_entry(language: str, reference: str) -> str:
    """Return the path of the calendar file with one moment, ``wave/id``."""
    return f"{language}/moments/{reference}/{reference.rpartition('/')[2]}.ics"


def region(language: str, region_id: str) -> str:
    """Return the path of the page of a region."""
    return f"{language}/regions/{region_id}/{_INDEX}"


def country(language: str, code: str) -> str:
    """Return the path of the page of a country, by its ISO 3166-1 code."""
    return f"{language}/countries/{code.lower()}/{_INDEX}"


def report(language: str) -> str:
    """Return the path of the report for a board."""
    return f"{language}/report/{_INDEX}"


def feeds(language: str) -> str:
    """Return the path of the page of calendar feeds."""
    return f"{language}/feeds/{_INDEX}"


def embedded_wave(language: str, wave_id: str) -> str:
    """Return the path of the fragment of a wave for other websites."""
    return f"{language}/embed/{wave_id}.html"


def changes(language: str, wave_id: str | None = None) -> str:
    """Return the path of the Atom feed of what changed in a wave, or in all."""
    return f"{language}/waves/{wave_id}/changes.atom" if wave_id else f"{language}/changes.atom"


def to_root(path: str) -> str:
    """Return the relative link from a page to the folder of the site: ``../../``; "" for a page in it."""
    return "../" * path.count("/")


def absolute(site: str, path: str) -> str:
    """Return the full address of a page, for a site at this address; a folder stands for its ``index.html``."""
    return f"{site.rstrip('/')}/{path.removesuffix(_INDEX)}"


def link(site: str | None, page: str, path: str) -> str:
    """Return the link from a page to another one, in full if the site is known: for texts that are read elsewhere."""
    return absolute(site, path) if site else to_root(page) + path
