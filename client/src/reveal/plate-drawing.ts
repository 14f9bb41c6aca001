/**
 * How a plate looks after incubation. Positions come from the seed of the run and the name of the plate, so that the
 * same attempt grows the same picture on every device. The number of colonies is the server's draw; only where they
 * lie is drawn here.
 */
export interface Colony {
  x: number;
  y: number;
  radius: number;
  tone: number;
}

/** 32-bit hash of a text (FNV-1a), to start the generator with. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

/** A small generator of numbers in 0..1 with a 32-bit state (mulberry32): the same everywhere for the same seed. */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const MOST_DRAWN = 120;
const AGAR = 0.86;

/** Colonies on a plate of radius 1, evenly spread over the agar; beyond 120 a plate is confluent and drawn as such. */
export function colonies(seed: number, item: string, count: number): Colony[] {
  const random = generator(hashText(`${seed}/${item}`));
  const drawn = Math.min(Math.max(0, Math.floor(count)), MOST_DRAWN);
  const found: Colony[] = [];
  for (let n = 0; n < drawn; n++) {
    let best: Colony | null = null;
    let bestGap = -Infinity;
    // A few tries keep colonies apart, as crowding does on agar.
    for (let attempt = 0; attempt < 6; attempt++) {
      const radius = 0.06 + 0.07 * random();
      const distance = Math.sqrt(random()) * (AGAR - radius);
      const angle = random() * Math.PI * 2;
      const candidate = { x: distance * Math.cos(angle), y: distance * Math.sin(angle), radius, tone: random() };
      const gap = Math.min(...found.map((c) => Math.hypot(c.x - candidate.x, c.y - candidate.y) - c.radius - radius), 1);
      if (gap > bestGap) {
        best = candidate;
        bestGap = gap;
      }
    }
    if (best) found.push(best);
  }
  return found;
}

/** Chance that at least one organism lands when `expected` do on average (Poisson). */
export const chanceOfGrowth = (expected: number): number => 1 - Math.exp(-Math.max(0, expected));
