import type { Face } from "../../contract";
import type { LyingOverTime } from "../contract";

/** What lay on faces at any tick of a session. */
export class Lain {
  private step = -1;
  private faces: readonly Face[] = [];

  constructor(private readonly all: LyingOverTime, private readonly rate: number) {}

  /** What lay there at a tick; null where nothing has changed since the last time it was asked. */
  at(tick: number): readonly Face[] | null {
    const step = Math.max(0, Math.floor(tick / this.rate / this.all.step_s));
    if (step === this.step) return null;
    this.step = step;
    this.faces = this.all.faces.flatMap(({ item, part, cfu }): Face[] => {
      const here = cfu[Math.min(step, cfu.length - 1)] ?? 0;
      return here > 0 ? [[item, part, here]] : [];
    });
    return this.faces;
  }

  /** As it was told last. */
  get now(): readonly Face[] {
    return this.faces;
  }
}
