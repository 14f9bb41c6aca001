import { number, significant } from "../i18n/format";
import { t } from "../i18n/text";
import { h, svg } from "../ui/dom";
import { ROUTES, type Multiple, type Reveal, type Route } from "./contract";

/** The axis goes at least from a third to three times, by decades beyond. */
const LEAST = 3;
const HEIGHT = 34;

/** How much riskier this run was than an expert's, in all and by route: a dot for the middle estimate, a bar for its range. */
export function risk({ risk: found }: Reveal): HTMLElement | null {
  if (!found) return null;
  const rows = (["all", ...ROUTES] as const).flatMap((route) => {
    const multiple = found.relative[route];
    return multiple ? [{ route, multiple }] : [];
  });
  if (rows.length === 0) return null;
  const span = axis(rows.map(({ multiple }) => multiple));
  return h(
    "section",
    { class: "reveal-section", id: "risk", "aria-labelledby": "risk-title" },
    h("h2", { id: "risk-title" }, t("reveal.risk")),
    h("p", {}, found.text),
    h("div", { class: "risk-rows" }, ...rows.map(({ route, multiple }) => row(route, multiple, span)), ruler(span)),
    h("p", { class: "relative" }, h("span", { class: "relative-mark" }, t("relative")), h("span", { class: "soft small" }, found.notice)),
  );
}

/** Beyond so many times a multiple is only said to be beyond: what it is compared with is not known so well. */
const MOST = 1000;

/** A multiple as one reads it. */
export const times = (value: number): string => (value > MOST ? `> × ${significant(MOST)}` : `× ${significant(value)}`);

/** Ends of the axis: the same number of times below one and above it, so that one is in the middle. */
export function axis(all: readonly Multiple[]): number {
  const widest = Math.max(LEAST, ...all.flatMap(({ low, central, high }) => [low, central, high].flatMap((value) => (value > 0 ? [value, 1 / value] : []))));
  if (widest >= MOST) return MOST;
  return widest <= LEAST ? LEAST : 10 ** Math.ceil(Math.log10(widest) - 1e-9);
}

/** Where a multiple stands on the axis, 0 to 1. */
export const place = (value: number, span: number): number =>
  Math.min(1, Math.max(0, 0.5 + (0.5 * Math.log(Math.max(value, 1e-12))) / Math.log(span)));

function row(route: Route | "all", { low, central, high }: Multiple, span: number): HTMLElement {
  const name = t(route === "all" ? "reveal.heat.all" : `reveal.route.${route}`);
  const range = low > MOST ? "" : t("reveal.cost.range", { low: times(low), high: times(high) });
  const x = (value: number): string => `${place(value, span) * 100}%`;
  return h(
    "div",
    { class: `risk-row ${route}` },
    h("span", { class: "risk-name" }, name),
    svg(
      "svg",
      { width: "100%", height: HEIGHT, role: "img", "aria-label": `${name}: ${times(central)} ${range}`, class: "range-chart" },
      svg("line", { x1: "50%", x2: "50%", y1: 0, y2: HEIGHT, class: "axis" }),
      svg("rect", { x: x(low), width: `${Math.max(0.4, (place(high, span) - place(low, span)) * 100)}%`, y: HEIGHT / 2 - 6, height: 12, rx: 6, class: "range-bar" }),
      svg("circle", { cx: x(central), cy: HEIGHT / 2, r: 7, class: "range-dot" }),
    ),
    h("span", { class: "risk-value" }, h("strong", {}, times(central)), h("span", { class: "soft small" }, ` ${range}`)),
  );
}

function ruler(span: number): HTMLElement {
  const decades = Math.round(Math.log10(span));
  const steps = span === LEAST ? [1 / span, 1, span] : Array.from({ length: 2 * decades + 1 }, (_, n) => 10 ** (n - decades));
  return h(
    "div",
    { class: "risk-row risk-ruler", "aria-hidden": "true" },
    h("span", {}),
    h("div", { class: "risk-steps" }, ...steps.map((step) => h("span", {}, step === 1 ? t("reveal.risk.expert") : step < 1 ? `1/${number(1 / step, 0)}` : `× ${number(step, 0)}`))),
    h("span", {}),
  );
}

/** What a container's multiple says in its details: nothing where the expert's run brings nothing. */
export function unitTimes({ risk: found }: Reveal, item: string): string | null {
  const value = found?.units[item]?.all;
  return value === undefined || value === null ? null : t("reveal.risk.unit", { times: times(value) });
}
