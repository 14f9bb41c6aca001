import type { Vector4 } from "three";
import { CanvasTexture, SRGBColorSpace } from "three";

const WIDTH = 2048;
const HEIGHT = 1024;
/** Pixels for a metre of label: what is read at arm's length stays sharp. */
const DENSITY = 5600;
const MARGIN = 2;
/** Pixels between the edge of a label and its text. */
const INSET = 12;
const PAPER = "#ffffff";
const INK = "#0b141a";

const font = (size: number): string => `700 ${size}px "Atkinson Hyperlegible", sans-serif`;

interface Slot {
  x: number;
  y: number;
  width: number;
  height: number;
  text: string;
}

/** All printed labels of the plant in one texture, each in a slot of its own, drawn again only when its text changes. */
export class LabelAtlas {
  readonly texture: CanvasTexture;
  readonly #context: CanvasRenderingContext2D;
  readonly #slots = new Map<string, Slot>();
  #x = 0;
  #y = 0;
  #row = 0;

  constructor() {
    const canvas = document.createElement("canvas");
    canvas.width = WIDTH;
    canvas.height = HEIGHT;
    const context = canvas.getContext("2d");
    if (!context) throw new Error("this browser draws no 2D canvas, which labels need");
    this.#context = context;
    context.fillStyle = "#fff";
    context.fillRect(0, 0, WIDTH, HEIGHT);
    this.texture = new CanvasTexture(canvas);
    this.texture.colorSpace = SRGBColorSpace;
    this.texture.anisotropy = 8;
  }

  /** Writes the lines on the label of `key`, sized in metres, and sets `rect` to its place: u, v, width, height. */
  write(key: string, size: readonly [number, number], lines: readonly string[], rect: Vector4): boolean {
    const slot = this.#slots.get(key) ?? this.#reserve(key, size);
    if (!slot) return false;
    const text = lines.join("\n");
    if (slot.text !== text) {
      slot.text = text;
      this.#draw(slot, lines);
      this.texture.needsUpdate = true;
    }
    rect.set(slot.x / WIDTH, 1 - (slot.y + slot.height) / HEIGHT, slot.width / WIDTH, slot.height / HEIGHT);
    return true;
  }

  #reserve(key: string, [metresWide, metresHigh]: readonly [number, number]): Slot | null {
    const width = Math.round(Math.min(640, metresWide * DENSITY));
    const height = Math.round(Math.min(320, metresHigh * DENSITY));
    if (this.#x + width > WIDTH) {
      this.#x = 0;
      this.#y += this.#row + MARGIN;
      this.#row = 0;
    }
    if (this.#y + height > HEIGHT) return null;
    const slot: Slot = { x: this.#x, y: this.#y, width, height, text: "\u0000" };
    this.#x += width + MARGIN;
    this.#row = Math.max(this.#row, height);
    this.#slots.set(key, slot);
    return slot;
  }

  /** The name light on a dark band, the rest bold on paper: a label is read at a slant and from an arm's length away. */
  #draw({ x, y, width, height }: Slot, lines: readonly string[]): void {
    const context = this.#context;
    const step = height / Math.max(lines.length, 1);
    const named = lines.length > 1;
    context.save();
    context.beginPath();
    context.rect(x, y, width, height);
    context.clip();
    context.fillStyle = PAPER;
    context.fillRect(x, y, width, height);
    context.fillStyle = INK;
    if (named) context.fillRect(x, y, width, step);
    context.textBaseline = "middle";
    lines.forEach((line, n) => {
      let size = Math.min(step * 0.84, height * 0.34);
      context.font = font(size);
      const wide = context.measureText(line).width;
      if (wide > width - 2 * INSET) size *= (width - 2 * INSET) / wide;
      context.font = font(size);
      context.fillStyle = named && n === 0 ? PAPER : INK;
      context.fillText(line, x + INSET, y + step * (n + 0.53));
    });
    context.restore();
  }

  dispose(): void {
    this.texture.dispose();
  }
}
