import { money, number, percent, significant } from "../i18n/format";
import { t } from "../i18n/text";
import { h, svg } from "../ui/dom";
import { ROUTES, type Range, type Route } from "./contract";

/** Charts drawn as SVG: labels at the thing itself, units on the axis, uncertainty as a drawn range. */

const ROUTE_COLOR: Record<Route, string> = { air: "var(--chart-blue)", surface: "var(--chart-orange)", liquid: "var(--chart-green)" };

/** Shares of a dose by route as one bar; each route is named below with its value and share. */
export function routeBar(byRoute: Partial<Record<Route, number>>): HTMLElement {
  const total = ROUTES.reduce((sum, route) => sum + (byRoute[route] ?? 0), 0);
  let from = 0;
  const bars = total <= 0 ? [] : ROUTES.map((route) => {
    const share = (byRoute[route] ?? 0) / total;
    const bar = svg("rect", { x: `${from * 100}%`, width: `${share * 100}%`, y: 0, height: 22, fill: ROUTE_COLOR[route] });
    from += share;
    return bar;
  });
  const words = ROUTES.map((route) => `${t(`reveal.route.${route}`)} ${significant(byRoute[route] ?? 0)}`).join(", ");
  return h(
    "div",
    { class: "route-chart" },
    svg("svg", { class: "route-bar", width: "100%", height: 22, role: "img", "aria-label": `${t("reveal.route")}: ${words}` }, ...bars),
    h(
      "ul",
      { class: "route-labels" },
      ...ROUTES.map((route) => {
        const value = byRoute[route] ?? 0;
        return h(
          "li",
          {},
          h("span", { class: "swatch", style: `background:${ROUTE_COLOR[route]}`, "aria-hidden": "true" }),
          h("span", {}, t(`reveal.route.${route}`)),
          h("strong", {}, significant(value)),
          h("span", { class: "soft" }, total > 0 ? percent(value / total) : ""),
        );
      }),
    ),
  );
}

/** A value with its range on a line from zero: the dot is the middle estimate, the bar the range. */
export function rangeLine(range: Range, unit: "gbp" | "kg", label: string): HTMLElement {
  const show = (value: number): string => (unit === "gbp" ? money(value) : `${number(value, 2)} kg`);
  const top = niceTop(range.high);
  const x = (value: number): string => `${(Math.min(value, top) / top) * 100}%`;
  return h(
    "figure",
    { class: "range" },
    h("figcaption", {}, h("span", {}, label), h("strong", { class: "range-mid" }, show(range.mid)), h("span", { class: "soft" }, t("reveal.cost.range", { low: show(range.low), high: show(range.high) }))),
    svg(
      "svg",
      { width: "100%", height: 44, role: "img", "aria-label": `${label}: ${show(range.mid)}, ${t("reveal.cost.range", { low: show(range.low), high: show(range.high) })}`, class: "range-chart" },
      svg("line", { x1: 0, x2: "100%", y1: 22, y2: 22, class: "axis" }),
      svg("rect", { x: x(range.low), width: `${((Math.min(range.high, top) - range.low) / top) * 100}%`, y: 6, height: 12, rx: 6, class: "range-bar" }),
      svg("circle", { cx: x(range.mid), cy: 12, r: 7, class: "range-dot" }),
      svg("text", { x: 0, y: 40, class: "tick-label" }, show(0)),
      svg("text", { x: "100%", y: 40, "text-anchor": "end", class: "tick-label" }, show(top)),
    ),
  );
}

/** The next of 1, 2, 5 times a power of ten at or above `value`: where an axis ends. */
export function niceTop(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const digit = [1, 2, 5, 10].find((n) => n * power >= value * 0.999999) ?? 10;
  return Number((digit * power).toPrecision(3));
}

/** Points reached of points there were, as a bar with the numbers beside it. */
export function scoreBar(score: number, max: number): HTMLElement {
  const share = max > 0 ? score / max : 1;
  return h(
    "span",
    { class: "score" },
    h("strong", {}, `${number(score, 1)} / ${number(max, 1)}`),
    svg("svg", { width: "100%", height: 8, "aria-hidden": "true" }, svg("rect", { width: "100%", height: 8, rx: 4, class: "score-track" }), svg("rect", { width: `${share * 100}%`, height: 8, rx: 4, class: "score-fill" })),
  );
}
