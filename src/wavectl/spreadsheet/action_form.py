"""The form in which members and partners describe what they do in a wave: a workbook, or text for a web form.

Its headings and lists are those that ``action_delivery`` reads, so that it comes back without a mapping.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from wavectl.diagnostics import phrase
from wavectl.i18n import translator
from wavectl.i18n.names import language_name
from wavectl.model import localized_text
from wavectl.plan.loader import Plan
from wavectl.spreadsheet.action_columns import ACTION_FIELDS, ACTION_HEADINGS
from wavectl.spreadsheet.cell_values import CHOICES
from wavectl.spreadsheet.matching import sheet_name
from wavectl.spreadsheet.rows import unambiguous_labels
from wavectl.spreadsheet.writer import (
    LISTS_SHEET,
    README_SHEET,
    add_choices,
    country_names,
    save_workbook,
    write_column,
    write_lists,
    write_readme,
)
from wavectl.text.terminal import printable

_QUESTIONS = {
    "title": phrase("What is it called? One row for each action. Only this is needed."),
    "kind": phrase("What is it? Choose from the list."),
    "organiser": phrase("Who organises it? Leave it empty for a single person."),
    "organiser_type": phrase("What is the organiser? Choose from the list."),
    "when": phrase("When is it? 14-17 September 2027, September 2027 or unknown: never more exactly than it is known."),
    "place": phrase("In which town or venue?"),
    "country": phrase("In which country?"),
    "online": phrase("Does it take place online, too or only?"),
    "moment": phrase("Which moment of the wave does it answer? Leave it empty if there is none."),
    "priority": phrase("Which strategic priority does it serve?"),
    "url": phrase("Which page has more about it? Copy its address, starting with https://."),
    "expected": phrase("How many people are expected? 50, ~50, 20-30, 70+."),
    "language": phrase("In which language is it?"),
    "publish": phrase("May it be published? If not, it can still be counted."),
}
"""The questions by column."""
_INTRODUCTION = (
    phrase("Write down what you do in this wave: one action in each row of the next sheet."),
    phrase(
        "Leave empty what is not known. Do not write mail addresses, telephone numbers or names of private persons."
    ),
    phrase("Save the file, and send it back to those who sent it."),
)
_ACTIONS_SHEET = phrase("Actions")


class _Question(NamedTuple):
    """A column of the form: its heading, the question, and the words to choose from; none for a text."""

    column: str
    heading: str
    text: str
    choices: Sequence[str] = ()


def _questions(plan: Plan, wave: str, language: str) -> Iterator[_Question]:
    """Yield the questions of a wave in a language; one without anything to choose from is left out."""
    translate = translator(language)
    choices = _choices(plan, wave, language)
    for column, question in _QUESTIONS.items():
        if choices.get(column) != []:
            heading = ACTION_HEADINGS.label(column, language)
            yield _Question(column, heading, translate(question), choices.get(column, ()))


def _choices(plan: Plan, wave: str, language: str) -> dict[str, list[str]]:
    """Return the words to choose from by column, in a language; drafts are no moments for others to see."""
    translate, languages = translator(language), (language, *plan.programme.languages)
    moments = [(moment.id, [moment.title]) for moment in plan.waves[wave].moments if not moment.draft]
    priorities = [(id_, [text]) for id_, text in plan.programme.priorities.items()]
    return {
        "kind": [translate(word) for word in CHOICES["action_kind"].values()],
        "organiser_type": [translate(word) for word in CHOICES["organiser_type"].values()],
        "country": country_names(language),
        "online": [translate("yes"), translate("no")],
        "moment": list(unambiguous_labels(moments, languages).values()),
        "priority": list(unambiguous_labels(priorities, languages).values()),
        "language": [language_name(one, language) for one in plan.programme.languages],
        "publish": [translate(word) for word in CHOICES["publish"].values()],
    }


_OPEN_LISTS = frozenset(("country", "language"))
"""The columns where other words than those of the list are allowed."""


def form_workbook(plan: Plan, wave: str, languages: Sequence[str], today: date) -> bytes:
    """Return the form of a wave as a workbook: instructions, and a sheet to fill in for each language."""
    from openpyxl import Workbook

    book = Workbook()
    front = book.worksheets[0]
    translate = translator(languages[0])
    front.title = translate(README_SHEET)
    taken = {front.title.casefold(), translate(LISTS_SHEET).casefold()}
    pages = []
    for language in languages:
        name = translator(language)(_ACTIONS_SHEET)
        name = sheet_name(f"{name} ({language})" if len(languages) > 1 else name, taken)
        taken.add(name.casefold())
        pages.append(book.create_sheet(name))
    lists = book.create_sheet(translate(LISTS_SHEET))
    first_list = 1
    for page, language in zip(pages, languages, strict=True):
        questions = list(_questions(plan, wave, language))
        listed = {
            question.column: (question.choices, question.column not in _OPEN_LISTS)
            for question in questions
            if question.choices
        }
        ranges = write_lists(lists, listed, first_list)
        first_list += len(listed)
        for number, question in enumerate(questions, start=1):
            write_column(page, number, [question.heading], ACTION_FIELDS[question.column].width)
            add_choices(page, number, 1, ranges.get(question.column), question.text)
        page.freeze_panes = "B2"
    write_readme(front, [line for language in languages for line in _instructions(plan, wave, language)])
    book.active = 1
    return save_workbook(book, today)


def _instructions(plan: Plan, wave: str, language: str) -> Iterator[str]:
    translate = translator(language)
    yield localized_text(plan.waves[wave].title, (language, *plan.programme.languages))
    yield from map(translate, _INTRODUCTION)
    label = translate("{label}: {text}")
    for question in _questions(plan, wave, language):
        yield label.format(label=question.heading, text=question.text)
    yield ""


def form_text(plan: Plan, wave: str, languages: Sequence[str]) -> str:
    """Return the questions of a wave and their answers to choose from as text, to be copied into a web form.

    A country is asked for as a text: any usual name is read.
    """
    lines: list[str] = []
    for language in languages:
        title = localized_text(plan.waves[wave].title, (language, *plan.programme.languages))
        lines += [printable(title), translator(language)(_INTRODUCTION[1]), ""]
        for question in _questions(plan, wave, language):
            lines += [question.heading, f"  {question.text}"]
            lines += [f"  - {printable(choice)}" for choice in question.choices if question.column != "country"]
            lines.append("")
    return "".join(f"{line}\n" for line in lines)
