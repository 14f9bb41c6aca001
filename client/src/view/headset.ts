import { Group, Ray } from "three";
import type { BothHands } from "../act/both-hands";
import type { Interaction } from "../act/interaction";
import type { Target } from "../act/picker";
import type { Reach } from "../act/reach";
import type { Strokes } from "../act/strokes";
import type { SceneSpec, Side, Snapshot } from "../contract";
import { SIDES } from "../contract";
import type { PanelPointers } from "../input/panels";
import type { Pointer } from "../input/pointer";
import { XrSide } from "../input/xr-side";
import type { UiPort } from "../ui-port";
import type { SettingsStore } from "../ui/settings";
import type { Stage } from "../world/stage";
import type { Player } from "./player";
import { Rays } from "./rays";
import { LET_GO, PUSHED, Steering } from "./steering";
import { Vignette } from "./vignette";

/** Seconds between steps of an amount while the stick is held. */
const REPEAT = 0.22;
export interface HeadsetParts {
  stage: Stage;
  hands: BothHands;
  interaction: Interaction;
  reach: Reach;
  strokes: Strokes;
  panels: PanelPointers;
  player: Player;
  ui: UiPort;
  settings: SettingsStore;
  scene: SceneSpec;
  snapshot: () => Snapshot;
  goTo: (station: string) => void;
  /** Sockets are known to drop when a headset takes over. */
  woken: () => void;
}

/** Entering, leaving and living in a headset: who points with what, sticks, rays, comfort. */
export class Headset {
  supported = false;
  readonly #rays = new Rays();
  readonly #sides: Record<Side, XrSide>;
  readonly #sources: Record<Side, XRInputSource | null> = { left: null, right: null };
  readonly #nudged: Record<Side, number> = { left: 0, right: 0 };
  readonly #palms: Record<Side, Group> = { left: new Group(), right: new Group() };
  readonly #vignette: Vignette;
  readonly #steering: Steering;
  readonly #gaze = new Ray();
  #session: XRSession | null = null;

