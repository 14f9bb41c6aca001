"""The bioreactor as a trainee runs it: a vessel of CHO cells with its loops, instruments, laboratory and faults.

vessel = Bioreactor(scale=2000, seed=1)
vessel.act("inoculate")
vessel.act("connect", line="feed")
vessel.act("feed", at=3 * 86400, flow="1.2 L/h")
vessel.do_step(14 * 86400)
vessel.get("pH"), vessel.truth("pH"), vessel.truth("product")
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

from resilience.twins import measure
from resilience.twins.bioreactor import doings, kernel, numbers, state
from resilience.twins.bioreactor.state import PROBES, Sample, Vessel
from resilience.twins.errors import BadInput
from resilience.twins.shape import Causality, Command, ProcessTwin, Variable

_SECONDS: Final = 3600.0
_CHUNK: Final = 300.0
"""s. What happens is noticed at least so often, however long a step."""
_MG_PER_G: Final = 1000.0
_INPUTS: Final = {
    "DO.sp": "do_aim",
    "pH.sp": "ph_aim",
    "pH.band": "ph_band",
    "T.sp": "t_aim",
    "agitation": "agitation",
    "air": "air",
    "oxygen": "oxygen",
    "co2": "co2",
}
"""Inputs, and the plant's field each is."""
_BY_LOOP: Final = {"agitation": "DO", "air": "DO", "oxygen": "DO", "co2": "pH"}
"""What a loop sets while it is in automatic."""
AUTO: Final = {"DO": "do_auto", "pH": "ph_auto", "T": "t_auto"}
_OUTPUTS: Final = {"T": 0, "pH": 1, "DO": 2, "volume": 3, "pressure": 4, "T.jacket": 5}
"""Outputs of instruments, and the row of each."""
_PLANT: Final = {"feed.flow": "feed_flow", "base.flow": "base_flow", "DO.demand": "demand"}
"""Outputs that the plant knows of itself."""
NOTICED: Final = (
    ("foam_out", "foam has reached the vent filter"),
    ("vent_blocked", "the vent filter is wet; the interlock has shut the gas"),
    ("vessel_full", "the working volume is reached; the feed is locked"),
    ("culture_lost", "fewer than half of the cells live"),
    ("turbid", "bacteria have made the culture turbid"),
    ("no_oxygen", "the culture is without oxygen"),
)
"""What the kernel's flags say, bit by bit."""
TRUTH: Final = {
    "viable": ("1e6/mL", "Viable cells"),
    "viability": ("%", "Share of viable cells among all that are whole"),
    "glucose": ("mM", "Glucose"),
    "glutamine": ("mM", "Glutamine"),
    "lactate": ("mM", "Lactate"),
    "ammonia": ("mM", "Ammonia"),
    "antibody": ("mg/L", "Antibody"),
    "product": ("g", "Antibody in the vessel"),
    "quality": ("%", "Share of it that is galactosylated and whole"),
    "pH": ("pH", "pH"),
    "pCO2": ("mmHg", "Pressure of carbon dioxide in the liquid"),
    "DO": ("% air saturation", "Dissolved oxygen"),
    "osmolality": ("mOsm/kg", "Osmolality"),
    "T": ("C", "Temperature"),
    "volume": ("L", "Volume"),
    "foam": ("L", "Foam"),
    "antifoam": ("ppm", "Antifoam"),
    "vent": ("1", "Wetness of the vent filter"),
    "bacteria": ("CFU/mL", "Bacteria"),
    "kLa": ("1/h", "Gas transfer coefficient"),
    "power": ("W/m3", "Power of the stirrer for the volume"),
    "mixing_time": ("s", "Time to mix (Nienow 1997: 5.9 T^(2/3) e^(-1/3) (D/T)^(-1/3))"),
}


