import { describe, expect, it } from "vitest";
import { Came } from "./came";

const exposure = {
  step_s: 10,
  of: "expected CFU per step",
  rows: [
    { item: "vial-1", air: [0, 1e-5, 0], surface: [0, 0, 0], liquid: [0, 0, 9e-5] },
    { item: "vial-2", air: [0, 0, 0], surface: [0, 1e-2, 0], liquid: [0, 0, 0] },
    { item: "vial-3", air: [1e-6, 0, 0], surface: [0, 0, 0], liquid: [0, 0, 0] },
  ],
};

describe("what came into containers", () => {
  const came = new Came(exposure, 20);
  it("adds up over the routes to the moment, by decades below the most", () => {
    expect(came.at(0)).toEqual([{ item: "vial-3", level: expect.closeTo(1 / 3, 10) as number }]);
    expect(came.at(200)).toEqual([{ item: "vial-1", level: expect.closeTo(1 / 2, 10) as number }, { item: "vial-2", level: 1 }, { item: "vial-3", level: expect.closeTo(1 / 3, 10) as number }]);
    const end = came.at(9999);
    expect(end.map(({ item }) => item)).toEqual(["vial-1", "vial-2", "vial-3"]);
    expect(end[0]!.level).toBeCloseTo(2 / 3, 10);
  });
});
