import { beforeAll, describe, expect, it } from "vitest";
import { Air } from "./air";
import { ABOUT, type AirField } from "./field";
import { Particles, STRIDE as OF_PARTICLE } from "./particles";
import { Smoke, STRIDE } from "./smoke";
import { readField } from "./testing";
import { Turbulence } from "./turbulence";

/** A vial in the middle of the work: the rim of its neck, metres. */
const RIM = [0, 0.94, 0] as const;
let field: AirField;
beforeAll(async () => { field = await readField(); });

/** Smoke from under the filter after some seconds, with what `place` puts into the air before each step. */
function smoke(place: (air: Air) => void, seconds = 4): { smoke: Smoke; air: Air } {
  const air = new Air(field);
  const lines = new Smoke(air);
  lines.hold(0, 1.56, 0, 0.03, 0.035);
  for (let passed = 0; passed < seconds; passed += 0.025) {
    air.obstacles.clear();
    place(air);
    air.time += 0.025;
    lines.frame(0.025);
  }
  return { smoke: lines, air };
}

describe("smoke", () => {
  it("comes down straight onto a vial that nothing stands over", () => {
    const { points, straight } = smoke(() => undefined).smoke.over(...RIM);
    expect(points).toBeGreaterThan(12);
    expect(straight).toBe(points);
  });

  it("is broken under a hand, and whole beside one", () => {
    const free = smoke(() => undefined).smoke.over(...RIM);
    const above = smoke((air) => { air.hand("right", RIM[0], RIM[1] + 0.2, RIM[2]); }).smoke.over(...RIM);
    expect(above.straight).toBeLessThan(0.2 * free.straight);
    const beside = smoke((air) => { air.hand("right", RIM[0] + 0.2, RIM[1] + 0.1, RIM[2] + 0.05); }).smoke.over(...RIM);
    expect(beside.straight).toBeGreaterThan(0.8 * free.straight);
  });

  it("enters no hand", () => {
    const { smoke: { points }, air } = smoke((now) => { now.hand("left", 0, 1.15, 0); });
    const { palm } = air.field.about.hand;
    let near = 0;
    for (let i = 0; i < points.length; i += STRIDE) {
      if (points[i + 3]! < 0) continue;
      const away = Math.hypot(points[i]!, points[i + 1]! - 1.15, points[i + 2]!);
      expect(away).toBeGreaterThan(0.98 * palm);
      if (away < 0.1) near += 1;
    }
    expect(near).toBeGreaterThan(5);
  });

  it("is the same for the same hands", () => {
    const one = smoke((air) => { air.hand("right", 0.1, 1.2, 0); }).smoke.points;
    const other = smoke((air) => { air.hand("right", 0.1, 1.2, 0); }).smoke.points;
    expect([...one]).toEqual([...other]);
  });

  it("hangs when the fans stand, and none of it counts as clean", () => {
    const { smoke: lines } = smoke((air) => { air.speed = 0; });
    let lowest = 2;
    for (let i = 0; i < lines.points.length; i += STRIDE) if (lines.points[i + 3]! >= 0) lowest = Math.min(lowest, lines.points[i + 1]!);
    expect(lowest).toBeGreaterThan(1.4);
    expect(lines.over(...RIM).points).toBe(0);
  });

  it("comes down more slowly where the downflow is slower, as far, and is no first air once nothing protects", () => {
    const low = ({ smoke: { points } }: ReturnType<typeof smoke>): number => {
      let lowest = Infinity;
      for (let i = 0; i < points.length; i += STRIDE) if (points[i + 3]! > 0) lowest = Math.min(lowest, points[i + 1]!);
      return lowest;
    };
    const usual = smoke(() => undefined, 1);
    const failing = smoke((air) => { air.speed = 0.5; }, 1);
    expect(1.56 - low(failing)).toBeLessThan(0.7 * (1.56 - low(usual)));
    expect(low(smoke((air) => { air.speed = 0.5; }, 6))).toBeLessThan(RIM[1]);
    const open = smoke((air) => { air.protects = false; }).smoke.over(...RIM);
    expect(open.points).toBeGreaterThan(12);
    expect(open.straight).toBe(0);
  });

  it("can be drawn at once as still lines, with the same answer", () => {
    const air = new Air(field);
    air.shaken = false;
    const lines = new Smoke(air);
    lines.hold(0, 1.56, 0, 0.03, 0.035);
    lines.still();
    const free = lines.over(...RIM);
    expect(free.points).toBeGreaterThan(12);
    expect(free.straight).toBe(free.points);
    air.hand("right", RIM[0], RIM[1] + 0.2, RIM[2]);
    lines.still();
    expect(lines.over(...RIM).straight).toBeLessThan(0.2 * free.straight);
  });
});

describe("particles", () => {
  it("leave gloves and sleeves, and never a hand that is not there", () => {
    const air = new Air(field);
    const particles = new Particles(air);
    const seen = (): number[] => {
      const kinds = [0, 0];
      for (let i = 0; i < particles.points.length; i += OF_PARTICLE) if (particles.points[i + 3]! > 0) kinds[particles.points[i + 4]!]! += 1;
      return kinds;
    };
    for (let n = 0; n < 20; n++) particles.frame(0.025);
    expect(seen()).toEqual([0, 0]);
    for (let n = 0; n < 80; n++) {
      air.time += 0.025;
      particles.frame(0.025);
      particles.shed(0.025, 0, 1.15, 0, 0, -0.3, 0.95);
    }
    const [gloves, sleeves] = seen();
    expect(gloves).toBeGreaterThan(10);
    // Most of what leaves a sleeve is drawn into the front grille at once.
    expect(sleeves).toBeGreaterThan(3);
  });

  it("come to rest on the work surface, stay to be seen, and fade", () => {
    const air = new Air(field);
    const particles = new Particles(air);
    for (let n = 0; n < 40; n++) {
      particles.frame(0.025);
      particles.shed(0.025, 0, 1.0, 0, 0, 0.3, 0.95);
    }
    const lying = (): number => {
      let count = 0;
      for (let i = 0; i < particles.points.length; i += OF_PARTICLE) if (particles.points[i + 3]! > 0 && particles.points[i + 1]! < 0.9035) count += 1;
      return count;
    };
    for (let n = 0; n < 60; n++) particles.frame(0.025);
    expect(lying()).toBeGreaterThan(0);
    for (let n = 0; n < 500; n++) particles.frame(0.025);
    expect(lying()).toBe(0);
  });
});

it("turbulence is as large as it should be in each direction, and nothing on the whole", () => {
  const turbulence = new Turbulence(ABOUT, 7);
  const out = new Float64Array(3);
  const sum = [0, 0, 0];
  const square = [0, 0, 0];
  const count = 20_000;
  for (let n = 0; n < count; n++) {
    turbulence.at(((n * 0.8191725) % 1) * 3, ((n * 0.6710436) % 1) * 3, ((n * 0.5497005) % 1) * 3, n * 0.01, out);
    for (let k = 0; k < 3; k++) {
      sum[k]! += out[k]! / count;
      square[k]! += (out[k]! * out[k]!) / count;
    }
  }
  for (let k = 0; k < 3; k++) {
    expect(Math.abs(sum[k]!)).toBeLessThan(0.05);
    expect(Math.sqrt(square[k]!)).toBeGreaterThan(0.75);
    expect(Math.sqrt(square[k]!)).toBeLessThan(1.25);
  }
});
