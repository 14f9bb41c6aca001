/** The display colours of the tokens, as a canvas takes them; read again when the contrast setting changes. */
export interface Ink {
  back: string;
  raised: string;
  text: string;
  soft: string;
  line: string;
  accent: string;
  alarm: string;
  good: string;
}

export function readInk(): Ink {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(`--display${name}`).trim();
  return {
    back: of(""),
    raised: of("-raised"),
    text: of("-ink"),
    soft: of("-soft"),
    line: of("-line"),
    accent: of("-accent"),
    alarm: of("-alarm"),
    good: of("-good"),
  };
}

export const font = (px: number, bold = false): string => `${bold ? 700 : 400} ${px}px "Atkinson Hyperlegible", sans-serif`;

/** Canvas text falls back silently while a face is loading: wait for both weights once. */
export async function fontsReady(): Promise<void> {
  await Promise.all([document.fonts.load(font(32)), document.fonts.load(font(32, true))]);
}

/** Breaks text into lines no wider than `width`; the last of `most` lines ends in an ellipsis when text is left over. */
export function wrapText(measure: (text: string) => number, text: string, width: number, most = Infinity): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line === "" || measure(longer) <= width) {
      line = longer;
      continue;
    }
    lines.push(line);
    line = word;
  }
  if (line !== "") lines.push(line);
  if (lines.length <= most) return lines;
  const kept = lines.slice(0, most);
  let last = kept[most - 1] ?? "";
  while (last.length > 1 && measure(`${last}…`) > width) last = last.slice(0, -1).trimEnd();
  kept[most - 1] = `${last}…`;
  return kept;
}

/** Draws wrapped text from its top left corner; gives back the y below it. */
export function drawText(
  context: CanvasRenderingContext2D,
  text: string,
  at: { x: number; y: number; width: number; size: number; color: string; bold?: boolean; lines?: number },
): number {
  context.font = font(at.size, at.bold ?? false);
  context.fillStyle = at.color;
  context.textBaseline = "alphabetic";
  context.textAlign = "left";
  const leading = Math.round(at.size * 1.28);
  const lines = wrapText((t) => context.measureText(t).width, text, at.width, at.lines ?? Infinity);
  lines.forEach((line, index) => context.fillText(line, at.x, at.y + index * leading + at.size));
  return at.y + lines.length * leading;
}
