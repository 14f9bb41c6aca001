"""A person in a headset: emulated head, controllers and hands move through their own room; the page does the rest.

Positions are given in the scene (metres) and turned into the person's own room by the rig's matrix, as the
page shows it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.journeys.conftest import Server
from tests.journeys.person import Person

EMULATOR = Path(__file__).parents[2] / "client/node_modules/iwer/build/iwer.min.js"

# Height of the eyes and of hands that hang before the body, in the person's own room (metres).
EYES = 1.6
RESTING = {"left": (-0.22, 1.15, -0.25), "right": (0.22, 1.15, -0.25)}

# The emulator passes a new position or button on with the next frame, and the page acts on it in the one after.
FRAMES = 2

# The turn of the left device that brings the palm to the face, thumb outwards (x, y, z, w).
PALM_UP = {"controller": (0.0, -math.sqrt(0.5), 0.0, math.sqrt(0.5)), "hand": (0.5, -0.5, 0.5, -0.5)}
Vector = tuple[float, float, float]
Quaternion = tuple[float, float, float, float]


def device_script() -> str:
    """The emulated device, there before the page's own scripts run."""
    return (
        EMULATOR.read_text(encoding="utf-8")
        + """
;(() => {
  const device = new IWER.XRDevice(IWER.metaQuest3);
  device.installRuntime({ forceInstall: true });
  device.stereoEnabled = true;
  device.ipd = 0.063;
  device.position.set(0, 1.6, 0);
  window.emulated = device;
})();
"""
    )


def looking(direction: Sequence[float]) -> Quaternion:
    """The turn that points -z along a direction with no roll (x, y, z, w)."""
    x, y, z = direction
    length = math.sqrt(x * x + y * y + z * z)
    yaw = math.atan2(-x, -z)
    pitch = math.asin(max(-1.0, min(1.0, y / length)))
    cy, sy, cp, sp = math.cos(yaw / 2), math.sin(yaw / 2), math.cos(pitch / 2), math.sin(pitch / 2)
    return (cy * sp, sy * cp, -sy * sp, cy * cp)


