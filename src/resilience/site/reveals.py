"""The debrief and the replay of a recorded session, worked out from its log and kept.

Replaying takes a second of a processor. It is done in one worker process, so that it never takes a turn from live
sessions, and its result is kept in the data folder; deleting the folder costs nothing but time.
"""

from __future__ import annotations

import gzip
import multiprocessing
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings

import resilience
from resilience.records import services as records
from resilience.records.models import SessionRecord
from resilience.records.replaying import NotReplayableError, module_of
from resilience.site import debriefing

PATIENCE_S = 120.0
Work = Callable[..., bytes]


class Worker:
    """One process that replays, started when it is first needed and again should it have died."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._lock = threading.Lock()

    def run(self, work: Work, *given: Any) -> bytes:
        try:
            return self._submit(work, *given)
        except BrokenProcessPool:
            self.stop()
            return self._submit(work, *given)

    def _submit(self, work: Work, *given: Any) -> bytes:
        with self._lock:
            if self._pool is None:
                context = multiprocessing.get_context("spawn")
                self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=debriefing.live_with_the_server)
            waiting = self._pool.submit(work, *given)
        return waiting.result(PATIENCE_S)

    def stop(self) -> None:
        with self._lock:
            if self._pool is not None:
                self._pool.shutdown(wait=False, cancel_futures=True)
                self._pool = None


worker = Worker()


def reveal(session: str, language: str) -> dict[str, Any] | None:
    """The reveal of a recorded session with its receipt; None while it is not recorded.

    Raises NotReplayableError where the module is not installed in the version the session was played with.
    """
    record = records.find(session)
    if record is None:
        return None
    spoken = module_of(bytes(record.log)).head.languages
    chosen = language if language in spoken else record.language
    told: dict[str, Any] = orjson.loads(gzip.decompress(kept(record, f"reveal-{chosen}", debriefing.debrief, chosen)))
    return told | {"receipt": {"record": record.seq, "hash": record.hash}}


def replay(session: str) -> bytes | None:
    """The frames of a recorded session as gzipped JSON; None while it is not recorded. Raises as `reveal` does."""
    record = records.find(session)
    return None if record is None else kept(record, "replay", debriefing.film)


def kept(record: SessionRecord, name: str, work: Work, *given: Any) -> bytes:
    """What `work` makes of the record's log, gzipped; from the data folder if it was made before."""
    log = bytes(record.log)
    module_of(log)
    folder = Path(settings.RESILIENCE_DATA) / "reveals"
    path = folder / f"{record.hash}-{resilience.__version__}-{name}.json.gz"
    if path.exists():
        return path.read_bytes()
    made = gzip.compress(worker.run(work, log, *given), 6, mtime=0)
    folder.mkdir(exist_ok=True)
    draft = path.with_suffix(f".{threading.get_ident()}")
    draft.write_bytes(made)
    draft.replace(path)
    return made


__all__ = ["NotReplayableError", "Worker", "replay", "reveal", "worker"]
