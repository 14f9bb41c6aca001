import type { Snapshot } from "../../contract";
import { SnapshotStore } from "../../session/store";
import type { Replay } from "../contract";

/** Updates between two kept states: seeking back replays at most this many. */
const KEEP_EVERY = 120;

/** The state of the room at any tick, forwards by patching, backwards from the last state kept before it. */
export class States {
  private readonly store = new SnapshotStore();
  private readonly kept: { next: number; snapshot: Snapshot }[] = [];
  private next = 0;

  constructor(private readonly replay: Pick<Replay, "snapshot" | "updates">) {
    this.store.replace(replay.snapshot);
    this.kept.push({ next: 0, snapshot: structuredClone(this.store.snapshot) });
  }

  get snapshot(): Snapshot {
    return this.store.snapshot;
  }

  /** Moves to `tick`; gives the ids of the items that may look different now. */
  seek(tick: number): Set<string> {
    const { updates } = this.replay;
    const changed = new Set<string>();
    if (this.next > 0 && (updates[this.next - 1]?.tick ?? 0) > tick) {
      const start = [...this.kept].reverse().find((k) => k.next === 0 || (updates[k.next - 1]?.tick ?? 0) <= tick) ?? this.kept[0];
      if (start) {
        this.store.replace(start.snapshot);
        this.store.changedItems.forEach((id) => changed.add(id));
        this.next = start.next;
      }
    }
    for (let update = updates[this.next]; update && update.tick <= tick; update = updates[this.next]) {
      this.store.patch(update);
      this.store.changedItems.forEach((id) => changed.add(id));
      this.next += 1;
      if (this.next % KEEP_EVERY === 0 && !this.kept.some((k) => k.next === this.next)) {
        this.kept.push({ next: this.next, snapshot: structuredClone(this.store.snapshot) });
        this.kept.sort((a, b) => a.next - b.next);
      }
    }
    return changed;
  }
}
