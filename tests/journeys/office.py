"""Somebody at a page of the programme: reads what it says, acts by keys, mouse or finger, takes and brings files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page

from tests.journeys.access import clear, in_every_look, sign_in
from tests.journeys.conftest import Server

DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 720}, "locale": "en-GB"}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
    "locale": "en-GB",
}

# A phone's width with a keyboard: also a large screen at 400 per cent.
NARROW: dict[str, Any] = {"viewport": {"width": 320, "height": 640}, "locale": "en-GB"}


class Visitor:
    """A browser of its own, with what went wrong in it; `by_finger` presses by touch, else by mouse."""

    def __init__(self, context: BrowserContext, server: Server, by_finger: bool = False) -> None:
        self.context = context
        self.server = server
        self.by_finger = by_finger
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.outside: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda said: self._hear(said.type, said.text))
        self.page.on("request", lambda sent: self._note(sent.url))

    def _hear(self, kind: str, text: str) -> None:
        # A device that is taken off the network on purpose says so for every request.
        if kind == "error" and "ERR_INTERNET_DISCONNECTED" not in text:
            self.complaints.append(text)

    def _note(self, url: str) -> None:
        if not url.startswith((self.server.address, "data:", "blob:")):
            self.outside.append(url)

    def signs_in(self, role: str, then: str) -> None:
        sign_in(self.page, self.server, role, then)

    def goes_to(self, path: str) -> None:
        answer = self.page.goto(self.server.address + path)
        assert answer is not None, path
        assert answer.ok, f"{path} answered {answer.status}"

    def press(self, what: Locator) -> None:
        if self.by_finger:
            what.tap()
        else:
            what.click()

    def button(self, name: str, inside: Locator | None = None) -> None:
        self.press((inside or self.page.locator("main")).get_by_role("button", name=re.compile(name)).first)

    def link(self, name: str, inside: Locator | None = None) -> None:
        self.press((inside or self.page.locator("main")).get_by_role("link", name=re.compile(name)).first)

    def types(self, label: str, text: str, inside: Locator | None = None) -> None:
        field = (inside or self.page.locator("main")).get_by_label(label, exact=True).first
        self.press(field)
        field.press_sequentially(text)

    def chooses(self, label: str, option: str | re.Pattern[str]) -> None:
        """Takes the option that says this."""
        field = self.page.locator("main").get_by_label(label, exact=True)
        said = field.locator("option").filter(has_text=option).first.inner_text()
        field.select_option(label=said.strip())

    def sets_time(self, label: str, at: datetime) -> None:
        """A day and a time by the keys; the browser's own control has its parts in the order of its own country."""
        field = self.page.get_by_label(label, exact=True).first
        for day, time in (("%d%m%Y", "%H%M"), ("%m%d%Y", "%I%M%p")):
            self.press(field)
            # However the press fell, the day is among the control's first parts.
            for _ in range(6):
                self.page.keyboard.press("ArrowLeft")
            self.page.keyboard.type(at.strftime(day))
            self.page.keyboard.press("ArrowRight")
            self.page.keyboard.type(at.strftime(time))
            if field.input_value() == at.strftime("%Y-%m-%dT%H:%M"):
                return
        raise AssertionError(f"{label} could not be set to {at}: it says {field.input_value()!r}")

    def plans(self, title: str, code: str, kind: str, starts: datetime, ends: datetime, status: str = "draft") -> None:
        """Makes an activity of one meeting, from the list of activities."""
        self.link("^New activity")
        self.types("Title", title)
        self.types("Code", code)
        self.chooses("Kind", kind)
        self.page.get_by_label("Registration", exact=True).select_option(status)
        self.sets_time("Starts", starts)
        self.sets_time("Ends", ends)
        self.button("^Make the activity")
        self.told("The activity is made")

    def brings(self, label: str, file: Path) -> None:
        with self.page.expect_file_chooser() as asked:
            self.press(self.page.get_by_label(label, exact=True))
        asked.value.set_files(file)

    def takes(self, what: Locator, folder: Path) -> Path:
        """The file that comes down when this is pressed."""
        with self.page.expect_download() as coming:
            self.press(what)
        path = folder / coming.value.suggested_filename
        coming.value.save_as(path)
        return path

    def told(self, text: str) -> None:
        """Waits until the page says this."""
        self.page.locator("main").get_by_text(re.compile(text)).first.wait_for()

    def figures(self, heading: str) -> dict[str, int]:
        """The large numbers of a section by what stands below them."""
        section = self.page.get_by_role("region", name=heading)
        section.wait_for()
        pairs = section.locator(".figure").evaluate_all(
            "all => all.map(one => [one.querySelector('span').textContent, one.querySelector('strong').textContent])"
        )
        return {name: int(number) for name, number in pairs}

    def looks(self, where: str) -> None:
        """Nothing stands in anybody's way on the page as it is, at either width, light or dark."""
        size = self.page.viewport_size
        assert size is not None
        clear(in_every_look(self.page, where))
        self.page.set_viewport_size(size)

    def clean(self) -> None:
        assert not self.complaints, self.complaints
        assert self.outside == [], "nothing may be asked of another host"


@contextmanager
def at(browser: Browser, server: Server, device: dict[str, Any]) -> Iterator[Visitor]:
    """Somebody with a device of their own; what went wrong in it fails the journey at its end."""
    context = browser.new_context(**device)
    # Whoever plays has been shown round before: the first words would stand in the way.
    context.add_init_script("localStorage.setItem('resilience.settings', JSON.stringify({coached: true}))")
    try:
        visitor = Visitor(context, server, by_finger=bool(device.get("has_touch")))
        yield visitor
        visitor.clean()
    except BaseException:
        folder = Path("test-results")
        folder.mkdir(exist_ok=True)
        with suppress(Error):
            visitor.page.screenshot(path=folder / f"{device['viewport']['width']}-{id(visitor):x}.png", full_page=True)
        raise
    finally:
        context.close()
