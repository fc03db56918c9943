"""The page of ``wavectl diff``: what changed in a plan, in words; and its JSON data."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any, NamedTuple

from pydantic import BaseModel

from wavectl.dates.edtf import When
from wavectl.dates.recurrence import RecurrenceRule
from wavectl.diagnostics import msg, phrase
from wavectl.i18n.names import format_number
from wavectl.insights.action_counts import counted
from wavectl.insights.plan_changes import PlanChanges, WaveChange
from wavectl.insights.plan_changes.moments import MomentChange, MomentChangeKind, MomentState
from wavectl.insights.plan_changes.texts import KIND_TEXTS, ChangeRow, ChangeWriter
from wavectl.insights.plan_changes.values import FactChange, ItemChange, TranslationChanges
from wavectl.insights.progress import text_data
from wavectl.render.context import RenderContext
from wavectl.render.page import Cell, Column, Page, PageLine, Section, build_table, page_line, styled_line
from wavectl.render.page import markdown as markdown_page

SCHEMA = "wavectl/diff/1"
LAST_COMMIT = "HEAD"
"""The revision that is the last commit."""
MAX_MARKDOWN_LENGTH = 65_000
"""How long the Markdown may be, in characters: a comment on GitHub has at most 65,536."""


class PlanDiff(NamedTuple):
    """The changes to show, the names of the two states, and what subscribers will see of them.

    ``new`` is None for the files as they are; revisions have a day. ``subscribers`` are sections of the page, and
    ``subscriber_changes`` the same as JSON data; None where nothing was published.
    """

    changes: PlanChanges
    old: str
    new: str | None = None
    old_day: date | None = None
    new_day: date | None = None
    subscribers: tuple[Section, ...] = ()
    subscriber_changes: Any = None


class _Part(NamedTuple):
    heading: str
    rows: tuple[ChangeRow, ...]


def build_page(facts: PlanDiff, context: RenderContext, limit: int | None) -> Page:
    """Return the page with at most ``limit`` changes, None for all."""
    return _build_page(facts, list(_parts(facts.changes, context)), context, limit)


def _build_page(facts: PlanDiff, parts: Sequence[_Part], context: RenderContext, limit: int | None = None) -> Page:
    total = sum(len(part.rows) for part in parts)
    left = total if limit is None else limit
    sections = []
    for part in parts:
        if left > 0:
            sections.append(Section(part.heading, (_table(part.rows[:left], context),)))
        left -= len(part.rows)
    lead = summary(facts, context)
    if left < 0:
        number = counted(-left, *_LEFT_OUT, context)
        lead = (*lead, styled_line(number), styled_line(context.translate("wavectl diff shows all of them"), "hint"))
    return Page(_title(facts, context), lead, (*sections, *facts.subscribers))


_LEFT_OUT = (phrase("1 more change is left out here"), phrase("{count} more changes are left out here"))


def _title(facts: PlanDiff, context: RenderContext) -> str:
    states = ((facts.old, facts.old_day), (facts.new or "", facts.new_day))
    old, new = (f"{name} ({context.day(day)})" if day else name for name, day in states)
    if facts.new is None:
        if facts.old == LAST_COMMIT:
            old = old.replace(LAST_COMMIT, context.translate(phrase("the last commit")), 1)
        return context.format_message(msg("What has changed since {old}", old=old))
    return context.format_message(msg("What changed from {old} to {new}", old=old, new=new))


def summary(facts: PlanDiff, context: RenderContext) -> tuple[PageLine, ...]:
    """Return how many moments changed in which way, or that nothing did; nothing if no moment did."""
    if facts.changes.is_empty:
        return (page_line(context.translate(phrase("Nothing has changed."))),)
    counts = _count_kinds(facts.changes).items()
    texts = [
        f"{context.translate(KIND_TEXTS[kind])} ({format_number(count, context.language)})" for kind, count in counts
    ]
    if not texts:
        return ()
    label = context.translate(phrase("Moments"))
    return (page_line(context.labelled(label, ", ".join(texts))),)


def _count_kinds(changes: PlanChanges) -> dict[MomentChangeKind, int]:
    """Return in how many moments each kind of change happened, in the order of ``KIND_TEXTS``; drafts do not count."""
    counts = Counter(kind for change in changes.moments if not change.is_draft for kind in change.kinds)
    return {kind: counts[kind] for kind in KIND_TEXTS if counts[kind]}


def _parts(changes: PlanChanges, context: RenderContext) -> Iterator[_Part]:
    writer = ChangeWriter(changes, context)
    found = [(context.translate("The programme"), tuple(writer.programme_rows()))]
    found += [(context.text(wave.title), tuple(writer.wave_rows(wave))) for wave in changes.waves]
    found.append((context.translate(phrase("Drafts, which only the team sees")), tuple(writer.draft_rows())))
    yield from (_Part(heading, rows) for heading, rows in found if rows)


def _table(rows: tuple[ChangeRow, ...], context: RenderContext) -> Any:
    headings = (phrase("What"), phrase("Change"), phrase("Before → after"))
    columns = [Column(context.translate(heading), min_width=14) for heading in headings]
    return build_table(columns, rows, lambda row: (Cell(row.subject), Cell(row.happened, row.state), Cell(row.details)))


def render_markdown(facts: PlanDiff, context: RenderContext) -> str:
    """Return the page as Markdown, short enough for a comment; it says what is left out."""
    parts = list(_parts(facts.changes, context))
    rows = sum(len(part.rows) for part in parts)
    if len(_markdown(_build_page(facts, parts, context, 0), context)) > MAX_MARKDOWN_LENGTH:
        text = context.format_message(msg("too long for this place; wavectl diff shows all of it"))
        shortened = (section._replace(blocks=(page_line(text),)) for section in facts.subscribers)
        facts = facts._replace(subscribers=tuple(shortened))

    def rendered(limit: int) -> str:
        return _markdown(_build_page(facts, parts, context, limit), context)

    def is_too_long(limit: int) -> bool:
        return len(rendered(limit)) > MAX_MARKDOWN_LENGTH

    text = rendered(rows)
    if len(text) <= MAX_MARKDOWN_LENGTH:
        return text
    return rendered(max(bisect_left(range(rows), True, key=is_too_long) - 1, 0))


def _markdown(page: Page, context: RenderContext) -> str:
    """Return Markdown in which an at sign calls nobody: GitHub notifies the account that follows one."""
    return markdown_page.render(page, context).replace("@", "@\N{WORD JOINER}")


OTHER_FORMATS = {"markdown": render_markdown}
"""The format that has a bound of its own."""


# -- data


def as_data(facts: PlanDiff, context: RenderContext) -> dict[str, Any]:
    """Return the data for JSON: values as in the plan, with ``text`` in words."""
    return _DataWriter(facts.changes, context).data(facts)


class _DataWriter:
    def __init__(self, changes: PlanChanges, context: RenderContext) -> None:
        self._changes, self._context, self._writer = changes, context, ChangeWriter(changes, context)

    def data(self, facts: PlanDiff) -> dict[str, Any]:
        """Return all data."""
        moments = {kind.value: count for kind, count in _count_kinds(self._changes).items()}
        programme = self._changes.programme
        return {
            "schema": SCHEMA,
            "old": facts.old,
            "new": facts.new,
            "summary": {"waves": len(self._changes.waves), "moments": moments},
            "programme": self._parts(programme.facts, programme.items, programme.translations),
            "waves": [self._wave(wave) for wave in self._changes.waves],
            "sources": self._changes.sources._asdict() if any(self._changes.sources) else None,
            "subscribers": facts.subscriber_changes,
        }

    def _wave(self, wave: WaveChange) -> dict[str, Any]:
        state = "new" if wave.before is None else "removed" if wave.after is None else "changed"
        return {
            "wave": wave.wave,
            "earlier_id": wave.earlier_id,
            "state": state,
            "title": text_data(wave.title, self._context),
            "moments": [self._moment(moment) for moment in wave.moments],
            **self._parts(wave.facts, wave.items, wave.translations, wave.wave),
            "actions": wave.actions._asdict() if wave.actions else None,
        }

    def _moment(self, change: MomentChange) -> dict[str, Any]:
        return {
            "moment": change.reference,
            "earlier": change.before.member.reference if change.before else None,
            "title": text_data(change.state.member.moment.title, self._context),
            "kinds": [kind.value for kind in change.kinds],
            "draft": change.is_draft,
            "also_in": list(change.also_in),
            "before": self._state(change.before),
            "after": self._state(change.after),
            "facts": [self._fact(fact, change) for fact in change.facts],
        }

    def _state(self, state: MomentState | None) -> dict[str, Any] | None:
        if state is None:
            return None
        group = state.group
        return {"when": group.when.text, "text": self._writer.date(state), "status": group.status.value}

    def _parts(
        self,
        facts: tuple[FactChange, ...],
        items: tuple[ItemChange, ...],
        translations: tuple[TranslationChanges, ...],
        wave: str = "",
    ) -> dict[str, Any]:
        return {
            "facts": [self._fact(fact, wave=wave) for fact in facts],
            "items": [
                {
                    "field": item.field,
                    "key": item.key,
                    "name": text_data(item.name, self._context),
                    "state": "new" if item.before is None else "removed" if item.after is None else "changed",
                    "facts": [self._fact(fact, wave=wave) for fact in item.facts],
                }
                for item in items
            ],
            "translations": [
                {
                    "language": each.language,
                    "added": [self._context.format_machine_message(label) for label in each.added],
                    "removed": [self._context.format_machine_message(label) for label in each.removed],
                }
                for each in translations
            ],
        }

    def _fact(self, fact: FactChange, moment: MomentChange | None = None, wave: str = "") -> dict[str, Any]:
        return {
            "field": fact.field,
            **({"occurrence": fact.key} if fact.key else {}),
            **({"kinds": [str(kind) for kind in fact.kinds]} if fact.kinds else {}),
            "before": _plain(fact.before),
            "after": _plain(fact.after),
            "text": self._writer.fact_text(fact, moment, wave),
        }


def _plain(value: Any) -> Any:
    """Return a value of the model as plain data, as a plan writes it."""
    if isinstance(value, When | RecurrenceRule):
        return value.text
    if isinstance(value, BaseModel):
        return {name: _plain(getattr(value, name)) for name in sorted(value.model_fields_set)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
