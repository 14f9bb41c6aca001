from __future__ import annotations

import errno
import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resilience.classroom.disk import Disk
from resilience.classroom.journal import (
    Journal,
    JournalDamagedError,
    JournalUnavailableError,
)
from resilience.classroom.segments import Kind

A, B, C = bytes(15) + b"a", bytes(15) + b"b", bytes(15) + b"c"


class FakeDisk(Disk):
    """Writes for real; refuses while `refuse` names an errno, at the write or at the sync."""

    def __init__(self) -> None:
        self.refuse_write: int | None = None
        self.refuse_sync: int | None = None
        self.syncs = 0

    def write(self, descriptor: int, data: bytes) -> None:
        if self.refuse_write is not None:
            os.write(descriptor, data[: len(data) // 2])
            raise OSError(self.refuse_write, os.strerror(self.refuse_write))
        super().write(descriptor, data)

    def sync(self, descriptor: int) -> None:
        if self.refuse_sync is not None:
            raise OSError(self.refuse_sync, os.strerror(self.refuse_sync))
        self.syncs += 1


@pytest.fixture
def disk() -> FakeDisk:
    return FakeDisk()


@pytest.fixture
def journal(tmp_path: Path, disk: FakeDisk) -> Journal:
    return Journal(tmp_path / "journal", disk)


def payloads(journal: Journal, session: bytes) -> list[bytes]:
    return [record.payload for record in journal.records(session)]


def reopened(journal: Journal, segment_bytes: int = 1 << 24) -> Journal:
    """The journal as the next process finds it: the claim is let go as the end of a process does."""
    os.close(journal._claim)
    return Journal(journal.folder, segment_bytes=segment_bytes)


def test_records_of_sessions_are_kept_apart_and_in_order(journal: Journal) -> None:
    for n in range(4):
        journal.append(A, Kind.ACTION, b"a%d" % n)
        journal.append(B, Kind.POSE, b"b%d" % n)
    assert journal.commit()
    assert payloads(journal, A) == [b"a0", b"a1", b"a2", b"a3"]
    assert [record.kind for record in journal.records(B)] == [Kind.POSE] * 4
    assert journal.records(C) == []


def test_a_batch_counts_as_on_disk_only_after_the_sync(journal: Journal, disk: FakeDisk) -> None:
    batch = journal.append(A, Kind.ACTION, b"1")
    assert journal.synced < batch
    assert payloads(journal, A) == []
    disk.refuse_sync = errno.EIO
    assert not journal.commit()
    assert journal.synced < batch
    disk.refuse_sync = None
    assert journal.commit()
    assert journal.synced >= batch


def test_one_sync_serves_all_sessions_of_a_batch(journal: Journal, disk: FakeDisk) -> None:
    for n in range(100):
        journal.append(n.to_bytes(16, "big"), Kind.POSE, bytes(54))
    journal.commit()
    assert disk.syncs == 1
    journal.commit()
    assert disk.syncs == 1


@pytest.mark.parametrize("refuse", ["refuse_write", "refuse_sync"])
def test_a_refusing_disk_loses_nothing(journal: Journal, disk: FakeDisk, refuse: str) -> None:
    journal.append(A, Kind.CREATED, b"before")
    journal.commit()
    setattr(disk, refuse, errno.ENOSPC)
    journal.append(A, Kind.ACTION, b"during")
    assert not journal.commit()
    assert not journal.commit()
    failure = journal.failure
    assert failure is not None
    assert failure.errno == errno.ENOSPC
    assert payloads(journal, A) == [b"before"]
    journal.append(A, Kind.ACTION, b"later")
    setattr(disk, refuse, None)
    assert journal.commit()
    assert journal.failure is None
    assert payloads(journal, A) == [b"before", b"during", b"later"]
    assert payloads(reopened(journal), A) == [b"before", b"during", b"later"]


def test_a_disk_that_stays_full_does_not_fill_with_empty_segments(journal: Journal, disk: FakeDisk) -> None:
    disk.refuse_write = errno.ENOSPC
    journal.append(A, Kind.CREATED, b"x")
    for _ in range(5):
        assert not journal.commit()
    assert list(journal.folder.glob("*.journal")) == []


def test_whoever_waits_for_a_refusing_disk_is_told(journal: Journal, disk: FakeDisk) -> None:
    disk.refuse_write = errno.ENOSPC
    batch = journal.append(A, Kind.CREATED, b"x")
    journal.commit()
    with pytest.raises(JournalUnavailableError, match="No space left"):
        journal.wait_synced(batch, seconds=0)


def test_settling_waits_for_all_that_was_appended(journal: Journal) -> None:
    journal.settle(seconds=0)
    journal.append(A, Kind.CREATED, b"x")
    with pytest.raises(JournalUnavailableError):
        journal.settle(seconds=0)
    journal.commit()
    journal.settle(seconds=0)


def test_the_next_process_finds_everything(journal: Journal) -> None:
    for n in range(10):
        journal.append(A, Kind.ACTION, b"%d" % n)
        journal.commit()
    again = reopened(journal)
    assert payloads(again, A) == [b"%d" % n for n in range(10)]
    again.append(A, Kind.FINISH, b"end")
    again.commit()
    assert again.sessions() == {A: Kind.FINISH}
    assert payloads(reopened(again), A)[-1] == b"end"


def test_sessions_reach_over_many_segments(tmp_path: Path) -> None:
    journal = Journal(tmp_path, segment_bytes=200)
    for n in range(20):
        journal.append(A, Kind.ACTION, b"%02d" % n)
        journal.append(B, Kind.ACTION, bytes(50))
        journal.commit()
    assert len(list(tmp_path.glob("*.journal"))) > 5
    assert payloads(journal, A) == [b"%02d" % n for n in range(20)]
    journal = reopened(journal, 200)
    assert payloads(journal, A) == [b"%02d" % n for n in range(20)]


def test_an_index_that_does_not_fit_its_segment_is_not_believed(tmp_path: Path) -> None:
    journal = Journal(tmp_path, segment_bytes=1)
    for n in range(3):
        journal.append(A, Kind.ACTION, b"%d" % n)
        journal.commit()
    index = sorted(tmp_path.glob("*.index"))[0]
    index.write_bytes(b'{"bytes": 3, "sessions": {}}')
    assert payloads(reopened(journal), A) == [b"0", b"1", b"2"]
    os.close(journal._claim)
    index.write_bytes(b"not json")
    assert payloads(Journal(tmp_path), A) == [b"0", b"1", b"2"]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(st.tuples(st.sampled_from([A, B]), st.binary(max_size=30)), min_size=1, max_size=4), max_size=6),
    st.floats(0, 1),
)
def test_a_segment_cut_anywhere_gives_a_prefix_of_every_session(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[tuple[bytes, bytes]]], fraction: float
) -> None:
    journal = Journal(tmp_path_factory.mktemp("journal"))
    written: list[tuple[bytes, bytes]] = []
    for batch in batches:
        for session, payload in batch:
            journal.append(session, Kind.ACTION, payload)
        journal.commit()
        written += batch
    for segment in journal.folder.glob("*.journal"):
        os.truncate(segment, int(segment.stat().st_size * fraction))
    again = reopened(journal)
    found = {session: payloads(again, session) for session in (A, B)}
    total = sum(map(len, found.values()))
    for session in (A, B):
        assert found[session] == [payload for key, payload in written[:total] if key == session]
    os.close(again._claim)


