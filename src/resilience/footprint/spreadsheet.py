"""Opening a workbook from outside without trusting it: size, number of parts, what they unpack to, rows, columns."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import openpyxl

from resilience.footprint.errors import FootprintError

# The official workbooks have 1-3 MB, some 60 parts, 20 MB unpacked, 9,000 rows.
MAXIMUM_BYTES = 20_000_000
MAXIMUM_PARTS = 1_000
MAXIMUM_UNPACKED = 150_000_000
MAXIMUM_ROWS = 50_000
MAXIMUM_COLUMNS = 200
_CHUNK = 1 << 16
_ANOTHER = "Take the workbook as the government publishes it."

Cell = str | float | None


@dataclass(frozen=True)
class Row:
    """A row of a sheet; numbers count from 1."""

    number: int
    cells: tuple[Cell, ...]


class Spreadsheet:
    """The sheets of a workbook, by name, read one at a time."""

    def __init__(self, data: bytes) -> None:
        """Raises FootprintError for what is no workbook, or too large in any way."""
        _inspect(data)
        try:
            with warnings.catch_warnings():
                # Styles and validations that openpyxl does not know are none of ours.
                warnings.simplefilter("ignore")
                self._book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        except Exception as error:  # a broken workbook breaks the reader in ways it does not list
            raise FootprintError(f"the workbook cannot be read ({error})", "workbook", _ANOTHER) from error

    @property
    def names(self) -> list[str]:
        return list(self._book.sheetnames)

    def rows(self, sheet: str) -> list[Row]:
        """All rows that hold something. Raises FootprintError for a missing or an overlong sheet."""
        if sheet not in self._book.sheetnames:
            raise FootprintError(
                f"the sheet `{sheet}` is missing", "workbook", f"It has: {', '.join(self.names)[:300]}. {_ANOTHER}"
            )
        try:
            return list(self._rows(sheet))
        except FootprintError:
            raise
        except Exception as error:  # as above; sheets are parsed only now
            raise FootprintError(f"the sheet cannot be read ({error})", f"sheet `{sheet}`", _ANOTHER) from error

    def _rows(self, sheet: str) -> Iterator[Row]:
        page: Any = self._book[sheet]
        # What a sheet says of its own size is not to be trusted.
        page.reset_dimensions()
        for number, values in enumerate(page.iter_rows(values_only=True), start=1):
            if number > MAXIMUM_ROWS:
                raise FootprintError(f"it has more than {MAXIMUM_ROWS:,} rows", f"sheet `{sheet}`", _ANOTHER)
            if len(values) > MAXIMUM_COLUMNS:
                raise FootprintError(
                    f"it has more than {MAXIMUM_COLUMNS} columns", f"sheet `{sheet}`, row {number}", _ANOTHER
                )
            cells = tuple(_cell(value) for value in values)
            if any(cell is not None for cell in cells):
                yield Row(number, cells)


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    # Labels are compared as people read them: one space, no ends.
    return " ".join(str(value).split()) or None


def _inspect(data: bytes) -> None:
    if len(data) > MAXIMUM_BYTES:
        raise FootprintError(f"the file has more than {MAXIMUM_BYTES // 1_000_000} MB", "workbook", _ANOTHER)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MAXIMUM_PARTS:
                raise FootprintError(f"it has more than {MAXIMUM_PARTS:,} parts", "workbook", _ANOTHER)
            if "xl/workbook.xml" not in archive.namelist():
                raise FootprintError("this is no XLSX workbook", "workbook", _ANOTHER)
            left = MAXIMUM_UNPACKED
            for part in parts:
                # Unpacked for real: the sizes that an archive states may be lies.
                with archive.open(part) as stream:
                    while chunk := stream.read(_CHUNK):
                        left -= len(chunk)
                        if left < 0:
                            raise FootprintError(
                                f"it unpacks to more than {MAXIMUM_UNPACKED // 1_000_000} MB", "workbook", _ANOTHER
                            )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        if isinstance(error, FootprintError):
            raise
        raise FootprintError(f"this is no XLSX workbook ({error})", "workbook", _ANOTHER) from None
