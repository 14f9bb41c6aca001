import { Box3, Matrix4, Ray, Vector3 } from "three";
import { type SceneSpec, type Side, SIDES, type Snapshot } from "../contract";
import type { Model } from "../world/model";
import type { Thing } from "../world/thing";
import type { World } from "../world/world";

/** What a pointer points at. `id` is an item, "hand:left", "surface:worktop" or "station:desk". */
export interface Target {
  kind: "item" | "hand" | "surface" | "station";
  id: string;
  /** The part pointed at, where parts can be told apart. */
  part: string | null;
  /** Where in the room. */
  at: Vector3;
  distance: number;
}

/** Equipment larger than this is pointed at by its controls, never as a whole: it holds everything else. Metres. */
const LARGE = 0.7;
/** What a container is set back by, so that what stands in it comes first. Metres. */
const CONTAINER = 0.05;
/** What was only met because it was grown is set back, so that what stands close behind it can be pointed at. Metres. */
const MISSED = 0.04;
/** Half size of the smallest thing that is easy to point at. Metres. */
const EASY = 0.011;
const PALM = 0.055;
const HAND: Readonly<Record<Side, string>> = { left: "hand:left", right: "hand:right" };

const inverse = new Matrix4();
const local = new Ray();
const box = new Box3();
const hit = new Vector3();
const closest = new Vector3();

interface Pickable {
  part: string | null;
  bounds: Box3;
}

/**
 * Finds what a ray or a fingertip meets. Boxes of things, grown where things are small, decide; not their meshes. Asked
 * every frame by every pointer, so each question has one answer object that the next one writes over: keep a copy of what
 * is to outlast the call.
 */
export class Picker {
  readonly #met = answer();
  readonly #laid = answer();
  readonly #touched = answer();
  readonly #pickable = new WeakMap<Model, readonly Pickable[]>();
  readonly #surfaces: readonly { id: string; y: number; x: readonly number[]; z: readonly number[]; station: string }[];
  readonly #stations: readonly { id: string; target: string }[];
  #score = Infinity;

  constructor(private readonly world: World, scene: SceneSpec) {
    this.#surfaces = Object.entries(scene.surfaces).map(([id, { y, x, z, station }]) => ({ id: `surface:${id}`, y, x, z, station }));
    this.#stations = [...world.markers.ids()].map((id) => ({ id, target: `station:${id}` }));
  }

