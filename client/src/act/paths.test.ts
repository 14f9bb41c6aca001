import { Vector3 } from "three";
import { describe, expect, it } from "vitest";
import { lengthOf, resampled, simplified, wayPoints } from "./paths";

const towards = new Vector3(0, 0, 1);
const from = new Vector3(-0.3, 1.0, -1.5);
const to = new Vector3(0.3, 0.95, -1.6);

describe("the ways of a hand", () => {
  it("goes around on the person's side, never above the lower end", () => {
    const points = wayPoints("around", from, to, towards);
    expect(points.at(-1)).toEqual(to);
    for (const point of points) expect(point.y).toBeLessThanOrEqual(0.95 + 1e-9);
    const crossing = points.slice(0, 2);
    for (const point of crossing) expect(point.z).toBeGreaterThan(-1.5);
    expect(crossing[0]?.x).toBeCloseTo(-0.3);
    expect(crossing[1]?.x).toBeCloseTo(0.3);
  });

  it("rises only at the end where the goal is higher than the start", () => {
    const high = new Vector3(0.3, 1.2, -1.6);
    const points = wayPoints("around", from, high, towards);
    expect(points.at(-1)).toEqual(high);
    expect(points.at(-2)?.y).toBeCloseTo(1.0);
  });

  it("keeps to the person's side whichever way they face", () => {
    const points = wayPoints("around", new Vector3(-1.9, 1, 0.5), new Vector3(-1.9, 1, -0.1), new Vector3(1, 0, 0));
    expect(points[0]?.x).toBeGreaterThan(-1.9);
    expect(points[0]?.z).toBeCloseTo(0.5);
  });

  it("goes straight over at a height above both ends", () => {
    const points = wayPoints("over", from, to, towards);
    expect(points[0]?.y).toBeGreaterThan(1.2);
    expect(points[1]?.y).toBe(points[0]?.y);
    expect(points.at(-1)).toEqual(to);
  });

  it("keeps the straight line of a pointer", () => {
    expect(wayPoints("direct", from, to, towards)).toEqual([to]);
    expect(lengthOf(new Vector3(), [new Vector3(0, 0, 3), new Vector3(4, 0, 3)])).toBe(7);
  });
});

describe("strokes", () => {
  it("are followed in small steps, ends kept", () => {
    const points = resampled([[0, 0], [0.1, 0], [0.1, 0.05]], 0.02);
    expect(points[0]).toEqual([0, 0]);
    expect(points.at(-1)).toEqual([0.1, 0.05]);
    for (let i = 1; i < points.length; i++) {
      const [ax, az] = points[i - 1] ?? [0, 0];
      const [bx, bz] = points[i] ?? [0, 0];
      expect(Math.hypot(bx - ax, bz - az)).toBeLessThanOrEqual(0.02 + 1e-9);
    }
  });

  it("lose the points that say nothing", () => {
    expect(simplified([[0, 0], [0.05, 0.0004], [0.1, 0]], 0.003)).toEqual([[0, 0], [0.1, 0]]);
    expect(simplified([[0, 0], [0.05, 0.04], [0.1, 0]], 0.003)).toEqual([[0, 0], [0.05, 0.04], [0.1, 0]]);
    expect(simplified([[0, 0]], 0.003)).toEqual([[0, 0]]);
  });
});
