"""A key, the word before a colon, is not known where it stands; most often it is misspelt.

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
"""
