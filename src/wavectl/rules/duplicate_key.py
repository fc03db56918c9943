"""A key, the word before a colon, stands twice in the same block.

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
"""
