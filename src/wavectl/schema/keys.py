"""What every key of a plan is called and for, in words and examples: what an editor shows of it.

Each text opens with what ``docs/wave-files.md`` says of the key; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from wavectl.diagnostics import phrase


class KeyDoc(NamedTuple):
    """What there is to say of a key: sentences for whoever fills it in, and values as a schema holds them."""

    text: str
    examples: tuple[Any, ...]


def told(text: str, /, *examples: Any) -> KeyDoc:
    """Return what there is to say of a key; the catalogues of phrases hold the text."""
    return KeyDoc(text, examples)


TITLES: Mapping[str, str] = {
    "actors": phrase("Actors"),
    "alarm": phrase("Alarms"),
    "aliases": phrase("Other names"),
    "campaigns": phrase("Campaigns"),
    "cancelled": phrase("Cancelled moments"),
    "color": phrase("Colour"),
    "confirm_by": phrase("Day of confirmation"),
    "confirmed": phrase("Confirmed"),
    "content": phrase("Content"),
    "countries": phrase("Countries"),
    "country": phrase("Country"),
    "description": phrase("Description"),
    "design": phrase("Rules of the house"),
    "draft": phrase("Draft"),
    "except": phrase("Exceptions"),
    "feeds": phrase("Calendar feeds"),
    "fuzzy": phrase("Dates that are not exact"),
    "hashtag": phrase("Hashtag"),
    "hashtags": phrase("Hashtags"),
    "id": phrase("Id"),
    "kind": phrase("Kind"),
    "kinds": phrase("Kinds of moments"),
    "lang": phrase("Language"),
    "languages": phrase("Languages"),
    "max_silent_months": phrase("Silent months at most"),
    "min_priorities": phrase("Priorities at least"),
    "min_regions": phrase("Regions at least"),
    "moments": phrase("Moments"),
    "months": phrase("Length of the calendar"),
    "name": phrase("Name"),
    "note": phrase("Note"),
    "notice": phrase("Notice"),
    "online": phrase("Online"),
    "organiser": phrase("Organiser"),
    "outcome": phrase("Outcome"),
    "owner": phrase("Owner"),
    "part_of": phrase("Part of"),
    "period": phrase("Calendar of the wave"),
    "place": phrase("Place"),
    "priorities": phrase("Strategic priorities"),
    "regions": phrase("Regions"),
    "repeat": phrase("Repeats"),
    "required_groups": phrase("Sides that take part"),
    "role": phrase("Role"),
    "same_as": phrase("The same as"),
    "scope": phrase("Scope"),
    "short": phrase("Short name"),
    "site": phrase("Site of the feeds"),
    "slogan": phrase("Slogan"),
    "source": phrase("Source"),
    "status": phrase("Status"),
    "timezone": phrase("Time zone"),
    "title": phrase("Title"),
    "uid_domain": phrase("Domain of the calendar entries"),
    "url": phrase("Web address"),
    "waive": phrase("Rules set aside"),
    "was": phrase("Earlier ids"),
    "waves": phrase("Waves"),
    "when": phrase("Date"),
}
"""The names of the keys for people; a key of one name is called the same everywhere."""

MEANINGS: Mapping[tuple[str, ...], tuple[str, ...]] = {
    ("announced", "active", "closed"): (
        phrase("people know that it comes; it needs only a title"),
        phrase("it is under way or planned; it needs a calendar"),
        phrase("it is over"),
    ),
    ("confirmed", "tentative", "postponed", "cancelled"): (
        phrase("it happens then"),
        phrase("it is planned for then, and may still change"),
        phrase("it does not happen then, and no new date is known"),
        phrase("it does not happen"),
    ),
    ("event", "observance", "deadline", "publication"): (
        phrase("people meet"),
        phrase("a day that is observed, such as Human Rights Day"),
        phrase("something has to be done by then"),
        phrase("something is published"),
    ),
    ("network", "external"): (
        phrase("members and parts of the network"),
        phrase("partners beside the network"),
    ),
    (
        *("member", "section", "committee", "working_group", "task_force", "association"),
        *("international", "civil_society", "research", "public_body", "private", "partner"),
    ): (
        phrase("a member of the network, such as a city"),
        phrase("a regional section of the network"),
        phrase("a committee of the network"),
        phrase("a working group of the network"),
        phrase("a task force of the network"),
        phrase("an association of local governments"),
        phrase("an international organisation"),
        phrase("an organisation of civil society"),
        phrase("a university or research centre"),
        phrase("a ministry, an agency or another public body"),
        phrase("a company"),
        phrase("another partner"),
    ),
    ("worldwide",): (phrase("everywhere"),),
    ("auto", "span", "first-day", "omit"): (
        phrase("all days that are possible where they are few, the first of them where they are many"),
        phrase("an entry over all days that are possible"),
        phrase("an entry on the first day that is possible"),
        phrase("no entry until the date is exact"),
    ),
    ("show", "status", "omit"): (
        phrase("an entry that says so in its title"),
        phrase("an entry that calendars know to be cancelled; some of them hide it"),
        phrase("no entry"),
    ),
}
"""What the words mean that a key has to choose from."""
