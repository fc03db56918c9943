"""The timeline as Markdown (GitHub Flavored): the waves, then a table of their moments."""

from collections.abc import Iterator

from wavectl.model import Wave
from wavectl.render.context import STATE_MARKS, RenderContext, entry_state, legend_labels
from wavectl.text.escaping import escape_markdown
from wavectl.timeline.entries import Entry, Timeline


def render(timeline: Timeline, context: RenderContext) -> str:
    """Return the waves and a table with one row for each entry."""
    lines = [*_head(timeline, context), ""]
    for heading, entries in timeline.parts:
        lines += [f"### {escape_markdown(context.translate(heading))}", ""] if heading else []
        lines += [*_table(timeline._replace(entries=entries), context), ""] if entries else []
    lines.append(_legend(timeline, context) if timeline.entries else context.translate("no moments"))
    return "".join(f"{line}\n" for line in lines)


def _head(timeline: Timeline, context: RenderContext) -> Iterator[str]:
    """Return the heading: the title of the only wave, or the programme's name and a list of waves."""
    waves = [timeline.waves[wave_id] for wave_id in timeline.shown_waves]
    if len(waves) == 1:
        yield from (f"## {escape_markdown(context.text(waves[0].title))}", "", _wave_summary(waves[0], context))
        return
    name = context.text(timeline.programme.name)
    yield from (f"## {escape_markdown(name or context.translate('Waves'))}", "")
    yield from (f"- **{escape_markdown(context.text(wave.title))}** · {_wave_summary(wave, context)}" for wave in waves)


def _wave_summary(wave: Wave, context: RenderContext) -> str:
    """Return the period of a wave, its slogan, hashtags and notice on one line."""
    slogan = escape_markdown(context.text(wave.slogan).strip())
    parts = (
        escape_markdown(context.period(wave)),
        f"*{slogan}*" if slogan else "",
        " ".join(escape_markdown(hashtag) for hashtag in wave.hashtags_in(context.languages)),
        escape_markdown(context.text(wave.notice)),
    )
    return " · ".join(part for part in parts if part)


def _table(timeline: Timeline, context: RenderContext) -> Iterator[str]:
    """Return the lines of the table without empty columns and, for a single wave, without the wave column."""
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


def _legend(timeline: Timeline, context: RenderContext) -> str:
    return " · ".join(
        f"{escape_markdown(STATE_MARKS[state])} {context.translate(label)}"
        for state, label in legend_labels(map(entry_state, timeline.entries))
    )


def _row(entry: Entry, timeline: Timeline, context: RenderContext) -> tuple[str, ...]:
    title = escape_markdown(context.text(entry.title).strip())
    if entry.group.url:
        title = f"[{title}](<{entry.group.url}>)"
    if entry_state(entry) == "cancelled":
        title = f"~~{title}~~"
    return (
        f"{escape_markdown(STATE_MARKS[entry_state(entry)])} {escape_markdown(context.date(entry))}",
        title,
        escape_markdown(context.place(entry.place)),
        escape_markdown(context.join(context.text(timeline.waves[wave].title) for wave in entry.waves)),
        escape_markdown(context.status_note(entry)),
    )
