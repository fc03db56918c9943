"""A language is published, but is not one of the programme's languages.

What it does: compares ``publish.languages`` with ``languages``.

Why it matters: calendars and pages go on in that language, and nothing says which texts lack a translation into it.

Bad::

    # programme.yaml
    languages: [en, fr]
    publish:
      languages: [en, es]
    # wave.yaml
    title: "Housing"
    status: announced

Good::

    # programme.yaml
    languages: [en, fr]
    publish:
      languages: [en, fr]
    # wave.yaml
    title: "Housing"
    status: announced
"""

from wavectl.diagnostics import msg
from wavectl.i18n.names import language_names
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Violation, Violations


def check(plan: Plan) -> Violations:
    """Find languages that are published and that the programme does not have."""
    programme = plan.programme
    for position, language in enumerate(programme.publish.languages):
        if language not in programme.languages:
            message = msg(
                "{language} is published, but is not one of the programme's languages",
                language=language_names(language),
            )
            hint = msg(
                "add {language} to languages; or remove it here: its pages are deleted then, and its calendars stay as "
                "they are",
                language=language,
            )
            yield Violation(None, ("publish", "languages", position), message, hint)
