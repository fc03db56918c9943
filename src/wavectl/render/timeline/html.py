"""The timeline as one page of its own: waves, chart and table of moments, for light, dark and paper (WCAG 2.2).

It needs neither scripts nor anything from elsewhere, and says so to the browser. Programs find the events in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

from wavectl.i18n.date_format import babel_locale
from wavectl.model import MomentKind, Wave
from wavectl.render.context import STATE_LABELS, STATE_MARKS, RenderContext, entry_state
from wavectl.render.timeline.json_ld import event_graph
from wavectl.render.timeline.svg import (
    DARK_COLOURS,
    LIGHT_COLOURS,
    WIDTH,
    accessible_description,
    chart_css,
    draw_chart,
    wave_colour,
)
from wavectl.text.escaping import dump_script_json
from wavectl.text.escaping import escape_html as escaped
from wavectl.timeline import Entry, Timeline

_CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def render(timeline: Timeline, context: RenderContext) -> str:
    """Return the page (HTML Living Standard)."""
    parts = (*_head(timeline, context), *_body(timeline, context), "</body>", "</html>")
    return "".join(f"{part}\n" for part in parts)


def _page_title(timeline: Timeline, context: RenderContext) -> str:
    """Return the name of the page: of one wave its title, of several the programme's name."""
    if len(timeline.shown_waves) == 1:
        return context.text(timeline.waves[timeline.shown_waves[0]].title)
    return context.text(timeline.programme.name) or context.translate("Waves")


def _head(timeline: Timeline, context: RenderContext) -> Iterator[str]:
    direction = babel_locale(context.language).text_direction
    yield "<!DOCTYPE html>"
    yield f'<html lang="{escaped(context.language)}" dir="{direction}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_CONTENT_SECURITY_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f"<title>{escaped(_page_title(timeline, context))}</title>"
    yield f"<style>\n{STYLESHEET}</style>"
    yield f'<script type="application/ld+json">\n{dump_script_json(event_graph(timeline, context))}\n</script>'
    yield "</head>"


def _body(timeline: Timeline, context: RenderContext) -> Iterator[str]:
    translate = context.translate
    yield "<body>"
    yield f'<a class="skip" href="#moments">{escaped(translate("Go to the table of moments"))}</a>'
    yield "<header>"
    yield f'<h1 dir="auto">{escaped(_page_title(timeline, context))}</h1>'
    as_of = translate("as of {date}").format(date=context.day(timeline.today))
    yield f'<p class="day">{escaped(as_of[:1].upper() + as_of[1:])}</p>'
    yield "</header>"
    yield "<main>"
    yield f'<section class="waves" aria-label="{escaped(translate("Waves"))}">'
    for place, wave_id in enumerate(timeline.shown_waves):
        wave = timeline.waves[wave_id]
        yield f'<article style="--wave:{escaped(wave_colour(wave, place))}">'
        yield from _wave(wave, context, only_wave=len(timeline.shown_waves) == 1)
        yield "</article>"
    yield "</section>"
    yield from _chart(timeline, context)
    yield from _moments(timeline, context)
    yield "</main>"
    yield from _footer(timeline, context)


def _wave(wave: Wave, context: RenderContext, *, only_wave: bool) -> Iterator[str]:
    """Return what a wave says of itself; the only wave has its title on the page already."""
    title = escaped(context.text(wave.title))
    if not only_wave:
        linked = f'<a href="{escaped(wave.url)}">{title}</a>' if wave.url else title
        yield f'<h2 dir="auto">{linked}</h2>'
    yield f'<p class="period">{escaped(context.period(wave))}</p>'
    slogan, notice = context.text(wave.slogan), context.text(wave.notice)
    if slogan:
        yield f'<p class="slogan" dir="auto">{escaped(slogan)}</p>'
    if wave.hashtags:
        yield f'<p class="hashtags">{escaped(" ".join(map(context.text, wave.hashtags)))}</p>'
    if notice:
        yield f'<p dir="auto">{escaped(notice)}</p>'


