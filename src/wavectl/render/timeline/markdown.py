"""The timeline as Markdown, for an issue or a wiki: the waves, then a table of their moments (GitHub's flavour)."""

from __future__ import annotations

from collections.abc import Iterator

from wavectl.model import Wave
from wavectl.render.context import MARKS, MEANINGS, Look, state
from wavectl.text.escaping import markdown as escaped
from wavectl.timeline import Entry, Timeline


def view(timeline: Timeline, look: Look) -> str:
    """Return what the waves say of themselves, and one row for each entry."""
    lines = [*_head(timeline, look), ""]
    lines += _table(timeline, look) if timeline.entries else [look.translate("no moments")]
    return "".join(f"{line}\n" for line in lines)


def _head(timeline: Timeline, look: Look) -> Iterator[str]:
    """Return a heading: of one wave its title, of several the programme's name over a list of them."""
    waves = [timeline.waves[wave_id] for wave_id in timeline.shown]
    if len(waves) == 1:
        yield from (f"## {escaped(look.text(waves[0].title))}", "", _told(waves[0], look))
        return
    name = look.text(timeline.programme.name)
    yield from (f"## {escaped(name or look.translate('Waves'))}", "")
    yield from (f"- **{escaped(look.text(wave.title))}** · {_told(wave, look)}" for wave in waves)


def _told(wave: Wave, look: Look) -> str:
    """Return the calendar of a wave, its slogan, hashtags and notice."""
    slogan = escaped(look.text(wave.slogan).strip())
    parts = (
        escaped(look.period(wave)),
        f"*{slogan}*" if slogan else "",
        " ".join(escaped(hashtag) for hashtag in wave.hashtags),
        escaped(look.text(wave.notice)),
    )
    return " · ".join(part for part in parts if part)


def _table(timeline: Timeline, look: Look) -> Iterator[str]:
    """Return the table: a column that has nothing to say is left out, as is one for the only wave."""
    headings = [look.translate(heading) for heading in ("Date", "Moment", "Place", "Wave", "Status")]
    rows = [_row(entry, timeline, look) for entry in timeline.entries]
    columns = list(zip(headings, *rows, strict=True))
    if len(timeline.shown) == 1:
        del columns[3]
    kept = [column for column in columns if any(column[1:])]
    for number, line in enumerate(zip(*kept, strict=True)):
        yield f"| {' | '.join(line)} |"
        if not number:
            yield f"|{'---|' * len(kept)}"
    present = {state(entry) for entry in timeline.entries}
    marks = (f"{escaped(MARKS[one])} {look.translate(word)}" for one, word in MEANINGS.items() if one in present)
    yield from ("", " · ".join(marks))


def _row(entry: Entry, timeline: Timeline, look: Look) -> tuple[str, ...]:
    title = escaped(look.text(entry.title).strip())
    if entry.group.url:
        title = f"[{title}](<{entry.group.url}>)"
    struck = f"~~{title}~~" if state(entry) == "cancelled" else title
    return (
        f"{escaped(MARKS[state(entry)])} {escaped(look.date(entry))}",
        struck,
        escaped(look.place(entry.place)),
        escaped("; ".join(look.text(timeline.waves[wave].title) for wave in entry.waves)),
        escaped(look.condition(entry)),
    )
