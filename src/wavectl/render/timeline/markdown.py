"""The timeline as Markdown, for an issue or a wiki: the waves, then a table of their moments (GitHub's flavour)."""

from __future__ import annotations

from collections.abc import Iterator

from wavectl.model import Wave
from wavectl.render.context import STATE_LABELS, STATE_MARKS, RenderContext, entry_state
from wavectl.text.escaping import escape_markdown as escaped
from wavectl.timeline import Entry, Timeline


def render(timeline: Timeline, context: RenderContext) -> str:
    """Return what the waves say of themselves, and one row for each entry."""
    lines = [*_head(timeline, context), ""]
    lines += _table(timeline, context) if timeline.entries else [context.translate("no moments")]
    return "".join(f"{line}\n" for line in lines)


def _head(timeline: Timeline, context: RenderContext) -> Iterator[str]:
    """Return a heading: of one wave its title, of several the programme's name over a list of them."""
    waves = [timeline.waves[wave_id] for wave_id in timeline.shown_waves]
    if len(waves) == 1:
        yield from (f"## {escaped(context.text(waves[0].title))}", "", _wave_summary(waves[0], context))
        return
    name = context.text(timeline.programme.name)
    yield from (f"## {escaped(name or context.translate('Waves'))}", "")
    yield from (f"- **{escaped(context.text(wave.title))}** · {_wave_summary(wave, context)}" for wave in waves)


def _wave_summary(wave: Wave, context: RenderContext) -> str:
    """Return the calendar of a wave, its slogan, hashtags and notice."""
    slogan = escaped(context.text(wave.slogan).strip())
    parts = (
        escaped(context.period(wave)),
        f"*{slogan}*" if slogan else "",
        " ".join(escaped(hashtag) for hashtag in wave.hashtags),
        escaped(context.text(wave.notice)),
    )
    return " · ".join(part for part in parts if part)


def _table(timeline: Timeline, context: RenderContext) -> Iterator[str]:
    """Return the table: a column that has nothing to say is left out, as is one for the only wave."""
    headings = [context.translate(heading) for heading in ("Date", "Moment", "Place", "Wave", "Status")]
    rows = [_row(entry, timeline, context) for entry in timeline.entries]
    columns = list(zip(headings, *rows, strict=True))
    if len(timeline.shown_waves) == 1:
        del columns[3]
    kept = [column for column in columns if any(column[1:])]
    for number, line in enumerate(zip(*kept, strict=True)):
        yield f"| {' | '.join(line)} |"
        if not number:
            yield f"|{'---|' * len(kept)}"
    present = {entry_state(entry) for entry in timeline.entries}
    marks = (
        f"{escaped(STATE_MARKS[one])} {context.translate(word)}" for one, word in STATE_LABELS.items() if one in present
    )
    yield from ("", " · ".join(marks))


def _row(entry: Entry, timeline: Timeline, context: RenderContext) -> tuple[str, ...]:
    title = escaped(context.text(entry.title).strip())
    if entry.group.url:
        title = f"[{title}](<{entry.group.url}>)"
    struck = f"~~{title}~~" if entry_state(entry) == "cancelled" else title
    return (
        f"{escaped(STATE_MARKS[entry_state(entry)])} {escaped(context.date(entry))}",
        struck,
        escaped(context.place(entry.place)),
        escaped("; ".join(context.text(timeline.waves[wave].title) for wave in entry.waves)),
        escaped(context.status_note(entry)),
    )
