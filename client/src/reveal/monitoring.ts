import { t } from "../i18n/text";
import { h, svg } from "../ui/dom";
import type { Reading, Reveal } from "./contract";
import { dabbed, dish } from "./dish";
import { colonies } from "./plate-drawing";
import { relative } from "./relative";

const FINGERS = ["thumb", "index", "middle", "ring", "little"] as const;

/** What the batch's instruments read: plates with what grew on them, and the particle counter beside its limits. */
export function monitoring(reveal: Reveal): HTMLElement | null {
  const { monitoring: readings, outcome } = reveal;
  if (!readings || readings.length === 0) return null;
  return h(
    "section",
    { class: "reveal-section", id: "monitoring", "aria-labelledby": "monitoring-title" },
    h("h2", { id: "monitoring-title" }, t("reveal.monitoring")),
    h("p", {}, t("reveal.monitoring.text")),
    relative(),
    h("ul", { class: "readings" }, ...readings.map((reading) => card(reading, outcome.seed))),
  );
}

function card(reading: Reading, seed: number): HTMLElement {
  return h(
    "li",
    { class: "card reading-card" },
    picture(reading, seed),
    h("h3", {}, reading.name),
    h("p", { class: "small" }, reading.text),
    reading.exceeds ? h("span", { class: "badge major" }, t("reveal.monitoring.over")) : null,
  );
}

function picture(reading: Reading, seed: number): SVGSVGElement {
  const { instrument, place, name, text } = reading;
  if (instrument === "counter") return counts(reading);
  const label = `${name}. ${text}`;
  const { fingers } = reading;
  const grown = fingers ? dabbed(seed, place, FINGERS.map((finger) => fingers[finger] ?? 0)) : colonies(seed, `${instrument}/${place}`, reading.colonies ?? 0);
  return dish(label, grown, fingers !== undefined);
}

/** The highest counts as columns to their limits, which are the line above. */
function counts({ name, text, fine, coarse }: Reading): SVGSVGElement {
  const column = (x: number, of: { highest: number; limit: number } | undefined, label: string): SVGElement[] => {
    const share = of && of.limit > 0 ? Math.min(1.15, of.highest / of.limit) : 0;
    return [
      svg("rect", { x: x - 0.22, y: 0.7 - 1.3 * share, width: 0.44, height: Math.max(0.02, 1.3 * share), class: share > 1 ? "count over" : "count" }),
      svg("text", { x, y: 0.98, "text-anchor": "middle", class: "count-label" }, label),
    ];
  };
  return svg(
    "svg",
    { viewBox: "-1.06 -1.06 2.12 2.12", class: "plate-drawing", role: "img", "aria-label": `${name}. ${text}` },
    svg("line", { x1: -1, x2: 1, y1: 0.7, y2: 0.7, class: "count-axis" }),
    svg("line", { x1: -1, x2: 1, y1: -0.6, y2: -0.6, class: "count-limit" }),
    svg("text", { x: 0, y: -0.7, "text-anchor": "middle", class: "count-label" }, t("reveal.monitoring.limit")),
    ...column(-0.5, fine, "0.5 µm"),
    ...column(0.5, coarse, "5 µm"),
  );
}
