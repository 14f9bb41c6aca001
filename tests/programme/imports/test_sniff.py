"""Files told apart by what stands in them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from resilience.programme.imports import sniff
from resilience.programme.imports.errors import ImportRefusedError
from resilience.programme.imports.loaded import load
from tests.programme.imports.conftest import as_csv, as_xlsx


def zipped(**entries: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return file.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"\r\n \r\n", "empty"),
        (b"%PDF-1.7 ...", "PDF file"),
        (b"\x89PNG\r\n\x1a\n....", "PNG file"),
        (b"<!DOCTYPE html><html><table><tr><td>Name</td></tr></table></html>", "web page"),
        (b"\xef\xbb\xbf  <html>", "web page"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "Excel 2003"),
        (OLE + "Workbook".encode("utf-16-le"), "old kind"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "OpenDocument"),
        (zipped(word__document_dot_xml=b"<x/>"), "not a table"),
        (zipped(xl__workbook_dot_xml=b"<x/>", xl__vbaProject_dot_bin=b"x"), "macros"),
        (zipped(xl__workbook_dot_bin=b"x"), "XLSB"),
    ],
)
def test_what_is_no_table_is_told_apart(data: bytes, said: str) -> None:
    with pytest.raises(ImportRefusedError, match=said) as refused:
        sniff.read(data, "list.xlsx")
    assert refused.value.where == "list.xlsx"
    assert refused.value.fix


def test_text_under_the_name_of_a_workbook_is_read_and_told() -> None:
    grid = sniff.read(as_csv(["Name", "Email"], ["Ann", "a@example.org"]), "export.xlsx")
    assert grid.kind == "csv"
    assert "called a workbook" in grid.notes[0]


def test_a_workbook_under_the_name_of_a_text_is_read() -> None:
    assert sniff.read(as_xlsx(["Name"], ["Ann"]), "export.csv").kind == "xlsx"


def test_a_file_of_200_mb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(ImportRefusedError, match="has 200 MB; at most 25 MB"):
        load(path, "huge.csv")


def test_a_file_of_headings_alone_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"Name,Email\n\n,\n")
    with pytest.raises(ImportRefusedError, match="no row below the headings"):
        load(path, "list.csv")


def test_a_file_name_that_plays_tricks_is_made_plain(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"Name\nAnn\n")
    assert load(path, "..\\folder/li\u202est\n.csv").name == "list .csv"
    assert load(path, "a" * 300 + ".csv").name.endswith("a.csv")
    assert len(load(path, "a" * 300 + ".csv").name) == 200
