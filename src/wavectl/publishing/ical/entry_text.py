"""Compose the texts of an entry in the language of its feed: summary, description, place and categories."""

import re
from collections.abc import Iterator
from functools import cache

from wavectl.dates import edtf
from wavectl.dates.edtf import Precision, When
from wavectl.diagnostics import phrase
from wavectl.i18n import translator
from wavectl.i18n.date_format import format_date, format_local_date
from wavectl.i18n.names import format_place
from wavectl.i18n.repeat_format import format_repeating_date
from wavectl.lockfile.entry import LastChange
from wavectl.model import Place, Status, Text, localized_text
from wavectl.plan.loader import Plan
from wavectl.publishing.tracking.changes import STATUS_TEXTS
from wavectl.publishing.tracking.next_lock import PublishedEntry
from wavectl.timeline.actors import resolve_actor_name
from wavectl.timeline.firm_by import is_firm
from wavectl.timeline.groups import MomentGroup, Occurrence, to_local_time

_STATUS_PREFIXES = {Status.POSTPONED: phrase("POSTPONED"), Status.CANCELLED: phrase("CANCELLED")}
_WITHDRAWN = phrase("WITHDRAWN")
_KINDS = {
    "event": phrase("Event"),
    "observance": phrase("Observance"),
    "deadline": phrase("Deadline"),
    "publication": phrase("Publication"),
    "learning": phrase("Learning"),
    "measure": phrase("Measure"),
    "commitment": phrase("Commitment"),
    "communication": phrase("Communication"),
}
"""The kinds of moments and of actions, as categories."""
_MARKUP = re.compile(r"[\[*_\n#]")
"""What the markup of a text has in it."""


