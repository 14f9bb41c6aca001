"""A person with a mouse, and one with a finger."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from functools import cached_property

from playwright.sync_api import CDPSession, FloatRect

from tests.journeys.person import Person


class PointerPerson(Person, ABC):
    """Points at what is drawn. How a press is made is the device's business."""

    @abstractmethod
    def press_at(self, x: float, y: float) -> None: ...

    @abstractmethod
    def long_press_at(self, x: float, y: float) -> None: ...

    @abstractmethod
    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None: ...

    def on_canvas(self, x: float, y: float) -> bool:
        size = self.page.viewport_size
        assert size is not None
        inside = 4 < x < size["width"] - 4 and 4 < y < size["height"] - 4
        return inside and bool(self.sees(f"document.elementFromPoint({x}, {y})?.tagName === 'CANVAS'"))

    def spot_of(self, thing: str, part: str | None = None) -> tuple[float, float]:
        """Where to press for a thing, after turning the view until it stands free of the panels."""
        for _ in range(12):
            at = self.place(thing, part)["screen"]
            if at is not None and self.on_canvas(at["x"], at["y"]):
                return at["x"], at["y"]
            self.look_towards(at)
        raise AssertionError(f"{thing} could not be brought into view")

    def look_towards(self, at: dict[str, float] | None) -> None:
        """Drags empty space so that what lies at the edge, or behind, comes nearer to the middle."""
        size = self.page.viewport_size
        assert size is not None
        middle_x, middle_y = size["width"] / 2, size["height"] * 0.45
        if at is None:
            across, down = 220.0, 0.0
        else:
            across = max(-220.0, min(220.0, middle_x - at["x"]))
            down = max(-150.0, min(150.0, middle_y - at["y"]))
        x, y = self.empty_space()
        self.drag((x, y), (x + across, y + down))
        self.frames(2)

    def empty_space(self) -> tuple[float, float]:
        size = self.page.viewport_size
        assert size is not None
        for y in (0.2, 0.3, 0.45, 0.6):
            for x in (0.5, 0.6, 0.42, 0.7, 0.3):
                spot = size["width"] * x, size["height"] * y
                if self.on_canvas(*spot) and not self.under(*spot):
                    return spot
        raise AssertionError("there is no empty space to drag")

    def under(self, x: float, y: float) -> str | None:
        """What the page says it points at when the pointer stands there; nothing is known of a finger beforehand."""
        return None

    def press(self, thing: str, part: str | None = None) -> None:
        self.press_at(*self.spot_of(thing, part))

    def menu(self, thing: str, label: str) -> None:
        self.long_press_at(*self.spot_of(thing))
        entry = self.page.get_by_role("menuitem").filter(has_text=label).first
        entry.wait_for()
        box = entry.bounding_box()
        assert box is not None
        self.tap_box(box)

    def tap_box(self, box: FloatRect) -> None:
        self.press_at(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def press_button(self, name: str) -> None:
        button = self.button(name)
        button.wait_for()
        button.scroll_into_view_if_needed()
        box = button.bounding_box()
        assert box is not None
        self.tap_box(box)

    def go(self, station: str, title: str) -> None:
        self.press_button(f"^Go to {title}")
        self.standing_at(station)

    def put_on(self, surface: str, x: float, y: float, z: float) -> None:
        for _ in range(8):
            at = self.sees(f"window.resilience.onScreen({x}, {y}, {z})")
            if at is not None and self.on_canvas(at["x"], at["y"]):
                self.press_at(at["x"], at["y"])
                return
            self.look_towards(at)
        raise AssertionError(f"{surface} at {x}, {z} could not be brought into view")

    def rate(self, rating: int) -> None:
        label = self.page.locator("label.rating").nth(rating - 1)
        label.wait_for()
        box = label.bounding_box()
        assert box is not None
        self.tap_box(box)

    def finish(self, rating: int) -> None:
        self.press_button("^Finish$")
        self.rate(rating)
        self.press_button("^Finish and see")
        self.at_the_reveal()


class MousePerson(PointerPerson):
    def press_at(self, x: float, y: float) -> None:
        self.page.mouse.move(x, y, steps=6)
        self.frames(2)
        self.page.mouse.down()
        self.page.mouse.up()

    def long_press_at(self, x: float, y: float) -> None:
        self.page.mouse.move(x, y, steps=6)
        self.frames(2)
        self.page.mouse.click(x, y, button="right")

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self.page.mouse.move(*start)
        self.frames(1)
        self.page.mouse.down()
        self.page.mouse.move(*end, steps=max(4, int(math.dist(start, end) / 20)))
        self.page.mouse.up()

    def under(self, x: float, y: float) -> str | None:
        self.page.mouse.move(x, y)
        self.frames(2)
        found: str | None = self.sees("window.resilience.pointedAt")
        return found


class TouchPerson(PointerPerson):
    def press_at(self, x: float, y: float) -> None:
        self.frames(1)
        self.page.touchscreen.tap(x, y)

    def _touch(self, kind: str, x: float, y: float) -> None:
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        self.fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    @cached_property
    def fingers(self) -> CDPSession:
        """Fingers that stay down: the browser's own touch input below the page."""
        return self.page.context.new_cdp_session(self.page)

    def long_press_at(self, x: float, y: float) -> None:
        self._touch("touchStart", x, y)
        self.page.get_by_role("menuitem").first.wait_for()
        self._touch("touchEnd", x, y)

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self._touch("touchStart", *start)
        for n in range(1, 9):
            self._touch("touchMove", start[0] + (end[0] - start[0]) * n / 8, start[1] + (end[1] - start[1]) * n / 8)
        self._touch("touchEnd", *end)
