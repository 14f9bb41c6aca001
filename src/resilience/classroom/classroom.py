"""The live sessions of one server process: who is in memory, who is rebuilt, who is let go."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid4

import orjson

from resilience.classroom.birth import Birth
from resilience.classroom.connection import NO_SUCH_SESSION
from resilience.classroom.journal import Journal, JournalDamagedError, JournalUnavailableError
from resilience.classroom.live import LiveSession
from resilience.classroom.memory import Memory
from resilience.classroom.segments import ENDED, Kind, Record
from resilience.classroom.simulator import ModuleChangedError, Simulator
from resilience.classroom.ticker import Ticker
from resilience.classroom.wire import Action, decode_hands, decode_pose
from resilience.classroom.writer import JournalWriter
from resilience.training.errors import BadInput

log = logging.getLogger(__name__)

SLICE = 0.002
"""Seconds a rebuild may hold the event loop before others get their turn."""
IDLE_SECONDS = 120.0
"""A session without a client leaves memory after this; it is rebuilt when wanted."""
SETTLE_SECONDS = 10.0
"""How long to wait for the disk before giving up, in seconds."""
RETRY_SECONDS = 10.0
"""How long after a record could not be written it is tried again, in seconds."""

ENDED_KEPT_SECONDS = 3600.0
"""How long a recorded session's journal is kept: a client that lost the line at the end is still told its outcome."""


class NoSuchSessionError(Exception):
    """The journal knows no such session."""


class WrongTokenError(Exception):
    """The token does not open the session."""


S = TypeVar("S", bound=Simulator)

Begin = Callable[[Birth], S]
"""Makes a simulated session as it was created. Raises ModuleChangedError."""

Conclude = Callable[[UUID, Birth, S, list[Action]], str]
"""Records a finished session, once however often it is called, and returns where its reveal is."""


