"""The site of a plan: every link leads somewhere, nothing private is in it, and the same plan gives the same bytes."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path

import pytest

from support.links import broken_links
from support.plans import REAL, TODAY, read_plan, run, state, write_plan
from support.publication import PublishedPlan, wave
from support.registers import register_bytes
from wavectl.insights.report import FRONT_ROWS
from wavectl.lockfile.entry import LockRevision
from wavectl.plan.loader import load
from wavectl.publishing.site.addresses import is_address
from wavectl.publishing.site.edition import tidy_typography
from wavectl.publishing.site.facts import SiteFacts
from wavectl.publishing.site.history import LockHistory
from wavectl.publishing.site.site import build_site

PROGRAMME = """
    name: Waves of Lyon
    uid_domain: waves.uclg.org
    site: https://waves.uclg.org/
    languages: [en, fr]
    regions: {europe: {name: Europe, countries: [FR]}}
"""


def built(home: Path, files: Mapping[str, str | bytes]) -> dict[str, str]:
    """Return the files of the site of a plan, by their paths."""
    return pages_of(SiteFacts(read_plan(home, files), date(2026, 6, 1)))


def pages_of(facts: SiteFacts) -> dict[str, str]:
    return {file.path: file.data.decode() for file in build_site(facts)}


@pytest.fixture(scope="module")
def real() -> dict[str, str]:
    return pages_of(SiteFacts(load(REAL), date.fromisoformat(TODAY)))


def test_every_link_of_the_real_site_leads_somewhere(real: dict[str, str]) -> None:
    assert broken_links(real) == []
    assert {"index.html", "style.css", "sitemap.xml", "fr/index.html", "en/waves/local-finance/index.html"} <= set(real)
    assert "es/moments/migration/gwangju-forum/gwangju-forum.ics" in real
    assert all(map(is_address, real))
    assert broken_links({"a/index.html": '<a href="../b.html">'}) == ["a/index.html: ../b.html"]


def test_the_same_plan_gives_the_same_bytes(real: dict[str, str]) -> None:
    assert pages_of(SiteFacts(load(REAL), date.fromisoformat(TODAY))) == real


def test_every_page_names_an_icon_so_that_no_browser_looks_for_one(real: dict[str, str]) -> None:
    pages = {path: text for path, text in real.items() if path.endswith(".html") and "/embed/" not in path}
    shown = {path: text for path, text in pages.items() if 'http-equiv="refresh"' not in text}
    assert all(re.search('<link rel="icon" href="(../)+site-icon.svg">', text) for text in shown.values())
    assert "<svg" in real["site-icon.svg"]


def test_the_start_page_is_small(real: dict[str, str]) -> None:
    for language in ("en", "fr", "es"):
        assert len((real[f"{language}/index.html"] + real["style.css"]).encode()) < 100_000


def test_a_short_description_is_below_the_name_and_a_long_one_beside_what_is_next(tmp_path: Path) -> None:
    for length, place in ((5, "hero"), (500, "columns")):
        programme = f"{PROGRAMME}    description: {'x' * length}\n"
        page = built(tmp_path / place, {"programme": programme, "housing": WAVE})["en/index.html"]
        assert (page.index("<p>xxx") < page.index('class="cards"')) == (place == "hero")


# -- the report


def test_the_report_is_a_page_of_the_site_with_public_facts_only(tmp_path: Path) -> None:
    hidden = "{id: hidden, title: SECRET, when: 2026-09-15, draft: true, place: {name: SECRET, country: PT}}"
    vague = "{id: vague, title: Vague, when: 2026-06, owner: SECRET, confirm_by: 2026-05-02, note: SECRET}"
    wave = WAVE.rstrip() + f"\n      - {hidden}\n      - {vague}\n"
    other = (
        wave.replace("Housing", "Climate")
        .replace("Logement", "Climat")
        .replace("place: {name: Lyon", "place: {name: Nice")
    )
    write_plan(tmp_path, {"programme": PROGRAMME, "housing": wave, "climate": other})
    pages = written(tmp_path)
    page = pages["fr/report/index.html"]
    assert broken_links(pages) == []
    assert 'href="../fr/report/index.html"' in pages["fr/index.html"]
    assert "https://waves.uclg.org/fr/report/" in pages["sitemap.xml"]
    assert policy(page) == policy(pages["fr/index.html"])
    assert not re.search(r"<(style|script)|<[^>]* style=", page)
    assert "SECRET" not in page
    private = run("--today", "2026-06-01", "--lang", "fr", "report", cwd=tmp_path).out
    assert "Régions par trimestre" in page
    for word in ("Dates à fixer", "Traductions", "Conflits", "Mois et régions", "sans moment"):
        assert word in private, word
        assert word not in page, word


def test_the_report_of_the_first_publication_says_how_many_changes_it_leaves_out(tmp_path: Path) -> None:
    more = "".join(f"\n      - {{id: m{day}, title: M, when: 2026-10-{day}}}" for day in range(10, 18))
    write_plan(tmp_path, {"programme": PROGRAMME, "housing": f"{WAVE.rstrip()}{more}\n"})
    run("--today", "2026-06-01", "publish", cwd=tmp_path)
    page = (tmp_path / "feeds/en/report/index.html").read_text()
    changes = page[page.index("What changed") :].partition("</section>")[0]
    assert (changes.count("<tr"), "and 8 more" in changes) == (1 + FRONT_ROWS, True)  # it is one page in print


def test_the_pages_of_waves_count_firm_dates_as_the_report_does(tmp_path: Path) -> None:
    """A series once, what is cancelled not at all; the page says so where its table has more rows."""
    series = "{id: day, title: Day, when: 2026-03-01, repeat: yearly, except: {2027-03-01: cancelled}}"
    unknown = "{id: late, title: Late, when: unknown}"
    wave = f"{WAVE.rstrip()}\n      - {series}\n      - {unknown}\n"
    shared = WAVE.replace("Housing", "Climate").replace("when: 2026-09-14/2026-09-17,", "same_as: housing/forum,")
    shared = shared.partition("      - {id: report")[0]
    write_plan(tmp_path, {"programme": PROGRAMME, "housing": wave, "climate": shared})
    pages = written(tmp_path)
    how = "A series counts once; what is cancelled or postponed does not count."
    assert f'<p class="day">Firm dates: 2 of 4 moments. {how}</p>' in pages["en/waves/housing/index.html"]
    assert '<p class="day">Firm dates: 1 of 1 moment.</p>' in pages["en/waves/climate/index.html"]
    report = run("--today", "2026-06-01", "--lang", "en", "report", "--format", "markdown", cwd=tmp_path).out
    rows = re.findall(r"^\| Housing \| (.*) \|$", report, re.M)
    assert "2 | 0 | 1 | 1 | 4 | 1" in rows


def policy(page: str) -> list[str]:
    return re.findall('http-equiv="Content-Security-Policy" content="([^"]*)"', page)


# -- what is private, and what is text


WAVE = """
    title: {en: Housing, fr: Logement}
    slogan: Homes for all
    hashtags: ["#Homes"]
    period: 2026-01/2027-06
    moments:
      - {id: forum, title: Forum, when: 2026-09-14/2026-09-17, place: {name: Lyon, country: FR}, description: In *Lyon*}
      - {id: report, title: Report, when: 2026-11, kind: publication}
      - {id: march, title: March, when: 2027-03-08, status: cancelled}
    """
DRAFTS = """
    title: Climate
    slogan: Cool
    hashtags: ["#Cool"]
    period: 2026-01/2027-06
    moments:
      - {id: draft, title: SECRET, when: 2026-09-15, draft: true, place: {name: SECRET, country: PT}, actors: [a]}
    """


def written(home: Path, *options: str) -> dict[str, str]:
    """Return the files that the command writes for the plan in a folder."""
    outcome = run("--today", "2026-06-01", "site", "-o", "out", *options, cwd=home)
    assert outcome.code == 0, outcome.err
    files = sorted(file for file in (home / "out").rglob("*") if file.is_file())
    return {file.relative_to(home / "out").as_posix(): file.read_text(encoding="utf-8") for file in files}


def test_nothing_private_is_in_any_file(tmp_path: Path) -> None:
    moment = "{id: march, title: March, when: 2027-03-08, status: cancelled, owner: SECRET, note: SECRET, x-a: SECRET,"
    wave = WAVE.replace(
        "{id: march, title: March, when: 2027-03-08, status: cancelled}",
        f"""{moment} source: SECRET}}
      - {{id: draft, title: SECRET, when: 2026-09-15, draft: true, place: {{name: SECRET, country: PT}}}}
    actors: [a]
    x-budget: SECRET
    source: SECRET
    waive: {{calendar-length: SECRET}}""",
    )
    actors = "    actors: {a: {name: Actor, kind: partner}}\n"
    folder = write_plan(tmp_path, {"programme": PROGRAMME + actors, "housing": wave, "climate": DRAFTS})
    (folder / "actions").mkdir()
    shown = {"review": "accepted", "publish": "full", "country": "FR"}
    rows = (
        {**shown, "title": "Open day", "organiser": "Paris", "note": "SECRET", "evidence": "SECRET", "people": "50"},
        {**shown, "title": "Write to secret@SECRET.org", "organiser": "SECRET", "organiser_type": "person"},
        {**shown, "title": "SECRET", "publish": "anonymous", "place": "SECRET"},
        {**shown, "title": "SECRET", "publish": "no"},
        {**shown, "title": "SECRET", "review": "pending"},
        {**shown, "title": "SECRET", "review": "refused", "reason": "SECRET"},
        {**shown, "title": "SECRET", "status": "cancelled"},
    )
    (folder / "actions" / "housing.csv").write_bytes(register_bytes(*rows))
    files = written(tmp_path)
    assert [path for path, text in files.items() if "SECRET" in text] == []
    assert not [path for path in files if "draft" in path or "/pt/" in path]
    assert "Actors in common" not in files["en/waves/housing/index.html"]
    assert "Open day" in files["en/countries/fr/index.html"]
    assert "3 actions, 1 with a result: 50 people" in files["en/index.html"]
    assert broken_links(files) == []


def test_a_page_lists_what_is_next_first_and_counts_all(tmp_path: Path) -> None:
    """Actions to come in order of time, those without a date, those that are over, the newest first; 100 of them."""
    regions = "{name: Europe, countries: [FR, PT]}"
    programme = PROGRAMME.replace("{name: Europe, countries: [FR]}", regions)
    folder = write_plan(tmp_path, {"programme": programme, "housing": WAVE, "climate": WAVE})
    (folder / "actions").mkdir()
    shown = {"review": "accepted", "publish": "full", "country": "FR"}
    over = [
        {**shown, "title": f"Visit {month}-{day}", "when": f"2026-{month:02}-{day:02}"}
        for month in range(1, 6)
        for day in range(1, 25)
    ]
    dated = {
        "Late": "2026-12", "Today": "2026-06-01", "Moved": "2026-07-01", "Someday": "", "On": "2026-05-30/2026-06-02",
        "Old": "2025", "Since": "2024/..",
    }  # fmt: skip
    others = [{**shown, "title": title, "when": when} for title, when in dated.items()]
    others[2]["status"] = "postponed"
    (folder / "actions" / "housing.csv").write_bytes(register_bytes(*over, *others))
    walks = {"FR": "2026-06-02", "PT": "2026-05-24"}
    rows = [{**shown, "title": "Walk", "when": day, "country": country} for country, day in walks.items()]
    (folder / "actions" / "climate.csv").write_bytes(register_bytes(*rows))
    files = written(tmp_path)
    first = ["Upcoming actions", "Since", "On", "Today", "Walk", "Late", "Actions without a date", "Moved", "Someday"]
    newest = [f"Visit {month}-{day}" for month in range(5, 0, -1) for day in range(24, 0, -1)]
    assert listed_in(files["en/countries/fr/index.html"]) == [*first, "Past actions", *newest[:93]]
    assert listed_in(files["en/regions/europe/index.html"]) == [
        *first, "Past actions", newest[0], "Walk", *newest[1:92],
    ]  # fmt: skip
    assert "28 more actions are not listed here." in files["en/countries/fr/index.html"]
    assert "29 autres actions ne sont pas affichées ici." in files["fr/regions/europe/index.html"]
    assert "not listed" not in files["en/countries/pt/index.html"]
    assert ">France · postponed</bdi>" in files["en/countries/fr/index.html"]
    assert "129 actions" in files["en/index.html"]


def test_the_page_of_a_region_counts_all_actions_of_its_countries(tmp_path: Path) -> None:
    """Those of a country in two regions are on both pages, as its moments are."""
    both = "{europe: {name: Europe, countries: [DE, FR]}, mountains: {name: Mountains, countries: [FR]}}"
    programme = PROGRAMME.replace("{europe: {name: Europe, countries: [FR]}}", both)
    folder = write_plan(tmp_path, {"programme": programme, "housing": WAVE})
    (folder / "actions").mkdir()
    rows = [{"review": "accepted", "publish": "full", "country": code, "title": f"In {code}"} for code in ("DE", "FR")]
    (folder / "actions" / "housing.csv").write_bytes(register_bytes(*rows))
    files = written(tmp_path)
    for region, figure, titles in (("europe", "2 actions", ["In DE", "In FR"]), ("mountains", "1 action", ["In FR"])):
        page = files[f"en/regions/{region}/index.html"]
        assert f'<p class="figures">{figure}, ' in page
        assert listed_in(page)[1:] == titles


def listed_in(page: str) -> list[str]:
    """Return the headings and titles of the local actions on a page, in order."""
    actions = page.partition('id="actions"')[2]
    return re.findall(r"(?<=<h3>)[^<]+|(?<=<p class=\"what\"><bdi>)[^<]+", actions)


# -- addresses that last


def test_addresses_last(tmp_path: Path) -> None:
    """A renamed wave or moment, a tied one, and one that was removed keep their addresses."""
    files: dict[str, str | bytes] = {
        "programme": PROGRAMME,
        "housing": """
            title: Housing
            was: [homes]
            period: 2026-01/2027-06
            moments:
              - {id: forum, title: Forum, when: 2026-09-14, was: [old-forum]}
              - {id: again, title: Forum here, same_as: forum}
            """,
        "wavectl.lock": "{\n"
        '"gone.homes@waves.uclg.org": {"members": ["homes/gone"], "when": "2026-08-01", "title": {"en": "Gone", "fr": '
        '"Parti"}, "digest": "0", "sequence": 1, "published": "2026-01-01", "modified": "2026-02-01", '
        '"withdrawn": "2026-02-01"},\n\n'
        '"wavectl": {"schema": "wavectl/lock/1", "uid_domain": "waves.uclg.org"}\n}\n',
    }
    pages = built(tmp_path, files)
    for old in ("housing/old-forum", "homes/forum", "homes/old-forum", "housing/again", "homes/again"):
        page = pages[f"en/moments/{old}/index.html"]
        assert 'content="0; url=../../../../en/moments/housing/forum/index.html"' in page
        assert '<link rel="canonical" href="https://waves.uclg.org/en/moments/housing/forum/">' in page
    assert "url=../../../fr/waves/housing/index.html" in pages["fr/waves/homes/index.html"]
    page = pages["fr/moments/housing/gone/index.html"]
    assert "Parti" in page
    assert "Retiré le 1er février 2026" in page
    assert "noindex" in page
    assert "url=../../../../fr/moments/housing/gone/index.html" in pages["fr/moments/homes/gone/index.html"]
    assert "again" not in pages["sitemap.xml"]
    assert "gone" not in pages["sitemap.xml"]
    assert broken_links(pages) == []


LOCK = (
    '{\n"gone.housing@waves.uclg.org": {"members": ["housing/gone"], "when": "2026-08-01", "title": "Gone", '
    '"digest": "0", "sequence": 1, "published": "2026-01-01", "modified": "2026-02-01", "withdrawn": "2026-02-01"}'
    ',\n\n"wavectl": {"schema": "wavectl/lock/1", "uid_domain": "waves.uclg.org"}\n}\n'
)


def test_a_withdrawn_moment_is_found_under_every_name_that_its_wave_had(tmp_path: Path) -> None:
    """Whichever of them the lockfile knows, and where another wave has one of them now."""
    wave = WAVE.replace("slogan:", "was: [first, homes]\n    slogan:")
    for name in ("first", "housing"):
        lock = LOCK.replace("housing/gone", f"{name}/gone")
        files = {"programme": PROGRAMME, "housing": wave, "homes": WAVE, "wavectl.lock": lock}
        pages = built(tmp_path / name, files)
        assert "Withdrawn on 1 February 2026" in pages["en/moments/housing/gone/index.html"]
        for old in ("first", "homes"):
            assert "url=../../../../en/moments/housing/gone/index.html" in pages[f"en/moments/{old}/gone/index.html"]
        assert broken_links(pages) == []


def test_a_withdrawn_series_keeps_its_rule(tmp_path: Path) -> None:
    lock = LOCK.replace(
        '"when": "2026-08-01"', '"when": "2026-08-03", "repeat": "FREQ=MONTHLY;BYDAY=1MO", "until": "2026-10-05"'
    )
    page = built(tmp_path, {"programme": PROGRAMME, "housing": WAVE, "wavectl.lock": lock})
    assert "3 August 2026, then every month (first Monday)</p>" in page["en/moments/housing/gone/index.html"]


def test_a_wave_that_is_withdrawn_keeps_its_addresses(tmp_path: Path) -> None:
    """Also under the name that it had first, which the identity of its entries has; so do its moments."""
    lock = LOCK.replace('"housing/gone"', '"homes/gone"').replace("gone.housing@", "maybe.shelter@")
    pages = built(tmp_path, {"programme": PROGRAMME, "housing": WAVE, "wavectl.lock": lock})
    for name in ("homes", "shelter"):
        page = pages[f"fr/waves/{name}/index.html"]
        assert "Cette vague n’est plus prévue." in page
        assert 'href="../../../fr/moments/homes/gone/index.html"><bdi class="struck">Gone' in page
        assert "noindex" in page
        fragment = pages[f"fr/embed/{name}.html"]
        assert "Cette vague n&#8217;est plus pr&#233;vue." in fragment
        assert f'<link rel="canonical" href="https://waves.uclg.org/fr/embed/{name}.html">' in fragment
        assert 'href="webcal://waves.uclg.org/all.ics"' in fragment
        assert f"/{name}/" not in pages["sitemap.xml"]
    for old in ("homes/maybe", "shelter/maybe", "shelter/gone"):
        assert "url=../../../../fr/moments/homes/gone/" in pages[f"fr/moments/{old}/index.html"]
    assert "Retiré le 1er février 2026" in pages["fr/moments/homes/gone/index.html"]
    assert 'href="../../../../fr/waves/homes/index.html"' in pages["fr/moments/homes/gone/index.html"]
    assert broken_links(pages) == []
    assert all(map(is_address, pages))


def test_a_wave_whose_moments_are_in_another_one_leads_to_them(tmp_path: Path) -> None:
    wave = WAVE.replace("{id: forum,", "{id: forum, was: [homes/forum],")
    lock = LOCK.replace('"housing/gone"', '"homes/forum"').replace("gone.housing@", "forum.homes@")
    lock = lock.replace(', "withdrawn": "2026-02-01"', "")
    pages = built(tmp_path, {"programme": PROGRAMME, "housing": wave, "wavectl.lock": lock})
    assert 'href="../../../en/moments/housing/forum/index.html"><bdi>Forum' in pages["en/waves/homes/index.html"]
    assert broken_links(pages) == []


TIED = {
    "housing": wave("root, when: 2017-09", "other, same_as: root", "talk, when: 2017-10"),
    "migration": wave("far, same_as: housing/root"),
}
"""A moment that is in three places, of two waves."""
NO_LONGER_TIED: dict[str, tuple[dict[str, str], str]] = {
    "a member": ({"housing": wave("root, when: 2017-09", "talk, when: 2017-10")}, "housing/root"),
    "the root": ({"housing": wave("other, when: 2017-09", "talk, when: 2017-10")}, "housing/other"),
    "a wave": ({"housing": wave("root, when: 2017-09", "other, same_as: root")}, "housing/root"),
    "the root's wave": ({"migration": wave("far, when: 2017-09")}, "migration/far"),
    "a member of a renamed wave": ({"homes": wave("root, when: 2017-09", head="was: [housing]\n")}, "homes/root"),
    "the root of a renamed wave": ({"homes": wave("other, when: 2017-09", head="was: [housing]\n")}, "homes/other"),
}


@pytest.mark.parametrize("case", NO_LONGER_TIED)
def test_every_member_of_a_tied_group_keeps_its_address(case: str, tmp_path: Path) -> None:
    """Whichever member is removed, and whatever becomes of those that are left: they are renamed or removed later."""
    files, left = NO_LONGER_TIED[case]
    plan = PublishedPlan(tmp_path)
    pages = published_pages(plan, "2017-06-01", TIED)
    addresses = [f"en/moments/{name}/index.html" for name in ("housing/root", "housing/other", "migration/far")]
    for number in (2, 3):  # the second time nothing changes
        pages = published_pages(plan, f"2017-06-0{number}", files, withdraw=TIED)
        for address in addresses:
            assert address == f"en/moments/{left}/index.html" or f"/moments/{left}/index.html" in pages[address]
        assert broken_links(pages) == []
    files = {"last": wave(f"new, when: 2017-09, was: [{left}]")}
    pages = published_pages(plan, "2017-06-04", files, withdraw=TIED)
    assert all("/moments/last/new/index.html" in pages[address] for address in addresses)
    pages = published_pages(plan, "2017-06-05", {"last": wave("unlike, when: 2017-12")}, withdraw=TIED)
    assert all("url=../../../../en/moments/last/new/index.html" in pages[address] for address in addresses)
    assert "Withdrawn" in pages["en/moments/last/new/index.html"]
    assert broken_links(pages) == []


def test_a_merged_moment_keeps_its_address_when_what_it_was_merged_with_goes(tmp_path: Path) -> None:
    """And news readers are not told that it was merged with itself."""
    plan = PublishedPlan(tmp_path)
    first = {"housing": wave("root, when: 2017-09", "other, when: 2017-09")}
    tied = {"housing": wave("root, when: 2017-09", "other, same_as: root")}
    alone = {"housing": wave("other, when: 2017-09").replace("title: T", "title: Alone")}
    versions = []
    for day, files in enumerate((first, tied, alone), 1):
        pages = published_pages(plan, f"2017-06-0{day}", files)
        versions.append(LockRevision(date(2017, 6, day), plan.lockfile))
    assert "url=../../../../en/moments/housing/other/" in pages["en/moments/housing/root/index.html"]
    facts = SiteFacts(load(plan.folder), date(2017, 6, 3))
    facts.history = LockHistory(facts.plan, versions)
    pages = pages_of(facts)
    assert "Alone — merged" not in pages["en/changes.atom"]
    assert "T — merged with another entry of the same name" in pages["en/changes.atom"]
    assert "housing/root" not in pages["en/changes.atom"]
    assert broken_links(pages) == []


def published_pages(
    plan: PublishedPlan, today: str, files: Mapping[str, str], withdraw: Collection[str] = ()
) -> dict[str, str]:
    """Return the pages of a plan after another publication; waves that are gone are withdrawn."""
    gone = [name for name in withdraw if name not in files]
    plan.publish(today, files, withdraw=gone, programme=PROGRAMME)
    return pages_of(SiteFacts(load(plan.folder), date.fromisoformat(today)))


def test_a_fragment_stays_at_the_earlier_addresses_of_its_wave(tmp_path: Path) -> None:
    pages = built(tmp_path, {"programme": PROGRAMME, "housing": WAVE.replace("slogan:", "was: [homes]\n    slogan:")})
    assert pages["en/embed/homes.html"] == pages["en/embed/housing.html"]
    assert '"canonical" href="https://waves.uclg.org/en/embed/housing.html"' in pages["en/embed/homes.html"]


def test_what_is_withdrawn_leads_to_its_wave(tmp_path: Path) -> None:
    pages = built(tmp_path, {"programme": PROGRAMME, "housing": WAVE, "wavectl.lock": LOCK})
    page = pages["en/moments/housing/gone/index.html"]
    assert 'href="../../../../en/waves/housing/index.html"' in page.partition("<h1")[0]


def test_regions_and_countries_lead_to_each_other(tmp_path: Path) -> None:
    """A country of no region stands on the start page among the others; a region without anything says so."""
    programme = PROGRAMME.replace("{europe:", "{asia: Asia, europe:")
    wave = WAVE.replace("when: 2026-11,", "when: 2026-11, place: {name: Quito, country: EC},")
    pages = built(tmp_path, {"programme": programme, "housing": wave})
    region, country, other = (
        pages[f"en/{path}/index.html"] for path in ("regions/europe", "countries/fr", "countries/ec")
    )
    assert 'href="../../../en/countries/fr/index.html">France' in region
    assert 'href="../../../en/regions/europe/index.html">Europe' in country
    assert 'class="near"' not in other
    assert '<li>Other countries<ul><li><a href="../en/countries/ec/index.html">Ecuador' in pages["en/index.html"]
    assert "No moment is planned here yet." in pages["en/regions/asia/index.html"]
    assert '<meta name="description" content="Forum">' in region


def test_how_sure_a_date_is_stands_there_once(tmp_path: Path) -> None:
    pages = built(tmp_path, {"programme": PROGRAMME, "housing": WAVE})
    firm, cancelled = (pages[f"en/moments/housing/{name}/index.html"] for name in ("forum", "march"))
    assert "</span> The date is firm.</p>" in firm
    assert "<strong>cancelled.</strong> It will not take place.</p>" in cancelled
    assert ">https:/<wbr>/<wbr>waves.uclg.org/<wbr>en/<wbr>moments/<wbr>housing/<wbr>forum/<wbr></a>" in firm


def test_a_tentative_moment_says_so_on_its_page(tmp_path: Path) -> None:
    """Its date may be vague besides, and it may happen several times."""
    wave = WAVE.replace("when: 2026-11,", "when: 2026-11, status: tentative,")
    talk = "{id: talk, title: Talk, when: 2026-10-05, repeat: FREQ=MONTHLY;COUNT=2, status: tentative}"
    wave = f"{wave.rstrip()}\n      - {talk}\n"
    pages = built(tmp_path, {"programme": PROGRAMME, "housing": wave})
    assert "<strong>tentative.</strong> The exact date is not known" in pages["en/moments/housing/report/index.html"]
    assert pages["fr/moments/housing/talk/index.html"].count(">à confirmer, provisoire</span>") == 2


def test_titles_in_another_language_than_the_page_say_so(tmp_path: Path) -> None:
    """In headings, lists and tables; a text without a language has none."""
    wave = WAVE.replace("title: {en: Housing, fr: Logement}", "title: {en: Housing}").replace(
        "title: Forum,", "title: {en: English forum},"
    )
    pages = built(tmp_path, {"programme": PROGRAMME, "housing": wave})
    for path in ("moments/housing/forum", "waves/housing", "countries/fr", "."):
        here, english = (pages[f"{code}/{path}/index.html".replace("/./", "/")] for code in ("fr", "en"))
        assert re.findall(r"<\w+([^<>]*)>English forum<", here), path
        assert all(' lang="en"' in found for found in re.findall(r"<(?:h1|bdi)([^<>]*)>English forum<", here)), path
        assert all(' lang="en"' in found for found in re.findall(r"<(?:h1|bdi)([^<>]*)>Housing<", here)), path
        assert not re.findall(r' lang="[^"]*">(?:English forum|Housing|March)<', english), path
        assert not re.findall(r' lang="[^"]*">March<', here), path


def test_typography() -> None:
    """Signs stay with their words, apostrophes are curly; addresses and scripts are as they were."""
    page = """<a href="x?a='b&#39;c">l'eau d&#39;ici « a b » : c ; d ! e ?</a> script-src 'none'"""
    tidy = tidy_typography(page)
    assert tidy == (
        """<a href="x?a='b&#39;c">l’eau d’ici «\xa0a b\xa0»\xa0: c\u202f; d\u202f! e\u202f?</a> script-src 'none'"""
    )
    assert tidy_typography(tidy) == tidy


