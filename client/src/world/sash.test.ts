import { Box3, Vector3 } from "three";
import { describe, expect, it } from "vitest";
import type { SceneSpec } from "../contract";
import { Sash } from "./sash";
import type { Thing } from "./thing";

const scene = {
  equipment: [{ id: "cabinet", kind: "cabinet", at: [0, 0, -1.5], yaw: 0, model: "" }],
  surfaces: { worktop: { y: 0.9, x: [0, 1], z: [0, 1], station: "cabinet", equipment: "cabinet" } },
} as unknown as SceneSpec;

function standing(): { sash: Sash; moves: number[] } {
  const moves: number[] = [];
  const thing = {
    model: { spec: { motions: { sash: { slide: [0, 0.2, -0.04] } } }, parts: new Map([["sash", new Box3(new Vector3(0, 1.1, 0), new Vector3(1, 1.7, 0.1))]]) },
    move: (motion: ReadonlyMap<string, number>) => { moves.push(motion.get("sash") ?? NaN); },
  } as unknown as Thing;
  const sash = Sash.of(scene, () => thing);
  if (!sash) throw new Error("the cabinet has a sash");
  return { sash, moves };
}

describe("the sash", () => {
  it("stands at once where it is first said to be", () => {
    const { sash } = standing();
    sash.set("open");
    expect(sash.at).toBe(1);
  });

  it("slides up when it is opened, and rests there", () => {
    const { sash, moves } = standing();
    sash.set("working");
    sash.set("open");
    sash.frame(0.1, false);
    expect(sash.at).toBeGreaterThan(0);
    expect(sash.at).toBeLessThan(0.2);
    for (let n = 0; n < 40; n++) sash.frame(0.1, false);
    expect(sash.at).toBe(1);
    const rested = moves.length;
    sash.frame(0.1, false);
    expect(moves).toHaveLength(rested);
  });

  it("closes down onto the work surface", () => {
    const { sash } = standing();
    sash.set("working");
    sash.set("closed");
    sash.frame(10, false);
    expect(sash.at * 0.2).toBeCloseTo(-0.2);
  });

  it("does not slide for who wants less motion", () => {
    const { sash } = standing();
    sash.set("working");
    sash.set("open");
    sash.frame(0.001, true);
    expect(sash.at).toBe(1);
  });

  it("is none where the cabinet has none", () => {
    expect(Sash.of(scene, () => undefined)).toBeNull();
  });
});
