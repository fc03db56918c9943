"""Compare the moments of two states of a plan, each recognised by its present and earlier names."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from wavectl.dates.comparison import has_moved, precision_change
from wavectl.dates.edtf import Point, When
from wavectl.diagnostics import Message
from wavectl.insights.plan_changes.values import FactChange, TextComparison, TranslatedText, compare_fields, is_changed
from wavectl.model import Moment, Status
from wavectl.plan.loader import Plan
from wavectl.timeline.firm_by import is_firm
from wavectl.timeline.groups import NO_PLACE, MomentGroup, resolve_groups
from wavectl.timeline.name_history import NameHistory
from wavectl.timeline.public_plan import PRIVATE_FIELDS
from wavectl.timeline.silent_months import SCHEDULED_STATUSES
from wavectl.timeline.ties import Member


class MomentChangeKind(StrEnum):
    """What has happened to a moment."""

    ADDED = "added"
    REMOVED = "removed"
    PUBLISHED = "published"  # it was a draft
    UNPUBLISHED = "unpublished"  # it is a draft now
    WAVE_CHANGED = "wave-changed"
    ID_CHANGED = "id-changed"
    MOVED = "moved"  # to a date that is not within the one before
    FIRMED_UP = "firmed-up"  # exact and confirmed now
    BLURRED = "blurred"  # not exact and confirmed any more, but still to take place
    NARROWED = "narrowed"  # more precise, but not firm
    WIDENED = "widened"  # less precise, and was not firm
    RESTORED = "restored"
    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    RELOCATED = "relocated"
    RENAMED = "renamed"
    TIED = "tied"
    UNTIED = "untied"
    REPEATED = "repeated"  # another rule, or occurrences that differ
    ACTORS = "actors"
    DETAILS = "details"
    TRANSLATED = "translated"  # nothing but translations


class MomentState(NamedTuple):
    """A moment of a plan, and the real-world moment that it is or that it is tied to: shown date, status, place."""

    member: Member
    group: MomentGroup


class MomentChange(NamedTuple):
    """The changes of a moment in ``wave``; ``before`` is None for a new one, ``after`` for one that was removed.

    ``facts`` are what changed in one that was there before and after. ``also_in`` are the other waves that show these
    changes through ties. ``texts`` are the translations that it got and lost.
    """

    wave: str
    before: MomentState | None
    after: MomentState | None
    facts: tuple[FactChange, ...] = ()
    also_in: tuple[str, ...] = ()
    texts: tuple[TranslatedText, ...] = ()

    @property
    def state(self) -> MomentState:
        """The present state, or the last one of a moment that was removed."""
        state = self.after or self.before
        assert state is not None  # noqa: S101 - a change has one of the two
        return state

    @property
    def reference(self) -> str:
        """The present reference, or the last one of a moment that was removed."""
        return self.state.member.reference

    @property
    def is_draft(self) -> bool:
        """Whether it is, and was, not public."""
        return all(one.member.moment.draft for one in (self.before, self.after) if one)

    @property
    def kinds(self) -> tuple[MomentChangeKind, ...]:
        """What has happened to it, each once."""
        if self.before is None or self.after is None:
            return (MomentChangeKind.ADDED if self.before is None else MomentChangeKind.REMOVED,)
        kinds = (MomentChangeKind(kind) for fact in self.facts for kind in fact.kinds)
        return tuple(dict.fromkeys(kinds)) or (MomentChangeKind.TRANSLATED,)


_TIE_FIELDS = frozenset(("same_as", "when", "repeat", "place", "status"))
"""What comes from the group of tied moments."""
_DATE_FIELDS = ("when", "repeat", "except")
_OTHER_KINDS = {"title": MomentChangeKind.RENAMED, "actors": MomentChangeKind.ACTORS}


def compare_moments(
    old: Plan, new: Plan, names: tuple[NameHistory, NameHistory], earlier_ids: Mapping[str, str], *, public: bool
) -> list[MomentChange]:
    """Return the changes of moments; ``earlier_ids`` are the old ids of the new plan's waves. See ``compare_plans``."""
    return _MomentComparison(old, new, names, earlier_ids, public=public).changes()


