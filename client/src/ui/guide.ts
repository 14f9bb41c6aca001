import { cueOf } from "../act/cue";
import type { SceneSpec, Snapshot } from "../contract";
import { t } from "../i18n/text";
import { fill, h } from "./dom";

/** The step to do now, why, and the paragraph it rests on: guided always, practice once a hint was asked for, assessment never. */
export class Guide {
  readonly element = h("section", { class: "guide panel", hidden: true, "aria-live": "polite" });
  private shown = "";
  private whyOpen = innerWidth >= 640 && innerHeight >= 560;

  draw(snapshot: Snapshot, scene: SceneSpec): void {
    const { sop } = snapshot.panels;
    const step = sop?.steps.find((s) => s.state === "now");
    this.element.hidden = step === undefined;
    if (!step) return;
    const cue = cueOf(snapshot, scene);
    // A step that is only a way says so itself.
    const station = cue.id === null ? null : cue.station;
    const state = `${step.id} ${step.title} ${step.why ?? ""} ${sop?.item ?? ""} ${station}`;
    if (state === this.shown) return;
    this.shown = state;
    const why = step.why
      ? h("details", { open: this.whyOpen }, h("summary", {}, t("sop.why")), h("p", {}, step.why), step.source ? h("p", { class: "soft small" }, t("sop.source", { source: step.source })) : null)
      : null;
    why?.addEventListener("toggle", () => {
      this.whyOpen = why.open;
    });
    const go = station === null ? null : h("p", { class: "guide-go" }, t("guide.go", { station: scene.stations[station]?.title ?? station }));
    fill(this.element, h("p", { class: "guide-label" }, t("guide.now")), h("h2", {}, sop?.item ? `${step.title} (${sop.item})` : step.title), go, why);
  }
}
