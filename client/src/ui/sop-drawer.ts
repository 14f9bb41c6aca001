import type { SceneSpec, SopPanel } from "../contract";
import { t } from "../i18n/text";
import { h } from "./dom";
import { icon } from "./icons";

/** The procedure as a list. In guided mode each step has a state and the one to do now its reason; else it is the plain text. */
export function sopContent(sop: SopPanel | undefined, scene: SceneSpec): Node[] {
  if (!sop) return [h("p", { class: "soft" }, t("sop.empty"))];
  return [
    h("p", { class: "drawer-lead" }, sop.title),
    ...byOperation(sop).flatMap(([operation, steps]) => [
      h("h3", { class: "sop-operation" }, scene.text[`operation.${operation}`] ?? sop.operation ?? ""),
      h("ol", { class: "sop-steps" }, ...steps.map(stepLine)),
    ]),
  ];
}

/** The steps under the operation each belongs to, in their order. */
function byOperation(sop: SopPanel): [string, SopPanel["steps"]][] {
  const groups: [string, SopPanel["steps"]][] = [];
  for (const step of sop.steps) {
    const last = groups[groups.length - 1];
    if (last && last[0] === (step.operation ?? "")) last[1].push(step);
    else groups.push([step.operation ?? "", [step]]);
  }
  return groups;
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
