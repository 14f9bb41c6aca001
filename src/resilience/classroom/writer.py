"""The thread that commits the journal: one write and one sync for all sessions, at most every 50 ms."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from resilience.classroom.journal import Journal

COMMIT_SECONDS = 0.05
RETRY_SECONDS = 1.0
HOUSEKEEPING_SECONDS = 60.0


class JournalWriter(threading.Thread):
    """Commits a journal in its own thread, at most once in COMMIT_SECONDS; calls `housekeep` there now and then."""

    def __init__(self, journal: Journal, housekeep: Callable[[], None]) -> None:
        super().__init__(name="journal", daemon=True)
        self._journal, self._housekeep = journal, housekeep
        self._stopping = threading.Event()

    def run(self) -> None:
        """Commit until `stop`; after a refusal of the disk, try again after RETRY_SECONDS."""
        next_housekeeping = time.monotonic()
        while not self._stopping.is_set():
            if self._journal.failure is None:
                self._journal.wait_for_work(HOUSEKEEPING_SECONDS)
            began = time.monotonic()
            done = self._journal.commit()
            if done and began >= next_housekeeping:
                next_housekeeping = began + HOUSEKEEPING_SECONDS
                self._housekeep()
            self._stopping.wait(max(0.0, COMMIT_SECONDS - (time.monotonic() - began)) if done else RETRY_SECONDS)

    def stop(self) -> None:
        """Commit what is left and end the thread."""
        self._stopping.set()
        self._journal.wake()
        self.join()
        self._journal.close()
