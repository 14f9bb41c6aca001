"""What stands in a person's way on a page, as axe-core finds it; and the doors that need a key."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.journeys.conftest import Server

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "client/node_modules/axe-core/axe.min.js"
# WCAG 2.2 at levels A and AA, and axe's own good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE = {"width": 1280, "height": 720}
NARROW = {"width": 390, "height": 844}
PLAY_A_SESSION = """
import sys
from resilience.site import serve
serve.set_up()
from resilience.people.models import Account
from resilience.people.services import actor_of
from resilience.site import demo
from resilience.training import modules, trainees
name, mode = sys.argv[1:]
seed = trainees.seed_for(modules.load(demo.MODULE), name, 300)
demo.play(actor_of(Account.objects.get(email="trainee@demo.invalid")), name, seed, mode)
from resilience.records.models import SessionRecord
from django_scopes import scopes_disabled
with scopes_disabled():
    print(SessionRecord.objects.order_by("-seq").first().session)
"""


def violations(page: Page) -> list[str]:
    """Each as rule, what is wrong, and where; the page's own security policy stays in force."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text())
    found: dict[str, Any] = page.evaluate(
        "rules => window.axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
    )
    return [
        f"{rule['id']}: {' > '.join(map(str, node['target']))}: {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def looks(page: Page) -> list[tuple[dict[str, int], str]]:
    """The sizes and colour schemes in which a page is looked at."""
    return [(size, scheme) for size in (WIDE, NARROW) for scheme in ("light", "dark")]


def in_every_look(page: Page, where: str) -> list[str]:
    """The violations of the page as it stands, wide and narrow, light and dark."""
    found = []
    for size, scheme in looks(page):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        found += [f"{where}, {size['width']} px, {scheme}: {one}" for one in violations(page)]
        found += (
            [f"{where}, {size['width']} px: the page is wider than the screen by {over} px"]
            if (over := overflow(page))
            else []
        )
    return found


def clear(found: Iterable[str]) -> None:
    """Fails with everything that was found, each on its line."""
    lines = list(found)
    assert not lines, "\n".join(lines)


def overflow(page: Page) -> int:
    """By how many pixels one would have to scroll sideways."""
    over: int = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return max(0, over)


def password(server: Server, who: str) -> str:
    """The demonstration account's password, read where the server showed it once."""
    said = (server.data / "server.log").read_text()
    found = re.search(rf"^\s*{re.escape(who)}@demo\.invalid\s+(\S+)$", said, re.MULTILINE)
    assert found, f"the server showed no password for {who}:\n{said}"
    return found[1]


def sign_in(page: Page, server: Server, who: str, then: str = "/my") -> None:
    page.goto(f"{server.address}/account/login/?next={then}")
    page.locator("input[name=login]").fill(f"{who}@demo.invalid")
    page.locator("input[name=password]").fill(password(server, who))
    page.locator("main form button[type=submit], main form button:not([type])").first.click()
    page.wait_for_url(f"**{then}")


def played_by(server: Server, trainee: str, mode: str = "practice") -> str:
    """A virtual trainee's session in the server's record, played by the demonstration's own way; returns its id."""
    done = subprocess.run(
        [sys.executable, "-c", PLAY_A_SESSION, trainee, mode],
        env={**os.environ, "RESILIENCE_DATA": str(server.data)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return done.stdout.split()[-1]