@pytest.mark.parametrize(
    "page",
    [
        "<style>.a { color: red !important } .b::after { content: 'l'eau' }</style>",
        "<script>let l = a ? b : c; say('l'eau')</script>",
        "<pre><code>a ; b ? c : d'e</code></pre>",
        '<a href="https://x.org/l&#39;eau">https://x.org/l&#39;eau</a>',
        '<a href="mailto:o&#39;neil@x.org">to write</a>, x.org/l&#39;eau',
        '<script type="application/ld+json">{"url": "https://x.org/l\'eau", "name": "a : b"}</script>',
    ],
)
def test_code_and_addresses_stay_as_they_are(page: str) -> None:
    assert tidy_typography(page) == page
    assert tidy_typography(f"<title>l'eau</title>{page} l'eau") == f"<title>l’eau</title>{page} l’eau"


def test_only_the_pages_that_show_a_moment_change(tmp_path: Path) -> None:
    files = {"programme": PROGRAMME, "housing": WAVE, "climate": WAVE.replace("country: FR", "country: DE")}
    before = built(tmp_path, files)
    after = built(tmp_path, {**files, "housing": WAVE.replace("when: 2026-11,", "when: 2026-11-20,")})
    changed = {path for path in after if after[path] != before.get(path)}
    moment = "moments/housing/report"
    assert changed == {
        *(
            f"{code}/{page}"
            for code in ("en", "fr")
            for page in ("index.html", "waves/housing/index.html", "embed/housing.html")
        ),
        *(f"{code}/{moment}/{file}" for code in ("en", "fr") for file in ("index.html", "report.ics")),
    }
    assert after.keys() - before.keys() == {f"{code}/{moment}/report.ics" for code in ("en", "fr")}


