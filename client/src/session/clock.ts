import { TICKS_PER_SECOND } from "../contract";

/** Why the clock stands. */
export type Stop = "loading" | "hidden" | "paused" | "silent" | "down";

const MS_PER_TICK = 1000 / TICKS_PER_SECOND;

/**
 * Session time as the client keeps it: it starts at the server's tick, stands still while there is a reason for it (the
 * scene loads, nobody sees the page, the line is down), and runs slower for a person who asked for more time. Times in
 * ms of any steady clock.
 */
export class SessionClock {
  #ticks = 0;
  #since: number | null = null;
  #stretch = 1;
  readonly #stops = new Set<Stop>();

  /** The server's word on a new connection: its time counts, also where this client had gone on without it. */
  start(serverTick: number, now: number): void {
    this.#ticks = serverTick;
    this.#since = this.#stops.size === 0 ? now : null;
  }

  stop(why: Stop, now: number): void {
    this.#ticks = this.exact(now);
    this.#since = null;
    this.#stops.add(why);
  }

  resume(why: Stop, now: number): void {
    if (this.#stops.delete(why) && this.#stops.size === 0) this.#since = now;
  }

  stopped(why: Stop): boolean {
    return this.#stops.has(why);
  }

  get running(): boolean {
    return this.#since !== null;
  }

  /** Session time runs `times` slower from now on. */
  stretch(times: number, now: number): void {
    this.#ticks = this.exact(now);
    this.#stretch = times;
    if (this.#since !== null) this.#since = now;
  }

  tick(now: number): number {
    return Math.floor(this.exact(now));
  }

  exact(now: number): number {
    if (this.#since === null) return this.#ticks;
    return this.#ticks + Math.max(0, now - this.#since) / MS_PER_TICK / this.#stretch;
  }
}
