"""Compare values of a plan: the fields of two states of a block, and texts in several languages."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from pydantic import BaseModel

from wavectl.diagnostics import KeyPath, Message
from wavectl.model import Place, Text
from wavectl.model.translatable import TranslatableText

TEXT_FIELDS = frozenset(
    ("title", "short", "slogan", "description", "notice", "outcome", "name", "role", "content", "priorities")
)
"""The fields with texts that readers see, so that a translation that is added or lost is counted."""


class FactChange(NamedTuple):
    """A fact before and after, None for nothing: values of the model.

    ``kinds`` say what it means (see ``MomentChangeKind``). ``key`` is the date of an occurrence that differs.
    """

    field: str
    before: Any
    after: Any
    kinds: tuple[str, ...] = ()
    key: str = ""


class ItemChange(NamedTuple):
    """An item of a list or map: new (``before`` is None), removed (``after`` is None), or changed in some facts.

    ``field`` is the key that holds it, such as ``actors``; ``name`` is what readers know it by.
    """

    field: str
    key: str
    name: Text
    before: Any
    after: Any
    facts: tuple[FactChange, ...] = ()

    @property
    def is_new_or_gone(self) -> bool:
        """Whether it is new or removed."""
        return self.before is None or self.after is None


class TranslationChanges(NamedTuple):
    """The texts that were there before and after, and got or lost a language: what each is, in words."""

    language: str
    added: tuple[Message, ...]
    removed: tuple[Message, ...]


TranslatedText = tuple[str, bool, Message]
"""A language, whether a text got or lost it, and the text in words."""


class TextComparison:
    """Compares texts, and collects the translations that were added and removed."""

    def __init__(self) -> None:
        self.found: list[TranslatedText] = []

    def add(self, found: Iterable[TranslatedText]) -> None:
        """Add what another comparison found."""
        self.found += found

    def is_reworded(self, path: KeyPath, owner: Text | Message, before: Text, after: Text) -> bool:
        """Tell whether a text changed in a language that it had and has; note the languages that it got and lost.

        ``path`` and ``owner`` are those of ``TranslatableText``.
        """
        old = before if isinstance(before, dict) else dict.fromkeys(_languages_like(after, before), before)
        new = after if isinstance(after, dict) else dict.fromkeys(_languages_like(before, after), after)
        label = TranslatableText(path, "", {}, owner).label
        self.found += [(language, True, label) for language in new if language not in old]
        self.found += [(language, False, label) for language in old if language not in new]
        shared = old.keys() & new.keys()
        return not shared or any(old[language] != new[language] for language in shared)

    def translations(self) -> tuple[TranslationChanges, ...]:
        """Return the translations that were added and removed, by language."""
        languages = sorted({language for language, _, _ in self.found})
        return tuple(
            TranslationChanges(language, *(self._labels(language, is_added=added) for added in (True, False)))
            for language in languages
        )

    def _labels(self, language: str, *, is_added: bool) -> tuple[Message, ...]:
        return tuple(label for code, added, label in self.found if (code, added) == (language, is_added))


def _languages_like(other: Text, text: str) -> list[str]:
    """Return the languages in which the other state of a text, which is the same in every language, has these words."""
    if not isinstance(other, dict):
        return [""]
    return [language for language, words in other.items() if words == text] or [*other]


def compare_fields(
    before: BaseModel,
    after: BaseModel,
    texts: TextComparison,
    path: KeyPath,
    owner: Text | Message,
    skip: Collection[str] = (),
) -> Iterator[FactChange]:
    """Yield the fields of a block that differ, but those to skip; translations go to ``texts``."""
    for field in type(after).model_fields:
        old, new = getattr(before, field), getattr(after, field)
        if field not in skip and old != new and is_changed(field, old, new, texts, (*path, field), owner):
            yield FactChange(field, old, new)


def is_changed(field: str, old: Any, new: Any, texts: TextComparison, path: KeyPath, owner: Text | Message) -> bool:
    """Tell whether a value has changed by more than translations, which go to ``texts``."""
    if old is None or new is None:
        return bool(old or new)
    if isinstance(old, Place) and isinstance(new, Place):
        if old.model_copy(update={"name": None}) != new.model_copy(update={"name": None}):
            return True
        return is_changed("name", old.name, new.name, texts, (*path, "name"), owner)
    if field in TEXT_FIELDS and isinstance(old, str | dict):
        return texts.is_reworded(path, owner, old, new)
    return bool(old != new)
