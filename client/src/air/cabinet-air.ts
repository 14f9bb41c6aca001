import { Group, Matrix4, Quaternion, Vector3 } from "three";
import { type CabinetPanel, type SceneSpec, type Side, SIDES } from "../contract";
import type { AirView } from "../ui-port";
import type { World } from "../world/world";
import { Air } from "./air";
import { airState } from "./cabinet-state";
import { type Drawn, particleMesh, smokeMesh } from "./drawing";
import { AirField } from "./field";
import { Particles, STRIDE as OF_PARTICLE } from "./particles";
import { COLUMNS, type Over, Smoke, STRIDE as OF_SMOKE } from "./smoke";

/** The comb under the filter: metres between columns and rows, and how far below the filter it is. */
const COMB = { apart: 0.035, deep: 0.045, below: 0.04, fastest: 0.12 };
/** The comb before a hand: its places lie close, so far ahead of the middle of the palm and above it. */
const WAND = { apart: 0.005, deep: 0.005, ahead: 0.16, above: 0.03 };
/** Things that are slimmer or lower than this leave the air as it is; larger ones are furniture. Metres. */
const SLIM = 0.036;
const LOW = 0.05;
const LARGE = 0.4;
/** With less motion the picture is drawn anew so often, seconds. */
const CALM = 2;
const UP = new Vector3(0, 1, 0);

const at = new Vector3();
const axis = new Vector3();
const middle = new Vector3();

/** The cabinet's air as the trainee sees it, moved by their hands and by what stands in it. Add `group` to the scene. */
export class CabinetAir {
  readonly group = new Group();
  private shown: AirView = "filter";
  private readonly air: Air;
  private readonly smoke: Smoke;
  private readonly particles: Particles;
  private readonly lines: Drawn;
  private readonly dots: Drawn;
  private readonly inCabinet = new Matrix4();
  private readonly hands: Record<Side, { inside: boolean; at: Vector3; forearm: Vector3 }> = {
    left: { inside: false, at: new Vector3(), forearm: new Vector3() },
    right: { inside: false, at: new Vector3(), forearm: new Vector3() },
  };
  private readonly comb = new Vector3();
  private stood = CALM;
  private display: CabinetPanel | null | undefined;

  /** The air of the scene's cabinet; null where it has none. Throws where the field cannot be loaded. */
  static async load(world: World, scene: SceneSpec): Promise<CabinetAir | null> {
    const cabinet = scene.equipment.find(({ kind }) => kind === "cabinet");
    if (!cabinet) return null;
    return new CabinetAir(await AirField.load(), world, cabinet.at, cabinet.yaw);
  }

  constructor(field: AirField, private readonly world: World, place: readonly [number, number, number], yaw: number) {
    this.air = new Air(field);
    this.smoke = new Smoke(this.air);
    this.particles = new Particles(this.air);
    this.lines = smokeMesh(this.smoke.points, OF_SMOKE);
    this.dots = particleMesh(this.particles.points, OF_PARTICLE);
    this.group.position.set(...place);
    this.group.quaternion.setFromAxisAngle(UP, yaw);
    this.group.updateMatrix();
    this.inCabinet.copy(this.group.matrix).invert();
    this.group.add(this.lines.mesh, this.dots.mesh);
    this.work(this.comb);
    this.show("filter");
  }

  /** Begins anew with what is to be seen. */
  show(shown: AirView): void {
    this.shown = shown;
    this.lines.mesh.visible = shown !== "particles";
    this.dots.mesh.visible = shown === "particles";
    this.smoke.clear();
    this.particles.clear();
    this.work(this.comb);
    this.stood = CALM;
  }

  /** One frame. `lead`: the hand that smoke leaves; `cabinet`: what its display says; `calm`: less motion. Must not allocate. */
  frame(seconds: number, lead: Side, cabinet: CabinetPanel | null | undefined, calm: boolean): void {
    if (cabinet !== this.display) this.read(cabinet);
    this.bodies();
    if (calm) {
      this.stood += seconds;
      if (this.stood < CALM) return;
      this.stood = 0;
    }
    this.place(lead, calm ? CALM : seconds);
    // With less motion the particles are carried through what passed since, the lines are those of the mean air.
    if (calm && this.shown !== "particles") {
      this.air.shaken = false;
      this.smoke.still();
      this.air.shaken = true;
    } else {
      const passed = calm ? CALM : seconds;
      const steps = Air.steps(passed);
      for (let n = 0; n < steps; n++) this.step(passed / steps);
    }
    (this.shown === "particles" ? this.dots : this.lines).changed();
  }

  private read(cabinet: CabinetPanel | null | undefined): void {
    const { speed, protects } = airState(cabinet);
    this.display = cabinet;
    this.air.speed = speed / this.air.field.about.downflow;
    this.air.protects = protects;
  }

