import { describe, expect, it } from "vitest";
import { axis, place, times } from "./risk";

describe("the axis of multiples", () => {
  it.each([
    [[1, 1, 1], 3],
    [[0.5, 1.2, 2.9], 3],
    [[0.9, 1.5, 6.4], 10],
    [[0.02, 1, 3], 100],
    [[1.3, 7.1, 79], 100],
    [[0, 5, 100], 100],
    [[111, 17_200_000, 41_500_000], 1000],
  ])("of %j ends at %i times", ([low, central, high], span) => {
    expect(axis([{ low: low!, central: central!, high: high! }])).toBe(span);
  });
  it("has one in the middle, and as far to the left as to the right what is as many times less", () => {
    expect(place(1, 100)).toBe(0.5);
    expect(place(10, 100)).toBeCloseTo(0.75, 12);
    expect(place(0.1, 100)).toBeCloseTo(0.25, 12);
    expect(place(0, 100)).toBe(0);
    expect(place(1e9, 100)).toBe(1);
  });
});

describe("a multiple in words", () => {
  it.each([[1, "× 1"], [1.04, "× 1"], [7.13, "× 7.1"], [0.034, "× 0.034"], [79.4, "× 79"], [1240, "> × 1,000"]])("%f is %s", (value, words) => {
    expect(times(value)).toBe(words);
  });
});
