import { describe, expect, it } from "vitest";
import { fractionOf, parseAmount, snapAmount, stepAmount } from "./steps";

const spec = { min: 0, max: 10, step: 0.1, start: 2, unit: "mL" };

describe("amounts in steps", () => {
  it("snaps to the nearest step without the dust of binary fractions", () => {
    expect(snapAmount(0.30000000000000004, spec)).toBe(0.3);
    expect(snapAmount(2.04, spec)).toBe(2);
  });
  it("stays inside the range", () => {
    expect(stepAmount(9.95, spec, 1, true)).toBe(10);
    expect(stepAmount(0, spec, -1)).toBe(0);
  });
  it("takes ten steps at a time when coarse", () => {
    expect(stepAmount(2, spec, 1, true)).toBe(3);
  });
  it("reads point and comma, and nothing that is no number in the range", () => {
    expect(parseAmount("2,5", spec)).toBe(2.5);
    expect(parseAmount(" .5 ", spec)).toBe(0.5);
    for (const typed of ["", "2 mL", "1e1", "11", "-1", "2..5", "NaN"]) expect(parseAmount(typed, spec)).toBeNull();
  });
  it("counts a start that is no multiple of the step from the minimum", () => {
    expect(snapAmount(1.3, { ...spec, min: 0.25, step: 0.5 })).toBe(1.25);
  });
  it("says where a value lies on the range", () => {
    expect(fractionOf(2.5, spec)).toBe(0.25);
    expect(fractionOf(2.5, { ...spec, max: 0 })).toBe(0);
  });
});
