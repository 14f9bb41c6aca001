import { CanvasTexture, LinearMipmapLinearFilter, Mesh, MeshBasicMaterial, PlaneGeometry, SRGBColorSpace } from "three";
import type { Side } from "../../contract";
import type { ScenePanel } from "../../ui-port";
import { readInk, type Ink } from "./ink";

/** A rectangle on the canvas that takes a press. */
export interface Area {
  id: string;
  /** What it says, for whoever reads the panel instead of seeing it. */
  label?: string;
  x: number;
  y: number;
  width: number;
  height: number;
  press: () => void;
  /** Follows the pointer while held down: 0..1 along the area. */
  drag?: (along: number) => void;
}

export type Draw = (context: CanvasRenderingContext2D, ink: Ink, hovered: string | null) => Area[];

/** A canvas that is drawn only when something changed, and knows what on it takes a pointer. */
export class CanvasPanel implements ScenePanel {
  readonly canvas: HTMLCanvasElement;
  readonly texture: CanvasTexture;
  private areas: Area[] = [];
  /** What each hand points at, so that two that point at once do not have it drawn again every frame. */
  private readonly pointed = new Map<Side | null, string | null>();
  private hovered: string | null = null;
  private pressed: Area | null = null;
  private draw: Draw = () => [];

  constructor(readonly id: string, readonly width: number, readonly height: number) {
    this.canvas = document.createElement("canvas");
    this.canvas.width = width;
    this.canvas.height = height;
    this.texture = new CanvasTexture(this.canvas);
    this.texture.colorSpace = SRGBColorSpace;
    this.texture.minFilter = LinearMipmapLinearFilter;
    this.texture.anisotropy = 8;
  }

  show(draw: Draw): void {
    this.draw = draw;
    this.redraw();
  }

  redraw(): void {
    const context = this.canvas.getContext("2d");
    if (!context) return;
    const ink = readInk();
    context.fillStyle = ink.back;
    context.fillRect(0, 0, this.width, this.height);
    this.areas = this.draw(context, ink, this.hovered);
    this.texture.needsUpdate = true;
  }

  /** What lies under u, v (origin bottom left, as a texture has it), or null. */
  at(u: number, v: number): Area | null {
    const x = u * this.width;
    const y = (1 - v) * this.height;
    return this.areas.find((a) => x >= a.x && x <= a.x + a.width && y >= a.y && y <= a.y + a.height) ?? null;
  }

  /** What takes a press now, with its middle as the texture has it. */
  rows(): { id: string; label: string; u: number; v: number }[] {
    return this.areas.map(({ id, label, x, y, width, height }) => ({ id, label: label ?? id, u: (x + width / 2) / this.width, v: 1 - (y + height / 2) / this.height }));
  }

  hover(u: number, v: number): void {
    this.point(this.at(u, v)?.id ?? null, null);
  }

  press(u: number, v: number): void {
    this.at(u, v)?.press();
  }

  pointer(kind: "move" | "down" | "up" | "leave", u: number, v: number, side: Side | null): void {
    const under = kind === "leave" ? null : this.at(u, v);
    if (kind === "down") {
      this.pressed = under;
      this.slide(u);
    }
    if (kind === "move" && this.pressed?.drag) this.slide(u);
    if (kind === "up") {
      const { pressed } = this;
      this.pressed = null;
      // A press counts where it began and ended, so that a hand may think better of it.
      if (pressed && under?.id === pressed.id && !pressed.drag) pressed.press();
    }
    if (kind === "leave") this.pressed = null;
    this.point(under?.id ?? null, side);
  }

  dispose(): void {
    this.texture.dispose();
  }

  private slide(u: number): void {
    const area = this.pressed;
    if (!area?.drag) return;
    area.drag(Math.min(1, Math.max(0, (u * this.width - area.x) / area.width)));
  }

  private point(id: string | null, side: Side | null): void {
    if ((this.pointed.get(side) ?? null) === id) return;
    this.pointed.set(side, id);
    const hovered = id ?? [...this.pointed.values()].find((other) => other !== null) ?? null;
    if (hovered === this.hovered) return;
    this.hovered = hovered;
    this.redraw();
  }
}

/** A panel on its own plane, `metres` wide. Drawn over the scene so that nothing hides a question. */
export function standingPanel(panel: CanvasPanel, metres: number): Mesh<PlaneGeometry, MeshBasicMaterial> {
  const material = new MeshBasicMaterial({ map: panel.texture, toneMapped: false, depthTest: false, transparent: true });
  const mesh = new Mesh(new PlaneGeometry(metres, (metres * panel.height) / panel.width), material);
  mesh.renderOrder = 20;
  mesh.userData["panel"] = panel;
  mesh.visible = false;
  return mesh;
}
