"""The chart as a picture for slides and pages (SVG 1.1): it loads nothing, and stands on a ground of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from wavectl.diagnostics import phrase
from wavectl.model import Wave
from wavectl.render.context import KINDS, MEANINGS, Look, state
from wavectl.render.timeline.chart import Band, Chart, Mark, Row, chart
from wavectl.render.timeline.scale import parts, years
from wavectl.render.timeline.svg_marks import DEFINITIONS, LIGHT, mark, number, ribbon, style, symbol, trail
from wavectl.text.escaping import html as escaped
from wavectl.text.terminal import cells, cut
from wavectl.timeline import Timeline

WIDTH = 1200
_MARGIN = 24
_LEFT, _RIGHT = 300, WIDTH - _MARGIN  # between which the scale lies
_ROW, _GAP = 26, 14  # the height of a line, and the space over a wave
_EM = 8.4  # how wide a character may be: whoever shows the picture chooses the font
_NARROW, _BROAD = " .,:;'|!()-ijlIftr", "mwMWÉÑOQGD@%"
_COLOURS = ("steelblue", "seagreen", "darkorange", "mediumpurple", "indianred", "darkcyan")
"""The colours of waves that name none, in turn."""


class Drawing(NamedTuple):
    """The elements of a chart, and how high it is; it is ``WIDTH`` wide."""

    elements: str
    height: int


class _Ground(NamedTuple):
    """What is drawn, how, and on what scale."""

    timeline: Timeline
    chart: Chart
    look: Look
    kinds: bool

    def x(self, days: int) -> float:
        """Return where so many days of the scale end."""
        return _LEFT + (_RIGHT - _LEFT) * days / self.chart.scale.days


def view(timeline: Timeline, look: Look) -> str:
    """Return the picture, under the name of the programme."""
    name = look.text(timeline.programme.name)
    top = 52 if name else 16
    drawn = drawing(timeline, look, top)
    title = f'<text class="strong name" x="{_MARGIN}" y="34">{escaped(name)}</text>\n' if name else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {WIDTH} {drawn.height}" '
        f'width="{WIDTH}" height="{drawn.height}" lang="{escaped(look.language)}" xml:lang="{escaped(look.language)}" '
        f'role="img" aria-labelledby="name about">\n{described(timeline, look)}'
        f"<style>\n{style(LIGHT)}.chart .name {{ font-size: 20px; }}\n</style>\n"
        f'<rect width="{WIDTH}" height="{drawn.height}" rx="8" fill="{LIGHT["paper"]}"/>\n'
        f"{title}{drawn.elements}</svg>\n"
    )


def colour(wave: Wave, place: int) -> str:
    """Return the colour of a wave (CSS); of one that names none, by its place among those that are shown."""
    return wave.color or _COLOURS[place % len(_COLOURS)]


def described(timeline: Timeline, look: Look) -> str:
    """Return the title and the description of the picture, for those who hear it: its waves with their calendars."""
    name = look.text(timeline.programme.name) or look.translate("Waves")
    waves = [timeline.waves[wave_id] for wave_id in timeline.shown]
    told = "; ".join(f"{look.text(wave.title)}, {look.period(wave)}" for wave in waves)
    return f'<title id="name">{escaped(name)}</title>\n<desc id="about">{escaped(told)}</desc>\n'


def drawing(timeline: Timeline, look: Look, top: int = 8) -> Drawing:
    """Return the elements of the chart, from the height ``top`` on."""
    drawn = chart(timeline)
    kinds = {row.entry.group.kind for band in drawn.bands for row in band.rows}
    ground = _Ground(timeline, drawn, look, len(kinds) > 1)
    lines: list[str] = []
    y = top + 2 * _ROW
    for place, band in enumerate(drawn.bands):
        y += _GAP
        lines += _band(band, colour(band.wave, place), y, ground)
        y += _ROW * (1 + bool(band.stretch or not band.rows) + len(band.rows))
    bottom = y + 8
    legend = list(_legend(bottom + _ROW + 14, ground))
    elements = [DEFINITIONS, *_scale(top, bottom, ground), *lines, *legend]
    return Drawing("".join(f"{line}\n" for line in elements), bottom + _ROW * 2 + 14)


def _clear(x: float, y: float, text: str, style: str = "", anchor: str = "") -> str:
    """Return a text on a ground that hides the lines behind it."""
    width = _breadth(text)
    left = x - width - 1 if anchor else x - 2
    ground = f'<rect class="ground" x="{number(left)}" y="{number(y - 12)}" width="{number(width + 3)}" height="16"/>'
    return ground + _text(x, y, text, style, anchor)


def _text(x: float, y: float, text: str, style: str = "", anchor: str = "") -> str:
    kind = f' class="{style}"' if style else ""
    end = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text{kind} x="{number(x)}" y="{number(y)}"{end}>{escaped(text)}</text>'


def _breadth(text: str) -> float:
    """Return how wide a text may be in a sans-serif font: letters that are narrow or wide in all of them count so."""
    narrow, wide = sum(map(text.count, _NARROW)), sum(map(text.count, _BROAD))
    return cells(text) * _EM - narrow * 0.5 * _EM + wide * 0.5 * _EM


def _line(style: str, x: float, top: float, bottom: float) -> str:
    return f'<path class="{style}" d="M{number(x)} {number(top)}V{number(bottom)}"/>'


def _scale(top: int, bottom: int, ground: _Ground) -> Iterator[str]:
    """Return the years and months over the chart, the lines under them, and today's."""
    scale, look = ground.chart.scale, ground.look
    room = int((_RIGHT - _LEFT) / _EM)
    for label in parts(scale, room, look.language):
        yield _line("grid", ground.x(label.days), top + _ROW, bottom)
        yield _text(ground.x(label.days) + 3, top + 2 * _ROW - 10, label.text, "muted")
    for label in years(scale, room):
        yield _line("year", ground.x(label.days), top + 6, bottom)
        yield _text(ground.x(label.days) + 3, top + _ROW - 6, label.text, "strong")
    if ground.chart.today is not None:
        x, text = ground.x(ground.chart.today), f"{look.translate('today')}, {look.day(ground.timeline.today)}"
        yield _line("today", x, top + 2 * _ROW - 4, bottom + 14)
        anchor = "end" if x + _breadth(text) > _RIGHT else ""
        yield _text(x - 4 if anchor else x + 4, bottom + 12, text, "now", anchor)


