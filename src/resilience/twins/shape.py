"""The one shape of a process twin, in the words of FMI co-simulation (causality, unit, set, do_step, get).

Inputs are set, `do_step` advances time, outputs are read; what a person does and what breaks comes by `act` and
`fault`, now or at a time to come, in the midst of a run. `get` reads what the instruments show, `truth` what is so:
nobody in the plant reads that. `snapshot`, `restore` and `fork` keep and branch a run; the same seed and the same
doings give the same run, to the bit. A twin never gives NaN: it stops, and says with which state and why.
"""

from __future__ import annotations

import copy
import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, Final, Generic, Protocol, Self, TypeVar

from resilience.twins import checks
from resilience.twins.errors import BadInput
from resilience.twins.inputs import Inputs
from resilience.twins.parameters import Parameter

State = TypeVar("State")
CLOCK: Final = 1e-9
"""s. Times nearer to each other than this are the same."""


class Causality(StrEnum):
    """What a variable is for those outside: FMI's words."""

    INPUT = "input"
    """Set from outside; read back by `get`."""
    OUTPUT = "output"
    """Shown by an instrument or known to the plant; read by `get`."""
    LOCAL = "local"
    """True, and read by nobody in the plant; read by `truth`."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A number of a twin with its unit and its range (of the equipment for an input, of the scale for an output)."""

    name: str
    unit: str
    causality: Causality
    what: str
    low: float = -math.inf
    high: float = math.inf

    def checked(self, value: Any, unit: str | None = None) -> float:
        """A value for it, or BadInput: no finite number, beyond the range, or in another unit."""
        return _checked(value, unit, self.unit, self.low, self.high, self.name)


@dataclass(frozen=True, slots=True)
class Argument:
    """What a command takes: a number with unit and range, or one word of `choices`; needed where it has no default."""

    name: str
    unit: str = ""
    low: float = -math.inf
    high: float = math.inf
    choices: tuple[str, ...] = ()
    default: float | str | None = None
    what: str = ""

    def checked(self, value: Any, where: str) -> float | str:
        """A value for it, or BadInput. A number may come as `"12 L/h"`: its unit is then compared."""
        if self.choices:
            return Inputs({self.name: value}, where).text(self.name, choices=self.choices)
        unit = None
        if isinstance(value, str):
            value, unit = measured(value, f"{where}.{self.name}")
        return _checked(value, unit, self.unit, self.low, self.high, f"{where}.{self.name}")


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done to a twin, or that can break in it."""

    what: str
    do: Callable[..., None]
    takes: tuple[Argument, ...] = ()

    def checked(self, given: Mapping[str, Any], where: str) -> dict[str, float | str]:
        """The arguments it takes, defaults filled in. Raises BadInput naming the one that is wrong."""
        unknown = sorted(given.keys() - {argument.name for argument in self.takes})
        if unknown:
            known = ", ".join(argument.name for argument in self.takes) or "nothing"
            raise BadInput(f"unknown key `{unknown[0]}`", where, f"It takes {known}.")
        found: dict[str, float | str] = {}
        for argument in self.takes:
            value = given.get(argument.name, argument.default)
            if value is None:
                raise BadInput(f"`{argument.name}` is missing", where, f"Give `{argument.name}` ({argument.unit}).")
            found[argument.name] = argument.checked(value, where)
        return found


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened in a twin: when (s of process time), of which kind, and what more there is to say."""

    seconds: float
    kind: str
    about: Mapping[str, float | str] = field(default_factory=dict)


class Stopped(RuntimeError):  # noqa: N818  the run stopped; nothing in the program is in error
    """A twin cannot go on: its state left what the model describes. Says when, why, and with which state."""

    def __init__(self, seconds: float, cause: str, state: Mapping[str, float]) -> None:
        self.seconds, self.cause, self.state = seconds, cause, dict(state)
        shown = ", ".join(f"{name} {value:.6g}" for name, value in state.items())
        super().__init__(f"stopped at {seconds:.3f} s: {cause} (state: {shown})")


class Twin(Protocol):
    """What whoever runs a twin may rely on, be it one of ours or an FMU in its place."""

    @property
    def seconds(self) -> float: ...
    def set(self, name: str, value: float, unit: str | None = None) -> None: ...
    def get(self, name: str) -> float: ...
    def do_step(self, seconds: float) -> None: ...
    def act(self, action: str, at: float | None = None, **how: Any) -> None: ...
    def fault(self, name: str, at: float | None = None, **how: Any) -> None: ...
    def snapshot(self) -> object: ...
    def restore(self, snapshot: object) -> None: ...
    def fork(self) -> Self: ...


