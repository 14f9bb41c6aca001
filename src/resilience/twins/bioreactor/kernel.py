"""Everything of the bioreactor that is compiled, in one file: compiled code is kept by file.

Amounts follow the reference model: V in L, cells in 1e9, metabolites in mmol, antibody in mg, time in h. Parameters and
the state of the plant come as rows of numbers, for a call with records costs ten times as much; inside they are read as
records, by the names that stand here (`p.qG_max1`). `numbers.row` sees to it that the parameter files hold these names.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
STEP: Final = 20.0 / 3600.0
"""h. The longest step of the integrator, and the time between two scans of the control loops."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


KINETICS: Final = _words(
    "qG_max1 qG_max2 KG mG qGn_max1 qGn_max2 KGn KGn1 mGn KN a b cc d mu_d_max KGd KGnd alpha beta k_toxic "
    "k_lysis_v k_lysis_d"
)
VESSEL: Final = _words(
    "working smallest total area impeller power_number agitation_min agitation_max air_min air_max oxygen_max "
    "co2_max feed_max base_max surface jacket_watts room_watts q_switch q_lac K_lac KI_lac KD_lac KD_amm k_d "
    "KA_product osmotic osm_best K_osm k_osm salt_product K_CO2 h_best K_pH k_acid q_O2 KO KO_d k_anoxia T_min "
    "T_best T_max T_heat k_heat cool_product gal_best KA_gal q_gal gal_starved salt_gal k_clip K1 Kb buffer "
    "medium_ions medium_salts base_ions base_carbon O2_solubility CO2_solubility carbon_slower kla_a kla_b kla_c "
    "kla_antifoam heat room foam_life foam_cells foam_product foam_antifoam antifoam_life vent_wets vent_dries "
    "vent_resistance vent_trip overpressure bugs_mu bugs_KG bugs_span bugs_h bugs_anaerobic bugs_glucose bugs_O2 "
    "bugs_acid K_bugs k_spoil do_gain do_time split_air split_oxygen ph_gain ph_time t_gain t_time jacket_min "
    "jacket_max jacket_speed medium_glucose medium_glutamine inoculum inoculum_viability start_share feed_glucose "
    "feed_glutamine feed_salts feed_from feed_first feed_rise feed_most days"
)
"""The parameters: of the cells alone, and of the vessel and all that is added to them."""
PLANT: Final = _words(
    "to_scan power gas_supply feed_pump feed_aim feed_connected base_connected base_aim feed_glucose "
    "feed_glutamine feed_salts feed_flow base_flow agitation air oxygen co2 gas do_auto do_aim do_kept demand ph_auto "
    "ph_aim ph_band ph_kept t_auto t_aim t_kept jacket_aim stirring pressure vent tripped foaming k_la k_oxygen "
    "oxygen_full oxygen_air k_carbon carbon_full k_surface"
)
"""Valves, pumps, loops and what follows from them; rates per hour, flows L/min (gas) and L/h (liquid)."""
CELLS_TYPE: Final = np.dtype([(name, np.float64) for name in KINETICS])
NUMBERS_TYPE: Final = np.dtype([(name, np.float64) for name in (*KINETICS, *VESSEL)])
PLANT_TYPE: Final = np.dtype([(name, np.float64) for name in PLANT])
CORE: Final = 9
"""Volume, then the eight amounts of the reference model."""
_SAFE: Final = 1.5
"""Fourth-order Runge-Kutta is stable up to 2.78 times the inverse of the fastest rate; half of that is also exact."""


