import { Raycaster, Vector2 } from "three";
import type { Snapshot } from "../contract";
import type { SettingsStore } from "../ui/settings";
import { Sounds } from "../ui/sound";
import { Player } from "../view/player";
import { createStage, type Stage } from "../world/stage";
import { World } from "../world/world";
import type { Lead, WalkScene } from "./contract";
import { DoorSigns } from "./door-signs";
import { type Seen, Sight } from "./sight";
import { type Reality, WalkHeadset } from "./walk-headset";

/** A pointer that moves farther than this drags, CSS pixels; radians of view for one pixel of dragging. */
const DRAG = 8;
const TURN = 0.0042;
/** Radians for one press of an arrow key. */
const KEY = Math.PI / 15;

/** What the page around the picture is told, and says. */
export interface WalkPage {
  /** The room stands, or somebody went to another station. */
  stands(scene: WalkScene, station: string): void;
  loading(title: string | null): void;
  failed(again: () => void): void;
  /** What is pointed at, where on the page; null for nothing. */
  names(name: string | null, first: string, at: { x: number; y: number } | null): void;
  /** Somebody pressed a thing that stands there. */
  chosen(kind: string, title: string): void;
  said(what: "door" | "steps" | "air" | "cabinet"): void;
}

/** One room with a person in it. */
interface Standing {
  scene: WalkScene;
  world: World;
  signs: DoorSigns;
  sight: Sight;
}

/** A walk through the rooms of the plant: no session, nothing to do but look. */
export class Walk {
  readonly sounds: Sounds;
  readonly headset: WalkHeadset;
  readonly #stage: Stage;
  readonly #player: Player;
  #standing: Standing | null = null;
  #frames = 0;
  #seen: Seen | null = null;
  #entering = false;
  #pointer: { x: number; y: number } | null = null;
  readonly #caster = new Raycaster();

