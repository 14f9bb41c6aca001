"""Actions: the closed list of verbs, their fields, and what each field may hold. Documented in docs/how/actions.md."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import isfinite
from typing import Any, Final

from resilience.training.clock import FASTEST
from resilience.training.controls import READ
from resilience.training.errors import BadInput
from resilience.training.hands import GLOVE_OF, SIDES
from resilience.training.vocabulary import MEANINGS, REPORT_KINDS, REPORT_TO
from resilience.training.world import World

MOST_TEXT: Final = 500
MOST_STROKES: Final = 40
MOST_POINTS: Final = 200
FARTHEST_MM: Final = 32768
"""So far a signed 16-bit number reaches: whatever a binary pose frame holds is a pose."""
_NUMBERS: Final = frozenset({int, float})
BODIES: Final = ("head", "left", "right")
"""What a pose frame says the place of."""
FARTHEST_M: Final = 20.0
MOST_ML: Final = 1000.0
LARGEST: Final = 1e6
GRIPS_OF_GLOVE: Final = ("cuff", "outside")
_TIME = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$")

Reader = Callable[[World, Any, dict[str, Any]], Any]
"""Checks one value; returns it, or raises Wrong."""


class Wrong(Exception):  # noqa: N818  caught and answered within this module
    """A value that cannot be: what is wrong with it and what to do."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.what, self.fix = what, fix


def parse(world: World, action: Any) -> dict[str, Any]:
    """A checked copy of an action other than a pose, without seq and tick. Raises BadInput; changes nothing."""
    if not isinstance(action, dict):
        raise BadInput("an action is not a JSON object", "action", 'Send {"tick": ..., "verb": ...}.')
    verb = action.get("verb")
    shape = VERBS.get(verb) if isinstance(verb, str) else None
    if shape is None:
        raise BadInput(f"the verb {_shown(verb)} is not known", "verb", f"Use one of: {', '.join(VERBS)}.")
    needed, optional = shape
    for field in action:
        if field not in needed and field not in optional and field not in ("seq", "tick", "verb"):
            known = ", ".join([*needed, *optional]) or "none"
            raise BadInput(f"`{verb}` has no field {_shown(field)}", f"{verb}.{field}", f"Its fields: {known}.")
    clean: dict[str, Any] = {"verb": verb}
    for field, read in (*needed.items(), *optional.items()):
        if field not in action:
            if field in needed:
                raise BadInput(f"`{verb}` lacks the field `{field}`", f"{verb}.{field}", "Add it.")
            continue
        try:
            clean[field] = read(world, action[field], clean)
        except Wrong as wrong:
            raise BadInput(wrong.what, f"{verb}.{field}", wrong.fix) from None
    return clean


def whole(value: Any, field: str, low: int = 0, high: int = 2**31 - 1) -> int:
    """A whole number between bounds. Raises BadInput."""
    if type(value) is not int or not low <= value <= high:
        raise BadInput(f"{_shown(value)} is no whole number from {low} to {high}", field, "Send such a number.")
    return value


def check_pose(value: Any, field: str) -> list[Any] | None:
    """A pose of head or hand: null, [x, y, z] in mm or [x, y, z, qx, qy, qz, qw]. Raises BadInput."""
    if value is None:
        return None
    if type(value) is list and len(value) in (3, 7) and _NUMBERS.issuperset(map(type, value)):
        # A comparison with NaN is false, so it is caught here too.
        x, y, z = value[:3]
        if (
            -FARTHEST_MM <= x <= FARTHEST_MM
            and -FARTHEST_MM <= y <= FARTHEST_MM
            and -FARTHEST_MM <= z <= FARTHEST_MM
            and (len(value) == 3 or _is_turn(*value[3:]))
        ):
            return value
    raise BadInput(
        f"{_shown(value)} is no pose",
        f"pose.{field}",
        "Send [x, y, z] in millimetres, with a unit quaternion, or null.",
    )


def check_lost(action: dict[str, Any]) -> list[str]:
    """Whose tracking gave no number in a pose frame: the bodies that `lost` names, each null. Raises BadInput."""
    lost = action.get("lost", [])
    if type(lost) is not list or any(name not in BODIES or action.get(name) is not None for name in lost):
        raise BadInput(
            f"{_shown(lost)} names no lost hands", "pose.lost", "Name head, left or right, and send null for it."
        )
    return list(lost)