def test_what_is_over_is_told_as_past(tmp_path: Path) -> None:
    """On every page the date is past; what was removed after its day took place, as far as anyone knows."""
    moments = "[{id: forum, title: F, when: 2026-01-14}, {id: report, title: R, when: 2026-02}, {id: march, title: M, "
    moments += "when: 2026-03-08, status: cancelled}, {id: talk, title: T, when: 2026-04-05, status: tentative}, "
    moments += "{id: call, title: C, kind: deadline, when: 2026-02-01}, {id: book, title: B, kind: publication, when: "
    moments += "2026-02-02}, {id: show, title: S, when: 2026-03-01/..}, {id: fair, title: F, when: ../2026-03-01}]"
    wave = f"{WAVE.partition('moments:')[0]}moments: {moments}"
    lock = LOCK.replace('"when": "2026-08-01"', '"when": "2026-01-20"')
    pages = built(tmp_path, {"programme": PROGRAMME, "housing": wave, "wavectl.lock": lock})
    texts = [
        re.findall(r"</span> (?:<strong>.*?</strong> )?(.*?)</p>", pages[f"en/moments/housing/{moment}/index.html"])
        for moment in ("forum", "report", "march", "talk", "call", "book", "show", "fair")
    ]
    assert texts == [
        ["According to the plan, it took place."],
        ["The exact date was never given."],
        ["It did not take place."],
        ["The date was never confirmed."],
        ["The deadline has passed."],
        ["It was published, as far as was planned."],
        ["The end is not known."],
        ["The start is not known."],
    ]
    assert "download" not in pages["en/moments/housing/forum/index.html"]
    assert "en/moments/housing/forum/forum.ics" in pages
    gone = pages["en/moments/housing/gone/index.html"]
    assert "According to the plan, it took place; it is no longer in it." in gone
    assert not {"Withdrawn", "no longer planned", "struck"} & set(
        re.findall("Withdrawn|no longer planned|struck", gone)
    )


