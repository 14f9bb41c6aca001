"""The freeze-dryer that a trainee runs: shelf, chamber, condenser and pump around a batch of vials.

    from resilience.twins import Lyophiliser

    dryer = Lyophiliser(seed=1)
    dryer.act("shelf", to=-40.0, rate=1.0)
    dryer.do_step(3 * 3600.0)
    dryer.act("cool_condenser")
    dryer.act("evacuate", at=4 * 3600.0)

Truth is two vials, one at the edge and one in the centre, each standing for its share of the batch.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

import numpy as np

from resilience.twins.draws import Floats
from resilience.twins.errors import BadInput
from resilience.twins.lyophiliser import instruments, kernel, plant, rise_test, variables
from resilience.twins.lyophiliser import plant_kernel as k
from resilience.twins.lyophiliser.plant import MILLITORR
from resilience.twins.lyophiliser.plant_kernel import Plant, Setting
from resilience.twins.measure import Measurement
from resilience.twins.shape import CLOCK, Argument, Command, ProcessTwin

GROUPS: Final = {"centre": k.CENTRE, "edge": k.EDGE}
_CHUNK: Final = 60.0
"""s. Instruments are read, and what has happened is told, at least this often."""
_TEST_CHUNK: Final = 0.5
_RTOL: Final = 1e-7
_INTERLOCK: Final = -40.0
"""C. The valve to a warmer condenser stays shut: vapour would go into the pump."""
_GONE: Final = 0.999
_LAST_ICE: Final = 0.05
"""Share of the ice below which its surface no longer stands for the vial."""
_LEAST_RATE, _MOST_RATE = 0.01, 5.0
SHELF: Final = (-60.0, 60.0)
PRESSURE: Final = (10.0, 2000.0)
_FIRST: Final = 1.0
_HOUR: Final = 3600.0


@dataclass
class Switches:
    """What the operator has switched on; faults and a power cut act on top of it."""

    valve: float = 0.0
    controlled: float = 0.0
    pumping: float = 0.0
    refrigerating: float = 0.0
    circulating: float = 1.0
    venting: float = 0.0
    backfill: float = 0.0
    stoppered: float = 0.0


@dataclass
class DryerState:
    """Everything of a dryer that changes."""

    y: Floats
    instruments: dict[str, Measurement]
    on: Switches = field(default_factory=Switches)
    liquid: dict[str, bool] = field(default_factory=lambda: dict.fromkeys(GROUPS, True))
    faults: dict[str, float] = field(default_factory=dict)
    loose: set[str] = field(default_factory=set)
    shelf_rate: float = 0.0
    shelf_until: float = 0.0
    pressure_rate: float = 0.0
    pressure_until: float = 0.0
    step: float = _FIRST
    estimated: float = 0.0
    """cm that the dryer's own sum says is dried."""
    guess: float = 0.0
    test_began: float = 0.0
    test_until: float | None = None
    readings: list[tuple[float, float]] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    warmest: dict[str, float] = field(default_factory=lambda: dict.fromkeys(GROUPS, -math.inf))
    """C of the sublimating surface while there was ice to sublimate."""


