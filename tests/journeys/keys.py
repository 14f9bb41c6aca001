"""A person with a keyboard and nothing else."""

from __future__ import annotations

from tests.journeys.person import Person

FOCUSED = "document.activeElement?.closest('.reach-list li')?.dataset.id ?? null"


class KeyboardPerson(Person):
    def go(self, station: str, key: int) -> None:
        self.page.keyboard.press(str(key))
        self.standing_at(station)

    def walk_to(self, thing: str) -> None:
        """Tab until the thing has the focus, as one who cannot see the list would."""
        for _ in range(140):
            if self.sees(FOCUSED) == thing:
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never came to {thing}")

    def press(self, thing: str) -> None:
        self.walk_to(thing)
        self.page.keyboard.press("Enter")

    def menu(self, thing: str, label: str) -> None:
        self.walk_to(thing)
        self.page.keyboard.press("m")
        self.page.get_by_role("menuitem").first.wait_for()
        for _ in range(30):
            if label in (self.sees("document.activeElement?.textContent ?? ''") or ""):
                self.page.keyboard.press("Enter")
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the menu of {thing} has no entry {label!r}")

    def put_on(self, surface: str) -> None:
        """Puts down what is held: around what stands open where a way is asked for, on the spot that is proposed."""
        side = "left" if self.sees("window.resilience.hands.left.holds") else "right"
        self.walk_to(f"surface:{surface}")
        empty = f"window.resilience.hands.{side}.holds === null"
        for _ in range(6):
            self.page.keyboard.press("Enter")
            self.frames(4)
            self.until("!window.resilience.hands.left.travelling && !window.resilience.hands.right.travelling")
            self.frames(2)
            if self.sees(empty):
                return
        self.until(empty)

    def tab_to(self, text: str) -> None:
        for _ in range(140):
            if text in (self.sees("document.activeElement?.textContent ?? ''") or ""):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never came to {text!r}")

    def finish(self, rating: int) -> None:
        self.tab_to("Finish")
        self.page.keyboard.press("Enter")
        self.page.locator("label.rating").first.wait_for()
        while not self.sees("document.activeElement?.type === 'radio'"):
            self.page.keyboard.press("Tab")
        self.page.keyboard.press("Space")
        for _ in range(rating - 1):
            self.page.keyboard.press("ArrowRight")
        self.tab_to("Finish and see")
        self.page.keyboard.press("Enter")
        self.at_the_reveal()
