"""The rules that are checked while a plan is read, each with its manual page; all of them are errors.

Their findings come from ``yamlfile``, ``plan`` and ``lockfile``.
"""

from collections.abc import Mapping
from types import MappingProxyType

READING_RULES: Mapping[str, str] = MappingProxyType(
    {
        "yaml-syntax": """\
A file does not follow the rules of YAML, the format of wave files.

What it does: reads each file as YAML 1.2 and stops at the first character that cannot be there: a quotation mark that
is not closed, a tab before a key, a colon in a text without quotation marks, a list that is not aligned, the markers
of a merge conflict, a second document.

Why it matters: after that place, wavectl cannot tell what the file says, so nothing else in it is checked.

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
A file cannot be read: it is missing, too large, or not saved as UTF-8.

What it does: opens each file of the plan and reads its text. A file may have at most 4 MiB; ``--max-size`` raises
this limit.

Why it matters: everything in the file would be missing from timelines and calendars. Accents saved in another
encoding would be published as gibberish.

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
A file name cannot be used as the id of a wave, or two files would have the same id.

What it does: checks the names of the files. The part before ``.yaml`` is the id of the wave: lowercase letters
without accents, digits and single hyphens. It cannot be ``all`` or ``programme``. ``housing.yaml`` and
``housing.yml`` would be two files for one wave.

Why it matters: the id is part of the address of a feed, and subscribers' calendars recognise moments by it. It must
not change later.

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
A key (the word before a colon) appears twice in the same block.

What it does: looks for repeated keys in each block, including the ids of actors and regions and the codes of
languages.

Why it matters: only one of the two values can count, and you cannot see which.

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
A key (the word before a colon) is not known in its block; most often it is misspelt.

What it does: compares each key with those that its block can have and suggests the closest one, even for a key in
French or Spanish. Keys that start with ``x-`` are yours: wavectl keeps them and never checks them.

Why it matters: everything under a misspelt key would be missing from every timeline and calendar, without a warning.

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
A required key is missing.

What it does: checks that each block has the keys that it needs. A wave needs a title, and a period once it is more
than announced. A moment needs an id, a title and a date. An actor needs a name and a kind.

Why it matters: a moment without a date or a title cannot be shown in a timeline or a calendar. If the date is not
known yet, write ``when: unknown``.

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
A value is not valid for its key.

What it does: checks that each value fits its key: a word from a list, an id, a country code (ISO 3166-1), a colour, a
web address, a time zone, or a repetition rule that fits the date. A key that takes a list needs a list, and a key
that takes a text needs a text.

Why it matters: wavectl would have to guess what such a value says, and another reader could guess differently.

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

What it does: compares the start and the end of every interval, set and period. Two times of day are compared on the
clocks of their time zones.

Why it matters: most often two numbers are swapped. As written, the date contains no day at all.

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
A date is written in words instead of the ISO 8601 format.

What it does: reads dates as people write them in English, French and Spanish, such as "2-3 novembre 2017" or "from
May to July 2018", and suggests how to write them: ``2017-11-02/2017-11-03``, ``2018-05/2018-07``.

Why it matters: words can be read in different ways: 5/6/2017 is a day in May or in June. You may keep the words under
``source``.

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
A hashtag contains spaces or punctuation, or has no letter.

What it does: checks that every hashtag of a wave or a campaign starts with ``#``, followed only by letters, digits
and underscores, with at least one letter.

Why it matters: social networks cut a hashtag at the first other character, and then the posts of a wave are no longer
found together.

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
        "damaged-lock": """\
The file wavectl.lock, which records what was published, is damaged, or a newer wavectl wrote it.

What it does: reads every line of ``wavectl.lock`` and skips none. A conflict left by git, a line that was cut or
changed by hand, and an entry that appears twice are errors.

Why it matters: calendars recognise each moment by its entry in this file. If a line were guessed or left out, every
subscriber would get the moment twice, or lose it.

Bad::

    # wave.yaml
    title: "The right to housing"
    status: announced
    # wavectl.lock
    {
    <<<<<<< HEAD
    "wavectl": {"schema": "wavectl/lock/1", "uid_domain": "waves.uclg.org"}
    }

Good::

    # wave.yaml
    title: "The right to housing"
    status: announced
    # wavectl.lock
    {
    "wavectl": {"schema": "wavectl/lock/1", "uid_domain": "waves.uclg.org"}
    }
""",
    }
)
"""The manual page of each rule by its name, in the form that ``rules/rule.py`` describes."""
