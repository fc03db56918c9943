"""Hostile plans, lockfiles, sheets and repositories, made up from a seed: the same seed gives the same files."""

from __future__ import annotations

import io
import json
import os
import subprocess
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random

from support.plans import write_plan

HEAD = "title: Housing\nperiod: 2026-01/2027-12\n"
DATED = HEAD + "moments:\n  - {id: a, title: A, when: 2026-05-12}\n"
PROGRAMME = "uid_domain: waves.uclg.org\nlanguages: [en, fr]\n"
ODD = (
    "\u202e", "\x9b31m", "\ufeff", "\u2028", "\x85", "\xa0", "\u200b", "e\u0301", "\U0001f30a", "a" * 70_000,
    "%s{0}$(id)`id`", "../../etc/passwd", "=1+1", "<script>", "[a](javascript:x)", "null", "~", "2026-02-30", "1e999",
    "0x1F", "-", "?", ": ", "# a", "&a", "*a", "!!python/object:os.system", "NO", "::error::x", "",
)  # fmt: skip
"""Texts that something on the way might take for more than text."""
BYTES = (b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\xc3", b"\x1b[2J", b"\x7f", b"\t", b"\r", b"\xf4\x90\x80\x80")
MOMENT_KEYS = ("when", "status", "kind", "place", "same_as", "was", "repeat", "except", "url", "priorities", "short")
WAVE_KEYS = ("slogan", "hashtags", "url", "description", "content", "campaigns", "waive", "was", "source", "color")
PROGRAMME_KEYS = ("name", "regions", "priorities", "design", "feeds", "actors", "publish", "timezone", "organiser")


def _quote(text: str) -> str:
    """Return a text in quotation marks, with its odd characters as they are."""
    return "'" + text.replace("'", "''") + "'"


def _text(random: Random) -> str:
    """Return an odd text, most often with escapes, which get past the reader of YAML."""
    text = random.choice(ODD)
    return json.dumps(text) if random.random() < 0.8 else _quote(text)


def _value(random: Random, depth: int = 0) -> str:
    """Return a value in flow style, of a type that is not expected."""
    kind = random.randrange(6 if depth < 4 else 2)
    if kind < 2:
        return _text(random)
    if kind == 2:
        return random.choice(("1", "-1.5", "true", "null", "[]", "{}", "2026-05-12", "9" * 5_000, ".inf", "&a b"))
    if kind == 3:
        return "[" + ", ".join(_value(random, depth + 1) for _ in range(random.randrange(4))) + "]"
    keys = {
        random.choice((*MOMENT_KEYS, *WAVE_KEYS, "fr", "en", _text(random)[:900])) for _ in range(random.randrange(4))
    }
    return "{" + ", ".join(f"{key}: {_value(random, depth + 1)}" for key in sorted(keys)) + "}"


# -- plans


def _wrong_types(random: Random) -> dict[str, str | bytes]:
    wave = HEAD + "".join(f"{key}: {_value(random)}\n" for key in random.sample(WAVE_KEYS, 5)) + "moments:\n"
    for number in range(random.randrange(1, 20)):
        wave += f"  - id: m{number}\n    title: {_value(random)}\n"
        wave += "".join(f"    {key}: {_value(random)}\n" for key in random.sample(MOMENT_KEYS, 4))
    return {
        "housing": wave,
        "programme": "".join(f"{key}: {_value(random)}\n" for key in random.sample(PROGRAMME_KEYS, 5)),
    }


def _damaged_bytes(random: Random) -> dict[str, str | bytes]:
    data = bytearray(DATED.encode() * random.randrange(1, 200))
    for _ in range(random.randrange(1, 20)):
        at = random.randrange(len(data))
        data[at:at] = random.choice(BYTES)
    return {"housing": bytes(data), "programme": PROGRAMME}


def _nested(random: Random) -> dict[str, str | bytes]:
    opening = random.choice(("[", "{a: ", "- ", "? ", "!!map {a: ", "&a [", '["', "{"))
    key = random.choice(("title", "moments", "actors", "x-a", "description"))
    return {"housing": f"{HEAD}{key}: " + opening * random.choice((50, 1_000, 100_000)), "programme": PROGRAMME}


def _aliases(random: Random) -> dict[str, str | bytes]:
    levels, width = random.randrange(5, 60), random.randrange(2, 12)
    bomb = "".join(f"x-l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * width)}]\n" for n in range(1, levels))
    root = random.choice(("a", "[*l0]", _quote("long " * 20_000), "{a: b}"))
    key = random.choice(("title", "moments", "hashtags", "actors"))
    return {"housing": f"x-l0: &l0 {root}\n{bomb}{key}: *l{levels - 1}\nstatus: announced\n", "programme": PROGRAMME}


def _scalars(random: Random) -> dict[str, str | bytes]:
    text = random.choice(
        ("a", "a ", "[", "* ", "](", "<b>", "&amp;", "9", "\\\\", "e\u0301", "#a ", "1/1/26 ", "\u0627")
    )
    size = random.choice((1_000, 100_000, 300_000)) // len(text)
    keys = ("title", "slogan", "description", "period", "hashtags", "url", "x-a")
    moment = f"  - {{id: a, title: A, {random.choice(MOMENT_KEYS)}: {_quote(text * size)}}}\n"
    return {
        "housing": f"{HEAD}moments:\n{moment}{random.choice(keys)}: {_quote(text * size)}\n",
        "programme": PROGRAMME,
    }


def _many(random: Random) -> dict[str, str | bytes]:
    lines: Sequence[tuple[str, str]] = (
        ("moments", "  - {{id: m{0}, title: M, when: 2026-05-12}}\n"),
        ("moments", "  - {{id: m{0}, title: The forum of the cities, when: 2026-05, place: Lyon}}\n"),
        ("moments", "  - {{id: m{0}, title: M{0}, same_as: m{1}}}\n"),
        ("moments", "  - {{id: m{0}, title: M{0}, same_as: m0, when: 2026-05}}\n"),
        ("moments", "  - {{id: m{0}, title: M{0}, when: 2026-01-05, repeat: FREQ=WEEKLY}}\n"),
        ("moments", "  - {{id: m{0}, title: M{0}, when: 2026-01-05, repeat: yearly, was: [m{1}, other/m{0}]}}\n"),
        ("moments", "  - {{id: m, title: M, when: 2026-05-{0}}}\n"),
        (
            "moments",
            "  - {{id: m{0}, title: M{0}, when: 2026-05-12T10:00, actors: [a{0}, a{1}], timezone: Asia/Seoul}}\n",
        ),
        ("campaigns", "  - {{name: C{0}, hashtag: '#c{0}', actors: [a{1}]}}\n"),
        ("waive", "  moment-outside-period m{0}: because\n"),
        ("was", "  - w{0}\n"),
        ("hashtags", "  - '#h{0}'\n"),
        ("actors", "  - {{id: a{0}, name: A{0}, kind: partner, part_of: a{1}}}\n"),
        ("content", "  k{0}: text\n"),
        ("x-a", "  k{0}: [a, b]\n"),
        ("k", "  k{0}:\n"),
    )
    key, line = random.choice(lines)
    count = random.choice((10, 500, 2_000))
    return {
        "housing": HEAD + f"{key}:\n" + "".join(line.format(number, number + 1) for number in range(count)),
        "programme": PROGRAMME,
    }


def _registers(random: Random) -> dict[str, str | bytes]:
    count = random.choice((10, 200, 1_000))
    line = random.choice((
        "  a{0}: {{name: A, kind: partner, part_of: a{1}}}\n",
        "  a{0}: {{name: A{0}, kind: partner, aliases: [B, C{1}]}}\n",
        "  a{0}: {{name: {{fr: A, en: B}}, kind: member, country: FR, regions: [r{0}]}}\n",
    ))  # fmt: skip
    programme = PROGRAMME + "actors:\n" + "".join(line.format(number, (number + 1) % count) for number in range(count))
    if random.random() < 0.5:
        programme += "regions:\n" + "".join(f"  r{number}: R{number}\n" for number in range(count))
    if random.random() < 0.5:
        programme += "feeds:\n" + "".join(f"  f{number}: {{actors: [a{number}]}}\n" for number in range(count))
    return {"programme": programme, "housing": f"{DATED}actors: [a0, a{count - 1}]\n"}


def _many_files(random: Random) -> dict[str, str | bytes]:
    names = ["w{}", "w{}.yml", "W {}", "w-{}-", "w{}\u202e", ".w{}", "all{}", "w{}\n::error::"]
    name, count = random.choice(names), random.choice((3, 50, 300))
    return {name.format(number): DATED for number in range(count)} | {"programme": PROGRAMME, "housing": DATED}


_PLANS = (_wrong_types, _damaged_bytes, _nested, _aliases, _scalars, _many, _registers, _many_files)


def _replace_by_no_file(random: Random, file: Path) -> None:
    """Replace a file by something that is none."""
    file.unlink()
    kind = random.randrange(5)
    if kind == 0:
        os.mkfifo(file)
    elif kind == 1:
        file.mkdir()
    else:
        file.symlink_to(("/dev/zero", file.name, "../../secret")[kind - 2])


def make_plan(home: Path, random: Random, number: int) -> None:
    """Write a hostile plan."""
    folder = write_plan(home, _PLANS[number % len(_PLANS)](random))
    if number % 9 == 0:
        _replace_by_no_file(random, random.choice((folder / "housing.yaml", folder / "programme.yaml")))


# -- lockfiles

_ENTRY = (
    '"m{0}.housing@waves.uclg.org": {{"members": ["housing/m{0}"], "when": "2026-05", "title": "M", "digest": "0", '
    '"sequence": 0, "published": "2026-06-01", "modified": "2026-06-01"}},\n\n'
)
_LAST = '"wavectl": {"schema": "wavectl/lock/1", "uid_domain": "waves.uclg.org"}\n}\n'
_LOCK_VALUES = (
    "1", "-1", "1e999", "9" * 5_000, "NaN", "null", "true", "[]", "{}", '"2026-99-99"', '"\\ud800"', '"\\u0000"',
    '"' + "x" * 100_000 + '"', "[" * 50_000, '{"a": ' * 20_000, '"\\u202e"', "'a'", '["housing/a", 1]', '"9999-12-31"',
)  # fmt: skip


def make_lock(home: Path, random: Random, number: int) -> None:
    """Write a sound plan with a hostile lockfile."""
    folder = write_plan(home, {"programme": PROGRAMME, "housing": DATED})
    text = "{\n" + "".join(_ENTRY.format(each) for each in range(random.choice((1, 5, 3_000)))) + _LAST
    kind = number % 8
    if kind < 3:
        for _ in range(random.randrange(1, 6)):
            old = random.choice(('"0"', " 0", '"2026-05"', '"2026-06-01"', '["housing/m0"]', '"M"', '"wavectl/lock/1"'))
            text = text.replace(old, random.choice(_LOCK_VALUES), 1)
    elif kind == 3:
        text = text[: random.randrange(len(text))]
    elif kind == 4:
        text = text.replace('"when"', random.choice(('"sequence"', '"when"', '""', '"WHEN"', '"into"')))
    elif kind == 5:
        text = text.replace("m1", "m0") + random.choice((text, "", "<<<<<<< ours\n", "\x00"))
    elif kind == 6:
        line = random.choice(("=======\n", "{\n", "[\n", "\n", '"a": 1,\n', "\x00\n", "\u2028\n", "9,\n"))
        text = "{\n" + line * random.choice((10, 200_000)) + _LAST
    data = text.encode("utf-8") if kind != 7 else random.randbytes(random.randrange(100_000))
    (folder / "wavectl.lock").write_bytes(data)
    if number % 11 == 0:
        _replace_by_no_file(random, folder / "wavectl.lock")


# -- sheets

_NAMESPACE = "http://schemas.openxmlformats.org"
_MAIN = f"{_NAMESPACE}/spreadsheetml/2006/main"
_RELATIONS = f"{_NAMESPACE}/officeDocument/2006/relationships"
_PARTS: Mapping[str, str] = {
    "[Content_Types].xml": f'<Types xmlns="{_NAMESPACE}/package/2006/content-types"><Default Extension="xml" '
    'ContentType="application/xml"/><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_NAMESPACE}/package/2006/relationships"><Relationship Id="r1" '
    f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets><sheet name="S" sheetId="1" '
    'r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_NAMESPACE}/package/2006/relationships"><Relationship '
    f'Id="r1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" '
    f'Type="{_RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}"><si><t>Title</t></si><si><t>Date</t></si></sst>',
}
_CELLS = (
    '<c t="s"><v>{0}</v></c>', '<c t="s"><v>-1</v></c>', '<c t="s"><v>99999999</v></c>', "<c><v>{0}</v></c>",
    "<c><v>1e308</v></c>", "<c><v>nan</v></c>", "<c><v>-1</v></c>", '<c t="d"><v>2026-99-99</v></c>', "<c/>",
    '<c t="b"><v>7</v></c>', '<c t="e"><v>#REF!</v></c>', '<c t="zz"><v>a</v></c>', "<c><f>A1</f></c>", '<c r="ZZZ1"/>',
    '<c s="99"><v>46000</v></c>', '<c t="inlineStr"><is><t>=cmd()</t></is></c>', '<c r="XFD1048576"><v>1</v></c>',
    '<c t="inlineStr"><is><t>12/05/2026</t></is></c>', '<c t="s"><v>x</v></c>', '<c r="A0"><v>1</v></c>',
)  # fmt: skip
_DOCTYPE = (
    '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    + "]>"
)


def _workbook(random: Random, number: int) -> bytes:
    rows = [
        f"<row>{''.join(random.choice(_CELLS).format(random.randrange(4)) for _ in range(random.randrange(6)))}</row>"
        for _ in range(random.choice((1, 20, 2_000)))
    ]
    kind, parts = number % 10, dict(_PARTS)
    rows = ["<row/>"] * 100_000 if kind == 0 else rows
    heading = '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{heading}{"".join(rows)}</sheetData></worksheet>'
    sheet = {
        1: _DOCTYPE + sheet.replace("<row/>", "&m;").replace("</row>", "&l;</row>", 3),
        2: sheet.replace("<sheetData>", "<sheetData>" + " " * (60_000_000 if number == 2 else 5_000_000) * (kind == 2)),
        3: sheet[: random.randrange(len(sheet))],
        7: "<a>" * 50_000 + sheet,
    }.get(kind, sheet)
    if kind == 4:
        parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace("Title", "Title" + "x" * 3_000_000)
    elif kind == 5:
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("</sheets>", '<sheet name="S" r:id="r9"/></sheets>')
    elif kind == 6:
        del parts[random.choice(list(parts))]
    parts["xl/worksheets/sheet1.xml"] = sheet
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return _damaged(packed.getvalue(), random) if kind >= 8 else packed.getvalue()


def _damaged(data: bytes, random: Random) -> bytes:
    """Return data with some bytes changed, and perhaps cut off."""
    changed = bytearray(data)
    for _ in range(random.randrange(1, 30)):
        changed[random.randrange(len(data))] = random.randrange(256)
    return bytes(changed[: random.choice((len(data), random.randrange(len(data))))])


def _table(random: Random) -> bytes:
    mark = random.choice((",", ";", "\t", "|"))
    cells = [*(text for text in ODD if len(text) < 100), '"', '"a', "a\nb", "12/05/2026", "31 June 2026", "2026-05-12"]
    head = random.choice(
        (["Title", "Date", "Place"], ["Titre", "Titre", "Date"], ["id", "title", "when"], [" " * 30_000])
    )
    rows = [
        head,
        *([random.choice(cells) for _ in range(random.randrange(6))] for _ in range(random.choice((1, 50, 500)))),
    ]
    text = random.choice(("\n", "\r\n", "\r")).join(mark.join(row) for row in rows)
    data = text.encode(random.choice(("utf-8", "utf-16", "cp1252", "utf-32")), "replace")
    return random.choice((data, data.replace(b"2", b"\x00"), b"\xef\xbb\xbf" + data, data + b'"' * 100_000))


def make_sheet(home: Path, random: Random, number: int) -> None:
    """Write a sound plan and a hostile sheet."""
    write_plan(home, {"programme": PROGRAMME, "housing": DATED})
    data = _workbook(random, number // 3 * 2 + number % 3) if number % 3 else _table(random)
    (home / sheet_name(number)).write_bytes(data)


def sheet_name(number: int) -> str:
    """Return the name of a sheet; some workbooks have the one of a table."""
    return "sheet.xlsx" if number % 3 and number % 17 != 1 else "sheet.csv"


# -- repositories


def _git(home: Path, *arguments: str, stdin: bytes = b"") -> bytes:
    named = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false", "-c", "gc.auto=0"]
    env = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "PATH": os.environ["PATH"]}
    done = subprocess.run(["git", *named, *arguments], cwd=home, env=env, input=stdin, capture_output=True, check=False)
    return done.stdout.strip()


_SETTINGS = (
    ("core.fsmonitor", "{}"), ("core.pager", "{}"), ("diff.external", "{}"), ("core.sshCommand", "{}"),
    ("alias.rev-parse", "!{}"), ("alias.ls-tree", "!{}"), ("diff.x.textconv", "{}"), ("filter.x.smudge", "{}"),
    ("core.hooksPath", "."), ("core.worktree", "/"), ("core.bare", "true"), ("core.repositoryformatversion", "9"),
    ("gpg.program", "{}"), ("log.showSignature", "true"),
    ("extensions.partialClone", "origin"), ("core.editor", "{}"), ("uploadpack.packObjectsHook", "{}"),
    ("i18n.logOutputEncoding", "x"),
)  # fmt: skip


def _tree_of(home: Path, random: Random) -> None:
    """Commit a folder of the plan that no file system holds: odd names, modes and numbers of files."""
    blob = _git(home, "hash-object", "-w", "--stdin", stdin=DATED.encode())
    names = (
        b"a\x1b[31m.yaml",
        b"..yaml",
        b"a\\b.yaml",
        b"a\n::error.yaml",
        b"\xff.yaml",
        b"CON.yaml",
        b"a" * 300 + b".yaml",
    )
    many = [b"w%d.yaml" % number for number in range(random.choice((1, 100, 3_000)))]
    entries = b"".join(b"100644 blob %s\t%s\0" % (blob, name) for name in sorted({*many, *random.sample(names, 3)}))
    waves = _git(home, "mktree", "-z", stdin=entries)
    root = _git(home, "mktree", stdin=b"040000 tree %s\twaves\n" % waves)
    commit = _git(home, "commit-tree", "-m", "x", root.decode())
    _git(home, "update-ref", "HEAD", commit.decode())


def make_repository(home: Path, random: Random, number: int) -> None:
    """Write a plan in a hostile repository; where a program of its settings runs, it makes the file ``ran``."""
    write_plan(home, {"programme": PROGRAMME, "housing": DATED})
    program = home / "program"
    program.write_text(f"#!/bin/sh\ntouch '{home}/ran'\n")
    program.chmod(0o755)
    _git(home, "init", "--quiet", "--initial-branch=main")
    kind = number % 5
    if kind:
        _git(home, "add", "waves")
        _git(home, "commit", "-qm", "one")
    if kind == 2:
        _tree_of(home, random)
    elif kind == 3:
        git = home / ".git"
        objects = [file for file in git.rglob("*") if file.is_file() and "objects" in file.parts]
        file = random.choice([git / "HEAD", git / "config", git / "refs/heads/main", git / "index", *objects])
        file.chmod(0o644)
        file.write_bytes(random.choice((b"", random.randbytes(500), b"ref: refs/heads/main\n", b"0" * 40 + b"\n")))
    elif kind == 4:
        _git(home, "commit", "-q", "--allow-empty", "-m", "two")
        (home / ".git" / "shallow").write_bytes(_git(home, "rev-parse", "HEAD") + b"\n")
    (home / "waves" / ".gitattributes").write_text("*.yaml filter=x diff=x\n")
    for name, value in random.sample(_SETTINGS, number % 4):
        _git(home, "config", name, value.format(program))


def revision(random: Random) -> str:
    """Return a revision to compare with."""
    return random.choice(
        ("HEAD", "HEAD~1", "main", ":/one", "@{0}", "HEAD^{/(a*)*b}", "--help", "HEAD:waves", "x" * 5_000)
    )


Maker = Callable[[Path, Random, int], None]
