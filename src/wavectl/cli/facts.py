"""Shared code of the commands that change facts: read texts by language, and find a wave by its titles."""

from collections.abc import Iterable, Mapping, Sequence

from wavectl.cli.arguments import choose_by_name, labelled_texts, parse_value
from wavectl.cli.context import AppContext
from wavectl.diagnostics import msg, quoted
from wavectl.editing.facts import Edit, TranslationEdit
from wavectl.model import localized_text


def own_language(app: AppContext) -> str:
    """Return the language of texts on the command line that name none."""
    return app.console.requested_language or app.plan.programme.languages[0]


def wave_titles(app: AppContext, waves: Iterable[str]) -> str:
    """Return the titles of waves, joined by commas."""
    return ", ".join(localized_text(app.plan.waves[wave].title, app.languages) for wave in dict.fromkeys(waves))


def read_texts(app: AppContext, values: Sequence[str], *, is_name: bool = False) -> TranslationEdit:
    """Return the edit of a text in the languages that an option names; one without a language is in ``--lang``."""
    own, languages = own_language(app), app.plan.programme.languages
    return TranslationEdit(labelled_texts(values, (own, *languages)), own, languages, is_name)


def read_title(app: AppContext, values: Sequence[str]) -> Edit:
    """Return the edit of a title, which there must be."""
    edit = read_texts(app, values)
    if edit.texts.get(None) == "":
        app.console.fail(msg("a title cannot be empty"), msg("add {option}", option='--title "…"'))
    return edit


def require_facts(app: AppContext, edits: Mapping[str, Edit]) -> None:
    """End the run if no option states a fact."""
    if not edits:
        app.console.fail(msg("no fact is given"), msg('write what to change: --title "…", --url …; --help lists all'))


def choose_wave(app: AppContext, words: str, *, yes: bool) -> tuple[str, bool]:
    """Return the wave that an id or words of a title mean, and whether a person still has to confirm it."""
    names = {
        id_: [localized_text(app.plan.waves[id_].title, app.languages), *titles]
        for id_, titles in app.wave_titles.items()
    }
    if words in app.plan.files:  # a wave with errors, which are reported next
        return words, False
    return choose_by_name(app.console, words, names, msg("there is no wave {name}", name=quoted(words)), yes=yes)


def read_hashtags(app: AppContext, values: Sequence[str]) -> dict[str | None, list[str]]:
    """Return hashtags by language; several can be in one value, and the sign before them may be missing."""
    tags: dict[str | None, list[str]] = {}
    for value in values:
        ((language, text),) = labelled_texts([value], (own_language(app), *app.plan.programme.languages)).items()
        words = text.replace(",", " ").split()
        tags.setdefault(language, []).extend(parse_value(app.console, "--hashtag", "hashtag", word) for word in words)
    return tags
