"""First air: what stands or moves between the filter and an open critical site, and for how long.

Under downflow a thing blocks when it is above the site and within its own radius of it. Geometry only: air is not
computed here. A tool that works at the site does not count while its tip is there; the palm and forearm behind it do,
so holding the hand beside the site is right and holding it above is not. Source: EU GMP Annex 1 (2022) 7.18.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Final

from resilience.plant.space import add, rotated
from resilience.training.clock import TICKS_PER_SECOND, Clock
from resilience.training.exposure import CLEAN, EVERY, ROOM, RoomAir, Settling, by_hands, reach
from resilience.training.hands import Hand
from resilience.training.items import Item
from resilience.twins.air.kernel import Reach

if TYPE_CHECKING:
    from resilience.training.world import World

PALM: Final = 0.06
"""Radius of a gloved hand around the centre of its palm, metres (breadth 0.085 m and the thumb)."""
ARM: Final = 0.04
"""Radius of a sleeved forearm, metres."""
FOREARM: Final = 0.30
"""Length from palm to elbow that reaches into the air over the work, metres."""
FARTHEST: Final = 0.10
"""Beyond this lateral offset a hand no longer matters, metres."""
AT_WORK: Final = 0.03
"""A tool works at a site while its tip is so near to it, seen from above, metres."""
SLACK: Final = 0.008
"""A blocked site is free again only when the thing is so much farther away: trembling is not many events."""
SHOULDER: Final = 0.16
ELBOW_HEIGHT: Final = 1.02
"""Where a forearm passes the aperture: half way between the palm's x and the shoulder's side, metres."""
SLIM: Final = frozenset({"syringe", "forceps", "crimper"})
LEFT, RIGHT, LEFT_HELD, RIGHT_HELD, FLOW, STANDING = 1, 2, 4, 8, 16, 32
BITS: Final = (LEFT, RIGHT, LEFT_HELD, RIGHT_HELD, FLOW, STANDING)
Vector = tuple[float, float, float]


class Site:
    """An open critical site: its centre, radius (metres), and what blocks it since when.

    The centre is in the room; `offset` has it in the palm's frame while a hand holds the item. `shade` is a thing that
    stands over it.
    """

    __slots__ = (
        "hand",
        "item",
        "mask",
        "names",
        "offset",
        "opened",
        "part",
        "radius",
        "settling",
        "shade",
        "shade_by",
        "since",
        "tick",
        "x",
        "y",
        "z",
        "zone",
    )

    def __init__(self, item: Item, part: str, clock: Clock, zone: str) -> None:
        self.item, self.part, self.zone = item, part, zone
        self.radius = next(site.radius for site in item.spec.critical_sites if site.part == part)
        self.tick = clock.tick
        self.opened = clock.process
        self.settling = Settling(self.radius, clock)
        self.hand: Hand | None = None
        self.offset: Vector = (0.0, 0.0, 0.0)
        self.x = self.y = self.z = 0.0
        self.shade, self.shade_by = 0, ""
        self.mask = 0
        # By bit: the tick and process tick since when, and what its hand had brought by then.
        self.since: dict[int, tuple[int, int, float]] = {}
        self.names: dict[int, str] = {}


class Body:
    """A hand over the work, with its forearm and what it holds. `tip` and `tail` of that are in the palm's frame."""

    __slots__ = (
        *("ex", "ey", "ez", "hand", "hx", "hy", "hz", "length2", "radius", "reach", "tail", "tip", "tx", "ty", "tz"),
    )

    def __init__(self, hand: Hand) -> None:
        self.hand = hand
        self.tip: Vector | None = None
        self.tail: Vector = (0.0, 0.0, 0.0)
        self.radius = 0.0
        # The forearm from the palm, and tip and tail in the room, as of the last pose.
        self.ex = self.ey = self.ez = 0.0
        self.length2 = 1.0
        self.hx = self.hy = self.hz = self.tx = self.ty = self.tz = 0.0
        # The same hand as the air twin knows it, made when a site asks.
        self.reach: Reach | None = None

    def palm_over(self, site: Site, slack: float) -> bool:
        """Whether the palm is above a site and within its own radius of it."""
        hand = self.hand
        dx, dz = site.x - hand.x, site.z - hand.z
        reach = min(PALM + site.radius, FARTHEST) + slack
        return hand.y > site.y and dx * dx + dz * dz < reach * reach

    def arm_over(self, site: Site, slack: float) -> bool:
        """The same of the forearm."""
        hand = self.hand
        dx, dz = site.x - hand.x, site.z - hand.z
        along = min((dx * self.ex + dz * self.ez) / self.length2, 1.0)
        if along <= 0 or hand.y + along * self.ey <= site.y:
            return False
        ax, az = dx - along * self.ex, dz - along * self.ez
        reach = min(ARM + site.radius, FARTHEST) + slack
        return ax * ax + az * az < reach * reach

    def palm_place(self, site: Site) -> str:
        """Where the palm is to a site: above, beside or below."""
        if self.palm_over(site, self._slack(site)):
            return "above"
        return "beside" if self.hand.y > site.y else "below"

    def arm_place(self, site: Site) -> str:
        """The same of the sleeve."""
        if self.arm_over(site, self._slack(site)):
            return "above"
        dx, dz = site.x - self.hand.x, site.z - self.hand.z
        along = min(max((dx * self.ex + dz * self.ez) / self.length2, 0.0), 1.0)
        return "beside" if self.hand.y + along * self.ey > site.y else "below"

    def _slack(self, site: Site) -> float:
        return SLACK if site.mask & (RIGHT if self.hand.bit else LEFT) else 0.0


