"""What there is to do in a plan: dates to firm up, actors to ask, outcomes to write, texts to translate.

What a wave may leave as it is, with its reason under ``waive``, is not among it; of waves that are only announced,
the translation of the title is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from wavectl.dates.edtf import When
from wavectl.model import Status, Text, WaveStatus, all_translations
from wavectl.model.translatable import TranslatableText, programme_texts, wave_texts
from wavectl.plan.loader import Plan
from wavectl.text.suggest import normalize_name
from wavectl.timeline import (
    SCHEDULED_STATUSES,
    MomentGroup,
    UnconfirmedActor,
    firm_by_date,
    needs_firming,
    next_date,
    resolve_groups,
    unconfirmed_actors,
)


class DateToFirm(NamedTuple):
    """A date to be firmed up: what is known of it, by which day it should be firm (None: no telling), who sees to it.

    ``stated`` tells whether the plan names that day itself.
    """

    group: MomentGroup
    when: When
    status: Status
    due: date | None
    due_is_stated: bool
    owner: Text | None


class MissingOutcome(NamedTuple):
    """A moment that is over and of which nobody has written what came of it: when it was, who sees to it."""

    group: MomentGroup
    when: When
    owner: Text | None


class MissingTranslations(NamedTuple):
    """The texts of a wave, or of the programme (None), that lack a language, out of so many."""

    wave: str | None
    language: str
    missing: tuple[TranslatableText, ...]
    total: int


class Todo(NamedTuple):
    """What there is to do, each list in the order in which to do it; ``owner``: whose list it is, None for all."""

    today: date
    owner: str | None
    dates: tuple[DateToFirm, ...]
    actors: tuple[UnconfirmedActor, ...]
    outcomes: tuple[MissingOutcome, ...]
    translations: tuple[MissingTranslations, ...]

    @property
    def overdue(self) -> tuple[DateToFirm, ...]:
        """The dates that should be firm by now."""
        return tuple(one for one in self.dates if one.due is not None and one.due <= self.today)

    @property
    def total(self) -> int:
        """How many things there are to do; each text and language counts."""
        listed = len(self.dates) + len(self.actors) + len(self.outcomes)
        return listed + sum(len(one.missing) for one in self.translations)


def build_todo(plan: Plan, today: date, owner: str | None = None) -> Todo:
    """Return what there is to do; with ``owner``, of the moments that are in that person's hands alone."""
    own = OwnerIndex(plan)
    mine = [
        (group, _owner(group)) for group in resolve_groups(plan, drafts=True) if not _is_only_announced(plan, group)
    ]
    if owner is not None:
        mine = [(group, whose) for group, whose in mine if own.matches(whose, owner)]
    named = tuple(own.display_name(whose) for _, whose in mine)
    dates = [
        one for (group, _), whose in zip(mine, named, strict=True) for one in _dates_to_firm(plan, group, whose, today)
    ]
    told = [
        one for (group, _), whose in zip(mine, named, strict=True) for one in _missing_outcomes(group, whose, today)
    ]
    dates.sort(key=lambda one: (one.due or date.max, one.when.earliest or date.max, one.group.root.reference))
    told.sort(key=lambda one: (-(one.when.last_known or date.min).toordinal(), one.group.root.reference))
    if owner is not None:
        return Todo(today, owner, tuple(dates), (), tuple(told), ())
    return Todo(
        today, None, tuple(dates), tuple(_actors_to_confirm(plan)), tuple(told), tuple(_missing_translations(plan))
    )


def _is_only_announced(plan: Plan, group: MomentGroup) -> bool:
    return all(plan.waves[wave].status is WaveStatus.ANNOUNCED for wave in group.waves)


def _owner(group: MomentGroup) -> Text | None:
    return next((member.moment.owner for member in group.members if member.moment.owner), None)


