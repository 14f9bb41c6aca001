"""What a file is, by what stands in it and not by its name; then its cells."""

from __future__ import annotations

import re
from pathlib import Path

from django.utils.translation import gettext as _

from resilience.programme.imports import csv_file, headings, xlsx_file
from resilience.programme.imports.errors import ImportRefusedError
from resilience.programme.imports.grid import LARGEST_FILE, Cell, Grid

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROTECTED = "EncryptedPackage".encode("utf-16-le")
OTHER_KINDS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "GZIP"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7Z"),
)
WEB_PAGE = re.compile(
    rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?<(!doctype html|html|head|body|table|meta|style)\b", re.I | re.S
)


def read_file(path: Path, name: str) -> Grid:
    """The cells of a file that lies at `path` and is called `name`. Raises ImportRefusedError and OSError."""
    refuse_large(path.stat().st_size, name)
    return read(path.read_bytes(), name)


def refuse_large(size: int, name: str) -> None:
    """Raises ImportRefusedError for a file of more bytes than are read, before any of them is."""
    if size > LARGEST_FILE:
        raise ImportRefusedError(
            _("the file has %(size)s MB; at most %(most)s MB are read")
            % {"size": f"{size / 1024 / 1024:,.0f}", "most": LARGEST_FILE // 1024 // 1024},
            name,
            _("Delete sheets and columns that are not needed, or split the file."),
        )


def read(data: bytes, name: str) -> Grid:
    """The cells of a file. Raises ImportRefusedError where it is no table that can be read."""
    if not data.strip(b" \t\r\n\0"):
        raise ImportRefusedError(_("the file is empty"), name, _("Export it again, then choose the new file."))
    if data.startswith(b"PK"):
        return xlsx_file.read(data, name, score)
    _refuse_other_kinds(data, name)
    grid = csv_file.read(data, name, score)
    if name.lower().endswith((".xlsx", ".xls")):
        grid.notes.append(_("The file is called a workbook, but is text: it was read as CSV."))
    return grid


def score(rows: list[list[Cell]]) -> int:
    """How much of the best of these rows looks like headings."""
    return max((headings.known(row) for row in rows), default=0)


def _refuse_other_kinds(data: bytes, name: str) -> None:
    save = _("Save it as XLSX or CSV: both are among the choices of “Save as”.")
    if data.startswith(OLE):
        if PROTECTED in data:
            raise ImportRefusedError(
                _("the workbook is protected by a password"), name, _("Save a copy of it without a password.")
            )
        raise ImportRefusedError(_("this is a workbook of the old kind (XLS)"), name, save)
    if WEB_PAGE.match(data[:4096].lstrip(b"\xef\xbb\xbf")):
        raise ImportRefusedError(_("this is a web page under the name of a table"), name, save)
    if b"urn:schemas-microsoft-com:office:spreadsheet" in data[:4096]:
        raise ImportRefusedError(_("this is a workbook written as XML (Excel 2003)"), name, save)
    for mark, kind in OTHER_KINDS:
        if data.startswith(mark):
            raise ImportRefusedError(_("this is a %(kind)s file, not a table") % {"kind": kind}, name, save)
