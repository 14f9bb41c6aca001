import { beforeAll, describe, expect, it } from "vitest";
import type { Side } from "../contract";
import expected from "./expected.json";
import { type AirField, flow } from "./field";
import { erf, Obstacles } from "./obstacles";
import { readField } from "./testing";

let field: AirField;
beforeAll(async () => { field = await readField(); });

/** Speeds below this are compared with it, m/s: two percent of nothing is nothing. */
const SLOW = 0.05;

describe("the air of the client is that of the twin", () => {
  for (const [name, { hands, points }] of Object.entries(expected)) {
    it(`within 2 %: ${name}`, () => {
      const obstacles = new Obstacles(field, 8);
      const air = flow();
      for (const { side, palm } of hands) obstacles.addHand(side as Side, palm[0]!, palm[1]!, palm[2]!);
      expect(obstacles.count).toBe(2 * hands.length);
      expect(points.length).toBeGreaterThan(30);
      for (const { at, velocity, added } of points) {
        const [x, y, z] = at as [number, number, number];
        field.at(x, y, z, air);
        const quiet = air[3]!;
        obstacles.bend(x, y, z, air);
        expect(obstacles.hit).toBe(-1);
        const away = Math.hypot(air[0]! - velocity[0]!, air[1]! - velocity[1]!, air[2]! - velocity[2]!);
        const speed = Math.hypot(velocity[0]!, velocity[1]!, velocity[2]!);
        expect(away / Math.max(speed, SLOW), `${at}`).toBeLessThan(0.02);
        if (air[3]! > 0 && added > 1e-4) expect(air[3]!).toBeLessThanOrEqual(Math.sqrt(quiet * quiet + added) * 1.02);
      }
    });
  }

  it("has a mirror for a left half", () => {
    const right = flow();
    const left = flow();
    for (const x of [0.004, 0.01, 0.2, 0.55]) {
      field.at(x, 1.2, 0.05, right);
      field.at(-x, 1.2, 0.05, left);
      expect([...left]).toEqual([-right[0]!, right[1], right[2], right[3]]);
    }
  });
});

describe("bodies", () => {
  it("let no air through their surface", () => {
    const obstacles = new Obstacles(field, 2);
    const air = flow();
    obstacles.add(0, 1.25, 0, 0, 1.25, 0, 0.06);
    for (let angle = 0; angle < 6.28; angle += 0.3) {
      const [nx, ny] = [Math.sin(angle), Math.cos(angle)];
      const [x, y] = [0.0601 * nx, 1.25 + 0.0601 * ny];
      field.at(x, y, 0, air);
      const outer = Math.hypot(air[0]!, air[1]!);
      obstacles.bend(x, y, 0, air);
      expect(Math.abs(air[0]! * nx + air[1]! * ny)).toBeLessThan(0.03 * outer);
    }
  });

  it("say which of them a point lies in", () => {
    const obstacles = new Obstacles(field, 4);
    const air = flow();
    obstacles.addHand("right", 0.1, 1.2, 0);
    obstacles.bend(0.1, 1.2, 0, air);
    expect(obstacles.hit).toBe(0);
    expect([...air]).toEqual([0, 0, 0, 0]);
  });

  it("are left out where they are outside, or a tracker lost them", () => {
    const obstacles = new Obstacles(field, 4);
    obstacles.add(0, 1.2, 2, 0, 1.2, 2, 0.06);
    obstacles.add(NaN, 1.2, 0, 0, 1.2, 0, 0.06);
    obstacles.addHand("left", Infinity, 1.2, 0);
    expect(obstacles.count).toBe(0);
  });
});

it("knows the error function", () => {
  for (const [x, value] of [[0, 0], [0.5, 0.5204999], [1, 0.8427008], [2, 0.9953223]] as const) expect(erf(x)).toBeCloseTo(value, 6);
});
