import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const css = readFileSync(fileURLToPath(new URL("./tokens.css", import.meta.url)), "utf8");

/** The declarations of the block that starts with `selector`. */
function block(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {`);
  if (start < 0) throw new Error(`tokens.css has no block ${selector}`);
  const body = css.slice(css.indexOf("{", start) + 1, css.indexOf("}", start));
  return Object.fromEntries([...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map((m) => [m[1] ?? "", (m[2] ?? "").trim()]));
}

/** Relative luminance of an opaque colour (WCAG 2.2). */
function luminance(hex: string): number {
  const channels = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
  const [r, g, b] = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

const light = block(":root");
const dark = { ...light, ...block(':root[data-theme="dark"]') };
const high = { ...light, ...block(':root[data-contrast="high"]') };

const TEXT: [string, string[]][] = [
  ["ink", ["paper", "surface", "sunk", "accent-wash", "critical-wash", "major-wash", "minor-wash", "good-wash"]],
  ["ink-soft", ["paper", "surface", "sunk", "accent-wash"]],
  ["accent", ["paper", "surface", "sunk", "accent-wash"]],
  ["accent-strong", ["paper", "surface", "sunk"]],
  ["on-accent", ["accent", "accent-strong"]],
  ["surface", ["ink"]],
  ["critical", ["paper", "surface", "sunk", "critical-wash"]],
  ["major", ["paper", "surface", "sunk", "major-wash"]],
  ["minor", ["paper", "surface", "minor-wash"]],
  ["good", ["paper", "surface", "sunk", "good-wash"]],
  ["on-status", ["critical", "good"]],
  ["display-ink", ["display", "display-raised"]],
  ["display-soft", ["display", "display-raised"]],
  ["display-accent", ["display", "display-raised"]],
  ["display", ["display-accent", "display-alarm"]],
  ["display-alarm", ["display"]],
  ["display-good", ["display"]],
];
/** Edges of controls and lines of charts: 3:1 (WCAG 1.4.11). */
const EDGES: [string, string[]][] = [
  ["edge", ["paper", "surface", "sunk"]],
  ["chart-blue", ["surface"]],
  ["chart-vermillion", ["surface"]],
];

const color = (theme: Record<string, string>, name: string): string => {
  const value = theme[name];
  if (value === undefined || !/^#[0-9a-f]{6}$/.test(value)) throw new Error(`--${name} is no opaque colour: ${value}`);
  return value;
};

describe.each([
  ["light", light, 4.5],
  ["dark", dark, 4.5],
  ["high contrast", high, 7],
] as const)("%s", (_name, theme, least) => {
  it.each(TEXT.flatMap(([text, grounds]) => grounds.map((ground) => [text, ground] as const)))("text %s on %s", (text, ground) => {
    expect(contrast(color(theme, text), color(theme, ground))).toBeGreaterThanOrEqual(least);
  });
  it.each(EDGES.flatMap(([edge, grounds]) => grounds.map((ground) => [edge, ground] as const)))("edge %s on %s", (edge, ground) => {
    expect(contrast(color(theme, edge), color(theme, ground))).toBeGreaterThanOrEqual(3);
  });
});

/** Each step of how much is seen from its neighbours, the first from the ground (a luminance ratio well over the least one sees). */
describe.each([["light", light], ["dark", dark], ["high contrast", high]] as const)("the steps of how much, %s", (_name, theme) => {
  const steps = ["surface", ...Array.from({ length: 7 }, (_, n) => `heat-${n + 1}`)].map((name) => color(theme, name));
  it.each(steps.slice(1).map((step, n) => [n + 1, step] as const))("step %i, %s", (n, step) => {
    expect(contrast(step, steps[n - 1]!)).toBeGreaterThanOrEqual(1.18);
  });
  it("go one way, and the last stands out from the ground as an edge does", () => {
    const bright = steps.map(luminance);
    const sign = Math.sign(bright[7]! - bright[0]!);
    expect(bright.slice(1).every((value, n) => Math.sign(value - bright[n]!) === sign)).toBe(true);
    expect(contrast(steps[7]!, steps[0]!)).toBeGreaterThanOrEqual(7);
  });
});

describe("the dark theme", () => {
  it("is the same whether the device or the person asks for it", () => {
    expect(block(':root:not([data-theme="light"])')).toEqual(block(':root[data-theme="dark"]'));
  });
});
