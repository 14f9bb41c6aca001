import { t } from "../../i18n/text";
import type { Area, Draw } from "./canvas-panel";
import { drawText, font, type Ink } from "./ink";

/** A question as drawn on a panel: a title, words, and rows to press. */
export interface FormRow {
  id: string;
  label: string;
  note?: string | null;
  off?: boolean;
  primary?: boolean;
  centred?: boolean;
  press: () => void;
}

export interface Form {
  title: string;
  text?: string;
  rows: FormRow[];
  /** A large value with a slider and steps above the rows. */
  dial?: { value: string; fraction: number; less: () => void; more: () => void; slide: (fraction: number) => void };
  /** What has been typed, and the keys to type it with. */
  keys?: { typed: string; rows: string[][]; press: (key: string) => void };
  /** Rows side by side at the foot: the way on and the way out. */
  foot?: FormRow[];
  /** The row to begin with: its page of a long list is shown first. */
  from?: number;
}

/** The page of a long list on which a form opens. */
export const firstPage = (form: Form): number => Math.floor((form.from ?? 0) / PAGE);

export const FORM_WIDTH = 768;
export const FORM_HEIGHT = 896;
const EDGE = 36;
const ROW = 92;
const GAP = 12;
const PAGE = 6;

/** Lays a form out; `page` turns long lists, so that every row stays large enough for a poking finger. */
export function drawForm(form: Form, page: number, turn: (page: number) => void): Draw {
  return (context, ink, hovered) => {
    const areas: Area[] = [];
    const inner = FORM_WIDTH - 2 * EDGE;
    frame(context, ink);
    let y = drawText(context, form.title, { x: EDGE, y: 26, width: inner, size: 40, color: ink.text, bold: true, lines: 2 }) + 8;
    if (form.text) y = drawText(context, form.text, { x: EDGE, y, width: inner, size: 34, color: ink.soft, lines: 4 }) + 8;
    if (form.dial) y = drawDial(context, ink, hovered, form.dial, y, areas);
    if (form.keys) y = drawKeys(context, ink, hovered, form.keys, y, areas);

    const pages = Math.max(1, Math.ceil(form.rows.length / PAGE));
    const shown = form.rows.slice(page * PAGE, page * PAGE + PAGE);
    for (const row of shown) {
      drawRow(context, ink, hovered, row, { x: EDGE, y, width: inner, height: ROW }, areas);
      y += ROW + GAP;
    }
    const foot = [...(form.foot ?? [])];
    if (pages > 1) {
      foot.unshift({ id: "page", label: `${t("bar.more")} ${page + 1}/${pages}`, press: () => turn((page + 1) % pages) });
    }
    const width = (inner - GAP * (foot.length - 1)) / Math.max(1, foot.length);
    foot.forEach((row, index) => {
      drawRow(context, ink, hovered, { ...row, centred: true }, { x: EDGE + index * (width + GAP), y: FORM_HEIGHT - ROW - 26, width, height: ROW }, areas);
    });
    return areas;
  };
}