def mend(action: dict[str, Any]) -> bool:
    """Put a pose frame right, in place, whose tracker gave no number (NaN, infinity): a null body, which `lost` names.

    So a log, which can hold no NaN, holds what was taken, and replays to the same. False where something else is wrong.
    """
    found = [name for name in BODIES if _no_number(action.get(name))]
    for name in found:
        action[name] = None
    if found:
        action["lost"] = [*action.get("lost", []), *found]
    return bool(found)


def _no_number(value: Any) -> bool:
    if type(value) is not list or len(value) not in (3, 7) or not _NUMBERS.issuperset(map(type, value)):
        return False
    return not all(map(isfinite, value))


def _is_turn(x: float, y: float, z: float, w: float) -> bool:
    limit = 1.0001
    return -limit <= x <= limit and -limit <= y <= limit and -limit <= z <= limit and -limit <= w <= limit


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _one_of(value: Any, known: Any, what: str) -> str:
    if not isinstance(value, str) or value not in known:
        listed = ", ".join(list(known)[:12])
        raise Wrong(f"{_shown(value)} is no {what}", f"Use one of: {listed}{', ...' if len(known) > 12 else ''}.")
    return value


def _number(value: Any, low: float, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise Wrong(f"{_shown(value)} is no number from {low:g} to {high:g}", "Send such a number.")
    return value


def _text(world: World, value: Any, clean: dict[str, Any]) -> str:
    if not isinstance(value, str) or len(value) > MOST_TEXT:
        raise Wrong(f"{_shown(value)} is no text of up to {MOST_TEXT} characters", "Send a shorter text.")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Wrong("the text holds half a character", "Send whole Unicode characters.") from None
    return value


def _choice(known: tuple[str, ...] | dict[str, Any], what: str) -> Reader:
    return lambda world, value, clean: _one_of(value, known, what)


def _item(world: World, value: Any, clean: dict[str, Any]) -> str:
    return _one_of(value, world.items, "item")


def _target(world: World, value: Any, clean: dict[str, Any]) -> str:
    if isinstance(value, str) and value.startswith("hand:"):
        return _one_of(value, tuple(hand.id for hand in world.hands.values()), "hand")
    return _one_of(value, {**world.items, **world.surfaces}, "item, surface or hand")


def _on(world: World, value: Any, clean: dict[str, Any]) -> str:
    known = {**world.items, **world.surfaces}
    known.pop("floor", None)
    return _one_of(value, known, "surface or container")


def _part(world: World, value: Any, clean: dict[str, Any]) -> str:
    name = clean.get("target") or clean.get("item") or ""
    item = world.items.get(name)
    if item is not None:
        return _one_of(value, item.spec.parts, f"part of `{name}`")
    return _one_of(value, ("surface",) if name in world.surfaces else ("glove",), f"part of `{name}`")


def _grip(world: World, value: Any, clean: dict[str, Any]) -> str:
    item = world.items[clean["item"]]
    return _one_of(value, item.spec.grips or item.spec.parts, f"part of `{item.id}` to hold it by")


def _amount(world: World, value: Any, clean: dict[str, Any]) -> float:
    return _number(value, 0.0, MOST_ML)


def _spot(world: World, value: Any, clean: dict[str, Any]) -> list[float]:
    if not isinstance(value, list) or len(value) not in (3, 4):
        raise Wrong(f"{_shown(value)} is no place", "Send [x, y, z] or [x, y, z, yaw] in metres and radians.")
    return [_number(number, -FARTHEST_M, FARTHEST_M) for number in value]


def _path(world: World, value: Any, clean: dict[str, Any]) -> list[list[list[float]]]:
    fix = f"Send up to {MOST_STROKES} strokes of 2 to {MOST_POINTS} points [x, z] in metres."
    if not isinstance(value, list) or not 1 <= len(value) <= MOST_STROKES:
        raise Wrong(f"{_shown(value)} is no path", fix)
    strokes = []
    for stroke in value:
        if not isinstance(stroke, list) or not 2 <= len(stroke) <= MOST_POINTS:
            raise Wrong(f"{_shown(stroke)} is no stroke", fix)
        for point in stroke:
            if not isinstance(point, list) or len(point) != 2:
                raise Wrong(f"{_shown(point)} is no point", fix)
        strokes.append([[_number(number, -FARTHEST_M, FARTHEST_M) for number in point] for point in stroke])
    return strokes


def _control(world: World, value: Any, clean: dict[str, Any]) -> str:
    item = world.items[clean["target"]]
    known = (*item.spec.controls, READ) if item.kind == "cabinet" else tuple(item.spec.controls)
    return _one_of(value, known, f"control of `{item.id}`")


def _setting(world: World, value: Any, clean: dict[str, Any]) -> Any:
    item = world.items[clean["target"]]
    control = item.spec.controls.get(clean["control"])
    if control is None or control.kind == "press":
        if value not in (None, True) or (value == 1 and value is not True):
            raise Wrong(f"{_shown(value)} is no setting of a button", "Leave `value` out.")
        return value
    if control.kind == "toggle":
        if not isinstance(value, bool):
            raise Wrong(f"{_shown(value)} is no setting of a switch", "Send true or false.")
        return value
    if control.kind == "choice":
        return _one_of(value, control.values, "setting")
    if type(value) is not int:
        raise Wrong(f"{_shown(value)} is no whole number", "Send a whole number.")
    return _number(value, control.min or 0, control.max or LARGEST)


def _field(world: World, value: Any, clean: dict[str, Any]) -> str:
    return _one_of(value, world.papers.fields, "field of the record")


def _entry(world: World, value: Any, clean: dict[str, Any]) -> Any:
    field = world.papers.fields[clean["field"]]
    if field.type == "number":
        return _number(value, -LARGEST, LARGEST)
    if field.type == "choice":
        return _one_of(value, field.choices, "choice")
    text = _text(world, value, clean)
    if field.type == "time" and not _TIME.match(text):
        raise Wrong(f"{_shown(value)} is no time", "Send hours and minutes, such as 09:05.")
    return text


def _signature(world: World, value: Any, clean: dict[str, Any]) -> str:
    return _one_of(value, tuple(world.module.scene.signatures), "step to be signed")


def _question(world: World, value: Any, clean: dict[str, Any]) -> str:
    return _one_of(value, world.papers.questions, "question")


def _answer(world: World, value: Any, clean: dict[str, Any]) -> str:
    return _one_of(value, tuple(world.papers.questions[clean["question"]].shape.choices), "choice")


def _pace(world: World, value: Any, clean: dict[str, Any]) -> int:
    if type(value) is not int or not 1 <= value <= FASTEST:
        raise Wrong(f"{_shown(value)} is no whole number from 1 to {FASTEST}", "Send such a number.")
    return value


def _station(world: World, value: Any, clean: dict[str, Any]) -> str:
    return _one_of(value, world.stations, "station")


def _surface(world: World, value: Any, clean: dict[str, Any]) -> str:
    return _one_of(value, world.surfaces, "surface")


_HAND = _choice(SIDES, "hand")
_GARMENT = _choice(GLOVE_OF, "garment")
_CONTACT = _choice(("glove", "sleeve"), "part of the arm")

# Needed fields in the order they are read (a later one may depend on an earlier one), then optional ones.
VERBS: Final[dict[str, tuple[dict[str, Reader], dict[str, Reader]]]] = {
    "move": ({"station": _station}, {}),
    "take": ({"hand": _HAND, "item": _item}, {"grip": _grip}),
    "place": ({"hand": _HAND, "on": _on}, {"pose": _spot}),
    "drop": ({"hand": _HAND}, {"surface": _surface}),
    "touch": ({"hand": _HAND, "target": _target}, {"part": _part, "with": _CONTACT}),
    "use": ({"hand": _HAND, "tool": _item, "target": _target}, {"part": _part, "amount": _amount, "path": _path}),
    "open": ({"hand": _HAND, "target": _item, "part": _part}, {}),
    "close": ({"hand": _HAND, "target": _item, "part": _part}, {}),
    "operate": ({"target": _item, "control": _control}, {"value": _setting}),
    "don": ({"garment": _GARMENT}, {"grip": _choice(GRIPS_OF_GLOVE, "grip")}),
    "doff": ({"garment": _GARMENT}, {"grip": _choice(GRIPS_OF_GLOVE, "grip")}),
    "record": ({"field": _field, "value": _entry}, {}),
    "correct": ({"field": _field, "value": _entry}, {"reason": _text}),
    "sign": ({"step": _signature, "meaning": _choice(MEANINGS, "meaning")}, {}),
    "report": ({"to": _choice(REPORT_TO, "person"), "kind": _choice(REPORT_KINDS, "report"), "text": _text}, {}),
    "answer": ({"question": _question, "choice": _answer}, {}),
    "hint": ({}, {}),
    "pace": ({"value": _pace}, {}),
    "pause": ({}, {}),
    "finish": ({}, {}),
}
