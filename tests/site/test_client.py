"""Reading the client build's manifest."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from resilience.site import client

MANIFEST = {
    "src/app.ts": {"file": "assets/play-1.js", "imports": ["_three.js", "_shared.js"], "css": ["assets/play.css"]},
    "_three.js": {"file": "assets/three-1.js"},
    "_shared.js": {"file": "assets/shared-1.js", "imports": ["_three.js"], "css": ["assets/shared.css"]},
    "_cy.js": {"file": "assets/cy-1.js", "isDynamicEntry": True},
    "src/ui/site.css": {"file": "assets/site-1.css"},
}


@pytest.fixture
def built(tmp_path: Path, settings: Any) -> Path:
    settings.CLIENT_FOLDER = tmp_path
    settings.STATIC_ROOT = tmp_path / "served"
    (tmp_path / "manifest.json").write_text(json.dumps(MANIFEST))
    return tmp_path


def test_a_script_comes_with_its_styles_and_the_chunks_it_needs(built: Path) -> None:
    entry = client.entry("src/app.ts")
    assert entry.scripts == ("/static/client/assets/play-1.js",)
    assert entry.preload == ("/static/client/assets/three-1.js", "/static/client/assets/shared-1.js")
    assert entry.styles == ("/static/client/assets/play.css", "/static/client/assets/shared.css")


def test_a_stylesheet_is_an_entry_too(built: Path) -> None:
    entry = client.entry("src/ui/site.css")
    assert (entry.scripts, entry.styles) == ((), ("/static/client/assets/site-1.css",))


def test_a_new_build_is_noticed(built: Path) -> None:
    client.entry("src/ui/site.css")
    (built / "manifest.json").write_text(json.dumps({"src/ui/site.css": {"file": "assets/site-2.css"}}) + " ")
    os.utime(built / "manifest.json", ns=(1, 1))
    assert client.entry("src/ui/site.css").styles == ("/static/client/assets/site-2.css",)


def test_without_a_build_or_an_entry_the_page_is_told(tmp_path: Path, settings: Any, built: Path) -> None:
    assert client.entry("src/nothing.ts") is client.NOT_BUILT
    settings.CLIENT_FOLDER = tmp_path / "nowhere"
    settings.STATIC_ROOT = tmp_path / "nowhere"
    assert client.entry("src/app.ts") is client.NOT_BUILT


def test_the_build_that_is_served_is_the_one_pages_name(built: Path, settings: Any, tmp_path: Path) -> None:
    served = tmp_path / "served" / "client"
    served.mkdir(parents=True)
    (served / "manifest.json").write_text(json.dumps({client.PLAY: {"file": "assets/play-served.js"}}))
    assert client.entry(client.PLAY).scripts == ("/static/client/assets/play-served.js",)
