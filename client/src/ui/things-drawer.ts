import type { Snapshot } from "../contract";
import type { UiHost } from "../ui-port";
import { t } from "../i18n/text";
import { h } from "./dom";
import { icon } from "./icons";
import { targetName } from "./names";

/** Everything within reach as a list in words: the scene for those who do not see it, and a quick way for those who do. */
export function thingsContent(snapshot: Snapshot, host: UiHost): Node[] {
  const ids = Object.keys(snapshot.affordances).filter((id) => (snapshot.affordances[id]?.length ?? 0) > 0);
  if (ids.length === 0) return [h("p", { class: "soft" }, t("things.empty"))];
  const groups: [string, string[]][] = [
    [t("things.items"), ids.filter((id) => !id.includes(":"))],
    [t("things.hands"), ids.filter((id) => id.startsWith("hand:"))],
    [t("things.surfaces"), ids.filter((id) => id.startsWith("surface:"))],
  ];
  return groups
    .filter(([, members]) => members.length > 0)
    .flatMap(([title, members]) => [h("h3", {}, title), h("ul", { class: "things" }, ...members.map((id) => line(id, snapshot, host)))]);
}

function line(id: string, snapshot: Snapshot, host: UiHost): HTMLElement {
  const name = targetName(id, host.scene, snapshot);
  const list = snapshot.affordances[id] ?? [];
  const first = list[0];
  const why = first?.why_not ?? null;
  return h(
    "li",
    { class: "thing" },
    h(
      "button",
      {
        type: "button",
        class: "thing-do",
        "data-key": `do-${id}`,
        "aria-disabled": why === null ? null : "true",
        onfocus: () => host.focusItem(id),
        onclick: () => {
          if (first && why === null) void host.act(id, first, "keyboard");
        },
      },
      h("span", { class: "thing-name" }, name),
      h("span", { class: "soft small" }, why ?? first?.label ?? ""),
    ),
    list.length > 1 &&
      h(
        "details",
        { class: "thing-more" },
        h("summary", { "aria-label": t("menu.for", { thing: name }) }, icon("list")),
        h(
          "ul",
          {},
          ...list.slice(1).map((affordance) =>
            h(
              "li",
              {},
              h(
                "button",
                {
                  type: "button",
                  class: "button",
                  "aria-disabled": affordance.why_not === null ? null : "true",
                  onclick: () => {
                    if (affordance.why_not === null) void host.act(id, affordance, "keyboard");
                  },
                },
                affordance.label,
              ),
              affordance.why_not !== null && h("span", { class: "soft small" }, affordance.why_not),
            ),
          ),
        ),
      ),
  );
}
