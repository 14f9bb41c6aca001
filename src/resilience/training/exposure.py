"""Air over open sites in numbers: what settles on each, what brought it, from where, and for how long.

The kernel of the air twin says what glove and sleeve of each hand keep up over a site. It is asked five times a second,
and whenever something comes over a site or leaves it; in between the rates hold. Ticks and poses are the log's, so a
replay asks at the same moments.
"""

from __future__ import annotations

from math import pi
from typing import TYPE_CHECKING, Final

from resilience.plant.specs import load
from resilience.training.clock import TICKS_PER_SECOND, Clock
from resilience.training.module_shapes import Scene
from resilience.twins.air.kernel import Reach, kernel
from resilience.twins.air.numbers import Numbers, numbers

if TYPE_CHECKING:
    from resilience.training.air import Body, Site

EVERY: Final = 4
"""Ticks from one look at the air to the next: 0.2 s, in which a calm hand at its fastest moves 6 cm."""
LEAST: Final = 0.01
"""What adds less than this share of what clean air holds is left out: it would be many entries and no organisms."""
CLEAN: Final = "cabinet air"
ROOM: Final = "room air"
PLACES: Final = ("above", "beside", "below")
_SECONDS_PER_HOUR: Final = 3600.0


class Ended:
    """What one cause brought to a site from a tick on: expected organisms in so many process seconds."""

    __slots__ = ("cause", "organisms", "seconds", "tick")

    def __init__(self, cause: str, organisms: float, seconds: float, tick: int) -> None:
        self.cause, self.organisms, self.seconds, self.tick = cause, organisms, seconds, tick


class Settling:
    """The account of one open site: how fast each cause brings organisms now, and what it has brought since it began.

    `by_hand` sums up what each hand, or the cabinet that fails, has brought in all.
    """

    __slots__ = ("by_hand", "catch", "process", "rates", "running")

    def __init__(self, radius: float, clock: Clock) -> None:
        self.catch = numbers().settling_mcp * pi * radius**2
        """Organisms a second that settle on the site for each of a cubic metre of air."""
        self.process = clock.process
        self.rates: dict[str, float] = {}
        self.running: dict[str, tuple[float, int, int]] = {}
        self.by_hand: dict[str, float] = {}

    def go_on(self, clock: Clock, rates: dict[str, float]) -> list[Ended]:
        """Let the rates that held come up to now, and new ones hold from here; gives what is over with that."""
        running = self.running
        seconds = (clock.process - self.process) / TICKS_PER_SECOND
        if seconds > 0.0:
            for cause, rate in self.rates.items():
                organisms, process, tick = running[cause]
                running[cause] = (organisms + rate * seconds, process, tick)
                hand = source(cause)
                self.by_hand[hand] = self.by_hand.get(hand, 0.0) + rate * seconds
        self.process = clock.process
        self.rates = rates
        ended = []
        if running.keys() != rates.keys():
            for cause in [cause for cause in running if cause not in rates]:
                organisms, process, tick = running.pop(cause)
                ended.append(Ended(cause, organisms, (clock.process - process) / TICKS_PER_SECOND, tick))
            for cause in rates:
                if cause not in running:
                    running[cause] = (0.0, clock.process, clock.tick)
        return ended


class RoomAir:
    """What the air of a scene holds with one gowned person in it.

    `room` is the concentration in the room (MCP/m3), `glove` and `sleeve` what one of each gives off (MCP/s).
    `by_class` is the room's, `person` what a person at work gives off a second, by class: MCP, 0.5 um, 5 um.
    """

    def __init__(self, scene: Scene) -> None:
        given: Numbers = numbers()
        wide, high, deep = load(scene.room).size
        supply = scene.air_changes * wide * high * deep / _SECONDS_PER_HOUR
        moving, settling = given.emission("gowned", "arms"), given.settling
        mcp, coarse, fine = (
            shed / (supply + speed * wide * deep) for shed, speed in zip(moving, settling, strict=True)
        )
        self.room, self.by_class = mcp, (mcp, fine, coarse)
        mcp, coarse, fine = given.emission("gowned", "hands")
        self.person = (mcp, fine, coarse)
        self.glove, self.sleeve = mcp * given.shed_glove, mcp * given.shed_sleeve
        self.first_air, self.failing = given.first_air, given.alarm_share * self.room
        self.least = LEAST * self.first_air


def reach(body: Body, mount: tuple[float, float, float]) -> Reach:
    """A hand with its forearm as the kernel knows one: in the frame of the cabinet, which stands at `mount`."""
    hand = body.hand
    x, y, z = hand.x - mount[0], hand.y - mount[1], hand.z - mount[2]
    return Reach(kernel(), (x, y, z), (x + body.ex, y + body.ey, z + body.ez))


def by_hands(site: Site, over: list[Body], air: RoomAir, mount: tuple[float, float, float]) -> dict[str, float]:
    """Organisms a second that settle on a site under first air, by cause: each glove and sleeve by where it is."""
    catch = site.settling.catch
    x, y, z = site.x - mount[0], site.y - mount[1], site.z - mount[2]
    rates = {CLEAN: catch * (air.first_air + kernel().room_share(y, z)[0] * air.room)}
    for body in over:
        if body.reach is None:
            body.reach = reach(body, mount)
        of_glove, of_sleeve = body.reach.at(x, y, z)
        if of_glove * air.glove > air.least:
            rates[cause(body, "glove", body.palm_place(site))] = catch * of_glove * air.glove
        if of_sleeve * air.sleeve > air.least:
            rates[cause(body, "sleeve", body.arm_place(site))] = catch * of_sleeve * air.sleeve
    return rates


def cause(body: Body, part: str, place: str) -> str:
    """The name of what sheds and where: `left sleeve above`."""
    return f"{body.hand.side} {part} {place}"


def source(name: str) -> str:
    """Whose doing a cause is, as events name it: `left hand` of `left sleeve above`, else the cause itself."""
    side, _, rest = name.partition(" ")
    return f"{side} hand" if rest.endswith(PLACES) else name
