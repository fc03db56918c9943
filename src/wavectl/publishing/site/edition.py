"""The site in one language: the texts of moments and waves as pages show them, and the pages from their templates.

Templates get texts and addresses only, never the plan: so no page can show what is private.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias

from markupsafe import Markup

from wavectl.i18n.names import native_language_name, text_direction
from wavectl.insights.convergence.page import actor_name
from wavectl.lockfile.entry import JsonObject
from wavectl.model import MomentKind, Status, Text, fallback_languages, localized_text
from wavectl.publishing.ical.entry_text import EntryTexts
from wavectl.publishing.site import addresses
from wavectl.publishing.site.facts import SiteFacts
from wavectl.publishing.site.templates import SiteTemplates
from wavectl.render.context import STATE_LABELS, STATE_MARKS, RenderContext, entry_state, legend_labels
from wavectl.text.escaping import replace_invalid_xml
from wavectl.text.markdown import render_markdown
from wavectl.text.terminal import printable
from wavectl.timeline.entries import Entry

_LOOSE_SIGNS = (
    *(("«", "« ", "«\xa0"), ("»", " »", "\xa0»"), (":", " :", "\xa0:")),
    *((";", " ;", "\u202f;"), ("!", " !", "\u202f!"), ("?", " ?", "\u202f?")),
)
"""Signs that French writes with a space that breaks no line; a narrow one but for quotes and colons."""
_APOSTROPHES = (re.compile(r"'(?=\w)"), re.compile(r"&#(?:39|x27);(?=\w)"))
"""An apostrophe before a letter, as it is and escaped; two patterns are faster than one for both."""
_CODE = re.compile(r"<(script|style|pre|code)\b.*?</\1>", re.DOTALL)
"""What browsers run, and what readers copy."""


def tidy_typography(html: str) -> str:
    """Return a page with curly apostrophes, and with no sign at the start of a line that belongs to the one before.

    Code and web addresses stay as they are.
    """
    at = max(html.find("<title"), 0)  # before the title there are only instructions for browsers
    pieces = [html[:at]]
    for code in _CODE.finditer(html, at):
        pieces += (_tidy(html[at : code.start()]), code[0])
        at = code.end()
    return "".join((*pieces, _tidy(html[at:])))


def _tidy(html: str) -> str:
    for sign, loose, tight in _LOOSE_SIGNS:
        if sign in html:
            html = html.replace(loose, tight)
    for apostrophe in _APOSTROPHES:
        html = apostrophe.sub(_tidy_apostrophe, html)
    return html


def _tidy_apostrophe(found: re.Match[str]) -> str:
    html, start = found.string, found.start()
    word = max(html.rfind(gap, 0, start) for gap in ' >"') + 1
    is_in_address = html.endswith('href="', 0, word) or re.compile("[/:@]").search(html, word, start)
    return found[0] if is_in_address or not html[start - 1].isalnum() else "’"


class SiteFile(NamedTuple):
    """A file of the site: its path and bytes, and whether search engines should list it."""

    path: str
    data: bytes
    is_listed: bool = False


class WaveLabel(NamedTuple):
    """A wave as lists show it: its class in the stylesheet, which has its colour, its title, and its page.

    ``lang`` is the attribute of a title in another language than the page, "" for any other.
    """

    style: str
    title: str
    path: str
    lang: str = ""


class MomentLine(NamedTuple):
    """A moment as lists show it, once for each time that it happens.

    ``label`` says how sure its date is, ``status`` its status unless it is confirmed; ``lang`` is as for waves.
    """

    path: str
    title: str
    date: str
    state: str
    label: str
    status: str
    kind: str
    place: str
    waves: tuple[WaveLabel, ...]
    lang: str = ""


MomentRow: TypeAlias = tuple[MomentLine, tuple[WaveLabel, ...]]
"""A moment in a table, and the waves that are shown beside it."""


class Edition:
    """The site in one language."""

    def __init__(self, facts: SiteFacts, language: str, templates: SiteTemplates) -> None:
        self.facts, self.language, self._templates = facts, language, templates
        programme = facts.plan.programme
        languages = fallback_languages(language, programme.languages)
        self.context = RenderContext(languages, timezone=programme.timezone).with_waves(facts.plan.waves)
        self.translate = cache(self.context.translate)
        self.text = self.context.text
        self.entry_texts = EntryTexts(facts.plan, self.context.languages)
        self.wave_labels = {
            wave_id: WaveLabel(
                f"w-{wave_id}", self.text(wave.title), addresses.wave(language, wave_id), self.lang(wave.title)
            )
            for wave_id, wave in facts.plan.waves.items()
        }
        self.former_labels = {name: WaveLabel("", name, addresses.wave(language, name)) for name in facts.former_waves}
        self.shared_actor = cache(self._find_shared_actor)
        self._lines: dict[int, MomentLine] = {}

    @cached_property
    def name(self) -> str:
        """The name of the programme."""
        return self.text(self.facts.plan.programme.name) or self.translate("Waves")

    # -- texts

    def prose(self, text: Text | None, level: int = 3) -> Markup:
        """Return a Markdown text of the plan as HTML, whose headings begin at a level.

        The name of its language comes before a text in another language.
        """
        html = render_markdown(localized_text(text, self.context.languages), level)
        found = self._foreign_language(text) if html else ""
        if not found:
            return html
        foreign = Markup('<div lang="{}"><p class="kind">{}</p>\n{}</div>')
        return foreign.format(found, native_language_name(found), html)

    def lang(self, text: Text | JsonObject | None) -> str:
        """Return the attribute that names the language of a text of the plan, "" for that of the page."""
        found = self._foreign_language(text)
        return Markup(' lang="{}"').format(found) if found else ""

    def _foreign_language(self, text: Text | JsonObject | None) -> str:
        """Return the language in which a text of the plan is shown, "" if it is that of the page or is not known."""
        if not isinstance(text, Mapping) or self.language in text:
            return ""
        return next((code for code in self.context.languages if code in text), "") or next(iter(text))

    def _find_shared_actor(self, actor: str) -> str:
        """Return the name of an actor that waves have in common."""
        return actor_name(self.facts.convergence, actor, self.context, full=True)

    def line(self, entry: Entry) -> MomentLine:
        """Return an entry as lists show it."""
        line = self._lines.get(id(entry))
        if line is None:
            context = self.context
            line = self._lines[id(entry)] = MomentLine(
                addresses.moment(self.language, entry.group.root.reference),
                context.text(entry.title),
                context.date(entry),
                (state := entry_state(entry)),
                self.translate(STATE_LABELS[state]),
                "" if entry.occurrence.status is Status.CONFIRMED else context.status(entry.occurrence.status),
                "" if entry.group.kind is MomentKind.EVENT else context.kind(entry),
                context.place(entry.place),
                tuple(self.wave_labels[wave] for wave in entry.waves if wave in self.wave_labels),
                self.lang(entry.title),
            )
        return line

    def years(self, entries: Iterable[Entry], *, without: str = "") -> list[tuple[int | None, list[MomentRow]]]:
        """Return the rows of the tables of moments, by year; their waves are shown but for one."""
        by_year, hidden = groupby(entries, key=attrgetter("year")), self.wave_labels.get(without)
        return [(year, [self._row(entry, hidden) for entry in those]) for year, those in by_year]

    def _row(self, entry: Entry, hidden: WaveLabel | None) -> MomentRow:
        line = self.line(entry)
        return line, tuple(label for label in line.waves if label is not hidden)

    def legend(self, entries: Iterable[Entry]) -> list[tuple[str, str, str]]:
        """Return the states of some entries in order, each with its mark and label."""
        return [
            (state, STATE_MARKS[state], self.translate(label))
            for state, label in legend_labels(map(entry_state, entries))
        ]

    # -- pages

    def page(
        self, path: str, template: str, *, title: str, description: str = "", is_listed: bool = True, **values: Any
    ) -> SiteFile:
        """Return a page; ``title`` is its heading, ``description`` what search engines and link previews show."""
        root = addresses.to_root(path)
        html = self._templates.render(
            template,
            {
                **self._shared,
                "root": root,
                "path": path,
                "editions": [(code, name, self._in_language(path, code)) for code, name in self._language_names],
                "addresses": self._absolute(path) if is_listed else {},
                "is_listed": is_listed,
                "title": title,
                "description": replace_invalid_xml(printable(" ".join(description.split()))),
                **values,
            },
        )
        return SiteFile(path, tidy_typography(html).encode("utf-8", "replace"), is_listed)

    def render(self, template: str, **values: Any) -> str:
        """Return a template of the site with values."""
        return self._templates.render(template, values)

    def redirect(self, path: str, target: str, title: str) -> SiteFile:
        """Return a page that leads to another one."""
        site = self.facts.plan.programme.site
        return self.page(
            path,
            "redirect.html",
            title=title,
            is_listed=False,
            target=addresses.to_root(path) + target,
            canonical=addresses.absolute(site, target) if site else addresses.to_root(path) + target,
        )

    @cached_property
    def _language_names(self) -> list[tuple[str, str]]:
        return [(code, native_language_name(code)) for code in self.facts.languages]

    @cached_property
    def _shared(self) -> dict[str, Any]:
        """The values that all pages have."""
        organiser = self.facts.plan.programme.organiser
        return {
            "language": self.language,
            "direction": text_direction(self.language),
            "translate": self.translate,
            "site_name": self.name,
            "home": addresses.start(self.language),
            "feeds_page": addresses.feeds(self.language),
            "stylesheet": addresses.STYLESHEET,
            "atom": "",
            "organiser": (self.text(organiser.name), organiser.url) if organiser else None,
            "marks": STATE_MARKS,
        }

    def _in_language(self, path: str, language: str) -> str:
        return f"{language}{path.removeprefix(self.language)}"

    def _absolute(self, path: str) -> dict[str, str]:
        """Return the full addresses of a page by language; none if the programme does not say where its site is."""
        site = self.facts.plan.programme.site
        codes = self.facts.languages if site else ()
        return {code: addresses.absolute(site or "", self._in_language(path, code)) for code in codes}
