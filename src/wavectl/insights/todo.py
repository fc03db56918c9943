"""What there is to do in a plan: dates to firm up, actors to ask, outcomes to write, texts to translate.

What a wave may leave as it is, with its reason under ``waive``, is not among it; of waves that are only announced,
the translation of the title is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from wavectl.dates.edtf import When
from wavectl.model import Status, Text, WaveStatus, texts
from wavectl.model.translatable import Spoken, of_programme, of_wave
from wavectl.plan.loader import Plan
from wavectl.text.suggest import plain
from wavectl.timeline import HELD, Group, Unconfirmed, due, following, groups, open_yet, unconfirmed


class ToFirm(NamedTuple):
    """A date to be firmed up: what is known of it, by which day it should be firm (None: no telling), who sees to it.

    ``stated`` tells whether the plan names that day itself.
    """

    group: Group
    when: When
    status: Status
    due: date | None
    stated: bool
    owner: Text | None


class ToTell(NamedTuple):
    """A moment that is over and of which nobody has written what came of it: when it was, who sees to it."""

    group: Group
    when: When
    owner: Text | None


class ToTranslate(NamedTuple):
    """The texts of a wave, or of the programme (None), that lack a language, out of so many."""

    wave: str | None
    language: str
    lacking: tuple[Spoken, ...]
    wanted: int


class Todo(NamedTuple):
    """What there is to do, each list in the order in which to do it; ``owner``: whose list it is, None for all."""

    today: date
    owner: str | None
    dates: tuple[ToFirm, ...]
    actors: tuple[Unconfirmed, ...]
    outcomes: tuple[ToTell, ...]
    translations: tuple[ToTranslate, ...]

    @property
    def late(self) -> tuple[ToFirm, ...]:
        """The dates that should be firm by now."""
        return tuple(one for one in self.dates if one.due is not None and one.due <= self.today)

    @property
    def things(self) -> int:
        """How many things there are to do; each text and language counts."""
        listed = len(self.dates) + len(self.actors) + len(self.outcomes)
        return listed + sum(len(one.lacking) for one in self.translations)


def todo(plan: Plan, today: date, owner: str | None = None) -> Todo:
    """Return what there is to do; with ``owner``, of the moments that are in that person's hands alone."""
    own = Owners(plan)
    mine = [(group, _owner(group)) for group in groups(plan, drafts=True) if not _announced(plan, group)]
    if owner is not None:
        mine = [(group, whose) for group, whose in mine if own.are(whose, owner)]
    named = tuple(own.named(whose) for _, whose in mine)
    dates = [one for (group, _), whose in zip(mine, named, strict=True) for one in _to_firm(plan, group, whose, today)]
    told = [one for (group, _), whose in zip(mine, named, strict=True) for one in _to_tell(group, whose, today)]
    dates.sort(key=lambda one: (one.due or date.max, one.when.earliest or date.max, one.group.root.reference))
    told.sort(key=lambda one: (-(one.when.known or date.min).toordinal(), one.group.root.reference))
    if owner is not None:
        return Todo(today, owner, tuple(dates), (), tuple(told), ())
    return Todo(today, None, tuple(dates), tuple(_to_ask(plan)), tuple(told), tuple(_to_translate(plan)))


def _announced(plan: Plan, group: Group) -> bool:
    return all(plan.waves[wave].status is WaveStatus.ANNOUNCED for wave in group.waves)


def _owner(group: Group) -> Text | None:
    return next((member.moment.owner for member in group.members if member.moment.owner), None)


class Owners:
    """Whose hands moments are in: a name, or the id of an actor."""

    def __init__(self, plan: Plan) -> None:
        self._names: dict[str, tuple[Text, list[str]]] = {}
        for actor_id, actor in plan.programme.actors.items():
            aliases = [word for one in actor.aliases for word in texts(one)]
            called = [actor_id, *texts(actor.name), *texts(actor.short), *aliases]
            self._names[actor_id] = actor.short or actor.name, called
        self._owners = [m.owner for wave in plan.waves.values() for _, m in wave.stating("owner") if m.owner]
        for wave in plan.waves.values():
            for own in wave.actors:
                if own.id and own.name and own.id not in self._names:
                    self._names[own.id] = own.short or own.name, [own.id, *texts(own.name), *texts(own.short)]

    def named(self, owner: Text | None) -> Text | None:
        """Return what an owner is called: an actor by name."""
        return self._names[owner][0] if isinstance(owner, str) and owner in self._names else owner

    def are(self, owner: Text | None, asked: str) -> bool:
        """Tell whether an owner is the one asked for, by any name, whatever its accents and capitals."""
        return plain(asked) in {plain(one) for one in self._called(owner)}

    def known(self) -> list[str]:
        """Return the names of those in whose hands something is, each once."""
        return list(dict.fromkeys(text for owner in self._owners for text in texts(self.named(owner))))

    def has(self, asked: str) -> bool:
        """Tell whether anything in the plan is in the hands of the one asked for."""
        return any(self.are(owner, asked) for owner in self._owners)

    def _called(self, owner: Text | None) -> Sequence[str]:
        return self._names[owner][1] if isinstance(owner, str) and owner in self._names else texts(owner)


def _to_firm(plan: Plan, group: Group, owner: Text | None, today: date) -> Iterator[ToFirm]:
    """Return the date of a moment if it is to be firmed up; of one that repeats the next."""
    if all(plan.waves[member.wave].waives("stale-date", member.moment.id) for member in group.members):
        return
    times = [(one.when, one.status) for one in group.occurrences]
    ahead = following(times, today)
    confirm_by = next((member.moment.confirm_by for member in group.members if member.moment.confirm_by), None)
    if ahead is None:  # no date at all, or an old one: these need a new one
        ahead = next(((when, how) for when, how in times if how is Status.POSTPONED or when.start is None), None)
        if ahead is None or ahead[1] is Status.CANCELLED:
            return
        limit = confirm_by.latest if confirm_by else None
    elif open_yet(*ahead):
        limit = due(ahead[0], confirm_by)
    else:
        return
    yield ToFirm(group, *ahead, limit, confirm_by is not None, owner)


def _to_tell(group: Group, owner: Text | None, today: date) -> Iterator[ToTell]:
    """Return a moment that is over, every time of it, without a word of what came of it."""
    if any(member.moment.outcome for member in group.members):
        return
    held = [one for one in group.occurrences if one.status in HELD]
    ends = [one.local.latest for one in held if one.local.latest]
    if ends and len(ends) == len(held) and max(ends) < today:  # without an end, nobody knows that it is over
        yield ToTell(group, next(one.when for one in held if one.local.latest == max(ends)), owner)


def _to_ask(plan: Plan) -> Iterator[Unconfirmed]:
    for one in unconfirmed(plan):
        wave = plan.waves[one.wave]
        if wave.status is not WaveStatus.ANNOUNCED and not wave.waives("unconfirmed-actor", one.actor or ""):
            yield one


def _to_translate(plan: Plan) -> Iterator[ToTranslate]:
    parts: list[tuple[str | None, Iterator[Spoken]]] = []
    if plan.programme_file is not None:
        parts.append((None, of_programme(plan.programme)))
    for wave_id, wave in plan.waves.items():
        if not wave.waives("missing-translation"):
            parts.append((wave_id, of_wave(wave, announced=wave.status is WaveStatus.ANNOUNCED)))
    for wave_id_or_none, spoken in parts:
        listed = list(spoken)
        for language in plan.programme.languages:
            lacking = tuple(one for one in listed if one.lacks(language))
            if lacking:
                yield ToTranslate(wave_id_or_none, language, lacking, len(listed))
