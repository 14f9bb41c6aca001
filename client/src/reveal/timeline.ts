import type { Moment, Severity } from "./contract";

/** Arithmetic of the time line: ticks to places on the bar and back, and the moments before and after. */

export const fractionOfTick = (tick: number, ticks: number): number => (ticks <= 0 ? 0 : Math.min(1, Math.max(0, tick / ticks)));

export const tickOfFraction = (fraction: number, ticks: number): number => Math.round(Math.min(1, Math.max(0, fraction)) * ticks);

/** Where a replay opens for a finding: two seconds before, so that one sees it come. */
export const leadIn = (tick: number, rate = 20): number => Math.max(0, tick - 2 * rate);

export interface Mark {
  tick: number;
  severity: Severity | null;
  texts: string[];
}

const RANK: Record<Severity, number> = { critical: 3, major: 2, minor: 1 };
const rank = (severity: Severity | null): number => (severity === null ? 0 : RANK[severity]);

/** Marks for the bar: moments closer together than `apart` of its length share one, which carries the worst of them. */
export function marks(moments: readonly Moment[], ticks: number, apart = 0.008): Mark[] {
  const sorted = moments.filter((m) => m.severity !== null).sort((a, b) => a.tick - b.tick);
  const found: Mark[] = [];
  for (const moment of sorted) {
    const last = found[found.length - 1];
    if (last && fractionOfTick(moment.tick - last.tick, ticks) < apart) {
      last.texts.push(moment.text);
      if (rank(moment.severity) > rank(last.severity)) last.severity = moment.severity;
    } else {
      found.push({ tick: moment.tick, severity: moment.severity, texts: [moment.text] });
    }
  }
  return found;
}

/** The next mark after `tick` (or before, going back), or null. Going back skips the one just being watched. */
export function neighbour(all: readonly Mark[], tick: number, direction: 1 | -1, slack = 45): Mark | null {
  if (direction === 1) return all.find((mark) => mark.tick - slack > tick) ?? null;
  return [...all].reverse().find((mark) => mark.tick + slack < tick) ?? null;
}

/** Index of the last entry of ascending `ticks` that is not after `tick`; -1 before the first. */
export function indexAt(ticks: readonly number[], tick: number): number {
  let low = 0;
  let high = ticks.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if ((ticks[middle] ?? Infinity) <= tick) low = middle + 1;
    else high = middle - 1;
  }
  return high;
}
