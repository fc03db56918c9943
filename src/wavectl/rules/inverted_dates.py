"""A date ends before it starts.

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
"""
