"""The variables of the dryer: what can be set, what is shown, and what is true."""

from __future__ import annotations

from typing import Final

from resilience.twins.draws import Floats
from resilience.twins.lyophiliser import plant_kernel as k
from resilience.twins.lyophiliser.plant import HOUR, MILLITORR
from resilience.twins.lyophiliser.plant_kernel import Plant, Setting
from resilience.twins.shape import Causality, Variable

_IN, _OUT, _TRUE = Causality.INPUT, Causality.OUTPUT, Causality.LOCAL
_TOP: Final = 760_000.0
VARIABLES: Final = (
    Variable("shelf_setpoint", "C", _IN, "what the shelf fluid is brought to, without a ramp", -60.0, 60.0),
    Variable("pressure_setpoint", "mTorr", _IN, "what the bleed holds, without a ramp", 10.0, 2000.0),
    Variable("shelf_inlet", "C", _OUT, "shelf fluid going in", -100.0, 100.0),
    Variable("shelf_outlet", "C", _OUT, "shelf fluid coming out", -100.0, 100.0),
    Variable("product_centre", "C", _OUT, "thermocouple in a vial of the centre", -100.0, 100.0),
    Variable("product_edge", "C", _OUT, "thermocouple in a vial at the edge", -100.0, 100.0),
    Variable("condenser", "C", _OUT, "surface of the condenser", -100.0, 100.0),
    Variable("capacitance", "mTorr", _OUT, "capacitance manometer: the pressure, whatever the gas", 0.0, 10_000.0),
    Variable("pirani", "mTorr", _OUT, "Pirani gauge: vapour counts 1.6 times", 0.0, _TOP),
    Variable("pirani_ratio", "1", _OUT, "Pirani over capacitance: 1.6 in vapour, 1 when drying is over"),
    Variable("dried_estimate", "%", _OUT, "dried share as the dryer adds it up from shelf and pressure", 0.0, 100.0),
    Variable("pressure", "mTorr", _TRUE, "in the chamber"),
    Variable("vapour", "mTorr", _TRUE, "of water in the chamber"),
    Variable("condenser_pressure", "mTorr", _TRUE, "in the condenser"),
    Variable("condenser_surface", "C", _TRUE, "of the condenser's ice"),
    Variable("condenser_ice", "kg", _TRUE, "on the condenser"),
    Variable("shelf", "C", _TRUE, "of the shelf's surface"),
    Variable("sublimation", "kg/h", _TRUE, "of all vials"),
    *(
        variable
        for group in ("centre", "edge")
        for variable in (
            Variable(f"{group}_product", "C", _TRUE, "bottom of the product"),
            Variable(f"{group}_surface", "C", _TRUE, "where ice sublimates"),
            Variable(f"{group}_dried", "%", _TRUE, "share of the height that is dry"),
            Variable(f"{group}_moisture", "%", _TRUE, "bound water for each g of solids"),
            Variable(f"{group}_collapsed", "%", _TRUE, "share of the cake that has collapsed"),
            Variable(f"{group}_melted", "%", _TRUE, "share of the cake that melt water has dissolved"),
        )
    ),
)
TRUTHS: Final = tuple(variable.name for variable in VARIABLES if variable.causality is _TRUE)


def truth(p: Plant, s: Setting, y: Floats, name: str) -> float:
    """A local variable of the state, in its unit."""
    pw, pa, pwc, pac = k.pressures(p, y)
    whole = {
        "pressure": (pw + pa) / MILLITORR,
        "vapour": pw / MILLITORR,
        "condenser_pressure": (pwc + pac) / MILLITORR,
        "condenser_surface": y[k.COIL],
        "condenser_ice": y[k.ICE] * k.WATER_MASS / 1e3,
        "shelf": y[k.SHELF],
    }
    if name in whole:
        return float(whole[name])
    f = y.copy()
    if name == "sublimation":
        shares = ((k.CENTRE, 1.0 - p.edge_share), (k.EDGE, p.edge_share))
        return (
            float(sum(share * p.vials * k.sublimating(p, s, y, group, pw + pa)[1] for group, share in shares))
            * HOUR
            / 1e3
        )
    word, _, what = name.partition("_")
    group = k.EDGE if word == "edge" else k.CENTRE
    f = y[k.GROUPS + group * k.WIDTH :]
    if what == "surface":
        return float(k.sublimating(p, s, y, group, pw + pa)[0])
    if what == "product":
        return float(f[k.PRODUCT])
    place = {"dried": k.DRIED, "moisture": k.BOUND, "collapsed": k.COLLAPSED, "melted": k.MELTED}[what]
    return 100.0 * float(f[place])
