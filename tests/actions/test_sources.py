"""The sources of actions: how the deliveries of each are read."""

import pytest

from wavectl.actions.sources import Source, load_sources, parse_sources

SOUND = b"""\
# who delivers
sources:
  partners:
    columns: {Titre: title, "Lieu, pays": place}
    defaults: {country: FR, when: 2027-03, online: true}   # a month
    language: fr
    dates: day-month
    x-contact: on paper
"""


def test_a_source_has_its_mapping_and_defaults_as_written():
    source = parse_sources(SOUND).sources["partners"]
    assert source.columns == {"Titre": "title", "Lieu, pays": "place"}
    assert source.defaults == {"country": "FR", "when": "2027-03", "online": "true"}
    assert (source.language, source.dates) == ("fr", "day-month")


def test_a_mapping_is_remembered_and_all_else_stays():
    loaded = parse_sources(SOUND)
    source = loaded.sources["partners"]
    changed = source.model_copy(update={"columns": {**source.columns, "Pays": "country"}})
    text = loaded.with_source("partners", changed)
    assert parse_sources(text.encode()).sources["partners"] == changed
    kept = [line for line in SOUND.decode().splitlines() if "Titre" not in line]
    assert [line for line in text.splitlines() if line in kept] == kept
    new = Source(language="es", columns={"País": "country"})
    text = parse_sources(text.encode()).with_source("form", new)
    assert list(parse_sources(text.encode()).sources) == ["partners", "form"]
    assert parse_sources(text.encode()).sources["form"] == new


def test_the_first_source_makes_the_file(tmp_path):
    assert load_sources(tmp_path).sources == {}
    new = Source(columns={"Titre": "title"})
    assert parse_sources(load_sources(tmp_path).with_source("form", new).encode()).sources == {"form": new}


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("sources: {partners: {columns: {Titre: titel}}}", ("sources", "partners", "columns", "Titre")),
        ("sources: {partners: {columns: {Id: id}}}", ("sources", "partners", "columns", "Id")),
        ("sources: {partners: {defaults: {country: FRA}}}", ("sources", "partners", "defaults")),
        ("sources: {partners: {dates: dmy}}", ("sources", "partners", "dates")),
        ("sources: {Partners: {}}", ("sources", "Partners")),
        ("sources: {partners: {colums: {}}}", ("sources", "partners", "colums")),
        ("partners: {}", ("partners",)),
    ],
)
def test_mistakes_are_findings_with_their_place(text, path):
    loaded = parse_sources(text.encode())
    assert [finding.path for finding in loaded.findings] == [path]
    assert loaded.sources == {}
