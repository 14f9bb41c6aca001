/** Decades that are told apart, and the load (CFU) at which the scale is full: ten of what a glove brings through the door. */
const DECADES = 3;
const FULL = 10;
/** What a load is compared with: a glove that came through the change and the door (`glove_start`, docs/contamination.md), CFU. */
export const REFERENCE = 1;

/** How much a face lights up, 0 (not at all) to 1, on a logarithmic scale. */
export const level = (cfu: number): number => (cfu > 0 ? Math.min(1, Math.max(0, 1 + Math.log10(cfu / FULL) / DECADES)) : 0);

/** Ends and steps of the scale, in multiples of `REFERENCE`. */
export const SCALE: readonly number[] = Array.from({ length: DECADES + 1 }, (_, n) => FULL / 10 ** (DECADES - n) / REFERENCE);
