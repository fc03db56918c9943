"""The timeline as one page of its own: waves, chart and table of moments, for light, dark and paper (WCAG 2.2).

It needs neither scripts nor anything from elsewhere, and says so to the browser. Programs find the events in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from wavectl.i18n.date_format import locale_of
from wavectl.model import Kind, Wave
from wavectl.render.context import MARKS, MEANINGS, Look, state
from wavectl.render.timeline.json_ld import events
from wavectl.render.timeline.stylesheet import STYLE
from wavectl.render.timeline.svg import WIDTH, colour, described, drawing
from wavectl.text.escaping import html as escaped
from wavectl.text.escaping import script
from wavectl.timeline import Entry, Timeline

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def view(timeline: Timeline, look: Look) -> str:
    """Return the page (HTML Living Standard)."""
    parts = (*_head(timeline, look), *_body(timeline, look), "</body>", "</html>")
    return "".join(f"{part}\n" for part in parts)


def _name(timeline: Timeline, look: Look) -> str:
    """Return the name of the page: of one wave its title, of several the programme's name."""
    if len(timeline.shown) == 1:
        return look.text(timeline.waves[timeline.shown[0]].title)
    return look.text(timeline.programme.name) or look.translate("Waves")


def _head(timeline: Timeline, look: Look) -> Iterator[str]:
    direction = locale_of(look.language).text_direction
    yield "<!DOCTYPE html>"
    yield f'<html lang="{escaped(look.language)}" dir="{direction}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f"<title>{escaped(_name(timeline, look))}</title>"
    yield f"<style>\n{STYLE}</style>"
    yield f'<script type="application/ld+json">\n{script(events(timeline, look))}\n</script>'
    yield "</head>"


def _body(timeline: Timeline, look: Look) -> Iterator[str]:
    say = look.translate
    yield "<body>"
    yield f'<a class="skip" href="#moments">{escaped(say("Go to the table of moments"))}</a>'
    yield "<header>"
    yield f'<h1 dir="auto">{escaped(_name(timeline, look))}</h1>'
    as_of = say("as of {date}").format(date=look.day(timeline.today))
    yield f'<p class="day">{escaped(as_of[:1].upper() + as_of[1:])}</p>'
    yield "</header>"
    yield "<main>"
    yield f'<section class="waves" aria-label="{escaped(say("Waves"))}">'
    for place, wave_id in enumerate(timeline.shown):
        wave = timeline.waves[wave_id]
        yield f'<article style="--wave:{escaped(colour(wave, place))}">'
        yield from _wave(wave, look, alone=len(timeline.shown) == 1)
        yield "</article>"
    yield "</section>"
    yield from _chart(timeline, look)
    yield from _moments(timeline, look)
    yield "</main>"
    yield from _footer(timeline, look)


def _wave(wave: Wave, look: Look, *, alone: bool) -> Iterator[str]:
    """Return what a wave says of itself; the only wave has its title on the page already."""
    title = escaped(look.text(wave.title))
    if not alone:
        linked = f'<a href="{escaped(wave.url)}">{title}</a>' if wave.url else title
        yield f'<h2 dir="auto">{linked}</h2>'
    yield f'<p class="period">{escaped(look.period(wave))}</p>'
    slogan, notice = look.text(wave.slogan), look.text(wave.notice)
    if slogan:
        yield f'<p class="slogan" dir="auto">{escaped(slogan)}</p>'
    if wave.hashtags:
        yield f'<p class="hashtags">{escaped(" ".join(map(look.text, wave.hashtags)))}</p>'
    if notice:
        yield f'<p dir="auto">{escaped(notice)}</p>'


def _chart(timeline: Timeline, look: Look) -> Iterator[str]:
    """Return the chart, which a narrow screen scrolls inside its own frame."""
    drawn, label = drawing(timeline, look), escaped(look.translate("Calendar"))
    yield f'<section aria-labelledby="chart"><h2 id="chart">{label}</h2>'
    yield '<div class="frame" role="group" tabindex="0" aria-labelledby="chart">'
    yield f'<svg class="chart" viewBox="0 0 {WIDTH} {drawn.height}" role="img" aria-labelledby="name about">'
    yield f"{described(timeline, look)}{drawn.elements}</svg>"
    yield "</div></section>"


