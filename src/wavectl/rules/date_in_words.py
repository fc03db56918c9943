"""A date stands in words where the form of ISO 8601 should stand.

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
"""
