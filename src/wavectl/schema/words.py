"""The meanings of the words that a key can have, for editors."""

from collections.abc import Mapping

from wavectl.diagnostics import phrase

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
    ("network", "external"): (phrase("members and parts of the network"), phrase("partners beside the network")),
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
"""The meaning of each word, by the words of a choice."""
