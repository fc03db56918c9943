"""A real-world moment -> the facts of its line in the record, and what a change of them comes to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from typing import Any

from wavectl.lockfile.entry import Line
from wavectl.lockfile.writing import plain_place, plain_text
from wavectl.model import Text
from wavectl.plan.loader import Plan
from wavectl.timeline import Group, named

_LENGTH = 12  # hexadecimal digits of a digest: enough to see that one entry has changed
_BETWEEN = ("\x1c", "\x1d", "\x1e", "\x1f")  # between parts, languages, a language and its words, words of a list


class Facts:
    """Takes the facts of groups from a plan; what many of them share is worked out once."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._wave = cache(self._wave_said)
        self._actor = cache(self._actor_said)

    def of(self, group: Group, members: tuple[str, ...]) -> dict[str, Any]:
        """Return the facts of a group by their field in the line; ``members`` are its names in order."""
        rule = group.rule
        clocks = group.when, *(one.when for one in group.occurrences)
        timed = any(point is not None and point.clock for when in clocks for point in (when.start, when.end))
        last = group.occurrences[-1].planned if rule else None
        return {
            "members": members,
            "when": group.when.text,
            "zone": group.zone if timed else None,
            "repeat": rule.text if rule else None,
            "until": last.earliest.isoformat() if last and last.earliest else None,
            "exceptions": dict(_exceptions(group)) if rule else {},
            "status": group.status.value,
            "place": plain_place(group.place),
            "title": plain_text(group.title),
            "short": plain_text(group.short),
            "digest": self._digest(group),
        }

    def _digest(self, group: Group) -> str:
        """Return what stands for all that an entry says besides: in every language, whatever wavectl's own words."""
        changes = [_said(one.change.description) for one in group.occurrences if one.change]
        parts = (
            group.kind.value,
            group.url or "",
            _said(group.description),
            _BETWEEN[3].join(changes),
            _BETWEEN[3].join(_said(self._plan.programme.priorities[name]) for name in group.priorities),
            _BETWEEN[3].join(self._actor(actor, group.waves) for actor in group.actors),
            _BETWEEN[3].join(self._wave(wave) for wave in group.waves),
        )
        return sha256(_BETWEEN[0].join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]

    def _wave_said(self, wave_id: str) -> str:
        wave = self._plan.waves[wave_id]
        return _BETWEEN[3].join((_said(wave.title), _said(wave.slogan), *wave.hashtags))

    def _actor_said(self, actor: str, waves: tuple[str, ...]) -> str:
        found = named(self._plan, actor, waves)
        return f"{_said(found.name)}{'?' if found.unsure else ''}"


def _said(text: Text | None) -> str:
    """Return a text in all its languages."""
    if isinstance(text, dict):
        return _BETWEEN[1].join(f"{language}{_BETWEEN[2]}{words}" for language, words in sorted(text.items()))
    return text or ""


def _exceptions(group: Group) -> Iterator[tuple[str, dict[str, object]]]:
    """Return what differs from the rule, by the date that the rule gives."""
    for one in group.occurrences:
        change = one.change
        if one.planned is None or (change is None and one.when == one.planned and one.status == group.status):
            continue
        differs: dict[str, object] = {
            "when": one.when.text if one.when != one.planned else None,
            "status": one.status.value if one.status != group.status else None,
            "title": plain_text(change.title) if change else None,
            "place": plain_place(change.place) if change else None,
        }
        found = {name: fact for name, fact in differs.items() if fact}
        if found:
            yield one.planned.text, found


def moved(old: Line, new: Line) -> bool:
    """Tell whether the date, the rule, the zone, the status or the place has changed: what calendars count as news."""
    return _news(old) != _news(new) or relocated(old, new)


def _news(line: Line) -> tuple[object, ...]:
    return line.when, line.zone, line.repeat, line.until, line.status, without_titles(line)


def without_titles(line: Line) -> dict[str, dict[str, object]]:
    """Return what differs from the rule of a line, by date, in other things than the title."""
    kept = {
        key: {name: fact for name, fact in change.items() if name != "title"} for key, change in line.exceptions.items()
    }
    return {key: change for key, change in kept.items() if change}


def relocated(old: Line, new: Line) -> bool:
    """Tell whether the place is another one; a name that gets one more language is not."""
    if old.place == new.place:
        return False
    before, after = dict(old.place), dict(new.place)
    return not same_words(before.pop("name", None), after.pop("name", None)) or before != after


def same_words(old: Any, new: Any) -> bool:
    """Tell whether a text says the same in every language that it had and has."""
    if isinstance(old, dict) and isinstance(new, dict):
        shared = old.keys() & new.keys()
        return bool(shared) and all(old[language] == new[language] for language in shared)
    if isinstance(old, str) and isinstance(new, dict):
        return old in new.values()
    if isinstance(old, dict) and isinstance(new, str):
        return new in old.values()
    return bool(old == new)


def reworded(old: Line, new: Line) -> bool:
    """Tell whether anything else that people get to see has changed."""
    same = (old.title, old.short, old.digest, old.place) == (new.title, new.short, new.digest, new.place)
    return not same or dict(old.exceptions) != dict(new.exceptions)
