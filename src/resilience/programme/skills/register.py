"""The register of competences, the frameworks they are set beside, and the roles that need them: data files, checked.

A framework's code and text stand only where its wording was read; else the topic is mapped and both are empty.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from resilience.training.errors import BadInput

FOLDER = Path(__file__).parent
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,63}$")]
DataT = TypeVar("DataT", bound="Data")
EntryT = TypeVar("EntryT", bound="Competence")
Words = Annotated[str, Field(min_length=2, max_length=120)]


class Data(BaseModel):
    """Read from a file: nothing unknown in it, nothing changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Competence(Data):
    """Something that a person can do, under a code of the programme's own."""

    code: Code
    en: Words
    cy: Words

    def title(self, language: str) -> str:
        return self.cy if language.startswith("cy") else self.en


class Role(Competence):
    """A kind of job and the competences it needs: a default, to be confirmed by employers."""

    requires: Annotated[tuple[Code, ...], Field(min_length=1)]


class Entry(Data):
    """What a framework asks for, and which competences of ours practise it."""

    framework: str
    code: str
    topic: Code
    competences: tuple[Code, ...]
    text: str
    source: Annotated[str, Field(min_length=4)]
    version: str
    licence: str
    retrieved: str

    @model_validator(mode="after")
    def _read(self) -> Entry:
        if self.code and not (self.text and self.retrieved):
            raise ValueError("a code stands only beside its wording and the day it was read")
        return self


@dataclass(frozen=True)
class Register:
    """All of it by code."""

    competences: Mapping[str, Competence]
    roles: Mapping[str, Role]
    frameworks: tuple[Entry, ...]

    def title(self, code: str, language: str) -> str:
        """A competence in words; a code of no competence as it is."""
        found = self.competences.get(code)
        return found.title(language) if found else code

    def needing(self, competence: str) -> list[Role]:
        """The roles that need a competence."""
        return [role for role in self.roles.values() if competence in role.requires]


def load(folder: Path = FOLDER) -> Register:
    """Reads the files. Raises BadInput that names the file and what is wrong in it."""
    competences = entries(folder / "competences.yaml", "competences", Competence)
    roles = entries(folder / "roles.yaml", "roles", Role)
    frameworks = tuple(entry for path in sorted((folder / "frameworks").glob("*.csv")) for entry in framework(path))
    named = [("roles.yaml", role.code, role.requires) for role in roles.values()]
    named += [(f"{entry.framework}.csv", entry.topic, entry.competences) for entry in frameworks]
    for file, who, codes in named:
        for code in codes:
            if code not in competences:
                raise BadInput(f"`{who}` names `{code}`, which is no competence", file, "Add it to competences.yaml.")
    return Register(competences, roles, frameworks)


def entries(path: Path, key: str, shape: type[EntryT]) -> dict[str, EntryT]:
    found: dict[str, EntryT] = {}
    for given in yaml.safe_load(path.read_text("utf-8"))[key]:
        one = checked(path, shape, given)
        if one.code in found:
            raise BadInput(f"`{one.code}` stands twice", path.name, "Keep one of them.")
        found[one.code] = one
    return found


def framework(path: Path) -> list[Entry]:
    """A framework's rows: code, topic, competences (with spaces between), text, source, version, licence, retrieved."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            checked(path, Entry, {**row, "framework": path.stem, "competences": tuple(row["competences"].split())})
            for row in csv.DictReader(file)
        ]


def checked(path: Path, shape: type[DataT], given: object) -> DataT:
    try:
        return shape.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise BadInput(f"`{where}`: {first['msg']}", path.name, "Correct the entry.") from None


@cache
def register() -> Register:
    """The register that comes with the product."""
    return load()
