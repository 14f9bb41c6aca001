"""Reads DATABASE_URL."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

# Journal beside the file, writers queue for 20 s, a commit is on disk when it returns, links between rows are kept, and
# what is deleted is overwritten, not left in free pages: pupils and erased persons leave nothing.
SQLITE_START = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"


class BadDatabaseUrlError(ValueError):
    """DATABASE_URL could not be understood."""


def database(url: str | None, data: Path) -> dict[str, Any]:
    """Django's settings for the database.

    None or "" is SQLite in the data folder; `sqlite:///path` another file;
    `postgresql://user:password@host:port/name?sslmode=require` PostgreSQL (host may be a socket folder: ?host=/run/pg).
    """
    if not url:
        return sqlite(str(data / "resilience.sqlite3"))
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        if not parts.path.strip("/"):
            raise BadDatabaseUrlError("DATABASE_URL names no file: write sqlite:///path/to/file")
        return sqlite(unquote(parts.path[1:]))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise BadDatabaseUrlError(
            f"DATABASE_URL begins with '{parts.scheme or url[:12]}': write postgresql://user:password@host/name "
            "or sqlite:///path"
        )
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise BadDatabaseUrlError("DATABASE_URL names no database: write postgresql://user:password@host/name")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or options.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or parts.hostname or "",
        "PORT": str(options.pop("port", "") or parts.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 0,
    }


def sqlite(name: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_START},
    }