@njit(cache=True, inline="always")
def _uptake(glucose: float, glutamine: float, ammonia: float, scale: float, p: Any) -> tuple[float, ...]:
    """Uptake, what respiration takes, what overflows (glucose, then glutamine), maintenance: mmol/(1e9 cells h)."""
    g, n = max(glucose, 0.0), max(glutamine, 0.0)
    q_g1 = scale * p.qG_max1 * g / (p.KG + g) * n / (p.KGn1 + n)
    q_n1 = scale * p.qGn_max1 * n / (p.KGn + n) * p.KN / (p.KN + max(ammonia, 0.0))
    q_g, q_n = min(q_g1, scale * p.qG_max2), min(q_n1, scale * p.qGn_max2)
    # Maintenance takes what is there where there is less: its limit is the concentration itself, per hour.
    return q_g1, q_n1, q_g, q_n, q_g1 - q_g, q_n1 - q_n, scale * min(p.mG, g), scale * min(p.mGn, n)


@njit(cache=True, inline="always")
def _starving(glucose: float, glutamine: float, p: Any) -> float:
    """Death for want of glucose and glutamine, 1/h."""
    g, n = max(glucose, 0.0), max(glutamine, 0.0)
    return float(p.mu_d_max * p.KGd / (p.KGd + g) * p.KGnd / (p.KGnd + n))


@njit(cache=True)
def _fed_batch_rates(y: Floats, feed: float, c_in: Floats, p: Any, dy: Floats) -> float:
    """The reference model: dy/dt for a feed in L/h; gives the growth rate, 1/h."""
    volume = y[0]
    viable, dead, lysed = y[1] / volume, y[2] / volume, y[3] / volume
    glucose, glutamine, ammonia = y[4] / volume, y[5] / volume, y[7] / volume
    q_g1, q_n1, q_g, q_n, g_over, n_over, m_g, m_n = _uptake(glucose, glutamine, ammonia, 1.0, p)
    mu = p.a * q_g + p.cc * q_n
    mu_d = _starving(glucose, glutamine, p) + p.k_toxic * lysed
    lysis_v, lysis_d = p.k_lysis_v * viable, p.k_lysis_d * dead
    dy[0] = feed
    dy[1] = volume * ((mu - mu_d) * viable - lysis_v) + feed * c_in[0]
    dy[2] = volume * (mu_d * viable - lysis_d) + feed * c_in[1]
    dy[3] = volume * (lysis_v + lysis_d) + feed * c_in[2]
    dy[4] = -volume * (q_g1 + m_g) * viable + feed * c_in[3]
    dy[5] = -volume * (q_n1 + m_n) * viable + feed * c_in[4]
    dy[6] = volume * (p.b * q_g + 2.0 * g_over + 0.5 * n_over) * viable + feed * c_in[5]
    dy[7] = volume * (p.d * q_n + n_over) * viable + feed * c_in[6]
    dy[8] = volume * (p.alpha * mu + p.beta) * viable + feed * c_in[7]
    return float(mu)


@njit(cache=True)
def cell_slopes(y: Floats, feed: float, c_in: Floats, numbers: Floats, dy: Floats) -> None:
    """dy/dt of the reference model per hour: for other integrators to compare with."""
    _fed_batch_rates(y, feed, c_in, numbers.view(CELLS_TYPE)[0], dy)


@njit(cache=True)
def fed_batch(y: Floats, until: Floats, feeds: Floats, c_in: Floats, numbers: Floats) -> Floats:
    """The reference model from y at time 0 through the times `until` (h), each reached under its feed (L/h).

    y: (9,) volume and amounts; numbers: (22,) the kinetics. Gives (times, 10): the state at each, and the growth rate
    under the feed that leads there. A number that is none stays one: the caller looks for it.
    """
    p = numbers.view(CELLS_TYPE)[0]
    found = np.empty((len(until), CORE + 1))
    y, dy, stage, total = y.copy(), np.empty(CORE), np.empty(CORE), np.empty(CORE)
    now = 0.0
    fastest = max(p.qG_max1 / p.KG, p.qGn_max1 / p.KGn, 1.0)
    for row in range(len(until)):
        span = until[row] - now
        steps = max(1, int(np.ceil(span / min(STEP, _SAFE / (1e-9 + fastest * y[1] / y[0])))))
        h = span / steps
        for _ in range(steps):
            _fed_batch_rates(y, feeds[row], c_in, p, dy)
            for i in range(CORE):
                total[i], stage[i] = dy[i], y[i] + 0.5 * h * dy[i]
            _fed_batch_rates(stage, feeds[row], c_in, p, dy)
            for i in range(CORE):
                total[i] += 2.0 * dy[i]
                stage[i] = y[i] + 0.5 * h * dy[i]
            _fed_batch_rates(stage, feeds[row], c_in, p, dy)
            for i in range(CORE):
                total[i] += 2.0 * dy[i]
                stage[i] = y[i] + h * dy[i]
            _fed_batch_rates(stage, feeds[row], c_in, p, dy)
            for i in range(CORE):
                y[i] += h / 6.0 * (total[i] + dy[i])
        now = until[row]
        found[row, :CORE] = y
        found[row, CORE] = _fed_batch_rates(y, feeds[row], c_in, p, dy)
    return found


