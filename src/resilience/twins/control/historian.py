"""A historian: what was shown, when, kept compactly and given back to the bit; trends thinned for a screen.

A value is kept when it differs from the last kept one; its time is kept in milliseconds. So a set-point that stands for
days is one row, and what was shown at any time is found again exactly.
"""

from __future__ import annotations

import bisect
import copy
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from resilience.twins.errors import BadInput

_PER_SECOND: Final = 1000


@dataclass
class _Track:
    """The rows of one tag: 16 bytes each."""

    times: array[int] = field(default_factory=lambda: array("q"))
    values: array[float] = field(default_factory=lambda: array("d"))


class Historian:
    """Records tags. Times are process time in s, never going back."""

    def __init__(self, tags: Iterable[str]) -> None:
        self._tracks = {tag: _Track() for tag in tags}
        self._now = -1

    def record(self, seconds: float, get: Callable[[str], float]) -> None:
        """Keep what every tag shows now. Raises BadInput for a time before the last."""
        now = round(seconds * _PER_SECOND)
        if now < self._now:
            raise BadInput(f"{seconds:g} s has passed", "historian", f"It is {self._now / _PER_SECOND:g} s.")
        self._now = now
        for tag, track in self._tracks.items():
            value = get(tag)
            if track.times and track.times[-1] == now:
                track.values[-1] = value
            elif not track.values or track.values[-1] != value:
                track.times.append(now)
                track.values.append(value)

    def at(self, tag: str, seconds: float) -> float:
        """What was shown then. Raises BadInput for a time before the first record."""
        track = self._track(tag)
        place = bisect.bisect_right(track.times, round(seconds * _PER_SECOND)) - 1
        if place < 0:
            raise BadInput(f"nothing was recorded by {seconds:g} s", tag, "Ask for a later time.")
        return track.values[place]

    def rows(self, tag: str) -> list[tuple[float, float]]:
        """Every change of a tag: time s, and the value from then on."""
        track = self._track(tag)
        return [(time / _PER_SECOND, value) for time, value in zip(track.times, track.values, strict=True)]

    def trend(self, tag: str, begin: float, end: float, columns: int) -> list[tuple[float, float, float]]:
        """For each of `columns` equal parts of a time: when it begins (s), the least and the largest value in it.

        Nothing that happened is lost by thinning: a spike of one scan stays one. Parts before the first record are
        left out.
        """
        if not (end > begin and columns > 0):
            raise BadInput(f"{begin:g} to {end:g} s in {columns}", "trend", "Give an end after the beginning.")
        track = self._track(tag)
        width = (end - begin) / columns
        found = []
        for column in range(columns):
            start = begin + column * width
            first = bisect.bisect_right(track.times, round(start * _PER_SECOND)) - 1
            last = bisect.bisect_left(track.times, round((start + width) * _PER_SECOND))
            if values := track.values[max(first, 0) : last]:
                found.append((start, min(values), max(values)))
        return found

    @property
    def size(self) -> int:
        """Bytes that the rows take."""
        return sum(16 * len(track.times) for track in self._tracks.values())

    def fork(self) -> Historian:
        """Another that begins with the same past."""
        return copy.deepcopy(self)

    def _track(self, tag: str) -> _Track:
        if tag not in self._tracks:
            raise BadInput(f"`{tag}` is not recorded", "historian", f"Use one of {', '.join(self._tracks)}.")
        return self._tracks[tag]
