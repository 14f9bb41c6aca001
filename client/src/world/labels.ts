import type { Vector4 } from "three";
import { CanvasTexture, SRGBColorSpace } from "three";

const WIDTH = 2048;
const HEIGHT = 1024;
/** Pixels for a metre of label: what is read at arm's length stays sharp. */
const DENSITY = 5600;
const MARGIN = 2;

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

  #draw({ x, y, width, height }: Slot, lines: readonly string[]): void {
    const context = this.#context;
    context.save();
    context.beginPath();
    context.rect(x, y, width, height);
    context.clip();
    context.fillStyle = "#fdfdfb";
    context.fillRect(x, y, width, height);
    context.strokeStyle = "#9aa7ad";
    context.lineWidth = 2;
    context.strokeRect(x + 3, y + 3, width - 6, height - 6);
    context.fillStyle = "#16222a";
    context.textBaseline = "middle";
    const rows = Math.max(lines.length, 2);
    const step = (height - 12) / rows;
    lines.forEach((line, n) => {
      let size = Math.min(step * 0.82, height * 0.3);
      context.font = `${n === 0 ? 700 : 400} ${size}px "Atkinson Hyperlegible", sans-serif`;
      const wide = context.measureText(line).width;
      if (wide > width - 20) size *= (width - 20) / wide;
      context.font = `${n === 0 ? 700 : 400} ${size}px "Atkinson Hyperlegible", sans-serif`;
      context.fillText(line, x + 10, y + 6 + step * (n + 0.5));
    });
    context.restore();
  }

  dispose(): void {
    this.texture.dispose();
  }
}
