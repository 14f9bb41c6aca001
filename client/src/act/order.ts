import type { Affordance, SceneSpec, Side, Snapshot, Vec3, Verb } from "../contract";

/** What is never done by one press, however obvious: it is chosen from the menu, in words. */
const CHOSEN_ONLY: ReadonlySet<Verb> = new Set(["touch", "drop", "doff"]);

/**
 * What one press does: the first offer that is possible now, or, where none is, the first with its reason why not. A
 * pointer that is a hand of its own takes only offers for that hand; any other the hand the person prefers, where the
 * server offers the same for both.
 */
export function firstOf(list: readonly Affordance[], side: Side | null, preferred: Side): Affordance | null {
  // Asked every frame for what is pointed at: plain loops, nothing built.
  const only = side !== null && has(list, side) ? side : null;
  const first = pressed(list, only, true) ?? pressed(list, only, false);
  if (!first || side !== null || first.hand === null || first.hand === preferred) return first;
  for (let n = 0; n < list.length; n++) {
    const offer = list[n];
    if (offer?.verb === first.verb && offer.part === first.part && offer.hand === preferred) return offer.why_not === null ? offer : first;
  }
  return first;
}

function has(list: readonly Affordance[], side: Side): boolean {
  for (let n = 0; n < list.length; n++) if (list[n]?.hand === side || list[n]?.hand === null) return true;
  return false;
}

/** The first offer one press may do, for one hand (or any), possible now or not. */
function pressed(list: readonly Affordance[], side: Side | null, possible: boolean): Affordance | null {
  for (let n = 0; n < list.length; n++) {
    const offer = list[n];
    if (!offer || CHOSEN_ONLY.has(offer.verb) || (possible && offer.why_not !== null)) continue;
    if (side === null || offer.hand === side || offer.hand === null) return offer;
  }
  return null;
}

/** The offer that takes hold of a thing (squeeze, pinch), or null. */
export function takeOf(list: readonly Affordance[], side: Side): Affordance | null {
  return possible(list, "take", side);
}

/** The offer that puts down what a hand holds, or null. */
export function placeOf(list: readonly Affordance[], side: Side): Affordance | null {
  return possible(list, "place", side);
}

function possible(list: readonly Affordance[], verb: Verb, side: Side): Affordance | null {
  for (let n = 0; n < list.length; n++) {
    const offer = list[n];
    if (offer?.verb === verb && offer.hand === side && offer.why_not === null) return offer;
  }
  return null;
}

/**
 * The order in which Tab walks: what can be acted on now, things first (nearest row first, left to right as the person
 * stands), then hands, then surfaces; what is blocked follows its own kind.
 */
export function reachOrder(snapshot: Snapshot, scene: SceneSpec): string[] {
  const ids = Object.keys(snapshot.affordances).filter((id) => (snapshot.affordances[id]?.length ?? 0) > 0);
  const station = scene.stations[snapshot.station];
  const yaw = station?.yaw ?? 0;
  const at = station?.at ?? [0, 0, 0];
  const rank = (id: string): number[] => {
    const blocked = (snapshot.affordances[id] ?? []).every((offer) => offer.why_not !== null) ? 1 : 0;
    if (id.startsWith("hand:")) return [2, blocked, id === "hand:left" ? 0 : 1];
    if (id.startsWith("surface:")) return [3, blocked];
    const item = snapshot.items[id];
    if (!item) return [4, blocked];
    const held = item.where.startsWith("hand:") ? 1 : 0;
    const [ahead, across] = asSeen(item.at, at, yaw);
    // What hangs on a wall or lies behind the person comes after the work before them.
    const aside = ahead < 0.05 || Math.abs(across) > 0.8 ? 1 : 0;
    return [held, blocked, aside, Math.round(ahead / 0.06), across];
  };
  const ranks = new Map(ids.map((id) => [id, rank(id)]));
  return ids.sort((a, b) => {
    const left = ranks.get(a) ?? [];
    const right = ranks.get(b) ?? [];
    for (let n = 0; n < Math.max(left.length, right.length); n++) {
      const difference = (left[n] ?? 0) - (right[n] ?? 0);
      if (difference !== 0) return difference;
    }
    return a.localeCompare(b, undefined, { numeric: true });
  });
}

/** How far ahead of a person and how far to their right a point lies, in metres. */
export function asSeen(point: Readonly<Vec3>, stand: Readonly<Vec3>, yaw: number): [ahead: number, across: number] {
  const dx = point[0] - stand[0];
  const dz = point[2] - stand[2];
  return [-dx * Math.sin(yaw) - dz * Math.cos(yaw), dx * Math.cos(yaw) - dz * Math.sin(yaw)];
}