def test_a_moment_that_lost_its_date_is_postponed_as_in_the_feeds(tmp_path: Path) -> None:
    """On every page, also a series; what never had a date has none."""
    plan = PublishedPlan(tmp_path)
    series = "day, when: 2017-10-02, repeat: FREQ=MONTHLY;COUNT=2"
    published_pages(plan, "2017-06-01", {"w": wave("m, when: 2017-09-05", series)})
    pages = published_pages(
        plan, "2017-06-02", {"w": wave("m, when: unknown", "day, when: unknown", "n, when: unknown")}
    )
    page = pages["en/moments/w/m/index.html"]
    assert '<p class="big">5 September 2017</p>' in page
    assert "<strong>postponed.</strong> It will not be on this date." in page
    assert '"eventStatus": "https://schema.org/EventPostponed"' in page
    assert pages["en/moments/w/day/index.html"].count("https://schema.org/EventPostponed") == 2
    assert "The date is still to be confirmed." in pages["en/moments/w/n/index.html"]
    assert [*re.findall(r"5 September 2017|2 October 2017|2 November 2017", pages["en/waves/w/index.html"])][-3:] == [
        *("5 September 2017", "2 October 2017", "2 November 2017")
    ]


def test_the_page_of_a_series_says_where_it_is_elsewhere(tmp_path: Path) -> None:
    change = "place: {name: Seoul, country: KR}, except: {2026-10-05: {place: {name: Lyon, country: FR}}}"
    talk = f"{{id: talk, title: Talk, when: 2026-10-05, repeat: FREQ=MONTHLY;COUNT=3, {change}}}"
    pages = built(tmp_path, {"programme": PROGRAMME, "housing": f"{WAVE.rstrip()}\n      - {talk}\n"})
    page = pages["en/moments/housing/talk/index.html"]
    assert "5 October 2026 · <bdi>Lyon, France</bdi>" in page
    assert page.count("<bdi>Lyon, France</bdi>") == 1
    assert '<p class="where"><bdi>Seoul, South Korea</bdi></p>' in page
    for code, name in (("fr", "France"), ("kr", "South Korea")):
        assert f'countries/{code}/index.html">{name}</a></dd>' in page


