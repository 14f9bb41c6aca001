import { Euler, MathUtils, Matrix4, type PerspectiveCamera, Quaternion, Vector3, type WebGLRenderer, type Group } from "three";
import type { SceneSpec } from "../contract";

/** Height of the eyes on a screen, metres; in a headset they are where they are. */
const EYES = 1.58;
/** How far down one looks where a station has no work surface, and how much of the way to its middle otherwise. */
const DOWN = -0.5;
const TO_MIDDLE = 0.93;
const STEEPEST = 1.35;
/** Height at which a seated person's eyes are put, metres. */
const STANDING_EYES = 1.6;

const head = new Vector3();
const forward = new Vector3();
const euler = new Euler(0, 0, 0, "YXZ");

/** Where the trainee stands and looks. The floor under them (the rig) moves; in a headset the head is their own. */
export class Player {
  station = "";
  #yaw = 0;
  #pitch = DOWN;
  #recentreDue = false;
  readonly headPosition = new Vector3();
  readonly headTurn = new Quaternion();

  constructor(
    private readonly rig: Group,
    private readonly camera: PerspectiveCamera,
    private readonly renderer: WebGLRenderer,
    private scene: SceneSpec,
    private readonly seated: () => boolean,
  ) {
    renderer.xr.addEventListener("sessionstart", () => { this.#recentreDue = true; });
    renderer.xr.addEventListener("sessionend", () => { this.stand(this.station); });
  }

  get inXr(): boolean {
    return this.renderer.xr.isPresenting;
  }

  /** Comes into another room. */
  enter(scene: SceneSpec, station: string): void {
    this.scene = scene;
    this.stand(station);
  }

  /** Stand at a station, facing its work. */
  stand(station: string): void {
    const place = this.scene.stations[station];
    if (!place) return;
    this.station = station;
    this.#yaw = 0;
    this.#pitch = place.pitch ?? this.#downTo(station);
    if (this.inXr) {
      this.#recentreDue = true;
      return;
    }
    this.rig.position.set(place.at[0], 0, place.at[2]);
    this.rig.rotation.set(0, place.yaw, 0);
    this.#look();
  }

  /** The pitch at which the middle of a station's work surface is seen, radians. */
  #downTo(station: string): number {
    const stand = this.scene.stations[station]?.at;
    let best = 0;
    let pitch = DOWN;
    for (const surface of Object.values(this.scene.surfaces)) {
      const area = (surface.x[1] - surface.x[0]) * (surface.z[1] - surface.z[0]);
      if (!stand || surface.station !== station || surface.y < 0.7 || area <= best) continue;
      best = area;
      const away = Math.hypot((surface.x[0] + surface.x[1]) / 2 - stand[0], (surface.z[0] + surface.z[1]) / 2 - stand[2]);
      pitch = -TO_MIDDLE * Math.atan2(EYES - surface.y, Math.max(0.2, away));
    }
    return pitch;
  }

  /** Turns the view on a screen by so many radians. */
  look(yaw: number, pitch: number): void {
    if (this.inXr) return;
    this.#yaw = MathUtils.euclideanModulo(this.#yaw + yaw + Math.PI, 2 * Math.PI) - Math.PI;
    this.#pitch = MathUtils.clamp(this.#pitch + pitch, -STEEPEST, STEEPEST);
    this.#look();
  }

  #look(): void {
    this.camera.position.set(0, EYES, 0);
    this.camera.quaternion.setFromEuler(euler.set(this.#pitch, this.#yaw, 0));
  }

  /** Turns by steps about the head, so that nobody is swung through the room. */
  snapTurn(direction: -1 | 1, degrees: number): void {
    const angle = -direction * MathUtils.degToRad(degrees);
    if (!this.inXr) {
      this.look(angle, 0);
      return;
    }
    this.camera.getWorldPosition(head);
    this.rig.position.sub(head).applyAxisAngle(UP, angle).add(head);
    this.rig.rotation.y += angle;
    this.rig.position.y = this.#floor();
  }

  recentre(): void {
    if (this.inXr) this.#recentreDue = true;
    else this.stand(this.station);
  }

  #floor(): number {
    return this.seated() ? Math.max(0, STANDING_EYES - this.camera.position.y) : 0;
  }

  /** Puts the station under the head, and the work before the eyes, wherever in their own room the person stands. */
  #recentre(): void {
    const place = this.scene.stations[this.station];
    // The headset says where the head is with its first frame; until then it is at the origin.
    if (!place || this.camera.position.lengthSq() < 1e-6) return;
    this.#recentreDue = false;
    forward.set(0, 0, -1).applyQuaternion(this.camera.quaternion);
    const facing = Math.hypot(forward.x, forward.z) > 0.2 ? Math.atan2(-forward.x, -forward.z) : 0;
    const turn = place.yaw - facing;
    this.rig.rotation.set(0, turn, 0);
    head.copy(this.camera.position).setY(0).applyAxisAngle(UP, turn);
    this.rig.position.set(place.at[0] - head.x, this.#floor(), place.at[2] - head.z);
  }

  /** Before every frame: where the head is in the room. */
  frame(): void {
    if (this.#recentreDue && this.inXr) this.#recentre();
    this.rig.updateMatrixWorld(true);
    this.camera.matrixWorld.decompose(this.headPosition, this.headTurn, head);
  }

  /** Where a point of the room is on the page, CSS pixels; null behind the viewer or in a headset. */
  onScreen(point: Readonly<Vector3>): { x: number; y: number } | null {
    if (this.inXr) return null;
    head.copy(point).applyMatrix4(inverse.copy(this.camera.matrixWorld).invert());
    if (head.z > -0.02) return null;
    head.applyMatrix4(this.camera.projectionMatrix);
    const box = this.renderer.domElement.getBoundingClientRect();
    return { x: box.left + ((head.x + 1) / 2) * box.width, y: box.top + ((1 - head.y) / 2) * box.height };
  }
}

const UP = new Vector3(0, 1, 0);
const inverse = new Matrix4();
