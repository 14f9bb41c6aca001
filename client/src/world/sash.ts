import type { SceneSpec } from "../contract";
import type { Thing } from "./thing";

/** How fast the pane slides, shares of its way to fully open a second: 0.18 m in 1.2 s. */
const SPEED = 0.85;

/** The cabinet's sash: slides to where its control was set. */
export class Sash {
  readonly #motion = new Map([["sash", 0]]);
  #goal = 0;
  #known = false;

  private constructor(private readonly thing: Thing, private readonly closed: number) {}

  /** The sash of the scene's cabinet; null where no cabinet has one that moves. */
  static of(scene: SceneSpec, thing: (id: string) => Thing | undefined): Sash | null {
    for (const { id, at } of scene.equipment) {
      const stands = thing(id);
      const slide = stands?.model.spec.motions?.["sash"]?.slide;
      if (!stands || !slide || slide[1] === 0) continue;
      const sill = stands.model.parts.get("sash")?.min.y ?? 0;
      let worktop = sill;
      for (const surface of Object.values(scene.surfaces)) if (surface.equipment === id) worktop = surface.y - at[1];
      return new Sash(stands, (worktop - sill) / slide[1]);
    }
    return null;
  }

  /** "working", "open" (slid up) or "closed" (down on the work surface). The first word of it is where it stands. */
  set(value: string | undefined): void {
    if (value === undefined) return;
    this.#goal = value === "open" ? 1 : value === "closed" ? this.closed : 0;
    if (!this.#known) this.#put(this.#goal);
    this.#known = true;
  }

  frame(seconds: number, calm: boolean): void {
    const at = this.#motion.get("sash") ?? 0;
    if (at === this.#goal) return;
    const step = SPEED * seconds;
    this.#put(calm || Math.abs(this.#goal - at) <= step ? this.#goal : at + Math.sign(this.#goal - at) * step);
  }

  /** How far it stands from its working height, in shares of its way to fully open. */
  get at(): number {
    return this.#motion.get("sash") ?? 0;
  }

  #put(at: number): void {
    this.#motion.set("sash", at);
    this.thing.move(this.#motion);
  }
}
