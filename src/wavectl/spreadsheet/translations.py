"""The missing translations of a plan: which texts lack a language, as a sheet to fill in, and that sheet read back."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from wavectl.diagnostics import Message, msg, phrase
from wavectl.editing.moments import PROGRAMME, PlanChangeset
from wavectl.model import Text, WaveStatus
from wavectl.model.translatable import TranslatableText, programme_texts, wave_texts
from wavectl.plan.loader import Plan
from wavectl.spreadsheet.cell_values import clean_text
from wavectl.spreadsheet.reader import SheetCell, SheetRow, SheetTable

KEY_HEADING = "wavectl-key"
"""The heading of the column that says where a text belongs, the same in every language."""
TEXT_HEADING = phrase("Text")


class PlanText(NamedTuple):
    """A text of the plan that readers see: its file (a wave, or ``PROGRAMME``) and its name in words."""

    file: str
    name: Message
    text: TranslatableText


def plan_texts(plan: Plan, waves: Sequence[str] | None = None) -> dict[str, PlanText]:
    """Return the texts of waves (None: of the whole plan, with the programme) by their key in sheets.

    Of a wave that is only announced this is the title.
    """
    found: dict[str, PlanText] = {}
    if waves is None and plan.programme_file is not None:
        texts = programme_texts(plan.programme)
        found.update(_keyed(plan, PROGRAMME, plan.programme_file, plan.programme.name, texts))
    for wave_id in plan.waves if waves is None else waves:
        wave = plan.waves[wave_id]
        if not wave.waives("missing-translation"):
            texts = wave_texts(wave, plan.programme, announced=wave.status is WaveStatus.ANNOUNCED)
            found.update(_keyed(plan, wave_id, plan.files[wave_id], wave.title, texts))
    return found


def _keyed(
    plan: Plan, name: str, file: str, title: Text | None, texts: Iterator[TranslatableText]
) -> Iterator[tuple[str, PlanText]]:
    """Return texts by the path of their ids; those of the file itself are named by its title.

    A region or a place that is written as a text has no key ``name``.
    """
    for one in texts:
        parts: list[str] = [name]
        block, path = plan.documents[file].data, one.path
        for part in one.path:
            if part == "name" and part not in block:
                path = path[:-1]
                break
            block = block[part]
            parts.append(str(block.get("id", part)) if isinstance(part, int) else part)
        label = one.label if one.owner or not title else msg("{text} of {owner}", text=one.label, owner=title)
        if title and one.owner and one.path[0] in ("content", "actors"):  # several waves have these under one name
            label = Message("{text}, {owner}", {"text": label, "owner": title})
        yield "/".join(parts), PlanText(name, label, one._replace(path=path))


def translation_table(texts: Mapping[str, PlanText], names: Mapping[str, str], languages: Sequence[str]) -> SheetTable:
    """Return the sheet of texts, whose names are given by key: a row a text, a column a language."""
    headings = (KEY_HEADING, names[""], *languages)
    rows = [
        headings,
        *((key, names[key], *(one.text.text.get(to, "") for to in languages)) for key, one in texts.items()),
    ]
    cells = [SheetRow(number, [SheetCell(text) for text in row]) for number, row in enumerate(rows, 1)]
    return SheetTable(names[""], cells, ";")


def read_translations(plan: Plan, tables: Sequence[SheetTable]) -> tuple[PlanChangeset, list[str]] | None:
    """Return what a sheet of translations adds to the plan, and the keys that the plan has not (any more).

    Only texts that the plan lacks are taken. Return None if no table is such a sheet.
    """
    table = next((one for one in tables if one.rows and one.rows[0].cells[0].text.strip() == KEY_HEADING), None)
    if table is None:
        return None
    known, changes, unknown = plan_texts(plan), PlanChangeset(), list[str]()
    languages = [cell.text.strip() for cell in table.rows[0].cells]
    for row in table.rows[1:]:
        key = row.cells[0].text.strip()
        if key not in known:
            unknown.append(key)
            continue
        for language, cell in zip(languages[2:], row.cells[2:], strict=False):
            if language in plan.programme.languages and known[key].text.lacks(language) and not cell.empty:
                path = (*known[key].text.path, language)
                changes.setdefault(known[key].file, {})[path] = clean_text(cell.text)
    return changes, unknown
