"""What the client needs to draw a kind: its model, its size, what its parts are called, what is marked on it."""

from __future__ import annotations

from typing import Any

from resilience.plant import Spec, load
from resilience.site.pages.plant import telling
from resilience.training.snapshot import room_light

Json = dict[str, Any]


def model(spec: Spec) -> Json:
    """The shape of docs/how/live-session.md (Scene, `models`), with the kind's name for a stand-in's label. Metres."""
    return {
        "url": f"/static/models/{spec.kind}.glb",
        "size": list(spec.size),
        "shift": list(spec.shift),
        "parts": list(spec.parts),
        "anchor": "base",
        "title": telling.title(spec),
        "light": room_light(spec.kind),
        "screens": {part: {"size": list(screen.size)} for part, screen in spec.screens.items()},
        "motions": {part: motion.model_dump(exclude_none=True, mode="json") for part, motion in spec.motions.items()},
    }


def specimen(kind: str) -> Json:
    """One kind by itself: its model, the names of its parts, and its surfaces, critical sites and sockets (metres)."""
    spec = load(kind)
    return {
        "kind": kind,
        "title": telling.title(spec),
        "room": telling.group(spec) == "room",
        "model": model(spec),
        "names": [
            {"id": name.id, "text": name.text, "part": name.part, "at": list(name.at) if name.at else None}
            for name in telling.names(spec)
        ],
        "surfaces": [{"y": one.y, "x": list(one.x), "z": list(one.z)} for one in spec.surfaces.values()],
        "critical": [{"at": list(site.at), "radius": site.radius} for site in spec.critical_sites],
        "sockets": [{"at": list(at), "radius": spec.sockets.radius} for at in spec.sockets.places]
        if spec.sockets
        else [],
        "labels": [telling.length(side, max(spec.size) < telling.MILLIMETRES_BELOW) for side in spec.size],
        "unit": "mm" if max(spec.size) < telling.MILLIMETRES_BELOW else "m",
    }