class _States:
    """The moments of a plan by reference, with what is shown of them; drafts see each other, and nobody sees them."""

    def __init__(self, plan: Plan, *, public: bool) -> None:
        self.by_reference: dict[str, MomentState] = {}
        has_drafts = any(moment.draft for _, _, moment in plan.each_moment("draft"))
        for drafts in (True, False) if has_drafts and not public else (False,):
            for group in resolve_groups(plan, drafts=drafts):
                for member in group.members:
                    if member.moment.draft is drafts:
                        self.by_reference.setdefault(member.reference, MomentState(member, group))


class _MomentComparison:
    def __init__(
        self,
        old: Plan,
        new: Plan,
        names: tuple[NameHistory, NameHistory],
        earlier_ids: Mapping[str, str],
        *,
        public: bool,
    ) -> None:
        self._earlier_ids, self._public = earlier_ids, public
        self._new_ids = {earlier: present for present, earlier in earlier_ids.items()}
        is_same = old.moments == new.moments and earlier_ids.keys() == old.waves.keys() == new.waves.keys()
        self._old, self._new = ({} if is_same else _States(plan, public=public).by_reference for plan in (old, new))
        self._pairs = dict(self._match(names))
        self._unread = [_unread_fields(plan) for plan in (old, new)]
        self._shown: dict[str, set[tuple[Any, ...]]] = {}

    def _match(self, names: tuple[NameHistory, NameHistory]) -> Iterator[tuple[str, str]]:
        """Yield the new and old reference of each moment that is in both states."""
        taken: set[str] = set()
        matched: set[str] = set()
        old_names, new_names = names
        for reference, state in self._new.items():
            for name in new_names.names_of(state.member):
                if name in self._old and name not in taken:
                    taken.add(name)
                    matched.add(reference)
                    yield reference, name
                    break
        if len(taken) == len(self._old):
            return
        for reference, state in self._old.items():  # a change that is taken back: ``was`` has the present name
            if reference in taken:
                continue
            for name in old_names.names_of(state.member):
                if name in self._new and name not in matched:
                    matched.add(name)
                    yield name, reference
                    break

    def changes(self) -> list[MomentChange]:
        """Return the changes, in no order that matters."""
        found = [
            MomentChange(state.member.wave, None, state)
            for reference, state in self._new.items()
            if reference not in self._pairs
        ]
        gone = self._old.keys() - self._pairs.values()
        for reference in sorted(gone):
            state = self._old[reference]
            found.append(MomentChange(self._new_ids.get(state.member.wave, state.member.wave), state, None))
        pairs = [(self._old[old], self._new[new]) for new, old in self._pairs.items()]
        # what tied moments share is a change of the one whose file changed
        pairs.sort(key=lambda pair: pair[0].member.moment == pair[1].member.moment)
        found += [change for before, after in pairs if (change := self._compare(before, after))]
        return found

    def _compare(self, before: MomentState, after: MomentState) -> MomentChange | None:
        old, new = before.member.moment, after.member.moment
        if old == new and before.group[1:6] == after.group[1:6] and before.member.wave == after.member.wave:
            return None
        texts = TextComparison()
        facts = [
            *self._identity_facts(before, after),
            *self._tie_facts(before, after),
            *self._shown_facts(before, after),
            *self._own_facts(before, after, texts),
        ]
        unread = frozenset().union(
            *(fields.get(one.member.reference, ()) for fields, one in zip(self._unread, (before, after), strict=True))
        )
        facts = [fact for fact in facts if fact.field not in unread]
        if not facts and not texts.found:
            return None
        also_in = tuple(wave for wave in after.group.waves if wave != after.member.wave)
        return MomentChange(after.member.wave, before, after, tuple(facts), also_in, tuple(texts.found))

    def _identity_facts(self, before: MomentState, after: MomentState) -> Iterator[FactChange]:
        old, new = before.member, after.member
        if new.moment.draft != old.moment.draft:
            kind = MomentChangeKind.UNPUBLISHED if new.moment.draft else MomentChangeKind.PUBLISHED
            yield FactChange("draft", old.moment.draft, new.moment.draft, (kind,))
        if self._earlier_ids.get(new.wave) != old.wave:
            yield FactChange("wave", old.wave, new.wave, (MomentChangeKind.WAVE_CHANGED,))
        if self._public:  # ids are for those who write the plan
            return
        if old.moment.id != new.moment.id:
            yield FactChange("id", old.moment.id, new.moment.id, (MomentChangeKind.ID_CHANGED,))
        elif old.moment.was != new.moment.was and old.wave == new.wave:
            yield FactChange("was", old.moment.was, new.moment.was, (MomentChangeKind.DETAILS,))

    def _root_change(self, before: MomentState, after: MomentState) -> tuple[str | None, str | None]:
        """Return the references of the moments that it was and is tied to, None for none; the same if it still is."""
        old, new = before.group.root.reference, after.group.root.reference
        if self._pairs.get(new, new) == old:
            old = new
        was_tied, is_tied = before.member.moment.same_as is not None, after.member.moment.same_as is not None
        return old if was_tied else None, new if is_tied else None

    def _tie_facts(self, before: MomentState, after: MomentState) -> Iterator[FactChange]:
        old, new = self._root_change(before, after)
        if old != new and before.member.moment.same_as != after.member.moment.same_as:
            yield FactChange("same_as", old, new, (MomentChangeKind.TIED if new else MomentChangeKind.UNTIED,))

    def _shown_facts(self, before: MomentState, after: MomentState) -> Iterator[FactChange]:
        """Yield what changed in what is shown of a moment; once for all moments that are tied together."""
        old, new = before.group, after.group
        status_kinds = _status_kinds(old.status, new.status)
        if _meaning(old.when) != _meaning(new.when):
            kinds = _date_kinds((old.when, old.status), (new.when, new.status))
            yield from self._once(after, FactChange("when", old.when, new.when, kinds))
        elif status_kinds and (firmness := _firmness_kind((old.when, old.status), (new.when, new.status))):
            status_kinds = (*status_kinds, firmness)
        if status_kinds:
            yield from self._once(after, FactChange("status", old.status, new.status, status_kinds))
        if old.rule != new.rule:
            rules = (old.rule and old.rule.text, new.rule and new.rule.text)
            yield from self._once(after, FactChange("repeat", *rules, (MomentChangeKind.REPEATED,)))
        path, texts = ("moments", 0, "place"), TextComparison()  # translations are the moment's own
        if old.place != new.place and is_changed("place", old.place, new.place, texts, path, ""):
            known, now = (None if place == NO_PLACE else place for place in (old.place, new.place))
            yield from self._once(after, FactChange("place", known, now, (MomentChangeKind.RELOCATED,)))

    def _once(self, state: MomentState, fact: FactChange) -> Iterator[FactChange]:
        """Yield a change of what tied moments share, unless another of them has it."""
        shown = self._shown.setdefault(state.group.root.reference, set())
        key = (fact.field, str(fact.before), str(fact.after))
        if key not in shown:
            shown.add(key)
            yield fact

    def _own_facts(self, before: MomentState, after: MomentState, texts: TextComparison) -> Iterator[FactChange]:
        """Yield what changed in the moment's own file, and is not shown already."""
        old, new = before.member.moment, after.member.moment
        if old == new:
            return
        skip = {"id", "same_as", "was", "draft", "exceptions"} | (set(PRIVATE_FIELDS) if self._public else set())
        roots = self._root_change(before, after)
        is_retied = roots[0] != roots[1]
        for fact in compare_fields(old, new, texts, ("moments", 0), new.title, skip=skip):
            if fact.field in _TIE_FIELDS:
                if is_retied or self._is_shown(fact, before, after):
                    continue
            elif is_retied and fact.after is None and getattr(after.group, fact.field, None):
                continue  # the moment that it is tied to says it
            yield fact._replace(kinds=(_OTHER_KINDS.get(fact.field, MomentChangeKind.DETAILS),))
        yield from _occurrence_facts(old, new, texts)

    @staticmethod
    def _is_shown(fact: FactChange, before: MomentState, after: MomentState) -> bool:
        """Tell whether a change of the moment's own date, status, rule or place is one of what is shown, or none."""
        old, new = before.group, after.group
        if fact.field == "when":
            stated = all(isinstance(one, When) for one in (fact.before, fact.after))
            is_same = stated and _meaning(fact.before) == _meaning(fact.after)
            return is_same or _meaning(old.when) != _meaning(new.when)
        if fact.field == "status":
            same = (fact.before or Status.CONFIRMED) is (fact.after or Status.CONFIRMED)
            return old.status is not new.status or (same and after.member.moment.same_as is None)
        return bool(old.rule != new.rule if fact.field == "repeat" else old.place != new.place)


