import { svg } from "../ui/dom";
import { colonies, type Colony } from "./plate-drawing";

/** Where the tips of five fingers press on a plate of radius 1, thumb to little finger, and how large a tip is. */
const FINGERS: readonly (readonly [x: number, y: number])[] = [[-0.55, 0.35], [-0.42, -0.3], [-0.02, -0.5], [0.36, -0.36], [0.58, 0.06]];
const TIP = 0.24;

/** A plate seen from above with what grew on it; `fingers` draws where five tips were pressed on. */
export function dish(label: string, grown: readonly Colony[], fingers = false): SVGSVGElement {
  return svg(
    "svg",
    { viewBox: "-1.06 -1.06 2.12 2.12", class: "plate-drawing", role: "img", "aria-label": label },
    svg("circle", { r: 1.02, class: "dish" }),
    svg("circle", { r: 0.92, class: "agar" }),
    ...(fingers ? FINGERS.map(([x, y]) => svg("ellipse", { cx: x, cy: y, rx: TIP * 0.8, ry: TIP, class: "fingertip" })) : []),
    svg("path", { d: "M -0.62 -0.5 A 0.8 0.8 0 0 1 0.1 -0.79", class: "dish-shine" }),
    ...grown.map((colony) =>
      svg("circle", { cx: colony.x.toFixed(3), cy: colony.y.toFixed(3), r: colony.radius.toFixed(3), class: colony.tone < 0.5 ? "colony" : "colony pale" }),
    ),
  );
}

/** The colonies of a dab, each within the tip that brought it; `counts` from thumb to little finger. */
export function dabbed(seed: number, item: string, counts: readonly number[]): Colony[] {
  return counts.flatMap((count, n) => {
    const [x, y] = FINGERS[n] ?? [0, 0];
    return colonies(seed, `${item}/${n}`, count).map((colony) => ({ ...colony, x: x + TIP * 0.8 * colony.x, y: y + TIP * colony.y, radius: 0.55 * colony.radius }));
  });
}
