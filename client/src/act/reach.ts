import { Matrix4, Quaternion, Vector3 } from "three";
import type { Affordance, SceneSpec, Side, Snapshot, Vec3 } from "../contract";
import { gripOf, heldFrame } from "../world/grips";
import type { World } from "../world/world";

const UP = new Vector3(0, 1, 0);
/** Where thumb and fingertips meet, in the frame of the right hand, when the glove's specification does not say. */
const PINCH: Vec3 = [-0.046, 0.012, -0.082];
/** How far in front of its target a spray nozzle is held, metres. */
const SPRAY = 0.13;
/** A palm stays so far above what its fingers meet, metres. */
const CLEAR = 0.03;
/** Working points by which a tool meets its target, in the order of preference. */
const WORKING = ["tip", "nozzle", "head", "mouth"];

const matrix = new Matrix4();
const frame = new Matrix4();
const size = new Vector3();

/** Where a palm has to be to do something: worked out from the same grips and working points that the models have. */
export class Reach {
  readonly #turn = new Quaternion();
  readonly #towards = new Vector3();

  constructor(private readonly world: World, private readonly scene: SceneSpec) {}

  /** How the hands are turned at a station: fingers ahead, thumbs up. */
  turn(station: string): Quaternion {
    return this.#turn.setFromAxisAngle(UP, this.scene.stations[station]?.yaw ?? 0);
  }

  /** From the work towards the person, level. */
  towards(station: string): Vector3 {
    const yaw = this.scene.stations[station]?.yaw ?? 0;
    return this.#towards.set(Math.sin(yaw), 0, Math.cos(yaw));
  }

  /** Where a hand rests when the person has just come to a station: before them, outside the work. */
  rest(station: string, side: Side, out: Vector3): Vector3 {
    const { at, yaw } = this.scene.stations[station] ?? { at: [0, 0, 0], yaw: 0 };
    const across = side === "left" ? -0.23 : 0.23;
    const ahead = 0.24;
    return out.set(
      at[0] - Math.sin(yaw) * ahead + Math.cos(yaw) * across, 1.04,
      at[2] - Math.cos(yaw) * ahead - Math.sin(yaw) * across,
    );
  }

  /** Where the palm is when what the hand holds (its working point, or its base for `resting`) meets a point. */
  palmFor(side: Side, snapshot: Snapshot, point: Readonly<Vector3>, how: "working" | "resting", out: Vector3): Vector3 {
    this.#ahead(side, snapshot, how, out);
    out.applyQuaternion(this.turn(snapshot.station));
    out.multiplyScalar(-1).add(point);
    // A hand that reaches for what lies flat comes from above the surface, not through it.
    out.y = Math.max(out.y, point.y + CLEAR);
    return out;
  }

  /** The point that meets the target, in the frame of the hand. */
  #ahead(side: Side, snapshot: Snapshot, how: "working" | "resting", out: Vector3): void {
    const { holds, grip } = snapshot.hands[side];
    const kind = holds === null ? undefined : snapshot.items[holds]?.kind;
    const model = kind === undefined ? undefined : this.world.models.get(kind);
    const mirror = side === "left" ? -1 : 1;
    if (!model) {
      const pinch = this.world.models.get("glove-right")?.spec.points?.["pinch"] ?? PINCH;
      out.set(pinch[0] * mirror, pinch[1], pinch[2]);
      return;
    }
    heldFrame(gripOf(model.spec, grip), side, frame);
    const points = model.spec.points ?? {};
    const name = WORKING.find((candidate) => points[candidate]) ?? Object.keys(points)[0];
    const point = how === "working" && name !== undefined ? points[name] : undefined;
    out.set(0, 0, 0);
    if (point) out.set(...point);
    else if (how === "working") out.set(0, model.size.y / 2, 0);
    out.applyMatrix4(frame);
    if (how === "working" && name === "nozzle") out.z -= SPRAY;
  }

  /** The middle of a part of a thing, in the room; for an opening the middle of its rim. */
  partAt(id: string, part: string | null, out: Vector3): Vector3 | null {
    if (id.startsWith("hand:")) return out.setFromMatrixPosition(this.world.hands.palms[id.slice(5) as Side]);
    const thing = this.world.thing(id);
    if (!thing) {
      const surface = this.scene.surfaces[id.replace("surface:", "")];
      return surface ? out.set((surface.x[0] + surface.x[1]) / 2, surface.y, (surface.z[0] + surface.z[1]) / 2) : null;
    }
    const points = thing.model.spec.points ?? {};
    const named = part === null ? undefined : points[part === "neck" ? "mouth" : part];
    if (named) return out.set(...named).applyMatrix4(thing.frame);
    const bounds = (part === null ? undefined : thing.model.parts.get(part)) ?? thing.model.box;
    return bounds.getCenter(out).applyMatrix4(thing.frame);
  }

  /** Where the palm of the acting hand goes for an affordance; null where no hand has to go anywhere. */
  goal(target: string, affordance: Affordance, snapshot: Snapshot, spot: Readonly<Vector3> | null, out: Vector3): Vector3 | null {
    const { hand, verb } = affordance;
    if (hand === null || verb === "don" || verb === "doff" || verb === "drop" || target === `hand:${hand}`) return null;
    if (snapshot.items[target]?.where === `hand:${hand}`) return null;
    if (spot) return this.palmFor(hand, snapshot, spot, "resting", out);
    const at = this.partAt(target, affordance.part, size);
    if (!at) return null;
    const tool = affordance.action["tool"];
    if (typeof tool === "string" && tool !== snapshot.hands[hand].holds) {
      // The tool stands where it is (a wall dispenser, a spray picked up by the other hand): the hand goes to it.
      const stand = this.partAt(tool, null, size);
      if (stand) return this.#byHand(hand, snapshot, stand, out);
    }
    if (verb === "use") return this.palmFor(hand, snapshot, at, "working", out);
    if (verb === "place") return this.palmFor(hand, snapshot, at, "resting", out);
    return this.#byHand(hand, snapshot, at, out);
  }

  /** The fingers go to a point, whatever else the hand holds; a held tool goes first where it has a working point. */
  #byHand(side: Side, snapshot: Snapshot, at: Readonly<Vector3>, out: Vector3): Vector3 {
    return this.palmFor(side, snapshot, at, "working", out);
  }

  /** Whether a thing carried over, or the hand itself, could stand over open product: at the cabinet. */
  overProduct(snapshot: Snapshot): boolean {
    const surface = this.scene.surfaces["worktop"];
    return surface !== undefined && snapshot.station === surface.station;
  }

  /** The held thing's base in the room, where it would come to rest if the hand let go (of `palm`, or as it is now). */
  baseOf(side: Side, snapshot: Snapshot, out: Vector3, palm: Readonly<Matrix4> | null = null): Vector3 | null {
    const { holds, grip } = snapshot.hands[side];
    const thing = holds === null ? undefined : this.world.thing(holds);
    if (!thing) return null;
    heldFrame(gripOf(thing.model.spec, grip), side, frame);
    matrix.multiplyMatrices(palm ?? this.world.hands.palms[side], frame);
    return out.setFromMatrixPosition(matrix);
  }

  /** What a hand touches with: the working point of what it holds, or its fingertips. */
  tip(side: Side, snapshot: Snapshot, palm: Readonly<Vector3>, turn: Readonly<Quaternion>, out: Vector3): Vector3 {
    this.#ahead(side, snapshot, "working", out);
    return out.applyQuaternion(turn).add(palm);
  }
}
