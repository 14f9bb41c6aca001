import type { Vector3 } from "three";
import { CircleGeometry, InstancedMesh, Matrix4, MeshBasicMaterial } from "three";
import type { Path, SceneSpec, Side, Stroke } from "../contract";
import type { Asking, UiPort } from "../ui-port";
import type { BothHands } from "./both-hands";
import { resampled, simplified } from "./paths";

const MOST = 900;
const SPACING = 0.03;
/** Half the width of a folded wipe, metres. */
const WIPE = 0.055;
/** A drawn stroke keeps what is further than this from a straight line, metres. */
const EXACT = 0.006;

const matrix = new Matrix4();

/** Strokes on a surface: drawn by hand point by point, shown as the wet trail they leave. */
export class Strokes {
  readonly trail: InstancedMesh;
  #path: Path = [];
  #stroke: Stroke | null = null;
  #end: ((keep: boolean) => void) | null = null;
  #target = "";
  #y = 0;

  constructor(private readonly scene: SceneSpec, private readonly hands: BothHands, private readonly ui: UiPort) {
    const disc = new CircleGeometry(WIPE, 16).rotateX(-Math.PI / 2);
    const material = new MeshBasicMaterial({ color: 0x7fb8e6, transparent: true, opacity: 0.1, depthWrite: false });
    this.trail = new InstancedMesh(disc, material, MOST);
    this.trail.count = 0;
    this.trail.visible = false;
    this.trail.frustumCulled = false;
    this.trail.renderOrder = 1;
  }

  /** The surface that is drawn on, while strokes are drawn. */
  get drawing(): string | null {
    return this.#end ? this.#target : null;
  }

  /** Height of the surface that is drawn on, metres. */
  get height(): number {
    return this.#y;
  }

  /** Resolves to the strokes when the person is done, or to null when they discard them. */
  async draw(target: string, side: Side, asking: Asking): Promise<Path | null> {
    this.#end?.(false);
    this.#target = target;
    this.#path = [];
    this.#stroke = null;
    this.#y = this.scene.surfaces[target.replace("surface:", "")]?.y ?? 0;
    this.hands.active = side;
    this.hands.wiping = true;
    this.trail.count = 0;
    this.trail.visible = true;
    const keep = await new Promise<boolean>((resolve) => {
      this.#end = resolve;
      const close = this.ui.strokes(asking, () => this.#path.length + (this.#stroke ? 1 : 0), (kept) => {
        close();
        resolve(kept);
      });
    });
    this.#end = null;
    this.lift();
    this.hide();
    this.hands.wiping = false;
    const drawn = this.#path.filter((stroke) => stroke.length > 1).map((stroke) => simplified(stroke, EXACT).map(round));
    return keep && drawn.length > 0 ? drawn : null;
  }

  /** The pointer goes down or on: a point of the stroke. */
  touch(at: Readonly<Vector3>): void {
    if (!this.#end) return;
    this.#stroke ??= [];
    const last = this.#stroke[this.#stroke.length - 1];
    if (last && Math.hypot(last[0] - at.x, last[1] - at.z) < 0.008) return;
    this.#stroke.push([at.x, at.z]);
    this.#mark(at.x, at.z);
  }

  /** The pointer goes up: the stroke is done. */
  lift(): void {
    if (this.#stroke && this.#stroke.length > 1) this.#path.push(this.#stroke);
    this.#stroke = null;
  }

  /** Shows a path of the server's as it is followed. */
  show(path: Path, y: number): void {
    this.#y = y;
    this.trail.count = 0;
    this.trail.visible = true;
    for (const stroke of path) for (const [x, z] of resampled(stroke, SPACING)) this.#mark(x, z);
  }

  hide(): void {
    this.trail.visible = false;
  }

  #mark(x: number, z: number): void {
    if (this.trail.count >= MOST) return;
    this.trail.setMatrixAt(this.trail.count, matrix.makeTranslation(x, this.#y + 0.002, z));
    this.trail.count += 1;
    this.trail.instanceMatrix.needsUpdate = true;
  }
}

function round([x, z]: readonly [number, number]): [number, number] {
  return [Math.round(x * 1000) / 1000, Math.round(z * 1000) / 1000];
}
