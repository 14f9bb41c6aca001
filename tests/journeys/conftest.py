"""A real server and a real browser for every journey; nothing is mocked between the hand and the record."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

# Software rendering and no call home: the flags that make stock Chromium usable on a machine without a screen.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--mute-audio",
]


@dataclass(frozen=True)
class Server:
    """A running product with a data folder of its own."""

    address: str
    data: Path

    def get(self, path: str, token: str | None = None) -> bytes:
        request = urllib.request.Request(self.address + path)
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        with urllib.request.urlopen(request, timeout=60) as answer:
            return bytes(answer.read())

    def post(self, path: str, body: dict[str, object]) -> dict[str, str]:
        request = urllib.request.Request(
            self.address + path, data=json.dumps(body).encode(), headers={"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            found: dict[str, str] = json.load(answer)
        return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("data")
    port = free_port()
    environment = {**os.environ, "RESILIENCE_DATA": str(data)}
    environment.pop("DATABASE_URL", None)
    resilience = Path(sys.executable).with_name("resilience")
    log = (data / "server.log").open("wb")
    process = subprocess.Popen(
        [str(resilience), "run", "--host", "127.0.0.1", "--port", str(port)],
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_answering(process, port, data / "server.log")
        yield Server(address, data)
    finally:
        process.terminate()
        process.wait(timeout=30)
        log.close()


def wait_until_answering(process: subprocess.Popen[bytes], port: int, log: Path, patience_s: float = 90.0) -> None:
    """Returns once the port takes a connection; fails with the server's own words if it died."""
    for _ in range(int(patience_s / 0.25)):
        if process.poll() is not None:
            pytest.fail(f"the server ended with {process.returncode}:\n{log.read_text()}")
        with socket.socket() as probe:
            probe.settimeout(0.25)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        try:
            process.wait(0.25)
        except subprocess.TimeoutExpired:
            continue
    pytest.fail(f"the server did not answer within {patience_s} s:\n{log.read_text()}")


@pytest.fixture(scope="session")
def playwright_() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright_: Playwright) -> Iterator[Browser]:
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.fail("no Chromium was found: run scripts/need chromium")
    running = playwright_.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
    yield running
    running.close()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """A journey that fails leaves a picture of what the person saw."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    context = getattr(item, "funcargs", {}).get("context")
    if report.when == "call" and report.failed and context is not None:
        folder = Path("test-results")
        folder.mkdir(exist_ok=True)
        for n, page in enumerate(context.pages):
            page.screenshot(path=folder / f"{item.name}-{n}.png")
