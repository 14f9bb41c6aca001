import type { Object3D} from "three";
import { Matrix4, Quaternion, Vector3, type Camera } from "three";

/** Where panels stand in the room. Everything here works on vectors of its own: nothing is made in the frame loop. */
const head = new Vector3();
const facing = new Vector3();
const side = new Vector3();
const up = new Vector3(0, 1, 0);
const turn = new Quaternion();
const wanted = new Vector3();

/** A question stands at a comfortable 1.1 m, beside the line to the thing and a little below the eye (0-30 degrees). */
const READING_DISTANCE = 1.1;
const BESIDE = 0.34;
const BELOW = 0.3;

/** What bare hands poke stands so much nearer, and is so much smaller: it is seen under the same angle. */
const POKED = 0.52;

/** Puts `panel` beside the thing at `at`, turned to the reader; within an arm's reach where it is to be poked. */
export function besideThing(panel: Object3D, camera: Camera, at: Readonly<Vector3>, poked: boolean): void {
  const share = poked ? POKED : 1;
  camera.getWorldPosition(head);
  facing.copy(at).sub(head);
  facing.y = 0;
  if (facing.lengthSq() < 1e-4) camera.getWorldDirection(facing).setY(0);
  facing.normalize();
  side.crossVectors(facing, up).normalize();
  panel.position.copy(head).addScaledVector(facing, READING_DISTANCE * share).addScaledVector(side, BESIDE * share);
  panel.position.y = head.y - BELOW * share;
  panel.scale.setScalar(share);
  panel.lookAt(head);
}

/** A band of words low in the view; it follows the head softly, so that it neither sticks to the face nor swims. */
export function followHead(panel: Object3D, camera: Camera, seconds: number): void {
  camera.getWorldPosition(head);
  camera.getWorldDirection(facing);
  wanted.copy(head).addScaledVector(facing, 1.2);
  wanted.y -= 0.38;
  panel.position.lerp(wanted, Math.min(1, seconds * 3));
  panel.lookAt(head);
}

/** Whether an open palm is turned to the eyes: within 45 degrees of the line to the head. `frame` is the palm's. */
export function palmShown(palm: Object3D, camera: Camera, isLeft: boolean): boolean {
  palm.getWorldQuaternion(turn);
  // The back of the right hand is +x, so its palm looks along -x; the left hand mirrors it.
  facing.set(isLeft ? 1 : -1, 0, 0).applyQuaternion(turn);
  palm.getWorldPosition(wanted);
  camera.getWorldPosition(head).sub(wanted).normalize();
  return facing.dot(head) > Math.SQRT1_2;
}

/** A menu worn at the hand stands just above the palm and looks at the eyes, however the hand is turned. */
export function abovePalm(panel: Object3D, palm: Object3D, camera: Camera): void {
  palm.getWorldPosition(panel.position);
  panel.position.y += 0.18;
  panel.lookAt(camera.getWorldPosition(head));
}

const frame = new Matrix4();
const point = new Vector3();
const seen = { x: 0, y: 0 };

/** Where an item is on the page in CSS pixels, or null when it is behind the viewer. The same object is given each time. */
export function onPage(
  id: string,
  itemFrame: (id: string, out: Matrix4) => boolean,
  camera: Camera,
  width: number,
  height: number,
): { x: number; y: number } | null {
  if (!itemFrame(id, frame)) return null;
  point.setFromMatrixPosition(frame).project(camera);
  if (point.z > 1) return null;
  seen.x = ((point.x + 1) / 2) * width;
  seen.y = ((1 - point.y) / 2) * height;
  return seen;
}
