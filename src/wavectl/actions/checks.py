"""Check registers of actions: every cell, then each row, as a stream.

Each column is checked by its distinct texts, a few thousand rows at a time, so that sound rows cost little. Only a
finding looks for its place in the line.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from operator import lt
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from wavectl.actions import ACTION_RULES
from wavectl.actions.action import (
    COLUMNS,
    FORGOTTEN,
    FREE_TEXT_COLUMNS,
    MAX_LATITUDE,
    MAX_LONGITUDE,
    POSITIONS,
    PRIVATE_COLUMNS,
    OrganiserType,
    parse_cell,
    read_degrees,
    value_or_default,
)
from wavectl.actions.contacts import find_contacts, may_hold_contacts
from wavectl.actions.figures import parse_people, reported_people
from wavectl.actions.register import RegisterError, RegisterFormat, Row, read_rows, register_format, register_paths
from wavectl.actions.sources import load_sources
from wavectl.diagnostics import FILE_START, MAX_FINDINGS, Finding, Message, Severity, Span, msg, phrase, quoted
from wavectl.files import os_error_reason
from wavectl.i18n.names import country_names
from wavectl.model import all_translations
from wavectl.model.country_boxes import is_in_country
from wavectl.model.types import ID_PATTERN
from wavectl.plan.errors.values import explain_value
from wavectl.plan.loader import ACTIONS_FOLDER, Plan
from wavectl.text.suggest import suggest, suggest_by_alias
from wavectl.timeline.actors import actor_names
from wavectl.yamlfile.document import Document

MANY_PEOPLE = 100_000
"""How many people in one action a person should look at."""
_CHUNK = 4000
_MAX_REMEMBERED = 50_000
"""How many texts of a column are remembered as sound."""


class Known(NamedTuple):
    """What the cells of a register may name: the ids of the wave's moments, and ids of the plan, with their names.

    None allows any name. Without ``today``, no result is too early for today.
    """

    moments: Mapping[str, Collection[str]] | None = None
    priorities: Mapping[str, Collection[str]] | None = None
    actors: Mapping[str, Collection[str]] | None = None
    today: date | None = None


def check_actions(plan: Plan, waves: Collection[str] | None = None) -> Iterator[Finding]:
    """Yield what is wrong in the folder of local actions of a plan: in the sources, and in the registers of waves."""
    if waves is None:
        yield from load_sources(plan.folder).findings
    try:
        paths = register_paths(plan.folder)
    except OSError as error:
        message = msg("the folder cannot be read: {reason}", reason=os_error_reason(error))
        yield Finding("unreadable-file", ACTIONS_FOLDER, (), message, None, span=FILE_START, source_line="")
        return
    actors = actor_names(plan)
    for wave, path in paths.items():
        file = f"{ACTIONS_FOLDER}/{path.name}"
        if waves is not None and wave not in waves:
            continue
        if wave not in plan.files and _has_header(path):
            message, hint = msg("there is no wave {name}", name=quoted(wave)), suggest(wave, list(plan.files))
            yield Finding("unknown-wave", file, (), message, hint, wave=wave, span=FILE_START, source_line="")
        elif wave not in plan.files:
            yield from check_register(path, file, wave, Known())
        elif wave in plan.waves:
            yield from check_register(path, file, wave, _known_in(plan, wave, actors))


def _has_header(path: Path) -> bool:
    """Tell whether a file can be read and has the header of a register."""
    try:
        return register_format(path).has_header
    except (OSError, RegisterError):
        return False


def _known_in(plan: Plan, wave: str, actors: Mapping[str, Collection[str]]) -> Known:
    """Return what the register of a wave may name; None where a part of that could not be read."""
    moments = {moment.id: all_translations(moment.title) for moment in plan.waves[wave].moments}
    priorities = {name: all_translations(text) for name, text in plan.programme.priorities.items()}
    return Known(
        None if plan.is_incomplete(wave, "moments") else moments,
        None if plan.is_incomplete(wave, "priorities") else priorities,
        None if plan.is_incomplete(wave, "actors") else actors,
        plan.today,
    )


class _Problem(NamedTuple):
    """What is wrong with a cell, or with a row; then ``column`` is the cell to show, "" for the whole row."""

    rule: str
    message: Message
    hint: Message | None
    column: str = ""


@dataclass
class _Memory:
    """What was found out about the texts of columns."""

    sound: dict[str, set[str]] = field(default_factory=lambda: {column: {""} for column in COLUMNS})
    faulty: dict[str, dict[str, _Problem]] = field(default_factory=lambda: {column: {} for column in COLUMNS})


def check_register(path: Path, file: str, wave: str, known: Known) -> Iterator[Finding]:
    """Yield what is wrong with a register; ``file`` is its name inside the plan's folder.

    At most ``MAX_FINDINGS`` of each rule are yielded, of which the last one counts the rest.
    """

    def at_start(rule: str, message: Message, hint: Message, line: int = 1) -> Finding:
        severity = ACTION_RULES.get(rule, Severity.ERROR)
        span = FILE_START._replace(line=line, end_line=line)
        return Finding(rule, file, (), message, hint, severity, wave, span=span, source_line="")

    try:
        form = register_format(path)
        if not form.has_header:
            message = msg("the first line is not the header of a register of actions")
            yield at_start("missing-header", message, msg("write the header, or bring the file in with actions import"))
            return
        if not form.is_canonical:
            yield at_start("resaved-register", *_describe_format(form))
        for row, problem in _limited(_problems(path, known)):
            yield _to_finding(row, problem, file, wave, form)
    except OSError as error:
        message = msg("the file cannot be read: {reason}", reason=os_error_reason(error))
        yield at_start("unreadable-file", message, msg("restore the file or delete it"))
    except RegisterError as error:
        yield at_start("unreadable-file", error.message, error.hint, error.line)


def _limited(problems: Iterable[tuple[Row, _Problem]]) -> Iterator[tuple[Row, _Problem]]:
    """Yield the first problems of each rule, and the last one with the number of those that were left out."""
    counts: Counter[str] = Counter()
    last: dict[str, tuple[Row, _Problem]] = {}
    for row, problem in problems:
        counts[problem.rule] += 1
        if counts[problem.rule] < MAX_FINDINGS:
            yield row, problem
        else:
            last[problem.rule] = row, problem
    for rule, (row, problem) in last.items():
        message = msg("{count} more of these follow in this file", count=counts[rule] - MAX_FINDINGS + 1)
        yield row, problem._replace(message=message, hint=msg("fix those above, then check again"))


def _describe_format(form: RegisterFormat) -> tuple[Message, Message]:
    changes = [
        *([msg("semicolons or tabs in place of commas")] if form.delimiter != "," else []),
        *([msg("line ends of Windows")] if form.has_crlf else []),
        *([msg("a byte order mark")] if form.has_bom else []),
    ]
    message = msg("a spreadsheet program has saved this register: {changes}", changes=changes)
    return message, msg("check the dates, which it may have changed too; wavectl fmt restores the rest")


def _to_finding(row: Row, problem: _Problem, file: str, wave: str, form: RegisterFormat) -> Finding:
    severity = ACTION_RULES.get(problem.rule, Severity.ERROR)
    position = POSITIONS[problem.column] if problem.column else None
    span, line = _locate(row, position, form.delimiter, hide=problem.rule == "personal-data")
    path = (row.id or row.line, *([problem.column] if problem.column else ()))
    return Finding(
        problem.rule, file, path, problem.message, problem.hint, severity, wave, span=span, waiver_id=row.id,
        source_line=line,
    )  # fmt: skip


def _locate(row: Row, position: int | None, delimiter: str, *, hide: bool) -> tuple[Span, str]:
    """Return the place of a cell in its file, None for the whole row, and the text of its line.

    Private cells, contact data, the name of a person, and with ``hide`` the cell itself, have a dot for each character.
    The line of a row with too few or too many cells is empty.
    """
    hidden = {POSITIONS[column] for column in PRIVATE_COLUMNS} | ({position} if hide else set())
    if row.get("organiser_type") == OrganiserType.PERSON:
        hidden.add(POSITIONS["organiser"])
    ends, shown = [-1], ""
    for number in range(len(row.cells)):
        start = ends[-1] + 1
        ends.append(_cell_end(row.text, start, delimiter))
        cell = row.text[start : ends[-1]]
        shown += (delimiter if number else "") + (
            _LETTER.sub("·", cell) if number in hidden or find_contacts(cell) else cell
        )
    lines = _lines(shown if len(row.cells) == len(COLUMNS) else "")
    if position is None or position >= len(row.cells):
        return Span(row.line, 1, row.line, len(_lines(row.text)[0]) + 1), lines[0]
    start, end = ends[position] + 1, ends[position + 1]
    before = _lines(row.text[:start])
    column = len(before[-1]) + 1
    line = row.line + len(before) - 1
    shown_line = lines[min(len(before), len(lines)) - 1]
    return Span(line, column, line, column + len(_lines(row.text[start:end])[0])), shown_line


_LETTER = re.compile(r"[^\r\n]")


def _lines(text: str) -> list[str]:
    """Return the lines of a text as files have them: other separators of lines are letters."""
    return re.split(r"\r\n|\r|\n", text)


def _cell_end(text: str, start: int, delimiter: str) -> int:
    """Return where a cell that starts at an offset ends: before the next delimiter outside quotation marks."""
    at = start
    if text[at : at + 1] == '"':
        at += 1
        while (at := text.find('"', at)) >= 0 and text[at + 1 : at + 2] == '"':
            at += 2
        at = len(text) if at < 0 else at + 1
    ends = [end for end in (text.find(delimiter, at), text.find("\n", at), text.find("\r", at)) if end >= 0]
    return min(ends, default=len(text))


# -- rows and cells


def _problems(path: Path, known: Known) -> Iterator[tuple[Row, _Problem]]:
    memory = _Memory()
    rows = read_rows(path)
    merged: set[str] = set()
    previous, is_sorted = "", True
    while chunk := list(islice(rows, _CHUNK)):
        whole = [row for row in chunk if len(row.cells) == len(COLUMNS)]
        if len(whole) < len(chunk):
            yield from ((row, _wrong_length(row)) for row in chunk if len(row.cells) != len(COLUMNS))
        ids = [row.id for row in chunk]
        is_sorted = is_sorted and all(map(lt, (previous, *ids), ids))
        previous = ids[-1]
        if whole:
            columns = dict(zip(COLUMNS, zip(*(row.cells for row in whole), strict=True), strict=True))
            merged.update(name for names in set(columns["also"]) for name in names.split())
            yield from _cell_problems(whole, columns, memory, known)
            yield from _row_problems(whole, columns, known)
    if merged or not is_sorted:
        yield from _duplicates(path, merged)


def _wrong_length(row: Row) -> _Problem:
    message = msg("this row has {count} cells, a register has {columns}", count=len(row.cells), columns=len(COLUMNS))
    hint = msg("write as many commas as the header has; put a text with a comma in quotation marks")
    return _Problem("invalid-value", message, hint)


def _duplicates(path: Path, merged: Collection[str]) -> Iterator[tuple[Row, _Problem]]:
    seen: set[str] = set()
    for row in read_rows(path):
        if row.id in seen:
            hint = msg("keep one of the rows, or give the other one another id")
            yield row, _Problem("duplicate-action", msg("the id {id} is there twice", id=quoted(row.id)), hint, "id")
        elif row.id in merged:
            message = msg("{id} is merged into another action, and has a row of its own", id=quoted(row.id))
            yield row, _Problem("duplicate-action", message, msg("delete this row, or the id under also"), "id")
        seen.add(row.id)


def _cell_problems(
    rows: Sequence[Row], columns: Mapping[str, Sequence[str]], memory: _Memory, known: Known
) -> Iterator[tuple[Row, _Problem]]:
    """Yield what is wrong with single cells: each distinct text of a column is looked at once."""
    has_line_breaks = any(row.text.count("\n") > 1 for row in rows)
    for column, texts in columns.items():
        sound, faulty = memory.sound[column], memory.faulty[column]
        if len(sound) > _MAX_REMEMBERED:
            sound.clear()
            sound.add("")
        new = set(texts) - sound
        if column in FREE_TEXT_COLUMNS:
            look = _check_text if column in ("url", "hashtags") or has_line_breaks else _check_contacts
            needs_look = look is _check_text or may_hold_contacts("\0".join(new))
            faults = {text: one for text in new if (one := look(column, text, known))} if needs_look else {}
        else:
            is_sound = _SOUND_FORMS.get(column, _NOTHING).fullmatch
            faults = {
                text: problem
                for text in new
                if not is_sound(text) and (problem := faulty.get(text) or _check_value(column, text, known))
            }
            if column not in _SOUND_FORMS:
                sound |= new.difference(faults)
            faulty.update(islice(faults.items(), MAX_FINDINGS))
        if column in _MISSING and "" in texts:
            faults[""] = _Problem("missing-key", *_MISSING[column], column)
        if faults:
            yield from ((row, faults[text]) for row, text in zip(rows, texts, strict=True) if text in faults)


_NOTHING = re.compile(r"(?!)")
_SOUND_FORMS = {
    "id": ID_PATTERN,
    "lat": re.compile(r"[+-]?(90|[1-8]?\d(\.\d{1,20})?)"),
    "lon": re.compile(r"[+-]?(180|(1[0-7]\d|[1-9]?\d)(\.\d{1,20})?)"),
}
"""Texts that are surely sound, for the columns whose texts all differ."""
_MISSING = {
    "id": (msg("this row has no id"), msg("write a source, a hyphen and letters or digits: form-77b1c0aa31f2")),
    "title": (msg("this action has no title"), msg("write its title; it is the only cell that is required")),
}


def _check_text(column: str, text: str, known: Known) -> _Problem | None:
    return _check_contacts(column, text, known) or _check_value(column, text, known)


def _check_contacts(column: str, text: str, _: Known) -> _Problem | None:
    if not find_contacts(text):
        return None
    message = msg("this cell holds contact data")
    hint = msg("delete the mail address or telephone number; keep contacts outside the register")
    return _Problem("personal-data", message, hint, column)


def _check_value(column: str, text: str, known: Known) -> _Problem | None:
    try:
        parse_cell(column, text)
    except ValidationError as error:
        if contact := _check_contacts(column, text, known):
            return contact
        details = error.errors(include_url=False)[0]
        explanation = explain_value(details, (column,), Document("", data={}), [])
        rule = "unknown-country" if column == "country" else explanation.rule
        return _Problem(rule, explanation.message, explanation.hint, column)
    if column == "moment" and known.moments is not None and text not in known.moments:
        message = msg("the wave has no moment {name}", name=quoted(text))
        return _Problem("unknown-moment", message, suggest_by_alias(text, known.moments), column)
    if column == "priority" and known.priorities is not None and text not in known.priorities:
        message = msg("{name} is not a strategic priority of the programme", name=quoted(text))
        return _Problem("unknown-priority", message, suggest_by_alias(text, known.priorities), column)
    if column == "actor" and known.actors is not None and text not in known.actors:
        message = msg("there is no actor {name}", name=quoted(text))
        return _Problem("unknown-actor", message, suggest_by_alias(text, known.actors), column)
    return None


# -- whole rows

_RowCheck = Callable[..., _Problem | None]


def _row_problems(
    rows: Sequence[Row], columns: Mapping[str, Sequence[str]], known: Known
) -> Iterator[tuple[Row, _Problem]]:
    """Yield what is wrong with cells that belong together: each distinct combination is looked at once."""
    for names, check in _ROW_CHECKS.items():
        groups = list(zip(*(columns[name] for name in names), strict=True))
        faults = {cells: problem for cells in set(groups) if (problem := check(known, *cells))}
        if faults:
            yield from ((row, faults[cells]) for row, cells in zip(rows, groups, strict=True) if cells in faults)
    if "" in columns["organiser"] or OrganiserType.PERSON in columns["organiser_type"]:
        for row in rows:
            problem = _check_organiser(row)
            if problem:
                yield row, problem


def _check_coordinates(_: Known, country: str, lat_text: str, lon_text: str) -> _Problem | None:
    if not lat_text and not lon_text:
        return None
    lat, lon = read_degrees(lat_text, MAX_LATITUDE), read_degrees(lon_text, MAX_LONGITUDE)
    if lat is None or lon is None:
        if lat_text and lon_text:
            return None  # a cell is wrong by itself
        column = "lon" if lat_text else "lat"
        message = msg("one of the two coordinates is missing")
        return _Problem("wrong-coordinates", message, msg("write both, or none"), column)
    if lat == lon == 0:
        message = msg("the point 0, 0 is in the sea: it is a placeholder for a missing place")
        return _Problem("wrong-coordinates", message, msg("delete both coordinates, or write the right ones"), "lat")
    if is_in_country(country, lon, lat):
        return None
    message = msg(
        "the point {lat}, {lon} is not in {country}", lat=lat_text, lon=lon_text, country=country_names(country)
    )
    return _Problem("wrong-coordinates", message, _fixed_coordinates(country, lat, lon), "lat")


def _fixed_coordinates(country: str, lat: float, lon: float) -> Message:
    """Return the hint for a point outside its country: whether another sign or order puts it inside."""
    signs = ((-lat, lon), (lat, -lon), (-lat, -lon))
    swapped = ((lon, lat), (-lon, lat), (lon, -lat), (-lon, -lat))
    for (new_lat, new_lon), text in (
        *((point, phrase("with another sign it is there: write lat {lat} and lon {lon}")) for point in signs),
        *((point, phrase("latitude and longitude are swapped: write lat {lat} and lon {lon}")) for point in swapped),
    ):
        if is_in_country(country, new_lon, new_lat):
            return msg(text, lat=f"{new_lat:g}", lon=f"{new_lon:g}")
    return msg("check the coordinates and the country; no other sign puts the point there")


def _check_figures(_: Known, people: str, low_text: str, high_text: str) -> _Problem | None:
    low, high = value_or_default("people_low", low_text), value_or_default("people_high", high_text)
    if low is not None and high is not None and low > high:
        message = msg("at least {low} people are more than at most {high}", low=low, high=high)
        return _Problem("implausible-figures", message, msg("swap the two numbers, or correct one"), "people_low")
    stated, figure = parse_people(people) if people else None, reported_people(people, low, high)
    if figure and max(figure.low, figure.high or 0) > MANY_PEOPLE:
        column = "people" if low is None and high is None else "people_low" if low_text else "people_high"
        message = msg("more than {count} people in one action", count=f"{MANY_PEOPLE:,}")
        return _Problem("implausible-figures", message, msg("check the number with the organiser"), column)
    if stated and (low is not None or high is not None) and stated != figure:
        message = msg("{people} is not the same as the numbers in people_low and people_high", people=quoted(people))
        hint = msg("correct the text or the numbers; wavectl counts the numbers")
        return _Problem("implausible-figures", message, hint, "people")
    return None


def _check_result(known: Known, when_text: str, reported_text: str, people: str, outcome: str) -> _Problem | None:
    when, reported = value_or_default("when", when_text), value_or_default("reported", reported_text)
    if when is None or when.earliest is None:
        return None
    if reported is not None and reported.earliest < when.earliest:
        message = msg("the result was reported on {day}, before the action", day=reported)
        return _Problem("result-too-early", message, msg("correct the date of the action or of the report"), "reported")
    if (people or outcome) and known.today is not None and when.earliest > known.today:
        column = "people" if people else "outcome"
        message = msg("the action has a result before its day, {day}", day=when)
        return _Problem("result-too-early", message, msg("write what is announced under expected"), column)
    return None


def _check_organiser(row: Row) -> _Problem | None:
    if row.get("organiser_type") == OrganiserType.PERSON:
        if not row.get("organiser"):
            return None
        message = msg("the organiser is a person, whose name is not stored")
        return _Problem("personal-data", message, msg("delete the name; person stays as the type"), "organiser")
    if row.get("organiser") or row.get("actor") or row.get("title") == FORGOTTEN:
        return None
    message = msg("this action has no organiser")
    return _Problem("missing-organiser", message, msg("write who does it, or person as organiser_type"), "organiser")


_ROW_CHECKS: Mapping[tuple[str, ...], _RowCheck] = {
    ("country", "lat", "lon"): _check_coordinates,
    ("people", "people_low", "people_high"): _check_figures,
    ("when", "reported", "people", "outcome"): _check_result,
}
"""The checks of rows, by the columns they read."""