# The vessel -----------------------------------------------------------------------------------------------------------
# What follows the eight amounts in the state of a vessel, and after it what has been turned over so far.
GOOD, OXYGEN, CARBON, IONS, SALTS, HEAT, JACKET, BUGS, FOAM, ANTIFOAM = range(CORE, CORE + 10)
GREW, GLUCOSE_USED, GLUTAMINE_USED, OXYGEN_IN, OXYGEN_USED, CARBON_OUT, CARBON_MADE = range(19, 26)
FED, BASED, GLUCOSE_FED, GLUTAMINE_FED = range(26, 30)
STAGED: Final = 19
"""What the rates depend on: the rest only adds up."""
SIZE: Final = 30
TEMPERATURE, PH, DO, WEIGHT, PRESSURE, JACKET_PROBE = range(6)
"""Rows of the instruments; their columns: lag h, drift per day, offset, gain, what is followed, what was there."""
LAG, DRIFT, OFFSET, GAIN, FOLLOWED, INPUT, STUCK = range(7)
_AIR_OXYGEN: Final = 0.2095
_MMOL_PER_LITRE: Final = 44.615
"""A litre of gas at 0 C and 1.01325 bar."""
_WATER_HEAT: Final = 4.18
"""kJ/(L K) of the culture."""
_PER_HOUR: Final = 3600.0


@njit(cache=True, inline="always")
def protons(ions: float, carbon: float, lactate: float, k1: float, kb: float, buffer: float) -> float:
    """Protons (mol/L) where charges balance: ions - lactate = bicarbonate + buffer, all in mM.

    C K1/(K1+h) + B Kb/(Kb+h) = D is a quadratic in h. Held within pH 5 and 9: beyond, the model says nothing.
    """
    charge = ions - lactate
    if charge <= 1e-3:
        return 1e-5
    if charge >= 0.999 * (carbon + buffer):
        return 1e-9
    linear = charge * (k1 + kb) - carbon * k1 - buffer * kb
    constant = k1 * kb * (charge - carbon - buffer)
    root = np.sqrt(linear * linear - 4.0 * charge * constant)
    h = -2.0 * constant / (linear + root) if linear > 0.0 else (root - linear) / (2.0 * charge)
    return float(min(max(h, 1e-9), 1e-5))


@njit(cache=True, inline="always")
def _warmth(celsius: float, p: Any) -> float:
    """Cardinal temperature model (Rosso, Lobry & Flandrois 1993): 1 at the best temperature, 0 from both ends on."""
    if celsius <= p.T_min or celsius >= p.T_max:
        return 0.0
    above, span = celsius - p.T_best, p.T_best - p.T_min
    below = span * above - (p.T_best - p.T_max) * (p.T_best + p.T_min - 2.0 * celsius)
    return float((celsius - p.T_max) * (celsius - p.T_min) ** 2 / (span * below))


