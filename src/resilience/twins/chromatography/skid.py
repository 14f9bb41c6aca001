"""The chromatography twin: a column of protein A on its skid, run by a person.

Inputs are what a person sets, outputs what the instruments show. What a detector sees is behind by the tubing before
it; at the end of the tubing stands the outlet valve, to the pool or to waste. A line that was not primed brings its air
into the bed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import ClassVar, Final

from resilience.twins.chromatography import detectors, hydraulics, numbers, packing
from resilience.twins.chromatography.column import BEGINNING, Air, Column, Mesh, NoSolution, Tubing
from resilience.twins.chromatography.packing import Packing
from resilience.twins.chromatography.state import FEED, LINES, Liquid, SkidState, cut_off, liquids, lose_sites
from resilience.twins.chromatography.variables import variables
from resilience.twins.errors import BadInput
from resilience.twins.shape import CLOCK, Argument, Command, ProcessTwin, Stopped

TRAINING: Final = Mesh(100, 14, graded=True)
"""The mesh of a session. Its errors stand in docs/twins/chromatography.md."""
TICK: Final = 1.0
"""s: instruments, pressure and cut are looked at so often."""
TANKS: Final = 4
UV_TANK, ELECTRODE_TANK = 0, 2
"""Behind which part of the tubing the detectors sit."""
ALKALINE: Final = 12.0
"""pH above which the resin loses capacity."""
LEAST_AIR: Final = 1e-3
_SECONDS_PER_MINUTE: Final = 60.0
_MG: Final = 1e6
"""mg in a kg."""
_PHASES: Final = {"feed": "load", "equilibrate": "equilibrate", "wash": "wash", "elute": "elute", "clean": "clean",
                  "store": "store"}  # fmt: skip


class Chromatography(ProcessTwin[SkidState]):
    """A 5 mL column of protein A and its skid; deterministic by `seed` (noise of the instruments).

    changes: parameters of `protein_a.yaml` and `skid.yaml` that have other values here. mesh: cells and shells.
    """

    kind: ClassVar[str] = "chromatography"

    def __init__(self, seed: int = 0, changes: Mapping[str, float] | None = None, mesh: Mesh = TRAINING) -> None:
        changed = numbers.checked(changes or {})
        self.numbers, self.skid, self.mesh = numbers.column(changed), numbers.skid(changed), mesh
        made = liquids(self.skid)
        start = made["equilibrate"]
        self._column = self._packed(1.0, 0.0)
        column = self._column.empty(start.inlet(self.numbers.weight)[1:])
        probes = detectors.installed(self.skid, start.ph, start.conductivity, seed)
        state = SkidState(column, probes, made, start, start)
        super().__init__(state, variables(self.skid), numbers.known())

    # Time -------------------------------------------------------------------------------------------------------------
    def _advance(self, seconds: float) -> None:
        done = 0.0
        while done < seconds - CLOCK:
            to_tick = TICK - math.fmod(self.seconds + done, TICK)
            span = min(seconds - done, to_tick if to_tick > CLOCK else TICK)
            self._part(span, done)
            done += span

    def _part(self, span: float, after: float) -> None:
        """Advance by at most a tick, and to the end of a ramp: then the rest of it."""
        state, column = self._state, self._packing()
        flow = self._throttled(column, after)
        volume = flow * span / _SECONDS_PER_MINUTE
        if 0.0 < state.ramp < volume:
            share = state.ramp / volume
            self._pump(column, flow, share * span, after)
            self._pump(column, flow, (1.0 - share) * span, after + share * span)
        else:
            self._pump(column, flow, span, after)
        self._look(column, span, after + span)
        self._age(span, volume)

    def _pump(self, column: Column, flow: float, span: float, after: float) -> None:
        """Move liquid through the column and to where the outlet valve stands."""
        state, inside, weight = self._state, self._state.column, self.numbers.weight
        volume = flow * span / _SECONDS_PER_MINUTE
        end = state.target if volume >= state.ramp else state.now.towards(state.target, volume / state.ramp)
        first, last = state.now.inlet(weight), end.inlet(weight)
        through = flow * (1.0 - state.leak)
        before = inside.sums[2].copy()
        try:
            column.advance(inside, span, through / (_SECONDS_PER_MINUTE * _MG), first, (last - first) / span)
        except NoSolution as error:
            raise self._failed(str(error), after) from error
        left = inside.sums[2] - before
        mg = float(left[0]) * weight * _MG
        if state.collecting:
            state.pooled += mg
            state.pool += volume * (1.0 - state.leak)
            state.pool_feed += float(left[3]) * _MG
        else:
            state.wasted[state.phase] = state.wasted.get(state.phase, 0.0) + mg
        # mL times g/L is mg.
        state.leaked += volume * state.leak * 0.5 * (state.now.protein + end.protein)
        state.pumped += volume
        state.now, state.ramp = end, max(state.ramp - volume, 0.0)

    def _look(self, column: Column, span: float, after: float) -> None:
        """What the instruments make of it, and the cut by what they show."""
        state, tanks = self._state, self._state.column.tanks
        absorbed = detectors.absorbance(self.skid, tanks[UV_TANK, 0] * self.numbers.weight, float(tanks[UV_TANK, 3]))
        for name, truth in (
            ("uv", detectors.reading(self.skid, absorbed, state.lamp) - state.zero),
            ("ph", float(tanks[ELECTRODE_TANK, 1])),
            ("conductivity", float(tanks[ELECTRODE_TANK, 2])),
            ("pressure", self._pressure(column, state.flowing)),
        ):
            state.probes[name].do_step(span, truth)
        if state.cut is None or state.phase != "elute":
            return
        start, stop = state.cut
        shown = state.probes["uv"].reading
        if state.collecting and shown < stop:
            state.collecting, state.cut = False, None
            self._tell("pool closed", after, volume=state.pool)
        elif not state.collecting and shown >= start:
            state.collecting = True
            self._tell("pool opened", after, uv=shown)

    def _age(self, span: float, volume: float) -> None:
        """Air that buffer takes up, and alkali in the bed."""
        state = self._state
        if state.air > 0.0 and volume > 0.0:
            left = state.air * math.exp(-volume / (self.skid.air_release * self.numbers.volume))
            self._cut_off(left if left >= LEAST_AIR else 0.0)
        if float(state.column.x[0].mean()) > ALKALINE:
            state.alkaline += span

    def _throttled(self, column: Column, after: float) -> float:
        """The flow that the pressure allows, mL/min."""
        state = self._state
        at_set = self._pressure(column, state.flow)
        slowed = at_set > self.skid.pressure_most
        if slowed and not state.throttled:
            self._tell("pressure limit", after, pressure=at_set)
        state.throttled = slowed
        state.flowing = state.flow * self.skid.pressure_most / at_set if slowed else state.flow
        return state.flowing

    def _pressure(self, column: Column, flow: float) -> float:
        """bar before the column at a flow in mL/min."""
        state = self._state
        thicker = hydraulics.thickening(self.skid, state.column.c[0] * self.numbers.weight)
        wanted = hydraulics.resistance(self.skid, column.bed, column.beads, thicker, state.air, state.clogged)
        return wanted * flow / (_SECONDS_PER_MINUTE * _MG)

    def _failed(self, cause: str, after: float) -> Stopped:
        state = self._state
        shown = {"flow": state.flowing, "protein": state.now.protein, "ph": state.now.ph, "air": state.air}
        return self._stop(cause, shown, after)

    # The column as it is ----------------------------------------------------------------------------------------------
    def _packed(self, capacity: float, air: float) -> Column:
        bed = self.numbers
        return Column(
            bed.bed, bed.beads, bed.binding(capacity), self.mesh, 3, Air(air, self.skid.air_exchange),
            Tubing(TANKS, 1e-6 * self.skid.tubing),
        )  # fmt: skip

    def _packing(self) -> Column:
        """The column for the resin and the air there are now; made anew where they have changed."""
        state = self._state
        if (self._column.air.share, self._column.binding) != (state.air, self.numbers.binding(state.capacity)):
            self._column = self._packed(state.capacity, state.air)
        return self._column

    def _cut_off(self, share: float) -> None:
        state, bed = self._state, self.numbers
        cut_off(state.column, bed.bed_porosity, (1.0 - bed.bed_porosity) * bed.bead_porosity, state.air, share)
        state.air = share

    # Inputs and outputs -----------------------------------------------------------------------------------------------
    def _set(self, name: str, value: float) -> None:
        self._state.flow = value

    def _get(self, name: str) -> float:
        state = self._state
        if name in state.probes:
            return state.probes[name].reading
        shown = {"flow": state.flow, "flow_actual": state.flowing, "volume": state.pumped, "pool_volume": state.pool}
        return shown[name]

    def _truth(self, name: str) -> float:
        return self.accounts()[name]

    def accounts(self) -> dict[str, float]:
        """Everything that is so, by the names of the local variables."""
        state, inside, bed = self._state, self._state.column, self.numbers
        column = self._packing()
        to_mg = bed.weight * _MG
        held = float(column.content(inside)[0]) * to_mg
        in_tubing = float(inside.tanks[:, 0].sum()) * 1e-6 * self.skid.tubing / TANKS * to_mg
        came = float(inside.sums[0, 0]) * to_mg
        wasted = sum(state.wasted.values())
        loaded = came + state.leaked
        return {
            "outlet": float(inside.c[0, -1]) * bed.weight,
            "outlet_ph": float(inside.x[0, -1]),
            "loaded": loaded,
            "held": held,
            "wasted": wasted,
            "leaked": state.leaked,
            "pooled": state.pooled,
            "discrepancy": came - held - in_tubing - wasted - state.pooled,
            "yield": 100.0 * state.pooled / loaded if loaded > 0.0 else 0.0,
            "pool_concentration": state.pooled / state.pool if state.pool > 0.0 else 0.0,
            "pool_feed": 100.0 * state.pool_feed / state.pool if state.pool > 0.0 else 0.0,
            "capacity": bed.capacity * state.capacity,
            "air": 100.0 * state.air,
            "bed_pressure": self._pressure(column, state.flowing),
        }

    @property
    def wasted(self) -> dict[str, float]:
        """mg of antibody that went to waste, by the phase in which it left the tubing."""
        return dict(self._state.wasted)

    def packing(self) -> Packing:
        """The test of the packing as the bed is now, at the flow that is set (or at 1 mL/min where none is)."""
        flow = self._state.flow or 1.0
        return packing.tested(self._packed(self._state.capacity, self._state.air), flow / (_SECONDS_PER_MINUTE * _MG))

    # What is done -----------------------------------------------------------------------------------------------------
    def actions(self) -> Mapping[str, Command]:
        """Prime, change over between the lines, collect, and look after the instruments."""
        line = Argument("line", choices=LINES, what="the inlet")
        gradient = Argument("gradient", "column volumes", 0.0, 100.0, default=0.0, what="0: a step")
        uv = partial(Argument, unit="mAU", low=0.0, high=4000.0)
        return {
            "pump": Command(
                "Set the flow", partial(self._set, "flow"),
                (Argument("value", "mL/min", 0.0, self.skid.flow_most),),
            ),
            "prime": Command("Fill a line with its liquid, past the column", self._prime, (line,)),
            "equilibrate": Command("Pump the equilibration buffer", partial(self._over, "equilibrate")),
            "load": Command("Pump the feed", partial(self._over, FEED)),
            "wash": Command("Pump the wash", partial(self._over, "wash")),
            "elute": Command("Pump the elution buffer", partial(self._over, "elute"), (gradient,)),
            "clean": Command("Pump the cleaning solution", partial(self._over, "clean")),
            "store": Command("Pump the storage solution", partial(self._over, "store")),
            "collect": Command("Turn the outlet valve to the pool", partial(self._valve, True)),
            "waste": Command("Turn the outlet valve to waste", partial(self._valve, False)),
            "cut": Command(
                "Collect from one UV reading to another, once, in the elution", self._cut,
                (uv("start", what="opens the pool when reached"), uv("stop", what="closes it when fallen below")),
            ),
            "zero_uv": Command("Take what the UV detector sees for nothing", self._zero_uv),
            "calibrate_ph": Command(
                "Set the pH electrode by a buffer", self._calibrate_ph, (Argument("ph", "pH", 0.0, 14.0),)
            ),
        }  # fmt: skip

    def faults(self) -> Mapping[str, Command]:
        """What can go wrong."""
        line = Argument("line", choices=LINES, what="whose liquid")
        share = Argument("share", "1", 0.0, 0.9, what="of the flow")
        return {
            "air": Command("Air comes in", self._air, (Argument("volume", "mL", 0.0, 50.0),)),
            "wrong_buffer": Command(
                "A liquid was made up at another pH", self._wrong, (line, Argument("ph", "pH", 0.0, 14.0)),
            ),
            "wrong_salt": Command(
                "A liquid was made up with other salt", self._salt,
                (line, Argument("conductivity", "mS/cm", 0.0, 300.0)),
            ),
            "overload": Command(
                "The feed is stronger than the record says", self._titre, (Argument("titre", "g/L", 0.0, 100.0),)
            ),
            "aged_resin": Command(
                "The resin holds less", self._resin, (Argument("capacity", "1", 0.05, 1.0, what="share of new"),)
            ),
            "clogged_frit": Command(
                "The frits clog", self._frit, (Argument("times", "1", 1.0, 1e4, what="resistance over that of new"),)
            ),
            "lamp": Command(
                "The UV lamp fades or fails", self._lamp, (Argument("light", "1", 0.0, 1.0, default=0.0),)
            ),
            "leak": Command(
                "The fitting before the column leaks", self._leak, (share,)
            ),
            "stuck_probe": Command(
                "An instrument goes on showing what it shows", self._stick,
                (Argument("probe", choices=("uv", "conductivity", "ph", "pressure")),),
            ),
            "drift": Command(
                "The pH electrode drifts", self._drift, (Argument("per_day", "pH/d", -5.0, 5.0),)
            ),
        }  # fmt: skip

    def _prime(self, line: str) -> None:
        self._state.primed.add(line)
        self._tell("primed", line=line)

    def _over(self, line: str, gradient: float = 0.0) -> None:
        state = self._state
        if line not in state.primed:
            self._air(self.skid.line)
            state.primed.add(line)
        if state.alkaline > 0.0:
            self._resin(state.capacity * math.exp(-self.numbers.alkali_loss * state.alkaline / 3600.0))
            state.alkaline = 0.0
        state.target = state.liquids[line]
        state.ramp = gradient * self.numbers.volume
        if state.ramp == 0.0:
            state.now = state.target
        state.phase = _PHASES[line]
        state.column.pace[0] = BEGINNING
        self._tell("phase", phase=state.phase)

    def _valve(self, collecting: bool) -> None:
        self._state.collecting = collecting
        self._tell("pool opened" if collecting else "pool closed", volume=self._state.pool)

    def _cut(self, start: float, stop: float) -> None:
        if stop > start:
            raise BadInput(
                f"the pool would close at {stop:g} mAU, above where it opens", f"{self.kind}.cut.stop",
                f"Give {start:g} mAU at most.",
            )  # fmt: skip
        self._state.cut = (start, stop)

    def _zero_uv(self) -> None:
        state = self._state
        state.zero += state.probes["uv"].reading

    def _calibrate_ph(self, ph: float) -> None:
        self._state.probes["ph"].calibrate(ph)

    def _air(self, volume: float) -> None:
        between = self.numbers.bed_porosity * self.numbers.volume
        kept = self.skid.air_kept * volume / between
        self._cut_off(max(min(self._state.air + kept, self.skid.air_most), self._state.air))
        self._tell("air in the bed", volume=volume)

    def _wrong(self, line: str, ph: float) -> None:
        self._remake(line, replace(self._state.liquids[line], ph=ph))

    def _salt(self, line: str, conductivity: float) -> None:
        self._remake(line, replace(self._state.liquids[line], conductivity=conductivity))

    def _titre(self, titre: float) -> None:
        self._remake(FEED, replace(self._state.liquids[FEED], protein=titre))

    def _remake(self, line: str, liquid: Liquid) -> None:
        """A liquid is another one from now on, also where it is being pumped."""
        state = self._state
        if state.target == state.liquids[line] and state.phase == _PHASES[line]:
            state.target = liquid
            state.column.pace[0] = BEGINNING
            if state.ramp == 0.0:
                state.now = liquid
        state.liquids[line] = liquid

    def _resin(self, capacity: float) -> None:
        state = self._state
        if capacity < state.capacity:
            porosity = self.numbers.bead_porosity
            lose_sites(state.column, (1.0 - porosity) / porosity, capacity / state.capacity)
            state.column.pace[0] = BEGINNING
        state.capacity = capacity

    def _frit(self, times: float) -> None:
        self._state.clogged = times

    def _lamp(self, light: float) -> None:
        self._state.lamp = light

    def _leak(self, share: float) -> None:
        self._state.leak = share

    def _stick(self, probe: str) -> None:
        self._state.probes[probe].stick()

    def _drift(self, per_day: float) -> None:
        self._state.probes["ph"].set_drift(per_day)
