"""The page of a wave: its message, calendar, moments, actors, content, campaigns, and where it meets other waves."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import Any, NamedTuple

from markupsafe import Markup

from wavectl.diagnostics import msg, phrase
from wavectl.insights.action_counts import counted, describe_count
from wavectl.insights.action_rhythm import describe_rhythm
from wavectl.insights.card import card_actors
from wavectl.insights.progress import ACTOR_GROUP_LABELS
from wavectl.model import ActorGroup, WaveStatus
from wavectl.publishing.site import addresses
from wavectl.publishing.site.changes import change_values
from wavectl.publishing.site.edition import Edition, MomentLine, SiteFile, WaveLabel
from wavectl.publishing.site.feeds import feed_anchor
from wavectl.render.context import ACTOR_KIND_LABELS
from wavectl.render.timeline.chart import TimelineActions
from wavectl.render.timeline.svg import draw_charts
from wavectl.render.world_map import render_section
from wavectl.timeline.actors import resolve_actor_name


class ActorLine(NamedTuple):
    """An actor of a wave, with its role there."""

    name: str
    kind: str
    role: str
    url: str | None
    confirmed: bool


class CampaignCard(NamedTuple):
    """A campaign of a wave."""

    name: str
    hashtag: str
    url: str | None
    actors: str
    description: Markup


class MeetingLine(NamedTuple):
    """Where a wave meets others: one moment or two, and what these have in common."""

    text: str
    moments: tuple[MomentLine, ...]


class SharedActors(NamedTuple):
    """The actors that a wave has in common with another one."""

    wave: WaveLabel
    names: tuple[str, ...]


def build_pages(edition: Edition) -> Iterator[SiteFile]:
    """Return the page of every wave, and pages at its earlier addresses that lead to it."""
    for wave_id in edition.facts.waves:
        label = edition.wave_labels[wave_id]
        yield edition.page(label.path, "wave.html", **_values(edition, wave_id))
        for old in edition.facts.earlier_names(wave_id):
            yield edition.redirect(addresses.wave(edition.language, old), label.path, label.title)


def _values(edition: Edition, wave_id: str) -> dict[str, Any]:
    facts, text = edition.facts, edition.text
    wave, timeline = facts.waves[wave_id], facts.wave_timeline(wave_id)
    entries, actions = timeline.entries, facts.actions.waves.get(wave_id)
    slogan, description = text(wave.slogan), edition.entry_texts.plain_text(wave.description)
    weeks = TimelineActions({wave_id: actions.by_week}) if actions else None
    return {
        "title": text(wave.title),
        "title_lang": edition.lang(wave.title),
        "description": (description or slogan or text(wave.notice))[:200],
        "wave": edition.wave_labels[wave_id],
        "period": edition.context.period(wave),
        "status": "" if wave.status is WaveStatus.ACTIVE or not wave.period else edition.context.status(wave.status),
        "slogan": slogan,
        "hashtags": [text(hashtag) for hashtag in wave.hashtags_in(edition.context.languages)],
        "notice": text(wave.notice),
        "about": edition.prose(wave.description),
        "url": wave.url,
        "charts": draw_charts(timeline, edition.context, weeks) if wave.period or entries else {},
        "years": edition.years(entries, without=wave_id),
        "legend": edition.legend(entries),
        "firm": _firm_dates(edition, wave_id, len(entries)),
        "actors": _actors(edition, wave_id),
        "content": [
            (text(name), edition.prose(wave.content[priority], 4))
            for priority, name in facts.plan.programme.priorities.items()
            if text(wave.content.get(priority))
        ],
        "campaigns": _campaigns(edition, wave_id),
        "meetings": _meetings(edition, wave_id),
        "shared_actors": _shared_actors(edition, wave_id),
        "actions": _actions(edition, wave_id),
        "feed": f"{addresses.feeds(edition.language)}#{feed_anchor(wave_id)}",
        **change_values(edition, wave_id),
    }


def _firm_dates(edition: Edition, wave_id: str, rows: int) -> str:
    """Return how many moments have a firm date, and how they are counted if the table has another number of rows."""
    counts, context = edition.facts.certainty[wave_id], edition.context
    total = counted(counts.total, phrase("1 moment"), phrase("{count} moments"), context)
    text = context.format_message(msg("Firm dates: {firm} of {total}.", firm=counts.firm, total=total))
    return " ".join(filter(None, (text if counts.total else "", counts.explain(rows, context))))


def _actors(edition: Edition, wave_id: str) -> list[tuple[str, list[ActorLine]]]:
    """Return the actors of a wave by group."""
    plan, found = edition.facts.plan, dict[ActorGroup, list[ActorLine]]()
    for actor in card_actors(plan, plan.waves[wave_id]):
        registered = plan.programme.actors.get(actor.id or "")
        line = ActorLine(
            edition.text(actor.name),
            edition.translate(ACTOR_KIND_LABELS[actor.kind]),
            edition.text(actor.role),
            registered.url if registered else None,
            actor.confirmed,
        )
        found.setdefault(actor.group, []).append(line)
    return [(edition.translate(ACTOR_GROUP_LABELS[group]), found[group]) for group in ActorGroup if group in found]


def _campaigns(edition: Edition, wave_id: str) -> list[CampaignCard]:
    plan, text = edition.facts.plan, edition.text
    return [
        CampaignCard(
            text(campaign.name),
            campaign.hashtag or "",
            campaign.url,
            ", ".join(text(resolve_actor_name(plan, actor, [wave_id]).name or actor) for actor in campaign.actors),
            edition.prose(campaign.description, 4),
        )
        for campaign in plan.waves[wave_id].campaigns
    ]


_MEETINGS = {
    "moment": phrase("The same moment"),
    "place": phrase("In the same town"),
    "days": phrase("Around the same days"),
}
"""How moments of several waves meet, as readers see it; what only planners need is left out."""
_MAX_MEETINGS = 12
"""How many meetings a page lists."""


def _meetings(edition: Edition, wave_id: str) -> list[MeetingLine]:
    meetings = edition.facts.meetings.get(wave_id, ())
    return [
        MeetingLine(edition.translate(_MEETINGS[meeting.kind]), tuple(map(edition.line, meeting.moments)))
        for meeting in [one for one in meetings if one.kind in _MEETINGS][:_MAX_MEETINGS]
    ]


_MAX_SHARING = 6
"""How many other waves a page lists that have actors in common with its wave: those with the most."""


def _shared_actors(edition: Edition, wave_id: str) -> list[SharedActors]:
    """Return the actors in common with each of the other waves that have the most."""
    shared_actors = edition.facts.shared_actors.get(wave_id, ())
    named = [(edition.shared_actor(shared.actor), shared.all_waves) for shared in shared_actors]
    counts = Counter(chain.from_iterable(waves for _, waves in named))
    del counts[wave_id]
    return [
        SharedActors(edition.wave_labels[other], tuple(name for name, waves in named if other in waves))
        for other, _ in counts.most_common(_MAX_SHARING)
    ]


def _actions(edition: Edition, wave_id: str) -> dict[str, Any] | None:
    """Return what is known of the local actions of a wave: the counts in words, the map, and the rhythm."""
    actions = edition.facts.actions.waves.get(wave_id)
    if actions is None or not actions.by_country.total.actions:
        return None
    context, rhythm = edition.context, actions.rhythm
    counted = describe_count(actions.by_country.total, context, is_public=True)
    return {
        "map": Markup(render_section(actions.world_map, context, counted)),  # noqa: S704 - the template escapes texts
        "rhythm": describe_rhythm(rhythm, context) if rhythm.ratio else [],
    }