class Bioreactor(ProcessTwin[Vessel]):
    """A fed-batch of CHO cells in a vessel of 2, 50 or 2,000 L working volume."""

    kind = "bioreactor"

    def __init__(self, scale: int = 2000, seed: int = 0, changed: Mapping[str, float] | None = None) -> None:
        """Fresh medium, ready to be inoculated. `changed`: parameters other than the central ones."""
        known = numbers.vessel(scale)
        self.scale, self.seed = scale, seed
        # The numbers twice: a plain row for compiled code, and read by name.
        self.row = numbers.row((*kernel.KINETICS, *kernel.VESSEL), known, changed=changed)
        self.numbers = numbers.named(self.row, kernel.NUMBERS_TYPE)
        self._keys = [measure.noise_key(seed, probe.name) for probe in PROBES]
        super().__init__(state.empty(self.row), self._variables(), known)

    # Time -------------------------------------------------------------------------------------------------------------
    def _advance(self, seconds: float) -> None:
        vessel = self._state
        if vessel.harvested:
            return
        done = 0.0
        while done < seconds:
            part = min(seconds - done, _CHUNK)
            found = kernel.advance(
                vessel.culture, vessel.valves, vessel.instruments, self.row, vessel.work, part / _SECONDS
            )
            done += part
            if found < 0:
                name = state.AMOUNTS[-found - 1]
                shown = dict(zip(state.AMOUNTS, vessel.culture.tolist(), strict=True))
                raise self._stop(f"`{name}` is no finite number", shown, after=done)
            if found & ~vessel.flags:
                self._notice(found & ~vessel.flags, done)
            vessel.flags = found

    def _notice(self, new: int, after: float) -> None:
        for bit, (kind, what) in enumerate(NOTICED):
            if new >> bit & 1 and kind not in self._state.told:
                self._state.told.add(kind)
                self._tell(kind, after, what=what)

    # Inputs and outputs -----------------------------------------------------------------------------------------------
    def _set(self, name: str, value: float) -> None:
        vessel = self._state
        loop = _BY_LOOP.get(name)
        if loop is not None and vessel.plant[AUTO[loop]]:
            raise BadInput(
                f"the {loop} loop is in automatic and sets it",
                f"bioreactor.{name}",
                f'Put it in manual first: act("loop", name="{loop}", mode="manual").',
            )
        vessel.plant[_INPUTS[name]] = value
        self.refresh()

    def _get(self, name: str) -> float:
        vessel = self._state
        if name in _OUTPUTS:
            return self._shown(_OUTPUTS[name])
        if name == "foam.level":
            room = self.numbers.total - vessel.culture[0]
            # Seen through the sight glass, in tenths of the headspace.
            return float(10 * math.floor(min(10.0 * float(vessel.culture[kernel.FOAM]) / room, 10.0)))
        return float(vessel.plant[_INPUTS.get(name) or _PLANT[name]])

    def _shown(self, row: int) -> float:
        """What a display shows: the instrument's value with noise, in steps, on its scale."""
        vessel, probe = self._state, PROBES[row]
        value = float(kernel.shown(vessel.instruments, row))
        if math.isnan(vessel.instruments[row, kernel.STUCK]):
            value += probe.noise * measure.noise(self._keys[row], math.floor(self.seconds))
        if probe.resolution:
            value = probe.resolution * math.floor(value / probe.resolution + 0.5)
        return float(min(max(value, probe.low), probe.high))

    def _truth(self, name: str) -> float:
        return self.true_state()[name]

    def true_state(self) -> dict[str, float]:
        """Everything that `truth` knows, at once."""
        vessel, p = self._state, self.numbers
        y = vessel.culture
        volume = float(y[0])
        c = dict(zip(state.AMOUNTS, (y / volume).tolist(), strict=True))
        h = kernel.protons(c["ions"], c["carbon"], c["lactate"], p.K1, p.Kb, p.buffer)
        whole = c["viable"] + c["dead"]
        salt = sum(c[name] for name in ("salts", "carbon", "glucose", "glutamine", "lactate", "ammonia"))
        made = float(y[8])
        watts = 1000.0 * float(vessel.plant["stirring"]) / volume
        width = 2.0 * math.sqrt(p.area / math.pi)
        slow = 5.9 * width ** (2 / 3) * (max(watts, 1e-6) / 1000.0) ** (-1 / 3) * (p.impeller / width) ** (-1 / 3)
        found = {name: c[name] for name in ("viable", "glucose", "glutamine", "lactate", "ammonia", "antibody")}
        found |= {
            "viability": 100.0 * c["viable"] / whole if whole > 0.0 else 0.0,
            "product": made / _MG_PER_G,
            "quality": 100.0 * float(y[kernel.GOOD]) / made if made > 0.0 else 0.0,
            "pH": -math.log10(h),
            "pCO2": 750.06 * c["carbon"] * h / (p.K1 + h) / p.CO2_solubility,
            "DO": 100.0 * c["oxygen"] / float(vessel.plant["oxygen_air"]),
            "osmolality": p.osmotic * salt,
            "T": float(y[kernel.HEAT]),
            "volume": volume,
            "foam": float(y[kernel.FOAM]),
            "antifoam": 1000.0 * c["antifoam"],
            "vent": float(vessel.plant["vent"]),
            "bacteria": 1e6 * c["bugs"],
            "kLa": float(vessel.plant["k_la"]),
            "power": watts,
            "mixing_time": slow,
        }
        return {name: float(value) for name, value in found.items()}

    @property
    def results(self) -> tuple[dict[str, float], ...]:
        """What the laboratory has reported by now: for each sample when it was drawn (h) and what is ready."""
        return tuple(
            {"drawn_h": sample.drawn / _SECONDS}
            | {name: value for name, value in sample.results.items() if sample.ready[name] <= self.seconds}
            for sample in self._state.samples
        )

    @property
    def samples(self) -> tuple[Sample, ...]:
        """All samples with what was true: for the debrief."""
        return tuple(self._state.samples)

    def account(self) -> dict[str, tuple[float, float]]:
        """For each amount: what came in (at the start, by hand, by pumps, gas and cells), and what went or is there.

        The two are the same to rounding: volume L, whole and lysed cells 1e9, glucose, glutamine, oxygen, carbon mmol.
        """
        return doings.account(self)

    # Doings -----------------------------------------------------------------------------------------------------------
    def actions(self) -> Mapping[str, Command]:
        return doings.actions(self)

    def faults(self) -> Mapping[str, Command]:
        return doings.faults(self)

    def refresh(self) -> None:
        """What valves and stirrer make of gas transfer, anew: after whatever changed them."""
        kernel.refresh(self._state.culture, self._state.valves, self.row)

    @property
    def vessel(self) -> Vessel:
        """The state, for the doings."""
        return self._state

    def tell(self, kind: str, **about: float | str) -> None:
        """Note what happened now, for the doings."""
        self._tell(kind, 0.0, **about)

    def _variables(self) -> list[Variable]:
        p: Any = self.numbers
        into, out, local = Causality.INPUT, Causality.OUTPUT, Causality.LOCAL
        return [
            Variable("DO.sp", "% air saturation", into, "Set-point of dissolved oxygen", 0.0, 100.0),
            Variable("pH.sp", "pH", into, "Set-point of the pH", 6.6, 7.6),
            Variable("pH.band", "pH", into, "Dead band to either side of it", 0.01, 0.3),
            Variable("T.sp", "C", into, "Set-point of the temperature", 28.0, 40.0),
            Variable("agitation", "rpm", into, "Stirrer", 0.0, p.agitation_max),
            Variable("air", "L/min", into, "Air through the sparger", 0.0, p.air_max),
            Variable("oxygen", "L/min", into, "Oxygen through the sparger", 0.0, p.oxygen_max),
            Variable("co2", "L/min", into, "Carbon dioxide through the sparger", 0.0, p.co2_max),
            *(
                Variable(name, PROBES[row].unit, out, f"{name} as shown", PROBES[row].low, PROBES[row].high)
                for name, row in _OUTPUTS.items()
            ),
            Variable("foam.level", "%", out, "Foam in the headspace, as seen", 0.0, 100.0),
            Variable("feed.flow", "L/h", out, "Feed", 0.0, p.feed_max),
            Variable("base.flow", "L/h", out, "Base", 0.0, p.base_max),
            Variable("DO.demand", "%", out, "Demand of the oxygen loop", 0.0, 100.0),
            *(Variable(name, unit, local, what) for name, (unit, what) in TRUTH.items()),
        ]
