"""The page of a moment: what is known of it and how sure that is, at an address that lasts."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from markupsafe import Markup

from wavectl.dates import edtf
from wavectl.dates.edtf import DateForm, Precision
from wavectl.diagnostics import msg, phrase
from wavectl.i18n.names import city_name, country_name
from wavectl.model import MomentKind, Place, Status, localized_text
from wavectl.publishing.ical.vcalendar import render_single_entry
from wavectl.publishing.ical.vevent import FeedOptions
from wavectl.publishing.site import addresses
from wavectl.publishing.site.changes import history_lines
from wavectl.publishing.site.edition import Edition, MomentLine, SiteFile
from wavectl.publishing.site.facts import MomentFacts, WithdrawnMoment
from wavectl.publishing.site.feeds import feed_anchor
from wavectl.publishing.tracking.entry_dates import was_over_when_withdrawn
from wavectl.render.timeline.html import event_graph
from wavectl.text.escaping import dump_script_json
from wavectl.text.terminal import printable
from wavectl.timeline.entries import Entry
from wavectl.timeline.silent_months import SCHEDULED_STATUSES

_EXPLANATIONS = {
    "firm": phrase("The date is firm."),
    "vague": phrase("The exact date is not known yet."),
    "open": phrase("The date is still to be confirmed."),
    "postponed": phrase("It will not be on this date. A new date is not known yet."),
    "cancelled": phrase("It will not take place."),
}
"""What a state means for readers; two of them are named before it."""
_PAST_EXPLANATIONS = {
    "firm": phrase("According to the plan, it took place."),
    "vague": phrase("The exact date was never given."),
    "open": phrase("The date was never confirmed."),
    "postponed": phrase("It was not on this date. A new date is not known."),
    "cancelled": phrase("It did not take place."),
}
"""The same for what is over."""
_PAST_KINDS = {
    MomentKind.DEADLINE: phrase("The deadline has passed."),
    MomentKind.PUBLICATION: phrase("It was published, as far as was planned."),
}
"""The same for what does not take place, if its date was firm."""
_OPEN_ENDS = {DateForm.OPEN: phrase("The end is not known."), DateForm.UNTIL: phrase("The start is not known.")}
"""What is vague of a date of which one end is known to the day."""
_EXACT_TO_THE_DAY = (Precision.TIME, Precision.DAY)
_KINDS_WITH_EVENT = (MomentKind.EVENT, MomentKind.OBSERVANCE)
_STATES_WITH_EVENT = ("firm", "postponed", "cancelled")
"""The kinds and states of moments that search engines are told of: whose dates can be relied on."""


def build_pages(edition: Edition) -> Iterator[SiteFile]:
    """Return the page of every moment, of those that are withdrawn, and pages at other addresses that lead to them."""
    language, titles = edition.language, dict[str, str]()
    for moment in edition.facts.moments:
        if moment.entries:
            yield from _moment_files(edition, moment)
            titles[moment.reference] = edition.text(moment.entries[0].title)
    for old, reference in edition.facts.moved_addresses():
        if reference in titles:
            yield edition.redirect(
                addresses.moment(language, old), addresses.moment(language, reference), titles[reference]
            )
    for gone in edition.facts.withdrawn:
        yield from _withdrawn_pages(edition, gone)


def _moment_files(edition: Edition, moment: MomentFacts) -> Iterator[SiteFile]:
    values = _values(edition, moment)
    if any(entry.firm for entry in moment.entries):
        file = addresses.calendar_entry(edition.language, moment.reference)
        if any(entry.firm and _is_ahead(edition, entry) for entry in moment.entries):
            values["calendar_file"] = file.rpartition("/")[2]
        options = FeedOptions(edition.facts.today, identity=edition.facts.plan.programme.effective_uid_domain)
        yield SiteFile(file, render_single_entry(moment.published, options, edition.entry_texts))
    yield edition.page(values["first"].path, "moment.html", **values)


def _is_ahead(edition: Edition, entry: Entry) -> bool:
    """Tell whether an entry is not over, as far as its date is known."""
    return (entry.occurrence.local.last_known or date.max) >= edition.facts.today


def _values(edition: Edition, moment: MomentFacts) -> dict[str, Any]:
    entry, group, root = moment.entries[0], moment.published.group, moment.published.group.root.moment
    first = edition.line(entry)
    description = edition.entry_texts.plain_text(group.description)
    return {
        "title": edition.text(group.title),
        "title_lang": edition.lang(group.title),
        "description": (description or ", ".join(filter(None, (first.date, first.place))))[:200],
        "lines": [edition.line(one) for one in moment.entries],
        "first": first,
        "place": first.place if len(moment.entries) == 1 else edition.context.place(group.place),
        "zone": _zone_in_words(edition, moment),
        "label": first.status,
        "explanation": edition.translate(_explanation(edition, moment)),
        "facts": [(label, value) for label, value in _facts(edition, moment) if value],
        "countries": _country_links(edition, moment),
        "regions": _region_links(edition, group.regions),
        "url": group.url,
        "about": edition.prose(group.description, 2),
        "outcome": edition.prose(root.outcome, 3),
        "events": _event_data(edition, moment),
        "calendar_file": "",
        "history": history_lines(edition, moment.published.uid),
        "feed": f"{addresses.feeds(edition.language)}#{feed_anchor(group.waves[0])}",
    }


def _explanation(edition: Edition, moment: MomentFacts) -> str:
    """Return what the state of a moment means."""
    entry = moment.entries[0]
    when, state = entry.occurrence.when, edition.line(entry).state
    if state == "vague" and when.form in _OPEN_ENDS and when.precision in _EXACT_TO_THE_DAY and not when.is_qualified:
        return _OPEN_ENDS[when.form]
    if any(_is_ahead(edition, one) for one in moment.entries):
        return _EXPLANATIONS[state]
    if state == "firm":
        return _PAST_KINDS.get(entry.group.kind, _PAST_EXPLANATIONS[state])
    return _PAST_EXPLANATIONS[state]


def _zone_in_words(edition: Edition, moment: MomentFacts) -> str:
    """Return whose time the hours are of, where their date does not name it; "" without hours."""
    zone = moment.published.group.zone
    if zone != edition.context.timezone or not any(entry.occurrence.local.has_time for entry in moment.entries):
        return ""
    city = city_name(zone, edition.language)
    return edition.context.format_message(msg("{city} time", city=city)) if city else zone.rpartition("/")[2]


def _facts(edition: Edition, moment: MomentFacts) -> Iterator[tuple[str, str]]:
    """Return the facts of a moment, each with its label; "" for one that is not known."""
    group, translate, priorities = moment.published.group, edition.translate, edition.facts.plan.programme.priorities
    yield translate("Kind"), edition.line(moment.entries[0]).kind
    actors = (edition.entry_texts.actor_name(actor, group.waves) for actor in group.actors)
    yield translate("Actors"), printable(", ".join(filter(None, actors)))
    named = (edition.text(priorities[priority]) for priority in group.priorities)
    yield translate("Strategic priorities"), ", ".join(named)


def _country_links(edition: Edition, moment: MomentFacts) -> list[tuple[str, str]]:
    codes = dict.fromkeys(code for entry in moment.entries if (code := entry.place.country))
    return [(country_name(code, edition.language), addresses.country(edition.language, code)) for code in codes]


def _region_links(edition: Edition, regions: tuple[str, ...]) -> list[tuple[str, str]]:
    known = edition.facts.plan.programme.regions
    return [(edition.text(known[one].name), addresses.region(edition.language, one)) for one in regions if one in known]


def _event_data(edition: Edition, moment: MomentFacts) -> Markup | None:
    """Return the moment for search engines (schema.org/Event); None where its date cannot be relied on."""
    if moment.published.group.kind not in _KINDS_WITH_EVENT:
        return None
    entries = [entry for entry in moment.entries if edition.line(entry).state in _STATES_WITH_EVENT]
    if not entries:
        return None
    graph = event_graph(edition.facts.timeline(entries, ()), edition.context)
    return Markup(dump_script_json(graph))  # noqa: S704 - escaped for <script>


def withdrawn_line(edition: Edition, gone: WithdrawnMoment) -> MomentLine:
    """Return a moment that was removed as lists show it, as it was published last; no status if it was over by then."""
    entry = edition.facts.lock_entries[gone.uid]
    is_over = was_over_when_withdrawn(entry) and Status(entry.status) in SCHEDULED_STATUSES
    day = edition.context.day(edtf.parse(entry.withdrawn or entry.modified).earliest or edition.facts.today)
    wave = gone.reference.partition("/")[0]
    label = edition.wave_labels.get(wave) or edition.former_labels.get(wave)
    return MomentLine(
        path=addresses.moment(edition.language, gone.reference),
        title=printable(localized_text(entry.title, edition.context.languages)),
        date=edition.facts.history.writer(edition.context.languages).date_text(entry),
        state="firm" if is_over else "cancelled",
        label="",
        status="" if is_over else edition.translate("Withdrawn on {day}").format(day=day),
        kind="",
        place=edition.context.place(Place.model_validate(entry.place)),
        waves=(label,) if label else (),
        lang=edition.lang(entry.title),
    )


def _withdrawn_pages(edition: Edition, gone: WithdrawnMoment) -> Iterator[SiteFile]:
    """Return the page of a moment as it was published last, and pages at its earlier addresses that lead to it."""
    line = withdrawn_line(edition, gone)
    yield edition.page(
        line.path,
        "withdrawn.html",
        title=line.title,
        title_lang=line.lang,
        is_listed=False,
        wave=line.waves[0] if line.waves else None,
        date=line.date,
        place=line.place,
        is_over=not line.status,
        withdrawn=line.status,
        history=history_lines(edition, gone.uid),
    )
    for old in gone.earlier:
        yield edition.redirect(addresses.moment(edition.language, old), line.path, line.title)
