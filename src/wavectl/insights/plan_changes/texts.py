"""Say in words what changed: rows of what it is about, what happened to it, and how it was and is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from pydantic import BaseModel

from wavectl.actions.comparison import ActionChanges
from wavectl.dates.edtf import When, parse
from wavectl.dates.recurrence import RecurrenceRule
from wavectl.diagnostics import Message, phrase
from wavectl.i18n.date_format import format_date
from wavectl.i18n.names import country_name, format_number, language_name
from wavectl.i18n.repeat_format import format_repeating_date
from wavectl.insights.plan_changes import PlanChanges, WaveChange
from wavectl.insights.plan_changes.moments import MomentChange, MomentChangeKind, MomentState
from wavectl.insights.plan_changes.values import TEXT_FIELDS, FactChange, ItemChange, TranslationChanges
from wavectl.model import Moment, OccurrenceChange, Place, Programme, Status, Wave, all_translations, localized_text
from wavectl.model.types import COUNTRIES
from wavectl.render.context import ACTOR_KIND_LABELS, KIND_LABELS, RenderContext, date_state
from wavectl.text.terminal import printable
from wavectl.timeline.actors import resolve_actor_name
from wavectl.timeline.groups import to_local_time
from wavectl.timeline.public_plan import PRIVATE_FIELDS

MAX_TEXT_LENGTH = 240
"""How many characters of a text are shown."""
_WORDS_AROUND = 30
"""How many characters at least are shown around what differs in a long text."""
_MAX_NAMES = 5
"""How many texts are named that got or lost a translation."""
KIND_TEXTS: Mapping[MomentChangeKind, str] = {
    MomentChangeKind.ADDED: phrase("new"),
    MomentChangeKind.REMOVED: phrase("removed"),
    MomentChangeKind.PUBLISHED: phrase("public now"),
    MomentChangeKind.UNPUBLISHED: phrase("a draft now"),
    MomentChangeKind.WAVE_CHANGED: phrase("in another wave"),
    MomentChangeKind.ID_CHANGED: phrase("another id"),
    MomentChangeKind.MOVED: phrase("moved"),
    MomentChangeKind.FIRMED_UP: phrase("firm now"),
    MomentChangeKind.BLURRED: phrase("no longer firm"),
    MomentChangeKind.NARROWED: phrase("more precise"),
    MomentChangeKind.WIDENED: phrase("less precise"),
    MomentChangeKind.RESTORED: phrase("scheduled again"),
    MomentChangeKind.CONFIRMED: phrase("confirmed"),
    MomentChangeKind.TENTATIVE: phrase("to be confirmed"),
    MomentChangeKind.POSTPONED: phrase("postponed"),
    MomentChangeKind.CANCELLED: phrase("cancelled"),
    MomentChangeKind.RELOCATED: phrase("another place"),
    MomentChangeKind.RENAMED: phrase("renamed"),
    MomentChangeKind.TIED: phrase("tied"),
    MomentChangeKind.UNTIED: phrase("no longer tied"),
    MomentChangeKind.REPEATED: phrase("other dates of the series"),
    MomentChangeKind.ACTORS: phrase("other actors"),
    MomentChangeKind.DETAILS: phrase("details"),
    MomentChangeKind.TRANSLATED: phrase("translated"),
}
"""What has happened to a moment, in words."""
_ITEM_TEXTS: Mapping[str, tuple[str, str, str]] = {
    "actors": (phrase("new actor"), phrase("actor removed"), phrase("actor changed")),
    "content": (phrase("new content"), phrase("content removed"), phrase("content changed")),
    "campaigns": (phrase("new campaign"), phrase("campaign removed"), phrase("campaign changed")),
    "waive": (phrase("new waiver"), phrase("waiver removed"), phrase("waiver changed")),
    "priorities": (phrase("new priority"), phrase("priority removed"), phrase("priority renamed")),
    "regions": (phrase("new region"), phrase("region removed"), phrase("region changed")),
    "feeds": (phrase("new feed"), phrase("feed removed"), phrase("feed changed")),
}
"""What has happened to an item, by the key that holds it."""
ACTION_TEXTS: Mapping[str, tuple[str, str]] = {
    "new": (phrase("1 new action"), phrase("{count} new actions")),
    "moved": (phrase("1 action moved"), phrase("{count} actions moved")),
    "changed": (phrase("1 action changed"), phrase("{count} actions changed")),
    "merged": (phrase("1 action merged"), phrase("{count} actions merged")),
    "accepted": (phrase("1 action accepted"), phrase("{count} actions accepted")),
    "refused": (phrase("1 action refused"), phrase("{count} actions refused")),
    "reported": (phrase("1 action with a result now"), phrase("{count} actions with a result now")),
    "cancelled": (phrase("1 action cancelled"), phrase("{count} actions cancelled")),
    "forgotten": (phrase("1 action forgotten"), phrase("{count} actions forgotten")),
    "removed": (phrase("1 action removed"), phrase("{count} actions removed")),
}
"""What happened to actions, for one and for several, by the field of ``ActionChanges``."""
_ADDED, _REMOVED = phrase("added"), phrase("removed")
_YES, _NO = phrase("yes"), phrase("no")


class ChangeRow(NamedTuple):
    """A change in words: what it is about, what happened or which fact it is, and how it was and is."""

    subject: str
    happened: str
    details: str
    state: str = ""
    """The state of a moment now, or of the occurrence that changed, a key of ``STATE_MARKS``; "" for anything else."""
    kinds: tuple[MomentChangeKind, ...] = ()
    """What has happened to a moment."""

    def is_minor(self) -> bool:
        """Tell whether people can still come on the day that they know."""
        return _MAJOR.isdisjoint(self.kinds)


_MAJOR = {
    MomentChangeKind.REMOVED, MomentChangeKind.UNPUBLISHED, MomentChangeKind.CANCELLED, MomentChangeKind.POSTPONED,
    MomentChangeKind.MOVED,
}  # fmt: skip


class ChangeWriter:
    """Says the changes of a plan in the reader's words."""

    def __init__(self, changes: PlanChanges, context: RenderContext) -> None:
        self._changes, self._context = changes, context

    # -- rows

    def programme_rows(self) -> Iterator[ChangeRow]:
        """Yield the changes of the programme."""
        change = self._changes.programme
        yield from (self._fact_row(fact, Programme) for fact in change.facts)
        yield from self._item_rows(change.items, "")
        yield from self._translation_rows(change.translations)
        if any(self._changes.sources):
            text = self._t(phrase("new: {new}, changed: {changed}, removed: {removed}"))
            counts = {
                name: format_number(n, self._context.language) for name, n in self._changes.sources._asdict().items()
            }
            yield ChangeRow(
                self._t("The programme"), self._t(phrase("Sources of local actions")), text.format(**counts)
            )

    def wave_rows(self, wave: WaveChange) -> Iterator[ChangeRow]:
        """Yield the changes of a wave but those of drafts: what it is, its moments, then all that belongs to it."""
        if wave.before is None or wave.after is None:
            known = wave.after or wave.before
            subject = phrase("New wave") if wave.after else phrase("Wave removed")
            yield ChangeRow(self._t("Wave"), self._t(subject), self._context.period(known) if known else "")
        elif wave.earlier_id:
            yield ChangeRow(self._t("Wave"), self._t(phrase("Id of the wave")), _arrow(wave.earlier_id, wave.wave))
        if wave.before is None:
            yield from self._new_wave_rows(wave)
        else:
            yield from (self._fact_row(fact, Wave) for fact in wave.facts)
        for moment in wave.moments:
            if not moment.is_draft:
                yield from self.moment_rows(moment)
        yield from self._item_rows(wave.items if wave.before else (), wave.wave)
        yield from self._translation_rows(wave.translations)
        if wave.actions:
            yield ChangeRow(self._t("Wave"), self._t("Local actions"), self.actions(wave.actions))

    def _new_wave_rows(self, wave: WaveChange) -> Iterator[ChangeRow]:
        """Yield what a new wave says but its calendar and its moments, a row for each key of its file."""
        for fact in wave.facts:
            if fact.field != "period":
                yield ChangeRow(self._t("Wave"), self._label(Wave, fact.field), self._new_value(fact, wave.wave))
        for field, items in groupby(wave.items, attrgetter("field")):
            named = ((self._short_text(item.name), self._item_details(item)) for item in items)
            texts = (f"{name} ({details})" if details else name for name, details in named)
            yield ChangeRow(self._t("Wave"), self._label(Wave, field), ", ".join(texts))

    def draft_rows(self) -> Iterator[ChangeRow]:
        """Yield the changes of moments that are drafts, which nobody but the team sees."""
        for wave in self._changes.waves:
            title = self._text(wave.title)
            for moment in wave.moments:
                for row in self.moment_rows(moment) if moment.is_draft else ():
                    yield row._replace(subject=f"{row.subject} ({title})")

    def moment_rows(self, change: MomentChange) -> Iterator[ChangeRow]:
        """Yield the changes of a moment; translations are counted by wave."""
        state = change.state
        title, mark = self._short_text(state.member.moment.title), date_state(state.group.when, state.group.status)
        if change.before is None or change.after is None:
            yield ChangeRow(title, self._t(KIND_TEXTS[change.kinds[0]]), self._dated(state), mark, change.kinds)
            return
        for fact in change.facts:
            kinds, own = _occurrence_kinds(fact), mark
            if fact.field == "except" and fact.after and fact.after.status:
                own = date_state(fact.after.when or parse(fact.key), fact.after.status)
            happened = ", ".join(self._t(KIND_TEXTS[kind]) for kind in kinds)
            if kinds == (MomentChangeKind.DETAILS,):
                happened = self._label(Moment, fact.field)
                if fact.field in PRIVATE_FIELDS:
                    happened = f"{happened} ({self._t(phrase('internal'))})"
            yield ChangeRow(title, happened, self.fact_text(fact, change), own, kinds)

    def _fact_row(self, fact: FactChange, model: type[BaseModel]) -> ChangeRow:
        subject = self._t("Wave" if model is Wave else "The programme")
        return ChangeRow(subject, self._label(model, fact.field), self.fact_text(fact))

    def _item_rows(self, items: Iterable[ItemChange], wave: str) -> Iterator[ChangeRow]:
        for item in items:
            new, removed, changed = _ITEM_TEXTS[item.field]
            happened = self._t(new if item.before is None else removed if item.after is None else changed)
            name = self._short_text(item.name)
            if not item.facts:
                yield ChangeRow(name, happened, self._item_details(item))
            for fact in item.facts:
                label = self._label(type(item.after), fact.field)
                yield ChangeRow(name, happened, self._context.labelled(label, self.fact_text(fact, wave=wave)))

    def _item_details(self, item: ItemChange) -> str:
        """Return what matters of an item that is new or gone, and the words of a text that changed."""
        block = item.after or item.before
        if item.before is not None and item.after is not None:
            return self._changed_text(item.before, item.after)
        if item.field == "waive":
            return self._short_text(block)
        if item.field == "campaigns" and block.hashtag:
            return str(block.hashtag)
        if item.field == "actors" and not getattr(block, "confirmed", True):
            return self._t("to be confirmed")
        return ""

    def _translation_rows(self, translations: Iterable[TranslationChanges]) -> Iterator[ChangeRow]:
        for each in translations:
            parts = [(_ADDED, each.added), (_REMOVED, each.removed)]
            texts = (self._context.labelled(self._t(label), self._names(labels)) for label, labels in parts if labels)
            name = language_name(each.language, self._context.language)
            yield ChangeRow(self._t(phrase("Translations")), name, self._context.join(texts))

    def _names(self, labels: Sequence[Message]) -> str:
        """Return how many texts there are, and what the first ones are."""
        names = ", ".join(_shorten(self._context.format_message(label)) for label in labels[:_MAX_NAMES])
        more = ", …" if len(labels) > _MAX_NAMES else ""
        return f"{format_number(len(labels), self._context.language)} ({names}{more})"

    def all_actions(self) -> str:
        """Return the counts of the actions of all waves in words; "" if none changed."""
        by_wave = [wave.actions for wave in self._changes.waves if wave.actions]
        return self.actions(ActionChanges(*map(sum, zip(*by_wave, strict=True))))

    def actions(self, changes: ActionChanges) -> str:
        """Return the counts of actions in words: 12 new actions, 3 actions moved."""
        texts = []
        for field, count in changes._asdict().items():
            one, many = ACTION_TEXTS[field]
            number = format_number(count, self._context.language)
            texts += [self._t(one if count == 1 else many).format(count=number)] if count else []
        return ", ".join(texts)

    # -- how a fact was and is

    def fact_text(self, fact: FactChange, moment: MomentChange | None = None, wave: str = "") -> str:
        """Return how a fact was and is: "September 2017 → 14–17 September 2017"."""
        if moment is not None and moment.before and moment.after:
            wave = moment.wave
            if fact.field == "when" and fact.kinds != (MomentChangeKind.DETAILS,):
                return _arrow(self.date(moment.before), self.date(moment.after))
            if fact.field == "draft":
                return self._dated(moment.after)
            if fact.field == "same_as":
                return self._tie_text(fact)
            if fact.field == "except":
                return self._context.labelled(
                    self._day(fact.key), _arrow(*map(self._occurrence, (fact.before, fact.after)))
                )
        if fact.field == "hashtags":
            return self._context.join(self._hashtag_texts(fact))
        if any(type(value) in (list, tuple) for value in (fact.before, fact.after)):
            return self._list_text(fact, wave)
        if fact.field in TEXT_FIELDS and fact.before and fact.after:
            return self._changed_text(fact.before, fact.after)
        return _arrow(*(self._value(fact.field, value, wave) for value in (fact.before, fact.after)))

    def _new_value(self, fact: FactChange, wave: str) -> str:
        """Return what is new where there was nothing."""
        if fact.field == "hashtags" and isinstance(fact.after, dict):
            return self._context.join(f"({language}) {', '.join(tags)}" for language, tags in fact.after.items())
        if isinstance(fact.after, list | tuple):
            return ", ".join(self._item_name(fact.field, one, wave) for one in fact.after)
        return self._value(fact.field, fact.after, wave)

    def _tie_text(self, fact: FactChange) -> str:
        """Return the moment that one is, or was, the same as."""
        reference = fact.after or fact.before or ""
        plan = self._changes.new if fact.after else self._changes.old
        moment, wave = plan.moments.get(reference), plan.waves.get(reference.partition("/")[0])
        title = self._text(moment.title) if moment else reference
        return f"{title} ({self._text(wave.title)})" if wave else title

    def _changed_text(self, before: Any, after: Any) -> str:
        """Return how a text was and is, in each language in which it changed; others than the reader's are named."""
        if not isinstance(before, dict) or not isinstance(after, dict):
            return _arrow(*_shorten_both(*map(self._text, (before, after))))
        reader = self._context.language
        changed = [language for language in after if language in before and before[language] != after[language]]
        if not changed:
            return _arrow(*_shorten_both(*map(self._text, (before, after))))
        texts = []
        for language in sorted(changed, key=lambda one: one != reader):
            text = _arrow(*_shorten_both(printable(before[language]), printable(after[language])))
            texts.append(text if language == reader else f"({language}) {text}")
        return self._context.join(texts)

    def _hashtag_texts(self, fact: FactChange) -> Iterator[str]:
        """Yield the hashtags that were added and removed, by language where they differ by language."""
        old, new = (
            value if isinstance(value, dict) else dict.fromkeys(other if isinstance(other, dict) else [""], value)
            for value, other in ((fact.before, fact.after), (fact.after, fact.before))
        )
        seen: set[str] = set()
        for language in dict.fromkeys((*new, *old)):
            before, after = old.get(language) or [], new.get(language) or []
            text = self._differences(before, after)
            if before != after and text not in seen:
                seen.add(text)
                yield f"({language}) {text}" if language and len({*new, *old}) > 1 else text

    def _list_text(self, fact: FactChange, wave: str) -> str:
        before, after = (
            [self._item_name(fact.field, one, wave) for one in value or ()] for value in (fact.before, fact.after)
        )
        return self._differences(before, after)

    def _differences(self, before: Sequence[str], after: Sequence[str]) -> str:
        """Return what was added to a list and removed from it; the lists themselves if only their order changed."""
        parts = [
            (_ADDED, [one for one in after if one not in before]),
            (_REMOVED, [one for one in before if one not in after]),
        ]
        texts = [self._context.labelled(self._t(label), ", ".join(found)) for label, found in parts if found]
        return self._context.join(texts) if texts else _arrow(", ".join(before), ", ".join(after))

    def _item_name(self, field: str, value: Any, wave: str) -> str:
        programme = self._changes.new.programme
        name: Any = None
        if field == "actors":
            name = resolve_actor_name(self._changes.new, value, (wave,)).name
            name = name or resolve_actor_name(self._changes.old, value, (wave,)).name
        elif field == "priorities":
            name = programme.priorities.get(value) or self._changes.old.programme.priorities.get(value)
        elif field == "regions":
            region = programme.regions.get(value) or self._changes.old.programme.regions.get(value)
            name = region.name if region else None
        elif field in ("languages", "publish.languages"):
            name = language_name(value, self._context.language)
        elif field in ("waves", "wave"):
            known = self._changes.new.waves.get(value) or self._changes.old.waves.get(value)
            name = known.title if known else None
        return _shorten(self._text(name) or self._value(field, value, wave))

    def _value(self, field: str, value: Any, wave: str = "") -> str:
        """Return a value in the reader's words; "" for nothing."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return self._t(_YES if value else _NO)
        if isinstance(value, When):
            return format_date(value, self._context.language)
        if isinstance(value, RecurrenceRule):
            value = value.text
        if isinstance(value, Place):
            return _shorten(self._context.place(value))
        if isinstance(value, BaseModel):
            return self._short_text(getattr(value, "name", None))
        if field == "wave":
            return self._item_name(field, value, wave) if wave != "" else str(value)
        if field == "source" and isinstance(value, dict):
            return _shorten(printable(" / ".join(all_translations(value))))
        if isinstance(value, dict):
            return self._short_text(value)
        return self._word(field, str(value), wave)

    def _word(self, field: str, text: str, wave: str) -> str:
        context = self._context
        if field == "repeat":
            return context.repeat(text)
        if field in ("status", "scope"):
            return self._t(text)
        if field == "kind":
            kinds = {**KIND_LABELS, **{str(kind): label for kind, label in ACTOR_KIND_LABELS.items()}}
            return self._t(kinds.get(text, text))
        if field in ("country", "countries") and text in COUNTRIES:
            return country_name(text, context.language)
        if field in ("owner", "part_of"):
            return self._text(resolve_actor_name(self._changes.new, text, (wave,)).name or text)
        return _shorten(printable(text))

    def _dated(self, state: MomentState) -> str:
        """Return the date and the place of a moment."""
        place = _shorten(self._context.place(state.group.place))
        return " · ".join(part for part in (self.date(state), place) if part)

    def date(self, state: MomentState) -> str:
        """Return the date that is shown of a moment, in words."""
        group = state.group
        text = self._context.local_date(to_local_time(group.when, group.zone), group.zone)
        return format_repeating_date(text, group.rule, self._context.language)

    def _day(self, text: str) -> str:
        return format_date(parse(text), self._context.language)

    def _occurrence(self, change: OccurrenceChange | None) -> str:
        """Return what differs in an occurrence."""
        if change is None:
            return self._t("as planned")
        values = ((field, getattr(change, field)) for field in type(change).model_fields)
        return ", ".join(self._value(field, value) for field, value in values if value is not None)

    # -- words

    def _label(self, model: type[BaseModel], field: str) -> str:
        """Return the label of a field, by its title in the reference of the files."""
        for part in field.split("."):
            info = model.model_fields.get(part) or next(
                (one for name, one in model.model_fields.items() if one.alias == part), None
            )
            title = info.title if info else None
            nested = info.default_factory if info else None
            model = nested if isinstance(nested, type) and issubclass(nested, BaseModel) else model
        if field.startswith("organiser."):
            title = phrase("Organiser")
        return self._t(title or field.replace("_", " "))

    def _t(self, text: str) -> str:
        return self._context.translate(text)

    def _text(self, text: Any) -> str:
        return printable(localized_text(text, self._context.languages))

    def _short_text(self, text: Any) -> str:
        return _shorten(self._text(text))


def _occurrence_kinds(fact: FactChange) -> tuple[MomentChangeKind, ...]:
    """Return what a change of a moment means; of an occurrence that is off or moved now, that it is so."""
    before, after = fact.before, fact.after
    if fact.field == "except" and after:
        if after.status in (Status.POSTPONED, Status.CANCELLED) and (not before or after.status != before.status):
            return (MomentChangeKind(after.status.value),)
        if after.when and (not before or after.when != before.when):
            return (MomentChangeKind.MOVED,)
    return tuple(map(MomentChangeKind, fact.kinds))


def _arrow(before: str, after: str) -> str:
    """Return a value before and after; a dash for nothing."""
    return f"{before or '–'} → {after or '–'}"


def _shorten(text: str) -> str:
    return text if len(text) <= MAX_TEXT_LENGTH else f"{text[: MAX_TEXT_LENGTH - 1]}…"


def _shorten_both(before: str, after: str) -> tuple[str, str]:
    """Return two texts of limited length; of long ones only what differs, with a few words around it."""
    if len(before) + len(after) <= MAX_TEXT_LENGTH:
        return before, after
    start = _shared_length(before, after)
    end = _shared_length(before[start:][::-1], after[start:][::-1])
    first = max(before.rfind(" ", 0, max(start - _WORDS_AROUND, 0)), 0)
    parts = []
    for text in (before, after):
        last = text.find(" ", len(text) - end + _WORDS_AROUND) if end > _WORDS_AROUND else -1
        part = text[first : last if last > 0 else len(text)]
        parts.append(_shorten(f"{'…' if first else ''}{part}{'…' if last > 0 else ''}"))
    return parts[0], parts[1]


def _shared_length(one: str, other: str) -> int:
    """Return the length of the beginning that two texts share."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (first, second) in pairs if first != second), min(len(one), len(other)))