def _unread_fields(plan: Plan) -> dict[str, set[str]]:
    """Return the keys of moments whose values could not be read, by reference; a date is lost with its rule."""
    found: dict[str, set[str]] = {}
    for finding in plan.findings:
        if finding.path[:1] != ("moments",) or len(finding.path) < 3 or finding.wave is None:
            continue
        moments = plan.documents[finding.file].data["moments"]
        fields = found.setdefault(f"{finding.wave}/{moments[finding.path[1]].get('id')}", set())
        key = str(finding.path[2])
        fields.update(_DATE_FIELDS if key in _DATE_FIELDS else (key,))
    return found


def _occurrence_facts(old: Moment, new: Moment, texts: TextComparison) -> Iterator[FactChange]:
    """Yield the occurrences of a repeating moment that differ in another way now."""
    for key in dict.fromkeys((*new.exceptions, *old.exceptions)):
        before, after = old.exceptions.get(key), new.exceptions.get(key)
        if before == after:
            continue
        if before is not None and after is not None:
            owner = Message("{moment}, {day}", {"moment": new.title, "day": key})
            if not [*compare_fields(before, after, texts, ("moments", 0, "except", key), owner)]:
                continue
        yield FactChange("except", before, after, (MomentChangeKind.REPEATED,), key)


