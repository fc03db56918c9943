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

from wavectl.diagnostics import msg, quoted
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Violation, Violations
from wavectl.text.suggest import suggest


def check(plan: Plan) -> Violations:
    for feed_id, feed in plan.programme.feeds.items():
        if feed_id in plan.files or feed_id == "all":
            message = msg("there is already a feed named {name}", name=quoted(feed_id))
            yield Violation(None, ("feeds", feed_id), message, msg("give it another name"), at_key=True)
        for number, name in enumerate(feed.waves):
            if name not in plan.files:
                message = msg("the wave {name} is not in the plan", name=quoted(name))
                yield Violation(None, ("feeds", feed_id, "waves", number), message, suggest(name, list(plan.files)))
