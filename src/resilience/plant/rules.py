"""What a specification must satisfy beyond its shape: each rule returns the field and the reason when broken."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import radians, tan
from typing import TYPE_CHECKING

from resilience.plant.space import Vector, distance

if TYPE_CHECKING:
    from resilience.plant.specs import Spec

SLACK = 0.002  # metres a point may lie outside the bounding box
LEGIBLE = 0.55  # degrees a letter must subtend to be read in a headset
LEADING = 1.6  # height of a line over that of its letters
Broken = tuple[str, str]


def broken_rule(spec: Spec) -> Broken | None:
    """The first rule that `spec` breaks, as (field, reason), or None."""
    for rule in (
        _titles,
        _dimensions,
        _references,
        _critical_sites,
        _sockets,
        _surfaces,
        _points,
        _liquid,
        _names,
        _screens,
    ):
        broken = next(rule(spec), None)
        if broken:
            return broken
    return None


def _titles(spec: Spec) -> Iterator[Broken]:
    for language in ("en", "cy"):
        if not spec.title.get(language):
            yield f"title.{language}", "is missing"


def _dimensions(spec: Spec) -> Iterator[Broken]:
    longest = sum(side**2 for side in spec.size) ** 0.5
    for name, value in spec.dimensions.items():
        if name.endswith("_degrees"):
            if not -360 <= value <= 360:
                yield f"dimensions.{name}", f"is {value} degrees; it must lie within -360..360"
        elif abs(value) > longest + SLACK:
            yield f"dimensions.{name}", f"is {value} m, longer than the diagonal of the whole ({longest:.3f} m)"


def _references(spec: Spec) -> Iterator[Broken]:
    named: list[tuple[str, str]] = [
        (f"critical_sites.{n}.part", site.part) for n, site in enumerate(spec.critical_sites)
    ]
    named += [(f"controls.{name}.part", control.part) for name, control in spec.controls.items()]
    named += [(f"motions.{name}", name) for name in spec.motions]
    named += [(f"screens.{name}", name) for name in spec.screens]
    named += [("outside", name) for name in spec.outside]
    named += [(f"affordances.{name}.part", affordance.part) for name, affordance in spec.affordances.items()]
    if spec.name_parts:
        named += [(f"name_parts.parts.{name}.part", entry.part) for name, entry in spec.name_parts.parts.items()]
    if spec.liquid:
        named.append(("liquid.part", spec.liquid.part))
    for field, part in named:
        if part not in spec.parts:
            yield field, f"names the unknown part {part!r}; the parts are {', '.join(spec.parts)}"


def _critical_sites(spec: Spec) -> Iterator[Broken]:
    sited = {site.part for site in spec.critical_sites}
    for part in spec.critical_parts:
        if part not in sited:
            yield f"parts.{part}.critical", "is a critical part without a critical site"
    for n, site in enumerate(spec.critical_sites):
        if not _inside(spec, site.at):
            yield f"critical_sites.{n}.at", f"{list(site.at)} lies outside the bounding box"


def _sockets(spec: Spec) -> Iterator[Broken]:
    if spec.sockets is None:
        return
    places = spec.sockets.places
    if not places or bool(spec.sockets.at) == bool(spec.sockets.grid):
        yield "sockets", "needs either at (a list of places) or grid"
    for n, place in enumerate(places):
        if not _inside(spec, place, 0.02):
            yield f"sockets.{n}", f"{[round(v, 4) for v in place]} lies outside the bounding box"
    for (a, first), (b, second) in combinations(enumerate(places), 2):
        apart = distance(first, second)
        # things stacked in a bowl rest in each other's gaps; side by side they must not meet
        if abs(first[1] - second[1]) < 0.002 and apart < 2 * spec.sockets.radius - 1e-9:
            yield f"sockets.{b}", f"overlaps socket {a}: {apart:.4f} m apart, {2 * spec.sockets.radius:.4f} m needed"


def _surfaces(spec: Spec) -> Iterator[Broken]:
    spans = [
        (f"surfaces.{n}.{axis}", span) for n, s in spec.surfaces.items() for axis, span in (("x", s.x), ("z", s.z))
    ]
    spans += [
        (f"volumes.{n}.{a}", span) for n, v in spec.volumes.items() for a, span in (("x", v.x), ("y", v.y), ("z", v.z))
    ]
    for field, (low, high) in spans:
        if not low < high:
            yield field, f"runs from {low} to {high}; the first must be the smaller"
    for name, surface in spec.surfaces.items():
        for x in surface.x:
            for z in surface.z:
                if not _inside(spec, (x, surface.y, z)):
                    yield f"surfaces.{name}", f"reaches ({x}, {z}), outside the bounding box"


def _points(spec: Spec) -> Iterator[Broken]:
    for name, control in spec.controls.items():
        if not _inside(spec, control.at):
            yield f"controls.{name}.at", f"{list(control.at)} lies outside the bounding box"
        if control.kind == "choice" and not control.values:
            yield f"controls.{name}.values", "a choice needs its values"
        if control.kind == "number" and (control.min is None or control.max is None or control.min >= control.max):
            yield f"controls.{name}.min", "a number needs min below max"
    for part, grip in spec.grips.items():
        if not _inside(spec, grip.hold, 0.005):
            yield f"parts.{part}.grip.hold", f"{list(grip.hold)} lies outside the bounding box"
    for name, motion in spec.motions.items():
        if (motion.slide is None) == (motion.turn is None):
            yield f"motions.{name}", "give either slide or turn"


def _liquid(spec: Spec) -> Iterator[Broken]:
    if spec.liquid and spec.liquid.brimful_ml < spec.liquid.full_ml:
        yield "liquid.brimful_ml", f"is {spec.liquid.brimful_ml} mL, less than full_ml"


def _names(spec: Spec) -> Iterator[Broken]:
    if spec.name_parts and len(spec.name_parts.parts) < spec.name_parts.least:
        yield "name_parts.parts", f"names {len(spec.name_parts.parts)} parts; {spec.name_parts.least} are needed"
    for name, entry in (spec.name_parts.parts if spec.name_parts else {}).items():
        if entry.at and not _inside(spec, entry.at):
            yield f"name_parts.parts.{name}.at", f"{list(entry.at)} lies outside the bounding box"
    for name, affordance in spec.affordances.items():
        if not _inside(spec, affordance.at):
            yield f"affordances.{name}.at", f"{list(affordance.at)} lies outside the bounding box"


def _screens(spec: Spec) -> Iterator[Broken]:
    """Letters on a screen are legible from where it is read."""
    for name, screen in spec.screens.items():
        if (screen.read_from is None) != (screen.lines is None):
            yield f"screens.{name}", "give read_from and lines together"
        elif screen.read_from and screen.lines:
            letter, least = screen.size[1] / (screen.lines * LEADING), screen.read_from * tan(radians(LEGIBLE))
            if letter < least:
                yield (
                    f"screens.{name}",
                    f"{screen.lines} lines leave letters of {1000 * letter:.1f} mm; "
                    f"at {screen.read_from} m they must be {1000 * least:.1f} mm high ({LEGIBLE} degrees)",
                )


def _inside(spec: Spec, at: Vector, slack: float = SLACK) -> bool:
    return all(low - slack <= v <= high + slack for low, v, high in zip(spec.low, at, spec.high, strict=True))
