"""One pass over a worksheet's XML before it is read: how far its cells reach, and which have a formula but no value."""

from __future__ import annotations

import re
from typing import IO, Any
from xml.parsers import expat

CHUNK = 1024 * 1024
COLUMN, ROW = re.compile(r"[A-Z]{1,3}"), re.compile(r"[1-9]\d{0,6}")


class UnreadableSheetError(ValueError):
    """The XML is not what a worksheet is made of."""


class Scan:
    """What was found.

    rows, columns: the last of each with content, from 1; filled: how many rows have any.
    texts: by (row, column) from 0, formulas without a stored value as "=..." and errors as "#N/A": the reader gives
    both as blank cells.
    """

    def __init__(self, sheet: IO[bytes]) -> None:
        self.texts: dict[tuple[int, int], str] = {}
        self._columns: set[str] = set()
        self._rows: set[str] = set()
        self._cell = self._row = ""
        self._formula: list[str] | None = None
        self._value: list[str] = []
        self._inside = self._type = ""
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.buffer_text = True
        try:
            while piece := sheet.read(CHUNK):
                self._parser.Parse(piece, False)
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise UnreadableSheetError(str(error)) from error
        if not all(map(COLUMN.fullmatch, self._columns)) or not all(map(ROW.fullmatch, self._rows)):
            raise UnreadableSheetError("a cell at a place that no sheet has")
        self.filled = len(self._rows)
        self.rows = max((int(row) for row in self._rows), default=0)
        self.columns = max((number_of(column) for column in self._columns), default=0)

    def _refuse(self, *_declaration: Any) -> None:
        raise UnreadableSheetError("a worksheet declares no document type")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "v" or name == "is" or name.endswith((":v", ":is")):
            column = self._cell.rstrip("0123456789")
            self._columns.add(column)
            self._rows.add(self._cell[len(column) :])
            self._inside = "v"
        elif name == "c" or name.endswith(":c"):
            self._cell = attributes.get("r") or self._next()
            self._type = attributes.get("t", "")
            if self._type == "e":
                self._listen()
        elif name == "row" or name.endswith(":row"):
            self._row, self._cell = attributes.get("r") or str(int(self._row or 0) + 1), ""
        # A formula whose value is a text may have the empty text for its value.
        elif (name == "f" or name.endswith(":f")) and self._type != "str":
            self._listen()
            self._formula = []
            self._inside = "f"

    def _next(self) -> str:
        """The place of a cell that names none: right of the one before it."""
        before = self._cell.rstrip("0123456789")
        return f"{letters_of(number_of(before) + 1)}{self._row}"

    def _listen(self) -> None:
        """From here to the end of the cell its texts matter. Most cells never get here: that makes this fast."""
        self._value, self._formula, self._inside = [], None, ""
        self._parser.CharacterDataHandler = self._hear
        self._parser.EndElementHandler = self._end

    def _hear(self, text: str) -> None:
        if self._inside == "f" and self._formula is not None:
            self._formula.append(text)
        elif self._inside == "v":
            self._value.append(text)

    def _end(self, name: str) -> None:
        if name != "c" and not name.endswith(":c"):
            self._inside = ""
            return
        value = "".join(self._value)
        if value.startswith("#"):
            self.texts[place_of(self._cell)] = value
        elif not value and self._formula is not None:
            self.texts[place_of(self._cell)] = "=" + "".join(self._formula)
        self._parser.CharacterDataHandler = None
        self._parser.EndElementHandler = None


def number_of(column: str) -> int:
    """A is 1, Z 26, AA 27."""
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def letters_of(number: int) -> str:
    """1 is A, 26 Z, 27 AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def place_of(reference: str) -> tuple[int, int]:
    """ "B7" is (6, 1)."""
    column = reference.rstrip("0123456789")
    return int(reference[len(column) :] or 0) - 1, number_of(column) - 1
