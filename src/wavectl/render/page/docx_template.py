"""Read a Word document of someone as a template: within bounds, and only if it neither runs nor loads anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from docx import Document
from docx.opc.exceptions import OpcError
from lxml import etree

from wavectl.diagnostics import Message, msg, quoted
from wavectl.files import MIB, open_zip, unpack

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

MAX_TEMPLATE_SIZE = 16
"""How large a template may be, in MiB."""
_MAX_UNPACKED, _MAX_PARTS = 64 * MIB, 1000
"""How large its parts may be together, and how many there may be."""
_MACROS = re.compile(r"vbaproject|vbadata|/activex/|macrosheets", re.IGNORECASE)
_EMBEDDED = re.compile(r"/embeddings/|oleobject|/afchunk", re.IGNORECASE)
_LOADING_FIELDS = re.compile(
    r"\b(?:DDE|DDEAUTO|INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|LINK|DATABASE)\b", re.IGNORECASE
)
"""The fields that fetch something when a document is opened (ECMA-376-1 §17.16.5)."""
_DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_NAME = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class TemplateError(Exception):
    """A template that is refused, with what to do."""

    def __init__(self, message: Message, hint: Message) -> None:
        super().__init__(str(message))
        self.message, self.hint = message, hint


_SAVE_AGAIN = msg("open it in Word or LibreOffice, and save it as .docx")


def open_template(data: bytes) -> WordDocument:
    """Return the document of a template; raise ``TemplateError`` for one that is refused."""
    parts = read_archive(data)
    types = parts.get("[Content_Types].xml", b"")
    if any(_MACROS.search(name) for name in parts) or b"macroenabled" in types.lower():
        raise TemplateError(msg("the template has macros"), msg("save it as .docx, which has none"))
    if "word/document.xml" not in parts or _DOCUMENT_TYPE.encode() not in types:
        raise TemplateError(msg("the template is not a Word document (.docx)"), _SAVE_AGAIN)
    if any(_EMBEDDED.search(name) for name in parts):
        raise TemplateError(msg("the template has another file in it"), msg("delete the embedded object"))
    for name, content in parts.items():
        if name.lower().endswith((".xml", ".rels")):
            _check_xml(name, content)
    with refusing_damaged():
        return Document(BytesIO(data))


@contextmanager
def refusing_damaged() -> Iterator[None]:
    """Raise ``TemplateError`` for what python-docx raises if a document has parts or styles of the wrong kind."""
    try:
        yield
    except (OpcError, etree.LxmlError, LookupError, ValueError, AttributeError, TypeError) as error:
        raise _damaged() from error


def read_archive(data: bytes) -> dict[str, bytes]:
    """Return the parts of a document by name; their stated and their real size are limited."""
    parts: dict[str, bytes] = {}
    left = _MAX_UNPACKED
    with open_zip(data, _damaged()) as archive:
        entries = archive.infolist()
        if len(entries) > _MAX_PARTS:
            raise _too_large()
        for entry in entries:
            if entry.flag_bits & 1 or entry.filename in parts:
                raise _damaged()
            content = unpack(archive, entry, left)
            if content is None:
                raise _too_large()
            left -= len(content)
            parts[entry.filename] = content
    return parts


def _damaged() -> TemplateError:
    return TemplateError(msg("the template is damaged, or is not a Word document (.docx)"), _SAVE_AGAIN)


def _too_large() -> TemplateError:
    return TemplateError(
        msg("the template is larger than {size} MiB when it is unpacked", size=_MAX_UNPACKED // MIB),
        msg("delete its text and its pictures: only its styles, header and footer are used"),
    )


def _check_xml(name: str, content: bytes) -> None:
    """Raise ``TemplateError`` for a part that defines entities, or that loads something from elsewhere."""
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise _damaged() from error
    if root.getroottree().docinfo.doctype:
        raise _damaged()
    for relation in root.iter("{*}Relationship") if name.lower().endswith(".rels") else ():
        if (relation.get("TargetMode") or "").lower() == "external":
            target = quoted((relation.get("Target") or "")[:200])
            raise TemplateError(
                msg("the template links to something outside of it: {target}", target=target),
                msg("remove the link or the linked picture, and save it again"),
            )
    fields = "".join(element.text or "" for element in root.iter(f"{_NAME}instrText"))
    fields += " ".join(element.get(f"{_NAME}instr") or "" for element in root.iter(f"{_NAME}fldSimple"))
    if _LOADING_FIELDS.search(fields):
        raise TemplateError(
            msg("the template has a field that loads something from elsewhere"), msg("delete the field")
        )
