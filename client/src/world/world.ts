import { type BufferGeometry, Group, LinearFilter, type Matrix4, PointLight, type Quaternion, SRGBColorSpace, type Texture, TextureLoader, Vector3 } from "three";
import type { SceneSpec, Side, Snapshot } from "../contract";
import { Batches } from "./batches";
import { GloveHands } from "./hands";
import { ItemField } from "./items";
import { LabelAtlas } from "./labels";
import { StationMarkers } from "./markers";
import { loadModel, type Model, modelReader, screenStandIn } from "./model";
import { accentuate, ULTRAVIOLET } from "./materials";
import { Sash } from "./sash";
import { BlobShadows } from "./shadows";
import { Shining } from "./shining";
import { SurfaceCue } from "./surface-cue";
import { Thing } from "./thing";

const UP = new Vector3(0, 1, 0);
const SHADOWS = 128;
/** How strongly the next thing to act on is outlined (1 is pointed at), and by how much that comes and goes. */
const CUED = 0.8;
const BREATH = 0.14;
/** Seconds in which the light becomes ultraviolet, or white again. */
const DUSK = 0.4;

/**
 * The room with everything in it, drawn from a scene and its snapshots: the same for training and for the replay.
 * Add `group` to a scene, call `apply` on every snapshot or update, `hand` for each hand, and `frame` before drawing.
 */
export class World {
  readonly group = new Group();
  readonly markers: StationMarkers;
  readonly hands: GloveHands;
  readonly items: ItemField;
  readonly #fixed = new Map<string, Thing>();
  readonly #shadows = new BlobShadows(SHADOWS);
  readonly #pulse = { id: null as string | null, time: 0 };
  readonly #surfaceCue: SurfaceCue;
  readonly #sash: Sash | null;
  /** What lies on things, once the light is ultraviolet. */
  readonly shining: Shining;
  #hover: string | null = null;
  #calm = false;
  #dusk = 0;

  static async load(scene: SceneSpec): Promise<World> {
    const [load] = await Promise.all([modelReader(), document.fonts.ready]);
    const models = await Promise.all(Object.entries(scene.models).map(([kind, spec]) => loadModel(kind, spec, load, kind === scene.room.kind)));
    const world = new World(scene, new Map(models.map((model) => [model.kind, model])));
    const picture = await roomLight(scene.models[scene.room.kind]?.light ?? null);
    if (picture) world.#batches.lightBy(picture);
    return world;
  }

