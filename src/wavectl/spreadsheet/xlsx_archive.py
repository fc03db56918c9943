"""Extract the parts of a workbook (a zip archive of XML files) that hold cells, within limits.

Macros, links to other files, pictures and pivot tables are dropped. XML that defines entities is refused, because
entities can grow without limit. The result is an archive of only the parts that openpyxl needs.
"""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from wavectl.diagnostics import msg
from wavectl.spreadsheet.table import SheetError

MAX_UNPACKED_RATIO = 16
"""The maximum size of all unpacked parts together, as a multiple of the maximum file size."""
_NEEDED_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/(?:workbook|sharedStrings|styles)\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/worksheets/[^/\\]{1,80}\.xml"
)
_DOCTYPE_OR_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_HUGE_ROW_NUMBER = re.compile(rb"""\br\s*=\s*["'][0-9]{8}""")
"""A row number beyond any sheet, up to which openpyxl would count row by row."""
_BLANK_CELL, _BLANK_ROW = re.compile(rb"<c(?:\s[^<>]*)?/>"), re.compile(rb"<row(?:\s[^<>]*)?(?:/>|>\s*</row>)")
_MAX_FILES = 10_000
_CHUNK = 64 * 1024


def extract_cell_parts(data: bytes, max_bytes: int) -> BytesIO:
    """Return an archive of the parts of a workbook that hold its cells; raise ``SheetError`` for other files.

    Unpacked, the parts may have at most ``max_bytes`` together.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _repack(_needed_parts(archive, max_bytes))
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, UnicodeDecodeError) as error:
        raise damaged_workbook_error() from error


def damaged_workbook_error() -> SheetError:
    """Return the error for a workbook that cannot be read."""
    return SheetError(
        msg("the file is damaged, or is not a workbook"),
        msg("open it in Excel or LibreOffice, save it again as .xlsx, and import that"),
    )


def _needed_parts(archive: ZipFile, max_bytes: int) -> dict[str, bytes]:
    """Return the needed parts by name, unpacked."""
    names = archive.namelist()
    if len(names) > _MAX_FILES:
        raise damaged_workbook_error()
    _refuse_other_formats(names, archive)
    parts: dict[str, bytes] = {}
    bytes_left = max_bytes
    for entry in archive.infolist():
        name = entry.filename
        if not _NEEDED_PARTS.fullmatch(name) or name in parts:
            continue
        if entry.flag_bits & 1:
            raise SheetError(msg("the workbook has a password"), msg("save it without one, and import that"))
        content = _unpack(archive, entry, bytes_left)
        bytes_left -= len(content)
        if b"\x00" in content[:200] or _DOCTYPE_OR_ENTITY.search(content) or _HUGE_ROW_NUMBER.search(content):
            raise SheetError(
                msg("the workbook contains XML that spreadsheet programs never write"),
                msg("open it in Excel or LibreOffice, save it again as .xlsx, and import that"),
            )
        parts[name] = _remove_blank_cells(content) if "/worksheets/" in name else content
    return parts


def _refuse_other_formats(names: list[str], archive: ZipFile) -> None:
    """Raise ``SheetError`` for workbooks in other formats."""
    known = {name.lower() for name in names}
    save = msg("save it as .xlsx (Excel workbook), and import that")
    if "xl/vbaproject.bin" in known:
        raise SheetError(msg("the workbook contains macros, which are never run"), save)
    if "xl/workbook.bin" in known:
        raise SheetError(msg("the file is a binary workbook (.xlsb)"), save)
    if "mimetype" in known and b"opendocument" in archive.open("mimetype").read(200):
        raise SheetError(msg("the file is an OpenDocument sheet (.ods)"), save)
    if "xl/workbook.xml" not in known:
        raise damaged_workbook_error()


def _unpack(archive: ZipFile, entry: ZipInfo, bytes_left: int) -> bytes:
    """Return the content of one part. Both its stated and its real size are limited."""
    content = bytearray()
    if entry.file_size <= bytes_left:
        with archive.open(entry) as part:
            while len(content) <= bytes_left and (chunk := part.read(_CHUNK)):
                content += chunk
    if entry.file_size > bytes_left or len(content) > bytes_left:
        raise SheetError(
            msg("the workbook is too large when it is unpacked"),
            msg("delete the empty rows and columns after the table, or raise the limit with --max-size"),
        )
    return bytes(content)


def _remove_blank_cells(xml: bytes) -> bytes:
    """Return the XML of a sheet without empty cells and rows, which openpyxl would read one by one."""
    if b"<!" in xml:  # a comment or CDATA may contain text that looks like a cell
        return xml
    return _BLANK_ROW.sub(b"", _BLANK_CELL.sub(b"", xml))


def _repack(parts: dict[str, bytes]) -> BytesIO:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    packed.seek(0)
    return packed
