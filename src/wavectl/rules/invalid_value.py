"""A value is not one of those that can stand there.

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
"""
