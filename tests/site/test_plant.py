"""The plant's pages and what the client is told of it."""

from __future__ import annotations

from html import unescape
from math import cos, hypot, sin

import pytest
from django.test import Client
from django.utils import translation

from resilience.plant import kinds, load
from resilience.plant.building import End, read, ways
from resilience.plant.specs import SpecError
from resilience.site.pages.plant import drawing, stations, telling

pytestmark = pytest.mark.usefixtures("embedded_store")

ROOMS = [kind for kind in kinds() if telling.group(load(kind)) == "room"]


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_kind_is_listed_and_has_a_page(client: Client, language: str) -> None:
    client.cookies["django_language"] = language
    page = client.get("/plant").content.decode()
    for kind in kinds():
        assert f'href="/plant/{kind}"' in page
        title = load(kind).title[language]  # type: ignore[index]
        own = unescape(client.get(f"/plant/{kind}").content.decode())
        assert title[1:] in own
        assert load(kind).source in own


def test_a_kind_that_is_not_there_is_not_found(client: Client) -> None:
    for path in (
        "/plant/nothing",
        "/plant/nothing.json",
        "/plant/nothing/walk",
        "/plant/vial/walk",
        "/plant/vial/walk.json",
    ):
        assert client.get(path).status_code == 404, path


@pytest.mark.parametrize(
    ("asked", "there", "absent"),
    [
        ("q=ffiol", "vial", "desk"),  # a Welsh name, read by somebody whose pages are English
        ("q=ANSWER", None, "vial"),
        ("q=sash", "cabinet", "door"),  # the name of a part
        ("q=rac ffiolau", None, None),
        ("room=filling-room", "cabinet", None),
        ("kind=room", "filling-room", "cabinet"),
        ("kind=thing&room=filling-room", "syringe", "cabinet"),
    ],
)
def test_a_search_finds_by_words_room_and_kind(
    client: Client, asked: str, there: str | None, absent: str | None
) -> None:
    page = client.get(f"/plant?{asked}").content.decode()
    if there:
        assert f'href="/plant/{there}"' in page
    if absent:
        assert f'href="/plant/{absent}"' not in page


def test_a_search_that_finds_nothing_says_what_to_do(client: Client) -> None:
    page = client.get("/plant?q=unicorn").content.decode()
    assert "Nothing in the plant fits" in page
    assert 'href="/plant"' in page


def test_a_kind_is_drawn_from_its_specification(client: Client) -> None:
    told = client.get("/plant/vial.json").json()
    spec = load("vial")
    assert told["model"]["size"] == list(spec.size)
    assert told["critical"] == [{"at": list(site.at), "radius": site.radius} for site in spec.critical_sites]
    assert {name["part"] for name in told["names"]} == set(spec.parts)
    assert told["labels"] == ["24", "44.5", "24"]
    assert told["unit"] == "mm"


def test_numbers_are_written_as_the_reader_writes_them() -> None:
    assert telling.size(load("cabinet")) == "1.34 × 2.26 × 0.8 m"
    assert telling.length(0.022, True) == "22"
    assert telling.length(2.0, False) == "2"


def test_the_shared_words_are_in_both_languages() -> None:
    for part, words in telling.part_words().items():
        assert set(words) == {"en", "cy"}, part
        assert all(words.values()), part


@pytest.mark.parametrize("kind", kinds())
def test_names_of_parts_belong_to_nodes_of_the_model(kind: str) -> None:
    with translation.override("cy"):
        told = drawing.specimen(kind)
    assert told["names"]
    assert {name["part"] for name in told["names"]} == set(load(kind).parts)
    assert len({name["id"] for name in told["names"]}) == len(told["names"])


@pytest.mark.parametrize("room", ROOMS)
def test_one_can_stand_in_a_room_where_nothing_stands(room: str) -> None:
    spec = load(room)
    found = stations.stations(spec)
    assert found
    for station in found:
        x, z = station.at
        assert abs(x) <= spec.size[0] / 2 - stations.FROM_WALL + 1e-9
        assert abs(z) <= spec.size[2] / 2 - stations.FROM_WALL + 1e-9
        for name, kind, mount in spec.standing:
            if stations.stands(mount, load(kind)) and station.mount not in (name, room):
                away = stations.ground(mount, load(kind)).away(x, z)
                assert away >= stations.PERSON - 0.001, f"{room}: whoever looks at {station.mount} stands in {name}"


@pytest.mark.parametrize("room", ROOMS)
def test_one_looks_at_what_one_stands_before(room: str) -> None:
    spec = load(room)
    for station in stations.stations(spec):
        if station.mount == room:
            continue
        mount = spec.mounts[station.mount]
        towards = (mount.at[0] - station.at[0], mount.at[2] - station.at[1])
        ahead = (-sin(station.yaw), -cos(station.yaw))
        straight = (towards[0] * ahead[0] + towards[1] * ahead[1]) / hypot(*towards)
        assert straight == pytest.approx(-1 if station.door else 1, abs=0.01), station.mount


def test_the_distance_from_a_turned_thing() -> None:
    turned = stations.Ground(1.0, 0.0, 1.5707963, 2.0, 0.5)  # a bench along the wall, its width along z
    assert turned.away(1.0, 0.9) == 0
    assert turned.away(1.0, 1.5) == pytest.approx(0.5, abs=1e-6)
    assert turned.away(2.0, 0.0) == pytest.approx(0.75, abs=1e-6)


@pytest.mark.parametrize("room", ROOMS)
def test_the_scene_of_a_room_holds_all_that_stands_in_it(client: Client, room: str) -> None:
    scene = client.get(f"/plant/{room}/walk.json").json()
    spec = load(room)
    assert {thing["id"] for thing in scene["equipment"]} == set(spec.mounts)
    assert {thing["kind"] for thing in scene["equipment"]} | {room} <= set(scene["models"])
    keys = [station["key"] for station in scene["stations"].values()]
    assert keys == list(range(1, len(keys) + 1))
    for name, door in scene["doors"].items():
        leads = [(lead["room"], lead["door"]) for lead in door["leads"]]
        assert leads == [(end.room, end.mount) for end in ways().get(End(room, name), ())]
    assert len(keys) <= stations.MOST


def test_every_room_is_reached_by_doors_from_every_other() -> None:
    reached, waiting = {ROOMS[0]}, [ROOMS[0]]
    while waiting:
        here = waiting.pop()
        for end, leads in ways().items():
            for lead in leads if end.room == here else ():
                if lead.room not in reached:
                    reached.add(lead.room)
                    waiting.append(lead.room)
    assert reached == set(ROOMS)


def test_a_door_leads_both_ways_and_has_two_sides_only() -> None:
    for here, leads in ways().items():
        assert leads
        for there in leads:
            assert here in ways()[there]
    with pytest.raises(SpecError, match=r"nowhere.*is not known"):
        read("doors: [[filling-room/door, nowhere/door]]")
    with pytest.raises(SpecError, match=r"mounts\.gate.*is not there"):
        read("corridor: [filling-room/gate, filling-room/door]")
    with pytest.raises(SpecError, match="twice"):
        read("doors: [[filling-room/door, filling-room/desk], [filling-room/door, filling-room/trolley]]")
