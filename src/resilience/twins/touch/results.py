"""What the touch twin answers when something has happened."""

from __future__ import annotations

from dataclasses import dataclass

from resilience.twins.draws import Floats


@dataclass(frozen=True, slots=True)
class Disinfected:
    """A film that ended: after how many wet seconds, by what, and the log10 reduction (central).

    Of vegetative organisms and of spores (0 for alcohol), over the whole face, what the film did not reach included.
    """

    face: str
    agent: str
    wet_seconds: float
    log_reduction: float
    spore_log_reduction: float
    ended_by: str


@dataclass(frozen=True, slots=True)
class Passed:
    """What a target gained (lost where negative): (2, K + 1), vegetative and spores; and the films that ended by it."""

    by_kind: Floats
    disinfected: tuple[Disinfected, ...] = ()

    @property
    def organisms(self) -> Floats:
        """(K + 1,) vegetative organisms and spores together."""
        return together(self.by_kind)

    @property
    def central(self) -> float:
        """At the published values."""
        return float(self.by_kind[0, 0] + self.by_kind[1, 0])


def together(by_kind: Floats) -> Floats:
    """(K + 1,) vegetative organisms and spores added up, from (2, K + 1)."""
    added: Floats = by_kind[0] + by_kind[1]
    return added