  /**
   * The nearest thing along a ray; `margin` (metres) grows everything, for a finger on glass or a shaky hand. A device
   * that is `alone` carries with both hands: its ray passes through what either of them holds.
   */
  ray(ray: Ray, snapshot: Snapshot, margin: number, except: Side | null, withSurfaces: boolean, alone = false): Target | null {
    this.#score = Infinity;
    const { things } = this.world;
    for (let n = 0; n < things.length; n++) {
      const thing = things[n];
      if (thing && this.#counts(thing, snapshot, except, alone)) this.#meet(thing, ray, margin, snapshot);
    }
    for (let n = 0; n < SIDES.length; n++) {
      const side = SIDES[n] ?? "left";
      if (side === except || (alone && snapshot.hands[side].holds !== null) || !snapshot.affordances[HAND[side]]?.length) continue;
      hit.setFromMatrixPosition(this.world.hands.palms[side]);
      if (ray.distanceSqToPoint(hit) < PALM * PALM) this.#offer(ray, "hand", HAND[side], null, CONTAINER);
    }
    for (let n = 0; n < this.#stations.length; n++) {
      const station = this.#stations[n];
      const at = station && this.world.markers.at(station.id);
      if (!at || station.id === snapshot.station || ray.direction.y >= 0) continue;
      ray.at((at.y - ray.origin.y) / ray.direction.y, hit);
      if (hit.distanceTo(at) < this.world.markers.radius + margin * 4) this.#offer(ray, "station", station.target, null, 0);
    }
    if (this.#score < Infinity) return this.#met;
    return withSurfaces ? this.surface(ray, snapshot) : null;
  }

  /** The surface a ray falls on, first along the ray, whether or not something can be put there. */
  surface(ray: Ray, snapshot: Snapshot): Target | null {
    if (ray.direction.y >= -1e-3) return null;
    let best = Infinity;
    for (let n = 0; n < this.#surfaces.length; n++) {
      const surface = this.#surfaces[n];
      if (surface?.station !== snapshot.station) continue;
      const distance = (surface.y - ray.origin.y) / ray.direction.y;
      if (distance <= 0 || distance > best) continue;
      ray.at(distance, hit);
      const [x0 = 0, x1 = 0] = surface.x;
      const [z0 = 0, z1 = 0] = surface.z;
      if (hit.x < x0 || hit.x > x1 || hit.z < z0 || hit.z > z1) continue;
      best = distance;
      write(this.#laid, "surface", surface.id, null, hit, distance);
    }
    return best < Infinity ? this.#laid : null;
  }

  /** The thing nearest to a palm or a fingertip, within reach (metres), or null. */
  near(point: Vector3, snapshot: Snapshot, reach: number, except: Side | null): Target | null {
    let best = reach;
    let found = false;
    const { things } = this.world;
    for (let n = 0; n < things.length; n++) {
      const thing = things[n];
      if (!thing || !this.#counts(thing, snapshot, except)) continue;
      inverse.copy(thing.frame).invert();
      hit.copy(point).applyMatrix4(inverse);
      const boxes = this.#boxes(thing.model);
      for (let k = 0; k < boxes.length; k++) {
        const pickable = boxes[k];
        if (!pickable) continue;
        const distance = pickable.bounds.clampPoint(hit, closest).distanceTo(hit);
        if (distance >= best) continue;
        const score = distance + (holds(thing.id, snapshot) ? CONTAINER / 2 : 0);
        if (score >= best) continue;
        best = score;
        found = true;
        write(this.#touched, "item", thing.id, pickable.part, closest.applyMatrix4(thing.frame), distance);
      }
    }
    for (let n = 0; n < SIDES.length; n++) {
      const side = SIDES[n] ?? "left";
      if (side === except || !snapshot.affordances[HAND[side]]?.length) continue;
      closest.setFromMatrixPosition(this.world.hands.palms[side]);
      const distance = Math.max(0, closest.distanceTo(point) - PALM);
      if (distance >= Math.min(best, reach / 2)) continue;
      best = distance;
      found = true;
      write(this.#touched, "hand", HAND[side], null, closest, distance);
    }
    return found ? this.#touched : null;
  }

  /** Whether a thing can be pointed at: it is an item, to be seen, and not in the hand that points. */
  #counts(thing: Thing, snapshot: Snapshot, except: Side | null, alone = false): boolean {
    const item = snapshot.items[thing.id];
    if (item === undefined || !thing.visible) return false;
    return alone ? !item.where.startsWith("hand:") : except === null || item.where !== HAND[except];
  }

  #meet(thing: Thing, ray: Ray, margin: number, snapshot: Snapshot): void {
    inverse.copy(thing.frame).invert();
    local.copy(ray).applyMatrix4(inverse);
    const boxes = this.#boxes(thing.model);
    for (let n = 0; n < boxes.length; n++) {
      const pickable = boxes[n];
      if (!pickable) continue;
      const met = local.intersectBox(pickable.bounds, hit) !== null;
      if (!met && !local.intersectBox(grow(box.copy(pickable.bounds), margin), hit)) continue;
      hit.applyMatrix4(thing.frame);
      this.#offer(ray, "item", thing.id, pickable.part, (holds(thing.id, snapshot) ? CONTAINER : 0) + (met ? 0 : MISSED + margin));
    }
  }

  /** Takes what was met at `hit`, if it is nearer than what was met before. */
  #offer(ray: Ray, kind: Target["kind"], id: string, part: string | null, setBack: number): void {
    const distance = hit.distanceTo(ray.origin);
    if (distance + setBack >= this.#score) return;
    this.#score = distance + setBack;
    write(this.#met, kind, id, part, hit, distance);
  }

  /** What of a kind of thing can be pointed at: all of it, or the smaller parts of large equipment. */
  #boxes(model: Model): readonly Pickable[] {
    let boxes = this.#pickable.get(model);
    if (!boxes) {
      const parts = [...model.parts].map(([part, bounds]) => ({ part, bounds }));
      boxes = extent(model.box) > LARGE ? parts.filter(({ bounds }) => extent(bounds) <= LARGE / 2) : [{ part: null, bounds: model.box }];
      this.#pickable.set(model, boxes);
    }
    return boxes;
  }
}

/** A target that stays as it is when the picker is asked again. */
export function kept(target: Pick<Target, "id" | "kind" | "at">): Pick<Target, "id" | "kind" | "at"> {
  return { id: target.id, kind: target.kind, at: target.at.clone() };
}

function answer(): Target {
  return { kind: "item", id: "", part: null, at: new Vector3(), distance: 0 };
}

function write(target: Target, kind: Target["kind"], id: string, part: string | null, at: Vector3, distance: number): void {
  target.kind = kind;
  target.id = id;
  target.part = part;
  target.at.copy(at);
  target.distance = distance;
}

/** Whether something stands in a thing. */
function holds(id: string, snapshot: Snapshot): boolean {
  for (const other in snapshot.items) {
    const where = snapshot.items[other]?.where;
    if (where?.length === id.length + 3 && where.startsWith("in:") && where.endsWith(id)) return true;
  }
  return false;
}

function extent(bounds: Box3): number {
  return Math.max(bounds.max.x - bounds.min.x, bounds.max.y - bounds.min.y, bounds.max.z - bounds.min.z);
}

/** Grows a box by a margin, and small ones to a size that can be pointed at. */
function grow(bounds: Box3, margin: number): Box3 {
  const { min, max } = bounds;
  const x = Math.max(margin, EASY - (max.x - min.x) / 2);
  const y = Math.max(margin, EASY - (max.y - min.y) / 2);
  const z = Math.max(margin, EASY - (max.z - min.z) / 2);
  min.set(min.x - x, min.y - y, min.z - z);
  max.set(max.x + x, max.y + y, max.z + z);
  return bounds;
}
