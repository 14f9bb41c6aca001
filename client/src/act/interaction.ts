import { type Matrix4, Vector3 } from "three";
import type { Affordance, SceneSpec, Side, Snapshot } from "../contract";
import type { PanelPointers } from "../input/panels";
import type { Pointer } from "../input/pointer";
import type { Asking, DeviceKind, UiPort } from "../ui-port";
import { targetName } from "../ui/names";
import type { World } from "../world/world";
import type { BothHands } from "./both-hands";
import { firstOf, placeOf, takeOf } from "./order";
import type { Performer } from "./performer";
import { kept, type Picker, type Target } from "./picker";
import type { Reach } from "./reach";
import type { Strokes } from "./strokes";
import { word } from "./words";

/** How near palm or fingertips must be to touch a thing rather than point at it, metres. */
const TOUCH = 0.045;
/** Height above a surface at which a free hand, and the tip of a tool, follow a pointer. Metres. */
const HOVER = 0.05;
/** No farther than this from where they stand does a person reach, metres. */
const ARM = 1.25;
/** So much nearer must a thing be to stand before a screen, metres. */
const CLEAR = 0.02;

const NONE: readonly Affordance[] = [];

export interface InteractionParts {
  scene: SceneSpec;
  world: World;
  ui: UiPort;
  hands: BothHands;
  reach: Reach;
  picker: Picker;
  strokes: Strokes;
  performer: Performer;
  panels: PanelPointers;
  snapshot: () => Snapshot;
  preferred: () => Side;
  goTo: (station: string) => void;
  asking: (target: string, device: DeviceKind) => Asking;
}

/** One grammar for every pointer: what it points at lights up and is named; a press does the first thing offered. */
export class Interaction {
  readonly #point = new Vector3();
  readonly #palm = new Vector3();
  #lit: string | null = null;
  #named: string | null = null;
  #first: Affordance | null = null;
  #put: { targets: Pick<Target, "id" | "kind" | "at">[]; device: DeviceKind } | null = null;
  readonly #tag = { id: "", name: "", first: "" };
  readonly #surfaces: readonly string[];

  constructor(private readonly parts: InteractionParts) {
    this.#surfaces = Object.keys(parts.scene.surfaces).map((id) => `surface:${id}`);
    parts.panels.hides = (pointer, panel, distance) => this.#hides(pointer, panel, distance);
  }

  /** Whether something stands before the screen of a thing; a thing never hides its own. */
  #hides(pointer: Pointer, panel: string, distance: number): boolean {
    const met = this.parts.picker.ray(pointer.ray, this.parts.snapshot(), 0, this.#own(pointer), false, pointer.alone && !pointer.screen);
    return met !== null && met.id !== panel && met.kind !== "station" && met.distance < distance - CLEAR;
  }

  /** What is lit up now. */
  get pointedAt(): string | null {
    return this.#lit;
  }

  /** What a pointer is at: what it touches, else what its ray meets. The picker's own answer, good until it is asked again. */
  aim(pointer: Pointer): Target | null {
    const { picker, strokes } = this.parts;
    const snapshot = this.parts.snapshot();
    if (!pointer.active) return null;
    if (strokes.drawing) return picker.surface(pointer.ray, snapshot);
    const near = pointer.near ? picker.near(pointer.near, snapshot, TOUCH, pointer.side) : null;
    if (near) return near;
    return picker.ray(pointer.ray, snapshot, pointer.margin, this.#own(pointer), this.#surfacesOffer(snapshot), pointer.alone && !pointer.screen);
  }

  /** What a pointer carries is always under it: it must not hide what it is carried to. A lone device carries with both hands. */
  #own(pointer: Pointer): Side | null {
    return pointer.side ?? (pointer.screen ? this.parts.hands.active : null);
  }

  #surfacesOffer(snapshot: Snapshot): boolean {
    for (let n = 0; n < this.#surfaces.length; n++) if (snapshot.affordances[this.#surfaces[n] ?? ""]?.length) return true;
    return false;
  }

