"""The ultrafiltration that a trainee runs: concentrate, diafilter, concentrate, flush, collect.

from resilience.twins import Ultrafiltration

skid = Ultrafiltration(seed=1)
skid.act("concentrate", to=50.0)
skid.do_step(2 * 3600.0)
skid.act("start_diafiltration", diavolumes=8.0)
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

import numpy as np

from resilience.twins.draws import Floats
from resilience.twins.errors import BadInput
from resilience.twins.measure import Measurement
from resilience.twins.shape import CLOCK, Argument, Command, ProcessTwin
from resilience.twins.ultrafiltration import kernel as k
from resilience.twins.ultrafiltration import plant, variables
from resilience.twins.ultrafiltration.kernel import Membrane, Running

_CHUNK: Final = 10.0
"""s. Instruments are read, and limits looked at, at least this often."""
_AIR: Final = 0.5
"""Share of the membrane that is lost where the pump draws air."""
IDLE, CONCENTRATING, DIAFILTERING, FLUSHING = "recirculating", "concentrating", "diafiltering", "flushing"
_FAULTS: Final = ("membrane_breach", "fouling", "pump_trip", "air", "buffer_runout")


@dataclass
class SkidState:
    """Everything of a skid that changes."""

    y: Floats
    instruments: dict[str, Measurement]
    pressure: float = 1.4
    crossflow: float = 5.0
    phase: str = IDLE
    target: float = 0.0
    """L at which concentrating ends."""
    added_until: float = math.inf
    """L of buffer at which diafiltering or flushing ends."""
    began_with: tuple[float, float] = (1.0, 0.0)
    """L of retentate, and of buffer added, when diafiltration began."""
    flushed: float = 0.0
    """L of buffer that have gone through the piping since the retentate last did."""
    faults: dict[str, float] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    collected: dict[str, float] | None = None


class Ultrafiltration(ProcessTwin[SkidState]):
    """A skid with its retentate, recirculating with the permeate valve shut."""

    kind: ClassVar[str] = "ultrafiltration"

    def __init__(self, seed: int = 0, parameters: Mapping[str, float] | None = None) -> None:
        """parameters: others than the central values, by name, within their range.

        Raises BadInput for an unknown parameter or one beyond its range.
        """
        self.numbers = plant.values(parameters)
        self.membrane: Membrane = plant.built(self.numbers)
        y = plant.start(self.numbers)
        state = SkidState(y, {})
        super().__init__(state, variables.VARIABLES, (*plant.read(), *plant.instruments()))
        shown = variables.shown(self.membrane, self.running(), y, self.numbers)
        state.instruments = variables.instruments(shown, seed)

    # Inputs and outputs -----------------------------------------------------------------------------------------------
    def _set(self, name: str, value: float) -> None:
        if name == "crossflow":
            self._state.crossflow = value
        else:
            self._state.pressure = value

    def _get(self, name: str) -> float:
        state = self._state
        if name == "transmembrane_pressure":
            return state.pressure
        return state.crossflow if name == "crossflow" else state.instruments[name].reading

    def _truth(self, name: str) -> float:
        state = self._state
        if name == "diavolumes":
            volume, before = state.began_with
            return float(state.y[k.ADDED] - before) / volume if state.phase == DIAFILTERING else 0.0
        return variables.truth(self.membrane, self.running(), state.y, name)

    def quality(self) -> dict[str, Any]:
        """What there is to collect now, in truth.

        `recovered`: share of the protein of the start, less what stays in the piping, what has aggregated and what
        went into the permeate; `salt_left`: share of the old buffer; `aggregated`; `passes`: within product.yaml.
        """
        y, v = self._state.y, self.numbers
        protein = float(y[k.PROTEIN] + y[k.AGGREGATE])
        # Buffer pushed through the piping displaces what lies in it.
        stays = min(v["hold_up"] / float(y[k.VOLUME]), 1.0) * math.exp(-self._state.flushed / v["hold_up"])
        recovered = float(y[k.PROTEIN]) * (1.0 - stays) / (v["volume"] * v["concentration"])
        salt, aggregated = self._truth("salt_left"), float(y[k.AGGREGATE]) / protein
        good = salt <= v["salt_limit"] and aggregated <= v["aggregate_limit"] and recovered >= v["yield_limit"]
        return {
            "concentration": protein / float(y[k.VOLUME]),
            "recovered": recovered,
            "in_permeate": float(y[k.PERMEATE_PROTEIN]) / (v["volume"] * v["concentration"]),
            "salt_left": salt,
            "aggregated": aggregated,
            "passes": bool(good),
        }

    # Doings -----------------------------------------------------------------------------------------------------------
    def actions(self) -> Mapping[str, Command]:
        low, high = variables.PRESSURE
        return {
            "transmembrane_pressure": Command(
                "Set the pressure across the membrane.",
                lambda to: self._set("transmembrane_pressure", to),
                (Argument("to", "bar", low, high, what="the set-point"),),
            ),
            "crossflow": Command(
                "Set the pump.",
                lambda to: self._set("crossflow", to),
                (Argument("to", "L/(min m2)", *variables.CROSSFLOW, what="the set-point"),),
            ),
            "concentrate": Command(
                "Open the permeate valve until the retentate, by its weight, has come to a concentration.",
                self._concentrate,
                (Argument("to", "g/L", 0.1, 1000.0, what="where it ends"),),
            ),
            "start_diafiltration": Command(
                "Replace what permeates by buffer, so many times the volume.",
                self._diafilter,
                (Argument("diavolumes", "1", 0.1, 50.0, default=8.0, what="volumes of buffer"),),
            ),
            "flush": Command(
                "Push buffer through the piping into the retentate.",
                self._flush,
                (Argument("litres", "L", 0.1, 100.0, what="of buffer"),),
            ),
            "recirculate": Command("Shut the permeate valve.", self._idle),
            "change_buffer": Command(
                "Connect another tank of buffer.",
                self._change_buffer,
                (Argument("litres", "L", 0.0, 5000.0, what="in it"),),
            ),
            "collect": Command("Collect the retentate.", self._collect),
            "mend": Command("Mend what has broken.", self._mend, (Argument("fault", choices=_FAULTS),)),
        }

    def faults(self) -> Mapping[str, Command]:
        def one(name: str, what: str, *takes: Argument) -> Command:
            return Command(what, lambda **how: self._break(name, *how.values()), takes)

        return {
            "membrane_breach": one(
                "membrane_breach",
                "A membrane lets protein pass.",
                Argument("rejection", "1", 0.0, 0.999, default=0.9, what="share of the protein still held back"),
            ),
            "fouling": one(
                "fouling",
                "The membrane is fouled.",
                Argument("share", "1", 0.05, 1.0, default=0.6, what="of its mass transfer and permeability left"),
            ),
            "pump_trip": one("pump_trip", "The pump stops."),
            "air": one(
                "air",
                "Air gets into the feed.",
                Argument("share", "1", 0.01, 0.9, default=0.3, what="of the membrane that it takes"),
            ),
            "buffer_runout": one(
                "buffer_runout",
                "The buffer's tank holds less than was made.",
                Argument("litres", "L", 0.0, 5000.0, default=50.0, what="left in it"),
            ),
        }

    def _concentrate(self, to: float) -> None:
        state = self._state
        there = self.numbers["volume"] * self.numbers["concentration"] / to
        fix = f"Give {self.numbers['concentration']:g} to {self.numbers['gel']:g} g/L."
        if to >= self.numbers["gel"]:
            raise BadInput(f"at {to:g} g/L the protein is a gel", "ultrafiltration.concentrate.to", fix)
        if there > float(state.y[k.VOLUME]):
            wrong = f"the retentate is at {state.y[k.VOLUME]:.1f} L, {to:g} g/L are {there:.1f} L"
            raise BadInput(wrong, "ultrafiltration.concentrate.to", "Give more than it has now.")
        self._begin(CONCENTRATING)
        state.target = there

    def _diafilter(self, diavolumes: float) -> None:
        state = self._state
        if float(state.y[k.BUFFER]) <= 0.0:
            where = "ultrafiltration.start_diafiltration"
            raise BadInput("no buffer is connected, or its tank is empty", where, "Connect buffer first.")
        self._begin(DIAFILTERING)
        volume, added = float(state.y[k.VOLUME]), float(state.y[k.ADDED])
        state.began_with, state.added_until = (volume, added), added + diavolumes * volume

    def _flush(self, litres: float) -> None:
        state = self._state
        if float(state.y[k.BUFFER]) < litres:
            wrong = f"{state.y[k.BUFFER]:.1f} L of buffer are left"
            raise BadInput(wrong, "ultrafiltration.flush.litres", "Connect buffer first, or flush with less.")
        self._begin(FLUSHING)
        state.flushed, state.added_until = litres, float(state.y[k.ADDED]) + litres

    def _idle(self) -> None:
        self._begin(IDLE)

    def _begin(self, phase: str) -> None:
        state = self._state
        if state.collected is not None:
            raise BadInput("the retentate has been collected", "ultrafiltration", "Begin another run.")
        state.phase, state.target, state.added_until = phase, 0.0, math.inf
        if phase != FLUSHING:
            state.flushed = 0.0
        self._tell(phase)

    def _change_buffer(self, litres: float) -> None:
        self._state.y[k.BUFFER] = litres
        self._state.told.discard("buffer has run out")

    def _collect(self) -> None:
        flushed = self._state.flushed
        self._begin(IDLE)
        self._state.flushed = flushed
        found = self.quality()
        self._state.collected = {name: float(value) for name, value in found.items()}
        self._tell("collected", **self._state.collected)

    def _break(self, name: str, value: float = 1.0) -> None:
        self._tell("fault", name=name)
        if name == "buffer_runout":
            self._state.y[k.BUFFER] = min(value, float(self._state.y[k.BUFFER]))
        else:
            self._state.faults[name] = value

    def _mend(self, fault: str) -> None:
        self._state.faults.pop(fault, None)
        self._state.told.discard("pump tripped")
        self._tell("mended", name=fault)

    # Time -------------------------------------------------------------------------------------------------------------
    def running(self) -> Running:
        """What the skid does now, faults included."""
        state = self._state
        faults = state.faults
        turns = 0.0 if "pump_trip" in faults else 1.0
        permeates = turns * (state.phase in (CONCENTRATING, DIAFILTERING))
        feeds = state.phase == DIAFILTERING and float(state.y[k.BUFFER]) > 0.0
        flushes = state.phase == FLUSHING and float(state.y[k.BUFFER]) > 0.0
        low = float(state.y[k.VOLUME]) <= self.numbers["least_volume"]
        return Running(
            pressure=turns * state.pressure,
            crossflow=turns * state.crossflow,
            permeating=float(permeates),
            feeding=float(feeds),
            flushing=turns * self.numbers["flush_flow"] if flushes else 0.0,
            rejection=min(self.numbers["rejection"], faults.get("membrane_breach", 1.0)),
            transfer=faults.get("fouling", 1.0),
            air=max(faults.get("air", 0.0), _AIR if low else 0.0),
        )

    def _advance(self, seconds: float) -> None:
        run = self._run
        began, end = run.seconds, run.seconds + seconds
        try:
            while end - run.seconds > CLOCK:
                self._piece(min(_CHUNK, end - run.seconds))
        finally:
            if run.stopped is None:
                run.seconds = began  # the caller moves the clock

    def _piece(self, seconds: float) -> None:
        run, state, v = self._run, self._state, self.numbers
        left = seconds
        while left > CLOCK:
            # Phases end, and air comes, at a volume; below that the pump runs dry at the piping's.
            volume = float(state.y[k.VOLUME]) - 2.0 * k.MET
            if volume <= state.target:
                self._reached(state.target, seconds - left)
            stops = [stop for stop in (state.target, v["least_volume"], v["hold_up"]) if stop < volume]
            if not stops:
                raise self._stop("the retentate has run dry", self._shown(), seconds - left)
            low = max(stops)
            how, gone = k.advance(self.membrane, self.running(), state.y, left, low, state.added_until)
            left -= gone
            if how == k.VOLUME_REACHED:
                self._reached(low, seconds - left)
            elif how == k.ADDED_REACHED:
                self._ended(seconds - left)
            elif how == k.BUFFER_EMPTY:
                state.y[k.BUFFER] = 0.0
                self._once("buffer has run out", seconds - left)
        if not np.all(np.isfinite(state.y)):
            raise self._stop("the numbers have left what the equations describe", self._shown(), seconds)
        run.seconds += seconds
        shown = variables.shown(self.membrane, self.running(), state.y, v)
        for name, truth in shown.items():
            state.instruments[name].do_step(seconds, truth)
        if shown["feed_pressure"] > v["feed_limit"] and "pump_trip" not in state.faults:
            state.faults["pump_trip"] = 1.0
            self._once("pump tripped", feed_pressure=shown["feed_pressure"])

    def _reached(self, low: float, after: float) -> None:
        """A volume has been come down to: the end of concentrating, air at the pump, or the end."""
        state, v = self._state, self.numbers
        if low == state.target:
            state.target = 0.0
            self._ended(after)
        elif low == v["least_volume"]:
            self._once("pump draws air", after)
        else:
            raise self._stop("the retentate has run dry", self._shown(), after)

    def _ended(self, after: float) -> None:
        state = self._state
        self._tell("phase over", after, phase=state.phase)
        state.phase, state.added_until = IDLE, math.inf

    def _once(self, kind: str, after: float = 0.0, **about: float) -> None:
        if kind not in self._state.told:
            self._state.told.add(kind)
            self._tell(kind, after, **about)

    def _shown(self) -> dict[str, float]:
        return {name: self._truth(name) for name in variables.TRUTHS}
