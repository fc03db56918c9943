"""The pages of regions and countries: their moments and local actions, for their coordinators to link to."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from wavectl.actions.counts import Count
from wavectl.i18n.date_format import format_date
from wavectl.i18n.names import country_name, format_place
from wavectl.insights.action_counts import describe_count
from wavectl.publishing.site import addresses
from wavectl.publishing.site.edition import Edition, SiteFile, WaveLabel
from wavectl.publishing.site.facts import ShownAction, SiteFacts
from wavectl.timeline.entries import Entry

MAX_ACTIONS = 200
"""How many local actions a page lists; its counts have all."""


class ActionLine(NamedTuple):
    """A local action as a page lists it."""

    title: str
    url: str | None
    organiser: str
    date: str
    place: str
    wave: WaveLabel


def country_codes(facts: SiteFacts) -> list[str]:
    """Return the countries that have a page: those with a moment or with local actions."""
    in_moments = {entry.place.country for entry in facts.entries if entry.place.country}
    return sorted(in_moments | facts.actions.by_country.keys())


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
    actions_in: dict[str, list[ShownAction]] = {}
    for shown in facts.actions.shown:
        actions_in.setdefault(shown.action.country or "", []).append(shown)
    for region_id, region in facts.plan.programme.regions.items():
        in_region = [shown for code in region.countries for shown in actions_in.get(code, ())]
        count = facts.actions.by_region.get(region_id, Count())
        path = addresses.region(language, region_id)
        yield _page(edition, path, edition.text(region.name), by_region.get(region_id, ()), count, in_region)
    for code in country_codes(facts):
        count, path = facts.actions.by_country.get(code, Count()), addresses.country(language, code)
        entries, actions = by_country.get(code, ()), actions_in.get(code, ())
        yield _page(edition, path, country_name(code, language), entries, count, actions)


def _page(
    edition: Edition, path: str, name: str, entries: Sequence[Entry], count: Count, actions: Sequence[ShownAction]
) -> SiteFile:
    counted = describe_count(count, edition.context, is_public=True) if count.actions else ""
    return edition.page(
        path,
        "place.html",
        title=name,
        description=edition.name,
        years=edition.years(entries),
        legend=edition.legend(entries),
        counted=counted,
        actions=[_action_line(edition, shown) for shown in actions[:MAX_ACTIONS]],
        more=len(actions) > MAX_ACTIONS,
    )


def _action_line(edition: Edition, shown: ShownAction) -> ActionLine:
    action, text = shown.action, edition.text
    place = format_place(text(action.place), action.country, edition.language, online=bool(action.online))
    date = format_date(action.when, edition.language) if action.when else ""
    return ActionLine(
        text(action.title), action.url, text(action.organiser), date, place, edition.wave_labels[shown.wave]
    )
