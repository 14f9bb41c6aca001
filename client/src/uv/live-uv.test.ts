import { describe, expect, it } from "vitest";
import type { Face } from "../contract";
import type { World } from "../world/world";
import { LiveUv } from "./live-uv";

const GLOVE: Face = ["hand:left", "glove", 0.5];

function made(): { uv: LiveUv; asked: () => number; lit: () => readonly Face[]; light: () => boolean } {
  let asked = 0;
  let lit: readonly Face[] = [];
  let light = false;
  const world = { ultraviolet: (on: boolean) => { light = on; }, shining: { show: (faces: readonly Face[]) => { lit = faces; } } } as unknown as World;
  return { uv: new LiveUv(world, () => { asked += 1; }), asked: () => asked, lit: () => lit, light: () => light };
}

describe("ultraviolet light", () => {
  it("asks at once, then every second, and only while it is on", () => {
    const { uv, asked } = made();
    uv.frame(5);
    expect(asked()).toBe(0);
    uv.show(true);
    for (let n = 0; n < 25; n++) uv.frame(0.1);
    expect(asked()).toBe(3);
    uv.show(false);
    uv.frame(5);
    expect(asked()).toBe(3);
  });
  it("shows what it is told, and nothing once it is off, even what comes late", () => {
    const { uv, lit, light } = made();
    uv.show(true);
    uv.told([GLOVE]);
    expect(lit()).toEqual([GLOVE]);
    expect(light()).toBe(true);
    uv.show(false);
    uv.told([GLOVE]);
    expect(lit()).toEqual([]);
    expect(light()).toBe(false);
  });
});
