import { type Face, type SceneSpec, SIDES } from "../contract";
import { WHOLLY } from "./materials";
import { SLEEVE } from "./model";
import { level } from "./scale";
import type { Thing } from "./thing";
import type { World } from "./world";

/** Which model carries a surface, and what the surface is called there. */
function surfaceOf(owner: string, scene: SceneSpec, world: World): readonly [thing: Thing | undefined, part: string] {
  const on = scene.surfaces[owner]?.equipment ?? "room";
  const thing = world.thing(on);
  if (!thing || thing.model.parts.has(owner)) return [thing, owner];
  return [thing, owner.replace(`${thing.model.kind}-`, "")];
}

/** Lights up what lies on things, as an ultraviolet lamp does with a tracer. Nothing that is not named keeps its shine. */
export class Shining {
  #lit = new Set<Thing>();

  constructor(private readonly world: World, private readonly scene: SceneSpec) {}

  show(faces: readonly Face[]): void {
    for (const thing of this.#lit) thing.fade();
    this.#lit = new Set();
    for (const [owner, part, cfu] of faces) {
      const strength = level(cfu);
      if (strength > 0) this.#light(owner, part, strength);
    }
  }

  /** Lights up whole things, each by so much from 0 to 1. */
  heat(things: readonly { item: string; level: number }[]): void {
    this.show([]);
    for (const { item, level: strength } of things) {
      const thing = this.world.thing(item);
      if (!thing) continue;
      this.#lit.add(thing);
      for (const part of thing.model.parts.keys()) thing.shine(part, WHOLLY + strength);
    }
  }

  clear(): void {
    this.show([]);
  }

  #light(owner: string, part: string, strength: number): void {
    if (owner.startsWith("hand:") || owner === SLEEVE) {
      for (const side of SIDES) if (owner === SLEEVE || owner === `hand:${side}`) this.#glove(side, owner === SLEEVE, strength);
      return;
    }
    // The body of furniture is more than the spot that was touched: inside and outside would light up alike.
    if (part === "body" && this.scene.equipment.some(({ id }) => id === owner)) return;
    const item = this.world.thing(owner);
    const [thing, name] = item ? [item, part] : surfaceOf(owner, this.scene, this.world);
    if (!thing) return;
    this.#lit.add(thing);
    thing.shine(name, strength);
  }

  /** A glove is one face in whatever shape the fingers are; the cuff is part of it, the sleeve is not. */
  #glove(side: (typeof SIDES)[number], sleeve: boolean, strength: number): void {
    const glove = this.world.hands.glove(side);
    if (!glove) return;
    this.#lit.add(glove);
    for (const part of glove.model.parts.keys()) if ((part === SLEEVE) === sleeve) glove.shine(part, strength);
  }
}
