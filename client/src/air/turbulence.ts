import type { About } from "./field";

const MODES = 6;
/** Lengths of the waves, metres: longer than the points of a line are apart, so that it is drawn as a line. */
const SMALLEST = 0.1;
const LARGEST = 0.32;
/** Numbers a mode has: wave vector, direction, frequency, phase. */
const ROW = 8;

/**
 * The shaking of the air as a sum of seeded waves, free of divergence, that travel with the downflow: its size in each
 * direction is 1, to be taken times the turbulent velocity, and it is forgotten in the air's memory. Smoke that is near
 * other smoke is shaken as that is, so that a line stays a line.
 */
export class Turbulence {
  private readonly modes = new Float64Array(MODES * ROW);
  private readonly downflow: number;

  constructor(about: About, seed: number) {
    this.downflow = about.downflow;
    let state = seed;
    const chance = (): number => {
      // Steps of the golden ratio, stirred once (Weyl's sequence): the same smoke for the same seed.
      state = (state + 0x9e3779b9) | 0;
      let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
      mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
      return ((mixed ^ (mixed >>> 16)) >>> 0) / 0x100000000;
    };
    for (let n = 0; n < MODES; n++) {
      // Directions evenly over the sphere by a spiral; what moves is across, alternately by the one and the other normal.
      const up = 1 - (2 * n + 1) / MODES;
      const level = Math.sqrt(1 - up * up);
      const angle = 2.399963 * n;
      const [kx, ky, kz] = [level * Math.cos(angle), up, level * Math.sin(angle)];
      const roll = 2 * Math.PI * chance();
      // Two normals of k: one level, one across both.
      const [ax, ay, az] = [-Math.sin(angle), 0, Math.cos(angle)];
      const [bx, by, bz] = [ky * az - kz * ay, kz * ax - kx * az, kx * ay - ky * ax];
      const wave = (2 * Math.PI) / (LARGEST * (SMALLEST / LARGEST) ** (n / (MODES - 1)));
      const size = Math.sqrt(6 / MODES);
      this.modes.set([
        kx * wave, ky * wave, kz * wave,
        size * (ax * Math.cos(roll) + bx * Math.sin(roll)),
        size * (ay * Math.cos(roll) + by * Math.sin(roll)),
        size * (az * Math.cos(roll) + bz * Math.sin(roll)),
        (chance() < 0.5 ? -1 : 1) * (0.5 + chance()) / about.turbulence.memory,
        2 * Math.PI * chance(),
      ], n * ROW);
    }
  }

  /** Writes the shaking at a point and time, seconds, as three numbers. */
  at(x: number, y: number, z: number, time: number, out: Float64Array): void {
    const { modes } = this;
    const carried = y + this.downflow * time;
    let u = 0;
    let v = 0;
    let w = 0;
    for (let i = 0; i < modes.length; i += ROW) {
      const swing = Math.cos(modes[i]! * x + modes[i + 1]! * carried + modes[i + 2]! * z + modes[i + 6]! * time + modes[i + 7]!);
      u += modes[i + 3]! * swing;
      v += modes[i + 4]! * swing;
      w += modes[i + 5]! * swing;
    }
    out[0] = u;
    out[1] = v;
    out[2] = w;
  }
}