def test_a_fragment_of_a_wave_that_is_over_shows_its_last_moments(tmp_path: Path) -> None:
    """Also where one has no date; the moments of a former wave are in order of time, whatever their ids."""
    plan, past = PublishedPlan(tmp_path), [f"m{number}, when: 2017-0{9 - number}-02" for number in range(1, 9)]
    published_pages(plan, "2017-01-01", {"w": wave(*past, "n, when: unknown"), "v": wave()})
    pages = published_pages(plan, "2017-10-01", {"w": wave(*past, "n, when: unknown"), "v": wave()})
    assert re.findall(r"moments/w/(\w+)/", pages["en/embed/w.html"]) == ["m5", "m4", "m3", "m2", "m1", "n"]
    pages = published_pages(plan, "2017-02-01", {"v": wave()}, withdraw=["w"])
    assert re.findall(r"moments/w/(\w+)/", pages["en/embed/w.html"]) == ["m6", "m5", "m4", "m3", "m2", "m1"]
    listed = re.findall(r"moments/w/(\w+)/index.html\"><bdi", pages["en/waves/w/index.html"])
    assert listed[:8] == [f"m{number}" for number in range(8, 0, -1)]


def test_no_text_changes_the_direction_of_what_follows(tmp_path: Path) -> None:
    """Neither on a page, for search engines too, nor in the file for a calendar; SEQUENCE stays."""
    hostile = '"A \\u202e\\u2066 b\\ufffe"'
    wave = WAVE.replace("description: In *Lyon*", f"description: {hostile}").replace("slogan:", "title: T\n    slogan:")
    wave = wave.replace("    title: {en: Housing, fr: Logement}\n", "").replace("title: T", f"title: {hostile}")
    pages = built(tmp_path, {"programme": f"{PROGRAMME}    description: {hostile}\n", "housing": wave})
    assert {path for path, text in pages.items() if re.search("[\u202a-\u202e\u2066-\u2069]", text)} == set()
    assert {path for path, text in pages.items() if "\ufffe" in text and not path.endswith(".ics")} == set()
    assert 'name="description" content="A \ufffd b\ufffd"' in pages["en/index.html"]
    assert "DESCRIPTION:" in pages["en/moments/housing/forum/forum.ics"]


