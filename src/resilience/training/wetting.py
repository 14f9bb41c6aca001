"""Wet faces: disinfectant needs its time, and what ends that time early."""

from __future__ import annotations

from math import ceil, log10
from typing import TYPE_CHECKING, Final

from resilience.training.clock import TICKS_PER_SECOND
from resilience.training.patches import Patch

if TYPE_CHECKING:
    from resilience.training.world import World

WET_SECONDS: Final = {"spray": 60.0, "wipe": 45.0, "hand-rub": 40.0}
"""How long a film of 70 % isopropanol stays wet, by how it was put on: seconds, site practice (default)."""
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
        patch.agent = "ipa-70"
        patch.coverage = min(1.0, max(patch.coverage, coverage))
        due = clock.after(WET_SECONDS[how], lambda: self._dry(patch))
        if due > patch.wet_until:
            patch.wet_until, patch.wet_seconds = due, WET_SECONDS[how]
        for share in FADING:
            clock.after(share * WET_SECONDS[how], lambda: self._fade(patch))
        self.world.changed(patch.owner)

    def end(self, patch: Patch, how: str) -> None:
        """End the wet time of a face now; nothing happens to a dry one."""
        if patch.wet:
            self._end(patch, how, self.world.clock.process)

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
            self._end(patch, "dry", patch.wet_until)

    def _end(self, patch: Patch, how: str, process: int) -> None:
        seconds = (process - patch.wet_from) / TICKS_PER_SECOND
        survive = 10.0 ** -self.world.numbers.log_reduction(seconds)
        # Alcohol leaves spores alone, and every organism where it did not reach.
        alive = patch.coverage * survive + (1.0 - patch.coverage)
        spores = patch.cfu * self.world.numbers.spore_share
        patch.cfu = spores + (patch.cfu - spores) * alive
        patch.wet_from = patch.wet_until = -1
        world = self.world
        world.emit(
            "surface_disinfected",
            target=patch.owner,
            target_kind=patch.kind,
            part=patch.part,
            agent=patch.agent,
            wet_seconds=seconds,
            log_reduction=-log10(alive) if alive < 1 else 0.0,
            ended_by=how,
        )
        if patch.owner.startswith("hand:"):
            hand = world.hands[patch.owner[5:]]
            if seconds >= world.numbers.wet_seconds_full:
                hand.sanitised, hand.soiled = world.clock.process, False
                told = {"state": "sanitised", "seconds": seconds, "station": world.station}
                world.emit("garment_state", garment="glove", hand=hand.side, **told)
        world.changed(patch.owner)
