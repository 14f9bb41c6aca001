import { describe, expect, it } from "vitest";
import { niceTop } from "./charts";

describe("the end of an axis", () => {
  it.each([
    [1640, 2000],
    [1000, 1000],
    [3.1, 5],
    [0.12, 0.2],
    [7, 10],
    [0, 1],
  ])("for %f is %f", (value, top) => {
    expect(niceTop(value)).toBe(top);
  });
});
