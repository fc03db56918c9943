"""Contact data is found in text, and nothing else is taken for it."""

import pytest

from wavectl.actions.contacts import ContactKind, find_contacts, remove_contacts

MAIL, PHONE = ContactKind.MAIL, ContactKind.TELEPHONE

CONTACTS = {
    "Group 1a <group10@mairie.example>": (MAIL, "Group 1a"),
    "write to ana.perez+waves@ciudad.example.mx": (MAIL, "write to"),
    "mailto:a@b.example": (MAIL, ""),
    "ana (at) ciudad (dot) example": (MAIL, ""),
    "ana [arroba] ciudad.example": (MAIL, ""),
    "jean arobase": None,
    "anaïs@mairie.example": (MAIL, ""),
    "Ana, ana@b.example, Town hall": (MAIL, "Ana, Town hall"),
    "https://forms.example/?mail=a@b.example": (MAIL, "https://forms.example"),
    "+33 1 23 45 67 89": (PHONE, ""),
    "0033123456789": (PHONE, ""),
    "+1 (555) 555-0123": (PHONE, ""),
    "(555) 555-0123": (PHONE, ""),
    "Mairie, tél. : 01 23 45 67 89": (PHONE, "Mairie"),
    "01.23.45.67.89": (PHONE, ""),
    "0123456789": (PHONE, ""),
    "WhatsApp +221 77 123 45 67": (PHONE, ""),
    "Teléfono: 612 34 56 78": (PHONE, ""),
    "612 345 678": (PHONE, ""),
    "phone 123456": (PHONE, ""),
    "(020) 7946 0958": (PHONE, ""),
}

INNOCENT = (
    *("", "Open Data Day 2024 @ DIT USJ", "#OpenDataHack @handle", "2024-03-02", "2024-03-02/2024-03-05", "2017-2019"),
    *("02/03/2024 14:00-16:30", "from 10:00 to 12:30 on 3.3.2024", "50.5-60.25", "-33.9249", "151.20929 -33.86785"),
    *("1 000 000 people", "1,204,000", "10 000 - 20 000", "20241231", "https://site.example/0123456789"),
    *("https://site.example/@town/1", "www.site.example/2024/03/0123456789.html", "CO2 12 34", "ISO 8601-2:2019"),
    *("ISBN 978-3-16-148410-0", "partners-0123456789ab", "SDG 11, 13 and 17", "75001 Paris", "row 0123", "12345678"),
    *("budget: 1 500 000 EUR", "A/RES/71/256", "2030 Agenda", "3rd of March (2024)", "[2018-05-12,2018-06-03]"),
)


@pytest.mark.parametrize(("text", "expected"), CONTACTS.items())
def test_contacts_are_found_and_removed(text, expected):
    kinds = [contact.kind for contact in find_contacts(text)]
    assert kinds == ([] if expected is None else [expected[0]])
    if expected and expected[1] and "://" not in text:
        assert remove_contacts(text) == (expected[1], 1)
    assert find_contacts(remove_contacts(text)[0]) == []


@pytest.mark.parametrize("text", INNOCENT)
def test_other_texts_hold_no_contacts(text):
    assert find_contacts(text) == []
    assert remove_contacts(text) == (text, 0)


def test_every_contact_of_a_text_is_counted():
    text = "A <a@b.example> <c@d.example>, +33 1 23 45 67 89"
    assert [contact.kind for contact in find_contacts(text)] == [MAIL, MAIL, PHONE]
    assert remove_contacts(text) == ("A", 3)
    assert "@" not in remove_contacts("mail a@b.example; c@d.example")[0]