@njit(cache=True)
def _rates(y: Floats, s: Any, p: Any, dy: Floats) -> None:
    """The vessel: dy/dt per hour while its valves, pumps and gases stay as they are in `s`."""
    volume = y[0]
    viable, dead, lysed = y[1] / volume, y[2] / volume, y[3] / volume
    glucose, glutamine, lactate, ammonia = y[4] / volume, y[5] / volume, y[6] / volume, y[7] / volume
    oxygen, carbon = max(y[OXYGEN] / volume, 0.0), y[CARBON] / volume
    celsius, bugs = y[HEAT], y[BUGS] / volume
    lac, amm = max(lactate, 0.0), max(ammonia, 0.0)
    h = protons(y[IONS] / volume, carbon, lactate, p.K1, p.Kb, p.buffer)
    carbon_dioxide = carbon * h / (p.K1 + h)
    salt = y[SALTS] / volume + carbon + glucose + glutamine + lac + amm
    over = max(p.osmotic * salt - p.osm_best, 0.0)
    # What the surroundings let the cells do, each from 0 to 1.
    warm = _warmth(celsius, p)
    breath = oxygen / (p.KO + oxygen)
    acid = (1.0 + 2.0 * p.K_pH) / (1.0 + p.K_pH * (h / p.h_best + p.h_best / h))
    salty = 1.0 / (1.0 + (over / p.K_osm) ** 2)
    gassed = 1.0 / (1.0 + (carbon_dioxide / p.K_CO2) ** 2)
    spoiled = bugs / (p.K_bugs + bugs)
    # Cells.
    q_g1, q_n1, q_g, q_n, g_over, n_over, m_g, m_n = _uptake(glucose, glutamine, ammonia, warm, p)
    mu = (p.a * q_g + p.cc * q_n) * acid * salty * gassed * breath * p.KI_lac / (p.KI_lac + lac)
    mu_d = warm * _starving(glucose, glutamine, p) + p.k_toxic * lysed
    mu_d += p.k_d * lac / (p.KD_lac + lac) * amm / (p.KD_amm + amm) + p.k_osm * (1.0 - salty) + p.k_spoil * spoiled
    mu_d += p.k_anoxia * p.KO_d**2 / (p.KO_d**2 + oxygen**2) + p.k_acid * (1.0 - acid) ** 3
    mu_d += p.k_heat * max(celsius - p.T_heat, 0.0) ** 2
    # Where little glucose is taken up and there is oxygen, pyruvate is burnt and lactate taken up again.
    burning = breath * p.q_switch**4 / (p.q_switch**4 + q_g1**4)
    back = warm * burning * p.q_lac * lac / (p.K_lac + lac)
    made = p.b * q_g * (1.0 - burning) + 2.0 * g_over + 0.5 * n_over
    product = (p.alpha * mu + p.beta * _secretion(celsius, amm, over, warm, p)) * viable
    lysis_v, lysis_d = p.k_lysis_v * viable, p.k_lysis_d * dead
    # Bacteria, where there are any.
    bugs_mu = 0.0
    if bugs > 0.0:
        mild = min(max(1.0 + (celsius - 37.0) / p.bugs_span, 0.0), 1.2) * p.bugs_h / (p.bugs_h + h)
        bugs_mu = p.bugs_mu * mild * max(glucose, 0.0) / (p.bugs_KG + max(glucose, 0.0))
        bugs_mu *= p.bugs_anaerobic + (1.0 - p.bugs_anaerobic) * breath
    respired = (p.q_O2 * warm * breath + 3.0 * back) * viable + p.bugs_O2 * bugs_mu * breath * bugs
    # Gas and liquid.
    oxygen_in = s.k_oxygen * (s.oxygen_full - oxygen) + s.k_surface * (s.oxygen_air - oxygen)
    carbon_out = s.k_carbon * (carbon_dioxide - s.carbon_full) + p.carbon_slower * s.k_surface * carbon_dioxide
    feed, base = s.feed_flow, s.base_flow
    glucose_used = (q_g1 + m_g) * viable + p.bugs_glucose * bugs_mu * bugs
    glutamine_used = (q_n1 + m_n) * viable
    dy[0] = feed + base
    dy[1] = volume * ((mu - mu_d) * viable - lysis_v)
    dy[2] = volume * (mu_d * viable - lysis_d)
    dy[3] = volume * (lysis_v + lysis_d)
    dy[4] = feed * s.feed_glucose - volume * glucose_used
    dy[5] = feed * s.feed_glutamine - volume * glutamine_used
    dy[6] = volume * ((made - back) * viable + p.bugs_acid * bugs_mu * bugs)
    dy[7] = volume * (p.d * q_n + n_over) * viable
    dy[8] = volume * product
    dy[GOOD] = volume * product * _galactosylated(amm, q_g1, over, p) - p.k_clip * (dead + lysed) * y[GOOD]
    dy[OXYGEN] = volume * (oxygen_in - respired)
    dy[CARBON] = volume * (respired - carbon_out) + base * p.base_carbon
    dy[IONS] = base * p.base_ions
    dy[SALTS] = feed * s.feed_salts + base * p.base_ions
    dy[HEAT] = (
        3.6 * (p.jacket_watts * (y[JACKET] - celsius) + p.room_watts * (p.room - celsius) + s.stirring)
        + p.heat * volume * respired
    ) / (_WATER_HEAT * volume)
    dy[JACKET] = p.jacket_speed * (s.jacket_aim - y[JACKET])
    dy[BUGS] = volume * bugs_mu * bugs
    thick = 1.0 + (dead + lysed) / p.foam_cells + y[8] / volume / p.foam_product
    knocked = 1.0 + 1000.0 * max(y[ANTIFOAM], 0.0) / volume / p.foam_antifoam
    dy[FOAM] = s.foaming * s.gas * thick - y[FOAM] * knocked / p.foam_life
    dy[ANTIFOAM] = -y[ANTIFOAM] / p.antifoam_life
    dy[GREW] = volume * mu * viable
    dy[GLUCOSE_USED], dy[GLUTAMINE_USED] = volume * glucose_used, volume * glutamine_used
    dy[OXYGEN_IN], dy[OXYGEN_USED] = volume * oxygen_in, volume * respired
    dy[CARBON_OUT], dy[CARBON_MADE] = volume * carbon_out, volume * respired
    dy[FED], dy[BASED] = feed, base
    dy[GLUCOSE_FED], dy[GLUTAMINE_FED] = feed * s.feed_glucose, feed * s.feed_glutamine