class FirstAir:
    """Watches the open sites of one session."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.sites: dict[str, Site] = {}
        self.bodies = (Body(world.hands["left"]), Body(world.hands["right"]))
        self.front = world.aperture_z
        self.air = RoomAir(world.module.scene)
        self.due = 0

    # Which sites are open ---------------------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Look again at every thing that can be open: called after whatever an action or a fault changed."""
        world, clock = self.world, self.world.clock
        for item in world.critical_items:
            # What was thrown away is no product any more, and nothing comes of what falls on it.
            part = None if world.wasted(item) else item.open_site
            site = self.sites.get(item.id)
            if site is not None and site.part != part:
                self._close(site)
                del self.sites[item.id]
                site = None
            if part is None:
                continue
            zone = world.zone_of(item)
            if site is None:
                site = self.sites[item.id] = Site(item, part, clock, zone)
            elif site.zone != zone:
                self._settle(site)
                site.zone = zone
            self._locate(site)
        if self.sites:
            self.due = 0
            self._refresh_held()
            self.evaluate()

    def close_all(self) -> None:
        """At the finish: what is still open is told of as exposed until now."""
        for site in self.sites.values():
            self._close(site)
        self.sites.clear()

    def _locate(self, site: Site) -> None:
        item = site.item
        at = next(s.at for s in item.spec.critical_sites if s.part == site.part)
        hand = self.world.hands[item.hand] if item.hand else None
        site.hand = hand
        if hand is not None and hand.grip is not None:
            origin, turn = item.spec.held(hand.grip, hand.side)
            site.offset = add(origin, rotated(at, turn))
        else:
            site.x, site.y, site.z = item.point(at)
            site.shade_by = self._standing_over(site)
            site.shade = STANDING if site.shade_by else 0
            return
        site.shade = 0

    def _standing_over(self, site: Site) -> str:
        """The thing that stands so close that it reaches over the site, if any."""
        for other in self.world.standing():
            if other is site.item or other.id == site.item.holder:
                continue
            hx, hz = other.half_extent()
            if (
                other.y + other.spec.footprint.height > site.y
                and abs(other.x - site.x) < hx + site.radius
                and abs(other.z - site.z) < hz + site.radius
            ):
                return other.id
        return ""

    def _refresh_held(self) -> None:
        for body in self.bodies:
            item, grip = body.hand.holds, body.hand.grip
            if item is None or grip is None:
                body.tip = None
                continue
            origin, turn = item.spec.held(grip, body.hand.side)
            if item.kind in SLIM:
                tip = item.spec.critical_sites[0].at
                body.tip = add(origin, rotated(tip, turn))
                body.tail = add(origin, rotated((tip[0], tip[1], item.spec.size[2] / 2), turn))
                body.radius = 0.009
            else:
                body.tip = body.tail = add(origin, rotated((0.0, item.spec.footprint.height / 2, 0.0), turn))
                body.radius = min(item.half_extent())

    # Each pose --------------------------------------------------------------------------------------------------------
    def evaluate(self) -> None:
        """Find what blocks each open site now; intervals that end become events."""
        over = self._over()
        flow = 0 if self.world.air_protects else FLOW
        tick = self.world.clock.tick
        due = tick >= self.due
        if due:
            self.due = tick + EVERY
        for site in self.sites.values():
            mask = 0
            if site.zone == "cabinet":
                if site.hand is not None:
                    if not site.hand.tracked:
                        if due:
                            self._look(site, [])
                        continue
                    at = site.offset if site.hand.turn is None else rotated(site.offset, site.hand.turn)
                    site.x, site.y, site.z = site.hand.x + at[0], site.hand.y + at[1], site.hand.z + at[2]
                mask = flow | site.shade
                for body in over:
                    mask |= _blocks(body, site)
            if mask != site.mask:
                changed, site.mask = mask ^ site.mask, mask
                self._look(site, over)
                self._tell(site, changed)
            elif due:
                self._look(site, over)

    def reaches(self) -> list[Reach]:
        """The hands in the cabinet as the air twin knows them."""
        return [reach(body, self.world.mount) for body in self._over()]

    def _over(self) -> list[Body]:
        """The hands behind the aperture, with their forearms as of the last pose."""
        over = [body for body in self.bodies if body.hand.tracked and body.hand.z < self.front]
        for body in over:
            self._reach(body)
        return over

    def _look(self, site: Site, over: list[Body]) -> None:
        """Ask how fast organisms settle on a site from here on."""
        world, air, catch = self.world, self.air, site.settling.catch
        if site.zone != "cabinet":
            rates = {ROOM: catch * air.room}
        elif not world.air_protects:
            rates = {world.cabinet_id: catch * air.failing}
        elif site.hand is not None and not site.hand.tracked:
            rates = {CLEAN: catch * air.first_air}
        else:
            rates = by_hands(site, over, air, world.mount)
        self._come_down(site, rates)

    def _come_down(self, site: Site, rates: dict[str, float]) -> None:
        """What the rates until now have brought; whatever brings nothing more has come down and is booked."""
        for past in site.settling.go_on(self.world.clock, rates):
            if past.organisms > 0.0:
                settle = self.world.organisms.settle
                settle(site.item, site.part, past.organisms, past.cause, past.seconds, past.tick)

    def _reach(self, body: Body) -> None:
        # The forearm comes through the aperture, so it points from the palm to the shoulder's side of it.
        hand = body.hand
        body.reach = None
        side = -SHOULDER if hand.side == "left" else SHOULDER
        dx, dy, dz = side - 0.5 * hand.x, ELBOW_HEIGHT - hand.y, self.front - hand.z
        scale = FOREARM / (sqrt(dx * dx + dy * dy + dz * dz) or 1.0)
        body.ex, body.ey, body.ez = dx * scale, dy * scale, dz * scale
        body.length2 = body.ex * body.ex + body.ez * body.ez or 1.0
        if body.tip is not None:
            tip, tail = body.tip, body.tail
            if hand.turn is not None:
                tip, tail = rotated(tip, hand.turn), rotated(tail, hand.turn)
            body.hx, body.hy, body.hz = hand.x + tip[0], hand.y + tip[1], hand.z + tip[2]
            body.tx, body.ty, body.tz = hand.x + tail[0], hand.y + tail[1], hand.z + tail[2]

    # Intervals --------------------------------------------------------------------------------------------------------
    def _tell(self, site: Site, changed: int) -> None:
        """Note what is over a site now, and tell of what no longer is."""
        clock = self.world.clock
        for bit in BITS:
            if changed & bit:
                if site.mask & bit:
                    name = site.names[bit] = self._name(bit, site)
                    site.since[bit] = (clock.tick, clock.process, site.settling.by_hand.get(name, 0.0))
                else:
                    self._end(site, bit)

    def _end(self, site: Site, bit: int) -> None:
        tick, process, before = site.since.pop(bit)
        seconds = (self.world.clock.process - process) / TICKS_PER_SECOND
        if seconds <= 0:
            return
        by = site.names[bit]
        self.world.emit(
            "shielded",
            item=site.item.id,
            item_kind=site.item.kind,
            part=site.part,
            by=by,
            seconds=seconds,
            from_tick=tick,
            cfu=site.settling.by_hand.get(by, 0.0) - before,
        )

    def _settle(self, site: Site) -> None:
        """Close the account of a site where it is: what fell on it from the air of its zone, what blocked it."""
        self._come_down(site, {})
        changed, site.mask = site.mask, 0
        self._tell(site, changed)

    def _close(self, site: Site) -> None:
        self._settle(site)
        seconds = (self.world.clock.process - site.opened) / TICKS_PER_SECOND
        self.world.emit(
            "exposed",
            item=site.item.id,
            item_kind=site.item.kind,
            part=site.part,
            seconds=seconds,
            from_tick=site.tick,
        )

    def _name(self, bit: int, site: Site) -> str:
        if bit == FLOW:
            return self.world.cabinet_id
        if bit == STANDING:
            return site.shade_by
        body = self.bodies[0] if bit in (LEFT, LEFT_HELD) else self.bodies[1]
        if bit in (LEFT, RIGHT) or body.hand.holds is None:
            return f"{body.hand.side} hand"
        return body.hand.holds.id


