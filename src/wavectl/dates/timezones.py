"""Time zones from the pinned ``tzdata`` package, never from the system: a plan gives the same bytes everywhere."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

import tzdata

from wavectl.diagnostics import Message, msg

_TZDATA_DIR = Path(tzdata.__path__[0])
_SEARCH_STEP = timedelta(days=6)
"""Offsets are compared this far apart: less than the shortest summer time (a week, Brazil in 2000)."""
_OFFSET = re.compile(r"\(?(?:UTC|GMT)?\s?([+-])\s?(0?\d|1[0-4])(?::?(\d{2}))?\)?(?: .*)?", re.IGNORECASE)
_ABBREVIATIONS = """
CET CEST HEC: Europe/Paris Europe/Madrid
WET WEST: Europe/Lisbon Atlantic/Canary
EET EEST: Europe/Athens Africa/Cairo
BST: Europe/London Asia/Dhaka
IST: Asia/Kolkata Asia/Jerusalem Europe/Dublin
MSK: Europe/Moscow
GET: Asia/Tbilisi
AFT: Asia/Kabul
UZT: Asia/Tashkent
TRT: Europe/Istanbul
WAT: Africa/Lagos Africa/Kinshasa
CAT: Africa/Maputo Africa/Harare
EAT: Africa/Nairobi Africa/Addis_Ababa
SAST: Africa/Johannesburg
GST: Asia/Dubai Asia/Muscat
PKT: Asia/Karachi
NPT: Asia/Kathmandu
ICT: Asia/Bangkok Asia/Ho_Chi_Minh Asia/Phnom_Penh Asia/Vientiane
WIB: Asia/Jakarta
WITA: Asia/Makassar
SGT: Asia/Singapore
MYT: Asia/Kuala_Lumpur
HKT: Asia/Hong_Kong
PHT: Asia/Manila
JST: Asia/Tokyo
KST: Asia/Seoul
AWST: Australia/Perth
ACST ACDT: Australia/Adelaide Australia/Darwin
AEST AEDT: Australia/Sydney Australia/Brisbane
NZST NZDT: Pacific/Auckland
AST ADT: America/Halifax America/Puerto_Rico Asia/Riyadh
NST NDT: America/St_Johns
EST EDT ET HNE HAE: America/New_York America/Toronto
CST CDT CT: America/Chicago America/Mexico_City Asia/Shanghai
MST MDT MT: America/Denver America/Phoenix
PST PDT PT HNP HAP: America/Los_Angeles America/Tijuana Asia/Manila
AKST AKDT: America/Anchorage
HST: Pacific/Honolulu
BRT: America/Sao_Paulo
ART: America/Argentina/Buenos_Aires
CLT CLST: America/Santiago
UYT: America/Montevideo
PYT: America/Asuncion
BOT: America/La_Paz
PET: America/Lima
ECT: America/Guayaquil
COT: America/Bogota
VET: America/Caracas
"""
"""Abbreviations of zones, and zones that use them: several mean one hour in one place and another elsewhere."""
_ZONES_OF_OFFSETS = {
    "Z": "UTC",
    "+03:30": "Asia/Tehran",
    "+04:30": "Asia/Kabul",
    "+05:30": "Asia/Kolkata",
    "+05:45": "Asia/Kathmandu",
    "+06:30": "Asia/Yangon",
    "+09:30": "Australia/Darwin",
}
"""Zones that have such an offset all year; for whole hours there is ``Etc/GMT-8``, whose sign is inverted."""


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """Return the names of all time zones, such as ``Europe/Madrid``."""
    return frozenset((_TZDATA_DIR / "zones").read_text(encoding="utf-8").split())


@lru_cache(maxsize=64)
def get_zone(name: str) -> ZoneInfo:
    """Return the time zone with this name; raise ``KeyError`` for a name that is not in ``zone_names()``."""
    if name not in zone_names():
        raise KeyError(name)
    with (_TZDATA_DIR / "zoneinfo").joinpath(*name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def zones_of_abbreviation(name: str) -> str:
    """Return the zones that use an abbreviation in capitals, such as CET, with commas; "" if it is not known."""
    line = name and re.search(rf"^[A-Z ]*\b{re.escape(name)}\b[A-Z ]*: (.+)", _ABBREVIATIONS, re.MULTILINE)
    return line[1].replace(" ", ", ") if line else ""


@lru_cache(maxsize=256)
def zones_in_country(abbreviation: str, country: str) -> tuple[str, ...]:
    """Return the zones of a country (ISO 3166-1 alpha-2) that use an abbreviation in capitals, or all for "".

    Of zones with the same names for winter and summer, which have the same hours, only the one with most people.
    """
    table = (_TZDATA_DIR / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    zones = re.findall(rf"^{re.escape(country)}\t\S+\t(\S+)", table, re.MULTILINE)
    if listed := [zone for zone in zones_of_abbreviation(abbreviation).split(", ") if zone in zones]:
        return tuple(listed)
    by_names: dict[tuple[str | None, ...], str] = {}
    for zone in zones:
        names = tuple(datetime(2026, month, 1, tzinfo=get_zone(zone)).tzname() for month in (1, 7))
        if abbreviation in ("", *names):
            by_names.setdefault(names, zone)
    return tuple(by_names.values())


def parse_offset(text: str) -> str | None:
    """Return the offset from UTC that a text names in place of a zone, as EDTF writes it; None if it names none.

    ``UTC+8``, ``GMT+01:00`` and ``+0530`` are offsets, and so is ``AoE``, anywhere on Earth.
    """
    name = re.sub("[\N{MINUS SIGN}\N{EN DASH}]", "-", text.strip())
    if name.upper() in ("UTC", "GMT", "Z"):
        return "Z"
    if name.casefold() in ("aoe", "anywhere on earth"):
        return "-12:00"
    match = _OFFSET.fullmatch(name)
    return f"{match[1]}{int(match[2]):02}:{match[3] or '00'}" if match else None


def zone_hint(text: str, country: str = "") -> Message | None:
    """Return what to write in place of an abbreviation or an offset, which are not names of zones; else None.

    Of several zones, those in ``country`` are named if it has any.
    """
    name = text.strip().upper()
    if zones := ", ".join(zones_in_country(name, country)) or zones_of_abbreviation(name):
        return msg("{name} is an abbreviation: write the name of the zone, such as {zones}", name=text, zones=zones)
    offset = parse_offset(text)
    if offset is None:
        return None
    zone = _ZONES_OF_OFFSETS.get(offset, "")
    if offset[3:] == ":00":
        zone = f"Etc/GMT{'-' if offset[0] == '+' else '+'}{int(offset[1:3])}"
    if zone not in zone_names():
        return msg("write the offset after the time: T15:00{offset}", offset=offset)
    return msg("write the offset after the time, T15:00{offset}, or the zone {zone}", offset=offset, zone=zone)


def localize(wall_time: datetime, zone_name: str) -> datetime | None:
    """Return a wall-clock time as an aware time in a zone; None for a time that the clocks skip.

    A time that occurs twice is the first of the two (RFC 5545 §3.3.5), unless its ``fold`` is 1.
    """
    aware = wall_time.replace(tzinfo=get_zone(zone_name))
    round_trip = aware.astimezone(UTC).astimezone(aware.tzinfo)
    return aware if round_trip.replace(tzinfo=None) == wall_time else None


def transitions(zone_name: str, first_year: int, last_year: int) -> list[tuple[datetime, timedelta, timedelta]]:
    """Return the changes of a zone's offset from ``first_year`` to ``last_year``, both included (in UTC).

    Each change is the first instant (UTC) of the new offset, the offset before and the offset after.
    """
    years = range(first_year, last_year + 1)
    return [change for year in years for change in _transitions_of_year(zone_name, year)]


@lru_cache(maxsize=4096)
def _transitions_of_year(zone_name: str, year: int) -> list[tuple[datetime, timedelta, timedelta]]:
    zone = get_zone(zone_name)
    changes: list[tuple[datetime, timedelta, timedelta]] = []
    start, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    before = _utc_offset(start, zone)
    while start < end:
        step_end = min(start + _SEARCH_STEP, end)
        if _utc_offset(step_end, zone) != before:
            step_end = _first_change(start, step_end, zone)
            after = _utc_offset(step_end, zone)
            changes.append((step_end, before, after))
            before = after
        start = step_end
    return changes


def _first_change(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """Return the first second after ``low`` whose offset differs, by bisection; ``high`` has another offset."""
    before = _utc_offset(low, zone)
    while (seconds := int((high - low).total_seconds())) > 1:
        middle = low + timedelta(seconds=seconds // 2)
        if _utc_offset(middle, zone) == before:
            low = middle
        else:
            high = middle
    return high


def _utc_offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()
