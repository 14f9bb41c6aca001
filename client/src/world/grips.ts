import type { Matrix4} from "three";
import { Quaternion, Vector3 } from "three";
import type { Grip, ModelSpec, Side } from "../contract";

const position = new Vector3();
const turn = new Quaternion();
const ONE = new Vector3(1, 1, 1);

/** Where a thing without a grip of its own is held: in front of the palm, upright. */
const PLAIN: Grip = { pose: "grip", at: [-0.046, -0.03, -0.03], turn: [0, 0, 0, 1] };

export function gripOf(spec: ModelSpec, part: string | null): Grip {
  const grips = spec.grips ?? {};
  return (part === null ? undefined : grips[part]) ?? Object.values(grips)[0] ?? PLAIN;
}

/** The frame of a held thing in the frame of the hand that holds it; the left hand mirrors the right in x. */
export function heldFrame(grip: Grip, side: Side, out: Matrix4): Matrix4 {
  const mirror = side === "left" ? -1 : 1;
  const [x, y, z] = grip.at;
  const [qx, qy, qz, qw] = grip.turn;
  position.set(x * mirror, y, z);
  turn.set(qx, qy * mirror, qz * mirror, qw);
  return out.compose(position, turn, ONE);
}
