import type { DeviceKind } from "../ui-port";
import { t, type TextKey } from "../i18n/text";
import { fill, h } from "./dom";
import { icon } from "./icons";

export type Gesture = "go" | "act" | "more";
const GESTURES: readonly Gesture[] = ["go", "act", "more"];

/** The first minute: three gestures for the device in hand, ticked off as they are made; dismissed at any time. */
export class Coach {
  readonly element = h("section", { class: "coach panel", hidden: true });
  private readonly made = new Set<Gesture>();
  private device: DeviceKind = matchMedia("(pointer: coarse)").matches ? "touch" : "mouse";

  constructor(private readonly dismissed: () => void) {}

  start(): void {
    this.made.clear();
    this.element.hidden = false;
    this.draw();
  }

  get active(): boolean {
    return !this.element.hidden;
  }

  /** The gesture was made: tick it off; after the third the coach goes away by itself. */
  saw(gesture: Gesture): void {
    if (!this.active || this.made.has(gesture)) return;
    this.made.add(gesture);
    this.draw();
    if (this.made.size === GESTURES.length) this.dismiss();
  }

  setDevice(device: DeviceKind): void {
    if (device === this.device) return;
    this.device = device;
    if (this.active) this.draw();
  }

  dismiss(): void {
    this.element.hidden = true;
    this.dismissed();
  }

  private draw(): void {
    const device = this.device === "hand" ? "hands" : this.device;
    fill(
      this.element,
      h(
        "div",
        { class: "coach-head" },
        h("h2", {}, t("coach.title")),
        h("button", { type: "button", class: "button quiet icon-only", "aria-label": t("bar.close"), "data-key": "coach-close", onclick: () => this.dismiss() }, icon("close")),
      ),
      h(
        "ol",
        { class: "coach-list" },
        ...GESTURES.map((gesture, index) => {
          const made = this.made.has(gesture);
          return h(
            "li",
            { class: made ? "made" : "" },
            h("span", { class: "coach-number", "aria-hidden": "true" }, made ? icon("check", 18) : String(index + 1)),
            h("div", {}, h("strong", {}, t(`coach.${gesture}.title`)), h("p", {}, t(`coach.${device}.${gesture}` as TextKey))),
          );
        }),
      ),
      h("p", { class: "soft small" }, t("coach.again")),
    );
  }
}
