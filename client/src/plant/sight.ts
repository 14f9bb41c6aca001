import { type Box3, Matrix4, Ray, Vector3 } from "three";
import type { Thing } from "../world/thing";
import type { World } from "../world/world";
import type { Lead } from "./contract";
import type { DoorSigns } from "./door-signs";

/** How near to the middle of a station's mark a ray must meet the floor, metres. */
const MARK = 0.3;

export type Seen =
  | { kind: "station"; id: string; distance: number }
  | { kind: "way"; lead: Lead; distance: number }
  | { kind: "thing"; id: string; part: string | null; distance: number };

const inverse = new Matrix4();
const local = new Ray();
const hit = new Vector3();

/** What a ray points at in a room that is walked through: a mark on the floor, a sign at a door, or a thing. */
export class Sight {
  constructor(private readonly world: World, private readonly signs: DoorSigns, private readonly standing: ReadonlySet<string>) {}

  meet(ray: Ray): Seen | null {
    const way = this.signs.meet(ray);
    let best: Seen | null = way ? { kind: "way", ...way } : null;
    for (const thing of this.world.things) {
      if (!this.standing.has(thing.id) || !thing.visible) continue;
      const met = this.#thing(thing, ray);
      if (met !== null && (!best || met < best.distance)) best = { kind: "thing", id: thing.id, part: null, distance: met };
    }
    const station = this.#station(ray, best?.distance ?? Infinity);
    return station ?? best;
  }

  #thing(thing: Thing, ray: Ray): number | null {
    inverse.copy(thing.frame).invert();
    local.copy(ray).applyMatrix4(inverse);
    if (!local.intersectBox(thing.model.box, hit)) return null;
    // Of a thing with much air in it only its parts count.
    let best = Infinity;
    for (const bounds of thing.model.parts.values()) {
      const at = distance(local, bounds);
      if (at !== null && at < best) best = at;
    }
    return best < Infinity ? best : null;
  }

  #station(ray: Ray, nearer: number): Seen | null {
    if (ray.direction.y > -1e-3) return null;
    const far = -ray.origin.y / ray.direction.y;
    if (far > nearer) return null;
    ray.at(far, hit);
    for (const id of this.world.markers.ids()) {
      const at = this.world.markers.at(id);
      if (id !== this.world.markers.current && at && Math.hypot(at.x - hit.x, at.z - hit.z) < MARK) return { kind: "station", id, distance: far };
    }
    return null;
  }
}

function distance(ray: Ray, bounds: Box3): number | null {
  return ray.intersectBox(bounds, hit) ? hit.distanceTo(ray.origin) : null;
}
