"""The timeline as one HTML page: waves, chart and tables of moments, for light, dark and print (WCAG 2.2).

The page needs no script and loads nothing; its Content-Security-Policy forbids both. The events are also in it as
JSON-LD. The markup is in ``templates/timeline.html``.
"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter

from markupsafe import Markup

from wavectl.i18n.names import text_direction
from wavectl.render.context import STATE_MARKS, RenderContext, entry_state, legend_labels
from wavectl.render.timeline.json_ld import event_graph
from wavectl.render.timeline.svg import DARK_COLOURS, LIGHT_COLOURS, draw_chart, wave_colour
from wavectl.text.escaping import dump_script_json
from wavectl.text.templates import render_template
from wavectl.timeline.entries import Timeline


def render(timeline: Timeline, context: RenderContext) -> str:
    """Return the page (HTML Living Standard)."""
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
        wave_colour=wave_colour,
        chart=draw_chart(timeline, context),
        years=[(year, list(entries)) for year, entries in groupby(timeline.entries, key=attrgetter("year"))],
        extra_columns=_extra_columns(timeline, context),
        entry_state=entry_state,
        marks=STATE_MARKS,
        legend=legend_labels(map(entry_state, timeline.entries)),
        organiser=timeline.programme.organiser,
    )


def _page_title(timeline: Timeline, context: RenderContext) -> str:
    """Return the title of the only wave, or the name of the programme."""
    if len(timeline.shown_waves) == 1:
        return context.text(timeline.waves[timeline.shown_waves[0]].title)
    return context.text(timeline.programme.name) or context.translate("Waves")


def _extra_columns(timeline: Timeline, context: RenderContext) -> list[str]:
    """Return the headings of the columns after date and moment, without those that would be empty."""
    columns = ["Place"]
    if len(timeline.shown_waves) > 1:
        columns.append("Wave")
    if any(context.status_note(entry) for entry in timeline.entries):
        columns.append("Status")
    return columns
