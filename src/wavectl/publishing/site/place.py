"""The pages of regions and countries: their moments and local actions, for their coordinators to link to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from wavectl.actions.counts import Count
from wavectl.diagnostics import phrase
from wavectl.i18n.date_format import format_date
from wavectl.i18n.names import country_name, format_place
from wavectl.insights.action_counts import counted, describe_count
from wavectl.insights.action_list import ShownAction, Turn
from wavectl.model import Status
from wavectl.publishing.site import addresses
from wavectl.publishing.site.edition import Edition, SiteFile, WaveLabel
from wavectl.publishing.site.facts import MAX_SHOWN_ACTIONS
from wavectl.text.suggest import normalize_name
from wavectl.timeline.entries import Entry


class PlaceLink(NamedTuple):
    """A region or a country, and its page."""

    name: str
    path: str


_TURNS: Mapping[Turn, str] = {
    Turn.COMING: phrase("Upcoming actions"),
    Turn.UNDATED: phrase("Actions without a date"),
    Turn.OVER: phrase("Past actions"),
}
_OTHERS = (phrase("1 more action is not listed here."), phrase("{count} more actions are not listed here."))


class ActionLine(NamedTuple):
    """A local action as a page lists it."""

    title: str
    url: str | None
    organiser: str
    date: str
    place: str
    wave: WaveLabel


def country_links(edition: Edition) -> dict[str, PlaceLink]:
    """Return the countries that have a page, by code: those with a moment or with local actions."""
    facts, language = edition.facts, edition.language
    in_moments = {entry.place.country for entry in facts.entries if entry.place.country}
    codes = sorted(in_moments | facts.actions.by_country.keys())
    return {code: PlaceLink(country_name(code, language), addresses.country(language, code)) for code in codes}


def by_name(links: Mapping[str, PlaceLink], codes: Iterable[str]) -> tuple[PlaceLink, ...]:
    """Return the links of some countries, by their names; those that have no page are left out."""
    found = (links[code] for code in codes if code in links)
    return tuple(sorted(found, key=lambda link: normalize_name(link.name)))


def build_pages(edition: Edition) -> Iterator[SiteFile]:
    """Return the page of every region, and of every country with a moment or an action."""
    facts, language = edition.facts, edition.language
    by_region: dict[str, list[Entry]] = {}
    by_country: dict[str, list[Entry]] = {}
    for entry in facts.entries:
        for name in entry.group.regions:
            by_region.setdefault(name, []).append(entry)
        if entry.place.country:
            by_country.setdefault(entry.place.country, []).append(entry)
    countries, regions = country_links(edition), facts.plan.programme.regions
    regions_of: dict[str, list[PlaceLink]] = {}
    for region_id, region in regions.items():
        count = facts.actions.by_region.get(region_id, Count())
        path = addresses.region(language, region_id)
        link = PlaceLink(edition.text(region.name), path)
        for code in region.countries:
            regions_of.setdefault(code, []).append(link)
        near, entries = by_name(countries, region.countries), by_region.get(region_id, ())
        yield _page(edition, link, near, entries, count, region.countries)
    for code, link in countries.items():
        count = facts.actions.by_country.get(code, Count())
        yield _page(edition, link, regions_of.get(code, ()), by_country.get(code, ()), count, [code])


def _page(
    edition: Edition,
    place: PlaceLink,
    near: Sequence[PlaceLink],
    entries: Sequence[Entry],
    count: Count,
    codes: Sequence[str],
) -> SiteFile:
    """Return the page of a region or a country, with these country codes; ``near`` are its countries or its regions."""
    shown = [one for one in edition.facts.actions.shown if one.action.country in codes][:MAX_SHOWN_ACTIONS]
    total = sum(edition.facts.actions.shown_numbers.get(code, 0) for code in codes)
    figures = describe_count(count, edition.context, is_public=True) if count.actions else ""
    others = total - len(shown)
    return edition.page(
        place.path,
        "place.html",
        title=place.name,
        description=", ".join(dict.fromkeys(edition.line(entry).title for entry in entries[:5])) or edition.name,
        near=near,
        years=edition.years(entries),
        legend=edition.legend(entries),
        counted=figures,
        turns=[
            (edition.translate(_TURNS[turn]), [_action_line(edition, one) for one in those])
            for turn, those in groupby(shown, attrgetter("turn"))
        ],
        others=counted(others, *_OTHERS, edition.context) if others else "",
    )


def _action_line(edition: Edition, shown: ShownAction) -> ActionLine:
    action, text = shown.action, edition.text
    place = format_place(text(action.place), action.country, edition.language, online=bool(action.online))
    if action.status is Status.POSTPONED:
        date = edition.context.status(action.status)
    else:
        date = format_date(action.when, edition.language) if action.when else ""
    return ActionLine(
        text(action.title), action.url, text(action.organiser), date, place, edition.wave_labels[shown.wave]
    )
