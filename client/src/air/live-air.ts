import type { Scene } from "three";
import type { SceneSpec, Side, Snapshot } from "../contract";
import type { AirView } from "../ui-port";
import type { World } from "../world/world";
import type { CabinetAir } from "./cabinet-air";
import type { Over } from "./smoke";

/** The air of a session, fetched when it is first asked for; until then, and while it is hidden, it costs nothing. */
export class LiveAir {
  view: AirView | null = null;
  #air: CabinetAir | null = null;

  constructor(private readonly world: World, private readonly spec: SceneSpec, private readonly scene: Scene) {}

  /** False where there is no cabinet, or its air could not be fetched. */
  async show(view: AirView | null): Promise<boolean> {
    this.view = view;
    if (view !== null && !this.#air) this.#air = await this.#fetch();
    if (!this.#air) this.view = null;
    else {
      this.#air.group.visible = this.view !== null;
      if (this.view !== null) this.#air.show(this.view);
    }
    return this.view === view;
  }

  async #fetch(): Promise<CabinetAir | null> {
    try {
      const { CabinetAir } = await import("./cabinet-air");
      const air = await CabinetAir.load(this.world, this.spec);
      // Whoever asked twice while it came has it once.
      if (this.#air || !air) return this.#air;
      this.scene.add(air.group);
      return air;
    } catch {
      return null;
    }
  }

  /** Must not allocate. */
  frame(seconds: number, snapshot: Snapshot, lead: Side, calm: boolean): void {
    if (this.view === null || !this.#air) return;
    this.#air.frame(seconds, lead, snapshot.panels.cabinet, calm);
  }

  /** For the page's own checks: how the smoke is over a place of the room, and how many particles there are. */
  over(x: number, y: number, z: number): Over {
    return this.#air?.over(x, y, z) ?? { points: 0, straight: 0 };
  }

  get particles(): number {
    return this.#air?.particlesSeen ?? 0;
  }
}
