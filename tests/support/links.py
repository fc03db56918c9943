"""The links of the pages of a site, and which of them lead nowhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from html.parser import HTMLParser


class Links(HTMLParser):
    """Collects what a page links to, and its ids."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.ids: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name in ("href", "src"):
                self.targets.append(value or "")
            elif name == "id":
                self.ids.append(value or "")


def broken_links(pages: Mapping[str, str]) -> list[str]:
    """Return the links inside a site that lead nowhere; those to feeds are looked at if any feed is among its files."""
    found = {path: Links(page) for path, page in pages.items() if path.endswith(".html")}
    broken, has_feeds = [], any("/" not in path and path.endswith(".ics") for path in pages)
    for path, links in found.items():
        for target in links.targets:
            file, _, part = target.partition("#")
            there = posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path
            is_feed = not has_feeds and "/" not in there and there.endswith(".ics")
            if (
                not re.match(r"\w+:", target)
                and not is_feed
                and (there not in pages or (part and part not in found[there].ids))
            ):
                broken.append(f"{path}: {target}")
    return broken
