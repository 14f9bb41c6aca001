"""Runs that several tests make: 200 L of 10 g/L to 50 g/L, diafiltration, and on to 150 g/L."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from resilience.twins.ultrafiltration.twin import Ultrafiltration

HOUR = 3600.0
IDEAL = {
    "resistance": 0.002,
    "osmotic1": 0.0,
    "osmotic2": 0.0,
    "osmotic3": 0.0,
    "viscosity_power": 0.0,
    "rejection": 1.0,
    "fouling": 0.0,
    "shear": 0.0,
}
"""What the closed forms leave out, off: the gel layer alone limits the flux."""


def until_over(skid: Ultrafiltration, most: float = 20.0) -> float:
    """Go on until a phase is over, or so many hours; the hours that the phase took."""
    began, seen, end = skid.happenings[-1].seconds, len(skid.happenings), skid.seconds + most * HOUR
    while skid.seconds < end:
        skid.do_step(60.0)
        for each in skid.happenings[seen:]:
            if each.kind == "phase over":
                return (each.seconds - began) / HOUR
    return most


def run(
    parameters: Mapping[str, float] | None = None,
    breaks: Callable[[Ultrafiltration], None] | None = None,
    diavolumes: float = 8.0,
    end: float = 150.0,
) -> tuple[Ultrafiltration, list[float]]:
    """A skid after both concentrations and the diafiltration, and the hours of each."""
    skid = Ultrafiltration(seed=1, parameters=parameters)
    skid.act("concentrate", to=50.0)
    if breaks is not None:
        breaks(skid)
    hours = [until_over(skid)]
    skid.act("start_diafiltration", diavolumes=diavolumes)
    hours.append(until_over(skid))
    skid.act("concentrate", to=end)
    hours.append(until_over(skid))
    return skid, hours


def kinds(skid: Ultrafiltration) -> list[str]:
    """What has happened, in order."""
    return [each.kind for each in skid.happenings]
