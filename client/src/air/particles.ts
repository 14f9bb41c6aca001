import type { Air } from "./air";

const MOST = 360;
/** Particles drawn to leave one hand and its sleeve, a second: enough to see where they go, no count of what is shed. */
const RATE = 45;
/** Of them so many leave the sleeve, for one that leaves the glove. */
const FROM_SLEEVE = 0.5;
/** One that is in the air so long is let go; one that came to rest stays to be seen, seconds. */
const LONGEST = 6;
const RESTS = 4;
/** Numbers of a particle: place, how much is seen of it (0: none), whence it came (0 glove, 1 sleeve). */
export const STRIDE = 5;
const GOLDEN = 0.6180339887;

/** Particles from gloves and sleeves: carried by the air, shaken by it, settling; what has come to rest fades. */
export class Particles {
  readonly points = new Float32Array(MOST * STRIDE);
  private readonly age = new Float32Array(MOST);
  /** Seconds it has been at rest; less than nothing while it is in the air. */
  private readonly rested = new Float32Array(MOST).fill(-1);
  private next = 0;
  private due = 0;
  private turn = 0;

  constructor(private readonly air: Air) {}

  clear(): void {
    this.points.fill(0);
    this.due = 0;
  }

  frame(seconds: number): void {
    const { points, age, rested, air } = this;
    const { settling } = air.field.about;
    for (let n = 0; n < MOST; n++) {
      const i = n * STRIDE;
      if (points[i + 3]! <= 0) continue;
      if (rested[n]! >= 0) {
        rested[n]! += seconds;
        points[i + 3] = Math.max(0, 1 - rested[n]! / RESTS);
        continue;
      }
      age[n]! += seconds;
      const airborne = air.carry(points, i, seconds, settling);
      if (air.struck >= 0 || age[n]! > LONGEST) points[i + 3] = 0;
      else if (!airborne) this.land(n);
    }
  }

  /** Lets particles leave a hand at a place, with a forearm towards another. */
  shed(seconds: number, px: number, py: number, pz: number, dx: number, dy: number, dz: number): void {
    const { palm, arm, forearm, loose } = this.air.field.about.hand;
    this.due += seconds * RATE;
    for (; this.due >= 1; this.due -= 1) {
      this.turn = (this.turn + GOLDEN) % 1;
      const sleeve = this.turn < FROM_SLEEVE;
      // A direction evenly over the sphere, from two sequences that never repeat.
      const up = 2 * ((this.turn * 7.37) % 1) - 1;
      const angle = 2 * Math.PI * ((this.turn * 31.7) % 1);
      const level = Math.sqrt(1 - up * up);
      let nx = level * Math.cos(angle);
      let ny = up;
      let nz = level * Math.sin(angle);
      let along = 0;
      if (sleeve) {
        along = palm + (forearm - palm) * ((this.turn * 13.1) % 1);
        const lean = nx * dx + ny * dy + nz * dz;
        nx -= lean * dx;
        ny -= lean * dy;
        nz -= lean * dz;
        const size = Math.max(Math.sqrt(nx * nx + ny * ny + nz * nz), 1e-3);
        nx /= size;
        ny /= size;
        nz /= size;
      }
      const away = (sleeve ? arm : palm) + loose;
      const i = this.next * STRIDE;
      this.points[i] = px + along * dx + away * nx;
      this.points[i + 1] = py + along * dy + away * ny;
      this.points[i + 2] = pz + along * dz + away * nz;
      this.points[i + 3] = 1;
      this.points[i + 4] = sleeve ? 1 : 0;
      this.age[this.next] = 0;
      this.rested[this.next] = -1;
      this.next = (this.next + 1) % MOST;
    }
  }

  /** On the work surface it stays to be seen; what went into a grille, a wall or the room is gone. */
  private land(n: number): void {
    const i = n * STRIDE;
    const { limits } = this.air.field.about;
    const z = this.points[i + 2]!;
    const onWork = this.points[i + 1]! <= limits[2]! && z > limits[6]! && z < limits[7]!;
    this.points[i + 1] = limits[2]! + 0.003;
    if (onWork) this.rested[n] = 0;
    else this.points[i + 3] = 0;
  }
}
