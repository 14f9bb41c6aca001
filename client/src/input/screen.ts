import type { Vector3 } from "three";
import { type PerspectiveCamera, Ray, Vector2 } from "three";
import type { Interaction } from "../act/interaction";
import type { BothHands } from "../act/both-hands";
import type { Strokes } from "../act/strokes";
import type { Player } from "../view/player";
import type { PanelPointers } from "./panels";
import type { Pointer } from "./pointer";

/** A press that lasts so long asks for the menu, ms. */
const LONG = 550;
/** A pointer that moves farther than this drags, CSS pixels. */
const DRAG = { mouse: 6, touch: 12 };
/** Radians of view for one pixel of dragging. */
const TURN = 0.0042;
const WHEEL = 0.02;
const HIGHEST = 0.35;

const ndc = new Vector2();

type Drag = "none" | "look" | "carry" | "stroke" | "panel";

/** Mouse, pen and finger on the page: one pointer. Drag empty space to look, press a thing to act, hold for the menu. */
export class ScreenPointer implements Pointer {
  readonly id = "screen";
  device: "mouse" | "touch" = "mouse";
  readonly side = null;
  readonly alone = true;
  readonly ray = new Ray();
  readonly near = null;
  margin = 0.003;
  screen: { x: number; y: number } | null = { x: 0, y: 0 };
  active = false;
  #pressed = false;
  #drag: Drag = "none";
  #start = { x: 0, y: 0 };
  #last = { x: 0, y: 0 };
  #timer = 0;
  #answered = false;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly camera: PerspectiveCamera,
    private readonly player: Player,
    private readonly interaction: Interaction,
    private readonly hands: BothHands,
    private readonly strokes: Strokes,
    private readonly panels: PanelPointers,
    private readonly busy: () => boolean,
  ) {
    canvas.addEventListener("pointerdown", (event) => { this.#down(event); });
    canvas.addEventListener("pointermove", (event) => { this.#move(event); });
    canvas.addEventListener("pointerup", (event) => { this.#up(event); });
    canvas.addEventListener("pointercancel", () => { this.#cancel(); });
    canvas.addEventListener("pointerleave", () => { if (!this.#pressed) this.active = false; });
    canvas.addEventListener("contextmenu", (event) => {
      event.preventDefault();
      if (this.#answered || this.device === "touch") return;
      this.#aim(event);
      void this.interaction.menu(this);
    });
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.hands.lift = Math.min(HIGHEST, Math.max(-0.04, this.hands.lift - Math.sign(event.deltaY) * WHEEL));
    }, { passive: false });
  }

  /** Every frame: the camera may have moved under a pointer that stands still. */
  frame(): void {
    if (this.player.inXr) return;
    this.#cast();
    if (this.active && !this.busy() && this.#drag !== "look") this.interaction.hover(this);
  }

  #aim(event: PointerEvent | MouseEvent): void {
    this.screen = { x: event.clientX, y: event.clientY };
    if (event instanceof PointerEvent) {
      this.device = event.pointerType === "touch" ? "touch" : "mouse";
      this.margin = this.device === "touch" ? 0.008 : 0.003;
    }
    this.active = true;
    this.#cast();
  }

  #cast(): void {
    if (!this.screen) return;
    const box = this.canvas.getBoundingClientRect();
    ndc.set(((this.screen.x - box.left) / box.width) * 2 - 1, 1 - ((this.screen.y - box.top) / box.height) * 2);
    this.ray.origin.setFromMatrixPosition(this.camera.matrixWorld);
    this.ray.direction.set(ndc.x, ndc.y, 0.5).unproject(this.camera).sub(this.ray.origin).normalize();
  }

  #down(event: PointerEvent): void {
    if (event.button !== 0 || !event.isPrimary) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.canvas.focus({ preventScroll: true });
    this.#aim(event);
    this.#pressed = true;
    this.#answered = false;
    this.#start = { x: event.clientX, y: event.clientY };
    this.#last = { x: event.clientX, y: event.clientY };
    this.#drag = this.panels.down(this) ? "panel" : "none";
    if (this.#drag === "panel") return;
    if (this.strokes.drawing && this.interaction.aim(this)) {
      this.#drag = "stroke";
      return;
    }
    this.#timer = window.setTimeout(() => {
      if (!this.#pressed || this.#drag !== "none") return;
      this.#answered = true;
      void this.interaction.menu(this);
    }, LONG);
  }

  #move(event: PointerEvent): void {
    if (!event.isPrimary) return;
    this.#aim(event);
    if (!this.#pressed) return;
    if (this.#drag === "none" && Math.hypot(event.clientX - this.#start.x, event.clientY - this.#start.y) > DRAG[this.device]) this.#begin();
    if (this.#drag === "look") {
      // The room follows the pointer, as a picture that is pushed.
      this.player.look((event.clientX - this.#last.x) * TURN, (event.clientY - this.#last.y) * TURN);
    } else if (this.#drag === "stroke") {
      const at = this.interaction.aim(this)?.at;
      if (at) this.strokes.touch(at);
    }
    this.#last = { x: event.clientX, y: event.clientY };
  }

  /** A drag that starts on a thing to take carries it; any other looks around. */
  #begin(): void {
    clearTimeout(this.#timer);
    if (this.#answered) return;
    const now = this.screen;
    this.screen = this.#start;
    this.#cast();
    const target = this.interaction.aim(this);
    const first = target ? this.interaction.offer(target.id, null) : null;
    const takes = target?.kind === "item" && first?.verb === "take" && first.why_not === null;
    if (takes) this.interaction.act(target, this);
    this.#drag = takes ? "carry" : "look";
    this.screen = now;
    this.#cast();
  }

  #up(event: PointerEvent): void {
    if (!this.#pressed || !event.isPrimary) return;
    this.#aim(event);
    clearTimeout(this.#timer);
    const drag = this.#drag;
    this.#pressed = false;
    this.#drag = "none";
    if (drag === "panel") this.panels.up(this);
    else if (drag === "stroke") this.strokes.lift();
    else if (drag === "carry") this.interaction.put(this);
    else if (drag === "none" && !this.#answered && !this.busy()) this.interaction.press(this);
    if (this.device === "touch") this.active = false;
  }

  #cancel(): void {
    clearTimeout(this.#timer);
    if (this.#drag === "panel") this.panels.up(this);
    if (this.#drag === "stroke") this.strokes.lift();
    this.#pressed = false;
    this.#drag = "none";
  }

  /** What the pointer is at, for the page's own checks. */
  at(): Vector3 | null {
    return this.interaction.aim(this)?.at ?? null;
  }
}