def _band(band: Band, filled: str, top: int, ground: _Ground) -> Iterator[str]:
    """Return a wave: its title and calendar on one line, its band with its hashtags, its moments."""
    look, y = ground.look, top + 18
    title, period, notice = look.text(band.wave.title), look.period(band.wave), look.text(band.wave.notice)
    if band.stretch or band.rows:
        yield _named(cut(title, 96), period, y)
    else:
        yield _named(cut(title, 96), "", y)
        y += _ROW
        yield _clear(_MARGIN, y, cut(f"{period}. {notice}" if notice else period, 120), "muted")
    if band.stretch:
        y += _ROW
        yield _text(_MARGIN, y, _whole(band.wave.hashtags, look), "muted")
        end = _RIGHT if band.stretch.open else ground.x(band.stretch.end)
        yield ribbon(ground.x(band.stretch.start), end, y - 4, escaped(filled), pointed=band.stretch.open)
    for row in band.rows:
        y += _ROW
        yield from _moment(row, y, ground)


def _named(title: str, period: str, y: int) -> str:
    """Return the title of a wave, and its calendar behind it."""
    width = _breadth(title) * 1.1 + (_breadth(period) + 14 if period else 0)
    ground = f'<rect class="ground" x="{_MARGIN}" y="{y - 13}" width="{number(width)}" height="18"/>'
    behind = f'<tspan class="muted" dx="10">{escaped(period)}</tspan>' if period else ""
    return f'{ground}<text x="{_MARGIN}" y="{y}"><tspan class="strong">{escaped(title)}</tspan>{behind}</text>'