# -- dates


def _meaning(when: When) -> tuple[object, ...]:
    """Return what a date means: two ways to write one date have the same."""
    return when.form, _point_meaning(when.start), _point_meaning(when.end), tuple(map(_point_meaning, when.choices))


def _point_meaning(point: Point | None) -> tuple[object, ...] | None:
    return point and point[1:]


_DatedStatus = tuple[When, Status]


def _date_kinds(before: _DatedStatus, after: _DatedStatus) -> tuple[MomentChangeKind, ...]:
    """Return what another date means: whether it is another one, and how certain it is now."""
    moved = (MomentChangeKind.MOVED,) if has_moved(before[0], after[0]) else ()
    firmness = _firmness_kind(before, after)
    if firmness is None and (change := precision_change(before[0], after[0])):
        firmness = MomentChangeKind.NARROWED if change > 0 else MomentChangeKind.WIDENED
    return (*moved, *((firmness,) if firmness else ())) or (MomentChangeKind.DETAILS,)


def _firmness_kind(before: _DatedStatus, after: _DatedStatus) -> MomentChangeKind | None:
    was_firm, firm = is_firm(*before), is_firm(*after)
    if was_firm == firm:
        return None
    if firm:
        return MomentChangeKind.FIRMED_UP
    return MomentChangeKind.BLURRED if after[1] in SCHEDULED_STATUSES else None


def _status_kinds(before: Status, after: Status) -> tuple[MomentChangeKind, ...]:
    if before is after:
        return ()
    if after in SCHEDULED_STATUSES and before not in SCHEDULED_STATUSES:
        return (MomentChangeKind.RESTORED, *([MomentChangeKind.TENTATIVE] if after is Status.TENTATIVE else []))
    return (MomentChangeKind(after.value),)
