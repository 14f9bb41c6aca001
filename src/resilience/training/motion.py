"""Poses: where the hands are, how fast they go, when they enter and leave the cabinet."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from math import sqrt
from typing import TYPE_CHECKING, Final

from resilience.training.clock import TICKS_PER_SECOND
from resilience.training.hands import SIDES, Hand

if TYPE_CHECKING:
    from resilience.training.world import World

Place = Sequence[float]
"""x, y, z in millimetres, with or without a unit quaternion."""
WINDOW: Final = 4
"""Ticks over which a speed is a mean: 0.2 s, so that the trembling of a tracker is no movement."""
BASE_SPEED: Final = 0.4
"""Faster than this is told of, m/s; what is too fast is for the checks to say."""
GLITCH: Final = 1.5
"""No hand moves so far between two frames, metres: a tracker that lost the hand and found something else."""
GLITCHES: Final = 3
"""So many in a row are no glitch: the hand is there, and starts anew."""
STILL: Final = 0.05
"""A hand is still while it stays within this distance of where it came to rest, metres."""
STILL_SECONDS: Final = 10.0
"""Rests shorter than this are not told of."""


class Track:
    """The path of one hand over the last moments: tick, x, y, z and again; it ends where the hand is."""

    __slots__ = ("fast", "glitches", "hand", "open", "path", "peak", "since", "x", "y", "z")

    def __init__(self, hand: Hand) -> None:
        self.hand = hand
        # Bare numbers side by side: with hundreds of sessions what is looked at every tick must lie in few places.
        self.path = array("d")
        self.glitches = 0
        self.fast = False
        self.peak = 0.0
        self.since = 0
        self.open = False
        # Where the hand came to rest.
        self.x = self.y = self.z = 0.0


class Motion:
    """Follows both hands. Positions arrive in millimetres."""

    __slots__ = ("air", "clock", "front", "longest_still", "still_since", "tracks", "world")

    def __init__(self, world: World) -> None:
        self.world, self.clock, self.air = world, world.clock, world.air
        self.front = world.aperture_z
        self.tracks = tuple(Track(world.hands[side]) for side in SIDES)
        self.still_since = 0
        self.longest_still = 0.0

    def pose(self, left: Place | None, right: Place | None) -> None:
        """Take in one pose frame at the clock's tick."""
        tracks = self.tracks
        self._follow(tracks[0], left)
        self._follow(tracks[1], right)
        if self.air.sites:
            self.air.evaluate()

    def lost(self, names: Sequence[str], left: Place | None, right: Place | None) -> None:
        """Take in a frame in which the tracker gave no number for some: those stay where they were, and are told of."""
        for track, place in zip(self.tracks, (left, right), strict=True):
            if track.hand.side not in names:
                self._follow(track, place)
        for name in names:
            self._distrust(name, "no_number", None)
        if self.air.sites:
            self.air.evaluate()

    def reset(self) -> None:
        """The trainee stands elsewhere now: what came before is no path of the hands."""
        for track in self.tracks:
            self._lose(track)
            if track.hand.inside:
                self.leave(track.hand)

    def pause(self) -> None:
        """A break: a path that was interrupted has no speed."""
        for track in self.tracks:
            del track.path[:]

    def settled(self) -> float:
        """The longest time (process seconds) both hands were still since one last entered the cabinet."""
        if not any(track.hand.inside for track in self.tracks):
            return 0.0
        return max(self.longest_still, (self.world.clock.process - self.still_since) / TICKS_PER_SECOND)

    def enter(self, hand: Hand) -> None:
        hand.inside = True
        clock = self.world.clock
        self.still_since, self.longest_still = clock.process, 0.0
        ago = None if hand.sanitised < 0 else (clock.process - hand.sanitised) / TICKS_PER_SECOND
        self.world.emit("entered", hand=hand.side, zone="cabinet", sanitised_seconds_ago=ago)

    def leave(self, hand: Hand) -> None:
        hand.inside = False
        self.world.emit("left", hand=hand.side, zone="cabinet")

    def moved(self) -> None:
        """A hand inside the cabinet no longer rests."""
        clock = self.world.clock
        seconds = (clock.process - self.still_since) / TICKS_PER_SECOND
        self.still_since = clock.process
        if seconds >= STILL_SECONDS:
            self.longest_still = max(self.longest_still, seconds)
            self.world.emit("reading", what="hands_still", value=seconds, unit="s", zone="cabinet")

    def _follow(self, track: Track, place: Place | None) -> None:
        hand = track.hand
        if place is None:
            if hand.tracked:
                self._lose(track)
            return
        x, y, z = place[0] * 0.001, place[1] * 0.001, place[2] * 0.001
        path = track.path
        if path:
            dx, dy, dz = x - hand.x, y - hand.y, z - hand.z
            if dx * dx + dy * dy + dz * dz > GLITCH * GLITCH:
                track.glitches += 1
                if track.glitches < GLITCHES:
                    self._distrust(hand.side, "jump", sqrt(dx * dx + dy * dy + dz * dz))
                    return
                self._lose(track)
        tick = self.clock.tick
        path.extend((tick, x, y, z))
        limit = tick - WINDOW
        while len(path) > 4 and path[4] <= limit:
            del path[:4]
        track.glitches = 0
        hand.x, hand.y, hand.z = x, y, z
        hand.tracked = True
        hand.turn = (place[3], place[4], place[5], place[6]) if len(place) == 7 and place[6] != 1 else None
        self._zone(hand)
        if hand.inside:
            speed = self._speed(track)
            if speed > BASE_SPEED:
                self._fast(track, speed)
            elif track.fast:
                self._slow(track)
            dx, dy, dz = x - track.x, y - track.y, z - track.z
            if dx * dx + dy * dy + dz * dz > STILL * STILL:
                track.x, track.y, track.z = x, y, z
                self.moved()
        elif track.fast:
            self._slow(track)

    def _distrust(self, body: str, why: str, metres: float | None) -> None:
        """Tell of a place that was not believed: it changes nothing."""
        self.world.emit("tracking", body=body, why=why, metres=metres)

    def _speed(self, track: Track) -> float:
        """The mean over the window in m/s; 0 while the path is too short for one."""
        path, hand, tick = track.path, track.hand, self.clock.tick
        ticks = tick - path[0]
        if ticks < WINDOW:
            return 0.0
        dx, dy, dz = hand.x - path[1], hand.y - path[2], hand.z - path[3]
        return sqrt(dx * dx + dy * dy + dz * dz) * TICKS_PER_SECOND / ticks

    def _zone(self, hand: Hand) -> None:
        # A hand is in once it is 2 cm behind the aperture and out once 2 cm before it, or it would flicker on the line.
        front = self.front
        if hand.inside:
            if hand.z > front + 0.02:
                self.leave(hand)
        elif hand.z < front - 0.02 and self.world.in_cabinet(hand.x, hand.y, hand.z):
            self.enter(hand)

    def _fast(self, track: Track, speed: float) -> None:
        if not track.fast:
            track.fast, track.peak, track.since, track.open = True, 0.0, int(track.path[0]), False
        track.peak = max(track.peak, speed)
        track.open = track.open or self.world.something_open()

    def _slow(self, track: Track) -> None:
        track.fast = False
        self.world.emit(
            "reading",
            what="hand_speed",
            value=track.peak,
            unit="m/s",
            hand=track.hand.side,
            zone="cabinet",
            seconds=(self.world.clock.tick - track.since) / TICKS_PER_SECOND,
            open=track.open,
        )

    def _lose(self, track: Track) -> None:
        if track.fast:
            self._slow(track)
        del track.path[:]
        track.hand.tracked = False
        track.hand.turn = None
