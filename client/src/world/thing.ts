import { type Box3, Matrix4, Quaternion, Vector3, Vector4 } from "three";
import type { Look } from "../contract";
import type { Batches, Layer } from "./batches";
import type { LabelAtlas } from "./labels";
import type { Model } from "./model";

interface Piece {
  part: string;
  layer: Layer;
  instance: number;
  shown: boolean;
  /** Takes part when the thing lights up: of large equipment only the small parts do, which one acts on. */
  lights: boolean;
}

/** Equipment larger than this lights up by its small parts alone, metres. */
const LARGE = 0.7;
const SMALL = 0.35;

const ONE = new Vector3(1, 1, 1);

function extent({ min, max }: Box3): number {
  return Math.max(max.x - min.x, max.y - min.y, max.z - min.z);
}
const matrix = new Matrix4();
const local = new Matrix4();
const state = new Vector4();
const moved = new Vector3();

/** One thing in the room: where it is, and how it looks, written to the batches when it changes. */
export class Thing {
  readonly position = new Vector3();
  readonly quaternion = new Quaternion();
  readonly frame = new Matrix4();
  /** Highlight from 0 to 1: pointed at, or next to act on. */
  lift = 0;
  visible = true;
  /** The only part that lights up; null for all that do. */
  only: string | null = null;
  /** Parts that are turned by whoever owns the thing: a frame in the thing's own. */
  readonly joints = new Map<string, Matrix4>();
  readonly #pieces: Piece[] = [];
  #hidden: ReadonlySet<string> = new Set();
  #level = 1;
  #wet = 0;
  #alarm = 0;
  readonly #glow = new Map<string, number>();
  #motion: ReadonlyMap<string, number> = new Map();

  constructor(readonly id: string, readonly model: Model, private readonly batches: Batches, private readonly atlas: LabelAtlas) {
    for (const shape of model.shapes) {
      if (shape.layer === "screen") continue;
      const lights = extent(model.box) <= LARGE || extent(model.parts.get(shape.part) ?? model.box) <= SMALL;
      this.#pieces.push({ part: shape.part, layer: shape.layer, instance: batches[shape.layer].add(shape), shown: true, lights });
    }
  }

  look(look: Look, name: string): void {
    this.#hidden = new Set(look.hide ?? []);
    this.#level = look.level ?? 1;
    this.#wet = look.wet ?? 0;
    this.#alarm = look.tone === "alarm" ? 1 : 0;
    const size = this.model.spec.screens?.["label"]?.size ?? [0.09, 0.045];
    const lines = this.model.standIn ? [name, ...(look.label ?? [])] : (look.label ?? []);
    for (const piece of this.#pieces) {
      if (piece.layer !== "label") continue;
      const written = lines.length > 0 && this.atlas.write(this.id, size, lines, state);
      if (written) this.batches.label.mesh.setColorAt(piece.instance, state);
      piece.shown = written;
    }
    this.write();
    this.tint();
  }

  /** How far moving parts have moved, from 0 (at rest) to 1. */
  move(motion: ReadonlyMap<string, number>): void {
    this.#motion = motion;
    this.write();
  }

  /** How much lies on a part, 0 to 1, where no more was said before; on all of it where the model has no such part. */
  shine(part: string, level: number): void {
    const known = this.#pieces.some((piece) => piece.part === part);
    for (const piece of this.#pieces) if (!known || piece.part === part) this.#glow.set(piece.part, Math.max(level, this.#glow.get(piece.part) ?? 0));
    this.tint();
  }

  /** Nothing lies on it any more. */
  fade(): void {
    if (this.#glow.size === 0) return;
    this.#glow.clear();
    this.tint();
  }

  /** The part that an instance of a batch draws; null if it is not of this thing. */
  partAt(layer: Layer, instance: number): string | null {
    return this.#pieces.find((piece) => piece.layer === layer && piece.instance === instance)?.part ?? null;
  }

  tint(): void {
    for (const piece of this.#pieces) {
      const lit = this.only === null ? piece.lights : piece.part === this.only;
      state.set(this.#wet, this.#alarm, this.#glow.get(piece.part) ?? 0, lit ? 1 + this.lift : 1);
      if (piece.layer !== "label") this.batches[piece.layer].mesh.setColorAt(piece.instance, state);
    }
  }

  /** Puts position, turn and parts where they belong. */
  write(): void {
    this.frame.compose(this.position, this.quaternion, ONE);
    for (const piece of this.#pieces) {
      const { mesh } = this.batches[piece.layer];
      const shown = this.visible && piece.shown && !this.#hidden.has(piece.part) && !(piece.part === "liquid" && this.#level <= 0);
      if (mesh.getVisibleAt(piece.instance) !== shown) mesh.setVisibleAt(piece.instance, shown);
      if (shown) mesh.setMatrixAt(piece.instance, this.#partFrame(piece.part));
    }
  }

  #partFrame(part: string): Matrix4 {
    matrix.copy(this.frame);
    if (part === "liquid" && this.#level < 1) this.#fill();
    const amount = this.#motion.get(part);
    if (amount) this.#shift(part, amount);
    const joint = this.joints.get(part);
    if (joint) matrix.multiply(joint);
    return matrix;
  }

  /** A level lower than full: upright vessels sink their surface, things that lie shorten towards their mouth. */
  #fill(): void {
    const box = this.model.parts.get("liquid");
    if (!box) return;
    const lies = this.model.size.z > 2 * this.model.size.y;
    if (lies) {
      local.makeScale(1, 1, this.#level).setPosition(0, 0, box.min.z * (1 - this.#level));
    } else {
      local.makeScale(1, this.#level, 1).setPosition(0, box.min.y * (1 - this.#level), 0);
    }
    matrix.multiply(local);
  }

  #shift(part: string, amount: number): void {
    const motion = this.model.spec.motions?.[part];
    if (motion?.slide) {
      const [x, y, z] = motion.slide;
      matrix.multiply(local.makeTranslation(x * amount, y * amount, z * amount));
    } else if (motion?.turn) {
      const [x, y, z] = motion.at ?? [0, 0, 0];
      const angle = ((motion.degrees ?? 0) * Math.PI * amount) / 180;
      matrix.multiply(local.makeTranslation(x, y, z));
      matrix.multiply(local.makeRotationAxis(moved.set(...motion.turn).normalize(), angle));
      matrix.multiply(local.makeTranslation(-x, -y, -z));
    }
  }

  dispose(): void {
    for (const piece of this.#pieces) this.batches[piece.layer].remove(piece.instance);
    this.#pieces.length = 0;
  }
}
