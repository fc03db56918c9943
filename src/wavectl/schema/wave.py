"""What the keys of wave files are for."""

from __future__ import annotations

from collections.abc import Mapping

from wavectl.model.types import ModelBase, Place
from wavectl.model.wave import Campaign, Moment, OccurrenceChange, Wave, WaveActor
from wavectl.schema.keys import KeyDoc, told

KEYS: Mapping[type[ModelBase], Mapping[str, KeyDoc]] = {
    Wave: {
        "title": told(
            "The wave's title.",
            "The right to housing",
            {"fr": "Le droit au logement", "en": "The right to housing"},
        ),
        "status": told("How far it is; an announced wave needs only a title.", "active"),
        "slogan": told("Its one message.", "Housing is a right, not a commodity!"),
        "hashtags": told("`#` and letters, digits or `_`, in quotation marks.", ["#DroitauLogement", "#MakeTheShift"]),
        "period": told(
            "Its calendar, first and last month: `2017-05/2018-12`. Both belong to it. Only a wave that is announced "
            "needs none.",
            "2017-05/2018-12",
        ),
        "color": told("The colour of its calendar: `teal`. Any colour that CSS has a name for.", "teal", "coral"),
        "url": told("Its page, from https:// on.", "https://www.uclg.org"),
        "description": told(
            "The description of its calendar. It may have paragraphs, lists and links.", "Cities for adequate housing."
        ),
        "notice": told("What is said in public while there is nothing else.", "Information coming soon"),
        "source": told(
            "The words that facts were taken from; never published. One text, or one for each key.",
            {"period": "Mai 2017 - décembre 2018"},
        ),
        "moments": told(
            "What happens.", [{"id": "gwangju-forum", "title": "World Human Rights Cities Forum", "when": "2017-09"}]
        ),
        "actors": told(
            "Who takes part: an id of the register, or a block with what holds in this wave.",
            ["cisdpdh", {"id": "barcelona", "confirmed": False}],
        ),
        "content": told(
            "Original content by strategic priority; today only counted, for `too-few-priorities`.",
            {"advocacy": "Every city has a right to say no."},
        ),
        "campaigns": told(
            "Named campaigns that belong to it.", [{"name": "Make the Shift", "hashtag": "#MakeTheShift"}]
        ),
        "was": told("Earlier ids; its feed is also written under these names.", ["logement"]),
        "waive": told(
            "Rules that it may break: a rule that warns, then the reason. An id may follow the rule, of the moment or "
            "actor that it is about.",
            {"calendar-length": "Twenty months, as published."},
        ),
    },
    Moment: {
        "id": told(
            "Its name in the plan, unique in the wave. It stays the same when the title or the date changes.",
            "gwangju-forum",
        ),
        "title": told("Its title.", "World Human Rights Cities Forum", {"fr": "Forum mondial", "en": "World Forum"}),
        "short": told("The title in calendars, where a phone shows a dozen letters.", "Gwangju Forum"),
        "kind": told("What it is.", "event"),
        "when": told(
            "When it is; `unknown` where nothing is known. A day `2017-11-02`, from one day through another "
            "`2017-11-02/2017-11-03`, some time in a month `2018-03` or a year `2018`, in spring `2018-21`, around a "
            "month `2018-10~`, some day between two `[2018-07-05..2018-07-20]`, a time of day `2017-11-08T15:00`.",
            "2017-11-02",
            "2017-11-02/2017-11-03",
            "2018-03",
            "2018-10~",
            "2018-07-05/..",
            "2017-11-08T15:00/2017-11-08T16:30",
            "unknown",
        ),
        "repeat": told(
            "That it comes again, from its first date to the end of the wave's calendar: `yearly`, or a rule of "
            "calendars (RFC 5545).",
            "yearly",
            "FREQ=YEARLY;BYMONTH=10;BYDAY=1MO",
            "FREQ=MONTHLY;BYMONTHDAY=-1",
        ),
        "except": told(
            "The times that differ, by their date: with a status, or with what differs.",
            {"2018-12-10": "cancelled"},
        ),
        "status": told("How sure it is.", "confirmed"),
        "place": told(
            "Where it is: a name, or a block with the name and the country.",
            "Gwangju",
            {"name": "Gwangju", "country": "KR"},
        ),
        "regions": told(
            "The regions that it reaches, by their ids; without this key those of its country and its actors.",
            ["asia-pacific"],
        ),
        "timezone": told("The zone of its clock; the programme's without this key.", "Asia/Seoul"),
        "same_as": told(
            "The moment that it is the same as, in another wave or in this one. Date, place, zone, address and status "
            "may then be left out.",
            "migration/gwangju-forum",
        ),
        "was": told("Earlier ids; calendar entries stay the same entries.", ["old-id"], ["migration/old-id"]),
        "actors": told("Who acts in it: ids of the register or of the wave.", ["barcelona"]),
        "priorities": told("The strategic priorities that it serves, by their ids.", ["learning"]),
        "url": told("Its page, from https:// on.", "https://www.uclg.org"),
        "description": told("What it is about. It may have paragraphs, lists and links.", "Cities meet in Gwangju."),
        "outcome": told("What came of it, once it is over.", "Forty cities signed the declaration."),
        "source": told(
            "The words that it was taken from; never published.",
            "Forum Mondial des Villes pour les Droits Humains, Gwangju, Septembre 2017",
        ),
        "owner": told("Who looks after it; never published. A name, or the id of an actor.", "cisdpdh"),
        "confirm_by": told("The day by which its date should be firm (`stale-date`); never published.", "2017-06-30"),
        "note": told("For colleagues; never published.", "Ask for the programme."),
        "draft": told("The whole moment is not published yet.", True),
    },
    Place: {
        "name": told("The town or the house.", "Gwangju", {"fr": "Barcelone", "en": "Barcelona"}),
        "country": told(
            "Its country; its name is written in the reader's language. Two capital letters (ISO 3166-1).", "KR"
        ),
        "online": told("It takes place online, too or only.", True),
        "scope": told("It takes place everywhere.", "worldwide"),
    },
    OccurrenceChange: {
        "when": told("Another date.", "2019-12-11"),
        "status": told("`cancelled`, for example.", "cancelled"),
        "title": told("Another title.", "Human Rights Day in Geneva"),
        "place": told("Another place.", "Geneva"),
        "description": told("Another description. It may have paragraphs, lists and links.", "Moved by a day."),
    },
    WaveActor: {
        "id": told("The actor of the register; or a new id, known in this wave.", "barcelona"),
        "role": told("What they are in this wave.", "Co-president of UCLG"),
        "confirmed": told("`false` while they have not said yes (`unconfirmed-actor`).", False),
        "name": told("The name of somebody who is not in the register.", "Research centres"),
        "short": told("A short name.", "CISDPDH"),
        "aliases": told("Other names they go by.", ["Committee on Social Inclusion"]),
        "kind": told("What they are. It is needed with a name.", "research"),
        "part_of": told("The actor they are a part of.", "uclg"),
        "regions": told("The regions they stand for, by their ids.", ["africa"]),
        "country": told("The country they are in. Two capital letters (ISO 3166-1).", "ES"),
        "url": told("Their address, from https:// on.", "https://www.uclg.org"),
    },
    Campaign: {
        "name": told("The campaign's name.", "Make the Shift"),
        "hashtag": told("Its hashtag, in quotation marks.", "#MakeTheShift"),
        "url": told("Its page, from https:// on.", "https://www.make-the-shift.org"),
        "actors": told("Who runs it, by their ids.", ["uclg"]),
        "description": told("What it is about. It may have paragraphs, lists and links.", "Housing as a human right."),
    },
}
