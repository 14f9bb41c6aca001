import type { Face } from "../contract";
import type { World } from "../world/world";

/** The server is asked so often what lies on things while the light is ultraviolet, seconds. */
const EVERY = 1;

/** Ultraviolet light in a session: while it is on, the server is asked what lies on everything, and the faces light up. */
export class LiveUv {
  on = false;
  /** As the server told it last. */
  faces: readonly Face[] = [];
  #waited = EVERY;

  constructor(private readonly world: World, private readonly ask: () => void) {}

  show(on: boolean): void {
    this.on = on;
    this.#waited = EVERY;
    this.world.ultraviolet(on);
    if (!on) this.told([]);
  }

  told(faces: readonly Face[]): void {
    this.faces = this.on ? faces : [];
    this.world.shining.show(this.faces);
  }

  /** Must not allocate, but when it asks. */
  frame(seconds: number): void {
    if (!this.on) return;
    this.#waited += seconds;
    if (this.#waited < EVERY) return;
    this.#waited = 0;
    this.ask();
  }
}
