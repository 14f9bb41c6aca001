"""Scans that reach the server together are written together.

A commit waits for the disk, and a store that takes one writer at a time (SQLite) would make a hundred phones wait for a
hundred of them, in no order. Here whoever comes first writes for all who have come by then, in one transaction; the
others find their answer ready.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from threading import Lock

from django.db import transaction

from resilience.people.scopes import within
from resilience.programme.doors import CheckedIn, Noted, note
from resilience.programme.models import Meeting


@dataclass(eq=False)
class Sending:
    """What one device has sent to one meeting's door, and in the end its answers or what went wrong."""

    meeting: Meeting
    scans: Sequence[Noted]
    answers: list[CheckedIn] = field(default_factory=list)
    error: Exception | None = None
    done: bool = False


class Gate:
    """One for the process. Knows no order but that of coming."""

    def __init__(self) -> None:
        self._coming = Lock()
        self._writing = Lock()
        self._come: list[Sending] = []

    def take(self, sending: Sending) -> list[CheckedIn]:
        """The answers to a sending, once they are on disk. Raises what writing raised."""
        with self._coming:
            self._come.append(sending)
        with self._writing:
            if not sending.done:
                self._write_all()
        if sending.error is not None:
            raise sending.error
        return sending.answers

    def _write_all(self) -> None:
        with self._coming:
            together, self._come = self._come, []
        by_meeting: dict[int, list[Sending]] = {}
        for one in together:
            by_meeting.setdefault(one.meeting.pk, []).append(one)
        try:
            with transaction.atomic():
                for sendings in by_meeting.values():
                    _write(sendings)
        except Exception as error:
            for one in together:
                one.error = error
        for one in together:
            one.done = True


def _write(sendings: list[Sending]) -> None:
    meeting = sendings[0].meeting
    # Whose turn it is to write is chance: scans are read in the scope of their own organisation.
    with within(meeting.activity.organisation):
        answers = iter(note(meeting, [scan for one in sendings for scan in one.scans]))
    for one in sendings:
        one.answers = list(islice(answers, len(one.scans)))


gate = Gate()
