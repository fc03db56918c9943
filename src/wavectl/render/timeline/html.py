"""The timeline as one HTML page: waves, chart and tables of moments, for light, dark and print (WCAG 2.2).

The page needs no script and loads nothing; its Content-Security-Policy forbids both. The markup is in
``templates/timeline.html``. For search engines, the events are also in it as JSON-LD 1.1 (schema.org/Event), with no
date more precise than in the plan: a day, a range of known days, a month or a year becomes ``startDate``; any other
date appears in the description only. Drafts are left out because they are not published; deadlines and publications
are not events.
"""

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from wavectl.dates.edtf import DateForm, When
from wavectl.i18n.names import text_direction
from wavectl.model import MomentKind, Status
from wavectl.render.colours import DARK_COLOURS, LIGHT_COLOURS, wave_colours
from wavectl.render.context import STATE_MARKS, RenderContext, entry_state, legend_labels
from wavectl.render.timeline.chart import TimelineActions
from wavectl.render.timeline.svg import draw_charts
from wavectl.text.escaping import dump_script_json, render_template
from wavectl.timeline.entries import Entry, Timeline

if TYPE_CHECKING:
    from wavectl.render.world_map import MapCounts

_EVENT_STATUSES = {Status.CONFIRMED: "Scheduled", Status.POSTPONED: "Postponed", Status.CANCELLED: "Cancelled"}
"""The status in terms of schema.org, which has none for tentative."""
_LONGEST_WORD = 30  # in characters; only a longer word is broken


def render(timeline: Timeline, context: RenderContext, actions: TimelineActions | None = None) -> str:
    """Return the page (HTML Living Standard), with bars and a map of ``actions`` if there are any."""
    as_of = context.translate("as of {date}").format(date=context.day(timeline.today))
    return render_template(
        "wavectl.render",
        "timeline.html",
        timeline=timeline,
        context=context,
        direction=text_direction(context.language),
        light=LIGHT_COLOURS,
        dark=DARK_COLOURS,
        title=_page_title(timeline, context),
        events_json=Markup(dump_script_json(event_graph(timeline, context))),  # noqa: S704 - escaped for <script>
        as_of=as_of[:1].upper() + as_of[1:],
        colours=wave_colours(timeline.waves),
        charts=draw_charts(timeline, context, actions),
        longest_word=_LONGEST_WORD,
        years=[(year, list(entries)) for year, entries in groupby(timeline.entries, key=attrgetter("year"))],
        extra_columns=["Place", *["Wave"] * (len(timeline.shown_waves) > 1)],
        entry_state=entry_state,
        marks=STATE_MARKS,
        legend=legend_labels(map(entry_state, timeline.entries)),
        organiser=timeline.programme.organiser,
        world_map=_world_map(actions.world_map, context) if actions and actions.world_map else "",
    )


def _world_map(actions: "MapCounts", context: RenderContext) -> Markup:
    from wavectl.render.world_map import render_section  # few plans have actions

    return Markup(render_section(actions, context))  # noqa: S704 - the template escapes every text in it


def _page_title(timeline: Timeline, context: RenderContext) -> str:
    """Return the title of the only wave, or the name of the programme."""
    if len(timeline.shown_waves) == 1:
        return context.text(timeline.waves[timeline.shown_waves[0]].title)
    return context.text(timeline.programme.name) or context.translate("Waves")


def event_graph(timeline: Timeline, context: RenderContext) -> dict[str, Any]:
    """Return the events of a timeline as one graph."""
    kinds = (MomentKind.EVENT, MomentKind.OBSERVANCE)
    events = [entry for entry in timeline.entries if entry.group.kind in kinds and not entry.draft]
    return {"@context": "https://schema.org", "@graph": [_event(entry, context) for entry in events]}


def _event(entry: Entry, context: RenderContext) -> dict[str, Any]:
    status = _EVENT_STATUSES.get(entry.occurrence.status)
    description = ". ".join(filter(None, (context.date(entry), context.status_note(entry))))
    facts = {
        "@type": "Event",
        "name": context.text(entry.title),
        **_dates(entry),
        "description": description,
        "eventStatus": f"https://schema.org/Event{status}" if status else None,
        **_location(entry, context),
        "url": entry.group.url,
    }
    return {name: fact for name, fact in facts.items() if fact}


def _dates(entry: Entry) -> dict[str, str | None]:
    """Return the start and end of an event, as far as they are known."""
    when = entry.occurrence.local
    if when.start is None or when.earliest is None or when.last_known is None or when.is_qualified:
        return {}
    if entry.starts_at:
        end = entry.ends_at.isoformat() if entry.ends_at else None
        return {"startDate": entry.starts_at.isoformat(), "endDate": end}
    if when.is_exact:
        return {"startDate": when.earliest.isoformat(), "endDate": when.last_known.isoformat()}
    if when.form is DateForm.OPEN and When(DateForm.SINGLE, when.start).is_exact:
        return {"startDate": when.earliest.isoformat()}
    first, last = when.earliest.isoformat(), when.last_known.isoformat()
    shared = next((digits for digits in (7, 4) if first[:digits] == last[:digits]), 0)  # the month or the year
    return {"startDate": first[:shared]} if shared and when.form is not DateForm.INTERVAL else {}


def _location(entry: Entry, context: RenderContext) -> dict[str, Any]:
    """Return the place of an event and whether it is attended there, online, or both."""
    place, name = entry.place, context.text(entry.place.name)
    venue: dict[str, Any] | None = None
    if name or place.country:
        country = {"@type": "PostalAddress", "addressCountry": place.country} if place.country else None
        venue = {"@type": "Place", "name": name or context.place(place), **({"address": country} if country else {})}
    address = {"url": entry.group.url} if entry.group.url else {}
    online = {"@type": "VirtualLocation", **address} if place.online else None
    locations = [location for location in (venue, online) if location]
    mode = {(True, True): "Mixed", (True, False): "Offline", (False, True): "Online"}.get((bool(venue), place.online))
    return {
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode" if mode else None,
        "location": locations[0] if len(locations) == 1 else locations,
    }
