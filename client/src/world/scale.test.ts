import { describe, expect, it } from "vitest";
import { FLUORESCENCE } from "./prints";
import { level, REFERENCE, SCALE } from "./scale";

describe("how much a face lights up", () => {
  it("grows by the same with every decade", () => {
    const steps = [0.01, 0.1, 1, 10].map((times) => level(times * REFERENCE));
    expect(steps.slice(1).map((step, n) => step - steps[n]!)).toEqual([1 / 3, 1 / 3, 1 / 3].map((step) => expect.closeTo(step, 10)));
  });
  it("is not at all for nothing, and full at the end of the scale", () => {
    expect(level(0)).toBe(0);
    expect(level(SCALE[0]! * REFERENCE)).toBeCloseTo(0, 10);
    expect(level(SCALE.at(-1)! * REFERENCE)).toBe(1);
    expect(level(1e6)).toBe(1);
  });
  it("becomes lighter with every colour", () => {
    const light = FLUORESCENCE.map(([, r, g, b]) => 0.2126 * r ** 2.2 + 0.7152 * g ** 2.2 + 0.0722 * b ** 2.2);
    expect([...light].sort((a, b) => a - b)).toEqual(light);
  });
});
