import type { Air } from "./air";

/** The comb of smoke: columns across, rows in depth; metres between them. */
export const COLUMNS = 15;
const ROWS = 3;
const SOURCES = COLUMNS * ROWS;
/** Points of one line, the first of which is the source; at the usual downflow they leave it so many seconds after each other. */
const POINTS = 46;
const EVERY = 0.05;
/** Slower air draws its points out in time, to this share of the downflow, so that a line stays as long. */
const SLOWEST = 0.3;
/** Numbers of a point: place, how much is seen of it (less than nothing: it is gone), how much it was turned aside. */
export const STRIDE = 5;
/** A line's points with the gap before them. */
const LINE = POINTS + 1;
const GONE = -1;
/** A line that is drawn out longer than the downflow does thins. */
const THINS = 1.3;
/** Points of its way a line takes to come up, and to fade at its end. */
const COMES = 2;
const FADES = 10;
/** What stands over a site: metres around it, and from so far above it to so far. */
const COLUMN = { around: 0.045, from: 0.02, to: 0.16 };

/** How the air is over a place: points of smoke there, and how many of them came straight from the filter. */
export interface Over {
  points: number;
  straight: number;
}

/** Streaklines: smoke that leaves a comb of fixed places and goes where the air goes. All memory is taken once. */
export class Smoke {
  /** Line by line, a gap before each, as the ribbon draws them; two more gaps at the end. */
  readonly points = new Float32Array((SOURCES * LINE + 2) * STRIDE);
  private readonly from = new Float32Array(SOURCES * 3);
  private since = 0;
  private readonly rest: number;

  constructor(private readonly air: Air) {
    this.rest = EVERY * air.field.about.downflow * THINS;
    this.clear();
  }

  /** No smoke but at its sources. */
  clear(): void {
    for (let i = 3; i < this.points.length; i += STRIDE) this.points[i] = GONE;
    this.since = this.every;
  }

  /** Seconds between the points of a line. */
  private get every(): number {
    return EVERY / Math.max(SLOWEST, Math.min(1, this.air.speed > 0 ? this.air.speed : 1));
  }

  /** Holds the comb at a place: its middle, and the metres between columns and between rows. */
  hold(x: number, y: number, z: number, apart: number, deep: number): void {
    for (let n = 0; n < SOURCES; n++) {
      this.from[n * 3] = x + ((n % COLUMNS) - (COLUMNS - 1) / 2) * apart;
      this.from[n * 3 + 1] = y;
      this.from[n * 3 + 2] = z + (Math.floor(n / COLUMNS) - (ROWS - 1) / 2) * deep;
    }
  }

  /** Carries all smoke on by some seconds, and lets new smoke out. */
  frame(seconds: number): void {
    const { points, air } = this;
    for (let n = 0; n < SOURCES; n++) {
      const first = (n * LINE + 2) * STRIDE;
      const end = (n * LINE + LINE) * STRIDE;
      for (let i = first; i < end; i += STRIDE) {
        if (points[i + 3]! < 0) continue;
        if (!air.carry(points, i, seconds, 0)) points[i + 3] = GONE;
        // Smoke that a moving hand catches goes on along its surface.
        if (air.struck >= 0) air.obstacles.pushOut(points, i);
        points[i + 4] = Math.max(points[i + 4]!, air.turned);
      }
    }
    this.since += seconds;
    const { every } = this;
    while (this.since >= every) {
      this.since -= every;
      this.emit();
    }
    this.show();
  }

  /** The lines as they would stand in the mean air, drawn at once: for who wants no motion. */
  still(): void {
    const { points, air } = this;
    for (let n = 0; n < SOURCES; n++) {
      this.pin(n);
      let gone = false;
      for (let p = 2; p < LINE; p++) {
        const i = (n * LINE + p) * STRIDE;
        points.copyWithin(i, i - STRIDE, i);
        if (gone) continue;
        for (let half = 0; half < 2 && !gone; half++) {
          gone = !air.carry(points, i, this.every / 2, 0);
          if (air.struck >= 0) air.obstacles.pushOut(points, i);
          points[i + 4] = Math.max(points[i + 4]!, air.turned);
        }
        if (gone) points[i + 3] = GONE;
      }
    }
    this.show();
  }

  /** How the smoke is over a place. */
  over(x: number, y: number, z: number): Over {
    const found = { points: 0, straight: 0 };
    for (let i = 0; i < this.points.length; i += STRIDE) {
      const above = this.points[i + 1]! - y;
      if (this.points[i + 3]! < 0 || above < COLUMN.from || above > COLUMN.to) continue;
      if ((this.points[i]! - x) ** 2 + (this.points[i + 2]! - z) ** 2 > COLUMN.around ** 2) continue;
      found.points += 1;
      if (this.points[i + 4]! < 0.5) found.straight += 1;
    }
    return found;
  }

  private pin(n: number): void {
    const i = (n * LINE + 1) * STRIDE;
    this.points[i] = this.from[n * 3]!;
    this.points[i + 1] = this.from[n * 3 + 1]!;
    this.points[i + 2] = this.from[n * 3 + 2]!;
    this.points[i + 3] = 0;
    this.points[i + 4] = 0;
  }

  private emit(): void {
    for (let n = 0; n < SOURCES; n++) {
      const first = (n * LINE + 2) * STRIDE;
      this.points.copyWithin(first + STRIDE, first, (n * LINE + LINE - 1) * STRIDE);
      this.pin(n);
      this.points.copyWithin(first, first - STRIDE, first);
    }
  }

  /** How much is seen of each point: less where its line is young, old, or drawn out. */
  private show(): void {
    const { points } = this;
    for (let n = 0; n < SOURCES; n++) {
      this.pin(n);
      for (let p = 2; p < LINE; p++) {
        const i = (n * LINE + p) * STRIDE;
        if (points[i + 3]! < 0) continue;
        const before = i - STRIDE;
        const drawn = Math.sqrt((points[i]! - points[before]!) ** 2 + (points[i + 1]! - points[before + 1]!) ** 2 + (points[i + 2]! - points[before + 2]!) ** 2);
        const thin = drawn > this.rest ? (this.rest / drawn) ** 2 : 1;
        points[i + 3] = Math.min(1, (p - 1) / COMES) * Math.min(1, (LINE - p) / FADES) * thin;
      }
    }
  }
}
