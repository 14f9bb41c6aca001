import { describe, expect, it } from "vitest";
import type { Item, Snapshot } from "../contract";
import { EMPTY, SnapshotStore } from "./store";

const vial = (y: number): Item => ({ kind: "vial", name: "Vial 1", where: "surface:worktop", at: [0, y, 0], yaw: 0, look: {} });
const snapshot: Snapshot = { ...EMPTY, station: "trolley", items: { "vial-1": vial(0.9), pack: vial(0.8) } };

describe("the snapshot store", () => {
  it("takes a whole snapshot, naming every item as changed", () => {
    const store = new SnapshotStore();
    store.replace(snapshot);
    expect(store.snapshot.station).toBe("trolley");
    expect([...store.changedItems].sort()).toEqual(["pack", "vial-1"]);
    expect(store.changed.has("affordances")).toBe(true);
  });

  it("patches only what an update names", () => {
    const store = new SnapshotStore();
    store.replace(snapshot);
    store.patch({ t: "update", tick: 7, events: [], items: { "vial-1": vial(1.1) } });
    expect(store.snapshot.tick).toBe(7);
    expect(store.snapshot.items["vial-1"]?.at[1]).toBe(1.1);
    expect(store.snapshot.items["pack"]?.at[1]).toBe(0.8);
    expect([...store.changed]).toEqual(["items"]);
    expect([...store.changedItems]).toEqual(["vial-1"]);
  });

  it("removes what is gone, with what could be done with it", () => {
    const store = new SnapshotStore();
    store.replace({ ...snapshot, affordances: { pack: [] } });
    store.patch({ t: "update", tick: 8, events: [], removed: ["pack"] });
    expect(Object.keys(store.snapshot.items)).toEqual(["vial-1"]);
    expect(store.snapshot.affordances).toEqual({});
    expect([...store.changedItems]).toEqual(["pack"]);
  });

  it("names items that a new snapshot no longer holds", () => {
    const store = new SnapshotStore();
    store.replace(snapshot);
    store.replace({ ...snapshot, items: {} });
    expect([...store.changedItems].sort()).toEqual(["pack", "vial-1"]);
  });

  it("leaves the hand that an update does not name", () => {
    const store = new SnapshotStore();
    store.replace(snapshot);
    store.patch({
      t: "update", tick: 9, events: [],
      hands: { right: { holds: "pack", grip: "outer", glove: "intact", wet: true } } as Snapshot["hands"],
    });
    expect(store.snapshot.hands.right.holds).toBe("pack");
    expect(store.snapshot.hands.left.holds).toBeNull();
  });
});