  constructor(private readonly canvas: HTMLCanvasElement, private readonly page: WalkPage, private readonly settings: SettingsStore) {
    const stage = createStage(canvas);
    this.#stage = stage;
    this.sounds = new Sounds(settings.value.sound);
    this.#player = new Player(stage.rig, stage.camera, stage.renderer, EMPTY, () => settings.value.seated);
    this.headset = new WalkHeadset({
      stage, player: this.#player, settings,
      scene: () => this.#standing?.scene ?? EMPTY,
      world: () => this.#here.world,
      point: (ray) => {
        const seen = this.#standing?.sight.meet(ray) ?? null;
        if (seen) this.#light(seen);
        return seen?.distance ?? null;
      },
      press: (ray) => { this.#press(this.#standing?.sight.meet(ray) ?? null); },
      goTo: (station) => { this.goTo(station); },
      ended: () => { this.#shell(true); },
    });
    this.#listen();
    stage.run((seconds) => { this.#frame(seconds); });
  }

  get #here(): Standing {
    if (!this.#standing) throw new Error("no room stands yet");
    return this.#standing;
  }

  get station(): string {
    return this.#player.station;
  }

  /** Goes into a room, by one of its doors or to its first station, and takes down the one before. */
  async enter(address: string, door: string | null): Promise<void> {
    if (this.#entering) return;
    this.#entering = true;
    this.page.loading(null);
    try {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(String(answer.status));
      const scene = (await answer.json()) as WalkScene;
      this.page.loading(scene.title);
      const world = await World.load(scene);
      this.#takeDown();
      this.#build(scene, world, door);
      await this.#stage.renderer.compileAsync(this.#stage.scene, this.#stage.camera);
      this.page.stands(scene, this.station);
    } catch {
      this.page.failed(() => void this.enter(address, door));
    } finally {
      this.#entering = false;
    }
  }

  #build(scene: WalkScene, world: World, door: string | null): void {
    const signs = new DoorSigns(scene);
    const standing = new Set(scene.equipment.map(({ id }) => id));
    this.#standing = { scene, world, signs, sight: new Sight(world, signs, standing) };
    world.show({ calm: this.settings.value.reducedMotion, contrast: this.settings.value.contrast });
    this.#stage.scene.add(world.group, signs.group);
    this.#stand(firstOf(scene, door));
    const hums = scene.equipment.some(({ kind }) => kind === "cabinet");
    this.sounds.setHum(hums);
    this.sounds.setAir(true);
    this.page.said(hums ? "cabinet" : "air");
    this.#shell(this.headset.worn !== "immersive-ar");
  }

  #takeDown(): void {
    const standing = this.#standing;
    if (!standing) return;
    this.#light(null);
    this.#stage.scene.remove(standing.world.group, standing.signs.group);
    standing.world.dispose();
    standing.signs.dispose();
    this.#standing = null;
  }

  #stand(station: string): void {
    const { world, scene } = this.#here;
    this.#player.enter(scene, station);
    world.apply({ ...NOTHING, station }, []);
  }

  goTo(station: string): void {
    const { scene } = this.#here;
    if (!scene.stations[station]) return;
    if (station !== this.station) {
      this.sounds.steps();
      this.page.said("steps");
    }
    this.#stand(station);
    this.page.stands(scene, station);
  }

  through(lead: Lead): void {
    this.sounds.door();
    this.page.said("door");
    void this.enter(lead.scene, lead.door);
  }

  async wear(reality: Reality): Promise<void> {
    await this.headset.enter(reality);
    this.#shell(reality !== "immersive-ar");
  }

  /** The room's own walls give way to those of the person's room. */
  #shell(shown: boolean): void {
    const shell = this.#standing?.world.thing("room");
    if (!shell) return;
    shell.visible = shown;
    shell.write();
    this.#stage.open(!shown);
  }

  #listen(): void {
    const { canvas } = this;
    let start: { x: number; y: number } | null = null;
    let last = { x: 0, y: 0 };
    let dragged = false;
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !event.isPrimary) return;
      canvas.setPointerCapture(event.pointerId);
      canvas.focus({ preventScroll: true });
      start = last = { x: event.clientX, y: event.clientY };
      dragged = false;
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!event.isPrimary) return;
      this.#pointer = { x: event.clientX, y: event.clientY };
      if (!start) return;
      if (Math.hypot(event.clientX - start.x, event.clientY - start.y) > DRAG) dragged = true;
      if (dragged) this.#player.look((event.clientX - last.x) * TURN, (event.clientY - last.y) * TURN);
      last = { x: event.clientX, y: event.clientY };
    });
    canvas.addEventListener("pointerup", (event) => {
      if (!start || !event.isPrimary) return;
      start = null;
      if (!dragged) this.#press(this.#under(event.clientX, event.clientY));
    });
    canvas.addEventListener("pointercancel", () => { start = null; });
    canvas.addEventListener("pointerleave", () => { this.#pointer = null; });
    addEventListener("keydown", (event) => { this.#key(event); });
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.#standing) return;
    const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (typing) return;
    if (/^[1-9]$/.test(event.key) && this.settings.value.keys) {
      const found = Object.entries(this.#here.scene.stations).find(([, { key }]) => key === Number(event.key));
      if (found) this.goTo(found[0]);
      return;
    }
    const turns: Record<string, [number, number]> = { ArrowLeft: [KEY, 0], ArrowRight: [-KEY, 0], ArrowUp: [0, KEY], ArrowDown: [0, -KEY] };
    const turn = turns[event.key];
    if (!turn || event.target !== this.canvas) return;
    event.preventDefault();
    this.#player.look(...turn);
  }

  #under(x: number, y: number): Seen | null {
    const box = this.canvas.getBoundingClientRect();
    ndc.set(((x - box.left) / box.width) * 2 - 1, 1 - ((y - box.top) / box.height) * 2);
    this.#caster.setFromCamera(ndc, this.#stage.camera);
    return this.#standing?.sight.meet(this.#caster.ray) ?? null;
  }

  #press(seen: Seen | null): void {
    if (!seen || this.#entering) return;
    if (seen.kind === "station") this.goTo(seen.id);
    else if (seen.kind === "way") this.through(seen.lead);
    else {
      const { scene } = this.#here;
      const [lead, ...others] = scene.doors[seen.id]?.leads ?? [];
      // A door with one room behind it is gone through; where there are several its signs say which.
      if (lead && others.length === 0) this.through(lead);
      else this.page.chosen(this.#kind(seen.id), this.#title(seen.id));
    }
  }

  #kind(id: string): string {
    return this.#here.scene.equipment.find((thing) => thing.id === id)?.kind ?? id;
  }

  #title(id: string): string {
    const { scene } = this.#here;
    return scene.doors[id]?.title ?? scene.models[this.#kind(id)]?.title ?? id;
  }

  #light(seen: Seen | null): void {
    if (same(seen, this.#seen)) return;
    this.#seen = seen;
    const { world, signs, scene } = this.#here;
    world.hover(seen?.kind === "thing" ? seen.id : null);
    world.markers.light(seen?.kind === "station" ? seen.id : null);
    signs.light(seen?.kind === "way" ? seen.lead : null);
    const name = !seen ? null : seen.kind === "way" ? seen.lead.title : seen.kind === "station" ? (scene.stations[seen.id]?.title ?? "") : this.#title(seen.id);
    this.page.names(name, "", this.#pointer);
  }

  #frame(seconds: number): void {
    if (!this.#standing) return;
    this.#player.frame();
    if (this.#player.inXr) this.headset.frame(seconds);
    else {
      this.#light(this.#pointer ? this.#under(this.#pointer.x, this.#pointer.y) : null);
    }
    this.#standing.world.frame(seconds);
    this.#frames += 1;
  }

  /** What a journey in a real browser may look at. Nothing here acts. */
  get seen(): WalkHook {
    const { render, memory, programs } = this.#stage.renderer.info;
    const { scene, world, signs } = this.#here;
    return {
      room: scene.room.kind,
      station: this.station,
      entering: this.#entering,
      frames: this.#frames,
      inVr: this.#player.inXr,
      worn: this.headset.worn,
      walls: world.thing("room")?.visible ?? false,
      rig: this.#stage.rig.matrixWorld.toArray(),
      standIns: [...world.models.values()].filter(({ standIn }) => standIn).map(({ kind }) => kind),
      renderer: { calls: render.calls, triangles: render.triangles, textures: memory.textures, geometries: memory.geometries, programs: programs?.length ?? 0 },
      sign: (room) => {
        const at = signs.at(room);
        return at ? { world: at.toArray(), screen: this.#player.onScreen(at) } : null;
      },
      mark: (station) => {
        const at = world.markers.at(station);
        return at ? { world: at.toArray(), screen: this.#player.onScreen(at) } : null;
      },
    };
  }
}

interface Place {
  world: number[];
  screen: { x: number; y: number } | null;
}

export interface WalkHook {
  room: string;
  station: string;
  entering: boolean;
  frames: number;
  inVr: boolean;
  worn: Reality | null;
  walls: boolean;
  rig: number[];
  /** Kinds that are drawn as boxes because their models did not come. */
  standIns: string[];
  renderer: { calls: number; triangles: number; textures: number; geometries: number; programs: number };
  sign(room: string): Place | null;
  mark(station: string): Place | null;
}

/** Where one comes in: by the door that one went through, else by any, from where the room is seen; else somewhere. */
function firstOf(scene: WalkScene, door: string | null): string {
  if (door !== null && scene.stations[door]) return door;
  const places = Object.keys(scene.stations);
  return places.find((id) => scene.doors[id]) ?? places[0] ?? "";
}

function same(a: Seen | null, b: Seen | null): boolean {
  if (!a || !b) return a === b;
  if (a.kind === "way") return b.kind === "way" && a.lead === b.lead;
  return b.kind === a.kind && a.id === b.id;
}

const ndc = new Vector2();
const NOTHING: Snapshot = {
  tick: 0, station: "", step: null, pace: 1, finished: false,
  hands: { left: { holds: null, grip: null, glove: "intact", wet: false }, right: { holds: null, grip: null, glove: "intact", wet: false } },
  items: {}, affordances: {}, panels: {}, questions: [],
};
const EMPTY: WalkScene = { module: "", title: "", room: { kind: "", size: [1, 1, 1] }, equipment: [], surfaces: {}, stations: {}, models: {}, steps: [], text: {}, doors: {} };