class OwnerIndex:
    """Whose hands moments are in: a name, or the id of an actor."""

    def __init__(self, plan: Plan) -> None:
        self._actor_names: dict[str, tuple[Text, list[str]]] = {}
        for actor_id, actor in plan.programme.actors.items():
            aliases = [word for one in actor.aliases for word in all_translations(one)]
            called = [actor_id, *all_translations(actor.name), *all_translations(actor.short), *aliases]
            self._actor_names[actor_id] = actor.short or actor.name, called
        self._owners = [m.owner for wave in plan.waves.values() for _, m in wave.moments_with("owner") if m.owner]
        for wave in plan.waves.values():
            for own in wave.actors:
                if own.id and own.name and own.id not in self._actor_names:
                    self._actor_names[own.id] = (
                        own.short or own.name,
                        [own.id, *all_translations(own.name), *all_translations(own.short)],
                    )

    def display_name(self, owner: Text | None) -> Text | None:
        """Return what an owner is called: an actor by name."""
        return self._actor_names[owner][0] if isinstance(owner, str) and owner in self._actor_names else owner

    def matches(self, owner: Text | None, asked: str) -> bool:
        """Tell whether an owner is the one asked for, by any name, whatever its accents and capitals."""
        return normalize_name(asked) in {normalize_name(one) for one in self._names_of(owner)}

    def names(self) -> list[str]:
        """Return the names of those in whose hands something is, each once."""
        return list(
            dict.fromkeys(text for owner in self._owners for text in all_translations(self.display_name(owner)))
        )

    def has_tasks(self, asked: str) -> bool:
        """Tell whether anything in the plan is in the hands of the one asked for."""
        return any(self.matches(owner, asked) for owner in self._owners)

    def _names_of(self, owner: Text | None) -> Sequence[str]:
        return (
            self._actor_names[owner][1]
            if isinstance(owner, str) and owner in self._actor_names
            else all_translations(owner)
        )


def _dates_to_firm(plan: Plan, group: MomentGroup, owner: Text | None, today: date) -> Iterator[DateToFirm]:
    """Return the date of a moment if it is to be firmed up; of one that repeats the next."""
    if all(plan.waves[member.wave].waives("stale-date", member.moment.id) for member in group.members):
        return
    times = [(one.when, one.status) for one in group.occurrences]
    ahead = next_date(times, today)
    confirm_by = next((member.moment.confirm_by for member in group.members if member.moment.confirm_by), None)
    if ahead is None:  # no date at all, or an old one: these need a new one
        ahead = next(((when, how) for when, how in times if how is Status.POSTPONED or when.start is None), None)
        if ahead is None or ahead[1] is Status.CANCELLED:
            return
        limit = confirm_by.latest if confirm_by else None
    elif needs_firming(*ahead):
        limit = firm_by_date(ahead[0], confirm_by)
    else:
        return
    yield DateToFirm(group, *ahead, limit, confirm_by is not None, owner)


def _missing_outcomes(group: MomentGroup, owner: Text | None, today: date) -> Iterator[MissingOutcome]:
    """Return a moment that is over, every time of it, without a word of what came of it."""
    if any(member.moment.outcome for member in group.members):
        return
    held = [one for one in group.occurrences if one.status in SCHEDULED_STATUSES]
    ends = [one.local.latest for one in held if one.local.latest]
    if ends and len(ends) == len(held) and max(ends) < today:  # without an end, nobody knows that it is over
        yield MissingOutcome(group, next(one.when for one in held if one.local.latest == max(ends)), owner)


def _actors_to_confirm(plan: Plan) -> Iterator[UnconfirmedActor]:
    for one in unconfirmed_actors(plan):
        wave = plan.waves[one.wave]
        if wave.status is not WaveStatus.ANNOUNCED and not wave.waives("unconfirmed-actor", one.actor_id or ""):
            yield one


def _missing_translations(plan: Plan) -> Iterator[MissingTranslations]:
    parts: list[tuple[str | None, Iterator[TranslatableText]]] = []
    if plan.programme_file is not None:
        parts.append((None, programme_texts(plan.programme)))
    for wave_id, wave in plan.waves.items():
        if not wave.waives("missing-translation"):
            parts.append((wave_id, wave_texts(wave, announced=wave.status is WaveStatus.ANNOUNCED)))
    for wave_id_or_none, spoken in parts:
        listed = list(spoken)
        for language in plan.programme.languages:
            lacking = tuple(one for one in listed if one.lacks(language))
            if lacking:
                yield MissingTranslations(wave_id_or_none, language, lacking, len(listed))
