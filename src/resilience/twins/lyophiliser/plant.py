"""The numbers of the plant: three parameter files, in the units of the field, made into the kernel's.

Physical constants are those of `one_vial.CONSTANTS`, so that both say the same of one vial.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from resilience.twins import parameters
from resilience.twins.draws import Floats
from resilience.twins.errors import BadInput
from resilience.twins.lyophiliser import plant_kernel as k
from resilience.twins.lyophiliser.kernel import Vial
from resilience.twins.lyophiliser.one_vial import CONSTANTS
from resilience.twins.lyophiliser.plant_kernel import Plant
from resilience.twins.parameters import Parameter

TORR: Final = 101_325.0 / 760.0
"""Pa."""
MILLITORR: Final = TORR / 1000.0
CALORIE: Final = CONSTANTS["cal_to_J"]
HOUR: Final = 3600.0
_CM: Final = 1e-2
_CM2: Final = 1e-4
_ICE_CONDUCTIVITY: Final = 2.3
"""W/(m K), of ice near -40 C, on the condenser (Slack 1980, Phys. Rev. B 22, 3065: 2.2 to 2.6)."""
_ICE_MOLAR: Final = k.WATER_MASS / 0.918e6
"""m3/mol."""
FILES: Final = {
    "Equipment": Path(__file__).parent / "equipment.yaml",
    "Vial": Path(__file__).parent / "vial.yaml",
    "Product": Path(__file__).parent / "product.yaml",
}
SCALE: Final[Floats] = np.array(
    # Gas mol; coil C, ice mol; integral mol/s; fluid, shelf, set-point C, Pa; ledgers mol.
    [1e-3, 1e-3, 1e-3, 1e-3, 10.0, 1.0, 1e-4, 10.0, 10.0, 10.0, 10.0, 1.0, 1.0, 1.0]
    # Product C, dried, bound g/g, front, collapsed, melted; centre and edge.
    + 2 * [10.0, 1.0, 0.1, 1.0, 1.0, 1.0]
)
"""Below this a state's error counts absolutely."""


@cache
def read() -> tuple[Parameter, ...]:
    """Every parameter of the three files, in their order."""
    return tuple(parameter for file in FILES.values() for parameter in parameters.read(file))


def values(changes: Mapping[str, float] | None = None) -> dict[str, float]:
    """Every number by its name, some of them changed. Raises BadInput for an unknown name or one beyond its range."""
    known = {parameter.name: parameter for parameter in read()}
    found = {name: parameter.value for name, parameter in known.items()}
    for name, value in (changes or {}).items():
        if name not in known:
            raise BadInput(f"there is no parameter `{name}`", "parameters", f"Use one of {', '.join(known)}.")
        low, high, unit = known[name].low, known[name].high, known[name].unit
        if not low <= value <= high:
            wrong = f"the value is {value:g} {unit}"
            raise BadInput(wrong, f"parameters.{name}", f"Give {low:g} to {high:g} {unit}.")
        found[name] = float(value)
    return found


def frozen_height(v: Mapping[str, float]) -> float:
    """cm, of the frozen product."""
    ice, solid, solution = (CONSTANTS[f"rho_{what}_g_mL"] for what in ("ice", "solute", "solution"))
    return v["fill"] / (v["ap"] * ice) * (solution - v["solids"] * (solution - ice) / solid)