@njit(cache=True, inline="always")
def _secretion(celsius: float, ammonia: float, over: float, warm: float, p: Any) -> float:
    """How much antibody a cell gives against one at its best: more when cool or salty, less with much ammonia."""
    # Below half of their pace they have not much left to secrete with.
    cool = (1.0 + p.cool_product * min(max(p.T_best - celsius, 0.0), 5.0)) * min(2.0 * warm, 1.0)
    if celsius > p.T_best:
        cool = warm
    return float(cool * (1.0 + p.salt_product * min(over, 150.0)) / (1.0 + (ammonia / p.KA_product) ** 4))


@njit(cache=True, inline="always")
def _galactosylated(ammonia: float, uptake: float, over: float, p: Any) -> float:
    """Share of galactosylated antibody in what is secreted: less with ammonia, when starving, when salty."""
    fed = p.gal_starved + (1.0 - p.gal_starved) * uptake**2 / (p.q_gal**2 + uptake**2)
    return float(p.gal_best * fed / ((1.0 + (ammonia / p.KA_gal) ** 2) * (1.0 + p.salt_gal * over)))


@njit(cache=True)
def _hydraulics(y: Floats, s: Any, p: Any) -> None:
    """What valves and stirrer make of gas transfer, heat and pressure; by scans, between which it stays."""
    volume = y[0]
    litres = s.power * s.gas_supply * (s.air + s.oxygen + s.co2)
    # A wet vent filter lets gas out under pressure only; at the trip the interlock shuts the gas until it is reset.
    back = p.vent_resistance * litres / p.air_max * s.vent / (1.0001 - s.vent)
    if back >= p.vent_trip:
        s.tripped = 1.0
    if s.tripped > 0.0:
        litres, back = 0.0, p.vent_trip
    s.pressure = 1.01325 + p.overpressure + back
    s.gas = 60.0 * litres
    turning = s.power * s.agitation / 60.0
    watts = p.power_number * 1000.0 * turning**3 * p.impeller**5
    s.stirring = watts
    dry = s.pressure + 0.5 * 9.81e-5 * volume / p.area - 0.0628
    s.oxygen_air = p.O2_solubility * _AIR_OXYGEN * (1.01325 - 0.0628)
    s.k_surface = p.surface * (turning > 0.0)
    s.k_oxygen = s.k_carbon = s.k_la = 0.0
    if litres > 0.0 and turning > 0.0:
        speed = litres / 60000.0 * 1.135 / p.area
        knocked = 1000.0 * max(y[ANTIFOAM], 0.0) / volume
        s.k_la = _PER_HOUR * p.kla_a * (1000.0 * watts / volume) ** p.kla_b * speed**p.kla_c
        s.k_la /= 1.0 + p.kla_antifoam * knocked / (knocked + p.foam_antifoam)
        fresh = litres * 60.0 * _MMOL_PER_LITRE / volume
        share = 1.0 / (s.air + s.oxygen + s.co2)
        full_o, full_c = p.O2_solubility * dry, p.CO2_solubility * dry
        # A bubble gives what it carries: transfer and the supply of gas in series.
        s.k_oxygen = 1.0 / (1.0 / s.k_la + full_o / fresh)
        s.oxygen_full = full_o * (_AIR_OXYGEN * s.air + s.oxygen) * share
        s.k_carbon = 1.0 / (1.0 / (p.carbon_slower * s.k_la) + full_c / fresh)
        s.carbon_full = full_c * s.co2 * share
    # The pump of the feed is locked where the vessel is full.
    s.feed_flow = s.power * s.feed_pump * s.feed_aim * (volume < p.working)
    s.base_flow = s.power * s.base_aim


