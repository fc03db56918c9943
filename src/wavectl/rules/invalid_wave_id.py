"""A file has a name that no wave can have, or one that another file has.

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
"""
