"""One live session: frames in, the simulator, the journal behind it, and the one client it speaks with."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar
from uuid import UUID

import orjson

from resilience.classroom.birth import Birth
from resilience.classroom.clock import SessionClock
from resilience.classroom.connection import (
    FAILED,
    JOURNAL_DOWN,
    TAKEN_OVER,
    TOO_FAST,
    TOO_LARGE,
    Connection,
    Message,
)
from resilience.classroom.journal import Journal
from resilience.classroom.segments import Kind
from resilience.classroom.simulator import Face, Simulator
from resilience.classroom.wire import LARGEST_FRAME, Action, BadFrameError, decode_hands, decode_pose, decode_text
from resilience.training.canonical import significant
from resilience.training.errors import BadInput

log = logging.getLogger(__name__)

POSES_ACKNOWLEDGED_EVERY = 20
"""Ticks of the server (1 s): nobody waits for the acknowledgement of a pose, so that those of many travel as one."""

BAD_FRAMES_ALLOWED = 200
"""Bad frames of one connection, net of one forgiven for every good one; a client beyond that is broken or hostile."""

LOOKED_EVERY = 10
"""Ticks (0.5 s) within which a look gets the answer of the one before."""

SEEN = 0.01
"""Expected organisms (CFU) on a face below which nothing is told of it: the low end of a client's scale."""

S = TypeVar("S", bound=Simulator)