@njit(cache=True)
def _fastest(y: Floats, s: Any, p: Any) -> float:
    """The fastest rate of the state as it is, 1/h, from above: it bounds the step."""
    volume = y[0]
    viable, bugs = y[1] / volume, y[BUGS] / volume
    oxygen, glucose = max(y[OXYGEN] / volume, 0.0), max(y[4] / volume, 0.0)
    thirst = (p.q_O2 + 3.0 * p.q_lac) * viable + p.bugs_O2 * p.bugs_mu * bugs
    breathing = s.k_oxygen + s.k_surface + thirst * p.KO / (p.KO + oxygen) ** 2
    hunger = p.bugs_glucose * p.bugs_mu * bugs * p.bugs_KG / (p.bugs_KG + glucose) ** 2
    knocked = 1.0 + 1000.0 * max(y[ANTIFOAM], 0.0) / volume / p.foam_antifoam
    eating = viable * max(p.qG_max1 / p.KG, p.qGn_max1 / p.KGn, 1.0) + hunger
    return float(max(breathing, eating, knocked / p.foam_life, p.jacket_speed))


@njit(cache=True)
def _integrate(y: Floats, s: Any, p: Any, hours: float, work: Floats) -> None:
    """Classical Runge-Kutta, in as many steps as the fastest rate asks for."""
    dy, stage, total = work[0], work[1], work[2]
    steps = max(1, int(np.ceil(hours * _fastest(y, s, p) / _SAFE)))
    h = hours / steps
    for _ in range(steps):
        _rates(y, s, p, total)
        for i in range(STAGED):
            stage[i] = y[i] + 0.5 * h * total[i]
        for ahead in (0.5, 1.0):
            _rates(stage, s, p, dy)
            for i in range(SIZE):
                total[i] += 2.0 * dy[i]
            for i in range(STAGED):
                stage[i] = y[i] + ahead * h * dy[i]
        _rates(stage, s, p, dy)
        for i in range(SIZE):
            y[i] += h / 6.0 * (total[i] + dy[i])


