import { describe, expect, it } from "vitest";
import { dabbed } from "./dish";

describe("a dab of five fingers", () => {
  it("grows as many colonies as were drawn, each where its finger was", () => {
    const grown = dabbed(7, "hand:left", [0, 3, 0, 0, 1]);
    expect(grown).toHaveLength(4);
    expect(grown.slice(0, 3).every(({ x, y }) => Math.hypot(x + 0.42, y + 0.3) < 0.25)).toBe(true);
    expect(Math.hypot(grown[3]!.x - 0.58, grown[3]!.y - 0.06)).toBeLessThan(0.25);
    expect(grown.every(({ x, y, radius }) => Math.hypot(x, y) + radius < 0.92)).toBe(true);
  });
  it("is the same for the same run", () => {
    expect(dabbed(7, "hand:left", [1, 2, 0, 4, 1])).toEqual(dabbed(7, "hand:left", [1, 2, 0, 4, 1]));
  });
});
