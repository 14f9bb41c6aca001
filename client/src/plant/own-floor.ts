import { Matrix4, Mesh, MeshBasicMaterial, RingGeometry, Vector3, type Object3D } from "three";
import type { Model } from "../world/model";
import type { Stage } from "../world/stage";

/** How far before a person a thing stands where no floor has been found, measured to its front; metres. */
export const AHEAD = 1;

const matrix = new Matrix4();
const eye = new Vector3();
const forward = new Vector3();

/** Mixed reality: a thing stands, at its real size, on the floor of the room that the person is in. */
export class OwnFloor {
  readonly #reticle = new Mesh(new RingGeometry(0.12, 0.15, 40).rotateX(-Math.PI / 2), new MeshBasicMaterial({ color: 0x174ec9 }));
  #session: XRSession | null = null;
  #hits: XRHitTestSource | null = null;
  #placed = false;

  constructor(private readonly stage: Stage, private readonly what: Object3D, private readonly model: Model, private readonly left: () => void) {
    this.#reticle.visible = false;
    this.#reticle.matrixAutoUpdate = false;
  }

  /** Whether this browser shows things in the room around its person. */
  async detect(): Promise<boolean> {
    return (await navigator.xr?.isSessionSupported("immersive-ar").catch(() => false)) ?? false;
  }

  get active(): boolean {
    return this.#session !== null;
  }

  async enter(): Promise<void> {
    const { renderer, scene, camera } = this.stage;
    if (this.#session || !navigator.xr) return;
    const session = await navigator.xr.requestSession("immersive-ar", { requiredFeatures: ["local-floor"], optionalFeatures: ["hit-test"] });
    this.#session = session;
    this.#placed = false;
    this.stage.open(true);
    scene.add(this.#reticle);
    camera.near = 0.05;
    camera.far = 30;
    session.addEventListener("end", () => { this.#ended(); });
    // A press anywhere puts the thing down where the mark is, as often as one likes.
    session.addEventListener("select", () => { this.#put(); });
    await renderer.xr.setSession(session);
    this.#hits = await this.#search(session);
  }

  /** A ray from the eyes that asks for real surfaces; null where the device knows none. */
  async #search(session: XRSession): Promise<XRHitTestSource | null> {
    try {
      const space = await session.requestReferenceSpace("viewer");
      return (await session.requestHitTestSource?.({ space })) ?? null;
    } catch {
      return null;
    }
  }

  async leave(): Promise<void> {
    await this.#session?.end();
  }

  /** Every frame: the mark lies where the eyes meet the floor; the thing stands a metre ahead until it is put there. */
  frame(): boolean {
    const { renderer } = this.stage;
    const frame = renderer.xr.getFrame();
    const space = renderer.xr.getReferenceSpace();
    const pose = frame && space ? frame.getViewerPose(space) : undefined;
    if (!pose || !space) return true;
    eye.setFromMatrixPosition(matrix.fromArray(pose.transform.matrix));
    forward.set(0, 0, -1).transformDirection(matrix).setY(0);
    if (forward.lengthSq() < 1e-4) forward.set(0, 0, -1);
    forward.normalize();
    const [hit] = this.#hits ? frame.getHitTestResults(this.#hits) : [];
    const found = hit?.getPose(space);
    this.#reticle.visible = found !== undefined && found !== null;
    if (found) this.#reticle.matrix.fromArray(found.transform.matrix);
    if (!this.#placed) this.#before();
    return true;
  }

  /** The front of the thing comes to a metre before the feet, turned to the person. */
  #before(): void {
    const { box } = this.model;
    this.#stand(eye.x + forward.x * (AHEAD + box.max.z), 0, eye.z + forward.z * (AHEAD + box.max.z));
    this.#placed = true;
  }

  #put(): void {
    if (!this.#reticle.visible) return;
    const at = new Vector3().setFromMatrixPosition(this.#reticle.matrix);
    this.#stand(at.x, at.y, at.z);
  }

  #stand(x: number, y: number, z: number): void {
    this.what.position.set(x, y - this.model.box.min.y, z);
    this.what.rotation.set(0, Math.atan2(-forward.x, -forward.z), 0);
  }

  #ended(): void {
    this.#hits?.cancel();
    this.#hits = null;
    this.#session = null;
    this.stage.open(false);
    this.stage.scene.remove(this.#reticle);
    this.what.position.set(0, 0, 0);
    this.what.rotation.set(0, 0, 0);
    this.left();
  }
}