def _whole(hashtags: list[str], look: Look) -> str:
    """Return as many hashtags as have room before the band."""
    shown = ""
    for hashtag in map(look.text, hashtags):
        if _breadth(f"{shown} {hashtag}") > _LEFT - _MARGIN - 12:
            break
        shown = f"{shown} {hashtag}".strip()
    return shown


def _moment(row: Row, y: int, ground: _Ground) -> Iterator[str]:
    """Return a moment: its label, its marks, and beside them its dates where there is room."""
    look, entry = ground.look, row.entry
    at = _MARGIN + (22 if ground.kinds else 4)
    cancelled = bool(row.marks) and all(state(one.entry) == "cancelled" for one in row.marks)
    yield f"<g><title>{escaped(_told(row, ground))}</title>"
    if ground.kinds:
        yield symbol(entry.group.kind.value, _MARGIN + 8, y - 5, "kind")
    label = cut(look.label(entry), int((_LEFT - at - 8) / _EM))
    yield _text(at, y, label, "struck" if cancelled else "")
    if not row.marks:
        yield _text(_LEFT, y, look.date(entry), "muted")
    taken = float(_LEFT)
    for place, one in enumerate(row.marks):
        following = ground.x(row.marks[place + 1].stretch.start) if place + 1 < len(row.marks) else float(_RIGHT)
        yield from _mark(one, y - 5, taken, following, ground)
        taken = ground.x(one.stretch.end) + 8
    yield "</g>"


def _mark(one: Mark, y: float, left: float, right: float, ground: _Ground) -> Iterator[str]:
    """Return a mark, and its date to the right of it, else to its left, where it fits between these bounds."""
    look, entry = ground.look, one.entry
    start, end = ground.x(one.stretch.start), ground.x(one.stretch.end)
    how = state(entry)
    yield mark(how, entry.group.kind.value, start, end, y)
    condition = look.condition(entry)
    text = f"{look.date(entry)}, {condition}" if condition else look.date(entry)
    behind = max(end, (start + end) / 2 + 8) + 8
    if behind + _breadth(text) <= right:
        yield _clear(behind, y + 5, text, "muted")
        behind += _breadth(text) + 6
    elif start - 12 - _breadth(text) >= left:
        yield _clear(start - 12, y + 5, text, "muted", "end")
    if one.stretch.open and behind + 24 < _RIGHT:
        yield trail(behind, _RIGHT, y)


def _told(row: Row, ground: _Ground) -> str:
    """Return what is shown where the pointer rests on a moment."""
    look, entry = ground.look, row.entry
    dates = "; ".join(look.date(one.entry) for one in row.marks[:12]) or look.date(entry)
    waves = "; ".join(look.text(ground.timeline.waves[wave].title) for wave in entry.waves)
    return " - ".join(
        filter(None, (look.text(entry.title), dates, look.place(entry.place), waves, look.condition(entry)))
    )


def _legend(y: int, ground: _Ground) -> Iterator[str]:
    """Return the meaning of the marks that occur."""
    look, x = ground.look, float(_MARGIN)
    rows = [row for band in ground.chart.bands for row in band.rows]
    kinds = {row.entry.group.kind.value for row in rows}
    states = {state(one.entry) for row in rows for one in row.marks}
    told = [(symbol(kind, 0, 0, "kind"), word) for kind, word in KINDS.items() if kind in kinds]
    told += [(mark(one, "event", -9, 9, 0), word) for one, word in MEANINGS.items() if one in states]
    if any(one.stretch.open for row in rows for one in row.marks):
        told.append((trail(-9, 11, 0), phrase("end not known")))
    for shape, word in told:
        text = look.translate(word)
        yield f'<g transform="translate({number(x + 10)} {y - 5})">{shape}</g>{_text(x + 26, y, text, "muted")}'
        x += 26 + _breadth(text) + 16
