import type { Snapshot } from "../contract";
import type { Connection, UiHost } from "../ui-port";
import { clock } from "../i18n/format";
import { t, type TextKey } from "../i18n/text";
import { fill, h } from "./dom";
import { icon } from "./icons";

const STATE: Record<Connection, TextKey> = {
  connecting: "net.connecting",
  live: "net.online",
  lost: "net.lost",
  "taken-over": "net.closed",
  refused: "net.failed",
};

/** How fast time passes for one who waits: a minute in six seconds. */
const FASTER = 10;

/** Where am I, in what mode, is it kept, and the way out. */
export class TopBar {
  readonly element: HTMLElement;
  private readonly stations = h("div", { class: "stations", role: "group" });
  private readonly time = h("span", {});
  private readonly faster = h("span", { class: "visually-hidden" });
  private readonly pace = h("button", { type: "button", class: "button quiet bar-time" }, this.time, this.faster, icon("next", 16));
  private readonly net = h("span", { class: "bar-net", role: "status" });

  constructor(private readonly host: UiHost, commands: { pause: () => void; finish: () => void }) {
    const { scene, mode } = host;
    this.pace.addEventListener("click", () => host.send({ verb: "pace", value: host.snapshot().pace > 1 ? 1 : FASTER }));
    this.stations.setAttribute("aria-label", t("bar.stations"));
    this.element = h(
      "header",
      { class: "top-bar" },
      h("div", { class: "bar-what" }, h("h1", { class: "bar-title" }, scene.title), h("span", { class: `mode mode-${mode}` }, t(`mode.${mode}`))),
      this.stations,
      h(
        "div",
        { class: "bar-end" },
        this.net,
        this.pace,
        h("button", { type: "button", class: "button quiet icon-only", "aria-label": t("bar.pause"), title: t("bar.pause"), onclick: commands.pause }, icon("pause")),
        h("button", { type: "button", class: "button finish", onclick: commands.finish }, icon("finish"), t("bar.finish")),
      ),
    );
  }

  setStation(current: string): void {
    const entries = Object.entries(this.host.scene.stations).sort(([, a], [, b]) => a.key - b.key);
    fill(
      this.stations,
      ...entries.map(([id, station]) =>
        h(
          "button",
          {
            type: "button",
            class: "station",
            "data-key": `station-${id}`,
            "aria-current": id === current ? "location" : null,
            "aria-label": id === current ? `${station.title}. ${t("bar.here")}` : t("bar.go", { station: station.title, key: station.key }),
            onclick: () => this.host.goTo(id),
          },
          h("kbd", { "aria-hidden": "true", "data-digit": station.key }),
          h("span", {}, station.title),
        ),
      ),
    );
  }

  setConnection(state: Connection): void {
    this.net.className = `bar-net net-${state}`;
    fill(this.net, h("span", { class: "net-mark", "aria-hidden": "true" }), h("span", { class: "net-text" }, t(STATE[state])));
  }

  setTime(snapshot: Snapshot): void {
    const time = snapshot.panels.record?.time ?? clock(snapshot.tick / 20);
    if (this.time.textContent !== time) this.time.textContent = time;
    const fast = snapshot.pace > 1;
    if (this.pace.getAttribute("aria-pressed") === String(fast)) return;
    this.pace.setAttribute("aria-pressed", String(fast));
    const label = `${t("bar.faster")}${fast ? ` (${t("bar.pace", { n: snapshot.pace })})` : ""}`;
    this.faster.textContent = `. ${label}`;
    this.pace.setAttribute("title", label);
  }
}
