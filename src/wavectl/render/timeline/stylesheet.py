"""The style of the page: light, dark and on paper, from a telephone to a wall."""

from __future__ import annotations

from collections.abc import Mapping

from wavectl.render.timeline.svg_marks import DARK_COLOURS, LIGHT_COLOURS, chart_css

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
