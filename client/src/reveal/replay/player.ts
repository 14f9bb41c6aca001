import { BufferAttribute, BufferGeometry, Group, Line, LineBasicMaterial, Matrix4, Mesh, MeshStandardMaterial, Quaternion, SphereGeometry, Vector3 } from "three";
import { createStage, type Stage } from "../../world/stage";
import { RoomScreens } from "../../ui/scene/room-screens";
import { World } from "../../world/world";
import { airState } from "../../air/cabinet-state";
import type { Face, Snapshot } from "../../contract";
import type { Exposure, Replay, Shield } from "../contract";
import { indexAt } from "../timeline";
import { AirView } from "./air";
import { ReplayCamera, type CameraMode } from "./cameras";
import { Came } from "./came";
import { Lain } from "./lain";
import { States } from "./states";
import { Tracks } from "./tracks";

export type { CameraMode };

/** White light; ultraviolet, by which what lies on faces glows; or the dark, in which containers glow by what came into them. */
export type Light = "white" | "lying" | "came";

interface Told {
  tick: (tick: number) => void;
  ended: () => void;
  air: (shields: readonly Shield[]) => void;
  lying: (faces: readonly Face[], snapshot: Snapshot) => void;
}

/** Seconds of a hand's path that stay drawn. */
const TRAIL = 6;
const SIDES = ["left", "right"] as const;
const TRAIL_COLOR = { left: "#0072b2", right: "#cc79a7" } as const;

/** The room again, moved by the record: time runs as fast as one likes, stops, goes back. */
export class Player {
  tick = 0;
  playing = false;
  private speed = 1;
  /** Where playing stops by itself. */
  private until: number;
  private told = 0;
  private readonly states: States;
  private readonly tracks: Tracks;
  private readonly air: AirView;
  private readonly view: ReplayCamera;
  private readonly trails: { line: Line; ticks: readonly number[] }[] = [];
  /** What lay on faces; null where the server does not tell. */
  private readonly lain: Lain | null;
  /** What came into containers; null where the server does not tell. */
  private readonly came: Came | null;
  private cameStep = -1;
  private light: Light = "white";
  private airShown = true;
  private readonly screens: RoomScreens;
  private readonly body = new Group();
  private readonly head = new Vector3(0, 1.6, -0.6);
  private readonly headTurn = new Quaternion();
  private readonly hand = new Vector3();
  private readonly handTurn = new Quaternion();
  private readonly work = new Vector3(0, 1.05, -1.45);
  private readonly scratch = new Vector3();
  private readonly frameOf = new Matrix4();

  static async open(canvas: HTMLCanvasElement, replay: Replay, exposure: Exposure | null, told: Told): Promise<Player> {
    const stage = createStage(canvas);
    const world = await World.load(replay.scene);
    return new Player(canvas, stage, world, replay, exposure, told);
  }

  private constructor(canvas: HTMLCanvasElement, private readonly stage: Stage, private readonly world: World, private readonly replay: Replay, exposure: Exposure | null, private readonly tell: Told) {
    this.until = replay.ticks;
    this.states = new States(replay);
    this.tracks = new Tracks(replay.poses);
    this.air = new AirView(replay.shields);
    this.lain = replay.lying && replay.lying.faces.length > 0 ? new Lain(replay.lying, replay.tick_rate) : null;
    this.came = exposure && exposure.rows.length > 0 ? new Came(exposure, replay.tick_rate) : null;
    this.view = new ReplayCamera(stage.camera, canvas);
    this.screens = new RoomScreens(replay.scene, (item, part) => world.screen(item, part), world.group);
    stage.scene.add(world.group, this.air.group, this.body);
    world.markers.group.visible = false;
    world.apply(this.states.snapshot, Object.keys(this.states.snapshot.items));
    this.drawHead();
    this.drawTrails();
    this.seek(0);
    stage.run((seconds) => this.frame(seconds));
  }

  get camera(): CameraMode {
    return this.view.mode;
  }

  /** Plays or stops; playing ends at tick `until`, or with the session. */
  play(on: boolean, until = this.replay.ticks): void {
    if (on && this.tick >= this.replay.ticks) this.seek(0);
    this.until = until;
    this.playing = on;
  }

  setSpeed(speed: number): void {
    this.speed = speed;
  }

  setCamera(mode: CameraMode): void {
    this.view.mode = mode;
    this.view.jump();
  }

  showAir(on: boolean): void {
    this.airShown = on;
    this.air.group.visible = on && this.light === "white";
  }

  /** The light by which the room can be seen: that for which the server told something. */
  get lights(): readonly Light[] {
    return ["white", ...(this.lain ? ["lying" as const] : []), ...(this.came ? ["came" as const] : [])];
  }