def _chart(timeline: Timeline, context: RenderContext) -> Iterator[str]:
    """Return the chart, which a narrow screen scrolls inside its own frame."""
    drawn, label = draw_chart(timeline, context), escaped(context.translate("Calendar"))
    yield f'<section aria-labelledby="chart"><h2 id="chart">{label}</h2>'
    yield '<div class="frame" role="group" tabindex="0" aria-labelledby="chart">'
    yield f'<svg class="chart" viewBox="0 0 {WIDTH} {drawn.height}" role="img" aria-labelledby="name about">'
    yield f"{accessible_description(timeline, context)}{drawn.elements}</svg>"
    yield "</div></section>"


def _moments(timeline: Timeline, context: RenderContext) -> Iterator[str]:
    """Return a table of moments for each year, and the meaning of the marks in them."""
    translate = context.translate
    yield f'<section aria-labelledby="moments"><h2 id="moments" tabindex="-1">{escaped(translate("Moments"))}</h2>'
    if not timeline.entries:
        yield f"<p>{escaped(translate('no moments'))}</p></section>"
        return
    more = _extra_columns_of(timeline, context)
    headings = ["Date", "Moment", *(heading for heading, _ in more)]
    cells = "".join(f'<th scope="col" role="columnheader">{escaped(translate(heading))}</th>' for heading in headings)
    for year, entries in groupby(timeline.entries, key=_year):
        place = f"year-{year or 'none'}"
        yield f'<h3 id="{place}">{year or escaped(translate("without a date"))}</h3>'
        yield f'<table role="table" aria-labelledby="{place}">'
        yield f'<thead role="rowgroup"><tr role="row">{cells}</tr></thead>'
        yield '<tbody role="rowgroup">'
        yield from (_row(entry, more, context) for entry in entries)
        yield "</tbody></table>"
    present = {entry_state(entry) for entry in timeline.entries}
    told = (
        f"<li>{_state_mark(one)} {escaped(translate(word))}</li>"
        for one, word in STATE_LABELS.items()
        if one in present
    )
    yield f'<ul class="legend">{"".join(told)}</ul></section>'


def _year(entry: Entry) -> int | None:
    earliest = entry.occurrence.local.earliest
    return earliest.year if earliest else None


_ExtraColumns = list[tuple[str, Callable[[Entry], str]]]


def _row(entry: Entry, extra_columns: _ExtraColumns, context: RenderContext) -> str:
    """Return the row of an entry: its date, its title with its kind, and the other columns."""
    how, title = entry_state(entry), _bidi_isolate(context.text(entry.title))
    if entry.group.url:
        title = f'<a href="{escaped(entry.group.url)}">{title}</a>'
    title = f"<s>{title}</s>" if how == "cancelled" else title
    kind = "" if entry.group.kind is MomentKind.EVENT else f' <span class="kind">{escaped(context.kind(entry))}</span>'
    rest = "".join(f'<td role="cell">{cell(entry)}</td>' for _, cell in extra_columns)
    return (
        f'<tr role="row"><td class="date" role="cell">{_state_mark(how)} {escaped(context.date(entry))}</td>'
        f'<th scope="row" role="rowheader">{title}{kind}</th>{rest}</tr>'
    )


def _extra_columns_of(timeline: Timeline, context: RenderContext) -> _ExtraColumns:
    """Return the columns behind date and title that have something to say: their headings, and what makes a cell."""

    def place(entry: Entry) -> str:
        return _bidi_isolate(context.place(entry.place))

    def waves(entry: Entry) -> str:
        return "; ".join(_bidi_isolate(context.text(timeline.waves[wave].title)) for wave in entry.waves)

    def status(entry: Entry) -> str:
        condition = escaped(context.status_note(entry))
        return f'<span class="{entry_state(entry)}">{condition}</span>' if condition else ""

    columns: _ExtraColumns = [("Place", place)]
    if len(timeline.shown_waves) > 1:
        columns.append(("Wave", waves))
    if any(context.status_note(entry) for entry in timeline.entries):
        columns.append(("Status", status))
    return columns


def _bidi_isolate(text: str) -> str:
    """Return a text whose direction of writing does not sway what stands around it."""
    return f"<bdi>{escaped(text)}</bdi>" if text else ""


def _state_mark(state: str) -> str:
    """Return the mark of a state, which says nothing that the words beside it do not."""
    return f'<span class="sign {state}" aria-hidden="true">{escaped(STATE_MARKS[state])}</span>'