class Lyophiliser(ProcessTwin[DryerState]):
    """A freeze-dryer with its batch, loaded and at atmospheric pressure. Pressures in mTorr, temperatures in C."""

    kind: ClassVar[str] = "lyophiliser"

    def __init__(self, seed: int = 0, start: float = 20.0, parameters: Mapping[str, float] | None = None) -> None:
        """start: C, of product and shelf. parameters: others than the central values, by name, within their range.

        Raises BadInput for an unknown parameter, one beyond its range, or a start beyond -2 to 40 C.
        """
        if not 0.0 <= start <= 40.0:
            raise BadInput(f"the product starts at {start:g} C", "start", "Give 0 to 40 C: it is loaded as a liquid.")
        self.numbers = plant.values(parameters)
        self.plant: Plant = plant.built(self.numbers)
        self.sensed = plant.centre_vial(self.numbers)
        y = plant.start(self.plant, start)
        shown = instruments.truths(self.plant, y, set(), self.numbers["shelf_flow"])
        state = DryerState(y, instruments.made(shown, seed), guess=start)
        super().__init__(state, variables.VARIABLES, (*plant.read(), *instruments.read()))

    # Inputs and outputs -----------------------------------------------------------------------------------------------
    def _set(self, name: str, value: float) -> None:
        state = self._state
        if name == "shelf_setpoint":
            state.y[k.SHELF_SET], state.shelf_rate = value, 0.0
        else:
            state.y[k.PRESSURE_SET], state.pressure_rate = value * MILLITORR, 0.0

    def _get(self, name: str) -> float:
        state = self._state
        if name == "shelf_setpoint":
            return float(state.y[k.SHELF_SET])
        if name == "pressure_setpoint":
            return float(state.y[k.PRESSURE_SET]) / MILLITORR
        if name == "pirani_ratio":
            return state.instruments["pirani"].reading / max(state.instruments["capacitance"].reading, 0.1)
        if name == "dried_estimate":
            return 100.0 * state.estimated / self.sensed.length
        return state.instruments[name].reading

    def _truth(self, name: str) -> float:
        return variables.truth(self.plant, self.setting(), self._state.y, name)

    def quality(self) -> dict[str, Any]:
        """What the batch is now, in truth: by group, and the share of the vials that would pass.

        `collapsed` and `melted`: shares of the cake; `moisture`: g water for each g of solids, ice included;
        `warmest_surface`: C while there was ice, None before; `passes`: within the limits of product.yaml.
        """
        p, y, found = self.plant, self._state.y, {}
        passing = 0.0
        for name, group in GROUPS.items():
            at = k.GROUPS + group * k.WIDTH
            moisture = y[at + k.BOUND] + p.ice * max(1.0 - y[at + k.DRIED], 0.0) / p.solids
            # Ice that melts in what is not yet dry has undone the cake as well.
            damaged = 1.0 - (1.0 - y[at + k.COLLAPSED]) * (1.0 - y[at + k.MELTED])
            passes = damaged <= self.numbers["cake_limit"] and moisture <= self.numbers["moisture_limit"]
            passing += (p.edge_share if group == k.EDGE else 1.0 - p.edge_share) * passes
            warmest = self._state.warmest[name]
            found[name] = {
                "collapsed": float(y[at + k.COLLAPSED]),
                "melted": float(y[at + k.MELTED]),
                "moisture": float(moisture),
                "warmest_surface": warmest if math.isfinite(warmest) else None,
                "passes": bool(passes),
            }
        return {**found, "share_passing": float(passing)}

    # Doings -----------------------------------------------------------------------------------------------------------
    def actions(self) -> Mapping[str, Command]:
        to = Argument("to", "C", *SHELF, what="where the ramp ends")
        rate = Argument("rate", "C/min", _LEAST_RATE, _MOST_RATE, default=0.5, what="how fast")
        mtorr = Argument("to", "mTorr", *PRESSURE, what="where the ramp ends")
        mtorr_rate = Argument("rate", "mTorr/min", 1.0, 1e4, default=500.0, what="how fast")
        return {
            "shelf": Command("Ramp the shelf set-point.", self._shelf, (to, rate)),
            "pressure": Command("Ramp the pressure set-point.", self._pressure, (mtorr, mtorr_rate)),
            "cool_condenser": Command("Start the refrigeration.", self._cool),
            "evacuate": Command("Open the valve to the condenser, start pump and pressure control.", self._evacuate),
            "secondary": Command("Start secondary drying: ramp the shelf.", self._secondary, (to, rate)),
            "pressure_rise_test": Command(
                "Shut the valve to the condenser for a while and see how the pressure rises.",
                self._rise_test,
                (Argument("seconds", "s", 5.0, 120.0, default=30.0, what="how long"),),
            ),
            "vent": Command(
                "Stop the pump, shut the valve, let in nitrogen.",
                self._vent,
                (Argument("to", "mTorr", 100.0, 760_000.0, default=760_000.0, what="up to which pressure"),),
            ),
            "stopper": Command("Press the stoppers in.", self._stopper),
            "mend": Command("Mend what has broken.", self._mend, (Argument("fault", choices=_FAULTS),)),
        }

    def faults(self) -> Mapping[str, Command]:
        def broken(name: str) -> Any:
            return lambda **how: self._break(name, **how)

        rate = Argument("rate", "mbar L/s", 0.001, 1e4, default=1.0, what="air that leaks in")
        opening = Argument("conductance", "L/s", 1e-6, 10.0, default=1e-3, what="of the gap")
        share = Argument("share", "1", 0.0, 0.95, default=0.05, what="of the refrigeration that is left")
        minutes = Argument("minutes", "min", 0.0, 1e4, default=0.0, what="until it is over; 0: until it is mended")
        return {
            "vacuum_leak": Command("A fitting leaks.", broken("vacuum_leak"), (rate,)),
            "door_seal": Command("The seal of the door does not close.", broken("door_seal"), (opening,)),
            "condenser_overload": Command("The refrigeration fails in part.", broken("condenser_overload"), (share,)),
            "shelf_fluid_loss": Command("The shelf fluid no longer circulates.", broken("shelf_fluid_loss")),
            "detached_thermocouple": Command(
                "A thermocouple has come out of its vial.",
                self._loosen,
                (Argument("where", choices=tuple(GROUPS), default="centre"),),
            ),
            "power_cut": Command("No power; the valve to the condenser shuts.", self._power_cut, (minutes,)),
        }

    def _shelf(self, to: float, rate: float) -> None:
        state = self._state
        span = to - state.y[k.SHELF_SET]
        state.shelf_rate = math.copysign(rate / 60.0, span)
        state.shelf_until = self.seconds + abs(span) / (rate / 60.0)

    def _pressure(self, to: float, rate: float) -> None:
        state = self._state
        # Before there is vacuum there is nothing to ramp from.
        if state.y[k.PRESSURE_SET] > PRESSURE[1] * MILLITORR:
            state.y[k.PRESSURE_SET] = to * MILLITORR
        span = to * MILLITORR - state.y[k.PRESSURE_SET]
        state.pressure_rate = math.copysign(rate * MILLITORR / 60.0, span)
        state.pressure_until = self.seconds + abs(span) / (rate * MILLITORR / 60.0)

    def _cool(self) -> None:
        self._state.on.refrigerating = 1.0

    def _evacuate(self) -> None:
        state = self._state
        shown = state.instruments["condenser"].reading
        if shown > _INTERLOCK:
            fix = f"Cool it below {_INTERLOCK:g} C first."
            raise BadInput(f"the condenser is at {shown:.0f} C: the valve stays shut", "lyophiliser.evacuate", fix)
        if state.y[k.PRESSURE_SET] > PRESSURE[1] * MILLITORR:
            raise BadInput("there is no pressure to hold", "lyophiliser.evacuate", "Give a pressure set-point first.")
        on = state.on
        on.valve = on.pumping = on.controlled = 1.0
        on.venting = 0.0
        self._tell("evacuated")

    def _secondary(self, to: float, rate: float) -> None:
        left = {f"{name}_ice": max(0.0, 1.0 - float(self._group(name)[k.DRIED])) for name in GROUPS}
        self._tell("secondary drying", **left)
        self._shelf(to, rate)

    def _rise_test(self, seconds: float) -> None:
        state = self._state
        if state.on.valve == 0.0:
            wrong = "the valve to the condenser is shut"
            raise BadInput(wrong, "lyophiliser.pressure_rise_test", "Evacuate first.")
        if state.test_until is not None:
            raise BadInput("a test is under way", "lyophiliser.pressure_rise_test", "Wait for its end.")
        state.test_began, state.test_until, state.readings = self.seconds, self.seconds + seconds, []

    def _vent(self, to: float) -> None:
        on = self._state.on
        on.valve = on.pumping = on.controlled = 0.0
        on.venting, on.backfill = self.numbers["vent"], to * MILLITORR

    def _stopper(self) -> None:
        self._state.on.stoppered = 1.0
        self._tell("stoppered", pressure=float(self._truth("pressure")))

    def _break(self, name: str, **how: float) -> None:
        (self._state.faults[name],) = how.values() if how else (1.0,)
        self._tell("fault", name=name)

    def _power_cut(self, minutes: float) -> None:
        self._break("power_cut")
        if minutes > 0.0:
            self.act("mend", at=self.seconds + 60.0 * minutes, fault="power_cut")

    def _loosen(self, where: str) -> None:
        self._state.loose.add(where)
        self._tell("fault", name="detached_thermocouple", where=where)

    def _mend(self, fault: str) -> None:
        if fault == "detached_thermocouple":
            self._state.loose.clear()
        self._state.faults.pop(fault, None)
        self._tell("mended", name=fault)

    # Time -------------------------------------------------------------------------------------------------------------
    def setting(self) -> Setting:
        """What the plant does now, faults and power cut included."""
        state = self._state
        on, faults = state.on, state.faults
        power = 0.0 if "power_cut" in faults else 1.0
        shut = power == 0.0 or state.test_until is not None
        now = self.seconds
        return Setting(
            shelf_rate=state.shelf_rate if now < state.shelf_until - CLOCK else 0.0,
            pressure_rate=state.pressure_rate if now < state.pressure_until - CLOCK else 0.0,
            valve=0.0 if shut else on.valve,
            controlled=0.0 if shut else on.controlled,
            pumping=power * on.pumping,
            refrigerating=power * on.refrigerating * faults.get("condenser_overload", 1.0),
            circulating=0.0 if "shelf_fluid_loss" in faults else power * on.circulating,
            leak=plant.leak(faults.get("vacuum_leak", 0.0), self.plant.gas),
            seal=faults.get("door_seal", 0.0) * 1e-3 / (k.GAS * self.plant.gas),
            venting=on.venting,
            backfill=on.backfill,
            stoppered=on.stoppered,
            liquid_centre=float(state.liquid["centre"]),
            liquid_edge=float(state.liquid["edge"]),
        )

    def _advance(self, seconds: float) -> None:
        """In pieces: they end where a ramp or a test does, and where instruments are read."""
        run, state = self._run, self._state
        end = run.seconds + seconds
        began = run.seconds
        try:
            while end - run.seconds > CLOCK:
                now = run.seconds
                stops = [end, now + (_CHUNK if state.test_until is None else _TEST_CHUNK)]
                stops += [t for t in (state.shelf_until, state.pressure_until) if t > now + CLOCK]
                if state.test_until is not None:
                    stops.append(state.test_until)
                self._piece(min(stops) - now)
        finally:
            if run.stopped is None:
                run.seconds = began  # the caller moves the clock

    def _piece(self, seconds: float) -> None:
        run, state, p = self._run, self._state, self.plant
        left = seconds
        while left > CLOCK:
            how, gone, state.step = k.advance(
                p, self.setting(), state.y, plant.SCALE, left, state.step, _RTOL, self.numbers["nucleates"]
            )
            left -= gone
            if how == k.NUCLEATES:
                self._nucleate(seconds - left)
            elif how != k.DONE or not np.all(np.isfinite(state.y)):
                raise self._stop("no step is short enough for the equations", self._shown(), seconds - left)
        run.seconds += seconds
        self._snap()
        self._measure(seconds)
        self._look()

    def _snap(self) -> None:
        """Set-points that have come to the end of their ramp stand there."""
        state, now = self._state, self.seconds
        if state.test_until is not None and now >= state.test_until - CLOCK:
            state.test_until = None
            self._conclude()

    def _measure(self, seconds: float) -> None:
        state = self._state
        truths = instruments.truths(self.plant, state.y, state.loose, self.numbers["shelf_flow"])
        for name, truth in truths.items():
            state.instruments[name].do_step(seconds, truth)
        shown = state.instruments["capacitance"].reading
        if state.test_until is not None:
            state.readings.append((self.seconds - state.test_began, shown))
        elif state.on.valve and shown < PRESSURE[1] and state.estimated < self.sensed.length:
            shelf = 0.5 * (self._get("shelf_inlet") + self._get("shelf_outlet"))
            state.guess, _, flux = kernel.steady(self.sensed, state.estimated, shelf, shown / 1000.0, state.guess)
            dried = state.estimated + flux / self.sensed.ice_density * seconds / _HOUR
            state.estimated = float(min(dried, self.sensed.length))

    def _conclude(self) -> None:
        state = self._state
        if len(state.readings) < rise_test.FEWEST:
            return
        seconds, mtorr = np.array(state.readings).T
        rise = rise_test.told(seconds, mtorr)
        about = {} if rise.celsius is None else {"celsius": rise.celsius}
        self._tell("pressure rise test", rise_mtorr=rise.rise_mtorr, ice_mtorr=rise.ice_mtorr, tau=rise.tau, **about)

    def _nucleate(self, after: float) -> None:
        """Liquid at the nucleation temperature freezes in part, and warms to where both are in balance."""
        state, p = self._state, self.plant
        for name, group in GROUPS.items():
            at = k.GROUPS + group * k.WIDTH + k.PRODUCT
            if state.liquid[name] and state.y[at] <= self.numbers["nucleates"] + 2.0 * k.COLD:
                state.y[at] = _after_nucleation(p, float(state.y[at]))
                state.liquid[name] = False
                self._tell("nucleation", after, group=name)

    def _look(self) -> None:
        """Tell what has happened; stop where the product boils."""
        state, p = self._state, self.plant
        total = sum(k.pressures(p, state.y)[:2])
        for name in GROUPS:
            y = self._group(name)
            celsius, ice = float(y[k.PRODUCT]), 1.0 - y[k.DRIED]
            liquid = state.liquid[name] or k.melted(p, celsius) > _GONE
            if state.on.stoppered:
                continue
            if liquid and ice > 1.0 - _GONE and total < 0.9 * k.sublimation_pressure(p, celsius):
                cause = (
                    f"liquid product boils out of the vials ({name}, {celsius:.1f} C, {total / MILLITORR:.0f} mTorr)"
                )
                raise self._stop(cause, self._shown())
            if ice > _LAST_ICE and y[k.DRIED] > 0.0:
                surface = k.sublimation(p, float(y[k.DRIED]), celsius, total)[0]
                state.warmest[name] = max(state.warmest[name], surface)
            limit = self.numbers["cake_limit"]
            self._once(name, "ice gone", y[k.DRIED] >= _GONE)
            self._once(name, "collapse", y[k.COLLAPSED] > limit)
            self._once(name, "meltback", y[k.MELTED] > limit)

    def _once(self, group: str, kind: str, so: bool) -> None:
        key = f"{kind} {group}"
        if so and key not in self._state.told:
            self._state.told.add(key)
            self._tell(kind, group=group)

    def _group(self, name: str) -> Floats:
        at = k.GROUPS + GROUPS[name] * k.WIDTH
        return self._state.y[at : at + k.WIDTH]

    def _shown(self) -> dict[str, float]:
        return {name: self._truth(name) for name in variables.TRUTHS}


_FAULTS: Final = (
    "vacuum_leak",
    "door_seal",
    "condenser_overload",
    "shelf_fluid_loss",
    "detached_thermocouple",
    "power_cut",
)


def _after_nucleation(p: Plant, celsius: float) -> float:
    """C at which the heat of freezing has warmed product and glass from `celsius`: they hold as much heat as before."""
    stored = (p.mass * p.cp_liquid + p.glass) * (p.freezes - celsius)

    def given_off(t: float) -> float:
        """J that product and glass give off from the freezing point, all liquid, down to t."""
        x = max((t - p.freezes) / p.melting_range + 1.0, 0.0)
        frozen = 1.0 - x * x * (3.0 - 2.0 * x)
        warmer = (p.cp_liquid - p.cp_ice) * p.melting_range * (0.5 - x**3 + 0.5 * x**4)
        return p.mass * (p.cp_ice * (p.freezes - t) + warmer + p.fusion * frozen) + p.glass * (p.freezes - t)

    low, high = celsius, p.freezes
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if given_off(middle) > stored else (low, middle)
    return 0.5 * (low + high)
