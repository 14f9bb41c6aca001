import type { AirView, UiHost } from "../ui-port";
import { airState } from "../air/cabinet-state";
import { number } from "../i18n/format";
import { t, type TextKey } from "../i18n/text";
import type { Snapshot } from "../contract";
import { freshId, h } from "./dom";
import { icon } from "./icons";

export const AIR_VIEWS: readonly AirView[] = ["filter", "hand", "particles"];
const MARKS: Record<AirView, readonly [mark: "line" | "round" | "corner", kind: string][]> = {
  filter: [["line", "straight"], ["line", "turned"]],
  hand: [["line", "straight"], ["line", "turned"]],
  particles: [["round", "glove"], ["corner", "sleeve"]],
};

/** What is wrong with the cabinet, in words; null while it runs as it should. */
export function airWarning({ panels: { cabinet } }: Snapshot): string | null {
  const { speed, protects } = airState(cabinet);
  if (protects || !cabinet) return null;
  if (!cabinet.running) return t("air.stands");
  return t(cabinet.alarm === null ? "air.open" : "air.alarm", { speed: number(speed) });
}

/** Beside the scene while the air is shown: what its colours mean, what it is worth, and what else can be shown. */
export class AirNote {
  readonly element = h("section", { class: "air-note view-note panel", hidden: true });
  private readonly legend = h("ul", { class: "air-legend" });
  private readonly warning = h("p", { class: "notice major", role: "status" });

  constructor(private readonly host: UiHost, private readonly choose: (view: AirView | null) => void) {
    const name = freshId("air");
    const title = h("h2", { id: `${name}-title` }, t("air.title"));
    this.element.setAttribute("aria-labelledby", title.id);
    const close = h(
      "button",
      { type: "button", class: "button quiet icon-only", "aria-label": t("air.hide"), title: t("air.hide"), onclick: () => this.choose(null) },
      icon("close"),
    );
    const views = AIR_VIEWS.map((view) => {
      const input = h("input", { type: "radio", name, value: view });
      input.addEventListener("change", () => { this.choose(view); });
      return h("label", { class: "check" }, input, h("span", {}, t(`air.${view}`)));
    });
    this.element.append(
      h("div", { class: "air-head" }, title, close),
      h("fieldset", { class: "plain-fieldset" }, h("legend", { class: "visually-hidden" }, t("air.what")), ...views),
      this.legend,
      this.warning,
      h("p", { class: "soft small" }, t("air.honest")),
    );
  }

  /** Shows the note of a view, or takes it away. */
  show(view: AirView | null): void {
    const held = this.element.contains(document.activeElement) && view === null;
    this.element.hidden = view === null;
    if (held) document.querySelector<HTMLElement>("[data-tool=air]")?.focus();
    if (view === null) return;
    for (const input of this.element.querySelectorAll("input")) input.checked = input.value === view;
    this.legend.replaceChildren(
      ...MARKS[view].map(([mark, kind]) =>
        h("li", {}, h("span", { class: `air-mark ${mark} ${kind}`, "aria-hidden": "true" }), h("span", {}, t(`air.means.${kind}` as TextKey)))),
    );
    this.tell(this.host.snapshot());
  }

  tell(snapshot: Snapshot): void {
    const warning = airWarning(snapshot);
    this.warning.hidden = warning === null;
    const text = warning ?? "";
    if (this.warning.textContent !== text) this.warning.textContent = text;
  }
}
