import { Box3, Matrix4, Ray, Vector3 } from "three";
import { type SceneSpec, type Side, SIDES, type Snapshot } from "../contract";
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
/** Half size of the smallest thing that is easy to point at. Metres. */
const EASY = 0.011;
const PALM = 0.055;

const inverse = new Matrix4();
const local = new Ray();
const box = new Box3();
const hit = new Vector3();
const closest = new Vector3();

/** Finds what a ray or a fingertip meets. Boxes of things, grown where things are small, decide; not their meshes. */
export class Picker {
  constructor(private readonly world: World, private readonly scene: SceneSpec) {}

  /** The nearest thing along a ray; `margin` (metres) grows everything, for a finger on glass or a shaky hand. */
  ray(ray: Ray, snapshot: Snapshot, margin: number, except: Side | null, withSurfaces: boolean): Target | null {
    let best: Target | null = null;
    let bestScore = Infinity;
    const offer = (kind: Target["kind"], id: string, part: string | null, at: Vector3, setBack: number): void => {
      const distance = at.distanceTo(ray.origin);
      if (distance + setBack >= bestScore) return;
      bestScore = distance + setBack;
      best = { kind, id, part, at: at.clone(), distance };
    };
    for (const id in snapshot.items) {
      const item = snapshot.items[id];
      const thing = this.world.thing(id);
      if (!item || !thing?.visible || (except !== null && item.where === `hand:${except}`)) continue;
      this.#meet(thing, ray, margin, (part, at) => { offer("item", id, part, at, this.#setBack(id, snapshot)); });
    }
    for (const side of SIDES) {
      const id = `hand:${side}`;
      if (side === except || !snapshot.affordances[id]?.length) continue;
      hit.setFromMatrixPosition(this.world.hands.palms[side]);
      if (ray.distanceSqToPoint(hit) < PALM * PALM) offer("hand", id, null, hit, CONTAINER);
    }
    for (const id of this.world.markers.ids()) {
      const at = this.world.markers.at(id);
      if (!at || id === snapshot.station || ray.direction.y >= 0) continue;
      ray.at((at.y - ray.origin.y) / ray.direction.y, hit);
      if (hit.distanceTo(at) < this.world.markers.radius + margin * 4) offer("station", `station:${id}`, null, hit, 0);
    }
    if (!withSurfaces) return best;
    return best ?? this.surface(ray, snapshot);
  }

  /** The surface a ray falls on, first along the ray, whether or not something can be put there. */
  surface(ray: Ray, snapshot: Snapshot): Target | null {
    let best: Target | null = null;
    if (ray.direction.y >= -1e-3) return null;
    for (const [id, surface] of Object.entries(this.scene.surfaces)) {
      if (surface.station !== snapshot.station) continue;
      const distance = (surface.y - ray.origin.y) / ray.direction.y;
      if (distance <= 0 || (best && distance > best.distance)) continue;
      ray.at(distance, hit);
      const inside = hit.x >= surface.x[0] && hit.x <= surface.x[1] && hit.z >= surface.z[0] && hit.z <= surface.z[1];
      if (inside) best = { kind: "surface", id: `surface:${id}`, part: null, at: hit.clone(), distance };
    }
    return best;
  }

  /** The thing nearest to a palm or a fingertip, within reach (metres), or null. */
  near(point: Vector3, snapshot: Snapshot, reach: number, except: Side | null): Target | null {
    let best: Target | null = null;
    let bestScore = reach;
    for (const id in snapshot.items) {
      const item = snapshot.items[id];
      const thing = this.world.thing(id);
      if (!item || !thing?.visible || (except !== null && item.where === `hand:${except}`)) continue;
      const large = isLarge(thing);
      inverse.copy(thing.frame).invert();
      hit.copy(point).applyMatrix4(inverse);
      for (const [part, bounds] of large ? thing.model.parts : whole(thing)) {
        if (large && extent(bounds) > LARGE / 2) continue;
        const distance = bounds.clampPoint(hit, closest).distanceTo(hit);
        const score = distance + (this.#setBack(id, snapshot) > 0 ? CONTAINER / 2 : 0);
        if (score >= bestScore) continue;
        bestScore = score;
        best = { kind: "item", id, part: part || null, at: closest.clone().applyMatrix4(thing.frame), distance };
      }
    }
    for (const side of SIDES) {
      const id = `hand:${side}`;
      if (side === except || !snapshot.affordances[id]?.length) continue;
      closest.setFromMatrixPosition(this.world.hands.palms[side]);
      const distance = Math.max(0, closest.distanceTo(point) - PALM);
      if (distance < Math.min(bestScore, reach / 2)) {
        bestScore = distance;
        best = { kind: "hand", id, part: null, at: closest.clone(), distance };
      }
    }
    return best;
  }

  #meet(thing: Thing, ray: Ray, margin: number, met: (part: string | null, at: Vector3) => void): void {
    inverse.copy(thing.frame).invert();
    local.copy(ray).applyMatrix4(inverse);
    const large = isLarge(thing);
    for (const [part, bounds] of large ? thing.model.parts : whole(thing)) {
      if (large && extent(bounds) > LARGE / 2) continue;
      grow(box.copy(bounds), margin);
      if (local.intersectBox(box, hit)) met(part || null, hit.applyMatrix4(thing.frame));
    }
  }

  #setBack(id: string, snapshot: Snapshot): number {
    const inside = `in:${id}`;
    for (const other in snapshot.items) if (snapshot.items[other]?.where === inside) return CONTAINER;
    return 0;
  }
}

const single = new Map<string, Box3>();

function whole(thing: Thing): Map<string, Box3> {
  single.set("", thing.model.box);
  return single;
}

function isLarge(thing: Thing): boolean {
  return extent(thing.model.box) > LARGE;
}

function extent(bounds: Box3): number {
  return Math.max(bounds.max.x - bounds.min.x, bounds.max.y - bounds.min.y, bounds.max.z - bounds.min.z);
}

/** Grows a box by a margin, and small ones to a size that can be pointed at. */
function grow(bounds: Box3, margin: number): void {
  for (const axis of ["x", "y", "z"] as const) {
    const half = (bounds.max[axis] - bounds.min[axis]) / 2;
    const more = Math.max(margin, EASY - half);
    bounds.min[axis] -= more;
    bounds.max[axis] += more;
  }
}
