"""A file that was read: its cells, headings and rows, and the hash by which it is known again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from resilience.people.text import TextError, clean
from resilience.programme.imports import headings, lines, sniff
from resilience.programme.imports.errors import ImportRefusedError
from resilience.programme.imports.headings import Header
from resilience.programme.imports.lines import Line

LONGEST_NAME = 200


@dataclass(frozen=True)
class Loaded:
    """notes: what the reader should know of how the file was read."""

    name: str
    size: int
    sha256: str
    written: str
    header: Header
    lines: list[Line]
    notes: list[str]


def load(path: Path, name: str) -> Loaded:
    """Reads a file that somebody calls `name`. Raises ImportRefusedError and OSError."""
    name = tidy_name(name)
    sniff.refuse_large(path.stat().st_size, name)
    data = path.read_bytes()
    grid = sniff.read(data, name)
    header = headings.find(grid, name)
    rows, totals = lines.read(grid, header)
    if not rows:
        raise ImportRefusedError(
            _("there is no row below the headings"), name, _("Export it again, then choose the new file.")
        )
    notes = list(grid.notes)
    if totals:
        notes.append(
            _("Left out, because they add others up: rows %(rows)s.") % {"rows": ", ".join(map(str, totals[:10]))}
        )
    return Loaded(name, len(data), hashlib.sha256(data).hexdigest(), grid.written, header, rows, notes)


def tidy_name(name: str) -> str:
    """A file's name as it can be kept and shown: the last part of a path, without characters that play tricks."""
    last = name.replace("\\", "/").rpartition("/")[2]
    try:
        tidy = clean(last, 10_000)
    except TextError:
        tidy = "".join(character for character in last if character.isprintable())
    return tidy[-LONGEST_NAME:] or _("unnamed file")
