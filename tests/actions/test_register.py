"""Registers are read as a stream and written back with the bytes of unchanged rows."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.fuzz import examples
from wavectl.actions.action import COLUMNS, HEADER
from wavectl.actions.register import (
    CANONICAL,
    RegisterError,
    RegisterFormat,
    Row,
    format_row,
    load_register,
    read_columns,
    read_rows,
    register_paths,
    write_register,
)
from wavectl.files import FileRefusedError


def written(rows, form=CANONICAL):
    return b"".join(write_register(rows, form))


def row(name, **cells):
    return Row.new({"id": name, "title": name.upper(), **cells})


@pytest.fixture
def file(tmp_path):
    return tmp_path / "housing.csv"


def test_rows_are_written_in_order_of_id_and_read_back(file):
    file.write_bytes(written([row("b"), row("a", title='One, "two"'), row("c")]))
    register = load_register(file, "housing")
    assert list(register.rows) == ["a", "b", "c"]
    assert [one.line for one in register.rows.values()] == [2, 3, 4]
    assert register.rows["a"].get("title") == 'One, "two"'
    assert register.is_sorted
    assert register.format.is_canonical


def test_an_unchanged_row_keeps_its_bytes(file):
    odd = '"a",,,,,,,,,"A ""town"" hall"' + "," * 26 + "\n"
    file.write_text(f"{HEADER}\n{odd}{format_row(row('b').cells)}")
    rows = load_register(file, "housing").rows
    assert written(rows.values()) == file.read_bytes()
    changed = rows["b"].replace(review="accepted")
    assert written([rows["a"], changed]).decode().splitlines()[1] == odd.rstrip("\n")
    assert rows["b"].replace(title="B") is rows["b"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda text: "\ufeff" + text, RegisterFormat(has_bom=True)),
        (lambda text: text.replace(",", ";"), RegisterFormat(delimiter=";")),
        (lambda text: text.replace(",", "\t").replace("\n", "\r\n"), RegisterFormat(delimiter="\t", has_crlf=True)),
    ],
)
def test_a_file_saved_by_a_spreadsheet_program_is_read_and_written_as_before(file, change, expected):
    before = written([row("a", place="Tunis"), row("b")])
    file.write_bytes(change(before.decode()).encode())
    register = load_register(file, "housing")
    assert register.format == expected
    assert written(register.rows.values(), register.format) == before


def test_a_file_without_the_header_has_no_rows(file):
    file.write_text("title,country\nOpen day,FR\n")
    register = load_register(file, "housing")
    assert not register.format.has_header
    assert list(read_rows(file)) == []
    with pytest.raises(RegisterError):
        list(read_columns(file, "id", "title"))


def test_a_missing_file_is_an_empty_register(file):
    assert not load_register(file, "housing").rows


def test_rows_without_an_id_and_second_rows_are_kept_apart(file):
    lines = [format_row(row(name).cells) for name in ("b", "a", "b", "")]
    file.write_text(HEADER + "\n" + "".join(lines))
    register = load_register(file, "housing")
    assert (list(register.rows), [one.line for one in register.unnamed]) == (["a", "b"], [4, 5])
    assert not register.is_sorted
    assert sorted(written([*register.rows.values(), *register.unnamed]).splitlines()) == sorted(
        file.read_bytes().splitlines()
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [(b'a,"x"y\n', 3), (b"a,b\n\xe9t\xe9\n", 4), (b'a,"x\n\n\n', 3), (b"a," + b"x" * 200_000 + b"\n", 3)],
)
def test_what_cannot_be_read_has_its_line(file, text, line):
    file.write_bytes(f"{HEADER}\na\n".encode() + text)
    with pytest.raises(RegisterError) as error:
        list(read_rows(file))
    assert error.value.line == line


def test_lines_are_counted_where_a_cell_has_line_breaks(file):
    file.write_text(f'{HEADER}\n"a\n\nb"\n\nc\n')
    assert [(one.line, one.id) for one in read_rows(file)] == [(2, "a\n\nb"), (6, "c")]


def test_columns_are_read_alone(file):
    file.write_bytes(written([row("a", country="TN"), row("b")]))
    assert list(read_columns(file, "country", "id")) == [("TN", "a"), ("", "b")]


def test_only_files_named_like_waves_are_registers(tmp_path):
    (tmp_path / "actions").mkdir()
    for name in ("housing.csv", "Housing 2.csv", ".x.csv", "notes.txt", "sources.yaml", "~a.csv"):
        (tmp_path / "actions" / name).touch()
    assert list(register_paths(tmp_path)) == ["housing"]
    assert register_paths(tmp_path / "actions") == {}


def test_a_link_that_leads_out_of_the_folder_is_refused(file, tmp_path):
    (tmp_path / "plan").mkdir()
    file.touch()
    link = tmp_path / "plan" / "housing.csv"
    link.symlink_to(file)
    with pytest.raises(FileRefusedError):
        list(read_rows(link))


CELLS = st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=len(COLUMNS), max_size=len(COLUMNS))


@settings(max_examples=examples(200))
@given(CELLS)
def test_every_text_survives_the_way_to_the_file_and_back(cells):
    assert next(csv.reader(io.StringIO(format_row(cells), newline=""), strict=True)) == cells