def test_a_record_lost_in_the_middle_is_noticed(tmp_path: Path) -> None:
    journal = Journal(tmp_path, segment_bytes=1)
    for n in range(3):
        journal.append(A, Kind.ACTION, b"%d" % n)
        journal.commit()
    sorted(tmp_path.glob("*.journal"))[1].unlink()
    with pytest.raises(JournalDamagedError, match=r"00000002\.journal"):
        journal.records(A)


def test_two_servers_cannot_share_a_folder(journal: Journal) -> None:
    with pytest.raises(JournalUnavailableError, match="in use by another server"):
        Journal(journal.folder)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(JournalUnavailableError, match="file"):
        Journal(tmp_path / "file")


LATER = float("inf")


def segments(journal: Journal) -> list[str]:
    return sorted(path.name for path in journal.folder.glob("*.journal"))


def write(journal: Journal, session: bytes, kind: Kind) -> None:
    journal.append(session, kind, b"")
    assert journal.commit()


def test_segments_go_when_all_their_sessions_are_recorded(tmp_path: Path) -> None:
    journal = Journal(tmp_path, segment_bytes=1)
    for session, kind in ((A, Kind.CREATED), (B, Kind.CREATED), (A, Kind.RECORDED), (C, Kind.CREATED)):
        write(journal, session, kind)
    assert journal.remove_ended(LATER) == 2
    assert segments(journal) == ["00000002.journal", "00000004.journal"]
    write(journal, B, Kind.RECORDED)
    journal.remove_ended(LATER)
    assert [record.kind for record in journal.records(C)] == [Kind.CREATED]
    assert B not in journal.sessions() or journal.sessions()[B] is Kind.RECORDED


