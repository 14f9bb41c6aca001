import type { Face } from "../contract";
import { t } from "../i18n/text";
import type { UiHost } from "../ui-port";
import { fill, freshId, h } from "./dom";
import { icon } from "./icons";
import { uvScale, worstList } from "./lying";

/** Beside the scene while the light is ultraviolet: the scale, what most lies on in words, and what the picture is worth. */
export class UvNote {
  readonly element = h("section", { class: "uv-note view-note panel", hidden: true });
  private readonly list = h("div", {});
  private shown = "";

  constructor(private readonly host: UiHost, hide: () => void) {
    const title = h("h2", { id: freshId("uv") }, t("uv.title"));
    this.element.setAttribute("aria-labelledby", title.id);
    this.element.append(
      h("div", { class: "air-head" }, title, h("button", { type: "button", class: "button quiet icon-only", "aria-label": t("uv.hide"), title: t("uv.hide"), onclick: hide }, icon("close"))),
      h("p", { class: "relative-mark" }, t("relative")),
      uvScale(),
      h("p", { class: "soft small" }, t("uv.times")),
      this.list,
      h("p", { class: "soft small" }, t("uv.honest")),
    );
  }

  show(on: boolean): void {
    const held = this.element.contains(document.activeElement) && !on;
    this.element.hidden = !on;
    if (held) document.querySelector<HTMLElement>("[data-tool=uv]")?.focus();
    if (on) this.tell([]);
  }

  tell(faces: readonly Face[]): void {
    if (this.element.hidden) return;
    const list = worstList(faces, this.host.scene, this.host.snapshot());
    if (list.outerHTML === this.shown) return;
    this.shown = list.outerHTML;
    fill(this.list, list);
  }
}
