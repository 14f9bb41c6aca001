import { type Ray, Vector3 } from "three";
import type { SceneSpec, Side } from "../contract";
import type { SettingsStore } from "../ui/settings";
import type { Player } from "./player";
import type { Vignette } from "./vignette";

/** A stick pushed so far counts, and lets go at the second. */
export const PUSHED = 0.7;
export const LET_GO = 0.4;
/** A station this far off the way one points is still meant, radians. */
const MEANT = 0.5;

interface Stick {
  turned: boolean;
  aiming: boolean;
}

const direction = new Vector3();

/** Getting about in a headset: a stick aside turns by a step, a stick forward goes to the station one points at. */
export class Steering {
  readonly #sticks: Record<Side, Stick> = { left: stick(), right: stick() };

  constructor(private readonly parts: {
    scene: () => SceneSpec; player: Player; settings: SettingsStore; vignette: Vignette; goTo: (station: string) => void;
  }) {}

  /** The stick of one side at x, y (-1 to 1). */
  steer(side: Side, x: number, y: number, ray: Ray): void {
    const state = this.#sticks[side];
    const { player, settings } = this.parts;
    if (Math.abs(x) > PUSHED && !state.turned && !state.aiming) {
      state.turned = true;
      this.#narrow();
      player.snapTurn(x > 0 ? 1 : -1, settings.value.snapTurn);
    } else if (Math.abs(x) < LET_GO) state.turned = false;
    if (y < -PUSHED) state.aiming = true;
    else if (state.aiming && y > -LET_GO) {
      state.aiming = false;
      this.towards(ray);
    }
  }

  /** To the station that lies most in the way of a ray. */
  towards(ray: Ray): void {
    let best: string | null = null;
    let bestAngle = MEANT;
    for (const [id, { at }] of Object.entries(this.parts.scene().stations)) {
      if (id === this.parts.player.station) continue;
      direction.set(at[0], 0, at[2]).sub(ray.origin);
      const flat = Math.abs(Math.atan2(direction.x * ray.direction.z - direction.z * ray.direction.x, direction.x * ray.direction.x + direction.z * ray.direction.z));
      if (flat < bestAngle) [best, bestAngle] = [id, flat];
    }
    if (best === null) return;
    this.#narrow();
    this.parts.goTo(best);
  }

  #narrow(): void {
    if (this.parts.settings.value.vignette) this.parts.vignette.show();
  }
}

function stick(): Stick {
  return { turned: false, aiming: false };
}