def test_a_session_that_has_just_been_recorded_can_still_be_read(tmp_path: Path) -> None:
    journal = Journal(tmp_path, segment_bytes=1)
    for session, kind in ((A, Kind.CREATED), (A, Kind.RECORDED), (B, Kind.CREATED)):
        write(journal, session, kind)
    assert journal.remove_ended(older_than=time.time() - 3600) == 0
    assert [record.kind for record in journal.records(A)] == [Kind.CREATED, Kind.RECORDED]


def test_of_a_session_that_ended_and_was_removed_nothing_is_left_to_read(tmp_path: Path) -> None:
    journal = Journal(tmp_path, segment_bytes=1)
    journal.append(A, Kind.CREATED, b"")
    write(journal, B, Kind.CREATED)
    write(journal, B, Kind.RECORDED)
    journal.append(A, Kind.RECORDED, b"")
    write(journal, C, Kind.CREATED)
    os.utime(tmp_path / "00000001.journal", (0, 0))
    journal.remove_ended(older_than=time.time() - 3600)
    assert "00000001.journal" not in segments(journal)
    assert journal.records(A) == []
    assert reopened(journal, 1).records(A) == []


def test_an_ending_outlives_the_segment_it_stood_in(tmp_path: Path) -> None:
    """Otherwise the next start would take the session's older records for an unfinished session."""
    journal = Journal(tmp_path, segment_bytes=1)
    journal.append(A, Kind.CREATED, b"")
    write(journal, B, Kind.CREATED)
    write(journal, A, Kind.RECORDED)
    write(journal, B, Kind.ACTION)
    journal.remove_ended(LATER)
    assert "00000002.journal" not in segments(journal)
    again = reopened(journal, 1)
    assert again.sessions() == {A: Kind.RECORDED, B: Kind.ACTION}
    assert len(again.records(B)) == 2


def test_sessions_nobody_came_back_for_expire(tmp_path: Path) -> None:
    journal = Journal(tmp_path, segment_bytes=1)
    write(journal, A, Kind.CREATED)
    write(journal, B, Kind.CREATED)
    assert journal.expire(older_than=time.time() - 3600) == []
    os.utime(tmp_path / "00000001.journal", (0, 0))
    assert journal.expire(older_than=time.time() - 3600) == [A]
    journal.commit()
    assert journal.sessions()[A] is Kind.EXPIRED
    journal.remove_ended(LATER)
    assert "00000001.journal" not in segments(journal)
