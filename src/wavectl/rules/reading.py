"""The rules that are checked while a plan is read, each with its manual page; all of them are errors.

Their findings come from ``yamlfile`` and ``plan``: nothing else can be checked where a file cannot be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

READING_RULES: Mapping[str, str] = MappingProxyType(
    {
        "yaml-syntax": """\
A file breaks the way of writing YAML: a quotation mark that is not closed, a tab, a colon in a bare text.

What it does: reads each file as YAML 1.2 and stops at the first sign that cannot stand where it is. A tab in front of
a key, a list that is out of line, the marks of a merge conflict and a second document are found so too.

Why it matters: behind that place nobody can say what is meant, so nothing else in the file is checked.

Bad::

    # wave.yaml
    title: Housing: a right
    status: announced

Good::

    # wave.yaml
    title: "Housing: a right"
    status: announced
""",
        "unreadable-file": """\
A file cannot be read: it is not there, it is too large, or its letters are not saved as UTF-8.

What it does: opens each file of the plan and reads its letters. The largest file that is read has 4 MiB;
``--max-size`` lifts that.

Why it matters: what cannot be read is missing from every timeline and calendar, and accents that are saved in
another encoding would be published as gibberish.

Bad::

    # wave.yaml
    # This file was saved as Windows-1252, not as UTF-8.
    title: "Le droit à la ville"
    status: announced

Good::

    # wave.yaml
    # This file was saved as UTF-8.
    title: "Le droit à la ville"
    status: announced
""",
        "invalid-wave-id": """\
A file has a name that no wave can have, or one that another file has.

What it does: looks at the names of the files. The name before ``.yaml`` is the id of the wave: small letters without
accents, digits and single hyphens, neither ``all`` nor ``programme``; ``housing.yaml`` beside ``housing.yml`` are two
files for one wave.

Why it matters: the id is part of the addresses of feeds and of what subscribers' calendars know a moment by, and these
are not to change.

Bad::

    # Housing Wave.yaml
    title: "The right to housing"
    status: announced

Good::

    # housing-wave.yaml
    title: "The right to housing"
    status: announced
""",
        "duplicate-key": """\
A key, the word before a colon, stands twice in the same block.

What it does: compares the keys of each block with one another, also those of actors, regions and languages.

Why it matters: only one of the two values can count, and nobody sees which.

Bad::

    # wave.yaml
    title: "The right to housing"
    status: announced
    moments:
      - id: forum
        title: "Housing forum"
        when: 2017-09
        when: 2017-10

Good::

    # wave.yaml
    title: "The right to housing"
    status: announced
    moments:
      - id: forum
        title: "Housing forum"
        when: 2017-10
""",
        "unknown-key": """\
A key, the word before a colon, is not known where it stands; most often it is misspelt.

What it does: compares every key with those that can stand in its block, and names the one that is meant, also where it
is written in French or Spanish. Keys that open with ``x-`` are free: they are kept, and never looked at.

Why it matters: what stands under a misspelt key would be left out of every timeline and calendar without a word.

Bad::

    # wave.yaml
    titel: "The right to housing"
    status: announced

Good::

    # wave.yaml
    title: "The right to housing"
    status: announced
    x-budget: "see the minutes of March"
""",
        "missing-key": """\
Something that is needed is missing.

What it does: asks for the keys without which a block says too little: the title of a wave, and its period once it is
more than announced; the id, title and date of a moment; the name and kind of an actor.

Why it matters: a moment without a date or a name can be shown in no timeline and no calendar. Where the date is not
known yet, ``when: unknown`` says so.

Bad::

    # wave.yaml
    title: "The right to housing"
    status: announced
    moments:
      - id: forum
        title: "Housing forum"

Good::

    # wave.yaml
    title: "The right to housing"
    status: announced
    moments:
      - id: forum
        title: "Housing forum"
        when: unknown
""",
        "invalid-value": """\
A value is not one of those that can stand there.

What it does: reads every value as what its key takes: a word out of a list, an id, a country of ISO 3166-1, a colour, a
web address, a time zone, a rule of repetition that its date fits. Lists stand where lists are wanted, and texts where
texts are.

Why it matters: a value that wavectl would have to guess at is one that somebody else will read otherwise.

Bad::

    # wave.yaml
    title: "The right to housing"
    status: announced
    moments:
      - id: forum
        title: "Human rights forum"
        when: 2017-09
        status: sure

Good::

    # wave.yaml
    title: "The right to housing"
    status: announced
    moments:
      - id: forum
        title: "Human rights forum"
        when: 2017-09
        status: confirmed
""",
        "inverted-dates": """\
A date ends before it starts.

What it does: compares both ends of every interval, set and period; two times of day are compared on the clocks of their
zones.

Why it matters: most often two numbers have changed places, and as it stands the date means no day at all.

Bad::

    # wave.yaml
    title: "The right to housing"
    status: announced
    moments:
      - id: forum
        title: "Housing forum"
        when: 2017-09-17/2017-09-14

Good::

    # wave.yaml
    title: "The right to housing"
    status: announced
    moments:
      - id: forum
        title: "Housing forum"
        when: 2017-09-14/2017-09-17
""",
        "date-in-words": """\
A date stands in words where the form of ISO 8601 should stand.

What it does: reads dates as people write them in French, English and Spanish, "2-3 novembre 2017" or "from May to July
2018", and says how to write them: ``2017-11-02/2017-11-03``, ``2018-05/2018-07``.

Why it matters: words are read differently from language to language: 5/6/2017 is a day in May or in June. Under
``source`` they may stay as they are.

Bad::

    # wave.yaml
    title: "The right to housing"
    status: announced
    moments:
      - id: forum
        title: "Housing forum"
        when: "2-3 novembre 2017"

Good::

    # wave.yaml
    title: "The right to housing"
    status: announced
    moments:
      - id: forum
        title: "Housing forum"
        when: 2017-11-02/2017-11-03
        source: "2-3 novembre 2017"
""",
        "bad-hashtag": """\
A hashtag has spaces, other marks, or no letter.

What it does: asks of every hashtag, of waves and of campaigns, that it opens with ``#`` and goes on with letters,
digits and underscores, one of them a letter.

Why it matters: networks end a hashtag at the first other mark, and the posts of a wave no longer find one another.

Bad::

    # wave.yaml
    title: "The right to housing"
    status: announced
    hashtags:
      - "#Right to housing"

Good::

    # wave.yaml
    title: "The right to housing"
    status: announced
    hashtags:
      - "#RightToHousing"
""",
    }
)
"""The manual page of each rule by its name, in the form that ``rules/manual.py`` describes."""
