"""Bring the catalogues of phrases up to date: ``src/wavectl/locale/<language>.po`` and, compiled, ``.mo``.

Run it after any change to a phrase, translate what the ``.po`` files lack, and run it again. With ``--check`` it
writes nothing and exits 1 where a catalogue is stale or incomplete.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).parent.parent / "src" / "wavectl"
HOME = SOURCE / "locale"
KEYWORDS = {"say": None, "phrase": None, "translate": None, "_checked": (2, 3), "_one_of": (2, 3)}
"""The functions that are given phrases: as their first argument, or as the ones named."""


def phrases() -> dict[str, list[str]]:
    """Return every phrase of the source, with the files it stands in."""
    found: dict[str, list[str]] = {}
    method_map = [("**.py", "python")]
    for file, _line, text, _comments, _context in extract_from_dir(SOURCE, method_map, keywords=KEYWORDS):
        for one in text if isinstance(text, tuple) else (text,):
            if one and Path(file).as_posix() not in found.setdefault(one, []):
                found[one].append(Path(file).as_posix())
    return dict(sorted(found.items()))


def updated(language: str, found: dict[str, list[str]]) -> Catalog:
    """Return the catalogue of a language with the phrases of the source, and the translations it has of them."""
    file = HOME / f"{language}.po"
    old = read_po(file.open("rb"), locale=language) if file.exists() else Catalog(locale=language)
    catalog = Catalog(locale=language, fuzzy=False, header_comment="# The phrases of wavectl. English is the key.")
    for text, files in found.items():
        known = old.get(text)
        catalog.add(text, known.string if known else "", locations=[(name, 0) for name in sorted(files)])
    return catalog


def as_po(catalog: Catalog) -> bytes:
    """Return a catalogue as text, the same bytes for the same phrases."""
    out = BytesIO()
    write_po(out, catalog, width=110, omit_header=True, include_lineno=False, sort_output=False)
    head = f'msgid ""\nmsgstr ""\n"Language: {catalog.locale}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    return head.encode() + out.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    """Return a catalogue compiled for gettext, the same bytes for the same phrases."""
    bare = Catalog(locale=catalog.locale, fuzzy=False)
    bare.mime_headers = [("Content-Type", "text/plain; charset=utf-8")]
    for message in catalog:
        if message.id and message.string:
            bare.add(message.id, message.string)
    out = BytesIO()
    write_mo(out, bare)
    return out.getvalue()


def main() -> int:
    """Write the catalogues, or check them; return 1 where something is missing."""
    check = sys.argv[1:] == ["--check"]
    found = phrases()
    missing = 0
    for language in ("fr", "es"):
        catalog = updated(language, found)
        for message in catalog:
            if message.id and not message.string:
                missing += 1
                print(f"{language}: {message.id}")
        for suffix, data in ((".po", as_po(catalog)), (".mo", as_mo(catalog))):
            file = HOME / f"{language}{suffix}"
            if check and (not file.exists() or file.read_bytes() != data):
                missing += 1
                print(f"{file.name} is stale: run scripts/catalogues.py")
            elif not check:
                file.write_bytes(data)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
