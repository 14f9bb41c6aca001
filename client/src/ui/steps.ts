import type { AmountSpec } from "../contract";

/** Arithmetic of a stepped amount: the dial, the typed number and the headset's dial agree by sharing it. */

export type { AmountSpec };

const decimals = (step: number): number => {
  const text = step.toString();
  const point = text.indexOf(".");
  return point < 0 ? 0 : text.length - point - 1;
};

/** The nearest allowed amount: a whole number of steps from `min`, inside the range. */
export function snapAmount(value: number, spec: AmountSpec): number {
  const steps = Math.round((value - spec.min) / spec.step);
  const raw = spec.min + steps * spec.step;
  const digits = Math.max(decimals(spec.step), decimals(spec.min));
  return Number(Math.min(spec.max, Math.max(spec.min, raw)).toFixed(digits));
}

/** One step up or down; a coarse step is ten fine ones. */
export const stepAmount = (value: number, spec: AmountSpec, steps: number, coarse = false): number =>
  snapAmount(value + steps * spec.step * (coarse ? 10 : 1), spec);

/** A typed amount (decimal point or comma), or null where it is no number within the range. */
export function parseAmount(typed: string, spec: AmountSpec): number | null {
  const text = typed.trim().replace(",", ".");
  if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(text)) return null;
  const value = Number(text);
  return value >= spec.min && value <= spec.max ? snapAmount(value, spec) : null;
}

/** Where an amount lies on its range, 0 to 1. */
export const fractionOf = (value: number, spec: AmountSpec): number =>
  spec.max > spec.min ? (value - spec.min) / (spec.max - spec.min) : 0;
