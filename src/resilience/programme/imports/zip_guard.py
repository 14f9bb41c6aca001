"""Looks into a zip file before anything is unpacked: how large its parts really are, counted, not believed."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from resilience.programme.imports.errors import ImportRefusedError

MOST_ENTRIES = 1_000
MOST_UNPACKED = 200 * 1024 * 1024
"""Files in a workbook; bytes of all of them unpacked. 200,000 rows of ten columns unpack to about 100 MB."""
CHUNK = 256 * 1024
LOCAL_HEADER = struct.Struct("<4s22xHH")


def opened(data: bytes, name: str) -> zipfile.ZipFile:
    """The zip file, once every part of it was found to be as large as it says and all together not too large.

    Raises ImportRefusedError for a bomb, and for a file that is damaged or made to be read in two ways.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
        _check(data, entries, name)
    except ImportRefusedError:
        raise
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, NotImplementedError) as error:
        raise damaged(name) from error
    return archive


def damaged(name: str) -> ImportRefusedError:
    return ImportRefusedError(
        _("the workbook is damaged and cannot be read"),
        name,
        _("Open it in a spreadsheet program and save it again as XLSX."),
    )


def _bomb(name: str) -> ImportRefusedError:
    return ImportRefusedError(
        _("the workbook unpacks to more than %(most)s MB, far more than a list of people does")
        % {"most": MOST_UNPACKED // 1024 // 1024},
        name,
        _("Copy the rows into a new workbook and save that, or save the sheet as CSV."),
    )


def _check(data: bytes, entries: list[zipfile.ZipInfo], name: str) -> None:
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise _bomb(name)
    if len({entry.filename for entry in entries}) != len(entries):
        raise damaged(name)
    unpacked = 0
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise ImportRefusedError(
                _("the workbook is protected by a password"), name, _("Save a copy of it without a password.")
            )
        size = 0
        for length in _inflated(data, entry):
            size += length
            unpacked += length
            if unpacked > MOST_UNPACKED:
                raise _bomb(name)
        if size != entry.file_size:
            raise damaged(name)


def _inflated(data: bytes, entry: zipfile.ZipInfo) -> Iterator[int]:
    """Lengths of the pieces an entry unpacks to, whatever its headers say of its size."""
    mark, name_length, extra_length = LOCAL_HEADER.unpack_from(data, entry.header_offset)
    if mark != b"PK\x03\x04":
        raise ValueError("no local header where the directory says")
    start = entry.header_offset + LOCAL_HEADER.size + name_length + extra_length
    packed = memoryview(data)[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        yield len(packed)
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise ValueError("neither stored nor deflated")
    inflating = zlib.decompressobj(-zlib.MAX_WBITS)
    rest: bytes | memoryview = packed
    while not inflating.eof:
        piece = inflating.decompress(rest, CHUNK)
        rest = inflating.unconsumed_tail
        if not piece and not rest:
            break
        yield len(piece)
    if not inflating.eof:
        raise ValueError("the packed data ends early")
