import { MathUtils, Quaternion, Vector3 } from "three";
import type { Side } from "../contract";

/** From the eyes to a shoulder: across, down and back; upper arm, and elbow to wrist. A typical adult, metres. */
const ACROSS = 0.18;
const DOWN = 0.25;
const BACK = 0.1;
const UPPER = 0.3;
const FORE = 0.26;
/** An elbow hangs down and a little outwards. */
const OUTWARDS = 0.35;
/** A wrist bends no farther than this. */
const BEND = MathUtils.degToRad(70);

const AXIS = new Vector3(0, 0, 1);
const NONE = new Quaternion();
const shoulder = new Vector3();
const across = new Vector3();
const line = new Vector3();
const pole = new Vector3();

/** Where the elbow of an arm is whose wrist is here, for a person whose eyes are there. Writes `out`, metres in the room. */
export function elbowOf(side: Side, wrist: Readonly<Vector3>, eyes: Readonly<Vector3>, turn: Readonly<Quaternion>, out: Vector3): Vector3 {
  // The body turns with the head, but does not nod or roll with it. Who looks straight down keeps the turn of the crown.
  across.set(side === "left" ? -1 : 1, 0, 0).applyQuaternion(turn).setY(0).normalize();
  line.set(-across.z, 0, across.x).multiplyScalar(side === "left" ? -1 : 1);
  shoulder.copy(eyes).addScaledVector(across, ACROSS).addScaledVector(line, BACK);
  shoulder.y -= DOWN;
  line.copy(wrist).sub(shoulder);
  const far = line.length();
  line.normalize();
  if (far >= UPPER + FORE) return out.copy(wrist).addScaledVector(line, -FORE);
  const along = MathUtils.clamp((UPPER * UPPER - FORE * FORE + far * far) / (2 * Math.max(far, 0.05)), 0, UPPER);
  pole.set(0, -1, 0).addScaledVector(across, OUTWARDS);
  pole.addScaledVector(line, -pole.dot(line)).normalize();
  return out.copy(shoulder).addScaledVector(line, along).addScaledVector(pole, Math.sqrt(UPPER * UPPER - along * along));
}

/** The turn of a sleeve at the wrist that takes it from straight behind the hand (+z) towards an elbow, both in the hand's frame. */
export function wristBend(towards: Readonly<Vector3>, out: Quaternion): Quaternion {
  out.setFromUnitVectors(AXIS, line.copy(towards).normalize());
  const angle = NONE.angleTo(out);
  return angle > BEND ? out.slerp(NONE, 1 - BEND / angle) : out;
}
