import { ROUTES, type Exposure, type Route } from "./contract";

/** Arithmetic of the heat map: what was to be expected when, brought to as many columns as there is room for. */
export type Shown = Route | "all";

/** Session time of a column is one of these, seconds: what a clock is read by. */
const LENGTHS = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600];
/** Classes of colour above nothing; each is ten times the one before. */
export const CLASSES = 7;

export interface Cell {
  /** Where it begins and ends, and where in it most came, ticks. */
  from: number;
  to: number;
  peak: number;
  /** Expected organisms, by route and of what is shown. */
  by: Record<Route, number>;
  value: number;
}

export interface Row {
  item: string;
  cells: Cell[];
  total: number;
}

export interface HeatMap {
  /** Session time of a column, seconds. */
  seconds: number;
  rows: Row[];
  /** The largest cell of all routes together, to which the colours refer whatever is shown. */
  top: number;
  total: number;
}

/** How long a column is, in steps of the server's: the shortest length a clock is read by that leaves at most `most` columns. */
export function stepsOf({ step_s, rows }: Exposure, most: number): number {
  const steps = Math.max(1, ...rows.map((row) => row.air.length));
  const fits = (seconds: number): boolean => seconds >= step_s && Number.isInteger(seconds / step_s) && Math.ceil((steps * step_s) / seconds) <= most;
  const seconds = LENGTHS.find(fits);
  return seconds === undefined ? Math.max(1, Math.ceil(steps / Math.max(1, most))) : seconds / step_s;
}

export function heatMap(exposure: Exposure, shown: Shown, most: number, rate = 20): HeatMap {
  const every = stepsOf(exposure, most);
  const tickOf = (step: number): number => Math.round(step * exposure.step_s * rate);
  let top = 0;
  const rows = exposure.rows.map((row): Row => {
    const cells: Cell[] = [];
    for (let from = 0; from < row.air.length; from += every) {
      const to = Math.min(from + every, row.air.length);
      const by = { air: 0, surface: 0, liquid: 0 };
      let peak = from;
      let most = -1;
      for (let step = from; step < to; step++) {
        for (const route of ROUTES) by[route] += row[route][step] ?? 0;
        const here = shown === "all" ? ROUTES.reduce((sum, route) => sum + (row[route][step] ?? 0), 0) : (row[shown][step] ?? 0);
        if (here > most) [peak, most] = [step, here];
      }
      const all = by.air + by.surface + by.liquid;
      top = Math.max(top, all);
      cells.push({ from: tickOf(from), to: tickOf(to), peak: tickOf(peak), by, value: shown === "all" ? all : by[shown] });
    }
    return { item: row.item, cells, total: cells.reduce((sum, cell) => sum + cell.value, 0) };
  });
  return { seconds: every * exposure.step_s, rows, top, total: rows.reduce((sum, row) => sum + row.total, 0) };
}

/** The class of colour of a value: 0 for nothing, `CLASSES` for the largest, one less for each factor of ten below it. */
export function classOf(value: number, top: number): number {
  if (value <= 0 || top <= 0) return 0;
  return Math.max(1, CLASSES - Math.floor(Math.log10(top / value) + 1e-9));
}

/** The cells that matter most, worst first. */
export function worst({ rows }: HeatMap, count: number): { item: string; cell: Cell }[] {
  return rows
    .flatMap(({ item, cells }) => cells.filter(({ value }) => value > 0).map((cell) => ({ item, cell })))
    .sort((a, b) => b.cell.value - a.cell.value)
    .slice(0, count);
}

/** By which route most of a cell came. */
export const mainRoute = ({ by }: Cell): Route => ROUTES.reduce((most, route) => (by[route] > by[most] ? route : most));
