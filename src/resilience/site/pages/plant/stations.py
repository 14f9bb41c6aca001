"""Where one can stand in a room: before everything that stands on its floor, and inside each of its doors.

Worked out from the specifications, so that a room that is added as data can be walked without a line of code.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, cos, hypot, pi, sin

from resilience.plant import Spec, load
from resilience.plant.specs import Mount

EYES = 1.58  # metres
PERSON = 0.22  # metres, half the width of a standing person
FROM_WALL = 0.35  # metres, no nearer to a wall does one stand
INSIDE_DOOR = 0.85  # metres from the door to where one stands after coming through it
NEAREST, FARTHEST = 0.30, 1.90  # metres from the front of a thing
STEP = 0.10  # metres by which one comes nearer where there is no room
LOWEST = 0.05  # metres: what hangs higher stands on no floor
REACHES = 0.30  # metres: what hangs higher than this is looked at from where one stands anyway
WORTH = 0.08  # cubic metres of what is worth a station of its own
APART = 0.80  # metres between two stations
WORKED_AT = 1.35  # metres
INTO_ROOM = -0.22  # radians: from a door one looks at what stands in the room, not at its far wall
MOST = 9  # stations: each has a digit


@dataclass(frozen=True)
class Station:
    """Where the feet are (x, z in metres), and where one looks: radians about y (0 towards -z), and up (pitch)."""

    mount: str
    kind: str
    at: tuple[float, float]
    yaw: float
    pitch: float = 0.0
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
    """In the order of the room's mounts, doors last; the larger things where there are many. At least one."""
    grounds = {name: ground(mount, load(kind)) for name, kind, mount in room.standing if stands(mount, load(kind))}
    doors = [one for one in room.standing if is_door(one[2], load(one[1]))]
    things = [one for one in room.standing if one not in doors and _worth(one[2], load(one[1]))]
    things.sort(key=lambda one: -_volume(load(one[1])))
    found: list[Station] = []
    for name, kind, mount in [*doors, *things]:
        spec, door = load(kind), (name, kind, mount) in doors
        others = [one for other, one in grounds.items() if other != name]
        place = _before(room, mount, INSIDE_DOOR if door else _distance(spec), spec.size[2] / 2, others)
        if (
            place is None
            or len(found) == MOST
            or any(hypot(place[0] - s.at[0], place[1] - s.at[1]) < APART for s in found)
        ):
            continue
        yaw = _turned(mount.yaw + pi if door else mount.yaw)
        found.append(Station(name, kind, place, yaw, INTO_ROOM if door else _pitch(place, mount, spec), door))
    order = {name: n for n, name in enumerate(room.mounts)}
    found.sort(key=lambda station: (station.door, order[station.mount]))
    return found or [Station(room.kind, room.kind, (0.0, 0.0), 0.0)]


def _pitch(place: tuple[float, float], mount: Mount, spec: Spec) -> float:
    """From the eyes to the middle of a thing; what is high is looked at where it is worked at."""
    middle = mount.at[1] + min(spec.size[1] / 2, WORKED_AT)
    return round(atan2(middle - EYES, hypot(mount.at[0] - place[0], mount.at[2] - place[1])), 4)


def _worth(mount: Mount, spec: Spec) -> bool:
    """A hatch is worth a station too, though it hangs high: things go through it."""
    return spec.opening is not None or (mount.at[1] < REACHES and _volume(spec) >= WORTH)


def _volume(spec: Spec) -> float:
    width, height, depth = spec.size
    return width * height * max(depth, 0.3)  # what is flat, as a mirror, is looked at as much


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