@njit(cache=True, inline="always")
def _seen(y: Floats, s: Any, p: Any, row: int) -> float:
    """What is there for an instrument to see, in its unit."""
    if row == TEMPERATURE:
        return float(y[HEAT])
    if row == PH:
        h = protons(y[IONS] / y[0], y[CARBON] / y[0], y[6] / y[0], p.K1, p.Kb, p.buffer)
        return float(-np.log10(h))
    if row == DO:
        return float(100.0 * max(y[OXYGEN] / y[0], 0.0) / s.oxygen_air)
    if row == WEIGHT:
        return float(y[0])
    return float(1000.0 * (s.pressure - 1.01325)) if row == PRESSURE else float(y[JACKET])


@njit(cache=True)
def _follow(y: Floats, s: Any, p: Any, m: Floats, hours: float) -> None:
    """Every instrument follows what is there by first order, exact where that moves in a straight line."""
    for row in range(m.shape[0]):
        there = _seen(y, s, p, row)
        behind = m[row, LAG] * (there - m[row, INPUT]) / hours
        kept = np.exp(-hours / m[row, LAG])
        m[row, FOLLOWED] = there - behind + (m[row, FOLLOWED] - m[row, INPUT] + behind) * kept
        m[row, INPUT] = there
        m[row, OFFSET] += m[row, DRIFT] * hours / 24.0


@njit(cache=True, inline="always")
def shown(m: Floats, row: int) -> float:
    """What an instrument shows, without the noise of its display: the loops go by that."""
    if not np.isnan(m[row, STUCK]):
        return float(m[row, STUCK])
    return float(m[row, GAIN] * m[row, FOLLOWED] + m[row, OFFSET])


@njit(cache=True, inline="always")
def _pi(
    error: float, gain: float, integral: float, hours: float, low: float, high: float, kept: float
) -> tuple[float, float]:
    """Proportional and integral action as `control.pid` has it; gives the output and the new integral.

    gain: output per unit of error; integral: its time, h. At a limit the integral moves back only.
    """
    moved = kept + gain * error * hours / integral
    wanted = gain * error + moved
    out = min(max(wanted, low), high)
    if (wanted > high and error * gain > 0.0) or (wanted < low and error * gain < 0.0):
        moved = kept
    return out, moved


@njit(cache=True, inline="always")
def _part(demand: float, begin: float, end: float) -> float:
    """The share of a stage of a split range that a demand asks for."""
    return min(max((demand - begin) / (end - begin), 0.0), 1.0)


