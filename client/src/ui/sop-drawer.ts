import type { SopPanel } from "../contract";
import { t } from "../i18n/text";
import { h } from "./dom";
import { icon } from "./icons";

/** The procedure as a list. In guided mode each step has a state and the one to do now its reason; else it is the plain text. */
export function sopContent(sop: SopPanel | undefined): Node[] {
  if (!sop) return [h("p", { class: "soft" }, t("sop.empty"))];
  return [
    h("p", { class: "drawer-lead" }, sop.title),
    h("h3", { class: "sop-operation" }, sop.operation),
    h("ol", { class: "sop-steps" }, ...sop.steps.map(stepLine)),
  ];
}

function stepLine(step: SopPanel["steps"][number]): HTMLElement {
  const { state } = step;
  const now = state === "now";
  return h(
    "li",
    { class: `sop-step ${state ? `is-${state}` : ""}`, "aria-current": now ? "step" : null },
    h(
      "div",
      { class: "sop-line" },
      h("span", {}, step.title),
      state === "done" && h("span", { class: "sop-mark" }, icon("check", 18), h("span", { class: "visually-hidden" }, t("sop.done"))),
      state === "skipped" && h("span", { class: "badge" }, t("sop.skipped")),
      now && h("span", { class: "badge now-badge" }, t("sop.now")),
    ),
    now && step.why ? h("p", { class: "sop-why" }, step.why) : null,
    now && step.source ? h("p", { class: "soft small" }, t("sop.source", { source: step.source })) : null,
  );
}
