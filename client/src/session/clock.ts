import { TICKS_PER_SECOND } from "../contract";

const MS_PER_TICK = 1000 / TICKS_PER_SECOND;

/**
 * Session time as the client keeps it: it starts at the server's tick, stands still while the page is hidden or the
 * line is down, runs slower for a person who asked for more time, and never goes back. Times in ms of any steady clock.
 */
export class SessionClock {
  #ticks = 0;
  #since: number | null = null;
  #stretch = 1;

  /** The server's word on a new connection; a client that is already further on keeps its place. */
  start(serverTick: number, now: number): void {
    this.#ticks = Math.max(this.exact(now), serverTick);
    this.#since = now;
  }

  stop(now: number): void {
    this.#ticks = this.exact(now);
    this.#since = null;
  }

  resume(now: number): void {
    this.#since ??= now;
  }

  get running(): boolean {
    return this.#since !== null;
  }

  /** Session time runs `times` slower from now on. */
  stretch(times: number, now: number): void {
    const running = this.running;
    this.stop(now);
    this.#stretch = times;
    if (running) this.resume(now);
  }

  tick(now: number): number {
    return Math.floor(this.exact(now));
  }

  exact(now: number): number {
    if (this.#since === null) return this.#ticks;
    return this.#ticks + Math.max(0, now - this.#since) / MS_PER_TICK / this.#stretch;
  }
}
