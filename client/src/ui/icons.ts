import { svg } from "./dom";

/** Line icons on a 24-unit grid, drawn for this product; always beside a word or with a spoken label. */
const PATHS = {
  close: "M6 6l12 12M18 6L6 18",
  sop: "M6 3h9l4 4v14H6zM9 11h7M9 15h7M9 7h3",
  record: "M5 4h14v16H5zM8 9h8M8 13h5M15.5 17l4.5-5",
  cabinet: "M4 4h16v7H4zM4 11l2 9h12l2-9M8 7.5h8",
  hint: "M9 18h6M10 21h4M12 3a6 6 0 0 0-3.5 10.9V15h7v-1.1A6 6 0 0 0 12 3z",
  help: "M9.2 9a2.9 2.9 0 1 1 4.3 2.5c-1 .6-1.5 1.2-1.5 2.5M12 17.4v.2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
  settings: "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5",
  pause: "M8 5v14M16 5v14",
  play: "M8 5l11 7-11 7z",
  finish: "M5 21V4h12l-2.5 4L17 12H5",
  hand: "M8 13V6a1.5 1.5 0 0 1 3 0v5V4.5a1.5 1.5 0 0 1 3 0V11 6a1.5 1.5 0 0 1 3 0v8a7 7 0 0 1-7 7c-3 0-4.2-1.6-6-5l-1-2a1.6 1.6 0 0 1 2.8-1.5z",
  list: "M4 6h2M9 6h11M4 12h2M9 12h11M4 18h2M9 18h11",
  headset: "M3 9a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2h-3l-2.5-3h-3L8 17H5a2 2 0 0 1-2-2z",
  recentre: "M12 3v4M12 17v4M3 12h4M17 12h4M12 10a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
  air: "M3 8h10a2.5 2.5 0 1 0-2.5-2.5M3 12h15a2.5 2.5 0 1 1-2.5 2.5M3 16h7a2.5 2.5 0 1 1-2.5 2.5",
  uv: "M8 9.5a4 4 0 0 1 8 0v3a10 10 0 0 1-1 4.5M12 9.5v3.5a14 14 0 0 1-1.5 6M8 13a8 8 0 0 1-1.5 4.5M5.5 8.5a7 7 0 0 1 13 1v3a14 14 0 0 1-.6 4M10 3.6a8 8 0 0 1 4 0",
  check: "M5 12.5l4.5 4.5L19 7",
  minus: "M5 12h14",
  plus: "M5 12h14M12 5v14",
  arrow: "M5 12h13M13 6l6 6-6 6",
  eye: "M2 12s4-6 10-6 10 6 10 6-4 6-10 6S2 12 2 12zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
  alarm: "M12 3l10 18H2zM12 10v5M12 18v.3",
  link: "M12 3v3M12 18v3M4.6 7.5l2.6 1.5M16.8 15l2.6 1.5M4.6 16.5L7.2 15M16.8 9l2.6-1.5",
  next: "M6 5l8 7-8 7zM18 5v14",
  previous: "M18 5l-8 7 8 7zM6 5v14",
  again: "M4.5 12a7.5 7.5 0 1 0 2.4-5.5L4 9M4 4v5h5",
  download: "M12 4v11M7 11l5 5 5-5M5 20h14",
} as const;

export type IconName = keyof typeof PATHS;

export function icon(name: IconName, size = 20): SVGSVGElement {
  return svg(
    "svg",
    { viewBox: "0 0 24 24", width: size, height: size, class: "icon", "aria-hidden": "true", focusable: "false" },
    svg("path", {
      d: PATHS[name],
      fill: "none",
      stroke: "currentColor",
      "stroke-width": 2,
      "stroke-linecap": "round",
      "stroke-linejoin": "round",
    }),
  );
}
