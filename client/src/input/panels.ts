import { type Group, type Intersection, type Material, Mesh, type Object3D, Raycaster } from "three";
import type { ScenePanel } from "../ui-port";
import type { Pointer } from "./pointer";

interface Over {
  panel: ScenePanel;
  u: number;
  v: number;
  distance: number;
}

/** Farther than this nobody reads a panel, metres. */
const FAR = 6;
const NO_PANEL: ScenePanel = { id: "", pointer: () => undefined };

/** Leads pointers to the flat panels in the scene. What is drawn over everything takes the press before everything. */
export class PanelPointers {
  /** Whether something stands before a panel that is part of the room, so many metres along the pointer's ray. */
  hides: (pointer: Pointer, panel: string, distance: number) => boolean = () => false;
  readonly #raycaster = new Raycaster();
  readonly #inside = new Map<string, ScenePanel>();
  readonly #down = new Map<string, ScenePanel>();
  readonly #hits: Intersection[] = [];
  /** The one answer, written over by the next question. */
  readonly #over: Over = { panel: NO_PANEL, u: 0, v: 0, distance: 0 };

  constructor(private readonly panels: Group) {}

  /** The panel under a pointer no farther than `far` metres, told that it is pointed at; null when there is none. */
  move(pointer: Pointer, far = FAR): Over | null {
    const over = this.#find(pointer, far);
    const before = this.#inside.get(pointer.id);
    if (before && before !== over?.panel) {
      before.pointer("leave", 0, 0, pointer.side);
      this.#inside.delete(pointer.id);
    }
    if (over) {
      this.#inside.set(pointer.id, over.panel);
      over.panel.pointer("move", over.u, over.v, pointer.side);
    }
    return over;
  }

  down(pointer: Pointer): boolean {
    const over = this.#find(pointer);
    if (!over) return false;
    this.#down.set(pointer.id, over.panel);
    over.panel.pointer("down", over.u, over.v, pointer.side);
    return true;
  }

  up(pointer: Pointer): boolean {
    const panel = this.#down.get(pointer.id);
    if (!panel) return false;
    this.#down.delete(pointer.id);
    const over = this.#find(pointer);
    if (over?.panel === panel) panel.pointer("up", over.u, over.v, pointer.side);
    else panel.pointer("leave", 0, 0, pointer.side);
    return true;
  }

  holds(pointer: Pointer): boolean {
    return this.#down.has(pointer.id);
  }

  #find(pointer: Pointer, far = FAR): Over | null {
    if (!pointer.active || this.panels.children.length === 0) return null;
    this.#raycaster.ray.copy(pointer.ray);
    this.#raycaster.far = far;
    this.#hits.length = 0;
    this.#raycaster.intersectObjects(this.panels.children, true, this.#hits);
    let best: Intersection | null = null;
    for (let n = 0; n < this.#hits.length; n++) {
      const hit = this.#hits[n];
      if (!hit || !shown(hit.object) || !panelOf(hit.object)) continue;
      if (best && !drawnOver(hit.object)) continue;
      best = hit;
      if (drawnOver(hit.object)) break;
    }
    const panel = best && panelOf(best.object);
    if (!best || !panel || (!drawnOver(best.object) && this.hides(pointer, panel.id, best.distance))) return null;
    this.#over.panel = panel;
    this.#over.u = best.uv?.x ?? 0;
    this.#over.v = best.uv?.y ?? 0;
    this.#over.distance = best.distance;
    return this.#over;
  }
}

/** A question stands before everything, whatever is nearer. */
function drawnOver(object: Object3D): boolean {
  return object instanceof Mesh && !(object.material as Material).depthTest;
}

function panelOf(object: Object3D): ScenePanel | null {
  return object instanceof Mesh ? ((object.userData["panel"] as ScenePanel | undefined) ?? null) : null;
}

function shown(object: Object3D): boolean {
  for (let at: Object3D | null = object; at; at = at.parent) if (!at.visible) return false;
  return true;
}
