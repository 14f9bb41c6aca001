"""The journal: every accepted frame of every live session, on disk before it is acknowledged.

One journal serves a whole server process. Frames are gathered in a batch; `commit` writes the batch with one write and
one sync, and then the batch's number counts as on disk. A write or sync that fails loses nothing: the batch is kept and
written again, whole and into a new segment, because after a failed sync nobody knows what of the old one is on disk.
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from resilience.classroom import segments
from resilience.classroom.disk import Disk, sync_folder
from resilience.classroom.segments import ENDED, MAGIC, NOWHERE, Kind, Place, Record

log = logging.getLogger(__name__)

SEGMENT_BYTES = 16 * 1024 * 1024


class JournalUnavailableError(Exception):
    """The journal cannot be written: disk full, taken away, or in use by another server."""


class JournalDamagedError(Exception):
    """Records of a session that were acknowledged cannot be read back."""


@dataclass(slots=True)
class Tail:
    """Where a session's journal ends: its last record on disk, and all segments that hold any of it."""

    segment: int
    offset: int
    ordinal: int
    kind: Kind
    segments: set[int] = field(default_factory=set)

    @property
    def place(self) -> Place:
        return Place(self.segment, self.offset)


_Entry = tuple[bytes, Kind, bytes]  # session, kind, payload
_Last = tuple[bytes, int, int, Kind]  # session, and of its last record in a segment: offset, ordinal, kind