def _footer(timeline: Timeline, context: RenderContext) -> Iterator[str]:
    organiser = timeline.programme.organiser
    if organiser is None:
        return
    name = escaped(context.text(organiser.name))
    yield "<footer>"
    yield f'<p dir="auto"><a href="{escaped(organiser.url)}">{name}</a></p>' if organiser.url else f"<p>{name}</p>"
    yield "</footer>"


_COLOUR_CSS = """\
:root {{ --paper: {paper}; --ink: {ink}; --muted: {muted}; --line: {grid}; --link: {today};
  --firm: {firm}; --vague: {vague}; --open: {vague}; --postponed: {postponed}; --cancelled: {cancelled}; }}
"""
_PAGE_CSS = """\
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 78rem; padding: 2rem clamp(1rem, 4vw, 3rem); background: var(--paper);
  color: var(--ink); font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif;
  overflow-wrap: anywhere; }
h1 { margin: 0; font-size: clamp(1.5rem, 4vw, 2.25rem); line-height: 1.2; letter-spacing: -.01em; }
h2 { margin: 0 0 .75rem; font-size: 1.2rem; line-height: 1.3; }
h3 { margin: 1.5rem 0 .25rem; font-size: 1.1rem; break-after: avoid; }
p { margin: .25rem 0; }
a { color: var(--link); }
a:focus-visible, .frame:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; inset-inline-start: 1rem; top: -4rem; padding: .5rem 1rem; background: var(--paper); }
.skip:focus { top: 1rem; }
.day, .period, .kind, footer { color: var(--muted); }
section { margin-top: 2.5rem; }
.waves { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); gap: 1rem;
  margin-top: 1.5rem; }
article { padding: .25rem 0 .25rem 1rem; border-inline-start: 6px solid var(--wave, var(--muted)); }
article h2 { margin: 0; font-size: 1.1rem; }
.slogan { font-style: italic; }
.hashtags { font-weight: 600; }
.frame { overflow-x: auto; border: 1px solid var(--line); border-radius: 10px; }
.chart { display: block; width: 100%; min-width: 56rem; height: auto; direction: ltr; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
thead th:first-child { width: 23%; }
thead th:nth-child(2) { width: 36%; }
th, td { padding: .5rem 1rem .5rem 0; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top;
  font-weight: normal; }
thead th { color: var(--muted); font-size: .875rem; }
tbody th { font-weight: 600; }
.date { padding-inline-start: 1.5rem; text-indent: -1.5rem; }
.kind { display: block; font-size: .875rem; font-weight: normal; }
.sign { display: inline-block; width: 1.25rem; text-indent: 0; font-weight: 700; }
.firm { color: var(--firm); } .vague { color: var(--vague); } .open { color: var(--open); }
.postponed { color: var(--postponed); } .cancelled { color: var(--cancelled); }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin: 1rem 0 0; padding: 0; list-style: none;
  color: var(--muted); font-size: .875rem; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); }
@media (max-width: 44rem) {
  table, tbody, tr, th, td { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tbody tr { padding: .75rem 0; border-bottom: 1px solid var(--line); }
  tbody th, td { padding: 0; border: 0; }
  .date { padding-inline-start: 1.5rem; }
  tbody th, td:not(.date) { padding-inline-start: 1.5rem; }
  td:empty { display: none; }
}
@media print {
  @page { size: A4 landscape; margin: 12mm; }
  body { max-width: none; padding: 0; font-size: 10pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .skip { display: none; }
  .frame { overflow: visible; border: 0; }
  .chart { min-width: 0; }
  tr, article { break-inside: avoid; }
  thead { display: table-header-group; }
  a { color: inherit; text-decoration: none; }
}
"""


def _palette_css(palette: Mapping[str, str]) -> str:
    return _COLOUR_CSS.format_map(palette) + chart_css(palette)


STYLESHEET = (
    f"{_palette_css(LIGHT_COLOURS)}@media screen and (prefers-color-scheme: dark) {{\n:root {{ color-scheme: dark; }}\n"
    f"{_palette_css(DARK_COLOURS)}}}\n{_PAGE_CSS}"
)
"""The rules of style of the page (CSS)."""
