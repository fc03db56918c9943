"""``wavectl actions rhythm``: measure whether actions gather around the moments of their wave."""

import typer

from wavectl.actions.counts import count_rows
from wavectl.actions.rhythm import RhythmCounter
from wavectl.cli.actions.selection import WavesArgument, reading_register
from wavectl.cli.shared_options import FormatOption, InsightOptions


def command(
    ctx: typer.Context,
    names: WavesArgument = None,
    format: FormatOption = "table",  # noqa: A002
) -> None:
    """Measure whether local actions gather around the moments of their wave.

    The actions within 7 days of firm moments are compared with an even spread over the calendar. Fewer than 30
    actions, or moments that fill more than half of the calendar, give no result.

    Example: wavectl actions rhythm housing
    """
    options = InsightOptions(format, strict=False, limit="0")
    app = options.load_app(ctx.obj)
    waves = app.resolve_waves(names or [])
    app.require_valid(waves)
    facts = []
    for wave in waves:
        with reading_register(app, wave) as path:
            if path.exists() or names:
                counter = RhythmCounter(app.plan, wave, app.today)
                if path.exists():
                    count_rows(path, (counter,))
                facts.append((app.plan.waves[wave].title, counter.rhythm()))
    options.show(app, "action-rhythm", facts, fails_strict=False)
