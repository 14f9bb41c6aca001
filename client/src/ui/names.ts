import type { Affordance, SceneSpec, Side, Snapshot } from "../contract";
import { clockOfTick } from "../i18n/format";
import { t } from "../i18n/text";

export const handName = (side: Side): string => t(side === "left" ? "hand.left" : "hand.right");

/** What a target of an affordance list is called: an item, a hand, a surface, or its id in words where nobody named it. */
export function targetName(id: string, scene: SceneSpec, snapshot: Snapshot): string {
  const item = snapshot.items[id];
  if (item) return item.name;
  if (id === "hand:left") return handName("left");
  if (id === "hand:right") return handName("right");
  const bare = id.replace(/^surface:/, "");
  return scene.text[`surface.${bare}`] ?? scene.text[id] ?? sentence(bare);
}

/** Which hand does it, where the label itself does not say so. */
export function handNote(affordance: Affordance): string | null {
  if (affordance.hand === null) return null;
  const note = t(affordance.hand === "left" ? "menu.left" : "menu.right");
  return affordance.label.toLocaleLowerCase().includes(note) ? null : note;
}

export const sentence = (id: string): string => {
  const words = id.replace(/[-_:]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** A time the server wrote: a tick, or text as it stands. */
export const when = (at: number | string | null): string =>
  at === null ? "" : typeof at === "number" ? clockOfTick(at) : at;
