"""An id for something new, from what it is called."""

from __future__ import annotations

from collections.abc import Collection
from itertools import chain, count

from wavectl.model.types import ID_PATTERN
from wavectl.text.similarity import STOP_WORDS
from wavectl.text.suggest import normalize_name

_MAX_LENGTH = 40
"""How many characters an id has at most, if its first word is not longer."""


def new_id(title: str, existing_ids: Collection[str], fallback: str = "moment") -> str:
    """Return an id made of the words of a title, one that none of ``taken`` is; of letters without accents only.

    ``fallback`` is the id of a title that has none of those letters.
    """
    words = [word for word in normalize_name(title).split("-") if word.isascii() and word and word not in STOP_WORDS]
    kept = words[:1]
    for word in words[1:]:
        if len("-".join((*kept, word))) > _MAX_LENGTH:
            break
        kept.append(word)
    name = "-".join(kept)
    if not ID_PATTERN.fullmatch(name):
        name = fallback
    return next(one for one in chain((name,), (f"{name}-{number}" for number in count(2))) if one not in existing_ids)
