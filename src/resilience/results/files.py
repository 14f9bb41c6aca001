"""What the files of definitions have in common: texts in both languages, and errors that point at a line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from resilience.training.errors import BadInput
from resilience.training.marked_yaml import mark_of, read

FIX = "docs/how/results.md says what the file holds."

Text = Annotated[str, Field(min_length=2, max_length=600)]


class Data(BaseModel):
    """Read from a file: nothing unknown in it, nothing changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Texts(Data):
    """A text in both languages: `texts["cy"]`, English for any other."""

    en: Text
    cy: Text

    def __getitem__(self, language: str) -> str:
        return self.cy if language.startswith("cy") else self.en


DataT = TypeVar("DataT", bound=Data)


def load(path: Path, shape: type[DataT]) -> tuple[DataT, Any]:
    """What the file holds, and its marked tree. Raises BadInput that names file, line and key."""
    tree = read(path, path.name)
    return checked(tree, [], shape), tree


def checked(tree: Any, above: list[str], shape: type[DataT]) -> DataT:
    """The part of a marked tree under the keys `above`. Raises BadInput that names file, line and key."""
    part = tree
    for key in above:
        part = part.get(key, {})
    try:
        return shape.model_validate(part)
    except ValidationError as error:
        first = error.errors()[0]
        place = [*above, *first["loc"]]
        raise wrong(tree, place, first["msg"]) from None


def wrong(tree: Any, place: list[Any], what: str, fix: str = FIX) -> BadInput:
    """The error for a value of a marked tree."""
    return BadInput(f"`{'.'.join(str(step) for step in place)}`: {what}", str(mark_of(tree, place)), fix)


def refuse_other_name(path: Path, code: str, version: int) -> None:
    """Raises BadInput where a file is not named for the version it holds."""
    name = f"{code}.{version}.yaml"
    if path.name != name:
        raise BadInput(f"the file holds version {version} of `{code}`", path.name, f"Name it {name}.")