  constructor(private readonly parts: HeadsetParts) {
    const { interaction, hands, reach, strokes, panels, ui, snapshot, stage } = parts;
    const gaze = (pointer: Pointer): void => { this.#look(pointer); };
    const side = (of: Side): XrSide => new XrSide(of, { interaction, hands, reach, strokes, panels, ui, snapshot, gaze });
    this.#sides = { left: side("left"), right: side("right") };
    this.#vignette = new Vignette(stage.camera);
    const { scene, player, settings, goTo } = parts;
    this.#steering = new Steering({ scene: () => scene, player, settings, vignette: this.#vignette, goTo });
    stage.scene.add(this.#rays.mesh, this.#palms.left, this.#palms.right);
  }

  async detect(): Promise<void> {
    this.supported = (await navigator.xr?.isSessionSupported("immersive-vr").catch(() => false)) ?? false;
  }

  palm(side: Side): Group {
    return this.#palms[side];
  }

  /** Their own hands are tracked: what is asked of them stands within reach, to be poked. */
  get bareHands(): boolean {
    return Boolean(this.#sources.left?.hand ?? this.#sources.right?.hand);
  }

  async enter(): Promise<void> {
    const { stage } = this.parts;
    if (this.#session || !navigator.xr) return;
    const session = await navigator.xr.requestSession("immersive-vr", { requiredFeatures: ["local-floor"], optionalFeatures: ["hand-tracking"] });
    this.#session = session;
    session.addEventListener("end", () => { this.#ended(); });
    session.addEventListener("visibilitychange", () => { if (session.visibilityState === "visible") this.parts.woken(); });
    await stage.renderer.compileAsync(stage.scene, stage.camera);
    await stage.renderer.xr.setSession(session);
    this.parts.woken();
  }

  async leave(): Promise<void> {
    await this.#session?.end();
  }

  #ended(): void {
    this.#session = null;
    for (const side of SIDES) {
      this.#sides[side].leave();
      this.#sources[side] = null;
    }
    this.#rays.hide();
    this.#vignette.hide();
    this.parts.hands.stand(this.parts.player.station);
    this.parts.woken();
  }

  /** Every frame, before hands are drawn. */
  frame(seconds: number): void {
    for (const side of SIDES) {
      const agent = this.parts.hands.agents[side];
      this.#palms[side].position.copy(agent.position);
      this.#palms[side].quaternion.copy(agent.quaternion);
    }
    const { renderer, rig } = this.parts.stage;
    const frame = this.#session ? renderer.xr.getFrame() : null;
    const space = renderer.xr.getReferenceSpace();
    const sources = this.#session?.inputSources;
    if (!frame || !space || !sources) return;
    this.#assign(sources);
    const alone = this.#sources.left === null || this.#sources.right === null;
    for (const side of SIDES) {
      const source = this.#sources[side];
      const xr = this.#sides[side];
      if (!source) {
        xr.leave();
        continue;
      }
      xr.alone = alone;
      if (!xr.locate(source, frame, space, rig.matrixWorld, seconds)) xr.lose();
      xr.buttons(source, seconds);
      this.#steer(side, source, seconds);
    }
    this.#point();
    this.#vignette.frame(seconds);
  }

  /** Controllers and hands come late, in any order, and change places: who is who is asked every frame. */
  #assign(sources: XRInputSourceArray): void {
    this.#sources.left = this.#sources.right = null;
    for (let n = 0; n < sources.length; n++) {
      const source = sources[n];
      if (!source || (!source.hand && !source.gripSpace)) continue;
      const side: Side = source.handedness === "none" ? (this.parts.settings.value.leftHanded ? "left" : "right") : source.handedness;
      // A hand and a controller of the same side may be listed together: the one that is held counts.
      if (!this.#sources[side] || !source.hand) this.#sources[side] = source;
    }
  }

  /** What each side points at, and its ray where the thing is far. */
  #point(): void {
    this.#rays.begin();
    let named: Target | null = null;
    let namer: XrSide = this.#sides[this.parts.hands.active];
    for (const side of SIDES) {
      const xr = this.#sides[side];
      if (!xr.active) continue;
      if (xr.pokes) continue;
      const over = this.parts.panels.move(xr);
      const target = over ? null : this.parts.interaction.aim(xr);
      // One thing is named at a time: the leading hand's, and where that points at nothing the other's.
      if (target && (!named || side === this.parts.hands.active)) [named, namer] = [target, xr];
      const far = over?.distance ?? (target && (!xr.near || target.at.distanceTo(xr.near) > 0.07) ? target.at.distanceTo(xr.ray.origin) : 0);
      if (far <= 0.05) continue;
      this.#rays.add(xr.ray, far);
    }
    this.parts.interaction.show(named, namer);
    this.#rays.end();
  }

  #steer(side: Side, source: XRInputSource, seconds: number): void {
    const axes = source.gamepad?.axes;
    if (!axes || source.hand) return;
    const x = axes[2] ?? axes[0] ?? 0;
    const y = axes[3] ?? axes[1] ?? 0;
    const { ui } = this.parts;
    if (!ui.asking) {
      this.#steering.steer(side, x, y, this.#sides[side].ray);
      return;
    }
    this.#nudged[side] -= seconds;
    const push = Math.abs(y) > Math.abs(x) ? -y : x;
    if (Math.abs(push) > PUSHED && this.#nudged[side] <= 0) {
      ui.nudge(push > 0 ? 1 : -1, false);
      this.#nudged[side] = REPEAT;
    } else if (Math.abs(push) < LET_GO) this.#nudged[side] = 0;
  }

  /** Look and pinch: a pinch that points at nothing goes to the station one looks at. */
  #look(pointer: Pointer): void {
    const { player } = this.parts;
    if (pointer.device !== "hand") return;
    this.#gaze.origin.copy(player.headPosition);
    this.#gaze.direction.set(0, 0, -1).applyQuaternion(player.headTurn);
    if (this.#gaze.direction.y < -0.12) this.#steering.towards(this.#gaze);
  }
}
