"""A wave has no hashtag, or none in one of the programme's languages.

What it does: checks that each wave has at least one entry under ``hashtags``. Where they are written by language, each
of the programme's ``languages`` needs one. Waves that are only announced need none.

Why it matters: the hashtag ties thousands of local actions together.

Bad::

    # wave.yaml
    title: "The right to housing"
    slogan: "Housing is a right"
    period: 2017-05/2018-04

Good::

    # wave.yaml
    title: "The right to housing"
    slogan: "Housing is a right"
    hashtags:
      - "#Housing"
    period: 2017-05/2018-04
"""

from wavectl.diagnostics import msg
from wavectl.i18n.names import language_names
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Violation, Violations


def check(plan: Plan) -> Violations:
    for wave_id, wave in plan.waves.items():
        if not wave.hashtags:
            hint = msg("add one: {command}", command=f'wavectl wave edit {wave_id} --add-hashtag "#…"')
            yield Violation(wave_id, ("hashtags",), msg("the wave has no hashtag"), hint)
        tags = wave.hashtags if isinstance(wave.hashtags, dict) else {}
        for language in plan.programme.languages if tags else ():
            if language not in tags and language.partition("-")[0] not in tags:
                message = msg("the wave has no hashtag in {language}", language=language_names(language))
                add = f'wavectl wave edit {wave_id} --add-hashtag "{language}=#…"'
                hint = msg("add one: {command}", command=add)
                yield Violation(wave_id, ("hashtags",), message, hint)