  /** Every frame for every pointer in use; the last one to point at something is the one that names it. */
  hover(pointer: Pointer): Target | null {
    const over = this.parts.panels.move(pointer);
    const target = over ? null : this.aim(pointer);
    if (pointer.screen !== null) this.#follow(pointer, target);
    this.show(target, pointer);
    return target;
  }

  show(target: Target | null, pointer: Pick<Pointer, "side" | "alone" | "screen">): void {
    const { world, ui } = this.parts;
    const id = target?.id ?? null;
    if (id !== this.#lit) {
      this.#lit = id;
      world.hover(id?.startsWith("station:") ? null : id);
      world.markers.light(id?.startsWith("station:") ? id.slice(8) : null);
    }
    const first = id === null ? null : this.offer(id, speaker(pointer));
    // Offers stay the same objects until the server changes them.
    const same = id === this.#named && first === this.#first;
    if (same && !pointer.screen) return;
    if (!same && id !== null) {
      this.#tag.id = id;
      this.#tag.name = this.name(id);
      this.#tag.first = first?.why_not ?? first?.label ?? "";
    }
    this.#named = id;
    this.#first = first;
    ui.hover(id === null || target?.kind === "surface" ? null : this.#tag, pointer.screen);
  }

  /** The held thing, or the free hand, follows the pointer on the work plane. */
  #follow(pointer: Pointer, target: Target | null): void {
    const { hands, reach, picker, scene, strokes } = this.parts;
    const snapshot = this.parts.snapshot();
    const agent = hands.agents[hands.active];
    const stand = scene.stations[snapshot.station]?.at;
    if (!pointer.active || agent.tracked || !stand || target?.kind === "station") return;
    const held = snapshot.hands[hands.active].holds;
    const inHand = target !== null && (target.kind === "hand" || snapshot.items[target.id]?.where.startsWith("hand:"));
    const at = target && !inHand ? target.at : picker.surface(pointer.ray, snapshot)?.at;
    if (!at || Math.hypot(at.x - stand[0], at.z - stand[2]) > ARM) return;
    const drawing = strokes.drawing !== null;
    const put = held !== null && placeOf(snapshot.affordances[target?.id ?? ""] ?? NONE, hands.active) !== null;
    const base = drawing || put;
    this.#point.copy(at);
    this.#point.y += (drawing ? 0 : put ? 0.012 : HOVER) + hands.lift;
    agent.follow(reach.palmFor(hands.active, snapshot, this.#point, base ? "resting" : "working", this.#palm), reach.turn(snapshot.station));
  }

  /** A thing was dragged to here: it is put down as soon as the hand has it. */
  put(pointer: Pointer): void {
    const { picker } = this.parts;
    const snapshot = this.parts.snapshot();
    // The thing itself may still lie under the finger: then the surface below it is meant.
    const targets = [
      picker.ray(pointer.ray, snapshot, pointer.margin, this.parts.hands.active, false),
      picker.surface(pointer.ray, snapshot),
    ].filter((target) => target !== null).map(kept);
    this.#put = { targets, device: pointer.device };
    this.settle();
  }

  /** After every change of the world: what was waiting for it. */
  settle(): void {
    const waiting = this.#put;
    if (!waiting) return;
    const snapshot = this.parts.snapshot();
    const side = this.parts.hands.active;
    if (snapshot.hands[side].holds === null) return;
    this.#put = null;
    for (const target of waiting.targets) {
      const into = placeOf(snapshot.affordances[target.id] ?? [], side);
      if (!into) continue;
      this.perform(target, into, waiting.device);
      return;
    }
  }

  offer(id: string, side: Side | null): Affordance | null {
    return firstOf(this.parts.snapshot().affordances[id] ?? NONE, side, this.parts.preferred());
  }

  name(id: string): string {
    const { scene } = this.parts;
    if (id.startsWith("station:")) return scene.stations[id.slice(8)]?.title ?? id;
    return targetName(id, scene, this.parts.snapshot());
  }

  /** One press: the obvious thing. */
  press(pointer: Pointer): void {
    this.#put = null;
    const target = this.aim(pointer);
    if (target) this.act(target, pointer);
  }

  act(target: Target, pointer: Pick<Pointer, "device" | "side" | "alone">): void {
    if (target.kind === "station") {
      this.parts.goTo(target.id.slice(8));
      return;
    }
    const affordance = this.offer(target.id, speaker(pointer));
    if (!affordance) {
      if (target.kind !== "surface") this.parts.ui.refused(target.id, word("nothing"));
      return;
    }
    this.perform(target, affordance, pointer.device);
  }

  perform(target: Pick<Target, "id" | "kind" | "at">, affordance: Affordance, device: DeviceKind): void {
    const spot = affordance.needs === "place" && target.kind === "surface" ? target.at.clone() : null;
    void this.parts.performer.perform({ target: target.id, affordance, device, spot });
  }

  /** The other things that can be done, in words. */
  async menu(pointer: Pointer): Promise<void> {
    const target = this.aim(pointer);
    if (target && target.kind !== "station") await this.menuOf(target, pointer.device);
  }

  async menuOf(target: Pick<Target, "id" | "kind" | "at">, device: DeviceKind): Promise<void> {
    const meant = kept(target);
    const list = this.parts.snapshot().affordances[meant.id] ?? [];
    const chosen = await this.parts.ui.showMenu(this.parts.asking(meant.id, device), list);
    if (chosen) this.perform(meant, chosen, device);
  }

  /** Takes hold of what the pointer is at (squeeze, pinch, drag); false if there is nothing to take. */
  grab(pointer: Pointer, side: Side): boolean {
    const target = this.aim(pointer);
    const snapshot = this.parts.snapshot();
    if (!target || snapshot.hands[side].holds !== null) return false;
    const take = takeOf(snapshot.affordances[target.id] ?? [], side);
    if (!take) return false;
    this.perform(target, take, pointer.device);
    return true;
  }

  /** Lets go of what a hand holds: into what is under it, or onto the surface below; it stays in the hand elsewhere. */
  release(pointer: Pointer, side: Side, palm: Readonly<Matrix4> | null = null): boolean {
    const { reach, scene, picker } = this.parts;
    const snapshot = this.parts.snapshot();
    const held = snapshot.hands[side].holds;
    if (held === null) return false;
    const base = reach.baseOf(side, snapshot, this.#point, palm);
    if (!base) return false;
    const under = picker.near(base, snapshot, 0.1, side);
    const into = under ? placeOf(snapshot.affordances[under.id] ?? [], side) : null;
    if (under && into) {
      this.perform(under, into, pointer.device);
      return true;
    }
    for (const [id, surface] of Object.entries(scene.surfaces)) {
      const above = base.y - surface.y;
      const inside = base.x >= surface.x[0] && base.x <= surface.x[1] && base.z >= surface.z[0] && base.z <= surface.z[1];
      const put = placeOf(snapshot.affordances[`surface:${id}`] ?? [], side);
      if (!inside || above < -0.08 || above > 0.3 || !put) continue;
      this.perform({ id: `surface:${id}`, kind: "surface", at: base.clone().setY(surface.y) }, put, pointer.device);
      return true;
    }
    const drop = (snapshot.affordances[`hand:${side}`] ?? []).find((offer) => offer.verb === "drop" && offer.why_not === null);
    if (!drop) {
      this.parts.ui.refused(held, word("where"));
      return false;
    }
    this.perform({ id: `hand:${side}`, kind: "hand", at: base.clone() }, drop, pointer.device);
    return true;
  }
}

/** The hand a pointer speaks for: a lone controller speaks for both. */
function speaker(pointer: Pick<Pointer, "side" | "alone">): Side | null {
  return pointer.alone ? null : pointer.side;
}
