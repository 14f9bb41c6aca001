"""Indicators: versioned definitions in files, read and checked.

A file holds one version of one indicator and is named for both: `trainees.1.yaml`. A version that a snapshot was taken
with is never changed; another definition is another version in another file.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from resilience.results import files
from resilience.results.counting import RULES, Rule
from resilience.results.files import Data, Texts
from resilience.training.canonical import digest
from resilience.training.errors import BadInput

FOLDER = Path(__file__).parent / "indicators"


class Indicator(Data):
    """One version of a definition. Titles and definitions are indexed by language: `indicator.title["cy"]`."""

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{2,39}$")]
    version: Annotated[int, Field(ge=1)]
    # The order in which tables and dashboards list it.
    place: Annotated[int, Field(ge=1)]
    title: Texts
    definition: Texts
    unit: Literal["people", "activities", "organisations", "regions", "percent", "points", "hours", "times"]
    # What is counted once, and what makes two rows one.
    dedupe: Texts
    owner: Literal["lead", "analyst"]
    rule: str
    parameters: dict[str, Any] = {}
    # The numbers after the point that are printed.
    decimals: Annotated[int, Field(ge=0, le=2)] = 0

    @property
    def counting(self) -> Rule:
        return RULES[self.rule].model_validate(self.parameters)

    @property
    def content_hash(self) -> str:
        """SHA-256 of the definition, so that a changed file is told from the one a snapshot was taken with."""
        return digest(self.model_dump(mode="json"))


def load(path: Path) -> Indicator:
    """One file. Raises BadInput that names file, line and key."""
    found, tree = files.load(path, Indicator)
    if found.rule not in RULES:
        raise files.wrong(tree, ["rule"], f"there is no rule `{found.rule}`", f"Take one of {', '.join(RULES)}.")
    files.checked(tree, ["parameters"], RULES[found.rule])
    files.refuse_other_name(path, found.code, found.version)
    return found


class Shelf:
    """All versions of all indicators. The newest version of each is the one that is counted by."""

    def __init__(self, found: Iterable[Indicator]) -> None:
        self._versions = {(indicator.code, indicator.version): indicator for indicator in found}
        newest: dict[str, Indicator] = {}
        for indicator in self._versions.values():
            if indicator.code not in newest or newest[indicator.code].version < indicator.version:
                newest[indicator.code] = indicator
        self._newest = {code: newest[code] for code in sorted(newest, key=lambda code: (newest[code].place, code))}

    @property
    def all(self) -> list[Indicator]:
        """The newest version of each, in the order they are listed in."""
        return list(self._newest.values())

    def newest(self, code: str) -> Indicator:
        """Raises BadInput for a code that does not exist."""
        if code not in self._newest:
            raise BadInput(f"there is no indicator `{code}`", "", f"Take one of {', '.join(self._newest)}.")
        return self._newest[code]

    def version(self, code: str, version: int) -> Indicator:
        """The definition a snapshot was taken with. Raises BadInput where it is not here."""
        if (code, version) not in self._versions:
            raise BadInput(f"there is no version {version} of indicator `{code}`", "", "Restore its file.")
        return self._versions[code, version]


def load_all(folder: Path) -> Shelf:
    """Every file of a folder. Raises BadInput for the first that cannot be used."""
    return Shelf(load(path) for path in sorted(folder.glob("*.yaml")))


@cache
def shelf() -> Shelf:
    """The indicators that come with the product."""
    return load_all(FOLDER)
