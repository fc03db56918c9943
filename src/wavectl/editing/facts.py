"""Change single facts of a wave, a moment or an actor: texts by language, lists, places and hashtags.

An edit is made for any current value, as the file has it: a text may be plain or by language, a place a name or a
block. Whatever it does not concern stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from wavectl.diagnostics import KeyPath
from wavectl.editing.moments import PlanChangeset, merge_changesets
from wavectl.editing.references import TiedMoments, index_of, raw_moment
from wavectl.model.types import first_in_languages, name_as_block
from wavectl.plan.loader import Plan
from wavectl.timeline.ties import Member

Edit: TypeAlias = Callable[[KeyPath, Any], dict[KeyPath, Any]]
"""Returns the changes of the value at a path; the current value is None where there is none."""

WrittenTexts: TypeAlias = Mapping[str | None, str]
"""Texts by language; None is the one that names no language, and an empty text removes what there is."""


def set_value(value: Any) -> Edit:
    """Return the edit that replaces a value; None removes it."""
    return lambda path, _: {path: value}


def value_after(edit: Edit, current: Any = None) -> Any:
    """Return the value after an edit; None where nothing is left."""
    changes = edit((), current)
    if () in changes or not isinstance(current, (dict, list)):
        return changes.get((), current)
    items: dict[Any, Any] = dict(enumerate(current)) if isinstance(current, list) else dict(current)
    kept = {key: value for key, value in (items | {path[0]: new for path, new in changes.items()}).items() if value}
    return (list(kept.values()) if isinstance(current, list) else kept) or None


def to_translatable(texts: Mapping[str, Any], languages: Sequence[str]) -> Any:
    """Return texts in the form of a wave file: by language, or as a plain one if the programme has only that one."""
    if len(languages) == 1 and list(texts) == list(languages):
        return texts[languages[0]]
    return {language: texts[language] for language in (*languages, *texts) if language in texts}


@dataclass(frozen=True)
class TranslationEdit:
    """Changes a text in the languages that are written; the other ones stay.

    ``own`` is the language of a text without one; ``languages`` are those of the programme. A text that ``is_name``,
    such as that of a town, holds for every language where none is written.
    """

    texts: WrittenTexts
    own: str
    languages: Sequence[str]
    is_name: bool = False

    def __call__(self, path: KeyPath, current: Any) -> dict[KeyPath, Any]:
        """Return the changes."""
        plain = self.texts.get(None)
        if plain is not None and len(self.texts) == 1:
            keeps_form = self.is_name or (isinstance(current, str) and self.own == self.languages[0])
            if not plain or keeps_form:
                return {path: plain or None}
        texts = {language or self.own: text for language, text in self.texts.items()}
        if isinstance(current, dict):
            return {(*path, language): text or None for language, text in texts.items()}
        others = [language for language in self.languages if language not in texts]
        if current and others:
            texts[others[0]] = current
        filled = {language: text for language, text in texts.items() if text}
        return {path: to_translatable(filled, self.languages) or None}


@dataclass(frozen=True)
class ListEdit:
    """Replaces a list (None: keeps it), then adds and removes items."""

    replaced: Sequence[str] | None = None
    added: Sequence[str] = ()
    removed: Sequence[str] = ()

    def __call__(self, path: KeyPath, current: Any) -> dict[KeyPath, Any]:
        """Return the changes."""
        items = list(current or ()) if self.replaced is None else list(self.replaced)
        added = [item for item in dict.fromkeys(self.added) if item not in items]
        if self.replaced is None and current:
            changes: dict[KeyPath, Any] = {(*path, n): None for n, item in enumerate(items) if item in self.removed}
            return changes | {(*path, len(items) + number): item for number, item in enumerate(added)}
        return {path: [item for item in dict.fromkeys((*items, *added)) if item not in self.removed] or None}

    def elsewhere(self) -> ListEdit:
        """Return what the edit means for a moment that is tied to the one that is edited: their lists count as one."""
        return ListEdit(None if self.replaced is None else (), (), self.removed)


@dataclass(frozen=True)
class HashtagEdit:
    """Changes the hashtags of a wave in the languages that are written, by language; None is for none in particular.

    ``own`` is the language of such hashtags where the wave has some for each language.
    """

    lists: Mapping[str | None, ListEdit]
    own: str
    languages: Sequence[str]

    def __call__(self, path: KeyPath, current: Any) -> dict[KeyPath, Any]:
        """Return the changes."""
        plain = self.lists.get(None) if len(self.lists) == 1 else None
        if plain and plain.replaced is not None and not plain.replaced and not plain.added:
            return {path: None}
        if plain and not isinstance(current, dict):
            return plain(path, current)
        known = current if isinstance(current, dict) else {self.languages[0]: current} if current else {}
        changes: dict[KeyPath, Any] = {}
        new = dict(known)
        for language, edit in self.lists.items():
            only_removes = edit.replaced is None and not edit.added
            for name in known if language is None and only_removes else (language or self.own,):
                if edit.added and edit.replaced is None and name not in known and known:
                    edit = ListEdit(first_in_languages(known, self.languages), edit.added, edit.removed)
                changes |= edit((*path, name), known.get(name))
                new[name] = value_after(edit, known.get(name))
        if isinstance(current, dict):
            return changes
        return {path: to_translatable({name: tags for name, tags in new.items() if tags}, self.languages) or None}


@dataclass(frozen=True)
class PlaceEdit:
    """Changes the name of a place, and the other keys of its block."""

    name: Edit | None
    where: Mapping[str, Any]

    def __call__(self, path: KeyPath, current: Any) -> dict[KeyPath, Any]:
        """Return the changes."""
        if isinstance(current, dict) and name_as_block(current) is current:
            changes = self.name((*path, "name"), current.get("name")) if self.name else {}
            return changes | {(*path, key): value for key, value in self.where.items()}
        if current is not None and not any(self.where.values()):
            return self.name(path, current) if self.name else {}
        name = value_after(self.name, current) if self.name else current
        block = {"name": name, **self.where}
        return {path: {key: value for key, value in block.items() if value is not None} or None}


_MERGED_KEYS = frozenset(("place", "timezone", "draft"))
"""The keys of which all values of tied moments count. Of any other key it is the first one that there is."""


def edit_moment(plan: Plan, members: TiedMoments, named: Member, edits: Mapping[str, Edit]) -> PlanChangeset:
    """Change facts of a moment, by key: of tied moments in the one whose value counts, or in all whose values do.

    What is added to a list is added to the moment that is named.
    """
    changesets = []
    for key, edit in edits.items():
        holders = [member for member in members if raw_moment(plan, member).get(key) is not None] or [members[0]]
        removes = value_after(edit, raw_moment(plan, holders[0]).get(key)) is None
        if isinstance(edit, ListEdit):
            others = [(member, edit.elsewhere()) for member in holders if member != named]
            targets: list[tuple[Member, Edit]] = [(named, edit), *others]
        elif key == "kind":  # that of the root, even where it is the default
            targets = [(members[0], edit)]
        else:
            targets = [(member, edit) for member in (holders if removes or key in _MERGED_KEYS else holders[:1])]
        for member, change in targets:
            path: KeyPath = ("moments", index_of(plan, member), key)
            changesets.append({member.wave: change(path, raw_moment(plan, member).get(key))})
    return merge_changesets(*changesets)
