"""What the keys of ``programme.yaml`` are for."""

from __future__ import annotations

from collections.abc import Mapping

from wavectl.model.programme import Actor, Design, Feed, Organiser, Programme, Region
from wavectl.model.types import ModelBase
from wavectl.schema.keys import KeyDoc, told

KEYS: Mapping[type[ModelBase], Mapping[str, KeyDoc]] = {
    Programme: {
        "name": told("The name of the programme, and of the calendar `all`.", "UCLG Waves of Action 2017-2019"),
        "description": told(
            "What these waves are; the description of the calendar `all`. It may have paragraphs, lists and links.",
            "Three waves of action of the network.",
        ),
        "organiser": told("Who runs the programme.", {"name": "CGLU", "url": "https://www.uclg.org"}),
        "uid_domain": told(
            "Part of every calendar entry's identity. Set it before the first feed is published, and never change it.",
            "waves.uclg.org",
        ),
        "site": told("Where feeds are published; named in every calendar.", "https://waves.uclg.org/"),
        "languages": told("The first is the default one.", ["fr", "en", "es"]),
        "timezone": told("For times of day that name no other zone, and for today.", "Europe/Madrid"),
        "priorities": told(
            "The strategic priorities, in order: for each an id, then its name.",
            {"advocacy": {"fr": "Plaidoyer", "en": "Advocacy"}},
        ),
        "regions": told(
            "The network's own regions. For each an id, then its name, or a block with its name and its countries.",
            {"africa": {"name": "Africa", "countries": ["CV", "ZA"]}},
        ),
        "design": told(
            "The rules of the house: what the network asks of every wave.", {"min_priorities": 3, "months": [6, 18]}
        ),
        "feeds": told(
            "Feeds of their own, beside one for each wave and one of all: for each an id, then what it holds.",
            {"firm": {"name": "Firm dates only", "fuzzy": "omit"}},
        ),
        "actors": told(
            "The register of actors: everybody who acts in a wave, written down once. For each an id, then a block.",
            {"barcelona": {"name": "Barcelona", "kind": "member", "country": "ES"}},
        ),
    },
    Organiser: {
        "name": told("The organiser's name.", "CGLU"),
        "url": told("Its address, from https:// on.", "https://www.uclg.org"),
    },
    Region: {
        "name": told("The region's name.", "Africa", {"fr": "Afrique", "en": "Africa"}),
        "countries": told(
            "Moments and actors in these countries belong to the region. Two capital letters each (ISO 3166-1).",
            ["CV", "ZA"],
        ),
    },
    Design: {
        "min_priorities": told("Strategic priorities with content, in each wave (`too-few-priorities`).", 3),
        "min_regions": told(
            "Regions that a wave's actors reach: their own, their country's, those of their parts (`too-few-regions`).",
            3,
        ),
        "months": told("The shortest and the longest calendar, in months (`calendar-length`).", [6, 18]),
        "required_groups": told("The sides that a wave's actors come from (`missing-group`).", ["network", "external"]),
        "max_silent_months": told("The longest run of months without a moment (`silent-months`).", 6),
    },
    Feed: {
        "name": told("The calendar's name; without one, its id.", "Firm dates only"),
        "waves": told("The waves it is made of, by their ids; all of them without this key.", ["housing", "migration"]),
        "lang": told("Its language; the programme's first one without this key.", "fr"),
        "fuzzy": told("How dates that are not exact are shown.", "omit"),
        "cancelled": told("How cancelled moments are shown.", "omit"),
        "alarm": told(
            "`7d`, or `7d@18:00`: seven days before, at six in the evening; `m`, `h`, `d`, `w` are minutes, hours, "
            "days and weeks.",
            ["7d"],
            ["7d@18:00"],
        ),
        "regions": told("Only these regions, by their ids.", ["africa"]),
        "countries": told("Only these countries, by two capital letters each (ISO 3166-1).", ["CV", "ZA"]),
        "priorities": told("Only these priorities, by their ids.", ["learning"]),
        "actors": told("Only these actors, by their ids.", ["barcelona"]),
        "kinds": told("Only these kinds of moments.", ["event"]),
    },
    Actor: {
        "name": told("The full name.", "City of Barcelona", {"fr": "Ville de Barcelone", "en": "City of Barcelona"}),
        "short": told("A short name.", "CISDPDH"),
        "aliases": told("Other names they go by.", ["Committee on Social Inclusion"]),
        "kind": told("What they are.", "member"),
        "part_of": told("The actor they are a part of; that one's regions are its own and its parts'.", "uclg"),
        "regions": told("The regions they stand for, by their ids.", ["africa"]),
        "country": told(
            "The country they are in; its region counts as theirs. Two capital letters (ISO 3166-1).", "ES"
        ),
        "url": told("Their address, from https:// on.", "https://www.uclg.org"),
    },
}