class LiveSession(Generic[S]):
    """A session in memory. All methods belong to the event loop's thread."""

    def __init__(self, id_: UUID, birth: Birth, simulator: S, journal: Journal, now: Callable[[], float]) -> None:
        self.id = id_
        self.birth = birth
        self.simulator = simulator
        self.connection: Connection | None = None
        self.idle_since = now()
        self.finish_batch: int | None = None
        self.broken = False
        self.concluding = False
        self.url: str | None = None
        self._key = id_.bytes
        self._turn = self._key[0] % POSES_ACKNOWLEDGED_EVERY
        self._journal = journal
        self._now = now
        self._clock = SessionClock()
        self._latest = 0
        self._unsynced: dict[int, int] = {}
        self._synced_seq = simulator.seq
        self._acknowledged = simulator.seq
        self._last_action = 0
        self._bad = 0
        self._looked: Message | None = None

    # The client

    def attach(self, connection: Connection) -> Connection | None:
        """Speak with this client from now on; returns the one it takes over from, told so and closing."""
        before, self.connection = self.connection, connection
        if before is not None:
            before.close(TAKEN_OVER, "taken over by another connection")
        self._clock.start(self.simulator.tick, self._now())
        self._latest = 0
        self._bad = 0
        self._note_synced(self._journal.synced)
        self._acknowledged = self._synced_seq
        connection.say(self._welcome())
        if self.url is not None:
            connection.say({"t": "outcome", "url": self.url})
        return before

    def detach(self, connection: Connection) -> None:
        """The client is gone; the session's clock stands still until one comes back."""
        if self.connection is connection:
            self.connection = None
            self.idle_since = self._now()

    def _welcome(self) -> Message:
        simulator, birth = self.simulator, self.birth
        return {
            "t": "welcome",
            "session": str(self.id),
            "module": birth.module,
            "mode": birth.mode,
            "language": birth.language,
            "tick": simulator.tick,
            "seq": self._synced_seq,
            "scene": simulator.scene(),
            "snapshot": simulator.snapshot(),
        }

    # Frames

    def on_binary(self, frame: bytes) -> None:
        """A pose frame arrived."""
        simulator = self.simulator
        try:
            tick, seq, left, right = decode_hands(frame)
            usual = simulator.seq < seq and tick <= self._latest and self._journal.failure is None
            if not usual and not self._wants(seq, tick):
                return
            try:
                simulator.hands(tick, seq, left, right)
            except BadInput:
                raise
            except Exception:
                self._break(decode_pose(frame))
                return
        except (BadFrameError, BadInput) as error:
            self._refuse_frame(error, _seq_of_pose(frame))
            return
        if self.birth.kept:
            self._unsynced[self._journal.append(self._key, Kind.POSE, frame)] = seq
        else:
            self._pass_over(seq)
        if self._bad:
            self._bad -= 1
        if simulator.has_update:
            self._update()

    def _pass_over(self, seq: int) -> None:
        """Take a movement as acknowledged once what came before it is: it is not written."""
        if self._unsynced:
            self._unsynced[next(reversed(self._unsynced))] = seq
        else:
            self._synced_seq = seq

    def on_text(self, text: str) -> None:
        """A message arrived."""
        seq: Any = None
        try:
            message = decode_text(text)
            if message["t"] == "act":
                action = message.get("a")
                if not isinstance(action, dict):
                    raise BadFrameError("The message has no action", "a", 'Send {"t": "act", "a": {...}}.')
                seq = action.get("seq")
                self._take(action)
            elif message["t"] == "ping":
                self._say({"t": "pong", "n": message.get("n")})
            elif message["t"] == "look":
                self._say(self._look())
            else:
                raise BadFrameError(f"There is no message {message['t'][:40]!r}", "t", "Send act, ping or look.")
            if self._bad:
                self._bad -= 1
        except (BadFrameError, BadInput) as error:
            self._refuse_frame(error, seq if isinstance(seq, int) else None)

    def _look(self) -> Message:
        """What lies on every face, to be shown: no action, so that no log knows who looked. Raises BadFrameError."""
        if self.birth.mode == "assessment":
            what = "In an assessment what lies on things stays invisible"
            raise BadFrameError(what, "look", "Look in guided or practice mode, or in the replay of the debrief.")
        tick = self.simulator.tick
        if self._looked is None or tick >= self._looked["tick"] + LOOKED_EVERY:
            self._looked = {"t": "lying", "tick": tick, "faces": _rounded(self.simulator.lying(SEEN))}
        return self._looked

    def on_too_large(self, size: int) -> None:
        """A frame beyond the limit arrived: its sender is closed, the session stays."""
        log.info("session %s: closed a client that sent a frame of %d bytes", self.id, size)
        if self.connection is not None:
            self.connection.close(TOO_LARGE, f"a frame may have {LARGEST_FRAME} bytes")

    def _take(self, action: Action) -> None:
        simulator = self.simulator
        seq, tick = action.get("seq"), action.get("tick")
        if type(seq) is not int:
            raise BadFrameError("The action has no number", "seq", f"Number actions on from {simulator.seq + 1}.")
        if not self._wants(seq, tick):
            return
        try:
            refused = simulator.act(action).refused
        except BadInput:
            raise
        except Exception:
            self._break(action)
            return
        finishes = action["verb"] == "finish" and simulator.finished
        batch = self._journal.append(self._key, Kind.FINISH if finishes else Kind.ACTION, orjson.dumps(action))
        self._unsynced[batch] = self._last_action = seq
        if finishes:
            self.finish_batch = batch
        if refused is not None:
            self._say({"t": "refused", "seq": seq, "item": refused.item, "why": refused.why})
        self._update()

    def _wants(self, seq: int, tick: Any) -> bool:
        """Whether a frame of this number and tick is one for the simulator. Raises BadFrameError."""
        if seq <= self.simulator.seq:
            # Sent again after a lost connection: it stands in the log already, and its acknowledgement may have been
            # what got lost.
            self._acknowledged = min(self._acknowledged, seq - 1)
            return False
        if self._journal.failure is not None:
            self.pause(self._journal.failure)
            return False
        if type(tick) is int and tick > self._latest:
            # Asked anew only when it can matter: the latest tick allowed never falls while a client is connected.
            self._latest = self._clock.latest(self._now())
            if tick > self._latest:
                what = f"Tick {tick} is ahead of the session's clock"
                raise BadFrameError(what, "tick", f"Send {self._latest} at most.")
        return True

    def _break(self, action: Action) -> None:
        """The simulator failed at a frame, which is not in the journal: forget this state and let the client come back
        to a session rebuilt without it."""
        self.broken = True
        log.exception("session %s: the simulator failed at %s", self.id, orjson.dumps(action)[:400])
        if self.connection is not None:
            self.connection.close(FAILED, "the simulator failed; connect again")

    def _refuse_frame(self, error: BadFrameError | BadInput, seq: int | None) -> None:
        self._say({"t": "error", "seq": seq, "what": error.what, "where": error.where, "fix": error.fix})
        self._bad += 1
        if self._bad > BAD_FRAMES_ALLOWED and self.connection is not None:
            self.connection.close(TOO_FAST, "too many bad frames")

    # The ticker

    @property
    def has_unsynced(self) -> bool:
        """Whether frames are taken that are not yet on disk."""
        return bool(self._unsynced)

    def is_due(self, beat: int) -> bool:
        """Whether this beat is one to see to the session: at once for actions, else every POSES_ACKNOWLEDGED_EVERY."""
        return (
            self._last_action > self._acknowledged
            or self.finish_batch is not None
            or beat % POSES_ACKNOWLEDGED_EVERY == self._turn
        )

    def on_beat(self, synced: int) -> None:
        """Acknowledge what has become durable: all batches up to `synced` are on disk."""
        self._note_synced(synced)
        connection = self.connection
        if connection is None:
            return
        if connection.is_stalled():
            log.info("session %s: let go of a client that does not read", self.id)
            connection.abort()
        elif self._synced_seq > self._acknowledged:
            self._acknowledged = self._synced_seq
            connection.acknowledge(self._synced_seq)

    def _note_synced(self, synced: int) -> None:
        unsynced = self._unsynced
        while unsynced and (batch := next(iter(unsynced))) <= synced:
            self._synced_seq = unsynced.pop(batch)

    def pause(self, failure: OSError) -> None:
        """The disk does not take the journal: send the client away with what it has not had acknowledged."""
        if self.connection is not None and self.connection.closing is None:
            self._say(
                {
                    "t": "error",
                    "seq": None,
                    "what": f"The server cannot write its journal ({failure.strerror})",
                    "where": "journal",
                    "fix": "Nothing acknowledged is lost and the session waits. Tell whoever runs the server.",
                }
            )
            self.connection.close(JOURNAL_DOWN, "the journal cannot be written")

    def tell_outcome(self, url: str) -> None:
        """The session is finished and recorded."""
        self.url = url
        self._say({"t": "outcome", "url": url})

    def _say(self, message: Message) -> None:
        if self.connection is not None:
            self.connection.say(message)

    def _update(self) -> None:
        if self.connection is not None:
            self.connection.update_soon()


def _rounded(faces: Iterable[Face]) -> list[list[str | float]]:
    """Faces with their organisms to three digits: the rest is no knowledge and costs bytes."""
    return [[owner, part, significant(cfu, 3)] for owner, part, cfu in faces]


def _seq_of_pose(frame: bytes) -> int | None:
    return int.from_bytes(frame[4:8], "little") if len(frame) >= 8 else None
