"""What all instruments share: a state that can be kept and branched, and chance by key."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any, Final, Generic, Self, TypeVar

from resilience.twins import draws, parameters
from resilience.twins.errors import BadInput
from resilience.twins.parameters import Parameter

DATA: Final = Path(__file__).with_name("instruments.yaml")
State = TypeVar("State")


@cache
def numbers() -> dict[str, Parameter]:
    """Every parameter of the instruments by its name."""
    return {parameter.name: parameter for parameter in parameters.read(DATA)}


def number(name: str) -> float:
    """One parameter at its central value."""
    return numbers()[name].value


class Instrument(Generic[State]):
    """An instrument by its name: two of one name and seed read alike, whatever else is measured."""

    def __init__(self, name: str, seed: int, state: State) -> None:
        if not name:
            raise BadInput("the instrument has no name", type(self).__name__, "Name it: chance goes by the name.")
        self.name, self.seed = name, seed
        self._state = state

    def snapshot(self) -> State:
        """The instrument as it is now."""
        return deepcopy(self._state)

    def restore(self, snapshot: State) -> None:
        """Go on from a snapshot."""
        if type(snapshot) is not type(self._state):
            raise BadInput("the snapshot is of another instrument", self.name, "Use one of this kind.")
        self._state = deepcopy(snapshot)

    def fork(self) -> Self:
        """Another that begins as this one is."""
        return deepcopy(self)

    def _counted(self, expected: float, *words: Any) -> int:
        """How many came where so many were expected: the noise of counting."""
        return draws.poisson(draws.named(self.seed, "instrument", self.name, *words), expected)