class Journal:
    """Append-only segment files in `folder`. `append` is safe from every thread; `commit` belongs to one.

    Raises JournalUnavailableError when the folder cannot be used or another process has it.
    """

    def __init__(self, folder: Path, disk: Disk | None = None, segment_bytes: int = SEGMENT_BYTES) -> None:
        self.folder = folder
        self.failure: OSError | None = None
        self.synced = 0
        self._disk = disk or Disk()
        self._segment_bytes = segment_bytes
        self._lock = threading.Lock()
        self._files = threading.Lock()  # held while segments are read back, and while they are removed
        self._progress = threading.Condition(self._lock)
        self._filling: list[_Entry] = []
        self._batch = 1
        self._unwritten: list[_Entry] = []
        self._work = threading.Event()
        self._claim = self._claim_folder()
        self._tails: dict[bytes, Tail] = {}
        self._index: dict[int, dict[bytes, Tail]] = {}
        for number in self._numbers():
            self._load(number)
        self._number = max(self._index, default=0) + 1
        self._descriptor: int | None = None
        self._length = 0

    # Writing

    def append(self, session: bytes, kind: Kind, payload: bytes) -> int:
        """Put a record into the batch being filled; returns the batch's number (see `synced`)."""
        with self._lock:
            self._filling.append((session, kind, payload))
            if len(self._filling) == 1:
                self._work.set()
            return self._batch

    def wait_for_work(self, seconds: float | None = None) -> None:
        """Block until something is to be committed, at most `seconds`."""
        self._work.wait(seconds)

    def wake(self) -> None:
        """End a `wait_for_work`."""
        self._work.set()

    def wait_synced(self, batch: int, seconds: float) -> None:
        """Block until `batch` is on disk. Raises JournalUnavailableError when it is not within `seconds`."""
        with self._progress:
            if not self._progress.wait_for(lambda: self.synced >= batch, seconds):
                raise JournalUnavailableError(f"The journal could not be written within {seconds:g} s: {self.failure}")

    def settle(self, seconds: float) -> None:
        """Block until all that was appended so far is on disk. Raises JournalUnavailableError."""
        with self._lock:
            last = self._batch if self._filling else self._batch - 1
        self.wait_synced(last, seconds)

    def commit(self) -> bool:
        """Write and sync what has gathered; False when the disk refused (see `failure`; call again later)."""
        with self._lock:
            batch, self._filling = self._filling, []
            number, self._batch = self._batch, self._batch + 1
            self._work.clear()
        self._unwritten += batch
        try:
            if self._unwritten:
                self._write(self._unwritten)
        except OSError as error:
            if self.failure is None:
                log.error("journal: %s; sessions wait until it can be written again", error)
            self.failure = error
            self._abandon_segment()
            return False
        if self.failure is not None:
            log.warning("journal: can be written again")
        self._unwritten = []
        with self._progress:
            self.failure = None
            self.synced = number
            self._progress.notify_all()
        return True

    def _write(self, entries: list[_Entry]) -> None:
        if self._descriptor is not None and self._length >= self._segment_bytes:
            self._finish_segment()
        descriptor = self._descriptor if self._descriptor is not None else self._begin_segment()
        number, offset = self._number, self._length
        ends: dict[bytes, tuple[int, int, Kind]] = {}
        parts: list[bytes] = []
        for session, kind, payload in entries:
            if (end := ends.get(session)) is not None:
                before, ordinal = (number, end[0]), end[1] + 1
            elif (tail := self._tails.get(session)) is not None:
                before, ordinal = (tail.segment, tail.offset), tail.ordinal + 1
            else:
                before, ordinal = NOWHERE, 0
            data = segments.encode(kind, session, ordinal, before, payload)
            parts.append(data)
            ends[session] = (offset, ordinal, kind)
            offset += len(data)
        self._disk.write(descriptor, b"".join(parts))
        self._disk.sync(descriptor)
        self._length = offset
        index = self._index.setdefault(number, {})
        with self._lock:
            for session, (at, ordinal, kind) in ends.items():
                self._remember(session, number, at, ordinal, kind, index)

    def _remember(
        self, session: bytes, segment: int, offset: int, ordinal: int, kind: Kind, index: dict[bytes, Tail]
    ) -> None:
        """Note the session's last record, in whole and in this segment."""
        here = index.get(session)
        if here is None:
            known = self._tails.get(session)
            here = index[session] = Tail(segment, offset, ordinal, kind, known.segments if known else set())
            here.segments.add(segment)
            self._tails[session] = here
        else:
            here.offset, here.ordinal, here.kind = offset, ordinal, kind

    def _begin_segment(self) -> int:
        descriptor = os.open(self._path(self._number), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self._descriptor = descriptor
        self._disk.write(descriptor, MAGIC)
        self._length = len(MAGIC)
        sync_folder(self.folder)
        return descriptor

    def _finish_segment(self) -> None:
        """Close a full segment and leave its index beside it, so that a start need not read it again."""
        assert self._descriptor is not None
        os.close(self._descriptor)
        self._descriptor = None
        index = {
            session.hex(): [tail.offset, tail.ordinal, tail.kind]
            for session, tail in self._index.get(self._number, {}).items()
        }
        self._path(self._number, ".index").write_bytes(orjson.dumps({"bytes": self._length, "sessions": index}))
        self._number += 1

    def _abandon_segment(self) -> None:
        """Leave a segment the disk refused: cut what was never acknowledged, go on in the next."""
        if self._descriptor is None:
            return
        descriptor, self._descriptor = self._descriptor, None
        with contextlib.suppress(OSError):
            os.ftruncate(descriptor, self._length)
        with contextlib.suppress(OSError):
            os.close(descriptor)
        if self._index.get(self._number):
            self._number += 1
        else:
            with contextlib.suppress(OSError):
                self._path(self._number).unlink()

    def close(self) -> None:
        """Commit what is left and let the folder go."""
        self.commit()
        if self._descriptor is not None:
            self._finish_segment()
        os.close(self._claim)

    # Reading

    def sessions(self) -> dict[bytes, Kind]:
        """Every session the journal knows, with the kind of its last record."""
        with self._lock:
            return {session: tail.kind for session, tail in self._tails.items()}

    def records(self, session: bytes) -> list[Record]:
        """The records of a session on disk, first to last; empty when there is none, or when it ended and was removed.

        Raises JournalDamagedError when one cannot be read back.
        """
        with self._files:
            return self._records(session)

    def _records(self, session: bytes) -> list[Record]:
        with self._lock:
            tail = self._tails.get(session)
            if tail is None:
                return []
            place, last, ended = tail.place, tail.ordinal, tail.kind in ENDED
        found: list[Record] = []
        contents: dict[int, bytes] = {}
        for ordinal in range(last, -1, -1):
            if place.segment not in contents:
                if ended and place.segment not in self._index:
                    return []
                contents.clear()
                contents[place.segment] = self._read(place.segment)
            record = segments.decode(contents[place.segment], place.offset)
            if record is None or record.session != session or record.ordinal != ordinal:
                raise JournalDamagedError(f"{self._path(place.segment)}: no record {ordinal} at byte {place.offset}")
            found.append(record)
            place = record.before
        found.reverse()
        return found

    # Housekeeping

    def expire(self, older_than: float) -> list[bytes]:
        """Mark the sessions whose last record is older than this (seconds since 1970) as no longer wanted."""
        with self._lock:
            candidates = [(session, tail) for session, tail in self._tails.items() if tail.kind not in ENDED]
        expired = [
            session
            for session, tail in candidates
            if tail.segment != self._number and self._path(tail.segment).stat().st_mtime < older_than
        ]
        for session in expired:
            self.append(session, Kind.EXPIRED, b"")
        return expired

    def remove_ended(self, older_than: float) -> int:
        """Remove the segments not written since `older_than` (seconds since 1970) whose sessions have all ended.

        Returns how many. Call from the committing thread.
        """
        removed = 0
        for number in sorted(self._index):
            if number == self._number or any(tail.kind not in ENDED for tail in self._latest(number)):
                continue
            if self._path(number).stat().st_mtime >= older_than:
                continue
            if not self._carry_endings(number):
                break
            with self._files, self._lock:
                for suffix in (".index", ".journal"):
                    self._path(number, suffix).unlink(missing_ok=True)
                for session in self._index.pop(number):
                    self._tails[session].segments.discard(number)
                    if not self._tails[session].segments:
                        del self._tails[session]
            removed += 1
        return removed

    def _latest(self, number: int) -> Iterator[Tail]:
        return (self._tails[session] for session in self._index[number])

    def _carry_endings(self, number: int) -> bool:
        """Write the ending of a session again when the segment that holds it goes and an older one stays."""
        carried = False
        for session, tail in self._index[number].items():
            latest = self._tails[session]
            if latest.place == tail.place and len(latest.segments) > 1:
                self.append(session, latest.kind, b"")
                carried = True
        return self.commit() if carried else True

    # Files

    def _path(self, number: int, suffix: str = ".journal") -> Path:
        return self.folder / f"{number:08d}{suffix}"

    def _numbers(self) -> list[int]:
        return sorted(int(path.stem) for path in self.folder.glob("*.journal"))

    def _read(self, number: int) -> bytes:
        try:
            return self._path(number).read_bytes()
        except OSError as error:
            raise JournalDamagedError(f"{self._path(number)}: {error.strerror}") from error

    def _load(self, number: int) -> None:
        index = self._index[number] = {}
        for session, offset, ordinal, kind in self._read_index(number) or self._scan(number):
            self._remember(session, number, offset, ordinal, kind, index)

    def _read_index(self, number: int) -> list[_Last] | None:
        try:
            index = orjson.loads(self._path(number, ".index").read_bytes())
            if index["bytes"] != self._path(number).stat().st_size:
                return None
            return [
                (bytes.fromhex(session), offset, ordinal, Kind(kind))
                for session, (offset, ordinal, kind) in index["sessions"].items()
            ]
        except (OSError, ValueError, KeyError):
            return None

    def _scan(self, number: int) -> list[_Last]:
        data, end = self._read(number), len(MAGIC)
        found: dict[bytes, _Last] = {}
        for offset, record in segments.scan(data):
            found[record.session] = (record.session, offset, record.ordinal, record.kind)
            end = offset + segments.HEADER.size + len(record.payload)
        if end < len(data):
            log.warning("journal: %s: %d bytes behind byte %d are torn", self._path(number), len(data) - end, end)
        return list(found.values())

    def _claim_folder(self) -> int:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            claim = os.open(self.folder / "in-use", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise JournalUnavailableError(f"{self.folder} cannot be written: {error.strerror}") from error
        try:
            fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(claim)
            raise JournalUnavailableError(
                f"{self.folder} is in use by another server; stop it, or name another folder in RESILIENCE_DATA"
            ) from None
        return claim
