import { Matrix4, Quaternion, Vector3 } from "three";

/** Tips nearer than this are a pinch, farther than the second no longer. Metres. */
const CLOSE = 0.02;
const OPEN = 0.034;

/** A pinch by the distance of thumb and index finger tips, with slack so that it does not flutter. */
export class Pinch {
  closed = false;

  /** Returns "start" or "end" where it changed. */
  update(distance: number): "start" | "end" | null {
    if (!this.closed && distance < CLOSE) {
      this.closed = true;
      return "start";
    }
    if (this.closed && distance > OPEN) {
      this.closed = false;
      return "end";
    }
    return null;
  }
}

const SLOTS = 32;

/**
 * The last moments of a palm. Opening the fingers moves the hand: what is let go rests where the palm was just before.
 */
export class PalmHistory {
  readonly #times = new Float64Array(SLOTS).fill(-1);
  readonly #positions = Array.from({ length: SLOTS }, () => new Vector3());
  readonly #turns = Array.from({ length: SLOTS }, () => new Quaternion());
  #next = 0;

  add(seconds: number, position: Vector3, turn: Quaternion): void {
    this.#times[this.#next] = seconds;
    this.#positions[this.#next]?.copy(position);
    this.#turns[this.#next]?.copy(turn);
    this.#next = (this.#next + 1) % SLOTS;
  }

  /** The palm's frame so long ago, or the oldest known; false when nothing is known. */
  before(seconds: number, ago: number, out: Matrix4): boolean {
    let best = -1;
    let bestAway = Infinity;
    for (let slot = 0; slot < SLOTS; slot++) {
      const time = this.#times[slot] ?? -1;
      if (time < 0) continue;
      const away = Math.abs(time - (seconds - ago));
      if (away < bestAway) [best, bestAway] = [slot, away];
    }
    const position = this.#positions[best];
    const turn = this.#turns[best];
    if (!position || !turn) return false;
    out.makeRotationFromQuaternion(turn).setPosition(position);
    return true;
  }
}

const ahead = new Vector3();
const up = new Vector3();
const back = new Vector3();
const basis = new Matrix4();

/**
 * The palm of a tracked hand from four joints that a pinch does not move: fingers to -z, the thumb's side up.
 * Writes position and turn.
 */
export function palmOf(
  wrist: Readonly<Vector3>, middle: Readonly<Vector3>, index: Readonly<Vector3>, little: Readonly<Vector3>,
  position: Vector3, turn: Quaternion,
): void {
  position.copy(wrist).add(middle).multiplyScalar(0.5);
  ahead.copy(middle).sub(wrist).normalize();
  up.copy(index).sub(little);
  up.addScaledVector(ahead, -up.dot(ahead)).normalize();
  back.copy(up).cross(ahead).negate();
  // Columns: x to the side, y up, z towards the wrist.
  basis.makeBasis(back, up, ahead.negate());
  turn.setFromRotationMatrix(basis);
}
