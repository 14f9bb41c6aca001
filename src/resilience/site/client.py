"""The built client as pages see it: which scripts and styles an entry needs, read from the build's manifest."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

PLAY, REVEAL, SITE = "src/app.ts", "src/reveal/main.ts", "src/ui/site.css"


@dataclass(frozen=True)
class Entry:
    """Addresses of what a page loads; `preload` are the chunks the script will ask for next."""

    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    preload: tuple[str, ...] = ()
    built: bool = field(default=True)


NOT_BUILT = Entry(built=False)


def entry(source: str) -> Entry:
    """What the entry with this source path needs; NOT_BUILT where there is no build that holds it.

    The files gathered at the server's start come first: a build made since has other names than those that are served.
    """
    for folder in (Path(settings.STATIC_ROOT) / "client", Path(settings.CLIENT_FOLDER)):
        path = folder / "manifest.json"
        with suppress(FileNotFoundError):
            return _entry(path, path.stat().st_mtime_ns, source)
    return NOT_BUILT


@lru_cache(maxsize=16)
def _entry(path: Path, _changed: int, source: str) -> Entry:
    manifest: dict[str, dict[str, Any]] = json.loads(path.read_text())
    if source not in manifest:
        return NOT_BUILT
    chunks = needed(manifest, source)
    main = manifest[source]["file"]
    files = [chunk["file"] for chunk in chunks]
    styles = [css for chunk in chunks for css in chunk.get("css", [])] + [
        name for name in files if name.endswith(".css")
    ]
    return Entry(
        scripts=(address(main),) if main.endswith(".js") else (),
        styles=tuple(address(name) for name in dict.fromkeys(styles)),
        preload=tuple(address(name) for name in files if name.endswith(".js") and name != main),
    )


def needed(manifest: dict[str, dict[str, Any]], source: str) -> list[dict[str, Any]]:
    """The entry's chunk and, each once, the chunks it imports outright; what loads on demand is left out."""
    order: dict[str, None] = {}
    waiting = [source]
    while waiting:
        name = waiting.pop(0)
        if name not in order:
            order[name] = None
            waiting.extend(manifest[name].get("imports", []))
    return [manifest[name] for name in order]


def address(file: str) -> str:
    return f"{settings.STATIC_URL}client/{file}"
