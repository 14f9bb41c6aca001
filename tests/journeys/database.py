"""What the server recorded, read from its database by itself: neither a page nor code of the product in between."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.journeys.conftest import Server

# Every row of every table.
Rows = dict[str, Counter[tuple[Any, ...]]]


class Store:
    """The server's database, read only, while the server runs on."""

    def __init__(self, server: Server) -> None:
        self.path = server.data / "resilience.sqlite3"

    def rows(self, query: str, *given: Any) -> list[tuple[Any, ...]]:
        with self._opened() as store:
            return store.execute(query, given).fetchall()

    def one(self, query: str, *given: Any) -> tuple[Any, ...]:
        found = self.rows(query, *given)
        assert len(found) == 1, f"{len(found)} rows where one was to be: {query} {given}"
        return found[0]

    def number(self, query: str, *given: Any) -> int:
        return int(self.one(query, *given)[0])

    def everything(self) -> Rows:
        """Every row of every table, so that what two moments differ by can be told without knowing the tables."""
        with self._opened() as store:
            tables = [name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {table: Counter(store.execute(f'SELECT * FROM "{table}"').fetchall()) for table in tables}

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        store = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=30)
        try:
            yield store
        finally:
            store.close()
