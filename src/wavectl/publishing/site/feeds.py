"""The page of calendar feeds: their addresses to subscribe to, and how that is done in each calendar program."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

from markupsafe import Markup

from wavectl.diagnostics import phrase
from wavectl.i18n.names import language_name, native_language_name
from wavectl.publishing.ical.feeds import ALL_FEED, CalendarFeed, feed_address, feed_file_name, feed_names, select_feeds
from wavectl.publishing.site import addresses
from wavectl.publishing.site.edition import Edition, SiteFile


class FeedFile(NamedTuple):
    """A feed in one language: its code and its own name for it, the addresses, and the path of the file.

    ``note`` names the language to readers of a page in another one, else it is "". ``address`` is "" if the programme
    does not say where its site is; ``webcal`` opens a calendar program.
    """

    language: str
    language_name: str
    note: str
    address: str
    webcal: str
    path: str


class FeedCard(NamedTuple):
    """A feed on the page: its anchor and title, its wave as a class of the stylesheet, and its files."""

    anchor: str
    title: str
    style: str
    files: tuple[FeedFile, ...]


class Steps(NamedTuple):
    """How to subscribe in one calendar program."""

    program: str
    steps: str


_STEPS: Sequence[tuple[str, str]] = (
    (
        phrase("Google Calendar, in a browser"),
        phrase("Beside Other calendars, choose +, then From URL. Paste the address, and choose Add calendar."),
    ),
    (
        phrase("Outlook, on the web and new Outlook"),
        phrase("In the calendar, choose Add calendar, then Subscribe from web. Paste the address, and choose Import."),
    ),
    (
        phrase("Apple Calendar, on a Mac"),
        phrase("Choose File, New Calendar Subscription. Paste the address, and choose Subscribe."),
    ),
    (
        phrase("iPhone and iPad"),
        phrase(
            "In the Calendar app, choose Calendars, Add Calendar, Add Subscription Calendar. Paste the address, and "
            "choose Subscribe."
        ),
    ),
    (
        phrase("Thunderbird"),
        phrase("In the calendar, choose New Calendar, On the Network. Paste the address as the location, and finish."),
    ),
    (
        phrase("Nextcloud"),
        phrase("In the calendar, choose New calendar, New subscription from link. Paste the address."),
    ),
)
"""The calendar programs, with the words of their menus in each language; for their sources see docs/publishing.md."""


def build_pages(edition: Edition) -> Iterator[SiteFile]:
    """Return the page of feeds."""
    plan, translate, language = edition.facts.plan, edition.translate, edition.language
    feeds = {feed.name: feed for feed in select_feeds(plan, feed_names(plan))}
    cards = [_card(edition, feeds[name]) for name in (ALL_FEED, *plan.waves, *plan.programme.feeds)]
    waves = edition.wave_labels.items() if edition.facts.history.lockfile.entries else ()
    news = [(edition.name, addresses.changes(language))] if waves else []
    embeds = [_embed(edition, wave_id) for wave_id in edition.wave_labels]
    script = edition.render("copy.js")
    yield edition.page(
        addresses.feeds(language),
        "feeds.html",
        title=translate("Calendars to subscribe to"),
        description=translate(_INTRODUCTION),
        introduction=translate(_INTRODUCTION),
        cards=cards,
        steps=[Steps(translate(program), translate(steps)) for program, steps in _STEPS],
        news=[*news, *((label.title, addresses.changes(language, wave_id)) for wave_id, label in waves)],
        embeds=embeds,
        script=Markup(script),  # noqa: S704 - a template of ours, without values
        script_hash=source_hash(script),
    )


_INTRODUCTION = phrase(
    "Subscribe once: your calendar then follows every change by itself. It can take a day or two to show one."
)


def _card(edition: Edition, feed: CalendarFeed) -> FeedCard:
    plan = edition.facts.plan
    wave = edition.wave_labels.get(feed.name) if feed.settings is None else None
    languages = [feed.settings.lang] if feed.settings and feed.settings.lang else plan.programme.published_languages
    ordered = sorted(languages, key=lambda language: language != edition.language)
    title = edition.translate("All waves") if feed.name == ALL_FEED else edition.text(feed.title)
    return FeedCard(
        feed_anchor(feed.name),
        wave.title if wave else title,
        wave.style if wave else "",
        tuple(feed_file(edition, feed.name, language) for language in ordered),
    )


def feed_file(edition: Edition, name: str, language: str) -> FeedFile:
    """Return a feed in one of its languages."""
    plan = edition.facts.plan
    address, path = feed_address(plan, name, language), feed_file_name(plan, name, language)
    note = edition.translate("in {language}").format(language=language_name(language, edition.language))
    is_foreign = language != edition.language
    return FeedFile(
        language, native_language_name(language), note if is_foreign else "", address, webcal(address), path
    )


def _embed(edition: Edition, wave_id: str) -> tuple[str, str, str]:
    """Return the title of a wave, the path of its fragment, and what to paste into another page to show it there."""
    title, path = edition.wave_labels[wave_id].title, addresses.embedded_wave(edition.language, wave_id)
    site = edition.facts.plan.programme.site
    if not site:
        return title, path, ""
    frame = Markup('<iframe src="{}" title="{}" style="width: 100%; height: 36rem; border: 0" loading="lazy"></iframe>')
    return title, path, str(frame.format(addresses.absolute(site, path), title))


def feed_anchor(name: str) -> str:
    """Return the anchor of a feed on the page of feeds."""
    return f"feed-{name}"


def webcal(address: str) -> str:
    """Return the address of a feed as a link that opens a calendar program; "" for no address."""
    return f"webcal:{address.partition(':')[2]}" if address else ""


def source_hash(source: str) -> str:
    """Return the hash of a script or style in a page, by which its Content-Security-Policy allows it."""
    return f"sha256-{b64encode(sha256(source.encode()).digest()).decode()}"