def built(v: Mapping[str, float]) -> Plant:
    """The kernel's numbers."""
    c = CONSTANTS
    height = frozen_height(v)
    ice = v["fill"] * (c["rho_solution_g_mL"] - v["solids"] * c["rho_solution_g_mL"] ** 2 / c["rho_solute_g_mL"])
    resistance = TORR * HOUR * _CM2  # cm2 h Torr/g to m2 s Pa/g
    heat = CALORIE / _CM2  # cal/(s K cm2) to W/(m2 K)
    return Plant(
        chamber=v["chamber_volume"] / 1e3,
        condenser=v["condenser_volume"] / 1e3,
        gas=v["gas_temperature"],
        duct=v["duct_slope"] * 1e3 / HOUR / k.WATER_MASS / TORR,
        duct_low=v["duct_offset"] / v["duct_slope"] * TORR,
        deposition=v["deposition"],
        coil_capacity=v["coil_capacity"],
        coil_conductance=v["coil_conductance"],
        # Ice of an area and a volume is so thick; heat passes it by conduction.
        coil_ice=_ICE_MOLAR / v["coil_area"] / (_ICE_CONDUCTIVITY * v["coil_area"]),
        refrigerant=v["refrigerant"],
        ambient_conductance=v["ambient_conductance"],
        ambient=v["ambient"],
        pump=v["pump_speed"] / 1e3,
        ultimate=v["pump_ultimate"] * MILLITORR,
        leak=leak(v["leak_rate"], v["gas_temperature"]),
        bleed=v["bleed_limit"],
        gain=v["control_gain"],
        reset=v["control_reset"],
        fluid_lag=v["fluid_lag"],
        shelf_capacity=v["shelf_capacity"],
        shelf_conductance=v["shelf_conductance"],
        shelf_loss=v["shelf_loss"],
        edge_share=v["edge_share"],
        vials=v["vials"],
        av=v["av"] * _CM2,
        ap=v["ap"] * _CM2,
        glass=v["glass"] * v["glass_heat"],
        kc=v["kc"] * heat,
        kp=v["kp"] * heat / TORR,
        kd=v["kd"] / TORR,
        most_heat=v["freezing_heat_transfer"],
        edge_factor=v["edge_factor"],
        edge_side=v["edge_side"],
        length=height * _CM,
        mass=v["fill"] * c["rho_solution_g_mL"],
        ice=ice,
        solids=v["fill"] * v["solids"],
        r0=v["r0"] * resistance,
        a1=v["a1"] * resistance / _CM,
        a2=v["a2"] / _CM,
        ragged=v["ragged"],
        psub_pre=c["psub_pre_Torr"] * TORR,
        psub_slope=c["psub_T_K"],
        latent=c["dHs_cal_g"] * CALORIE,
        conductivity=c["k_ice_cal_cm_s_K"] * CALORIE / _CM,
        cp_ice=c["Cp_ice_J_kg_K"] / 1e3,
        cp_liquid=c["Cp_solution_J_kg_K"] / 1e3,
        cp_solids=v["solids_heat"],
        fusion=c["dHf_cal_g"] * CALORIE,
        freezes=v["freezes"],
        melting_range=v["melting_range"],
        collapse=v["collapse"],
        collapse_rate=v["collapse_rate"] / HOUR,
        collapse_kelvin=v["collapse_kelvin"],
        front=v["front"] * _CM,
        collapsed_drying=v["collapsed_drying"],
        melt_rate=v["melt_rate"] / 60.0,
        bound=v["bound"],
        bound_left=v["bound_left"],
        desorption=v["desorption"] / HOUR,
        desorption_kelvin=v["desorption_energy"] * 1e3 / k.GAS,
        desorption_reference=25.0 + k.KELVIN,
    )


def leak(mbar_litres: float, gas_kelvin: float) -> float:
    """A leak in mbar L/s as mol/s."""
    return mbar_litres * 0.1 / (k.GAS * gas_kelvin)  # 1 mbar L is 0.1 J


def centre_vial(v: Mapping[str, float]) -> Vial:
    """A vial of the centre as the quasi-steady kernel takes it: what the dryer's soft sensor goes by."""
    c = CONSTANTS
    height = frozen_height(v)
    per_height = v["fill"] * (1.0 - v["solids"] / c["rho_solute_g_mL"]) / (v["ap"] * height)
    return Vial(
        v["av"], v["ap"], height, v["r0"], v["a1"], v["a2"], v["kc"], v["kp"], v["kd"], per_height, c["dHs_cal_g"],
        c["k_ice_cal_cm_s_K"], c["psub_pre_Torr"], c["psub_T_K"], 0.0, 0.0,
    )  # fmt: skip


def start(plant: Plant, product: float) -> Floats:
    """State of a loaded dryer: at atmospheric pressure, shelf and product at `product` C, everything off."""
    y = np.zeros(k.SIZE)
    per_pascal = 1.0 / (k.GAS * plant.gas)
    y[k.AIR] = k.ATMOSPHERE * plant.chamber * per_pascal
    y[k.AIR_CONDENSER] = k.ATMOSPHERE * plant.condenser * per_pascal
    y[k.COIL] = plant.ambient
    y[k.FLUID] = y[k.SHELF] = y[k.SHELF_SET] = product
    y[k.PRESSURE_SET] = k.ATMOSPHERE
    for group in (k.CENTRE, k.EDGE):
        at = k.GROUPS + group * k.WIDTH
        y[at + k.PRODUCT], y[at + k.BOUND] = product, plant.bound
    return y


def water(plant: Plant, y: Floats) -> float:
    """mol of water that the dryer holds and has held: in vials, gas, on the coil and through the pump."""
    held = y[k.WATER] + y[k.WATER_CONDENSER] + y[k.ICE] + y[k.WATER_PUMPED]
    for group, share in ((k.CENTRE, 1.0 - plant.edge_share), (k.EDGE, plant.edge_share)):
        at = k.GROUPS + group * k.WIDTH
        each = plant.ice * (1.0 - y[at + k.DRIED]) + plant.solids * y[at + k.BOUND]
        held += plant.vials * share * each / k.WATER_MASS
    return float(held)


def air(y: Floats) -> float:
    """mol of air: what is in the dryer and through the pump, less what came in."""
    return float(y[k.AIR] + y[k.AIR_CONDENSER] + y[k.AIR_PUMPED] - y[k.AIR_IN])
