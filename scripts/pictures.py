"""Make the pictures of the documentation: what wavectl really prints for the real waves, as SVG in ``docs/pictures``.

And the session of ``docs/news.md``, played in a real terminal, as a picture and as text; and the tops of some pages of
the site, as HTML in SVG, which browsers show like the pages themselves.

With ``--check`` it writes nothing and exits 1 where a picture is stale. The same waves give the same bytes: width,
day and language are fixed, and so are the names inside the SVG. No picture loads anything from anywhere.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

from played import Step, played
from rich.console import Console
from rich.text import Text

from wavectl.actions.register import Row, register_path, write_register

ROOT = Path(__file__).parent.parent
HOME = ROOT / "docs" / "pictures"
PAGE = ROOT / "docs" / "news.md"
TODAY = "2017-06-01"


@dataclass(frozen=True, slots=True)
class Picture:
    """A command and what it is run on: the plan, with each key of ``mistakes`` (found once) changed into its value.

    A command that makes a picture itself needs no words ``about`` it. ``actions`` are invented numbers of accepted
    actions of the wave on housing, by country: "TN 3 KE 5".
    """

    name: str
    command: str
    about: str
    width: int = 96
    mistakes: Mapping[str, str] | None = None
    actions: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """Some commands one after another, typed in a terminal; ``files`` are in the folder from the start."""

    name: str
    about: str
    files: Mapping[str, str]
    steps: Sequence[Step]
    width: int = 104


@dataclass(frozen=True, slots=True)
class Screen:
    """A page of the site on a wide screen, from its top down to a height in pixels.

    ``until`` is the first of the sections that are left out, and ``closing`` the tags that it is in.
    """

    name: str
    page: str
    about: str
    height: int
    until: str = ""
    closing: str = ""


NEWS = Session(
    "news",
    "A mail gives the forum new days: one command puts them into the plan, the notice for subscribers is ready, and "
    "the feeds are written",
    {
        "courriel.txt": "De : secretariat@gwangju.example\n"
        "Bonjour, le forum se tiendra finalement du 15 au 18 septembre. Cordialement\n"
    },
    (
        Step("cat courriel.txt"),
        Step('wavectl moment move gwangju --when "15-18 septembre" --said "courriel de la ville hôte"', ("o",)),
        Step("wavectl export-ics --check", code=1),
        Step("wavectl export-ics"),
    ),
)
"""The news that ``docs/news.md`` follows from the mail to the notice, in French."""

PICTURES: Sequence[Picture] = (
    Picture(
        "timeline-housing",
        "wavectl timeline housing --lang en",
        "The timeline of the wave on housing, by year: firm dates in green, dates that are not exact in yellow",
    ),
    Picture(
        "timeline-waves",
        "wavectl timeline --lang en",
        "The timeline of three waves: the forum in Gwangju stands there once and names both of its waves",
        width=110,
    ),
    Picture(
        "gantt",
        "wavectl timeline --format gantt --lang en",
        "Three waves as bands over the months of 2017 and 2018, under each its moments: exact days are solid squares, "
        "dates that are not exact light stretches, and a line marks today",
        width=100,
    ),
    Picture(
        "agenda",
        "wavectl timeline --format agenda --from 2017-09 --to 2017-11 --lang en",
        "The agenda of September to November 2017: under each month its days, then what has no day yet",
        width=88,
    ),
    Picture("waves", "wavectl timeline --format svg --lang en", ""),
    Picture(
        "converge",
        "wavectl converge --lang en",
        "Where three waves meet: a forum, the Sections and a committee in common; and one possible clash, the General "
        "Assembly in New York while the forum is on in Gwangju",
        width=110,
    ),
    Picture(
        "status",
        "wavectl status --lang en",
        "How far three waves are: today in each calendar, the next moments, how many dates are firm, and the languages",
        width=100,
    ),
    Picture(
        "show",
        "wavectl show migration --lang es",
        "The card of the wave on migration, in Spanish: slogan, calendar, moments ahead, actors, content",
        width=100,
    ),
    Picture(
        "todo",
        "wavectl todo --lang fr",
        "What there is to do, in French: dates to firm up, an actor to confirm, texts to translate",
        width=100,
    ),
    Picture(
        "coverage",
        "wavectl coverage --lang en",
        "Strategic priorities by region, regions by quarter, the longest silences, and the holes in words",
        width=100,
    ),
    Picture(
        "validate",
        "wavectl validate housing --lang en --notes --ignore missing-translation",
        "A check that finds two mistakes, and a moment that may stand twice: each with its line, a marker, and a hint",
        mistakes={
            "same_as: migration/gwangju-forum": "same_as: migration/gwangju",
            "when: 2018-07\n": "when: July 2018\n",
        },
    ),
    Picture(
        "map",
        "wavectl actions map housing --lang en",
        "",
        actions="AR 31 BR 64 CL 12 CM 9 CN 14 CO 42 CR 5 DE 17 EC 16 ES 58 FJ 2 FR 71 GH 12 ID 38 IN 22 IT 19 JO 6 "
        "JP 4 KE 27 KR 33 LB 5 MA 24 ME 1 MX 36 MZ 7 NP 6 PE 11 PH 18 PT 13 SB 1 SE 8 SN 21 TG 4 TN 15 TR 29 UG 9 "
        "US 12 UY 7 VU 1 ZA 26",
    ),
)

SCREENS: Sequence[Screen] = (
    Screen(
        "site-start",
        "fr/index.html",
        "The start page of the site, in French: three waves, what they are, and what is next",
        1290,
        "timeline",
        "</main>",
    ),
    Screen(
        "site-wave",
        "en/waves/housing/index.html",
        "The page of the wave on housing: its slogan, hashtags, calendar, and moments",
        1260,
        "changes",
        "</article></main>",
    ),
    Screen(
        "site-moment",
        "es/moments/migration/gwangju-forum/index.html",
        "The page of the forum in Gwangju, in Spanish: a firm date, a file for a calendar, and the history of the date",
        1000,
    ),
)

_FONTS = "ui-monospace, 'Cascadia Mono', 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace"
_ASPECT, _CELL = 0.61, 20 * 0.61  # of a character: width to height, and width, rich's height being 20
_SPACE = "\xa0"
_PIECE = re.compile(r'(<text[^>]*) x="([^"]*)"([^>]*) textLength="[^"]*" clip-path="[^"]*">([^<]*)</text>')
_LINES = re.compile(r'<clipPath id="[\w-]+-line-\d+">.*?</clipPath>', re.DOTALL)
_PLACE = re.compile(r"(<!-- the session -->\n)(.*?)(<!-- its end -->\n)", re.DOTALL)
_STYLED = re.compile(r"\x1b\[[0-9;]*m")
_SCREEN_WIDTH = 1280
_MEDIA = re.compile(r"@media ([^{]*)\{((?:[^{}]*\{[^{}]*\})*[^{}]*)\}")
_RULE = re.compile(r"([^{}]+)\{[^{}]*\}")
_VOID = re.compile(r"<(br|hr|img|input|link|meta|wbr)\b([^>]*)>")
_SCREEN = """\
<svg viewBox="0 0 {width} {height}" role="img" xmlns="http://www.w3.org/2000/svg">
<title>{about}</title>
<style>
a {{ text-decoration: underline; }}
{css}
</style>
<rect width="{width}" height="{height}" fill="#fff"/>
<foreignObject width="{width}" height="{height}">
<body xmlns="http://www.w3.org/1999/xhtml">
{body}
</body>
</foreignObject>
<linearGradient id="end" x2="0" y2="1">
<stop stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#fff"/>
</linearGradient>
<rect y="{faint}" width="{width}" height="140" fill="url(#end)"/>
<rect width="{width}" height="{height}" fill="none" stroke="#d0d7de" stroke-width="2"/>
</svg>
"""
_FRAME = """\
<svg class="rich-terminal" viewBox="0 0 {{width}} {{height}}" role="img" xmlns="http://www.w3.org/2000/svg">
<title>{about}</title>
<style>
.{{unique_id}}-matrix {{{{
  font-family: {fonts};
  font-size: {{char_height}}px;
  line-height: {{line_height}}px;
}}}}
.{{unique_id}}-title {{{{ font: bold 18px Arial, Helvetica, sans-serif; }}}}
{{styles}}
</style>
<defs>
<clipPath id="{{unique_id}}-clip-terminal">
<rect x="0" y="0" width="{{terminal_width}}" height="{{terminal_height}}" />
</clipPath>
{{lines}}
</defs>
{{chrome}}
<g transform="translate({{terminal_x}}, {{terminal_y}})" clip-path="url(#{{unique_id}}-clip-terminal)">
{{backgrounds}}
<g class="{{unique_id}}-matrix">
{{matrix}}
</g>
</g>
</svg>
"""


def pictured(picture: Picture) -> str:
    """Return a picture as SVG: what its command prints on a terminal, or the SVG that it makes itself."""
    text = printed(picture)
    return (
        drawn(picture.name, picture.about, picture.width, [(picture.command, text)]) if picture.about else f"{text}\n"
    )


def drawn(name: str, about: str, width: int, screens: Iterable[tuple[str, str]]) -> str:
    """Return commands, and what each of them writes on a terminal, as SVG."""
    console = Console(
        record=True, file=StringIO(), width=width, force_terminal=True, color_system="truecolor",
        legacy_windows=False, highlight=False, markup=False, emoji=False,
    )  # fmt: skip
    for command, text in screens:
        console.print(Text.assemble(("$ ", "bold green"), (command, "bold")))
        console.print(Text.from_ansi(text))
    frame = _FRAME.format(about=escape(about), fonts=_FONTS)
    svg = console.export_svg(title="wavectl", code_format=frame, unique_id=name, font_aspect_ratio=_ASPECT)
    tight = _PIECE.sub(_tight, _LINES.sub("", svg))  # nothing is wider than the screen, so no line needs to be clipped
    return "".join(f"{line.strip()}\n" for line in tight.splitlines() if line.strip())


def _tight(piece: re.Match[str]) -> str:
    """Return a piece of text without the spaces around it, which some viewers would swallow; "" where none is left."""
    opening, start, line, text = piece.groups()
    words = unescape(text).strip("\n")
    before = len(words) - len(words.lstrip(_SPACE))
    words = words.strip(_SPACE)
    if not words:
        return ""
    x, length = float(start) + before * _CELL, len(words) * _CELL
    return f'{opening} x="{x:g}"{line} textLength="{length:g}">{escape(words).replace(_SPACE, "&#160;")}</text>\n'


def printed(picture: Picture) -> str:
    """Return what the command of a picture prints on a terminal, colours included."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "waves", Path(folder) / "waves")
        spoil(Path(folder) / "waves", picture.mistakes or {})
        register(Path(folder) / "waves", picture.actions.split())
        _, *arguments = shlex.split(picture.command)
        settings = {name: value for name, value in os.environ.items() if not name.startswith(("WAVECTL_", "PYTHON"))}
        settings |= {"COLUMNS": str(picture.width), "PYTHONUTF8": "1"}
        done = subprocess.run(
            [sys.executable, "-m", "wavectl", "--color", "always", "--today", TODAY, *arguments],
            cwd=folder, env=settings, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
    if done.stderr or done.returncode != bool(picture.mistakes):
        sys.exit(f"{picture.command}: exit code {done.returncode}\n{done.stderr}")
    return done.stdout.rstrip("\n")


def typed(session: Session) -> list[tuple[str, str]]:
    """Return the commands of a session, and what each of them writes on a real terminal, colours included."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        shutil.copytree(ROOT / "waves", home / "waves")
        for name, text in session.files.items():
            (home / name).write_text(text, encoding="utf-8")
        settings = {name: value for name, value in os.environ.items() if not name.startswith(("WAVECTL_", "PYTHON"))}
        settings = {name: value for name, value in settings.items() if name not in ("NO_COLOR", "COLUMNS", "LINES")}
        settings |= {"PYTHONUTF8": "1", "TERM": "xterm-256color", "WAVECTL_TODAY": TODAY, "LC_ALL": "C.UTF-8"}
        played(Step("wavectl export-ics"), home, session.width, settings)  # people have subscribed before
        return [(step.command, played(step, home, session.width, settings)) for step in session.steps]


def shown(screens: Iterable[Screen]) -> list[tuple[Path, str]]:
    """Return the pictures of pages of the site, and their files."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "wavectl", "--waves", str(ROOT / "waves"), "--today", TODAY]
        subprocess.run([*command, "site", "-o", folder], capture_output=True, check=True)
        css = (Path(folder) / "style.css").read_text(encoding="utf-8")
        return [
            (HOME / f"{one.name}.svg", framed(one, Path(folder, one.page).read_text("utf-8"), css)) for one in screens
        ]


def framed(screen: Screen, page: str, css: str) -> str:
    """Return a page in SVG: without links, and with the style for its width, which is not that of the picture."""
    body = page.partition("<body>")[2].partition("</body>")[0]
    if screen.until:
        body = body.partition(f'<section aria-labelledby="{screen.until}">')[0] + screen.closing
    body = re.sub(r' (?:href="[^"]*"|download\b|type="[^"]*")', "", body)
    body = _VOID.sub(r"<\1\2/>", body).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ')
    style = _MEDIA.sub(lambda found: found[2] if "min-width" in found[1] else "", css)
    style = re.sub(r"([\d.]+)vw", lambda found: f"{float(found[1]) * _SCREEN_WIDTH / 100:g}px", style)
    classes = set(" ".join(re.findall(r'class="([^"]*)"', body)).split())
    style = _RULE.sub(lambda found: found[0] if _is_used(found[1], classes) else "", style)
    svg = _SCREEN.format(
        width=_SCREEN_WIDTH,
        height=screen.height,
        faint=screen.height - 140,
        about=escape(screen.about),
        css=escape(style.strip(), quote=False),
        body=body.strip(),
    )
    ElementTree.fromstring(svg)  # noqa: S314 - our own page; this fails where it is no XML
    return svg


def _is_used(selectors: str, classes: set[str]) -> bool:
    """Tell whether a rule of a stylesheet is about something on a page that has these classes."""
    return any(classes.issuperset(re.findall(r"\.([a-z][\w-]*)", one)) for one in selectors.split(","))


def told(page: str, screens: Iterable[tuple[str, str]]) -> str:
    """Return a page with the text of a session in the place between its two remarks."""
    text = "\n\n".join(f"$ {command}\n{_STYLED.sub('', words)}" for command, words in screens)
    return _PLACE.sub(lambda found: f"{found[1]}```text\n{text}\n```\n{found[3]}", page)


def spoil(waves: Path, mistakes: Mapping[str, str]) -> None:
    """Put mistakes into a copy of the wave on housing."""
    file = waves / "housing.yaml"
    text = file.read_text(encoding="utf-8")
    for right, wrong in mistakes.items():
        if text.count(right) != 1:
            sys.exit(f"{file.name} should hold {right!r} once, so that a picture can show it wrong")
        text = text.replace(right, wrong)
    file.write_text(text, encoding="utf-8")


def register(waves: Path, actions: Sequence[str]) -> None:
    """Write invented actions of the wave on housing into a copy of the plan: codes of countries and their numbers."""
    if actions:
        cells = {"title": "T", "review": "accepted", "publish": "anonymous"}
        counts = zip(actions[::2], map(int, actions[1::2]), strict=True)
        rows = [cells | {"id": f"{code.lower()}-{n}", "country": code} for code, count in counts for n in range(count)]
        path = register_path(waves, "housing")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"".join(write_register(map(Row.new, rows))))


def stale(made: Iterable[tuple[Path, str]]) -> list[str]:
    """Return the names of the pictures that are not what they should be, and of files that are no pictures of ours."""
    wanted = dict(made)
    found = [file.name for file, svg in wanted.items() if not file.exists() or file.read_text(encoding="utf-8") != svg]
    return found + [file.name for file in sorted(HOME.glob("*")) if file not in wanted]


def main() -> int:
    """Write the pictures, or check them; return 1 where one is stale."""
    made = [(HOME / f"{one.name}.svg", pictured(one)) for one in PICTURES]
    screens = typed(NEWS)
    made.append((HOME / f"{NEWS.name}.svg", drawn(NEWS.name, NEWS.about, NEWS.width, screens)))
    made += shown(SCREENS)
    made.append((PAGE, told(PAGE.read_text(encoding="utf-8"), screens)))
    if sys.argv[1:] == ["--check"]:
        names = stale(made)
        for name in names:
            print(f"{name} is stale: run scripts/pictures.py")
        return 1 if names else 0
    HOME.mkdir(parents=True, exist_ok=True)
    for file, svg in made:
        file.write_text(svg, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
