from __future__ import annotations

from pathlib import Path

import pytest

from resilience.footprint import FootprintError
from resilience.footprint.tables import Row, read, unique


class Fruit(Row):
    name: str
    mass: float
    note: str = ""


def table(folder: Path, text: str) -> Path:
    path = folder / "fruit.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_come_with_their_lines_and_empty_cells_count_as_absent(tmp_path: Path) -> None:
    rows = read(table(tmp_path, "name,mass,note\napple,0.2,\npear,0.3,ripe\n"), Fruit)
    assert [(place.line, row.name, row.note) for place, row in rows] == [(2, "apple", ""), (3, "pear", "ripe")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,note\napple,\n", "fruit.csv:1: the column `mass` is missing"),
        ("name,mass,note,size\napple,1,,2\n", "fruit.csv:1: the column `size` is unknown"),
        ("name,mass,note\napple,1,\npear,heavy,\n", "fruit.csv:3: `mass`: Input should be a valid number"),
        ("name,mass,note\n,1,\n", "fruit.csv:2: `name`: Field required"),
        ("name,mass,note\napple,1\n", "fruit.csv:2: the row has too many or too few cells"),
        ("name,mass,note\napple,1,a,b\n", "fruit.csv:2: the row has too many or too few cells"),
    ],
)
def test_an_error_names_file_line_and_key(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(FootprintError) as error:
        read(table(tmp_path, text), Fruit)
    assert str(error.value).startswith(said)


def test_a_missing_file_and_one_in_another_encoding_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(FootprintError, match=r"no\.csv: the file is missing"):
        read(tmp_path / "no.csv", Fruit)
    path = tmp_path / "latin.csv"
    path.write_bytes("name,mass,note\nacai\xe7,1,\n".encode("latin-1"))
    with pytest.raises(FootprintError, match=r"latin.csv: the file cannot be read .* UTF-8"):
        read(path, Fruit)


def test_two_rows_of_one_name_are_refused(tmp_path: Path) -> None:
    rows = read(table(tmp_path, "name,mass,note\napple,1,\napple,2,\n"), Fruit)
    with pytest.raises(FootprintError, match=r"fruit\.csv:3: `apple` stands twice"):
        unique(rows, "name")
