import { clockOfTick, duration, percent, significant } from "../i18n/format";
import { t } from "../i18n/text";
import { fill, h } from "../ui/dom";
import { icon } from "../ui/icons";
import { routeBar } from "./charts";
import type { Contributor, Plate, Reveal } from "./contract";
import { dish } from "./dish";
import type { Watch } from "./opening";
import { chanceOfGrowth, colonies } from "./plate-drawing";
import { relative } from "./relative";
import { unitTimes } from "./risk";

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
    fill(detail, ...about(reveal, plate, watch));
  };
  const worst = all.reduce<Plate | null>((most, plate) => (most === null || plate.expected_cfu > most.expected_cfu ? plate : most), null);
  if (worst) choose(worst);
  return h(
    "section",
    { class: "reveal-section", id: "plates", "aria-labelledby": "plates-title" },
    h("h2", { id: "plates-title" }, t("reveal.plates")),
    h("p", {}, all.length === 0 ? t("reveal.plates.none") : t("reveal.plates.text")),
    all.length === 0 ? null : relative(),
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

/** The plate as a thing to turn, once somebody asks: the renderer is fetched then. */
function turnable({ outcome }: Reveal, plate: Plate): HTMLElement {
  const place = h("div", { class: "plate-3d no-print" });
  const show = async (): Promise<void> => {
    const canvas = h("canvas", { tabindex: 0, role: "img", "aria-label": `${t("reveal.plates.alt", { name: plate.name, drawn: plate.drawn_cfu, expected: significant(plate.expected_cfu) })}. ${t("reveal.plates.keys")}` });
    const { Plate3d } = await import("./plate-3d");
    fill(place, canvas, h("p", { class: "soft small" }, t("reveal.plates.keys")));
    try {
      const shown = new Plate3d(canvas, colonies(outcome.seed, plate.item, plate.drawn_cfu));
      // Another plate takes its place in the detail: then it lets go of the graphics card.
      new MutationObserver((_, watching) => {
        if (canvas.isConnected) return;
        watching.disconnect();
        shown.dispose();
      }).observe(document.body, { childList: true, subtree: true });
      canvas.focus();
    } catch {
      fill(place, h("p", { class: "soft" }, t("reveal.plates.flat")));
    }
  };
  fill(place, h("button", { type: "button", class: "button", onclick: () => void show() }, icon("again", 16), t("reveal.plates.turn")));
  return place;
}

/** Between which shares the model's members lie, where one can tell them apart. */
function range({ low, high }: Contributor): HTMLElement | null {
  if (low === undefined || high === undefined || percent(low) === percent(high)) return null;
  return h("span", { class: "soft small" }, ` ${t("reveal.largest.range", { low: percent(low), high: percent(high) })}`);
}

function about(reveal: Reveal, plate: Plate, watch: Watch): Node[] {
  return [
    h("h3", {}, plate.name),
    turnable(reveal, plate),
    h(
      "p",
      { class: "plate-sums" },
      h("span", {}, h("strong", {}, significant(plate.expected_cfu)), ` ${t("reveal.dose.axis")}`),
      h("span", {}, t("reveal.plates.chance", { p: percent(chanceOfGrowth(plate.expected_cfu)) })),
      h("span", {}, t("reveal.plates.drawn", { n: plate.drawn_cfu })),
      unitTimes(reveal, plate.item) === null ? null : h("span", {}, unitTimes(reveal, plate.item)),
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
          h(
            "span",
            {},
            source.sentence ?? `${source.what}${source.seconds > 0 ? `, ${duration(source.seconds)}` : ""}`,
            range(source),
          ),
          source.sentence === undefined && h("strong", {}, percent(source.share)),
          h("button", { type: "button", class: "button", "aria-label": t("reveal.watch", { time: clockOfTick(source.tick) }), onclick: () => watch(source.tick) }, icon("play", 16), clockOfTick(source.tick)),
        ),
      ),
    ),
  ];
}

function drawing(plate: Plate, seed: number): SVGSVGElement {
  const label = t("reveal.plates.alt", { name: plate.name, drawn: plate.drawn_cfu, expected: significant(plate.expected_cfu) });
  return dish(label, colonies(seed, plate.item, plate.drawn_cfu));
}
