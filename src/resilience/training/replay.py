"""Replaying a log: the same module, seed, mode and actions give the same outcome, to the bit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from resilience.training import modules
from resilience.training.errors import BadInput
from resilience.training.log import Header, LogReader
from resilience.training.modules import Module
from resilience.training.outcome import Outcome
from resilience.training.session import Session

# Called with the session before its first action, or after each, so that an observer can follow it.
Watch = Callable[[Session], None]


@dataclass(frozen=True)
class Replayed:
    """A replayed session. `recorded_hash` is the outcome's hash that the log ends with, where it does."""

    header: Header
    session: Session
    outcome: Outcome
    recorded_hash: str | None

    @property
    def agrees(self) -> bool:
        """Whether the log replays to the outcome it was written with; true where it names none."""
        return self.recorded_hash is None or self.recorded_hash == self.outcome.hash


def replay(
    source: Path | BinaryIO | bytes,
    *,
    name: str | None = None,
    accept_version: str | None = None,
    module: Module | None = None,
    begin: Watch | None = None,
    after: Watch | None = None,
) -> Replayed:
    """Replay a log to its outcome.

    `module` is found by the name in the header unless given. A log of another version of the module, or of the same
    version with other content, is refused unless `accept_version` names the log's version. A session that was left
    without `finish` is judged as it stands at its last action. Raises BadInput with file and line.
    """
    with LogReader(source, name) as reader:
        found = module or _module(reader)
        _same(reader, found, accept_version)
        header = reader.header.completed(found.content_hash)
        session = Session(found, header.seed, mode=header.mode, language=header.language, header=header)
        if begin is not None:
            begin(session)
        for line, action in reader:
            try:
                session.apply(action)
            except BadInput as error:
                place = f"{reader.where(line)} {error.where}".strip()
                raise BadInput(error.what, place, error.fix) from error
            if after is not None:
                after(session)
        return Replayed(header, session, session.outcome(), reader.outcome_hash)


def _module(reader: LogReader) -> Module:
    try:
        return modules.load(reader.header.module)
    except BadInput as error:
        raise BadInput(error.what, f"{reader.where(1)} module", error.fix) from error


def _same(reader: LogReader, module: Module, accepted: str | None) -> None:
    header = reader.header
    if header.module != module.id:
        what = f"the log is of module `{header.module}`, not `{module.id}`"
        raise BadInput(what, reader.where(1), "Replay it with its own module.")
    if header.language not in module.head.languages:
        spoken = ", ".join(module.head.languages)
        raise BadInput(f"the module does not speak `{header.language}`", reader.where(1), f"It speaks {spoken}.")
    if accepted == header.version:
        return
    fix = f"Install that version, or accept it by name: --accept-version {header.version}."
    if header.version != module.version:
        what = f"the log is of version {header.version} of `{module.id}`; here is version {module.version}"
        raise BadInput(what, reader.where(1), fix)
    if header.content_hash not in (None, module.content_hash):
        what = f"the log was made with other content of `{module.id}` {module.version} (its content hash differs)"
        raise BadInput(what, reader.where(1), fix)