@dataclass
class _Planned:
    """A command that waits for its time."""

    at: float
    fault: bool
    name: str
    how: dict[str, float | str]


@dataclass
class _Run(Generic[State]):
    """Everything of a twin that changes."""

    state: State
    seconds: float = 0.0
    agenda: list[_Planned] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)
    stopped: Stopped | None = None


class ProcessTwin(ABC, Generic[State]):
    """The common part of all process twins. A subclass gives its state, its variables, its commands and `_advance`.

    `parameters` are the numbers it goes by, with their sources. State must be deep-copyable; what does not change in a
    run does not belong into it.
    """

    kind: ClassVar[str]

    def __init__(self, state: State, variables: Iterable[Variable], parameters: Iterable[Parameter] = ()) -> None:
        known = tuple(variables)
        self.variables = {each.name: each for each in known if each.causality is not Causality.LOCAL}
        """What may be set and read by `get`."""
        self.truths = {each.name: each for each in known if each.causality is Causality.LOCAL}
        """What may be read by `truth`: pH as it is has the name of pH as it is shown."""
        self.parameters = tuple(parameters)
        self._run = _Run(state)

    # What a subclass says ---------------------------------------------------------------------------------------------
    @abstractmethod
    def _advance(self, seconds: float) -> None:
        """Move the state by `seconds` > 0 while inputs stay as they are; `self.seconds` is still the time before."""

    @abstractmethod
    def _set(self, name: str, value: float) -> None:
        """Take over an input that is known and within its range."""

    @abstractmethod
    def _get(self, name: str) -> float:
        """An input as it stands, or an output as it is shown."""

    @abstractmethod
    def _truth(self, name: str) -> float:
        """A local variable as it is."""

    @abstractmethod
    def actions(self) -> Mapping[str, Command]:
        """What can be done, by name, with the ranges that hold for this equipment."""

    @abstractmethod
    def faults(self) -> Mapping[str, Command]:
        """What can break, by name."""

    # Inputs and outputs -----------------------------------------------------------------------------------------------
    def set(self, name: str, value: float, unit: str | None = None) -> None:
        """Set an input from now on. Raises BadInput: unknown, no input, beyond its range, in another unit."""
        self._set(name, self._variable(name, (Causality.INPUT,), "Set").checked(value, unit))

    def get(self, name: str) -> float:
        """An input, or an output as an instrument shows it, in the unit of its variable."""
        self._variable(name, (Causality.INPUT, Causality.OUTPUT), "Get")
        return self._get(name)

    def truth(self, name: str) -> float:
        """What is so, in the unit of its variable."""
        self._variable(name, (Causality.LOCAL,), "Ask for the truth of")
        return self._truth(name)

    # Doings -----------------------------------------------------------------------------------------------------------
    def act(self, action: str, at: float | None = None, **how: Any) -> None:
        """Do something now, or at a time to come (s). Raises BadInput: unknown, a wrong argument, a time passed."""
        self._command(False, action, at, how)

    def fault(self, name: str, at: float | None = None, **how: Any) -> None:
        """Let something break now, or at a time to come (s). Raises BadInput as `act` does."""
        self._command(True, name, at, how)

    # Time -------------------------------------------------------------------------------------------------------------
    @property
    def seconds(self) -> float:
        """Process time since the start, s."""
        return self._run.seconds

    @property
    def happenings(self) -> tuple[Happening, ...]:
        """What has happened so far, in order of time."""
        return tuple(self._run.happenings)

    def do_step(self, seconds: float) -> None:
        """Advance by `seconds`; what was planned happens at its time, however long the step.

        Raises Stopped where the state leaves what the model describes, then and ever after; BadInput for a planned
        command that cannot be carried out when its time has come (time stands at it, the command is dropped).
        """
        run = self._run
        if run.stopped is not None:
            raise run.stopped
        checks.from_zero(seconds, self.kind, "seconds")
        if not run.agenda:
            self._move(run.seconds + seconds)
            return
        end = run.seconds + seconds
        while run.agenda and run.agenda[0].at <= end + CLOCK:
            planned = run.agenda.pop(0)
            self._move(max(planned.at, run.seconds))
            self._commands(planned.fault)[planned.name].do(**planned.how)
        self._move(max(end, run.seconds))

    # Branches ---------------------------------------------------------------------------------------------------------
    def snapshot(self) -> object:
        """The whole run as it is now, to be given back to `restore`."""
        return copy.deepcopy(self._run)

    def restore(self, snapshot: object) -> None:
        """Go on from a snapshot of a twin of this kind."""
        if not isinstance(snapshot, _Run) or type(snapshot.state) is not type(self._run.state):
            raise BadInput(f"this is no snapshot of a {self.kind}", "snapshot", "Give what `snapshot` returned.")
        self._run = copy.deepcopy(snapshot)

    def fork(self) -> Self:
        """A second future: goes on from here without touching this one."""
        other = copy.copy(self)
        other._run = copy.deepcopy(self._run)
        return other

    # What this run rests on -------------------------------------------------------------------------------------------
    @property
    def sources(self) -> tuple[str, ...]:
        """Where the numbers come from: every source once, in the order of the parameter files."""
        return tuple(dict.fromkeys(parameter.source for parameter in self.parameters))

    # For subclasses ---------------------------------------------------------------------------------------------------
    @property
    def _state(self) -> State:
        return self._run.state

    def _tell(self, kind: str, after: float = 0.0, **about: float | str) -> None:
        """Note what happened, `after` seconds from the time that the twin stands at."""
        self._run.happenings.append(Happening(self._run.seconds + after, kind, about))

    def _stop(self, cause: str, state: Mapping[str, float], after: float = 0.0) -> Stopped:
        """The stop to raise: from now on every step raises it."""
        self._run.stopped = Stopped(self._run.seconds + after, cause, state)
        return self._run.stopped

    # Inside -----------------------------------------------------------------------------------------------------------
    def _move(self, until: float) -> None:
        seconds = until - self._run.seconds
        if seconds > CLOCK:
            self._advance(seconds)
            self._run.seconds = until

    def _variable(self, name: str, causalities: tuple[Causality, ...], verb: str) -> Variable:
        there = self.truths if Causality.LOCAL in causalities else self.variables
        variable = there.get(name)
        if variable is None or variable.causality not in causalities:
            other = variable or self.truths.get(name) or self.variables.get(name)
            wrong = "there is no such variable" if other is None else f"it is of causality {other.causality}"
            known = ", ".join(each.name for each in there.values() if each.causality in causalities)
            raise BadInput(wrong, f"{self.kind}.{name}", f"{verb} one of {known}.")
        return variable

    def _commands(self, fault: bool) -> Mapping[str, Command]:
        return self.faults() if fault else self.actions()

    def _command(self, fault: bool, name: str, at: float | None, how: dict[str, Any]) -> None:
        if self._run.stopped is not None:
            raise self._run.stopped
        word, commands = ("fault" if fault else "action"), self._commands(fault)
        if name not in commands:
            raise BadInput(f"unknown {word} `{name}`", self.kind, f"Use one of {', '.join(sorted(commands))}.")
        command, where = commands[name], f"{self.kind}.{name}"
        given = command.checked(how, where)
        if at is None:
            command.do(**given)
            return
        if not (math.isfinite(at) and at >= self.seconds - CLOCK):
            now = f"{self.seconds:g} s"
            raise BadInput(f"{at:g} s has passed: it is {now}", f"{where}.at", f"Give a time from {now} on.")
        agenda = self._run.agenda
        place = sum(planned.at <= at for planned in agenda)
        agenda.insert(place, _Planned(float(at), fault, name, given))


