"""The code lists of the diversity form, and the census groups its answers are set beside: data in `codes/`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

FOLDER = Path(__file__).parent / "codes"
# The order in which the form asks.
QUESTIONS = ("sex", "ethnicity", "disability")
CENSUS = "census-ethnic-group"


class Data(BaseModel):
    """Read from a file: nothing unknown in it, nothing changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Labelled(Data):
    """English and Welsh words: `label("cy")`."""

    en: str
    cy: str

    def label(self, language: str) -> str:
        return self.cy if language.startswith("cy") else self.en


class Code(Labelled):
    """One entry of a list."""

    code: str
    # False for "prefer not to say" and the like: returned, but no answer.
    answer: bool = True
    # False for entries that only an office would make, such as "not known".
    offered: bool = True
    # True where no other entry can be chosen beside it.
    alone: bool = False


class CodeList(Data):
    """A question and the codes it can be answered with."""

    question: str
    scheme: str
    version: str
    source: str
    ask: Labelled
    several: bool
    codes: tuple[Code, ...] = Field(min_length=2)

    @property
    def unanswered(self) -> frozenset[str]:
        """The codes that are no answer."""
        return frozenset(code.code for code in self.codes if not code.answer)

    def refused(self, chosen: list[str]) -> str:
        """What is wrong with a choice, for whoever sent it: empty where nothing is."""
        offered = {code.code: code for code in self.codes if code.offered}
        unknown = [code for code in chosen if code not in offered]
        if unknown:
            return f"{self.scheme} offers no {unknown[0]}: choose one of {', '.join(offered)}"
        if len(set(chosen)) > 1 and (not self.several or any(offered[code].alone for code in chosen)):
            return f"{self.scheme}: {' and '.join(sorted(set(chosen)))} cannot both be chosen"
        return ""


class Group(Labelled):
    """One of the five groups and the answers in it."""

    id: str
    answers: tuple[Code, ...]


class Derived(Labelled):
    """A name that headlines use, the groups it stands for, and how to say so."""

    id: str
    groups: tuple[str, ...]
    derivation: Labelled


class Census(Data):
    """19 answers in 5 groups, and what is derived from them."""

    scheme: str
    version: str
    source: str
    maps: str
    groups: tuple[Group, ...]
    derived: tuple[Derived, ...]

    def codes(self, name: str) -> frozenset[str]:
        """The codes of a group or a derived group. Raises KeyError for a name that is neither."""
        groups = {group.id: frozenset(code.code for code in group.answers) for group in self.groups}
        if name in groups:
            return groups[name]
        found = next((derived for derived in self.derived if derived.id == name), None)
        if found is None:
            raise KeyError(f"There is no group {name}: take one of {', '.join(groups)}")
        return frozenset().union(*(groups[group] for group in found.groups))


@cache
def code_list(question: str) -> CodeList:
    """The list a question is answered with. Raises KeyError for a question that is not asked."""
    if question not in QUESTIONS:
        raise KeyError(f"The form asks no {question}: take one of {', '.join(QUESTIONS)}")
    return CodeList.model_validate(yaml.safe_load((FOLDER / f"{question}.yaml").read_text()))


@cache
def census() -> Census:
    return Census.model_validate(yaml.safe_load((FOLDER / f"{CENSUS}.yaml").read_text()))
