"""The variables of the chromatography twin."""

from __future__ import annotations

from typing import Final

from resilience.twins.chromatography.numbers import SkidNumbers
from resilience.twins.shape import Causality, Variable

SHOWN: Final = ("flow_actual", "volume", "pool_volume", "uv", "conductivity", "ph", "pressure")
TRUTHS: Final = (
    "outlet", "outlet_ph", "loaded", "held", "wasted", "leaked", "pooled", "discrepancy", "yield",
    "pool_concentration", "pool_feed", "capacity", "air", "bed_pressure",
)  # fmt: skip


def variables(skid: SkidNumbers) -> tuple[Variable, ...]:
    """What is set, shown and true."""
    shown, so = Causality.OUTPUT, Causality.LOCAL
    return (
        Variable("flow", "mL/min", Causality.INPUT, "Flow as set", 0.0, skid.flow_most),
        Variable("flow_actual", "mL/min", shown, "Flow of the pump"),
        Variable("volume", "mL", shown, "Pumped so far"),
        Variable("pool_volume", "mL", shown, "In the pool"),
        Variable("uv", "mAU", shown, "UV absorbance at 280 nm"),
        Variable("conductivity", "mS/cm", shown, "Conductivity behind the column"),
        Variable("ph", "pH", shown, "pH behind the column"),
        Variable("pressure", "bar", shown, "Pressure before the column"),
        Variable("outlet", "g/L", so, "Antibody at the end of the bed"),
        Variable("outlet_ph", "pH", so, "pH at the end of the bed"),
        Variable("loaded", "mg", so, "Antibody that was pumped"),
        Variable("held", "mg", so, "Antibody in the bed"),
        Variable("wasted", "mg", so, "Antibody gone to waste"),
        Variable("leaked", "mg", so, "Antibody leaked before the column"),
        Variable("pooled", "mg", so, "Antibody in the pool"),
        Variable("discrepancy", "mg", so, "What the account of the antibody cannot explain"),
        Variable("yield", "%", so, "Pooled of loaded"),
        Variable("pool_concentration", "g/L", so, "Antibody in the pool"),
        Variable("pool_feed", "%", so, "Share of the pool that is feed"),
        Variable("capacity", "g/L", so, "What a litre of column can hold"),
        Variable("air", "%", so, "Share of the liquid between the beads that stands still behind air"),
        Variable("bed_pressure", "bar", so, "Pressure before the column without the gauge's noise and lag"),
    )
