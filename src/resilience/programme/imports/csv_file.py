"""Text files with separated values, in whichever encoding and with whichever separator."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resilience.programme.imports.errors import ImportRefusedError
from resilience.programme.imports.grid import MOST_COLUMNS, MOST_ROWS, Cell, Grid

SEPARATORS = {",": gettext_lazy("commas"), ";": gettext_lazy("semicolons"), "\t": gettext_lazy("tabs")}
# The separator is chosen by the file's first rows: it is the same in all of them.
LOOKED_AT = 30
SAMPLE_BYTES = 64 * 1024
# Marks beside letters that English, Welsh and their neighbours' texts use, in Windows-1252.
USUAL_MARKS = frozenset("‘’“”‚„–—…€£§©®™°²³·½¼¾¿¡«»•\xa0ªº´`¨")

csv.field_size_limit(1024 * 1024)


def read(data: bytes, name: str, score: Callable[[list[list[Cell]]], int]) -> Grid:
    """The rows of a text file. `score` says how much of the first rows looks like headings.

    Raises ImportRefusedError where the text cannot be decoded or a quotation mark is never closed.
    """
    text, encoding = decode(data, name)
    separator, text = _without_mark(text)
    separator = separator or _separator(text, score)
    notes = (
        []
        if encoding.startswith("UTF")
        else [_("Read as %(encoding)s. Are all names spelt right?") % {"encoding": encoding}]
    )
    rows: list[list[Cell]] = []
    filled = 0
    try:
        for cells in _reader(text, separator):
            rows.append([*cells])
            filled += any(cell.strip() for cell in cells)
            if filled > MOST_ROWS + 1 or len(rows) > 2 * MOST_ROWS:
                raise too_many_rows(name)
            if len(cells) > MOST_COLUMNS and any(cell.strip() for cell in cells[MOST_COLUMNS:]):
                raise too_many_columns(name)
    except csv.Error as error:
        raise ImportRefusedError(
            _("a quotation mark is not closed, or stands in the middle of a cell"),
            _("%(file)s, row %(row)s") % {"file": name, "row": len(rows) + 1},
            _("Correct that row, or save the table again as CSV or XLSX."),
        ) from error
    return Grid("csv", rows, f"{encoding}, {SEPARATORS[separator]}", notes=notes)


def too_many_rows(name: str) -> ImportRefusedError:
    return ImportRefusedError(
        _("the file has more than %(most)s rows") % {"most": f"{MOST_ROWS:,}"},
        name,
        _("Split it, and import the parts one by one."),
    )


def too_many_columns(name: str) -> ImportRefusedError:
    return ImportRefusedError(
        _("the file has more than %(most)s columns") % {"most": MOST_COLUMNS},
        name,
        _("Delete the columns that are not needed."),
    )


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text, and the encoding as people call it. Raises ImportRefusedError."""
    for mark, codec, title in (
        (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
        (b"\xff\xfe\x00\x00", "utf-32", "UTF-32"),
        (b"\x00\x00\xfe\xff", "utf-32", "UTF-32"),
        (b"\xff\xfe", "utf-16", "UTF-16"),
        (b"\xfe\xff", "utf-16", "UTF-16"),
        (b"", "utf-8", "UTF-8"),
    ):
        if data.startswith(mark):
            try:
                text = data.decode(codec)
            except UnicodeDecodeError:
                continue
            # Every other byte of plain text in UTF-16 is 0; in UTF-8 none is.
            if codec == "utf-8" and "\0" in text:
                break
            return text, title
    return _guessed(data, name)


def _guessed(data: bytes, name: str) -> tuple[str, str]:
    if (codec := _unmarked_utf16(data)) is not None:
        return data.decode(codec), "UTF-16"
    if b"\0" not in data:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            text = ""
        if text and _is_western(text):
            return text, "Windows-1252"
        best = from_bytes(_sample(data)).best()
        if best is not None:
            try:
                return data.decode(best.encoding), best.encoding.replace("_", "-")
            except UnicodeDecodeError:
                pass
    raise ImportRefusedError(
        _("the letters in it cannot be read: its encoding is unknown, or it is no text"),
        name,
        _("Open it in the program that made it and save it as CSV UTF-8, or as XLSX."),
    )


def _unmarked_utf16(data: bytes) -> str | None:
    sample = data[: SAMPLE_BYTES & ~1]
    for codec, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if len(data) % 2 == 0 and zeros and zeros.count(0) > len(zeros) // 2:
            try:
                data.decode(codec)
            except UnicodeDecodeError:
                continue
            return codec
    return None


def _is_western(text: str) -> bool:
    """Whether the text, taken for Windows-1252, reads like a western European one.

    In a word of such a language most letters are plain; a text in another encoding becomes words of accents alone.
    """
    plain = accented = 0
    for character in text:
        if character.isascii():
            plain += character.isalpha()
        elif character in USUAL_MARKS:
            continue
        elif unicodedata.category(character) in {"Lu", "Ll"} and "LATIN" in unicodedata.name(character, ""):
            accented += 1
        else:
            return False
    return accented <= plain


def _sample(data: bytes) -> bytes:
    """Lines with something beside ASCII in them: the others say nothing about the encoding."""
    telling = [line for line in data.splitlines(keepends=True) if not line.isascii()]
    return b"".join(telling)[:SAMPLE_BYTES]


def _reader(text: str, separator: str) -> csv.Reader:  # type: ignore[name-defined]
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _separator(text: str, score: Callable[[list[list[Cell]]], int]) -> str:
    """The separator under which the first rows hold most headings, then the most rows of one length."""

    def merit(separator: str) -> tuple[int, int]:
        rows: list[list[Cell]] = []
        try:
            for cells in _reader(text, separator):
                rows.append([*cells])
                if len(rows) == LOOKED_AT:
                    break
        except csv.Error:
            if not rows:
                return (-1, 0)
        lengths = [len(row) for row in rows if len(row) > 1]
        return score(rows), max((lengths.count(length) for length in lengths), default=0)

    return max(SEPARATORS, key=merit)


def _without_mark(text: str) -> tuple[str, str]:
    """Excel's own first line `sep=;`, which it shows as no row: the separator it names and the text after it."""
    first, _end, rest = text[:16].partition("\n")
    first = first.rstrip("\r")
    if first.lower().startswith("sep=") and first[4:] in SEPARATORS:
        return first[4:], rest + text[16:]
    return "", text
