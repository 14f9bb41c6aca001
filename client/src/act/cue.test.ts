import { describe, expect, it } from "vitest";
import type { Item, SceneSpec, Snapshot } from "../contract";
import { EMPTY } from "../session/store";
import { cueOf } from "./cue";

const scene = {
  surfaces: {
    worktop: { y: 0.9, x: [-0.6, 0.6], z: [-1.76, -1.28], station: "cabinet", equipment: "cabinet" },
    "trolley-top": { y: 0.9, x: [-2, -1.5], z: [-0.3, 0.6], station: "trolley", equipment: "trolley" },
  },
  stations: {
    trolley: { title: "Trolley", at: [-1.35, 0, 0.2], yaw: 1.57, key: 1 },
    cabinet: { title: "Cabinet", at: [0, 0, -0.8], yaw: 0, key: 2 },
  },
} as unknown as SceneSpec;
const item = (kind: string, where: string, at: Item["at"] = [0, 0, 0]): Item => ({ kind, name: kind, where, at, yaw: 0, look: {} });

function told(target: string | null | undefined, station = "trolley"): Snapshot {
  const items = {
    syringe: item("syringe", "in:syringe-pack"),
    "syringe-pack": item("pack", "surface:worktop"),
    spray: item("spray", "hand:right"),
    sanitiser: item("sanitiser", "fixed", [-2.4, 1, -0.55]),
    record: item("batch-record", "surface:worktop"),
  };
  const sop = target === undefined ? { title: "", operation: null, steps: [] } : { title: "", operation: null, steps: [], target };
  return { ...EMPTY, station, items, panels: { sop } };
}

describe("what guided mode points at", () => {
  it("is nothing where the server names nothing: in an assessment, and while one waits", () => {
    expect(cueOf(told(undefined), scene)).toEqual({ id: null, station: null });
    expect(cueOf(told(null), scene)).toEqual({ id: null, station: null });
    expect(cueOf(EMPTY, scene)).toEqual({ id: null, station: null });
  });

  it("is at the station of the surface it stands on, also inside something", () => {
    expect(cueOf(told("syringe"), scene)).toEqual({ id: "syringe", station: "cabinet" });
    expect(cueOf(told("syringe", "cabinet"), scene)).toEqual({ id: "syringe", station: null });
    expect(cueOf(told("surface:worktop"), scene)).toEqual({ id: "surface:worktop", station: "cabinet" });
  });

  it("needs no way for what is in the hand, or on the clipboard that goes along", () => {
    expect(cueOf(told("spray", "cabinet"), scene)).toEqual({ id: "spray", station: null });
    expect(cueOf(told("hand:left"), scene)).toEqual({ id: "hand:left", station: null });
    expect(cueOf(told("panel:record"), scene)).toEqual({ id: "record", station: null });
  });

  it("finds what is fixed by the nearest station, unless it is offered here", () => {
    expect(cueOf(told("sanitiser", "cabinet"), scene).station).toBe("trolley");
    const offered = told("sanitiser", "cabinet");
    offered.affordances = { sanitiser: [{ verb: "use" }] } as unknown as Snapshot["affordances"];
    expect(cueOf(offered, scene).station).toBeNull();
  });

  it("is a station alone when the step is to go there", () => {
    expect(cueOf(told("station:cabinet"), scene)).toEqual({ id: null, station: "cabinet" });
    expect(cueOf(told("station:cabinet", "cabinet"), scene)).toEqual({ id: null, station: null });
  });
});
