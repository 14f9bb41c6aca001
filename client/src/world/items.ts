import { Matrix4, Quaternion, Vector3 } from "three";
import type { Item, ModelSpec, SceneSpec, Side, Snapshot } from "../contract";
import type { Batches } from "./batches";
import { gripOf, heldFrame } from "./grips";
import type { LabelAtlas } from "./labels";
import type { Model } from "./model";
import type { BlobShadows } from "./shadows";
import { Thing } from "./thing";

const UP = new Vector3(0, 1, 0);
const ONE = new Vector3(1, 1, 1);
/** How fast what is drawn glides to where it belongs, 1/s: half the way in 40 ms. */
const GLIDE = 17;
/** Inside these nothing is seen of what they hold. */
const CLOSED = new Set(["pack", "sharps-bin", "waste-bin", "labeller"]);

const goal = new Vector3();
const turn = new Quaternion();
const matrix = new Matrix4();
const held = new Matrix4();
const scale = new Vector3();

interface Placed {
  thing: Thing;
  item: Item;
  /** Where the server says it rests. */
  at: Vector3;
  turn: Quaternion;
  hand: Side | null;
  container: string | null;
  /** Its frame in the frame of what contains it. */
  within: Matrix4;
  /** What remains of the way from where it was drawn to where it belongs; fades to nothing. */
  drift: Vector3;
  driftTurn: Quaternion;
  settled: boolean;
}

export type PalmFrames = Readonly<Record<Side, Matrix4>>;

/** All things that can be touched, drawn where the server says, or in the hand that holds them here and now. */
export class ItemField {
  readonly #placed = new Map<string, Placed>();
  /** Every thing that is there now, to be walked through every frame. */
  readonly things: Thing[] = [];
  /** Nothing glides: what changes its place is there at once. */
  calm = false;
  readonly #surfaceHeights: readonly { y: number; x: [number, number]; z: [number, number] }[];
  #snapshot: Snapshot | null = null;

  constructor(
    scene: SceneSpec,
    private readonly models: ReadonlyMap<string, Model>,
    private readonly batches: Batches,
    private readonly atlas: LabelAtlas,
  ) {
    this.#surfaceHeights = [...Object.values(scene.surfaces), { y: 0, x: [-99, 99], z: [-99, 99] }];
  }

  thing(id: string): Thing | undefined {
    return this.#placed.get(id)?.thing;
  }

  item(id: string): Item | undefined {
    return this.#placed.get(id)?.item;
  }

  ids(): IterableIterator<string> {
    return this.#placed.keys();
  }

  apply(snapshot: Snapshot, changed: Iterable<string>): void {
    const first = this.#snapshot === null;
    this.#snapshot = snapshot;
    for (const id of changed) {
      const item = snapshot.items[id];
      if (item) this.#place(id, item, snapshot, first);
      else this.#remove(id);
    }
    for (const id of changed) {
      const placed = this.#placed.get(id);
      if (placed?.container) this.#within(placed);
    }
  }

  #place(id: string, item: Item, snapshot: Snapshot, first: boolean): void {
    const model = this.models.get(item.kind);
    if (!model) return;
    let placed = this.#placed.get(id);
    const fresh = !placed;
    if (placed && placed.item.kind !== item.kind) {
      this.#remove(id);
      placed = undefined;
    }
    placed ??= {
      thing: new Thing(id, model, this.batches, this.atlas),
      item, at: new Vector3(), turn: new Quaternion(), hand: null, container: null, within: new Matrix4(),
      drift: new Vector3(), driftTurn: new Quaternion(), settled: false,
    };
    if (!this.#placed.has(id)) this.things.push(placed.thing);
    this.#placed.set(id, placed);
    placed.item = item;
    placed.at.set(...item.at);
    placed.turn.setFromAxisAngle(UP, item.yaw);
    const [relation, where] = item.where.split(":");
    const before = placed.hand ?? placed.container ?? placed.item.where;
    placed.hand = relation === "hand" ? (where as Side) : null;
    placed.container = relation === "in" ? (where ?? null) : null;
    placed.thing.visible = !this.#isShut(placed.container, snapshot);
    placed.settled = false;
    if (!fresh && !first && before !== item.where) this.#startDrift(placed);
    placed.thing.look(item.look, item.name);
    if (item.look.level !== undefined && model.spec.motions?.["plunger"]) {
      placed.thing.move(new Map([["plunger", item.look.level]]));
    }
  }

