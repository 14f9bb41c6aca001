"""The calls that reach the disk."""

from __future__ import annotations

import os
from pathlib import Path

_sync_data = getattr(os, "fdatasync", os.fsync)  # macOS has only fsync


class Disk:
    """Writing to files and making sure of it; tests put a failing one in its place."""

    def write(self, descriptor: int, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]

    def sync(self, descriptor: int) -> None:
        _sync_data(descriptor)


def sync_folder(folder: Path) -> None:
    """Make the name of a new file as lasting as its content (POSIX asks for a sync of the folder)."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
