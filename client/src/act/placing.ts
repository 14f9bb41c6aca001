import { Vector3 } from "three";
import type { Side, Snapshot, Surface } from "../contract";
import type { UiPort } from "../ui-port";
import type { BothHands } from "./both-hands";
import type { Reach } from "./reach";
import { word } from "./words";

/** One press of an arrow key moves the hand so far, metres; with shift ten times. */
const STEP = 0.02;
const COARSE = 5;

/** By keyboard: the hand waits over a surface, arrow keys move it, Enter puts down what it holds. */
export class Placing {
  #at: Vector3 | null = null;
  #side: Side = "right";
  #surface: Surface | null = null;
  #done: ((at: Vector3 | null) => void) | null = null;
  readonly #palm = new Vector3();

  constructor(private readonly hands: BothHands, private readonly reach: Reach, private readonly ui: UiPort, private readonly snapshot: () => Snapshot) {}

  get open(): boolean {
    return this.#done !== null;
  }

  choose(side: Side, surface: Surface, start: Readonly<Vector3>): Promise<Vector3 | null> {
    this.end(false);
    this.#at = start.clone();
    this.#side = side;
    this.#surface = surface;
    this.ui.caption(word("placing"));
    return new Promise((resolve) => {
      this.#done = resolve;
    });
  }

  /** One step as the person sees it: across to the right, ahead away from them. */
  step(across: number, ahead: number, coarse: boolean): void {
    const at = this.#at;
    const surface = this.#surface;
    if (!at || !surface) return;
    const towards = this.reach.towards(this.snapshot().station);
    const length = STEP * (coarse ? COARSE : 1);
    // To the right of someone who looks against `towards`.
    at.x += (towards.z * across - towards.x * ahead) * length;
    at.z += (-towards.x * across - towards.z * ahead) * length;
    at.x = Math.min(surface.x[1], Math.max(surface.x[0], at.x));
    at.z = Math.min(surface.z[1], Math.max(surface.z[0], at.z));
    const snapshot = this.snapshot();
    this.hands.agents[this.#side].follow(this.reach.palmFor(this.#side, snapshot, at, "resting", this.#palm), this.reach.turn(snapshot.station));
  }

  end(put: boolean): void {
    const done = this.#done;
    this.#done = null;
    if (!done) return;
    if (!put) this.ui.caption(word("kept"));
    done(put ? this.#at : null);
  }
}
