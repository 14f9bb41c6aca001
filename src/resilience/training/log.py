"""The session log: JSON Lines, gzip allowed, read and written as a stream.

First a header, then one action a line in order, then optionally one line `{"outcome_hash": ...}`. The log's own hash is
taken over the canonical header and actions: spacing, key order and compression do not change it.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Literal, cast

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from resilience.training.canonical import canonical, canonical_action
from resilience.training.errors import BadInput
from resilience.training.module_shapes import Mode

FORMAT = "resilience-session/1"
# A pose is about 250 bytes; the longest honest line is a report's or correction's text.
MOST_LINE_BYTES = 64 * 1024
# Twelve hours of 20 frames a second, and as much again: what is longer is no session.
MOST_LINES = 2 * 12 * 3600 * 20
_GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True)
class Header:
    """What a session is besides its actions. `content_hash` may lack in a log written by hand."""

    module: str
    version: str
    seed: int
    mode: Mode
    language: str = "en"
    content_hash: str | None = None

    def completed(self, content_hash: str) -> Header:
        """The header with its content hash filled in where a log written by hand left it out."""
        return self if self.content_hash is not None else replace(self, content_hash=content_hash)

    def as_dict(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "module": self.module,
            "version": self.version,
            "content_hash": self.content_hash,
            "seed": self.seed,
            "mode": self.mode,
            "language": self.language,
        }


class LogHash:
    """The running hash of a log; give it the header first and every logged action in order."""

    def __init__(self, header: Header) -> None:
        self._hash = hashlib.sha256(canonical(header.as_dict()) + b"\n")

    def add(self, action: dict[str, Any]) -> None:
        self._hash.update(canonical_action(action) + b"\n")

    def hexdigest(self) -> str:
        return self._hash.hexdigest()


class _HeaderLine(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    format: Literal["resilience-session/1"]
    module: str = Field(min_length=1, max_length=200)
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    seed: int = Field(ge=0, lt=2**63)
    mode: Mode
    language: str = Field(default="en", pattern=r"^[a-z]{2}$")
    content_hash: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")


class LogReader:
    """Reads a log line by line: `header` at once, then iterate for (line number, action).

    `outcome_hash` holds the last line's hash once the iteration has come to its end; None where there is no such line.
    All that is wrong with a log is a BadInput that names the file and the line.
    """

    def __init__(self, source: Path | BinaryIO | bytes, name: str | None = None) -> None:
        self.name = name or (str(source) if isinstance(source, Path) else "log")
        self.outcome_hash: str | None = None
        self._stream = self._open(source)
        self._line = 0
        first = self._read()
        if first is None:
            self.close()
            raise self._bad("the log is empty", "A log begins with its header.")
        self.header = self._header(first)

    def __enter__(self) -> LogReader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._stream.close()
        # Closing the decompression leaves the file below it open.
        self._file.close()

    def __iter__(self) -> Iterator[tuple[int, dict[str, Any]]]:
        while (line := self._read()) is not None:
            if "verb" not in line and "outcome_hash" in line:
                self._last(line)
                return
            yield self._line, line

    def where(self, line: int) -> str:
        return f"{self.name}:{line}"

    def _open(self, source: Path | BinaryIO | bytes) -> BinaryIO:
        if isinstance(source, Path):
            try:
                raw: BinaryIO = source.open("rb")
            except OSError as error:
                what = f"the log cannot be read ({error.strerror})"
                raise BadInput(what, self.name, "Name a log that exists and may be read.") from error
        else:
            raw = io.BytesIO(source) if isinstance(source, bytes) else source
        self._file = raw if isinstance(raw, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, raw))
        if self._file.peek(2)[:2] == _GZIP_MAGIC:
            return cast(BinaryIO, gzip.GzipFile(fileobj=self._file))
        return cast(BinaryIO, self._file)

    def _read(self) -> dict[str, Any] | None:
        line = b"\n"
        while line and not line.strip():
            self._line += 1
            if self._line > MOST_LINES:
                raise self._bad(f"the log has more than {MOST_LINES} lines", "Give the log of one session.")
            try:
                line = self._stream.readline(MOST_LINE_BYTES + 1)
            except (EOFError, zlib.error, OSError) as error:
                raise self._bad(f"the compressed log is cut off or damaged ({error})", "Copy the log again.") from error
        if not line:
            return None
        if len(line) > MOST_LINE_BYTES:
            raise self._bad(f"the line is longer than {MOST_LINE_BYTES} bytes", "An action is one short line.")
        try:
            value = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise self._bad(f"the line is not JSON ({error})", "Each line holds one JSON object.") from error
        if not isinstance(value, dict):
            raise self._bad("the line is not a JSON object", "Each line holds one JSON object.")
        return value

    def _header(self, line: dict[str, Any]) -> Header:
        if line.get("format") != FORMAT:
            got = f"`{line['format']}`" if "format" in line else "none"
            raise self._bad(f"the log's format is {got}, not `{FORMAT}`", "Its first line must be a header.")
        try:
            read = _HeaderLine.model_validate(line)
        except ValidationError as error:
            first = error.errors()[0]
            key = ".".join(str(part) for part in first["loc"])
            raise self._bad(f"`{key}` in the header: {first['msg']}", "Correct the first line.") from error
        return Header(read.module, read.version, read.seed, read.mode, read.language, read.content_hash)

    def _last(self, line: dict[str, Any]) -> None:
        value = line["outcome_hash"]
        if len(line) != 1 or not isinstance(value, str):
            raise self._bad("the last line holds more than the outcome's hash", "It holds `outcome_hash` alone.")
        self.outcome_hash = value
        if self._read() is not None:
            raise self._bad("the log goes on after its last line", "Nothing follows the outcome's hash.")

    def _bad(self, what: str, fix: str) -> BadInput:
        return BadInput(what, self.where(self._line), fix)


def log_lines(header: Header, actions: Iterable[dict[str, Any]], outcome_hash: str | None = None) -> Iterator[bytes]:
    """The lines of a log, each with its line end."""
    yield canonical(header.as_dict()) + b"\n"
    for action in actions:
        yield canonical_action(action) + b"\n"
    if outcome_hash is not None:
        yield canonical({"outcome_hash": outcome_hash}) + b"\n"


def write_log(path: Path, header: Header, actions: Iterable[dict[str, Any]], outcome_hash: str | None = None) -> None:
    """Write a log; compressed where the name ends with `.gz`, with no time of writing inside. Raises BadInput."""
    lines = log_lines(header, actions, outcome_hash)
    try:
        with path.open("wb") as raw:
            if path.suffix == ".gz":
                with gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0) as packed:
                    packed.writelines(lines)
            else:
                raw.writelines(lines)
    except OSError as error:
        what = f"the log cannot be written ({error.strerror})"
        raise BadInput(what, str(path), "Name a file in a folder that exists and may be written.") from error
