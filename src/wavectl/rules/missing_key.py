"""Something that is needed is missing.

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
"""
