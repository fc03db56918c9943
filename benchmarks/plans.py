"""Generate plans of any size, always the same for the same size.

The number of years and towns grows with the number of moments. The plans are sound: every rule has something to check,
and finds nothing.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path

TITLE = "Assemblée des villes pour le droit au logement"
TOWNS = 40  # per thousand moments
PROGRAMME = """\
name: {fr: Programme de mesure, en: Benchmark programme}
uid_domain: bench.example
languages: [fr, en]
publish: {languages: [fr]}
timezone: Europe/Madrid
regions:
  europe: {name: Europe, countries: [ES, CH, FR]}
  asia-pacific: {name: {fr: Asie-Pacifique, en: Asia-Pacific}, countries: [KR]}
  latin-america: {name: {fr: Amérique latine, en: Latin America}, countries: [MX]}
design:
  min_priorities: 3
  min_regions: 2
  months: [6, 18]
  required_groups: [network, external]
  max_silent_months: 6
actors:
"""
COUNTRIES = ("ES", "CH", "FR", "KR", "MX")
ACTORS = 20
KINDS = ("member", "research")
SESSIONS = 2100  # the number of the first session; smaller ones may look like years, which do not tell titles apart


def write_plan(folder: Path, moments: int, files: int, *, faulty: bool = False) -> None:
    """Write a plan with ``moments`` moments in ``files`` wave files; ``faulty`` puts one error into each file."""
    folder.mkdir(parents=True)
    actors = [
        f"  actor-{number}: {{name: {{fr: Acteur {number}, en: Actor {number}}}, kind: {KINDS[number % 2]}, "
        f"country: {COUNTRIES[number % len(COUNTRIES)]}}}\n"
        for number in range(ACTORS)
    ]
    (folder / "programme.yaml").write_text(PROGRAMME + "".join(actors), encoding="utf-8")
    each = moments // files
    for number in range(files):
        text = wave(number, each, towns=max(1, moments * TOWNS // 1000))
        if faulty:
            text = text.replace("kind: deadline", "kind: deadlin", 1)
        (folder / f"wave-{number:04}.yaml").write_text(text, encoding="utf-8")


def write_registers(folder: Path, rows: int, waves: int = 1) -> None:
    """Write ``rows`` local actions into the registers of the first waves of a plan; nothing is wrong with them.

    No title has so long a number that it could be a telephone's: every row takes as long to check as the first one.
    """
    from wavectl.actions.register import Row, format_rows

    places = (("ES", 40, -4), ("CH", 46, 8), ("FR", 47, 2), ("KR", 36, 127), ("MX", 20, -99))
    made = (
        Row.new(
            {
                "id": f"partners-{number:012x}", "source": "partners", "source_id": str(number), "kind": "event",
                "first_seen": "2027-03-01", "language": "fr",
                "title": f"Open day {number % 1000} of quarter {number // 1000}",
                "organiser": f"City {number % 5000}", "organiser_type": "member", "place": f"Town {number % 9000}",
                "when": f"2027-{number % 12 + 1:02}-{number % 28 + 1:02}", "country": places[number % 5][0],
                "lat": f"{places[number % 5][1]}.{number % 9999:04}",
                "lon": f"{places[number % 5][2]}.{number % 9999:04}",
                "people": ("~50", "20-30", "70+", "")[number % 4], "review": "accepted", "publish": "full",
            }
        )
        for number in range(rows)
    )  # fmt: skip
    (folder / "actions").mkdir()
    for number in range(waves):
        with (folder / "actions" / f"wave-{number:04}.csv").open("wb") as file:
            file.writelines(format_rows(islice(made, rows // waves)))


def wave(number: int, moments: int, towns: int) -> str:
    """Return the text of a wave of 18 months that starts ``number`` months after January 2000."""
    first, last = number, number + 17
    lines = [
        f"title: {{fr: Vague {number} pour le logement, en: Wave {number} for housing, es: Ola {number}}}",
        f'slogan: {{fr: "Le logement {number} est un droit!", en: "Housing {number} is a right!"}}',
        f'hashtags: ["#Vague{number}"]',
        f"period: {month(first)}/{month(last)}",
        "actors: [actor-1, actor-2, {id: actor-3, role: lead}]",
        "content: {advocacy: Plaidoyer, learning: Apprentissage, monitoring: Suivi}",
        "moments:",
    ]
    for at in range(moments):
        lines += moment(number * moments + at, first + at % 17, towns)
    return "\n".join(lines) + "\n"


def moment(number: int, since: int, towns: int) -> list[str]:
    """Return the lines of a moment in the month ``since``, counted from January 2000."""
    town, day = number * 7 % towns, number % 26 + 1
    here = month(since)
    when = (
        f"{here}-{day:02}",
        f"{here}-{day:02}/{here}-{day + 2:02}",
        here,
        f"{here}-{day:02}T15:00/{here}-{day:02}T16:30",
    )[number % 4]
    kind = ("event", "observance", "deadline")[number % 3]
    return [
        f"  - id: moment-{number}",
        "    title:",
        f'      fr: "{TITLE}, session {SESSIONS + number}"',
        f'      en: "Assembly of cities for the right to housing, session {SESSIONS + number}"',
        f"    kind: {kind}",
        f"    when: {when}",
        f"    status: {('confirmed', 'confirmed', 'tentative')[number % 3]}",
        f"    place: {{name: Ville {town}, country: {COUNTRIES[town % len(COUNTRIES)]}}}",
        f"    actors: [actor-{number % ACTORS}, actor-{(number + 3) % ACTORS}]",
        "    priorities: [advocacy, learning]",
        f"    url: https://bench.example/moments/{number}",
        f'    description: "Une journée de travail, avec des élus; des habitants et des chercheurs (no {number})."',
        f'    source: "{TITLE}, Ville {town}, {here}"',
    ]


def month(number: int) -> str:
    """Return a month, counted from January 2000, in EDTF."""
    return f"{2000 + number // 12}-{number % 12 + 1:02}"


def write_events(file: Path, moments: int) -> None:
    """Write the same moments in the format of yaml2ics, a vague date as its first day."""
    lines = ["name: Benchmark programme", "timezone: Europe/Madrid", "events:"]
    for number in range(moments):
        day, following = (f"{month(number // 100 + number % 17)}-{number % 26 + more:02}" for more in (1, 3))
        lines += [
            f'  - summary: "{TITLE}, session {number}"',
            f"    begin: {day}" + (" 15:00:00" if number % 4 == 3 else ""),
            *(
                [f"    end: {day} 16:30:00"]
                if number % 4 == 3
                else [f"    end: {following}"]
                if number % 4 == 1
                else []
            ),
            f"    location: Ville {number * 7 % 400}",
            f"    url: https://bench.example/moments/{number}",
            f'    description: "Une journée de travail, avec des élus; des habitants et des chercheurs (no {number})."',
        ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
