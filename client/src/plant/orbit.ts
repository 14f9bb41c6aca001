import { MathUtils, type PerspectiveCamera, Spherical, Vector3 } from "three";

/** Radians for one pixel of dragging, and for one press of an arrow key. */
const DRAG = 0.008;
const KEY = Math.PI / 18;
/** Factor on the distance for one notch of the wheel, and for one press of plus or minus. */
const NOTCH = 1.12;
const PRESS = 1.25;
/** How near and how far, in distances that show all of it. */
const NEAREST = 0.12;
const FARTHEST = 2.5;
/** How far down one may look, and up from below, radians from the vertical. */
const OVERHEAD = 0.08;
const BELOW = Math.PI * 0.62;
/** From where a thing is first looked at: to the right, and a little from above. Radians. */
const FIRST = { azimuth: 0.55, polar: 1.2 };
/** How much wider than the thing the first view is. */
const MARGIN = 1.12;

/** Turns a camera about one thing: mouse, fingers and keys. `changed` says that there is something to draw. */
export class Orbit {
  changed = true;
  readonly #at = new Spherical();
  readonly #centre = new Vector3();
  readonly #pointers = new Map<number, { x: number; y: number }>();
  #radius = 1;
  #spread = 0;
  #dragged = false;

  constructor(private readonly element: HTMLElement, private readonly camera: PerspectiveCamera) {
    element.addEventListener("pointerdown", (event) => { this.#down(event); });
    element.addEventListener("pointermove", (event) => { this.#move(event); });
    for (const end of ["pointerup", "pointercancel"] as const) element.addEventListener(end, (event) => { this.#up(event); });
    element.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.near(event.deltaY > 0 ? NOTCH : 1 / NOTCH);
    }, { passive: false });
    element.addEventListener("keydown", (event) => { this.#key(event); });
  }

  /** True from the first move of a drag until the next press: a press that did not drag points. */
  get dragged(): boolean {
    return this.#dragged;
  }

  /** Looks at a ball of this radius about a centre (metres) from where one sees all of it. */
  frame(centre: Vector3, radius: number): void {
    this.#centre.copy(centre);
    this.#radius = radius;
    this.home();
  }

  home(): void {
    this.#at.set(this.#whole(), FIRST.polar, FIRST.azimuth);
    this.#write();
  }

  /** The distance from which all of it is seen, in the narrower direction of the picture. */
  #whole(): number {
    const half = MathUtils.degToRad(this.camera.fov) / 2;
    const narrow = Math.min(half, Math.atan(Math.tan(half) * this.camera.aspect));
    return (MARGIN * this.#radius) / Math.sin(narrow);
  }

  turn(azimuth: number, polar: number): void {
    this.#at.theta += azimuth;
    this.#at.phi = MathUtils.clamp(this.#at.phi + polar, OVERHEAD, BELOW);
    this.#write();
  }

  /** Changes the distance by a factor. */
  near(factor: number): void {
    const whole = this.#whole();
    this.#at.radius = MathUtils.clamp(this.#at.radius * factor, NEAREST * whole, FARTHEST * whole);
    this.#write();
  }

  #write(): void {
    this.camera.position.setFromSpherical(this.#at).add(this.#centre);
    this.camera.lookAt(this.#centre);
    // As near as the thing allows, so that a vial and a hall are drawn with the same care.
    this.camera.near = Math.max(0.002, (this.#at.radius - this.#radius) * 0.5);
    this.camera.far = this.#at.radius + 4 * this.#radius;
    this.camera.updateProjectionMatrix();
    this.camera.updateMatrixWorld();
    this.changed = true;
  }

  #down(event: PointerEvent): void {
    this.element.setPointerCapture(event.pointerId);
    this.element.focus({ preventScroll: true });
    this.#pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    this.#spread = this.#distance();
    this.#dragged = false;
  }

  #move(event: PointerEvent): void {
    const last = this.#pointers.get(event.pointerId);
    if (!last) return;
    const [dx, dy] = [event.clientX - last.x, event.clientY - last.y];
    last.x = event.clientX;
    last.y = event.clientY;
    if (dx !== 0 || dy !== 0) this.#dragged = true;
    if (this.#pointers.size === 1) {
      this.turn(-dx * DRAG, -dy * DRAG);
      return;
    }
    const spread = this.#distance();
    if (this.#spread > 0 && spread > 0) this.near(this.#spread / spread);
    this.#spread = spread;
  }

  #up(event: PointerEvent): void {
    this.#pointers.delete(event.pointerId);
    this.#spread = this.#distance();
  }

  /** Between two fingers, pixels; 0 while there are not two. */
  #distance(): number {
    const [one, other] = [...this.#pointers.values()];
    return one && other ? Math.hypot(one.x - other.x, one.y - other.y) : 0;
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act: Record<string, () => void> = {
      ArrowLeft: () => { this.turn(-KEY, 0); },
      ArrowRight: () => { this.turn(KEY, 0); },
      ArrowUp: () => { this.turn(0, -KEY); },
      ArrowDown: () => { this.turn(0, KEY); },
      "+": () => { this.near(1 / PRESS); },
      "=": () => { this.near(1 / PRESS); },
      "-": () => { this.near(PRESS); },
      Home: () => { this.home(); },
    };
    const found = act[event.key];
    if (!found) return;
    event.preventDefault();
    found();
  }
}