@njit(cache=True)
def _scan(y: Floats, s: Any, p: Any, m: Floats) -> None:
    """The control loops, once: dissolved oxygen by cascade, pH with a dead band, temperature by the jacket."""
    if s.do_auto > 0.0:
        error = s.do_aim - shown(m, DO)
        s.demand, s.do_kept = _pi(error, p.do_gain, p.do_time, STEP, 0.0, 100.0, s.do_kept)
        s.agitation = p.agitation_min + (p.agitation_max - p.agitation_min) * _part(s.demand, 0.0, p.split_air)
        s.air = p.air_min + (p.air_max - p.air_min) * _part(s.demand, p.split_air, p.split_oxygen)
        s.oxygen = p.oxygen_max * _part(s.demand, p.split_oxygen, 100.0)
    if s.ph_auto > 0.0:
        off = s.ph_aim - shown(m, PH)
        outside = max(off - s.ph_band, 0.0) + min(off + s.ph_band, 0.0)
        # Within the band both rest, and what had built up is let go.
        if outside == 0.0:
            s.ph_kept = 0.0
        out, s.ph_kept = _pi(outside, p.ph_gain, p.ph_time, STEP, -100.0, 100.0, s.ph_kept)
        s.co2 = p.co2_max * max(0.0, -out) / 100.0
        s.base_aim = s.base_connected * p.base_max * max(0.0, out) / 100.0
    if s.t_auto > 0.0:
        error = s.t_aim - shown(m, TEMPERATURE)
        out, s.t_kept = _pi(error, p.t_gain, p.t_time, STEP, p.jacket_min - s.t_aim, p.jacket_max - s.t_aim, s.t_kept)
        s.jacket_aim = s.t_aim + out
    if s.power == 0.0:
        # Nothing circulates: the jacket stands at what is in the vessel.
        s.jacket_aim = y[HEAT]
    # Foam that finds no room goes out through the vent filter, which it wets; dry air dries it slowly.
    full = y[0] + y[FOAM] - p.total
    if full > 0.0:
        y[FOAM] -= full
        s.vent = min(s.vent + p.vent_wets * full / p.total, 1.0)
    s.vent -= s.vent * STEP / p.vent_dries
    _hydraulics(y, s, p)


@njit(cache=True)
def _flags(y: Floats, s: Any, p: Any) -> int:
    """What is worth telling, one bit each: see `reactor.NOTICED`."""
    volume = y[0]
    found = 0
    if s.vent > 0.05:
        found |= 1
    if s.tripped > 0.0:
        found |= 2
    if volume >= p.working:
        found |= 4
    if y[1] < 0.5 * (y[1] + y[2]):
        found |= 8
    if y[BUGS] > volume:
        found |= 16
    if y[OXYGEN] < 0.02 * s.oxygen_air * volume:
        found |= 32
    return found


@njit(cache=True)
def refresh(y: Floats, plant: Floats, numbers: Floats) -> None:
    """What valves and stirrer make of gas transfer and pressure, anew: after whatever changed them."""
    _hydraulics(y, plant.view(PLANT_TYPE)[0], numbers.view(NUMBERS_TYPE)[0])


@njit(cache=True)
def slopes(y: Floats, plant: Floats, numbers: Floats, dy: Floats) -> None:
    """dy/dt per hour with stirrer, gases and pumps as they are: for other integrators to compare with."""
    s, p = plant.view(PLANT_TYPE)[0], numbers.view(NUMBERS_TYPE)[0]
    _hydraulics(y, s, p)
    _rates(y, s, p, dy)


@njit(cache=True)
def settle(y: Floats, plant: Floats, m: Floats, numbers: Floats) -> None:
    """Let every instrument come to what is there."""
    s, p = plant.view(PLANT_TYPE)[0], numbers.view(NUMBERS_TYPE)[0]
    for row in range(m.shape[0]):
        m[row, FOLLOWED] = m[row, INPUT] = _seen(y, s, p, row)


@njit(cache=True)
def advance(y: Floats, plant: Floats, m: Floats, numbers: Floats, work: Floats, hours: float) -> int:
    """Move a vessel by so many hours, scans at their times: its flags, or -1 - index of a number that is none.

    y: (30,); plant: (len(PLANT),); m: (6, 7) instruments; numbers: (len(KINETICS) + len(VESSEL),); work: (3, 30).
    """
    s, p = plant.view(PLANT_TYPE)[0], numbers.view(NUMBERS_TYPE)[0]
    left = hours
    while left > 1e-12:
        part = min(left, s.to_scan)
        _integrate(y, s, p, part, work)
        _follow(y, s, p, m, part)
        left -= part
        s.to_scan -= part
        if s.to_scan < 1e-9:
            s.to_scan = STEP
            _scan(y, s, p, m)
    for i in range(SIZE):
        if not np.isfinite(y[i]):
            return -1 - i
    return _flags(y, s, p)