def measured(text: str, where: str) -> tuple[float, str]:
    """A number and its unit from `"12 L/h"`. Raises BadInput where either is missing."""
    number, _, unit = text.strip().partition(" ")
    try:
        value = float(number)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or not unit.strip():
        raise BadInput(f"`{text}` is no number with its unit", where, 'Write it as "12 L/h".')
    return value, unit.strip()


def quantity(given: Inputs, key: str, unit: str, low: float = -math.inf, high: float = math.inf) -> float:
    """A number with its unit from a case file, written as `"12 L/h"`; the unit must be the one asked for.

    Raises BadInput: the unit is missing or another, the number beyond its range.
    """
    value, said = measured(given.text(key), given.at(key))
    return _checked(value, said, unit, low, high, given.at(key))


def _checked(value: Any, unit: str | None, wanted: str, low: float, high: float, where: str) -> float:
    if unit is not None and unit != wanted:
        raise BadInput(f"the unit is `{unit}`", where, f"Give it in {wanted}.")
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise BadInput(f"`{value}` is no finite number", where, f"Give a number in {wanted}.")
    if not low <= value <= high:
        raise BadInput(f"the value is {value:g} {wanted}".rstrip(), where, f"Give {_limits(low, high)} {wanted}.")
    return float(value)


def _limits(low: float, high: float) -> str:
    if high == math.inf:
        return f"at least {low:g}"
    return f"at most {high:g}" if low == -math.inf else f"{low:g} to {high:g}"
