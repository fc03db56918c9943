"""The present and earlier names of moments, by which a moment is recognised after it was renamed or moved."""

from collections.abc import Iterator

from wavectl.plan.loader import Plan
from wavectl.timeline.ties import Member, full_reference


class NameHistory:
    """The present and earlier names of a plan's moments, as ``wave/id``."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._first_wave_names = {wave_id: wave.was[0] for wave_id, wave in plan.waves.items() if wave.was}

    def names_of(self, member: Member) -> Iterator[str]:
        """Return the names of a moment: its own, then earlier ones that no other moment has now."""
        yield member.reference
        waves = self._plan.waves
        for name in (member.reference, *(full_reference(old, member.wave) for old in member.moment.was)):
            wave, _, moment = name.partition("/")
            old_waves = waves[wave].was if wave in waves else ()
            for earlier in (name, *(f"{old}/{moment}" for old in old_waves)):
                if earlier not in self._plan.moments:
                    yield earlier

    def first_name(self, member: Member) -> tuple[str, str]:
        """Return the first wave and id that a moment ever had."""
        wave, moment = member.wave, member.moment.id
        if member.moment.was:
            wave, _, moment = full_reference(member.moment.was[0], wave).partition("/")
        return self._first_wave_names.get(wave, wave), moment
