"""Words for people, in English and Welsh, from texts.csv and the names in the other tables."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from resilience.footprint import bills, displacement, tables
from resilience.footprint.errors import FootprintError
from resilience.footprint.factors import Factors
from resilience.footprint.factors import built_in as built_in_factors

LANGUAGES = ("en", "cy")


class Text(tables.Row):
    """A row of texts.csv."""

    key: Annotated[str, Field(pattern=r"^[a-z_]+\.[A-Za-z0-9_]+$")]
    en: Annotated[str, Field(min_length=1)]
    cy: Annotated[str, Field(min_length=1)]


@cache
def texts(path: Path = tables.FACTS / "texts.csv") -> Mapping[str, Text]:
    """Texts by key."""
    return {name[0]: row for name, row in tables.unique(tables.read(path, Text), "key").items()}


def check_language(language: str) -> None:
    """Raises FootprintError for a language there are no words in."""
    if language not in LANGUAGES:
        raise FootprintError(f"there are no words in `{language}`", "language", f"Ask for {' or '.join(LANGUAGES)}.")


def say(key: str, language: str, **values: object) -> str:
    """A text with its values filled in. Raises FootprintError for an unknown key or language."""
    check_language(language)
    if key not in texts():
        raise FootprintError(f"there is no text `{key}`", "texts.csv", "Add it in both languages.")
    template: str = getattr(texts()[key], language)
    return template.format(**values)


def label(name: str, language: str, figures: Factors | None = None) -> str:
    """The name of a contributor, a driver or a fact, for people; what has no name of ours is given back as it is."""
    check_language(language)
    what, _, site = name.partition("@")
    if site:
        return say("label.at_site", language, what=label(what, language, figures), site=site)
    if f"part.{name}" in texts():
        return say(f"part.{name}", language)
    head, _, tail = name.partition("/")
    if head == "displacement":
        return say("label.displacement", language, of=_displaced(tail, language))
    if head in bills.built_in().runs:
        return say("label.line", language, run=_run(head, language), line=_line(head, tail, language))
    for factor in figures or built_in_factors():
        if name in (factor.id, factor.series):
            return factor.beth if language == "cy" else factor.what
    return name


def _displaced(name: str, language: str) -> str:
    for purpose, row in displacement.purposes().items():
        if purpose == name:
            return row.beth if language == "cy" else row.what
    return _run(name, language)


def _run(name: str, language: str) -> str:
    bill = bills.built_in().runs.get(name)
    if bill is None:
        return name
    return bill.run.beth if language == "cy" else bill.run.what


def _line(run: str, name: str, language: str) -> str:
    for line in bills.built_in().runs[run].lines:
        if line.line == name:
            return line.beth if language == "cy" else line.what
    return name
