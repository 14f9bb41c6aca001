import type { Snapshot, Update } from "../contract";

export const EMPTY: Snapshot = {
  tick: 0,
  station: "",
  step: null,
  pace: 1,
  finished: false,
  hands: {
    left: { holds: null, grip: null, glove: "intact", wet: false },
    right: { holds: null, grip: null, glove: "intact", wet: false },
  },
  items: {},
  affordances: {},
  panels: {},
  questions: [],
};

const SIMPLE = ["station", "step", "pace", "finished", "questions"] as const;
const BY_KEY = ["items", "affordances", "hands", "panels"] as const;

/** The server's truth as last told. Updates are patched in; what changed is reported by part and, for items, by id. */
export class SnapshotStore {
  snapshot: Snapshot = structuredClone(EMPTY);
  readonly changed = new Set<keyof Snapshot>();
  readonly changedItems = new Set<string>();

  replace(snapshot: Snapshot): void {
    this.clear();
    for (const id of Object.keys(this.snapshot.items)) this.changedItems.add(id);
    for (const id of Object.keys(snapshot.items)) this.changedItems.add(id);
    this.snapshot = structuredClone({ ...EMPTY, ...snapshot });
    for (const part of Object.keys(this.snapshot)) this.changed.add(part as keyof Snapshot);
  }

  patch(update: Update): void {
    this.clear();
    const { snapshot } = this;
    snapshot.tick = update.tick;
    for (const part of SIMPLE) {
      if (update[part] === undefined) continue;
      Object.assign(snapshot, { [part]: update[part] });
      this.changed.add(part);
    }
    for (const part of BY_KEY) {
      const news = update[part];
      if (!news || Object.keys(news).length === 0) continue;
      Object.assign(snapshot[part], news);
      this.changed.add(part);
    }
    for (const id of Object.keys(update.items ?? {})) this.changedItems.add(id);
    for (const id of update.removed ?? []) {
      Reflect.deleteProperty(snapshot.items, id);
      Reflect.deleteProperty(snapshot.affordances, id);
      this.changedItems.add(id);
      this.changed.add("items");
    }
  }

  private clear(): void {
    this.changed.clear();
    this.changedItems.clear();
  }
}
