"""Where one can stand in a room: before everything that stands on its floor, and inside each of its doors.

Worked out from the specifications, so that a room that is added as data can be walked without a line of code.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, hypot, pi, sin

from resilience.plant import Spec, load
from resilience.plant.specs import Mount

EYES = 1.58  # metres
PERSON = 0.22  # metres, half the width of a standing person
FROM_WALL = 0.35  # metres, no nearer to a wall does one stand
INSIDE_DOOR = 0.85  # metres from the door to where one stands after coming through it
NEAREST, FARTHEST = 0.30, 1.90  # metres from the front of a thing
STEP = 0.10  # metres by which one comes nearer where there is no room
LOWEST = 0.05  # metres: what hangs higher stands on no floor
WORTH = 0.45  # metres: what is lower is looked at from where one stands anyway
APART = 0.45  # metres between two stations


@dataclass(frozen=True)
class Station:
    """Where the feet are (x, z in metres) and which way one looks (radians about y, 0 towards -z)."""

    mount: str
    kind: str
    at: tuple[float, float]
    yaw: float
    door: bool = False


@dataclass(frozen=True)
class Ground:
    """What a thing takes up of the floor: a rectangle about (x, z), turned by yaw. Metres, radians."""

    x: float
    z: float
    yaw: float
    width: float
    depth: float

    def away(self, x: float, z: float) -> float:
        """How far a point is from the rectangle; 0 inside."""
        dx, dz = x - self.x, z - self.z
        across = dx * cos(self.yaw) - dz * sin(self.yaw)
        along = dx * sin(self.yaw) + dz * cos(self.yaw)
        return hypot(max(0.0, abs(across) - self.width / 2), max(0.0, abs(along) - self.depth / 2))


def is_door(mount: Mount, spec: Spec) -> bool:
    """A door stands on the floor and leaves a hole in the wall; a hatch does not reach the floor."""
    return mount.at[1] < LOWEST and (spec.opening is not None or spec.kind == "door")


def stations(room: Spec) -> list[Station]:
    """In the order of the room's mounts, doors last. Always at least one: the middle of the room."""
    grounds = {name: ground(mount, load(kind)) for name, kind, mount in room.standing if stands(mount, load(kind))}
    found: list[Station] = []
    doors: list[Station] = []
    for name, kind, mount in room.standing:
        spec = load(kind)
        door = is_door(mount, spec)
        if not door and (name not in grounds or spec.size[1] < WORTH):
            continue
        others = [one for other, one in grounds.items() if other != name]
        place = _before(room, mount, INSIDE_DOOR if door else _distance(spec), spec.size[2] / 2, others)
        if place is None or any(hypot(place[0] - s.at[0], place[1] - s.at[1]) < APART for s in (*found, *doors)):
            continue
        yaw = mount.yaw + pi if door else mount.yaw
        (doors if door else found).append(Station(name, kind, place, _turned(yaw), door))
    return [*found, *doors] or [Station(room.kind, room.kind, (0.0, 0.0), 0.0)]


def ground(mount: Mount, spec: Spec) -> Ground:
    width, depth = spec.footprint.rectangle or (2 * spec.footprint.radius, 2 * spec.footprint.radius)
    return Ground(mount.at[0], mount.at[2], mount.yaw, width, depth)


def stands(mount: Mount, spec: Spec) -> bool:
    """Whether it is in the way of feet."""
    return mount.at[1] < LOWEST and spec.opening is None and spec.kind != "door"


def _distance(spec: Spec) -> float:
    """From how far away it is seen well: what is higher than the eyes, or wide, from farther; metres from its front."""
    return min(FARTHEST, max(NEAREST, 0.55 * max(spec.size[1] - 0.7, spec.size[0] / 2)))


def _before(room: Spec, mount: Mount, distance: float, half: float, others: list[Ground]) -> tuple[float, float] | None:
    """A free place before the front of a mount, as far away as is wanted or nearer; None where there is none."""
    reach_x, reach_z = room.size[0] / 2 - FROM_WALL, room.size[2] / 2 - FROM_WALL
    while distance >= NEAREST - 1e-9:
        x = mount.at[0] + (half + distance) * sin(mount.yaw)
        z = mount.at[2] + (half + distance) * cos(mount.yaw)
        if abs(x) <= reach_x and abs(z) <= reach_z and all(one.away(x, z) >= PERSON for one in others):
            return round(x, 3), round(z, 3)
        distance -= STEP
    return None


def _turned(yaw: float) -> float:
    """The same direction within -pi..pi."""
    return round((yaw + pi) % (2 * pi) - pi, 4)