function frame(context: CanvasRenderingContext2D, ink: Ink): void {
  context.strokeStyle = ink.line;
  context.lineWidth = 6;
  context.strokeRect(3, 3, FORM_WIDTH - 6, FORM_HEIGHT - 6);
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

function drawRow(context: CanvasRenderingContext2D, ink: Ink, hovered: string | null, row: FormRow, box: Box, areas: Area[]): void {
  const hot = hovered === row.id && !row.off;
  context.fillStyle = hot || row.primary ? ink.accent : ink.raised;
  context.beginPath();
  context.roundRect(box.x, box.y, box.width, box.height, 12);
  context.fill();
  if (row.off) {
    context.strokeStyle = ink.line;
    context.lineWidth = 3;
    context.setLineDash([10, 8]);
    context.stroke();
    context.setLineDash([]);
  }
  if (hot && row.primary) {
    context.strokeStyle = ink.text;
    context.lineWidth = 6;
    context.stroke();
  }
  const color = hot || row.primary ? ink.back : row.off ? ink.soft : ink.text;
  const note = row.note ?? null;
  const width = box.width - 40;
  if (note === null && textWidth(context, row) > width) {
    // What does not fit on a line takes two smaller ones: an answer cut short cannot be chosen.
    drawText(context, row.label, { x: box.x + 20, y: box.y + 5, width, size: 30, color, bold: row.primary ?? false, lines: 2 });
  } else if (note === null) {
    const centred = row.centred ? Math.max(0, (width - textWidth(context, row)) / 2) : 0;
    drawText(context, row.label, { x: box.x + 20 + centred, y: box.y + box.height / 2 - 25, width, size: 36, color, bold: row.primary ?? false, lines: 1 });
  } else {
    drawText(context, row.label, { x: box.x + 20, y: box.y + 6, width, size: 34, color, lines: 1 });
    drawText(context, note, { x: box.x + 20, y: box.y + 46, width, size: 30, color: hot ? ink.back : ink.soft, lines: 1 });
  }
  if (!row.off) areas.push({ id: row.id, label: row.label, ...box, press: row.press });
}

function textWidth(context: CanvasRenderingContext2D, row: FormRow): number {
  context.font = font(36, row.primary ?? false);
  return context.measureText(row.label).width;
}

function drawDial(context: CanvasRenderingContext2D, ink: Ink, hovered: string | null, dial: NonNullable<Form["dial"]>, y: number, areas: Area[]): number {
  const inner = FORM_WIDTH - 2 * EDGE;
  drawRow(context, ink, hovered, { id: "less", label: "−", centred: true, press: dial.less }, { x: EDGE, y: y + 10, width: 130, height: 130 }, areas);
  drawRow(context, ink, hovered, { id: "more", label: "+", centred: true, press: dial.more }, { x: FORM_WIDTH - EDGE - 130, y: y + 10, width: 130, height: 130 }, areas);
  context.font = font(84, true);
  context.fillStyle = ink.text;
  context.textAlign = "center";
  context.fillText(dial.value, FORM_WIDTH / 2, y + 105);
  context.textAlign = "left";
  const track = { x: EDGE, y: y + 170, width: inner, height: 90 };
  context.fillStyle = ink.raised;
  context.fillRect(track.x, track.y + 20, track.width, 50);
  context.fillStyle = ink.accent;
  context.fillRect(track.x, track.y + 20, track.width * dial.fraction, 50);
  context.fillStyle = hovered === "track" ? ink.text : ink.accent;
  context.fillRect(track.x + track.width * dial.fraction - 10, track.y, 20, 90);
  areas.push({ id: "track", ...track, press: () => undefined, drag: dial.slide });
  return track.y + track.height + 30;
}

function drawKeys(context: CanvasRenderingContext2D, ink: Ink, hovered: string | null, keys: NonNullable<Form["keys"]>, y: number, areas: Area[]): number {
  const inner = FORM_WIDTH - 2 * EDGE;
  context.strokeStyle = ink.line;
  context.lineWidth = 3;
  context.strokeRect(EDGE, y, inner, 96);
  const shown = keys.typed.length > 34 ? `…${keys.typed.slice(-33)}` : keys.typed;
  drawText(context, `${shown}|`, { x: EDGE + 16, y: y + 22, width: inner * 2, size: 38, color: ink.text, lines: 1 });
  let top = y + 112;
  // The keys leave room for the words that are offered above the foot, whether or not they still are.
  const step = Math.min(92, Math.floor((FORM_HEIGHT - 26 - 2 * (ROW + GAP) - top) / keys.rows.length));
  for (const row of keys.rows) {
    const width = (inner - 8 * (row.length - 1)) / row.length;
    row.forEach((key, index) => {
      const box = { x: EDGE + index * (width + 8), y: top, width, height: step - 8 };
      const hot = hovered === `key-${key}`;
      context.fillStyle = hot ? ink.accent : ink.raised;
      context.beginPath();
      context.roundRect(box.x, box.y, box.width, box.height, 10);
      context.fill();
      context.font = font(38, true);
      context.fillStyle = hot ? ink.back : ink.text;
      context.textAlign = "center";
      context.fillText(KEY_FACE[key] ?? key, box.x + box.width / 2, box.y + box.height / 2 + 14);
      context.textAlign = "left";
      areas.push({ id: `key-${key}`, ...box, press: () => keys.press(key) });
    });
    top += step;
  }
  return top;
}

const KEY_FACE: Record<string, string> = { space: "␣", back: "⌫", shift: "⇧" };

export const NUMBER_KEYS = [
  ["7", "8", "9"],
  ["4", "5", "6"],
  ["1", "2", "3"],
  [".", "0", "back"],
];
export const TIME_KEYS = [...NUMBER_KEYS.slice(0, 3), [":", "0", "back"]];
export const LETTER_KEYS = [
  [..."1234567890"],
  [..."qwertyuiop"],
  [..."asdfghjkl"],
  [..."zxcvbnm", "-"],
  ["shift", "ˆ", "space", ".", "back"],
];
const ROOF = "\u0302";

/** The keys as they stand while capitals are asked for. */
export const capitals = (rows: readonly string[][]): string[][] => rows.map((row) => row.map((key) => (key.length === 1 ? key.toUpperCase() : key)));

/** What a key does to the text typed so far; "ˆ" sets the roof of a Welsh vowel, or takes it off again. */
export function typeKey(typed: string, key: string): string {
  if (key === "back") return typed.slice(0, -1);
  if (key === "ˆ") return roofed(typed);
  return typed + (key === "space" ? " " : key);
}

function roofed(typed: string): string {
  const last = typed.slice(-1).normalize("NFD");
  if (!/^[aeiouwy]\u0302?$/i.test(last)) return typed;
  return typed.slice(0, -1) + (last.endsWith(ROOF) ? last.slice(0, 1) : (last + ROOF).normalize("NFC"));
}
