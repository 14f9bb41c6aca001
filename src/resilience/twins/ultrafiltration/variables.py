"""The variables of the skid: what can be set, what is shown, and what is true."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from resilience.twins.draws import Floats
from resilience.twins.measure import Measurement, Probe
from resilience.twins.shape import Causality, Variable
from resilience.twins.ultrafiltration import kernel as k
from resilience.twins.ultrafiltration import plant
from resilience.twins.ultrafiltration.kernel import Membrane, Running

_IN, _OUT, _TRUE = Causality.INPUT, Causality.OUTPUT, Causality.LOCAL
PRESSURE: Final = (0.0, 3.0)
CROSSFLOW: Final = (0.0, 8.0)
VARIABLES: Final = (
    Variable("transmembrane_pressure", "bar", _IN, "what the retentate valve is set to hold", *PRESSURE),
    Variable("crossflow", "L/(min m2)", _IN, "what the pump is set to", *CROSSFLOW),
    Variable("feed_pressure", "bar", _OUT, "before the cassettes", 0.0, 6.0),
    Variable("retentate_pressure", "bar", _OUT, "after the cassettes", 0.0, 6.0),
    Variable("permeate_flow", "L/h", _OUT, "of permeate", 0.0, 5000.0),
    Variable("retentate_weight", "kg", _OUT, "of the retentate's tank", 0.0, 3000.0),
    Variable("buffer_weight", "kg", _OUT, "of the buffer's tank", 0.0, 6000.0),
    Variable("permeate_uv", "g/L", _OUT, "protein in the permeate line", 0.0, 5.0),
    Variable("permeate_conductivity", "mS/cm", _OUT, "in the permeate line", 0.0, 200.0),
    Variable("volume", "L", _TRUE, "of retentate, piping included"),
    Variable("concentration", "g/L", _TRUE, "of protein in the retentate"),
    Variable("wall_concentration", "g/L", _TRUE, "of protein at the membrane"),
    Variable("flux", "L/(m2 h)", _TRUE, "of permeate"),
    Variable("mass_transfer", "L/(m2 h)", _TRUE, "coefficient between membrane and bulk"),
    Variable("viscosity", "1", _TRUE, "of the retentate over that of its buffer"),
    Variable("salt_left", "1", _TRUE, "share of the old buffer in the retentate's liquid"),
    Variable("permeate_protein", "g", _TRUE, "lost into the permeate"),
    Variable("aggregated", "1", _TRUE, "share of the retentate's protein"),
    Variable("fouling", "bar/(L/(m2 h))", _TRUE, "resistance beside the clean membrane's"),
    Variable("diavolumes", "1", _TRUE, "buffer added since diafiltration began, over the volume then"),
)
TRUTHS: Final = tuple(variable.name for variable in VARIABLES if variable.causality is _TRUE)


def truth(m: Membrane, r: Running, y: Floats, name: str) -> float:
    """A local variable of the state (all but `diavolumes`), in its unit."""
    volume = float(y[k.VOLUME])
    protein = float(y[k.PROTEIN] + y[k.AGGREGATE])
    if name in ("flux", "wall_concentration"):
        flux, wall = k.flux(m, r, protein / volume, float(y[k.FOULING]))
        return float(flux if name == "flux" else wall)
    found = {
        "volume": volume,
        "concentration": protein / volume,
        "mass_transfer": k.transfer(m, r, protein / volume),
        "viscosity": k.viscosity(m, protein / volume),
        "salt_left": float(y[k.SALT]) / volume,
        "permeate_protein": float(y[k.PERMEATE_PROTEIN]),
        "aggregated": float(y[k.AGGREGATE]) / protein if protein > 0.0 else 0.0,
        "fouling": float(y[k.FOULING]),
    }
    return found[name]


def shown(m: Membrane, r: Running, y: Floats, v: Mapping[str, float]) -> dict[str, float]:
    """What each instrument has before it."""
    volume = float(y[k.VOLUME])
    concentration = float(y[k.PROTEIN] + y[k.AGGREGATE]) / volume
    along = k.drop(m, r, concentration)
    pressure = max(r.pressure, 0.5 * along) if r.crossflow > 0.0 else 0.0
    flow = k.flux(m, r, concentration, float(y[k.FOULING]))[0] * m.area * (1.0 - r.air)
    salt = m.sieving * float(y[k.SALT]) / volume
    old, new = v["old_conductivity"], v["new_conductivity"]
    return {
        "feed_pressure": pressure + 0.5 * along,
        "retentate_pressure": pressure - 0.5 * along,
        "permeate_flow": flow,
        "retentate_weight": volume,
        "buffer_weight": float(y[k.BUFFER]),
        # A line in which nothing flows shows the last that came.
        "permeate_uv": (1.0 - r.rejection) * float(y[k.PROTEIN]) / volume,
        "permeate_conductivity": new + (old - new) * salt,
    }


def instruments(start: Mapping[str, float], seed: int) -> dict[str, Measurement]:
    """The instruments at their start. A litre weighs a kilogram."""
    n = {parameter.name: parameter.value for parameter in plant.instruments()}
    of = {
        "feed_pressure": (n["pressure_lag"], n["pressure_noise"], 0.01),
        "retentate_pressure": (n["pressure_lag"], n["pressure_noise"], 0.01),
        "permeate_flow": (n["flow_lag"], n["flow_noise"], 0.1),
        "retentate_weight": (n["weight_lag"], n["weight_noise"], 0.01),
        "buffer_weight": (n["weight_lag"], n["weight_noise"], 0.01),
        "permeate_uv": (n["optical_lag"], n["uv_noise"], 0.001),
        "permeate_conductivity": (n["optical_lag"], n["conductivity_noise"], 0.01),
    }
    scales = {variable.name: variable for variable in VARIABLES}
    probes = [Probe(name, scales[name].unit, scales[name].low, scales[name].high, *about) for name, about in of.items()]
    return {probe.name: Measurement(probe, start[probe.name], seed) for probe in probes}
