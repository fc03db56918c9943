"""The start page: what these waves are, all of them on one timeline, what is next, and the local actions."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from markupsafe import Markup

from wavectl.insights.action_counts import describe_count
from wavectl.insights.progress import wave_progress
from wavectl.publishing.site import addresses
from wavectl.publishing.site.changes import change_values
from wavectl.publishing.site.edition import Edition, SiteFile, WaveLabel
from wavectl.publishing.site.place import PlaceLink, by_name, country_links
from wavectl.render.timeline.chart import TimelineActions
from wavectl.render.timeline.svg import ChartDrawing, draw_charts
from wavectl.render.world_map import render_section
from wavectl.timeline.entries import Entry

MAX_NEXT = 6
"""How many coming moments the page lists."""
MAX_CHART_WAVES, MAX_CHART_MOMENTS = 40, 60
"""How many waves the timeline shows at most, and how many moments before it shows the calendars only."""


class WaveCard(NamedTuple):
    """A wave on the start page."""

    label: WaveLabel
    period: str
    slogan: str
    hashtags: str
    notice: str


class PlaceGroup(NamedTuple):
    """A region, its page, and its countries; "" is the page of those in no region."""

    name: str
    path: str
    countries: tuple[PlaceLink, ...] = ()


def build_pages(edition: Edition) -> Iterator[SiteFile]:
    """Return the start page."""
    facts, programme = edition.facts, edition.facts.plan.programme
    ahead = [entry for entry in facts.entries if _is_ahead(entry, edition)]
    yield edition.page(
        addresses.start(edition.language),
        "start.html",
        title=edition.name,
        description=edition.entry_texts.plain_text(programme.description)[:200],
        about=edition.prose(programme.description, 2),
        waves=[_wave_card(edition, wave_id) for wave_id in facts.plan.waves],
        charts=_charts(edition),
        upcoming=[edition.line(entry) for entry in ahead[:MAX_NEXT]],
        legend=edition.legend(ahead[:MAX_NEXT]),
        actions=_actions(edition),
        places=_places(edition),
        report=addresses.report(edition.language) if facts.report else "",
        today=edition.context.day(facts.today),
        **change_values(edition),
    )


def _is_ahead(entry: Entry, edition: Edition) -> bool:
    last = entry.occurrence.local.last_known
    return last is not None and last >= edition.facts.today


def _wave_card(edition: Edition, wave_id: str) -> WaveCard:
    wave, text = edition.facts.waves[wave_id], edition.text
    return WaveCard(
        edition.wave_labels[wave_id],
        edition.context.period(wave),
        text(wave.slogan),
        " ".join(map(text, wave.hashtags_in(edition.context.languages))),
        text(wave.notice),
    )


def _charts(edition: Edition) -> Mapping[str, ChartDrawing]:
    """Return the chart of all waves; of many, of those that are not over, and their calendars only."""
    facts = edition.facts
    waves = list(facts.waves)
    if len(waves) > MAX_CHART_WAVES:
        running = [wave_id for wave_id in waves if not _is_over(edition, wave_id)]
        waves = (running or waves)[:MAX_CHART_WAVES]
    entries = facts.entries if len(facts.entries) <= MAX_CHART_MOMENTS else ()
    weeks = {wave: actions.by_week for wave, actions in facts.actions.waves.items() if wave in waves}
    return draw_charts(facts.timeline(entries, waves), edition.context, TimelineActions(weeks) if weeks else None)


def _is_over(edition: Edition, wave_id: str) -> bool:
    progress = wave_progress(edition.facts.waves[wave_id].period, edition.facts.today)
    return progress is not None and progress.is_over


def _actions(edition: Edition) -> Markup | None:
    """Return the section of local actions: their counts in words, and their map."""
    actions = edition.facts.actions
    if not actions.total.actions:
        return None
    counted = describe_count(actions.total, edition.context, is_public=True)
    return Markup(render_section(actions.world_map, edition.context, counted))  # noqa: S704 - the template escapes texts


def _places(edition: Edition) -> list[PlaceGroup]:
    """Return the regions with their countries that have pages, then the countries of no region."""
    facts, language = edition.facts, edition.language
    links = country_links(edition)
    in_regions, found = set[str](), list[PlaceGroup]()
    for region_id, region in facts.plan.programme.regions.items():
        present = by_name(links, region.countries)
        in_regions.update(region.countries)
        found.append(PlaceGroup(edition.text(region.name), addresses.region(language, region_id), present))
    others = by_name(links, links.keys() - in_regions)
    heading = edition.translate("Other countries" if found else "Countries")
    return [*found, PlaceGroup(heading, "", others)] if others else found
