"""Finds the files a browser fetches: the site's own, the built client, the plant's models."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage
from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile


class Files(BaseFinder):
    """Serves each folder of settings.STATIC_SOURCES below its prefix; a folder that is not there is passed over."""

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = [str(file) for prefix, name, file in files() if joined(prefix, name) == path]
        return found if find_all else (found[0] if found else [])

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        for prefix, folder in settings.STATIC_SOURCES.items():
            storage = FileSystemStorage(location=folder)
            storage.prefix = prefix  # type: ignore[attr-defined]
            for found_prefix, name, _ in files():
                if found_prefix == prefix:
                    yield name, storage


def files() -> Iterator[tuple[str, str, Path]]:
    """(prefix, name below the prefix, path) of every file; hidden files stay home."""
    for prefix, folder in settings.STATIC_SOURCES.items():
        for path in sorted(Path(folder).rglob("*")):
            name = path.relative_to(folder)
            if path.is_file() and not any(part.startswith(".") for part in name.parts):
                yield prefix, name.as_posix(), path


def joined(prefix: str, name: str) -> str:
    return f"{prefix}/{name}" if prefix else name


def fingerprint() -> str:
    """Changes when any file does; cheap, it opens none of them."""
    state = [(prefix, name, (s := path.stat()).st_size, s.st_mtime_ns) for prefix, name, path in files()]
    return hashlib.sha256(json.dumps(state).encode()).hexdigest()


@lru_cache(maxsize=256)
def versioned(path: str) -> str:
    """The address of one of the site's own files, with a mark of its content so that a browser may keep it."""
    file = Path(settings.STATIC_SOURCES[""]) / path
    mark = hashlib.sha256(file.read_bytes()).hexdigest()[:10]
    return f"{settings.STATIC_URL}{path}?v={mark}"


class ServeFiles(WhiteNoiseMiddleware):  # type: ignore[misc]
    """Answers for static files. The whole body at once: Django would otherwise gather the stream itself, and warn."""

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        found = static_file.get_response(request.method, request.META)
        response = HttpResponse(status=int(found.status))
        if found.file is not None:
            with found.file as file:
                response.content = file.read()
        del response["Content-Type"]
        for name, value in found.headers:
            response[name] = value
        return response