  #isShut(container: string | null, snapshot: Snapshot): boolean {
    const kind = container === null ? undefined : snapshot.items[container]?.kind;
    return kind !== undefined && CLOSED.has(kind);
  }

  /** The thing keeps where it was drawn, relative to where it now belongs, and glides home from there. */
  #startDrift(placed: Placed): void {
    this.#goal(placed, null);
    placed.drift.copy(placed.thing.position).sub(goal);
    placed.driftTurn.copy(turn).invert().premultiply(placed.thing.quaternion);
  }

  #within(placed: Placed): void {
    const outer = placed.container === null ? undefined : this.#placed.get(placed.container);
    if (!outer) return;
    matrix.compose(outer.at, outer.turn, ONE).invert();
    placed.within.compose(placed.at, placed.turn, ONE).premultiply(matrix);
  }

  #remove(id: string): void {
    const placed = this.#placed.get(id);
    if (!placed) return;
    placed.thing.visible = false;
    placed.thing.write();
    placed.thing.dispose();
    this.things.splice(this.things.indexOf(placed.thing), 1);
    this.#placed.delete(id);
  }

  /** Draws one frame: what is held follows the palms, everything else glides to its place. */
  frame(seconds: number, palms: PalmFrames | null, shadows: BlobShadows): void {
    const fade = this.calm ? 0 : Math.exp(-GLIDE * seconds);
    for (const placed of this.#placed.values()) {
      const outer = placed.container === null ? undefined : this.#placed.get(placed.container);
      const rides = placed.hand !== null || (outer !== undefined && (outer.hand !== null || !outer.settled));
      if (!placed.settled || rides) this.#step(placed, palms, fade);
      if (placed.thing.visible) this.#shade(placed, shadows);
    }
  }

  #step(placed: Placed, palms: PalmFrames | null, fade: number): void {
    const { thing } = placed;
    this.#goal(placed, palms);
    placed.drift.multiplyScalar(fade);
    placed.driftTurn.slerp(identity, 1 - fade);
    thing.position.copy(goal).add(placed.drift);
    thing.quaternion.copy(turn).premultiply(placed.driftTurn);
    placed.settled = placed.drift.lengthSq() < 1e-8 && placed.driftTurn.w > 0.99999;
    thing.write();
  }

  /** Sets `goal` and `turn` to where the thing belongs. */
  #goal(placed: Placed, palms: PalmFrames | null): void {
    if (placed.hand && palms) {
      const spec: ModelSpec = placed.thing.model.spec;
      const grip = gripOf(spec, this.#snapshot?.hands[placed.hand].grip ?? null);
      matrix.multiplyMatrices(palms[placed.hand], heldFrame(grip, placed.hand, held));
      matrix.decompose(goal, turn, scale);
      return;
    }
    const outer = placed.container === null ? undefined : this.#placed.get(placed.container);
    if (outer) {
      matrix.multiplyMatrices(outer.thing.frame, placed.within);
      matrix.decompose(goal, turn, scale);
      return;
    }
    goal.copy(placed.at);
    turn.copy(placed.turn);
  }

  #shade(placed: Placed, shadows: BlobShadows): void {
    const { thing } = placed;
    const { position, model } = thing;
    if (placed.item.where === "fixed" || placed.container !== null) return;
    const below = this.heightBelow(position.x, position.y, position.z);
    const above = Math.max(0, position.y - below);
    const spread = 1.25 + above * 2.5;
    const dark = 0.5 / (1 + above * 9);
    shadows.add(position.x, below + 0.0015, position.z, model.size.x * spread, model.size.z * spread, yawOf(thing.quaternion), dark);
  }

  /** Height of the highest surface under a point, metres. */
  heightBelow(x: number, y: number, z: number): number {
    let best = 0;
    for (const surface of this.#surfaceHeights) {
      const over = x >= surface.x[0] && x <= surface.x[1] && z >= surface.z[0] && z <= surface.z[1];
      if (over && surface.y <= y + 0.03 && surface.y > best) best = surface.y;
    }
    return best;
  }

  dispose(): void {
    for (const id of [...this.#placed.keys()]) this.#remove(id);
  }
}

const identity = new Quaternion();

function yawOf(q: Quaternion): number {
  return Math.atan2(2 * (q.w * q.y + q.x * q.z), 1 - 2 * (q.y * q.y + q.x * q.x));
}
