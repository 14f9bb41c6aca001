"""Environmental monitoring of a batch: what instruments at their places would read of air, surfaces and gloves.

Truth is the twins'; the instruments (`twins/instruments`) read it as real ones would. A particle counter and a settle
plate are there from beginning to end, looked at once a second of process time; contact plates and finger dabs are taken
when the work is finished. Readings are drawn by seed and the instrument's name; no check judges them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from resilience.training.canonical import significant
from resilience.training.clock import TICKS_PER_SECOND
from resilience.training.hands import Hand
from resilience.training.module_shapes import Grade, Point3, Sample
from resilience.training.module_shapes import Monitoring as Plan
from resilience.twins.air.kernel import Reach, kernel
from resilience.twins.air.numbers import numbers
from resilience.twins.instruments import ContactPlate, Count, Dabbed, FingerDab, Grown, ParticleCounter, SettlePlate
from resilience.twins.instruments import limits as limits_of

if TYPE_CHECKING:
    from resilience.training.world import World

EVERY: Final = TICKS_PER_SECOND
"""Process ticks from one look at the air to the next."""
SLEEVE: Final = "sleeve"
SIZES: Final = ("fine", "coarse")
_LIMITS: Final = {"settle": "settle_per_4h", "contact": "contact", "dab": "glove"}
Reading = dict[str, Any]


@dataclass(frozen=True)
class _Air:
    """What there is at a place per m3 of air: microbe-carrying particles, and particles from 0.5 and from 5 um on."""

    mcp: float
    fine: float
    coarse: float


class Monitoring:
    """The instruments of one session."""

    def __init__(self, world: World, plan: Plan) -> None:
        self.world, self.plan = world, plan
        seed = world.variant.seed
        self.process = self.due = world.clock.process
        self.counter = ParticleCounter("counter", seed) if plan.counter is not None else None
        self.plate = SettlePlate("settle", seed) if plan.settle is not None else None
        self.counts: list[Count] = []
        self._at_probe = self._at_plate = _Air(0.0, 0.0, 0.0)
        self._look()

    def go_on(self) -> None:
        """Let the instruments stand in the air that was there until now, and see what is there from here on."""
        process = self.world.clock.process
        seconds = (process - self.process) / TICKS_PER_SECOND
        self.process, self.due = process, process + EVERY
        if self.counter is not None:
            self.counts += self.counter.do_step(seconds, self._at_probe.fine, self._at_probe.coarse)
        if self.plate is not None:
            # After four hours it would dry: it is covered then.
            left = min(seconds, self.plate.longest - self.plate.seconds)
            if left > 0.0:
                self.plate.do_step(left, self._at_plate.mcp, numbers().settling_mcp)
        self._look()

    def readings(self) -> tuple[Reading, ...]:
        """What every instrument reads when the work is finished, plates after incubation."""
        self.go_on()
        found: list[Reading] = []
        plan = self.plan
        if plan.counter is not None:
            found.append(self._counted(plan.counter.grade))
        if self.plate is not None and plan.settle is not None:
            minutes = {"minutes": significant(self.plate.seconds / 60.0, 3)}
            found.append(_grown("settle", "worktop", plan.settle.grade, self.plate.incubate()) | minutes)
        found += [self._contact(sample) for sample in plan.contact]
        if plan.dabs is not None:
            hands = self.world.hands.values()
            found += [self._dabbed(hand, plan.dabs) for hand in hands if hand.glove != "none"]
        return tuple(found)

    # Reading ----------------------------------------------------------------------------------------------------------
    def _contact(self, sample: Sample) -> Reading:
        world = self.world
        plate = ContactPlate(f"contact {sample.place}", world.variant.seed)
        face = world.sleeves if sample.place == SLEEVE else world.surfaces[sample.place].patch
        plate.press(significant(world.organisms.on(face)))
        return _grown("contact", sample.place, sample.grade, plate.incubate())

    def _dabbed(self, hand: Hand, grade: Grade) -> Reading:
        dab = FingerDab(f"dab {hand.id}", self.world.variant.seed)
        dab.press(significant(self.world.organisms.on(hand.patch)))
        grown = dab.incubate()
        return _grown("dab", hand.id, grade, grown) | {"fingers": grown.fingers}

    def _counted(self, grade: Grade) -> Reading:
        """Whole windows alone: how many, the highest reading of each size, and how many were above a limit."""
        reading: Reading = {"instrument": "counter", "place": "work-zone", "grade": grade, "windows": len(self.counts)}
        above: set[int] = set()
        for size in SIZES:
            per_m3 = [float(getattr(count, f"{size}_per_m3")) for count in self.counts]
            most = limits_of.particles(grade, size)
            above |= {n for n, value in enumerate(per_m3) if limits_of.exceeds(value, most)}
            reading[size] = {"highest": significant(max(per_m3, default=0.0), 3), "limit": most}
        return reading | {"above": len(above), "exceeds": bool(above)}

    # The air ----------------------------------------------------------------------------------------------------------
    def _look(self) -> None:
        reaches = self.world.air.reaches() if self.world.air_protects else []
        if self.plan.counter is not None:
            self._at_probe = self._air(self.plan.counter.at, reaches)
        if self.plan.settle is not None:
            self._at_plate = self._air(self.plan.settle.at, reaches)

    def _air(self, place: Point3, reaches: list[Reach]) -> _Air:
        """The air at a place of the cabinet: what hands shed there, or a share of the room's where nothing protects."""
        world, air, given = self.world, self.world.air.air, numbers()
        if not world.air_protects:
            return _Air(*(given.alarm_share * there for there in air.by_class))
        x, y, z = (at - mount for at, mount in zip(place, world.mount, strict=True))
        shed = 0.0
        for reach in reaches:
            of_glove, of_sleeve = reach.at(x, y, z)
            shed += of_glove * given.shed_glove + of_sleeve * given.shed_sleeve
        share = kernel().room_share(y, z)[0]
        mcp, fine, coarse = (
            share * room + shed * person for room, person in zip(air.by_class, air.person, strict=True)
        )
        # A filter lets through no particles that a counter would count.
        return _Air(air.first_air + mcp, fine, coarse)


def _grown(instrument: str, place: str, grade: Grade, grown: Grown | Dabbed) -> Reading:
    most = limits_of.viable(grade, _LIMITS[instrument])
    return {
        "instrument": instrument,
        "place": place,
        "grade": grade,
        "colonies": grown.colonies,
        "expected": significant(grown.expected),
        "limit": most,
        "exceeds": limits_of.exceeds(grown.colonies, most),
    }