class EntryTexts:
    """The texts of a plan's entries; a translated text is taken from the first of ``languages`` that it has.

    What many entries share is cached.
    """

    def __init__(self, plan: Plan, languages: tuple[str, ...]) -> None:
        self.plan, self.languages = plan, languages
        self.translate = translator(languages[0])
        self.actor_name = cache(self._find_actor_name)
        self._wave_message = cache(self._build_wave_message)

    def plan_text(self, text: Text | None) -> str:
        """Return a text of the plan in the first language that it has."""
        return localized_text(text, self.languages)

    def line(self, text: Text | None) -> str:
        """Return a text of the plan on one line, without extra white space."""
        return " ".join(self.plan_text(text).split())

    def plain_text(self, text: Text | None) -> str:
        """Return a Markdown text as plain text: without markup, each paragraph on one line."""
        written = self.plan_text(text).strip()
        if not _MARKUP.search(written):
            return written  # the usual case, kept fast
        plain = re.sub(r"\[([^][]+)\]\(([^)\s]{1,1000})\)", r"\1 (\2)", written)
        plain = re.sub(r"(\*\*|__)(?=\S)|(?<=\S)(\*\*|__)", "", plain)
        plain = re.sub(r"(?m)^(?!#)(.*\S)[ \t]*\n(?![\s#*+>-]|\d+[.)] )", r"\1 ", plain)
        return re.sub(r"(?m)^#+[ \t]+", "", plain)

    def summary(self, published: PublishedEntry, occurrence: Occurrence, *, repeats: bool = False) -> str:
        """Return the title, marked where the date or the status is not firm; ``repeats`` for a whole recurrence."""
        group, change = published.group, occurrence.change
        title = self.line(change.title if change and change.title else group.short or group.title)
        exact = occurrence.when.is_exact
        prefix = _WITHDRAWN if published.lock_entry.withdrawn else _STATUS_PREFIXES.get(occurrence.status)
        if prefix is None and is_firm(occurrence.when, occurrence.status):
            return title
        date = self._local_date(occurrence.local, group.zone)
        if prefix is not None:
            suffix = "" if exact or repeats else f" ({date})"
            form = self.translate("{label}: {text}").replace(" :", "\xa0:")
            return form.format(label=self.translate(prefix), text=f"{title}{suffix}")
        if exact:
            return f"{title} ({self.translate('to be confirmed')})"
        if repeats:  # the same date every year
            date = re.sub(r"( de| of)? \d{4}(–\d{4})?", "", date)
        return f"≈ {title} ({date}, {self.translate('date to be confirmed')})"

    def description(self, published: PublishedEntry, occurrence: Occurrence, *, repeats: bool = False) -> str:
        """Return the last change, date, place, actors, description, link, and each wave's slogan and hashtags.

        The full title follows the date where the summary has the short one.
        """
        group, change = published.group, occurrence.change
        has_short_title = group.short and not (change and change.title is not None)
        parts = (
            self._last_change(published),
            self._date(group, occurrence, repeats=repeats),
            self.line(group.title) if has_short_title else "",
            self.place(group, occurrence),
            ", ".join(filter(None, (self.actor_name(actor, group.waves) for actor in group.actors))),
            self.plan_text(change.description if change and change.description else group.description).strip(),
            group.url,
        )
        facts = "\n".join(filter(None, parts))
        return "\n\n".join(filter(None, (facts, *map(self._wave_message, group.waves))))

    def _last_change(self, published: PublishedEntry) -> str:
        """Return the day of the last change and the previous values; "" without a change that matters."""
        entry = published.lock_entry
        if entry.withdrawn:
            return self._dated_phrase(phrase("Withdrawn on {day}"), entry.withdrawn)
        if entry.before is None:
            return ""
        if entry.before.status == "withdrawn":
            return self._dated_phrase(phrase("Restored on {day}"), entry.before.day)
        facts = ", ".join(filter(None, self._previous_values(entry.before, entry.when, published.group.zone)))
        changed = phrase("Changed on {day} (before: {facts})") if facts else phrase("Changed on {day}")
        return self._dated_phrase(changed, entry.before.day, facts=facts)

    def _dated_phrase(self, text: str, day: str, **values: str) -> str:
        return self.translate(text).format(day=format_date(edtf.parse(day), self.languages[0]), **values)

    def _previous_values(self, before: LastChange, when: str, zone: str) -> Iterator[str]:
        """Return the previous values; ``when`` is the present date, and if it is as vague as before, no status."""
        if before.when:
            yield self._local_date(to_local_time(edtf.parse(before.when), zone), zone)
        if before.place:
            yield self._format_place(Place.model_validate(before.place))
        if before.status and (before.status != Status.TENTATIVE or before.when or edtf.parse(when).is_exact):
            yield self.translate(STATUS_TEXTS[before.status])

    def _local_date(self, local: When, zone: str) -> str:
        return format_local_date(local, self.languages[0], zone, self.plan.programme.timezone)

    def place(self, group: MomentGroup, occurrence: Occurrence) -> str:
        """Return the place; "" where it is unknown."""
        change = occurrence.change
        return self._format_place(change.place if change and change.place else group.place)

    def _format_place(self, place: Place) -> str:
        return format_place(
            self.line(place.name),
            place.country,
            self.languages[0],
            online=place.online,
            worldwide=place.scope is not None,
        )

    def categories(self, group: MomentGroup) -> tuple[str, ...]:
        """Return the names of the waves, the kind and the priorities."""
        waves, priorities = group.waves, group.priorities
        titles = [self.line(self.plan.waves[name].title) for name in waves if name in self.plan.waves]
        names = [self.plan_text(self.plan.programme.priorities[name]) for name in priorities]
        return (*titles, self.translate(_KINDS[group.kind]), *names)

    def _date(self, group: MomentGroup, occurrence: Occurrence, *, repeats: bool) -> str:
        text = format_date(occurrence.local, self.languages[0])
        if occurrence.when.precision is Precision.TIME:
            text = f"{text} ({group.zone})"
        is_yearly = repeats and group.rule is not None and not group.rule.parts
        return format_repeating_date(text, group.rule if is_yearly else None, self.languages[0])

    def _find_actor_name(self, actor: str, waves: tuple[str, ...]) -> str:
        """Return the name of an actor, marked where one of the moment's waves has it as unconfirmed."""
        actor_name = resolve_actor_name(self.plan, actor, waves)
        name = self.plan_text(actor_name.name)
        return f"{name} ({self.translate('to be confirmed')})" if name and actor_name.unconfirmed else name

    def _build_wave_message(self, wave_id: str) -> str:
        wave = self.plan.waves.get(wave_id)
        parts = (self.plan_text(wave.slogan), " ".join(wave.hashtags_in(self.languages))) if wave else ()
        return "\n".join(filter(None, parts))
