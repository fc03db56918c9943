"""Shared code of the commands that change facts: read texts by language, and find a wave or an actor by its names."""

from collections.abc import Mapping, Sequence

from wavectl.cli.arguments import labelled_texts
from wavectl.cli.console import is_interactive
from wavectl.cli.context import AppContext
from wavectl.diagnostics import Message, msg, quoted
from wavectl.editing.facts import Edit, TranslationEdit
from wavectl.editing.references import find_by_name
from wavectl.model import all_translations, localized_text
from wavectl.text.suggest import suggest_by_alias


def own_language(app: AppContext) -> str:
    """Return the language of texts on the command line that name none."""
    return app.console.requested_language or app.plan.programme.languages[0]


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


def choose_by_name(
    app: AppContext, words: str, names_by_id: Mapping[str, Sequence[str]], unknown: Message, *, yes: bool
) -> tuple[str, bool]:
    """Return the id that an id, a name or words of a name mean, and whether a person still has to confirm it.

    End the run if there is none, or in a script if there are several or if the words are not exact.
    """
    found, is_exact = find_by_name(words, names_by_id)
    if not found:
        app.console.fail(unknown, suggest_by_alias(words, names_by_id))
    if len(found) > 1:
        several = msg("{words} matches {count} names", words=quoted(words), count=len(found))
        if not is_interactive() or len(found) > _MAX_CHOICES:
            app.console.fail(several, msg("choose from {names}", names=", ".join(found[:_MAX_CHOICES])))
        labels = [f"{next(iter(names_by_id[id_]), id_)} ({id_})" for id_ in found]
        index = app.console.ask_choice(msg("Which one? (number)"), labels)
        if index is None:
            app.console.fail(msg("nothing is chosen"))
        return found[index], False
    needs_confirmation = not is_exact and not yes
    if needs_confirmation and not is_interactive():
        app.console.fail(
            msg("{words} is not exact; it matches {moments}", words=quoted(words), moments=found[0]),
            msg("write {moment}, or add --yes", moment=found[0]),
        )
    return found[0], needs_confirmation


_MAX_CHOICES = 20
"""How many names are listed to choose from."""


def choose_wave(app: AppContext, words: str, *, yes: bool) -> tuple[str, bool]:
    """Return the wave that an id or words of a title mean, and whether a person still has to confirm it."""
    names = {
        id_: [localized_text(wave.title, app.languages), *all_translations(wave.title)]
        for id_, wave in app.plan.waves.items()
    }
    if words in app.plan.files:  # a wave with errors, which are reported next
        return words, False
    return choose_by_name(app, words, names, msg("there is no wave {name}", name=quoted(words)), yes=yes)