  showBy(light: Light): void {
    this.light = light;
    // Streaks of air would outshine what is to be seen in the dark.
    this.showAir(this.airShown);
    this.world.ultraviolet(light !== "white");
    this.world.shining.clear();
    this.shine();
  }

  showTrails(on: boolean): void {
    for (const { line } of this.trails) line.visible = on;
  }

  seek(tick: number): void {
    if (tick >= this.until) this.until = this.replay.ticks;
    const far = Math.abs(tick - this.tick) > 40;
    this.tick = Math.min(Math.max(0, tick), this.replay.ticks);
    if (far) this.view.jump();
    this.show();
  }

  dispose(): void {
    this.stage.dispose();
    this.screens.dispose();
    this.world.dispose();
  }

  private frame(seconds: number): void {
    const passed = this.playing ? seconds * this.speed : 0;
    if (this.playing) {
      this.tick = Math.min(this.until, this.tick + passed * this.replay.tick_rate);
      this.show();
      if (this.tick >= this.until) {
        this.playing = false;
        this.tell.ended();
      }
    }
    this.air.frame(this.tick, passed, this.find, this.scratch);
    if (this.air.active.length !== this.told || this.playing) this.tell.air(this.air.active);
    this.told = this.air.active.length;
    this.world.frame(seconds);
    this.stage.darken(this.world.dusk);
    this.screens.frame(this.itemFrame);
    this.body.visible = this.view.mode === "free";
    this.view.frame(seconds, this.head, this.headTurn, this.work);
  }

  /** Brings room, hands, head and trails to the tick. */
  private show(): void {
    const changed = this.states.seek(this.tick);
    if (changed.size > 0) this.world.apply(this.states.snapshot, changed);
    this.screens.set(this.states.snapshot.panels);
    this.air.speed = airState(this.states.snapshot.panels.cabinet).speed;
    if (this.tracks.at("head", this.tick, this.head, this.headTurn)) {
      this.body.position.copy(this.head);
      this.body.quaternion.copy(this.headTurn);
    }
    let seen = 0;
    for (const side of SIDES) {
      const visible = this.tracks.at(side, this.tick, this.hand, this.handTurn);
      this.world.hand(side, this.hand, this.handTurn, visible, this.head, this.headTurn);
      if (!visible) continue;
      seen += 1;
      if (seen === 1) this.work.copy(this.hand);
      else this.work.lerp(this.hand, 0.5);
    }
    for (const { line, ticks } of this.trails) {
      const end = indexAt(ticks, this.tick) + 1;
      const start = Math.max(0, indexAt(ticks, this.tick - TRAIL * this.replay.tick_rate));
      line.geometry.setDrawRange(start, Math.max(0, end - start));
    }
    const changes = this.light === "lying" ? this.lain?.at(this.tick) : this.light === "came" && this.came?.step(this.tick) !== this.cameStep;
    if (changes) this.shine();
    this.tell.tick(this.tick);
  }

  private shine(): void {
    if (this.light === "came" && this.came) {
      this.cameStep = this.came.step(this.tick);
      this.world.shining.heat(this.came.at(this.tick));
    }
    if (this.light !== "lying") return;
    this.lain?.at(this.tick);
    const faces = this.lain?.now ?? [];
    this.world.shining.show(faces);
    this.tell.lying(faces, this.states.snapshot);
  }

  private readonly itemFrame = (id: string, out: Matrix4): boolean => this.world.frameOf(id, out);

  private readonly find = (id: string, out: Vector3): boolean => {
    if (id === "hand:left" || id === "hand:right") return this.tracks.at(id === "hand:left" ? "left" : "right", this.tick, out, this.handTurn);
    if (!this.world.frameOf(id, this.frameOf)) return false;
    out.setFromMatrixPosition(this.frameOf);
    return true;
  };

  private drawTrails(): void {
    for (const side of SIDES) {
      const { positions, ticks } = this.tracks.line(side);
      const geometry = new BufferGeometry();
      geometry.setAttribute("position", new BufferAttribute(positions, 3));
      const line = new Line(geometry, new LineBasicMaterial({ color: TRAIL_COLOR[side], transparent: true, opacity: 0.9 }));
      line.frustumCulled = false;
      line.renderOrder = 7;
      this.trails.push({ line, ticks });
      this.stage.scene.add(line);
    }
  }

  /** A hood and goggles, seen only when one looks from outside. */
  private drawHead(): void {
    const hood = new Mesh(new SphereGeometry(0.12, 24, 16), new MeshStandardMaterial({ color: 0xf4f7f8, roughness: 0.9 }));
    hood.scale.set(0.9, 1.15, 1);
    const goggles = new Mesh(new SphereGeometry(0.07, 20, 12), new MeshStandardMaterial({ color: 0x35505e, roughness: 0.25 }));
    goggles.position.set(0, 0.01, -0.075);
    goggles.scale.set(1.05, 0.5, 0.6);
    this.body.add(hood, goggles);
  }
}
