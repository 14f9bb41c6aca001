"""YAML with its places remembered, and one file laid over another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from resilience.training.errors import BadInput
from resilience.training.marked_yaml import MarkedDict, mark_of, merge, read


def tree(tmp_path: Path, text: str, name: str = "a.yaml") -> MarkedDict:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read(path, name)


def test_values_are_as_they_are_written(tmp_path: Path) -> None:
    read_back = tree(tmp_path, 'a: 1\nb: 2.5\nc: true\nd: "true"\ne: on\nf: 2026-11-01\ng: null\nh: [x, 3]\n')
    wanted: dict[str, Any] = {"a": 1, "b": 2.5, "c": True, "d": "true", "e": "on", "f": "2026-11-01", "g": None}
    assert dict(read_back) == {**wanted, "h": ["x", 3]}


def test_every_value_knows_its_line(tmp_path: Path) -> None:
    marks = tree(tmp_path, "a: 1\nlist:\n  - {id: x}\n  - id: y\n    deep:\n      key: 3\n")
    assert str(mark_of(marks, ["a"])) == "a.yaml:1"
    assert str(mark_of(marks, ["list", 0, "id"])) == "a.yaml:3"
    assert str(mark_of(marks, ["list", 1, "deep", "key"])) == "a.yaml:6"


def test_what_is_not_there_is_pointed_at_by_what_holds_it(tmp_path: Path) -> None:
    marks = tree(tmp_path, "a: 1\nlist:\n  - {id: x}\n")
    assert str(mark_of(marks, ["list", 0, "missing"])) == "a.yaml:3"


@pytest.mark.parametrize(
    ("text", "says"),
    [("a: 1\na: 2\n", "stands twice"), ("- a\n", "holds no mapping"), ("", "no mapping"), ("a: [\n", "not YAML")],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        tree(tmp_path, text)


def test_text_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"a: \xff\n")
    with pytest.raises(BadInput, match="cannot be read"):
        read(tmp_path / "a.yaml", "a.yaml")


class TestMerge:
    def test_mappings_by_key_and_named_lists_by_id(self, tmp_path: Path) -> None:
        base = tree(tmp_path, "n: {a: 1, b: 2}\nl: [{id: x, v: 1}, {id: y, v: 2}]\np: [1, 2]\n")
        over = tree(tmp_path, "n: {b: 3}\nl: [{id: y, v: 9}, {id: z, v: 3}]\np: [7]\n", "b.yaml")
        merged = merge(base, over)
        assert merged["n"] == {"a": 1, "b": 3}
        assert merged["l"] == [{"id": "x", "v": 1}, {"id": "y", "v": 9}, {"id": "z", "v": 3}]
        assert merged["p"] == [7]
        assert str(mark_of(merged, ["l", 1, "v"])) == "b.yaml:2"
        assert str(mark_of(merged, ["l", 0, "v"])) == "a.yaml:2"

    def test_null_and_remove_take_out(self, tmp_path: Path) -> None:
        base = tree(tmp_path, "n: {a: 1, b: 2}\nl: [{id: x}, {id: y}]\n")
        over = tree(tmp_path, "n: {a: null}\nl: [{id: x, remove: true}]\n", "b.yaml")
        assert dict(merge(base, over)) == {"n": {"b": 2}, "l": [{"id": "y"}]}