def _moments(timeline: Timeline, look: Look) -> Iterator[str]:
    """Return a table of moments for each year, and the meaning of the marks in them."""
    say = look.translate
    yield f'<section aria-labelledby="moments"><h2 id="moments" tabindex="-1">{escaped(say("Moments"))}</h2>'
    if not timeline.entries:
        yield f"<p>{escaped(say('no moments'))}</p></section>"
        return
    more = _more(timeline, look)
    headings = ["Date", "Moment", *(heading for heading, _ in more)]
    cells = "".join(f'<th scope="col" role="columnheader">{escaped(say(heading))}</th>' for heading in headings)
    for year, entries in groupby(timeline.entries, key=_year):
        place = f"year-{year or 'none'}"
        yield f'<h3 id="{place}">{year or escaped(say("without a date"))}</h3>'
        yield f'<table role="table" aria-labelledby="{place}">'
        yield f'<thead role="rowgroup"><tr role="row">{cells}</tr></thead>'
        yield '<tbody role="rowgroup">'
        yield from (_row(entry, more, look) for entry in entries)
        yield "</tbody></table>"
    present = {state(entry) for entry in timeline.entries}
    told = (f"<li>{_sign(one)} {escaped(say(word))}</li>" for one, word in MEANINGS.items() if one in present)
    yield f'<ul class="legend">{"".join(told)}</ul></section>'


def _year(entry: Entry) -> int | None:
    earliest = entry.occurrence.local.earliest
    return earliest.year if earliest else None


_Columns = list[tuple[str, Callable[[Entry], str]]]


def _row(entry: Entry, more: _Columns, look: Look) -> str:
    """Return the row of an entry: its date, its title with its kind, and the other columns."""
    how, title = state(entry), _apart(look.text(entry.title))
    if entry.group.url:
        title = f'<a href="{escaped(entry.group.url)}">{title}</a>'
    title = f"<s>{title}</s>" if how == "cancelled" else title
    kind = "" if entry.group.kind is Kind.EVENT else f' <span class="kind">{escaped(look.kind(entry))}</span>'
    rest = "".join(f'<td role="cell">{cell(entry)}</td>' for _, cell in more)
    return (
        f'<tr role="row"><td class="date" role="cell">{_sign(how)} {escaped(look.date(entry))}</td>'
        f'<th scope="row" role="rowheader">{title}{kind}</th>{rest}</tr>'
    )


def _more(timeline: Timeline, look: Look) -> _Columns:
    """Return the columns behind date and title that have something to say: their headings, and what makes a cell."""

    def place(entry: Entry) -> str:
        return _apart(look.place(entry.place))

    def waves(entry: Entry) -> str:
        return "; ".join(_apart(look.text(timeline.waves[wave].title)) for wave in entry.waves)

    def status(entry: Entry) -> str:
        condition = escaped(look.condition(entry))
        return f'<span class="{state(entry)}">{condition}</span>' if condition else ""

    columns: _Columns = [("Place", place)]
    if len(timeline.shown) > 1:
        columns.append(("Wave", waves))
    if any(look.condition(entry) for entry in timeline.entries):
        columns.append(("Status", status))
    return columns


def _apart(text: str) -> str:
    """Return a text whose direction of writing does not sway what stands around it."""
    return f"<bdi>{escaped(text)}</bdi>" if text else ""


def _sign(how: str) -> str:
    """Return the mark of a state, which says nothing that the words beside it do not."""
    return f'<span class="sign {how}" aria-hidden="true">{escaped(MARKS[how])}</span>'


def _footer(timeline: Timeline, look: Look) -> Iterator[str]:
    organiser = timeline.programme.organiser
    if organiser is None:
        return
    name = escaped(look.text(organiser.name))
    yield "<footer>"
    yield f'<p dir="auto"><a href="{escaped(organiser.url)}">{name}</a></p>' if organiser.url else f"<p>{name}</p>"
    yield "</footer>"