  constructor(readonly scene: SceneSpec, readonly models: ReadonlyMap<string, Model>) {
    const batches = new Batches(models.values(), this.#atlas.texture, this.group);
    this.#batches = batches;
    this.markers = new StationMarkers(scene);
    this.hands = new GloveHands(models, batches, this.#atlas);
    this.items = new ItemField(scene, models, batches, this.#atlas);
    this.#surfaceCue = new SurfaceCue(scene);
    this.group.add(this.#shadows.mesh, this.markers.group, this.#surfaceCue.mesh);
    this.#furnish();
    this.shining = new Shining(this, scene);
    this.#sash = Sash.of(scene, (id) => this.#fixed.get(id));
  }

  /** Everything that can be pointed at or acted on. */
  get things(): readonly Thing[] {
    return this.items.things;
  }

  /** Less motion: nothing glides or breathes. More contrast: what is lit up takes the full accent colour. */
  show({ calm, contrast }: { calm: boolean; contrast: boolean }): void {
    this.#calm = this.items.calm = calm;
    accentuate(contrast);
    this.markers.contrast(contrast);
    this.#surfaceCue.contrast(contrast);
  }

  readonly #atlas = new LabelAtlas();
  readonly #batches: Batches;

  /** Room and equipment stand where the scene says; what is an item too is drawn once, as equipment. */
  #furnish(): void {
    const room = this.models.get(this.scene.room.kind);
    if (room) this.#stand("room", room, [0, 0, 0], 0);
    for (const { id, kind, at, yaw } of this.scene.equipment) {
      const model = this.models.get(kind);
      if (model) this.#stand(id, model, at, yaw);
      if (kind === "cabinet") this.group.add(cabinetLamp(at));
    }
  }

  #stand(id: string, model: Model, at: readonly [number, number, number], yaw: number): void {
    const thing = new Thing(id, model, this.#batches, this.#atlas);
    thing.position.set(...at);
    thing.quaternion.setFromAxisAngle(UP, yaw);
    thing.look({}, model.spec.title ?? id);
    this.#fixed.set(id, thing);
    this.items.things.push(thing);
  }

  thing(id: string): Thing | undefined {
    return this.#fixed.get(id) ?? this.items.thing(id);
  }

  apply(snapshot: Snapshot, changed: Iterable<string>): void {
    const loose: string[] = [];
    for (const id of changed) {
      const fixed = this.#fixed.get(id);
      const item = snapshot.items[id];
      if (fixed && item) fixed.look(item.look, item.name);
      else if (!fixed) loose.push(id);
    }
    this.items.apply(snapshot, loose);
    this.markers.stand(snapshot.station);
    this.#sash?.set(snapshot.panels.cabinet?.sash);
  }

  /** Where a hand is: centre of the palm, in the room; a hidden one keeps what it holds. The arm comes from below the head. */
  hand(side: Side, at: Vector3, turn: Quaternion, visible: boolean, eyes: Vector3, headTurn: Quaternion): void {
    this.hands.place(side, at, turn, visible, eyes, headTurn);
  }

  /** Turns the light to ultraviolet, or back to white. */
  ultraviolet(on: boolean): void {
    this.#dusk = on ? 1 : 0;
  }

  /** How far the light is ultraviolet, 0 to 1. */
  get dusk(): number {
    return ULTRAVIOLET.value;
  }

  frame(seconds: number): void {
    const change = this.#dusk - ULTRAVIOLET.value;
    if (change !== 0) ULTRAVIOLET.value += this.#calm ? change : Math.sign(change) * Math.min(Math.abs(change), seconds / DUSK);
    this.#shadows.begin();
    for (const { position, model } of this.#fixed.values()) {
      if (position.y < 0.2 && model.kind !== this.scene.room.kind) this.#shadows.add(position.x, 0.004, position.z, 1.7, 1.5, 0, 0.4);
    }
    this.items.frame(seconds, this.hands.palms, this.#shadows);
    this.#shadows.end();
    this.#sash?.frame(seconds, this.#calm);
    this.#beat(seconds);
  }

  /** Lights up what is pointed at. */
  hover(id: string | null): void {
    if (id === this.#hover) return;
    this.#lift(this.#hover, 0);
    this.#hover = id;
    this.#lift(id, 1);
  }

  /**
   * A quiet outline on the next thing to act on (guided mode): an item, "hand:left", "surface:worktop" or "station:desk";
   * `station` is where it is, when that is another one than the trainee's own.
   */
  cue(id: string | null, station: string | null = null): void {
    this.markers.cue(station);
    this.#surfaceCue.show(id?.startsWith("surface:") ? id.slice(8) : null);
    if (id === this.#pulse.id) return;
    if (this.#pulse.id !== this.#hover) this.#lift(this.#pulse.id, 0);
    this.#pulse.id = id;
    this.#pulse.time = 0;
  }

  #beat(seconds: number): void {
    const { id } = this.#pulse;
    this.#pulse.time += seconds;
    const breath = this.#calm ? 0 : Math.sin(this.#pulse.time * 2.2);
    this.markers.beat(breath);
    this.#surfaceCue.beat(breath);
    if (id !== null && id !== this.#hover) this.#lift(id, CUED + BREATH * breath);
  }

  #lift(id: string | null, lift: number): void {
    if (id === null) return;
    if (id.startsWith("hand:")) {
      this.hands.lift(id.slice(5) as Side, lift);
      return;
    }
    const thing = this.thing(id);
    if (!thing || thing.lift === lift) return;
    thing.lift = lift;
    thing.tint();
  }

  /** The frame of a thing: origin in the middle of its base. False if there is no such thing. */
  frameOf(id: string, out: Matrix4): boolean {
    const thing = this.thing(id);
    if (thing) out.copy(thing.frame);
    return thing !== undefined;
  }

  /** The face of a thing that carries text, in the thing's frame, with UVs 0..1 (v up); null if it has none. */
  screen(id: string, part: string): BufferGeometry | null {
    const model = this.thing(id)?.model;
    if (!model) return null;
    return model.shapes.find((shape) => shape.part === part && shape.layer === "screen")?.geometry ?? screenStandIn(model.spec, part);
  }

  dispose(): void {
    ULTRAVIOLET.value = 0;
    this.items.dispose();
    this.hands.dispose();
    this.markers.dispose();
    this.#surfaceCue.dispose();
    this.#shadows.dispose();
    this.#batches.dispose();
    this.#atlas.dispose();
    for (const model of this.models.values()) for (const { geometry } of model.shapes) geometry.dispose();
  }
}

/** The picture of a room's light; null where there is none, and the room keeps the shade of its vertices. */
async function roomLight(url: string | null): Promise<Texture | null> {
  if (!url) return null;
  try {
    const texture = await new TextureLoader().loadAsync(url);
    texture.colorSpace = SRGBColorSpace;
    texture.flipY = false;
    texture.generateMipmaps = false;
    texture.minFilter = LinearFilter;
    return texture;
  } catch {
    return null;
  }
}

/** The tube behind the sash: the work is the brightest place of the room. Metres in the cabinet's frame, above the work. */
function cabinetLamp(at: readonly [number, number, number]): PointLight {
  const lamp = new PointLight(0xffffff, 1.1, 1.6, 1.2);
  lamp.position.set(at[0], at[1] + 1.52, at[2] + 0.12);
  return lamp;
}
