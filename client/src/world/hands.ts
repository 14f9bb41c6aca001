import { Matrix4, Quaternion, Vector3 } from "three";
import { type Side, SIDES } from "../contract";
import type { Batches } from "./batches";
import type { LabelAtlas } from "./labels";
import { elbowOf, wristBend } from "./arm";
import { type Model, SLEEVE } from "./model";
import { Thing } from "./thing";

export type HandShape = "open" | "pinch" | "grip";
const SHAPES: readonly HandShape[] = ["open", "pinch", "grip"];

/** The wrist in the frame of the hand, metres: cuff and sleeve bend there. */
const WRIST = new Vector3(0, 0, 0.074);

const towards = new Vector3();
const pivot = new Vector3();
const elbow = new Vector3();
const bend = new Quaternion();
const inverse = new Matrix4();

/** A gloved hand with its sleeve: a rigid model with three shapes of the fingers, one shown at a time. */
class Glove {
  readonly thing: Thing;
  readonly #forearm = new Matrix4();
  #shape: HandShape = "open";
  #torn = false;
  #wet = 0;

  constructor(side: Side, model: Model, batches: Batches, atlas: LabelAtlas) {
    this.thing = new Thing(`glove-${side}`, model, batches, atlas);
    for (const part of ["cuff", SLEEVE]) this.thing.joints.set(part, this.#forearm);
    this.#look();
  }

  /** Cuff and sleeve go towards an elbow in the room, however the hand is turned. */
  reach(frame: Readonly<Matrix4>, elbow: Readonly<Vector3>): void {
    towards.copy(elbow).applyMatrix4(inverse.copy(frame).invert()).sub(WRIST);
    this.#forearm.makeRotationFromQuaternion(wristBend(towards, bend));
    this.#forearm.setPosition(pivot.copy(WRIST).applyQuaternion(bend).negate().add(WRIST));
  }

  set(shape: HandShape, torn: boolean, wet: boolean): void {
    if (shape === this.#shape && torn === this.#torn && Number(wet) === this.#wet) return;
    this.#shape = shape;
    this.#torn = torn;
    this.#wet = Number(wet);
    this.#look();
  }

  #look(): void {
    const hide = SHAPES.filter((shape) => shape !== this.#shape);
    this.thing.look({ hide, wet: this.#wet, ...(this.#torn ? { tone: "alarm" as const } : {}) }, "");
  }
}

const scale = new Vector3();
const position = new Vector3();
const quaternion = new Quaternion();

/** Both hands as they are drawn; `palms` are their frames, which what they hold follows. */
export class GloveHands {
  readonly palms: Record<Side, Matrix4> = { left: new Matrix4(), right: new Matrix4() };
  /** Whether a hand is to be seen: its tracker may have lost it. */
  readonly shown: Record<Side, boolean> = { left: false, right: false };
  readonly #gloves: Partial<Record<Side, Glove>> = {};

  constructor(models: ReadonlyMap<string, Model>, batches: Batches, atlas: LabelAtlas) {
    for (const side of SIDES) {
      const model = models.get(`glove-${side}`);
      if (model) this.#gloves[side] = new Glove(side, model, batches, atlas);
    }
  }

  shape(side: Side, shape: HandShape, torn: boolean, wet: boolean): void {
    this.#gloves[side]?.set(shape, torn, wet);
  }

  /** A hidden hand keeps its place, and with it what it holds. The sleeve belongs to whose eyes and head are given. */
  place(side: Side, at: Vector3, turn: Quaternion, visible: boolean, eyes: Vector3, headTurn: Quaternion): void {
    this.palms[side].makeRotationFromQuaternion(turn).setPosition(at);
    this.shown[side] = visible;
    const glove = this.#gloves[side];
    if (!glove) return;
    const { thing } = glove;
    glove.reach(this.palms[side], elbowOf(side, pivot.copy(WRIST).applyMatrix4(this.palms[side]), eyes, headTurn, elbow));
    this.palms[side].decompose(position, quaternion, scale);
    thing.position.copy(position);
    thing.quaternion.copy(quaternion);
    thing.visible = visible;
    thing.write();
  }

  /** The glove of a hand, to be lit up as a thing is. */
  glove(side: Side): Thing | undefined {
    return this.#gloves[side]?.thing;
  }

  lift(side: Side, lift: number): void {
    const thing = this.#gloves[side]?.thing;
    if (!thing || thing.lift === lift) return;
    thing.lift = lift;
    thing.tint();
  }

  dispose(): void {
    for (const side of SIDES) this.#gloves[side]?.thing.dispose();
  }
}
