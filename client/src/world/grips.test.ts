import { Matrix4, Quaternion, Vector3 } from "three";
import { describe, expect, it } from "vitest";
import type { Grip, ModelSpec } from "../contract";
import { gripOf, heldFrame } from "./grips";

const turned = new Quaternion().setFromAxisAngle(new Vector3(1, 0, 0), -1);
const barrel: Grip = { pose: "pinch", at: [-0.04, 0.01, -0.08], turn: turned.toArray() };
const spec: ModelSpec = { url: "", size: [0.02, 0.02, 0.16], parts: ["barrel"], anchor: "base", grips: { barrel } };

describe("how a thing sits in the hand", () => {
  it("takes the grip of the part, or the first one known", () => {
    expect(gripOf(spec, "barrel")).toBe(barrel);
    expect(gripOf(spec, null)).toBe(barrel);
    expect(gripOf({ ...spec, grips: {} }, "barrel").pose).toBe("grip");
  });

  it("mirrors the right hand for the left, so that a tip points the same way up", () => {
    const tip = new Vector3(0, 0, -0.08);
    const right = tip.clone().applyMatrix4(heldFrame(barrel, "right", new Matrix4()));
    const left = tip.clone().applyMatrix4(heldFrame(barrel, "left", new Matrix4()));
    expect(left.x).toBeCloseTo(-right.x, 9);
    expect(left.y).toBeCloseTo(right.y, 9);
    expect(left.z).toBeCloseTo(right.z, 9);
  });
});
