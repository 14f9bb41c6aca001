import { Mesh, MeshBasicMaterial, type BufferGeometry, type Group, type Matrix4 } from "three";
import type { Panels, SceneSpec } from "../../contract";
import { CanvasPanel, type Draw } from "./canvas-panel";
import { fontsReady } from "./ink";
import { drawCabinet, drawRecord, drawSop } from "./screens";

interface Presses {
  sop: () => void;
  field: (id: string) => void;
  sign: (step: string) => void;
}

const NO_PRESS: Presses = { sop: () => undefined, field: () => undefined, sign: () => undefined };

interface Shown {
  key: keyof Panels;
  item: string;
  mesh: Mesh;
  panel: CanvasPanel;
  draw: (panels: Panels, panel: CanvasPanel, metres: number) => Draw;
  metres: number;
  drawn: string;
}

/** The screens that stand in the room: procedure tablet, batch record, cabinet display. Each is drawn again only when what it shows changed. */
export class RoomScreens {
  private readonly shown: Shown[] = [];
  private panels: Panels = {};

  constructor(scene: SceneSpec, screenOf: (item: string, part: string) => BufferGeometry | null, into: Group, presses: Presses = NO_PRESS) {
    const stand = (key: keyof Panels, item: string, kind: string, part: string, size: [number, number], draw: Shown["draw"]): void => {
      const geometry = screenOf(item, part);
      if (!geometry) return;
      const panel = new CanvasPanel(item, ...size);
      const mesh = new Mesh(geometry, new MeshBasicMaterial({ map: panel.texture, toneMapped: false, polygonOffset: true, polygonOffsetFactor: -1 }));
      mesh.matrixAutoUpdate = false;
      if (presses !== NO_PRESS) mesh.userData["panel"] = panel;
      into.add(mesh);
      this.shown.push({ key, item, mesh, panel, draw, metres: scene.models[kind]?.screens?.[part]?.size[0] ?? 0.2, drawn: "" });
    };
    stand("sop", "sop", "sop-tablet", "screen", [768, 537], (panels, { width, height }, metres) => drawSop(panels.sop, width, height, metres, presses.sop));
    stand("record", "batch-record", "batch-record", "page", [724, 1024], (panels, { width, height }, metres) => drawRecord(panels.record, width, height, metres, presses.field, presses.sign));
    stand("cabinet", "cabinet", "cabinet", "display", [512, 224], (panels, { width, height }, metres) => drawCabinet(panels.cabinet, width, height, metres));
    void fontsReady().then(() => this.redraw());
  }

  /** Draws what changed. */
  set(panels: Panels): void {
    this.panels = panels;
    for (const screen of this.shown) {
      const text = JSON.stringify(panels[screen.key] ?? null);
      if (text === screen.drawn) continue;
      screen.drawn = text;
      screen.panel.show(screen.draw(panels, screen.panel, screen.metres));
    }
  }

  /** Draws all again: another language, contrast or font. */
  redraw(): void {
    for (const screen of this.shown) screen.drawn = "";
    this.set(this.panels);
  }

  /** Keeps each screen on its thing, which may have been moved. */
  frame(itemFrame: (item: string, out: Matrix4) => boolean): void {
    for (const { item, mesh } of this.shown) {
      mesh.visible = itemFrame(item, mesh.matrix);
      mesh.matrixWorldNeedsUpdate = true;
    }
  }

  dispose(): void {
    for (const { mesh, panel } of this.shown) {
      panel.dispose();
      (mesh.material as MeshBasicMaterial).dispose();
    }
  }
}
