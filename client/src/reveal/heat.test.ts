import { describe, expect, it } from "vitest";
import type { Exposure } from "./contract";
import { CLASSES, classOf, heatMap, mainRoute, stepsOf, worst } from "./heat";

const none = (): number[] => Array.from({ length: 12 }, () => 0);
const exposure = (change: (rows: Exposure["rows"]) => void): Exposure => {
  const rows = ["vial-1", "vial-2"].map((item) => ({ item, air: none(), surface: none(), liquid: none() }));
  change(rows);
  return { step_s: 5, rows, of: "expected CFU per step" };
};

describe("the columns of the heat map", () => {
  const hour: Exposure = { step_s: 5, rows: [{ item: "v", air: Array.from({ length: 720 }, () => 1), surface: [], liquid: [] }], of: "" };
  it.each([[720, 5], [700, 10], [60, 60], [59, 120], [2, 1800]])("no more than %i are so many seconds long: %i", (most, seconds) => {
    expect(stepsOf(hour, most) * 5).toBe(seconds);
  });
  it("are as long as they must be where no round length fits", () => {
    const steps = stepsOf({ ...hour, step_s: 7 }, 100);
    expect(Math.ceil(720 / steps)).toBeLessThanOrEqual(100);
  });
});

describe("the heat map", () => {
  const given = exposure(([one, two]) => {
    one!.air[3] = 0.002;
    one!.surface[2] = 0.008;
    two!.liquid[11] = 0.5;
  });
  it("loses nothing whatever the width", () => {
    for (const most of [1, 2, 3, 6, 12]) {
      const map = heatMap(given, "all", most);
      expect(map.total).toBeCloseTo(0.51, 12);
      expect(map.rows.every(({ cells }) => cells.length <= most)).toBe(true);
    }
  });
  it("leads to the step in which most came, in ticks", () => {
    const map = heatMap(given, "all", 3);
    expect(map.rows[0]!.cells[0]).toMatchObject({ from: 0, to: 400, peak: 200 });
    expect(heatMap(given, "air", 3).rows[0]!.cells[0]!.peak).toBe(300);
    expect(map.rows[1]!.cells[2]!.peak).toBe(1100);
  });
  it("shows one route alone, coloured against all of them", () => {
    const map = heatMap(given, "air", 12);
    expect(map.total).toBeCloseTo(0.002, 12);
    expect(map.top).toBeCloseTo(0.5, 12);
  });
  it("names the worst first, and by which route they came", () => {
    const found = worst(heatMap(given, "all", 12), 2);
    expect(found.map(({ item }) => item)).toEqual(["vial-2", "vial-1"]);
    expect(found.map(({ cell }) => mainRoute(cell))).toEqual(["liquid", "surface"]);
  });
});

describe("the class of a value", () => {
  it.each([[1, CLASSES], [0.2, CLASSES], [0.1, CLASSES - 1], [0.01, CLASSES - 2], [1e-6, 1], [1e-12, 1], [0, 0]])("%f of the largest is in %i", (value, wanted) => {
    expect(classOf(value * 7, 7)).toBe(wanted);
  });
});
