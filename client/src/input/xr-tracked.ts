import { Matrix4, Quaternion, Ray, Vector3 } from "three";
import { palmOf } from "./xr-hand";

/** From the WebXR grip space (rod along -z, back of the right hand +x) to the frame of the hand. */
const GRIP_TO_HAND = new Quaternion(-Math.SQRT1_2, 0, 0, Math.SQRT1_2);
const JOINTS = ["wrist", "middle-finger-phalanx-proximal", "index-finger-phalanx-proximal", "pinky-finger-phalanx-proximal", "thumb-tip", "index-finger-tip"] as const;

const matrix = new Matrix4();
const scale = new Vector3();
const aside = new Quaternion();

/** Where a controller or a tracked hand is this frame, in the room: its palm, its fingertips, and what its ray is. */
export class Tracked {
  readonly ray = new Ray();
  readonly palm = new Vector3();
  readonly turn = new Quaternion();
  /** Tips of thumb and index finger; of a tracked hand alone. */
  readonly thumb = new Vector3();
  readonly index = new Vector3();
  /** Whether it has a ray. */
  points = false;
  readonly #joints = [new Vector3(), new Vector3(), new Vector3(), new Vector3(), this.thumb, this.index];

  /** `rig` is the floor under the person. False when nobody knows where the source is. */
  locate(source: XRInputSource, frame: XRFrame, space: XRReferenceSpace, rig: Matrix4): boolean {
    const ray = frame.getPose(source.targetRaySpace, space);
    this.points = ray !== undefined && ray !== null;
    const found = source.hand ? this.#byJoints(source.hand, frame, space, rig) : this.#byGrip(source, frame, space, rig);
    if (found && ray) {
      matrix.fromArray(ray.transform.matrix).premultiply(rig).decompose(this.ray.origin, aside, scale);
      this.ray.direction.set(0, 0, -1).applyQuaternion(aside);
    }
    return found;
  }

  #byGrip(source: XRInputSource, frame: XRFrame, space: XRReferenceSpace, rig: Matrix4): boolean {
    const grip = source.gripSpace ? frame.getPose(source.gripSpace, space) : null;
    if (!grip) return false;
    matrix.fromArray(grip.transform.matrix).premultiply(rig).decompose(this.palm, this.turn, scale);
    this.turn.multiply(GRIP_TO_HAND);
    return true;
  }

  #byJoints(hand: XRHand, frame: XRFrame, space: XRReferenceSpace, rig: Matrix4): boolean {
    for (let n = 0; n < JOINTS.length; n++) {
      const joint = hand.get(JOINTS[n] as XRHandJoint);
      const pose = joint ? frame.getJointPose?.(joint, space) : undefined;
      const at = this.#joints[n];
      if (!pose || !at) return false;
      const { x, y, z } = pose.transform.position;
      at.set(x, y, z).applyMatrix4(rig);
    }
    const [wrist, middle, index, little] = this.#joints;
    if (!wrist || !middle || !index || !little) return false;
    palmOf(wrist, middle, index, little, this.palm, this.turn);
    return true;
  }
}