def test_search_engines_learn_of_dates_that_can_be_relied_on(tmp_path: Path) -> None:
    late = "{id: late, title: Late, when: 2026-10-01, status: postponed}\n"
    pages = built(tmp_path, {"programme": PROGRAMME, "housing": f"{WAVE.rstrip()}\n      - {late}"})
    assert '"eventStatus": "https://schema.org/EventPostponed"' in pages["en/moments/housing/late/index.html"]
    firm, vague, cancelled = (pages[f"en/moments/housing/{name}/index.html"] for name in ("forum", "report", "march"))
    assert '"eventStatus": "https://schema.org/EventScheduled"' in firm
    assert '"eventStatus": "https://schema.org/EventCancelled"' in cancelled
    assert "ld+json" not in vague
    assert '<link rel="alternate" hreflang="fr" href="https://waves.uclg.org/fr/moments/housing/forum/">' in firm
    assert '<a class="button" href="forum.ics" download>' in firm
    assert "download" not in vague + cancelled
    assert "<p>In <em>Lyon</em></p>" in firm
    calendar = pages["en/moments/housing/forum/forum.ics"]
    assert calendar.count("BEGIN:VEVENT") == 1
    assert "UID:forum.housing@waves.uclg.org" in calendar


def test_the_page_of_a_moment_with_hours_says_whose_time_it_is(tmp_path: Path) -> None:
    programme = PROGRAMME + "    timezone: Europe/Madrid\n"
    far = "{id: far, title: Far, when: 2026-10-02T10:00, timezone: America/New_York}"
    wave = f"{WAVE.replace('when: 2026-11,', 'when: 2026-11-03T10:00,').rstrip()}\n      - {far}\n"
    pages = built(tmp_path, {"programme": programme, "housing": wave})
    page = "moments/housing/{}/index.html".format
    assert '<p class="where">Madrid time</p>' in pages[f"en/{page('report')}"]
    assert '<p class="where">heure locale\xa0: Madrid</p>' in pages[f"fr/{page('report')}"]
    assert "(America/New_York)" in pages[f"en/{page('far')}"]
    assert not [name for name in ("far", "forum") if "Madrid" in pages[f"en/{page(name)}"]]