class Classroom(Generic[S]):
    """All sessions of a server process. `create` may be called from any thread, the rest from the event loop's."""

    def __init__(
        self,
        journal: Journal,
        begin: Begin[S],
        conclude: Conclude[S],
        keep_seconds: float,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.journal = journal
        self.sessions: dict[UUID, LiveSession[S]] = {}
        self.ticker = Ticker(self.on_tick)
        self._begin, self._conclude = begin, conclude
        self._keep_seconds = keep_seconds
        self._now = now
        self._memory = Memory()
        self._rebuilding: dict[UUID, asyncio.Future[LiveSession[S]]] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._writer: JournalWriter | None = None
        self._starting = threading.Lock()

    # Beginning and end of service

    def start_writing(self) -> None:
        """Begin to commit the journal, if that has not begun."""
        with self._starting:
            if self._writer is None:
                self._writer = JournalWriter(self.journal, self._housekeep)
                self._writer.start()

    def start(self) -> None:
        """Serve from the running event loop, if that has not begun; conclude what a dead process left unrecorded."""
        loop = asyncio.get_running_loop()
        if self._loop is loop:
            return
        self._loop = loop
        self._memory.start()
        self.start_writing()
        self._spawn(self.ticker.run())
        for key, kind in self.journal.sessions().items():
            if kind is Kind.FINISH:
                self._spawn(self._conclude_left_over(UUID(bytes=key)))

    async def stop(self) -> None:
        """Let all clients go, write what is left, end the thread."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._writer is not None:
            await asyncio.to_thread(self._writer.stop)
        if self._loop is not None:
            self._memory.stop()
        self._loop = self._writer = None

    def _spawn(self, work: Awaitable[Any]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Future[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("classroom: a task failed", exc_info=task.exception())

    # Sessions

    def create(self, birth: Birth) -> UUID:
        """Write a new session into the journal and wait until it is on disk. Blocks for about 50 ms.

        Raises JournalUnavailableError when the disk does not take it.
        """
        self.start_writing()
        id_ = uuid4()
        self.journal.wait_synced(self.journal.append(id_.bytes, Kind.CREATED, birth.to_payload()), SETTLE_SECONDS)
        return id_

    async def join(self, id_: UUID, token: str) -> LiveSession[S]:
        """The session, from memory or rebuilt from its journal.

        Raises NoSuchSessionError, WrongTokenError, ModuleChangedError, JournalDamagedError, JournalUnavailableError.
        """
        live = self.sessions.get(id_)
        if live is None or live.broken:
            if self.sessions.pop(id_, None) is not None:
                self._memory.forget()
            live = await self._from_journal(id_, token)
        if not live.birth.opens_with(token):
            raise WrongTokenError
        return live

    def forget(self, ids: Iterable[UUID]) -> None:
        """End these sessions for good, unrecorded; their clients are sent away. May be called from any thread."""
        self.start_writing()
        for id_ in ids:
            if self._loop is None:
                self._expire(id_)
            else:
                self._loop.call_soon_threadsafe(self._expire, id_)

    def _expire(self, id_: UUID) -> None:
        live = self.sessions.pop(id_, None)
        if live is not None:
            self._memory.forget()
            if live.connection is not None:
                live.connection.close(NO_SUCH_SESSION, "the class is over")
        if self.journal.sessions().get(id_.bytes, Kind.EXPIRED) not in ENDED:
            self.journal.append(id_.bytes, Kind.EXPIRED, b"")

    async def _from_journal(self, id_: UUID, token: str | None) -> LiveSession[S]:
        if id_ in self._rebuilding:
            return await asyncio.shield(self._rebuilding[id_])
        records = await asyncio.to_thread(self._settled_records, id_)
        if id_ in self.sessions:
            return self.sessions[id_]
        if not records or records[-1].kind is Kind.EXPIRED or records[0].kind is not Kind.CREATED:
            raise NoSuchSessionError
        birth = Birth.from_payload(records[0].payload)
        if token is not None and not birth.opens_with(token):
            raise WrongTokenError
        if id_ in self._rebuilding:
            return await asyncio.shield(self._rebuilding[id_])
        rebuilt: asyncio.Future[LiveSession[S]] = asyncio.ensure_future(self._rebuild(id_, birth, records))
        self._rebuilding[id_] = rebuilt
        try:
            return await asyncio.shield(rebuilt)
        finally:
            self._rebuilding.pop(id_, None)

    def _settled_records(self, id_: UUID) -> list[Record]:
        # A broken session may have frames on their way to the disk: rebuilt without them it would take them twice.
        self.journal.settle(SETTLE_SECONDS)
        return self.journal.records(id_.bytes)

    async def _rebuild(self, id_: UUID, birth: Birth, records: list[Record]) -> LiveSession[S]:
        simulator = self._begin(birth)
        turn = self._now() + SLICE
        for record in records[1:]:
            try:
                _take_again(simulator, record)
            except BadInput as error:
                raise JournalDamagedError(f"session {id_}: {error}") from error
            if self._now() > turn:
                await asyncio.sleep(0)
                turn = self._now() + SLICE
        self._memory.set_aside()
        live = LiveSession(id_, birth, simulator, self.journal, self._now)
        self.sessions[id_] = live
        if simulator.finished:
            live.finish_batch = 0
        return live

    # The beat

    def on_tick(self, number: int) -> None:
        """Acknowledge, conclude finished sessions, forget idle ones."""
        synced, failure = self.journal.synced, self.journal.failure
        for live in tuple(self.sessions.values()):
            if failure is not None:
                live.pause(failure)
            if not live.is_due(number):
                continue
            live.on_beat(synced)
            if live.finish_batch is not None and live.finish_batch <= synced:
                live.finish_batch = None
                self._spawn(self._conclude_live(live))
            if live.connection is None and self._is_idle(live):
                del self.sessions[live.id]
                self._memory.forget()
        if self._memory.forgotten:
            self._memory.collect_when_quiet(all(live.connection is None for live in self.sessions.values()))

    def _is_idle(self, live: LiveSession[S]) -> bool:
        if live.has_unsynced or live.finish_batch is not None or live.concluding:
            return False
        return live.broken or self._now() - live.idle_since > IDLE_SECONDS

    # Finishing

    async def _conclude_live(self, live: LiveSession[S]) -> None:
        live.concluding = True
        try:
            live.tell_outcome(await asyncio.to_thread(self._conclude_blocking, live))
        except Exception:
            log.exception("session %s: finished, but could not be recorded; it is tried again", live.id)
            await asyncio.sleep(RETRY_SECONDS)
            live.finish_batch = 0
        finally:
            live.concluding = False

    def _conclude_blocking(self, live: LiveSession[S]) -> str:
        records = self.journal.records(live.id.bytes)
        actions = [action for record in records if (action := action_of(record)) is not None]
        url = self._conclude(live.id, live.birth, live.simulator, actions)
        if records[-1].kind not in ENDED:
            self.journal.append(live.id.bytes, Kind.RECORDED, b"")
        return url

    async def _conclude_left_over(self, id_: UUID) -> None:
        try:
            await self._from_journal(id_, None)
        except (ModuleChangedError, JournalDamagedError, JournalUnavailableError, NoSuchSessionError) as error:
            log.error("session %s: finished before the last stop, but cannot be rebuilt: %s", id_, error)

    # The journal's thread

    def _housekeep(self) -> None:
        expired = self.journal.expire(time.time() - self._keep_seconds)
        if expired:
            log.info("journal: %d unfinished sessions expired", len(expired))
        self.journal.remove_ended(time.time() - ENDED_KEPT_SECONDS)


def _take_again(simulator: Simulator, record: Record) -> None:
    if record.kind is Kind.POSE:
        simulator.hands(*decode_hands(record.payload))
    elif (action := action_of(record)) is not None:
        simulator.act(action)


def action_of(record: Record) -> Action | None:
    """The action a record holds, or None for one about the session itself."""
    if record.kind is Kind.POSE:
        return decode_pose(record.payload)
    if record.kind in (Kind.ACTION, Kind.FINISH):
        action: Action = orjson.loads(record.payload)
        return action
    return None
