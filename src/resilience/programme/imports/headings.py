"""Headings: how they are compared, which row of a file holds them, which source they are typical of."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from resilience.programme.imports.errors import ImportRefusedError
from resilience.programme.imports.grid import Cell, Grid, is_blank, text_of

LOOKED_AT = 40
"""Rows from the top among which the headings are looked for."""


class Source(Enum):
    EVENTBRITE = "eventbrite"
    MICROSOFT_FORMS = "microsoft-forms"
    PLAIN = "plain"


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    # Every value stays a text: "no" is a heading here, not a falsehood.
    found: dict[str, Any] = yaml.load(
        (Path(__file__).parent / "headings.yaml").read_text(encoding="utf-8"), yaml.BaseLoader
    )
    return found


@lru_cache(maxsize=1)
def synonyms() -> dict[str, str]:
    """Normalised heading -> field, or "technical"."""
    found = {plain(word): field for field, said in words()["fields"].items() for word in said}
    return found | {plain(word): "technical" for word in words()["technical"]}


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """A heading or a word for comparing: "E-mail Address:" is "e mail address", "Order #" "order number"."""
    decomposed = unicodedata.normalize("NFKD", text).casefold().replace("#", " number ")
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(re.sub(r"[^\w+]|_", " ", letters).split())


@lru_cache(maxsize=4_000)
def field_of(heading: str) -> str:
    """The field a heading speaks of, "technical" for what a source adds for itself, "" where it is not known."""
    compared = plain(heading)
    if compared in synonyms():
        return synonyms()[compared]
    fillers = _fillers()
    short = " ".join(word for word in compared.split() if word not in fillers)
    # What remains after the bracketed advice of a form: "Name (as it shall stand on the certificate)".
    bare = plain(re.sub(r"[(\[].*?[)\]]", " ", heading))
    return synonyms().get(short) or synonyms().get(bare) or ""


@lru_cache(maxsize=1)
def _fillers() -> frozenset[str]:
    return frozenset(word for said in words()["fillers"] for word in plain(said).split())


def known(row: list[Cell]) -> int:
    """How many cells of a row are headings that are known."""
    return sum(
        1 for cell in row if isinstance(cell, str) and cell.strip() and len(cell) <= 120 and field_of(cell.strip())
    )


@dataclass(frozen=True)
class Header:
    """titles: a heading for each column, no two alike; rows: where they stood, from 1; first: the first row after."""

    titles: list[str]
    rows: tuple[int, ...]
    first: int

    @property
    def source(self) -> Source:
        compared = {plain(title) for title in self.titles}
        for source, told in words()["sources"].items():
            if len(compared & {plain(column) for column in told["columns"]}) >= int(told["at_least"]):
                return Source(source)
        return Source.PLAIN


def find(grid: Grid, name: str) -> Header:
    """The row of headings, or the two rows. Raises ImportRefusedError where there are none.

    It is the row with most known headings; without any, the first row that has two texts or stands alone in its column,
    if no cell of it is an address or a number. A group heading above ("Day 1" over "Present" and "Minutes") tells equal
    headings apart; a second row of headings below fills gaps of the first.
    """
    top = grid.rows[:LOOKED_AT]
    counts = [known(row) for row in top]
    best = max(counts, default=0)
    at = counts.index(best) if best else _first_of_texts(top)
    if at is None:
        raise ImportRefusedError(
            _("there is no row of headings in it"), name, _("Write one above the rows, such as: Name, Email, Attended.")
        )
    if at + 1 < len(top) and _continues(top[at], top[at + 1]):
        upper, lower, last = top[at], top[at + 1], at + 1
    elif at > 0 and _groups(top[at - 1], top[at]):
        upper, lower, last = top[at - 1], top[at], at
    else:
        upper, lower, last = [], top[at], at
    rows = (last, last + 1) if upper else (last + 1,)
    return Header(_titles(_spread(upper, last - 1, grid), lower), rows, last + 2)


def _first_of_texts(top: list[list[Cell]]) -> int | None:
    for index, row in enumerate(top):
        cells = [cell for cell in row if not is_blank(cell)]
        if len(cells) >= 2 and all(_is_heading(cell) for cell in cells):
            return index
        if len(cells) >= 2:
            return None
    alone = [index for index, row in enumerate(top) if any(not is_blank(cell) for cell in row)]
    if alone and all(_is_heading(cell) for cell in top[alone[0]] if not is_blank(cell)):
        return alone[0]
    return None


def _is_heading(cell: Cell) -> bool:
    return isinstance(cell, str) and "@" not in cell and not re.fullmatch(r"[\s\d.,:/-]*", cell)


def _continues(row: list[Cell], below: list[Cell]) -> bool:
    """Whether the row below is a second row of headings: known ones alone, and only in part those above again."""
    cells = [cell for cell in below if not is_blank(cell)]
    return bool(cells) and all(_is_heading(cell) for cell in cells) and known(below) == len(cells) and known(row) > 0


def _groups(above: list[Cell], row: list[Cell]) -> bool:
    """Whether the row above names groups of columns. A title that stands alone does not."""
    cells = [cell for cell in above if not is_blank(cell)]
    return len(cells) >= 2 and all(_is_heading(cell) for cell in cells) and len(row) > 1


def _spread(upper: list[Cell], at: int, grid: Grid) -> list[Cell]:
    """The upper row with each merged heading over all its columns."""
    spread = list(upper)
    for first_row, first, last_row, last in grid.merged:
        if upper and first_row <= at <= last_row and first < len(spread):
            spread.extend([""] * (min(last, 500) + 1 - len(spread)))
            spread[first : min(last, 500) + 1] = [upper[first]] * (min(last, 500) + 1 - first)
    return spread


def _titles(upper: list[Cell], lower: list[Cell]) -> list[str]:
    """One heading a column: the lower, else the upper; both where the lower alone would not tell columns apart."""
    width = max(len(upper), len(lower))
    above = [" ".join(text_of(cell).split()) for cell in [*upper, *[""] * (width - len(upper))]]
    below = [" ".join(text_of(cell).split()) for cell in [*lower, *[""] * (width - len(lower))]]
    titles: list[str] = []
    for over, under in zip(above, below, strict=True):
        several = under and below.count(under) > 1
        title = f"{over} – {under}" if several and over and over != under else under or over
        titles.append(title)
    seen: dict[str, int] = {}
    for index, title in enumerate(titles):
        if not title:
            continue
        seen[title] = seen.get(title, 0) + 1
        if seen[title] > 1:
            titles[index] = f"{title} ({seen[title]})"
    return titles
