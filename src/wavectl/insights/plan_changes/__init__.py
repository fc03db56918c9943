"""Compare two states of a plan: what changed in the programme, its waves, their moments and actions, by identity.

A moment is the same under another id or in another wave if ``was`` says so. Each change counts once: what tied moments
share is a change of one of them, the one whose file changed; what only got or lost a translation is counted as such.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from pydantic import BaseModel

from wavectl.actions.comparison import ActionChanges
from wavectl.actions.sources import SourceChanges
from wavectl.insights.plan_changes.moments import MomentChange, MomentChangeKind, compare_moments
from wavectl.insights.plan_changes.values import (
    FactChange,
    ItemChange,
    TextComparison,
    TranslationChanges,
    compare_fields,
)
from wavectl.model import Actor, Feed, Programme, Region, Text, Wave, WaveActor, all_translations
from wavectl.plan.loader import Plan
from wavectl.text.suggest import normalize_name
from wavectl.timeline.actors import resolve_actor_name
from wavectl.timeline.groups import group_key
from wavectl.timeline.name_history import NameHistory

__all__ = ["PlanChanges", "ProgrammeChange", "WaveChange", "compare_plans"]


class ProgrammeChange(NamedTuple):
    """What changed for all waves. ``items`` are actors, priorities, regions and feeds; ``field`` tells them apart."""

    facts: tuple[FactChange, ...] = ()
    items: tuple[ItemChange, ...] = ()
    translations: tuple[TranslationChanges, ...] = ()


class WaveChange(NamedTuple):
    """What changed in a wave.

    ``wave`` is its id, the new one if it has another; ``earlier_id`` is then the old one. ``before`` is None for a new
    wave, of which everything is listed, and ``after`` for a removed one, of which only ``moments`` are. ``items`` are
    actors, content, campaigns and waivers; ``field`` tells them apart. ``moments`` are in order of time.
    """

    wave: str
    earlier_id: str | None
    before: Wave | None
    after: Wave | None
    facts: tuple[FactChange, ...] = ()
    items: tuple[ItemChange, ...] = ()
    translations: tuple[TranslationChanges, ...] = ()
    moments: tuple[MomentChange, ...] = ()
    actions: ActionChanges | None = None

    @property
    def title(self) -> Text:
        """The present title, or the last one of a wave that was removed."""
        wave = self.after or self.before
        return wave.title if wave else self.wave

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        same = (self.before is None) == (self.after is None) and self.earlier_id is None
        return same and not any(self[4:])


class PlanChanges(NamedTuple):
    """What changed from one state of a plan to another; ``waves`` are those with a change, removed ones last."""

    old: Plan
    new: Plan
    programme: ProgrammeChange
    waves: tuple[WaveChange, ...]
    sources: SourceChanges = SourceChanges()

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not (any(self.programme) or self.waves or any(self.sources))

    @property
    def moments(self) -> Iterator[MomentChange]:
        """The changes of moments, in the order of their waves."""
        return (moment for wave in self.waves for moment in wave.moments)

    def without_translations(self) -> "PlanChanges":
        """Return the changes but those of texts that got or lost a translation."""
        waves = [
            wave._replace(
                translations=(),
                moments=tuple(one for one in wave.moments if one.kinds != (MomentChangeKind.TRANSLATED,)),
            )
            for wave in self.waves
        ]
        programme = self.programme._replace(translations=())
        return self._replace(programme=programme, waves=tuple(wave for wave in waves if not wave.is_empty))

    def of_wave(self, wave_id: str) -> "PlanChanges":
        """Return the changes of one wave alone."""
        waves = tuple(wave for wave in self.waves if wave_id in (wave.wave, wave.earlier_id))
        return self._replace(programme=ProgrammeChange(), waves=waves, sources=SourceChanges())


_NO_ACTIONS: Mapping[str, ActionChanges] = MappingProxyType({})
_PUBLIC_PROGRAMME_FIELDS = ("name", "description", "organiser", "languages", "priorities", "regions", "feeds")
"""What readers of publications see of the programme itself; they see its actors in the waves."""
_PRIVATE_WAVE_FIELDS = frozenset(("source", "waive"))
_ITEM_FIELDS = frozenset(("moments", "actors", "content", "campaigns", "waive"))
_NESTED_FIELDS = ("organiser", "design", "publish")


def compare_plans(
    old: Plan, new: Plan, *, public: bool = False, actions: Mapping[str, ActionChanges] = _NO_ACTIONS
) -> PlanChanges:
    """Return what changed from one state of a plan to another.

    With ``public``, only what readers of publications see: drafts, notes for colleagues, ids, waivers and the settings
    of the programme do not count, and a draft that becomes public is a new moment. ``actions`` are the changes of the
    registers by wave. What could not be read on one side because of errors is not compared.
    """
    earlier_ids = match_waves(old, new)
    names = NameHistory(old), NameHistory(new)
    programmes = (old.programme, new.programme)
    programme = _compare_programmes(*(map(_public_programme, programmes) if public else programmes))
    moments = compare_moments(old, new, names, earlier_ids, public=public)
    languages = new.programme.languages
    by_wave: dict[str, list[MomentChange]] = {}
    for moment in sorted(moments, key=lambda one: group_key(one.state.group, one.state.group.when, languages)):
        by_wave.setdefault(moment.wave, []).append(moment)
    removed = {wave_id: None for wave_id in old.waves if wave_id not in earlier_ids.values()}
    changes = []
    unreadable = {*old.files} - {*old.waves} | {*new.files} - {*new.waves}
    for wave_id in dict.fromkeys((*new.waves, *removed)):
        if wave_id in unreadable:
            continue
        old_id = earlier_ids.get(wave_id) if wave_id in new.waves else wave_id
        before, after = old.waves.get(old_id or ""), new.waves.get(wave_id)
        own = tuple(_without_unread(by_wave.pop(wave_id, ()), old, new, wave_id))
        change = WaveChange(wave_id, None if public or old_id == wave_id else old_id, before, after, moments=own)
        if after and before != after:
            empty = Wave.model_construct(title=after.title)
            change = _compare_waves(change, before or empty, after, (old, new), public=public)
        found = actions.get(wave_id)
        changes.append(change._replace(actions=found if found and any(found) else None))
    return PlanChanges(old, new, programme, tuple(change for change in changes if not change.is_empty))


def match_waves(old: Plan, new: Plan) -> dict[str, str]:
    """Return the old id of each wave of the new plan that the old one has too, under this or an earlier name."""
    found = {wave_id: wave_id for wave_id in new.waves if wave_id in old.waves}
    for one, other, is_forward in ((new, old, True), (old, new, False)):  # backward: a change is taken back
        for wave_id, wave in one.waves.items():
            if wave_id in other.waves:
                continue
            earlier = next((name for name in wave.was if name in other.waves and name not in one.files), None)
            if earlier is not None:
                key, value = (wave_id, earlier) if is_forward else (earlier, wave_id)
                if value not in found.values():
                    found.setdefault(key, value)
    return found


def _without_unread(moments: Sequence[MomentChange], old: Plan, new: Plan, wave: str) -> Iterator[MomentChange]:
    """Return the changes of moments but those that are only missing because they could not be read."""
    lacks = [plan.is_incomplete(wave, "moments") for plan in (old, new)]
    for change in moments:
        if not (lacks[0] and change.before is None) and not (lacks[1] and change.after is None):
            yield change


# -- the programme


def _public_programme(programme: Programme) -> Programme:
    return Programme.model_construct(**{field: getattr(programme, field) for field in _PUBLIC_PROGRAMME_FIELDS})


def _compare_programmes(before: Programme, after: Programme) -> ProgrammeChange:
    if before == after and list(before.priorities) == list(after.priorities):
        return ProgrammeChange()
    texts = TextComparison()
    facts = [*compare_fields(before, after, texts, (), "", skip=("priorities", "regions", "feeds", "actors"))]
    facts = [fact for fact in facts if fact.field not in _NESTED_FIELDS]
    for field in _NESTED_FIELDS:
        old, new = getattr(before, field), getattr(after, field)
        if old is None or new is None:
            facts += [FactChange(field, old, new)] if old != new else []
        else:
            owner = new.name if field == "organiser" else ""
            facts += (
                fact._replace(field=f"{field}.{fact.field}")
                for fact in compare_fields(old, new, texts, (field,), owner)
            )
    items = [*_compare_texts_by_id("priorities", before.priorities, after.priorities, texts)]
    if list(before.priorities) != list(after.priorities) and not any(item.is_new_or_gone for item in items):
        facts.append(FactChange("priorities", tuple(before.priorities), tuple(after.priorities)))
    items += _compare_blocks_by_id("regions", before.regions, after.regions, texts)
    items += _compare_blocks_by_id("feeds", before.feeds, after.feeds, texts)
    items += _compare_blocks_by_id("actors", before.actors, after.actors, texts)
    return ProgrammeChange(tuple(facts), tuple(items), texts.translations())


def _compare_blocks_by_id(
    field: str, before: Mapping[str, Any], after: Mapping[str, Any], texts: TextComparison
) -> Iterator[ItemChange]:
    """Return what changed in blocks by id: actors, regions, feeds, campaigns."""
    for key in dict.fromkeys((*after, *before)):
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        block: Actor | Region | Feed | BaseModel | None = new or old
        name = getattr(block, "name", None) or key
        facts: Sequence[FactChange] = ()
        if old is not None and new is not None:
            facts = tuple(compare_fields(old, new, texts, (field, key), name))
            if not facts:
                continue
        yield ItemChange(field, key, name, old, new, tuple(facts))


def _compare_texts_by_id(
    field: str,
    before: Mapping[str, Text],
    after: Mapping[str, Text],
    texts: TextComparison,
    names: Mapping[str, Text] | None = None,
) -> Iterator[ItemChange]:
    """Return what changed in texts by id: content, priorities, reasons of waivers; ``names`` are the names of ids."""
    for key in dict.fromkeys((*after, *before)):
        old, new = before.get(key), after.get(key)
        name = (names or {}).get(key) or (key if names is not None else new or old or key)
        if old != new and (old is None or new is None or texts.is_reworded((field, key), name, old, new)):
            yield ItemChange(field, key, name, old, new)


# -- a wave


def _compare_waves(
    change: WaveChange, before: Wave, after: Wave, plans: tuple[Plan, Plan], *, public: bool
) -> WaveChange:
    texts = TextComparison()
    old, new = plans
    states = [(new, change.wave), *([(old, change.earlier_id or change.wave)] if change.before else [])]
    unread = {field for field in Wave.model_fields if any(plan.is_incomplete(wave, field) for plan, wave in states)}
    skip = _ITEM_FIELDS | {"was"} | (_PRIVATE_WAVE_FIELDS if public else set()) | unread
    facts = [*compare_fields(before, after, texts, (), "", skip=skip)]
    if {*after.was} - {change.earlier_id} != {*before.was} - {change.wave}:
        facts.append(FactChange("was", before.was, after.was))
    priorities = {**old.programme.priorities, **new.programme.priorities}
    old_actors, new_actors = _actors_by_key(before.actors), _actors_by_key(after.actors)
    items = [*_compare_actors(change, old_actors, new_actors, plans, texts)]
    items += _compare_texts_by_id("content", before.content, after.content, texts, priorities)
    items += _compare_blocks_by_id("campaigns", _by_name(before.campaigns), _by_name(after.campaigns), texts)
    if not public:
        reasons = [(key, before.waive.get(key), after.waive.get(key)) for key in {**after.waive, **before.waive}]
        items += [ItemChange("waive", key, key, reason, other) for key, reason, other in reasons if reason != other]
    for moment in change.moments:
        texts.add(moment.texts)
    items = [item for item in items if item.field not in unread]
    return change._replace(facts=tuple(facts), items=tuple(items), translations=texts.translations())


def _actors_by_key(actors: Sequence[WaveActor]) -> dict[str, WaveActor]:
    """Return the actors of a wave by id; those without one by their name."""
    return {actor.id or f" {normalize_name(all_translations(actor.name)[0])}": actor for actor in actors}


def _by_name(blocks: Sequence[Any]) -> dict[str, Any]:
    return {all_translations(block.name)[0]: block for block in blocks}


def _compare_actors(
    change: WaveChange,
    before: Mapping[str, WaveActor],
    after: Mapping[str, WaveActor],
    plans: tuple[Plan, Plan],
    texts: TextComparison,
) -> Iterator[ItemChange]:
    for key in dict.fromkeys((*after, *before)):
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        plan, wave = (plans[1], change.wave) if new else (plans[0], change.earlier_id or change.wave)
        listed = new or old
        name = listed.name if listed and listed.name else resolve_actor_name(plan, key, (wave,)).name or key.strip()
        facts: tuple[FactChange, ...] = ()
        if old and new:
            facts = tuple(compare_fields(old, new, texts, ("actors", key), name))
            if not facts:
                continue
        yield ItemChange("actors", key.strip(), name, old, new, facts)
