"""A feed of the programme names a wave that is not in the plan, or has the name of a wave.

What it does: looks up the waves of each entry under ``feeds``, and checks that no feed has the name of a wave.

Why it matters: the feed would stay empty, or overwrite the feed of a wave.

Bad::

    # programme.yaml
    feeds:
      homes:
        waves: [houses]
    # wave.yaml
    title: "The right to housing"
    status: announced

Good::

    # programme.yaml
    feeds:
      homes:
        waves: [wave]
    # wave.yaml
    title: "The right to housing"
    status: announced
"""

from __future__ import annotations

from collections.abc import Iterator

from wavectl.diagnostics import Finding, msg, quoted
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Rule
from wavectl.text.suggest import suggest

RULE = Rule("unknown-wave")


def check(plan: Plan) -> Iterator[Finding]:
    """Find feeds that name an unknown wave or have the name of one."""
    for feed_id, feed in plan.programme.feeds.items():
        if feed_id in plan.files or feed_id == "all":
            message = msg("there is already a feed named {name}", name=quoted(feed_id))
            yield RULE.finding(plan, None, ("feeds", feed_id), message, msg("give it another name"), key=True)
        for number, name in enumerate(feed.waves):
            if name not in plan.files:
                message = msg("the wave {name} is not in the plan", name=quoted(name))
                hint = suggest(name, list(plan.files))
                yield RULE.finding(plan, None, ("feeds", feed_id, "waves", number), message, hint)
