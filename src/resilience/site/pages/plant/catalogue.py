"""The catalogue of the plant, and one kind of thing in three dimensions and in words."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from resilience.plant import Spec, kinds, load
from resilience.site.pages.plant import drawing, telling

MOST_WORDS = 80  # letters of a search that are read


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All kinds, or those with the searched words in a room and of a group."""
    words = request.GET.get("q", "")[:MOST_WORDS].strip()
    room, group = request.GET.get("room", ""), request.GET.get("kind", "")
    cards = [telling.card(kind) for kind in kinds() if telling.matches(load(kind), words)]
    rooms = {name: telling.title(load(name)) for name in telling.rooms()}
    if room in rooms:
        cards = [card for card in cards if card.kind == room or room in card.rooms]
    if group in telling.GROUPS:
        cards = [card for card in cards if card.group == group]
    cards.sort(key=lambda card: (list(telling.GROUPS).index(card.group), card.title))
    grouped = [
        {"name": name, "cards": within}
        for key, name in telling.GROUPS.items()
        if (within := [card for card in cards if card.group == key])
    ]
    context = {
        "here": "plant",
        "grouped": grouped,
        "count": len(cards),
        "all": len(kinds()),
        "words": words,
        "room": room,
        "rooms": rooms,
        "group": group,
        "groups": telling.GROUPS,
    }
    return render(request, "plant/list.html", context)


@require_safe
def shown(request: HttpRequest, kind: str) -> HttpResponse:
    spec = the_kind(kind)
    within = telling.places().get(kind, frozenset())
    context: dict[str, Any] = {
        "here": "plant",
        "spec": spec,
        "title": telling.title(spec),
        "group": telling.GROUPS[telling.group(spec)],
        "is_room": telling.group(spec) == "room",
        "size": telling.size(spec),
        "picture": telling.picture(kind),
        "names": telling.names(spec),
        "weight": telling.weights().get(kind),
        "rooms": [{"kind": room, "title": telling.title(load(room))} for room in sorted(within)],
        "stands": _stands(spec),
        "lengths": _lengths(spec),
        "has_sockets": len(spec.sockets.places) if spec.sockets else 0,
    }
    return render(request, "plant/kind.html", context)


@require_safe
def drawn(request: HttpRequest, kind: str) -> JsonResponse:
    """What the client draws the kind from; see docs/how/plant.md."""
    the_kind(kind)
    answer = JsonResponse(drawing.specimen(kind))
    answer["Vary"] = "Accept-Language, Cookie"
    return answer


def the_kind(kind: str) -> Spec:
    if kind not in kinds():
        raise Http404
    return load(kind)


def _stands(spec: Spec) -> list[dict[str, str]]:
    """What stands in a room, each kind once."""
    found = dict.fromkeys(kind for _, kind, _ in spec.standing)
    return [{"kind": kind, "title": telling.title(load(kind))} for kind in found]


def _lengths(spec: Spec) -> list[dict[str, str]]:
    """The named lengths from which the model is built, as the specification has them."""
    small = max(spec.size) < telling.MILLIMETRES_BELOW
    return [
        {
            "name": name,
            "value": telling.length(value, False) if name.endswith("_degrees") else telling.length(value, small),
            "unit": "°" if name.endswith("_degrees") else "mm" if small else "m",
        }
        for name, value in spec.dimensions.items()
    ]
