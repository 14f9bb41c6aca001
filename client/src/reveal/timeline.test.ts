import { describe, expect, it } from "vitest";
import type { Moment } from "./contract";
import { fractionOfTick, indexAt, leadIn, marks, neighbour, tickOfFraction } from "./timeline";

const moment = (tick: number, severity: Moment["severity"], text = "m"): Moment => ({ tick, kind: "finding", text, severity });

describe("ticks and places", () => {
  it("map there and back", () => {
    for (const tick of [0, 1, 4900, 15300]) expect(tickOfFraction(fractionOfTick(tick, 15300), 15300)).toBe(tick);
  });
  it("stay on the bar", () => {
    expect(fractionOfTick(99, 10)).toBe(1);
    expect(fractionOfTick(5, 0)).toBe(0);
    expect(tickOfFraction(-1, 100)).toBe(0);
  });
  it("open two seconds early, never before the start", () => {
    expect(leadIn(4900)).toBe(4860);
    expect(leadIn(10)).toBe(0);
  });
});

describe("marks", () => {
  it("gather what lies close together under the worst", () => {
    const found = marks([moment(5010, "minor", "b"), moment(5000, "major", "a"), moment(9000, "critical", "c"), moment(100, null)], 10000);
    expect(found).toEqual([
      { tick: 5000, severity: "major", texts: ["a", "b"] },
      { tick: 9000, severity: "critical", texts: ["c"] },
    ]);
  });
  it("are stepped through both ways", () => {
    const all = marks([moment(1000, "minor"), moment(5000, "major"), moment(9000, "critical")], 10000);
    expect(neighbour(all, 0, 1)?.tick).toBe(1000);
    expect(neighbour(all, leadIn(1000), 1)?.tick).toBe(5000);
    expect(neighbour(all, 5000, -1)?.tick).toBe(1000);
    expect(neighbour(all, 9000, 1)).toBeNull();
    expect(neighbour(all, 100, -1)).toBeNull();
  });
});

describe("the last entry not after a tick", () => {
  it("is found among many, few and none", () => {
    expect(indexAt([0, 10, 20], 15)).toBe(1);
    expect(indexAt([0, 10, 20], 20)).toBe(2);
    expect(indexAt([5], 4)).toBe(-1);
    expect(indexAt([], 4)).toBe(-1);
  });
});
