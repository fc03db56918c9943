"""Find and remove contact data in text: mail addresses and telephone numbers. None of these is ever stored."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple


class ContactKind(StrEnum):
    """What contact data is."""

    MAIL = "mail"
    TELEPHONE = "telephone"


class Contact(NamedTuple):
    """Contact data in a text, from character ``start`` to ``end``, exclusive."""

    kind: ContactKind
    start: int
    end: int


_AT = r"(?:[@＠﹫]|\s?[\[({<]\s?(?:at|arroba|arobase|chez|@)\s?[\])}>]\s?|%40|&#64;)"
_DOT = r"(?:\.|\s?[\[({]\s?(?:dot|point|punto|\.)\s?[\])}]\s?)"
_MAIL = re.compile(
    rf"(?:mailto:\s?)?[\w.!#$%&'*+/=?^`{{|}}~-]{{1,64}}{_AT}[^\W_](?:[\w-]{{0,62}}{_DOT}){{1,8}}[^\W\d_]{{2,24}}\b"
    rf"|[\w.+-]{{1,64}}{_AT}[^\W_][\w-]{{1,62}}\.?(?=…|\.\.\.)"  # cut off in the source
)
_URL = re.compile(r"(?:https?://|www\.)\S+")
_GAP = r"[\s.()\-/‐‑–]{0,3}"
_PHONE_WORD = (
    r"(?=[tpmcfwsgal☎📞📱])"  # the first letters of the words: most places are left after one look
    r"(?:t[ée]l(?:[ée]fono|[ée]phone)?|phone|mobile|m[óo]vil|mob|portable|celular|cell?|fax|whats ?app|signal|fijo|gsm"
    r"|☎|📞|📱|call|appel(?:er|ez)|llamar)\b[\s.:°º]{0,4}(?:(?:n[o°º]|num(?:ber|ero)?|au|al)[\s.:]{0,2})?"
)
_PHONE = re.compile(
    rf"(?:{_PHONE_WORD}\+?\(?\d(?:{_GAP}\d){{5,14}}"  # tel. 123456
    rf"|(?<![\w+./-])(?:tel:)?(?:\+|00)[\s(]{{0,2}}[1-9](?:{_GAP}\d){{6,13}}"  # +33 1 23 45 67 89
    rf"|(?<![\w+./,-])(?:\(0\d{{1,4}}\){_GAP}\d(?:{_GAP}\d){{4,8}}"  # (020) 7946 0958
    r"|0[1-9](?:[\s.-]?\d\d){4}"  # 01 23 45 67 89
    r"|\(?[2-9]\d\d\)?[\s.-][2-9]\d\d[\s.-]\d{4}"  # (555) 555-0123
    r"|[6-9]\d\d[\s.-]?(?:\d\d[\s.-]\d\d[\s.-]\d\d|\d{3}[\s.-]\d{3})"  # 612 34 56 78 9
    r"))(?![\w])",
    re.IGNORECASE,
)


def find_contacts(text: str) -> list[Contact]:
    """Return the mail addresses and telephone numbers in a text, in order; none of them overlap.

    A number in a web address is not a telephone number, nor is a date, a figure or a coordinate.
    """
    if (len(text) < _SHORTEST_NUMBER and text.isdigit()) or not may_hold_contacts(text):
        return []
    mails = _MAIL.finditer(text) if _MAIL_HINT.search(text) else ()
    found = [Contact(ContactKind.MAIL, *match.span()) for match in mails]
    taken = [contact[1:] for contact in found] + [match.span() for match in _URL.finditer(text)]
    for match in _PHONE.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            found.append(Contact(ContactKind.TELEPHONE, *match.span()))
    return sorted(found, key=lambda contact: contact.start)


_SHORTEST_NUMBER = 10
"""How many digits a telephone number without spaces or a plus sign has at least; ids have fewer."""


def may_hold_contacts(text: str) -> bool:
    """Tell whether a text, or any of many texts joined by NUL, may hold contact data; fast."""
    return _MAIL_HINT.search(text) is not None or _NUMBER_HINT.search(text) is not None


_MAIL_HINT = re.compile(r"[@＠﹫%&\[({<](?:(?<=[@＠﹫])|40|#64;|\s?(?i:at|arroba|arobase|chez)\s?[\])}>])")
"""Begins with one set of letters, which is looked for many times faster than several."""
_NUMBER_HINT = re.compile(r"\d(?:[\s.()\-/‐‑–]{0,3}\d){5}")


def remove_contacts(text: str) -> tuple[str, int]:
    """Return a text without its contact data, and how many of these were removed.

    Brackets and words such as "Tel." around them go too: "Group A <a@b.org>" becomes "Group A".
    """
    contacts = find_contacts(text)
    if not contacts:
        return text, 0
    kept = "".join(_kept_parts(text, contacts))
    for pattern, replacement in _LEFTOVERS:
        kept = pattern.sub(replacement, kept)
    return kept.strip(" \t,;:|-–—/·"), len(contacts)


_LEFTOVERS = (
    (re.compile(r"[<(\[{]\s*[>)\]}]"), " "),
    (
        re.compile(
            r"\b(?:e-?mail|mail|courriel|correo(?: electr[óo]nico)?|contact|contacto|tel)\s*[.:]*\s*(?=$|[,;])", re.I
        ),
        "",
    ),
    (re.compile(r"\s+([,;])"), r"\1"),
    (re.compile(r"([,;])(?:\s*[,;])+"), r"\1"),
    (re.compile(r"\s{2,}"), " "),
)


def _kept_parts(text: str, contacts: list[Contact]) -> Iterator[str]:
    start = 0
    for contact in contacts:
        yield text[start : contact.start]
        start = contact.end
    yield text[start:]