  private step(seconds: number): void {
    this.air.time += seconds;
    if (this.shown !== "particles") {
      this.smoke.frame(seconds);
      return;
    }
    this.particles.frame(seconds);
    for (const side of SIDES) {
      const { inside, at: palm, forearm } = this.hands[side];
      if (inside) this.particles.shed(seconds, palm.x, palm.y, palm.z, forearm.x, forearm.y, forearm.z);
    }
  }

  /** How the smoke is over a place of the room. */
  over(x: number, y: number, z: number): Over {
    at.set(x, y, z).applyMatrix4(this.inCabinet);
    return this.smoke.over(at.x, at.y, at.z);
  }

  /** How many particles are to be seen. */
  get particlesSeen(): number {
    let count = 0;
    for (let i = 3; i < this.particles.points.length; i += OF_PARTICLE) if (this.particles.points[i]! > 0) count += 1;
    return count;
  }

  dispose(): void {
    for (const { mesh } of [this.lines, this.dots]) {
      mesh.geometry.dispose();
      (Array.isArray(mesh.material) ? mesh.material : [mesh.material]).forEach((material) => { material.dispose(); });
    }
  }

  /** Everything that bends the air now: hands with their forearms, then things that stand or are held. */
  private bodies(): void {
    const { obstacles } = this.air;
    const { world } = this;
    obstacles.clear();
    for (const side of SIDES) {
      const hand = this.hands[side];
      hand.at.setFromMatrixPosition(world.hands.palms[side]).applyMatrix4(this.inCabinet);
      const before = obstacles.count;
      if (world.hands.shown[side]) obstacles.addHand(side, hand.at.x, hand.at.y, hand.at.z);
      hand.inside = obstacles.count > before;
      obstacles.forearm(side, hand.at.x, hand.at.y, hand.at.z, hand.forearm);
    }
    for (let n = 0; n < world.things.length; n++) {
      const { model: { size }, visible, frame } = world.things[n]!;
      if (!visible || size.x < SLIM || size.z < SLIM || size.y < LOW || size.x > LARGE || size.y > LARGE) continue;
      const radius = Math.min(0.25 * (size.x + size.z), 0.5 * size.y);
      at.setFromMatrixPosition(frame).applyMatrix4(this.inCabinet);
      axis.setFromMatrixColumn(frame, 1).transformDirection(this.inCabinet);
      middle.copy(at).addScaledVector(axis, size.y - radius);
      at.addScaledVector(axis, radius);
      obstacles.add(at.x, at.y, at.z, middle.x, middle.y, middle.z, radius);
    }
  }

  /** Holds the comb: before the leading hand, or under the filter over the vials, where it goes without haste. */
  private place(lead: Side, seconds: number): void {
    const { limits } = this.air.field.about;
    if (this.shown === "hand") {
      const palm = this.world.hands.palms[lead];
      at.set(0, WAND.above, -WAND.ahead).applyQuaternion(turn.setFromRotationMatrix(palm));
      middle.setFromMatrixPosition(palm).add(at).applyMatrix4(this.inCabinet);
      this.smoke.hold(middle.x, middle.y, middle.z, WAND.apart, WAND.deep);
      return;
    }
    this.work(middle).sub(this.comb);
    this.comb.addScaledVector(middle, Math.min(1, (COMB.fastest * seconds) / Math.max(middle.length(), 1e-6)));
    this.smoke.hold(this.comb.x, limits[3]! - COMB.below, this.comb.z, COMB.apart, COMB.deep);
  }

  /** The middle of the vials that stand in the cabinet, or of the work surface. */
  private work(out: Vector3): Vector3 {
    const { limits } = this.air.field.about;
    out.set(0, 0, 0);
    let count = 0;
    for (let n = 0; n < this.world.things.length; n++) {
      const thing = this.world.things[n]!;
      if (!thing.visible || thing.model.kind !== "vial") continue;
      at.setFromMatrixPosition(thing.frame).applyMatrix4(this.inCabinet);
      if (at.x < limits[0]! || at.x > limits[1]! || at.z < limits[4]! || at.z > limits[5]! || at.y < limits[2]! - 0.01 || at.y > limits[3]!) continue;
      out.add(at);
      count += 1;
    }
    if (count > 0) out.divideScalar(count);
    // The whole comb stays inside.
    const side = limits[1]! - 0.02 - ((COLUMNS - 1) / 2) * COMB.apart;
    return out.set(Math.max(-side, Math.min(side, out.x)), 0, Math.max(limits[4]! + 0.06, Math.min(limits[7]! - 0.06, out.z)));
  }
}

const turn = new Quaternion();
