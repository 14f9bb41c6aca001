import { clockOfTick, duration, percent, significant } from "../i18n/format";
import { t } from "../i18n/text";
import { fill, h, svg } from "../ui/dom";
import { icon } from "../ui/icons";
import { routeBar } from "./charts";
import type { Plate, Reveal } from "./contract";
import type { Watch } from "./opening";
import { chanceOfGrowth, colonies } from "./plate-drawing";

/** Plates "after incubation": the draw as colonies, the expected value under it, and where the dose came from. */
export function plates(reveal: Reveal, watch: Watch): HTMLElement {
  const { plates: all, outcome } = reveal;
  const detail = h("div", { class: "plate-detail card", "aria-live": "polite" });
  const grew = all.filter((plate) => plate.drawn_cfu > 0).length;
  const buttons = all.map((plate) =>
    h(
      "button",
      { type: "button", class: "plate", "aria-pressed": "false", onclick: () => choose(plate) },
      drawing(plate, outcome.seed),
      h("span", { class: "plate-name" }, plate.name),
      h("span", { class: "plate-number" }, significant(plate.expected_cfu)),
      plate.state && plate.state !== "kept" ? h("span", { class: "plate-state" }, plate.state_text ?? plate.state) : null,
    ),
  );
  const choose = (plate: Plate): void => {
    all.forEach((other, index) => buttons[index]?.setAttribute("aria-pressed", String(other === plate)));
    fill(detail, ...about(plate, watch));
  };
  const worst = all.reduce<Plate | null>((most, plate) => (most === null || plate.expected_cfu > most.expected_cfu ? plate : most), null);
  if (worst) choose(worst);
  return h(
    "section",
    { class: "reveal-section", id: "plates", "aria-labelledby": "plates-title" },
    h("h2", { id: "plates-title" }, t("reveal.plates")),
    h("p", {}, all.length === 0 ? t("reveal.plates.none") : t("reveal.plates.text")),
    all.length === 0
      ? null
      : h(
          "div",
          { class: "plates-layout" },
          h("div", {}, h("p", { class: "plates-count" }, h("strong", {}, t("reveal.plates.grew", { n: grew, all: all.length }))), h("div", { class: "plates" }, ...buttons)),
          detail,
        ),
    outcome.dose
      ? h("div", { class: "dose-total" }, h("h3", {}, `${t("reveal.dose.total")}: ${significant(outcome.dose.expected_cfu)} ${t("reveal.dose.axis")}`), routeBar(outcome.dose.by_route))
      : null,
  );
}

function about(plate: Plate, watch: Watch): Node[] {
  return [
    h("h3", {}, plate.name),
    h(
      "p",
      { class: "plate-sums" },
      h("span", {}, h("strong", {}, significant(plate.expected_cfu)), ` ${t("reveal.dose.axis")}`),
      h("span", {}, t("reveal.plates.chance", { p: percent(chanceOfGrowth(plate.expected_cfu)) })),
      h("span", {}, t("reveal.plates.drawn", { n: plate.drawn_cfu })),
    ),
    h("h4", {}, t("reveal.route")),
    routeBar(plate.by_route),
    plate.largest.length === 0 ? h("span", {}) : h("h4", {}, t("reveal.largest")),
    h(
      "ul",
      { class: "largest" },
      ...plate.largest.map((source) =>
        h(
          "li",
          {},
          h("span", {}, source.what, source.seconds > 0 ? `, ${duration(source.seconds)}` : ""),
          h("strong", {}, percent(source.share)),
          h("button", { type: "button", class: "button", "aria-label": t("reveal.watch", { time: clockOfTick(source.tick) }), onclick: () => watch(source.tick) }, icon("play", 16), clockOfTick(source.tick)),
        ),
      ),
    ),
  ];
}

function drawing(plate: Plate, seed: number): SVGSVGElement {
  const label = t("reveal.plates.alt", { name: plate.name, drawn: plate.drawn_cfu, expected: significant(plate.expected_cfu) });
  return svg(
    "svg",
    { viewBox: "-1.06 -1.06 2.12 2.12", class: "plate-drawing", role: "img", "aria-label": label },
    svg("circle", { r: 1.02, class: "dish" }),
    svg("circle", { r: 0.92, class: "agar" }),
    svg("path", { d: "M -0.62 -0.5 A 0.8 0.8 0 0 1 0.1 -0.79", class: "dish-shine" }),
    ...colonies(seed, plate.item, plate.drawn_cfu).map((colony) =>
      svg("circle", { cx: colony.x.toFixed(3), cy: colony.y.toFixed(3), r: colony.radius.toFixed(3), class: colony.tone < 0.5 ? "colony" : "colony pale" }),
    ),
  );
}
