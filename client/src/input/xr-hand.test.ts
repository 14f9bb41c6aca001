import { Matrix4, Quaternion, Vector3 } from "three";
import { describe, expect, it } from "vitest";
import { PalmHistory, palmOf, Pinch } from "./xr-hand";

describe("a pinch", () => {
  it("starts when the tips meet and ends only when they are well apart", () => {
    const pinch = new Pinch();
    expect(pinch.update(0.05)).toBeNull();
    expect(pinch.update(0.015)).toBe("start");
    expect(pinch.update(0.025)).toBeNull();
    expect(pinch.closed).toBe(true);
    expect(pinch.update(0.04)).toBe("end");
    expect(pinch.update(0.03)).toBeNull();
  });
});

describe("the palm's last moments", () => {
  it("tell where it was a tenth of a second ago", () => {
    const history = new PalmHistory();
    const turn = new Quaternion();
    for (let n = 0; n <= 40; n++) history.add(n * 0.02, new Vector3(n, 0, 0), turn);
    const frame = new Matrix4();
    expect(history.before(0.8, 0.1, frame)).toBe(true);
    expect(new Vector3().setFromMatrixPosition(frame).x).toBeCloseTo(35, 0);
  });

  it("know nothing of a hand never seen", () => {
    expect(new PalmHistory().before(1, 0.1, new Matrix4())).toBe(false);
  });
});

describe("the palm of a tracked hand", () => {
  it("has the fingers at -z and the thumb's side up", () => {
    const position = new Vector3();
    const turn = new Quaternion();
    palmOf(new Vector3(0, 1, 0), new Vector3(0, 1, -0.09), new Vector3(0, 1.02, -0.09), new Vector3(0, 0.97, -0.085), position, turn);
    expect(position.z).toBeCloseTo(-0.045);
    expect(Math.abs(turn.w)).toBeCloseTo(1, 2);
    const thumb = new Vector3(0, 1, 0).applyQuaternion(turn);
    expect(thumb.y).toBeGreaterThan(0.99);
  });

  it("turns with the hand", () => {
    const turn = new Quaternion();
    // Palm down, fingers to +x: the index finger of a right hand is on the side of -z... seen from above, to the left.
    palmOf(new Vector3(0, 1, 0), new Vector3(0.09, 1, 0), new Vector3(0.09, 1, -0.03), new Vector3(0.09, 1, 0.04), new Vector3(), turn);
    const fingers = new Vector3(0, 0, -1).applyQuaternion(turn);
    const thumb = new Vector3(0, 1, 0).applyQuaternion(turn);
    expect(fingers.x).toBeCloseTo(1);
    expect(thumb.z).toBeCloseTo(-1);
  });
});
