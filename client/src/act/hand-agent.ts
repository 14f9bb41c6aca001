import { Quaternion, Vector3 } from "three";
import type { Side } from "../contract";

/** Metres from its goal at which a hand has arrived. */
const ARRIVED = 0.006;
/** How eagerly a hand follows within its speed, 1/s. */
const EAGER = 9;
/** How fast the turn of a hand follows, 1/s. */
const TURNING = 8;

const step = new Vector3();

/** Resolves true on arrival, false when another way was begun before. */
export type Arrival = Promise<boolean>;

/**
 * One gloved hand in the room. It is where a controller or the person's own hand is (`track`), or goes by itself:
 * after a pointer (`follow`) or along a way (`travel`), never faster than its speed allows.
 */
export class HandAgent {
  readonly position = new Vector3();
  readonly quaternion = new Quaternion();
  /** True while a device says where the hand is. */
  tracked = false;
  /** False while a tracked hand is out of sight of its tracker. */
  seen = true;
  readonly #goal = new Vector3();
  readonly #turn = new Quaternion();
  readonly #real = new Vector3();
  readonly #realTurn = new Quaternion();
  #way: Vector3[] = [];
  #arrive: ((arrived: boolean) => void) | null = null;
  /** A tracked hand that was sent somewhere is on its way there or back. */
  #away = false;

  constructor(readonly side: Side) {}

  get travelling(): boolean {
    return this.#way.length > 0;
  }

  /** Where the device says the palm is. */
  track(at: Vector3, turn: Quaternion): void {
    if (!this.tracked) this.#away = false;
    this.tracked = true;
    this.seen = true;
    this.#real.copy(at);
    this.#realTurn.copy(turn);
  }

  /** The device is gone: the hand goes by itself from here. */
  untrack(): void {
    this.tracked = false;
    this.seen = true;
    this.#goal.copy(this.position);
  }

  /** Puts the hand somewhere at once (the person went to another station). */
  put(at: Vector3, turn: Quaternion): void {
    this.stop();
    this.position.copy(at);
    this.quaternion.copy(turn);
    this.#goal.copy(at);
    this.#turn.copy(turn);
  }

  /** Follows a pointer; a way that is under way is finished first. */
  follow(at: Vector3, turn: Quaternion): void {
    if (this.#way.length > 0) return;
    this.#goal.copy(at);
    this.#turn.copy(turn);
  }

  /** Goes along points; a tracked hand comes back to its device afterwards. */
  travel(points: readonly Vector3[], turn: Quaternion): Arrival {
    this.stop();
    this.#way = [...points];
    this.#turn.copy(turn);
    this.#away = this.tracked;
    const last = points[points.length - 1];
    if (!last || (points.length === 1 && last.distanceTo(this.position) < ARRIVED)) {
      this.#way = [];
      this.#goal.copy(last ?? this.position);
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      this.#arrive = resolve;
    });
  }

  stop(): void {
    this.#way.length = 0;
    this.#goal.copy(this.position);
    const arrive = this.#arrive;
    this.#arrive = null;
    arrive?.(false);
  }

  /** `speed` in m/s is never exceeded, whatever the pointer does. Must not allocate. */
  frame(seconds: number, speed: number): void {
    if (this.tracked && !this.#away) {
      this.position.copy(this.#real);
      this.quaternion.copy(this.#realTurn);
      return;
    }
    const next = this.#way[0];
    if (next) this.#goal.copy(next);
    else if (this.tracked) {
      this.#goal.copy(this.#real);
      this.#turn.copy(this.#realTurn);
    }
    this.quaternion.slerp(this.#turn, 1 - Math.exp(-TURNING * seconds));
    const distance = step.copy(this.#goal).sub(this.position).length();
    const corner = this.#way.length > 1;
    const pace = Math.min(speed, corner ? speed : Math.max(0.05, distance * EAGER));
    const reach = pace * seconds;
    if (distance <= Math.max(reach, next ? ARRIVED : 1e-6)) {
      this.position.copy(this.#goal);
      if (next) this.#reached();
      else if (this.tracked) this.#away = false;
    } else {
      this.position.addScaledVector(step, reach / distance);
    }
  }

  #reached(): void {
    this.#way.shift();
    if (this.#way.length > 0) return;
    const arrive = this.#arrive;
    this.#arrive = null;
    arrive?.(true);
  }
}
