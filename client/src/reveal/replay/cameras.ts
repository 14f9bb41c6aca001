import { Matrix4, Quaternion, Vector3, type PerspectiveCamera } from "three";

export type CameraMode = "shoulder" | "free" | "first";

/** How quickly a following camera catches up, seconds: slow enough that a head's small jerks do not shake the picture. */
const SETTLE = 0.35;
/** How far from the middle of the picture the hands may be, radians. */
const IN_SIGHT = 0.3;
const toHands = new Quaternion();
const frame = new Matrix4();
const wanted = new Vector3();
const look = new Vector3();
const forward = new Vector3();
const right = new Vector3();
const up = new Vector3(0, 1, 0);

/** Three ways to watch: over the trainee's shoulder, freely around the work, or through their eyes, steadied. */
export class ReplayCamera {
  mode: CameraMode = "shoulder";
  private yaw = 0.5;
  private pitch = 0.35;
  private distance = 1.3;
  private readonly target = new Vector3(0, 1.05, -1.45);
  private readonly aim = new Vector3(0, 1.05, -1.45);
  private settled = false;

  constructor(private readonly camera: PerspectiveCamera, canvas: HTMLCanvasElement) {
    let held: { x: number; y: number } | null = null;
    canvas.addEventListener("pointerdown", (event) => {
      held = { x: event.clientX, y: event.clientY };
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointerup", () => (held = null));
    canvas.addEventListener("pointermove", (event) => {
      if (!held || this.mode !== "free") return;
      this.turn((event.clientX - held.x) * -0.006, (event.clientY - held.y) * 0.006);
      held = { x: event.clientX, y: event.clientY };
    });
    canvas.addEventListener("wheel", (event) => {
      if (this.mode !== "free") return;
      event.preventDefault();
      this.zoom(Math.exp(event.deltaY * 0.001));
    }, { passive: false });
    canvas.addEventListener("keydown", (event) => {
      if (this.mode !== "free") return;
      const move: Record<string, () => void> = {
        ArrowLeft: () => this.turn(-0.12, 0),
        ArrowRight: () => this.turn(0.12, 0),
        ArrowUp: () => this.turn(0, 0.08),
        ArrowDown: () => this.turn(0, -0.08),
        "+": () => this.zoom(0.88),
        "-": () => this.zoom(1.14),
      };
      const run = move[event.key];
      if (!run) return;
      event.preventDefault();
      run();
    });
  }

  /** Where the head looks, turned just so far that the hands stay in the picture. */
  private towardsHands(head: Vector3, turn: Quaternion): Quaternion {
    toHands.setFromRotationMatrix(frame.lookAt(head, this.aim, up));
    const angle = turn.angleTo(toHands);
    return angle <= IN_SIGHT ? toHands.copy(turn) : toHands.slerp(turn, IN_SIGHT / angle);
  }

  private turn(yaw: number, pitch: number): void {
    this.yaw += yaw;
    this.pitch = Math.min(1.45, Math.max(-0.2, this.pitch + pitch));
  }

  private zoom(factor: number): void {
    this.distance = Math.min(4, Math.max(0.35, this.distance * factor));
  }

  private zoomTo(zoom: number): void {
    if (this.camera.zoom === zoom) return;
    this.camera.zoom = zoom;
    this.camera.updateProjectionMatrix();
  }

  /** After a jump in time the camera is there at once. */
  jump(): void {
    this.settled = false;
  }

  frame(seconds: number, head: Vector3, turn: Quaternion, hands: Vector3): void {
    // Watching needs less of the room around than acting does.
    this.zoomTo(this.mode === "first" ? 1.2 : 1.7);
    const ease = this.settled ? 1 - Math.exp(-seconds / SETTLE) : 1;
    this.settled = true;
    this.aim.lerp(hands, ease);
    if (this.mode === "free") {
      this.target.lerp(this.aim, ease);
      const flat = Math.cos(this.pitch) * this.distance;
      this.camera.position.set(this.target.x + Math.sin(this.yaw) * flat, this.target.y + Math.sin(this.pitch) * this.distance, this.target.z + Math.cos(this.yaw) * flat);
      this.camera.lookAt(this.target);
      return;
    }
    if (this.mode === "first") {
      this.camera.position.lerp(head, ease);
      this.camera.quaternion.slerp(this.towardsHands(head, turn), ease);
      return;
    }
    forward.copy(this.aim).sub(head).setY(0);
    if (forward.lengthSq() < 1e-4) forward.set(0, 0, -1).applyQuaternion(turn).setY(0);
    forward.normalize();
    right.crossVectors(forward, up);
    wanted.copy(head).addScaledVector(forward, -0.12).addScaledVector(right, 0.3).addScaledVector(up, 0.16);
    this.camera.position.lerp(wanted, ease);
    this.camera.lookAt(look.copy(this.aim));
  }
}
