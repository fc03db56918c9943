"""The order in which the keys of wave files and of the programme are written.

It is: what something is, when and where, with whom, then notes. The order is a table of its own because the fields of
the models are in the order of validation: a date is validated after the tie (``same_as``) that may replace it.
"""

from wavectl.diagnostics import KeyPath


def _split(table: dict[str, str]) -> dict[str, tuple[str, ...]]:
    return {shape: tuple(keys.split()) for shape, keys in table.items()}


_PLACE = "name country online scope"
_WAVE = _split(
    {
        "": "title status slogan hashtags period color url description notice source moments actors content campaigns"
        " was waive",
        "moments/*": "id title short kind when repeat except status place regions timezone same_as was actors"
        " priorities url description outcome source owner confirm_by note draft",
        "moments/*/place": _PLACE,
        "moments/*/except/*": "when status title place description",
        "moments/*/except/*/place": _PLACE,
        "actors/*": "id name short aliases role confirmed kind part_of regions country url",
        "campaigns/*": "name hashtag url actors description",
    }
)
_PROGRAMME = _split(
    {
        "": "name description organiser uid_domain site languages timezone priorities regions design publish feeds"
        " actors",
        "organiser": "name url",
        "publish": "folder languages",
        "design": "min_priorities min_regions months required_groups max_silent_months",
        "actors/*": "name short aliases kind part_of regions country url",
        "regions/*": "name countries",
        "feeds/*": "name waves lang fuzzy cancelled alarm regions countries priorities actors kinds actions moments",
    }
)


def wave_keys_at(path: KeyPath) -> tuple[str, ...]:
    """Return the keys that the mapping at a path of a wave file can have, in order; none where any key is allowed."""
    return _WAVE.get(_shape(path), ())


def programme_keys_at(path: KeyPath) -> tuple[str, ...]:
    """Return the keys that the mapping at a path of the programme can have, in order; none where any is allowed."""
    return _PROGRAMME.get(_shape(path), ())


def _shape(path: KeyPath) -> str:
    """Return a path with ``*`` for each position or id: every second part is one."""
    return "/".join("*" if number % 2 else str(part) for number, part in enumerate(path))
