import type { Pose, PoseFrame } from "../contract";

/** Bytes of a pose frame on the wire: 12 of header, 14 each for head, left, right. */
export const POSE_BYTES = 54;

const TYPE_POSE = 1;
const HEAD = 1;
const LEFT = 2;
const RIGHT = 4;
const UNIT = 32767;
const STEP = 14;
const HEADER = 12;

/** Writes a frame into `view` (54 bytes, little endian) without allocating. */
export function encodePose(frame: Readonly<PoseFrame>, view: DataView): void {
  view.setUint8(0, TYPE_POSE);
  view.setUint8(1, (frame.head ? HEAD : 0) | (frame.left ? LEFT : 0) | (frame.right ? RIGHT : 0));
  view.setUint16(2, 0, true);
  view.setUint32(4, frame.seq, true);
  view.setUint32(8, frame.tick, true);
  writePose(frame.head, view, HEADER);
  writePose(frame.left, view, HEADER + STEP);
  writePose(frame.right, view, HEADER + 2 * STEP);
}

function writePose(pose: Readonly<Pose> | null, view: DataView, at: number): void {
  for (let axis = 0; axis < 3; axis++) {
    view.setInt16(at + 2 * axis, pose ? int16((pose.position[axis] ?? 0) * 1000) : 0, true);
  }
  for (let part = 0; part < 4; part++) {
    view.setInt16(at + 6 + 2 * part, pose ? int16((pose.quaternion[part] ?? 0) * UNIT) : 0, true);
  }
}

/** Reads what `encodePose` wrote; throws with what is wrong when it is no pose frame. */
export function decodePose(view: DataView): PoseFrame {
  if (view.byteLength !== POSE_BYTES) throw new Error(`a pose frame has ${POSE_BYTES} bytes, this one ${view.byteLength}`);
  if (view.getUint8(0) !== TYPE_POSE) throw new Error(`type ${view.getUint8(0)} is no pose frame`);
  const flags = view.getUint8(1);
  return {
    seq: view.getUint32(4, true),
    tick: view.getUint32(8, true),
    head: flags & HEAD ? readPose(view, HEADER) : null,
    left: flags & LEFT ? readPose(view, HEADER + STEP) : null,
    right: flags & RIGHT ? readPose(view, HEADER + 2 * STEP) : null,
  };
}

function readPose(view: DataView, at: number): Pose {
  const mm = (axis: number): number => view.getInt16(at + 2 * axis, true) / 1000;
  const unit = (part: number): number => view.getInt16(at + 6 + 2 * part, true) / UNIT;
  return { position: [mm(0), mm(1), mm(2)], quaternion: [unit(0), unit(1), unit(2), unit(3)] };
}

function int16(value: number): number {
  return Math.max(-32768, Math.min(32767, Math.round(value)));
}
