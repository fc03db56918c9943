"""Derive the facts of an entry's line in the lockfile from a real-world moment."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from typing import Any

from wavectl.lockfile.writer import place_to_json, text_to_json
from wavectl.model import Text
from wavectl.plan.loader import Plan
from wavectl.timeline import MomentGroup, resolve_actor_name

_DIGEST_LENGTH = 12  # hexadecimal digits: enough to see that an entry has changed
_PART, _LANGUAGE, _TRANSLATION, _ITEM = "\x1c", "\x1d", "\x1e", "\x1f"  # separators of what is hashed


class EntryFacts:
    """The facts of a plan's groups; what many of them share is cached."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._cached_wave_text = cache(self._wave_text)
        self._cached_actor_text = cache(self._actor_text)

    def for_group(self, group: MomentGroup, members: tuple[str, ...]) -> dict[str, Any]:
        """Return the facts of a group, by field of ``LockEntry``; ``members`` are its references in order."""
        rule = group.rule
        dates = group.when, *(occurrence.when for occurrence in group.occurrences)
        has_time = any(point is not None and point.time_of_day for when in dates for point in (when.start, when.end))
        last = group.occurrences[-1].planned if rule else None
        return {
            "members": members,
            "when": group.when.text,
            "zone": group.zone if has_time else None,
            "repeat": rule.text if rule else None,
            "until": last.earliest.isoformat() if last and last.earliest else None,
            "exceptions": dict(_exceptions(group)) if rule else {},
            "status": group.status.value,
            "place": place_to_json(group.place),
            "title": text_to_json(group.title),
            "short": text_to_json(group.short),
            "digest": self._digest(group),
        }

    def _digest(self, group: MomentGroup) -> str:
        """Return a hash of all other public facts, in every language, independent of wavectl's own phrases."""
        priorities = self._plan.programme.priorities
        changes = [occurrence.change for occurrence in group.occurrences if occurrence.change]
        parts = (
            group.kind.value,
            group.url or "",
            _all_languages(group.description),
            _ITEM.join(_all_languages(change.description) for change in changes),
            _ITEM.join(_all_languages(priorities[name]) for name in group.priorities),
            _ITEM.join(self._cached_actor_text(actor, group.waves) for actor in group.actors),
            _ITEM.join(self._cached_wave_text(wave) for wave in group.waves),
        )
        return sha256(_PART.join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST_LENGTH]

    def _wave_text(self, wave_id: str) -> str:
        wave = self._plan.waves[wave_id]
        return _ITEM.join((_all_languages(wave.title), _all_languages(wave.slogan), *wave.hashtags))

    def _actor_text(self, actor: str, waves: tuple[str, ...]) -> str:
        actor_name = resolve_actor_name(self._plan, actor, waves)
        return f"{_all_languages(actor_name.name)}{'?' if actor_name.unconfirmed else ''}"


def _all_languages(text: Text | None) -> str:
    if isinstance(text, dict):
        return _LANGUAGE.join(f"{language}{_TRANSLATION}{words}" for language, words in sorted(text.items()))
    return text or ""


def _exceptions(group: MomentGroup) -> Iterator[tuple[str, dict[str, object]]]:
    """Return what differs from the rule, by the date that the rule gives."""
    for occurrence in group.occurrences:
        planned, change = occurrence.planned, occurrence.change
        if planned is None or (change is None and occurrence.when == planned and occurrence.status == group.status):
            continue
        facts: dict[str, object] = {
            "when": occurrence.when.text if occurrence.when != planned else None,
            "status": occurrence.status.value if occurrence.status != group.status else None,
            "title": text_to_json(change.title) if change else None,
            "place": place_to_json(change.place) if change else None,
        }
        differing = {name: fact for name, fact in facts.items() if fact}
        if differing:
            yield planned.text, differing
