import type { Snapshot } from "../contract";
import type { UiHost } from "../ui-port";
import { t, type TextKey } from "../i18n/text";
import type { Drawer } from "./dock";
import { fill, h, scrollsByKeys } from "./dom";
import { icon } from "./icons";
import { cabinetContent } from "./cabinet-drawer";
import { decisionsContent } from "./decide";
import { RecordSheet } from "./record-drawer";
import { sopContent } from "./sop-drawer";
import { thingsContent } from "./things-drawer";

const TITLE: Record<Drawer, TextKey> = { sop: "sop.title", record: "bar.record", cabinet: "bar.cabinet", things: "bar.things", decide: "bar.decide" };

/** The parts of the snapshot that each drawer shows. */
const SHOWS: Record<Drawer, (keyof Snapshot)[]> = {
  sop: ["panels", "step"],
  record: ["panels"],
  cabinet: ["panels", "affordances"],
  things: ["affordances", "items"],
  decide: ["questions", "items"],
};

/** What one reads beside the scene: one drawer at a time; the scene stays usable. */
export class Drawers {
  readonly element = h("aside", { class: "drawer panel", hidden: true, tabindex: -1 });
  private readonly heading = h("h2", {});
  private readonly body = h("div", { class: "drawer-body" });
  private readonly record: RecordSheet;
  private current: Drawer | null = null;
  private cameFrom: HTMLElement | null = null;

  constructor(private readonly host: UiHost, dialogs: HTMLElement, private readonly changed: (open: Drawer | null) => void) {
    this.record = new RecordSheet(host, dialogs);
    this.element.append(
      h(
        "div",
        { class: "drawer-head" },
        this.heading,
        h("button", { type: "button", class: "button quiet icon-only", "aria-label": t("bar.close"), onclick: () => this.close() }, icon("close")),
      ),
      this.body,
    );
    this.element.addEventListener("keydown", (event) => {
      // Typing here must not walk the scene; Escape gives the keys back.
      if (event.key === "Escape") this.close();
      event.stopPropagation();
    });
  }

  get open(): Drawer | null {
    return this.current;
  }

  get hasFocus(): boolean {
    return this.element.contains(document.activeElement);
  }

  toggle(drawer: Drawer): void {
    if (this.current === drawer) {
      this.close();
      return;
    }
    if (this.current === null) this.cameFrom = document.activeElement as HTMLElement | null;
    this.current = drawer;
    this.element.hidden = false;
    this.element.dataset["drawer"] = drawer;
    this.heading.textContent = t(TITLE[drawer]);
    this.element.setAttribute("aria-label", t(TITLE[drawer]));
    this.body.scrollTop = 0;
    this.draw(this.host.snapshot());
    this.element.focus({ preventScroll: true });
    this.changed(drawer);
    if (drawer === "sop") this.body.querySelector(".is-now")?.scrollIntoView({ block: "center" });
  }

  close(): void {
    if (this.current === null) return;
    this.current = null;
    this.element.hidden = true;
    if (this.cameFrom?.isConnected) this.cameFrom.focus({ preventScroll: true });
    this.changed(null);
  }

  setSnapshot(snapshot: Snapshot, changed: ReadonlySet<keyof Snapshot>): void {
    if (this.current !== null && SHOWS[this.current].some((part) => changed.has(part))) this.draw(snapshot);
  }

  private draw(snapshot: Snapshot): void {
    const { panels } = snapshot;
    switch (this.current) {
      case "sop":
        fill(this.body, ...sopContent(panels.sop, this.host.scene));
        break;
      case "record":
        this.record.draw(this.body, panels.record, snapshot);
        break;
      case "cabinet":
        fill(this.body, ...cabinetContent(panels.cabinet, snapshot, this.host));
        break;
      case "decide":
        fill(this.body, ...decisionsContent(snapshot, this.host));
        break;
      case "things":
        fill(this.body, ...thingsContent(snapshot, this.host));
        break;
      case null:
    }
    scrollsByKeys(this.body);
  }
}
