"""Timelines of plans written as texts, one line an entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from support.plans import read_plan
from wavectl.model import localized_text
from wavectl.timeline.entries import UNFILTERED, Entry, Filter, build_timeline
from wavectl.timeline.groups import MomentGroup, resolve_groups


def wave(*moments: str, period: str = "2017-05/2018-12", more: str = "") -> str:
    """Return an active wave of these moments, each the inside of a flow mapping."""
    listed = "".join(f"  - {{{moment}}}\n" for moment in moments)
    return f"title: Wave\nperiod: {period}\n{more}" + (f"moments:\n{listed}" if moments else "")


def entries(
    home: Path,
    files: Mapping[str, str],
    shown: Sequence[str] = (),
    *,
    wanted: Filter = UNFILTERED,
    merge: bool | None = None,
    today: str = "2017-06-01",
) -> tuple[Entry, ...]:
    """Return the entries of a plan that has no faults, of all its waves or those shown."""
    plan = read_plan(home, files)
    assert plan.findings == ()
    return build_timeline(
        plan, shown or list(plan.waves), date.fromisoformat(today), entry_filter=wanted, merge=merge
    ).entries


def entry_line(entry: Entry) -> str:
    """Return an entry as ``wave/id when``, with what it states otherwise, its status, title and other waves."""
    parts = [entry.member.reference, entry.occurrence.when.text]
    parts += [f"stated={entry.stated.text}"] if entry.stated else []
    parts += [entry.occurrence.status.value] if entry.occurrence.status.value != "confirmed" else []
    parts += ["draft"] if entry.draft else []
    parts += [f"also={','.join(entry.also_in)}"] if entry.also_in else []
    return " ".join(parts)


def lines(home: Path, files: Mapping[str, str], shown: Sequence[str] = (), **options: object) -> list[str]:
    """Return a line for each entry."""
    return [entry_line(entry) for entry in entries(home, files, shown, **options)]  # type: ignore[arg-type]


def the_group(home: Path, files: Mapping[str, str], *, drafts: bool = True) -> MomentGroup:
    """Return the one group of a plan that has no faults."""
    plan = read_plan(home, files)
    assert plan.findings == ()
    (group,) = resolve_groups(plan, drafts=drafts)
    return group


def title(group: MomentGroup) -> str:
    """Return the title of a group in English."""
    return localized_text(group.title, ("en",))
