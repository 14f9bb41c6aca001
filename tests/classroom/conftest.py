from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.classroom.harness import Room
from tests.classroom.test_journal import FakeDisk


@pytest_asyncio.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    room = Room(tmp_path / "journal", FakeDisk())
    yield room
    await room.close()
