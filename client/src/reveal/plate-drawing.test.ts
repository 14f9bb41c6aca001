import { describe, expect, it } from "vitest";
import { chanceOfGrowth, colonies, generator } from "./plate-drawing";

describe("a plate after incubation", () => {
  it("looks the same for the same run and plate, and different for another", () => {
    expect(colonies(7, "vial-3", 5)).toEqual(colonies(7, "vial-3", 5));
    expect(colonies(7, "vial-3", 5)).not.toEqual(colonies(8, "vial-3", 5));
    expect(colonies(7, "vial-3", 5)).not.toEqual(colonies(7, "vial-4", 5));
  });
  it("bears as many colonies as were drawn, all on the agar", () => {
    for (const count of [0, 1, 12, 60]) {
      const grown = colonies(1, "vial-1", count);
      expect(grown).toHaveLength(count);
      for (const { x, y, radius } of grown) expect(Math.hypot(x, y) + radius).toBeLessThanOrEqual(0.87);
    }
  });
  it("is confluent beyond 120", () => {
    expect(colonies(1, "vial-1", 5000)).toHaveLength(120);
    expect(colonies(1, "vial-1", -3)).toHaveLength(0);
  });
  it("spreads evenly: half of many colonies lie in the inner half of the area", () => {
    const grown = Array.from({ length: 200 }, (_, n) => colonies(n, "vial-1", 1)[0]).filter((c) => c !== undefined);
    const inner = grown.filter((c) => Math.hypot(c.x, c.y) < 0.77 * Math.SQRT1_2).length;
    expect(inner / grown.length).toBeGreaterThan(0.38);
    expect(inner / grown.length).toBeLessThan(0.62);
  });
});

describe("the generator", () => {
  it("gives numbers in 0..1 that repeat with their seed", () => {
    const first = generator(42);
    const again = generator(42);
    for (let n = 0; n < 100; n++) {
      const value = first();
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThan(1);
      expect(again()).toBe(value);
    }
  });
});

describe("the chance of growth", () => {
  it("follows from the expected number (Poisson)", () => {
    expect(chanceOfGrowth(0)).toBe(0);
    expect(chanceOfGrowth(Math.LN2)).toBeCloseTo(0.5, 10);
    expect(chanceOfGrowth(-1)).toBe(0);
  });
});
