import { type Group, Matrix4, type Ray, Vector3 } from "three";
import { type Side, SIDES } from "../contract";
import { Pinch } from "../input/xr-hand";
import { Tracked } from "../input/xr-tracked";
import type { SettingsStore } from "../ui/settings";
import type { Player } from "../view/player";
import { Rays } from "../view/rays";
import { Steering } from "../view/steering";
import { Vignette } from "../view/vignette";
import type { Stage } from "../world/stage";
import type { World } from "../world/world";
import type { WalkScene } from "./contract";

/** How far a beam is drawn that meets nothing, metres. */
const FAR = 4;

interface Parts {
  stage: Stage;
  player: Player;
  settings: SettingsStore;
  scene: () => WalkScene;
  world: () => World;
  /** What a ray points at lights up; how far it is, or null. */
  point: (ray: Ray) => number | null;
  press: (ray: Ray) => void;
  goTo: (station: string) => void;
  ended: () => void;
}

export type Reality = "immersive-vr" | "immersive-ar";

/** Walking about in a headset: the same marks, signs and sticks as in play, with nothing to hold. */
export class WalkHeadset {
  readonly #rays = new Rays();
  readonly #vignette: Vignette;
  readonly #steering: Steering;
  readonly #tracked: Record<Side, Tracked> = { left: new Tracked(), right: new Tracked() };
  readonly #pinch: Record<Side, Pinch> = { left: new Pinch(), right: new Pinch() };
  readonly #down: Record<Side, boolean> = { left: false, right: false };
  readonly #eyes = new Vector3();
  #session: XRSession | null = null;
  #reality: Reality = "immersive-vr";

  constructor(private readonly parts: Parts) {
    const { stage, player, settings, scene, goTo } = parts;
    this.#vignette = new Vignette(stage.camera);
    this.#steering = new Steering({ scene, player, settings, vignette: this.#vignette, goTo });
    stage.scene.add(this.#rays.mesh);
  }

  async offers(reality: Reality): Promise<boolean> {
    return (await navigator.xr?.isSessionSupported(reality).catch(() => false)) ?? false;
  }

  /** The reality that is worn now; null on a screen. */
  get worn(): Reality | null {
    return this.#session ? this.#reality : null;
  }

  async enter(reality: Reality): Promise<void> {
    const { stage } = this.parts;
    if (this.#session || !navigator.xr) return;
    const session = await navigator.xr.requestSession(reality, { requiredFeatures: ["local-floor"], optionalFeatures: ["hand-tracking"] });
    this.#session = session;
    this.#reality = reality;
    session.addEventListener("end", () => { this.#ended(); });
    await stage.renderer.compileAsync(stage.scene, stage.camera);
    await stage.renderer.xr.setSession(session);
  }

  async leave(): Promise<void> {
    await this.#session?.end();
  }

  #ended(): void {
    this.#session = null;
    this.#rays.hide();
    this.#vignette.hide();
    for (const side of SIDES) this.parts.world().hand(side, this.#eyes, this.parts.player.headTurn, false, this.#eyes, this.parts.player.headTurn);
    this.parts.ended();
  }

  /** Every frame, after the head is known. */
  frame(seconds: number): void {
    const { renderer, rig } = this.parts.stage;
    const frame = this.#session ? renderer.xr.getFrame() : null;
    const space = renderer.xr.getReferenceSpace();
    if (!frame || !space) return;
    this.#rays.begin();
    const seen: Record<Side, boolean> = { left: false, right: false };
    for (const source of this.#session?.inputSources ?? []) {
      const side: Side = source.handedness === "left" ? "left" : "right";
      if ((!source.hand && !source.gripSpace) || seen[side]) continue;
      seen[side] = this.#use(side, source, frame, space, rig);
    }
    for (const side of SIDES) this.#draw(side, seen[side]);
    this.#rays.end();
    this.#vignette.frame(seconds);
  }

  #use(side: Side, source: XRInputSource, frame: XRFrame, space: XRReferenceSpace, rig: Group): boolean {
    const tracked = this.#tracked[side];
    if (!tracked.locate(source, frame, space, matrix.copy(rig.matrixWorld))) return false;
    if (tracked.points) this.#rays.add(tracked.ray, this.parts.point(tracked.ray) ?? FAR);
    if (source.hand) {
      if (this.#pinch[side].update(tracked.thumb.distanceTo(tracked.index)) === "start") this.parts.press(tracked.ray);
      return true;
    }
    const pad = source.gamepad;
    const down = (pad?.buttons[0]?.pressed ?? false) || (pad?.buttons[1]?.pressed ?? false);
    if (down && !this.#down[side]) this.parts.press(tracked.ray);
    this.#down[side] = down;
    if (pad) this.#steering.steer(side, pad.axes[2] ?? pad.axes[0] ?? 0, pad.axes[3] ?? pad.axes[1] ?? 0, tracked.ray);
    return true;
  }

  #draw(side: Side, seen: boolean): void {
    const { player } = this.parts;
    const { palm, turn } = this.#tracked[side];
    this.parts.world().hand(side, palm, turn, seen, player.headPosition, player.headTurn);
  }
}

const matrix = new Matrix4();
