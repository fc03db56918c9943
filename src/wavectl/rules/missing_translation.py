"""Texts of a wave, or of the programme, are not translated into all languages of the programme.

What it does: checks that every public text that is written by language has each of the programme's ``languages``. A
text without languages is the same in all of them. Of an announced wave, only the title is checked.

Why it matters: people who read the missing language get another one instead.

Bad::

    # programme.yaml
    languages: [en, fr]
    # wave.yaml
    title:
      en: "The right to housing"
    slogan: "Housing is a right"
    hashtags:
      - "#Housing"
    period: 2017-05/2018-04

Good::

    # programme.yaml
    languages: [en, fr]
    # wave.yaml
    title:
      en: "The right to housing"
      fr: "Le droit au logement"
    slogan: "Housing is a right"
    hashtags:
      - "#Housing"
    period: 2017-05/2018-04
"""

from collections.abc import Iterable

from wavectl.diagnostics import msg
from wavectl.i18n.names import language_names
from wavectl.model import WaveStatus
from wavectl.model.translatable import TranslatableText, programme_texts, wave_texts
from wavectl.plan.loader import Plan
from wavectl.rules.rule import Violation, Violations

_MAX_LISTED = 5
"""How many texts are named in a message. The rest is counted."""


def check(plan: Plan) -> Violations:
    """Find texts that are not translated into all languages of the programme.

    A wave whose status could not be read may be an announced one, of which only the title is checked.
    """
    languages = plan.programme.languages
    if plan.programme_file is not None:
        yield from _untranslated(plan, None, languages, programme_texts(plan.programme))
    for wave_id, wave in plan.waves.items():
        announced = wave.status is WaveStatus.ANNOUNCED or plan.is_incomplete(wave_id, "status")
        yield from _untranslated(plan, wave_id, languages, wave_texts(wave, plan.programme, announced=announced))


def _untranslated(plan: Plan, wave: str | None, languages: list[str], texts: Iterable[TranslatableText]) -> Violations:
    """Yield one finding for each language in which texts are missing, at the first of these texts."""
    required = frozenset(languages)
    missing: dict[str, list[TranslatableText]] = {}
    for translatable in texts:
        if not required <= translatable.text.keys():
            for language in languages:
                if translatable.lacks(language):
                    missing.setdefault(language, []).append(translatable)
    for language, lacking in missing.items():
        listed = [one.label for one in lacking[:_MAX_LISTED]]
        language_name = language_names(language)
        message = msg("still to be translated into {language}: {texts}", language=language_name, texts=listed)
        if len(lacking) > _MAX_LISTED:
            message = msg("{list} and {count} more", list=message, count=len(lacking) - _MAX_LISTED)
        command = " ".join(["wavectl translate", *([wave] if wave else []), "--lang", language])
        hint = msg("write them one by one: {command}; until then, another language is shown", command=command)
        if "languages" not in plan.programme.model_fields_set:
            languages_known = "wavectl programme edit --languages …"
            hint = msg("{hint}; or name the languages of the plan: {command}", hint=hint, command=languages_known)
        yield Violation(wave, lacking[0].path, message, hint)