class HeadsetPerson(Person):
    """Moves head and hands and presses; `sides` are the devices this person has."""

    def __init__(
        self, page: Page, server: Server, *, hands: bool = False, sides: Sequence[str] = ("left", "right")
    ) -> None:
        super().__init__(page, server)
        self.hands = hands
        self.sides = tuple(sides)
        self.palm_up = False

    # ---- putting on and taking off

    def wear(self) -> None:
        """Enters by the page's own button, pressed by its key: at so few pixels other panels may lie over it."""
        self.page.evaluate(
            f"() => {{ emulated.primaryInputMode = {json.dumps('hand' if self.hands else 'controller')}; }}"
        )
        for side in ("left", "right"):
            connected = json.dumps(side in self.sides)
            self.page.evaluate(
                f"() => {{ emulated.controllers.{side}.connected = emulated.hands.{side}.connected = {connected}; }}"
            )
            self.rest(side)
        self.button("headset").press("Enter")
        self.until("window.resilience.inVr")
        self.frames(3)

    def take_off(self) -> None:
        self.page.evaluate("() => void emulated.activeSession.end()")
        self.until("!window.resilience.inVr")
        self.frames(2)

    # ---- the person's own room

    def own(self, point: Sequence[float]) -> Vector:
        """A point of the scene in the person's own room (the rig turns about the vertical and moves)."""
        m: list[float] = self.sees("window.resilience.rig")
        x, y, z = (point[n] - m[12 + n] for n in range(3))
        return (
            m[0] * x + m[1] * y + m[2] * z,
            m[4] * x + m[5] * y + m[6] * z,
            m[8] * x + m[9] * y + m[10] * z,
        )

    def _device(self, side: str) -> str:
        return f"emulated.{'hands' if self.hands else 'controllers'}.{side}"

    def _put(self, device: str, at: Sequence[float], turn: Quaternion) -> None:
        self.page.evaluate(
            f"([at, turn]) => {{ {device}.position.set(...at); {device}.quaternion.set(...turn); }}",
            [list(at), list(turn)],
        )

    def rest(self, side: str) -> None:
        self._put(self._device(side), RESTING[side], looking((0, 0.4, -1)))

    def look_at(self, point: Sequence[float], eyes: Sequence[float] = (0, EYES, 0)) -> None:
        """Turns the head to a point of the scene; `eyes` is where it is in the person's own room."""
        own = self.own(point)
        self._put("emulated", eyes, looking([own[n] - eyes[n] for n in range(3)]))
        self.frames(2)

    def aim(self, side: str, point: Sequence[float]) -> None:
        """Points a controller or a hand from where it rests at a point of the scene."""
        for other in self.sides:
            if other != side and not self.palm_up:
                self.rest(other)
        own = self.own(point)
        at = RESTING[side]
        self._put(self._device(side), at, looking([own[n] - at[n] for n in range(3)]))
        self.frames(2)

    # ---- pressing

    def _pressing(self, side: str, button: str, value: int) -> str:
        """What makes a controller's button, or a hand's pinch, go down (1) or up (0)."""
        if self.hands:
            return f"emulated.hands.{side}.updatePinchValue({value})"
        return f"emulated.controllers.{side}.updateButtonValue({json.dumps(button)}, {value})"

    def for_a_moment(self, begin: str, end: str, *, leaving: bool = False) -> None:
        """
        Does one thing and then another, by the count of drawn frames within the page, so that on a busy machine a
        short press never grows into a long one. `leaving`: the page goes as the second is done.
        """
        self.page.evaluate(
            f"""() => {{
                const done = new Promise(resolve => {{
                    {begin};
                    let due = window.resilience.framesRendered + {FRAMES};
                    let begun = true;
                    const look = () => {{
                        if (window.resilience.framesRendered < due) {{ requestAnimationFrame(look); return; }}
                        if (!begun) {{ resolve(true); return; }}
                        {end};
                        begun = false;
                        due = window.resilience.framesRendered + {FRAMES};
                        requestAnimationFrame(look);
                    }};
                    look();
                }});
                return {json.dumps(leaving)} ? true : done;
            }}"""
        )

    def pull(self, side: str, button: str = "trigger", *, leaving: bool = False) -> None:
        """A short press of the trigger or of another button, or a pinch."""
        self.for_a_moment(self._pressing(side, button, 1), self._pressing(side, button, 0), leaving=leaving)

    def push(self, side: str, x: float, y: float) -> None:
        """Pushes the stick (y is -1 ahead) and lets it go."""
        stick = f"emulated.controllers.{side}.updateAxes('thumbstick', "
        self.for_a_moment(f"{stick}{x}, {y})", f"{stick}0, 0)")

    def press(self, thing: str, side: str = "right", part: str | None = None) -> None:
        at = self.place(thing, part)["world"]
        self.look_at(at)
        self.aim(side, at)
        self.until(f"window.resilience.pointedAt === {json.dumps(thing)}")
        self.pull(side)
        self.settled()

    def put_on(self, side: str, x: float, y: float, z: float) -> None:
        self.look_at((x, y, z))
        self.aim(side, (x, y, z))
        self.until("window.resilience.pointedAt?.startsWith('surface:')")
        self.pull(side)
        self.holding_nothing()

    def holding_nothing(self) -> None:
        self.until("window.resilience.hands.left.holds === null && window.resilience.hands.right.holds === null")
        self.settled()

    def long_press(self, thing: str, side: str = "right") -> None:
        at = self.place(thing)["world"]
        self.look_at(at)
        self.aim(side, at)
        self.until(f"window.resilience.pointedAt === {json.dumps(thing)}")
        self.hold_down(side)

    def hold_down(self, side: str) -> None:
        """Holds the press until a panel has opened, as one does who waits for it."""
        self.page.evaluate(f"() => {{ {self._pressing(side, 'trigger', 1)}; }}")
        self.asked()
        self.frames(FRAMES, self._pressing(side, "trigger", 0))

    def settled(self) -> None:
        """Both hands are back where the person's own are."""
        self.until("!window.resilience.hands.left.travelling && !window.resilience.hands.right.travelling")

    # ---- panels

    def rows(self, panel: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.sees(
            f"(window.resilience.panels.find(panel => panel.id === {json.dumps(panel)}) ?? {{ rows: [] }}).rows"
        )
        return found

    def choose(self, panel: str, label: str, side: str = "right") -> None:
        """Points at a row of a panel by what it says, and presses it; turns the pages of a long list."""
        for _ in range(8):
            for row in self.rows(panel):
                if label in row["label"]:
                    self.press_row(row, side)
                    return
            more = [row for row in self.rows(panel) if row["id"] == "page"]
            assert more, f"{label!r} is not on the panel: {[row['label'] for row in self.rows(panel)]}"
            self.press_row(more[0], side)
        raise AssertionError(f"no page of the panel says {label!r}")

    def press_row(self, row: dict[str, Any], side: str) -> None:
        self.aim(side, row["world"])
        self.pull(side)

    # ---- ways

    def turn_palm(self, side: str = "left") -> None:
        """Raises the open left palm to the eyes: the menu is worn there."""
        turn = PALM_UP["hand" if self.hands else "controller"]
        self.look_at(self.scene((0.0, 1.25, -0.8)))
        self._put(self._device(side), (-0.12, 1.35, -0.4), turn)
        self.palm_up = True
        self.until("window.resilience.panels.some(panel => panel.id === 'palm')")
        self.still(side)

    def still(self, side: str) -> None:
        """A hand that went by itself has come back to its device: what is worn at it no longer moves."""
        before: list[float] = self.sees(f"window.resilience.hands.{side}.at")
        for _ in range(60):
            self.frames(2)
            now: list[float] = self.sees(f"window.resilience.hands.{side}.at")
            if math.dist(before, now) < 0.001:
                return
            before = now
        raise AssertionError(f"the {side} hand never came to rest: {before}")

    def scene(self, own: Sequence[float]) -> Vector:
        """A point of the person's own room in the scene."""
        m: list[float] = self.sees("window.resilience.rig")
        x, y, z = own
        return (
            m[0] * x + m[4] * y + m[8] * z + m[12],
            m[1] * x + m[5] * y + m[9] * z + m[13],
            m[2] * x + m[6] * y + m[10] * z + m[14],
        )

    def open_ways(self) -> str:
        """The menu of the headset: at an empty palm, or by the upper button. Returns its panel."""
        if len(self.sides) == 2 and self.sees("window.resilience.hands.left.holds") is None:
            self.turn_palm()
            return "palm"
        self.pull("right", "b-button")
        self.asked()
        return "form"

    def asked(self) -> None:
        """A question stands before the person."""
        self.until("window.resilience.panels.some(panel => panel.id === 'form')")

    def answered(self) -> None:
        """No question stands open any more."""
        self.until("!window.resilience.panels.some(panel => panel.id === 'form')")

    def type(self, keys: str, side: str = "right") -> None:
        """Types on the panel, key by key, and ends with OK."""
        for key in keys:
            name = {" ": "space"}.get(key, key)
            self.press_row(next(row for row in self.rows("form") if row["id"] == f"key-{name}"), side)
        self.press_row(next(row for row in self.rows("form") if row["id"] == "ok"), side)
        self.answered()

    # ---- poking

    def poke(self, panel: str, label: str, side: str = "right") -> None:
        """Puts the tip of the forefinger through a row of a panel, from the front, and draws it back."""
        row = next(row for row in self.rows(panel) if label in row["label"])
        at = self.own(row["world"])
        length = math.dist(at, (0, EYES, 0))
        ahead = (at[0] / length, (at[1] - EYES) / length, at[2] / length)
        device = self._device(side)
        self.page.evaluate(f"() => {{ {device}.poseId = 'point'; }}")
        before = [at[n] - 0.1 * ahead[n] for n in range(3)]
        self._put(device, before, looking(ahead))
        self.frames(FRAMES)
        tip = self._fingertip(side)
        for depth in (-0.1, -0.05, -0.02, 0.0, 0.01, -0.05, -0.1):
            palm = [at[n] + depth * ahead[n] + before[n] - tip[n] for n in range(3)]
            self._put(device, palm, looking(ahead))
            self.frames(1)
        self.page.evaluate(f"() => {{ {device}.poseId = 'default'; }}")
        self.rest(side)
        self.frames(FRAMES)

    def _fingertip(self, side: str) -> list[float]:
        """Where the tip of the forefinger is in the person's own room, as the emulated device tells a page."""
        found: list[float] = self.page.evaluate(
            f"""async () => {{
                const session = emulated.activeSession;
                const room = await session.requestReferenceSpace('local-floor');
                const joint = {self._device(side)}.inputSource.hand.get('index-finger-tip');
                return new Promise(resolve => session.requestAnimationFrame((time, frame) => {{
                    const {{ x, y, z }} = frame.getJointPose(joint, room).transform.position;
                    resolve([x, y, z]);
                }}));
            }}"""
        )
        return found

    def finish(self, rating: int) -> None:
        self.choose(self.open_ways(), "Finish")
        self.until(f"window.resilience.panels.some(panel => panel.rows.some(row => row.id === 'choice-{rating}'))")
        row = next(row for row in self.rows("form") if row["id"] == f"choice-{rating}")
        self.aim("right", row["world"])
        self.pull("right", leaving=True)
        self.at_the_reveal()

    def stick_to(self, station: str, side: str = "right") -> None:
        """Points at a station's marker, pushes the stick ahead and lets it go."""
        at = self.place(f"station:{station}")["world"]
        self.look_at(at)
        self.aim(side, at)
        self.push(side, 0, -1)
        self.standing_at(station)

    def look_and_pinch(self, station: str, side: str = "right") -> None:
        """Looks at a station's marker with the hand at rest, and pinches."""
        self.look_at(self.place(f"station:{station}")["world"])
        self.rest(side)
        self.frames(2)
        self.pull(side)
        self.standing_at(station)
