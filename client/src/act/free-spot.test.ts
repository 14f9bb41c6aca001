import { describe, expect, it } from "vitest";
import type { Item, SceneSpec, Snapshot } from "../contract";
import { EMPTY } from "../session/store";
import { freeSpot } from "./free-spot";

const scene = { surfaces: { worktop: { y: 0.9, x: [-0.6, 0.6], z: [-1.76, -1.28], station: "cabinet", equipment: "cabinet" } } } as unknown as SceneSpec;
const tub = (x: number, z: number): Item => ({ kind: "tub", name: "", where: "surface:worktop", at: [x, 0.9, z], yaw: 0, look: {} });
const half = { x: 0.05, z: 0.05 };
const withItems = (items: Record<string, Item>): Snapshot => ({ ...EMPTY, items });

describe("a free spot on a surface", () => {
  it("is the one wished for when nothing stands there", () => {
    expect(freeSpot("worktop", scene, withItems({}), new Map(), half, [0.1, -1.5], null)).toEqual([0.1, 0.9, -1.5]);
  });

  it("lies within the surface, not over its edge", () => {
    const spot = freeSpot("worktop", scene, withItems({}), new Map(), half, [0.9, -1.0], null);
    expect(spot?.[0]).toBeCloseTo(0.55);
    expect(spot?.[2]).toBeCloseTo(-1.33);
  });

  it("keeps clear of what stands there, but not of the thing itself", () => {
    const items = { a: tub(0.1, -1.5) };
    const spot = freeSpot("worktop", scene, withItems(items), new Map(), half, [0.1, -1.5], null);
    expect(Math.max(Math.abs((spot?.[0] ?? 0) - 0.1), Math.abs((spot?.[2] ?? 0) + 1.5))).toBeGreaterThan(0.08);
    expect(freeSpot("worktop", scene, withItems(items), new Map(), half, [0.1, -1.5], "a")).toEqual([0.1, 0.9, -1.5]);
  });

  it("is none on an unknown surface or one that is too small", () => {
    expect(freeSpot("shelf", scene, withItems({}), new Map(), half, [0, 0], null)).toBeNull();
    expect(freeSpot("worktop", scene, withItems({}), new Map(), { x: 0.7, z: 0.05 }, [0, 0], null)).toBeNull();
  });
});
