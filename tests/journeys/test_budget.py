"""What the plant costs a headset: draws, triangles, textures, programs, and what has to be carried over the line."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Response

from tests.journeys.conftest import Server
from tests.journeys.person import open_session
from tests.journeys.pointers import MousePerson

pytestmark = pytest.mark.journey

# The budget of one scene in a headset, both eyes: a screen draws one, so what it counts is taken twice.
EYES = 2
MOST_CALLS, MOST_TRIANGLES = 100, 300_000
MOST_TEXTURES, MOST_PROGRAMS = 40, 20
MOST_TEXTURE_BYTES = 128 * 2**20
MOST_FIRST_LOAD, MOST_SCENE = 250_000, 3_000_000

# Counts the bytes of every texture that the page really makes, by format and size, from below the drawing library.
COUNT_TEXTURES = """
(() => {
  const gl = WebGL2RenderingContext.prototype;
  const size = new WeakMap();
  let bytes = 0;
  window.textureBytes = () => bytes;
  const bindings = { 0x0DE1: 0x8069, 0x806F: 0x806A, 0x8C1A: 0x8C1D, 0x8513: 0x8514 };
  const sizes = { 0x8814: 16, 0x8D82: 16, 0x8D70: 16, 0x881A: 8, 0x822E: 4, 0x8236: 4, 0x8229: 1, 0x1903: 1 };
  const perPixel = (format) => sizes[format] ?? 4;
  const note = (context, target, level, amount) => {
    const face = target >= 0x8515 && target <= 0x851A;
    const texture = context.getParameter(bindings[face ? 0x8513 : target]);
    if (!texture) return;
    const levels = size.get(texture) ?? new Map();
    const key = `${target}:${level}`;
    bytes += amount - (levels.get(key) ?? 0);
    levels.set(key, amount);
    size.set(texture, levels);
  };
  const wrap = (name, before) => {
    const plain = gl[name];
    gl[name] = function (...args) { before(this, args); return plain.apply(this, args); };
  };
  wrap("texStorage2D", (c, [target, levels, format, w, h]) => {
    for (let n = 0; n < levels; n++) {
      note(c, target, n, Math.max(1, w >> n) * Math.max(1, h >> n) * perPixel(format) * (target === 0x8513 ? 6 : 1));
    }
  });
  wrap("texStorage3D", (c, [target, levels, format, w, h, d]) => {
    for (let n = 0; n < levels; n++) {
      note(c, target, n, Math.max(1, w >> n) * Math.max(1, h >> n) * d * perPixel(format));
    }
  });
  wrap("texImage2D", (c, args) => {
    const [target, level, format] = args;
    const [w, h] = args.length > 6 ? [args[3], args[4]] : [args[5]?.width ?? 0, args[5]?.height ?? 0];
    note(c, target, level, w * h * perPixel(format));
  });
  wrap("deleteTexture", (c, [texture]) => {
    for (const amount of (texture && size.get(texture) || new Map()).values()) bytes -= amount;
    if (texture) size.delete(texture);
  });
})();
"""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 960, "height": 540})
    made.add_init_script("localStorage.setItem('resilience.settings', JSON.stringify({coached: true}))")
    made.add_init_script(COUNT_TEXTURES)
    yield made
    made.close()


def carried(answers: list[Response], *endings: str) -> int:
    """Bytes of these files as a server that compresses sends them."""
    found = {a.url: a for a in answers if urlsplit(a.url).path.endswith(endings) and a.ok}
    assert found, f"the page loaded nothing that ends in {endings}"
    return sum(len(gzip.compress(answer.body(), 9)) for answer in found.values())


@pytest.mark.parametrize("module", ["aseptic-filling", "controls"])
def test_a_scene_keeps_within_its_budget(server: Server, context: BrowserContext, module: str) -> None:
    person = MousePerson(context.new_page(), server)
    answers: list[Response] = []
    person.page.on("response", lambda answer: answers.append(answer))
    person.enter(open_session(server, module=module, mode="guided"))
    first = list(answers)
    assert carried(first, ".js", ".css") <= MOST_FIRST_LOAD
    assert carried(first, ".glb") <= MOST_SCENE

    for station, title in (("cabinet", "Cabinet"), ("desk", "Desk"), ("trolley", "Trolley")):
        if person.sees("window.resilience.station") != station:
            person.go(station, title)
        person.frames(3)
        drawn = person.sees("window.resilience.renderer")
        where = f"{module} at the {station}: {drawn}"
        assert drawn["calls"] > 0, where
        assert drawn["calls"] * EYES <= MOST_CALLS, where
        assert drawn["triangles"] > 10_000, f"the plant is not drawn; {where}"
        assert drawn["triangles"] * EYES <= MOST_TRIANGLES, where
        assert drawn["textures"] <= MOST_TEXTURES, where
        assert drawn["programs"] <= MOST_PROGRAMS, where
        held = person.sees("window.textureBytes()")
        assert 2**20 < held <= MOST_TEXTURE_BYTES, f"{where}, {held / 2**20:.1f} MB of textures"
        print(where, f"{held / 2**20:.1f} MB of textures")

    print(module, "first load", carried(first, ".js", ".css"), "scene", carried(first, ".glb"))
    assert person.complaints == []
    assert person.outside == [], "nothing may be asked of another host"
