"""The order in which the keys of wave files and of the programme are written.

It is: what something is, when and where, with whom, then notes. The order is a table of its own because the fields of
the models are in the order of validation: a date is validated after the tie (``same_as``) that may replace it.
"""

from __future__ import annotations

from collections.abc import Mapping

from wavectl.diagnostics import KeyPath


def _keys(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_PROGRAMME = _keys(
    "name description organiser uid_domain site languages timezone priorities regions design feeds actors"
)
_WAVE = _keys(
    "title status slogan hashtags period color url description notice source moments actors content campaigns was waive"
)
_MOMENT = _keys(
    "id title short kind when repeat except status place regions timezone same_as was actors priorities url"
    " description outcome source owner confirm_by note draft"
)
_CHANGE = _keys("when status title place description")
_PLACE = _keys("name country online scope")
_ACTOR = _keys("id name short aliases role confirmed kind part_of regions country url")
_REGISTER_ACTOR = _keys("name short aliases kind part_of regions country url")
_WAVE_ITEM_KEYS: Mapping[str | int, tuple[str, ...]] = {
    "moments": _MOMENT,
    "actors": _ACTOR,
    "campaigns": _keys("name hashtag url actors description"),
}
_PROGRAMME_BLOCK_KEYS: Mapping[str | int, tuple[str, ...]] = {
    "organiser": _keys("name url"),
    "design": _keys("min_priorities min_regions months required_groups max_silent_months"),
}
_PROGRAMME_ITEM_KEYS: Mapping[str | int, tuple[str, ...]] = {
    "actors": _REGISTER_ACTOR,
    "regions": _keys("name countries"),
    "feeds": _keys("name waves lang fuzzy cancelled alarm regions countries priorities actors kinds"),
}


def wave_keys_at(path: KeyPath) -> tuple[str, ...]:
    """Return the keys that the mapping at a path of a wave file can have, in order; none where any key is allowed."""
    match path:
        case ():
            return _WAVE
        case (section, _):
            return _WAVE_ITEM_KEYS.get(section, ())
        case ("moments", _, "place") | ("moments", _, "except", _, "place"):
            return _PLACE
        case ("moments", _, "except", _):
            return _CHANGE
    return ()


def programme_keys_at(path: KeyPath) -> tuple[str, ...]:
    """Return the keys that the mapping at a path of the programme can have, in order; none where any is allowed."""
    match path:
        case ():
            return _PROGRAMME
        case (section,):
            return _PROGRAMME_BLOCK_KEYS.get(section, ())
        case (section, _):
            return _PROGRAMME_ITEM_KEYS.get(section, ())
    return ()