def _blocks(body: Body, site: Site) -> int:
    """The bits of what of this hand is above the site."""
    hand = body.hand
    dx, dz = site.x - hand.x, site.z - hand.z
    if not (-FARTHEST - FOREARM < dx < FARTHEST + FOREARM and -FARTHEST - FOREARM < dz < FARTHEST + FOREARM):
        return 0
    bit = RIGHT if hand.bit else LEFT
    slack = SLACK if site.mask & bit else 0.0
    mask = bit if body.palm_over(site, slack) or body.arm_over(site, slack) else 0
    if body.tip is not None and hand is not site.hand and _held_blocks(body, site):
        mask |= bit << 2
    return mask


def _held_blocks(body: Body, site: Site) -> bool:
    dx, dz = site.x - body.hx, site.z - body.hz
    at_work = AT_WORK + site.radius
    if dx * dx + dz * dz < at_work * at_work and body.tip is not body.tail:
        return False
    lx, lz = body.tx - body.hx, body.tz - body.hz
    length2 = lx * lx + lz * lz
    along = min(1.0, max(0.0, (dx * lx + dz * lz) / length2)) if length2 > 1e-9 else 0.0
    if body.hy + along * (body.ty - body.hy) <= site.y:
        return False
    ax, az = dx - along * lx, dz - along * lz
    reach = min(body.radius + site.radius, FARTHEST)
    return ax * ax + az * az < reach * reach
