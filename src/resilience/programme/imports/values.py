"""What single cells say: texts, addresses, minutes, numbers of heads, regions. Each raises CellError."""

from __future__ import annotations

import re
from datetime import time, timedelta
from functools import lru_cache
from pathlib import Path

import yaml
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import override

from resilience.people.models import Region
from resilience.people.spelling import name_key
from resilience.people.text import TextError, clean
from resilience.programme.attendance import MOST_MINUTES
from resilience.programme.imports.grid import LONGEST_CELL, Cell, text_of
from resilience.programme.imports.headings import plain
from resilience.programme.imports.reasons import CellError, Refused

LONGEST_NAME = 120
LONGEST_EMAIL = 254
MOST_HEADS = 100_000
SPREADSHEET_ERROR = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)")
# Excel keeps a text a text by writing it as a formula: ="0123".
TEXT_AS_FORMULA = re.compile(r'="([^"]*)"')
HOURS_MINUTES = re.compile(
    r"(?:(\d{1,2})\s*h(?:ours?|rs?)?\.?)?\s*(?:(\d{1,4})\s*m(?:in(?:ute)?s?)?\.?)?\s*(?:(\d{1,2})\s*s(?:ec(?:ond)?s?)?\.?)?"
)
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")


def text(cell: Cell, limit: int = LONGEST_CELL, lines: bool = False) -> str:
    """A cell as a clean text. Raises CellError: formula, error-value, too-long, bad-text."""
    said = text_of(cell)
    if said.startswith("="):
        kept = TEXT_AS_FORMULA.fullmatch(said.strip())
        if kept is None:
            raise CellError(Refused.FORMULA)
        said = kept[1]
    if said.startswith("#") and SPREADSHEET_ERROR.fullmatch(said.strip()):
        raise CellError(Refused.ERROR_VALUE)
    if len(said) > LONGEST_CELL:
        raise CellError(Refused.TOO_LONG)
    # Nearly all texts are plain: for them this is all that cleaning would do.
    if said.isascii() and said.isprintable():
        tidy = " ".join(said.split())
    else:
        try:
            tidy = clean(said, LONGEST_CELL, lines=lines)
        except TextError as error:
            raise CellError(Refused.BAD_TEXT) from error
    if len(tidy) > limit:
        raise CellError(Refused.TOO_LONG)
    return tidy


def email(cell: Cell) -> str:
    """An address, "" for a blank cell. `mailto:` and "Ann Lee <ann@example.org>" are understood."""
    said = text(cell)
    if not said:
        return ""
    if inside := re.fullmatch(r"[^<>]*<([^<>\s]+)>", said):
        said = inside[1]
    said = said.removeprefix("mailto:").strip(" ;,")
    if len(said) > LONGEST_EMAIL:
        raise CellError(Refused.TOO_LONG)
    try:
        validate_email(said)
    except ValidationError as error:
        raise CellError(Refused.BAD_EMAIL) from error
    return said


def name(cell: Cell) -> str:
    """A name, "" for a blank cell. A name has a letter or digit in it."""
    said = text(cell, LONGEST_NAME)
    if said and not name_key(said):
        raise CellError(Refused.BAD_NAME)
    return said


def minutes(cell: Cell, unit: int = 1) -> int | None:
    """Whole minutes, 0 to 1440; None for a blank cell. `unit`: minutes that a bare number counts (60 for hours).

    "45", "45 min", "1h 30m 20s", "1:30" (hours and minutes), Excel times. Half minutes count up.
    """
    if isinstance(cell, bool):
        raise CellError(Refused.BAD_MINUTES)
    if isinstance(cell, timedelta):
        return _minutes(cell.total_seconds() / 60)
    if isinstance(cell, time):
        return _minutes(cell.hour * 60 + cell.minute + cell.second / 60)
    if isinstance(cell, int | float):
        return _minutes(cell * unit)
    said = text(cell).casefold().replace(",", ".")
    if not said:
        return None
    if re.fullmatch(r"\d{1,6}(\.\d{1,6})?", said):
        return _minutes(float(said) * unit)
    if match := CLOCK.fullmatch(said):
        return _minutes(int(match[1]) * 60 + int(match[2]) + int(match[3] or 0) / 60)
    if (match := HOURS_MINUTES.fullmatch(said)) and any(match.groups()):
        return _minutes(int(match[1] or 0) * 60 + int(match[2] or 0) + int(match[3] or 0) / 60)
    raise CellError(Refused.BAD_MINUTES)


def _minutes(value: float) -> int:
    # A number that is none (NaN) lies in no range.
    if not 0 <= value <= MOST_MINUTES:
        raise CellError(Refused.BAD_MINUTES)
    return int(value + 0.5)


def number(cell: Cell) -> int | None:
    """A whole number of people, None for a blank cell."""
    if isinstance(cell, bool):
        raise CellError(Refused.BAD_NUMBER)
    if isinstance(cell, int | float):
        said = text_of(cell)
    else:
        said = text(cell).replace(",", "")
    if not said:
        return None
    if not re.fullmatch(r"\d{1,6}", said) or not 0 <= int(said) <= MOST_HEADS:
        raise CellError(Refused.BAD_NUMBER)
    return int(said)


def year_group(cell: Cell) -> str:
    """A year group: "9", "Y9" and "year 9" are "Year 9"; other texts stay."""
    said = text(cell, 24)
    if match := re.fullmatch(r"(?:y|yr|year|blwyddyn|bl)?\.?\s*(\d{1,2})", said.casefold()):
        return f"Year {int(match[1])}"
    return said


def region(cell: Cell) -> str:
    """The code of a region by its name or code, "" where it is not known: no row is refused for its region."""
    return regions().get(plain(text(cell)), "")


def region_of_postcode(cell: Cell) -> str:
    """The code of the region in which a postcode's area has its post town, "" where there is none."""
    area = re.match(r"[A-Za-z]{1,2}(?=\d|$)", text(cell).strip())
    return postcode_areas().get(area[0].upper(), "") if area else ""


@lru_cache(maxsize=1)
def regions() -> dict[str, str]:
    found = {plain(said): str(one.value) for one in Region for said in (one.value, one.name)}
    for language, _title in settings.LANGUAGES:
        with override(language):
            found |= {plain(str(one.label)): str(one.value) for one in Region}
    return found | {plain(said): code for said, code in _regions()["regions"].items()}


@lru_cache(maxsize=1)
def postcode_areas() -> dict[str, str]:
    return {area: code for code, areas in _regions()["areas"].items() for area in areas}


@lru_cache(maxsize=1)
def _regions() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = yaml.load(
        (Path(__file__).parent / "regions.yaml").read_text(encoding="utf-8"), yaml.BaseLoader
    )
    return found
