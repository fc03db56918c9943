"""A workbook is a zip archive of XML files: what of it is needed is taken out here, within bounds, and nothing else.

Macros, links to other files, pictures and pivot tables are left behind; XML that defines entities is refused, for
these can grow without end. What goes on to the reader is an archive of the few files that hold cells.
"""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from wavectl.diagnostics import say
from wavectl.spreadsheet.table import SheetError

GROWTH = 16
"""How many times the size of the largest file the unpacked parts of a workbook may have together."""
_NEEDED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/(?:workbook|sharedStrings|styles)\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/worksheets/[^/\\]{1,80}\.xml"
)
_MARKUP = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_FAR = re.compile(rb"""\br\s*=\s*["'][0-9]{8}""")
"""The number of a row that no sheet has: those before it would be counted one by one."""
_BLANK_CELL, _BLANK_ROW = re.compile(rb"<c(?:\s[^<>]*)?/>"), re.compile(rb"<row(?:\s[^<>]*)?(?:/>|>\s*</row>)")
_FILES = 10_000
_CHUNK = 64 * 1024


def cells_only(data: bytes, largest: int) -> BytesIO:
    """Return an archive of the parts of a workbook that hold its cells; raise ``SheetError`` for what is none.

    ``largest`` is how many bytes they may have together, unpacked.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _packed(_parts(archive, largest))
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, UnicodeDecodeError) as error:
        raise damaged() from error


def damaged() -> SheetError:
    """Return the error for a workbook that cannot be read."""
    return SheetError(
        say("the workbook is damaged or no workbook at all"),
        say("open it in Excel or LibreOffice, save it again as .xlsx, and import that"),
    )


def _parts(archive: ZipFile, largest: int) -> dict[str, bytes]:
    """Return the needed parts by name, unpacked."""
    names = archive.namelist()
    if len(names) > _FILES:
        raise damaged()
    _refuse_others(names, archive)
    parts: dict[str, bytes] = {}
    left = largest
    for entry in archive.infolist():
        name = entry.filename
        if not _NEEDED.fullmatch(name) or name in parts:
            continue
        if entry.flag_bits & 1:
            raise SheetError(say("the workbook has a password"), say("save it without one, and import that"))
        content = _unpacked(archive, entry, left)
        left -= len(content)
        if b"\x00" in content[:200] or _MARKUP.search(content) or _FAR.search(content):
            raise SheetError(
                say("the workbook holds XML that no spreadsheet program writes"),
                say("open it in Excel or LibreOffice, save it again as .xlsx, and import that"),
            )
        parts[name] = _without_blanks(content) if "/worksheets/" in name else content
    return parts


def _refuse_others(names: list[str], archive: ZipFile) -> None:
    """Refuse what is a workbook of another kind."""
    known = {name.lower() for name in names}
    save = say("save it as .xlsx (Excel workbook), and import that")
    if "xl/vbaproject.bin" in known:
        raise SheetError(say("the workbook holds macros, which are never run"), save)
    if "xl/workbook.bin" in known:
        raise SheetError(say("the file is a binary workbook (.xlsb)"), save)
    if "mimetype" in known and b"opendocument" in archive.open("mimetype").read(200):
        raise SheetError(say("the file is an OpenDocument sheet (.ods)"), save)
    if "xl/workbook.xml" not in known:
        raise damaged()


def _unpacked(archive: ZipFile, entry: ZipInfo, left: int) -> bytes:
    """Return the content of one part: neither what its entry says of its size nor what comes out may be too large."""
    content = bytearray()
    if entry.file_size <= left:
        with archive.open(entry) as part:
            while len(content) <= left and (chunk := part.read(_CHUNK)):
                content += chunk
    if entry.file_size > left or len(content) > left:
        raise SheetError(
            say("the workbook is too large when it is unpacked"),
            say("delete the empty rows and columns behind the table, or allow more with --max-size"),
        )
    return bytes(content)


def _without_blanks(xml: bytes) -> bytes:
    """Return a sheet without cells and rows that are empty: a million of these would be read one by one."""
    if b"<!" in xml:  # a remark or a verbatim text may hold what only looks like a cell
        return xml
    return _BLANK_ROW.sub(b"", _BLANK_CELL.sub(b"", xml))


def _packed(parts: dict[str, bytes]) -> BytesIO:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    packed.seek(0)
    return packed
