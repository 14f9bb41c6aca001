"""Where the product keeps its things: the data folder, the secret key, the built client, the plant's models."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import resilience

PACKAGE = Path(resilience.__file__).parent


def data_folder() -> Path:
    """RESILIENCE_DATA, or `data` below the present folder; made on first use."""
    folder = Path(os.environ.get("RESILIENCE_DATA") or "data").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def secret_key(folder: Path, name: str = "secret-key") -> str:
    """A key drawn once per data folder and readable by its owner alone: the one that signs cookies, or another."""
    path = folder / name
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        key = secrets.token_urlsafe(48)
        file.write(key)
    return key


def client_folder() -> Path:
    """The built client: RESILIENCE_CLIENT, or client/dist of the source tree."""
    return Path(os.environ.get("RESILIENCE_CLIENT") or PACKAGE.parents[1] / "client" / "dist").resolve()


def models_folder() -> Path:
    return PACKAGE / "plant" / "models"
