from __future__ import annotations

from pathlib import Path

from resilience.classroom.journal import Journal
from resilience.classroom.segments import Kind
from resilience.classroom.writer import JournalWriter

SESSION = bytes(16)


def test_the_writer_commits_what_is_appended_and_all_of_it_when_stopped(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    writer = JournalWriter(journal, housekeep=lambda: None)
    writer.start()
    journal.wait_synced(journal.append(SESSION, Kind.CREATED, b"1"), seconds=30)
    journal.append(SESSION, Kind.ACTION, b"2")
    writer.stop()
    assert [record.payload for record in Journal(tmp_path).records(SESSION)] == [b"1", b"2"]
