import { clockOfTick, duration, percent } from "../i18n/format";
import { t } from "../i18n/text";
import { fill, freshId, h } from "../ui/dom";
import { icon } from "../ui/icons";
import { ROUTES, type Reveal } from "./contract";
import { type Cell, CLASSES, classOf, heatMap, mainRoute, type HeatMap, type Shown, worst } from "./heat";
import type { Watch } from "./opening";
import { relative } from "./relative";

const SHOWN: readonly Shown[] = ["all", ...ROUTES];
/** Width of the names and shares beside the cells (heat.css), on a narrow page and else, and the least of a cell, CSS pixels. */
const NAMES = { narrow: 112, wide: 164 };
const CELL = 25;
/** A clock stands over a column this often; a share stands in a cell at least so wide. CSS pixels. */
const CLOCK = 64;
const WORDS = 29;
/** Shares from here on are written into their cell. */
const WRITTEN = 0.05;
const MOMENTS = 3;

/** Containers down, time across, darker where more organisms are to be expected: each cell leads to its moment. */
export function heat(reveal: Reveal, watch: Watch): HTMLElement | null {
  const { exposure } = reveal;
  if (!exposure || exposure.rows.length === 0) return null;
  return new HeatSection(reveal, watch).element;
}

class HeatSection {
  readonly element: HTMLElement;
  private readonly grid = h("div", { class: "heat", role: "grid" });
  private readonly said = h("p", { class: "heat-said", role: "status" });
  private readonly moments = h("ul", { class: "heat-moments" });
  private readonly names: ReadonlyMap<string, string>;
  private shown: Shown = "all";
  private columns = 0;
  private map: HeatMap;
  /** Row and column that Tab comes to. */
  private at: [number, number] = [0, 0];

  constructor(private readonly reveal: Reveal, private readonly watch: Watch) {
    this.names = new Map(reveal.plates.map(({ item, name }) => [item, name]));
    this.map = this.compute(40);
    const name = freshId("heat");
    const choices = SHOWN.map((route) => {
      const input = h("input", { type: "radio", name, value: route, checked: route === "all" });
      input.addEventListener("change", () => { this.show(route); });
      return h("label", { class: "check" }, input, h("span", {}, t(route === "all" ? "reveal.heat.all" : `reveal.route.${route}`)));
    });
    this.grid.setAttribute("aria-labelledby", "heat-title");
    this.grid.addEventListener("keydown", (event) => { this.onKey(event); });
    this.grid.addEventListener("click", (event) => { this.open(event.target); });
    for (const kind of ["focusin", "pointerover"] as const) this.grid.addEventListener(kind, (event) => { this.tell(event.target); });
    this.element = h(
      "section",
      { class: "reveal-section", id: "heat", "aria-labelledby": "heat-title" },
      h("h2", { id: "heat-title" }, t("reveal.heat")),
      h("p", {}, t("reveal.heat.text")),
      relative(),
      h("fieldset", { class: "plain-fieldset heat-routes" }, h("legend", { class: "visually-hidden" }, t("reveal.route")), ...choices),
      h("div", { class: "heat-frame" }, this.grid, this.legend(), this.said),
      h("div", {}, h("h3", {}, t("reveal.heat.worst")), this.moments),
      h("details", { class: "more no-print" }, h("summary", {}, t("reveal.heat.table")), this.table()),
    );
    new ResizeObserver(() => { this.fit(); }).observe(this.grid);
    this.draw();
  }

  private compute(most: number): HeatMap {
    this.columns = most;
    return heatMap(this.reveal.exposure!, this.shown, most);
  }

  /** Width for the cells, CSS pixels. */
  private room(): number {
    return this.grid.clientWidth - NAMES[matchMedia("(max-width: 48rem)").matches ? "narrow" : "wide"];
  }

  private fit(): void {
    const most = Math.max(6, Math.floor(this.room() / CELL));
    if (this.grid.clientWidth === 0 || most === this.columns) return;
    this.map = this.compute(most);
    this.draw();
  }

