"""Text files: encodings, separators, what cannot be read."""

from __future__ import annotations

import pytest

from resilience.programme.imports import csv_file, sniff
from resilience.programme.imports.errors import ImportRefusedError
from tests.programme.imports.conftest import as_csv

ROWS = (["Name", "Email", "Attended"], ["Zoë Müller", "zoe@example.org", "yes"], ["Siân Ŵyn", "sian@example.org", "no"])
WESTERN = (["Name", "Email"], ["Zoë Müller", "zoe@example.org"], ["André – “Dédé” O’Neil", "andre@example.org"])


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_unicode_encoding_and_separator_is_read_alike(encoding: str, separator: str) -> None:
    grid = sniff.read(as_csv(*ROWS, separator=separator, encoding=encoding), "list.csv")
    assert grid.rows == [list(row) for row in ROWS]
    assert grid.notes == []
    assert {",": "commas", ";": "semicolons", "\t": "tabs"}[separator] in grid.written


def test_the_encoding_of_old_spreadsheets_is_read_and_told() -> None:
    grid = sniff.read(as_csv(*WESTERN, separator=";", encoding="cp1252"), "list.csv")
    assert grid.rows == [list(row) for row in WESTERN]
    assert grid.written.startswith("Windows-1252")
    assert "Windows-1252" in grid.notes[0]


def test_an_encoding_of_another_alphabet_is_not_taken_for_a_western_one() -> None:
    names = ["Иванов Пётр", "Сидорова Анна", "Кузнецов Алексей", "Смирнова Екатерина", "Попов Дмитрий"]
    rows = (["Name", "Email"], *([name, "someone@example.org"] for name in names))
    text, encoding = csv_file.decode(as_csv(*rows, encoding="cp1251"), "list.csv")
    assert "Windows-1252" not in encoding
    assert "Сидорова Анна" in text


def test_what_is_no_text_is_refused_with_what_to_do() -> None:
    with pytest.raises(ImportRefusedError, match="encoding is unknown") as refused:
        sniff.read(bytes(range(256)) * 4, "list.csv")
    assert "CSV UTF-8" in refused.value.fix


def test_rows_keep_the_numbers_that_a_spreadsheet_shows() -> None:
    data = b'Name,Note\r\n"Ann\r\nLee","two\nlines"\r\n\r\n\r\nBo,x\r\n'
    grid = sniff.read(data, "list.csv")
    assert grid.rows[4] == ["Bo", "x"]
    assert grid.rows[1] == ["Ann\r\nLee", "two\nlines"]


def test_a_quotation_mark_that_is_not_closed_swallows_no_rows() -> None:
    data = b'Name,Email\nAnn,a@example.org\n"Bo,b@example.org\nCy,c@example.org\n'
    with pytest.raises(ImportRefusedError, match="quotation mark") as refused:
        sniff.read(data, "list.csv")
    assert refused.value.where == "list.csv, row 3"


def test_the_separator_is_the_one_that_shows_headings_though_cells_hold_others() -> None:
    data = b"Name;Email;Attended\nLee, Ann, Dr;a@example.org;yes\nRay, Bo, Mr;b@example.org;no\n"
    assert sniff.read(data, "list.csv").rows[1] == ["Lee, Ann, Dr", "a@example.org", "yes"]


def test_the_line_by_which_excel_names_its_separator_is_no_row() -> None:
    grid = sniff.read(b"sep=;\r\nName;Email\r\nAnn;a@example.org\r\n", "list.csv")
    assert grid.rows[0] == ["Name", "Email"]


def test_too_many_rows_or_columns_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_file, "MOST_ROWS", 10)
    with pytest.raises(ImportRefusedError, match="more than 10 rows"):
        sniff.read(as_csv(["Name"], *([f"N{number}"] for number in range(11))), "list.csv")
    with pytest.raises(ImportRefusedError, match="more than 200 columns"):
        sniff.read(as_csv(["Name"], ["x"] * 201), "list.csv")
