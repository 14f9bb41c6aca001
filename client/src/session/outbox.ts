import type { Action, ActionBody } from "../contract";

/** Numbers left free behind the server's last when a new page goes on with a session. */
const MARGIN = 100;

/**
 * Actions on their way to the server's disk. Sequence numbers run over actions and poses alike; an action stays here
 * until its number is acknowledged and goes out again after a lost connection. Poses are not kept: they are telemetry.
 */
export class Outbox {
  #next = 1;
  #waiting: Action[] = [];

  /** The number of a frame that is not kept (a pose). */
  number(): number {
    return this.#next++;
  }

  add(body: ActionBody, tick: number): Action {
    const action: Action = { ...body, seq: this.#next++, tick };
    this.#waiting.push(action);
    return action;
  }

  acknowledge(seq: number): void {
    if (this.#waiting.length > 0) this.#waiting = this.#waiting.filter((action) => action.seq > seq);
  }

  /** A bad action never reaches the log: sending it again would not help. False when the number is no action's. */
  discard(seq: number): boolean {
    const before = this.#waiting.length;
    this.#waiting = this.#waiting.filter((action) => action.seq !== seq);
    return this.#waiting.length < before;
  }

  /**
   * What to send again when the server's disk ends at `seq` and its clock at `tick`. Numbers stay as they were, so that
   * the server knows again what it has in memory already; all carry the tick from which the clock now goes on.
   */
  resume(seq: number, tick: number): Action[] {
    this.acknowledge(seq);
    // A page opened anew on a running session: frames of the old page may lie beyond what is on disk.
    if (seq >= this.#next) this.#next = seq + (seq > 0 ? MARGIN : 1);
    for (const action of this.#waiting) action.tick = tick;
    return [...this.#waiting];
  }

  get unacknowledged(): number {
    return this.#waiting.length;
  }
}
