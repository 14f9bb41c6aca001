import type { Path, Pattern } from "../contract";
import type { PathAnswer } from "../ui-port";
import { t } from "../i18n/text";
import { button, cancelButton, openDialog } from "./dialog";
import { h, svg } from "./dom";

/** Asks how the hand moves: patterns in words, each with a little drawing, or to draw it by hand. */
export function askPath(host: HTMLElement, title: string, patterns: readonly Pattern[], mayDraw: boolean): Promise<PathAnswer | null> {
  return new Promise((resolve) => {
    const finish = (answer: PathAnswer | null): void => {
      close();
      resolve(answer);
    };
    const choices = patterns.map((pattern) =>
      h(
        "button",
        { type: "button", class: "pattern", onclick: () => finish({ kind: "pattern", path: pattern.path }) },
        drawing(pattern.path),
        h("span", {}, pattern.label),
      ),
    );
    const close = openDialog(host, {
      title,
      kind: "sheet",
      body: [h("div", { class: "patterns" }, ...choices)],
      actions: [
        cancelButton(() => finish(null)),
        ...(mayDraw ? [button(t("path.draw"), () => finish({ kind: "draw" }), "primary")] : []),
      ],
      leave: () => finish(null),
    });
  });
}

/** Bounds of a path with a margin, never flat: a single line still needs a page to lie on. */
export function bounds(path: Path): { x: number; z: number; width: number; height: number } {
  const points = path.flat();
  if (points.length === 0) return { x: 0, z: 0, width: 1, height: 1 };
  const xs = points.map(([x]) => x);
  const zs = points.map(([, z]) => z);
  const width = Math.max(...xs) - Math.min(...xs);
  const height = Math.max(...zs) - Math.min(...zs);
  const margin = Math.max(width, height, 0.02) * 0.12;
  return { x: Math.min(...xs) - margin, z: Math.min(...zs) - margin, width: width + 2 * margin, height: height + 2 * margin };
}

/** Seen from above, the rear at the top, as one stands before it; strokes are numbered by fading in, arrows show their way. */
function drawing(path: Path): SVGSVGElement {
  const box = bounds(path);
  const scale = 100 / Math.max(box.width, box.height);
  const x = (v: number): number => (v - box.x) * scale + (100 - box.width * scale) / 2;
  const y = (v: number): number => (v - box.z) * scale + (100 - box.height * scale) / 2;
  const strokes = path.map((stroke) =>
    svg("polyline", {
      points: stroke.map(([px, pz]) => `${x(px).toFixed(1)},${y(pz).toFixed(1)}`).join(" "),
      class: "stroke",
      "marker-end": "url(#stroke-end)",
    }),
  );
  const numbers = path.map((stroke, index) => {
    const [px, pz] = stroke[0] ?? [0, 0];
    return svg("text", { x: x(px) - 4, y: y(pz) + 3, class: "stroke-number" }, String(index + 1));
  });
  return svg(
    "svg",
    { viewBox: "-8 -8 116 116", class: "pattern-drawing", "aria-hidden": "true" },
    svg("defs", {}, svg("marker", { id: "stroke-end", viewBox: "0 0 8 8", refX: 6, refY: 4, markerWidth: 2.6, markerHeight: 2.6, orient: "auto" }, svg("path", { d: "M0 0L8 4L0 8z", class: "stroke-head" }))),
    ...strokes,
    ...(path.length > 1 && path.length <= 12 ? numbers : []),
  );
}
