import { ROUTES, type Exposure } from "../contract";

/** Decades below the largest that are told apart. */
const DECADES = 6;

/** What has come into each container up to a moment, beside the most that came into any of them in the whole run. */
export class Came {
  private readonly sums: { item: string; upTo: number[] }[];
  private readonly most: number;

  constructor(private readonly exposure: Exposure, private readonly rate: number) {
    this.sums = exposure.rows.map((row) => {
      let sum = 0;
      return { item: row.item, upTo: row.air.map((_, step) => (sum += ROUTES.reduce((all, route) => all + (row[route][step] ?? 0), 0))) };
    });
    this.most = Math.max(0, ...this.sums.map(({ upTo }) => upTo.at(-1) ?? 0));
  }

  /** The step a tick lies in. */
  step(tick: number): number {
    return Math.floor(tick / this.rate / this.exposure.step_s);
  }

  /** Each container with how far it has come up to a tick, from 0 (a millionth of the most, or less) to 1, by decades. */
  at(tick: number): { item: string; level: number }[] {
    const step = this.step(tick);
    return this.sums.flatMap(({ item, upTo }) => {
      const sum = upTo[Math.min(step, upTo.length - 1)] ?? 0;
      const level = sum > 0 && this.most > 0 ? 1 + Math.log10(sum / this.most) / DECADES : 0;
      return level > 0 ? [{ item, level: Math.min(1, level) }] : [];
    });
  }
}
