import { type BufferGeometry, Mesh, Vector3 } from "three";
import type { LiveAir } from "./air/live-air";
import type { Over } from "./air/smoke";
import type { BothHands } from "./act/both-hands";
import type { Interaction } from "./act/interaction";
import type { Reach } from "./act/reach";
import { type Affordance, type Face, type HandState, type Side, SIDES, type Snapshot } from "./contract";
import type { LiveUv } from "./uv/live-uv";
import type { LiveSession } from "./session/live";
import type { AirView } from "./ui-port";
import type { Player } from "./view/player";
import type { Stage } from "./world/stage";
import type { World } from "./world/world";

/** Where a thing is: in the room (its middle, metres) and on the page (CSS pixels; null behind the viewer or in a headset). */
interface Place {
  world: [number, number, number];
  screen: { x: number; y: number } | null;
}

interface PressPanel {
  id: string;
  rows: { id: string; label: string; world: [number, number, number] }[];
}

/** A panel that can say what takes a press on it, in texture coordinates. */
interface ReadablePanel {
  id: string;
  rows?: () => { id: string; label: string; u: number; v: number }[];
}

/** What a journey in a real browser may look at. Nothing here acts: journeys act through devices. */
export interface TestHook {
  readonly ready: boolean;
  readonly tick: number;
  readonly station: string;
  readonly finished: boolean;
  readonly inVr: boolean;
  readonly framesRendered: number;
  readonly unacknowledged: number;
  readonly hands: Readonly<Record<Side, HandState & { at: [number, number, number]; travelling: boolean; tracked: boolean }>>;
  readonly head: [number, number, number];
  readonly pointedAt: string | null;
  readonly affordances: Readonly<Record<string, readonly Affordance[]>>;
  readonly snapshot: Snapshot;
  /** A thing, "hand:left", "surface:worktop" or "station:desk"; `part` for a part of a thing. */
  place(id: string, part?: string): Place | null;
  /** A point of the room on the page. */
  onScreen(x: number, y: number, z: number): { x: number; y: number } | null;
  /** The floor under the person: the matrix from their own room (device coordinates) to the scene, column by column. */
  readonly rig: readonly number[];
  /** What can be pressed on the panels that stand in the scene now, and where (metres). */
  readonly panels: readonly PressPanel[];
  readonly things: readonly string[];
  /** What of the air is shown, and how many particles are to be seen. */
  readonly air: { view: AirView | null; particles: number };
  /** Whether the light is ultraviolet, how far it has come, and what the server told lies on things. */
  readonly uv: { on: boolean; dusk: number; faces: readonly Face[] };
  /** How the smoke is over a point of the room: points of it, and how many of them came straight from the filter. */
  airOver(x: number, y: number, z: number): Over;
  readonly renderer: { calls: number; triangles: number; textures: number; geometries: number; programs: number };
}

declare global {
  interface Window {
    readonly resilience?: TestHook;
  }
}

interface Shown {
  world: World;
  player: Player;
  hands: BothHands;
  reach: Reach;
  interaction: Interaction;
  air: LiveAir;
  uv: LiveUv;
}

/** The point of a flat face that carries the texture's u, v (metres in the room). */
function onFace(mesh: Mesh<BufferGeometry>, u: number, v: number): [number, number, number] {
  const position = mesh.geometry.getAttribute("position");
  const uv = mesh.geometry.getAttribute("uv");
  const corner = (wantU: number, wantV: number): Vector3 => {
    let best = 0;
    let away = Infinity;
    for (let n = 0; n < uv.count; n++) {
      const distance = Math.hypot(uv.getX(n) - wantU, uv.getY(n) - wantV);
      if (distance < away) [best, away] = [n, distance];
    }
    return new Vector3().fromBufferAttribute(position, best);
  };
  const origin = corner(0, 0);
  const across = corner(1, 0).sub(origin);
  const upwards = corner(0, 1).sub(origin);
  return origin.addScaledVector(across, u).addScaledVector(upwards, v).applyMatrix4(mesh.matrixWorld).toArray();
}

export function exposeForTests(stage: Stage, shown: Shown, live: LiveSession, frames: () => number): void {
  const { world, player, hands, reach, interaction, air, uv } = shown;
  const point = new Vector3();
  const locate = (id: string, part: string | null): Vector3 | null => {
    if (id.startsWith("station:")) {
      const at = world.markers.at(id.slice(8));
      return at ? point.copy(at) : null;
    }
    return reach.partAt(id, part, point);
  };
  const hook: TestHook = {
    ready: true,
    get tick() {
      return live.clock.tick(performance.now());
    },
    get station() {
      return live.store.snapshot.station;
    },
    get finished() {
      return live.store.snapshot.finished;
    },
    get inVr() {
      return player.inXr;
    },
    get framesRendered() {
      return frames();
    },
    get unacknowledged() {
      return live.outbox.unacknowledged;
    },
    get hands() {
      const of = (side: Side): TestHook["hands"][Side] => {
        const agent = hands.agents[side];
        return { ...live.store.snapshot.hands[side], at: agent.position.toArray(), travelling: agent.travelling, tracked: agent.tracked };
      };
      return { left: of("left"), right: of("right") };
    },
    get head() {
      return player.headPosition.toArray();
    },
    get pointedAt() {
      return interaction.pointedAt;
    },
    get affordances() {
      return structuredClone(live.store.snapshot.affordances);
    },
    get snapshot() {
      return structuredClone(live.store.snapshot);
    },
    place(id, part) {
      const at = locate(id, part ?? null);
      return at ? { world: at.toArray(), screen: player.onScreen(at) } : null;
    },
    onScreen(x, y, z) {
      return player.onScreen(point.set(x, y, z));
    },
    get rig() {
      return stage.rig.matrixWorld.toArray();
    },
    get panels() {
      const found: PressPanel[] = [];
      stage.scene.traverseVisible((object) => {
        const panel = object.userData["panel"] as ReadablePanel | undefined;
        if (!(object instanceof Mesh) || !panel?.rows) return;
        const flat = object as Mesh<BufferGeometry>;
        const rows = panel.rows().map(({ id, label, u, v }) => ({ id, label, world: onFace(flat, u, v) }));
        found.push({ id: panel.id, rows });
      });
      return found;
    },
    get things() {
      return [...Object.keys(live.store.snapshot.items), ...SIDES.map((side) => `hand:${side}`)];
    },
    get air() {
      return { view: air.view, particles: air.particles };
    },
    get uv() {
      return { on: uv.on, dusk: world.dusk, faces: structuredClone(uv.faces) };
    },
    airOver(x, y, z) {
      return air.over(x, y, z);
    },
    get renderer() {
      const { render, memory, programs } = stage.renderer.info;
      return { calls: render.calls, triangles: render.triangles, textures: memory.textures, geometries: memory.geometries, programs: programs?.length ?? 0 };
    },
  };
  Object.defineProperty(window, "resilience", { value: Object.freeze(hook), writable: false, configurable: false });
}