  private show(shown: Shown): void {
    this.shown = shown;
    this.map = this.compute(this.columns);
    this.draw();
  }

  private draw(): void {
    const { rows } = this.map;
    const across = rows[0]?.cells.length ?? 0;
    this.grid.style.setProperty("--columns", String(across));
    this.grid.setAttribute("aria-rowcount", String(rows.length + 1));
    this.grid.setAttribute("aria-colcount", String(across + 2));
    const width = Math.max(CELL, this.room() / Math.max(1, across));
    const apart = Math.ceil(CLOCK / width);
    this.at = [Math.min(this.at[0], rows.length - 1), Math.min(this.at[1], across - 1)];
    const head = h(
      "div",
      { role: "row", class: "heat-row heat-head" },
      h("span", { role: "columnheader" }, t("reveal.heat.container")),
      ...(rows[0]?.cells ?? []).map(({ from }, n) =>
        h("span", { role: "columnheader", class: "heat-clock" }, h("span", { class: n % apart === 0 ? "" : "visually-hidden" }, clockOfTick(from)))),
      h("span", { role: "columnheader", class: "heat-share" }, t("reveal.heat.share")),
    );
    fill(this.grid, head, ...rows.map((row, down) => this.row(row, down, width >= WORDS)));
    fill(this.said, t("reveal.heat.ask", { seconds: duration(this.map.seconds) }));
    fill(this.moments, ...this.worst());
  }

  private row({ item, cells, total }: HeatMap["rows"][number], down: number, written: boolean): HTMLElement {
    const share = this.map.total > 0 ? percent(total / this.map.total) : "";
    return h(
      "div",
      { role: "row", class: "heat-row" },
      h("span", { role: "rowheader" }, this.name(item)),
      ...cells.map((cell, across) =>
        h("span", {
          role: "gridcell",
          class: "heat-cell",
          "data-class": classOf(cell.value, this.map.top),
          "data-at": `${down},${across}`,
          tabindex: down === this.at[0] && across === this.at[1] ? 0 : -1,
          "aria-label": this.words(item, cell),
        }, written && classOf(cell.value, this.map.top) >= CLASSES - 1 && cell.value >= WRITTEN * this.map.total && percent(cell.value / this.map.total))),
      h("span", { role: "gridcell", class: "heat-share" }, total > 0 ? share : "–"),
    );
  }

  private name(item: string): string {
    return this.names.get(item) ?? item;
  }

  /** A cell in words: which container, when, how much of the whole, and by which route most. */
  private words(item: string, cell: Cell): string {
    const when = { name: this.name(item), from: clockOfTick(cell.from), to: clockOfTick(cell.to) };
    if (cell.value <= 0) return t("reveal.heat.nothing", when);
    const route = t(`reveal.route.${this.shown === "all" ? mainRoute(cell) : this.shown}`);
    return t("reveal.heat.cell", { ...when, share: percent(cell.value / this.map.total), route });
  }

  /** The moment to watch of a cell: that of the largest contribution known in it, else the middle of its worst step. */
  private moment(item: string, { from, to, peak }: Cell): number {
    const plate = this.reveal.plates.find((one) => one.item === item);
    const within = plate?.largest.filter(({ tick }) => tick >= from && tick < to).sort((a, b) => b.share - a.share)[0];
    return within?.tick ?? peak + Math.round((this.reveal.exposure?.step_s ?? 0) * 10);
  }

  private cell(target: EventTarget | null): [row: number, column: number, element: HTMLElement] | null {
    const element = target instanceof HTMLElement ? target.closest<HTMLElement>("[data-at]") : null;
    const [row, column] = (element?.dataset["at"] ?? "").split(",").map(Number);
    return element === null || row === undefined || column === undefined ? null : [row, column, element];
  }

  private tell(target: EventTarget | null): void {
    const [row, column] = this.cell(target) ?? [];
    const found = row === undefined || column === undefined ? undefined : this.map.rows[row];
    const cell = found?.cells[column ?? 0];
    if (found && cell) this.said.textContent = this.words(found.item, cell);
  }

