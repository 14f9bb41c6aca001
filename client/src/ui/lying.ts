import type { Face, SceneSpec, Snapshot } from "../contract";
import { significant } from "../i18n/format";
import { t } from "../i18n/text";
import { FLUORESCENCE } from "../world/prints";
import { REFERENCE, SCALE } from "../world/scale";
import { h } from "./dom";
import { sentence, targetName } from "./names";

/** Faces named in words beside the gloves. */
const MOST = 3;

const hex = (r: number, g: number, b: number): string => `rgb(${[r, g, b].map((n) => Math.round(n * 255)).join(" ")})`;

/** The scale of the ultraviolet view, with its steps in multiples of what a glove brings through the door. */
export const uvScale = (): HTMLElement =>
  scale(SCALE.map(scaleWord), t("uv.scale", { low: scaleWord(SCALE[0]!), high: scaleWord(SCALE.at(-1)!) }));

/** The scale of what came into containers, beside the most of the run. */
export const cameScale = (): HTMLElement => scale(["≤ 1/10⁶", "1/10⁴", "1/100", t("reveal.heat.most")], t("uv.scale", { low: "1/1000000", high: t("reveal.heat.most") }));

function scale(steps: readonly string[], label: string): HTMLElement {
  const stops = FLUORESCENCE.map(([at, r, g, b]) => `${hex(r, g, b)} ${at * 100}%`).join(", ");
  return h(
    "div",
    { class: "uv-scale", role: "img", "aria-label": label },
    h("div", { class: "uv-ramp", style: `background: linear-gradient(to right, ${stops})` }),
    h("div", { class: "uv-steps" }, ...steps.map((step) => h("span", {}, step))),
  );
}

const scaleWord = (value: number): string => (value < 1 ? `1/${Math.round(1 / value)}` : String(value));

/** What a face is called: its owner, and the part where the owner has several. */
export function faceName([owner, part]: Face, scene: SceneSpec, snapshot: Snapshot): string {
  if (owner === "sleeve") return t("uv.sleeve");
  const whole = owner in scene.surfaces || owner.startsWith("hand:") || ["", "body", "outer", "surface", "glove"].includes(part);
  const name = sentence(targetName(owner, scene, snapshot));
  return whole ? name : `${name}: ${scene.text[`part.${part}`] ?? sentence(part).toLowerCase()}`;
}

/** Whether a thing or surface is at the cabinet or in a hand. Floor, trolley and desk carry much all the time: that is no news. */
function isInWork(owner: string, scene: SceneSpec, snapshot: Snapshot): boolean {
  const item = snapshot.items[owner];
  if (!item) return scene.surfaces[owner]?.equipment === "cabinet";
  const [relation, where = ""] = item.where.split(":");
  if (relation === "in") return isInWork(where, scene, snapshot);
  return relation === "hand" || (relation === "surface" && scene.surfaces[where]?.equipment === "cabinet");
}

/** The gloves, then those faces of the sleeves and of what is in work on which most lies, each with how many times the reference. */
export function worstFaces(faces: readonly Face[], scene: SceneSpec, snapshot: Snapshot): { name: string; times: string }[] {
  const sorted = [...faces].sort(([, , a], [, , b]) => b - a);
  const isGlove = ([owner]: Face): boolean => owner.startsWith("hand:");
  const inWork = ([owner]: Face): boolean => owner === "sleeve" || isInWork(owner, scene, snapshot);
  return [...sorted.filter(isGlove), ...sorted.filter((face) => !isGlove(face) && inWork(face)).slice(0, MOST)].map((face) => ({ name: faceName(face, scene, snapshot), times: `× ${significant(face[2] / REFERENCE)}` }));
}

export function worstList(faces: readonly Face[], scene: SceneSpec, snapshot: Snapshot): HTMLElement {
  const found = worstFaces(faces, scene, snapshot);
  if (found.length === 0) return h("p", { class: "soft small" }, t("uv.nothing"));
  return h("ul", { class: "uv-worst", "aria-label": t("uv.worst") }, ...found.map(({ name, times }) => h("li", {}, h("span", {}, name), h("strong", {}, times))));
}
