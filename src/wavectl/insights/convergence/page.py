"""Where waves meet and where they collide, for people: what there is of each, each two waves, then one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wavectl.diagnostics import phrase, say
from wavectl.insights.convergence import (
    CERTAIN,
    DATES,
    HOURS,
    PEOPLE,
    Clash,
    Convergence,
    Counts,
    Meeting,
    Pair,
    SharedActor,
)
from wavectl.insights.convergence.phrases import acting, asked, called, dated, few, hook, named_as, often, told, voice
from wavectl.render.context import Look
from wavectl.render.document.page import Cell, Column, Line, Page, Section, Table, line, listed

_SQUARE = 4
"""How many waves stand in rows and columns at most; where there are more, each two of them have a row."""
_NOTHING = "·"
_COUNTED: Mapping[str, str] = {
    "certain": phrase("certain clashes"),
    "possible": phrase("possible clashes"),
    "moments": phrase("moments in common"),
    "likely": phrase("likely one moment"),
    "places": phrase("in one town"),
    "days": phrase("in the same days"),
    "actors": phrase("actors in common"),
}
"""What is counted, by the fields of ``Counts``, in the order in which it is told."""
_MOMENTS = (phrase("One moment"), phrase("The other"))
_OFFERS = phrase("What it offers")
_STYLES = {"certain": "error", "possible": "warning"}


def page(facts: Convergence, look: Look, limit: int | None) -> Page:
    """Return the page."""
    translate = look.translate
    if facts.focus is None:
        title = translate("Where waves meet and where they collide")
    else:
        title = look.tell(say("Where {wave} and the other waves meet and where they collide", wave=facts.focus))
    made = [
        _by_pair(facts, look, limit),
        _clashes(facts, look, limit),
        _held(facts, look, limit),
        *(_two(facts, kind, look, limit) for kind in ("likely", "place", "days")),
        _actors(facts, look, limit),
    ]
    return Page(title, tuple(_lead(facts, look)), tuple(section for section in made if section))


def _lead(facts: Convergence, look: Look) -> Iterator[Line]:
    """Return what was found in one line, and where the numbers are not all."""
    yield line(*_counts(facts.totals, look)) if any(facts.totals) else line(look.translate("nothing found"))
    if not facts.complete:
        said = say("so many moments fall together that not all were compared: the numbers are the least there is")
        yield line(Cell(look.tell(said), "warning"))
    alone = [wave for wave in facts.waves if not any(wave in pair and pair[0] != pair[1] for pair in facts.pairs)]
    if alone and facts.focus is None and len(facts.waves) > 1:
        yield line(Cell(look.tell(say("nothing in common with another wave: {waves}", waves=few(alone))), "aside"))


def _counts(counts: Counts, look: Look) -> Iterator[Cell]:
    """Return what there is of everything that is counted."""
    present = [name for name in _COUNTED if getattr(counts, name)]
    for name in present:
        comma = "" if name == present[-1] else ", "
        said = say("{what}: {count}", what=look.translate(_COUNTED[name]), count=getattr(counts, name))
        yield Cell(f"{look.tell(said)}{comma}", _STYLES.get(name, ""))


# -- each two waves


def _by_pair(facts: Convergence, look: Look, limit: int | None) -> Section | None:
    if not facts.pairs:
        return None
    inside = any(one == other for one, other in facts.pairs)
    square = len(facts.waves) <= _SQUARE and not inside and facts.focus is None
    return Section(look.translate("Wave by wave"), (_square(facts, look) if square else _rows(facts, look, limit),))


def _square(facts: Convergence, look: Look) -> Table:
    """Return the waves as rows and as columns: each two of them meet once."""
    columns = (Column(look.translate("Wave")), *(Column(wave) for wave in facts.waves[1:]))

    def row(place: int) -> Iterator[Cell]:
        yield Cell(facts.waves[place], "title")
        for at, other in enumerate(facts.waves[1:], 1):
            counts = facts.pairs.get((facts.waves[place], other), Counts())
            style = "error" if counts.certain else "warning" if counts.possible else ""
            text = "".join(cell.text for cell in _counts(counts, look))
            yield Cell("" if at <= place else text or _NOTHING, style)

    return listed(columns, range(len(facts.waves) - 1), row)


def _rows(facts: Convergence, look: Look, limit: int | None) -> Table:
    """Return a row for each two waves, those that collide first."""
    columns = (
        Column(look.translate("Waves")),
        *(Column(look.translate(words), right=True) for words in _COUNTED.values()),
    )

    def row(pair: Pair) -> Iterator[Cell]:
        one, other = pair
        yield Cell(one if one == other else f"{one}, {other}", "title")
        for name in _COUNTED:
            count = getattr(facts.pairs[pair], name)
            yield Cell(str(count) if count else _NOTHING, _STYLES.get(name, "") if count else "")

    return listed(columns, _ordered(facts), row, limit)


def _ordered(facts: Convergence) -> list[Pair]:
    """Return each two waves that meet or collide: certain clashes first, then possible ones, then most meetings."""

    def order(pair: Pair) -> tuple[int, int, int, Pair]:
        counts = facts.pairs[pair]
        return -counts.certain, -counts.possible, -counts.meets, pair

    return sorted(facts.pairs, key=order)


# -- clashes


_HOW = {CERTAIN: phrase("certain"), DATES: phrase("possible"), PEOPLE: phrase("possible"), HOURS: phrase("possible")}
_SETTLED = phrase("to settle a possible clash, write exact dates, and under actors who goes to which moment")


def _clashes(facts: Convergence, look: Look, limit: int | None) -> Section:
    heading = look.translate("Where they collide")
    if not facts.clashes:
        return Section(heading, (line(Cell(look.translate("nowhere"), "firm")),))
    columns = [Column(), *_columns(look, *_MOMENTS, phrase("Who is asked to both"))]

    def row(clash: Clash) -> Iterator[Cell]:
        yield Cell(look.translate(_HOW[clash.how]), "error" if clash.certain else "warning")
        yield from (Cell(told(facts, entry, look)) for entry in clash.moments)
        yield Cell(often(asked(facts, clash, look), clash.times, look))

    table = _more(listed(columns, facts.clashes, row, limit), facts.totals.clashes - len(facts.clashes))
    settled = line(Cell(look.translate(_SETTLED), "aside"))
    return Section(heading, (table, settled) if facts.totals.possible else (table,))


def _columns(look: Look, *titles: str) -> list[Column]:
    return [Column(look.translate(title)) for title in titles]


def _more(table: Table, left: int) -> Table:
    """Return a table that counts those, too, that are not among the facts."""
    return table._replace(more=table.more + left)


# -- moments


def _held(facts: Convergence, look: Look, limit: int | None) -> Section | None:
    found = [meeting for meeting in facts.meetings if meeting.kind == "moment"]
    if not found:
        return None
    columns = _columns(look, phrase("Date"), phrase("Moment"), phrase("Waves"), _OFFERS)

    def row(meeting: Meeting) -> Iterator[Cell]:
        (entry,) = meeting.moments
        yield Cell(dated(entry, look), "" if meeting.sure else "vague")
        yield Cell(often(called(entry, look), meeting.times, look), "title")
        yield Cell(few(meeting.waves))
        yield Cell(look.tell(hook(meeting, look)), "note")

    return Section(look.translate("Moments in common"), (listed(columns, found, row, limit),))


_TWO = {
    "likely": (phrase("Likely one moment"), "likely"),
    "place": (phrase("In one town"), "places"),
    "days": (phrase("In the same days"), "days"),
}
"""The headings of what two moments have in common, and the fields of ``Counts`` that count it."""


def _two(facts: Convergence, kind: str, look: Look, limit: int | None) -> Section | None:
    found = [meeting for meeting in facts.meetings if meeting.kind == kind]
    if not found:
        return None
    columns = _columns(look, *_MOMENTS, _OFFERS)
    heading, counted = _TWO[kind]

    def row(meeting: Meeting) -> Iterator[Cell]:
        yield from (Cell(told(facts, entry, look)) for entry in meeting.moments)
        yield Cell(often(look.tell(hook(meeting, look)), meeting.times, look), "note")

    table = _more(listed(columns, found, row, limit), getattr(facts.totals, counted) - len(found))
    return Section(look.translate(heading), (table,))


# -- actors


def _actors(facts: Convergence, look: Look, limit: int | None) -> Section | None:
    if not facts.shared:
        return None
    columns = _columns(look, phrase("Actor"), phrase("Waves"), _OFFERS)

    def row(one: SharedActor) -> Iterator[Cell]:
        yield Cell(named_as(facts, one.actor, look, full=True), "title")
        yield Cell(acting(facts, one, look))
        yield Cell(look.tell(voice(one)), "note")

    return Section(look.translate("Actors in common"), (listed(columns, facts.shared, row, limit),))
