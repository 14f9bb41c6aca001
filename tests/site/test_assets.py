"""Finding, gathering and serving the files a browser fetches."""

from __future__ import annotations

import gzip
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from resilience.site import assets


@pytest.fixture
def sources(tmp_path: Path, settings: Any, embedded_store: str) -> Path:
    client = tmp_path / "client"
    (client / "assets").mkdir(parents=True)
    (client / "assets" / "play-1.js").write_text("export const x = 1;\n" * 200)
    (client / ".vite").mkdir()
    (client / ".vite" / "secret.json").write_text("{}")
    settings.STATIC_SOURCES = {**settings.STATIC_SOURCES, "client": client, "models": tmp_path / "nowhere"}
    return client


def test_files_are_found_below_their_prefix_and_hidden_ones_are_not(sources: Path) -> None:
    finder = assets.Files()
    assert finder.find("client/assets/play-1.js") == str(sources / "assets" / "play-1.js")
    assert finder.find("site/pages.css")
    assert finder.find("client/.vite/secret.json") == []
    assert finder.find("../settings.py") == []


def test_gathered_files_are_served_compressed_and_kept_by_browsers_when_they_never_change(sources: Path) -> None:
    call_command("collectstatic", interactive=False, verbosity=0)
    client = Client()
    plain = client.get("/static/client/assets/play-1.js")
    packed = client.get("/static/client/assets/play-1.js", headers={"accept-encoding": "gzip"})
    assert plain.content == gzip.decompress(packed.content)
    assert packed["Content-Encoding"] == "gzip"
    assert "immutable" in plain["Cache-Control"]
    assert plain["Content-Type"].startswith("text/javascript")
    again = client.get("/static/client/assets/play-1.js", headers={"if-none-match": plain["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    page = client.get("/static/site/pages.css")
    assert "immutable" not in page["Cache-Control"]
    assert client.get("/static/nothing.js").status_code == 404
    assert client.get("/static/../settings.py").status_code == 404


def test_the_fingerprint_follows_every_file(sources: Path) -> None:
    before = assets.fingerprint()
    assert assets.fingerprint() == before
    os.utime(sources / "assets" / "play-1.js", ns=(1, 1))
    assert assets.fingerprint() != before


def test_an_address_carries_the_mark_of_its_content() -> None:
    assert assets.versioned("site/pages.css").startswith("/static/site/pages.css?v=")