def test_hashtags_keep_their_sign_in_front_on_pages_from_right_to_left(tmp_path: Path) -> None:
    wave = WAVE.replace('["#Homes"]', '["#Homes", "#ماء"]')
    pages = built(tmp_path, {"programme": PROGRAMME.replace("[en, fr]", "[ar]"), "housing": wave})
    both = [pages["ar/waves/housing/index.html"], pages["ar/index.html"]]
    assert all("<bdi>#Homes</bdi>" in page and "<bdi>#ماء</bdi>" in page for page in both)


def test_without_a_site_there_are_no_full_addresses(tmp_path: Path) -> None:
    programme = PROGRAMME.replace("site: https://waves.uclg.org/", "timezone: Europe/Paris")
    pages = built(tmp_path, {"programme": programme, "housing": WAVE})
    assert "sitemap.xml" not in pages
    assert not [
        path for path, page in pages.items() if "https://waves" in page or "hreflang" in page.partition("<body")[0]
    ]
    assert broken_links(pages) == []


def test_languages_are_those_of_publications(tmp_path: Path) -> None:
    pages = built(tmp_path, {"programme": PROGRAMME + "    publish: {languages: [fr]}\n", "housing": WAVE})
    assert {path.partition("/")[0] for path in pages if "/" in path} == {"fr"}
    assert '<div lang="en">' not in pages["fr/moments/housing/forum/index.html"]  # one text for all languages
    wave = WAVE.replace("description: In *Lyon*", "description: {en: In Lyon}")
    pages = built(tmp_path, {"programme": PROGRAMME, "housing": wave})
    assert '<div lang="en"><p class="kind">English</p>\n<p>In Lyon</p>' in pages["fr/moments/housing/forum/index.html"]


def test_the_command_writes_only_what_changes(tmp_path: Path) -> None:
    write_plan(tmp_path, {"programme": PROGRAMME, "housing": WAVE})
    folder = tmp_path / "feeds"
    folder.mkdir()
    (folder / "CNAME").write_text("waves.uclg.org")
    first = run("--today", "2026-06-01", "site", cwd=tmp_path)
    assert (first.code, first.out) == (0, str(Path("feeds") / "index.html") + "\n")
    before = state(folder)
    again = run("--today", "2026-06-01", "site", cwd=tmp_path)
    assert "files written: 0, unchanged: 27" in again.err
    assert state(folder) == before
    assert (folder / "CNAME").read_text() == "waves.uclg.org"


def test_a_plan_with_errors_has_no_site(tmp_path: Path) -> None:
    write_plan(tmp_path, {"programme": PROGRAMME, "housing": WAVE.replace("2026-11,", "2026-99,")})
    outcome = run("site", "-o", "out", cwd=tmp_path)
    assert outcome.code == 1
    assert "invalid-date" in outcome.err
    assert not (tmp_path / "out").exists()
