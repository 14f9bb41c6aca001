"""What a specification says, in the reader's words: groups, sizes, names of parts, rooms in which a kind is found."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy

from resilience.plant import Spec, kinds, load
from resilience.plant.specs import MODELS
from resilience.site import catalogue
from resilience.site.folders import PACKAGE
from resilience.training import modules

GROUPS: dict[str, Promise] = {
    "room": gettext_lazy("Rooms"),
    "equipment": gettext_lazy("Equipment and furniture"),
    "thing": gettext_lazy("Things to hold"),
    "worn": gettext_lazy("Worn"),
}
WORDS = Path(__file__).with_name("parts.yaml")
STATIC = PACKAGE / "site" / "static"
MILLIMETRES_BELOW = 1.0  # metres: what is shorter is told in millimetres


@dataclass(frozen=True)
class Name:
    """A part with a name: its node in the model, and where it is (metres, the kind's frame) if that is narrower.

    `english`: the words are English because no others are known.
    """

    id: str
    text: str
    part: str
    at: tuple[float, float, float] | None
    english: bool = False


@dataclass(frozen=True)
class Card:
    """A kind as the catalogue lists it."""

    kind: str
    title: str
    group: str
    size: str
    parts: int
    rooms: tuple[str, ...]
    picture: str | None


@dataclass(frozen=True)
class Weight:
    """What a model costs: triangles, and kilobytes over the line."""

    triangles: int
    kilobytes: float


def language() -> str:
    return "cy" if (get_language() or "en").startswith("cy") else "en"


def title(spec: Spec) -> str:
    """The kind's name as a heading has it."""
    name = spec.title["cy" if language() == "cy" else "en"]
    return name[:1].upper() + name[1:]


def group(spec: Spec) -> str:
    """One of GROUPS: a room holds equipment, a thing has a grip, what is worn is a hand or a garment."""
    if spec.room or spec.mounts:
        return "room"
    if spec.kind.startswith(("glove-left", "glove-right")) or "worn" in spec.parts:
        return "worn"
    return "thing" if spec.grips else "equipment"


def card(kind: str) -> Card:
    spec = load(kind)
    named = len(spec.name_parts.parts) if spec.name_parts else len(spec.parts)
    return Card(kind, title(spec), group(spec), size(spec), named, tuple(sorted(places().get(kind, ()))), picture(kind))


@cache
def picture(kind: str) -> str | None:
    """The site's own file with a picture of the kind, None where none has been taken."""
    file = f"site/plant/{kind}.webp"
    return file if (STATIC / file).is_file() else None


def size(spec: Spec) -> str:
    """Width x height x depth; millimetres for what is smaller than a metre."""
    small = max(spec.size) < MILLIMETRES_BELOW
    sides = " × ".join(length(side, small) for side in spec.size)
    return f"{sides} {'mm' if small else 'm'}"


def length(metres: float, small: bool) -> str:
    """A length as its number alone, in mm where small, else in m."""
    value = round(metres * 1000, 1) if small else round(metres, 3)
    return str(formats.number_format(int(value) if value == int(value) else value))


def names(spec: Spec) -> list[Name]:
    """The real parts by name where the specification has them, then its other nodes."""
    spoken = language()
    found: list[Name] = []
    if spec.name_parts:
        for key, one in spec.name_parts.parts.items():
            found.append(Name(key, one.cy if spoken == "cy" else one.en, one.part, one.at))
    named = {name.part for name in found}
    for part in spec.parts:
        if part not in named:
            words = part_words().get(part, {})
            found.append(Name(part, words.get(spoken, part.replace("-", " ")), part, None, spoken not in words))
    return found


@cache
def part_words() -> dict[str, dict[str, str]]:
    """Words for nodes that several kinds share: {node: {language: words}}."""
    read: dict[str, dict[str, str]] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return read


@cache
def weights() -> dict[str, Weight]:
    """Of every kind that has a model, from the report of the models' build."""
    report = json.loads((MODELS / "report.json").read_text(encoding="utf-8"))
    return {kind: Weight(entry["triangles"], entry["gzip"] / 1000) for kind, entry in report.items() if kind in kinds()}


@cache
def places() -> dict[str, frozenset[str]]:
    """The rooms in which each kind is found: it stands there, or a training module uses it there."""
    found: dict[str, set[str]] = {}
    for room in kinds():
        for _, kind, _ in load(room).standing:
            found.setdefault(kind, set()).add(room)
    for name in modules.available():
        module = catalogue.loaded(name)
        if module is None:
            continue
        for item in module.scene.items:
            found.setdefault(item.kind, set()).add(module.scene.room)
    return {kind: frozenset(rooms) for kind, rooms in found.items()}


def rooms() -> list[str]:
    return [kind for kind in kinds() if group(load(kind)) == "room"]


def plain(text: str) -> str:
    """For searching: small letters without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def matches(spec: Spec, words: str) -> bool:
    """Whether every word is in the kind's names, in either language, or in a name of its parts."""
    told = [spec.kind, *spec.title.values(), *spec.parts]
    if spec.name_parts:
        told += [text for one in spec.name_parts.parts.values() for text in (one.en, one.cy)]
    for part in spec.parts:
        told += part_words().get(part, {}).values()
    whole = plain(" ".join(told))
    return all(word in whole for word in plain(words).split())
