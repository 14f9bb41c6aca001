import { language } from "./text";

/** Numbers, times and ranges as a reader of the chosen language expects them. */

const locale = (): string => (language() === "cy" ? "cy-GB" : "en-GB");

export function number(value: number, digits = 2): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value);
}

/** A number by its significant figures: for doses that span decades. Below 0.001 it says "under 0.001". */
export function significant(value: number): string {
  if (value === 0) return "0";
  if (value < 0.001) return `< ${number(0.001, 3)}`;
  if (value >= 100) return number(Math.round(value), 0);
  return new Intl.NumberFormat(locale(), { maximumSignificantDigits: 2 }).format(value);
}

export function percent(share: number): string {
  if (share > 0 && share < 0.01) return `< ${new Intl.NumberFormat(locale(), { style: "percent" }).format(0.01)}`;
  return new Intl.NumberFormat(locale(), { style: "percent", maximumFractionDigits: 0 }).format(share);
}

export function money(pounds: number): string {
  const digits = Math.abs(pounds) < 10 ? 2 : 0;
  return new Intl.NumberFormat(locale(), {
    style: "currency",
    currency: "GBP",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(pounds);
}

/** Session time as m:ss, or h:mm:ss beyond an hour. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const s = String(whole % 60).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${s}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${s}`;
}

/** Ticks (1/20 s) to session time. */
export const clockOfTick = (tick: number): string => clock(tick / 20);

/** A length of time in words short enough for a label: 0.8 s, 12 s, 4 min 5 s. */
export function duration(seconds: number): string {
  if (seconds < 10) return `${number(seconds, 1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const rest = whole % 60;
  const minutes = `${Math.floor(whole / 60)} min`;
  return rest === 0 ? minutes : `${minutes} ${rest} s`;
}
