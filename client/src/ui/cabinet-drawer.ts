import type { CabinetPanel, Snapshot } from "../contract";
import type { UiHost } from "../ui-port";
import { duration, number } from "../i18n/format";
import { t } from "../i18n/text";
import { h } from "./dom";
import { icon } from "./icons";

/** The cabinet's display in words, and its controls where they are within reach. Grey until abnormal (ISA-101). */
export function cabinetContent(cabinet: CabinetPanel | null | undefined, snapshot: Snapshot, host: UiHost): Node[] {
  if (!cabinet) return [h("p", { class: "soft" }, t("cabinet.empty"))];
  const controls = (snapshot.affordances["cabinet"] ?? []).filter((a) => a.verb === "operate" || a.verb === "open" || a.verb === "close");
  const parts: (HTMLElement | false)[] = [
    cabinet.alarm !== null && h("p", { class: "notice alarm-notice", role: "alert" }, icon("alarm"), h("strong", {}, `${t("cabinet.alarm")}: `), cabinet.alarm),
    h(
      "div",
      { class: "hmi" },
      h("p", { class: "hmi-title" }, cabinet.title),
      h("p", { class: cabinet.running ? "hmi-state" : "hmi-state abnormal" }, runningText(cabinet)),
      h(
        "dl",
        { class: "hmi-readings" },
        ...cabinet.readings.map((reading) =>
          h(
            "div",
            { class: reading.tone === "normal" ? "reading" : "reading abnormal" },
            h("dt", {}, reading.label),
            h("dd", {}, h("strong", {}, typeof reading.value === "number" ? number(reading.value, 2) : reading.value), " ", reading.unit),
          ),
        ),
      ),
    ),
    controls.length > 0 && h("h3", {}, t("cabinet.controls")),
    controls.length > 0 &&
      h(
        "ul",
        { class: "control-list" },
        ...controls.map((affordance) =>
          h(
            "li",
            {},
            h(
              "button",
              {
                type: "button",
                class: "button",
                "data-key": affordance.id,
                "aria-disabled": affordance.why_not === null ? null : "true",
                onclick: () => {
                  if (affordance.why_not === null) void host.act("cabinet", affordance, "keyboard");
                },
              },
              affordance.label,
            ),
            affordance.why_not !== null && h("span", { class: "soft small" }, affordance.why_not),
          ),
        ),
      ),
  ];
  return parts.filter((node) => node !== false);
}

export function runningText(cabinet: CabinetPanel): string {
  return cabinet.running ? t("cabinet.running", { minutes: duration(Math.floor(cabinet.minutes) * 60) }) : t("cabinet.stopped");
}
