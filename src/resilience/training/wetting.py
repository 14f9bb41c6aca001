"""Wet faces: disinfectant needs its time, and what ends that time early."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final

from resilience.training.canonical import significant
from resilience.training.clock import TICKS_PER_SECOND
from resilience.training.organisms import FULL_WET_SECONDS
from resilience.training.patches import Patch
from resilience.twins.touch.disinfectants import AGENTS
from resilience.twins.touch.ensemble import numbers

if TYPE_CHECKING:
    from resilience.training.world import World

AGENT: Final = "ipa-70"
FADING: Final = (0.25, 0.5, 0.75)
"""When the shine of a wet face grows less, as shares of its wet time: contact time is something one sees."""


class Wetting:
    """Keeps wet faces and ends them when they dry, are touched, taken, used or opened."""

    def __init__(self, world: World) -> None:
        self.world = world

    def wet(self, patch: Patch, how: str, coverage: float) -> None:
        """Put disinfectant on a face; on one that is still wet it adds to the time and the coverage."""
        clock = self.world.clock
        if not patch.wet:
            patch.wet_from, patch.coverage = clock.process, 0.0
        patch.agent = AGENT
        patch.coverage = min(1.0, max(patch.coverage, coverage))
        self.world.organisms.wet(patch, AGENT, how, coverage)
        seconds = wet_seconds(how)
        due = clock.after(seconds, lambda: self._dry(patch))
        if due > patch.wet_until:
            patch.wet_until, patch.wet_seconds = due, seconds
        for share in FADING:
            clock.after(share * seconds, lambda: self._fade(patch))
        self.world.changed(patch.owner)

    def end(self, patch: Patch, how: str) -> None:
        """End the wet time of a face now; nothing happens to a dry one."""
        if patch.wet:
            self._end(patch, how)

    def shine(self, patch: Patch) -> float:
        """How wet a face looks: its coverage while fresh, less by quarters as it dries, 0 when dry."""
        if not patch.wet:
            return 0.0
        left = (patch.wet_until - self.world.clock.process) / (patch.wet_seconds * TICKS_PER_SECOND)
        return round(patch.coverage * ceil(4 * left) / 4, 3)

    def _fade(self, patch: Patch) -> None:
        if patch.wet:
            self.world.changed(patch.owner)

    def _dry(self, patch: Patch) -> None:
        if patch.wet and patch.wet_until <= self.world.clock.process:
            self._end(patch, "dry")

    def _end(self, patch: Patch, how: str) -> None:
        world = self.world
        film = world.organisms.end_wetting(patch, how)
        patch.wet_from = patch.wet_until = -1
        world.changed(patch.owner)
        if film is None:
            return
        world.emit(
            "surface_disinfected",
            target=patch.owner,
            target_kind=patch.kind,
            part=patch.part,
            agent=film.agent,
            wet_seconds=film.wet_seconds,
            log_reduction=film.log_reduction,
            ended_by=film.ended_by,
        )
        if patch.owner.startswith("hand:") and significant(film.wet_seconds) >= FULL_WET_SECONDS:
            hand = world.hands[patch.owner[5:]]
            hand.sanitised, hand.soiled = world.clock.process, False
            told = {"state": "sanitised", "seconds": film.wet_seconds, "station": world.station}
            world.emit("garment_state", garment="glove", hand=hand.side, **told)


def wet_seconds(how: str) -> float:
    """How long a film of alcohol stays wet by how it was put on (`spray`, `wipe`, `rub`), s."""
    return numbers()[AGENTS[AGENT].films[how]].value