  private open(target: EventTarget | null): void {
    const found = this.cell(target);
    if (!found) return;
    const [row, column] = found;
    this.walk(row, column, false);
    const cell = this.map.rows[row]?.cells[column];
    const item = this.map.rows[row]?.item;
    if (cell && item !== undefined) this.watch(cell.value > 0 ? this.moment(item, cell) : cell.from);
  }

  private onKey(event: KeyboardEvent): void {
    const found = this.cell(event.target);
    if (!found || event.altKey || event.metaKey) return;
    const [row, column] = found;
    const last = (this.map.rows[row]?.cells.length ?? 1) - 1;
    const steps: Record<string, [number, number]> = {
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      Home: [event.ctrlKey ? 0 : row, 0],
      End: [event.ctrlKey ? this.map.rows.length - 1 : row, last],
    };
    const next = steps[event.key];
    if (next) this.walk(...next, true);
    else if (event.key === "Enter" || event.key === " ") this.open(event.target);
    else return;
    event.preventDefault();
  }

  private walk(row: number, column: number, focus: boolean): void {
    const next = this.grid.querySelector<HTMLElement>(`[data-at="${row},${column}"]`);
    if (!next) return;
    this.grid.querySelector('[data-at][tabindex="0"]')?.setAttribute("tabindex", "-1");
    next.tabIndex = 0;
    this.at = [row, column];
    if (focus) next.focus();
  }

  private legend(): HTMLElement {
    const words: Record<number, string> = { 1: "≤ 1/10⁶", 3: "1/10⁴", 5: "1/100", [CLASSES]: t("reveal.heat.most") };
    return h(
      "ul",
      { class: "heat-legend" },
      ...Array.from({ length: CLASSES }, (_, n) => h("li", {}, h("span", { class: "heat-swatch", "data-class": n + 1, "aria-hidden": "true" }), words[n + 1])),
    );
  }

  private worst(): HTMLElement[] {
    const found = worst(this.map, MOMENTS);
    if (found.length === 0) return [h("li", { class: "soft" }, t("reveal.heat.none"))];
    return found.map(({ item, cell }) => {
      const tick = this.moment(item, cell);
      const time = clockOfTick(tick);
      return h("li", {}, h("span", {}, this.words(item, cell)), h("button", { type: "button", class: "button", "aria-label": t("reveal.watch", { time }), onclick: () => { this.watch(tick); } }, icon("play", 16), time));
    });
  }

  /** The same in words: for each container its share, the shares of the routes, and when most came. */
  private table(): HTMLElement {
    const map = heatMap(this.reveal.exposure!, "all", 60);
    const heads = ["container", "share"] as const;
    return h(
      "div",
      { class: "table-wrap", tabindex: 0, role: "group", "aria-label": t("reveal.heat.table") },
      h(
        "table",
        {},
        h("thead", {}, h("tr", {}, ...heads.map((head) => h("th", { scope: "col" }, t(`reveal.heat.${head}`))), ...ROUTES.map((route) => h("th", { scope: "col", class: "number" }, t(`reveal.route.${route}`))), h("th", { scope: "col" }, t("reveal.heat.when")))),
        h("tbody", {}, ...map.rows.map(({ item, cells, total }) => {
          const most = worst({ ...map, rows: [{ item, cells, total }] }, 1)[0]?.cell;
          const of = (value: number): string => (total > 0 ? percent(value / total) : "–");
          return h(
            "tr",
            {},
            h("th", { scope: "row" }, this.name(item)),
            h("td", {}, map.total > 0 ? percent(total / map.total) : "–"),
            ...ROUTES.map((route) => h("td", { class: "number" }, of(cells.reduce((sum, { by }) => sum + by[route], 0)))),
            h("td", {}, most ? `${clockOfTick(most.from)}–${clockOfTick(most.to)} (${of(most.value)})` : "–"),
          );
        })),
      ),
    );
  }
}
