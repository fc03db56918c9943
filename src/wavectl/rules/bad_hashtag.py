"""A hashtag has spaces, other marks, or no letter.

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
"""
