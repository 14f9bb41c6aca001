"""A walk through a room: the page, and the scene that the client draws."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from resilience.plant import Spec, kinds, load
from resilience.plant.building import End, ways
from resilience.site.pages.plant import telling
from resilience.site.pages.plant.drawing import model
from resilience.site.pages.plant.stations import Station, is_door, stations

HANDS = ("glove-left", "glove-right")  # drawn where a headset says that hands are


def the_room(name: str) -> Spec:
    if name not in kinds() or telling.group(load(name)) != "room":
        raise Http404
    return load(name)


@require_safe
def walked(request: HttpRequest, room: str) -> HttpResponse:
    spec = the_room(room)
    found = [{"kind": kind, "title": telling.title(load(kind))} for kind in telling.rooms()]
    return render(request, "plant/walk.html", {"room": spec, "title": telling.title(spec), "rooms": found})


@require_safe
def scene(request: HttpRequest, room: str) -> JsonResponse:
    answer = JsonResponse(told(the_room(room)))
    answer["Vary"] = "Accept-Language, Cookie"
    return answer


def told(room: Spec) -> dict[str, Any]:
    """The scene of docs/how/live-session.md without items, and where its doors lead."""
    standing = room.standing
    needed = dict.fromkeys([room.kind, *(kind for _, kind, _ in standing), *HANDS])
    return {
        "module": "",
        "title": telling.title(room),
        "room": {"kind": room.kind, "size": list(room.size)},
        "equipment": [
            {
                "id": name,
                "kind": kind,
                "at": list(mount.at),
                "yaw": mount.yaw,
                "model": model(load(kind))["url"],
            }
            for name, kind, mount in standing
        ],
        "surfaces": {},
        "stations": {
            station.mount: {
                "title": _station_title(room, station),
                "at": [station.at[0], 0, station.at[1]],
                "yaw": station.yaw,
                "pitch": station.pitch,
                "key": key,
            }
            for key, station in enumerate(stations(room), 1)
        },
        "models": {kind: model(load(kind)) for kind in needed},
        "steps": [],
        "text": {},
        "doors": {name: _door(room, name) for name, kind, mount in standing if is_door(mount, load(kind))},
    }


def _door(room: Spec, mount: str) -> dict[str, Any]:
    """Where a door leads; nowhere as long as the room behind it is not built."""
    ends = ways().get(End(room.kind, mount), ())
    title = telling.title(load(room.mounts[mount].kind or mount))
    if len(ends) == 1:
        title = _("Door: %(room)s") % {"room": telling.title(load(ends[0].room))}
    elif ends:
        title = _("Door: corridor")
    return {
        "title": title,
        "leads": [
            {
                "room": end.room,
                "title": telling.title(load(end.room)),
                "door": end.mount,
                "scene": reverse("plant-scene", args=[end.room]),
            }
            for end in ends
        ],
    }


def _station_title(room: Spec, station: Station) -> str:
    if station.door:
        return str(_door(room, station.mount)["title"])
    return telling.title(load(station.kind))
