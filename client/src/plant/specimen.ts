import { type Box3, Box3Helper, CanvasTexture, Group, type LineBasicMaterial, Mesh, MeshBasicMaterial, type Raycaster, SRGBColorSpace, Vector3 } from "three";
import { Batches } from "../world/batches";
import { LabelAtlas } from "../world/labels";
import type { Model, PartShape } from "../world/model";
import { ACCENT } from "../world/materials";
import { BlobShadows } from "../world/shadows";
import { Thing } from "../world/thing";
import type { PartName } from "./contract";

/** How strongly a named part lights up (1 is pointed at in play). */
const LIT = 1;
/** Pixels of the drawing on a screen for a metre of it, and the most of them on a side. */
const DENSITY = 1500;
const MOST = 512;
const PAPER = new Set(["page", "label"]);

/** One kind by itself, drawn as it is in play; its parts light up one at a time. */
export class Specimen {
  readonly group = new Group();
  readonly #atlas = new LabelAtlas();
  readonly #batches: Batches;
  readonly #thing: Thing;
  readonly #screens: Mesh[] = [];
  readonly #shadow: BlobShadows | null;
  readonly #outline: Box3Helper;

  constructor(readonly model: Model, private readonly title: string, private readonly names: readonly PartName[], floor: boolean) {
    this.#batches = new Batches([model], this.#atlas.texture, this.group);
    this.#thing = new Thing(model.kind, model, this.#batches, this.#atlas);
    this.#thing.look({ label: [title] }, title);
    for (const shape of model.shapes) if (shape.layer === "screen") this.#screens.push(this.#screen(shape));
    this.#shadow = floor ? this.#shade() : null;
    this.#outline = outline(model.box);
    this.group.add(this.#outline);
  }

  /** The named part that a ray meets first; what stands behind glass comes before the glass. */
  meet(caster: Raycaster): PartName | null {
    let best: { distance: number; part: string; at: Vector3 } | null = null;
    for (const layer of ["solid", "glass"] as const) {
      if (best) break;
      for (const hit of caster.intersectObject(this.#batches[layer].mesh)) {
        const part = this.#thing.partAt(layer, hit.batchId ?? -1);
        if (part && (!best || hit.distance < best.distance)) best = { distance: hit.distance, part, at: hit.point };
      }
    }
    for (const screen of this.#screens) {
      const [hit] = caster.intersectObject(screen);
      if (hit && (!best || hit.distance < best.distance)) best = { distance: hit.distance, part: screen.name, at: hit.point };
    }
    return best ? this.#nearest(best.part, best.at) : null;
  }

  /** Several real parts may be drawn by one node: the one whose place is nearest is meant. */
  #nearest(part: string, at: Vector3): PartName | null {
    let found: PartName | null = null;
    let least = Infinity;
    for (const name of this.names) {
      if (name.part !== part) continue;
      const away = name.at ? at.distanceTo(point.set(...name.at)) : 1e6;
      if (away < least) [found, least] = [name, away];
    }
    return found;
  }

  /** Where a name belongs, metres. */
  at(name: PartName, out: Vector3): Vector3 {
    if (name.at) return out.set(...name.at);
    const bounds = this.model.parts.get(name.part);
    return bounds ? bounds.getCenter(out) : out.set(0, 0, 0);
  }

  light(name: PartName | null): void {
    this.#thing.only = name?.part ?? "";
    this.#thing.lift = name ? LIT : 0;
    this.#thing.tint();
    const bounds = name ? this.model.parts.get(name.part) : undefined;
    this.#outline.visible = bounds !== undefined;
    if (bounds) this.#outline.box.copy(bounds);
  }

  /** A face that is written on in play shows what it is: paper white, a display dark. */
  #screen(shape: PartShape): Mesh {
    const [width, height] = this.model.spec.screens?.[shape.part]?.size ?? [0.2, 0.12];
    const canvas = document.createElement("canvas");
    const scale = Math.min(DENSITY, MOST / Math.max(width, height));
    canvas.width = Math.max(32, Math.round(width * scale));
    canvas.height = Math.max(16, Math.round(height * scale));
    const context = canvas.getContext("2d");
    if (context) {
      const paper = PAPER.has(shape.part);
      context.fillStyle = paper ? "#ffffff" : "#10202a";
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.fillStyle = paper ? "#14222b" : "#f2f7f9";
      const wanted = canvas.height * 0.16;
      context.font = `700 ${wanted}px "Atkinson Hyperlegible", sans-serif`;
      const wide = context.measureText(this.title).width;
      const size = wanted * Math.min(1, (canvas.width * 0.86) / wide);
      context.font = `700 ${size}px "Atkinson Hyperlegible", sans-serif`;
      context.textBaseline = "top";
      context.fillText(this.title, canvas.width * 0.07, canvas.height * 0.1);
    }
    const map = new CanvasTexture(canvas);
    map.colorSpace = SRGBColorSpace;
    const mesh = new Mesh(shape.geometry, new MeshBasicMaterial({ map, toneMapped: false }));
    mesh.name = shape.part;
    this.group.add(mesh);
    return mesh;
  }

  #shade(): BlobShadows {
    const shadow = new BlobShadows(1);
    const { box, size } = this.model;
    const middle = box.getCenter(point);
    shadow.begin();
    shadow.add(middle.x, box.min.y - 0.0005, middle.z, size.x * 1.5, size.z * 1.5, 0, 0.55);
    shadow.end();
    this.group.add(shadow.mesh);
    return shadow;
  }

  dispose(): void {
    this.#thing.dispose();
    this.#batches.dispose();
    this.#atlas.dispose();
    this.#shadow?.dispose();
    this.#outline.dispose();
    for (const { material } of this.#screens) {
      (material as MeshBasicMaterial).map?.dispose();
      (material as MeshBasicMaterial).dispose();
    }
    for (const { geometry } of this.model.shapes) geometry.dispose();
  }
}

/** A part may be inside another: thin lines about it are seen through everything. */
function outline(box: Box3): Box3Helper {
  const made = new Box3Helper(box.clone(), ACCENT);
  const material = made.material as LineBasicMaterial;
  material.depthTest = false;
  material.toneMapped = false;
  made.renderOrder = 6;
  made.visible = false;
  return made;
}

const point = new Vector3();
