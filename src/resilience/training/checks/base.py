"""What every kind of check is made of: its parameters, the events it watches, what it observes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict

from resilience.training.checks.process_time import ProcessTime
from resilience.training.errors import BadInput
from resilience.training.patterns import Event, compile_pattern, kinds_of

Per = Literal["item", "hand"]


@dataclass(frozen=True)
class RecordedField:
    """A field of the batch record, as far as a check needs to know it."""

    id: str
    fact: str | None = None
    given: bool = False
    required: bool = True


@dataclass(frozen=True)
class CheckContext:
    """What checks may know of the scene besides its events.

    `kinds`: item id to kind. `equipment`: ids of what stands in the room for good. `fields`: the batch record, in
    order. `signatures`: the steps that must be signed. `time`: process time between two ticks, kept by the assessor.
    """

    kinds: Mapping[str, str] = field(default_factory=dict)
    equipment: frozenset[str] = frozenset()
    fields: Mapping[str, RecordedField] = field(default_factory=dict)
    signatures: tuple[str, ...] = ()
    time: ProcessTime = field(default_factory=ProcessTime)

    def kind_of(self, item: str) -> str:
        """The kind of an item; the id itself where the scene has no such item (a hand, a surface)."""
        return self.kinds.get(item, item)


@dataclass(frozen=True)
class Ending:
    """How a session ended: its last tick and the facts that records are compared with."""

    tick: int
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Observation:
    """One breach of a rule, before breaches about one item are drawn together into a finding."""

    tick: int
    item: str | None = None
    seconds: float = 0.0
    measured: Mapping[str, Any] = field(default_factory=dict)
    events: tuple[Event, ...] = ()


class Params(BaseModel):
    """The parameters of a kind: no unknown keys, no silent conversion."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class CheckKind(ABC):
    """One rule, alive for one session.

    `watches` names the kinds of event that `observe` is called with; all others cost nothing.
    """

    Params: ClassVar[type[BaseModel]]
    watches: frozenset[str]

    def __init__(self, params: Any, context: CheckContext) -> None:
        self.context = context

    @abstractmethod
    def observe(self, event: Event) -> Iterator[Observation]:
        """Yield what this event breaks."""

    def finish(self, ending: Ending) -> Iterator[Observation]:
        """Yield what only the end of the session can show."""
        yield from ()


class EventPattern:
    """One pattern or any of several, with the event kinds it can match."""

    def __init__(self, pattern: PatternOrList) -> None:
        patterns = pattern if isinstance(pattern, list) else [pattern]
        self.kinds = frozenset(kind for one in patterns for kind in kinds_of(one))
        self._tests: tuple[Callable[[Event], bool], ...] = tuple(compile_pattern(one) for one in patterns)

    def matches(self, event: Event) -> bool:
        return any(test(event) for test in self._tests)


def _compiles(pattern: dict[str, Any] | list[dict[str, Any]]) -> dict[str, Any] | list[dict[str, Any]]:
    try:
        EventPattern(pattern)
    except BadInput as error:
        # The framework that reads parameters reports ValueErrors at their place.
        raise ValueError(f"{error.what} {error.fix}".strip()) from error
    if not pattern:
        raise ValueError("an empty list of patterns matches nothing")
    return pattern


PatternOrList = Annotated[dict[str, Any] | list[dict[str, Any]], AfterValidator(_compiles)]


def subject(event: Event) -> str | None:
    """What an event is about: its item, else its target, receiver, record field or hand."""
    for name in ("item", "target", "to", "field"):
        value = event.get(name)
        if isinstance(value, str):
            return value
    return hand_of(event)


def hand_of(event: Event) -> str | None:
    """The hand of an event ("left" or "right"), also where it is the target ("hand:left")."""
    hand = event.get("hand")
    if isinstance(hand, str):
        return hand
    for name in ("target", "item"):
        value = event.get(name)
        if isinstance(value, str) and value.startswith("hand:"):
            return value.removeprefix("hand:")
    return None


def key_of(event: Event, per: Per | None) -> str | None:
    """The key under which a rule keeps count: one for all, one per item, or one per hand."""
    if per is None:
        return None
    return hand_of(event) if per == "hand" else subject(event)


def tick_of(event: Event) -> int:
    return int(event["tick"])


def number(value: Any) -> float | None:
    """The number in a recorded or measured value, or None where it is not one."""
    if isinstance(value, bool) or value is None:
        return None
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def listed(value: str, names: list[str] | None, context: CheckContext) -> bool:
    """Whether an item is meant by a list of ids and kinds; no list means every item."""
    return names is None or value in names or context.kind_of(value) in names
