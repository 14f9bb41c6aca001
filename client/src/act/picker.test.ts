import { Box3, Matrix4, Ray, Vector3 } from "three";
import { describe, expect, it } from "vitest";
import type { Affordance, Item, SceneSpec, Snapshot, Vec3 } from "../contract";
import { EMPTY } from "../session/store";
import type { Model } from "../world/model";
import type { Thing } from "../world/thing";
import type { World } from "../world/world";
import { kept, Picker } from "./picker";

function thing(id: string, at: Vec3, size: Vec3): Thing {
  const [x, y, z] = size;
  const box = new Box3(new Vector3(-x / 2, 0, -z / 2), new Vector3(x / 2, y, z / 2));
  const model = { kind: id, box, parts: new Map([["body", box]]) } as unknown as Model;
  return { id, model, visible: true, frame: new Matrix4().makeTranslation(...at) } as unknown as Thing;
}

const things = [thing("near", [0, 0.9, -1], [0.1, 0.1, 0.1]), thing("far", [0, 0.9, -1.4], [0.1, 0.1, 0.1])];
const world = {
  things,
  thing: (id: string) => things.find((one) => one.id === id),
  hands: { palms: { left: new Matrix4().makeTranslation(-0.4, 1, -1), right: new Matrix4().makeTranslation(0.4, 1, -1) } },
  markers: { ids: () => new Map([["desk", 0]]).keys(), at: () => new Vector3(2, 0, 0), radius: 0.23 },
} as unknown as World;
const scene = {
  surfaces: { worktop: { y: 0.9, x: [-0.6, 0.6], z: [-1.76, -0.8], station: "cabinet", equipment: "cabinet" } },
} as unknown as SceneSpec;
const item = (where: string): Item => ({ kind: "x", name: "x", where, at: [0, 0, 0], yaw: 0, look: {} });
const offers = [{}] as Affordance[];
const snapshot: Snapshot = {
  ...EMPTY, station: "cabinet", items: { near: item("surface:worktop"), far: item("surface:worktop") }, affordances: { "hand:left": offers, "hand:right": offers },
};

const towards = (x: number, y: number, z: number): Ray => new Ray(new Vector3(0, 1.5, 0), new Vector3(x, y - 1.5, z).normalize());

describe("the picker", () => {
  it("finds the nearest thing along a ray, and what stands behind it from the side", () => {
    const picker = new Picker(world, scene);
    expect(picker.ray(towards(0, 0.95, -1), snapshot, 0, null, true)?.id).toBe("near");
    expect(picker.ray(towards(0, 0.95, -1.4), snapshot, 0, null, true)?.id).toBe("far");
  });

  it("passes through what the pointing hand carries, and what is not to be seen", () => {
    const picker = new Picker(world, scene);
    const held = { ...snapshot, items: { ...snapshot.items, near: item("hand:right") } };
    expect(picker.ray(towards(0, 0.95, -1), held, 0, "right", false)).toBeNull();
    expect(picker.ray(towards(0, 0.95, -1), held, 0, "left", false)?.id).toBe("near");
  });

  it("passes through what either hand carries for a pointer that acts for both, and still finds the other, empty hand", () => {
    const picker = new Picker(world, scene);
    const held = { ...snapshot, items: { ...snapshot.items, near: item("hand:right") } };
    expect(picker.ray(towards(0, 0.95, -1), held, 0, "left", false, true)).toBeNull();
    expect(picker.ray(towards(0.4, 1, -1), held, 0, "left", false, true)?.id).toBe("hand:right");
  });

  it("prefers what the ray really meets to what it would meet if that were larger", () => {
    const vials = [thing("near", [0, 0.9, -1.51], [0.022, 0.04, 0.022]), thing("far", [0, 0.9, -1.537], [0.022, 0.04, 0.022])];
    const picker = new Picker({ ...world, things: vials } as unknown as World, scene);
    const over = towards(0, 0.935, -1.537);
    expect(picker.ray(over, snapshot, 0.02, null, false)?.id).toBe("far");
    const alone = { ...snapshot, items: { near: item("surface:worktop") } };
    expect(picker.ray(over, alone, 0.02, null, false)?.id).toBe("near");
    expect(picker.ray(over, alone, 0, null, false)).toBeNull();
  });

  it("lets what stands in a thing come before the thing", () => {
    const picker = new Picker(world, scene);
    const inside = { ...snapshot, items: { near: item("surface:worktop"), far: item("in:near") } };
    const point = new Vector3(0, 0.95, -1.2);
    expect(picker.near(point, inside, 0.3, null)?.id).toBe("far");
  });

  it("falls on the surface of the own station, a hand, or a mark on the floor", () => {
    const picker = new Picker(world, scene);
    expect(picker.ray(towards(0.3, 0.9, -1.2), snapshot, 0, null, true)).toMatchObject({ kind: "surface", id: "surface:worktop" });
    expect(picker.ray(towards(0.3, 0.9, -1.2), snapshot, 0, null, false)).toBeNull();
    expect(picker.surface(towards(0.3, 0.9, -1.2), { ...snapshot, station: "desk" })).toBeNull();
    expect(picker.ray(towards(0.4, 1, -1), snapshot, 0, null, false)?.id).toBe("hand:right");
    expect(picker.ray(towards(2, 0, 0), snapshot, 0, null, false)?.id).toBe("station:desk");
  });

  it("answers every frame with the same object: nothing is left for the collector", () => {
    const picker = new Picker(world, scene);
    const first = picker.ray(towards(0, 0.95, -1), snapshot, 0, null, true);
    const at = first?.at;
    const second = picker.ray(towards(0, 0.95, -1.4), snapshot, 0, null, true);
    expect(second).toBe(first);
    expect(second?.at).toBe(at);
    expect(picker.near(new Vector3(0, 1, -1), snapshot, 0.2, null)).toBe(picker.near(new Vector3(0, 1, -1.4), snapshot, 0.2, null));
    expect(picker.surface(towards(0.3, 0.9, -1.2), snapshot)).toBe(picker.surface(towards(0.2, 0.9, -1.2), snapshot));
  });

  it("gives a copy to whoever needs the answer later", () => {
    const picker = new Picker(world, scene);
    const first = picker.ray(towards(0, 0.95, -1), snapshot, 0, null, true);
    const copy = first && kept(first);
    picker.ray(towards(0, 0.95, -1.4), snapshot, 0, null, true);
    expect(copy?.id).toBe("near");
    expect(copy?.at.z).toBeGreaterThan(-1.1);
  });
});
